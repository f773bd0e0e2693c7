/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sale/till-refund-state.h"

#include "sale/till-apportion.h"
#include "sale/till-receipt-private.h"

static TillRefundStateClass *
till_refund_state_class (const TillRefundState *self, guint index)
{
  return &g_array_index (self->classes, TillRefundStateClass, index);
}

TillRefundStateLine *
till_refund_state_line (const TillRefundState *self, guint index)
{
  return &g_array_index (self->lines, TillRefundStateLine, index);
}

gint64
till_refund_state_get_left (const TillRefundState *self)
{
  return till_receipt_get_total (self->sale)->minor - self->given;
}

int
till_refund_state_find (const TillRefundState *self, const char *article)
{
  for (guint i = 0; i < self->lines->len; i++)
    if (g_str_equal (till_receipt_get_line (self->sale, i)->article, article))
      return (int) i;
  return -1;
}

static int
till_refund_state_find_class (const TillRefundState *self, const char *id)
{
  for (guint i = 0; i < self->classes->len; i++)
    if (g_strcmp0 (till_receipt_get_tax (self->sale, i)->id, id) == 0)
      return (int) i;
  return -1;
}

/* Adds a refund that was made: what it says, which is what was given back. */
static void
till_refund_state_add (TillRefundState *self, const TillReceipt *refund)
{
  guint n = till_receipt_get_n_lines (refund);

  self->given += till_receipt_get_total (refund)->minor;
  self->blind = self->blind || n == 0;
  for (guint i = 0; i < n; i++)
    {
      const TillReceiptLine *line = till_receipt_get_line (refund, i);
      int index = till_refund_state_find (self, line->article);

      if (index < 0)
        {
          self->blind = TRUE;
          continue;
        }
      till_refund_state_line (self, (guint) index)->quantity += line->quantity;
      till_refund_state_line (self, (guint) index)->given += line->total.minor;
    }
  for (guint i = 0; i < till_receipt_get_n_taxes (refund); i++)
    {
      const TillTaxSum *sum = till_receipt_get_tax (refund, i);
      int index = till_refund_state_find_class (self, sum->id);

      if (index < 0)
        continue;
      till_refund_state_class (self, (guint) index)->gross += sum->gross.minor;
      till_refund_state_class (self, (guint) index)->tax += sum->tax.minor;
    }
}

TillRefundState *
till_refund_state_new (const TillReceipt *sale, GPtrArray *earlier)
{
  TillRefundState *self = g_new0 (TillRefundState, 1);
  guint n = till_receipt_get_n_lines (sale);
  g_autofree gint64 *paid = g_new (gint64, n);

  self->sale = sale;
  self->lines = g_array_new (FALSE, TRUE, sizeof (TillRefundStateLine));
  self->classes = g_array_new (FALSE, TRUE, sizeof (TillRefundStateClass));
  g_array_set_size (self->lines, n);
  g_array_set_size (self->classes, till_receipt_get_n_taxes (sale));
  till_receipt_share_out (sale, paid);
  for (guint i = 0; i < n; i++)
    till_refund_state_line (self, i)->paid = paid[i];
  for (guint i = 0; earlier != NULL && i < earlier->len; i++)
    till_refund_state_add (self, g_ptr_array_index (earlier, i));
  return self;
}

void
till_refund_state_free (TillRefundState *self)
{
  g_array_unref (self->lines);
  g_array_unref (self->classes);
  g_free (self);
}

/* @part of @whole shares of @amount. */
static gint64
till_refund_state_share (const TillRefundState *self, gint64 amount, gint64 part, gint64 whole)
{
  TillMoney money = *till_receipt_get_total (self->sale), share;

  money.minor = amount;
  /* A share of no more than the whole of it can be counted. */
  if (!till_money_scale (&money, part, whole, &share, NULL))
    g_assert_not_reached ();
  return share.minor;
}

gint64
till_refund_state_return (TillRefundState *self, guint index, guint quantity)
{
  const TillReceiptLine *sold = till_receipt_get_line (self->sale, index);
  TillRefundStateLine *line = till_refund_state_line (self, index);

  line->quantity += quantity;
  gint64 due
      = till_refund_state_share (self, line->paid, MIN (line->quantity, sold->quantity), sold->quantity);
  gint64 worth = MAX (due - line->given, 0);
  line->given += worth;

  int class_index = till_refund_state_find_class (self, sold->tax_class);
  if (class_index >= 0)
    {
      self->given += worth;
      till_refund_state_class (self, (guint) class_index)->gross += worth;
    }
  else
    till_refund_state_return_amount (self, worth);
  return worth;
}

void
till_refund_state_return_amount (TillRefundState *self, gint64 amount)
{
  guint n = self->classes->len;
  g_autofree gint64 *left = g_new (gint64, n);
  g_autofree gint64 *parts = g_new (gint64, n);
  gint64 all = 0;

  for (guint i = 0; i < n; i++)
    {
      left[i] = MAX (
          till_receipt_get_tax (self->sale, i)->gross.minor - till_refund_state_class (self, i)->gross, 0);
      all += left[i];
    }
  self->given += amount;
  if (all == 0)
    return;
  till_apportion (amount, left, n, parts);
  for (guint i = 0; i < n; i++)
    till_refund_state_class (self, i)->gross += parts[i];
}

GArray *
till_refund_state_take_taxes (TillRefundState *self, const TillRefundState *before)
{
  GArray *sums = till_tax_sums_new ();

  for (guint i = 0; i < self->classes->len; i++)
    {
      const TillTaxSum *sold = till_receipt_get_tax (self->sale, i);
      TillRefundStateClass *now = till_refund_state_class (self, i);
      gint64 gross = now->gross - till_refund_state_class (before, i)->gross;

      if (gross <= 0)
        continue;

      gint64 due = till_refund_state_share (self, sold->tax.minor, MIN (now->gross, sold->gross.minor),
                                            sold->gross.minor);
      TillTaxSum sum = *sold;
      sum.id = g_strdup (sold->id);
      sum.name = g_strdup (sold->name);
      sum.gross.minor = gross;
      sum.tax.minor = CLAMP (due - now->tax, 0, gross);
      sum.net.minor = gross - sum.tax.minor;
      now->tax += sum.tax.minor;
      g_array_append_val (sums, sum);
    }
  return sums;
}
