/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "store/till-store.h"

G_BEGIN_DECLS

/* The table of till-record-keys.h; on the store's thread but for the first. */

gboolean till_record_keys_sqlite_migrate (TillStore *store, GError **error);

/* @wrapped: (transfer full) (nullable): NULL where there is none. */
gboolean till_record_keys_sqlite_load (sqlite3 *db, const char *id, GBytes **wrapped, GError **error);
gboolean till_record_keys_sqlite_insert (sqlite3 *db, const char *id, GBytes *wrapped, GError **error);
gboolean till_record_keys_sqlite_update (sqlite3 *db, const char *id, GBytes *wrapped, GError **error);
gboolean till_record_keys_sqlite_delete (sqlite3 *db, const char *id, GError **error);

/* All ids (element-type utf8) (transfer full). */
GPtrArray *till_record_keys_sqlite_list (sqlite3 *db, GError **error);

G_END_DECLS
