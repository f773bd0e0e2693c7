/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sale/till-basket.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* The lines of @basket to be read, not changed, in @list. */
void till_basket_row_fill_list (GtkListBox *list, TillBasket *basket);

G_END_DECLS
