/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sale/till-basket.h"
#include "sale/till-receipt.h"

/* Shops, baskets and rules drawn by g_test_rand_int(), whose seed every test program prints (“random seed”). */

/* A shop of 1 to 6 tax classes of any rate and up to 12 articles, in a currency of 0, 2 or 3 decimals. */
TillCatalogue *sale_random_shop_new (void);

/* Any rules there can be in that currency, none among them. */
TillDiscountRules sale_random_rules (const char *currency);

/* Some goods, some with discounts, and often a discount on all; the gift is drawn. Not empty. */
TillBasket *sale_random_basket_new (TillCatalogue *shop);

/* What of it was paid for, with a smile of any size (transfer full). */
TillReceipt *sale_random_receipt_new (TillBasket *basket);
