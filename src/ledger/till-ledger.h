/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "base/till-clock.h"
#include "ledger/till-ledger-entry.h"
#include "store/till-store.h"

G_BEGIN_DECLS

#define TILL_TYPE_LEDGER (till_ledger_get_type ())
G_DECLARE_FINAL_TYPE (TillLedger, till_ledger, TILL, LEDGER, GObject)

/**
 * TillLedger: the append-only journal of money and consent, a chain of hashes over its rows.
 *
 * The database itself refuses UPDATE and DELETE on it (triggers); till_ledger_verify_async() finds what got past
 * that. An append that finished is on disk. Each hash is SHA-256 over the previous hash and a canonical form of
 * the row (documented in the .c file).
 *
 * Signal: "appended" (), in the main context it was made in, when there may be new rows; several may share one.
 */

/* Makes the tables where they are missing. Takes references. Blocks. */
TillLedger *till_ledger_new (TillStore *store, TillClock *clock, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/*
 * A ledger that only reads, on a store that only reads (till_store_open_reading()): appending is %TILL_ERROR_REFUSED.
 * %TILL_ERROR_NOT_FOUND where the file has no ledger yet, %TILL_ERROR_UNSUPPORTED where a newer program wrote it.
 * Takes a reference. Blocks.
 */
TillLedger *till_ledger_new_reading (TillStore *store, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Appends @entry (a reference is taken); finish gives it as written, with number, time and hash (transfer full). */
void till_ledger_append_async (TillLedger *self,
                               TillLedgerEntry *entry,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer user_data);
TillLedgerEntry *till_ledger_append_finish (TillLedger *self, GAsyncResult *result, GError **error);

/*
 * Appends all of @entries (element-type TillLedgerEntry), in their order, or none of them. Finish: the rows as written
 * (element-type TillLedgerEntry) (transfer full).
 */
void till_ledger_append_all_async (TillLedger *self,
                                   GPtrArray *entries,
                                   GCancellable *cancellable,
                                   GAsyncReadyCallback callback,
                                   gpointer user_data);
GPtrArray *till_ledger_append_all_finish (TillLedger *self, GAsyncResult *result, GError **error);

/*
 * For a #TillStoreFunc of another room that writes rows and something of its own in one transaction: appends @entry in
 * it, on the store's thread. @entry and its body must be the caller's alone until this returns. The row as written
 * (transfer full).
 */
TillLedgerEntry *till_ledger_append_within (TillLedger *self,
                                            sqlite3 *db,
                                            const TillLedgerEntry *entry,
                                            GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* (transfer none) */
TillStore *till_ledger_get_store (TillLedger *self);

/*
 * Rows in order, oldest first. Each filter may be NULL. @limit 0 for all, otherwise the newest ones.
 * Finish: (element-type TillLedgerEntry) (transfer full).
 */
void till_ledger_list_async (TillLedger *self,
                             const char *kind,
                             const char *sale,
                             const char *attempt,
                             guint limit,
                             GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer user_data);
GPtrArray *till_ledger_list_finish (TillLedger *self, GAsyncResult *result, GError **error);

/* Rows numbered above @seq, oldest first. @kind is nullable. Finish as above. */
void till_ledger_list_since_async (TillLedger *self,
                                   gint64 seq,
                                   const char *kind,
                                   GCancellable *cancellable,
                                   GAsyncReadyCallback callback,
                                   gpointer user_data);
GPtrArray *till_ledger_list_since_finish (TillLedger *self, GAsyncResult *result, GError **error);

/*
 * The first row written at or after @at_us (UTC microseconds) and all after it, oldest first, also where a clock that
 * was set back dates some earlier. @kind is nullable. Finish as above.
 */
void till_ledger_list_from_async (TillLedger *self,
                                  gint64 at_us,
                                  const char *kind,
                                  GCancellable *cancellable,
                                  GAsyncReadyCallback callback,
                                  gpointer user_data);
GPtrArray *till_ledger_list_from_finish (TillLedger *self, GAsyncResult *result, GError **error);

/*
 * The charge-intent rows that have no charge-end, and the refund-intent rows that have no refund-end
 * (element-type TillLedgerEntry) (transfer full), oldest first.
 */
void till_ledger_list_open_attempts_async (TillLedger *self,
                                           GCancellable *cancellable,
                                           GAsyncReadyCallback callback,
                                           gpointer user_data);
GPtrArray *till_ledger_list_open_attempts_finish (TillLedger *self, GAsyncResult *result, GError **error);

/* All rows of the attempts above, intents and doubts, oldest first. Finish as above. */
void till_ledger_list_open_rows_async (TillLedger *self,
                                       GCancellable *cancellable,
                                       GAsyncReadyCallback callback,
                                       gpointer user_data);
GPtrArray *till_ledger_list_open_rows_finish (TillLedger *self, GAsyncResult *result, GError **error);

/*
 * Walks the chain. Finish: number of rows that are right, with %TILL_ERROR_CORRUPT naming the first bad row by its
 * number and what is wrong with it, or -1 when it could not be read at all.
 */
void till_ledger_verify_async (TillLedger *self,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer user_data);
gint64 till_ledger_verify_finish (TillLedger *self, GAsyncResult *result, GError **error);

G_END_DECLS
