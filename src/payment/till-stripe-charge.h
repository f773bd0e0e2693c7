/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "payment/till-charge.h"
#include "payment/till-stripe-client.h"

G_BEGIN_DECLS

/*
 * Takes the money of @request off-session and waits for a definite end: confirms what was only recorded, cancels what
 * would need the customer, and looks the attempt up where the gateway broke over it.
 *
 * @sending: called with @sending_data whenever the request is about to leave. Finish: a result (transfer full).
 */
void till_stripe_charge_async (TillStripeClient *client,
                               TillChargeRequest *request,
                               GSourceFunc sending,
                               gpointer sending_data,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer user_data);
TillChargeResult *till_stripe_charge_finish (TillStripeClient *client, GAsyncResult *result);

G_END_DECLS
