/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "customers/till-customers-private.h"

#include "customers/till-lockout-sqlite.h"

/* The same digits are counted once: those who come later find nothing under the former key, which would overwrite it. */
static gboolean
till_customers_rekey_misses (TillCustomers *self,
                             sqlite3 *db,
                             TillVaultChange *change,
                             const char *suffix,
                             GHashTable *done,
                             GError **error)
{
  return !g_hash_table_add (done, (gpointer) suffix)
         || till_lockout_sqlite_rekey (db, self->vault, change, suffix, till_clock_monotonic (self->clock),
                                       error);
}

gboolean
till_customers_rekey (sqlite3 *db, TillVaultChange *change, gpointer customers, GError **error)
{
  TillCustomers *self = customers;
  g_autoptr (GPtrArray) everybody = till_customer_safe_list (self->safe, db, NULL, error);
  g_autoptr (GHashTable) done = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; everybody != NULL && i < everybody->len; i++)
    {
      const TillCustomer *customer = g_ptr_array_index (everybody, i);

      if (!till_customer_safe_rekey (self->safe, db, customer, change, error)
          || !till_customers_rekey_misses (self, db, change, till_customer_get_suffix (customer), done,
                                           error))
        return FALSE;
      till_vault_change_tell (change, i + 1, everybody->len);
    }
  return everybody != NULL;
}
