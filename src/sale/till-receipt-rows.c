/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sale/till-receipt-rows.h"

#include "sale/till-rate.h"

#include <glib/gi18n-lib.h>

static void
till_receipt_row_clear (gpointer data)
{
  TillReceiptRow *row = data;

  g_free (row->left);
  g_free (row->right);
}

static void
add_row (GArray *rows, TillReceiptRowKind kind, const char *left, const char *right)
{
  TillReceiptRow row = { .kind = kind, .left = g_strdup (left), .right = g_strdup (right) };

  g_array_append_val (rows, row);
}

static void
add_amount (GArray *rows, TillReceiptRowKind kind, const char *label, const TillMoney *amount)
{
  g_autofree char *shown = till_money_format (amount);

  add_row (rows, kind, label, shown);
}

/* What goes off a total or back to a customer is shown below zero; no amount on a receipt is below zero itself. */
static void
add_taken (GArray *rows, TillReceiptRowKind kind, const char *label, const TillMoney *amount)
{
  TillMoney taken = *amount;

  taken.minor = -amount->minor;
  add_amount (rows, kind, label, &taken);
}

static void
add_sum (GArray *rows,
         const TillReceipt *self,
         TillReceiptRowKind kind,
         const char *label,
         const TillMoney *amount)
{
  if (till_receipt_is_refund (self))
    add_taken (rows, kind, label, amount);
  else
    add_amount (rows, kind, label, amount);
}

static void
add_number (GArray *rows, const TillReceipt *self)
{
  const char *number = till_receipt_get_number (self);

  if (!till_receipt_is_refund (self))
    {
      g_autofree char *receipt = g_strdup_printf (_ ("Receipt %s"), number);
      add_row (rows, TILL_RECEIPT_ROW_CENTRED, receipt, "");
      return;
    }

  g_autofree char *refund
      = g_strdup_printf (till_receipt_is_void (self) ? _ ("Cancellation %s") : _ ("Refund %s"), number);
  /* Translators: which receipt a refund belongs to. */
  g_autofree char *of = g_strdup_printf (_ ("of receipt %s"), till_receipt_get_of (self));
  add_row (rows, TILL_RECEIPT_ROW_CENTRED, refund, "");
  add_row (rows, TILL_RECEIPT_ROW_CENTRED, of, "");
}

static void
add_head (GArray *rows, const TillReceipt *self)
{
  g_autoptr (GDateTime) at = g_date_time_new_from_unix_local (till_receipt_get_at_us (self) / G_USEC_PER_SEC);
  g_autofree char *when = at != NULL ? g_date_time_format (at, "%F %R") : NULL;

  add_row (rows, TILL_RECEIPT_ROW_HEADING, till_receipt_get_shop (self), "");
  add_number (rows, self);
  if (when != NULL)
    add_row (rows, TILL_RECEIPT_ROW_CENTRED, when, "");
  add_row (rows, TILL_RECEIPT_ROW_RULE, "", "");
}

static void
add_discounts (GArray *rows, const TillReceipt *self, TillReceiptRowKind kind, const char *article)
{
  for (guint i = 0; i < till_receipt_get_n_discounts (self); i++)
    {
      const TillDiscount *discount = till_receipt_get_discount (self, i);
      g_autofree char *label = till_discount_format (discount);

      if (g_strcmp0 (discount->article, article) == 0)
        add_taken (rows, kind, label, &discount->amount);
    }
}

/* "2 × €2.20", unless what is given back is not that any more (transfer full). */
static char *
format_quantity (const TillReceiptLine *line)
{
  if (line->price.minor * line->quantity != line->total.minor)
    /* Translators: how many of an article are given back, at what was paid for them after discounts. */
    return g_strdup_printf (ngettext ("%u piece, as paid", "%u pieces, as paid", line->quantity),
                            line->quantity);

  g_autofree char *price = till_money_format (&line->price);
  /* Translators: how many of an article, and the price of one, on a receipt. */
  return g_strdup_printf (_ ("%u × %s"), line->quantity, price);
}

static void
add_line (GArray *rows, const TillReceipt *self, const TillReceiptLine *line)
{
  g_autofree char *quantity = format_quantity (line);

  if (line->quantity == 1 && line->price.minor == line->total.minor)
    add_sum (rows, self, TILL_RECEIPT_ROW_PAIR, line->name, &line->total);
  else
    {
      add_row (rows, TILL_RECEIPT_ROW_PAIR, line->name, "");
      add_sum (rows, self, TILL_RECEIPT_ROW_DETAIL, quantity, &line->total);
    }
  add_discounts (rows, self, TILL_RECEIPT_ROW_DETAIL, line->article);
}

