/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/till-error.h"
#include "sale-random.h"
#include "sale-shop.h"
#include "sale/till-apportion.h"

#define BASKETS 1000

static const gint64 prices[] = { 1000, 333, 1, 5 };

static TillBasket *
basket_of (TillCatalogue *shop, guint first, guint second)
{
  TillBasket *basket = till_basket_new (shop);

  g_assert_true (till_basket_add (basket, sale_shop_article (shop, 0), first, NULL));
  if (second > 0)
    g_assert_true (till_basket_add (basket, sale_shop_article (shop, 1), second, NULL));
  return basket;
}

static TillMoney
euros (gint64 minor)
{
  TillMoney money;

  g_assert_true (till_money_init (&money, minor, "EUR", NULL));
  return money;
}

static gint64
total (TillBasket *basket, guint smile)
{
  g_autoptr (TillPricing) pricing = till_basket_price (basket, smile, NULL);

  return till_pricing_get_total (pricing)->minor;
}

/* Worked by hand: 2 x 10.00 at 20 % less 10 %, 3 x 3.33 at 5.5 %, 1.00 off everything, a smile of half of 5 %. */
static void
test_all_kinds (void)
{
  g_autoptr (TillCatalogue) shop = sale_shop_new ("EUR", FALSE, prices, G_N_ELEMENTS (prices));
  g_autoptr (TillBasket) basket = basket_of (shop, 2, 3);
  TillDiscountRules rules = { .threshold_from = euros (2500),
                              .threshold_off = euros (200),
                              .smile_most_rate = 500,
                              .gift_amount = euros (50),
                              .gift_budget_left = euros (50),
                              .gift_one_in = 1 };
  TillMoney euro = euros (100);

  g_assert_true (till_basket_discount_line (basket, "a0", 1000, NULL, NULL));
  g_assert_true (till_basket_discount (basket, 0, &euro, NULL));
  till_basket_set_rules (basket, &rules);
  g_assert_true (till_basket_draw_gift (basket));

  g_autoptr (TillPricing) pricing = till_basket_price (basket, 500, NULL);
  static const TillDiscountKind kinds[] = { TILL_DISCOUNT_LINE, TILL_DISCOUNT_BASKET, TILL_DISCOUNT_THRESHOLD,
                                            TILL_DISCOUNT_GIFT, TILL_DISCOUNT_SMILE };
  /* 29.99 - 2.00 = 27.99; - 1.00 = 26.99; - 2.00 = 24.99; - 0.50 = 24.49; 2.5 % of that is 0.61225. */
  static const gint64 amounts[] = { 200, 100, 200, 50, 61 };
  g_assert_cmpuint (till_pricing_get_n_discounts (pricing), ==, 5);
  for (guint i = 0; i < 5; i++)
    {
      g_assert_cmpint ((int) till_pricing_get_discount (pricing, i)->kind, ==, (int) kinds[i]);
      g_assert_cmpint (till_pricing_get_discount (pricing, i)->amount.minor, ==, amounts[i]);
    }
  g_assert_cmpstr (till_pricing_get_discount (pricing, 0)->article, ==, "a0");
  g_assert_null (till_pricing_get_discount (pricing, 1)->article);
  g_assert_cmpint (till_pricing_get_discount (pricing, 4)->rate, ==, 250);
  g_assert_cmpint (till_pricing_get_goods (pricing)->minor, ==, 2999);
  g_assert_cmpint (till_pricing_get_off (pricing)->minor, ==, 611);

  /* 3.61 and 0.50 over 18.00 and 9.99: 64, 36; 129, 71; 32, 18; 39, 22. 15.36 and 8.52 are left. */
  g_assert_cmpint (till_pricing_get_line (pricing, 0)->off.minor, ==, 200 + 64 + 129 + 32 + 39);
  g_assert_cmpint (till_pricing_get_line (pricing, 1)->off.minor, ==, 36 + 71 + 18 + 22);
  g_assert_cmpint (till_pricing_get_tax (pricing, 0)->net.minor, ==, 1536);
  g_assert_cmpint (till_pricing_get_tax (pricing, 0)->tax.minor, ==, 307); /* 307.2 */
  g_assert_cmpint (till_pricing_get_tax (pricing, 1)->net.minor, ==, 852);
  g_assert_cmpint (till_pricing_get_tax (pricing, 1)->tax.minor, ==, 47); /* 46.86 */
  g_assert_cmpint (till_pricing_get_total (pricing)->minor, ==, 1536 + 307 + 852 + 47);

  /* In cash: 5 % of 24.49 is 1.2245. */
  g_autoptr (TillPricing) cash = till_basket_price_equal (basket, NULL);
  g_assert_cmpint (till_pricing_get_discount (cash, 4)->kind, ==, TILL_DISCOUNT_EQUAL);
  g_assert_cmpint (till_pricing_get_discount (cash, 4)->amount.minor, ==, 122);
  g_assert_cmpint (till_pricing_get_off (cash)->minor, ==, 550 + 122);
}

