/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/till-error.h"
#include "base/till-money.h"

static TillMoney
money (gint64 minor, const char *currency)
{
  TillMoney amount;

  g_assert_true (till_money_init (&amount, minor, currency, NULL));
  return amount;
}

/* ISO 4217 list one: every code of three letters is asked for, and each class counted. */
static void
test_exponents (void)
{
  static const char *const none[] = { "BIF", "CLP", "DJF", "GNF", "ISK", "JPY", "KMF", "KRW", "PYG",
                                      "RWF", "UGX", "UYI", "VND", "VUV", "XAF", "XOF", "XPF" };
  static const char *const three[] = { "BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND" };
  static const char *const four[] = { "CLF", "UYW" };
  static const char *const two[] = { "EUR", "USD", "GBP", "CNY", "CHF", "HUF", "IDR", "IRR", "MGA", "MRU",
                                     "KPW", "LBP", "ALL", "COP", "CRC", "TWD", "UZS", "YER", "XCG", "ZWG" };
  guint counted[5] = { 0 }, unknown = 0;
  char code[4] = { 0 };

  for (code[0] = 'A'; code[0] <= 'Z'; code[0]++)
    for (code[1] = 'A'; code[1] <= 'Z'; code[1]++)
      for (code[2] = 'A'; code[2] <= 'Z'; code[2]++)
        {
          int exponent = till_currency_exponent (code);

          if (exponent < 0)
            unknown++;
          else
            counted[exponent]++;
        }
  g_assert_cmpuint (counted[0], ==, G_N_ELEMENTS (none));
  g_assert_cmpuint (counted[1], ==, 0);
  g_assert_cmpuint (counted[2], ==, 142);
  g_assert_cmpuint (counted[3], ==, G_N_ELEMENTS (three));
  g_assert_cmpuint (counted[4], ==, G_N_ELEMENTS (four));
  g_assert_cmpuint (unknown, ==, 26 * 26 * 26 - 168);

  for (guint i = 0; i < G_N_ELEMENTS (none); i++)
    g_assert_cmpint (till_currency_exponent (none[i]), ==, 0);
  for (guint i = 0; i < G_N_ELEMENTS (two); i++)
    g_assert_cmpint (till_currency_exponent (two[i]), ==, 2);
  for (guint i = 0; i < G_N_ELEMENTS (three); i++)
    g_assert_cmpint (till_currency_exponent (three[i]), ==, 3);
  for (guint i = 0; i < G_N_ELEMENTS (four); i++)
    g_assert_cmpint (till_currency_exponent (four[i]), ==, 4);
}

static void
test_unknown_currencies (void)
{
  static const char *const codes[] = { "",    "E",   "EU",      "EURO", "eur", "Eur", "XXX",  "XAU",
                                       "XTS", "XDR", "AED AFN", "D A",  " EU", "€",   "EU\n", "E\xff" };
  TillMoney amount = { 7, "EUR" };
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (till_currency_exponent (NULL), ==, -1);
  for (guint i = 0; i < G_N_ELEMENTS (codes); i++)
    {
      g_assert_cmpint (till_currency_exponent (codes[i]), ==, -1);
      g_assert_false (till_money_init (&amount, 1, codes[i], &error));
      g_assert_error (error, TILL_ERROR, TILL_ERROR_CURRENCY);
      g_assert_true (g_utf8_validate (error->message, -1, NULL));
      g_clear_error (&error);
    }
  g_assert_cmpint (amount.minor, ==, 7);
}

typedef struct
{
  const char *text;
  const char *currency;
  gint64 minor;
} Reading;

