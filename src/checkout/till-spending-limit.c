/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "checkout/till-spending-limit.h"

gboolean
till_spending_limit_is_set (const TillMoney *limit)
{
  return limit->currency[0] != '\0';
}

static gboolean
add_spent (const TillMoney *spent, const TillMoney *amount, TillMoney *sum)
{
  *sum = *amount;
  if (spent == NULL || spent->currency[0] == '\0')
    return TRUE;
  if (!till_money_same_currency (spent, amount))
    return FALSE;
  return spent->minor <= 0 || till_money_add (spent, amount, sum, NULL);
}

gboolean
till_spending_limit_allows (const TillMoney *limit, const TillMoney *spent, const TillMoney *amount)
{
  TillMoney sum;

  if (!till_spending_limit_is_set (limit))
    return TRUE;
  return till_money_same_currency (limit, amount) && add_spent (spent, amount, &sum)
         && till_money_compare (&sum, limit) <= 0;
}

gboolean
till_spending_limit_is_reached (const TillMoney *threshold, const TillMoney *amount)
{
  if (!till_spending_limit_is_set (threshold))
    return FALSE;
  return !till_money_same_currency (threshold, amount) || till_money_compare (amount, threshold) >= 0;
}

gint64
till_spending_day_start_us (gint64 utc_us)
{
  g_autoptr (GTimeZone) zone = g_time_zone_new_local ();
  g_autoptr (GDateTime) epoch = g_date_time_new_from_unix_utc (0);
  g_autoptr (GDateTime) utc = g_date_time_add (epoch, utc_us);
  g_autoptr (GDateTime) now = g_date_time_to_timezone (utc, zone);
  g_autoptr (GDateTime) start
      = g_date_time_new (zone, g_date_time_get_year (now), g_date_time_get_month (now),
                         g_date_time_get_day_of_month (now), 0, 0, 0);

  return g_date_time_to_unix (start) * G_USEC_PER_SEC;
}
