/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sale/till-refund.h"
#include "shop/till-shop.h"

G_BEGIN_DECLS

/* Least and most characters of a reason: whoever reads the ledger later must learn something from it. */
#define TILL_SHOP_REASON_LEAST 3
#define TILL_SHOP_REASON_MOST  TILL_REFUND_REASON_MOST

typedef TillRefundLine TillShopRefundLine;

/* What is to be given back, why, and who answers for it. */
typedef struct
{
  const char *sale;    /* id of the sale */
  const GArray *lines; /* (element-type TillRefundLine) (nullable): NULL for all that is left of the sale */
  const char *reason;  /* %TILL_SHOP_REASON_LEAST to %TILL_SHOP_REASON_MOST characters */
  const char *manager_pin; /* the manager's PIN */
  const char *tender; /* (nullable) "cash" or "card" for what was paid at the counter; NULL: as it was paid */
  gboolean
      void_sale; /* the sale never was: all of it, on the day of the sale, before anything was refunded */
} TillShopRefund;

/**
 * Gives money back: by the provider what was paid by face, which is journalled before anything is sent, by a row of
 * the ledger what was paid at the counter. All of @refund is copied; the PIN is wiped after use.
 *
 * Finish: the receipt of the refund (transfer full). NULL with @error, and no money has moved, for
 *   %TILL_ERROR_NOT_FOUND     no such sale, no such line, or no manager's PIN is set: “smiletillctl staff” sets it
 *   %TILL_ERROR_REFUSED       wrong PIN; nothing is left to refund, or less than was asked for; the sale was not paid,
 *                             or its payment or a refund of it has no end yet; a void of another day's sale; or the
 *                             provider declined, in words
 *   %TILL_ERROR_LOCKED_OUT    the PIN was wrong too often
 *   %TILL_ERROR_INVALID       a reason, tender or line that can't be
 *   %TILL_ERROR_BUSY          a refund of this sale is under way: a second press changes nothing
 * and NULL with %TILL_ERROR_UNAVAILABLE when it was sent and its end is not known: it is in the list of unresolved
 * attempts, is never sent again as another one, and what it holds can't be refunded a second time.
 */
void till_shop_refund_async (TillShop *self,
                             const TillShopRefund *refund,
                             GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer user_data);
TillReceipt *till_shop_refund_finish (TillShop *self, GAsyncResult *result, GError **error);

/**
 * "This wasn't me": the customer whose face @sale was paid by is locked (till_customers_set_face_locked_async()), what
 * the charge rested on is kept in a dispute row, and everything that is left of the sale is refunded at once.
 *
 * The lock and the row come first and stay whatever becomes of the refund. Errors as of a refund; %TILL_ERROR_REFUSED
 * for a sale that was not paid by face. Where all had been given back before, the receipt is NULL without @error.
 */
void till_shop_disown_async (TillShop *self,
                             const char *sale,
                             const char *reason,
                             const char *manager_pin,
                             GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer user_data);
TillReceipt *till_shop_disown_finish (TillShop *self, GAsyncResult *result, GError **error);

/* Lets a locked customer pay by face again; errors of the PIN as above, %TILL_ERROR_NOT_FOUND for an unknown id. */
void till_shop_unlock_customer_async (TillShop *self,
                                      const char *customer,
                                      const char *manager_pin,
                                      GCancellable *cancellable,
                                      GAsyncReadyCallback callback,
                                      gpointer user_data);
gboolean till_shop_unlock_customer_finish (TillShop *self, GAsyncResult *result, GError **error);

G_END_DECLS
