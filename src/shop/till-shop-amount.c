/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "shop/till-shop-amount.h"

#include "base/till-error.h"

/* What 0 comes to. */
typedef enum
{
  ZERO_IS_ALWAYS, /* every amount is as large */
  ZERO_IS_NO_FACE,
  ZERO_IS_NOTHING, /* which is written as nothing */
} Zero;

typedef struct
{
  const char *key;
  const char *purpose; /* behind "is no amount" */
  Zero zero;
} Setting;

static const Setting settings_of_money[] = {
  { "second-smile-from", "to ask for a second smile from", ZERO_IS_ALWAYS },
  { "pin-from", "to ask for a PIN from", ZERO_IS_ALWAYS },
  { "most-per-payment", "for the most that one payment by face may be", ZERO_IS_NO_FACE },
  { "most-per-customer-day", "for the most that a customer may pay by face in a day", ZERO_IS_NO_FACE },
  { "most-per-till-day", "for the most that this till takes by face in a day", ZERO_IS_NO_FACE },
  { "threshold-from", "to take money off from", ZERO_IS_NOTHING },
  { "threshold-off", "to take off", ZERO_IS_NOTHING },
  { "gift-amount", "for a gift", ZERO_IS_NOTHING },
  { "gift-daily-budget", "for the gifts of a day", ZERO_IS_NOTHING },
};

static const Setting *
find_setting (const char *key)
{
  for (gsize i = 0; i < G_N_ELEMENTS (settings_of_money); i++)
    if (g_str_equal (settings_of_money[i].key, key))
      return &settings_of_money[i];
  return NULL;
}

gboolean
till_shop_amount_is_setting (const char *key)
{
  return find_setting (key) != NULL;
}

static gboolean
check_zero (const Setting *setting, GError **error)
{
  switch (setting->zero)
    {
    case ZERO_IS_NO_FACE:
      g_set_error (
          error, TILL_ERROR, TILL_ERROR_INVALID,
          "0 is no amount %s: to take nothing by face, set face-allowed to false; for no limit, leave it "
          "empty",
          setting->purpose);
      return FALSE;
    case ZERO_IS_NOTHING:
      g_set_error (error, TILL_ERROR, TILL_ERROR_INVALID, "0 is no amount %s: for nothing, leave it empty",
                   setting->purpose);
      return FALSE;
    case ZERO_IS_ALWAYS:
    default:
      return TRUE;
    }
}

gboolean
till_shop_amount_parse (
    TillMoney *amount, const char *key, const char *text, const char *currency, GError **error)
{
  const Setting *setting = find_setting (key);

  g_return_val_if_fail (setting != NULL, FALSE);

  *amount = (TillMoney){ 0 };
  if (*text == '\0')
    return TRUE;
  if (!till_money_parse (amount, text, currency, NULL) || amount->minor < 0)
    {
      *amount = (TillMoney){ 0 };
      g_set_error (
          error, TILL_ERROR, TILL_ERROR_INVALID,
          "“%s” is no amount %s: write one like 100 in %s with a point before decimals%s, or nothing for "
          "none",
          text, setting->purpose, currency, setting->zero == ZERO_IS_ALWAYS ? ", 0 for every payment" : "");
      return FALSE;
    }
  if (amount->minor > 0)
    return TRUE;
  /* Nothing costs less than one, so from one on is always. */
  amount->minor = 1;
  return check_zero (setting, error);
}

gboolean
till_shop_amount_read (
    TillMoney *amount, GSettings *settings, const char *key, const char *currency, GError **error)
{
  g_autofree char *text = g_settings_get_string (settings, key);

  return till_shop_amount_parse (amount, key, text, currency, error);
}
