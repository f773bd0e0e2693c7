/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "shop/till-shop-policy.h"

#include "base/till-error.h"
#include "shop/till-shop-amount.h"

gboolean
till_shop_policy_check_amount (const char *text, const char *currency, GError **error)
{
  TillMoney amount;

  return till_shop_amount_parse (&amount, "second-smile-from", text, currency, error);
}

/* One of two amounts must be the smaller, once both are there. */
static gboolean
check_pair (
    GSettings *settings, const char *key, const TillMoney *amount, const char *currency, GError **error)
{
  static const struct
  {
    const char *small, *large;
    gboolean may_be_equal;
    const char *words;
  } pairs[] = {
    { "threshold-off", "threshold-from", FALSE,
      "What is taken off (threshold-off) is less than what it is taken off from (threshold-from)" },
    { "gift-amount", "gift-daily-budget", TRUE,
      "A day's gifts (gift-daily-budget) are at least one gift (gift-amount)" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (pairs); i++)
    {
      gboolean is_small = g_str_equal (key, pairs[i].small);
      TillMoney other;

      if (!is_small && !g_str_equal (key, pairs[i].large))
        continue;
      /* What can't be read is no rule, so there is nothing to be at odds with. */
      if (!till_shop_amount_read (&other, settings, is_small ? pairs[i].large : pairs[i].small, currency,
                                  NULL)
          || other.minor == 0 || amount->minor == 0)
        return TRUE;
      gint64 small = is_small ? amount->minor : other.minor;
      gint64 large = is_small ? other.minor : amount->minor;
      if (small < large || (small == large && pairs[i].may_be_equal))
        return TRUE;
      g_set_error_literal (error, TILL_ERROR, TILL_ERROR_INVALID, pairs[i].words);
      return FALSE;
    }
  return TRUE;
}

/* No law lets a child below 13 agree alone, and none lets a guardian agree for an adult. */
static gboolean
check_age (const char *text, GError **error)
{
  guint64 age;

  if (g_ascii_string_to_unsigned (text, 10, 0, 21, &age, NULL) && (age == 0 || age >= 13))
    return TRUE;
  g_set_error (error, TILL_ERROR, TILL_ERROR_INVALID,
               "“%s” is no age below which a guardian has to agree (guardian-age): it is 13 to 21, or 0 to "
               "ask for none",
               text);
  return FALSE;
}

gboolean
till_shop_policy_check_setting (
    GSettings *settings, const char *key, const char *text, const char *currency, GError **error)
{
  TillMoney amount;

  if (g_str_equal (key, "guardian-age"))
    return check_age (text, error);
  if (!till_shop_amount_is_setting (key))
    return TRUE;
  return till_shop_amount_parse (&amount, key, text, currency, error)
         && check_pair (settings, key, &amount, currency, error);
}

/* Reads one amount, or puts @strictest minor units in its place. */
static gboolean
read_amount (TillMoney *amount,
             GSettings *settings,
             const char *key,
             const char *currency,
             gint64 strictest,
             GError **error)
{
  g_autoptr (GError) problem = NULL;

  if (till_shop_amount_read (amount, settings, key, currency, &problem))
    return TRUE;
  amount->minor = strictest;
  g_strlcpy (amount->currency, currency, sizeof amount->currency);
  if (error != NULL && *error == NULL)
    g_propagate_error (error, g_steal_pointer (&problem));
  return FALSE;
}

gboolean
till_shop_policy_read (GSettings *settings, const char *currency, TillCheckoutPolicy *policy, GError **error)
{
  TillMoney second_smile;
  gboolean right;

  *policy = (TillCheckoutPolicy){
    .pin = g_settings_get_boolean (settings, "pin-allowed"),
    .face_off = !g_settings_get_boolean (settings, "face-allowed"),
    .pass_off = !g_settings_get_boolean (settings, "face-pass-allowed"),
    .smile_discount = g_settings_get_int (settings, "smile-discount"),
  };
  right = read_amount (&second_smile, settings, "second-smile-from", currency, 1, error);
  right &= read_amount (&policy->pin_from, settings, "pin-from", currency, 1, error);
  right &= read_amount (&policy->most_per_payment, settings, "most-per-payment", currency, 0, error);
  right
      &= read_amount (&policy->most_per_customer_day, settings, "most-per-customer-day", currency, 0, error);
  right &= read_amount (&policy->most_per_till_day, settings, "most-per-till-day", currency, 0, error);
  policy->second_smile_minor = second_smile.minor;
  return right;
}
