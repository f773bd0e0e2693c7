/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sale/till-catalogue.h"

#include "base/till-error.h"
#include "sale/till-catalogue-file.h"

#include <string.h>

/* A shop's catalogue takes a few hundred bytes an article; more than this is another kind of file. */
#define FILE_SIZE_MAX (64 * 1024 * 1024)

struct _TillCatalogue
{
  GObject parent_instance;

  char *shop;
  char *currency;
  TillTaxTable *taxes;
  GListStore *articles;
  GPtrArray *folded;      /* what each article is searched by, in the same order */
  GPtrArray *categories;  /* NULL-ended */
  GHashTable *by_id;      /* the article's own string → the article */
  GHashTable *by_barcode; /* EAN-13 or EAN-8 → the article */
};

G_DEFINE_FINAL_TYPE (TillCatalogue, till_catalogue, G_TYPE_OBJECT)

static void
till_catalogue_finalize (GObject *object)
{
  TillCatalogue *self = TILL_CATALOGUE (object);

  g_clear_pointer (&self->by_id, g_hash_table_unref);
  g_clear_pointer (&self->by_barcode, g_hash_table_unref);
  g_clear_pointer (&self->folded, g_ptr_array_unref);
  g_clear_pointer (&self->categories, g_ptr_array_unref);
  g_clear_pointer (&self->taxes, till_tax_table_unref);
  g_clear_object (&self->articles);
  g_free (self->shop);
  g_free (self->currency);

  G_OBJECT_CLASS (till_catalogue_parent_class)->finalize (object);
}

static void
till_catalogue_class_init (TillCatalogueClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = till_catalogue_finalize;
}

static void
till_catalogue_init (TillCatalogue *self)
{
  self->articles = g_list_store_new (TILL_TYPE_ARTICLE);
  self->folded = g_ptr_array_new_with_free_func (g_free);
  self->categories = g_ptr_array_new_with_free_func (g_free);
  self->by_id = g_hash_table_new (g_str_hash, g_str_equal);
  self->by_barcode = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
}

/* Without case and accents, so that "creme" finds "Crème". */
static char *
till_catalogue_fold (const char *text)
{
  g_autofree char *folded = g_utf8_casefold (text, -1);
  g_autofree char *apart = g_utf8_normalize (folded, -1, G_NORMALIZE_ALL);
  GString *bare = g_string_new (NULL);

  for (const char *p = apart; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (!g_unichar_ismark (c))
        g_string_append_unichar (bare, g_unichar_isspace (c) ? ' ' : c);
    }
  return g_string_free (bare, FALSE);
}

/* UPC-A is EAN-13 with a leading zero that scanners leave out or not. */
static char *
till_catalogue_normalize_barcode (const char *barcode)
{
  return strlen (barcode) == 12 ? g_strconcat ("0", barcode, NULL) : g_strdup (barcode);
}

static void
till_catalogue_add_category (TillCatalogue *self, const char *category)
{
  if (!g_ptr_array_find_with_equal_func (self->categories, category, g_str_equal, NULL))
    g_ptr_array_add (self->categories, g_strdup (category));
}

static gboolean
till_catalogue_add_barcode (TillCatalogue *self, TillArticle *article, GError **error)
{
  const char *barcode = till_article_get_barcode (article);

  if (barcode == NULL)
    return TRUE;

  g_autofree char *key = till_catalogue_normalize_barcode (barcode);
  TillArticle *other = g_hash_table_lookup (self->by_barcode, key);
  if (other != NULL)
    {
      g_set_error (error, TILL_ERROR, TILL_ERROR_INVALID, "articles “%s” and “%s” have the same barcode %s",
                   till_article_get_id (other), till_article_get_id (article), barcode);
      return FALSE;
    }
  g_hash_table_insert (self->by_barcode, g_steal_pointer (&key), article);
  return TRUE;
}

static gboolean
till_catalogue_add_article (TillCatalogue *self, TillArticle *article, GError **error)
{
  const char *id = till_article_get_id (article);

  if (g_hash_table_contains (self->by_id, id))
    {
      g_set_error (error, TILL_ERROR, TILL_ERROR_INVALID, "there are two articles with the id “%s”", id);
      return FALSE;
    }
  if (!till_catalogue_add_barcode (self, article, error))
    return FALSE;

  g_autofree char *searched
      = g_strconcat (till_article_get_name (article), " ", till_article_get_category (article), NULL);
  g_list_store_append (self->articles, article);
  g_ptr_array_add (self->folded, till_catalogue_fold (searched));
  g_hash_table_insert (self->by_id, (char *) id, article);
  till_catalogue_add_category (self, till_article_get_category (article));
  return TRUE;
}

