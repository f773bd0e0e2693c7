/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sale/till-refund.h"

#include "base/till-error.h"
#include "sale/till-json-member.h"
#include "sale/till-move.h"

#include <glib/gi18n-lib.h>

/* Id of the attempt by which the sale was paid that has a receipt (nullable); FALSE if no row is its receipt. */
static gboolean
till_refund_find_paid_attempt (GPtrArray *rows, const char **attempt)
{
  for (guint i = 0; i < rows->len; i++)
    {
      const TillLedgerEntry *row = g_ptr_array_index (rows, i);

      if (!g_str_equal (row->kind, TILL_LEDGER_RECEIPT) || json_object_has_member (row->body, "kind"))
        continue;
      *attempt = row->attempt;
      return TRUE;
    }
  return FALSE;
}

static gboolean
till_refund_was_declined (GPtrArray *rows, const char *attempt)
{
  for (guint i = 0; i < rows->len; i++)
    {
      const TillLedgerEntry *row = g_ptr_array_index (rows, i);

      if (g_str_equal (row->kind, TILL_LEDGER_REFUND_END) && g_strcmp0 (row->attempt, attempt) == 0)
        return g_strcmp0 (till_json_find_string (row->body, "status"), "declined") == 0;
    }
  return FALSE;
}

/*
 * Whether @row gives back some of the sale that has the receipt. What gives back another charge, one that was undone
 * before the sale was paid in the end, does not.
 */
static gboolean
till_refund_counts (GPtrArray *rows, const TillLedgerEntry *row)
{
  const char *paid = NULL;

  if (g_str_equal (row->kind, TILL_LEDGER_REFUND))
    return TRUE;
  if (!g_str_equal (row->kind, TILL_LEDGER_REFUND_INTENT) || till_refund_was_declined (rows, row->attempt))
    return FALSE;
  if (till_refund_find_paid_attempt (rows, &paid))
    return g_strcmp0 (till_json_find_string (row->body, "of"), paid) == 0;
  return !till_json_is_true (row->body, "reversal");
}

static gboolean
till_refund_read_lines (JsonObject *body, GArray *lines, GError **error)
{
  JsonArray *array = till_json_member_array (body, "lines", error);

  if (array == NULL)
    return FALSE;
  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      JsonObject *object = till_json_element_object (array, i, "lines", error);
      TillRefundLine line;
      gint64 quantity;

      if (object == NULL || !till_json_member_string (object, "article", &line.article, error)
          || !till_json_member_int (object, "quantity", 1, TILL_BASKET_MAX_QUANTITY, &quantity, error))
        return FALSE;
      line.quantity = (guint) quantity;
      g_array_append_val (lines, line);
    }
  return TRUE;
}

/* What the row says is worked out again: by its lines where that comes to its amount, else as an amount. */
static TillReceipt *
till_refund_work_out (const TillReceipt *sale,
                      GPtrArray *earlier,
                      const TillLedgerEntry *row,
                      const TillMoney *amount,
                      GError **error)
{
  g_autoptr (GArray) lines = g_array_new (FALSE, FALSE, sizeof (TillRefundLine));
  g_autofree char *number = till_receipt_make_number (row->seq);
  TillRefund refund = {
    .reason = till_json_find_string (row->body, "reason"),
    .tender = g_str_equal (row->kind, TILL_LEDGER_REFUND_INTENT)
                  ? TILL_TENDER_FACE
                  : till_json_find_string (row->body, "tender"),
    .void_sale = till_json_is_true (row->body, "void"),
  };

  if (!till_refund_check_reason (refund.reason, NULL))
    refund.reason = _ ("no reason was given");
  if (json_object_has_member (row->body, "lines") && till_refund_read_lines (row->body, lines, NULL))
    {
      refund.lines = lines;
      g_autoptr (TillReceipt) by_lines
          = till_receipt_new_refund (sale, earlier, &refund, number, row->at_us, NULL);
      if (by_lines != NULL && till_money_compare (till_receipt_get_total (by_lines), amount) == 0)
        return g_steal_pointer (&by_lines);
      refund.lines = NULL;
    }
  if (till_refund_get_left (sale, earlier).minor != amount->minor)
    refund.amount = amount;
  return till_receipt_new_refund (sale, earlier, &refund, number, row->at_us, error);
}

static TillReceipt *
till_refund_read (const TillReceipt *sale, GPtrArray *earlier, const TillLedgerEntry *row, GError **error)
{
  const char *currency;
  TillMoney amount;

  if (!till_json_member_string (row->body, "currency", &currency, error)
      || !till_json_member_money (row->body, "amount", currency, &amount, error))
    return NULL;
  if (!till_money_same_currency (&amount, till_receipt_get_total (sale)))
    {
      g_set_error_literal (error, TILL_ERROR, TILL_ERROR_CURRENCY, "it is not in the sale’s currency");
      return NULL;
    }

  TillMoney left = till_refund_get_left (sale, earlier);
  if (till_money_compare (&amount, &left) > 0)
    {
      g_set_error_literal (error, TILL_ERROR, TILL_ERROR_CORRUPT,
                           "it gives back more than is left of the sale");
      return NULL;
    }

  const TillMove move = { .refund = TRUE, .amount = amount, .begin = row };
  TillReceipt *kept = till_move_read_receipt (&move);
  return kept != NULL ? kept : till_refund_work_out (sale, earlier, row, &amount, error);
}

GPtrArray *
till_refund_read_all (const TillReceipt *sale, GPtrArray *rows, GError **error)
{
  g_autoptr (GPtrArray) refunds = g_ptr_array_new_with_free_func ((GDestroyNotify) till_receipt_unref);

  for (guint i = 0; i < rows->len; i++)
    {
      const TillLedgerEntry *row = g_ptr_array_index (rows, i);
      TillReceipt *refund = NULL;

      if (!till_refund_counts (rows, row))
        continue;
      refund = till_refund_read (sale, refunds, row, error);
      if (refund == NULL)
        {
          g_prefix_error (error, "row %" G_GINT64_FORMAT " of the ledger, a refund: ", row->seq);
          return NULL;
        }
      g_ptr_array_add (refunds, refund);
    }
  return g_steal_pointer (&refunds);
}
