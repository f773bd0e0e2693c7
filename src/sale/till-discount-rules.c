/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sale/till-discount-rules.h"

#include "base/till-error.h"
#include "sale/till-rate.h"

static gboolean
till_discount_rules_check_amount (const char *what,
                                  const TillMoney *amount,
                                  const char *currency,
                                  GError **error)
{
  if (amount->currency[0] == '\0' && amount->minor == 0)
    return TRUE;
  if (!g_str_equal (amount->currency, currency))
    {
      g_set_error (error, TILL_ERROR, TILL_ERROR_CURRENCY, "%s is not in %s", what, currency);
      return FALSE;
    }
  if (amount->minor >= 0)
    return TRUE;
  g_set_error (error, TILL_ERROR, TILL_ERROR_INVALID, "%s is below zero", what);
  return FALSE;
}

gboolean
till_discount_rules_check (const TillDiscountRules *rules, const char *currency, GError **error)
{
  const struct
  {
    const char *what;
    const TillMoney *amount;
  } amounts[] = {
    { "What goods must be worth for a discount", &rules->threshold_from },
    { "The discount on goods worth enough", &rules->threshold_off },
    { "What is left to give", &rules->gift_budget_left },
    { "The gift", &rules->gift_amount },
  };

  for (guint i = 0; i < G_N_ELEMENTS (amounts); i++)
    if (!till_discount_rules_check_amount (amounts[i].what, amounts[i].amount, currency, error))
      return FALSE;
  if (rules->smile_most_rate >= 0 && rules->smile_most_rate <= TILL_RATE_WHOLE)
    return TRUE;
  g_set_error_literal (error, TILL_ERROR, TILL_ERROR_INVALID, "The smile discount must be 0 to 100 per cent");
  return FALSE;
}

gboolean
till_discount_rules_equal (const TillDiscountRules *a, const TillDiscountRules *b)
{
  return a->threshold_from.minor == b->threshold_from.minor
         && a->threshold_off.minor == b->threshold_off.minor && a->smile_most_rate == b->smile_most_rate
         && a->gift_budget_left.minor == b->gift_budget_left.minor
         && a->gift_amount.minor == b->gift_amount.minor && a->gift_one_in == b->gift_one_in;
}
