/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "checkout/till-checkout.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/*
 * The shop's rules for paying by face, as its settings say them: "second-smile-from", a decimal amount in the shop's
 * currency ("0" is every payment, nothing is none), and "pin-allowed".
 */

/* %TILL_ERROR_INVALID, in words that say what would be right, for what is no such amount. */
gboolean till_shop_policy_check_amount (const char *text, const char *currency, GError **error);

/*
 * Fills in @policy. FALSE with the error of the amount if it can't be read: then every payment needs a second smile,
 * since a till that can't tell what much money is must not take all of it for little.
 */
gboolean
till_shop_policy_read (GSettings *settings, const char *currency, TillCheckoutPolicy *policy, GError **error);

G_END_DECLS
