/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sale/till-day-report.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* The sums of a day as tables, in boxes of the window. What was in the box goes. */

/* By way to pay, by tax class, discounts, and what is to be looked at. */
void till_takings_sums_fill (GtkBox *box, TillDayReport *report);
/* What is in the drawer, and why. */
void till_takings_sums_fill_drawer (GtkBox *box, TillDayReport *report);

G_END_DECLS
