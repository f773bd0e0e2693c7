/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "payment/till-payer-removal-sqlite.h"

#include "store/till-statement.h"

/* Scripts that have run somewhere are never changed; a new one is added behind them. */
static const char *const steps[] = {
  "CREATE TABLE payer_removal ("
  " wish INTEGER PRIMARY KEY,"
  " id TEXT NOT NULL UNIQUE,"
  " person TEXT NOT NULL,"
  " provider TEXT,"
  " account TEXT,"
  " sealed BLOB NOT NULL"
  ") STRICT;",
  NULL,
};

TillPayerRemoval *
till_payer_removal_new (void)
{
  return g_new0 (TillPayerRemoval, 1);
}

void
till_payer_removal_free (TillPayerRemoval *self)
{
  g_free (self->id);
  g_free (self->person);
  g_free (self->provider);
  g_free (self->account);
  g_clear_pointer (&self->sealed, g_bytes_unref);
  g_free (self);
}

gboolean
till_payer_removal_sqlite_migrate (TillStore *store, GError **error)
{
  return till_store_migrate (store, "payment", steps, error);
}

gboolean
till_payer_removal_sqlite_insert (sqlite3 *db, const TillPayerRemoval *removal, GError **error)
{
  g_autoptr (TillStatement) statement = till_statement_new (
      db, "INSERT INTO payer_removal (id, person, provider, account, sealed) VALUES (?, ?, ?, ?, ?)", error);

  if (statement == NULL)
    return FALSE;
  till_statement_bind_text (statement, 1, removal->id);
  till_statement_bind_text (statement, 2, removal->person);
  till_statement_bind_text (statement, 3, removal->provider);
  till_statement_bind_text (statement, 4, removal->account);
  till_statement_bind_bytes (statement, 5, removal->sealed);
  return till_statement_execute (statement, error);
}

gboolean
till_payer_removal_sqlite_has (sqlite3 *db, const char *id, gboolean *has, GError **error)
{
  g_autoptr (TillStatement) statement
      = till_statement_new (db, "SELECT 1 FROM payer_removal WHERE id = ?", error);

  if (statement == NULL)
    return FALSE;
  till_statement_bind_text (statement, 1, id);
  return till_statement_step (statement, has, error);
}

gboolean
till_payer_removal_sqlite_delete (sqlite3 *db, const char *id, gboolean *had, GError **error)
{
  g_autoptr (TillStatement) statement
      = till_statement_new (db, "DELETE FROM payer_removal WHERE id = ?", error);

  if (statement == NULL || !till_payer_removal_sqlite_has (db, id, had, error))
    return FALSE;
  till_statement_bind_text (statement, 1, id);
  return till_statement_execute (statement, error);
}

GPtrArray *
till_payer_removal_sqlite_list (sqlite3 *db, GError **error)
{
  g_autoptr (TillStatement) statement = till_statement_new (
      db, "SELECT id, person, provider, account, sealed FROM payer_removal ORDER BY wish", error);
  g_autoptr (GPtrArray) removals = g_ptr_array_new_with_free_func ((GDestroyNotify) till_payer_removal_free);
  gboolean any;

  if (statement == NULL)
    return NULL;
  while (till_statement_step (statement, &any, error))
    {
      TillPayerRemoval *removal;

      if (!any)
        return g_steal_pointer (&removals);
      removal = till_payer_removal_new ();
      removal->id = g_strdup (till_statement_get_text (statement, 0));
      removal->person = g_strdup (till_statement_get_text (statement, 1));
      removal->provider = g_strdup (till_statement_get_text (statement, 2));
      removal->account = g_strdup (till_statement_get_text (statement, 3));
      removal->sealed = till_statement_get_bytes (statement, 4);
      g_ptr_array_add (removals, removal);
    }
  return NULL;
}
