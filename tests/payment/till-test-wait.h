/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ledger/till-ledger.h"
#include "payment/till-payment.h"

G_BEGIN_DECLS

/* Runs the main context until a callback has come, and ends the test program if it never does. */

/* A callback for any asynchronous function, with a GAsyncResult ** as its data. */
void till_test_keep (GObject *source, GAsyncResult *result, gpointer kept);

/* Until *@kept is there (transfer full). */
GAsyncResult *till_test_wait (GAsyncResult **kept);

/* Until *@done. */
void till_test_wait_for (const gboolean *done);

/* The calls the tests make most, waited for. */
TillChargeResult *till_test_charge (TillProvider *provider, TillChargeRequest *request);
TillChargeResult *till_test_query (TillProvider *provider, TillChargeRequest *request);
TillChargeResult *
till_test_refund (TillProvider *provider, const char *reference, gint64 cents, const char *key);
char *till_test_register (TillProvider *provider, const char *token, GError **error);

TillPaymentOutcome *till_test_pay (TillPayment *payment,
                                   const char *sale,
                                   const char *payer,
                                   gint64 cents,
                                   GCancellable *cancellable,
                                   GError **error);
int till_test_reconcile (TillPayment *payment, GError **error);

TillPaymentOutcome *
till_test_give_back (TillPayment *payment, const char *attempt, gint64 cents, GError **error);
TillLedgerEntry *till_test_hand_back (TillPayment *payment, const char *sale, gint64 cents, GError **error);
TillLedgerEntry *till_test_take (TillPayment *payment, const char *sale, gint64 cents, GError **error);
TillPaymentOutcome *till_test_ask (TillPayment *payment, const char *attempt, GError **error);
TillPaymentOutcome *till_test_reverse (TillPayment *payment, const char *attempt, GError **error);
TillLedgerEntry *till_test_settle (
    TillPayment *payment, const char *attempt, gboolean taken, const char *evidence, GError **error);
GPtrArray *till_test_unresolved (TillPayment *payment);
/* The standing of @sale; to be cleared. */
TillPaymentStanding till_test_standing (TillLedger *ledger, const char *sale);

/* Rows of the ledger; each filter may be NULL (transfer full). */
GPtrArray *till_test_rows (TillLedger *ledger, const char *kind, const char *sale);

/* Euro. */
TillMoney till_test_euro (gint64 cents);

/* A new attempt of @payer (transfer full). */
TillChargeRequest *till_test_request (const char *payer, gint64 cents);

G_END_DECLS
