/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "customers/till-customers-private.h"

#include "vault/till-pin.h"

#include <sodium.h>
#include <string.h>

/* Find by PIN */

/* The customers of the digits, whose PINs are compared with the one that was typed. */
typedef struct
{
  char *pin;
  GPtrArray *customers; /* those who have one */
} TillCustomersPin;

static void
till_customers_pin_free (gpointer data)
{
  TillCustomersPin *typed = data;

  sodium_memzero (typed->pin, strlen (typed->pin));
  g_free (typed->pin);
  g_clear_pointer (&typed->customers, g_ptr_array_unref);
  g_free (typed);
}

static void
till_customers_on_pins_matched (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  const TillCustomersPin *typed = g_task_get_task_data (task);
  g_autoptr (GPtrArray) theirs = g_ptr_array_new ();
  GError *error = NULL;
  g_autoptr (GArray) right = till_pin_match_finish (result, &error);

  if (till_customers_fail (task, error))
    return;
  for (guint i = 0; i < right->len; i++)
    g_ptr_array_add (theirs, g_ptr_array_index (typed->customers, g_array_index (right, guint, i)));
  g_task_return_pointer (task, till_gallery_new (theirs), (GDestroyNotify) till_gallery_unref);
}

static void
till_customers_match_pins (GTask *task, GPtrArray *customers)
{
  TillCustomersPin *typed = g_task_get_task_data (task);
  g_autoptr (GPtrArray) hashes = g_ptr_array_new ();

  typed->customers = g_ptr_array_new_with_free_func ((GDestroyNotify) till_customer_unref);
  for (guint i = 0; i < customers->len; i++)
    {
      TillCustomer *customer = g_ptr_array_index (customers, i);

      if (till_customer_get_pin (customer) == NULL)
        continue;
      g_ptr_array_add (typed->customers, till_customer_ref (customer));
      g_ptr_array_add (hashes, (char *) till_customer_get_pin (customer));
    }
  g_ptr_array_add (hashes, NULL);
  till_pin_match_async (typed->pin, (const char *const *) hashes->pdata, g_task_get_cancellable (task),
                        till_customers_on_pins_matched, g_object_ref (task));
}

static void
till_customers_on_pin_candidates (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  g_autoptr (GPtrArray) customers = till_customers_run_finish (result, &error);

  if (!till_customers_fail (task, error))
    till_customers_match_pins (task, customers);
}

void
till_customers_find_by_pin_async (TillCustomers *self,
                                  const char *suffix,
                                  const char *pin,
                                  GCancellable *cancellable,
                                  GAsyncReadyCallback callback,
                                  gpointer user_data)
{
  g_return_if_fail (TILL_IS_CUSTOMERS (self));

  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  TillCustomersPin *typed = g_new0 (TillCustomersPin, 1);
  GError *error = NULL;

  g_task_set_source_tag (task, till_customers_find_by_pin_async);
  typed->pin = g_strdup (pin);
  g_task_set_task_data (task, typed, till_customers_pin_free);
  if (till_pin_check (pin, &error) && till_customer_check_suffix (suffix, &error))
    till_customers_check_open (self, &error);
  if (till_customers_fail (task, error))
    return;
  till_customers_query_async (self, suffix, FALSE, till_customers_on_pin_candidates, g_steal_pointer (&task));
}

TillGallery *
till_customers_find_by_pin_finish (TillCustomers *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/* A new PIN */

typedef struct
{
  char *suffix;
  char *pin;
} TillCustomersNewPin;

static void
till_customers_new_pin_free (gpointer data)
{
  TillCustomersNewPin *typed = data;

  sodium_memzero (typed->suffix, strlen (typed->suffix));
  sodium_memzero (typed->pin, strlen (typed->pin));
  g_free (typed->suffix);
  g_free (typed->pin);
  g_free (typed);
}

static void
till_customers_on_pin_hashed (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  char *hash = till_pin_hash_finish (result, &error);

  if (!till_customers_fail (task, error))
    g_task_return_pointer (task, hash, g_free);
}

/* Of "$argon2id$v=19$m=65536,t=2,p=1$SALT$HASH", read where it lies: no copy of a hash is left anywhere. */
static gboolean
till_customers_read_salt (const char *pin, guint8 salt[TILL_PIN_SALT_SIZE])
{
  const char *end = strrchr (pin, '$');
  const char *start = end;
  gsize size;

  if (end == NULL)
    return FALSE;
  while (start > pin && start[-1] != '$')
    start--;
  return start > pin && start < end
         && sodium_base642bin (salt, TILL_PIN_SALT_SIZE, start, (gsize) (end - start), NULL, &size, NULL,
                               sodium_base64_VARIANT_ORIGINAL_NO_PADDING)
                == 0
         && size == TILL_PIN_SALT_SIZE;
}

/* The salt that the PINs of these digits have already, made under whichever look-up key there was then, or a new one. */
static gboolean
till_customers_find_salt (TillCustomers *self,
                          const char *suffix,
                          const GPtrArray *customers,
                          guint8 salt[TILL_PIN_SALT_SIZE],
                          GError **error)
{
  for (guint i = 0; i < customers->len; i++)
    {
      const char *pin = till_customer_get_pin (g_ptr_array_index (customers, i));

      if (pin != NULL && till_customers_read_salt (pin, salt))
        return TRUE;
    }

  g_autofree char *hash = till_vault_hash (self->vault, "pin-salt", suffix, error);
  return hash != NULL
         && sodium_hex2bin (salt, TILL_PIN_SALT_SIZE, hash, 2 * TILL_PIN_SALT_SIZE, NULL, NULL, NULL) == 0;
}

static void
till_customers_on_namesakes (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  const TillCustomersNewPin *typed = g_task_get_task_data (task);
  GError *error = NULL;
  g_autoptr (GPtrArray) customers = till_customers_run_finish (result, &error);
  guint8 salt[TILL_PIN_SALT_SIZE];

  if (customers != NULL)
    till_customers_find_salt (g_task_get_source_object (task), typed->suffix, customers, salt, &error);
  if (!till_customers_fail (task, error))
    till_pin_hash_async (typed->pin, salt, g_task_get_cancellable (task), till_customers_on_pin_hashed,
                         g_object_ref (task));
}

void
till_customers_hash_pin_async (TillCustomers *self,
                               const char *suffix,
                               const char *pin,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer user_data)
{
  g_return_if_fail (TILL_IS_CUSTOMERS (self));

  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  GError *error = NULL;

  g_task_set_source_tag (task, till_customers_hash_pin_async);
  if (till_customer_check_suffix (suffix, &error) && till_pin_check_new (pin, suffix, &error))
    till_customers_check_open (self, &error);
  if (till_customers_fail (task, error))
    return;

  TillCustomersNewPin *typed = g_new0 (TillCustomersNewPin, 1);
  typed->suffix = g_strdup (suffix);
  typed->pin = g_strdup (pin);
  g_task_set_task_data (task, typed, till_customers_new_pin_free);
  till_customers_query_async (self, suffix, TRUE, till_customers_on_namesakes, g_steal_pointer (&task));
}

char *
till_customers_hash_pin_finish (TillCustomers *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
