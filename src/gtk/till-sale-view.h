/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gtk/till-application.h"

G_BEGIN_DECLS

#define TILL_TYPE_SALE_VIEW (till_sale_view_get_type ())
G_DECLARE_FINAL_TYPE (TillSaleView, till_sale_view, TILL, SALE_VIEW, GtkWidget)

/**
 * TillSaleView: the cashier's side of a sale being paid: what the customer is asked just now, the ways to step in,
 * taking cash or a card, and the receipt.
 */
GtkWidget *till_sale_view_new (void) G_GNUC_WARN_UNUSED_RESULT;

/* Follows the application's checkout from now on; call once the shop is open. */
void till_sale_view_follow (TillSaleView *self, TillApplication *application);

G_END_DECLS
