/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "customers/till-customers-sqlite.h"

#include "base/till-error.h"
#include "store/till-statement.h"

#define SELECT_ROWS "SELECT id, bucket, sealed, enrolled_us FROM customers"

/* Scripts that have run somewhere are never changed; a new one is added behind them. */
static const char *const till_customers_steps[] = {
  "CREATE TABLE customers ("
  " id TEXT PRIMARY KEY NOT NULL,"
  " bucket TEXT NOT NULL,"
  " sealed BLOB NOT NULL,"
  " enrolled_us INTEGER NOT NULL"
  ") STRICT;"

  "CREATE INDEX customers_bucket ON customers (bucket);",
  NULL,
};

gboolean
till_customers_sqlite_migrate (TillStore *store, GError **error)
{
  return till_store_migrate (store, "customers", till_customers_steps, error);
}

gboolean
till_customers_sqlite_insert (sqlite3 *db, const TillCustomerRow *row, GError **error)
{
  g_autoptr (TillStatement) statement = till_statement_new (
      db, "INSERT INTO customers (id, bucket, sealed, enrolled_us) VALUES (?, ?, ?, ?)", error);

  if (statement == NULL)
    return FALSE;
  till_statement_bind_text (statement, 1, row->id);
  till_statement_bind_text (statement, 2, row->bucket);
  till_statement_bind_bytes (statement, 3, row->sealed);
  till_statement_bind_int (statement, 4, row->enrolled_us);
  return till_statement_execute (statement, error);
}

gboolean
till_customers_sqlite_update (sqlite3 *db, const TillCustomerRow *row, GError **error)
{
  g_autoptr (TillStatement) statement = till_statement_new (
      db, "UPDATE customers SET bucket = ?2, sealed = ?3, enrolled_us = ?4 WHERE id = ?1", error);

  if (statement == NULL)
    return FALSE;
  till_statement_bind_text (statement, 1, row->id);
  till_statement_bind_text (statement, 2, row->bucket);
  till_statement_bind_bytes (statement, 3, row->sealed);
  till_statement_bind_int (statement, 4, row->enrolled_us);
  return till_statement_execute (statement, error);
}

static TillCustomerRow *
till_customers_sqlite_read_row (TillStatement *statement)
{
  TillCustomerRow *row = g_new0 (TillCustomerRow, 1);

  row->id = g_strdup (till_statement_get_text (statement, 0));
  row->bucket = g_strdup (till_statement_get_text (statement, 1));
  row->sealed = till_statement_get_bytes (statement, 2);
  row->enrolled_us = till_statement_get_int (statement, 3);
  return row;
}

GPtrArray *
till_customers_sqlite_select (sqlite3 *db, const char *bucket, GError **error)
{
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func ((GDestroyNotify) till_customer_row_free);
  g_autoptr (TillStatement) statement = till_statement_new (
      db, bucket != NULL ? SELECT_ROWS " WHERE bucket = ? ORDER BY id" : SELECT_ROWS " ORDER BY id", error);
  gboolean any;

  if (statement == NULL)
    return NULL;
  if (bucket != NULL)
    till_statement_bind_text (statement, 1, bucket);
  while (till_statement_step (statement, &any, error))
    {
      if (!any)
        return g_steal_pointer (&rows);
      g_ptr_array_add (rows, till_customers_sqlite_read_row (statement));
    }
  return NULL;
}

gboolean
till_customers_sqlite_has (sqlite3 *db, const char *id, gboolean *has, GError **error)
{
  g_autoptr (TillStatement) statement
      = till_statement_new (db, "SELECT 1 FROM customers WHERE ?1 IS NULL OR id = ?1 LIMIT 1", error);

  if (statement == NULL)
    return FALSE;
  till_statement_bind_text (statement, 1, id);
  return till_statement_step (statement, has, error);
}

static void
till_customers_sqlite_set_missing (const char *id, GError **error)
{
  g_set_error (error, TILL_ERROR, TILL_ERROR_NOT_FOUND, "Nobody is enrolled as %s", id);
}

TillCustomerRow *
till_customers_sqlite_find (sqlite3 *db, const char *id, GError **error)
{
  g_autoptr (TillStatement) statement = till_statement_new (db, SELECT_ROWS " WHERE id = ?", error);
  gboolean any;

  if (statement == NULL)
    return NULL;
  till_statement_bind_text (statement, 1, id);
  if (!till_statement_step (statement, &any, error))
    return NULL;
  if (any)
    return till_customers_sqlite_read_row (statement);
  till_customers_sqlite_set_missing (id, error);
  return NULL;
}

gboolean
till_customers_sqlite_delete (sqlite3 *db, const char *id, GError **error)
{
  g_autoptr (TillStatement) statement = NULL;
  gboolean has;

  if (!till_customers_sqlite_has (db, id, &has, error))
    return FALSE;
  if (!has)
    {
      till_customers_sqlite_set_missing (id, error);
      return FALSE;
    }
  statement = till_statement_new (db, "DELETE FROM customers WHERE id = ?", error);
  if (statement == NULL)
    return FALSE;
  till_statement_bind_text (statement, 1, id);
  return till_statement_execute (statement, error);
}
