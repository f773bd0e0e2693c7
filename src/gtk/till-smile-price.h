/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "checkout/till-checkout.h"

G_BEGIN_DECLS

/*
 * What the customer reads of the price where a smile takes something off. All (transfer full), translated; of the open
 * sale.
 */

/* At the ways to pay: that the price is the same, and what a whole smile and every other way bring it down to. */
char *till_smile_price_words_for_ways (TillCheckout *checkout);
/* The most that is agreed to, and the least; "" where they are the same. */
char *till_smile_price_words_for_consent (TillCheckout *checkout);
/* What the smile took off, as the receipt has it; "" for nothing. */
char *till_smile_price_words_for_saved (TillCheckout *checkout);
/* What the price is with the smile made so far; NULL where no smile lowers it. */
char *till_smile_price_now (TillCheckout *checkout);

G_END_DECLS
