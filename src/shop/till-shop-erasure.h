/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "checkout/till-presence.h"
#include "shop/till-erasure.h"
#include "shop/till-expiring.h"
#include "shop/till-shop.h"

G_BEGIN_DECLS

/* Who lets what is held on somebody be erased or shown: one of both is there. */
typedef struct
{
  const char *manager_pin; /* (nullable) */
  TillPresence *presence;  /* (nullable) confirmed as that very person at most 60 seconds ago */
} TillShopProof;

/*
 * Erases what the till holds on the customer @id: the key of their record is destroyed, the record overwritten, the payment
 * service asked to remove the payer, and the ledger says so. For a face pass's id the pass is revoked. Works with a locked
 * keyring, on a manager's word. Finish: the receipt of it (transfer full).
 *
 * %TILL_ERROR_REFUSED, in words, for a presence that is not that person's or too old, and while a charge or refund of
 * theirs has no end; %TILL_ERROR_NOT_FOUND for an unknown id; else the errors of till_staff_verify_finish().
 */
void till_shop_erase_async (TillShop *self,
                            const char *id,
                            const TillShopProof *proof,
                            GCancellable *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer user_data);
TillErasure *till_shop_erase_finish (TillShop *self, GAsyncResult *result, GError **error);

/*
 * Expiry. Whoever was not here for the setting "retention-months" is erased by itself: at opening and once a day, unless
 * the clock can't be trusted, being behind the ledger's last row or more than 45 days ahead of it. Then it waits for a manager.
 * #TillShop emits "expiry-changed" () when that begins or ends, and after somebody was erased.
 */

/* Those who will go within @within_days from today (0: today and overdue), soonest first. Finish: (element-type
 * TillExpiring) (transfer full). */
void till_shop_list_expiring_async (TillShop *self,
                                    guint within_days,
                                    GCancellable *cancellable,
                                    GAsyncReadyCallback callback,
                                    gpointer user_data);
GPtrArray *till_shop_list_expiring_finish (TillShop *self, GAsyncResult *result, GError **error);

/* The day, since 1970-01-01, on which somebody whose last visit was on @last_visit_day goes. */
gint64 till_shop_get_expiry_day (TillShop *self, gint64 last_visit_day);

/* Why expiry waits for a manager, in words (transfer none) (nullable: it does not). */
const char *till_shop_get_expiry_doubt (TillShop *self);

/* The manager says that the date is right: whoever is due is erased now. Finish: how many were, -1 on error. */
void till_shop_confirm_expiry_async (TillShop *self,
                                     const char *manager_pin,
                                     GCancellable *cancellable,
                                     GAsyncReadyCallback callback,
                                     gpointer user_data);
int till_shop_confirm_expiry_finish (TillShop *self, GAsyncResult *result, GError **error);

G_END_DECLS
