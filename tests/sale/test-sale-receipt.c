/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/till-error.h"
#include "sale-shop.h"
#include "sale/till-columns.h"
#include "sale/till-receipt.h"

#include <string.h>

#define AT_US (G_GINT64_CONSTANT (1795329660) * G_USEC_PER_SEC + 123456) /* 2026-11-22 06:41:00 UTC */

static const gint64 prices[] = { 130, 220, 999 };

static TillBasket *
basket_new (TillCatalogue *shop, guint first, guint second)
{
  TillBasket *basket = till_basket_new (shop);

  g_assert_true (till_basket_add (basket, sale_shop_article (shop, 0), first, NULL));
  if (second > 0)
    g_assert_true (till_basket_add (basket, sale_shop_article (shop, 1), second, NULL));
  return basket;
}

static TillReceipt *
receipt_by_face (gboolean inclusive)
{
  g_autoptr (TillCatalogue) shop = sale_shop_new ("EUR", inclusive, prices, G_N_ELEMENTS (prices));
  g_autoptr (TillBasket) basket = basket_new (shop, 1, 2);
  g_autoptr (GError) error = NULL;
  TillTender tender;

  g_assert_true (till_tender_init_exact (&tender, TILL_TENDER_FACE, till_basket_get_total (basket),
                                         "pi_3OqXyz0000000001", "ch_1", NULL));
  TillReceipt *receipt = till_receipt_new ("Corner Café", "20261122-0007", AT_US, basket, &tender, &error);
  g_assert_no_error (error);
  return receipt;
}

static void
test_inclusive_text (void)
{
  g_autoptr (TillReceipt) receipt = receipt_by_face (TRUE);
  g_autofree char *text = till_receipt_to_text (receipt);

  g_assert_cmpstr (text, ==,
                   "               Corner Café\n"
                   "          Receipt 20261122-0007\n"
                   "             2026-11-22 06:41\n"
                   "------------------------------------------\n"
                   "Article 0                            €1.30\n"
                   "Article 1\n"
                   "  2 × €2.20                          €4.40\n"
                   "------------------------------------------\n"
                   "TOTAL                                €5.70\n"
                   "Tax included                         €0.45\n"
                   "  Standard 20 % on €1.08             €0.22\n"
                   "  Reduced 5.5 % on €4.17             €0.23\n"
                   "------------------------------------------\n"
                   "Paid: Face                           €5.70\n"
                   "Reference              pi_3OqXyz0000000001\n"
                   "Approval                              ch_1\n"
                   "\n"
                   "                Thank you!\n");
}

static void
test_exclusive_text (void)
{
  g_autoptr (TillReceipt) receipt = receipt_by_face (FALSE);
  g_autofree char *text = till_receipt_to_text (receipt);

  g_assert_nonnull (strstr (text, "Before tax                           €5.70\n"
                                  "Tax                                  €0.50\n"
                                  "  Standard 20 % on €1.30             €0.26\n"
                                  "  Reduced 5.5 % on €4.40             €0.24\n"
                                  "TOTAL                                €6.20\n"));
}

static void
test_cash_text (void)
{
  g_autoptr (TillCatalogue) shop = sale_shop_new ("EUR", TRUE, prices, G_N_ELEMENTS (prices));
  g_autoptr (TillBasket) basket = basket_new (shop, 1, 0);
  TillMoney given;
  TillTender tender;

  g_assert_true (till_money_init (&given, 1000, "EUR", NULL));
  g_assert_true (till_tender_init_cash (&tender, till_basket_get_total (basket), &given, NULL));
  g_assert_cmpint (tender.change.minor, ==, 870);

  g_autoptr (TillReceipt) receipt = till_receipt_new ("Shop", "1", AT_US, basket, &tender, NULL);
  g_autofree char *text = till_receipt_to_text (receipt);
  g_assert_nonnull (strstr (text, "Paid: Cash                           €1.30\n"
                                  "Given                               €10.00\n"
                                  "Change                               €8.70\n"));
  g_assert_null (strstr (text, "Reference"));
}

