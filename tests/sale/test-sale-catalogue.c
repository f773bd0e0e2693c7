/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/till-error.h"
#include "sale/till-catalogue.h"

#include <glib/gstdio.h>
#include <string.h>

#define HEAD                                                                                                 \
  "{ \"shop\": \"Corner Café\", \"currency\": \"EUR\", \"prices\": \"inclusive\", \"tax_classes\": "        \
  "[{ \"id\": \"std\", \"name\": \"Standard\", \"rate\": 2000 }], \"articles\": ["
#define TAIL "] }"
#define GOOD                                                                                                 \
  "{ \"id\": \"tea\", \"name\": \"Tea\", \"barcode\": \"4006381333931\", \"price\": \"1.20\","               \
  " \"tax\": \"std\", \"category\": \"Drinks\", \"emoji\": \"🍵\" }"

static TillCatalogue *
demo (void)
{
  g_autofree char *path = till_catalogue_default_path ("/nowhere");
  g_autoptr (GError) error = NULL;
  TillCatalogue *catalogue = till_catalogue_new_from_file (path, &error);

  g_assert_no_error (error);
  return catalogue;
}

/* The goods of the demo shop: enough, each with a code that scans, a tax class and a category. */
static void
test_demo (void)
{
  g_autoptr (TillCatalogue) catalogue = demo ();
  GListModel *articles = till_catalogue_get_articles (catalogue);
  guint n = g_list_model_get_n_items (articles);

  g_assert_cmpuint (n, >=, 40);
  g_assert_cmpstr (till_catalogue_get_currency (catalogue), ==, "EUR");
  g_assert_cmpuint (till_tax_table_get_n (till_catalogue_get_tax_table (catalogue)), ==, 3);
  g_assert_cmpuint (g_strv_length ((char **) till_catalogue_get_categories (catalogue)), ==, 6);
  for (guint i = 0; i < n; i++)
    {
      g_autoptr (TillArticle) article = g_list_model_get_item (articles, i);
      const char *barcode = till_article_get_barcode (article);

      g_assert_nonnull (barcode);
      g_assert_true (g_str_has_prefix (barcode, "2"));
      g_assert_true (till_catalogue_find_barcode (catalogue, barcode) == article);
      g_assert_true (till_catalogue_find_id (catalogue, till_article_get_id (article)) == article);
      g_assert_cmpint (till_article_get_price (article)->minor, >, 0);
      g_assert_nonnull (till_article_get_emoji (article));
    }
}

static void
test_barcodes (void)
{
  /* Published examples: EAN-13, UPC-A, EAN-8 of real goods. */
  static const char *const right[]
      = { "4006381333931", "9780201379624", "036000291452", "73513537", "96385074" };
  static const char *const wrong[] = { "4006381333930", "036000291453", "73513530", "1234567890123" };
  static const char *const odd[]
      = { "", "1", "123456789", "40063813339310", "400638133393a", "٤٠٠٦٣٨١٣٣٣٩٣١" };
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (right); i++)
    g_assert_true (till_barcode_check (right[i], NULL));
  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      g_assert_false (till_barcode_check (wrong[i], &error));
      g_assert_error (error, TILL_ERROR, TILL_ERROR_INVALID);
      g_clear_error (&error);
    }
  g_assert_false (till_barcode_check ("4006381333930", &error));
  g_assert_nonnull (strstr (error->message, "should be 1, not 0"));
  g_clear_error (&error);
  for (guint i = 0; i < G_N_ELEMENTS (odd); i++)
    {
      g_assert_false (till_barcode_check (odd[i], &error));
      g_assert_error (error, TILL_ERROR, TILL_ERROR_INVALID);
      g_clear_error (&error);
    }
}

static void
test_find_barcode_both_forms (void)
{
  g_autoptr (TillCatalogue) upc = till_catalogue_new_from_data (
      HEAD
      "{ \"id\": \"t\", \"name\": \"T\", \"barcode\": \"036000291452\", \"price\": \"1\", \"tax\": \"std\","
      " \"category\": \"C\" }" TAIL,
      -1, "test", NULL);

  g_assert_nonnull (till_catalogue_find_barcode (upc, "036000291452"));
  g_assert_nonnull (till_catalogue_find_barcode (upc, "0036000291452"));
  g_assert_null (till_catalogue_find_barcode (upc, "36000291452"));
  g_assert_null (till_catalogue_find_barcode (upc, ""));
}

