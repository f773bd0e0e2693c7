/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "base/till-clock.h"
#include "ledger/till-ledger.h"
#include "payment/till-payment-standing.h"
#include "payment/till-provider.h"
#include "payment/till-unresolved.h"
#include "vault/till-vault.h"

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
 * The intent's row holds what till_provider_get_query_payer() gave, never the payer token itself, and that sealed under a
 * key that is destroyed with the attempt's end: afterwards nobody can read from the ledger who paid. A crash between the
 * provider's answer and the end's row leaves the attempt open, and till_payment_reconcile_async() finds its end.
 *
 * A refund is journalled the same way: refund-intent, then refund-end or refund-doubt, under an attempt id of its own and
 * with the sale's id. No more is ever given back than was paid, refunds under way counted in. One operation at a time works
 * on a sale; a second one is %TILL_ERROR_REFUSED.
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

/*
 * With what the payers in the ledger are sealed, as long as an attempt is open, and those who are to be removed; makes the
 * table for these. Without a vault no payer is written down at all. While the vault is not open a face charge is
 * %TILL_ERROR_LOCKED, and attempts whose payer is sealed stay open until it is. Takes a reference. Blocks.
 */
gboolean till_payment_set_vault (TillPayment *self, TillVault *vault, GError **error);

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
 * sale is paid or in doubt), %TILL_ERROR_UNAVAILABLE (no provider), %TILL_ERROR_LOCKED (the vault is not open), or what
 * the ledger said.
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
 * @extra: (transfer full) (nullable) members to add to the row, such as the receipt as it was worked out beforehand.
 *
 * Finish: the row (transfer full); %TILL_ERROR_REFUSED as above, %TILL_ERROR_INVALID for too little given.
 */
