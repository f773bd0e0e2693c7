/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "vault/till-miss-count-sqlite.h"

#include "store/till-database.h"
#include "store/till-statement.h"

/* Scripts that have run somewhere are never changed; a new one is added behind them. */
static const char *const till_miss_count_steps[] = {
  "CREATE TABLE miss_counts ("
  " key TEXT PRIMARY KEY NOT NULL,"
  " miss_1_us INTEGER NOT NULL,"
  " miss_2_us INTEGER NOT NULL,"
  " miss_3_us INTEGER NOT NULL,"
  " miss_4_us INTEGER NOT NULL,"
  " miss_5_us INTEGER NOT NULL,"
  " level INTEGER NOT NULL,"
  " wait_us INTEGER NOT NULL,"
  " until_us INTEGER NOT NULL,"
  " pending_us INTEGER NOT NULL"
  ") STRICT, WITHOUT ROWID;",
  NULL,
};

G_STATIC_ASSERT (TILL_MISS_COUNT_FREE == 5);

gboolean
till_miss_count_sqlite_migrate (TillStore *store, GError **error)
{
  return till_store_migrate (store, "miss-counts", till_miss_count_steps, error);
}

gboolean
till_miss_count_sqlite_load (sqlite3 *db, const char *key, TillMissCount *count, GError **error)
{
  g_autoptr (TillStatement) statement
      = till_statement_new (db,
                            "SELECT miss_1_us, miss_2_us, miss_3_us, miss_4_us, miss_5_us, level, wait_us,"
                            " until_us, pending_us FROM miss_counts WHERE key = ?",
                            error);
  gboolean row;

  if (statement == NULL)
    return FALSE;
  till_statement_bind_text (statement, 1, key);
  if (!till_statement_step (statement, &row, error))
    return FALSE;
  till_miss_count_forgive (count);
  if (!row)
    return TRUE;
  for (int i = 0; i < TILL_MISS_COUNT_FREE; i++)
    count->misses_us[i] = till_statement_get_int (statement, i);
  count->level = till_statement_get_int (statement, 5);
  count->wait_us = till_statement_get_int (statement, 6);
  count->until_us = till_statement_get_int (statement, 7);
  count->pending_us = till_statement_get_int (statement, 8);
  return TRUE;
}

/* Rows that are idle, and the one that is written anew. */
static gboolean
till_miss_count_sqlite_drop (sqlite3 *db, const char *key, gint64 now_us, GError **error)
{
  g_autoptr (TillStatement) statement = till_statement_new (
      db, "DELETE FROM miss_counts WHERE key = ? OR (pending_us = 0 AND max (until_us, miss_1_us) < ?)",
      error);

  if (statement == NULL)
    return FALSE;
  till_statement_bind_text (statement, 1, key);
  till_statement_bind_int (statement, 2, now_us - TILL_MISS_COUNT_LONG_US);
  return till_statement_execute (statement, error);
}

gboolean
till_miss_count_sqlite_save (
    sqlite3 *db, const char *key, gint64 now_us, const TillMissCount *count, GError **error)
{
  if (!till_miss_count_sqlite_drop (db, key, now_us, error))
    return FALSE;
  if (till_miss_count_is_idle (count, now_us))
    return TRUE;

  g_autoptr (TillStatement) statement
      = till_statement_new (db, "INSERT INTO miss_counts VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", error);
  if (statement == NULL)
    return FALSE;
  till_statement_bind_text (statement, 1, key);
  for (int i = 0; i < TILL_MISS_COUNT_FREE; i++)
    till_statement_bind_int (statement, 2 + i, count->misses_us[i]);
  till_statement_bind_int (statement, 7, count->level);
  till_statement_bind_int (statement, 8, count->wait_us);
  till_statement_bind_int (statement, 9, count->until_us);
  till_statement_bind_int (statement, 10, count->pending_us);
  return till_statement_execute (statement, error);
}

gboolean
till_miss_count_sqlite_clear (sqlite3 *db, GError **error)
{
  return till_database_execute (db, "DELETE FROM miss_counts", error);
}
