/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "payment/till-payment.h"

G_BEGIN_DECLS

/* Rows of payments, and the keys that their payers are sealed under: both or neither. Nothing here can be cancelled. */

/* The member of a charge-intent that holds its payer, base64 of what is sealed. */
#define TILL_PAYMENT_PAYER_SEALED "payer_sealed"

/*
 * Appends @intent, with the payer of queries @payer (nullable) sealed in it where there is a vault. Finish: the row
 * (transfer full).
 */
void till_payment_journal_intent_async (TillPayment *self,
                                        const TillLedgerEntry *intent,
                                        const char *payer,
                                        GAsyncReadyCallback callback,
                                        gpointer user_data);
TillLedgerEntry *till_payment_journal_intent_finish (TillPayment *self, GAsyncResult *result, GError **error);

/*
 * Appends all of @rows (element-type TillLedgerEntry) or none, and destroys the keys of the attempts that end with them.
 * Finish: as written (element-type TillLedgerEntry) (transfer full).
 */
void till_payment_journal_rows_async (TillPayment *self,
                                      GPtrArray *rows,
                                      GAsyncReadyCallback callback,
                                      gpointer user_data);
GPtrArray *till_payment_journal_rows_finish (TillPayment *self, GAsyncResult *result, GError **error);

/* The same for one row, which is written as a reference to it goes (transfer none). */
void till_payment_journal_row_async (TillPayment *self,
                                     TillLedgerEntry *row,
                                     GAsyncReadyCallback callback,
                                     gpointer user_data);
TillLedgerEntry *till_payment_journal_row_finish (TillPayment *self, GAsyncResult *result, GError **error);

/* TRUE if the payer of @intent is sealed. */
gboolean till_payment_has_sealed_payer (const TillLedgerEntry *intent);

/*
 * What is sealed in @intent. Finish: the payer (transfer full); NULL without error where it can't be read any more, so that
 * the attempt is looked for without it. %TILL_ERROR_LOCKED while the vault is not open.
 */
void till_payment_unseal_payer_async (TillPayment *self,
                                      const TillLedgerEntry *intent,
                                      GAsyncReadyCallback callback,
                                      gpointer user_data);
TillSecret *till_payment_unseal_payer_finish (TillPayment *self, GAsyncResult *result, GError **error);

/*
 * Once in a process: destroys the keys of attempts that have their end, which a crash can't leave but a restored file can,
 * and drops wishes to remove a payer of whoever was not erased. Finish: FALSE with @error.
 */
void till_payment_sweep_async (TillPayment *self, GAsyncReadyCallback callback, gpointer user_data);
gboolean till_payment_sweep_finish (TillPayment *self, GAsyncResult *result, GError **error);

G_END_DECLS
