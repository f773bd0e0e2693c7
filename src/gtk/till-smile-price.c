/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gtk/till-smile-price.h"

#include <glib/gi18n.h>

/* FALSE where no smile lowers the price. */
static gboolean
get_least (TillCheckout *checkout, TillMoney *least)
{
  const TillMoney *most = till_checkout_get_amount (checkout);

  return most != NULL && till_checkout_get_price (checkout, TILL_SMILE_WHOLE, least)
         && till_money_compare (least, most) < 0;
}

char *
till_smile_price_words_for_ways (TillCheckout *checkout)
{
  g_autofree char *money = NULL;
  TillMoney least;

  if (!get_least (checkout, &least))
    return g_strdup (_ ("The price is the same whichever way you pay."));
  money = till_money_format (&least);
  return g_strdup_printf (
      /* TRANSLATORS: an amount of money */
      _ ("Every way has the same offer: %s in cash, by card, or with a full smile."), money);
}

char *
till_smile_price_words_for_consent (TillCheckout *checkout)
{
  g_autofree char *most = NULL;
  g_autofree char *money = NULL;
  TillMoney least;

  if (!get_least (checkout, &least))
    return g_strdup ("");
  most = till_money_format (till_checkout_get_amount (checkout));
  money = till_money_format (&least);
  return g_strdup_printf (_ ("You pay at most %s, and only %s with a full smile."), most, money);
}

char *
till_smile_price_words_for_saved (TillCheckout *checkout)
{
  TillReceipt *receipt = till_checkout_get_receipt (checkout);

  for (guint i = 0; receipt != NULL && i < till_receipt_get_n_discounts (receipt); i++)
    {
      const TillDiscount *discount = till_receipt_get_discount (receipt, i);

      if (discount->kind == TILL_DISCOUNT_SMILE)
        {
          g_autofree char *money = till_money_format (&discount->amount);

          return g_strdup_printf (_ ("Your smile took %s off"), money);
        }
    }
  return g_strdup ("");
}

char *
till_smile_price_now (TillCheckout *checkout)
{
  TillMoney least, now;

  if (!get_least (checkout, &least)
      || !till_checkout_get_price (checkout, till_checkout_get_smile (checkout), &now))
    return NULL;
  return till_money_format (&now);
}
