/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/till-money.h"

#include "base/till-error.h"

#include <locale.h>
#include <string.h>
#include <unicode/uloc.h>
#include <unicode/unum.h>
#include <unicode/ustring.h>

#define MAX_EXPONENT 4
/* Sign, 19 digits of a 64-bit integer, point, leading zeros of a small amount, NUL. */
#define DECIMAL_SIZE 32

typedef struct
{
  int exponent;
  const char *codes; /* three letters each, a space between */
} CurrencyGroup;

/*
 * ISO 4217 list one as published by its maintenance agency (2024-06-25), with the codes added in 2025 (XAD, XCG).
 * Codes without a minor unit of their own (XAU, XDR, XTS, XXX, …) are not money a till can take and left out. ANG,
 * BGN and CUC have left the list since; they stay so that older journals can be read.
 */
static const CurrencyGroup currency_groups[] = {
  { 2,
    "AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BMD BND BOB BOV BRL BSD BTN BWP BYN BZD CAD CDF "
    "CHE CHF CHW CNY COP COU CRC CUC CUP CVE CZK DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GTQ "
    "GYD HKD HNL HTG HUF IDR ILS INR IRR JMD KES KGS KHR KPW KYD KZT LAK LBP LKR LRD LSL MAD MDL MGA MKD MMK "
    "MNT MOP MRU MUR MVR MWK MXN MXV MYR MZN NAD NGN NIO NOK NPR NZD PAB PEN PGK PHP PKR PLN QAR RON RSD RUB "
    "SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TOP TRY TTD TWD TZS UAH USD USN "
    "UYU UZS VED VES WST XAD XCD XCG YER ZAR ZMW ZWG" },
  { 0, "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF" },
  { 3, "BHD IQD JOD KWD LYD OMR TND" },
  { 4, "CLF UYW" },
};

static gboolean
till_currency_listed (const char *codes, const char *currency)
{
  for (const char *code = codes; *code != '\0'; code += code[3] == ' ' ? 4 : 3)
    if (strncmp (code, currency, 3) == 0)
      return TRUE;
  return FALSE;
}

int
till_currency_exponent (const char *currency)
{
  if (currency == NULL || strlen (currency) != 3)
    return -1;

  for (gsize i = 0; i < G_N_ELEMENTS (currency_groups); i++)
    if (till_currency_listed (currency_groups[i].codes, currency))
      return currency_groups[i].exponent;
  return -1;
}

static void
till_money_set_unknown_currency (const char *currency, GError **error)
{
  g_autofree char *shown = currency != NULL ? g_strescape (currency, NULL) : g_strdup ("");

  g_set_error (error, TILL_ERROR, TILL_ERROR_CURRENCY,
               "“%.20s” is no currency this till knows: use an ISO 4217 code such as EUR", shown);
}

static gboolean
till_money_check_exponent (const TillMoney *money, int *exponent, GError **error)
{
  *exponent = till_currency_exponent (money->currency);
  if (*exponent >= 0)
    return TRUE;

  till_money_set_unknown_currency (money->currency, error);
  return FALSE;
}

static void
till_money_set (TillMoney *money, gint64 minor, const char *currency)
{
  char code[4] = { currency[0], currency[1], currency[2], '\0' };

  money->minor = minor;
  memcpy (money->currency, code, sizeof code);
}

gboolean
till_money_init (TillMoney *money, gint64 minor, const char *currency, GError **error)
{
  g_return_val_if_fail (money != NULL, FALSE);

  if (till_currency_exponent (currency) < 0)
    {
      till_money_set_unknown_currency (currency, error);
      return FALSE;
    }
  till_money_set (money, minor, currency);
  return TRUE;
}

static gboolean
till_money_set_bad_decimal (const char *decimal, const char *currency, int exponent, GError **error)
{
  g_autofree char *shown = g_strescape (decimal, NULL);

  g_set_error (error, TILL_ERROR, TILL_ERROR_INVALID,
               "“%.40s” is no amount in %s: write digits, with a point before at most %d decimals", shown,
               currency, exponent);
  return FALSE;
}

/* Appends digits to *minor, downwards when @negative so that the lowest amount can be read too. */
static gboolean
till_money_append_digit (gint64 *minor, int digit, gboolean negative)
{
  return !__builtin_mul_overflow (*minor, 10, minor)
         && !__builtin_add_overflow (*minor, (gint64) (negative ? -digit : digit), minor);
}