static void
test_tender_refusals (void)
{
  TillMoney due = { 500, "EUR" }, little = { 499, "EUR" }, foreign = { 500, "USD" }, below = { -1, "EUR" };
  TillTender tender;
  g_autoptr (GError) error = NULL;

  g_assert_false (till_tender_init_cash (&tender, &due, &little, &error));
  g_assert_error (error, TILL_ERROR, TILL_ERROR_REFUSED);
  g_clear_error (&error);
  g_assert_false (till_tender_init_cash (&tender, &due, &foreign, &error));
  g_assert_error (error, TILL_ERROR, TILL_ERROR_CURRENCY);
  g_clear_error (&error);
  g_assert_false (till_tender_init_cash (&tender, &below, &due, &error));
  g_assert_error (error, TILL_ERROR, TILL_ERROR_INVALID);
  g_clear_error (&error);
  g_assert_false (till_tender_init_exact (&tender, "gold", &due, NULL, NULL, &error));
  g_assert_error (error, TILL_ERROR, TILL_ERROR_INVALID);
}

/* No line is wider than the paper, whatever the names are. */
static void
test_width (void)
{
  static const char *const names[] = {
    "A",
    "Wholegrain sourdough loaf with pumpkin seeds, sliced, 750 g",
    "Donaudampfschifffahrtsgesellschaftskapitänsmützenabzeichen",
    "街角咖啡馆的特制手冲咖啡豆深度烘焙一公斤装限量版礼盒",
    "مقهى الزاوية قهوة عربية محمصة طازجة بالهيل والزعفران",
    "e\314\201e\314\201e\314\201e\314\201e\314\201e\314\201e\314\201e\314\201e\314\201e\314\201e\314\201e\314"
    "\201",
    "👨‍👩‍👧👨‍👩‍👧👨‍👩‍👧 👨‍👩‍👧👨‍👩‍👧",
    "‍"
    "👧",
  };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    for (guint width = 8; width <= 42; width++)
      {
        g_autoptr (GString) text = g_string_new (NULL);

        till_columns_append_pair (text, width, names[i], "€1.30");
        till_columns_append_centred (text, width, names[i]);
        g_assert_true (g_str_has_suffix (text->str, "\n"));
        g_auto (GStrv) lines = g_strsplit (text->str, "\n", -1);
        for (char **line = lines; *line != NULL; line++)
          {
            g_assert_true (g_utf8_validate (*line, -1, NULL));
            g_assert_cmpuint (till_columns_measure (*line), <=, width);
          }
      }
}

static void
test_columns_of_wide_letters (void)
{
  g_autoptr (GString) text = g_string_new (NULL);

  till_columns_append_pair (text, 12, "咖啡", "1");
  till_columns_append_pair (text, 12, "cafe\314\201", "1");
  g_assert_cmpstr (text->str, ==, "咖啡       1\ncafe\314\201       1\n");
}

static void
test_json_round_trip (void)
{
  for (guint inclusive = 0; inclusive < 2; inclusive++)
    {
      g_autoptr (TillReceipt) receipt = receipt_by_face (inclusive == 1);
      g_autoptr (JsonObject) body = till_receipt_to_json (receipt);
      g_autoptr (GError) error = NULL;
      g_autoptr (TillReceipt) back = till_receipt_from_json (body, &error);

      g_assert_no_error (error);
      g_autofree char *text = till_receipt_to_text (receipt);
      g_autofree char *text_back = till_receipt_to_text (back);
      g_assert_cmpstr (text, ==, text_back);
      g_assert_cmpint (till_receipt_get_at_us (back), ==, AT_US);
      g_assert_cmpstr (till_receipt_get_tender (back)->reference, ==, "pi_3OqXyz0000000001");
      g_assert_cmpstr (json_object_get_string_member (body, "currency"), ==, "EUR");
      g_assert_cmpstr (json_object_get_string_member (body, "at"), ==, "2026-11-22T06:41:00.123Z");
    }
}

typedef struct
{
  const char *path;  /* member names and indexes from the body down */
  const char *value; /* JSON, NULL to take the member out */
} Damage;

static JsonNode *
parse (const char *json)
{
  JsonNode *node = json_from_string (json, NULL);

  g_assert_nonnull (node);
  return node;
}

static void
damage (JsonObject *body, const Damage *damage)
{
  g_auto (GStrv) steps = g_strsplit (damage->path, ".", -1);
  guint last = g_strv_length (steps) - 1;
  JsonObject *object = body;

  for (guint i = 0; i < last; i++)
    {
      JsonNode *node = json_object_get_member (object, steps[i]);

      object = JSON_NODE_HOLDS_ARRAY (node)
                   ? json_array_get_object_element (json_node_get_array (node), (guint) atoi (steps[++i]))
                   : json_node_get_object (node);
    }
  if (damage->value == NULL)
    json_object_remove_member (object, steps[last]);
  else
    json_object_set_member (object, steps[last], parse (damage->value));
}

