/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sale/till-article.h"

G_BEGIN_DECLS

#define TILL_TYPE_BASKET_LINE (till_basket_line_get_type ())
G_DECLARE_FINAL_TYPE (TillBasketLine, till_basket_line, TILL, BASKET_LINE, GObject)

/**
 * TillBasketLine: some of one article in a basket. Only its basket changes it, and notifies "quantity",
 * "total-text" and "discount-text". Main thread.
 *
 * Properties, all read-only: "article", "name", "quantity", "price-text", "total-text" (before discounts) and
 * "discount-text" (nullable), as "10 %" or "€1.00".
 */

TillArticle *till_basket_line_get_article (TillBasketLine *self); /* (transfer none) */
/* 1..%TILL_BASKET_MAX_QUANTITY */
guint till_basket_line_get_quantity (TillBasketLine *self);
/* Price times quantity, before discounts. */
const TillMoney *till_basket_line_get_total (TillBasketLine *self);
/* What the cashier takes off this line: one of both, or both 0. @amount may be NULL. */
void till_basket_line_get_discount (TillBasketLine *self, int *rate, TillMoney *amount);

G_END_DECLS
