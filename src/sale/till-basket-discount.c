/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sale/till-basket-private.h"

#include "base/till-error.h"
#include "sale/till-rate.h"

static gboolean
till_basket_refuse (GError **error, TillError code, const char *message)
{
  g_set_error_literal (error, TILL_ERROR, code, message);
  return FALSE;
}

/* Whether @rate or @amount may be taken off what comes to @most minor units. */
static gboolean
till_basket_check_discount (TillBasket *self, int rate, const TillMoney *amount, gint64 most, GError **error)
{
  const char *currency = till_basket_get_currency (self);

  if (rate < 0 || rate > TILL_RATE_WHOLE)
    return till_basket_refuse (error, TILL_ERROR_INVALID, "A discount must be 0 to 100 per cent");
  if (amount == NULL || amount->minor == 0)
    return TRUE;
  if (rate != 0)
    return till_basket_refuse (error, TILL_ERROR_INVALID, "A discount is a rate or an amount, not both");
  if (!g_str_equal (amount->currency, currency))
    {
      g_set_error (error, TILL_ERROR, TILL_ERROR_CURRENCY, "A discount here must be in %s", currency);
      return FALSE;
    }
  if (amount->minor < 0)
    return till_basket_refuse (error, TILL_ERROR_INVALID, "A discount must not be below zero");
  if (amount->minor > most)
    return till_basket_refuse (error, TILL_ERROR_REFUSED, "The discount is more than the goods come to");
  return TRUE;
}

gboolean
till_basket_discount_line (
    TillBasket *self, const char *id, int rate, const TillMoney *amount, GError **error)
{
  g_return_val_if_fail (TILL_IS_BASKET (self), FALSE);
  g_return_val_if_fail (id != NULL, FALSE);

  const TillBasketContent *content = till_basket_get_content (self);
  int index = till_basket_content_find (content, id);
  gint64 off = amount != NULL ? amount->minor : 0;

  if (index < 0)
    {
      g_set_error (error, TILL_ERROR, TILL_ERROR_NOT_FOUND, "Article “%s” is not in the basket", id);
      return FALSE;
    }

  const TillBasketItem *item = till_basket_content_get (content, (guint) index);
  gint64 total = till_article_get_price (item->article)->minor * item->quantity;
  if (!till_basket_check_discount (self, rate, amount, total, error))
    return FALSE;
  if (item->rate == rate && item->off == off)
    return TRUE;

  TillBasketContent *changed = till_basket_content_copy (content);
  till_basket_content_get (changed, (guint) index)->rate = rate;
  till_basket_content_get (changed, (guint) index)->off = off;
  return till_basket_change (self, changed, error);
}

/* What the goods come to after the discounts on lines. */
static gint64
till_basket_count_after_lines (TillBasket *self)
{
  g_autoptr (TillPricing) pricing = till_basket_price (self, 0, NULL);
  gint64 left = till_pricing_get_goods (pricing)->minor;

  for (guint i = 0; i < till_pricing_get_n_discounts (pricing); i++)
    if (till_pricing_get_discount (pricing, i)->kind == TILL_DISCOUNT_LINE)
      left -= till_pricing_get_discount (pricing, i)->amount.minor;
  return left;
}

gboolean
till_basket_discount (TillBasket *self, int rate, const TillMoney *amount, GError **error)
{
  g_return_val_if_fail (TILL_IS_BASKET (self), FALSE);

  const TillBasketContent *content = till_basket_get_content (self);
  gint64 off = amount != NULL ? amount->minor : 0;

  if (!till_basket_check_discount (self, rate, amount, till_basket_count_after_lines (self), error))
    return FALSE;
  if (content->rate == rate && content->off == off)
    return TRUE;

  TillBasketContent *changed = till_basket_content_copy (content);
  changed->rate = rate;
  changed->off = off;
  return till_basket_change (self, changed, error);
}

void
till_basket_get_discount (TillBasket *self, int *rate, TillMoney *amount)
{
  g_return_if_fail (TILL_IS_BASKET (self));

  const TillBasketContent *content = till_basket_get_content (self);
  *rate = content->rate;
  if (amount != NULL)
    {
      *amount = *till_basket_get_total (self);
      amount->minor = content->off;
    }
}
