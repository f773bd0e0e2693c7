/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "shop/till-shop.h"

G_BEGIN_DECLS

/* A shop open in a new folder. */
typedef struct
{
  char *dir;
  TillProfile *profile;
  TillShop *shop;
  TillCheckout *checkout; /* borrowed */
  GString *states;        /* the checkout's, in order, each behind a space */
  guint camera_changes;
} ShopFixture;

void shop_fixture_set_up (ShopFixture *fixture, gconstpointer unused);
void shop_fixture_tear_down (ShopFixture *fixture, gconstpointer unused);

/* Two pieces of the catalogue's first article go into the basket. */
void shop_fixture_ring_up (ShopFixture *fixture);
/* Runs the main loop until the checkout is at @state; the test fails after a minute. */
void shop_fixture_wait (ShopFixture *fixture, TillCheckoutState state);
/* How many ledger rows of @kind there are, and the newest one. */
guint shop_fixture_count (ShopFixture *fixture, const char *kind, TillLedgerEntry **newest);

G_END_DECLS
