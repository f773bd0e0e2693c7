/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "customers/till-pass-row.h"
#include "store/till-store.h"

G_BEGIN_DECLS

/* The passes' table. All but the first run on the store's thread; errors as #TillStatement. */

/* Makes the table where it is missing. Blocks. */
gboolean till_pass_book_sqlite_migrate (TillStore *store, GError **error);

/* %TILL_ERROR_EXISTS for an id that is there. */
gboolean till_pass_book_sqlite_insert (sqlite3 *db, const char *id, gint64 expires_day, GError **error);

/* Those with that id, or all of them if NULL, by their last day (element-type TillPassRow) (transfer full). */
GPtrArray *till_pass_book_sqlite_select (sqlite3 *db, const char *id, GError **error);

/* Notes when the pass was revoked; a former time stays. */
gboolean till_pass_book_sqlite_revoke (sqlite3 *db, const char *id, gint64 revoked_us, GError **error);

G_END_DECLS
