/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "vault/till-staff-sqlite.h"

#include "store/till-statement.h"

/* Scripts that have run somewhere are never changed; a new one is added behind them. */
static const char *const till_staff_steps[] = {
  "CREATE TABLE staff (role TEXT PRIMARY KEY NOT NULL, pin TEXT NOT NULL) STRICT, WITHOUT ROWID;",
  NULL,
};

gboolean
till_staff_sqlite_migrate (TillStore *store, GError **error)
{
  return till_store_migrate (store, "staff", till_staff_steps, error);
}

gboolean
till_staff_sqlite_load (sqlite3 *db, const char *role, char **hash, GError **error)
{
  g_autoptr (TillStatement) statement
      = till_statement_new (db, "SELECT pin FROM staff WHERE role = ?", error);
  gboolean row;

  if (statement == NULL)
    return FALSE;
  till_statement_bind_text (statement, 1, role);
  if (!till_statement_step (statement, &row, error))
    return FALSE;
  *hash = row ? g_strdup (till_statement_get_text (statement, 0)) : NULL;
  return TRUE;
}

gboolean
till_staff_sqlite_save (sqlite3 *db, const char *role, const char *hash, GError **error)
{
  g_autoptr (TillStatement) statement = till_statement_new (
      db, "INSERT INTO staff (role, pin) VALUES (?, ?) ON CONFLICT (role) DO UPDATE SET pin = excluded.pin",
      error);

  if (statement == NULL)
    return FALSE;
  till_statement_bind_text (statement, 1, role);
  till_statement_bind_text (statement, 2, hash);
  return till_statement_execute (statement, error);
}
