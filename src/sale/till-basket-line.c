/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sale/till-basket-line-private.h"

#include "sale/till-rate.h"

#include <glib/gi18n-lib.h>

struct _TillBasketLine
{
  GObject parent_instance;

  TillArticle *article;
  guint quantity;
  TillMoney total;
  int rate;
  TillMoney off;
};

enum
{
  PROP_0,
  PROP_ARTICLE,
  PROP_NAME,
  PROP_QUANTITY,
  PROP_PRICE_TEXT,
  PROP_TOTAL_TEXT,
  PROP_DISCOUNT_TEXT,
  N_PROPS
};

static GParamSpec *props[N_PROPS];

G_DEFINE_FINAL_TYPE (TillBasketLine, till_basket_line, G_TYPE_OBJECT)

static void
till_basket_line_dispose (GObject *object)
{
  g_clear_object (&TILL_BASKET_LINE (object)->article);

  G_OBJECT_CLASS (till_basket_line_parent_class)->dispose (object);
}

/* (transfer full) (nullable) */
static char *
till_basket_line_format_discount (TillBasketLine *self)
{
  if (self->rate > 0)
    {
      g_autofree char *rate = till_rate_format (self->rate);
      /* Translators: a rate, as "10 %". */
      return g_strdup_printf (_ ("%s %%"), rate);
    }
  return self->off.minor > 0 ? till_money_format (&self->off) : NULL;
}

static void
till_basket_line_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  TillBasketLine *self = TILL_BASKET_LINE (object);

  switch (prop_id)
    {
    case PROP_ARTICLE:
      g_value_set_object (value, self->article);
      break;
    case PROP_NAME:
      g_value_set_string (value, till_article_get_name (self->article));
      break;
    case PROP_QUANTITY:
      g_value_set_uint (value, self->quantity);
      break;
    case PROP_PRICE_TEXT:
      g_value_take_string (value, till_money_format (till_article_get_price (self->article)));
      break;
    case PROP_TOTAL_TEXT:
      g_value_take_string (value, till_money_format (&self->total));
      break;
    case PROP_DISCOUNT_TEXT:
      g_value_take_string (value, till_basket_line_format_discount (self));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
till_basket_line_class_init (TillBasketLineClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS;

  object_class->dispose = till_basket_line_dispose;
  object_class->get_property = till_basket_line_get_property;

  props[PROP_ARTICLE] = g_param_spec_object ("article", NULL, NULL, TILL_TYPE_ARTICLE, flags);
  props[PROP_NAME] = g_param_spec_string ("name", NULL, NULL, NULL, flags);
  props[PROP_QUANTITY] = g_param_spec_uint ("quantity", NULL, NULL, 0, G_MAXUINT, 0, flags);
  props[PROP_PRICE_TEXT] = g_param_spec_string ("price-text", NULL, NULL, NULL, flags);
  props[PROP_TOTAL_TEXT] = g_param_spec_string ("total-text", NULL, NULL, NULL, flags);
  props[PROP_DISCOUNT_TEXT] = g_param_spec_string ("discount-text", NULL, NULL, NULL, flags);
  g_object_class_install_properties (object_class, N_PROPS, props);
}

static void
till_basket_line_init (TillBasketLine *self)
{
}

TillBasketLine *
till_basket_line_new (const TillBasketItem *item, const TillMoney *total)
{
  TillBasketLine *self = g_object_new (TILL_TYPE_BASKET_LINE, NULL);

  self->article = g_object_ref (item->article);
  self->quantity = item->quantity;
  self->total = *total;
  self->rate = item->rate;
  self->off = *total;
  self->off.minor = item->off;
  return self;
}

void
till_basket_line_set (TillBasketLine *self, const TillBasketItem *item, const TillMoney *total)
{
  gboolean other_quantity = self->quantity != item->quantity;
  gboolean other_discount = self->rate != item->rate || self->off.minor != item->off;

  self->quantity = item->quantity;
  self->total = *total;
  self->rate = item->rate;
  self->off.minor = item->off;
  if (other_quantity)
    {
      g_object_notify_by_pspec (G_OBJECT (self), props[PROP_QUANTITY]);
      g_object_notify_by_pspec (G_OBJECT (self), props[PROP_TOTAL_TEXT]);
    }
  if (other_discount)
    g_object_notify_by_pspec (G_OBJECT (self), props[PROP_DISCOUNT_TEXT]);
}

TillArticle *
till_basket_line_get_article (TillBasketLine *self)
{
  g_return_val_if_fail (TILL_IS_BASKET_LINE (self), NULL);
  return self->article;
}

guint
till_basket_line_get_quantity (TillBasketLine *self)
{
  g_return_val_if_fail (TILL_IS_BASKET_LINE (self), 0);
  return self->quantity;
}

const TillMoney *
till_basket_line_get_total (TillBasketLine *self)
{
  g_return_val_if_fail (TILL_IS_BASKET_LINE (self), NULL);
  return &self->total;
}

void
till_basket_line_get_discount (TillBasketLine *self, int *rate, TillMoney *amount)
{
  g_return_if_fail (TILL_IS_BASKET_LINE (self));

  *rate = self->rate;
  if (amount != NULL)
    *amount = self->off;
}
