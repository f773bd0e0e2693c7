/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "payment/till-refund-request.h"

G_DEFINE_BOXED_TYPE (TillRefundRequest,
                     till_refund_request,
                     till_refund_request_ref,
                     till_refund_request_unref)

TillRefundRequest *
till_refund_request_new (
    const char *attempt, const char *sale, const char *key, const char *reference, const TillMoney *amount)
{
  TillRefundRequest *self = g_atomic_rc_box_new0 (TillRefundRequest);

  self->attempt = g_strdup (attempt);
  self->sale = g_strdup (sale);
  self->key = g_strdup (key);
  self->reference = g_strdup (reference);
  self->amount = *amount;
  return self;
}

TillRefundRequest *
till_refund_request_ref (TillRefundRequest *self)
{
  return g_atomic_rc_box_acquire (self);
}

static void
till_refund_request_clear (gpointer data)
{
  TillRefundRequest *self = data;

  g_free (self->attempt);
  g_free (self->sale);
  g_free (self->key);
  g_free (self->reference);
}

void
till_refund_request_unref (TillRefundRequest *self)
{
  g_atomic_rc_box_release_full (self, till_refund_request_clear);
}