static gboolean
till_money_set_overflow (const char *what, GError **error)
{
  g_set_error (error, TILL_ERROR, TILL_ERROR_OVERFLOW, "%s is larger than a till can count", what);
  return FALSE;
}

gboolean
till_money_parse (TillMoney *money, const char *decimal, const char *currency, GError **error)
{
  g_return_val_if_fail (money != NULL, FALSE);
  g_return_val_if_fail (decimal != NULL, FALSE);

  TillMoney read = { 0 };
  if (!till_money_init (&read, 0, currency, error))
    return FALSE;

  int exponent = till_currency_exponent (currency);
  gboolean negative = decimal[0] == '-';
  const char *rest = decimal + (negative ? 1 : 0);
  int decimals = -1;
  gboolean fits = TRUE;

  if (!g_ascii_isdigit (*rest))
    return till_money_set_bad_decimal (decimal, currency, exponent, error);
  for (; *rest != '\0'; rest++)
    {
      if (*rest == '.' && decimals < 0 && g_ascii_isdigit (rest[1]) && exponent > 0)
        {
          decimals = 0;
          continue;
        }
      if (!g_ascii_isdigit (*rest) || (decimals >= 0 && ++decimals > exponent))
        return till_money_set_bad_decimal (decimal, currency, exponent, error);
      fits = fits && till_money_append_digit (&read.minor, *rest - '0', negative);
    }
  for (int i = MAX (decimals, 0); i < exponent; i++)
    fits = fits && till_money_append_digit (&read.minor, 0, negative);
  if (!fits)
    return till_money_set_overflow ("That amount", error);

  *money = read;
  return TRUE;
}

static gboolean
till_money_check_pair (const TillMoney *a, const TillMoney *b, GError **error)
{
  int exponent;

  if (!till_money_check_exponent (a, &exponent, error))
    return FALSE;
  if (till_money_same_currency (a, b))
    return TRUE;

  g_autofree char *other = g_strescape (b->currency, NULL);
  g_set_error (error, TILL_ERROR, TILL_ERROR_CURRENCY,
               "An amount in %s and one in “%s” can't be put together", a->currency, other);
  return FALSE;
}

gboolean
till_money_add (const TillMoney *a, const TillMoney *b, TillMoney *sum, GError **error)
{
  gint64 minor;

  if (!till_money_check_pair (a, b, error))
    return FALSE;
  if (__builtin_add_overflow (a->minor, b->minor, &minor))
    return till_money_set_overflow ("The sum", error);
  till_money_set (sum, minor, a->currency);
  return TRUE;
}

gboolean
till_money_subtract (const TillMoney *a, const TillMoney *b, TillMoney *difference, GError **error)
{
  gint64 minor;

  if (!till_money_check_pair (a, b, error))
    return FALSE;
  if (__builtin_sub_overflow (a->minor, b->minor, &minor))
    return till_money_set_overflow ("The difference", error);
  till_money_set (difference, minor, a->currency);
  return TRUE;
}

gboolean
till_money_multiply (const TillMoney *a, gint64 factor, TillMoney *product, GError **error)
{
  gint64 minor;
  int exponent;

  if (!till_money_check_exponent (a, &exponent, error))
    return FALSE;
  if (__builtin_mul_overflow (a->minor, factor, &minor))
    return till_money_set_overflow ("The product", error);
  till_money_set (product, minor, a->currency);
  return TRUE;
}

gboolean
till_money_scale (const TillMoney *a, gint64 numerator, gint64 denominator, TillMoney *share, GError **error)
{
  g_return_val_if_fail (denominator > 0, FALSE);

  int exponent;
  if (!till_money_check_exponent (a, &exponent, error))
    return FALSE;

  __int128 product = (__int128) a->minor * numerator;
  __int128 half = denominator / 2;
  __int128 quotient = product / denominator;
  __int128 remainder = product % denominator;

  /* An odd denominator has no exact half: its remainders above the truncated half are the larger part. */
  if (remainder > half || (remainder == half && denominator % 2 == 0 && remainder != 0))
    quotient += 1;
  else if (-remainder > half || (-remainder == half && denominator % 2 == 0 && remainder != 0))
    quotient -= 1;
  if (quotient > G_MAXINT64 || quotient < G_MININT64)
    return till_money_set_overflow ("The share", error);
  till_money_set (share, (gint64) quotient, a->currency);
  return TRUE;
}

