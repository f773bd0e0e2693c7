/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sandbox/till-sandbox-call.h"

G_BEGIN_DECLS

/*
 * Puts in place of ids in @answer what they name, as the parameter expand[] lists: "latest_charge", "data.customer",
 * "latest_charge.payment_intent". Refuses a property that isn't there.
 */
gboolean till_sandbox_expand (TillSandboxCall *call, JsonObject *answer);

G_END_DECLS