TillCatalogue *
till_catalogue_new_from_data (const char *json, gssize length, const char *name, GError **error)
{
  g_autoptr (TillCatalogue) self = g_object_new (TILL_TYPE_CATALOGUE, NULL);
  g_autoptr (TillCatalogueFile) file = till_catalogue_file_read (json, length, name, error);

  if (file == NULL)
    return NULL;
  self->shop = g_steal_pointer (&file->shop);
  self->currency = g_steal_pointer (&file->currency);
  self->taxes = g_steal_pointer (&file->taxes);
  for (guint i = 0; i < file->articles->len; i++)
    if (!till_catalogue_add_article (self, g_ptr_array_index (file->articles, i), error))
      {
        g_prefix_error (error, "%s: ", name);
        return NULL;
      }
  g_ptr_array_add (self->categories, NULL);
  return g_steal_pointer (&self);
}

TillCatalogue *
till_catalogue_new_from_file (const char *path, GError **error)
{
  g_autofree char *json = NULL;
  g_autofree char *name = g_filename_display_name (path);
  gsize length;
  g_autoptr (GError) problem = NULL;

  if (!g_file_get_contents (path, &json, &length, &problem))
    {
      gboolean absent = g_error_matches (problem, G_FILE_ERROR, G_FILE_ERROR_NOENT);
      g_set_error (error, TILL_ERROR, absent ? TILL_ERROR_NOT_FOUND : TILL_ERROR_FAILED,
                   "The catalogue can't be read: %s", problem->message);
      return NULL;
    }
  if (length > FILE_SIZE_MAX)
    {
      g_set_error (error, TILL_ERROR, TILL_ERROR_INVALID,
                   "%s is too large for a catalogue: is it another file?", name);
      return NULL;
    }
  return till_catalogue_new_from_data (json, (gssize) length, name, error);
}

char *
till_catalogue_default_path (const char *pkgdatadir)
{
  const char *data = g_getenv ("SMILETILL_DATA");

  return g_build_filename (data != NULL ? data : pkgdatadir, "catalogue.json", NULL);
}

const char *
till_catalogue_get_shop (TillCatalogue *self)
{
  g_return_val_if_fail (TILL_IS_CATALOGUE (self), NULL);
  return self->shop;
}

const char *
till_catalogue_get_currency (TillCatalogue *self)
{
  g_return_val_if_fail (TILL_IS_CATALOGUE (self), NULL);
  return self->currency;
}

TillTaxTable *
till_catalogue_get_tax_table (TillCatalogue *self)
{
  g_return_val_if_fail (TILL_IS_CATALOGUE (self), NULL);
  return self->taxes;
}

GListModel *
till_catalogue_get_articles (TillCatalogue *self)
{
  g_return_val_if_fail (TILL_IS_CATALOGUE (self), NULL);
  return G_LIST_MODEL (self->articles);
}

const char *const *
till_catalogue_get_categories (TillCatalogue *self)
{
  g_return_val_if_fail (TILL_IS_CATALOGUE (self), NULL);
  return (const char *const *) self->categories->pdata;
}

TillArticle *
till_catalogue_find_id (TillCatalogue *self, const char *id)
{
  g_return_val_if_fail (TILL_IS_CATALOGUE (self), NULL);
  return g_hash_table_lookup (self->by_id, id);
}

TillArticle *
till_catalogue_find_barcode (TillCatalogue *self, const char *barcode)
{
  g_return_val_if_fail (TILL_IS_CATALOGUE (self), NULL);

  g_autofree char *key = till_catalogue_normalize_barcode (barcode);
  return g_hash_table_lookup (self->by_barcode, key);
}

static gboolean
till_catalogue_matches_code (TillArticle *article, const char *folded)
{
  const char *barcode = till_article_get_barcode (article);

  return g_str_has_prefix (till_article_get_id (article), folded)
         || (barcode != NULL && g_str_has_prefix (barcode, folded));
}

static gboolean
till_catalogue_holds_words (const char *searched, char *const *words)
{
  for (; *words != NULL; words++)
    if (strstr (searched, *words) == NULL)
      return FALSE;
  return TRUE;
}

GPtrArray *
till_catalogue_search (TillCatalogue *self, const char *text, const char *category)
{
  g_return_val_if_fail (TILL_IS_CATALOGUE (self), NULL);

  GPtrArray *found = g_ptr_array_new_with_free_func (g_object_unref);
  if (text == NULL || !g_utf8_validate (text, -1, NULL))
    text = "";
  g_autofree char *folded = g_strstrip (till_catalogue_fold (text));
  g_auto (GStrv) words = g_strsplit (folded, " ", -1);

  for (guint i = 0; i < self->folded->len; i++)
    {
      g_autoptr (TillArticle) article = g_list_model_get_item (G_LIST_MODEL (self->articles), i);

      if (category != NULL && !g_str_equal (category, till_article_get_category (article)))
        continue;
      if (till_catalogue_holds_words (g_ptr_array_index (self->folded, i), words)
          || till_catalogue_matches_code (article, folded))
        g_ptr_array_add (found, g_steal_pointer (&article));
    }
  return found;
}
