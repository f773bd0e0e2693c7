/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "shop/till-shop.h"

G_BEGIN_DECLS

/*
 * Attempts, to charge or to refund, of which nobody knows yet whether money moved. The shop asks the provider about
 * them at its own pace, and at once when the network comes back; these are for people. TillShop emits
 * "unresolved-changed" () when the list is another one.
 */

/* Finish: (element-type TillUnresolved) (transfer full), oldest first. */
void till_shop_list_unresolved_async (TillShop *self,
                                      GCancellable *cancellable,
                                      GAsyncReadyCallback callback,
                                      gpointer user_data);
GPtrArray *till_shop_list_unresolved_finish (TillShop *self, GAsyncResult *result, GError **error);

/*
 * Asks the provider about @attempt once more. Finish: how it stands now (transfer full); a sale that turns out paid has
 * its receipt by then. NULL with what till_payment_ask_finish() says.
 */
void till_shop_ask_attempt_async (TillShop *self,
                                  const char *attempt,
                                  GCancellable *cancellable,
                                  GAsyncReadyCallback callback,
                                  gpointer user_data);
TillPaymentOutcome *till_shop_ask_attempt_finish (TillShop *self, GAsyncResult *result, GError **error);

/*
 * Sees to it that no money is taken for @attempt, or gives it back. Finish: DECLINED with code "reversed" once that is
 * certain, UNKNOWN while it is not (transfer full).
 */
void till_shop_reverse_attempt_async (TillShop *self,
                                      const char *attempt,
                                      GCancellable *cancellable,
                                      GAsyncReadyCallback callback,
                                      gpointer user_data);
TillPaymentOutcome *till_shop_reverse_attempt_finish (TillShop *self, GAsyncResult *result, GError **error);

/*
 * A manager's word on @attempt where the provider can't say: @taken whether money moved, @evidence what that rests on (8
 * to 500 characters). Finish: the ledger's row (transfer full). Errors of the PIN as of till_shop_refund_async();
 * %TILL_ERROR_REFUSED until the provider was asked first, and while it can still answer.
 */
void till_shop_settle_attempt_async (TillShop *self,
                                     const char *attempt,
                                     gboolean taken,
                                     const char *evidence,
                                     const char *manager_pin,
                                     GCancellable *cancellable,
                                     GAsyncReadyCallback callback,
                                     gpointer user_data);
TillLedgerEntry *till_shop_settle_attempt_finish (TillShop *self, GAsyncResult *result, GError **error);

G_END_DECLS