gboolean
till_money_same_currency (const TillMoney *a, const TillMoney *b)
{
  return strncmp (a->currency, b->currency, sizeof a->currency) == 0;
}

int
till_money_compare (const TillMoney *a, const TillMoney *b)
{
  g_return_val_if_fail (till_money_same_currency (a, b), 0);

  return (a->minor > b->minor) - (a->minor < b->minor);
}

static void
till_money_write_decimal (const TillMoney *money, int exponent, char decimal[DECIMAL_SIZE])
{
  guint64 magnitude = money->minor < 0 ? -(guint64) money->minor : (guint64) money->minor;
  guint64 unit = 1;

  for (int i = 0; i < exponent; i++)
    unit *= 10;

  const char *sign = money->minor < 0 ? "-" : "";
  if (exponent == 0)
    g_snprintf (decimal, DECIMAL_SIZE, "%s%" G_GUINT64_FORMAT, sign, magnitude);
  else
    g_snprintf (decimal, DECIMAL_SIZE, "%s%" G_GUINT64_FORMAT ".%0*" G_GUINT64_FORMAT, sign, magnitude / unit,
                exponent, magnitude % unit);
}

char *
till_money_to_decimal (const TillMoney *money)
{
  int exponent = till_currency_exponent (money->currency);
  g_return_val_if_fail (exponent >= 0 && exponent <= MAX_EXPONENT, NULL);

  char decimal[DECIMAL_SIZE];
  till_money_write_decimal (money, exponent, decimal);
  return g_strdup (decimal);
}

/* @posix as ICU names it; English for a program that runs without a locale. */
static void
till_money_name_locale (const char *posix, char *name, int32_t size)
{
  UErrorCode status = U_ZERO_ERROR;

  if (posix == NULL || g_str_equal (posix, "C") || g_str_equal (posix, "POSIX")
      || g_str_has_prefix (posix, "C."))
    posix = "en";
  uloc_canonicalize (posix, name, size, &status);
  if (U_FAILURE (status) || status == U_STRING_NOT_TERMINATED_WARNING)
    g_strlcpy (name, "en", (gsize) size);
}

static UNumberFormat *
till_money_open_format (const char *currency, int exponent, const char *locale)
{
  UChar code[4] = { 0 };
  UErrorCode status = U_ZERO_ERROR;

  u_charsToUChars (currency, code, 3);
  UNumberFormat *format = unum_open (UNUM_CURRENCY, NULL, 0, locale, NULL, &status);
  if (U_FAILURE (status))
    return NULL;

  unum_setTextAttribute (format, UNUM_CURRENCY_CODE, code, 3, &status);
  /* CLDR shows some currencies with other decimals than ISO 4217 gives them; money is shown as it is counted. */
  unum_setAttribute (format, UNUM_FRACTION_DIGITS, exponent);
  if (U_FAILURE (status))
    g_clear_pointer (&format, unum_close);
  return format;
}

static char *
till_money_format_decimal (UNumberFormat *format, const char *decimal)
{
  UChar text[128];
  char utf8[3 * G_N_ELEMENTS (text) + 1];
  UErrorCode status = U_ZERO_ERROR;

  int32_t length = unum_formatDecimal (format, decimal, (int32_t) strlen (decimal), text, G_N_ELEMENTS (text),
                                       NULL, &status);
  if (U_FAILURE (status))
    return NULL;
  u_strToUTF8 (utf8, sizeof utf8, NULL, text, length, &status);
  return U_SUCCESS (status) ? g_strdup (utf8) : NULL;
}

char *
till_money_format_for (const TillMoney *money, const char *locale)
{
  int exponent = till_currency_exponent (money->currency);
  g_return_val_if_fail (exponent >= 0 && exponent <= MAX_EXPONENT, NULL);

  char decimal[DECIMAL_SIZE];
  char name[ULOC_FULLNAME_CAPACITY];
  char *shown = NULL;
  till_money_write_decimal (money, exponent, decimal);
  till_money_name_locale (locale, name, sizeof name);

  UNumberFormat *format = till_money_open_format (money->currency, exponent, name);
  if (format != NULL)
    {
      shown = till_money_format_decimal (format, decimal);
      unum_close (format);
    }
  /* Without ICU's data (a stripped system) the plain amount is still right. */
  return shown != NULL ? shown : g_strdup_printf ("%s %s", money->currency, decimal);
}

char *
till_money_format (const TillMoney *money)
{
  return till_money_format_for (money, setlocale (LC_MONETARY, NULL));
}
