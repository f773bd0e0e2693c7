/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gtk/till-policy-words.h"

#include "base/till-money.h"

#include <glib/gi18n.h>

static gboolean
is_limit (const char *key)
{
  return g_str_has_prefix (key, "most-per-");
}

static gboolean
may_be_always (const char *key)
{
  return g_str_equal (key, "pin-from") || g_str_equal (key, "second-smile-from");
}

static char *
words_for_no_amount (const char *key, const char *text)
{
  if (may_be_always (key))
    return g_strdup_printf (_ ("“%s” is no amount of money. Write one like 100, or 0 for every payment"),
                            text);
  if (is_limit (key))
    return g_strdup_printf (_ ("“%s” is no amount of money. Write one like 100, or nothing for no limit"),
                            text);
  return g_strdup_printf (_ ("“%s” is no amount of money. Write one like 100, or nothing for none"), text);
}

static const char *
words_for_zero (const char *key)
{
  if (is_limit (key))
    return _ (
        "Write nothing for no limit. To take no smiles at all, switch them off at the top of this page");
  return _ ("Write nothing for none");
}

char *
till_policy_words_for_refused (const char *key, const char *text, const char *currency)
{
  TillMoney amount;

  if (!till_money_parse (&amount, text, currency, NULL) || amount.minor < 0)
    return words_for_no_amount (key, text);
  if (amount.minor == 0)
    return g_strdup (words_for_zero (key));
  if (g_str_has_prefix (key, "threshold-"))
    return g_strdup (_ ("What is taken off has to be less than what the goods have to come to"));
  return g_strdup (_ ("The gifts of a day have to come to at least one gift"));
}
