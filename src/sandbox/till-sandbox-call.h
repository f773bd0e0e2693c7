/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

#include "sandbox/till-sandbox-database.h"
#include "sandbox/till-sandbox-error.h"
#include "sandbox/till-sandbox-form.h"

G_BEGIN_DECLS

/**
 * TillSandboxCall: one call of an endpoint: what was asked, what to work on, and what is wrong with it if it fails.
 *
 * Everything is borrowed for the length of the call but @error, which the endpoint sets. Parameters are named by paths
 * joined by points, "created.gte"; the errors name them as the caller wrote them, "created[gte]".
 */
typedef struct
{
  TillSandboxDatabase *database;
  gint64 now;     /* seconds since 1970 */
  const char *id; /* what stands in the path where the route says :id; nullable */
  const TillSandboxForm *params;
  TillSandboxError *error; /* owned by the call; the first one set stays */
} TillSandboxCall;

/* The answer (transfer full), or %NULL with the error set. */
typedef JsonObject *(*TillSandboxEndpoint) (TillSandboxCall *call);

/* Sets an invalid_request_error; always %FALSE. @code and @param may be %NULL. */
gboolean till_sandbox_call_fail (
    TillSandboxCall *call, guint status, const char *code, const char *param, const char *format, ...)
    G_GNUC_PRINTF (5, 6);

/* The refusal for an id that names nothing, as "No such customer: 'cus_1'"; always %FALSE. */
gboolean
till_sandbox_call_missing (TillSandboxCall *call, const char *noun, const char *param, const char *id);

/* Whether the parameter was sent at all, be it empty. */
gboolean till_sandbox_call_has (TillSandboxCall *call, const char *path);

/*
 * The readers below leave the result as it was and return %TRUE when the parameter was not sent, and return %FALSE with
 * the error set when it is not what it must be. Texts are owned by the call's parameters.
 */

/* Text of at most 5000 letters; an empty one gives %NULL, which clears the field. */
gboolean till_sandbox_call_text (TillSandboxCall *call, const char *path, const char **text);

/* As above, but an empty one is refused: an identifier. */
gboolean till_sandbox_call_id (TillSandboxCall *call, const char *path, const char **id);

/* Text that must be one of @choices, %NULL-terminated. */
gboolean till_sandbox_call_choice (TillSandboxCall *call,
                                   const char *path,
                                   const char *const *choices,
                                   const char **choice);

gboolean till_sandbox_call_integer (TillSandboxCall *call, const char *path, gint64 *number);

gboolean till_sandbox_call_boolean (TillSandboxCall *call, const char *path, gboolean *truth);

/* Changes @metadata, a JSON object as text (transfer full both ways), as the parameter "metadata" says. */
gboolean till_sandbox_call_metadata (TillSandboxCall *call, char **metadata);

/* Refuses if the parameter was not sent. */
gboolean till_sandbox_call_require (TillSandboxCall *call, const char *path);

/* Refuses the first parameter that @known, %NULL-terminated, does not list: "amount", "created[*]", "metadata[**]". */
gboolean till_sandbox_call_only (TillSandboxCall *call, const char *const *known);

G_END_DECLS
