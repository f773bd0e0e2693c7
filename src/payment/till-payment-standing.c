/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "payment/till-payment-standing.h"

#include "base/till-error.h"
#include "payment/till-payment-row.h"
#include "payment/till-stripe-json.h"

#include <string.h>

#define FACE "face"

void
till_payment_standing_clear (TillPaymentStanding *standing)
{
  g_clear_pointer (&standing->tender, g_free);
  g_clear_pointer (&standing->attempt, g_free);
  g_clear_pointer (&standing->reference, g_free);
  *standing = (TillPaymentStanding){ .open = FALSE };
}

/* sum += amount, where a sum without a currency takes that of the amount. */
static gboolean
add (TillMoney *sum, const TillMoney *amount, GError **error)
{
  if (*sum->currency != '\0')
    return till_money_add (sum, amount, sum, error);
  *sum = *amount;
  return TRUE;
}

static gboolean
take (TillMoney *sum, const TillMoney *amount, GError **error)
{
  return till_money_subtract (sum, amount, sum, error);
}

/* The rows of a sale, as they come */
typedef struct
{
  TillPaymentStanding *standing;
  GHashTable *open; /* of attempt to its intent (const TillLedgerEntry *) */
} Reader;

static void
note_payment (TillPaymentStanding *standing, const char *tender, const char *attempt, const char *reference)
{
  g_free (standing->tender);
  g_free (standing->attempt);
  g_free (standing->reference);
  standing->tender = g_strdup (tender);
  standing->attempt = g_strdup (attempt);
  standing->reference = g_strdup (reference);
}

static gboolean
read_payment (Reader *reader, const TillLedgerEntry *row, GError **error)
{
  TillPaymentStanding *standing = reader->standing;
  gboolean face = till_payment_is_end (row);
  TillMoney amount;

  if (!till_payment_read_amount (row, &amount, error) || !add (&standing->paid, &amount, error))
    return FALSE;
  note_payment (standing, face ? FACE : till_payment_get_text (row, "tender"), face ? row->attempt : NULL,
                face ? till_payment_get_text (row, "reference") : NULL);
  return TRUE;
}

static gboolean
read_reversal (Reader *reader, const TillLedgerEntry *intent, const TillMoney *amount, GError **error)
{
  TillPaymentStanding *standing = reader->standing;

  if (!take (&standing->paid, amount, error))
    return FALSE;
  if (standing->paid.minor <= 0 && g_strcmp0 (standing->attempt, till_payment_get_text (intent, "of")) == 0)
    note_payment (standing, NULL, NULL, NULL);
  return TRUE;
}

static gboolean
read_refund_end (Reader *reader, const TillLedgerEntry *row, GError **error)
{
  const TillLedgerEntry *intent = g_hash_table_lookup (reader->open, row->attempt);
  TillMoney amount;

  if (intent == NULL)
    {
      g_set_error (error, TILL_ERROR, TILL_ERROR_CORRUPT,
                   "row %" G_GINT64_FORMAT " of the ledger ends a refund that was not begun", row->seq);
      return FALSE;
    }
  if (!till_payment_is_approval (row))
    return TRUE;
  if (!till_payment_read_amount (intent, &amount, error))
    return FALSE;
  if (till_stripe_json_is_true (intent->body, "reversal"))
    return read_reversal (reader, intent, &amount, error);
  return add (&reader->standing->refunded, &amount, error);
}

static gboolean
read_row (Reader *reader, TillLedgerEntry *row, GError **error)
{
  TillMoney amount;
  gboolean well = TRUE;

  if (till_payment_is_intent (row))
    g_hash_table_insert (reader->open, row->attempt, row);
  else if (till_payment_is_kind (row, TILL_LEDGER_TENDER)
           || (till_payment_is_kind (row, TILL_LEDGER_CHARGE_END) && till_payment_is_approval (row)))
    well = read_payment (reader, row, error);
  else if (till_payment_is_kind (row, TILL_LEDGER_REFUND_END))
    well = read_refund_end (reader, row, error);
  else if (till_payment_is_kind (row, TILL_LEDGER_REFUND))
    well
        = till_payment_read_amount (row, &amount, error) && add (&reader->standing->refunded, &amount, error);
  if (till_payment_is_end (row))
    g_hash_table_remove (reader->open, row->attempt);
  return well;
}

static gboolean
read_open (Reader *reader, GError **error)
{
  GHashTableIter iter;
  gpointer intent = NULL;

  g_hash_table_iter_init (&iter, reader->open);
  while (g_hash_table_iter_next (&iter, NULL, &intent))
    {
      TillMoney amount;

      reader->standing->open = TRUE;
      if (!till_payment_is_refund_intent (intent))
        continue;
      if (!till_payment_read_amount (intent, &amount, error)
          || !add (&reader->standing->refunding, &amount, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
is_one_currency (const TillPaymentStanding *standing, GError **error)
{
  if (till_money_same_currency (&standing->paid, &standing->refunded)
      && till_money_same_currency (&standing->paid, &standing->refunding))
    return TRUE;
  g_set_error_literal (error, TILL_ERROR, TILL_ERROR_CURRENCY,
                       "the sale was paid in one currency and given back in another");
  return FALSE;
}

/* Sums of nothing are in the currency of the others. */
static void
fill_currencies (TillPaymentStanding *standing)
{
  TillMoney *const sums[] = { &standing->paid, &standing->refunded, &standing->refunding };

  for (guint i = 0; i < G_N_ELEMENTS (sums); i++)
    for (guint k = 0; k < G_N_ELEMENTS (sums); k++)
      if (*sums[i]->currency == '\0')
        memcpy (sums[i]->currency, sums[k]->currency, sizeof sums[i]->currency);
}

gboolean
till_payment_standing_read (TillPaymentStanding *standing, const char *sale, GPtrArray *rows, GError **error)
{
  g_autoptr (GHashTable) open = g_hash_table_new (g_str_hash, g_str_equal);
  Reader reader = { .standing = standing, .open = open };
  gboolean well = TRUE;

  *standing = (TillPaymentStanding){ .open = FALSE };
  for (guint i = 0; well && i < rows->len; i++)
    {
      TillLedgerEntry *row = g_ptr_array_index (rows, i);

      if (g_strcmp0 (row->sale, sale) == 0)
        well = read_row (&reader, row, error);
    }
  well = well && read_open (&reader, error);
  fill_currencies (standing);
  if (well && is_one_currency (standing, error))
    return TRUE;
  till_payment_standing_clear (standing);
  return FALSE;
}

TillMoney
till_payment_standing_get_left (const TillPaymentStanding *standing)
{
  TillMoney left = standing->paid;

  /* Neither can be below zero, nor be more than is paid unless the ledger was written by others. */
  left.minor = MAX (0, standing->paid.minor - MIN (standing->paid.minor, standing->refunded.minor));
  left.minor -= MIN (left.minor, standing->refunding.minor);
  return left;
}
