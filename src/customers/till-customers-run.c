/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "customers/till-customers-private.h"

typedef struct
{
  TillStoreFunc func;
  gpointer data;
  GDestroyNotify data_free;
  GDestroyNotify result_free;
  gboolean reads;
  gint64 generation; /* of the keys, when it was last asked for */
} TillCustomersRun;

static void
till_customers_run_free (gpointer data)
{
  TillCustomersRun *run = data;

  if (run->data_free != NULL)
    run->data_free (run->data);
  g_free (run);
}

static void till_customers_run_now (GTask *task);

/* The vault hears of the change before whoever asked the store for something later does. */
static void
till_customers_on_run (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  TillCustomers *self = g_task_get_source_object (task);
  const TillCustomersRun *run = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  gpointer value = till_store_run_finish (TILL_STORE (source), result, &error);
  gboolean changed = till_vault_get_generation (self->vault) != run->generation;

  if (changed && (run->reads || error != NULL))
    {
      if (value != NULL && run->result_free != NULL)
        run->result_free (value);
      till_customers_run_now (g_steal_pointer (&task));
    }
  else if (error != NULL)
    g_task_return_error (task, g_steal_pointer (&error));
  else
    g_task_return_pointer (task, value, run->result_free);
}

/* @task: (transfer full) */
static void
till_customers_run_now (GTask *task)
{
  TillCustomers *self = g_task_get_source_object (task);
  TillCustomersRun *run = g_task_get_task_data (task);

  run->generation = till_vault_get_generation (self->vault);
  till_store_run_async (self->store, run->func, run->data, NULL, run->result_free,
                        g_task_get_cancellable (task), till_customers_on_run, task);
}

void
till_customers_run_async (TillCustomers *self,
                          TillStoreFunc func,
                          gpointer data,
                          GDestroyNotify data_free,
                          GDestroyNotify result_free,
                          gboolean reads,
                          GAsyncReadyCallback callback,
                          GTask *task)
{
  GTask *own = g_task_new (self, g_task_get_cancellable (task), callback, task);
  TillCustomersRun *run = g_new (TillCustomersRun, 1);

  g_task_set_source_tag (own, till_customers_run_async);
  /* The store decides whether cancelling came in time. */
  g_task_set_check_cancellable (own, FALSE);
  *run = (TillCustomersRun){ func, data, data_free, result_free, reads, 0 };
  g_task_set_task_data (own, run, till_customers_run_free);
  till_customers_run_now (own);
}

gpointer
till_customers_run_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
