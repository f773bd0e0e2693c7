/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "base/till-clock.h"
#include "ledger/till-ledger.h"
#include "payment/till-provider.h"

G_BEGIN_DECLS

#define TILL_TYPE_PAYMENT (till_payment_get_type ())
G_DECLARE_FINAL_TYPE (TillPayment, till_payment, TILL, PAYMENT, GObject)

/**
 * TillPayment: takes money so that the ledger knows of it first.
 *
 * A charge is a charge-intent row on disk, with its idempotency key, before anything is sent; a charge-end row when
 * approved or declined; a charge-doubt row while it is unknown. A sale with an attempt that is approved or open is
 * not charged again, by any tender.
 *
 * The intent's row holds what till_provider_get_query_payer() gave, never the payer token itself. A crash between the
 * provider's answer and the end's row leaves the attempt open, and till_payment_reconcile_async() finds its end.
 *
 * Signals: "step" (const char *) as a charge goes on: "journalled", "sent" (as the request leaves this machine; not at
 *          all if it never does), "answered", "recorded";
 *          "unresolved-changed" () when the count below changes.
 */

/* Takes references. @provider is nullable: then a face charge is refused and counter tenders still work. */
TillPayment *
till_payment_new (TillLedger *ledger, TillProvider *provider, TillClock *clock) G_GNUC_WARN_UNUSED_RESULT;
void till_payment_set_provider (TillPayment *self, TillProvider *provider);
TillProvider *till_payment_get_provider (TillPayment *self);

/* Where one charge got to. Immutable, reference-counted. */
typedef struct
{
  TillChargeResult *result;
  char *attempt;     /* id of the attempt, NULL when it was refused before it was journalled */
  gint64 ledger_seq; /* row of its end, or of its intent while it is unknown */
} TillPaymentOutcome;

#define TILL_TYPE_PAYMENT_OUTCOME (till_payment_outcome_get_type ())
GType till_payment_outcome_get_type (void);
TillPaymentOutcome *till_payment_outcome_ref (TillPaymentOutcome *self);
void till_payment_outcome_unref (TillPaymentOutcome *self);

/**
 * Charges @payer for @sale. @extra: (transfer full) (nullable) members to add to the intent's row, such as the
 * customer and consent ids.
 *
 * Finish: the outcome (transfer full); or NULL with @error when certainly nothing was sent: %TILL_ERROR_REFUSED (the
 * sale is paid or in doubt), %TILL_ERROR_UNAVAILABLE (no provider), or what the ledger said.
 */
void till_payment_charge_async (TillPayment *self,
                                const char *sale,
                                const char *payer,
                                const TillMoney *amount,
                                JsonObject *extra,
                                GCancellable *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer user_data);
TillPaymentOutcome *till_payment_charge_finish (TillPayment *self, GAsyncResult *result, GError **error);

/**
 * Records a tender taken at the counter. @tender: "cash" or "card". @given: what was handed over, not below @amount.
 * Finish: the row (transfer full); %TILL_ERROR_REFUSED as above, %TILL_ERROR_INVALID for too little given.
 */
void till_payment_counter_async (TillPayment *self,
                                 const char *sale,
                                 const char *tender,
                                 const TillMoney *amount,
                                 const TillMoney *given,
                                 GCancellable *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data);
TillLedgerEntry *till_payment_counter_finish (TillPayment *self, GAsyncResult *result, GError **error);

/**
 * Asks the provider about every attempt without an end, oldest first, and writes down the ends. Called at start and
 * whenever the network is back. Finish: how many are still unknown, -1 on error.
 */
void till_payment_reconcile_async (TillPayment *self,
                                   GCancellable *cancellable,
                                   GAsyncReadyCallback callback,
                                   gpointer user_data);
int till_payment_reconcile_finish (TillPayment *self, GAsyncResult *result, GError **error);

/*
 * Ends an attempt that certainly never left this machine (its charge's result said so with sent FALSE): a charge-end
 * row "declined" with code "not-sent". %TILL_ERROR_REFUSED for any other attempt.
 */
void till_payment_drop_async (TillPayment *self,
                              const char *attempt,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer user_data);
gboolean till_payment_drop_finish (TillPayment *self, GAsyncResult *result, GError **error);

/* How many attempts were without an end when last looked at; -1 before that. */
int till_payment_get_unresolved (TillPayment *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TillPaymentOutcome, till_payment_outcome_unref)

G_END_DECLS
