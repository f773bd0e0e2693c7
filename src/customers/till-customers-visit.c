/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "customers/till-customers-private.h"

#include "customers/till-customers-sqlite.h"

#define DAY_US (24 * G_TIME_SPAN_HOUR)

/* One customer */

static gpointer
till_customers_do_get (sqlite3 *db, gpointer data, GError **error)
{
  const TillCustomersDeed *deed = data;

  return till_customer_safe_find (deed->safe, db, deed->id, error);
}

static void
till_customers_on_got (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  TillCustomer *customer = till_customers_run_finish (result, &error);

  if (!till_customers_fail (task, error))
    g_task_return_pointer (task, customer, (GDestroyNotify) till_customer_unref);
}

void
till_customers_get_async (TillCustomers *self,
                          const char *id,
                          GCancellable *cancellable,
                          GAsyncReadyCallback callback,
                          gpointer user_data)
{
  g_return_if_fail (TILL_IS_CUSTOMERS (self));
  g_return_if_fail (id != NULL);

  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  GError *error = NULL;

  g_task_set_source_tag (task, till_customers_get_async);
  till_customers_check_open (self, &error);
  if (!till_customers_fail (task, error))
    till_customers_run_async (self, till_customers_do_get, till_customers_deed_new (self, id),
                              till_customers_deed_free, (GDestroyNotify) till_customer_unref, TRUE,
                              till_customers_on_got, g_object_ref (task));
}

TillCustomer *
till_customers_get_finish (TillCustomers *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/* A visit */

/* Not NULL where something was written. */
static gpointer
till_customers_do_visit (sqlite3 *db, gpointer data, GError **error)
{
  const TillCustomersDeed *deed = data;
  g_autoptr (TillCustomer) customer = till_customer_safe_find (deed->safe, db, deed->id, error);

  if (customer == NULL)
    return NULL;

  g_autoptr (TillCustomer) seen
      = till_customer_with_last_visit_day (customer, till_clock_utc (deed->clock) / DAY_US);
  if (till_customer_get_last_visit_day (seen) == till_customer_get_last_visit_day (customer))
    return NULL;
  return GINT_TO_POINTER (till_customer_safe_put (deed->safe, db, seen, FALSE, error));
}

static void
till_customers_on_visited (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  gboolean written = till_customers_run_finish (result, &error) != NULL;

  if (till_customers_fail (task, error))
    return;
  if (written)
    till_customers_tell_change (g_task_get_source_object (task));
  g_task_return_boolean (task, TRUE);
}

void
till_customers_visit_async (TillCustomers *self,
                            const char *id,
                            GCancellable *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer user_data)
{
  g_return_if_fail (TILL_IS_CUSTOMERS (self));
  g_return_if_fail (id != NULL);

  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  GError *error = NULL;

  g_task_set_source_tag (task, till_customers_visit_async);
  till_customers_check_open (self, &error);
  if (!till_customers_fail (task, error))
    till_customers_run_async (self, till_customers_do_visit, till_customers_deed_new (self, id),
                              till_customers_deed_free, NULL, FALSE, till_customers_on_visited,
                              g_object_ref (task));
}

gboolean
till_customers_visit_finish (TillCustomers *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

/* Who goes */

static gpointer
till_customers_do_list_expired (sqlite3 *db, gpointer data, GError **error)
{
  const gint64 *before_day = data;

  return till_customers_sqlite_select_before (db, *before_day, error);
}

static void
till_customers_on_expired_listed (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  GPtrArray *visits = till_store_run_finish (TILL_STORE (source), result, &error);

  if (!till_customers_fail (task, error))
    g_task_return_pointer (task, visits, (GDestroyNotify) g_ptr_array_unref);
}

void
till_customers_list_expired_async (TillCustomers *self,
                                   gint64 before_day,
                                   GCancellable *cancellable,
                                   GAsyncReadyCallback callback,
                                   gpointer user_data)
{
  g_return_if_fail (TILL_IS_CUSTOMERS (self));

  GTask *task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_source_tag (task, till_customers_list_expired_async);
  till_store_run_async (
      self->store, till_customers_do_list_expired, g_memdup2 (&before_day, sizeof before_day), g_free,
      (GDestroyNotify) g_ptr_array_unref, cancellable, till_customers_on_expired_listed, task);
}

GPtrArray *
till_customers_list_expired_finish (TillCustomers *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
