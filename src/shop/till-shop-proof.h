/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "shop/till-shop-erasure.h"

G_BEGIN_DECLS

/*
 * Who may have something done to what is held on the person @id: checks @proof, of which everything is copied. Finish: who
 * it is, TILL_SHOP_BY_MANAGER or TILL_SHOP_BY_CUSTOMER (transfer none); NULL with the errors of till_shop_erase_finish().
 */
void till_shop_prove_async (TillShop *self,
                            const char *id,
                            const TillShopProof *proof,
                            GCancellable *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer user_data);
const char *till_shop_prove_finish (TillShop *self, GAsyncResult *result, GError **error);

/* Whoever proved it by being present (transfer full) (nullable: a manager's word was the proof). */
TillCustomer *till_shop_proof_get_customer (const TillShopProof *proof);

/* What the ledger calls them, beside those of till-shop-private.h. */
#define TILL_SHOP_BY_CUSTOMER "customer"
#define TILL_SHOP_BY_TILL     "till"

G_END_DECLS
