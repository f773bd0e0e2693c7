/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sale/till-tax.h"

#include "base/till-error.h"

void
till_tax_sum_clear (TillTaxSum *sum)
{
  g_clear_pointer (&sum->id, g_free);
  g_clear_pointer (&sum->name, g_free);
}

GArray *
till_tax_sums_new (void)
{
  GArray *sums = g_array_new (FALSE, TRUE, sizeof (TillTaxSum));

  g_array_set_clear_func (sums, (GDestroyNotify) till_tax_sum_clear);
  return sums;
}

GArray *
till_tax_sums_copy (GArray *sums)
{
  GArray *copy = till_tax_sums_new ();

  for (guint i = 0; i < sums->len; i++)
    {
      TillTaxSum sum = g_array_index (sums, TillTaxSum, i);

      sum.id = g_strdup (sum.id);
      sum.name = g_strdup (sum.name);
      g_array_append_val (copy, sum);
    }
  return copy;
}

/* Adds up the prices of one class; *occurs says whether there were any. */
static gboolean
till_tax_add_prices (const TillTaxClass *tax_class,
                     const TillTaxedAmount *amounts,
                     guint n,
                     TillMoney *prices,
                     gboolean *occurs,
                     GError **error)
{
  *occurs = FALSE;
  for (guint i = 0; i < n; i++)
    {
      if (!g_str_equal (amounts[i].tax_class, tax_class->id))
        continue;
      *occurs = TRUE;
      if (!till_money_add (prices, &amounts[i].amount, prices, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
till_tax_split (gboolean inclusive, const TillMoney *prices, int rate, TillTaxSum *sum, GError **error)
{
  if (inclusive)
    {
      sum->gross = *prices;
      return till_money_scale (prices, rate, TILL_RATE_WHOLE + rate, &sum->tax, error)
             && till_money_subtract (prices, &sum->tax, &sum->net, error);
    }
  sum->net = *prices;
  return till_money_scale (prices, rate, TILL_RATE_WHOLE, &sum->tax, error)
         && till_money_add (prices, &sum->tax, &sum->gross, error);
}

static gboolean
till_tax_check_classes (const TillTaxTable *table, const TillTaxedAmount *amounts, guint n, GError **error)
{
  for (guint i = 0; i < n; i++)
    if (till_tax_table_find (table, amounts[i].tax_class) == NULL)
      {
        g_set_error (error, TILL_ERROR, TILL_ERROR_NOT_FOUND, "The shop has no tax class “%s”",
                     amounts[i].tax_class);
        return FALSE;
      }
  return TRUE;
}

GArray *
till_tax_sum (
    const TillTaxTable *table, const TillTaxedAmount *amounts, guint n, const char *currency, GError **error)
{
  g_autoptr (GArray) sums = till_tax_sums_new ();
  TillMoney zero;

  if (!till_money_init (&zero, 0, currency, error) || !till_tax_check_classes (table, amounts, n, error))
    return NULL;

  for (guint i = 0; i < till_tax_table_get_n (table); i++)
    {
      const TillTaxClass *tax_class = till_tax_table_get (table, i);
      TillTaxSum sum = { 0 };
      TillMoney prices = zero;
      gboolean occurs;

      if (!till_tax_add_prices (tax_class, amounts, n, &prices, &occurs, error))
        return NULL;
      if (!occurs)
        continue;
      if (!till_tax_split (till_tax_table_is_inclusive (table), &prices, tax_class->rate, &sum, error))
        return NULL;
      sum.id = g_strdup (tax_class->id);
      sum.name = g_strdup (tax_class->name);
      sum.rate = tax_class->rate;
      g_array_append_val (sums, sum);
    }
  return g_steal_pointer (&sums);
}

gboolean
till_tax_total (
    GArray *sums, const char *currency, TillMoney *net, TillMoney *tax, TillMoney *gross, GError **error)
{
  TillMoney totals[3];

  if (!till_money_init (&totals[0], 0, currency, error))
    return FALSE;
  totals[1] = totals[2] = totals[0];

  for (guint i = 0; i < sums->len; i++)
    {
      const TillTaxSum *sum = &g_array_index (sums, TillTaxSum, i);

      if (!till_money_add (&totals[0], &sum->net, &totals[0], error)
          || !till_money_add (&totals[1], &sum->tax, &totals[1], error)
          || !till_money_add (&totals[2], &sum->gross, &totals[2], error))
        return FALSE;
    }

  if (net != NULL)
    *net = totals[0];
  if (tax != NULL)
    *tax = totals[1];
  if (gross != NULL)
    *gross = totals[2];
  return TRUE;
}
