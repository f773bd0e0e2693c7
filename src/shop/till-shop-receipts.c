/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "shop/till-shop-private.h"

#include "payment/till-payment-standing.h"

/*
 * Receipts of sales that were set aside, or that a crash ended, before it was known that they are paid. Rounds wait for
 * each other: two at once would both find a receipt missing.
 */
typedef struct
{
  GPtrArray *sales; /* ids that may lack one */
  guint next;
} Round;

static void ask_next (GTask *task);
static void start_first (TillShop *self);

static void
round_free (gpointer data)
{
  Round *round = data;

  g_clear_pointer (&round->sales, g_ptr_array_unref);
  g_free (round);
}

/* @error: (transfer full) (nullable) */
static void
end_round (GTask *task, GError *error)
{
  TillShop *self = g_task_get_source_object (task);
  g_autoptr (GTask) ended = g_queue_pop_head (&self->receipts);

  if (error != NULL)
    g_task_return_error (task, error);
  else
    g_task_return_boolean (task, TRUE);
  if (!g_queue_is_empty (&self->receipts))
    start_first (self);
}

static const TillLedgerEntry *
find_row (GPtrArray *rows, const char *kind, const char *attempt)
{
  for (guint i = 0; i < rows->len; i++)
    {
      const TillLedgerEntry *row = g_ptr_array_index (rows, i);

      if (g_str_equal (row->kind, kind) && (attempt == NULL || g_strcmp0 (row->attempt, attempt) == 0))
        return row;
    }
  return NULL;
}

/* The receipt as it was worked out before the money moved, with what is known since. */
static TillReceipt *
finish_receipt (const TillPaymentStanding *standing, GPtrArray *rows, GError **error)
{
  gboolean face = standing->attempt != NULL;
  const TillLedgerEntry *begin
      = find_row (rows, face ? TILL_LEDGER_CHARGE_INTENT : TILL_LEDGER_TENDER, standing->attempt);
  const TillLedgerEntry *end = face ? find_row (rows, TILL_LEDGER_CHARGE_END, standing->attempt) : begin;

  if (begin == NULL || end == NULL || !json_object_has_member (begin->body, "receipt"))
    return NULL;

  g_autofree char *number = g_strdup_printf ("%06" G_GINT64_FORMAT, end->seq);
  JsonNode *node = json_object_get_member (begin->body, "receipt");
  g_autoptr (TillReceipt) draft
      = JSON_NODE_HOLDS_OBJECT (node) ? till_receipt_from_json (json_node_get_object (node), error) : NULL;
  return draft != NULL ? till_receipt_new_final (draft, number, end->at_us, standing->reference, NULL, error)
                       : NULL;
}

/* (transfer full) (nullable): NULL without @error where none is missing. */
static TillLedgerEntry *
missing_receipt (const char *sale, GPtrArray *rows, GError **error)
{
  g_auto (TillPaymentStanding) standing = { 0 };

  if (find_row (rows, TILL_LEDGER_RECEIPT, NULL) != NULL)
    return NULL;
  if (!till_payment_standing_read (&standing, sale, rows, error))
    return NULL;
  /* Nothing at all is paid at the counter, if a gift took everything off. */
  if (standing.tender == NULL || standing.open || (standing.attempt != NULL && standing.paid.minor <= 0))
    return NULL;

  g_autoptr (TillReceipt) receipt = finish_receipt (&standing, rows, error);
  return receipt != NULL ? till_ledger_entry_new (TILL_LEDGER_RECEIPT, sale, standing.attempt,
                                                  till_receipt_to_json (receipt))
                         : NULL;
}

static void
on_receipt_written (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (TillLedgerEntry) row = till_ledger_append_finish (TILL_LEDGER (source), result, &error);

  if (row == NULL)
    end_round (task, g_steal_pointer (&error));
  else
    {
      till_shop_tell_day (g_task_get_source_object (task));
      ask_next (task);
    }
}