static void
test_threshold_is_met_after_the_cashier (void)
{
  g_autoptr (TillCatalogue) shop = sale_shop_new ("EUR", TRUE, prices, G_N_ELEMENTS (prices));
  g_autoptr (TillBasket) basket = basket_of (shop, 2, 0);
  TillDiscountRules rules = { .threshold_from = euros (2000), .threshold_off = euros (300) };

  till_basket_set_rules (basket, &rules);
  g_assert_cmpint (till_basket_get_total (basket)->minor, ==, 1700);
  TillMoney cent = euros (1);
  g_assert_true (till_basket_discount (basket, 0, &cent, NULL));
  g_assert_cmpint (till_basket_get_total (basket)->minor, ==, 1999);
}

static void
test_smile_rounds_half_away (void)
{
  g_autoptr (TillCatalogue) shop = sale_shop_new ("EUR", TRUE, prices, G_N_ELEMENTS (prices));
  g_autoptr (TillBasket) basket = till_basket_new (shop);
  TillDiscountRules rules = { .smile_most_rate = 1000 };

  g_assert_true (till_basket_add (basket, sale_shop_article (shop, 3), 1, NULL));
  till_basket_set_rules (basket, &rules);
  g_assert_cmpint (total (basket, 0), ==, 5);
  g_assert_cmpint (total (basket, 999), ==, 5);
  g_assert_cmpint (total (basket, TILL_SMILE_WHOLE), ==, 4);
  g_assert_cmpint (total (basket, G_MAXUINT), ==, 4);
}

static void
assert_refused (gboolean done, GError **error, TillError code)
{
  g_assert_false (done);
  g_assert_error (*error, TILL_ERROR, (int) code);
  g_clear_error (error);
}

static void
test_refusals (void)
{
  g_autoptr (TillCatalogue) shop = sale_shop_new ("EUR", TRUE, prices, G_N_ELEMENTS (prices));
  g_autoptr (TillBasket) basket = basket_of (shop, 1, 0);
  TillMoney euro = euros (100), much = euros (1001), negative = euros (-1), yen;
  g_autoptr (GError) error = NULL;
  guint64 revision = till_basket_get_revision (basket);

  g_assert_true (till_money_init (&yen, 1, "JPY", NULL));
  assert_refused (till_basket_discount_line (basket, "a1", 100, NULL, &error), &error, TILL_ERROR_NOT_FOUND);
  assert_refused (till_basket_discount_line (basket, "a0", 10001, NULL, &error), &error, TILL_ERROR_INVALID);
  assert_refused (till_basket_discount_line (basket, "a0", -1, NULL, &error), &error, TILL_ERROR_INVALID);
  assert_refused (till_basket_discount_line (basket, "a0", 1, &euro, &error), &error, TILL_ERROR_INVALID);
  assert_refused (till_basket_discount_line (basket, "a0", 0, &negative, &error), &error, TILL_ERROR_INVALID);
  assert_refused (till_basket_discount_line (basket, "a0", 0, &much, &error), &error, TILL_ERROR_REFUSED);
  assert_refused (till_basket_discount_line (basket, "a0", 0, &yen, &error), &error, TILL_ERROR_CURRENCY);
  assert_refused (till_basket_discount (basket, 0, &much, &error), &error, TILL_ERROR_REFUSED);
  assert_refused (till_basket_discount (basket, 5000, &euro, &error), &error, TILL_ERROR_INVALID);
  g_assert_cmpuint (till_basket_get_revision (basket), ==, revision);

  TillDiscountRules rules = { .threshold_off = yen };
  assert_refused (till_discount_rules_check (&rules, "EUR", &error), &error, TILL_ERROR_CURRENCY);
  rules = (TillDiscountRules){ .gift_amount = negative };
  assert_refused (till_discount_rules_check (&rules, "EUR", &error), &error, TILL_ERROR_INVALID);
  rules = (TillDiscountRules){ .smile_most_rate = 10001 };
  assert_refused (till_discount_rules_check (&rules, "EUR", &error), &error, TILL_ERROR_INVALID);
}

