/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ledger/till-ledger-people.h"

#include "ledger/till-ledger-sqlite.h"

static gpointer
till_ledger_list_about_func (sqlite3 *db, gpointer data, GError **error)
{
  return till_ledger_sqlite_list_about (db, data, error);
}

static void
till_ledger_on_about_listed (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  GPtrArray *rows = till_store_run_finish (TILL_STORE (source), result, &error);

  if (rows != NULL)
    g_task_return_pointer (task, rows, (GDestroyNotify) g_ptr_array_unref);
  else
    g_task_return_error (task, error);
}

void
till_ledger_list_about_async (TillLedger *self,
                              const char *person,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer user_data)
{
  GTask *task;

  g_return_if_fail (TILL_IS_LEDGER (self) && person != NULL);

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, till_ledger_list_about_async);
  g_task_set_check_cancellable (task, FALSE);
  till_store_run_async (till_ledger_get_store (self), till_ledger_list_about_func, g_strdup (person), g_free,
                        (GDestroyNotify) g_ptr_array_unref, cancellable, till_ledger_on_about_listed, task);
}

GPtrArray *
till_ledger_list_about_finish (TillLedger *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
