/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "store/till-store.h"
#include "vault/till-miss-count.h"

G_BEGIN_DECLS

/* Miss counts by key. All but the first run on the store's thread; errors as #TillStatement. */

/* Makes the table where it is missing. Blocks. */
gboolean till_miss_count_sqlite_migrate (TillStore *store, GError **error);

/* What is kept under @key, not woken yet; all zero where there is nothing, but for @count's window, which stays. */
gboolean till_miss_count_sqlite_load (sqlite3 *db, const char *key, TillMissCount *count, GError **error);

/* Keeps @count, or drops the row of an idle one, and with it every other idle row. */
gboolean till_miss_count_sqlite_save (
    sqlite3 *db, const char *key, gint64 now_us, const TillMissCount *count, GError **error);

/* Drops every count: somebody with the right to do so says so. */
gboolean till_miss_count_sqlite_clear (sqlite3 *db, GError **error);

G_END_DECLS
