/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "payment/till-payment.h"

G_BEGIN_DECLS

/* What till-payment.c shows to the files that work on the same object. */

TillPaymentOutcome *till_payment_outcome_new (TillChargeResult *result,
                                              const char *attempt,
                                              gint64 ledger_seq) G_GNUC_WARN_UNUSED_RESULT;

TillLedger *till_payment_get_ledger (TillPayment *self);
TillClock *till_payment_get_clock (TillPayment *self);
/* (nullable) */
TillVault *till_payment_get_vault (TillPayment *self);

/* TRUE the first time. */
gboolean till_payment_take_sweep (TillPayment *self);

/* How many payers are still to be removed. */
void till_payment_set_removals (TillPayment *self, int removals);

/* Whether @person was erased, or their pass revoked. On the store's thread. */
gboolean till_payment_is_gone (sqlite3 *db, const char *person, gboolean *gone, GError **error);

/*
 * Takes a sale for one operation at a time; %TILL_ERROR_REFUSED when another has it. What is taken is released.
 */
gboolean till_payment_claim (TillPayment *self, const char *sale, GError **error);
gboolean till_payment_is_claimed (TillPayment *self, const char *sale);
void till_payment_release (TillPayment *self, const char *sale);

/* Emits "step". */
void till_payment_emit_step (TillPayment *self, const char *step);

/* Emits "unresolved-changed" if it is another count. */
void till_payment_set_unresolved (TillPayment *self, int unresolved);

/* Counts the open attempts that no operation works on. Finish: FALSE with @error. */
void till_payment_recount_async (TillPayment *self, GAsyncReadyCallback callback, gpointer user_data);
gboolean till_payment_recount_finish (TillPayment *self, GAsyncResult *result, GError **error);
/* For operations that have something else to tell: a count that failed is a warning. */
void till_payment_recount_finish_or_warn (TillPayment *self, GAsyncResult *result);

/* TRUE if the provider that is set up is the one that @intent was made with; otherwise %TILL_ERROR_UNAVAILABLE;
 * %TILL_ERROR_LOCKED where its payer is sealed and the vault is not open. */
gboolean till_payment_can_ask (TillPayment *self, const TillLedgerEntry *intent, GError **error);

/*
 * Asks the provider about the open attempt of @intent, of a sale that the caller has claimed, and writes its end or a
 * doubt; the end it has got meanwhile is its outcome, and nobody is asked.
 *
 * @reversal: (nullable) for a charge that shall take no money: it is cancelled where it is not through, and ends with the
 * code "reversed"; where it is, the intent of a refund of all of it, with these members, is written in the same breath,
 * still to be sent.
 *
 * Finish: the outcome (transfer full), or NULL with %TILL_ERROR_UNAVAILABLE, %TILL_ERROR_CORRUPT or what the ledger said.
 */
void till_payment_resolve_async (TillPayment *self,
                                 const TillLedgerEntry *intent,
                                 JsonObject *reversal,
                                 GCancellable *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data);
TillPaymentOutcome *till_payment_resolve_finish (TillPayment *self, GAsyncResult *result, GError **error);

/* The code of a charge that was reversed. */
#define TILL_PAYMENT_REVERSED "reversed"

/* %TILL_ERROR_CURRENCY or %TILL_ERROR_INVALID for what can't be given back. */
gboolean till_payment_check_refund_amount (const TillMoney *amount, GError **error);

/*
 * Journals a refund of the charge @of and sends it, the caller having claimed the sale and looked whether that much is
 * left. @extra: (nullable). Finish: as till_payment_refund_async().
 */
void till_payment_send_refund_async (TillPayment *self,
                                     const TillLedgerEntry *of,
                                     const char *reference,
                                     const TillMoney *amount,
                                     JsonObject *extra,
                                     GCancellable *cancellable,
                                     GAsyncReadyCallback callback,
                                     gpointer user_data);
TillPaymentOutcome *till_payment_send_refund_finish (TillPayment *self, GAsyncResult *result, GError **error);

/* Sends the refund of @intent, which was journalled a moment ago and never sent. Finish: as above. */
void till_payment_send_journalled_async (TillPayment *self,
                                         const TillLedgerEntry *intent,
                                         GCancellable *cancellable,
                                         GAsyncReadyCallback callback,
                                         gpointer user_data);

/* How often this process asked about an attempt. */
void till_payment_note_asked (TillPayment *self, const char *attempt);
guint till_payment_get_n_asked (TillPayment *self, const char *attempt);

/* Reconciliations that wait their turn: the head is under way (element-type GTask). */
GQueue *till_payment_get_reconciliations (TillPayment *self);

G_END_DECLS
