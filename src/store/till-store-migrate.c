/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/till-error.h"
#include "store/till-database.h"
#include "store/till-statement.h"
#include "store/till-store.h"

typedef struct
{
  TillStore *store;
  const char *room;
  const char *const *steps;
  guint n_steps;
} TillMigration;

static gboolean
till_migration_read (sqlite3 *db, const char *room, gint64 *version, GError **error)
{
  g_autoptr (TillStatement) statement
      = till_statement_new (db, "SELECT version FROM till_migration WHERE room = ?", error);
  gboolean row;

  if (statement == NULL)
    return FALSE;
  till_statement_bind_text (statement, 1, room);
  if (!till_statement_step (statement, &row, error))
    return FALSE;
  *version = row ? till_statement_get_int (statement, 0) : 0;
  return TRUE;
}

static gboolean
till_migration_write (sqlite3 *db, const char *room, gint64 version, GError **error)
{
  g_autoptr (TillStatement) statement
      = till_statement_new (db,
                            "INSERT INTO till_migration (room, version) VALUES (?, ?) ON CONFLICT (room) DO "
                            "UPDATE SET version = excluded.version",
                            error);

  if (statement == NULL)
    return FALSE;
  till_statement_bind_text (statement, 1, room);
  till_statement_bind_int (statement, 2, version);
  return till_statement_execute (statement, error);
}

static gpointer
till_migration_run (sqlite3 *db, gpointer data, GError **error)
{
  TillMigration *migration = data;
  gint64 version;

  if (!till_database_execute (db,
                              "CREATE TABLE IF NOT EXISTS till_migration"
                              " (room TEXT PRIMARY KEY, version INTEGER NOT NULL) STRICT, WITHOUT ROWID",
                              error)
      || !till_migration_read (db, migration->room, &version, error))
    return NULL;
  if (version < 0 || version > migration->n_steps)
    {
      g_set_error (error, TILL_ERROR, TILL_ERROR_UNSUPPORTED,
                   "%s was written by a newer program (%s %" G_GINT64_FORMAT
                   ", known here: %u); install that one",
                   till_store_get_path (migration->store), migration->room, version, migration->n_steps);
      return NULL;
    }
  for (guint i = (guint) version; i < migration->n_steps; i++)
    if (!till_database_execute (db, migration->steps[i], error))
      {
        g_prefix_error (error, "step %u of %s: ", i + 1, migration->room);
        return NULL;
      }
  till_migration_write (db, migration->room, migration->n_steps, error);
  return NULL;
}

gboolean
till_store_migrate (TillStore *self, const char *room, const char *const *steps, GError **error)
{
  TillMigration migration = { .store = self, .room = room, .steps = steps };
  g_autoptr (GError) failure = NULL;

  g_return_val_if_fail (TILL_IS_STORE (self), FALSE);
  g_return_val_if_fail (room != NULL && steps != NULL, FALSE);

  while (steps[migration.n_steps] != NULL)
    migration.n_steps++;
  (void) till_store_run (self, till_migration_run, &migration, &failure);
  if (failure == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&failure));
  return FALSE;
}
