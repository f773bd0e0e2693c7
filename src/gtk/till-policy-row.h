/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define TILL_TYPE_POLICY_ROW (till_policy_row_get_type ())
G_DECLARE_FINAL_TYPE (TillPolicyRow, till_policy_row, TILL, POLICY_ROW, AdwPreferencesRow)

/**
 * TillPolicyRow: a rule of the shop that is a number or an amount: what it is, and a field for it. What can't be is
 * not taken, and the row says why. Nothing typed is no rule. Properties for templates: "key", the setting's name,
 * "words", what the rule means, and "unit", what a number counts, unless that is money or per cent.
 */

/* Shows the setting from now on, and writes it. */
void till_policy_row_follow (TillPolicyRow *self, GSettings *settings, const char *currency);

G_END_DECLS
