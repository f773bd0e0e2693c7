/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "shop/till-shop-history.h"

#include "sale/till-sale-story.h"
#include "shop/till-day-rows.h"
#include "shop/till-shop-private.h"

static void
on_rows_listed (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) rows = till_day_rows_list_finish (TILL_LEDGER (source), result, NULL, &error);

  if (rows != NULL)
    g_task_return_pointer (task, till_sale_stories_new (rows), (GDestroyNotify) g_ptr_array_unref);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

void
till_shop_list_history_async (TillShop *self,
                              gint64 since_us,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer user_data)
{
  till_day_rows_list_async (self->ledger, since_us, TRUE, cancellable, on_rows_listed,
                            g_task_new (self, cancellable, callback, user_data));
}

GPtrArray *
till_shop_list_history_finish (TillShop *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
