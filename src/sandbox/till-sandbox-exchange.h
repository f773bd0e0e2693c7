/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <libsoup/soup.h>

#include "sandbox/till-sandbox-faults.h"
#include "sandbox/till-sandbox-gateway.h"

G_BEGIN_DECLS

/**
 * TillSandboxExchange: one request that was let in, on its way through the gateway and back, with the fault it meets.
 *
 * Frees itself when it is over.
 */

/*
 * Answers @message. @busy_keys holds the idempotency keys of unfinished requests (transfer none). @fault is %NULL for
 * none. What it borrows must live as long as the main loop runs.
 */
void till_sandbox_exchange_start (SoupServerMessage *message,
                                  TillSandboxGateway *gateway,
                                  GHashTable *busy_keys,
                                  const TillSandboxFault *fault);

/* Sends @reply with the headers that every answer has. @request_id is the id of the request being answered. */
void till_sandbox_exchange_send (SoupServerMessage *message,
                                 const TillSandboxReply *reply,
                                 const char *request_id);

G_END_DECLS
