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

/* Reconciliations that wait their turn: the head is under way (element-type GTask). */
GQueue *till_payment_get_reconciliations (TillPayment *self);

G_END_DECLS
