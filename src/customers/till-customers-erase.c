/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "customers/till-customers-private.h"

#include "base/till-error.h"
#include "customers/till-customers-sqlite.h"
#include "customers/till-lockout-sqlite.h"
#include "ledger/till-ledger-people.h"
#include "ledger/till-ledger-sqlite.h"
#include "vault/till-record-keys.h"

/* Ids of the consents that end: those to being enrolled that the ledger has of @id (transfer full). */
static JsonArray *
till_customers_list_consents (sqlite3 *db, const char *id, GError **error)
{
  const TillLedgerFilter filter = { .kind = (char *) TILL_LEDGER_ENROLMENT };
  g_autoptr (GPtrArray) rows = till_ledger_sqlite_list (db, &filter, error);
  JsonArray *consents = rows != NULL ? json_array_new () : NULL;

  for (guint i = 0; rows != NULL && i < rows->len; i++)
    {
      JsonObject *body = ((const TillLedgerEntry *) g_ptr_array_index (rows, i))->body;
      const char *consent = json_object_get_string_member_with_default (body, "consent", NULL);

      if (consent != NULL
          && g_strcmp0 (json_object_get_string_member_with_default (body, "customer", NULL), id) == 0)
        json_array_add_string_element (consents, consent);
    }
  return consents;
}

static TillLedgerEntry *
till_customers_journal_erasure (TillCustomersDeed *deed, sqlite3 *db, GError **error)
{
  JsonArray *consents = till_customers_list_consents (db, deed->id, error);

  if (consents == NULL)
    return NULL;

  JsonObject *body = deed->extra != NULL ? g_steal_pointer (&deed->extra) : json_object_new ();
  json_object_set_string_member (body, "customer", deed->id);
  json_object_set_array_member (body, "consents", consents);
  g_autoptr (TillLedgerEntry) entry = till_ledger_entry_new (TILL_LEDGER_ERASURE, NULL, NULL, body);
  return till_ledger_append_within (deed->ledger, db, entry, error);
}

static gboolean
till_customers_check_erasable (const TillCustomersDeed *deed, sqlite3 *db, GError **error)
{
  gboolean has, open;

  if (!till_customers_sqlite_has (db, deed->id, &has, error))
    return FALSE;
  if (!has)
    {
      g_set_error (error, TILL_ERROR, TILL_ERROR_NOT_FOUND, "Nobody is enrolled as %s", deed->id);
      return FALSE;
    }
  if (!till_ledger_has_open_attempt (db, deed->id, &open, error))
    return FALSE;
  if (!open)
    return TRUE;
  g_set_error_literal (
      error, TILL_ERROR, TILL_ERROR_REFUSED,
      "A payment or refund of this customer is not over yet: their record is needed to end it. "
      "Settle it first, then erase them");
  return FALSE;
}

/*
 * Their misses are counted under a hash of the digits, which only an open record tells; without, the count goes by itself
 * within a day. Somebody else with the same digits keeps it.
 */
static gboolean
till_customers_drop_misses (const TillCustomersDeed *deed, sqlite3 *db, GError **error)
{
  g_autoptr (TillCustomer) customer = till_customer_safe_find (deed->safe, db, deed->id, NULL);
  const char *suffix = customer != NULL ? till_customer_get_suffix (customer) : NULL;
  g_autoptr (GPtrArray) same = suffix != NULL ? till_customer_safe_list (deed->safe, db, suffix, NULL) : NULL;

  if (same == NULL || same->len > 1)
    return TRUE;
  return till_lockout_sqlite_drop (db, till_customer_safe_get_vault (deed->safe), suffix,
                                   till_clock_monotonic (deed->clock), error);
}

static gpointer
till_customers_do_erase (sqlite3 *db, gpointer data, GError **error)
{
  TillCustomersDeed *deed = data;

  if (!till_customers_check_erasable (deed, db, error) || !till_customers_drop_misses (deed, db, error))
    return NULL;

  g_autoptr (TillLedgerEntry) entry = till_customers_journal_erasure (deed, db, error);
  if (entry == NULL || !till_record_keys_destroy (db, deed->id, error)
      || !till_customers_sqlite_erase (db, deed->id, error))
    return NULL;
  return g_steal_pointer (&entry);
}

static gpointer
till_customers_do_end_going (sqlite3 *db, gpointer data, GError **error)
{
  till_customers_sqlite_end_going (db, error);
  return NULL;
}

static void
till_customers_return_erasure (GTask *task, GError *error)
{
  TillLedgerEntry *entry = g_task_get_task_data (task);

  g_prefix_error (
      &error, "The record is erased and its key destroyed, but the file could not be written anew, so that "
              "a scrambled copy may be left in it until the till starts again: ");
  if (!till_customers_fail (task, error))
    g_task_return_pointer (task, till_ledger_entry_ref (entry), (GDestroyNotify) till_ledger_entry_unref);
}

static void
till_customers_on_going_ended (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;

  till_store_run_finish (TILL_STORE (source), result, &error);
  till_customers_return_erasure (task, error);
}

static void
till_customers_on_compacted (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;

  if (till_store_compact_finish (TILL_STORE (source), result, &error))
    till_store_run_async (TILL_STORE (source), till_customers_do_end_going, NULL, NULL, NULL, NULL,
                          till_customers_on_going_ended, g_steal_pointer (&task));
  else
    till_customers_return_erasure (task, error);
}

static void
till_customers_on_erased (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  TillCustomers *self = g_task_get_source_object (task);
  GError *error = NULL;
  TillLedgerEntry *entry = till_store_run_finish (TILL_STORE (source), result, &error);

  if (till_customers_fail (task, error))
    return;
  g_task_set_check_cancellable (task, FALSE);
  g_task_set_task_data (task, entry, (GDestroyNotify) till_ledger_entry_unref);
  till_customers_tell_change (self);
  till_store_compact_async (self->store, NULL, till_customers_on_compacted, g_steal_pointer (&task));
}

void
till_customers_erase_async (TillCustomers *self,
                            const char *id,
                            JsonObject *extra,
                            GCancellable *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer user_data)
{
  g_return_if_fail (TILL_IS_CUSTOMERS (self));
  g_return_if_fail (id != NULL);

  GTask *task = g_task_new (self, cancellable, callback, user_data);
  TillCustomersDeed *deed = till_customers_deed_new (self, id);

  g_task_set_source_tag (task, till_customers_erase_async);
  deed->extra = extra;
  till_store_run_async (self->store, till_customers_do_erase, deed, till_customers_deed_free,
                        (GDestroyNotify) till_ledger_entry_unref, cancellable, till_customers_on_erased,
                        task);
}

TillLedgerEntry *
till_customers_erase_finish (TillCustomers *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/* What a former process left */

static gpointer
till_customers_do_look_for_going (sqlite3 *db, gpointer data, GError **error)
{
  till_customers_sqlite_is_going (db, data, error);
  return NULL;
}

gboolean
till_customers_end_erasures (TillStore *store, GError **error)
{
  g_autoptr (GError) problem = NULL;
  gboolean going = FALSE;

  till_store_run (store, till_customers_do_look_for_going, &going, &problem);
  if (problem == NULL && going && till_store_compact (store, &problem))
    till_store_run (store, till_customers_do_end_going, NULL, &problem);
  if (problem == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&problem));
  return FALSE;
}
