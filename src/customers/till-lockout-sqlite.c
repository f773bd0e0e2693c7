/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "customers/till-lockout-sqlite.h"

#include "vault/till-miss-count-sqlite.h"

char *
till_lockout_make_key (TillVault *vault, const char *suffix, GError **error)
{
  g_autofree char *hash = till_vault_hash (vault, "lockout", suffix, error);

  return hash != NULL ? g_strconcat ("digits:", hash, NULL) : NULL;
}

/* An idle count is kept by having no row. */
gboolean
till_lockout_sqlite_drop (sqlite3 *db, TillVault *vault, const char *suffix, gint64 now_us, GError **error)
{
  const TillMissCount idle = { .window_us = TILL_MISS_COUNT_LONG_US };
  g_autofree char *key = till_lockout_make_key (vault, suffix, error);

  return key != NULL && till_miss_count_sqlite_save (db, key, now_us, &idle, error);
}
