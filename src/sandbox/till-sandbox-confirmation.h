/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sandbox/till-sandbox-intent.h"

G_BEGIN_DECLS

/*
 * Charges the intent's payment method as the call's parameters off_session, error_on_requires_action and return_url say.
 * A decline is the call's error, with all that it changed meant to stay. @intent is saved either way.
 */
gboolean till_sandbox_confirm (TillSandboxCall *call, TillSandboxIntent *intent);

/*
 * What the holder and the bank do later, here by order: @success ends an intent that is processing or waits for the
 * holder, with a charge; otherwise with a failed payment. @intent is saved.
 */
gboolean till_sandbox_settle (TillSandboxCall *call, TillSandboxIntent *intent, gboolean success);

G_END_DECLS
