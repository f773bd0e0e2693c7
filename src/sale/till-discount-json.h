/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sale/till-discount.h"

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* {"kind", ["article"], ["rate"], "amount"}, the amount in minor units (transfer full). */
JsonObject *till_discount_to_json (const TillDiscount *discount);

/* Fills in @discount, to be cleared; %TILL_ERROR_INVALID names the member that is wrong. */
gboolean
till_discount_from_json (TillDiscount *discount, JsonObject *object, const char *currency, GError **error);

G_END_DECLS
