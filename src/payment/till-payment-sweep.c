/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "payment/till-payment-journal.h"

#include "ledger/till-ledger-people.h"
#include "ledger/till-ledger-sqlite.h"
#include "payment/till-payer-removal-sqlite.h"
#include "payment/till-payer-seal.h"
#include "payment/till-payment-private.h"

/* How many of the newest ends are looked at: a file that was put back lacks the keys of older ones as well. */
#define NEWEST 1000

static gboolean
destroy_keys_of_ended (sqlite3 *db, GError **error)
{
  TillLedgerFilter filter = { .kind = (char *) TILL_LEDGER_CHARGE_END, .limit = NEWEST };
  g_autoptr (GPtrArray) ends = till_ledger_sqlite_list (db, &filter, error);

  if (ends == NULL)
    return FALSE;
  for (guint i = 0; i < ends->len; i++)
    {
      const TillLedgerEntry *end = g_ptr_array_index (ends, i);
      if (end->attempt != NULL && !till_payer_destroy_key (db, end->attempt, error))
        return FALSE;
    }
  return TRUE;
}

gboolean
till_payment_is_gone (sqlite3 *db, const char *person, gboolean *gone, GError **error)
{
  return till_ledger_has_row_about (db, TILL_LEDGER_ERASURE, person, gone, error)
         && (*gone || till_ledger_has_row_about (db, TILL_LEDGER_PASS_REVOKE, person, gone, error));
}

static gboolean
drop_wish (sqlite3 *db, const TillPayerRemoval *wish, GError **error)
{
  gboolean gone = FALSE;
  gboolean had = FALSE;

  if (!till_payment_is_gone (db, wish->person, &gone, error))
    return FALSE;
  return gone
         || (till_payer_removal_sqlite_delete (db, wish->id, &had, error)
             && till_payer_destroy_key (db, wish->id, error));
}

static gboolean
drop_void_wishes (sqlite3 *db, GError **error)
{
  g_autoptr (GPtrArray) wishes = till_payer_removal_sqlite_list (db, error);

  if (wishes == NULL)
    return FALSE;
  for (guint i = 0; i < wishes->len; i++)
    if (!drop_wish (db, g_ptr_array_index (wishes, i), error))
      return FALSE;
  return TRUE;
}

static gpointer
sweep_func (sqlite3 *db, gpointer data, GError **error)
{
  return GINT_TO_POINTER (destroy_keys_of_ended (db, error) && drop_void_wishes (db, error));
}

static void
on_swept (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;

  if (till_store_run_finish (TILL_STORE (source), result, &error) != NULL)
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

void
till_payment_sweep_async (TillPayment *self, GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, NULL, callback, user_data);

  g_task_set_source_tag (task, till_payment_sweep_async);
  if (!till_payment_take_sweep (self))
    g_task_return_boolean (task, TRUE);
  else
    till_store_run_async (till_ledger_get_store (till_payment_get_ledger (self)), sweep_func, NULL, NULL,
                          NULL, NULL, on_swept, g_steal_pointer (&task));
}

gboolean
till_payment_sweep_finish (TillPayment *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}
