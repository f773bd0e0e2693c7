/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sale/till-basket-content.h"
#include "sale/till-basket-line.h"

G_BEGIN_DECLS

/* For the basket alone, which has checked that @total is the item's price times its quantity. */
TillBasketLine *till_basket_line_new (const TillBasketItem *item,
                                      const TillMoney *total) G_GNUC_WARN_UNUSED_RESULT;
void till_basket_line_set (TillBasketLine *self, const TillBasketItem *item, const TillMoney *total);

G_END_DECLS
