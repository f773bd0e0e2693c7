/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sandbox/till-sandbox-form.h"
#include "sandbox/till-sandbox-gateway.h"

G_BEGIN_DECLS

/* The longest key, and how long its answer is kept, in microseconds. */
#define TILL_SANDBOX_KEY_LONGEST 255
#define TILL_SANDBOX_KEY_KEPT    (24 * G_TIME_SPAN_HOUR)

/* What tells one request from another under the same key: SHA-256 of its address and parameters (transfer full). */
char *till_sandbox_idempotency_fingerprint (const TillSandboxRequest *request, const TillSandboxForm *params);

/*
 * The answer for a key that was used before: the one given then, or the refusal if it was for another request (transfer
 * full). %NULL if the key is new, or so old that it is forgotten. Within a transaction; @now in microseconds.
 */
TillSandboxReply *till_sandbox_idempotency_find (TillSandboxDatabase *database,
                                                 const TillSandboxRequest *request,
                                                 const char *fingerprint,
                                                 gint64 now);

/* Keeps the answer for the key, in the same transaction as what was done. */
void till_sandbox_idempotency_keep (TillSandboxDatabase *database,
                                    const TillSandboxRequest *request,
                                    const char *fingerprint,
                                    const TillSandboxReply *reply,
                                    gint64 now);

/* The refusal of a key that can't be one (transfer full); %NULL if it can. */
TillSandboxReply *till_sandbox_idempotency_check_key (const char *key);

G_END_DECLS
