/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sale/till-move.h"

#include "base/till-error.h"
#include "sale/till-json-member.h"
#include "sale/till-tender.h"

static gboolean
is_kind (const TillLedgerEntry *row, const char *kind)
{
  return g_str_equal (row->kind, kind);
}

static gboolean
till_move_read_amount (const TillLedgerEntry *row, TillMoney *amount, GError **error)
{
  g_autoptr (GError) problem = NULL;
  const char *currency;

  if (till_json_member_string (row->body, "currency", &currency, &problem)
      && till_json_member_money (row->body, "amount", currency, amount, &problem))
    return TRUE;
  g_set_error (error, TILL_ERROR, TILL_ERROR_CORRUPT, "Row %" G_GINT64_FORMAT " of the ledger (%s): %s",
               row->seq, row->kind, problem->message);
  return FALSE;
}

/* The tender as the constant it is, NULL for another. */
static const char *
till_move_find_tender (const char *tender)
{
  static const char *const tenders[] = { TILL_TENDER_FACE, TILL_TENDER_CASH, TILL_TENDER_CARD };

  for (guint i = 0; i < G_N_ELEMENTS (tenders); i++)
    if (g_strcmp0 (tender, tenders[i]) == 0)
      return tenders[i];
  return NULL;
}

static TillMove *
till_move_find (GArray *moves, const char *attempt)
{
  for (guint i = moves->len; attempt != NULL && i > 0; i--)
    {
      TillMove *move = &g_array_index (moves, TillMove, i - 1);

      if (g_strcmp0 (move->attempt, attempt) == 0)
        return move;
    }
  return NULL;
}

/* What is begun by face, or is over in one row at the counter. */
static gboolean
till_moves_begin (GArray *moves, const TillLedgerEntry *row, GError **error)
{
  gboolean counter = is_kind (row, TILL_LEDGER_TENDER) || is_kind (row, TILL_LEDGER_REFUND);
  TillMove move = {
    .refund = is_kind (row, TILL_LEDGER_REFUND) || is_kind (row, TILL_LEDGER_REFUND_INTENT),
    .reversal = till_json_is_true (row->body, "reversal"),
    .void_sale = till_json_is_true (row->body, "void"),
    .status = counter ? TILL_MOVE_DONE : TILL_MOVE_OPEN,
    .tender
    = counter ? till_move_find_tender (till_json_find_string (row->body, "tender")) : TILL_TENDER_FACE,
    .sale = row->sale,
    .attempt = counter ? NULL : row->attempt,
    .of = counter ? NULL : till_json_find_string (row->body, "of"),
    .begin = row,
    .end = counter ? row : NULL,
  };

  if (move.tender == NULL)
    {
      g_set_error (error, TILL_ERROR, TILL_ERROR_CORRUPT,
                   "Row %" G_GINT64_FORMAT " of the ledger (%s) names no way to pay that this till knows",
                   row->seq, row->kind);
      return FALSE;
    }
  if (!till_move_read_amount (row, &move.amount, error))
    return FALSE;
  g_array_append_val (moves, move);
  return TRUE;
}

static gboolean
till_moves_end (GArray *moves, const TillLedgerEntry *row, GError **error)
{
  TillMove *begun = till_move_find (moves, row->attempt);
  gboolean declined = g_strcmp0 (till_json_find_string (row->body, "status"), "declined") == 0;
  TillMove move = {
    .refund = is_kind (row, TILL_LEDGER_REFUND_END),
    .tender = TILL_TENDER_FACE,
    .sale = row->sale,
    .attempt = row->attempt,
  };

  if (begun != NULL)
    move = *begun;
  move.status = declined ? TILL_MOVE_DECLINED : TILL_MOVE_DONE;
  move.end = row;
  if (!till_move_read_amount (row, &move.amount, error))
    return FALSE;
  if (begun != NULL)
    *begun = move;
  else
    g_array_append_val (moves, move);
  return TRUE;
}

/* All that reversals have given back of @charge. */
static gint64
till_moves_count_reversed (GArray *moves, const char *charge)
{
  gint64 back = 0;

  for (guint i = 0; i < moves->len; i++)
    {
      const TillMove *move = &g_array_index (moves, TillMove, i);

      if (move->reversal && move->status == TILL_MOVE_DONE && g_strcmp0 (move->of, charge) == 0
          && __builtin_add_overflow (back, move->amount.minor, &back))
        return G_MAXINT64;
    }
  return back;
}

static void
till_moves_mark_undone (GArray *moves)
{
  for (guint i = 0; i < moves->len; i++)
    {
      TillMove *reversal = &g_array_index (moves, TillMove, i);
      TillMove *charge = reversal->reversal && reversal->status == TILL_MOVE_DONE
                             ? till_move_find (moves, reversal->of)
                             : NULL;

      if (charge == NULL || charge->refund || charge->status != TILL_MOVE_DONE || charge->amount.minor == 0
          || till_moves_count_reversed (moves, reversal->of) < charge->amount.minor)
        continue;
      charge->undone = reversal->undone = TRUE;
    }
}

GArray *
till_moves_read (GPtrArray *rows, GError **error)
{
  g_autoptr (GArray) moves = g_array_new (FALSE, TRUE, sizeof (TillMove));

  for (guint i = 0; i < rows->len; i++)
    {
      const TillLedgerEntry *row = g_ptr_array_index (rows, i);

      if (is_kind (row, TILL_LEDGER_CHARGE_INTENT) || is_kind (row, TILL_LEDGER_REFUND_INTENT)
          || is_kind (row, TILL_LEDGER_TENDER) || is_kind (row, TILL_LEDGER_REFUND))
        {
          if (!till_moves_begin (moves, row, error))
            return NULL;
        }
      else if (is_kind (row, TILL_LEDGER_CHARGE_END) || is_kind (row, TILL_LEDGER_REFUND_END))
        {
          if (!till_moves_end (moves, row, error))
            return NULL;
        }
    }
  till_moves_mark_undone (moves);
  return g_steal_pointer (&moves);
}

gboolean
till_move_is_told_by (const TillMove *move, const TillReceipt *receipt)
{
  const TillMoney *total = till_receipt_get_total (receipt);

  return till_receipt_is_refund (receipt) == move->refund && till_money_same_currency (total, &move->amount)
         && till_money_compare (total, &move->amount) == 0;
}

TillReceipt *
till_move_read_receipt (const TillMove *move)
{
  JsonNode *node = move->begin != NULL ? json_object_get_member (move->begin->body, "receipt") : NULL;
  g_autoptr (TillReceipt) receipt = NULL;

  if (node != NULL && JSON_NODE_HOLDS_OBJECT (node))
    receipt = till_receipt_from_json (json_node_get_object (node), NULL);
  return receipt != NULL && till_move_is_told_by (move, receipt) ? g_steal_pointer (&receipt) : NULL;
}
