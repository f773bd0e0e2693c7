/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "payment/till-charge.h"
#include "payment/till-stripe-client.h"

G_BEGIN_DECLS

/*
 * Cancels the payment @intent of @request, so that it can never complete. Not to be cancelled itself: whoever asks
 * has to know. Finish (transfer full): DECLINED with @code and @message once the gateway confirmed it, otherwise
 * UNKNOWN.
 */
void till_stripe_revoke_async (TillStripeClient *client,
                               const char *intent,
                               TillChargeRequest *request,
                               const char *code,
                               const char *message,
                               GAsyncReadyCallback callback,
                               gpointer user_data);
TillChargeResult *till_stripe_revoke_finish (TillStripeClient *client, GAsyncResult *result);

/* The code of an UNKNOWN after an HTTP status that is no answer (transfer none). */
const char *till_stripe_trouble_of_status (guint status);

/*
 * The UNKNOWN that a reply without an answer makes of a payment (transfer full). @reference is nullable.
 */
TillChargeResult *till_stripe_unknown_from_trouble (const TillStripeReply *reply, const char *reference);

G_END_DECLS
