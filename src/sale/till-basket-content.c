/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sale/till-basket-content.h"

static void
till_basket_item_clear (gpointer data)
{
  g_clear_object (&((TillBasketItem *) data)->article);
}

TillBasketContent *
till_basket_content_new (void)
{
  TillBasketContent *self = g_rc_box_new0 (TillBasketContent);

  self->items = g_array_new (FALSE, TRUE, sizeof (TillBasketItem));
  g_array_set_clear_func (self->items, till_basket_item_clear);
  return self;
}

TillBasketContent *
till_basket_content_copy (const TillBasketContent *self)
{
  TillBasketContent *copy = till_basket_content_new ();

  copy->rate = self->rate;
  copy->off = self->off;
  for (guint i = 0; i < self->items->len; i++)
    {
      TillBasketItem item = *till_basket_content_get (self, i);

      g_object_ref (item.article);
      g_array_append_val (copy->items, item);
    }
  return copy;
}

TillBasketContent *
till_basket_content_ref (TillBasketContent *self)
{
  return g_rc_box_acquire (self);
}

static void
till_basket_content_clear (gpointer data)
{
  g_array_unref (((TillBasketContent *) data)->items);
}

void
till_basket_content_unref (TillBasketContent *self)
{
  g_rc_box_release_full (self, till_basket_content_clear);
}

TillBasketItem *
till_basket_content_get (const TillBasketContent *self, guint index)
{
  return &g_array_index (self->items, TillBasketItem, index);
}

int
till_basket_content_find (const TillBasketContent *self, const char *id)
{
  for (guint i = 0; i < self->items->len; i++)
    if (g_str_equal (till_article_get_id (till_basket_content_get (self, i)->article), id))
      return (int) i;
  return -1;
}

void
till_basket_content_append (TillBasketContent *self, TillArticle *article, guint quantity)
{
  TillBasketItem item = { .article = g_object_ref (article), .quantity = quantity };

  g_array_append_val (self->items, item);
}
