/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sale/till-article.h"

#include "base/till-error.h"
#include "base/till-name.h"

#include <string.h>

#define ID_MAX    64
#define EMOJI_MAX 16

struct _TillArticle
{
  GObject parent_instance;

  char *id;
  char *name;
  char *barcode;
  TillMoney price;
  char *tax_class;
  char *category;
  char *emoji;
};

enum
{
  PROP_0,
  PROP_ID,
  PROP_NAME,
  PROP_BARCODE,
  PROP_CATEGORY,
  PROP_EMOJI,
  PROP_PRICE_TEXT,
  N_PROPS
};

static GParamSpec *props[N_PROPS];

G_DEFINE_FINAL_TYPE (TillArticle, till_article, G_TYPE_OBJECT)

static void
till_article_finalize (GObject *object)
{
  TillArticle *self = TILL_ARTICLE (object);

  g_free (self->id);
  g_free (self->name);
  g_free (self->barcode);
  g_free (self->tax_class);
  g_free (self->category);
  g_free (self->emoji);

  G_OBJECT_CLASS (till_article_parent_class)->finalize (object);
}

static void
till_article_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  TillArticle *self = TILL_ARTICLE (object);

  switch (prop_id)
    {
    case PROP_ID:
      g_value_set_string (value, self->id);
      break;
    case PROP_NAME:
      g_value_set_string (value, self->name);
      break;
    case PROP_BARCODE:
      g_value_set_string (value, self->barcode);
      break;
    case PROP_CATEGORY:
      g_value_set_string (value, self->category);
      break;
    case PROP_EMOJI:
      g_value_set_string (value, self->emoji);
      break;
    case PROP_PRICE_TEXT:
      g_value_take_string (value, till_money_format (&self->price));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
till_article_class_init (TillArticleClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  static const char *const names[N_PROPS] = {
    [PROP_ID] = "id",           [PROP_NAME] = "name",
    [PROP_BARCODE] = "barcode", [PROP_CATEGORY] = "category",
    [PROP_EMOJI] = "emoji",     [PROP_PRICE_TEXT] = "price-text",
  };

  object_class->finalize = till_article_finalize;
  object_class->get_property = till_article_get_property;

  for (guint i = PROP_0 + 1; i < N_PROPS; i++)
    props[i] = g_param_spec_string (names[i], NULL, NULL, NULL, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, props);
}

static void
till_article_init (TillArticle *self)
{
}

/* GS1's check digit: from the right, weights 1 3 1 3 …; the sum is a multiple of ten. */
gboolean
till_barcode_check (const char *barcode, GError **error)
{
  gsize length = strlen (barcode);
  gsize digits = strspn (barcode, "0123456789");
  int sum = 0;

  if (digits != length || (length != 8 && length != 12 && length != 13))
    {
      g_autofree char *shown = g_strescape (barcode, NULL);
      g_set_error (error, TILL_ERROR, TILL_ERROR_INVALID,
                   "“%.40s” is no EAN-13, EAN-8 or UPC-A code: write 13, 8 or 12 digits", shown);
      return FALSE;
    }

  for (gsize i = 0; i < length; i++)
    sum += (barcode[i] - '0') * ((length - 1 - i) % 2 == 0 ? 1 : 3);
  if (sum % 10 == 0)
    return TRUE;

  int check = barcode[length - 1] - '0';
  g_set_error (error, TILL_ERROR, TILL_ERROR_INVALID, "The check digit of barcode %s should be %d, not %d",
               barcode, ((check - sum) % 10 + 10) % 10, check);
  return FALSE;
}

static gboolean
till_article_check_id (const char *id, GError **error)
{
  gsize length = id != NULL ? strlen (id) : 0;

  if (length >= 1 && length <= ID_MAX && strspn (id, "abcdefghijklmnopqrstuvwxyz0123456789-") == length)
    return TRUE;
  g_set_error (error, TILL_ERROR, TILL_ERROR_INVALID, "The id must be 1 to %d of a-z, 0-9 and “-”", ID_MAX);
  return FALSE;
}

static gboolean
till_article_check_price (const TillMoney *price, GError **error)
{
  if (till_currency_exponent (price->currency) >= 0 && price->minor >= 0)
    return TRUE;
  g_set_error_literal (error, TILL_ERROR, TILL_ERROR_INVALID, "The price must not be below zero");
  return FALSE;
}

static gboolean
till_article_check_emoji (const char *emoji, GError **error)
{
  if (emoji == NULL || (strlen (emoji) <= EMOJI_MAX && till_name_check ("The emoji", emoji, error)))
    return TRUE;
  if (strlen (emoji) > EMOJI_MAX)
    g_set_error (error, TILL_ERROR, TILL_ERROR_INVALID, "The emoji is longer than %d bytes", EMOJI_MAX);
  return FALSE;
}

TillArticle *
till_article_new (const char *id,
                  const char *name,
                  const char *barcode,
                  const TillMoney *price,
                  const char *tax_class,
                  const char *category,
                  const char *emoji,
                  GError **error)
{
  g_return_val_if_fail (price != NULL, NULL);

  if (!till_article_check_id (id, error) || !till_name_check ("The name", name, error)
      || (barcode != NULL && !till_barcode_check (barcode, error)) || !till_article_check_price (price, error)
      || !till_name_check ("The tax class", tax_class, error)
      || !till_name_check ("The category", category, error) || !till_article_check_emoji (emoji, error))
    return NULL;

  TillArticle *self = g_object_new (TILL_TYPE_ARTICLE, NULL);
  self->id = g_strdup (id);
  self->name = g_strdup (name);
  self->barcode = g_strdup (barcode);
  self->price = *price;
  self->tax_class = g_strdup (tax_class);
  self->category = g_strdup (category);
  self->emoji = g_strdup (emoji);
  return self;
}

const char *
till_article_get_id (TillArticle *self)
{
  g_return_val_if_fail (TILL_IS_ARTICLE (self), NULL);
  return self->id;
}

const char *
till_article_get_name (TillArticle *self)
{
  g_return_val_if_fail (TILL_IS_ARTICLE (self), NULL);
  return self->name;
}

const char *
till_article_get_barcode (TillArticle *self)
{
  g_return_val_if_fail (TILL_IS_ARTICLE (self), NULL);
  return self->barcode;
}

const TillMoney *
till_article_get_price (TillArticle *self)
{
  g_return_val_if_fail (TILL_IS_ARTICLE (self), NULL);
  return &self->price;
}

const char *
till_article_get_tax_class (TillArticle *self)
{
  g_return_val_if_fail (TILL_IS_ARTICLE (self), NULL);
  return self->tax_class;
}

const char *
till_article_get_category (TillArticle *self)
{
  g_return_val_if_fail (TILL_IS_ARTICLE (self), NULL);
  return self->category;
}

const char *
till_article_get_emoji (TillArticle *self)
{
  g_return_val_if_fail (TILL_IS_ARTICLE (self), NULL);
  return self->emoji;
}