static void
test_parse (void)
{
  static const Reading readings[] = {
    { "12.50", "EUR", 1250 },
    { "12.5", "EUR", 1250 },
    { "12", "EUR", 1200 },
    { "0", "EUR", 0 },
    { "-0", "EUR", 0 },
    { "-3", "EUR", -300 },
    { "-0.01", "EUR", -1 },
    { "007", "EUR", 700 },
    { "0000000000000000000000000000001", "EUR", 100 },
    { "1200", "JPY", 1200 },
    { "1.234", "KWD", 1234 },
    { "1.2", "KWD", 1200 },
    { "1.2345", "CLF", 12345 },
    { "92233720368547758.07", "EUR", G_MAXINT64 },
    { "-92233720368547758.08", "EUR", G_MININT64 },
    { "9223372036854775807", "JPY", G_MAXINT64 },
    { "-9223372036854775808", "JPY", G_MININT64 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (readings); i++)
    {
      TillMoney amount;
      g_autoptr (GError) error = NULL;

      g_assert_true (till_money_parse (&amount, readings[i].text, readings[i].currency, &error));
      g_assert_no_error (error);
      g_assert_cmpint (amount.minor, ==, readings[i].minor);
      g_assert_cmpstr (amount.currency, ==, readings[i].currency);
    }
}

static void
test_parse_refuses (void)
{
  static const char *const wrong[] = {
    "",     " ",     "-",   "+1",    ".5",       "5.",     "1.234", "1.250", "1..2", "1.2.3",
    "1,50", "1 000", " 1",  "1 ",    "1e3",      "0x10",   "--1",   "1-",    "١٢",   "１",
    "1\n",  "NaN",   "inf", "12.5€", "\xff\xfe", "1.\xc3", "1.-1",  "- 1",
  };
  static const char *const large[]
      = { "92233720368547758.08", "-92233720368547758.09", "99999999999999999999",
          "100000000000000000000000000000000000000000.00" };
  TillMoney amount = { 7, "USD" };
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      g_assert_false (till_money_parse (&amount, wrong[i], "EUR", &error));
      g_assert_error (error, TILL_ERROR, TILL_ERROR_INVALID);
      g_assert_true (g_utf8_validate (error->message, -1, NULL));
      g_clear_error (&error);
    }
  g_assert_false (till_money_parse (&amount, "1.0", "JPY", &error));
  g_assert_error (error, TILL_ERROR, TILL_ERROR_INVALID);
  g_clear_error (&error);
  for (guint i = 0; i < G_N_ELEMENTS (large); i++)
    {
      g_assert_false (till_money_parse (&amount, large[i], "EUR", &error));
      g_assert_error (error, TILL_ERROR, TILL_ERROR_OVERFLOW);
      g_clear_error (&error);
    }
  g_assert_cmpint (amount.minor, ==, 7);
  g_assert_cmpstr (amount.currency, ==, "USD");
}

static void
test_decimal_round_trip (void)
{
  static const char *const currencies[] = { "JPY", "EUR", "KWD", "CLF" };
  static const gint64 edges[]
      = { G_MININT64, G_MININT64 + 1, -101, -100, -99, -1, 0, 1, 9, 10, 99, 100, 1000, 10001, G_MAXINT64 };
  g_autofree char *small = NULL;

  for (guint c = 0; c < G_N_ELEMENTS (currencies); c++)
    for (guint i = 0; i < 1000 + G_N_ELEMENTS (edges); i++)
      {
        gint64 minor = i < G_N_ELEMENTS (edges)
                           ? edges[i]
                           : (gint64) (((guint64) g_test_rand_int () << 32 | (guint32) g_test_rand_int ())
                                       >> g_test_rand_int_range (0, 64));
        TillMoney amount = money (minor, currencies[c]), back;
        g_autofree char *decimal = till_money_to_decimal (&amount);

        g_assert_true (till_money_parse (&back, decimal, currencies[c], NULL));
        g_assert_cmpint (back.minor, ==, minor);
      }

  TillMoney cent = money (-1, "EUR");
  small = till_money_to_decimal (&cent);
  g_assert_cmpstr (small, ==, "-0.01");
}

static void
test_arithmetic (void)
{
  TillMoney a = money (1250, "EUR"), b = money (-50, "EUR"), result;

  g_assert_true (till_money_add (&a, &b, &result, NULL));
  g_assert_cmpint (result.minor, ==, 1200);
  g_assert_true (till_money_subtract (&a, &b, &result, NULL));
  g_assert_cmpint (result.minor, ==, 1300);
  g_assert_true (till_money_multiply (&b, 3, &result, NULL));
  g_assert_cmpint (result.minor, ==, -150);
  g_assert_true (till_money_add (&a, &a, &a, NULL));
  g_assert_cmpint (a.minor, ==, 2500);
  g_assert_cmpint (till_money_compare (&a, &b), >, 0);
  g_assert_cmpint (till_money_compare (&b, &a), <, 0);
  g_assert_cmpint (till_money_compare (&b, &b), ==, 0);
}

static void
test_overflow (void)
{
  TillMoney most = money (G_MAXINT64, "EUR"), least = money (G_MININT64, "EUR"), one = money (1, "EUR");
  TillMoney result = money (7, "USD");
  g_autoptr (GError) error = NULL;

  g_assert_false (till_money_add (&most, &one, &result, &error));
  g_assert_error (error, TILL_ERROR, TILL_ERROR_OVERFLOW);
  g_clear_error (&error);
  g_assert_false (till_money_subtract (&least, &one, &result, &error));
  g_assert_error (error, TILL_ERROR, TILL_ERROR_OVERFLOW);
  g_clear_error (&error);
  g_assert_false (till_money_multiply (&least, -1, &result, &error));
  g_assert_error (error, TILL_ERROR, TILL_ERROR_OVERFLOW);
  g_clear_error (&error);
  g_assert_false (till_money_scale (&most, 3, 2, &result, &error));
  g_assert_error (error, TILL_ERROR, TILL_ERROR_OVERFLOW);
  g_clear_error (&error);
  g_assert_false (till_money_scale (&least, -1, 1, &result, &error));
  g_assert_error (error, TILL_ERROR, TILL_ERROR_OVERFLOW);
  g_clear_error (&error);

  g_assert_cmpint (result.minor, ==, 7);
  g_assert_cmpstr (result.currency, ==, "USD");
}

