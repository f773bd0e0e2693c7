/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "checkout/till-checkout.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/*
 * The shop's rules for paying by face, as its settings say them: "face-allowed", "pin-allowed", "smile-discount", and
 * decimal amounts in the shop's currency, of which nothing is none: "second-smile-from" and "pin-from" ("0" is every
 * payment), "most-per-payment", "most-per-customer-day" and "most-per-till-day".
 */

/* %TILL_ERROR_INVALID, in words that say what would be right, for what is no amount to ask for a second smile from. */
gboolean till_shop_policy_check_amount (const char *text, const char *currency, GError **error);

/*
 * Whether the setting @key may be @text, as people type it, beside what @settings say now: what the schema can't tell, of
 * the amounts above, of those of till-shop-discounts.h and of "guardian-age". TRUE for other keys. %TILL_ERROR_INVALID in words that say what
 * would be right.
 */
gboolean till_shop_policy_check_setting (
    GSettings *settings, const char *key, const char *text, const char *currency, GError **error);

/*
 * Fills in @policy. FALSE with the error of the first amount that can't be read; each of those is the strictest rule
 * there is, since a till that can't tell what much money is must not take all of it for little: every payment needs a
 * second smile, or a PIN, and a limit allows nothing.
 */
gboolean
till_shop_policy_read (GSettings *settings, const char *currency, TillCheckoutPolicy *policy, GError **error);

G_END_DECLS
