/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "payment/till-stripe-client.h"

G_BEGIN_DECLS

/* What a customer that the till made at the gateway is marked with: only such a one does it ever delete. */
#define TILL_STRIPE_PAYER_MARK_NAME  "smiletill"
#define TILL_STRIPE_PAYER_MARK_FIELD "metadata[" TILL_STRIPE_PAYER_MARK_NAME "]"
#define TILL_STRIPE_PAYER_MARK       "enrolment"

/* As till_provider_register_payer_async(); the payer token is "cus_…/pm_…". */
void till_stripe_payer_async (TillStripeClient *client,
                              const char *token,
                              const char *label,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer user_data);
char *till_stripe_payer_finish (TillStripeClient *client, GAsyncResult *result, GError **error);

G_END_DECLS
