/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "vault/till-vault-sqlite.h"

#include "base/till-error.h"
#include "store/till-database.h"
#include "store/till-statement.h"

#include <string.h>

/* Scripts that have run somewhere are never changed; a new one is added behind them. */
static const char *const till_vault_steps[] = {
  "CREATE TABLE vault_state ("
  " one INTEGER PRIMARY KEY CHECK (one = 1),"
  " generation INTEGER NOT NULL,"
  " shop_tag BLOB NOT NULL,"
  " public_key TEXT"
  ") STRICT;"
  "CREATE TABLE vault_keys (name TEXT PRIMARY KEY NOT NULL, wrapped BLOB NOT NULL) STRICT, WITHOUT ROWID;"
  "CREATE TABLE vault_retired (number INTEGER PRIMARY KEY, sealed BLOB NOT NULL) STRICT;"
  "CREATE TABLE vault_recovery ("
  " one INTEGER PRIMARY KEY CHECK (one = 1),"
  " generation INTEGER NOT NULL,"
  " public_key BLOB NOT NULL,"
  " proof BLOB NOT NULL,"
  " box BLOB NOT NULL"
  ") STRICT;",
  NULL,
};

void
till_vault_state_clear (TillVaultState *state)
{
  g_clear_pointer (&state->public_key, g_free);
}

void
till_vault_recovery_row_clear (TillVaultRecoveryRow *row)
{
  g_clear_pointer (&row->public_key, g_bytes_unref);
  g_clear_pointer (&row->proof, g_bytes_unref);
  g_clear_pointer (&row->box, g_bytes_unref);
}

static gpointer
till_vault_sqlite_do_tag (sqlite3 *db, gpointer data, GError **error)
{
  g_autoptr (TillStatement) statement = till_statement_new (
      db, "INSERT OR IGNORE INTO vault_state (one, generation, shop_tag) VALUES (1, 0, ?)", error);

  if (statement == NULL)
    return NULL;
  till_statement_bind_bytes (statement, 1, data);
  till_statement_execute (statement, error);
  return NULL;
}

gboolean
till_vault_sqlite_migrate (TillStore *store, const guint8 shop_tag[8], GError **error)
{
  g_autoptr (GBytes) tag = g_bytes_new (shop_tag, 8);
  g_autoptr (GError) failure = NULL;

  if (!till_store_migrate (store, "vault", till_vault_steps, error))
    return FALSE;
  till_store_run (store, till_vault_sqlite_do_tag, tag, &failure);
  if (failure == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&failure));
  return FALSE;
}

/* @found: whether there is such a row. */
static TillStatement *
till_vault_sqlite_first (sqlite3 *db, const char *sql, gboolean *found, GError **error)
{
  g_autoptr (TillStatement) statement = till_statement_new (db, sql, error);

  if (statement == NULL || !till_statement_step (statement, found, error))
    return NULL;
  return g_steal_pointer (&statement);
}

gboolean
till_vault_sqlite_load_state (sqlite3 *db, TillVaultState *state, GError **error)
{
  g_autoptr (TillStatement) statement = NULL;
  g_autoptr (TillStatement) table = NULL;
  g_autoptr (GBytes) tag = NULL;
  gboolean found;

  table
      = till_vault_sqlite_first (db, "SELECT 1 FROM sqlite_master WHERE name = 'vault_state'", &found, error);
  if (table == NULL)
    return FALSE;
  if (!found)
    return TRUE;
  statement = till_vault_sqlite_first (db,
                                       "SELECT generation, shop_tag, public_key,"
                                       " EXISTS (SELECT 1 FROM vault_recovery) FROM vault_state",
                                       &found, error);
  if (statement == NULL)
    return FALSE;
  tag = found ? till_statement_get_bytes (statement, 1) : NULL;
  if (tag == NULL || g_bytes_get_size (tag) != sizeof state->shop_tag)
    {
      g_set_error_literal (
          error, TILL_ERROR, TILL_ERROR_CORRUPT,
          "the vault's own row is missing or was altered; restore the database from a backup");
      return FALSE;
    }
  till_vault_state_clear (state);
  state->generation = till_statement_get_int (statement, 0);
  memcpy (state->shop_tag, g_bytes_get_data (tag, NULL), sizeof state->shop_tag);
  state->public_key = g_strdup (till_statement_get_text (statement, 2));
  state->has_recovery = till_statement_get_int (statement, 3) != 0;
  return TRUE;
}

gboolean
till_vault_sqlite_load_generation (sqlite3 *db, gint64 *generation, GError **error)
{
  gboolean found;
  g_autoptr (TillStatement) statement
      = till_vault_sqlite_first (db, "SELECT generation FROM vault_state", &found, error);

  if (statement == NULL)
    return FALSE;
  *generation = found ? till_statement_get_int (statement, 0) : 0;
  return TRUE;
}

