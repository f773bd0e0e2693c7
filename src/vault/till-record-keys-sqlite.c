/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "vault/till-record-keys-sqlite.h"

#include "store/till-statement.h"

/* Scripts that have run somewhere are never changed; a new one is added behind them. */
static const char *const till_record_keys_steps[] = {
  "CREATE TABLE record_keys (id TEXT PRIMARY KEY NOT NULL, wrapped BLOB NOT NULL) STRICT, WITHOUT ROWID;",
  NULL,
};

gboolean
till_record_keys_sqlite_migrate (TillStore *store, GError **error)
{
  return till_store_migrate (store, "record-keys", till_record_keys_steps, error);
}

gboolean
till_record_keys_sqlite_load (sqlite3 *db, const char *id, GBytes **wrapped, GError **error)
{
  g_autoptr (TillStatement) statement
      = till_statement_new (db, "SELECT wrapped FROM record_keys WHERE id = ?", error);
  gboolean row;

  if (statement == NULL)
    return FALSE;
  till_statement_bind_text (statement, 1, id);
  if (!till_statement_step (statement, &row, error))
    return FALSE;
  *wrapped = row ? till_statement_get_bytes (statement, 0) : NULL;
  return TRUE;
}

static gboolean
till_record_keys_sqlite_write (sqlite3 *db, const char *sql, const char *id, GBytes *wrapped, GError **error)
{
  g_autoptr (TillStatement) statement = till_statement_new (db, sql, error);

  if (statement == NULL)
    return FALSE;
  till_statement_bind_text (statement, 1, id);
  if (wrapped != NULL)
    till_statement_bind_bytes (statement, 2, wrapped);
  return till_statement_execute (statement, error);
}

gboolean
till_record_keys_sqlite_insert (sqlite3 *db, const char *id, GBytes *wrapped, GError **error)
{
  return till_record_keys_sqlite_write (db, "INSERT INTO record_keys (id, wrapped) VALUES (?1, ?2)", id,
                                        wrapped, error);
}

gboolean
till_record_keys_sqlite_update (sqlite3 *db, const char *id, GBytes *wrapped, GError **error)
{
  return till_record_keys_sqlite_write (db, "UPDATE record_keys SET wrapped = ?2 WHERE id = ?1", id, wrapped,
                                        error);
}

gboolean
till_record_keys_sqlite_delete (sqlite3 *db, const char *id, GError **error)
{
  /* Zeros first: a file that lost its secure_delete must not keep the key in a free page. */
  return till_record_keys_sqlite_write (
             db, "UPDATE record_keys SET wrapped = zeroblob (length (wrapped)) WHERE id = ?1", id, NULL,
             error)
         && till_record_keys_sqlite_write (db, "DELETE FROM record_keys WHERE id = ?1", id, NULL, error);
}

GPtrArray *
till_record_keys_sqlite_list (sqlite3 *db, GError **error)
{
  g_autoptr (TillStatement) statement
      = till_statement_new (db, "SELECT id FROM record_keys ORDER BY id", error);
  g_autoptr (GPtrArray) ids = g_ptr_array_new_with_free_func (g_free);
  gboolean row;

  if (statement == NULL)
    return NULL;
  while (till_statement_step (statement, &row, error))
    {
      if (!row)
        return g_steal_pointer (&ids);
      g_ptr_array_add (ids, g_strdup (till_statement_get_text (statement, 0)));
    }
  return NULL;
}