static void
assert_found (TillCatalogue *catalogue, const char *text, const char *category, const char *first, guint n)
{
  g_autoptr (GPtrArray) found = till_catalogue_search (catalogue, text, category);

  g_assert_cmpuint (found->len, ==, n);
  if (n > 0)
    g_assert_cmpstr (till_article_get_id (g_ptr_array_index (found, 0)), ==, first);
}

static void
test_search (void)
{
  g_autoptr (TillCatalogue) catalogue
      = till_catalogue_new_from_data (HEAD "{ \"id\": \"creme\", \"name\": \"CRÈME brûlée\", \"price\": "
                                           "\"1\", \"tax\": \"std\", \"category\": \"Cakes\" },"
                                           "{ \"id\": \"strasse\", \"name\": \"Straße\", \"price\": \"1\", "
                                           "\"tax\": \"std\", \"category\": \"Maps\" },"
                                           "{ \"id\": \"qahwa\", \"name\": \"قَهْوَة\", \"price\": \"1\", "
                                           "\"tax\": \"std\", \"category\": \"Drinks\" }," GOOD TAIL,
                                      -1, "test", NULL);

  assert_found (catalogue, "", NULL, "creme", 4);
  assert_found (catalogue, NULL, NULL, "creme", 4);
  assert_found (catalogue, "creme", NULL, "creme", 1);
  assert_found (catalogue, "BRULEE creme", NULL, "creme", 1);
  assert_found (catalogue, "  crème  ", NULL, "creme", 1);
  assert_found (catalogue, "STRASSE", NULL, "strasse", 1);
  assert_found (catalogue, "قهوة", NULL, "qahwa", 1);
  assert_found (catalogue, "drinks", NULL, "qahwa", 2);
  assert_found (catalogue, "", "Drinks", "qahwa", 2);
  assert_found (catalogue, "tea", "Cakes", NULL, 0);
  assert_found (catalogue, "400638", NULL, "tea", 1);
  assert_found (catalogue, "tea coffee", NULL, NULL, 0);
  assert_found (catalogue, "\xff\xfe", NULL, "creme", 4);
}

typedef struct
{
  const char *json;
  const char *says; /* what the message must name */
} Wrong;

#define ARTICLE(members) HEAD GOOD ", {" members "}" TAIL
#define REST             "\"tax\": \"std\", \"category\": \"C\""

