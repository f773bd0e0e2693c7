/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "payment/till-stripe-client.h"

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/*
 * The object of type @type in @reply (transfer full); NULL with %TILL_ERROR_REFUSED, %TILL_ERROR_NOT_FOUND,
 * %TILL_ERROR_INVALID or %TILL_ERROR_UNAVAILABLE, in the gateway's words.
 */
JsonObject *till_stripe_read_object (const TillStripeReply *reply, const char *type, GError **error);

G_END_DECLS
