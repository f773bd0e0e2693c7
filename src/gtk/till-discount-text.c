/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gtk/till-discount-text.h"

#include "base/till-error.h"
#include "sale/till-rate.h"

#include <glib/gi18n.h>
#include <string.h>

/* (transfer full) */
static char *
tidy (const char *text)
{
  return g_strstrip (g_strdelimit (g_strdup (text), ",", '.'));
}

/* @text: digits, perhaps a point and one or two more. -1 for anything else. */
static int
read_hundredths (const char *text)
{
  int value = 0;
  int decimals = -1;

  for (const char *p = text; *p != '\0'; p++)
    {
      if (*p == '.' && decimals < 0 && p != text)
        decimals = 0;
      else if (!g_ascii_isdigit (*p) || decimals == 2 || value > TILL_RATE_WHOLE)
        return -1;
      else
        {
          value = value * 10 + (*p - '0');
          decimals += decimals >= 0 ? 1 : 0;
        }
    }
  if (*text == '\0' || decimals == 0)
    return -1;
  for (int i = MAX (decimals, 0); i < 2; i++)
    value *= 10;
  return value;
}

gboolean
till_discount_text_parse_rate (const char *text, int *rate, GError **error)
{
  g_autofree char *tidied = tidy (text);
  int value = read_hundredths (tidied);

  if (value < 0 || value > TILL_RATE_WHOLE)
    {
      g_set_error (error, TILL_ERROR, TILL_ERROR_INVALID, _ ("“%s” is no per cent from 0 to 100"), text);
      return FALSE;
    }
  *rate = value;
  return TRUE;
}

gboolean
till_discount_text_parse (
    const char *text, const char *currency, int *rate, TillMoney *amount, GError **error)
{
  g_autofree char *tidied = tidy (text);

  *rate = 0;
  if (!till_money_init (amount, 0, currency, error))
    return FALSE;
  if (*tidied == '\0')
    return TRUE;
  if (g_str_has_suffix (tidied, "%"))
    {
      tidied[strlen (tidied) - 1] = '\0';
      return till_discount_text_parse_rate (tidied, rate, error);
    }
  if (till_money_parse (amount, tidied, currency, NULL) && amount->minor >= 0)
    return TRUE;
  amount->minor = 0;
  g_set_error (error, TILL_ERROR, TILL_ERROR_INVALID,
               /* TRANSLATORS: what was typed, a currency's code */
               _ ("“%s” is no discount: write per cent like 10%%, or an amount of %s like 1.50"), text,
               currency);
  return FALSE;
}

char *
till_discount_text_format (int rate, const TillMoney *amount)
{
  g_autofree char *percent = NULL;

  if (rate > 0)
    {
      percent = till_rate_format (rate);
      return g_strdup_printf ("%s%%", percent);
    }
  return amount != NULL && amount->minor > 0 ? till_money_to_decimal (amount) : g_strdup ("");
}
