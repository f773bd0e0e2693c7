/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "payment/till-charge.h"
#include "payment/till-stripe-client.h"

G_BEGIN_DECLS

/* Gives @amount of the payment @reference back, under @key. Finish: a result (transfer full), its reference the refund's. */
void till_stripe_refund_async (TillStripeClient *client,
                               const char *reference,
                               const TillMoney *amount,
                               const char *key,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer user_data);
TillChargeResult *till_stripe_refund_finish (TillStripeClient *client, GAsyncResult *result);

G_END_DECLS
