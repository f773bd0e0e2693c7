/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "shop/till-person-export.h"
#include "shop/till-shop-erasure.h"

G_BEGIN_DECLS

/*
 * Gathers everything held on the customer or face pass @id: details, templates as numbers, consents with the wordings they
 * were given to, every ledger row about them, and what the payment service holds. The ledger says that it was given out.
 * Finish: (transfer full). Errors as till_shop_erase_async(), and %TILL_ERROR_LOCKED while the keyring is not open.
 */
void till_shop_export_async (TillShop *self,
                             const char *id,
                             const TillShopProof *proof,
                             GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer user_data);
TillPersonExport *till_shop_export_finish (TillShop *self, GAsyncResult *result, GError **error);

G_END_DECLS