static const Wrong wrongs[] = {
  { "", "JSON" },
  { "null", "JSON object" },
  { "[]", "JSON object" },
  { "{", "JSON" },
  { "{\n\n\"shop\": \"x\",,\n}", "line 3" },
  { "{}", "“shop”" },
  { "{ \"shop\": 7 }", "“shop” must be a string" },
  { "{ \"shop\": \"x\" }", "“currency”" },
  { "{ \"shop\": \"x\", \"currency\": \"EURO\" }", "EURO" },
  { "{ \"shop\": \"x\\u0007\", \"currency\": \"EUR\" }", "shop’s name" },
  { "{ \"shop\": \"x\", \"currency\": \"EUR\" }", "“tax_classes”" },
  { "{ \"shop\": \"x\", \"currency\": \"EUR\", \"tax_classes\": [], \"prices\": \"net\" }", "“prices”" },
  { "{ \"shop\": \"x\", \"currency\": \"EUR\", \"tax_classes\": [7], \"prices\": \"inclusive\" }",
    "tax class 1" },
  { "{ \"shop\": \"x\", \"currency\": \"EUR\", \"prices\": \"inclusive\", \"tax_classes\":"
    " [{ \"id\": \"a\", \"name\": \"A\", \"rate\": 10001 }] }",
    "tax class 1: “rate”" },
  { "{ \"shop\": \"x\", \"currency\": \"EUR\", \"prices\": \"inclusive\", \"tax_classes\":"
    " [{ \"id\": \"a\", \"name\": \"A\", \"rate\": 20.5 }] }",
    "tax class 1: “rate” must be a whole number" },
  { "{ \"shop\": \"x\", \"currency\": \"EUR\", \"prices\": \"inclusive\", \"tax_classes\":"
    " [{ \"id\": \"a\", \"name\": \"A\", \"rate\": 1 }, { \"id\": \"a\", \"name\": \"B\", \"rate\": 2 }] }",
    "two tax classes “a”" },
  { "{ \"shop\": \"x\", \"currency\": \"EUR\", \"prices\": \"inclusive\", \"tax_classes\": [], \"articles\": "
    "{} }",
    "“articles”" },
  { HEAD "7" TAIL, "article 1" },
  { ARTICLE (""), "article 2: “id”" },
  { ARTICLE ("\"id\": \"Tea\", \"name\": \"T\", \"price\": \"1\", " REST), "article 2 (“Tea”): The id" },
  { ARTICLE ("\"id\": \"tea\", \"name\": \"T\", \"price\": \"1\", " REST), "two articles with the id “tea”" },
  { ARTICLE ("\"id\": \"b\", \"name\": \"\", \"price\": \"1\", " REST),
    "article 2 (“b”): The name is empty" },
  { ARTICLE ("\"id\": \"b\", \"name\": \"a\\u202eb\", \"price\": \"1\", " REST),
    "article 2 (“b”): The name holds" },
  { ARTICLE ("\"id\": \"b\", \"name\": \"a\\nb\", \"price\": \"1\", " REST),
    "article 2 (“b”): The name holds" },
  { ARTICLE ("\"id\": \"b\", \"name\": \"B\", \"price\": 1.20, " REST),
    "article 2 (“b”): “price” must be a string" },
  { ARTICLE ("\"id\": \"b\", \"name\": \"B\", \"price\": \"1.205\", " REST), "article 2 (“b”): “1.205”" },
  { ARTICLE ("\"id\": \"b\", \"name\": \"B\", \"price\": \"-1\", " REST), "article 2 (“b”): The price" },
  { ARTICLE ("\"id\": \"b\", \"name\": \"B\", \"price\": \"99999999999999999999\", " REST),
    "article 2 (“b”)" },
  { ARTICLE ("\"id\": \"b\", \"name\": \"B\", \"price\": \"1\", \"tax\": \"no\", \"category\": \"C\""),
    "there is no tax class “no”" },
  { ARTICLE ("\"id\": \"b\", \"name\": \"B\", \"price\": \"1\", \"barcode\": \"4006381333930\", " REST),
    "check digit" },
  { ARTICLE ("\"id\": \"b\", \"name\": \"B\", \"price\": \"1\", \"barcode\": \"4006381333931\", " REST),
    "“tea” and “b” have the same barcode" },
  { ARTICLE ("\"id\": \"b\", \"name\": \"B\", \"price\": \"1\", \"emoji\": \"12345678901234567\", " REST),
    "emoji" },
};

static void
test_wrong_files (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (wrongs); i++)
    {
      g_autoptr (GError) error = NULL;
      TillCatalogue *catalogue = till_catalogue_new_from_data (wrongs[i].json, -1, "shop.json", &error);

      g_assert_null (catalogue);
      g_assert_error (error, TILL_ERROR, TILL_ERROR_INVALID);
      if (!g_str_has_prefix (error->message, "shop.json") || strstr (error->message, wrongs[i].says) == NULL)
        g_error ("number %u: “%s” does not name “%s”", i, error->message, wrongs[i].says);
    }
}

