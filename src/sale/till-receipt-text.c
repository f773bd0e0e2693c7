/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sale/till-receipt-private.h"

#include "sale/till-columns.h"

#include <glib/gi18n-lib.h>
#include <locale.h>

static void
till_receipt_append_amount (GString *text, const char *label, const TillMoney *amount)
{
  g_autofree char *shown = till_money_format (amount);

  till_columns_append_pair (text, TILL_RECEIPT_WIDTH, label, shown);
}

static void
till_receipt_append_head (GString *text, const TillReceipt *self)
{
  g_autofree char *number = g_strdup_printf (_ ("Receipt %s"), till_receipt_get_number (self));
  g_autoptr (GDateTime) at = g_date_time_new_from_unix_local (till_receipt_get_at_us (self) / G_USEC_PER_SEC);
  g_autofree char *when = at != NULL ? g_date_time_format (at, "%F %R") : NULL;

  till_columns_append_centred (text, TILL_RECEIPT_WIDTH, till_receipt_get_shop (self));
  till_columns_append_centred (text, TILL_RECEIPT_WIDTH, number);
  if (when != NULL)
    till_columns_append_centred (text, TILL_RECEIPT_WIDTH, when);
  till_columns_append_rule (text, TILL_RECEIPT_WIDTH, '-');
}

static void
till_receipt_append_line (GString *text, const TillReceiptLine *line)
{
  if (line->quantity == 1)
    {
      till_receipt_append_amount (text, line->name, &line->total);
      return;
    }

  g_autofree char *price = till_money_format (&line->price);
  /* Translators: how many of an article, and the price of one, on a receipt. */
  g_autofree char *times = g_strdup_printf (_ ("  %u × %s"), line->quantity, price);
  till_columns_append_pair (text, TILL_RECEIPT_WIDTH, line->name, "");
  till_receipt_append_amount (text, times, &line->total);
}

/* "5.5": hundredths of a per cent without needless zeros. */
static char *
till_receipt_format_rate (int rate)
{
  const char *point = localeconv ()->decimal_point;
  int whole = rate / 100, rest = rate % 100;

  if (rest == 0)
    return g_strdup_printf ("%d", whole);
  if (rest % 10 == 0)
    return g_strdup_printf ("%d%s%d", whole, point, rest / 10);
  return g_strdup_printf ("%d%s%02d", whole, point, rest);
}

static void
till_receipt_append_taxes (GString *text, const TillReceipt *self)
{
  for (guint i = 0; i < till_receipt_get_n_taxes (self); i++)
    {
      const TillTaxSum *sum = till_receipt_get_tax (self, i);
      g_autofree char *rate = till_receipt_format_rate (sum->rate);
      g_autofree char *net = till_money_format (&sum->net);
      /* Translators: one tax on a receipt: its name, its rate, and the net amount it is worked out on. */
      g_autofree char *label = g_strdup_printf (_ ("  %s %s %% on %s"), sum->name, rate, net);

      till_receipt_append_amount (text, label, &sum->tax);
    }
}

static void
till_receipt_append_sums (GString *text, const TillReceipt *self)
{
  TillMoney net, tax;

  if (!till_tax_total (self->taxes, self->total.currency, &net, &tax, NULL, NULL))
    g_assert_not_reached ();

  till_columns_append_rule (text, TILL_RECEIPT_WIDTH, '-');
  if (till_receipt_is_tax_inclusive (self))
    {
      till_receipt_append_amount (text, _ ("TOTAL"), till_receipt_get_total (self));
      till_receipt_append_amount (text, _ ("Tax included"), &tax);
      till_receipt_append_taxes (text, self);
      return;
    }
  till_receipt_append_amount (text, _ ("Before tax"), &net);
  till_receipt_append_amount (text, _ ("Tax"), &tax);
  till_receipt_append_taxes (text, self);
  till_receipt_append_amount (text, _ ("TOTAL"), till_receipt_get_total (self));
}

static void
till_receipt_append_tender (GString *text, const TillReceipt *self)
{
  const TillTender *tender = till_receipt_get_tender (self);
  /* Translators: the way to pay, on a receipt: "Paid: Cash". */
  g_autofree char *paid = g_strdup_printf (_ ("Paid: %s"), till_tender_get_label (tender->kind));

  till_columns_append_rule (text, TILL_RECEIPT_WIDTH, '-');
  till_receipt_append_amount (text, paid, &tender->amount);
  if (till_money_compare (&tender->given, &tender->amount) != 0)
    {
      till_receipt_append_amount (text, _ ("Given"), &tender->given);
      till_receipt_append_amount (text, _ ("Change"), &tender->change);
    }
  if (tender->reference != NULL)
    till_columns_append_pair (text, TILL_RECEIPT_WIDTH, _ ("Reference"), tender->reference);
  if (tender->approval != NULL)
    till_columns_append_pair (text, TILL_RECEIPT_WIDTH, _ ("Approval"), tender->approval);
}

char *
till_receipt_to_text (const TillReceipt *self)
{
  GString *text = g_string_new (NULL);

  till_receipt_append_head (text, self);
  for (guint i = 0; i < till_receipt_get_n_lines (self); i++)
    till_receipt_append_line (text, till_receipt_get_line (self, i));
  till_receipt_append_sums (text, self);
  till_receipt_append_tender (text, self);
  g_string_append_c (text, '\n');
  till_columns_append_centred (text, TILL_RECEIPT_WIDTH, _ ("Thank you!"));
  return g_string_free (text, FALSE);
}
