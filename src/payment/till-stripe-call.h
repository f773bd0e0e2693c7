/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "payment/till-stripe-client.h"

G_BEGIN_DECLS

/*
 * One call: an exchange, repeated a few times where that is safe and may help (interrupted, 409, 429, 5xx), with
 * growing pauses or the one that Retry-After asks for, all within the client's timeout. Safe is what has an
 * idempotency key, what only reads, and what does nothing the second time: give no other requests to it.
 *
 * Finish: the last reply (transfer full). Its sent and doubtful say what any of the exchanges did. A connection that
 * is refused outright is not tried again: whoever waits at the till learns it at once.
 */
void till_stripe_call_async (TillStripeClient *client,
                             const TillStripeRequest *request,
                             GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer user_data);
TillStripeReply *till_stripe_call_finish (TillStripeClient *client, GAsyncResult *result);

G_END_DECLS
