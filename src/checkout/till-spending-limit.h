/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "base/till-money.h"

G_BEGIN_DECLS

/**
 * Limits to what may be paid by face. A limit is a #TillMoney: with currency "" there is none, with minor 0 nothing is
 * allowed.
 */

gboolean till_spending_limit_is_set (const TillMoney *limit);

/*
 * TRUE if @spent and @amount together are not above @limit. @spent: NULL or with currency "" for nothing; less than
 * nothing counts as nothing. Sums that can't be counted, and other money than the limit's, are above it.
 */
gboolean till_spending_limit_allows (const TillMoney *limit, const TillMoney *spent, const TillMoney *amount);

/* TRUE if @amount is at or above @threshold, which is one from here on; unset: never. Other money is above it. */
gboolean till_spending_limit_is_reached (const TillMoney *threshold, const TillMoney *amount);

/*
 * When the day began that @utc_us is in: local midnight, or the first moment there was where the clocks went over it.
 * UTC microseconds.
 */
gint64 till_spending_day_start_us (gint64 utc_us);

G_END_DECLS
