/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "shop/till-shop.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define TILL_TYPE_EXPIRING_LIST (till_expiring_list_get_type ())
G_DECLARE_FINAL_TYPE (TillExpiringList, till_expiring_list, TILL, EXPIRING_LIST, AdwBin)

/**
 * TillExpiringList: who is erased within a month for not having been here; also with a locked keyring, by id then. Where the
 * till waits for a manager's word on the date it says why. Activates the actions of #TillCustomersWindow.
 */

/* Once; a reference is taken. */
void till_expiring_list_follow (TillExpiringList *self, TillShop *shop);

/* Names of those who are due today, or their ids, in a sentence's form (transfer full). */
char *till_expiring_list_describe_due (TillExpiringList *self);

G_END_DECLS
