/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sale/till-day-report-private.h"

#include "base/till-error.h"
#include "sale/till-json-member.h"
#include "sale/till-move.h"
#include "sale/till-receipt.h"
#include "sale/till-tender.h"

typedef struct
{
  TillDayReport *report;
  GPtrArray *rows;
  GArray *moves;
  GHashTable *receipts; /* id of a sale -> the row of its receipt */
} TillDayReading;

static void
till_day_prefix (const TillLedgerEntry *row, GError **error)
{
  g_prefix_error (error, "Row %" G_GINT64_FORMAT " of the ledger (%s): ", row->seq, row->kind);
}

/* Rows after the last day-close (transfer full). */
static GPtrArray *
till_day_take_rows (GPtrArray *rows)
{
  GPtrArray *taken = g_ptr_array_new ();

  for (guint i = 0; i < rows->len; i++)
    {
      TillLedgerEntry *row = g_ptr_array_index (rows, i);

      if (g_str_equal (row->kind, TILL_LEDGER_DAY_CLOSE))
        g_ptr_array_set_size (taken, 0);
      else
        g_ptr_array_add (taken, row);
    }
  return taken;
}

static GHashTable *
till_day_index_receipts (GPtrArray *rows)
{
  GHashTable *receipts = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < rows->len; i++)
    {
      TillLedgerEntry *row = g_ptr_array_index (rows, i);

      if (row->sale != NULL && g_str_equal (row->kind, TILL_LEDGER_RECEIPT)
          && !json_object_has_member (row->body, "kind"))
        g_hash_table_insert (receipts, row->sale, row);
    }
  return receipts;
}

/* The receipt of @move: the sale's row, or what was worked out before the money moved (transfer full) (nullable). */
static TillReceipt *
till_day_find_receipt (TillDayReading *reading, const TillMove *move)
{
  const TillLedgerEntry *row
      = move->sale != NULL && !move->refund ? g_hash_table_lookup (reading->receipts, move->sale) : NULL;
  g_autoptr (TillReceipt) receipt = NULL;

  /* A sale can have had another payment before the one that its receipt tells of. */
  if (row != NULL && g_strcmp0 (row->attempt, move->attempt) == 0)
    receipt = till_receipt_from_json (row->body, NULL);
  return receipt != NULL && till_move_is_told_by (move, receipt) ? g_steal_pointer (&receipt)
                                                                 : till_move_read_receipt (move);
}

