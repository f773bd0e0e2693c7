/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sandbox/till-sandbox-gateway.h"

#include <libsoup/soup.h>
#include <string.h>

#include "sandbox/till-sandbox-call.h"
#include "sandbox/till-sandbox-expand.h"
#include "sandbox/till-sandbox-idempotency.h"
#include "sandbox/till-sandbox-json.h"
#include "sandbox/till-sandbox-router.h"

struct _TillSandboxGateway
{
  TillSandboxDatabase *database;
  TillClock *clock;
  TillSandboxWatch watch;
  gpointer watch_data;
};

TillSandboxGateway *
till_sandbox_gateway_new (TillSandboxDatabase *database, TillClock *clock)
{
  TillSandboxGateway *self = g_new0 (TillSandboxGateway, 1);

  self->database = database;
  self->clock = g_object_ref (clock);
  return self;
}

void
till_sandbox_gateway_free (TillSandboxGateway *self)
{
  if (self == NULL)
    return;

  till_sandbox_database_close (self->database);
  g_object_unref (self->clock);
  g_free (self);
}

void
till_sandbox_gateway_set_watch (TillSandboxGateway *self, TillSandboxWatch watch, gpointer data)
{
  self->watch = watch;
  self->watch_data = data;
}

void
till_sandbox_reply_free (TillSandboxReply *reply)
{
  if (reply == NULL)
    return;

  g_free (reply->body);
  g_free (reply->original_request);
  g_free (reply);
}

static TillSandboxReply *
reply_new (guint status, JsonObject *body)
{
  TillSandboxReply *reply = g_new0 (TillSandboxReply, 1);

  reply->status = status;
  reply->body = till_sandbox_json_print (body);
  return reply;
}

static TillSandboxReply *
reply_new_from_error (const TillSandboxError *error)
{
  g_autoptr (JsonObject) body = till_sandbox_error_render (error);

  return reply_new (error->status, body);
}

TillSandboxReply *
till_sandbox_reply_new_error (guint status, const char *type, const char *code, const char *format, ...)
{
  va_list arguments;

  va_start (arguments, format);
  g_autoptr (TillSandboxError) error
      = till_sandbox_error_new_valist (status, type, code, NULL, format, arguments);
  va_end (arguments);
  return reply_new_from_error (error);
}

static TillSandboxReply *
reply_new_failed (void)
{
  return till_sandbox_reply_new_error (
      SOUP_STATUS_INTERNAL_SERVER_ERROR, TILL_SANDBOX_API_ERROR, NULL,
      "An unexpected error occurred in the gateway. Try again with the same key.");
}

/* What the endpoint answers; a call's effects are in the open transaction, or undone if they are not to stay. */
static TillSandboxReply *
run_endpoint (TillSandboxGateway *self,
              const TillSandboxRoute *route,
              const char *id,
              const TillSandboxForm *params)
{
  TillSandboxCall call = { 0 };

  call.database = self->database;
  call.now = till_clock_utc (self->clock) / G_USEC_PER_SEC;
  call.id = id;
  call.params = params;

  g_autoptr (JsonObject) body = till_sandbox_call_only (&call, route->known) ? route->endpoint (&call) : NULL;
  if (body != NULL && till_sandbox_expand (&call, body))
    return reply_new (SOUP_STATUS_OK, body);

  g_autoptr (TillSandboxError) error = g_steal_pointer (&call.error);
  /* No answer and no refusal is left only to a database that failed; the caller sees to that. */
  if (error == NULL)
    return reply_new_failed ();
  if (!error->committed)
    till_sandbox_database_undo_to_mark (self->database);
  return reply_new_from_error (error);
}

static void
watch_step (TillSandboxGateway *self, TillSandboxStep step)
{
  if (self->watch != NULL)
    self->watch (step, self->watch_data);
}

static TillSandboxReply *
run_feigning (TillSandboxGateway *self,
              const TillSandboxRequest *request,
              const TillSandboxRoute *route,
              const char *id,
              const TillSandboxForm *params)
{
  if (request->feign == TILL_SANDBOX_FEIGN_BEFORE)
    return reply_new_failed ();

  TillSandboxReply *reply = run_endpoint (self, route, id, params);
  if (request->feign == TILL_SANDBOX_FEIGN_NOTHING)
    return reply;

  till_sandbox_reply_free (reply);
  return reply_new_failed ();
}