gboolean
till_vault_sqlite_save_generation (sqlite3 *db, gint64 generation, const char *public_key, GError **error)
{
  g_autoptr (TillStatement) statement
      = till_statement_new (db, "UPDATE vault_state SET generation = ?, public_key = ?", error);

  if (statement == NULL)
    return FALSE;
  till_statement_bind_int (statement, 1, generation);
  till_statement_bind_text (statement, 2, public_key);
  return till_statement_execute (statement, error);
}

gboolean
till_vault_sqlite_load_key (sqlite3 *db, const char *name, GBytes **wrapped, GError **error)
{
  g_autoptr (TillStatement) statement
      = till_statement_new (db, "SELECT wrapped FROM vault_keys WHERE name = ?", error);
  gboolean row;

  if (statement == NULL)
    return FALSE;
  till_statement_bind_text (statement, 1, name);
  if (!till_statement_step (statement, &row, error))
    return FALSE;
  if (!row)
    {
      g_set_error (error, TILL_ERROR, TILL_ERROR_CORRUPT,
                   "the key \"%s\" is missing from the database; restore the database from a backup", name);
      return FALSE;
    }
  *wrapped = till_statement_get_bytes (statement, 0);
  return TRUE;
}

gboolean
till_vault_sqlite_save_key (sqlite3 *db, const char *name, GBytes *wrapped, GError **error)
{
  g_autoptr (TillStatement) statement
      = till_statement_new (db,
                            "INSERT INTO vault_keys (name, wrapped) VALUES (?, ?)"
                            " ON CONFLICT (name) DO UPDATE SET wrapped = excluded.wrapped",
                            error);

  if (statement == NULL)
    return FALSE;
  till_statement_bind_text (statement, 1, name);
  till_statement_bind_bytes (statement, 2, wrapped);
  return till_statement_execute (statement, error);
}

GPtrArray *
till_vault_sqlite_load_retired (sqlite3 *db, GError **error)
{
  g_autoptr (TillStatement) statement
      = till_statement_new (db, "SELECT sealed FROM vault_retired ORDER BY number", error);
  g_autoptr (GPtrArray) sealed = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);
  gboolean row;

  if (statement == NULL)
    return NULL;
  while (till_statement_step (statement, &row, error))
    {
      if (!row)
        return g_steal_pointer (&sealed);
      g_ptr_array_add (sealed, till_statement_get_bytes (statement, 0));
    }
  return NULL;
}

gboolean
till_vault_sqlite_clear_retired (sqlite3 *db, GError **error)
{
  return till_database_execute (db, "DELETE FROM vault_retired", error);
}

gboolean
till_vault_sqlite_add_retired (sqlite3 *db, GBytes *sealed, GError **error)
{
  g_autoptr (TillStatement) statement
      = till_statement_new (db, "INSERT INTO vault_retired (sealed) VALUES (?)", error);

  if (statement == NULL)
    return FALSE;
  till_statement_bind_bytes (statement, 1, sealed);
  return till_statement_execute (statement, error);
}

gboolean
till_vault_sqlite_load_recovery (sqlite3 *db, TillVaultRecoveryRow *row, GError **error)
{
  gboolean found;
  g_autoptr (TillStatement) statement = till_vault_sqlite_first (
      db, "SELECT generation, public_key, proof, box FROM vault_recovery", &found, error);

  if (statement == NULL)
    return FALSE;
  till_vault_recovery_row_clear (row);
  if (!found)
    return TRUE;
  row->generation = till_statement_get_int (statement, 0);
  row->public_key = till_statement_get_bytes (statement, 1);
  row->proof = till_statement_get_bytes (statement, 2);
  row->box = till_statement_get_bytes (statement, 3);
  return TRUE;
}

gboolean
till_vault_sqlite_save_recovery (sqlite3 *db, const TillVaultRecoveryRow *row, GError **error)
{
  g_autoptr (TillStatement) statement = NULL;

  if (!till_vault_sqlite_clear_recovery (db, error))
    return FALSE;
  statement = till_statement_new (db, "INSERT INTO vault_recovery VALUES (1, ?, ?, ?, ?)", error);
  if (statement == NULL)
    return FALSE;
  till_statement_bind_int (statement, 1, row->generation);
  till_statement_bind_bytes (statement, 2, row->public_key);
  till_statement_bind_bytes (statement, 3, row->proof);
  till_statement_bind_bytes (statement, 4, row->box);
  return till_statement_execute (statement, error);
}

gboolean
till_vault_sqlite_clear_recovery (sqlite3 *db, GError **error)
{
  return till_database_execute (db, "DELETE FROM vault_recovery", error);
}
