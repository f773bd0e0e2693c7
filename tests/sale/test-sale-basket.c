/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/till-error.h"
#include "sale-shop.h"
#include "sale/till-basket.h"
#include "sale/till-tax.h"

static const gint64 prices[] = { 130, 220, 999, 0, 5 };

static TillBasketLine *
line_at (TillBasket *basket, guint index)
{
  TillBasketLine *line = g_list_model_get_item (till_basket_get_lines (basket), index);

  g_assert_nonnull (line);
  g_object_unref (line);
  return line;
}

static void
add (TillBasket *basket, TillCatalogue *shop, guint index, guint quantity)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (till_basket_add (basket, sale_shop_article (shop, index), quantity, &error));
  g_assert_no_error (error);
}

static void
on_changed (TillBasket *basket, guint *times)
{
  (*times)++;
}

static void
test_add_merges (void)
{
  g_autoptr (TillCatalogue) shop = sale_shop_new ("EUR", TRUE, prices, G_N_ELEMENTS (prices));
  g_autoptr (TillBasket) basket = till_basket_new (shop);
  guint times = 0;

  g_signal_connect (basket, "changed", G_CALLBACK (on_changed), &times);
  g_assert_true (till_basket_is_empty (basket));
  g_assert_cmpint (till_basket_get_total (basket)->minor, ==, 0);
  g_assert_cmpstr (till_basket_get_total (basket)->currency, ==, "EUR");

  add (basket, shop, 0, 1);
  add (basket, shop, 1, 2);
  add (basket, shop, 0, 3);
  g_assert_cmpuint (g_list_model_get_n_items (till_basket_get_lines (basket)), ==, 2);
  g_assert_cmpuint (till_basket_line_get_quantity (line_at (basket, 0)), ==, 4);
  g_assert_cmpint (till_basket_line_get_total (line_at (basket, 0))->minor, ==, 520);
  g_assert_cmpint (till_basket_get_total (basket)->minor, ==, 960);
  g_assert_cmpuint (till_basket_count_pieces (basket), ==, 6);
  g_assert_cmpuint (till_basket_get_revision (basket), ==, 3);
  g_assert_cmpuint (times, ==, 3);
}

static void
test_exclusive_total_has_tax (void)
{
  g_autoptr (TillCatalogue) shop = sale_shop_new ("EUR", FALSE, prices, G_N_ELEMENTS (prices));
  g_autoptr (TillBasket) basket = till_basket_new (shop);

  add (basket, shop, 0, 1); /* 1.30 at 20 % */
  add (basket, shop, 1, 1); /* 2.20 at 5.5 %: 12.1 cents */
  g_assert_cmpint (till_basket_get_total (basket)->minor, ==, 130 + 26 + 220 + 12);

  g_autoptr (GArray) taxes = till_basket_get_taxes (basket);
  g_assert_cmpuint (taxes->len, ==, 2);
  g_assert_cmpint (g_array_index (taxes, TillTaxSum, 1).tax.minor, ==, 12);
  g_assert_false (till_basket_is_tax_inclusive (basket));
}

static void
test_set_and_remove (void)
{
  g_autoptr (TillCatalogue) shop = sale_shop_new ("EUR", TRUE, prices, G_N_ELEMENTS (prices));
  g_autoptr (TillBasket) basket = till_basket_new (shop);
  g_autoptr (GError) error = NULL;

  add (basket, shop, 0, 1);
  add (basket, shop, 1, 1);
  add (basket, shop, 2, 1);
  g_assert_true (till_basket_set_quantity (basket, "a1", 7, &error));
  g_assert_cmpint (till_basket_get_total (basket)->minor, ==, 130 + 7 * 220 + 999);

  guint64 revision = till_basket_get_revision (basket);
  g_assert_true (till_basket_set_quantity (basket, "a1", 7, &error));
  g_assert_cmpuint (till_basket_get_revision (basket), ==, revision);

  g_assert_true (till_basket_remove (basket, "a1", &error));
  g_assert_cmpuint (g_list_model_get_n_items (till_basket_get_lines (basket)), ==, 2);
  g_assert_cmpint (till_basket_get_total (basket)->minor, ==, 1129);
  g_assert_false (till_basket_remove (basket, "a1", &error));
  g_assert_error (error, TILL_ERROR, TILL_ERROR_NOT_FOUND);
}

