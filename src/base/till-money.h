/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * TillMoney: an amount in the minor units of an ISO 4217 currency. A value: copy it freely.
 *
 * All arithmetic is checked; what can't be represented is %TILL_ERROR_OVERFLOW and leaves the result as it was.
 */
typedef struct
{
  gint64 minor;     /* cents, yen, fils: whatever the currency's smallest unit is */
  char currency[4]; /* three capital letters and a NUL */
} TillMoney;

/* Digits after the point by ISO 4217 (0 for JPY, 2 for EUR, 3 for KWD), or -1 for an unknown code. */
int till_currency_exponent (const char *currency);

/* Fills in @money; %TILL_ERROR_CURRENCY for an unknown code. */
gboolean till_money_init (TillMoney *money, gint64 minor, const char *currency, GError **error);

/*
 * Reads "12.50" or "-3", point as separator, no more decimals than the currency has, no exponent, no spaces.
 * %TILL_ERROR_INVALID, %TILL_ERROR_OVERFLOW or %TILL_ERROR_CURRENCY otherwise.
 */
gboolean till_money_parse (TillMoney *money, const char *decimal, const char *currency, GError **error);

/* sum = a + b; the currencies must be the same. @sum may be @a or @b. */
gboolean till_money_add (const TillMoney *a, const TillMoney *b, TillMoney *sum, GError **error);

/* difference = a - b; the currencies must be the same. */
gboolean till_money_subtract (const TillMoney *a, const TillMoney *b, TillMoney *difference, GError **error);

/* product = a * factor. */
gboolean till_money_multiply (const TillMoney *a, gint64 factor, TillMoney *product, GError **error);

/*
 * share = a * numerator / denominator, rounded half away from zero, without overflow in between.
 * The denominator must be above zero.
 */
gboolean
till_money_scale (const TillMoney *a, gint64 numerator, gint64 denominator, TillMoney *share, GError **error);

/* Less than, equal to or greater than 0 as @a is to @b. It is a programming error if the currencies differ. */
int till_money_compare (const TillMoney *a, const TillMoney *b);

gboolean till_money_same_currency (const TillMoney *a, const TillMoney *b);

/* For machines: "12.50", the point always, as many decimals as the currency has (transfer full). */
char *till_money_to_decimal (const TillMoney *money);

/* For people: currency sign and separators of the user's locale, through ICU, as "€12.50" (transfer full). */
char *till_money_format (const TillMoney *money);

/* The same for a locale by its POSIX name, as "de_DE.UTF-8"; it need not be installed (transfer full). */
char *till_money_format_for (const TillMoney *money, const char *locale);

G_END_DECLS