/* Discounts are changes as any other: told of, counted and taken back. */
static void
test_undo (void)
{
  g_autoptr (TillCatalogue) shop = sale_shop_new ("EUR", TRUE, prices, G_N_ELEMENTS (prices));
  g_autoptr (TillBasket) basket = basket_of (shop, 2, 0);
  guint64 revision = till_basket_get_revision (basket);
  TillMoney euro = euros (100), amount;
  int rate;

  g_assert_true (till_basket_discount_line (basket, "a0", 5000, NULL, NULL));
  g_assert_true (till_basket_discount (basket, 0, &euro, NULL));
  g_assert_cmpuint (till_basket_get_revision (basket), ==, revision + 2);
  g_assert_cmpint (till_basket_get_total (basket)->minor, ==, 900);
  g_assert_true (till_basket_discount (basket, 0, &euro, NULL));
  g_assert_cmpuint (till_basket_get_revision (basket), ==, revision + 2);
  till_basket_get_discount (basket, &rate, &amount);
  g_assert_cmpint (amount.minor, ==, 100);

  g_autoptr (TillBasketLine) line = g_list_model_get_item (till_basket_get_lines (basket), 0);
  g_autofree char *text = NULL;
  g_object_get (line, "discount-text", &text, NULL);
  g_assert_cmpstr (text, ==, "50 %");

  g_assert_true (till_basket_undo (basket));
  g_assert_cmpint (till_basket_get_total (basket)->minor, ==, 1000);
  g_assert_true (till_basket_undo (basket));
  g_assert_cmpint (till_basket_get_total (basket)->minor, ==, 2000);
  till_basket_line_get_discount (line, &rate, NULL);
  g_assert_cmpint (rate, ==, 0);

  /* More goods leave both discounts as they are. */
  g_assert_true (till_basket_discount (basket, 1000, NULL, NULL));
  g_assert_true (till_basket_discount_line (basket, "a0", 2000, NULL, NULL));
  g_assert_true (till_basket_add (basket, sale_shop_article (shop, 0), 1, NULL));
  g_assert_cmpint (till_basket_get_total (basket)->minor, ==, 2160);
  till_basket_clear (basket);
  till_basket_get_discount (basket, &rate, NULL);
  g_assert_cmpint (rate, ==, 0);
}

/* An amount outlives fewer pieces, but never takes more than there is. */
static void
test_amount_is_capped (void)
{
  g_autoptr (TillCatalogue) shop = sale_shop_new ("EUR", TRUE, prices, G_N_ELEMENTS (prices));
  g_autoptr (TillBasket) basket = basket_of (shop, 2, 0);
  TillMoney most = euros (1500);

  g_assert_true (till_basket_discount_line (basket, "a0", 0, &most, NULL));
  g_assert_true (till_basket_set_quantity (basket, "a0", 1, NULL));
  g_assert_cmpint (till_basket_get_total (basket)->minor, ==, 0);
  g_assert_true (till_basket_set_quantity (basket, "a0", 3, NULL));
  g_assert_cmpint (till_basket_get_total (basket)->minor, ==, 1500);
}

static void
on_changed (TillBasket *basket, guint *times)
{
  (*times)++;
}

