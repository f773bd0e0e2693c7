/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "customers/till-pass-book-sqlite.h"

#include "store/till-statement.h"

/* Scripts that have run somewhere are never changed; a new one is added behind them. */
static const char *const till_pass_book_steps[] = {
  "CREATE TABLE passes ("
  " id TEXT PRIMARY KEY NOT NULL,"
  " expires_day INTEGER NOT NULL,"
  " revoked_us INTEGER NOT NULL DEFAULT 0"
  ") STRICT;",
  NULL,
};

gboolean
till_pass_book_sqlite_migrate (TillStore *store, GError **error)
{
  return till_store_migrate (store, "passes", till_pass_book_steps, error);
}

gboolean
till_pass_book_sqlite_insert (sqlite3 *db, const char *id, gint64 expires_day, GError **error)
{
  g_autoptr (TillStatement) statement
      = till_statement_new (db, "INSERT INTO passes (id, expires_day) VALUES (?, ?)", error);

  if (statement == NULL)
    return FALSE;
  till_statement_bind_text (statement, 1, id);
  till_statement_bind_int (statement, 2, expires_day);
  return till_statement_execute (statement, error);
}

GPtrArray *
till_pass_book_sqlite_select (sqlite3 *db, const char *id, GError **error)
{
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func ((GDestroyNotify) till_pass_row_free);
  g_autoptr (TillStatement) statement
      = till_statement_new (db,
                            "SELECT id, expires_day, revoked_us FROM passes"
                            " WHERE ?1 IS NULL OR id = ?1 ORDER BY expires_day, id",
                            error);
  gboolean any;

  if (statement == NULL)
    return NULL;
  till_statement_bind_text (statement, 1, id);
  while (till_statement_step (statement, &any, error))
    {
      if (!any)
        return g_steal_pointer (&rows);
      g_ptr_array_add (rows, till_pass_row_new (till_statement_get_text (statement, 0),
                                                till_statement_get_int (statement, 1),
                                                till_statement_get_int (statement, 2)));
    }
  return NULL;
}

gboolean
till_pass_book_sqlite_revoke (sqlite3 *db, const char *id, gint64 revoked_us, GError **error)
{
  g_autoptr (TillStatement) statement
      = till_statement_new (db, "UPDATE passes SET revoked_us = ?2 WHERE id = ?1 AND revoked_us = 0", error);

  if (statement == NULL)
    return FALSE;
  till_statement_bind_text (statement, 1, id);
  till_statement_bind_int (statement, 2, revoked_us);
  return till_statement_execute (statement, error);
}
