/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ledger/till-ledger.h"
#include "vault/till-keyring.h"

G_BEGIN_DECLS

#define TILL_TYPE_LEDGER_ANCHOR (till_ledger_anchor_get_type ())
G_DECLARE_FINAL_TYPE (TillLedgerAnchor, till_ledger_anchor, TILL, LEDGER_ANCHOR, GObject)

/**
 * TillLedgerAnchor: remembers in the user's keyring which row of the ledger was the last one, and its hash, so that books
 * which were put back to an earlier state, or got another end, are told from the right ones. The chain of hashes alone
 * can't tell that.
 *
 * It remembers nothing before a check has found the books right, or the owner has accepted them; from then on every new
 * row, never in the way of what is written: at most one keeping is under way, and what comes meanwhile is kept by the
 * next. After a crash the keyring may be some rows behind, which is right too. Main context only.
 */

/* Takes references. */
TillLedgerAnchor *till_ledger_anchor_new (TillLedger *ledger, TillKeyring *keyring) G_GNUC_WARN_UNUSED_RESULT;

/*
 * Finish: TRUE if the ledger still has the row that the keyring remembers, or the keyring remembers none; then the last
 * row is remembered. %TILL_ERROR_CORRUPT with what is wrong, in words for the owner, if it has not; %TILL_ERROR_UNAVAILABLE
 * or %TILL_ERROR_LOCKED where the keyring can't be asked: check again later.
 */
void till_ledger_anchor_check_async (TillLedgerAnchor *self,
                                     GCancellable *cancellable,
                                     GAsyncReadyCallback callback,
                                     gpointer user_data);
gboolean till_ledger_anchor_check_finish (TillLedgerAnchor *self, GAsyncResult *result, GError **error);

/*
 * By the word of @by, whose right to it the caller has checked: the books are taken as they are, after a restore. Writes a
 * row of kind "recovery" {what: "books", by, [remembered, remembered_hash]}, and remembers that one. Finish: the row
 * (transfer full); errors of the keyring as above, nothing being written then, or of the ledger.
 */
void till_ledger_anchor_accept_async (TillLedgerAnchor *self,
                                      const char *by,
                                      GCancellable *cancellable,
                                      GAsyncReadyCallback callback,
                                      gpointer user_data);
TillLedgerEntry *
till_ledger_anchor_accept_finish (TillLedgerAnchor *self, GAsyncResult *result, GError **error);

/*
 * Finish: TRUE when the last row is remembered, or nothing is to be before a check; for closing the till. Cancelling ends
 * the waiting at once, also for a keyring that never answers.
 */
void till_ledger_anchor_flush_async (TillLedgerAnchor *self,
                                     GCancellable *cancellable,
                                     GAsyncReadyCallback callback,
                                     gpointer user_data);
gboolean till_ledger_anchor_flush_finish (TillLedgerAnchor *self, GAsyncResult *result, GError **error);

G_END_DECLS
