/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "shop/till-shop-discounts.h"

#include "shop/till-shop-amount.h"

gboolean
till_shop_discounts_have_gifts (GSettings *settings)
{
  g_autofree char *amount = g_settings_get_string (settings, "gift-amount");

  return *amount != '\0' && g_settings_get_int (settings, "gift-one-in") > 0;
}

static gboolean
read_threshold (TillDiscountRules *rules, GSettings *settings, const char *currency, GError **error)
{
  TillMoney from, off;

  if (!till_shop_amount_read (&from, settings, "threshold-from", currency, error)
      || !till_shop_amount_read (&off, settings, "threshold-off", currency, error))
    return FALSE;
  if (off.minor > 0 && off.minor < from.minor)
    {
      rules->threshold_from = from;
      rules->threshold_off = off;
    }
  return TRUE;
}

static gboolean
read_gifts (TillDiscountRules *rules,
            GSettings *settings,
            const char *currency,
            const TillMoney *given,
            GError **error)
{
  TillMoney amount, budget;

  if (!till_shop_amount_read (&amount, settings, "gift-amount", currency, error)
      || !till_shop_amount_read (&budget, settings, "gift-daily-budget", currency, error))
    return FALSE;
  if (given == NULL || amount.minor == 0 || budget.minor <= given->minor)
    return TRUE;
  rules->gift_amount = amount;
  rules->gift_budget_left = budget;
  rules->gift_budget_left.minor -= given->minor;
  rules->gift_one_in = (guint) g_settings_get_int (settings, "gift-one-in");
  return TRUE;
}

gboolean
till_shop_discounts_read (GSettings *settings,
                          const char *currency,
                          const TillMoney *given,
                          TillDiscountRules *rules,
                          GError **error)
{
  g_autoptr (GError) problem = NULL;

  *rules = (TillDiscountRules){ .smile_most_rate = g_settings_get_int (settings, "smile-discount") };
  if (!read_threshold (rules, settings, currency, &problem))
    {
      read_gifts (rules, settings, currency, given, NULL);
      g_propagate_error (error, g_steal_pointer (&problem));
      return FALSE;
    }
  return read_gifts (rules, settings, currency, given, error);
}