static void
add_taxes (GArray *rows, const TillReceipt *self)
{
  for (guint i = 0; i < till_receipt_get_n_taxes (self); i++)
    {
      const TillTaxSum *sum = till_receipt_get_tax (self, i);
      g_autofree char *rate = till_rate_format (sum->rate);
      g_autofree char *net = till_money_format (&sum->net);
      /* Translators: one tax on a receipt: its name, its rate, and the net amount it is worked out on. */
      g_autofree char *label = g_strdup_printf (_ ("%s %s %% on %s"), sum->name, rate, net);

      add_sum (rows, self, TILL_RECEIPT_ROW_DETAIL, label, &sum->tax);
    }
}

/* What is taken off the whole basket, below what it is taken off. */
static void
add_basket_discounts (GArray *rows, const TillReceipt *self)
{
  TillMoney left = till_receipt_get_goods (self);
  gboolean any = FALSE;

  for (guint i = 0; i < till_receipt_get_n_discounts (self); i++)
    {
      const TillDiscount *discount = till_receipt_get_discount (self, i);

      if (discount->article != NULL)
        left.minor -= discount->amount.minor;
      else
        any = TRUE;
    }
  if (!any)
    return;
  add_amount (rows, TILL_RECEIPT_ROW_PAIR, _ ("Goods"), &left);
  add_discounts (rows, self, TILL_RECEIPT_ROW_PAIR, NULL);
}

static TillMoney
sum_taxes (const TillReceipt *self, gboolean net)
{
  TillMoney sum = *till_receipt_get_total (self);

  sum.minor = 0;
  for (guint i = 0; i < till_receipt_get_n_taxes (self); i++)
    {
      const TillTaxSum *tax = till_receipt_get_tax (self, i);
      sum.minor += net ? tax->net.minor : tax->tax.minor;
    }
  return sum;
}

static void
add_sums (GArray *rows, const TillReceipt *self)
{
  TillMoney net = sum_taxes (self, TRUE), tax = sum_taxes (self, FALSE);
  const char *total = till_receipt_is_refund (self) ? _ ("GIVEN BACK") : _ ("TOTAL");

  add_row (rows, TILL_RECEIPT_ROW_RULE, "", "");
  add_basket_discounts (rows, self);
  if (till_receipt_is_tax_inclusive (self))
    {
      add_sum (rows, self, TILL_RECEIPT_ROW_TOTAL, total, till_receipt_get_total (self));
      add_sum (rows, self, TILL_RECEIPT_ROW_PAIR, _ ("Tax included"), &tax);
      add_taxes (rows, self);
      return;
    }
  add_sum (rows, self, TILL_RECEIPT_ROW_PAIR, _ ("Before tax"), &net);
  add_sum (rows, self, TILL_RECEIPT_ROW_PAIR, _ ("Tax"), &tax);
  add_taxes (rows, self);
  add_sum (rows, self, TILL_RECEIPT_ROW_TOTAL, total, till_receipt_get_total (self));
}

static void
add_tender (GArray *rows, const TillReceipt *self)
{
  const TillTender *tender = till_receipt_get_tender (self);
  const char *way = till_tender_get_label (tender->kind);
  /* Translators: the way to pay, on a receipt: "Paid: Cash". */
  g_autofree char *paid = till_receipt_is_refund (self) ? g_strdup_printf (_ ("Given back: %s"), way)
                                                        : g_strdup_printf (_ ("Paid: %s"), way);

  add_row (rows, TILL_RECEIPT_ROW_RULE, "", "");
  add_sum (rows, self, TILL_RECEIPT_ROW_PAIR, paid, &tender->amount);
  if (till_money_compare (&tender->given, &tender->amount) != 0)
    {
      add_amount (rows, TILL_RECEIPT_ROW_PAIR, _ ("Given"), &tender->given);
      add_amount (rows, TILL_RECEIPT_ROW_PAIR, _ ("Change"), &tender->change);
    }
  if (tender->reference != NULL)
    add_row (rows, TILL_RECEIPT_ROW_PAIR, _ ("Reference"), tender->reference);
  if (tender->approval != NULL)
    add_row (rows, TILL_RECEIPT_ROW_PAIR, _ ("Approval"), tender->approval);
}

GArray *
till_receipt_list_rows (const TillReceipt *self)
{
  GArray *rows = g_array_new (FALSE, TRUE, sizeof (TillReceiptRow));

  g_array_set_clear_func (rows, till_receipt_row_clear);
  add_head (rows, self);
  for (guint i = 0; i < till_receipt_get_n_lines (self); i++)
    add_line (rows, self, till_receipt_get_line (self, i));
  add_sums (rows, self);
  add_tender (rows, self);
  if (till_receipt_is_refund (self))
    {
      g_autofree char *reason = g_strdup_printf (_ ("Reason: %s"), till_receipt_get_reason (self));
      add_row (rows, TILL_RECEIPT_ROW_PAIR, reason, "");
      return rows;
    }
  add_row (rows, TILL_RECEIPT_ROW_SPACE, "", "");
  add_row (rows, TILL_RECEIPT_ROW_CENTRED, _ ("Thank you!"), "");
  return rows;
}
