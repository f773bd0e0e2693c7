/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "payment/till-provider.h"
#include "vault/till-secret.h"

G_BEGIN_DECLS

#define TILL_TYPE_STRIPE_PROVIDER (till_stripe_provider_get_type ())
G_DECLARE_FINAL_TYPE (TillStripeProvider, till_stripe_provider, TILL, STRIPE_PROVIDER, GObject)

/**
 * TillStripeProvider: the Stripe v1 API over HTTPS, as the real service and the sandbox speak it.
 *
 * @base_url: "https://HOST[:PORT]", nothing but https is accepted.
 * @trust: (nullable) what to trust instead of the system's certificates.
 * @key: the secret API key.
 *
 * %TILL_ERROR_INVALID for a URL that is not of that form (transfer full).
 */
TillStripeProvider *till_stripe_provider_new (const char *base_url,
                                              GTlsDatabase *trust,
                                              TillSecret *key,
                                              GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Seconds until a request without an answer counts as UNKNOWN; 20 unless set. */
void till_stripe_provider_set_timeout (TillStripeProvider *self, guint seconds);

G_END_DECLS
