/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sandbox/till-sandbox-currency.h"

#include <libsoup/soup.h>
#include <string.h>

/* https://docs.stripe.com/currencies: what it can charge in. */
static const char supported[] = " aed afn all amd ang aoa ars aud awg azn bam bbd bdt bgn bhd bif bmd bnd "
                                "bob brl bsd bwp byn bzd cad cdf chf clp "
                                "cny cop crc cve czk djf dkk dop dzd egp etb eur fjd fkp gbp gel gip gmd gnf "
                                "gtq gyd hkd hnl htg huf idr ils inr "
                                "isk jmd jod jpy kes kgs khr kmf krw kwd kyd kzt lak lbp lkr lrd lsl mad mdl "
                                "mga mkd mmk mnt mop mur mvr mwk mxn "
                                "myr mzn nad ngn nio nok npr nzd omr pab pen pgk php pkr pln pyg qar ron rsd "
                                "rub rwf sar sbd scr sek sgd shp sle "
                                "sos srd std szl thb tjs tnd top try ttd twd tzs uah ugx usd uyu uzs vnd vuv "
                                "wst xaf xcd xof xpf yer zar zmw ";

/* The same page: least charges, in minor units. */
static const struct
{
  char currency[4];
  gint64 least;
} leasts[] = {
  { "usd", 50 },    { "aed", 200 },  { "aud", 50 },  { "bgn", 100 },  { "brl", 50 },  { "cad", 50 },
  { "chf", 50 },    { "czk", 1500 }, { "dkk", 250 }, { "eur", 50 },   { "gbp", 30 },  { "hkd", 400 },
  { "huf", 17500 }, { "inr", 50 },   { "jpy", 50 },  { "mxn", 1000 }, { "myr", 200 }, { "nok", 300 },
  { "nzd", 50 },    { "pln", 200 },  { "ron", 200 }, { "sek", 300 },  { "sgd", 50 },  { "thb", 1000 },
};

gboolean
till_sandbox_currency_read (TillSandboxCall *call, char *currency)
{
  const char *sent = NULL;

  if (!till_sandbox_call_require (call, "currency") || !till_sandbox_call_id (call, "currency", &sent))
    return FALSE;

  g_autofree char *small = g_ascii_strdown (sent, -1);
  g_autofree char *word = g_strdup_printf (" %s ", small);
  if (strlen (small) != 3 || strstr (supported, word) == NULL)
    return till_sandbox_call_fail (call, SOUP_STATUS_BAD_REQUEST, NULL, "currency",
                                   "Invalid currency: %.20s. The payment can be made in these currencies:%s",
                                   small, supported);
  g_strlcpy (currency, small, 4);
  return TRUE;
}

gboolean
till_sandbox_currency_check_amount (TillSandboxCall *call, gint64 amount, const char *currency)
{
  gint64 least = 1;

  if (amount < 1)
    return till_sandbox_call_fail (call, SOUP_STATUS_BAD_REQUEST, "parameter_invalid_integer", "amount",
                                   "This value must be greater than or equal to 1.");
  if (amount > TILL_SANDBOX_AMOUNT_LARGEST)
    return till_sandbox_call_fail (call, SOUP_STATUS_BAD_REQUEST, "amount_too_large", "amount",
                                   "Amount must be no more than %d %s in minor units.",
                                   TILL_SANDBOX_AMOUNT_LARGEST, currency);

  for (gsize i = 0; i < G_N_ELEMENTS (leasts); i++)
    if (g_str_equal (leasts[i].currency, currency))
      least = leasts[i].least;
  if (amount < least)
    return till_sandbox_call_fail (call, SOUP_STATUS_BAD_REQUEST, "amount_too_small", "amount",
                                   "Amount must be at least %" G_GINT64_FORMAT " %s in minor units.", least,
                                   currency);
  return TRUE;
}
