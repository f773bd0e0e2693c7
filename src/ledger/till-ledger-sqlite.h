/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ledger/till-ledger-row.h"
#include "store/till-statement.h"
#include "store/till-store.h"

G_BEGIN_DECLS

/* The SQL behind #TillLedger. All but the first run on the store's thread, inside its transaction. */

gboolean till_ledger_sqlite_migrate (TillStore *store, GError **error);

/*
 * Appends @row, of which number and hashes are filled in. %TILL_ERROR_EXISTS for a second intent or end of one
 * attempt, %TILL_ERROR_REFUSED for an end or doubt without an intent.
 */
gboolean till_ledger_sqlite_append (sqlite3 *db, TillLedgerRow *row, GError **error);

/* The filters of till_ledger_list_async(). */
typedef struct
{
  char *kind;
  char *sale;
  char *attempt;
  guint limit;
} TillLedgerFilter;

/* (element-type TillLedgerEntry) (transfer full) */
GPtrArray *till_ledger_sqlite_list (sqlite3 *db, const TillLedgerFilter *filter, GError **error);
GPtrArray *till_ledger_sqlite_list_since (sqlite3 *db, gint64 seq, const char *kind, GError **error);
GPtrArray *till_ledger_sqlite_list_from (sqlite3 *db, gint64 at_us, const char *kind, GError **error);
GPtrArray *till_ledger_sqlite_list_open_attempts (sqlite3 *db, GError **error);
GPtrArray *till_ledger_sqlite_list_open_rows (sqlite3 *db, GError **error);
GPtrArray *till_ledger_sqlite_list_about (sqlite3 *db, const char *person, GError **error);

/* What a statement selects for the function below. */
#define TILL_LEDGER_COLUMNS "seq, at_us, kind, sale, attempt, body, previous, hash"

/* The rows that @statement gives (element-type TillLedgerEntry) (transfer full). */
GPtrArray *till_ledger_sqlite_collect (TillStatement *statement, GError **error);

/*
 * Number and hash of the last row, or of the row numbered @seq if that is above 0; *@found 0 and no hash where there is
 * none. *@hash: (transfer full).
 */
gboolean till_ledger_sqlite_read_end (sqlite3 *db, gint64 seq, gint64 *found, char **hash, GError **error);

/* Whether the database has a ledger that this program can read: %TILL_ERROR_NOT_FOUND, %TILL_ERROR_UNSUPPORTED. */
gboolean till_ledger_sqlite_check (sqlite3 *db, GError **error);

/* Number of right rows from the first on, -1 if none could be read; @error says what stopped it. */
gint64 till_ledger_sqlite_verify (sqlite3 *db, GError **error);

G_END_DECLS
