/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sandbox/till-sandbox-intent.h"

G_BEGIN_DECLS

/* What the service answers for the id (transfer full, nullable). */
JsonObject *till_sandbox_charge_find (TillSandboxDatabase *database, const char *id);

/*
 * A new charge of the intent with its payment method: "succeeded", "pending" or "failed", the last for the reason in
 * @failure (nullable otherwise). Becomes the intent's latest charge.
 */
void till_sandbox_charge_add (TillSandboxCall *call,
                              TillSandboxIntent *intent,
                              const char *status,
                              const TillSandboxError *failure);

/* Ends a pending charge, as above. */
void till_sandbox_charge_settle (TillSandboxDatabase *database,
                                 const char *id,
                                 const char *status,
                                 const TillSandboxError *failure);

JsonObject *till_sandbox_charges_retrieve (TillSandboxCall *call);
JsonObject *till_sandbox_charges_list (TillSandboxCall *call);

G_END_DECLS
