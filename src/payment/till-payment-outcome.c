/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "payment/till-payment.h"

#include "payment/till-payment-private.h"

G_DEFINE_BOXED_TYPE (TillPaymentOutcome,
                     till_payment_outcome,
                     till_payment_outcome_ref,
                     till_payment_outcome_unref)

TillPaymentOutcome *
till_payment_outcome_new (TillChargeResult *result, const char *attempt, gint64 ledger_seq)
{
  TillPaymentOutcome *self = g_atomic_rc_box_new0 (TillPaymentOutcome);

  self->result = till_charge_result_ref (result);
  self->attempt = g_strdup (attempt);
  self->ledger_seq = ledger_seq;
  return self;
}

TillPaymentOutcome *
till_payment_outcome_ref (TillPaymentOutcome *self)
{
  return g_atomic_rc_box_acquire (self);
}

static void
till_payment_outcome_clear (gpointer data)
{
  TillPaymentOutcome *self = data;

  till_charge_result_unref (self->result);
  g_free (self->attempt);
}

void
till_payment_outcome_unref (TillPaymentOutcome *self)
{
  g_atomic_rc_box_release_full (self, till_payment_outcome_clear);
}
