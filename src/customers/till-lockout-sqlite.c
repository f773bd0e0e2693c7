/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "customers/till-lockout-sqlite.h"

#include "vault/till-miss-count-sqlite.h"

#define PURPOSE "lockout"
#define PREFIX  "digits:"

char *
till_lockout_make_key (TillVault *vault, const char *suffix, GError **error)
{
  g_autofree char *hash = till_vault_hash (vault, PURPOSE, suffix, error);

  return hash != NULL ? g_strconcat (PREFIX, hash, NULL) : NULL;
}

/* An idle count is kept by having no row; without a window it is idle at once, also on a machine that has just started. */
gboolean
till_lockout_sqlite_drop (sqlite3 *db, TillVault *vault, const char *suffix, gint64 now_us, GError **error)
{
  const TillMissCount idle = { 0 };
  g_autofree char *key = till_lockout_make_key (vault, suffix, error);

  return key != NULL && till_miss_count_sqlite_save (db, key, now_us, &idle, error);
}

gboolean
till_lockout_sqlite_rekey (
    sqlite3 *db, TillVault *vault, TillVaultChange *change, const char *suffix, gint64 now_us, GError **error)
{
  TillMissCount count = { .window_us = TILL_MISS_COUNT_LONG_US };
  g_autofree char *former = till_lockout_make_key (vault, suffix, error);
  g_autofree char *hash = former != NULL ? till_vault_change_hash (change, PURPOSE, suffix, error) : NULL;

  if (hash == NULL || !till_miss_count_sqlite_load (db, former, &count, error))
    return FALSE;

  g_autofree char *next = g_strconcat (PREFIX, hash, NULL);
  if (count.misses_us[0] == 0 && count.until_us == 0 && count.pending_us == 0)
    return TRUE;
  return till_lockout_sqlite_drop (db, vault, suffix, now_us, error)
         && till_miss_count_sqlite_save (db, next, now_us, &count, error);
}