static void
on_sale_listed (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  TillShop *self = g_task_get_source_object (task);
  Round *round = g_task_get_task_data (task);
  const char *sale = g_ptr_array_index (round->sales, round->next - 1);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) rows = till_ledger_list_finish (TILL_LEDGER (source), result, &error);
  g_autoptr (TillLedgerEntry) receipt = rows != NULL ? missing_receipt (sale, rows, &error) : NULL;

  if (rows == NULL)
    end_round (task, g_steal_pointer (&error));
  else if (receipt != NULL)
    till_ledger_append_async (self->ledger, receipt, NULL, on_receipt_written, g_object_ref (task));
  else
    {
      /* One sale's rows that can't be read must not keep the others from their receipts. */
      if (error != NULL)
        g_warning ("the receipt of %s can't be written: %s", sale, error->message);
      ask_next (task);
    }
}

/* What the checkout still shows gets its receipt from there. */
static void
ask_next (GTask *task)
{
  TillShop *self = g_task_get_source_object (task);
  Round *round = g_task_get_task_data (task);

  while (round->next < round->sales->len
         && g_strcmp0 (g_ptr_array_index (round->sales, round->next), till_checkout_get_sale (self->checkout))
                == 0)
    round->next++;
  if (round->next == round->sales->len)
    {
      end_round (task, NULL);
      return;
    }
  till_ledger_list_async (self->ledger, NULL, g_ptr_array_index (round->sales, round->next++), NULL, 0,
                          g_task_get_cancellable (task), on_sale_listed, g_object_ref (task));
}

static gboolean
is_payment (const TillLedgerEntry *row)
{
  return g_str_equal (row->kind, TILL_LEDGER_TENDER)
         || (g_str_equal (row->kind, TILL_LEDGER_CHARGE_END)
             && g_strcmp0 (json_object_get_string_member_with_default (row->body, "status", NULL),
                           till_charge_status_to_string (TILL_CHARGE_APPROVED))
                    == 0);
}

/* (element-type utf8) (transfer full): sales that were paid and have no receipt among @rows. */
static GPtrArray *
find_sales (GPtrArray *rows)
{
  g_autoptr (GHashTable) done = g_hash_table_new (g_str_hash, g_str_equal);
  GPtrArray *sales = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < rows->len; i++)
    {
      const TillLedgerEntry *row = g_ptr_array_index (rows, i);

      if (row->sale != NULL && g_str_equal (row->kind, TILL_LEDGER_RECEIPT))
        g_hash_table_add (done, row->sale);
    }
  for (guint i = 0; i < rows->len; i++)
    {
      const TillLedgerEntry *row = g_ptr_array_index (rows, i);

      if (row->sale != NULL && is_payment (row) && g_hash_table_add (done, row->sale))
        g_ptr_array_add (sales, g_strdup (row->sale));
    }
  return sales;
}

static void
on_day_listed (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Round *round = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) rows = till_ledger_list_since_finish (TILL_LEDGER (source), result, &error);

  if (rows == NULL)
    {
      end_round (task, g_steal_pointer (&error));
      return;
    }
  round->sales = find_sales (rows);
  ask_next (task);
}

/* Closing a day writes what is missing first, so nothing is missing from before the last time. */
static void
on_last_close_listed (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) closes = till_ledger_list_finish (TILL_LEDGER (source), result, &error);

  if (closes == NULL)
    {
      end_round (task, g_steal_pointer (&error));
      return;
    }
  const TillLedgerEntry *last = closes->len > 0 ? g_ptr_array_index (closes, closes->len - 1) : NULL;
  till_ledger_list_since_async (TILL_LEDGER (source), last != NULL ? last->seq : 0, NULL,
                                g_task_get_cancellable (task), on_day_listed, g_object_ref (task));
}

static void
start_first (TillShop *self)
{
  GTask *task = g_queue_peek_head (&self->receipts);

  till_ledger_list_async (self->ledger, TILL_LEDGER_DAY_CLOSE, NULL, NULL, 1, g_task_get_cancellable (task),
                          on_last_close_listed, g_object_ref (task));
}

void
till_shop_write_receipts_async (TillShop *self,
                                GCancellable *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_task_data (task, g_new0 (Round, 1), round_free);
  g_queue_push_tail (&self->receipts, task);
  if (g_queue_get_length (&self->receipts) == 1)
    start_first (self);
}

gboolean
till_shop_write_receipts_finish (TillShop *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}
