/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "customers/till-customers-sqlite.h"

#include "base/till-error.h"
#include "store/till-statement.h"

#define SELECT_ROWS "SELECT id, bucket, sealed, enrolled_us, last_visit_day FROM customers"

/* Scripts that have run somewhere are never changed; a new one is added behind them. */
static const char *const till_customers_steps[] = {
  "CREATE TABLE customers ("
  " id TEXT PRIMARY KEY NOT NULL,"
  " bucket TEXT NOT NULL,"
  " sealed BLOB NOT NULL,"
  " enrolled_us INTEGER NOT NULL"
  ") STRICT;"

  "CREATE INDEX customers_bucket ON customers (bucket);",

  /* The other table holds whom the file was not yet rid of: erased, but not yet compacted. */
  "ALTER TABLE customers ADD COLUMN last_visit_day INTEGER NOT NULL DEFAULT 0;"
  "UPDATE customers SET last_visit_day = enrolled_us / 86400000000;"
  "CREATE INDEX customers_last_visit_day ON customers (last_visit_day);"
  "CREATE TABLE customers_going (id TEXT PRIMARY KEY NOT NULL) STRICT, WITHOUT ROWID;",
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
      db, "INSERT INTO customers (id, bucket, sealed, enrolled_us, last_visit_day) VALUES (?, ?, ?, ?, ?)",
      error);

  if (statement == NULL)
    return FALSE;
  till_statement_bind_text (statement, 1, row->id);
  till_statement_bind_text (statement, 2, row->bucket);
  till_statement_bind_bytes (statement, 3, row->sealed);
  till_statement_bind_int (statement, 4, row->enrolled_us);
  till_statement_bind_int (statement, 5, row->last_visit_day);
  return till_statement_execute (statement, error);
}

gboolean
till_customers_sqlite_update (sqlite3 *db, const TillCustomerRow *row, GError **error)
{
  g_autoptr (TillStatement) statement = till_statement_new (
      db,
      "UPDATE customers SET bucket = ?2, sealed = ?3, enrolled_us = ?4, last_visit_day = ?5 WHERE id = ?1",
      error);

  if (statement == NULL)
    return FALSE;
  till_statement_bind_text (statement, 1, row->id);
  till_statement_bind_text (statement, 2, row->bucket);
  till_statement_bind_bytes (statement, 3, row->sealed);
  till_statement_bind_int (statement, 4, row->enrolled_us);
  till_statement_bind_int (statement, 5, row->last_visit_day);
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
  row->last_visit_day = till_statement_get_int (statement, 4);
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

/* Overwritten as well as deleted: what is read of the page before it is written anew holds nothing of them. */
gboolean
till_customers_sqlite_erase (sqlite3 *db, const char *id, GError **error)
{
  static const char *const steps[] = {
    "INSERT OR IGNORE INTO customers_going (id) VALUES (?1)",
    "UPDATE customers SET bucket = '', sealed = zeroblob (length (sealed)), enrolled_us = 0, last_visit_day "
    "= 0"
    " WHERE id = ?1",
    "DELETE FROM customers WHERE id = ?1",
  };

  for (guint i = 0; i < G_N_ELEMENTS (steps); i++)
    {
      g_autoptr (TillStatement) statement = till_statement_new (db, steps[i], error);

      if (statement == NULL)
        return FALSE;
      till_statement_bind_text (statement, 1, id);
      if (!till_statement_execute (statement, error))
        return FALSE;
    }
  return TRUE;
}

gboolean
till_customers_sqlite_is_going (sqlite3 *db, gboolean *going, GError **error)
{
  g_autoptr (TillStatement) statement
      = till_statement_new (db, "SELECT 1 FROM customers_going LIMIT 1", error);

  return statement != NULL && till_statement_step (statement, going, error);
}

gboolean
till_customers_sqlite_end_going (sqlite3 *db, GError **error)
{
  g_autoptr (TillStatement) statement = till_statement_new (db, "DELETE FROM customers_going", error);

  return statement != NULL && till_statement_execute (statement, error);
}

GPtrArray *
till_customers_sqlite_select_before (sqlite3 *db, gint64 day, GError **error)
{
  g_autoptr (GPtrArray) visits = g_ptr_array_new_with_free_func ((GDestroyNotify) till_customer_visit_free);
  g_autoptr (TillStatement) statement = till_statement_new (
      db, "SELECT id, last_visit_day FROM customers WHERE last_visit_day < ? ORDER BY last_visit_day, id",
      error);
  gboolean any;

  if (statement == NULL)
    return NULL;
  till_statement_bind_int (statement, 1, day);
  while (till_statement_step (statement, &any, error))
    {
      if (!any)
        return g_steal_pointer (&visits);
      g_ptr_array_add (visits, till_customer_visit_new (till_statement_get_text (statement, 0),
                                                        till_statement_get_int (statement, 1)));
    }
  return NULL;
}
