/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "customers/till-customers.h"

#include "base/till-error.h"
#include "customers/till-customers-sqlite.h"

#include <sodium.h>
#include <string.h>

struct _TillCustomers
{
  GObject parent_instance;

  TillStore *store;
  TillVault *vault;
  TillLedger *ledger;
  GMainContext *context; /* where "changed" is emitted */
};

enum
{
  SIGNAL_CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (TillCustomers, till_customers, G_TYPE_OBJECT)

static void
till_customers_dispose (GObject *object)
{
  TillCustomers *self = TILL_CUSTOMERS (object);

  g_clear_object (&self->store);
  g_clear_object (&self->vault);
  g_clear_object (&self->ledger);
  g_clear_pointer (&self->context, g_main_context_unref);

  G_OBJECT_CLASS (till_customers_parent_class)->dispose (object);
}

static void
till_customers_class_init (TillCustomersClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = till_customers_dispose;

  signals[SIGNAL_CHANGED]
      = g_signal_new ("changed", TILL_TYPE_CUSTOMERS, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
till_customers_init (TillCustomers *self)
{
  self->context = g_main_context_ref_thread_default ();
}

TillCustomers *
till_customers_new (TillStore *store, TillVault *vault, TillLedger *ledger, GError **error)
{
  g_return_val_if_fail (TILL_IS_STORE (store), NULL);
  g_return_val_if_fail (TILL_IS_VAULT (vault), NULL);
  g_return_val_if_fail (TILL_IS_LEDGER (ledger), NULL);

  if (!till_customers_sqlite_migrate (store, error))
    return NULL;

  TillCustomers *self = g_object_new (TILL_TYPE_CUSTOMERS, NULL);
  self->store = g_object_ref (store);
  self->vault = g_object_ref (vault);
  self->ledger = g_object_ref (ledger);
  return self;
}

static gboolean
till_customers_emit_changed (gpointer data)
{
  g_signal_emit (data, signals[SIGNAL_CHANGED], 0);
  return G_SOURCE_REMOVE;
}

static void
till_customers_tell_change (TillCustomers *self)
{
  g_main_context_invoke_full (self->context, G_PRIORITY_DEFAULT, till_customers_emit_changed,
                              g_object_ref (self), g_object_unref);
}

static gboolean
till_customers_check_open (TillCustomers *self, GError **error)
{
  if (till_vault_is_open (self->vault))
    return TRUE;
  g_set_error_literal (error, TILL_ERROR, TILL_ERROR_LOCKED,
                       "The customers are locked: unlock the keyring and try again");
  return FALSE;
}

static gpointer
till_customers_do_any (sqlite3 *db, gpointer data, GError **error)
{
  till_customers_sqlite_has (db, NULL, data, error);
  return NULL;
}

gboolean
till_customers_any (TillCustomers *self, gboolean *any, GError **error)
{
  g_return_val_if_fail (TILL_IS_CUSTOMERS (self), FALSE);

  g_autoptr (GError) problem = NULL;
  till_store_run (self->store, till_customers_do_any, any, &problem);
  if (problem == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&problem));
  return FALSE;
}

/* A step's failure ends the whole. */
static gboolean
till_customers_fail (GTask *task, GError *error)
{
  if (error != NULL)
    g_task_return_error (task, error);
  return error != NULL;
}

/* Writes one row about @id; @body (transfer full) is what it says, or a new object naming the customer if NULL. */
static void
till_customers_journal (TillCustomers *self,
                        const char *kind,
                        const char *id,
                        JsonObject *body,
                        GAsyncReadyCallback callback,
                        GTask *task)
{
  if (body == NULL)
    {
      body = json_object_new ();
      json_object_set_string_member (body, "customer", id);
    }
  g_autoptr (TillLedgerEntry) entry = till_ledger_entry_new (kind, NULL, NULL, body);
  till_ledger_append_async (self->ledger, entry, NULL, callback, task);
}

/* Add */

typedef struct
{
  TillCustomerRow *row;
  JsonObject *consent;
  GError *error; /* why the record could not be written */
} TillCustomersAdd;

static void
till_customers_add_free (gpointer data)
{
  TillCustomersAdd *add = data;

  g_clear_pointer (&add->row, till_customer_row_free);
  g_clear_pointer (&add->consent, json_object_unref);
  g_clear_error (&add->error);
  g_free (add);
}

static void
till_customers_on_taken_back (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  TillCustomersAdd *add = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  g_autoptr (TillLedgerEntry) entry = till_ledger_append_finish (TILL_LEDGER (source), result, &error);

  if (entry == NULL)
    g_prefix_error (&add->error, "(and the ledger could not say so: %s) ", error->message);
  g_task_return_error (task, g_steal_pointer (&add->error));
}

static void
till_customers_on_record_written (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  TillCustomers *self = g_task_get_source_object (task);
  TillCustomersAdd *add = g_task_get_task_data (task);

  till_store_run_finish (TILL_STORE (source), result, &add->error);
  if (add->error == NULL)
    {
      till_customers_tell_change (self);
      g_task_return_boolean (task, TRUE);
      return;
    }

  /* The ledger says somebody was enrolled who was not: it is made right by a row, as nothing in it can change. */
  JsonObject *body = json_object_new ();
  json_object_set_string_member (body, "customer", add->row->id);
  json_object_set_string_member (body, "consent", json_object_get_string_member (add->consent, "id"));
  json_object_set_string_member (body, "reason", "record-not-written");
  till_customers_journal (self, TILL_LEDGER_ERASURE, add->row->id, body, till_customers_on_taken_back,
                          g_steal_pointer (&task));
}

static gpointer
till_customers_do_insert (sqlite3 *db, gpointer data, GError **error)
{
  till_customers_sqlite_insert (db, data, error);
  return NULL;
}

static void
till_customers_on_enrolment_journalled (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  TillCustomers *self = g_task_get_source_object (task);
  TillCustomersAdd *add = g_task_get_task_data (task);
  GError *error = NULL;
  g_autoptr (TillLedgerEntry) entry = till_ledger_append_finish (TILL_LEDGER (source), result, &error);

  if (till_customers_fail (task, error))
    return;
  till_store_run_async (self->store, till_customers_do_insert, add->row, NULL, NULL, NULL,
                        till_customers_on_record_written, g_steal_pointer (&task));
}

static void
till_customers_on_consent_journalled (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  TillCustomers *self = g_task_get_source_object (task);
  TillCustomersAdd *add = g_task_get_task_data (task);
  GError *error = NULL;
  g_autoptr (TillLedgerEntry) entry = till_ledger_append_finish (TILL_LEDGER (source), result, &error);

  if (till_customers_fail (task, error))
    return;

  JsonObject *body = json_object_new ();
  json_object_set_string_member (body, "customer", add->row->id);
  json_object_set_string_member (body, "consent", json_object_get_string_member (add->consent, "id"));
  till_customers_journal (self, TILL_LEDGER_ENROLMENT, add->row->id, body,
                          till_customers_on_enrolment_journalled, g_steal_pointer (&task));
}

static gpointer
till_customers_do_check_absent (sqlite3 *db, gpointer data, GError **error)
{
  const TillCustomerRow *row = data;
  gboolean has;

  if (till_customers_sqlite_has (db, row->id, &has, error) && has)
    g_set_error (error, TILL_ERROR, TILL_ERROR_EXISTS, "Somebody is enrolled as %s already", row->id);
  return NULL;
}

static void
till_customers_on_absence_checked (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  TillCustomers *self = g_task_get_source_object (task);
  TillCustomersAdd *add = g_task_get_task_data (task);
  GError *error = NULL;

  till_store_run_finish (TILL_STORE (source), result, &error);
  if (till_customers_fail (task, error))
    return;

  /* From here on it is carried through: what the ledger holds can't be cancelled. */
  g_task_set_check_cancellable (task, FALSE);
  till_customers_journal (self, TILL_LEDGER_CONSENT, add->row->id, json_object_ref (add->consent),
                          till_customers_on_consent_journalled, g_steal_pointer (&task));
}

/* The consent must be this customer's, for this. */
static gboolean
till_customers_check_consent (TillCustomer *customer, JsonObject *consent, GError **error)
{
  const char *id = json_object_get_string_member_with_default (consent, "id", NULL);
  const char *purpose = json_object_get_string_member_with_default (consent, "purpose", NULL);
  const char *who = json_object_get_string_member_with_default (consent, "customer", NULL);

  if (g_strcmp0 (id, till_customer_get_consent (customer)) == 0 && g_strcmp0 (purpose, "enrolment") == 0
      && g_strcmp0 (who, till_customer_get_id (customer)) == 0)
    return TRUE;
  g_set_error (error, TILL_ERROR, TILL_ERROR_INVALID,
               "The consent is not customer %s’s to being enrolled: ask them for it",
               till_customer_get_id (customer));
  return FALSE;
}

void
till_customers_add_async (TillCustomers *self,
                          TillCustomer *customer,
                          JsonObject *consent,
                          GCancellable *cancellable,
                          GAsyncReadyCallback callback,
                          gpointer user_data)
{
  g_return_if_fail (TILL_IS_CUSTOMERS (self));

  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  TillCustomersAdd *add = g_new0 (TillCustomersAdd, 1);
  GError *error = NULL;

  g_task_set_source_tag (task, till_customers_add_async);
  g_task_set_task_data (task, add, till_customers_add_free);
  add->consent = consent;
  if (till_customers_check_open (self, &error) && till_customers_check_consent (customer, consent, &error))
    add->row = till_customer_row_seal (self->vault, customer, &error);
  if (till_customers_fail (task, error))
    return;
  till_store_run_async (self->store, till_customers_do_check_absent, add->row, NULL, NULL, cancellable,
                        till_customers_on_absence_checked, g_steal_pointer (&task));
}

gboolean
till_customers_add_finish (TillCustomers *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

/* List and find */

/* What the store's thread needs to read and open records; the vault may be used from any thread. */
typedef struct
{
  TillVault *vault;
  char *suffix; /* NULL for everybody */
} TillCustomersQuery;

static TillCustomersQuery *
till_customers_query_new (TillVault *vault, const char *suffix)
{
  TillCustomersQuery *query = g_new0 (TillCustomersQuery, 1);

  query->vault = g_object_ref (vault);
  query->suffix = g_strdup (suffix);
  return query;
}

static void
till_customers_query_free (gpointer data)
{
  TillCustomersQuery *query = data;

  g_clear_object (&query->vault);
  if (query->suffix != NULL)
    sodium_memzero (query->suffix, strlen (query->suffix));
  g_free (query->suffix);
  g_free (query);
}

static gpointer
till_customers_do_query (sqlite3 *db, gpointer data, GError **error)
{
  const TillCustomersQuery *query = data;
  g_autofree char *bucket
      = query->suffix != NULL ? till_customer_row_bucket (query->vault, query->suffix, error) : NULL;
  if (query->suffix != NULL && bucket == NULL)
    return NULL;

  g_autoptr (GPtrArray) rows = till_customers_sqlite_select (db, bucket, error);
  g_autoptr (GPtrArray) customers = g_ptr_array_new_with_free_func ((GDestroyNotify) till_customer_unref);
  for (guint i = 0; rows != NULL && i < rows->len; i++)
    {
      TillCustomer *customer = till_customer_row_unseal (query->vault, g_ptr_array_index (rows, i), error);

      if (customer == NULL)
        return NULL;
      g_ptr_array_add (customers, customer);
    }
  return rows != NULL ? g_steal_pointer (&customers) : NULL;
}

static void
till_customers_on_queried (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  GPtrArray *customers = till_store_run_finish (TILL_STORE (source), result, &error);

  if (!till_customers_fail (task, error))
    g_task_return_pointer (task, customers, (GDestroyNotify) g_ptr_array_unref);
}

static void
till_customers_query (GTask *task, const char *suffix)
{
  TillCustomers *self = g_task_get_source_object (task);

  till_store_run_async (self->store, till_customers_do_query, till_customers_query_new (self->vault, suffix),
                        till_customers_query_free, (GDestroyNotify) g_ptr_array_unref,
                        g_task_get_cancellable (task), till_customers_on_queried, g_object_ref (task));
}

static int
till_customers_order (gconstpointer a, gconstpointer b)
{
  const TillCustomer *first = *(TillCustomer *const *) a;
  const TillCustomer *second = *(TillCustomer *const *) b;
  int order = g_utf8_collate (till_customer_get_name (first), till_customer_get_name (second));

  return order != 0 ? order : g_strcmp0 (till_customer_get_id (first), till_customer_get_id (second));
}

void
till_customers_list_async (TillCustomers *self,
                           GCancellable *cancellable,
                           GAsyncReadyCallback callback,
                           gpointer user_data)
{
  g_return_if_fail (TILL_IS_CUSTOMERS (self));

  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  GError *error = NULL;

  g_task_set_source_tag (task, till_customers_list_async);
  till_customers_check_open (self, &error);
  if (!till_customers_fail (task, error))
    till_customers_query (task, NULL);
}

GPtrArray *
till_customers_list_finish (TillCustomers *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  GPtrArray *customers = g_task_propagate_pointer (G_TASK (result), error);
  if (customers != NULL)
    g_ptr_array_sort (customers, till_customers_order);
  return customers;
}

void
till_customers_find_async (TillCustomers *self,
                           const char *suffix,
                           GCancellable *cancellable,
                           GAsyncReadyCallback callback,
                           gpointer user_data)
{
  g_return_if_fail (TILL_IS_CUSTOMERS (self));

  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  GError *error = NULL;

  g_task_set_source_tag (task, till_customers_find_async);
  if (till_customer_check_suffix (suffix, &error))
    till_customers_check_open (self, &error);
  if (!till_customers_fail (task, error))
    till_customers_query (task, suffix);
}

TillGallery *
till_customers_find_finish (TillCustomers *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  g_autoptr (GPtrArray) customers = g_task_propagate_pointer (G_TASK (result), error);
  return customers != NULL ? till_gallery_new (customers) : NULL;
}

/* Remove */

static void
till_customers_on_erasure_journalled (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  g_autoptr (TillLedgerEntry) entry = till_ledger_append_finish (TILL_LEDGER (source), result, &error);

  if (error != NULL)
    g_prefix_error (&error, "The record of customer %s is erased, but the ledger could not say so: ",
                    (const char *) g_task_get_task_data (task));
  if (!till_customers_fail (task, error))
    g_task_return_boolean (task, TRUE);
}

static void
till_customers_on_deleted (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  TillCustomers *self = g_task_get_source_object (task);
  GError *error = NULL;

  till_store_run_finish (TILL_STORE (source), result, &error);
  if (till_customers_fail (task, error))
    return;

  g_task_set_check_cancellable (task, FALSE);
  till_customers_tell_change (self);
  const char *id = g_task_get_task_data (task);
  till_customers_journal (self, TILL_LEDGER_ERASURE, id, NULL, till_customers_on_erasure_journalled,
                          g_steal_pointer (&task));
}

static gpointer
till_customers_do_delete (sqlite3 *db, gpointer data, GError **error)
{
  till_customers_sqlite_delete (db, data, error);
  return NULL;
}

void
till_customers_remove_async (TillCustomers *self,
                             const char *id,
                             GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer user_data)
{
  g_return_if_fail (TILL_IS_CUSTOMERS (self));

  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  GError *error = NULL;

  g_task_set_source_tag (task, till_customers_remove_async);
  g_task_set_task_data (task, g_strdup (id), g_free);
  till_customers_check_open (self, &error);
  if (!till_customers_fail (task, error))
    till_store_run_async (self->store, till_customers_do_delete, g_strdup (id), g_free, NULL, cancellable,
                          till_customers_on_deleted, g_object_ref (task));
}

gboolean
till_customers_remove_finish (TillCustomers *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
