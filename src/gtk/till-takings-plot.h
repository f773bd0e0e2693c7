/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sale/till-day-report.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define TILL_TYPE_TAKINGS_PLOT (till_takings_plot_get_type ())
G_DECLARE_FINAL_TYPE (TillTakingsPlot, till_takings_plot, TILL, TAKINGS_PLOT, GtkWidget)

/** TillTakingsPlot: what was sold in each hour of a day, as bars. Who can't see them hears the sums. */
GtkWidget *till_takings_plot_new (void) G_GNUC_WARN_UNUSED_RESULT;

/* @report: (nullable) */
void till_takings_plot_show (TillTakingsPlot *self, TillDayReport *report);

/* Minor units between two lines of a scale that ends at @most or above: 1, 2 or 5 of some power of ten. */
gint64 till_takings_plot_step (gint64 most);

G_END_DECLS
