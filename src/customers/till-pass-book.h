/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "customers/till-face-pass.h"
#include "customers/till-pass-row.h"
#include "ledger/till-ledger.h"

G_BEGIN_DECLS

#define TILL_TYPE_PASS_BOOK (till_pass_book_get_type ())
G_DECLARE_FINAL_TYPE (TillPassBook, till_pass_book, TILL, PASS_BOOK, GObject)

/**
 * TillPassBook: which face passes this shop has issued and which of them were revoked; of their holders it knows nothing.
 * Emits "changed" () after one was issued or revoked, in the main context it was made in.
 */

/* Makes the table where it is missing. @ledger is kept in @store as well. Takes references. Blocks. */
TillPassBook *till_pass_book_new (TillStore *store, TillVault *vault, TillLedger *ledger, GError **error)
    G_GNUC_WARN_UNUSED_RESULT;

/*
 * Notes @pass (a reference is taken) together with its consent's and its own ledger row "pass-issue" {pass, expires, consent}:
 * all or nothing. @consent: (transfer full) body as of till_consent_to_json(), its purpose "pass", its customer the pass's
 * id, its id that of till_face_pass_get_consent(). %TILL_ERROR_EXISTS for a pass that was noted before,
 * %TILL_ERROR_INVALID for another consent.
 */
void till_pass_book_issue_async (TillPassBook *self,
                                 TillFacePass *pass,
                                 JsonObject *consent,
                                 GCancellable *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data);
gboolean till_pass_book_issue_finish (TillPassBook *self, GAsyncResult *result, GError **error);

/* The pass whose text is shown at @now_us (UTC microseconds) if it is good. %TILL_PASS_ERROR (transfer full). */
void till_pass_book_check_async (TillPassBook *self,
                                 const char *text,
                                 gint64 now_us,
                                 GCancellable *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data);
TillFacePass *till_pass_book_check_finish (TillPassBook *self, GAsyncResult *result, GError **error);

/*
 * Whether a pass that was good when it was shown still is: asked right before a charge. TRUE, or
 * %TILL_PASS_ERROR_EXPIRED, %TILL_PASS_ERROR_REVOKED, %TILL_PASS_ERROR_UNKNOWN.
 */
void till_pass_book_confirm_async (TillPassBook *self,
                                   TillFacePass *pass,
                                   gint64 now_us,
                                   GCancellable *cancellable,
                                   GAsyncReadyCallback callback,
                                   gpointer user_data);
gboolean till_pass_book_confirm_finish (TillPassBook *self, GAsyncResult *result, GError **error);

/*
 * Revokes for good the pass of that id or number (any case, with or without the dash). Needs no key, so a locked keyring
 * keeps nobody's lost pass good. @extra: (transfer full) (nullable) more to say in the ledger row, as by whom and why.
 * Finish: the row "pass-revoke" {pass, ...} (transfer full). %TILL_ERROR_EXISTS for one that was revoked before,
 * %TILL_ERROR_NOT_FOUND for one that this till did not issue.
 */
void till_pass_book_revoke_async (TillPassBook *self,
                                  const char *pass,
                                  JsonObject *extra,
                                  GCancellable *cancellable,
                                  GAsyncReadyCallback callback,
                                  gpointer user_data);
TillLedgerEntry *till_pass_book_revoke_finish (TillPassBook *self, GAsyncResult *result, GError **error);

/* All of them, by their last day; finish: (element-type TillPassRow) (transfer full). */
void till_pass_book_list_async (TillPassBook *self,
                                GCancellable *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer user_data);
GPtrArray *till_pass_book_list_finish (TillPassBook *self, GAsyncResult *result, GError **error);

G_END_DECLS
