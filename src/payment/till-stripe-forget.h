/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "payment/till-stripe-client.h"

G_BEGIN_DECLS

/*
 * As till_provider_remove_payer_async(). A customer that the till made is deleted there, with all its cards; of one that
 * the shop had already, the card is detached, so that it can't be charged any more.
 */
void till_stripe_forget_async (TillStripeClient *client,
                               const char *payer,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer user_data);
gboolean till_stripe_forget_finish (TillStripeClient *client, GAsyncResult *result, GError **error);

G_END_DECLS