static void
test_hostile_files (void)
{
  g_autofree char *deep = g_strnfill (1000 * 1000, '[');
  g_autofree char *name = g_strnfill (10 * 1024, 'x');
  g_autofree char *long_name
      = g_strdup_printf (ARTICLE ("\"id\": \"b\", \"name\": \"%s\", \"price\": \"1\", " REST), name);
  g_autofree char *long_id
      = g_strdup_printf (ARTICLE ("\"id\": \"%s\", \"name\": \"B\", \"price\": \"1\", " REST), name);
  /* A quote in a comment must not hide the brackets after it; what the parser quotes of bad numbers is no text. */
  g_autofree char *hidden = g_strconcat ("{ \"shop\": /*\"*/ ", deep, NULL);
  const char *texts[] = { deep,
                          long_name,
                          long_id,
                          hidden,
                          "{ \"shop\": \"\xff\" }",
                          "{ // \"\n }",
                          "{ # \n }",
                          "{ 'shop': 1 }",
                          "{\"a\": [1e+: 1]}",
                          "{\"a\": 0x: 1}" };
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_assert_null (till_catalogue_new_from_data (texts[i], -1, "shop.json", &error));
      g_assert_error (error, TILL_ERROR, TILL_ERROR_INVALID);
      g_assert_cmpuint (strlen (error->message), <, 400);
      g_assert_true (g_utf8_validate (error->message, -1, NULL));
      g_clear_error (&error);
    }
  g_assert_null (till_catalogue_new_from_data ("{}\0{}", 5, "shop.json", &error));
  g_assert_error (error, TILL_ERROR, TILL_ERROR_INVALID);
}

/* Every file that is a right one with some bytes changed is read or refused, and never anything else. */
static void
test_damaged_files (void)
{
  g_autofree char *path = till_catalogue_default_path ("/nowhere");
  g_autofree char *json = NULL;
  gsize length;

  g_assert_true (g_file_get_contents (path, &json, &length, NULL));
  for (guint i = 0; i < 400; i++)
    {
      g_autofree char *damaged = g_memdup2 (json, length);
      gsize cut = i % 4 == 0 ? (gsize) g_test_rand_int_range (0, (gint32) length) : length;
      g_autoptr (GError) error = NULL;

      for (guint j = 0; j < i % 7; j++)
        damaged[g_test_rand_int_range (0, (gint32) length)] = (char) g_test_rand_int_range (0, 256);
      g_autoptr (TillCatalogue) catalogue
          = till_catalogue_new_from_data (damaged, (gssize) cut, "shop.json", &error);
      if (catalogue == NULL)
        g_assert_error (error, TILL_ERROR, TILL_ERROR_INVALID);
      else
        g_assert_no_error (error);
    }
}

static void
test_no_file (void)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (till_catalogue_new_from_file ("/nowhere/shop.json", &error));
  g_assert_error (error, TILL_ERROR, TILL_ERROR_NOT_FOUND);
  g_assert_nonnull (strstr (error->message, "/nowhere/shop.json"));
  g_clear_error (&error);
  g_assert_null (till_catalogue_new_from_file ("/", &error));
  g_assert_error (error, TILL_ERROR, TILL_ERROR_FAILED);
}

static void
test_article_properties (void)
{
  g_autoptr (TillCatalogue) catalogue = till_catalogue_new_from_data (HEAD GOOD TAIL, -1, "test", NULL);
  TillArticle *article = till_catalogue_find_id (catalogue, "tea");
  g_autofree char *name = NULL;
  g_autofree char *price = NULL;
  g_autofree char *emoji = NULL;

  g_object_get (article, "name", &name, "price-text", &price, "emoji", &emoji, NULL);
  g_assert_cmpstr (name, ==, "Tea");
  g_assert_cmpstr (price, ==, "€1.20");
  g_assert_cmpstr (emoji, ==, "🍵");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/sale/catalogue/demo", test_demo);
  g_test_add_func ("/sale/catalogue/barcodes", test_barcodes);
  g_test_add_func ("/sale/catalogue/find-barcode-both-forms", test_find_barcode_both_forms);
  g_test_add_func ("/sale/catalogue/search", test_search);
  g_test_add_func ("/sale/catalogue/wrong-files", test_wrong_files);
  g_test_add_func ("/sale/catalogue/hostile-files", test_hostile_files);
  g_test_add_func ("/sale/catalogue/damaged-files", test_damaged_files);
  g_test_add_func ("/sale/catalogue/no-file", test_no_file);
  g_test_add_func ("/sale/catalogue/article-properties", test_article_properties);
  return g_test_run ();
}