static const Damage damages[] = {
  { "shop", NULL },
  { "shop", "\"a\\nb\"" },
  { "shop", "7" },
  { "number", "\"\"" },
  { "number", "\"a b\"" },
  { "at_us", "-1" },
  { "at_us", "253402300800000000" },
  { "at_us", "\"now\"" },
  { "currency", "\"XXX\"" },
  { "currency", "\"JPY \"" },
  { "tax_inclusive", "1" },
  { "tax_inclusive", "false" },
  { "total", "569" },
  { "total", "5.7" },
  { "total", "-570" },
  { "lines", "[]" },
  { "lines", "{}" },
  { "lines", "[7]" },
  { "lines.0.name", "\"\\u202e\"" },
  { "lines.0.quantity", "0" },
  { "lines.0.quantity", "1000" },
  { "lines.0.quantity", "2" },
  { "lines.0.price", "131" },
  { "lines.1.total", "441" },
  { "lines.1.total", "9223372036854775807" },
  { "taxes", "[]" },
  { "taxes.0.net", "109" },
  { "taxes.0.gross", "131" },
  { "taxes.0.rate", "10001" },
  { "taxes.1.name", "\"\"" },
  { "tender", NULL },
  { "tender", "[]" },
  { "tender.kind", "\"shell\"" },
  { "tender.amount", "569" },
  { "tender.given", "569" },
  { "tender.change", "1" },
  { "tender.change", "-1" },
  { "tender.reference", "\"a\\tb\"" },
  { "tender.approval", "\"\"" },
};

/* 1.30 less 10 %, 2 x 2.20, half of a smile worth 10 %. */
static TillReceipt *
receipt_with_discounts (gboolean inclusive)
{
  g_autoptr (TillCatalogue) shop = sale_shop_new ("EUR", inclusive, prices, G_N_ELEMENTS (prices));
  g_autoptr (TillBasket) basket = basket_new (shop, 1, 2);
  TillDiscountRules rules = { .smile_most_rate = 1000 };
  g_autoptr (GError) error = NULL;
  TillTender tender;

  g_assert_true (till_basket_discount_line (basket, "a0", 1000, NULL, NULL));
  till_basket_set_rules (basket, &rules);
  g_autoptr (TillPricing) pricing = till_basket_price (basket, 500, NULL);
  g_assert_true (till_tender_init_exact (&tender, TILL_TENDER_FACE, till_pricing_get_total (pricing), "pi_1",
                                         NULL, NULL));
  TillReceipt *receipt = till_receipt_new_priced ("Shop", "1", AT_US, pricing, &tender, &error);
  g_assert_no_error (error);
  return receipt;
}

static void
test_discounts_text (void)
{
  g_autoptr (TillReceipt) inclusive = receipt_with_discounts (TRUE),
                          exclusive = receipt_with_discounts (FALSE);
  g_autofree char *text = till_receipt_to_text (inclusive), *other = till_receipt_to_text (exclusive);

  g_assert_nonnull (strstr (text, "Article 0                            €1.30\n"
                                  "  Discount 10 %                     -€0.13\n"
                                  "Article 1\n"
                                  "  2 × €2.20                          €4.40\n"
                                  "------------------------------------------\n"
                                  "Goods                                €5.57\n"
                                  "Smile discount 5 %                  -€0.28\n"
                                  "TOTAL                                €5.29\n"
                                  "Tax included                         €0.41\n"));
  g_assert_nonnull (strstr (other, "Smile discount 5 %                  -€0.28\n"
                                   "Before tax                           €5.29\n"
                                   "Tax                                  €0.45\n"
                                   "  Standard 20 % on €1.11             €0.22\n"
                                   "  Reduced 5.5 % on €4.18             €0.23\n"
                                   "TOTAL                                €5.74\n"));
}

