/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sale/till-basket.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define TILL_TYPE_DISCOUNT_LIST (till_discount_list_get_type ())
G_DECLARE_FINAL_TYPE (TillDiscountList, till_discount_list, TILL, DISCOUNT_LIST, GtkWidget)

/**
 * TillDiscountList: what a basket comes to before discounts, and each discount below it, those on lines as one sum.
 * It takes no room while there is none.
 */
GtkWidget *till_discount_list_new (void) G_GNUC_WARN_UNUSED_RESULT;

/* Shows those of @basket from now on. */
void till_discount_list_follow (TillDiscountList *self, TillBasket *basket);

G_END_DECLS
