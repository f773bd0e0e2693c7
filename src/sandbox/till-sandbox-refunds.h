/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sandbox/till-sandbox-call.h"

G_BEGIN_DECLS

/* What the service answers for the id (transfer full, nullable). */
JsonObject *till_sandbox_refund_find (TillSandboxDatabase *database, const char *id);

JsonObject *till_sandbox_refunds_create (TillSandboxCall *call);
JsonObject *till_sandbox_refunds_retrieve (TillSandboxCall *call);
JsonObject *till_sandbox_refunds_list (TillSandboxCall *call);

/* Ends a refund that is pending, by the parameter outcome: "succeeded" or "failed". */
JsonObject *till_sandbox_refunds_settle (TillSandboxCall *call);

G_END_DECLS
