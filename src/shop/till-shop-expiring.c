/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "shop/till-shop-private.h"

#include "shop/till-shop-erasure.h"

#define DAY_US G_TIME_SPAN_DAY

/* The list of those who will go. */
typedef struct
{
  gint64 until_day;
  GPtrArray *visits;
} Listing;

static void
listing_free (gpointer data)
{
  Listing *listing = data;

  g_clear_pointer (&listing->visits, g_ptr_array_unref);
  g_free (listing);
}

static int
compare_day (gconstpointer a, gconstpointer b)
{
  const TillExpiring *one = *(const TillExpiring *const *) a;
  const TillExpiring *other = *(const TillExpiring *const *) b;

  return one->goes_on_day < other->goes_on_day ? -1 : one->goes_on_day > other->goes_on_day;
}

/* @names: (nullable) names by id. */
static GPtrArray *
make_list (TillShop *self, const Listing *listing, GHashTable *names)
{
  GPtrArray *list = g_ptr_array_new_with_free_func ((GDestroyNotify) till_expiring_unref);

  for (guint i = 0; i < listing->visits->len; i++)
    {
      const TillCustomerVisit *visit = g_ptr_array_index (listing->visits, i);
      gint64 goes_on_day = till_shop_get_expiry_day (self, visit->day);

      if (goes_on_day <= listing->until_day)
        g_ptr_array_add (
            list, till_expiring_new (visit->id, names != NULL ? g_hash_table_lookup (names, visit->id) : NULL,
                                     visit->day, goes_on_day));
    }
  g_ptr_array_sort (list, compare_day);
  return list;
}

/* Names are for convenience: the list is there without them, as while the keyring is locked. */
static void
on_customers_listed (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GPtrArray) customers = till_customers_list_finish (TILL_CUSTOMERS (source), result, NULL);
  g_autoptr (GHashTable) names = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; customers != NULL && i < customers->len; i++)
    {
      const TillCustomer *customer = g_ptr_array_index (customers, i);

      g_hash_table_insert (names, (gpointer) till_customer_get_id (customer),
                           (gpointer) till_customer_get_name (customer));
    }
  g_task_return_pointer (task,
                         make_list (g_task_get_source_object (task), g_task_get_task_data (task), names),
                         (GDestroyNotify) g_ptr_array_unref);
}

static void
on_visits_listed (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  TillShop *self = g_task_get_source_object (task);
  Listing *listing = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;

  listing->visits = till_customers_list_expired_finish (TILL_CUSTOMERS (source), result, &error);
  if (listing->visits == NULL)
    g_task_return_error (task, g_steal_pointer (&error));
  else
    till_customers_list_async (self->customers, NULL, on_customers_listed, g_steal_pointer (&task));
}

void
till_shop_list_expiring_async (TillShop *self,
                               guint within_days,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);
  Listing *listing = g_new0 (Listing, 1);

  listing->until_day = till_clock_utc (self->clock) / DAY_US + within_days;
  g_task_set_task_data (task, listing, listing_free);
  till_customers_list_expired_async (self->customers, G_MAXINT64, cancellable, on_visits_listed, task);
}

GPtrArray *
till_shop_list_expiring_finish (TillShop *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
