/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sale/till-apportion.h"

/* Compares (2a + step) / weight of two parts without dividing: which comes first by the divisor method. */
static gboolean
till_apportion_is_less (__int128 twice_a, gint64 weight_a, __int128 twice_b, gint64 weight_b)
{
  return twice_a * weight_b < twice_b * weight_a;
}

/* The part that gets the next unit: the least (part + 1/2) / weight, the first of equals. */
static guint
till_apportion_find_next (const gint64 *weights, guint n, const gint64 *parts)
{
  guint best = n;

  for (guint i = 0; i < n; i++)
    if (weights[i] > 0
        && (best == n
            || till_apportion_is_less (2 * (__int128) parts[i] + 1, weights[i],
                                       2 * (__int128) parts[best] + 1, weights[best])))
      best = i;
  return best;
}

/* The part that got the last unit: the largest (part - 1/2) / weight, the last of equals. */
static guint
till_apportion_find_last (const gint64 *weights, guint n, const gint64 *parts)
{
  guint best = n;

  for (guint i = 0; i < n; i++)
    if (parts[i] > 0
        && (best == n
            || !till_apportion_is_less (2 * (__int128) parts[i] - 1, weights[i],
                                        2 * (__int128) parts[best] - 1, weights[best])))
      best = i;
  return best;
}

void
till_apportion (gint64 amount, const gint64 *weights, guint n, gint64 *parts)
{
  gint64 whole = 0, given = 0;

  for (guint i = 0; i < n; i++)
    whole += weights[i];
  g_return_if_fail (amount >= 0 && (whole > 0 || amount == 0));

  /* Rounding every part is the method's own answer for the divisor whole / amount: some units from the sum at most. */
  for (guint i = 0; i < n; i++)
    {
      parts[i]
          = whole > 0 ? (gint64) (((__int128) amount * weights[i] * 2 + whole) / ((__int128) whole * 2)) : 0;
      given += parts[i];
    }
  for (; given < amount; given++)
    parts[till_apportion_find_next (weights, n, parts)]++;
  for (; given > amount; given--)
    parts[till_apportion_find_last (weights, n, parts)]--;
}
