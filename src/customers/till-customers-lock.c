/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "customers/till-customers-private.h"

/* Read and written in one transaction: what else changes in the record is not lost. */
static gpointer
till_customers_do_lock (sqlite3 *db, gpointer data, GError **error)
{
  const TillCustomersDeed *deed = data;
  g_autoptr (TillCustomer) customer = till_customer_safe_find (deed->safe, db, deed->id, error);

  if (customer == NULL)
    return NULL;

  g_autoptr (TillCustomer) changed = till_customer_with_face_locked (customer, deed->locked);
  till_customer_safe_put (deed->safe, db, changed, FALSE, error);
  return NULL;
}

static void
till_customers_on_lock_written (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;

  till_customers_run_finish (result, &error);
  if (till_customers_fail (task, error))
    return;
  till_customers_tell_change (g_task_get_source_object (task));
  g_task_return_boolean (task, TRUE);
}

void
till_customers_set_face_locked_async (TillCustomers *self,
                                      const char *id,
                                      gboolean locked,
                                      GCancellable *cancellable,
                                      GAsyncReadyCallback callback,
                                      gpointer user_data)
{
  g_return_if_fail (TILL_IS_CUSTOMERS (self));
  g_return_if_fail (id != NULL);

  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  GError *error = NULL;

  g_task_set_source_tag (task, till_customers_set_face_locked_async);
  till_customers_check_open (self, &error);
  if (till_customers_fail (task, error))
    return;

  TillCustomersDeed *deed = till_customers_deed_new (self, id);
  deed->locked = locked;
  till_customers_run_async (self, till_customers_do_lock, deed, till_customers_deed_free, NULL, FALSE,
                            till_customers_on_lock_written, g_steal_pointer (&task));
}

gboolean
till_customers_set_face_locked_finish (TillCustomers *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