/* A refused change is none: nothing moves, nobody is told, nothing is there to undo. */
static void
assert_refused (TillBasket *basket, TillArticle *article, guint quantity, TillError code)
{
  guint64 revision = till_basket_get_revision (basket);
  gint64 total = till_basket_get_total (basket)->minor;
  gboolean can_undo = till_basket_can_undo (basket);
  g_autoptr (GError) error = NULL;

  g_assert_false (till_basket_add (basket, article, quantity, &error));
  g_assert_error (error, TILL_ERROR, (int) code);
  g_assert_cmpuint (till_basket_get_revision (basket), ==, revision);
  g_assert_cmpint (till_basket_get_total (basket)->minor, ==, total);
  g_assert_true (till_basket_can_undo (basket) == can_undo);
}

static void
test_limits (void)
{
  g_autoptr (TillCatalogue) shop = sale_shop_new ("EUR", TRUE, prices, G_N_ELEMENTS (prices));
  g_autoptr (TillBasket) basket = till_basket_new (shop);
  g_autoptr (GError) error = NULL;

  assert_refused (basket, sale_shop_article (shop, 0), 1000, TILL_ERROR_REFUSED);
  assert_refused (basket, sale_shop_article (shop, 0), G_MAXUINT, TILL_ERROR_REFUSED);
  add (basket, shop, 0, 999);
  assert_refused (basket, sale_shop_article (shop, 0), 1, TILL_ERROR_REFUSED);
  g_assert_false (till_basket_set_quantity (basket, "a0", 1000, &error));
  g_assert_error (error, TILL_ERROR, TILL_ERROR_REFUSED);
  g_assert_cmpuint (till_basket_line_get_quantity (line_at (basket, 0)), ==, 999);
}

static void
test_line_limit (void)
{
  gint64 ones[TILL_BASKET_MAX_LINES + 1];

  for (guint i = 0; i < G_N_ELEMENTS (ones); i++)
    ones[i] = 1;
  g_autoptr (TillCatalogue) shop = sale_shop_new ("JPY", TRUE, ones, G_N_ELEMENTS (ones));
  g_autoptr (TillBasket) basket = till_basket_new (shop);

  for (guint i = 0; i < TILL_BASKET_MAX_LINES; i++)
    add (basket, shop, i, 1);
  assert_refused (basket, sale_shop_article (shop, TILL_BASKET_MAX_LINES), 1, TILL_ERROR_REFUSED);
  add (basket, shop, 0, 1);
  g_assert_cmpint (till_basket_get_total (basket)->minor, ==, TILL_BASKET_MAX_LINES + 1);
}

static void
test_overflow (void)
{
  const gint64 large[] = { G_MAXINT64 / 2, G_MAXINT64 / 2, G_MAXINT64 / 999 + 1, 2 };
  g_autoptr (TillCatalogue) shop = sale_shop_new ("EUR", TRUE, large, G_N_ELEMENTS (large));
  g_autoptr (TillBasket) basket = till_basket_new (shop);

  assert_refused (basket, sale_shop_article (shop, 2), 999, TILL_ERROR_OVERFLOW);
  add (basket, shop, 0, 1);
  add (basket, shop, 1, 1);
  assert_refused (basket, sale_shop_article (shop, 3), 1, TILL_ERROR_OVERFLOW);
  g_assert_cmpuint (g_list_model_get_n_items (till_basket_get_lines (basket)), ==, 2);
}

static void
test_foreign_articles (void)
{
  g_autoptr (TillCatalogue) shop = sale_shop_new ("EUR", TRUE, prices, 1);
  g_autoptr (TillCatalogue) abroad = sale_shop_new ("USD", TRUE, prices, 1);
  g_autoptr (TillBasket) basket = till_basket_new (shop);
  TillMoney price;

  assert_refused (basket, sale_shop_article (abroad, 0), 1, TILL_ERROR_CURRENCY);
  g_assert_true (till_money_init (&price, 1, "EUR", NULL));
  g_autoptr (TillArticle) untaxed = till_article_new ("x", "X", NULL, &price, "none", "C", NULL, NULL);
  assert_refused (basket, untaxed, 1, TILL_ERROR_NOT_FOUND);
}

