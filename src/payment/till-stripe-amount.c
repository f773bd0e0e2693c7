/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "payment/till-stripe-amount.h"

#include "base/till-error.h"

static const struct
{
  char currency[4];
  gint64 multiply;
  gint64 divide;
} exceptions[] = {
  { "ISK", 100, 1 },
  { "UGX", 100, 1 },
  { "MGA", 1, 100 },
};

gboolean
till_stripe_amount (const TillMoney *money, gint64 *amount, GError **error)
{
  gint64 multiply = 1, divide = 1;

  for (guint i = 0; i < G_N_ELEMENTS (exceptions); i++)
    if (g_str_equal (exceptions[i].currency, money->currency))
      {
        multiply = exceptions[i].multiply;
        divide = exceptions[i].divide;
      }

  if (money->minor % divide != 0)
    {
      g_set_error (error, TILL_ERROR, TILL_ERROR_UNSUPPORTED,
                   "the gateway takes %s in whole units only: round the total", money->currency);
      return FALSE;
    }
  if (money->minor > G_MAXINT64 / multiply || money->minor < G_MININT64 / multiply)
    {
      g_set_error (error, TILL_ERROR, TILL_ERROR_OVERFLOW, "%" G_GINT64_FORMAT " %s is too large to charge",
                   money->minor, money->currency);
      return FALSE;
    }
  *amount = money->minor / divide * multiply;
  return TRUE;
}