static void
test_gift_is_drawn_once (void)
{
  g_autoptr (TillCatalogue) shop = sale_shop_new ("EUR", TRUE, prices, G_N_ELEMENTS (prices));
  g_autoptr (TillBasket) basket = till_basket_new (shop);
  TillDiscountRules rules = { .gift_amount = euros (100), .gift_budget_left = euros (99), .gift_one_in = 1 };
  guint times = 0;

  till_basket_set_rules (basket, &rules);
  g_assert_false (till_basket_draw_gift (basket));
  g_assert_true (till_basket_add (basket, sale_shop_article (shop, 0), 1, NULL));
  g_assert_false (till_basket_draw_gift (basket));

  /* A new budget alone changes no price, and tells nobody. */
  g_signal_connect (basket, "changed", G_CALLBACK (on_changed), &times);
  rules.gift_budget_left = euros (100);
  rules.gift_one_in = 2;
  till_basket_set_rules (basket, &rules);
  g_assert_cmpuint (times, ==, 0);

  guint won = 0;
  for (guint i = 0; i < 400; i++)
    {
      gboolean wins = till_basket_draw_gift (basket);

      for (guint again = 0; again < 5; again++)
        g_assert_true (till_basket_draw_gift (basket) == wins);
      g_assert_true (till_basket_add (basket, sale_shop_article (shop, 0), 1, NULL));
      g_assert_cmpint (till_basket_get_total (basket)->minor, ==, wins ? 1900 : 2000);
      won += wins ? 1 : 0;
      till_basket_reset (basket);
      g_assert_true (till_basket_add (basket, sale_shop_article (shop, 0), 1, NULL));
    }
  /* One in two of 400: beyond ten standard deviations it is not that. */
  g_assert_cmpuint (won, >, 100);
  g_assert_cmpuint (won, <, 300);
}

static gint64
sum_of (const gint64 *parts, guint n)
{
  gint64 sum = 0;

  for (guint i = 0; i < n; i++)
    sum += parts[i];
  return sum;
}

/* By hand: the paradox's own example, where the largest remainders would take a unit back as the sum grows. */
static void
test_apportion (void)
{
  static const gint64 states[] = { 6, 6, 2 };
  gint64 ten[3], eleven[3];

  till_apportion (10, states, 3, ten);
  till_apportion (11, states, 3, eleven);
  g_assert_cmpint (ten[2], ==, 1);
  g_assert_cmpint (eleven[2], >=, ten[2]);
  for (guint i = 0; i < 3; i++)
    g_assert_cmpint (eleven[i], >=, ten[i]);

  static const gint64 large[] = { G_MAXINT64 / 2, G_MAXINT64 / 2, 1 };
  gint64 parts[3];
  till_apportion (G_MAXINT64, large, 3, parts);
  g_assert_cmpint (sum_of (parts, 3), ==, G_MAXINT64);
  g_assert_cmpint (parts[0], ==, G_MAXINT64 / 2);

  static const gint64 none[] = { 0, 0 };
  till_apportion (0, none, 2, parts);
  g_assert_cmpint (parts[0], ==, 0);
}

static void
test_apportion_at_random (void)
{
  for (guint run = 0; run < 400; run++)
    {
      guint n = 1 + (guint) g_test_rand_int_range (0, 8);
      gint64 weights[8], parts[8], before[8] = { 0 };

      for (guint i = 0; i < n; i++)
        weights[i] = g_test_rand_int_range (0, 1 << g_test_rand_int_range (1, 8));
      gint64 whole = sum_of (weights, n);
      for (gint64 amount = 0; amount <= whole; amount++)
        {
          till_apportion (amount, weights, n, parts);
          g_assert_cmpint (sum_of (parts, n), ==, amount);
          for (guint i = 0; i < n; i++)
            {
              g_assert_cmpint (parts[i], >=, before[i]);
              g_assert_cmpint (parts[i], <=, weights[i]);
            }
          memcpy (before, parts, sizeof parts);
        }
      for (guint i = 0; i < n; i++)
        g_assert_cmpint (parts[i], ==, weights[i]);
    }
}