void till_payment_counter_async (TillPayment *self,
                                 const char *sale,
                                 const char *tender,
                                 const TillMoney *amount,
                                 const TillMoney *given,
                                 JsonObject *extra,
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

/**
 * Gives @amount back of what the approved charge @attempt took, the way it was paid. @extra: (transfer full) (nullable)
 * members to add to the refund-intent: "reason", "by", "lines", "void".
 *
 * Finish: APPROVED, DECLINED or UNKNOWN, the outcome's attempt being the refund's own id; or NULL with @error when
 * certainly nothing was sent: %TILL_ERROR_REFUSED (more than is left of it, not an approved charge, not paid through this
 * provider), %TILL_ERROR_INVALID, %TILL_ERROR_CURRENCY, %TILL_ERROR_UNAVAILABLE (no provider), or what the ledger said.
 */
void till_payment_refund_async (TillPayment *self,
                                const char *attempt,
                                const TillMoney *amount,
                                JsonObject *extra,
                                GCancellable *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer user_data);
TillPaymentOutcome *till_payment_refund_finish (TillPayment *self, GAsyncResult *result, GError **error);

/**
 * Records @amount of @sale given back at the counter. @tender: "cash" or "card". @extra as above. Finish: the refund row
 * (transfer full); %TILL_ERROR_REFUSED (not paid, more than is left, a charge or refund of it still open), or as above.
 */
void till_payment_refund_counter_async (TillPayment *self,
                                        const char *sale,
                                        const char *tender,
                                        const TillMoney *amount,
                                        JsonObject *extra,
                                        GCancellable *cancellable,
                                        GAsyncReadyCallback callback,
                                        gpointer user_data);
TillLedgerEntry *till_payment_refund_counter_finish (TillPayment *self, GAsyncResult *result, GError **error);

/* The attempts without an end, oldest first. Finish: (element-type TillUnresolved) (transfer full). */
void till_payment_list_unresolved_async (TillPayment *self,
                                         GCancellable *cancellable,
                                         GAsyncReadyCallback callback,
                                         gpointer user_data);
GPtrArray *till_payment_list_unresolved_finish (TillPayment *self, GAsyncResult *result, GError **error);

/**
 * Asks the provider once more about one attempt, a charge or a refund, and writes down what it says. Of an attempt that
 * has its end already, finish gives that end without asking. %TILL_ERROR_NOT_FOUND for an unknown attempt,
 * %TILL_ERROR_UNAVAILABLE when the provider it was made with is not set up.
 */
void till_payment_ask_async (TillPayment *self,
                             const char *attempt,
                             GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer user_data);
TillPaymentOutcome *till_payment_ask_finish (TillPayment *self, GAsyncResult *result, GError **error);

/**
 * Sees to it that the charge @attempt takes no money: cancels it at the provider, or gives back all that is left of it
 * where it was taken. @extra: as of a refund (transfer full) (nullable).
 *
 * Finish: DECLINED with code "reversed" once no money is taken, its attempt being the charge's; UNKNOWN while that can't
 * be known, to be tried again: what is open stays listed; APPROVED, with the refund's code, when the money was taken and
 * the provider declined to give it back. Errors as of a refund.
 *
 * A charge that was taken and given back leaves a charge-end "approved", and a refund-intent with "reversal" true beside
 * it. Its sale, having no receipt, can be charged again.
 */
void till_payment_reverse_async (TillPayment *self,
                                 const char *attempt,
                                 JsonObject *extra,
                                 GCancellable *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data);
TillPaymentOutcome *till_payment_reverse_finish (TillPayment *self, GAsyncResult *result, GError **error);

/**
 * Ends an open attempt by the word of @by, a manager who has looked at the provider's own list. @taken: TRUE if the money
 * moved (of a refund: was given back). @evidence: 8 to 500 characters on where that was seen.
 *
 * The provider is asked first, and again if it was asked before. Has it a definite answer, that one is written and finish
 * gives %TILL_ERROR_REFUSED. Otherwise a settlement row and the attempt's end, with code "settled-by-hand", are written at
 * once. Finish: the end's row (transfer full).
 */
void till_payment_settle_async (TillPayment *self,
                                const char *attempt,
                                gboolean taken,
                                const char *evidence,
                                const char *by,
                                GCancellable *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer user_data);
TillLedgerEntry *till_payment_settle_finish (TillPayment *self, GAsyncResult *result, GError **error);

/**
 * Sums what was charged by face since @since_us (UTC microseconds): charges approved or open, less refunds approved of
 * these. @customer: id as in the charge-intents' "customer"; NULL for the whole till.
 *
 * Finish: fills @spent; without any charge its minor is 0 and its currency "". %TILL_ERROR_CURRENCY where the charges are
 * in more than one currency.
 */
void till_payment_spent_async (TillPayment *self,
                               const char *customer,
                               gint64 since_us,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer user_data);
gboolean
till_payment_spent_finish (TillPayment *self, GAsyncResult *result, TillMoney *spent, GError **error);

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

/**
 * Has the provider forget @payer, a token that @person (customer or pass) no longer pays with. The wish is kept on disk,
 * sealed, and tried again with every till_payment_reconcile_async() until the provider has answered; then the ledger has a
 * row "payer-removed" {customer: @person, provider, [provider_account]}. It is carried out once the ledger has an erasure or
 * a pass-revoke row of @person, and no open attempt: so call it before the erasure, for a crash between the two to lose
 * nothing; a wish without such a row is dropped at the next start.
 *
 * Finish: TRUE once the wish is kept; @removed (out) (nullable): whether the provider has forgotten them already.
 * %TILL_ERROR_LOCKED while the vault is not open, or what the store said.
 */
void till_payment_remove_payer_async (TillPayment *self,
                                      const char *person,
                                      const char *payer,
                                      GCancellable *cancellable,
                                      GAsyncReadyCallback callback,
                                      gpointer user_data);
gboolean
till_payment_remove_payer_finish (TillPayment *self, GAsyncResult *result, gboolean *removed, GError **error);

/*
 * Tries every kept wish that is due, as a reconciliation does too; for right after an erasure. Finish: how many are still
 * waiting, due or not; -1 on error.
 */
void till_payment_send_removals_async (TillPayment *self,
                                       GCancellable *cancellable,
                                       GAsyncReadyCallback callback,
                                       gpointer user_data);
int till_payment_send_removals_finish (TillPayment *self, GAsyncResult *result, GError **error);

/* How many wishes were waiting when last looked at; -1 before that: what keeps reconciling worth while. */
int till_payment_get_removals (TillPayment *self);

/* How many attempts, charges and refunds, were without an end when last looked at; -1 before that. */
int till_payment_get_unresolved (TillPayment *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TillPaymentOutcome, till_payment_outcome_unref)

G_END_DECLS
