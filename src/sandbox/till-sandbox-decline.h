/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sandbox/till-sandbox-call.h"

G_BEGIN_DECLS

/* Refuses the card: HTTP 402, card_error, in the words for the codes (@decline_code nullable); always %FALSE. */
gboolean till_sandbox_decline (TillSandboxCall *call, const char *code, const char *decline_code);

G_END_DECLS