static void
test_discounts_json (void)
{
  for (guint inclusive = 0; inclusive < 2; inclusive++)
    {
      g_autoptr (TillReceipt) receipt = receipt_with_discounts (inclusive == 1);
      g_autoptr (JsonObject) body = till_receipt_to_json (receipt);
      g_autoptr (GError) error = NULL;
      g_autoptr (TillReceipt) back = till_receipt_from_json (body, &error);

      g_assert_no_error (error);
      g_autofree char *text = till_receipt_to_text (receipt);
      g_autofree char *text_back = till_receipt_to_text (back);
      g_assert_cmpstr (text, ==, text_back);
      g_assert_cmpuint (till_receipt_get_n_discounts (back), ==, 2);
      g_assert_cmpint (till_receipt_get_discount (back, 1)->rate, ==, 500);
      g_assert_cmpstr (till_receipt_get_line (back, 0)->tax_class, ==, "t0");
      g_assert_cmpint (till_receipt_get_line (back, 0)->off.minor, ==, 19);
    }
}

static const Damage discount_damages[] = {
  { "discounts", NULL },
  { "discounts", "[]" },
  { "discounts.0.kind", "\"bribe\"" },
  { "discounts.0.kind", "\"basket\"" },
  { "discounts.0.article", "\"a9\"" },
  { "discounts.0.article", NULL },
  { "discounts.0.amount", "0" },
  { "discounts.0.amount", "14" },
  { "discounts.0.amount", "-13" },
  { "discounts.0.amount", "9223372036854775807" },
  { "discounts.0.rate", "10001" },
  { "discounts.1.article", "\"a0\"" },
  { "discounts.1.kind", "\"equal\"" },
  { "lines.1.article", "\"a0\"" },
  { "lines.0.off", "20" },
  { "lines.0.off", "-1" },
  { "lines.0.off", "131" },
  { "lines.0.off", NULL },
  { "lines.0.tax", "\"t1\"" },
  { "lines.0.tax", "\"t9\"" },
  { "lines.0.tax", NULL },
  { "taxes.0.id", "\"t1\"" },
  { "kind", "\"refund\"" },
  { "kind", "\"gift\"" },
};

static void
assert_damaged (TillReceipt *receipt, const Damage *how)
{
  g_autoptr (JsonObject) body = till_receipt_to_json (receipt);
  g_autoptr (GError) error = NULL;

  damage (body, how);
  if (till_receipt_from_json (body, &error) != NULL)
    g_error ("%s as %s was taken", how->path, how->value);
  g_assert_nonnull (error);
}

/* Paid by card the same sale has the whole 10 % off, and no smile. */
static void
test_equal_offer (void)
{
  static const Damage smile = { "discounts.0.kind", "\"smile\"" };
  g_autoptr (TillCatalogue) shop = sale_shop_new ("EUR", TRUE, prices, G_N_ELEMENTS (prices));
  g_autoptr (TillBasket) basket = basket_new (shop, 1, 2);
  TillDiscountRules rules = { .smile_most_rate = 1000 };
  g_autoptr (GError) error = NULL;
  TillTender tender;

  till_basket_set_rules (basket, &rules);
  g_autoptr (TillPricing) pricing = till_basket_price_equal (basket, NULL);
  g_assert_true (
      till_tender_init_exact (&tender, TILL_TENDER_CARD, till_pricing_get_total (pricing), NULL, NULL, NULL));
  g_autoptr (TillReceipt) receipt = till_receipt_new_priced ("Shop", "1", AT_US, pricing, &tender, &error);
  g_assert_no_error (error);
  g_autofree char *text = till_receipt_to_text (receipt);
  g_assert_nonnull (strstr (text, "Same offer without a smile 10 %     -€0.57\n"
                                  "TOTAL                                €5.13\n"));
  assert_damaged (receipt, &smile);
  g_autoptr (JsonObject) body = till_receipt_to_json (receipt);
  g_autoptr (TillReceipt) back = till_receipt_from_json (body, &error);
  g_assert_no_error (error);
  g_assert_cmpint (till_receipt_get_discount (back, 0)->kind, ==, TILL_DISCOUNT_EQUAL);
}

static void
test_discounts_json_refuses (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (discount_damages); i++)
    {
      g_autoptr (TillReceipt) inclusive = receipt_with_discounts (TRUE);
      g_autoptr (TillReceipt) exclusive = receipt_with_discounts (FALSE);

      assert_damaged (inclusive, &discount_damages[i]);
      assert_damaged (exclusive, &discount_damages[i]);
    }
}

