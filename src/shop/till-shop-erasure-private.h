/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "shop/till-shop-erasure.h"

G_BEGIN_DECLS

/*
 * The erasure of the customer or pass @id when it is settled that it shall be: till_shop_erase_async() without a proof.
 * @by, @why: as the ledger has them. @customer: (nullable) who it is, where that is known. Finish with
 * till_shop_erase_finish().
 */
void till_shop_erase_agreed_async (TillShop *self,
                                   const char *id,
                                   const char *by,
                                   const char *why,
                                   TillCustomer *customer,
                                   GAsyncReadyCallback callback,
                                   gpointer user_data);

/* Why somebody was erased, as the ledger has it. */
#define TILL_SHOP_WHY_ASKED    "asked"
#define TILL_SHOP_WHY_EXPIRY   "expiry"
#define TILL_SHOP_WHY_LOST     "lost"
#define TILL_SHOP_WHY_DISOWNED "disowned"

/* Whether @id is a face pass's. */
gboolean till_shop_is_pass (const char *id);

G_END_DECLS
