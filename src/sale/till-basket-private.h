/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sale/till-basket-content.h"
#include "sale/till-basket.h"

G_BEGIN_DECLS

/* What till-basket.c shows to the files that work on the same object. */

/* (transfer none) */
const TillBasketContent *till_basket_get_content (TillBasket *self);

/* Makes @content (transfer full) the basket's, to be undone; FALSE with @error if it can't be priced. */
gboolean till_basket_change (TillBasket *self, TillBasketContent *content, GError **error);

G_END_DECLS