static void
test_mixed_currencies (void)
{
  TillMoney euro = money (1, "EUR"), yen = money (1, "JPY"), result = euro;
  g_autoptr (GError) error = NULL;

  g_assert_false (till_money_same_currency (&euro, &yen));
  g_assert_false (till_money_add (&euro, &yen, &result, &error));
  g_assert_error (error, TILL_ERROR, TILL_ERROR_CURRENCY);
  g_clear_error (&error);
  g_assert_false (till_money_subtract (&euro, &yen, &result, &error));
  g_assert_error (error, TILL_ERROR, TILL_ERROR_CURRENCY);
}

/* Against another way to round: the nearest integer is found by trying both neighbours of the truncated quotient. */
static void
test_scale (void)
{
  static const gint64 halves[][4]
      = { { 5, 1, 2, 3 }, { -5, 1, 2, -3 }, { 4, 1, 3, 1 },   { 5, 1, 3, 2 }, { -4, 1, 3, -1 },
          { 1, 1, 2, 1 }, { -1, 1, 2, -1 }, { 7, -1, 2, -4 }, { 0, 5, 7, 0 } };
  TillMoney share;

  for (guint i = 0; i < G_N_ELEMENTS (halves); i++)
    {
      TillMoney amount = money (halves[i][0], "EUR");

      g_assert_true (till_money_scale (&amount, halves[i][1], halves[i][2], &share, NULL));
      g_assert_cmpint (share.minor, ==, halves[i][3]);
    }
  for (guint i = 0; i < 20000; i++)
    {
      TillMoney amount = money (g_test_rand_int_range (-100000, 100000), "EUR");
      gint64 numerator = g_test_rand_int_range (-2000, 2000), denominator = g_test_rand_int_range (1, 2000);
      gint64 exact = amount.minor * numerator;

      g_assert_true (till_money_scale (&amount, numerator, denominator, &share, NULL));
      gint64 off = exact - share.minor * denominator;
      g_assert_cmpint (2 * ABS (off), <=, denominator);
      if (2 * ABS (off) == denominator)
        g_assert_cmpint (ABS (share.minor) * denominator, >, ABS (exact));
    }

  /* The product leaves 64 bits; the share does not. */
  TillMoney most = money (G_MAXINT64, "EUR");
  g_assert_true (till_money_scale (&most, G_MAXINT64, G_MAXINT64, &share, NULL));
  g_assert_cmpint (share.minor, ==, G_MAXINT64);
}

typedef struct
{
  gint64 minor;
  const char *currency;
  const char *locale;
  const char *shown;
} Showing;

static void
test_format (void)
{
  static const Showing showings[] = {
    { 1250, "EUR", "C", "€12.50" },
    { 1250, "EUR", "POSIX", "€12.50" },
    { 1250, "EUR", "C.UTF-8", "€12.50" },
    { 1250, "EUR", "en_US.UTF-8", "€12.50" },
    { 1250, "EUR", "de_DE.UTF-8", "12,50\302\240€" },
    { 1250, "EUR", "de_DE@euro", "12,50\302\240€" },
    { -1250, "USD", "en_US.UTF-8", "-$12.50" },
    { 1234567, "JPY", "en_US.UTF-8", "¥1,234,567" },
    { 1234, "KWD", "en_US.UTF-8", "KWD\302\2401.234" },
    { 123, "ISK", "en_US.UTF-8", "ISK\302\240123" },
    /* CLDR would show these two without decimals, ISO 4217 gives them two. */
    { 12345, "HUF", "en_US.UTF-8", "HUF\302\240123.45" },
    { 12345, "IRR", "en_US.UTF-8", "IRR\302\240123.45" },
    /* More digits than a double holds. */
    { G_MAXINT64, "EUR", "en_US.UTF-8", "€92,233,720,368,547,758.07" },
    { G_MININT64, "EUR", "en_US.UTF-8", "-€92,233,720,368,547,758.08" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (showings); i++)
    {
      TillMoney amount = money (showings[i].minor, showings[i].currency);
      g_autofree char *shown = till_money_format_for (&amount, showings[i].locale);

      g_assert_cmpstr (shown, ==, showings[i].shown);
    }

  TillMoney amount = money (1250, "EUR");
  g_autofree char *shown = till_money_format (&amount);
  g_assert_cmpstr (shown, ==, "€12.50");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/base/money/exponents", test_exponents);
  g_test_add_func ("/base/money/unknown-currencies", test_unknown_currencies);
  g_test_add_func ("/base/money/parse", test_parse);
  g_test_add_func ("/base/money/parse-refuses", test_parse_refuses);
  g_test_add_func ("/base/money/decimal-round-trip", test_decimal_round_trip);
  g_test_add_func ("/base/money/arithmetic", test_arithmetic);
  g_test_add_func ("/base/money/overflow", test_overflow);
  g_test_add_func ("/base/money/mixed-currencies", test_mixed_currencies);
  g_test_add_func ("/base/money/scale", test_scale);
  g_test_add_func ("/base/money/format", test_format);
  return g_test_run ();
}
