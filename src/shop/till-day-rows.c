/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "shop/till-day-rows.h"

typedef struct
{
  gint64 since_us;
  gboolean whole;
  TillLedgerEntry *close; /* (nullable) */
  GPtrArray *rows;
  gint64 first_seq;
  GPtrArray *sales; /* ids of those that began before the first row */
  guint next;
} Work;

static void
work_free (gpointer data)
{
  Work *work = data;

  g_clear_pointer (&work->close, till_ledger_entry_unref);
  g_clear_pointer (&work->rows, g_ptr_array_unref);
  g_clear_pointer (&work->sales, g_ptr_array_unref);
  g_free (work);
}

static int
compare_rows (gconstpointer a, gconstpointer b)
{
  const TillLedgerEntry *first = *(TillLedgerEntry *const *) a;
  const TillLedgerEntry *second = *(TillLedgerEntry *const *) b;

  return (first->seq > second->seq) - (first->seq < second->seq);
}

static void
add_row (Work *work, TillLedgerEntry *row)
{
  if (!g_str_equal (row->kind, TILL_LEDGER_DAY_CLOSE))
    g_ptr_array_add (work->rows, till_ledger_entry_ref (row));
}

static void
finish (GTask *task)
{
  Work *work = g_task_get_task_data (task);

  g_ptr_array_sort (work->rows, compare_rows);
  g_task_return_pointer (task, g_ptr_array_ref (work->rows), (GDestroyNotify) g_ptr_array_unref);
}

/* The earlier rows of whole sales */

static void list_next_sale (GTask *task);

static void
on_sale_listed (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Work *work = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) rows = till_ledger_list_finish (TILL_LEDGER (source), result, &error);

  if (rows == NULL)
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }
  for (guint i = 0; i < rows->len; i++)
    {
      TillLedgerEntry *row = g_ptr_array_index (rows, i);

      if (row->seq < work->first_seq)
        add_row (work, row);
    }
  list_next_sale (task);
}

static void
list_next_sale (GTask *task)
{
  Work *work = g_task_get_task_data (task);

  if (work->next == work->sales->len)
    finish (task);
  else
    till_ledger_list_async (g_task_get_source_object (task), NULL,
                            g_ptr_array_index (work->sales, work->next++), NULL, 0,
                            g_task_get_cancellable (task), on_sale_listed, g_object_ref (task));
}

static gboolean
is_beginning (const TillLedgerEntry *row)
{
  return g_str_equal (row->kind, TILL_LEDGER_CHARGE_INTENT) || g_str_equal (row->kind, TILL_LEDGER_TENDER);
}

/* Consents alone make no story. (element-type utf8) (transfer full) */
static GPtrArray *
find_sales_begun_before (GPtrArray *rows)
{
  g_autoptr (GHashTable) known = g_hash_table_new (g_str_hash, g_str_equal);
  GPtrArray *sales = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < rows->len; i++)
    {
      const TillLedgerEntry *row = g_ptr_array_index (rows, i);

      if (row->sale != NULL && is_beginning (row))
        g_hash_table_add (known, row->sale);
    }
  for (guint i = 0; i < rows->len; i++)
    {
      const TillLedgerEntry *row = g_ptr_array_index (rows, i);

      if (row->sale != NULL && !g_str_equal (row->kind, TILL_LEDGER_CONSENT)
          && g_hash_table_add (known, row->sale))
        g_ptr_array_add (sales, g_strdup (row->sale));
    }
  return sales;
}

/* The rows of the day */

static void
take_rows (GTask *task, GPtrArray *rows)
{
  Work *work = g_task_get_task_data (task);

  work->rows = g_ptr_array_new_full (rows->len, (GDestroyNotify) till_ledger_entry_unref);
  for (guint i = 0; i < rows->len; i++)
    add_row (work, g_ptr_array_index (rows, i));
  if (!work->whole || work->rows->len == 0)
    {
      finish (task);
      return;
    }
  work->first_seq = ((const TillLedgerEntry *) g_ptr_array_index (work->rows, 0))->seq;
  work->sales = find_sales_begun_before (work->rows);
  list_next_sale (task);
}

static void
on_listed_since (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) rows = till_ledger_list_since_finish (TILL_LEDGER (source), result, &error);

  if (rows != NULL)
    take_rows (task, rows);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

static void
on_listed_from (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) rows = till_ledger_list_from_finish (TILL_LEDGER (source), result, &error);

  if (rows != NULL)
    take_rows (task, rows);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

static void
on_close_listed (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Work *work = g_task_get_task_data (task);
  TillLedger *ledger = TILL_LEDGER (source);
  GCancellable *cancellable = g_task_get_cancellable (task);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) closes = till_ledger_list_finish (ledger, result, &error);

  if (closes == NULL)
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }
  if (closes->len > 0)
    work->close = till_ledger_entry_ref (g_ptr_array_index (closes, closes->len - 1));
  if (work->since_us > 0)
    till_ledger_list_from_async (ledger, work->since_us, NULL, cancellable, on_listed_from,
                                 g_object_ref (task));
  else
    till_ledger_list_since_async (ledger, till_day_close_get_last_seq (work->close), NULL, cancellable,
                                  on_listed_since, g_object_ref (task));
}

void
till_day_rows_list_async (TillLedger *ledger,
                          gint64 since_us,
                          gboolean whole,
                          GCancellable *cancellable,
                          GAsyncReadyCallback callback,
                          gpointer user_data)
{
  GTask *task = g_task_new (ledger, cancellable, callback, user_data);
  Work *work = g_new0 (Work, 1);

  work->since_us = since_us;
  work->whole = whole;
  g_task_set_task_data (task, work, work_free);
  till_ledger_list_async (ledger, TILL_LEDGER_DAY_CLOSE, NULL, NULL, 1, cancellable, on_close_listed, task);
}

GPtrArray *
till_day_rows_list_finish (TillLedger *ledger, GAsyncResult *result, TillLedgerEntry **close, GError **error)
{
  const Work *work = g_task_get_task_data (G_TASK (result));
  GPtrArray *rows = g_task_propagate_pointer (G_TASK (result), error);

  if (close != NULL)
    *close = rows != NULL && work->close != NULL ? till_ledger_entry_ref (work->close) : NULL;
  return rows;
}

gint64
till_day_rows_get_since_us (GPtrArray *rows, const TillLedgerEntry *close)
{
  gint64 last_seq = till_day_close_get_last_seq (close);

  for (guint i = 0; i < rows->len; i++)
    {
      const TillLedgerEntry *row = g_ptr_array_index (rows, i);

      if (row->seq > last_seq)
        return row->at_us;
    }
  return 0;
}

guint
till_day_close_get_number (const TillLedgerEntry *close)
{
  return close != NULL ? (guint) json_object_get_int_member_with_default (close->body, "number", 0) : 0;
}

gint64
till_day_close_get_last_seq (const TillLedgerEntry *close)
{
  return close != NULL ? json_object_get_int_member_with_default (close->body, "to", close->seq) : 0;
}
