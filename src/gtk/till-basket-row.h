/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sale/till-basket.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* The lines of @basket to be read, not changed, in @list. */
void till_basket_row_fill_list (GtkListBox *list, TillBasket *basket);

/* The name of @line's article, and below it what is taken off the line (transfer floating). */
GtkWidget *till_basket_row_new_name (TillBasketLine *line) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
