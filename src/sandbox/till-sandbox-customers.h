/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sandbox/till-sandbox-call.h"

G_BEGIN_DECLS

/* What the service answers for the id: a deleted customer is still known, as deleted (transfer full, nullable). */
JsonObject *till_sandbox_customer_find (TillSandboxDatabase *database, const char *id);

/* Whether the id is of a customer that was not deleted. */
gboolean till_sandbox_customer_exists (TillSandboxDatabase *database, const char *id);

JsonObject *till_sandbox_customers_create (TillSandboxCall *call);
JsonObject *till_sandbox_customers_retrieve (TillSandboxCall *call);
JsonObject *till_sandbox_customers_update (TillSandboxCall *call);
JsonObject *till_sandbox_customers_delete (TillSandboxCall *call);
JsonObject *till_sandbox_customers_list (TillSandboxCall *call);

G_END_DECLS
