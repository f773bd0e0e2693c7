/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "base/till-money.h"

G_BEGIN_DECLS

/* Discounts as people type them. Spaces around do not matter; a comma is as good as a point. */

/* "5" or "2.5" into hundredths of a per cent. %TILL_ERROR_INVALID in words for what is no per cent from 0 to 100. */
gboolean till_discount_text_parse_rate (const char *text, int *rate, GError **error);

/*
 * "10%" into @rate, "1.50" into @amount, "" into neither; the other one is 0 then. %TILL_ERROR_INVALID in words that say
 * what would be right.
 */
gboolean till_discount_text_parse (
    const char *text, const char *currency, int *rate, TillMoney *amount, GError **error);

/* The other way round, as it is typed: "10%", "1.50" or "" (transfer full). */
char *till_discount_text_format (int rate, const TillMoney *amount);

G_END_DECLS
