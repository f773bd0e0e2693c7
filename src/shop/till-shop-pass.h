/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "checkout/till-presence.h"
#include "customers/till-pass-book.h"
#include "shop/till-shop-erasure.h"

G_BEGIN_DECLS

/*
 * Face passes: for customers who want no record at the shop. What a pass holds is on the pass alone; the till keeps its id.
 */

/*
 * Makes a pass for somebody whose templates are there and who has agreed just before, on the customer's side, to having
 * their face put on a pass: registers the payer, writes consent and issue to the ledger. Name, look-alikes and PIN of
 * @applicant are not used. %TILL_ERROR_REFUSED where the shop gives out none ("face-pass-allowed"); else as
 * till_shop_enrol_applicant_async(). @applicant is copied.
 *
 * Finish: the pass (transfer full). @code: (out) (transfer full) the text of its QR code, to be wiped once shown.
 */
void till_shop_issue_pass_async (TillShop *self,
                                 const TillShopApplicant *applicant,
                                 GCancellable *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data);
TillFacePass *till_shop_issue_pass_finish (TillShop *self, GAsyncResult *result, char **code, GError **error);

/* The passes that were given out and have not run out; finish: as till_pass_book_list_finish(). */
void till_shop_list_passes_async (TillShop *self,
                                  GCancellable *cancellable,
                                  GAsyncReadyCallback callback,
                                  gpointer user_data);
GPtrArray *till_shop_list_passes_finish (TillShop *self, GAsyncResult *result, GError **error);

/* Ends a lost pass. @pass: its id, or its number as printed on it. %TILL_ERROR_NOT_FOUND for a pass that is none of ours. */
void till_shop_revoke_pass_async (TillShop *self,
                                  const char *pass,
                                  const char *manager_pin,
                                  GCancellable *cancellable,
                                  GAsyncReadyCallback callback,
                                  gpointer user_data);
gboolean till_shop_revoke_pass_finish (TillShop *self, GAsyncResult *result, GError **error);

/* For somebody who wants to see or erase what is kept of them (transfer full). */
TillPresence *till_shop_new_presence (TillShop *self) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
