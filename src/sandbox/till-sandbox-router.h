/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sandbox/till-sandbox-call.h"

G_BEGIN_DECLS

/**
 * TillSandboxRoute: what answers one kind of address.
 */
typedef struct
{
  const char *method;
  const char *path; /* ":id" stands for any one part */
  TillSandboxEndpoint endpoint;
  const char *const *known; /* the parameters it takes, %NULL-terminated; see till_sandbox_call_only() */
} TillSandboxRoute;

/* The route for the address (transfer none, nullable); @id gets the part at ":id", or %NULL (transfer full). */
const TillSandboxRoute *till_sandbox_router_find (const char *method, const char *path, char **id);

G_END_DECLS
