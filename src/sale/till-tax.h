/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "base/till-money.h"
#include "sale/till-tax-table.h"

G_BEGIN_DECLS

/* Some goods' price, as marked, and the class it is taxed by. */
typedef struct
{
  const char *tax_class;
  TillMoney amount;
} TillTaxedAmount;

/* What one tax class comes to in a sale. net + tax = gross, exactly. */
typedef struct
{
  char *id;
  char *name;
  int rate; /* hundredths of a per cent */
  TillMoney net;
  TillMoney tax;
  TillMoney gross;
} TillTaxSum;

void till_tax_sum_clear (TillTaxSum *sum);

/* An empty array of them, and a copy of @sums (element-type TillTaxSum) (transfer full). */
GArray *till_tax_sums_new (void) G_GNUC_WARN_UNUSED_RESULT;
GArray *till_tax_sums_copy (GArray *sums) G_GNUC_WARN_UNUSED_RESULT;

/**
 * Sums @amounts by class: (element-type TillTaxSum) (transfer full), in the table's order, only classes that occur.
 *
 * The tax is worked out once per class on the class's sum and rounded there, half away from zero; the sale's tax and
 * total are the sums of these, so what the receipt lists always adds up to what is paid. Where prices hold the tax,
 * the gross of a class is the sum of its prices to the minor unit; where they don't, the net is.
 *
 * @currency: the sale's; other amounts are %TILL_ERROR_CURRENCY. %TILL_ERROR_NOT_FOUND for an unknown class,
 * %TILL_ERROR_OVERFLOW for a sum that can't be counted.
 */
GArray *till_tax_sum (const TillTaxTable *table,
                      const TillTaxedAmount *amounts,
                      guint n,
                      const char *currency,
                      GError **error) G_GNUC_WARN_UNUSED_RESULT;

/*
 * The whole of @sums (element-type TillTaxSum); each result may be NULL. An empty array gives zeros. The gross is
 * what the customer pays.
 */
gboolean till_tax_total (
    GArray *sums, const char *currency, TillMoney *net, TillMoney *tax, TillMoney *gross, GError **error);

G_END_DECLS
