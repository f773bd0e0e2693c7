/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "store/till-store.h"

G_BEGIN_DECLS

/* The hashes of #TillStaff by role. All but the first run on the store's thread; errors as #TillStatement. */

/* Makes the table where it is missing. Blocks. */
gboolean till_staff_sqlite_migrate (TillStore *store, GError **error);

/* @hash: (out) (transfer full), NULL where there is none. */
gboolean till_staff_sqlite_load (sqlite3 *db, const char *role, char **hash, GError **error);
gboolean till_staff_sqlite_save (sqlite3 *db, const char *role, const char *hash, GError **error);

G_END_DECLS
