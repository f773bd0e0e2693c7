/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "base/till-money.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/* Settings that are amounts of the shop's money. */

/* TRUE if @key is one of them. */
gboolean till_shop_amount_is_setting (const char *key);

/*
 * Reads @text for the setting @key: minor 0 and currency "" for nothing. "0" is read as the smallest amount where it
 * means every payment. %TILL_ERROR_INVALID, in words that name the setting's purpose and say what would be right.
 */
gboolean till_shop_amount_parse (
    TillMoney *amount, const char *key, const char *text, const char *currency, GError **error);

/* The same of what @settings hold. */
gboolean till_shop_amount_read (
    TillMoney *amount, GSettings *settings, const char *key, const char *currency, GError **error);

G_END_DECLS