/* As it lies in ledgers from before there were discounts: no classes on lines, nothing taken off. */
static void
test_old_json (void)
{
  static const char old[]
      = "{ \"shop\": \"Corner Café\", \"number\": \"000007\", \"at_us\": 1795329660123456,"
        "  \"at\": \"2026-11-22T06:41:00.123Z\", \"currency\": \"EUR\", \"tax_inclusive\": false,"
        "  \"lines\": [ { \"article\": \"a0\", \"name\": \"Article 0\", \"quantity\": 1, \"price\": 130, "
        "\"total\": 130 },"
        "    { \"article\": \"a1\", \"name\": \"Article 1\", \"quantity\": 2, \"price\": 220, \"total\": 440 "
        "} ],"
        "  \"taxes\": [ { \"id\": \"t0\", \"name\": \"Standard\", \"rate\": 2000, \"net\": 130, \"tax\": 26, "
        "\"gross\": 156 },"
        "    { \"id\": \"t1\", \"name\": \"Reduced\", \"rate\": 550, \"net\": 440, \"tax\": 24, \"gross\": "
        "464 } ],"
        "  \"total\": 620, \"tender\": { \"kind\": \"cash\", \"amount\": 620, \"given\": 1000, \"change\": "
        "380 } }";
  g_autoptr (JsonNode) node = parse (old);
  g_autoptr (GError) error = NULL;
  g_autoptr (TillReceipt) receipt = till_receipt_from_json (json_node_get_object (node), &error);

  g_assert_no_error (error);
  g_assert_false (till_receipt_is_refund (receipt));
  g_assert_cmpuint (till_receipt_get_n_discounts (receipt), ==, 0);
  g_assert_null (till_receipt_get_line (receipt, 0)->tax_class);
  g_assert_cmpint (till_receipt_get_line (receipt, 0)->off.minor, ==, 0);
  g_assert_cmpint (till_receipt_get_goods (receipt).minor, ==, 570);
  g_assert_cmpint (
      till_receipt_get_line_paid (receipt, 0).minor + till_receipt_get_line_paid (receipt, 1).minor, ==, 620);
  /* Written again it is what it was. */
  g_autoptr (JsonObject) again = till_receipt_to_json (receipt);
  g_assert_true (json_object_equal (again, json_node_get_object (node)));
}

static void
test_final (void)
{
  g_autoptr (TillReceipt) draft = receipt_with_discounts (TRUE);
  g_autoptr (TillReceipt) final = till_receipt_new_final (draft, "000042", AT_US + 1, "pi_2", "ok", NULL);
  g_autoptr (GError) error = NULL;

  g_assert_cmpstr (till_receipt_get_number (final), ==, "000042");
  g_assert_cmpint (till_receipt_get_at_us (final), ==, AT_US + 1);
  g_assert_cmpstr (till_receipt_get_tender (final)->reference, ==, "pi_2");
  g_assert_cmpuint (till_receipt_get_n_discounts (final), ==, 2);
  g_assert_cmpint (till_receipt_get_total (final)->minor, ==, till_receipt_get_total (draft)->minor);
  g_assert_null (till_receipt_new_final (draft, "", AT_US, NULL, NULL, &error));
  g_assert_error (error, TILL_ERROR, TILL_ERROR_INVALID);
}

static void
test_json_refuses (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (damages); i++)
    {
      g_autoptr (TillReceipt) receipt = receipt_by_face (TRUE);
      g_autoptr (JsonObject) body = till_receipt_to_json (receipt);
      g_autoptr (GError) error = NULL;

      damage (body, &damages[i]);
      if (till_receipt_from_json (body, &error) != NULL)
        g_error ("%s as %s was taken", damages[i].path, damages[i].value);
      g_assert_true (g_error_matches (error, TILL_ERROR, TILL_ERROR_INVALID)
                     || g_error_matches (error, TILL_ERROR, TILL_ERROR_CURRENCY)
                     || g_error_matches (error, TILL_ERROR, TILL_ERROR_OVERFLOW));
    }
}

