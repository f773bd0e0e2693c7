/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/**
 * TillSandboxError: why a call is refused, in the protocol's terms.
 *
 * Apart from #GError because it is an answer, not a failure of this program: it has an HTTP status and a body.
 */
typedef struct
{
  guint status;
  gboolean
      committed; /* the refusal itself is recorded: a declined charge is kept, a bad parameter changes nothing */
  char *type;
  char *code; /* nullable, as all below */
  char *decline_code;
  char *advice_code;
  char *param;
  char *message;
  char *charge;
  JsonObject *payment_intent;
  JsonObject *payment_method;
} TillSandboxError;

#define TILL_SANDBOX_INVALID_REQUEST "invalid_request_error"
#define TILL_SANDBOX_CARD_ERROR      "card_error"
#define TILL_SANDBOX_API_ERROR       "api_error"
#define TILL_SANDBOX_IDEMPOTENCY     "idempotency_error"

/* @code and @param may be %NULL (transfer full). */
TillSandboxError *till_sandbox_error_new (
    guint status, const char *type, const char *code, const char *param, const char *format, ...)
    G_GNUC_PRINTF (5, 6) G_GNUC_WARN_UNUSED_RESULT;

TillSandboxError *till_sandbox_error_new_valist (guint status,
                                                 const char *type,
                                                 const char *code,
                                                 const char *param,
                                                 const char *format,
                                                 va_list arguments)
    G_GNUC_PRINTF (5, 0) G_GNUC_WARN_UNUSED_RESULT;

void till_sandbox_error_free (TillSandboxError *error);

/* What is wrong, without the envelope: also what a payment intent keeps as its last error (transfer full). */
JsonObject *till_sandbox_error_details (const TillSandboxError *error) G_GNUC_WARN_UNUSED_RESULT;

/* The body, {"error":{…}} (transfer full). */
JsonObject *till_sandbox_error_render (const TillSandboxError *error) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TillSandboxError, till_sandbox_error_free)

G_END_DECLS