static void
test_undo (void)
{
  g_autoptr (TillCatalogue) shop = sale_shop_new ("EUR", TRUE, prices, G_N_ELEMENTS (prices));
  g_autoptr (TillBasket) basket = till_basket_new (shop);

  g_assert_false (till_basket_undo (basket));
  add (basket, shop, 0, 1);
  add (basket, shop, 1, 2);
  till_basket_clear (basket);
  g_assert_true (till_basket_is_empty (basket));
  till_basket_clear (basket);

  guint64 revision = till_basket_get_revision (basket);
  g_assert_true (till_basket_undo (basket));
  g_assert_cmpint (till_basket_get_total (basket)->minor, ==, 570);
  g_assert_cmpuint (till_basket_get_revision (basket), >, revision);
  g_assert_true (till_basket_undo (basket));
  g_assert_cmpint (till_basket_get_total (basket)->minor, ==, 130);
  g_assert_true (till_basket_undo (basket));
  g_assert_true (till_basket_is_empty (basket));
  g_assert_false (till_basket_can_undo (basket));

  add (basket, shop, 0, 1);
  till_basket_reset (basket);
  g_assert_true (till_basket_is_empty (basket));
  g_assert_false (till_basket_undo (basket));
}

static void
test_undo_is_bounded (void)
{
  g_autoptr (TillCatalogue) shop = sale_shop_new ("EUR", TRUE, prices, G_N_ELEMENTS (prices));
  g_autoptr (TillBasket) basket = till_basket_new (shop);
  guint undone = 0;

  for (guint i = 0; i < 150; i++)
    add (basket, shop, 0, 1);
  while (till_basket_undo (basket))
    undone++;
  g_assert_cmpuint (undone, ==, 100);
  g_assert_cmpuint (till_basket_count_pieces (basket), ==, 50);
}

static void
on_items_changed (GListModel *model, guint position, guint removed, guint added, guint *rows)
{
  *rows += removed + added;
}

/* A list on screen keeps its rows: changing one line touches that line only. */
static void
test_rows_stay (void)
{
  g_autoptr (TillCatalogue) shop = sale_shop_new ("EUR", TRUE, prices, G_N_ELEMENTS (prices));
  g_autoptr (TillBasket) basket = till_basket_new (shop);
  guint rows = 0;

  for (guint i = 0; i < 4; i++)
    add (basket, shop, i, 1);
  TillBasketLine *last = line_at (basket, 3);
  g_signal_connect (till_basket_get_lines (basket), "items-changed", G_CALLBACK (on_items_changed), &rows);

  add (basket, shop, 1, 5);
  g_assert_cmpuint (rows, ==, 0);
  g_assert_true (till_basket_remove (basket, "a1", NULL));
  g_assert_cmpuint (rows, ==, 1);
  g_assert_true (line_at (basket, 2) == last);
  g_assert_true (till_basket_undo (basket));
  g_assert_cmpuint (rows, ==, 2);
  g_assert_cmpuint (till_basket_line_get_quantity (line_at (basket, 1)), ==, 6);
  g_assert_true (line_at (basket, 3) == last);
}

static void
test_properties (void)
{
  g_autoptr (TillCatalogue) shop = sale_shop_new ("EUR", TRUE, prices, G_N_ELEMENTS (prices));
  g_autoptr (TillBasket) basket = till_basket_new (shop);
  g_autofree char *name = NULL;
  g_autofree char *price = NULL;
  g_autofree char *total = NULL;
  guint64 revision;
  gboolean can_undo, empty;
  guint quantity;

  add (basket, shop, 0, 2);
  g_object_get (basket, "revision", &revision, "can-undo", &can_undo, "empty", &empty, NULL);
  g_assert_cmpuint (revision, ==, 1);
  g_assert_true (can_undo);
  g_assert_false (empty);
  g_object_get (line_at (basket, 0), "name", &name, "quantity", &quantity, "price-text", &price, "total-text",
                &total, NULL);
  g_assert_cmpstr (name, ==, "Article 0");
  g_assert_cmpuint (quantity, ==, 2);
  g_assert_cmpstr (price, ==, "€1.30");
  g_assert_cmpstr (total, ==, "€2.60");
}

