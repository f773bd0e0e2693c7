/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "shop/till-audit.h"
#include "shop/till-shop.h"

G_BEGIN_DECLS

/*
 * Checks the chain of the ledger and its anchor in the keyring, every consent's signature and wording, that no record is
 * there without a consent and no charge by face was made without one of that amount, that no record was altered, moved or
 * brought back, that nobody is kept longer than the shop says, and the passes. What is wrong is no error but a finding.
 * Finish: (transfer full); an error where the file can't be read at all.
 */
void till_shop_audit_async (TillShop *self,
                            GCancellable *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer user_data);
TillAudit *till_shop_audit_finish (TillShop *self, GAsyncResult *result, GError **error);

G_END_DECLS
