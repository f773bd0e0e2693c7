/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "payment/till-charge.h"
#include "payment/till-refund-request.h"
#include "payment/till-stripe-client.h"
#include "payment/till-stripe-reading.h"

G_BEGIN_DECLS

/* The code of a refund that is not in the list. */
#define TILL_STRIPE_NOT_LISTED "not-listed"

/*
 * Looks for a refund, by its attempt, among those of its payment. Finish: how it stands (transfer full): UNKNOWN with
 * "not-listed" when the whole list was read and it is not there, UNKNOWN with another code when it could not be read.
 */
void till_stripe_refund_list_async (TillStripeClient *client,
                                    TillRefundRequest *request,
                                    GCancellable *cancellable,
                                    GAsyncReadyCallback callback,
                                    gpointer user_data);
TillChargeResult *till_stripe_refund_list_finish (TillStripeClient *client, GAsyncResult *result);

/* What a reading of a refund that names one comes to (transfer full). */
TillChargeResult *till_stripe_result_of_refund (const TillStripeReading *reading);

G_END_DECLS
