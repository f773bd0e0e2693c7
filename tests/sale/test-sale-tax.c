/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/till-error.h"
#include "sale/till-tax.h"

#define MAX_AMOUNTS 40

static TillTaxTable *
table_new (gboolean inclusive, int first, int second, int third)
{
  const TillTaxClass classes[] = { { "a", "A", first }, { "b", "B", second }, { "c", "C", third } };
  TillTaxTable *table = till_tax_table_new (inclusive, classes, G_N_ELEMENTS (classes), NULL);

  g_assert_nonnull (table);
  return table;
}

static TillTaxedAmount
taxed (const char *tax_class, gint64 minor, const char *currency)
{
  TillTaxedAmount amount = { .tax_class = tax_class };

  g_assert_true (till_money_init (&amount.amount, minor, currency, NULL));
  return amount;
}

/* Worked by hand: 3 x 2.20 at 20 % and 1.30 + 2.95 at 5.5 %, tax in the price. */
static void
test_inclusive (void)
{
  g_autoptr (TillTaxTable) table = table_new (TRUE, 2000, 550, 0);
  const TillTaxedAmount amounts[]
      = { taxed ("b", 130, "EUR"), taxed ("a", 660, "EUR"), taxed ("b", 295, "EUR") };
  g_autoptr (GArray) sums = till_tax_sum (table, amounts, G_N_ELEMENTS (amounts), "EUR", NULL);
  TillMoney net, tax, gross;

  g_assert_cmpuint (sums->len, ==, 2);
  const TillTaxSum *a = &g_array_index (sums, TillTaxSum, 0), *b = &g_array_index (sums, TillTaxSum, 1);
  g_assert_cmpstr (a->id, ==, "a");
  g_assert_cmpint (a->gross.minor, ==, 660);
  g_assert_cmpint (a->tax.minor, ==, 110);
  g_assert_cmpint (a->net.minor, ==, 550);
  g_assert_cmpint (b->gross.minor, ==, 425);
  g_assert_cmpint (b->tax.minor, ==, 22); /* 22.16 */
  g_assert_cmpint (b->net.minor, ==, 403);
  g_assert_true (till_tax_total (sums, "EUR", &net, &tax, &gross, NULL));
  g_assert_cmpint (net.minor, ==, 953);
  g_assert_cmpint (tax.minor, ==, 132);
  g_assert_cmpint (gross.minor, ==, 1085);
}

/* The tax of a class is rounded once, not line by line: three times 0.05 at 10 % are 0.02, not three times 0.01. */
static void
test_exclusive (void)
{
  g_autoptr (TillTaxTable) table = table_new (FALSE, 1000, 825, 0);
  const TillTaxedAmount amounts[]
      = { taxed ("a", 5, "USD"), taxed ("a", 5, "USD"), taxed ("a", 5, "USD"), taxed ("b", 1999, "USD") };
  g_autoptr (GArray) sums = till_tax_sum (table, amounts, G_N_ELEMENTS (amounts), "USD", NULL);
  TillMoney gross;

  const TillTaxSum *a = &g_array_index (sums, TillTaxSum, 0), *b = &g_array_index (sums, TillTaxSum, 1);
  g_assert_cmpint (a->net.minor, ==, 15);
  g_assert_cmpint (a->tax.minor, ==, 2);
  g_assert_cmpint (b->tax.minor, ==, 165); /* 164.9175 */
  g_assert_true (till_tax_total (sums, "USD", NULL, NULL, &gross, NULL));
  g_assert_cmpint (gross.minor, ==, 15 + 2 + 1999 + 165);
}

static void
test_half_is_rounded_away (void)
{
  g_autoptr (TillTaxTable) table = table_new (FALSE, 1000, 0, 0);
  const TillTaxedAmount up[] = { taxed ("a", 5, "EUR") }, down[] = { taxed ("a", -5, "EUR") };
  g_autoptr (GArray) above = till_tax_sum (table, up, 1, "EUR", NULL);
  g_autoptr (GArray) below = till_tax_sum (table, down, 1, "EUR", NULL);

  g_assert_cmpint (g_array_index (above, TillTaxSum, 0).tax.minor, ==, 1);
  g_assert_cmpint (g_array_index (below, TillTaxSum, 0).tax.minor, ==, -1);
}

static void
test_empty (void)
{
  g_autoptr (TillTaxTable) table = table_new (TRUE, 2000, 550, 0);
  g_autoptr (GArray) sums = till_tax_sum (table, NULL, 0, "EUR", NULL);
  TillMoney net, tax, gross;

  g_assert_cmpuint (sums->len, ==, 0);
  g_assert_true (till_tax_total (sums, "EUR", &net, &tax, &gross, NULL));
  g_assert_cmpint (net.minor, ==, 0);
  g_assert_cmpint (tax.minor, ==, 0);
  g_assert_cmpint (gross.minor, ==, 0);
  g_assert_cmpstr (gross.currency, ==, "EUR");
}

