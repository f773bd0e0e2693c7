/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "shop/till-shop.h"

G_BEGIN_DECLS

/* What may happen to the drawer beside sales. Words of the ledger. */
#define TILL_SHOP_DRAWER_OPENING "opening" /* what is in it as the day begins */
#define TILL_SHOP_DRAWER_PAID_IN "paid-in" /* change from the bank, say */
#define TILL_SHOP_DRAWER_PAID_OUT                                                                            \
  "paid-out"                           /* to the bank, or to somebody who delivers: a manager's to allow */
#define TILL_SHOP_DRAWER_COUNT "count" /* what is in it now, against what should be */

/*
 * Writes down what happened to the drawer. @what: one of the above. @amount: in the shop's currency, above zero, or zero
 * for an opening or a count. @note: (nullable) up to 500 characters, needed for what is paid out. @manager_pin:
 * (nullable) needed for what is paid out.
 *
 * Finish: the ledger's row (transfer full); a count's has "expected" and "difference". %TILL_ERROR_INVALID or
 * %TILL_ERROR_CURRENCY for an amount that can't be, %TILL_ERROR_REFUSED for more than there is in the drawer, a second
 * opening or a wrong PIN; the other errors of the PIN as of till_shop_refund_async().
 */
void till_shop_drawer_async (TillShop *self,
                             const char *what,
                             const TillMoney *amount,
                             const char *note,
                             const char *manager_pin,
                             GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer user_data);
TillLedgerEntry *till_shop_drawer_finish (TillShop *self, GAsyncResult *result, GError **error);

G_END_DECLS
