/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sale-random.h"

#define AT_US (G_GINT64_CONSTANT (1795329660) * G_USEC_PER_SEC)

static gint64
below (gint64 most)
{
  return most > 0 ? g_test_rand_int_range (0, (gint32) MIN (most, G_MAXINT32 - 1) + 1) : 0;
}

/* Few minor units as often as many: the rounding is in the few. */
static gint64
any_amount (void)
{
  return below ((gint64) 1 << below (20));
}

static int
any_rate (void)
{
  static const int usual[] = { 0, 550, 700, 825, 1000, 1900, 2000, 10000 };

  return below (1) == 0 ? usual[below (G_N_ELEMENTS (usual) - 1)] : (int) below (10000);
}

static void
append_money (GString *json, const char *currency, gint64 minor)
{
  TillMoney money;

  g_assert_true (till_money_init (&money, minor, currency, NULL));
  g_autofree char *decimal = till_money_to_decimal (&money);
  g_string_append (json, decimal);
}

TillCatalogue *
sale_random_shop_new (void)
{
  static const char *const currencies[] = { "JPY", "EUR", "KWD" };
  const char *currency = currencies[below (2)];
  g_autoptr (GString) json = g_string_new ("{ \"shop\": \"Corner Café\", ");
  g_autoptr (GError) error = NULL;
  guint n_classes = 1 + (guint) below (5), n = 1 + (guint) below (11);

  g_string_append_printf (json, "\"currency\": \"%s\", \"prices\": \"%s\", \"tax_classes\": [", currency,
                          below (1) == 0 ? "inclusive" : "exclusive");
  for (guint i = 0; i < n_classes; i++)
    g_string_append_printf (json, "%s{ \"id\": \"t%u\", \"name\": \"Tax %u\", \"rate\": %d }",
                            i > 0 ? "," : "", i, i, any_rate ());
  g_string_append (json, "], \"articles\": [");
  for (guint i = 0; i < n; i++)
    {
      g_string_append_printf (json, "%s{ \"id\": \"a%u\", \"name\": \"Article %u\", \"price\": \"",
                              i > 0 ? "," : "", i, i);
      append_money (json, currency, any_amount ());
      g_string_append_printf (json, "\", \"tax\": \"t%u\", \"category\": \"Goods\" }",
                              (guint) below (n_classes - 1));
    }
  g_string_append (json, "] }");

  TillCatalogue *shop = till_catalogue_new_from_data (json->str, -1, "test", &error);
  g_assert_no_error (error);
  return shop;
}

TillDiscountRules
sale_random_rules (const char *currency)
{
  TillDiscountRules rules = { 0 };
  TillMoney *const amounts[]
      = { &rules.threshold_from, &rules.threshold_off, &rules.gift_budget_left, &rules.gift_amount };

  for (guint i = 0; i < G_N_ELEMENTS (amounts); i++)
    if (below (2) > 0)
      g_assert_true (till_money_init (amounts[i], any_amount (), currency, NULL));
  rules.smile_most_rate = below (3) > 0 ? any_rate () : 0;
  rules.gift_one_in = (guint) below (2);
  return rules;
}

static void
discount_lines (TillBasket *basket)
{
  for (guint i = 0; i < g_list_model_get_n_items (till_basket_get_lines (basket)); i++)
    {
      g_autoptr (TillBasketLine) line = g_list_model_get_item (till_basket_get_lines (basket), i);
      const char *id = till_article_get_id (till_basket_line_get_article (line));
      TillMoney amount = *till_basket_line_get_total (line);

      amount.minor = below (amount.minor);
      if (below (3) == 0)
        g_assert_true (till_basket_discount_line (basket, id, any_rate (), NULL, NULL));
      else if (below (3) == 0)
        g_assert_true (till_basket_discount_line (basket, id, 0, &amount, NULL));
    }
}

static void
discount_all (TillBasket *basket)
{
  g_autoptr (TillPricing) pricing = till_basket_price (basket, 0, NULL);
  TillMoney amount = *till_pricing_get_goods (pricing);

  amount.minor = below (amount.minor);
  if (below (2) == 0)
    g_assert_true (till_basket_discount (basket, any_rate (), NULL, NULL));
  else if (below (2) == 0)
    /* It may be more than the lines' own discounts have left: then it is refused, and there is none. */
    till_basket_discount (basket, 0, &amount, NULL);
}

TillBasket *
sale_random_basket_new (TillCatalogue *shop)
{
  TillBasket *basket = till_basket_new (shop);
  GListModel *articles = till_catalogue_get_articles (shop);
  TillDiscountRules rules = sale_random_rules (till_catalogue_get_currency (shop));

  for (gint64 i = below (14); i >= 0; i--)
    {
      g_autoptr (TillArticle) article
          = g_list_model_get_item (articles, (guint) below (g_list_model_get_n_items (articles) - 1));
      g_assert_true (till_basket_add (basket, article, 1 + (guint) below (1 << below (5)), NULL));
    }
  discount_lines (basket);
  discount_all (basket);
  till_basket_set_rules (basket, &rules);
  till_basket_draw_gift (basket);
  return basket;
}

TillReceipt *
sale_random_receipt_new (TillBasket *basket)
{
  gboolean face = below (2) == 0;
  g_autoptr (TillPricing) pricing = face ? till_basket_price (basket, (guint) below (TILL_SMILE_WHOLE), NULL)
                                         : till_basket_price_equal (basket, NULL);
  g_autoptr (GError) error = NULL;
  TillTender tender;

  g_assert_true (till_tender_init_exact (&tender, face ? TILL_TENDER_FACE : TILL_TENDER_CARD,
                                         till_pricing_get_total (pricing), NULL, NULL, NULL));
  TillReceipt *receipt = till_receipt_new_priced ("Shop", "1", AT_US, pricing, &tender, &error);
  g_assert_no_error (error);
  return receipt;
}
