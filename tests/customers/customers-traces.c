/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "customers-traces.h"

#include "customers/till-customer-record.h"
#include "store/till-statement.h"

#define RUN 24

static gpointer
do_read (sqlite3 *db, gpointer data, GError **error)
{
  g_autoptr (TillStatement) statement = till_statement_new (db, data, error);
  gboolean any;

  g_assert_nonnull (statement);
  g_assert_true (till_statement_step (statement, &any, error));
  g_assert_true (any);
  return till_statement_get_bytes (statement, 0);
}

GBytes *
customers_traces_read (CustomersFixture *self, const char *sql)
{
  g_autofree char *copy = g_strdup (sql);
  g_autoptr (GError) error = NULL;
  GBytes *bytes = till_store_run (self->store, do_read, copy, &error);

  g_assert_no_error (error);
  return bytes;
}

gint64
customers_traces_count (CustomersFixture *self, const char *sql)
{
  g_autofree char *as_blob = g_strdup_printf ("SELECT CAST (CAST ((%s) AS TEXT) AS BLOB)", sql);
  g_autoptr (GBytes) digits = customers_traces_read (self, as_blob);
  g_autofree char *text = g_strndup (g_bytes_get_data (digits, NULL), g_bytes_get_size (digits));

  return g_ascii_strtoll (text, NULL, 10);
}

gboolean
customers_traces_any (CustomersFixture *self, GBytes *bytes)
{
  gsize size;
  const char *data = g_bytes_get_data (bytes, &size);

  g_assert_cmpuint (size, >=, RUN);
  return customers_fixture_on_disk_in_runs (self, data, size, RUN);
}

typedef struct
{
  char *id;
  GBytes *sealed;
} Former;

static gpointer
do_put_former (sqlite3 *db, gpointer data, GError **error)
{
  const Former *former = data;
  g_autoptr (TillStatement) update
      = till_statement_new (db, "UPDATE customers SET sealed = ? WHERE id = ?", error);
  g_autoptr (TillStatement) drop = till_statement_new (db, "DELETE FROM record_keys WHERE id = ?", error);

  till_statement_bind_bytes (update, 1, former->sealed);
  till_statement_bind_text (update, 2, former->id);
  till_statement_bind_text (drop, 1, former->id);
  g_assert_true (till_statement_execute (update, error));
  g_assert_true (till_statement_execute (drop, error));
  return NULL;
}

void
customers_traces_seal_as_formerly (CustomersFixture *self, const TillCustomer *customer)
{
  g_autoptr (TillSecret) record = till_customer_record_encode (customer);
  Former former = { (char *) till_customer_get_id (customer), NULL };
  g_autoptr (GError) error = NULL;

  former.sealed = till_vault_seal (self->vault, former.id, record, &error);
  g_assert_no_error (error);
  till_store_run (self->store, do_put_former, &former, &error);
  g_assert_no_error (error);
  g_bytes_unref (former.sealed);
}
