/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>
#include <sqlite3.h>

G_BEGIN_DECLS

/**
 * TillSandboxDatabase: the gateway's own SQLite file. Of one thread.
 *
 * A statement that fails is remembered until the transaction ends: whoever runs the transaction asks
 * till_sandbox_database_failure() once, before committing, so that the many statements in between need not.
 */
typedef struct _TillSandboxDatabase TillSandboxDatabase;

/*
 * Opens or makes the file (mode 0600, write-ahead log, every commit synced), checks it and brings its tables up to
 * date (transfer full). %TILL_ERROR_CORRUPT for a damaged file and for one that is no gateway's database,
 * %TILL_ERROR_UNSUPPORTED for one of a newer version, %TILL_ERROR_FAILED otherwise; each names the file.
 */
TillSandboxDatabase *till_sandbox_database_open (const char *path, GError **error) G_GNUC_WARN_UNUSED_RESULT;

void till_sandbox_database_close (TillSandboxDatabase *self);

/* Takes the write lock. Every begin is followed by one commit or one undo. */
gboolean till_sandbox_database_begin (TillSandboxDatabase *self);

/* On disk when it returns %TRUE; on %FALSE nothing of the transaction is, and the failure says why. */
gboolean till_sandbox_database_commit (TillSandboxDatabase *self);

void till_sandbox_database_undo (TillSandboxDatabase *self);

/* Within a transaction: where to go back to, and going back there. */
void till_sandbox_database_mark (TillSandboxDatabase *self);
void till_sandbox_database_undo_to_mark (TillSandboxDatabase *self);

/* What went wrong since the last begin, or %NULL (transfer none). */
const char *till_sandbox_database_failure (TillSandboxDatabase *self);

/*
 * Runs @sql with the arguments bound in order: @types has an 's' for every const char * (nullable) and an 'i' for every
 * gint64.
 */
gboolean till_sandbox_database_change (TillSandboxDatabase *self, const char *sql, const char *types, ...);

/* As above; the statement stands on its first row (transfer full), or %NULL if there is none or it failed. */
sqlite3_stmt *
till_sandbox_database_select (TillSandboxDatabase *self, const char *sql, const char *types, ...);

/* As above with arguments in an array of char *, bound as text: SQLite compares them by the column's type. */
sqlite3_stmt *
till_sandbox_database_select_array (TillSandboxDatabase *self, const char *sql, GPtrArray *texts);

/* Goes to the next row; %FALSE after the last. */
gboolean till_sandbox_database_next (TillSandboxDatabase *self, sqlite3_stmt *row);

/* A text column (transfer none until the next step), %NULL for NULL. */
const char *till_sandbox_database_text (sqlite3_stmt *row, int column);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TillSandboxDatabase, till_sandbox_database_close)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (sqlite3_stmt, sqlite3_finalize)

G_END_DECLS
