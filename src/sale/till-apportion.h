/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * Spreads @amount over @n parts in proportion to @weights, in whole numbers that add up to @amount exactly.
 *
 * Rounding each part on its own may miss the sum by some units. Giving the missing ones to the largest remainders
 * (Hamilton's method) mends that, but then a part may shrink when the amount grows (the “Alabama paradox”): a larger
 * smile could raise one tax class and with it the total. So the units go by the nearest half instead (Webster's, or
 * Sainte-Laguë's, method), which agrees with the largest remainders but for rare ties of many parts and, as every
 * method by a common divisor, is free of the paradox: M. L. Balinski and H. P. Young, “Fair Representation”, 2nd ed.,
 * 2001, appendix A. Of equals, the earlier part comes first.
 *
 * @amount: 0 or more; 0 when all weights are. @weights: 0 or more, their sum at most %G_MAXINT64. @parts: filled in. No
 * part is less than it would be for a smaller amount, nor, when the amount is at most the weights' sum, more than its
 * weight.
 */
void till_apportion (gint64 amount, const gint64 *weights, guint n, gint64 *parts);

G_END_DECLS
