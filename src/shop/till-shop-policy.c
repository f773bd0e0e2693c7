/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "shop/till-shop-policy.h"

#include "base/till-error.h"

static gboolean
read_amount (const char *text, const char *currency, gint64 *minor, GError **error)
{
  TillMoney amount;

  if (*text == '\0')
    {
      *minor = 0;
      return TRUE;
    }
  if (!till_money_parse (&amount, text, currency, NULL) || amount.minor < 0)
    {
      g_set_error (
          error, TILL_ERROR, TILL_ERROR_INVALID,
          "“%s” is no amount to ask for a second smile from: write one like 100 in %s with a point before "
          "decimals, 0 for every payment, or nothing for none",
          text, currency);
      return FALSE;
    }
  /* Nothing costs less than one, so from one on is always. */
  *minor = MAX (amount.minor, 1);
  return TRUE;
}

gboolean
till_shop_policy_check_amount (const char *text, const char *currency, GError **error)
{
  gint64 minor;

  return read_amount (text, currency, &minor, error);
}

gboolean
till_shop_policy_read (GSettings *settings, const char *currency, TillCheckoutPolicy *policy, GError **error)
{
  g_autofree char *amount = g_settings_get_string (settings, "second-smile-from");

  *policy = (TillCheckoutPolicy){ .second_smile_minor = 1,
                                  .pin = g_settings_get_boolean (settings, "pin-allowed") };
  return read_amount (amount, currency, &policy->second_smile_minor, error);
}
