/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>
#include <sqlite3.h>

G_BEGIN_DECLS

#define TILL_TYPE_STORE (till_store_get_type ())
G_DECLARE_FINAL_TYPE (TillStore, till_store, TILL, STORE, GObject)

/**
 * TillStore: one SQLite file and the one thread that reads and writes it.
 *
 * Write-ahead log, synchronous=FULL, secure_delete, foreign keys: what a finished write returned from is on disk.
 * Files are readable by their owner alone.
 */

/**
 * TillStoreFunc: a piece of work on the store's thread, inside one transaction of its own.
 *
 * Returning with @error set rolls everything back; otherwise it is committed and synced before the caller hears
 * of it. The pointer returned is the result. @data was handed over by the caller, who must not touch it meanwhile.
 */
typedef gpointer (*TillStoreFunc) (sqlite3 *db, gpointer data, GError **error);

/**
 * Opens or makes the file, checks it, and takes it for this process alone (transfer full).
 *
 * %TILL_ERROR_CORRUPT when the file is no database or fails its check (the file is left as it is, the message
 * names it and how to go on); %TILL_ERROR_BUSY when another till has it open; %TILL_ERROR_FAILED otherwise.
 */
TillStore *till_store_open (const char *path, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/**
 * What is in the file at this moment, for reading, also while a till has it open: neither is kept waiting by the other,
 * and nothing is written anywhere. A log without its last, torn write is read as far as it is whole. What is written
 * later is not seen: open it again. The whole file is held in memory. Never for a file that this same process has open
 * as a till (transfer full).
 *
 * %TILL_ERROR_NOT_FOUND without a file, %TILL_ERROR_CORRUPT as above, %TILL_ERROR_BUSY when the file changed too fast
 * to be read whole, %TILL_ERROR_FAILED otherwise. Work that writes fails with %TILL_ERROR_FAILED.
 */
TillStore *till_store_open_reading (const char *path, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* TRUE if opened by till_store_open_reading(). */
gboolean till_store_is_reading (TillStore *self);

const char *till_store_get_path (TillStore *self);

/**
 * Brings one room's tables up to date: @steps (NULL-ended) are SQL scripts, of which the first ones that have run
 * before are left out. Each runs once, all in one transaction. Blocks.
 *
 * %TILL_ERROR_UNSUPPORTED when the file was written by a newer program.
 */
gboolean till_store_migrate (TillStore *self, const char *room, const char *const *steps, GError **error);

/*
 * Runs @func on the store's thread, after what was asked before. @data_free (nullable) is called for @data, in any
 * thread, before @callback. Cancelling keeps work from starting; what has started is finished and told as done.
 */
void till_store_run_async (TillStore *self,
                           TillStoreFunc func,
                           gpointer data,
                           GDestroyNotify data_free,
                           GDestroyNotify result_free,
                           GCancellable *cancellable,
                           GAsyncReadyCallback callback,
                           gpointer user_data);

/* What @func returned (transfer full, nullable); look at @error to tell NULL from failure. */
gpointer till_store_run_finish (TillStore *self, GAsyncResult *result, GError **error);

/*
 * The same, blocking the caller: for start-up and the command line, never for a window. Not from inside a
 * #TillStoreFunc. A result is lost if the commit fails, so return what needs no freeing, or leave it in @data.
 */
gpointer till_store_run (TillStore *self, TillStoreFunc func, gpointer data, GError **error);

/*
 * Writes the whole file anew, so that nothing of what was deleted or overwritten is left in it, and empties its log; after
 * what was asked before. What lies on the disk outside both files is the file system's. A process that ends meanwhile leaves
 * the file as it was before or after. %TILL_ERROR_FAILED where there is no room for a second copy, and on a store that only
 * reads.
 */
void till_store_compact_async (TillStore *self,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer user_data);
gboolean till_store_compact_finish (TillStore *self, GAsyncResult *result, GError **error);
/* The same, blocking; as till_store_run(). */
gboolean till_store_compact (TillStore *self, GError **error);

/* Waits for work under way, closes the file and ends the thread. Later calls fail with %TILL_ERROR_FAILED. */
void till_store_close (TillStore *self);

G_END_DECLS
