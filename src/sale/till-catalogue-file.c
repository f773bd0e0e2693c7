/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sale/till-catalogue-file.h"

#include "base/till-error.h"
#include "base/till-name.h"
#include "sale/till-article.h"
#include "sale/till-json-member.h"

static gboolean
till_catalogue_file_read_inclusive (JsonObject *root, gboolean *inclusive, GError **error)
{
  const char *prices;

  if (!till_json_member_string (root, "prices", &prices, error))
    return FALSE;
  *inclusive = g_str_equal (prices, "inclusive");
  if (*inclusive || g_str_equal (prices, "exclusive"))
    return TRUE;
  g_set_error_literal (error, TILL_ERROR, TILL_ERROR_INVALID,
                       "“prices” must be \"inclusive\" or \"exclusive\" (of tax)");
  return FALSE;
}

static gboolean
till_catalogue_file_read_tax_class (JsonArray *array, guint index, TillTaxClass *tax_class, GError **error)
{
  gint64 rate;
  JsonObject *object = till_json_element_object (array, index, "tax_classes", error);

  if (object == NULL || !till_json_member_string (object, "id", &tax_class->id, error)
      || !till_json_member_string (object, "name", &tax_class->name, error)
      || !till_json_member_int (object, "rate", 0, TILL_RATE_WHOLE, &rate, error))
    {
      g_prefix_error (error, "tax class %u: ", index + 1);
      return FALSE;
    }
  tax_class->rate = (int) rate;
  return TRUE;
}

static TillTaxTable *
till_catalogue_file_read_taxes (JsonObject *root, GError **error)
{
  gboolean inclusive;
  JsonArray *array = till_json_member_array (root, "tax_classes", error);

  if (array == NULL || !till_catalogue_file_read_inclusive (root, &inclusive, error))
    return NULL;

  guint n = json_array_get_length (array);
  g_autofree TillTaxClass *classes = g_new0 (TillTaxClass, n);
  for (guint i = 0; i < n; i++)
    if (!till_catalogue_file_read_tax_class (array, i, &classes[i], error))
      return NULL;
  return till_tax_table_new (inclusive, classes, n, error);
}

static TillArticle *
till_catalogue_file_build_article (TillCatalogueFile *self, JsonObject *object, GError **error)
{
  const char *id, *name, *barcode, *price_text, *tax, *category, *emoji;
  TillMoney price;

  if (!till_json_member_string (object, "id", &id, error)
      || !till_json_member_string (object, "name", &name, error)
      || !till_json_member_optional_string (object, "barcode", &barcode, error)
      || !till_json_member_string (object, "price", &price_text, error)
      || !till_json_member_string (object, "tax", &tax, error)
      || !till_json_member_string (object, "category", &category, error)
      || !till_json_member_optional_string (object, "emoji", &emoji, error)
      || !till_money_parse (&price, price_text, self->currency, error))
    return NULL;
  if (till_tax_table_find (self->taxes, tax) == NULL)
    {
      g_autofree char *shown = g_strescape (tax, NULL);
      g_set_error (error, TILL_ERROR, TILL_ERROR_INVALID, "there is no tax class “%.40s”", shown);
      return NULL;
    }
  return till_article_new (id, name, barcode, &price, tax, category, emoji, error);
}

/* Which article a message is about: its place in the file, and its id where that can be shown. */
static char *
till_catalogue_file_describe (JsonObject *object, guint index)
{
  const char *id = NULL;

  if (object == NULL || !till_json_member_optional_string (object, "id", &id, NULL) || id == NULL)
    return g_strdup_printf ("article %u", index + 1);

  g_autofree char *shown = g_strescape (id, NULL);
  return g_strdup_printf ("article %u (“%.64s”)", index + 1, shown);
}

static gboolean
till_catalogue_file_read_articles (TillCatalogueFile *self, JsonObject *root, GError **error)
{
  JsonArray *array = till_json_member_array (root, "articles", error);

  if (array == NULL)
    return FALSE;
  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      JsonObject *object = till_json_element_object (array, i, "articles", error);
      TillArticle *article = object != NULL ? till_catalogue_file_build_article (self, object, error) : NULL;

      if (article == NULL)
        {
          g_autofree char *place = till_catalogue_file_describe (object, i);
          g_prefix_error (error, "%s: ", place);
          return FALSE;
        }
      g_ptr_array_add (self->articles, article);
    }
  return TRUE;
}

static gboolean
till_catalogue_file_read_shop (TillCatalogueFile *self, JsonObject *root, GError **error)
{
  const char *shop, *currency;
  TillMoney zero;

  if (!till_json_member_string (root, "shop", &shop, error)
      || !till_json_member_string (root, "currency", &currency, error)
      || !till_name_check ("The shop’s name", shop, error) || !till_money_init (&zero, 0, currency, error))
    return FALSE;

  self->shop = g_strdup (shop);
  self->currency = g_strdup (currency);
  self->taxes = till_catalogue_file_read_taxes (root, error);
  return self->taxes != NULL;
}

TillCatalogueFile *
till_catalogue_file_read (const char *json, gssize length, const char *what, GError **error)
{
  g_autoptr (TillCatalogueFile) self = g_new0 (TillCatalogueFile, 1);
  g_autoptr (GError) problem = NULL;
  g_autoptr (JsonObject) root = till_json_read_object (json, length, what, error);

  self->articles = g_ptr_array_new_with_free_func (g_object_unref);
  if (root == NULL)
    return NULL;
  if (!till_catalogue_file_read_shop (self, root, &problem)
      || !till_catalogue_file_read_articles (self, root, &problem))
    {
      g_set_error (error, TILL_ERROR, TILL_ERROR_INVALID, "%s: %s", what, problem->message);
      return NULL;
    }
  return g_steal_pointer (&self);
}

void
till_catalogue_file_free (TillCatalogueFile *self)
{
  g_free (self->shop);
  g_free (self->currency);
  g_clear_pointer (&self->taxes, till_tax_table_unref);
  g_clear_pointer (&self->articles, g_ptr_array_unref);
  g_free (self);
}
