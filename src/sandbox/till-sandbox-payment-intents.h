/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sandbox/till-sandbox-call.h"

G_BEGIN_DECLS

JsonObject *till_sandbox_payment_intents_create (TillSandboxCall *call);
JsonObject *till_sandbox_payment_intents_retrieve (TillSandboxCall *call);
JsonObject *till_sandbox_payment_intents_update (TillSandboxCall *call);
JsonObject *till_sandbox_payment_intents_confirm (TillSandboxCall *call);
JsonObject *till_sandbox_payment_intents_cancel (TillSandboxCall *call);
JsonObject *till_sandbox_payment_intents_list (TillSandboxCall *call);
JsonObject *till_sandbox_payment_intents_search (TillSandboxCall *call);

/* Of the sandbox alone: ends a payment that is processing or waits for the holder, by the parameter "outcome". */
JsonObject *till_sandbox_payment_intents_settle (TillSandboxCall *call);

G_END_DECLS
