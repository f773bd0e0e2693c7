/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "shop-sales.h"

G_BEGIN_DECLS

/* The private session's keyring, whose password is "test" and the line’s end. */
void shop_keyring_lock (void);
void shop_keyring_unlock (void);
/* Takes one of the shop's secrets out of it, behind the till's back. */
void shop_keyring_drop (ShopFixture *fixture, const char *name);

/* Opens a shop on the fixture's folder again; @clock: (nullable) the system's. */
void shop_keyring_open_shop (ShopFixture *fixture, TillClock *clock);
void shop_keyring_close_shop (ShopFixture *fixture);

G_END_DECLS