static void
test_refusals (void)
{
  g_autoptr (TillTaxTable) table = table_new (FALSE, 2000, 550, 0);
  const TillTaxedAmount strange[] = { taxed ("x", 1, "EUR") }, foreign[] = { taxed ("a", 1, "USD") };
  const TillTaxedAmount large[] = { taxed ("a", G_MAXINT64 - 1, "EUR") };
  const TillTaxedAmount many[] = { taxed ("a", G_MAXINT64, "EUR"), taxed ("a", 1, "EUR") };
  const TillTaxedAmount apart[] = { taxed ("b", G_MAXINT64 / 2, "EUR"), taxed ("c", G_MAXINT64 / 2, "EUR") };
  g_autoptr (GError) error = NULL;

  g_assert_null (till_tax_sum (table, strange, 1, "EUR", &error));
  g_assert_error (error, TILL_ERROR, TILL_ERROR_NOT_FOUND);
  g_clear_error (&error);
  g_assert_null (till_tax_sum (table, foreign, 1, "EUR", &error));
  g_assert_error (error, TILL_ERROR, TILL_ERROR_CURRENCY);
  g_clear_error (&error);
  g_assert_null (till_tax_sum (table, NULL, 0, "???", &error));
  g_assert_error (error, TILL_ERROR, TILL_ERROR_CURRENCY);
  g_clear_error (&error);
  g_assert_null (till_tax_sum (table, large, 1, "EUR", &error));
  g_assert_error (error, TILL_ERROR, TILL_ERROR_OVERFLOW);
  g_clear_error (&error);
  g_assert_null (till_tax_sum (table, many, 2, "EUR", &error));
  g_assert_error (error, TILL_ERROR, TILL_ERROR_OVERFLOW);
  g_clear_error (&error);

  g_autoptr (GArray) sums = till_tax_sum (table, apart, 2, "EUR", NULL);
  g_assert_nonnull (sums);
  g_assert_false (till_tax_total (sums, "EUR", NULL, NULL, NULL, &error));
  g_assert_error (error, TILL_ERROR, TILL_ERROR_OVERFLOW);
}

/* One class's sums, checked against the definition in exact arithmetic. */
static void
check_sum (const TillTaxSum *sum, gboolean inclusive, gint64 prices)
{
  gint64 whole = inclusive ? TILL_RATE_WHOLE + sum->rate : TILL_RATE_WHOLE;
  __int128 off = (__int128) prices * sum->rate - (__int128) sum->tax.minor * whole;

  g_assert_cmpint (sum->net.minor + sum->tax.minor, ==, sum->gross.minor);
  g_assert_cmpint (inclusive ? sum->gross.minor : sum->net.minor, ==, prices);
  g_assert_true (2 * off <= whole && 2 * off >= -whole);
}

static void
check_random_basket (const char *currency, gboolean inclusive)
{
  g_autoptr (TillTaxTable) table = table_new (inclusive, g_test_rand_int_range (0, TILL_RATE_WHOLE + 1),
                                              g_test_rand_int_range (0, 3000), 0);
  TillTaxedAmount amounts[MAX_AMOUNTS];
  guint n = (guint) g_test_rand_int_range (0, MAX_AMOUNTS);
  gint64 prices[3] = { 0 }, all = 0;
  static const char *const ids[] = { "a", "b", "c" };

  for (guint i = 0; i < n; i++)
    {
      guint which = (guint) g_test_rand_int_range (0, 3);
      gint64 minor = g_test_rand_int_range (0, 1 << g_test_rand_int_range (1, 30));

      amounts[i] = taxed (ids[which], minor, currency);
      prices[which] += minor;
      all += minor;
    }

  g_autoptr (GArray) sums = till_tax_sum (table, amounts, n, currency, NULL);
  TillMoney net, tax, gross;
  for (guint i = 0; i < sums->len; i++)
    {
      const TillTaxSum *sum = &g_array_index (sums, TillTaxSum, i);
      check_sum (sum, inclusive, prices[sum->id[0] - 'a']);
    }
  g_assert_true (till_tax_total (sums, currency, &net, &tax, &gross, NULL));
  g_assert_cmpint (net.minor + tax.minor, ==, gross.minor);
  g_assert_cmpint (inclusive ? gross.minor : net.minor, ==, all);
}

static void
test_random_baskets (void)
{
  static const char *const currencies[] = { "JPY", "EUR", "KWD" };

  for (guint i = 0; i < 6000; i++)
    check_random_basket (currencies[i % 3], i % 2 == 0);
}

static void
test_table_refuses (void)
{
  static const TillTaxClass wrongs[]
      = { { "", "A", 1 },   { "a", "", 1 },   { "a", "A\n", 1 },
          { NULL, "A", 1 }, { "a", "A", -1 }, { "a", "A", TILL_RATE_WHOLE + 1 } };
  const TillTaxClass twice[] = { { "a", "A", 1 }, { "a", "B", 2 } };
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (wrongs); i++)
    {
      g_assert_null (till_tax_table_new (TRUE, &wrongs[i], 1, &error));
      g_assert_error (error, TILL_ERROR, TILL_ERROR_INVALID);
      g_clear_error (&error);
    }
  g_assert_null (till_tax_table_new (TRUE, twice, 2, &error));
  g_assert_error (error, TILL_ERROR, TILL_ERROR_INVALID);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/sale/tax/inclusive", test_inclusive);
  g_test_add_func ("/sale/tax/exclusive", test_exclusive);
  g_test_add_func ("/sale/tax/half-is-rounded-away", test_half_is_rounded_away);
  g_test_add_func ("/sale/tax/empty", test_empty);
  g_test_add_func ("/sale/tax/refusals", test_refusals);
  g_test_add_func ("/sale/tax/random-baskets", test_random_baskets);
  g_test_add_func ("/sale/tax/table-refuses", test_table_refuses);
  return g_test_run ();
}
