/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sale/till-basket.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define TILL_TYPE_BASKET_VIEW (till_basket_view_get_type ())
G_DECLARE_FINAL_TYPE (TillBasketView, till_basket_view, TILL, BASKET_VIEW, GtkWidget)

/**
 * TillBasketView: the cashier's view of what is rung up, with quantities to change, the total and Charge.
 */
GtkWidget *till_basket_view_new (void) G_GNUC_WARN_UNUSED_RESULT;

void till_basket_view_set_basket (TillBasketView *self, TillBasket *basket);

G_END_DECLS