static gboolean
till_day_add_taxes (TillDayReport *report, const TillReceipt *receipt, GError **error)
{
  gboolean refund = till_receipt_is_refund (receipt);

  for (guint i = 0; i < till_receipt_get_n_taxes (receipt); i++)
    {
      TillTaxSum sum = *till_receipt_get_tax (receipt, i);
      TillDayTax *tax = till_day_report_find_tax (report, sum.id, sum.name, sum.rate);

      if (refund)
        {
          sum.net.minor = -sum.net.minor;
          sum.tax.minor = -sum.tax.minor;
          sum.gross.minor = -sum.gross.minor;
        }
      if (!till_money_add (&tax->net, &sum.net, &tax->net, error)
          || !till_money_add (&tax->tax, &sum.tax, &tax->tax, error)
          || !till_money_add (&tax->gross, &sum.gross, &tax->gross, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
till_day_add_discounts (TillDayReport *report, const TillReceipt *receipt, GError **error)
{
  for (guint i = 0; i < till_receipt_get_n_discounts (receipt); i++)
    {
      const TillDiscount *discount = till_receipt_get_discount (receipt, i);

      if (!till_day_count_add (&report->discounts[discount->kind], &discount->amount, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
till_day_add_hour (TillDayReport *report, const TillMove *move, GError **error)
{
  g_autoptr (GDateTime) at = g_date_time_new_from_unix_local (move->end->at_us / G_USEC_PER_SEC);

  return at == NULL || till_day_count_add (&report->hours[g_date_time_get_hour (at)], &move->amount, error);
}

static gboolean
till_day_add_done (TillDayReading *reading, const TillMove *move, GError **error)
{
  TillDayReport *report = reading->report;
  TillDayTender *tender = till_day_report_find_tender (report, move->tender);

  if (move->undone)
    return TRUE;
  if (!till_day_count_add (move->refund ? &tender->refunded : &tender->sold, &move->amount, error))
    return FALSE;
  if (move->void_sale && !till_day_count_add (&report->voids, &move->amount, error))
    return FALSE;
  if (!move->refund && !till_day_add_hour (report, move, error))
    return FALSE;

  g_autoptr (TillReceipt) receipt = till_day_find_receipt (reading, move);
  return receipt == NULL
         || (till_day_add_taxes (report, receipt, error) && till_day_add_discounts (report, receipt, error));
}

static gboolean
till_day_add_move (TillDayReading *reading, const TillMove *move, GError **error)
{
  TillDayReport *report = reading->report;

  switch (move->status)
    {
    case TILL_MOVE_OPEN:
      return till_day_count_add (move->refund ? &report->unresolved_refunds : &report->unresolved,
                                 &move->amount, error);
    case TILL_MOVE_DECLINED:
      return move->refund || till_day_count_add (&report->declined, &move->amount, error);
    case TILL_MOVE_DONE:
    default:
      return till_day_add_done (reading, move, error);
    }
}

/* What should have been in the drawer by cash that moved before row @seq. */
static gboolean
till_day_sum_cash_before (TillDayReading *reading, gint64 seq, TillMoney *expected, GError **error)
{
  for (guint i = 0; i < reading->moves->len; i++)
    {
      const TillMove *move = &g_array_index (reading->moves, TillMove, i);

      if (move->end == NULL || move->end->seq > seq || !g_str_equal (move->tender, TILL_TENDER_CASH))
        continue;
      if (!(move->refund ? till_money_subtract (expected, &move->amount, expected, error)
                         : till_money_add (expected, &move->amount, expected, error)))
        return FALSE;
    }
  return TRUE;
}

static gboolean
till_day_count_drawer (TillDayReading *reading,
                       const TillLedgerEntry *row,
                       const TillMoney *amount,
                       GError **error)
{
  TillDayDrawer *drawer = &reading->report->drawer;

  drawer->counted_yet = TRUE;
  drawer->counted = *amount;
  return till_money_add (&drawer->opening, &drawer->paid_in, &drawer->expected_at_count, error)
         && till_money_subtract (&drawer->expected_at_count, &drawer->paid_out, &drawer->expected_at_count,
                                 error)
         && till_day_sum_cash_before (reading, row->seq, &drawer->expected_at_count, error);
}

static gboolean
till_day_add_drawer (TillDayReading *reading, const TillLedgerEntry *row, GError **error)
{
  TillDayDrawer *drawer = &reading->report->drawer;
  const char *what, *currency;
  TillMoney amount;

  if (!till_json_member_string (row->body, "what", &what, error)
      || !till_json_member_string (row->body, "currency", &currency, error)
      || !till_json_member_money (row->body, "amount", currency, &amount, error))
    return FALSE;
  if (!till_money_same_currency (&amount, &drawer->opening))
    {
      g_set_error (error, TILL_ERROR, TILL_ERROR_CURRENCY, "the drawer is counted in %s",
                   drawer->opening.currency);
      return FALSE;
    }
  if (g_str_equal (what, "count"))
    return till_day_count_drawer (reading, row, &amount, error);
  if (g_str_equal (what, "paid-in"))
    return till_money_add (&drawer->paid_in, &amount, &drawer->paid_in, error);
  if (g_str_equal (what, "paid-out"))
    return till_money_add (&drawer->paid_out, &amount, &drawer->paid_out, error);
  if (g_str_equal (what, "opening"))
    {
      drawer->opening = amount;
      return TRUE;
    }
  g_set_error_literal (error, TILL_ERROR, TILL_ERROR_CORRUPT, "it names nothing that can happen to a drawer");
  return FALSE;
}

/* What was disputed is what the evidence says was charged. */
static gboolean
till_day_add_dispute (TillDayReport *report, const TillLedgerEntry *row, GError **error)
{
  JsonNode *node = json_object_get_member (row->body, "evidence");
  TillMoney amount = report->disputes.sum;

  amount.minor = 0;
  if (node != NULL && JSON_NODE_HOLDS_OBJECT (node))
    till_json_member_money (json_node_get_object (node), "amount", amount.currency, &amount, NULL);
  return till_day_count_add (&report->disputes, &amount, error);
}

static gboolean
till_day_add_row (TillDayReading *reading, const TillLedgerEntry *row, GError **error)
{
  TillDayReport *report = reading->report;

  if (report->first_seq == 0)
    {
      report->first_seq = row->seq;
      report->since_us = row->at_us;
    }
  report->last_seq = MAX (report->last_seq, row->seq);
  if (g_str_equal (row->kind, TILL_LEDGER_DRAWER))
    return till_day_add_drawer (reading, row, error);
  return !g_str_equal (row->kind, TILL_LEDGER_DISPUTE) || till_day_add_dispute (report, row, error);
}

static gboolean
till_day_read (TillDayReading *reading, GError **error)
{
  for (guint i = 0; i < reading->moves->len; i++)
    {
      const TillMove *move = &g_array_index (reading->moves, TillMove, i);

      if (!till_day_add_move (reading, move, error))
        {
          till_day_prefix (move->end != NULL ? move->end : move->begin, error);
          return FALSE;
        }
    }
  for (guint i = 0; i < reading->rows->len; i++)
    if (!till_day_add_row (reading, g_ptr_array_index (reading->rows, i), error))
      {
        till_day_prefix (g_ptr_array_index (reading->rows, i), error);
        return FALSE;
      }
  return till_day_report_sum_up (reading->report, error);
}

TillDayReport *
till_day_report_new (
    const char *shop, const char *currency, guint number, gint64 at_us, GPtrArray *rows, GError **error)
{
  g_autoptr (TillDayReport) report = till_day_report_alloc (shop, currency, number, at_us, error);
  g_autoptr (GPtrArray) taken = till_day_take_rows (rows);
  g_autoptr (GArray) moves = report != NULL ? till_moves_read (taken, error) : NULL;
  g_autoptr (GHashTable) receipts = till_day_index_receipts (taken);
  TillDayReading reading = { .report = report, .rows = taken, .moves = moves, .receipts = receipts };

  if (moves == NULL || !till_day_read (&reading, error))
    return NULL;
  return g_steal_pointer (&report);
}