/* Total and payment agree with each other, but not with what was sold. */
static void
test_json_refuses_another_total (void)
{
  static const Damage together[]
      = { { "total", "569" }, { "tender.amount", "569" }, { "tender.given", "569" } };
  g_autoptr (TillReceipt) receipt = receipt_by_face (TRUE);
  g_autoptr (JsonObject) body = till_receipt_to_json (receipt);
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (together); i++)
    damage (body, &together[i]);
  g_assert_null (till_receipt_from_json (body, &error));
  g_assert_error (error, TILL_ERROR, TILL_ERROR_INVALID);
}

static void
test_new_refuses (void)
{
  g_autoptr (TillCatalogue) shop = sale_shop_new ("EUR", TRUE, prices, G_N_ELEMENTS (prices));
  g_autoptr (TillBasket) basket = basket_new (shop, 1, 0);
  g_autoptr (TillBasket) empty = till_basket_new (shop);
  TillMoney other = { 131, "EUR" };
  TillTender right, wrong;
  g_autoptr (GError) error = NULL;

  g_assert_true (till_tender_init_exact (&right, "card", till_basket_get_total (basket), NULL, NULL, NULL));
  g_assert_true (till_tender_init_exact (&wrong, "card", &other, NULL, NULL, NULL));
  g_assert_null (till_receipt_new ("Shop", "1", AT_US, basket, &wrong, &error));
  g_assert_error (error, TILL_ERROR, TILL_ERROR_INVALID);
  g_clear_error (&error);
  g_assert_null (till_receipt_new ("Shop", "1", AT_US, empty, &right, &error));
  g_assert_error (error, TILL_ERROR, TILL_ERROR_INVALID);
  g_clear_error (&error);
  g_assert_null (till_receipt_new ("Sh\033op", "1", AT_US, basket, &right, &error));
  g_assert_error (error, TILL_ERROR, TILL_ERROR_INVALID);
  g_clear_error (&error);
  g_assert_null (till_receipt_new ("Shop", "1", -1, basket, &right, &error));
  g_assert_error (error, TILL_ERROR, TILL_ERROR_INVALID);
}

/* A receipt is of what was sold then: the basket may go on. */
static void
test_is_a_copy (void)
{
  g_autoptr (TillCatalogue) shop = sale_shop_new ("EUR", TRUE, prices, G_N_ELEMENTS (prices));
  g_autoptr (TillBasket) basket = basket_new (shop, 1, 2);
  TillTender tender;

  g_assert_true (till_tender_init_exact (&tender, "card", till_basket_get_total (basket), NULL, NULL, NULL));
  g_autoptr (TillReceipt) receipt = till_receipt_new ("Shop", "1", AT_US, basket, &tender, NULL);
  till_basket_reset (basket);
  g_assert_cmpuint (till_receipt_get_n_lines (receipt), ==, 2);
  g_assert_cmpstr (till_receipt_get_line (receipt, 1)->name, ==, "Article 1");
  g_assert_cmpint (till_receipt_get_total (receipt)->minor, ==, 570);
}

int
main (int argc, char **argv)
{
  g_setenv ("TZ", "UTC", TRUE);
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/sale/receipt/inclusive-text", test_inclusive_text);
  g_test_add_func ("/sale/receipt/exclusive-text", test_exclusive_text);
  g_test_add_func ("/sale/receipt/cash-text", test_cash_text);
  g_test_add_func ("/sale/receipt/tender-refusals", test_tender_refusals);
  g_test_add_func ("/sale/receipt/width", test_width);
  g_test_add_func ("/sale/receipt/columns-of-wide-letters", test_columns_of_wide_letters);
  g_test_add_func ("/sale/receipt/json-round-trip", test_json_round_trip);
  g_test_add_func ("/sale/receipt/json-refuses", test_json_refuses);
  g_test_add_func ("/sale/receipt/json-refuses-another-total", test_json_refuses_another_total);
  g_test_add_func ("/sale/receipt/discounts-text", test_discounts_text);
  g_test_add_func ("/sale/receipt/discounts-json", test_discounts_json);
  g_test_add_func ("/sale/receipt/discounts-json-refuses", test_discounts_json_refuses);
  g_test_add_func ("/sale/receipt/equal-offer", test_equal_offer);
  g_test_add_func ("/sale/receipt/old-json", test_old_json);
  g_test_add_func ("/sale/receipt/final", test_final);
  g_test_add_func ("/sale/receipt/new-refuses", test_new_refuses);
  g_test_add_func ("/sale/receipt/is-a-copy", test_is_a_copy);
  return g_test_run ();
}