/* What the basket must come to, from quantities kept beside it. */
static void
assert_agrees (TillBasket *basket, TillCatalogue *shop, const guint *quantities)
{
  guint pieces = 0, used = 0;
  gint64 all = 0;

  for (guint i = 0; i < G_N_ELEMENTS (prices); i++)
    {
      pieces += quantities[i];
      used += quantities[i] > 0;
      all += prices[i] * quantities[i];
    }
  g_assert_cmpuint (till_basket_count_pieces (basket), ==, pieces);
  g_assert_cmpuint (g_list_model_get_n_items (till_basket_get_lines (basket)), ==, used);
  g_assert_cmpint (till_basket_get_total (basket)->minor, ==, all);

  g_autoptr (GArray) taxes = till_basket_get_taxes (basket);
  TillMoney gross;
  g_assert_true (till_tax_total (taxes, "EUR", NULL, NULL, &gross, NULL));
  g_assert_cmpint (gross.minor, ==, all);
  for (guint i = 0; i < used; i++)
    {
      TillBasketLine *line = line_at (basket, i);
      const char *id = till_article_get_id (till_basket_line_get_article (line));
      guint quantity = quantities[id[1] - '0'];

      g_assert_cmpuint (till_basket_line_get_quantity (line), ==, quantity);
      g_assert_cmpint (till_basket_line_get_total (line)->minor, ==, prices[id[1] - '0'] * quantity);
    }
}

static void
test_random_changes (void)
{
  g_autoptr (TillCatalogue) shop = sale_shop_new ("EUR", TRUE, prices, G_N_ELEMENTS (prices));
  g_autoptr (TillBasket) basket = till_basket_new (shop);
  guint now[G_N_ELEMENTS (prices)] = { 0 }, before[G_N_ELEMENTS (prices)] = { 0 };

  for (guint step = 0; step < 3000; step++)
    {
      guint which = (guint) g_test_rand_int_range (0, G_N_ELEMENTS (prices));
      guint quantity = (guint) g_test_rand_int_range (0, 4);
      g_autofree char *id = g_strdup_printf ("a%u", which);
      guint64 revision = till_basket_get_revision (basket);

      memcpy (before, now, sizeof now);
      if (step % 3 == 0 && till_basket_add (basket, sale_shop_article (shop, which), quantity + 1, NULL))
        now[which] += quantity + 1;
      else if (step % 3 != 0 && till_basket_set_quantity (basket, id, quantity, NULL))
        now[which] = quantity;
      assert_agrees (basket, shop, now);

      if (till_basket_get_revision (basket) != revision && g_test_rand_int_range (0, 4) == 0)
        {
          g_assert_true (till_basket_undo (basket));
          memcpy (now, before, sizeof now);
          assert_agrees (basket, shop, now);
        }
    }
}

static void
test_finalizes (void)
{
  g_autoptr (TillCatalogue) shop = sale_shop_new ("EUR", TRUE, prices, G_N_ELEMENTS (prices));
  TillBasket *basket = till_basket_new (shop);

  add (basket, shop, 0, 1);
  add (basket, shop, 1, 1);
  till_basket_clear (basket);
  g_assert_finalize_object (basket);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/sale/basket/add-merges", test_add_merges);
  g_test_add_func ("/sale/basket/exclusive-total-has-tax", test_exclusive_total_has_tax);
  g_test_add_func ("/sale/basket/set-and-remove", test_set_and_remove);
  g_test_add_func ("/sale/basket/limits", test_limits);
  g_test_add_func ("/sale/basket/line-limit", test_line_limit);
  g_test_add_func ("/sale/basket/overflow", test_overflow);
  g_test_add_func ("/sale/basket/foreign-articles", test_foreign_articles);
  g_test_add_func ("/sale/basket/undo", test_undo);
  g_test_add_func ("/sale/basket/undo-is-bounded", test_undo_is_bounded);
  g_test_add_func ("/sale/basket/rows-stay", test_rows_stay);
  g_test_add_func ("/sale/basket/properties", test_properties);
  g_test_add_func ("/sale/basket/random-changes", test_random_changes);
  g_test_add_func ("/sale/basket/finalizes", test_finalizes);
  return g_test_run ();
}
