/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sale/till-basket-content.h"

static void
till_basket_item_clear (gpointer data)
{
  g_clear_object (&((TillBasketItem *) data)->article);
}

GArray *
till_basket_content_new (void)
{
  GArray *content = g_array_new (FALSE, TRUE, sizeof (TillBasketItem));

  g_array_set_clear_func (content, till_basket_item_clear);
  return content;
}

GArray *
till_basket_content_copy (GArray *content)
{
  GArray *copy = till_basket_content_new ();

  for (guint i = 0; i < content->len; i++)
    {
      TillBasketItem item = *till_basket_content_get (content, i);

      g_object_ref (item.article);
      g_array_append_val (copy, item);
    }
  return copy;
}

TillBasketItem *
till_basket_content_get (GArray *content, guint index)
{
  return &g_array_index (content, TillBasketItem, index);
}

int
till_basket_content_find (GArray *content, const char *id)
{
  for (guint i = 0; i < content->len; i++)
    if (g_str_equal (till_article_get_id (till_basket_content_get (content, i)->article), id))
      return (int) i;
  return -1;
}

void
till_basket_content_append (GArray *content, TillArticle *article, guint quantity)
{
  TillBasketItem item = { .article = g_object_ref (article), .quantity = quantity };

  g_array_append_val (content, item);
}

gboolean
till_basket_content_price (
    GArray *content, const TillTaxTable *taxes, const char *currency, TillMoney *total, GError **error)
{
  for (guint i = 0; i < content->len; i++)
    {
      TillBasketItem *item = till_basket_content_get (content, i);

      if (!till_money_multiply (till_article_get_price (item->article), item->quantity, &item->total, error))
        return FALSE;
    }

  g_autoptr (GArray) sums = till_basket_content_sum_taxes (content, taxes, currency, error);
  return sums != NULL && till_tax_total (sums, currency, NULL, NULL, total, error);
}

GArray *
till_basket_content_sum_taxes (GArray *content,
                               const TillTaxTable *taxes,
                               const char *currency,
                               GError **error)
{
  g_autofree TillTaxedAmount *amounts = g_new0 (TillTaxedAmount, content->len);

  for (guint i = 0; i < content->len; i++)
    {
      const TillBasketItem *item = till_basket_content_get (content, i);

      amounts[i].tax_class = till_article_get_tax_class (item->article);
      amounts[i].amount = item->total;
    }
  return till_tax_sum (taxes, amounts, content->len, currency, error);
}
