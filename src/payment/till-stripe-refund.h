/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "payment/till-charge.h"
#include "payment/till-refund-request.h"
#include "payment/till-stripe-client.h"

G_BEGIN_DECLS

/*
 * Gives money back. @sending: (nullable) called with @sending_data as each exchange is about to leave. Finish: a result
 * (transfer full), its reference the refund's.
 */
void till_stripe_refund_async (TillStripeClient *client,
                               TillRefundRequest *request,
                               GSourceFunc sending,
                               gpointer sending_data,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer user_data);

/* As till_provider_query_refund_async(). Finish with the function below. */
void till_stripe_query_refund_async (TillStripeClient *client,
                                     TillRefundRequest *request,
                                     gboolean replay,
                                     GCancellable *cancellable,
                                     GAsyncReadyCallback callback,
                                     gpointer user_data);
TillChargeResult *till_stripe_refund_finish (TillStripeClient *client, GAsyncResult *result);

G_END_DECLS