/* What must hold of every pricing there is. */
static void
check_pricing (const TillPricing *pricing)
{
  gint64 goods = 0, off = 0, discounts = 0, net = 0, tax = 0, gross = 0;

  for (guint i = 0; i < till_pricing_get_n_lines (pricing); i++)
    {
      const TillPricingLine *line = till_pricing_get_line (pricing, i);

      g_assert_cmpint (line->total.minor, ==, line->price.minor * line->quantity);
      g_assert_cmpint (line->off.minor, >=, 0);
      g_assert_cmpint (line->off.minor, <=, line->total.minor);
      goods += line->total.minor;
      off += line->off.minor;
    }
  for (guint i = 0; i < till_pricing_get_n_discounts (pricing); i++)
    {
      const TillDiscount *discount = till_pricing_get_discount (pricing, i);

      g_assert_cmpint (discount->amount.minor, >, 0);
      discounts += discount->amount.minor;
    }
  for (guint i = 0; i < till_pricing_get_n_taxes (pricing); i++)
    {
      const TillTaxSum *sum = till_pricing_get_tax (pricing, i);

      g_assert_cmpint (sum->net.minor + sum->tax.minor, ==, sum->gross.minor);
      g_assert_cmpint (sum->net.minor, >=, 0);
      g_assert_cmpint (sum->tax.minor, >=, 0);
      net += sum->net.minor;
      tax += sum->tax.minor;
      gross += sum->gross.minor;
    }
  g_assert_cmpint (goods, ==, till_pricing_get_goods (pricing)->minor);
  g_assert_cmpint (off, ==, till_pricing_get_off (pricing)->minor);
  g_assert_cmpint (discounts, ==, off);
  g_assert_cmpint (goods - discounts, ==, till_pricing_is_tax_inclusive (pricing) ? gross : net);
  g_assert_cmpint (net + tax, ==, till_pricing_get_total (pricing)->minor);
  g_assert_cmpint (till_pricing_get_total (pricing)->minor, >=, 0);
}

/* The tax of a class is that of what its lines come to, in exact arithmetic, whatever was taken off. */
static void
check_taxes (const TillPricing *pricing)
{
  for (guint i = 0; i < till_pricing_get_n_taxes (pricing); i++)
    {
      const TillTaxSum *sum = till_pricing_get_tax (pricing, i);
      gboolean inclusive = till_pricing_is_tax_inclusive (pricing);
      gint64 taxed = 0, whole = inclusive ? TILL_RATE_WHOLE + sum->rate : TILL_RATE_WHOLE;

      for (guint j = 0; j < till_pricing_get_n_lines (pricing); j++)
        {
          const TillPricingLine *line = till_pricing_get_line (pricing, j);
          if (g_str_equal (line->tax_class, sum->id))
            taxed += line->total.minor - line->off.minor;
        }
      gint64 error = taxed * sum->rate - sum->tax.minor * whole;
      g_assert_cmpint (taxed, ==, inclusive ? sum->gross.minor : sum->net.minor);
      g_assert_cmpint (2 * ABS (error), <=, whole);
    }
}

/* Without what the shop and the cashier take off. */
static gint64
undiscounted_total (TillCatalogue *shop, TillBasket *basket)
{
  g_autoptr (TillBasket) plain = till_basket_new (shop);

  for (guint i = 0; i < g_list_model_get_n_items (till_basket_get_lines (basket)); i++)
    {
      g_autoptr (TillBasketLine) line = g_list_model_get_item (till_basket_get_lines (basket), i);
      g_assert_true (till_basket_add (plain, till_basket_line_get_article (line),
                                      till_basket_line_get_quantity (line), NULL));
    }
  return till_basket_get_total (plain)->minor;
}

static void
check_smiles (TillBasket *basket)
{
  gint64 before = till_basket_get_total (basket)->minor, lines_before[64];
  g_autoptr (TillPricing) none = till_basket_price (basket, 0, NULL);
  guint n = till_pricing_get_n_lines (none);

  g_assert_cmpuint (n, <=, G_N_ELEMENTS (lines_before));
  for (guint i = 0; i < n; i++)
    lines_before[i] = till_pricing_get_line (none, i)->off.minor;
  for (guint smile = 0; smile <= TILL_SMILE_WHOLE; smile += 1 + (guint) g_test_rand_int_range (0, 120))
    {
      g_autoptr (TillPricing) pricing = till_basket_price (basket, smile, NULL);

      check_pricing (pricing);
      check_taxes (pricing);
      g_assert_cmpuint (till_pricing_get_smile (pricing), ==, smile);
      g_assert_cmpint (till_pricing_get_total (pricing)->minor, <=, before);
      before = till_pricing_get_total (pricing)->minor;
      for (guint i = 0; i < n; i++)
        {
          g_assert_cmpint (till_pricing_get_line (pricing, i)->off.minor, >=, lines_before[i]);
          lines_before[i] = till_pricing_get_line (pricing, i)->off.minor;
        }
    }
}

