/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sale-shop.h"

TillCatalogue *
sale_shop_new (const char *currency, gboolean inclusive, const gint64 *minor_prices, guint n)
{
  g_autoptr (GString) json = g_string_new (NULL);
  g_autoptr (GError) error = NULL;

  g_string_printf (json,
                   "{ \"shop\": \"Corner Café\", \"currency\": \"%s\", \"prices\": \"%s\","
                   " \"tax_classes\": [ { \"id\": \"t0\", \"name\": \"Standard\", \"rate\": 2000 },"
                   " { \"id\": \"t1\", \"name\": \"Reduced\", \"rate\": 550 },"
                   " { \"id\": \"t2\", \"name\": \"Zero\", \"rate\": 0 } ], \"articles\": [",
                   currency, inclusive ? "inclusive" : "exclusive");
  for (guint i = 0; i < n; i++)
    {
      TillMoney price;

      g_assert_true (till_money_init (&price, minor_prices[i], currency, NULL));
      g_autofree char *decimal = till_money_to_decimal (&price);
      g_string_append_printf (json,
                              "%s{ \"id\": \"a%u\", \"name\": \"Article %u\", \"price\": \"%s\","
                              " \"tax\": \"t%u\", \"category\": \"Goods\" }",
                              i > 0 ? "," : "", i, i, decimal, i % 3);
    }
  g_string_append (json, "] }");

  TillCatalogue *shop = till_catalogue_new_from_data (json->str, -1, "test", &error);
  g_assert_no_error (error);
  return shop;
}

TillArticle *
sale_shop_article (TillCatalogue *shop, guint index)
{
  g_autofree char *id = g_strdup_printf ("a%u", index);

  return till_catalogue_find_id (shop, id);
}
