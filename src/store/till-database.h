/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>
#include <sqlite3.h>

G_BEGIN_DECLS

/**
 * TillDatabase: an SQLite file that has been checked and is held for this process alone, by a lock on PATH.lock
 * that ends with the process. One thread at a time.
 */
typedef struct _TillDatabase TillDatabase;

/* Errors as till_store_open() (transfer full). */
TillDatabase *till_database_open (const char *path, GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* What is in it now, for reading alone, in memory and without the lock; as till_store_open_reading() (transfer full). */
TillDatabase *till_database_open_reading (const char *path, GError **error) G_GNUC_WARN_UNUSED_RESULT;
void till_database_free (TillDatabase *self);

/* (transfer none) */
sqlite3 *till_database_get_handle (TillDatabase *self);

/* Runs a script that gives no rows. */
gboolean till_database_execute (sqlite3 *db, const char *sql, GError **error);

/* Writes the file anew without what was deleted, and empties its log; in no transaction. */
gboolean till_database_compact (sqlite3 *db, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TillDatabase, till_database_free)

G_END_DECLS