/* With effects: all in one transaction with what is kept under the key. */
static TillSandboxReply *
run_post (TillSandboxGateway *self,
          const TillSandboxRequest *request,
          const TillSandboxRoute *route,
          const char *id,
          const TillSandboxForm *params)
{
  gint64 now = till_clock_utc (self->clock);
  g_autofree char *fingerprint = till_sandbox_idempotency_fingerprint (request, params);

  if (!till_sandbox_database_begin (self->database))
    return NULL;

  watch_step (self, TILL_SANDBOX_STEP_BEGUN);
  g_autoptr (TillSandboxReply) reply = NULL;
  if (request->idempotency_key != NULL)
    reply = till_sandbox_idempotency_find (self->database, request, fingerprint, now);
  if (reply == NULL)
    {
      till_sandbox_database_mark (self->database);
      reply = run_feigning (self, request, route, id, params);
      if (request->idempotency_key != NULL)
        {
          reply->original_request = g_strdup (request->id);
          till_sandbox_idempotency_keep (self->database, request, fingerprint, reply, now);
        }
    }

  watch_step (self, TILL_SANDBOX_STEP_DONE);
  if (!till_sandbox_database_commit (self->database))
    return NULL;
  watch_step (self, TILL_SANDBOX_STEP_COMMITTED);
  return g_steal_pointer (&reply);
}

static TillSandboxReply *
refuse_address (const TillSandboxRequest *request)
{
  return till_sandbox_reply_new_error (
      SOUP_STATUS_NOT_FOUND, TILL_SANDBOX_INVALID_REQUEST, NULL,
      "Unrecognized request URL (%s: %.200s). If you are trying to list objects, remove "
      "the trailing slash. If you are trying to retrieve an object, make sure you "
      "passed a valid (non-empty) identifier. The sandbox has only what a till needs.",
      request->method, request->path);
}

static gboolean
is_form (const char *content_type)
{
  return content_type == NULL
         || g_ascii_strncasecmp (content_type, SOUP_FORM_MIME_TYPE_URLENCODED,
                                 strlen (SOUP_FORM_MIME_TYPE_URLENCODED))
                == 0;
}

static gboolean
read_params (const TillSandboxRequest *request, TillSandboxForm *params, GError **error)
{
  if (request->query != NULL
      && !till_sandbox_form_parse (params, request->query, strlen (request->query), error))
    return FALSE;
  return request->body_length == 0
         || till_sandbox_form_parse (params, request->body, request->body_length, error);
}

static TillSandboxReply *
run (TillSandboxGateway *self,
     const TillSandboxRequest *request,
     const TillSandboxRoute *route,
     const char *id)
{
  g_autoptr (TillSandboxForm) params = till_sandbox_form_new ();
  g_autoptr (GError) error = NULL;

  if (request->body_length > 0 && !is_form (request->content_type))
    return till_sandbox_reply_new_error (
        SOUP_STATUS_BAD_REQUEST, TILL_SANDBOX_INVALID_REQUEST, NULL,
        "Invalid request: the content type %.100s is not understood; send %s.", request->content_type,
        SOUP_FORM_MIME_TYPE_URLENCODED);
  if (!read_params (request, params, &error))
    return till_sandbox_reply_new_error (SOUP_STATUS_BAD_REQUEST, TILL_SANDBOX_INVALID_REQUEST, NULL, "%s",
                                         error->message);
  if (!g_str_equal (request->method, "GET"))
    return run_post (self, request, route, id, params);

  /* One snapshot for all that is looked up. */
  if (!till_sandbox_database_begin (self->database))
    return NULL;
  till_sandbox_database_mark (self->database);
  g_autoptr (TillSandboxReply) reply = run_feigning (self, request, route, id, params);
  return till_sandbox_database_commit (self->database) ? g_steal_pointer (&reply) : NULL;
}

TillSandboxReply *
till_sandbox_gateway_handle (TillSandboxGateway *self, const TillSandboxRequest *request)
{
  TillSandboxRequest heeded = *request;
  g_autofree char *id = NULL;
  const TillSandboxRoute *route = till_sandbox_router_find (request->method, request->path, &id);

  if (route == NULL)
    return refuse_address (request);
  if (!g_str_equal (request->method, "POST"))
    heeded.idempotency_key = NULL;

  TillSandboxReply *reply
      = heeded.idempotency_key != NULL ? till_sandbox_idempotency_check_key (heeded.idempotency_key) : NULL;
  if (reply == NULL)
    reply = run (self, &heeded, route, id);
  if (reply == NULL)
    {
      g_warning ("%s %s failed: %s", request->method, request->path,
                 till_sandbox_database_failure (self->database));
      reply = reply_new_failed ();
    }
  return reply;
}
