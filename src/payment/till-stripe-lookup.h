/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "payment/till-charge.h"
#include "payment/till-stripe-client.h"

G_BEGIN_DECLS

/*
 * Finds out how an attempt stands without moving money.
 *
 * First the customer's payments are listed, all pages, and those with the attempt in their metadata are believed or
 * not; one that is only waiting is cancelled. With none in the list the attempt may still be on its way. So a payment
 * that asks for nothing to be taken is created under the attempt's own idempotency key: if the gateway takes it, the
 * attempt never came, and should it still come it will be turned away for its other parameters. That barrier is
 * cancelled, and the attempt is DECLINED with "not-found". If the gateway turns the barrier away, the attempt did
 * come: the list is read once more, and an attempt still not in it is UNKNOWN, "not-listed".
 *
 * @cancel: one that is being processed is cancelled too, where the gateway lets it.
 *
 * Finish: a result (transfer full).
 */
void till_stripe_lookup_async (TillStripeClient *client,
                               TillChargeRequest *request,
                               gboolean cancel,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer user_data);
TillChargeResult *till_stripe_lookup_finish (TillStripeClient *client, GAsyncResult *result);

G_END_DECLS
