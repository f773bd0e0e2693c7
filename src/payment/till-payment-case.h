/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "payment/till-payment.h"

G_BEGIN_DECLS

/**
 * TillPaymentCase: one attempt of the ledger with all there is about its sale, which is claimed as long as the case is
 * open.
 */
typedef struct
{
  TillPayment *payment;
  char *sale;
  GPtrArray *rows;      /* of the attempt */
  GPtrArray *sale_rows; /* of the sale, those among them */
  const TillLedgerEntry *intent;
  const TillLedgerEntry *end; /* (nullable) */
} TillPaymentCase;

/* Finish (transfer full): %TILL_ERROR_NOT_FOUND for an attempt without an intent, %TILL_ERROR_REFUSED, or the ledger's. */
void till_payment_open_case_async (TillPayment *self,
                                   const char *attempt,
                                   GAsyncReadyCallback callback,
                                   gpointer user_data);
TillPaymentCase *till_payment_open_case_finish (TillPayment *self, GAsyncResult *result, GError **error);

/* Reads the rows anew. Finish: FALSE with @error, the case being as it was. */
void
till_payment_case_refresh_async (TillPaymentCase *self, GAsyncReadyCallback callback, gpointer user_data);
gboolean till_payment_case_refresh_finish (TillPaymentCase *self, GAsyncResult *result, GError **error);

/* What of the charge can be given back: refunds of it approved or open, and those of its sale at the counter, count. */
gboolean till_payment_case_read_left (TillPaymentCase *self, TillMoney *left, GError **error);

/* A refund of the charge without an end (transfer none) (nullable). */
const TillLedgerEntry *till_payment_case_find_open_refund (TillPaymentCase *self);

/* TRUE if the sale has its receipt. */
gboolean till_payment_case_has_receipt (TillPaymentCase *self);

/* Lets go of the sale. */
void till_payment_case_free (TillPaymentCase *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TillPaymentCase, till_payment_case_free)

G_END_DECLS
