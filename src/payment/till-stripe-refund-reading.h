/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "payment/till-refund-request.h"
#include "payment/till-stripe-reading.h"

G_BEGIN_DECLS

/* An answer to creating a refund for @request: HTTP @status and body (transfer full). */
TillStripeReading *
till_stripe_read_refund_answer (guint status, GBytes *body, const TillRefundRequest *request);

/*
 * One refund, as SUCCEEDED, DECLINED, PROCESSING or UNBELIEVABLE (transfer full). Metadata of another attempt, another
 * payment, amount or currency make it UNBELIEVABLE; servers that leave metadata out are believed by the rest.
 */
TillStripeReading *till_stripe_read_refund (JsonObject *refund, const TillRefundRequest *request);

/* TRUE if @refund carries the id of this attempt. */
gboolean till_stripe_refund_is_of (JsonObject *refund, const TillRefundRequest *request);

G_END_DECLS