/* Who pays another way gets what a whole smile gets: line by line, class by class. */
static void
check_equal_offer (TillBasket *basket)
{
  g_autoptr (TillPricing) smiling = till_basket_price (basket, TILL_SMILE_WHOLE, NULL);
  g_autoptr (TillPricing) equal = till_basket_price_equal (basket, NULL);

  check_pricing (equal);
  check_taxes (equal);
  g_assert_cmpuint (till_pricing_get_smile (equal), ==, 0);
  g_assert_cmpint (till_pricing_get_total (equal)->minor, ==, till_pricing_get_total (smiling)->minor);
  for (guint i = 0; i < till_pricing_get_n_lines (equal); i++)
    g_assert_cmpint (till_pricing_get_line (equal, i)->off.minor, ==,
                     till_pricing_get_line (smiling, i)->off.minor);
  g_assert_cmpuint (till_pricing_get_n_discounts (equal), ==, till_pricing_get_n_discounts (smiling));
  for (guint i = 0; i < till_pricing_get_n_discounts (equal); i++)
    {
      const TillDiscount *one = till_pricing_get_discount (equal, i);
      const TillDiscount *other = till_pricing_get_discount (smiling, i);

      g_assert_cmpint (one->amount.minor, ==, other->amount.minor);
      g_assert_cmpint (one->rate, ==, other->rate);
      if (other->kind == TILL_DISCOUNT_SMILE)
        g_assert_cmpint (one->kind, ==, TILL_DISCOUNT_EQUAL);
      else
        g_assert_cmpint (one->kind, ==, other->kind);
    }
}

static void
test_no_smile_no_offer (void)
{
  g_autoptr (TillCatalogue) shop = sale_shop_new ("EUR", TRUE, prices, G_N_ELEMENTS (prices));
  g_autoptr (TillBasket) basket = basket_of (shop, 2, 3);
  g_autoptr (TillPricing) equal = till_basket_price_equal (basket, NULL);

  g_assert_cmpuint (till_pricing_get_n_discounts (equal), ==, 0);
  g_assert_cmpint (till_pricing_get_total (equal)->minor, ==, till_basket_get_total (basket)->minor);
}

static void
test_random_baskets (void)
{
  for (guint i = 0; i < BASKETS; i++)
    {
      g_autoptr (TillCatalogue) shop = sale_random_shop_new ();
      g_autoptr (TillBasket) basket = sale_random_basket_new (shop);

      g_assert_cmpint (till_basket_get_total (basket)->minor, <=, undiscounted_total (shop, basket));
      check_smiles (basket);
      check_equal_offer (basket);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/sale/pricing/all-kinds", test_all_kinds);
  g_test_add_func ("/sale/pricing/threshold-is-met-after-the-cashier",
                   test_threshold_is_met_after_the_cashier);
  g_test_add_func ("/sale/pricing/smile-rounds-half-away", test_smile_rounds_half_away);
  g_test_add_func ("/sale/pricing/no-smile-no-offer", test_no_smile_no_offer);
  g_test_add_func ("/sale/pricing/refusals", test_refusals);
  g_test_add_func ("/sale/pricing/undo", test_undo);
  g_test_add_func ("/sale/pricing/amount-is-capped", test_amount_is_capped);
  g_test_add_func ("/sale/pricing/gift-is-drawn-once", test_gift_is_drawn_once);
  g_test_add_func ("/sale/pricing/apportion", test_apportion);
  g_test_add_func ("/sale/pricing/apportion-at-random", test_apportion_at_random);
  g_test_add_func ("/sale/pricing/random-baskets", test_random_baskets);
  return g_test_run ();
}
