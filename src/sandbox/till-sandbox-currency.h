/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sandbox/till-sandbox-call.h"

G_BEGIN_DECLS

/* The most one charge may be, in minor units: eight digits. */
#define TILL_SANDBOX_AMOUNT_LARGEST 99999999

/* The parameter "currency" as the service writes it, three small letters; @currency holds 4 bytes. */
gboolean till_sandbox_currency_read (TillSandboxCall *call, char *currency);

/* Refuses an amount below the currency's least charge or above what the service takes. */
gboolean till_sandbox_currency_check_amount (TillSandboxCall *call, gint64 amount, const char *currency);

G_END_DECLS
