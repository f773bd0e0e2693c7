/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "customers/till-customers-private.h"

#include "base/till-error.h"
#include "customers/till-customers-sqlite.h"
#include "vault/till-miss-count-sqlite.h"

#include <sodium.h>
#include <string.h>

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
  g_clear_object (&self->clock);
  g_clear_pointer (&self->safe, till_customer_safe_unref);
  g_clear_pointer (&self->context, g_main_context_unref);
  if (self->score_data_free != NULL)
    self->score_data_free (g_steal_pointer (&self->score_data));
  self->score_data_free = NULL;

  G_OBJECT_CLASS (till_customers_parent_class)->dispose (object);
}

static void
till_customers_class_init (TillCustomersClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = till_customers_dispose;

  signals[SIGNAL_CHANGED]
      = g_signal_new ("changed", TILL_TYPE_CUSTOMERS, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static double
till_customers_default_score (guint n_customers, gpointer user_data)
{
  return TILL_CUSTOMERS_LOOK_ALIKE_SCORE;
}

static void
till_customers_init (TillCustomers *self)
{
  self->score = till_customers_default_score;
  self->context = g_main_context_ref_thread_default ();
}

static gpointer
till_customers_do_check_tables (sqlite3 *db, gpointer data, GError **error)
{
  g_autoptr (GPtrArray) visits = till_customers_sqlite_select_before (db, 0, error);

  return NULL;
}

/* A store that only reads has what it has. */
static gboolean
till_customers_check_tables (TillStore *store, GError **error)
{
  g_autoptr (GError) problem = NULL;

  till_store_run (store, till_customers_do_check_tables, NULL, &problem);
  if (problem == NULL)
    return TRUE;
  g_set_error (error, TILL_ERROR, TILL_ERROR_UNSUPPORTED,
               "%s was not yet opened by a till of this version, which has to write to it first (%s)",
               till_store_get_path (store), problem->message);
  return FALSE;
}

static gboolean
till_customers_prepare (TillStore *store, GError **error)
{
  if (till_store_is_reading (store))
    return till_customers_check_tables (store, error);
  return till_customers_sqlite_migrate (store, error) && till_miss_count_sqlite_migrate (store, error)
         && till_customers_end_erasures (store, error);
}

TillCustomers *
till_customers_new (TillStore *store, TillVault *vault, TillLedger *ledger, GError **error)
{
  g_return_val_if_fail (TILL_IS_STORE (store), NULL);
  g_return_val_if_fail (TILL_IS_VAULT (vault), NULL);
  g_return_val_if_fail (TILL_IS_LEDGER (ledger), NULL);

  if (!till_customers_prepare (store, error))
    return NULL;

  TillCustomers *self = g_object_new (TILL_TYPE_CUSTOMERS, NULL);
  self->store = g_object_ref (store);
  self->vault = g_object_ref (vault);
  self->ledger = g_object_ref (ledger);
  self->clock = g_object_ref (till_clock_system ());
  self->safe = till_customer_safe_new (vault);
  return self;
}

void
till_customers_set_clock (TillCustomers *self, TillClock *clock)
{
  g_return_if_fail (TILL_IS_CUSTOMERS (self));

  g_set_object (&self->clock, clock);
}

void
till_customers_set_look_alike_score (TillCustomers *self,
                                     TillCustomersScore score,
                                     gpointer user_data,
                                     GDestroyNotify user_data_free)
{
  g_return_if_fail (TILL_IS_CUSTOMERS (self));

  if (self->score_data_free != NULL)
    self->score_data_free (self->score_data);
  self->score = score;
  self->score_data = user_data;
  self->score_data_free = user_data_free;
}

static gboolean
till_customers_emit_changed (gpointer data)
{
  g_signal_emit (data, signals[SIGNAL_CHANGED], 0);
  return G_SOURCE_REMOVE;
}

void
till_customers_tell_change (TillCustomers *self)
{
  g_main_context_invoke_full (self->context, G_PRIORITY_DEFAULT, till_customers_emit_changed,
                              g_object_ref (self), g_object_unref);
}

gboolean
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
gboolean
till_customers_fail (GTask *task, GError *error)
{
  if (error != NULL)
    g_task_return_error (task, error);
  return error != NULL;
}

TillCustomersDeed *
till_customers_deed_new (TillCustomers *self, const char *id)
{
  TillCustomersDeed *deed = g_new0 (TillCustomersDeed, 1);

  deed->safe = till_customer_safe_ref (self->safe);
  deed->ledger = g_object_ref (self->ledger);
  deed->clock = g_object_ref (self->clock);
  deed->id = g_strdup (id);
  return deed;
}

void
till_customers_deed_free (gpointer data)
{
  TillCustomersDeed *deed = data;

  till_customer_safe_unref (deed->safe);
  g_object_unref (deed->ledger);
  g_object_unref (deed->clock);
  g_free (deed->id);
  g_clear_pointer (&deed->extra, json_object_unref);
  g_free (deed);
}

/* List and find */

/* What the store's thread needs to read and open records. */
typedef struct
{
  TillCustomerSafe *safe;
  char *suffix; /* NULL for everybody */
  gboolean locked_too;
} TillCustomersQuery;

static void
till_customers_query_free (gpointer data)
{
  TillCustomersQuery *query = data;

  till_customer_safe_unref (query->safe);
  if (query->suffix != NULL)
    sodium_memzero (query->suffix, strlen (query->suffix));
  g_free (query->suffix);
  g_free (query);
}

static gpointer
till_customers_do_query (sqlite3 *db, gpointer data, GError **error)
{
  const TillCustomersQuery *query = data;
  g_autoptr (GPtrArray) found = till_customer_safe_list (query->safe, db, query->suffix, error);
  g_autoptr (GPtrArray) customers = g_ptr_array_new_with_free_func ((GDestroyNotify) till_customer_unref);

  for (guint i = 0; found != NULL && i < found->len; i++)
    {
      TillCustomer *customer = g_ptr_array_index (found, i);

      if (query->locked_too || !till_customer_is_face_locked (customer))
        g_ptr_array_add (customers, till_customer_ref (customer));
    }
  return found != NULL ? g_steal_pointer (&customers) : NULL;
}

void
till_customers_query_async (
    TillCustomers *self, const char *suffix, gboolean locked_too, GAsyncReadyCallback callback, GTask *task)
{
  TillCustomersQuery *query = g_new0 (TillCustomersQuery, 1);

  query->safe = till_customer_safe_ref (self->safe);
  query->suffix = g_strdup (suffix);
  query->locked_too = locked_too;
  till_customers_run_async (self, till_customers_do_query, query, till_customers_query_free,
                            (GDestroyNotify) g_ptr_array_unref, TRUE, callback, task);
}

static void
till_customers_on_queried (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  GPtrArray *customers = till_customers_run_finish (result, &error);

  if (!till_customers_fail (task, error))
    g_task_return_pointer (task, customers, (GDestroyNotify) g_ptr_array_unref);
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
    till_customers_query_async (self, NULL, TRUE, till_customers_on_queried, g_object_ref (task));
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
    till_customers_query_async (self, suffix, FALSE, till_customers_on_queried, g_object_ref (task));
}

TillGallery *
till_customers_find_finish (TillCustomers *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  g_autoptr (GPtrArray) customers = g_task_propagate_pointer (G_TASK (result), error);
  return customers != NULL ? till_gallery_new (customers) : NULL;
}
