/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sandbox/till-sandbox-exchange.h"

#include <signal.h>
#include <string.h>

#include "sandbox/till-sandbox-error.h"
#include "sandbox/till-sandbox-id.h"
#include "sandbox/till-sandbox-json.h"
#include "sandbox/till-sandbox-wire.h"

#define API_VERSION              "2026-10-28.endive" /* the one the shapes of the answers follow */
#define STATUS_TOO_MANY_REQUESTS 429                 /* RFC 6585; libsoup has no name for it */

typedef struct
{
  SoupServerMessage *message;
  TillSandboxGateway *gateway;
  GHashTable *busy_keys;
  char *request_id;
  char *key; /* nullable */
  gboolean holds_key;
  gboolean gone; /* the client has hung up */
  gboolean has_fault;
  TillSandboxFault fault;
  TillSandboxReply *reply;
} Exchange;

static void
exchange_free (Exchange *self)
{
  if (self->holds_key)
    g_hash_table_remove (self->busy_keys, self->key);
  g_signal_handlers_disconnect_by_data (self->message, self);
  g_object_unref (self->message);
  g_free (self->request_id);
  g_free (self->key);
  till_sandbox_reply_free (self->reply);
  g_free (self);
}

static gboolean
meets (const Exchange *self, TillSandboxFaultKind kind)
{
  return self->has_fault && self->fault.kind == kind;
}

static void
on_finished (SoupServerMessage *message, Exchange *self)
{
  self->gone = TRUE;
}

static const char *
request_header (SoupServerMessage *message, const char *name)
{
  return soup_message_headers_get_one (soup_server_message_get_request_headers (message), name);
}

static gboolean
is_version (const char *text)
{
  return text != NULL && strlen (text) <= 60
         && strspn (text, "0123456789abcdefghijklmnopqrstuvwxyz.-_=; ") == strlen (text);
}

static void
set_headers (SoupServerMessage *message, const TillSandboxReply *reply, const char *request_id)
{
  SoupMessageHeaders *headers = soup_server_message_get_response_headers (message);
  const char *version = request_header (message, "Stripe-Version");

  soup_message_headers_replace (headers, "Request-Id", request_id);
  soup_message_headers_replace (headers, "Cache-Control", "no-cache, no-store");
  soup_message_headers_replace (headers, "Stripe-Version", is_version (version) ? version : API_VERSION);
  if (reply->original_request != NULL)
    {
      soup_message_headers_replace (headers, "Idempotency-Key", request_header (message, "Idempotency-Key"));
      soup_message_headers_replace (headers, "Original-Request", reply->original_request);
    }
  if (reply->replayed)
    soup_message_headers_replace (headers, "Idempotent-Replayed", "true");
  /* To ask again under the key would bring the same answer; a key in use or too many calls pass by. */
  if (reply->status == SOUP_STATUS_CONFLICT || reply->status == STATUS_TOO_MANY_REQUESTS)
    soup_message_headers_replace (headers, "Stripe-Should-Retry", "true");
  else if (reply->original_request != NULL)
    soup_message_headers_replace (headers, "Stripe-Should-Retry", "false");
}

void
till_sandbox_exchange_send (SoupServerMessage *message, const TillSandboxReply *reply, const char *request_id)
{
  set_headers (message, reply, request_id);
  soup_server_message_set_status (message, reply->status, NULL);
  soup_server_message_set_response (message, "application/json", SOUP_MEMORY_COPY, reply->body,
                                    strlen (reply->body));
}

/* What the answer is about: itself, or the first of a list; nullable. */
static JsonObject *
first_with_amount (JsonObject *body)
{
  JsonNode *data = json_object_get_member (body, "data");
  JsonArray *list = data != NULL && JSON_NODE_HOLDS_ARRAY (data) ? json_node_get_array (data) : NULL;

  if (list != NULL && json_array_get_length (list) > 0)
    body = json_array_get_object_element (list, 0);
  return json_object_has_member (body, "amount") ? body : NULL;
}

/* One more than was taken: what a broken provider might say. */
static void
falsify_amount (TillSandboxReply *reply)
{
  g_autoptr (JsonObject) body = till_sandbox_json_parse (reply->body);
  JsonObject *object = first_with_amount (body);

  if (object == NULL)
    return;
  json_object_set_int_member (object, "amount", json_object_get_int_member (object, "amount") + 1);
  if (json_object_get_int_member_with_default (object, "amount_received", 0) > 0)
    json_object_set_int_member (object, "amount_received", json_object_get_int_member (object, "amount"));
  g_free (reply->body);
  reply->body = till_sandbox_json_print (body);
}

static void
finish (Exchange *self)
{
  if (!self->gone)
    till_sandbox_exchange_send (self->message, self->reply, self->request_id);
  exchange_free (self);
}

static gboolean
finish_late (gpointer data)
{
  Exchange *self = data;
  g_autoptr (SoupServerMessage) message = g_object_ref (self->message);
  gboolean gone = self->gone;

  finish (self);
  if (!gone)
    soup_server_message_unpause (message);
  return G_SOURCE_REMOVE;
}

static gboolean
is_truncated (const Exchange *self)
{
  return meets (self, TILL_SANDBOX_FAULT_TRUNCATE) || meets (self, TILL_SANDBOX_FAULT_TRUNCATE_CLOSE);
}

static void
send_by_wire (Exchange *self)
{
  gsize length = strlen (self->reply->body);

  set_headers (self->message, self->reply, self->request_id);
  till_sandbox_wire_send (
      self->message, self->reply->status, self->reply->body, is_truncated (self) ? length / 2 : length,
      !meets (self, TILL_SANDBOX_FAULT_TRUNCATE), is_truncated (self) ? 0 : self->fault.milliseconds);
  exchange_free (self);
}

/* The answer is known: sends it as the fault says. @paused is whether the message waits. */
static void
answer (Exchange *self, gboolean paused)
{
  if (meets (self, TILL_SANDBOX_FAULT_MALFORMED))
    self->reply->body[strlen (self->reply->body) / 2] = '\0';
  else if (meets (self, TILL_SANDBOX_FAULT_WRONG_AMOUNT))
    falsify_amount (self->reply);

  if (self->gone)
    exchange_free (self);
  else if (meets (self, TILL_SANDBOX_FAULT_DROP_AFTER))
    {
      till_sandbox_wire_drop (self->message);
      exchange_free (self);
    }
  else if (is_truncated (self) || meets (self, TILL_SANDBOX_FAULT_DRIP))
    send_by_wire (self);
  else if (meets (self, TILL_SANDBOX_FAULT_DELAY_AFTER))
    {
      soup_server_message_pause (self->message);
      g_timeout_add (self->fault.milliseconds, finish_late, self);
    }
  else if (paused)
    finish_late (self);
  else
    finish (self);
}

static void
kill_at_step (TillSandboxStep step, gpointer data)
{
  Exchange *self = data;

  if ((step == TILL_SANDBOX_STEP_BEGUN && meets (self, TILL_SANDBOX_FAULT_KILL_BEFORE))
      || (step == TILL_SANDBOX_STEP_DONE && meets (self, TILL_SANDBOX_FAULT_KILL_INSIDE))
      || (step == TILL_SANDBOX_STEP_COMMITTED && meets (self, TILL_SANDBOX_FAULT_KILL_AFTER)))
    raise (SIGKILL);
}

static TillSandboxFeign
feign_for (const Exchange *self)
{
  if (meets (self, TILL_SANDBOX_FAULT_ERROR_500))
    return TILL_SANDBOX_FEIGN_BEFORE;
  return meets (self, TILL_SANDBOX_FAULT_ERROR_500_AFTER) ? TILL_SANDBOX_FEIGN_AFTER
                                                          : TILL_SANDBOX_FEIGN_NOTHING;
}

static void
run (Exchange *self)
{
  GUri *uri = soup_server_message_get_uri (self->message);
  SoupMessageBody *body = soup_server_message_get_request_body (self->message);
  TillSandboxRequest request = { 0 };

  request.id = self->request_id;
  request.method = soup_server_message_get_method (self->message);
  request.path = g_uri_get_path (uri);
  request.query = g_uri_get_query (uri);
  request.content_type = request_header (self->message, "Content-Type");
  request.idempotency_key = self->key;
  request.body = body->data;
  request.body_length = (gsize) body->length;
  request.feign = feign_for (self);

  till_sandbox_gateway_set_watch (self->gateway, kill_at_step, self);
  self->reply = till_sandbox_gateway_handle (self->gateway, &request);
  till_sandbox_gateway_set_watch (self->gateway, NULL, NULL);
  if (self->holds_key)
    g_hash_table_remove (self->busy_keys, self->key);
  self->holds_key = FALSE;
}

static gboolean
run_late (gpointer data)
{
  Exchange *self = data;

  run (self);
  answer (self, TRUE);
  return G_SOURCE_REMOVE;
}

static void
refuse (Exchange *self, TillSandboxReply *reply)
{
  self->reply = reply;
  finish (self);
}

static TillSandboxReply *
reply_new_busy (const Exchange *self)
{
  return till_sandbox_reply_new_error (
      SOUP_STATUS_CONFLICT, TILL_SANDBOX_IDEMPOTENCY, "idempotency_key_in_use",
      "There is currently another in-progress request using this Idempotent Key (that "
      "probably means you submitted twice, and the other request is still going "
      "through): %s. Please try again later.",
      self->key != NULL ? self->key : "");
}

static void
refuse_too_many (Exchange *self)
{
  g_autofree char *seconds = g_strdup_printf ("%u", (self->fault.milliseconds + 999) / 1000);

  soup_message_headers_replace (soup_server_message_get_response_headers (self->message), "Retry-After",
                                seconds);
  refuse (self, till_sandbox_reply_new_error (
                    STATUS_TOO_MANY_REQUESTS, TILL_SANDBOX_INVALID_REQUEST, "rate_limit",
                    "Too many requests were made too quickly. Try again after %s s.", seconds));
}

/* The faults that come before anything is done; %FALSE if it goes on. */
static gboolean
fail_before (Exchange *self)
{
  if (meets (self, TILL_SANDBOX_FAULT_DROP_BEFORE))
    {
      till_sandbox_wire_drop (self->message);
      exchange_free (self);
    }
  else if (meets (self, TILL_SANDBOX_FAULT_RATE_LIMIT_429))
    refuse_too_many (self);
  else if (meets (self, TILL_SANDBOX_FAULT_CONFLICT_409))
    refuse (self, reply_new_busy (self));
  else if (self->key != NULL && g_hash_table_contains (self->busy_keys, self->key))
    refuse (self, reply_new_busy (self));
  else
    return FALSE;
  return TRUE;
}

void
till_sandbox_exchange_start (SoupServerMessage *message,
                             TillSandboxGateway *gateway,
                             GHashTable *busy_keys,
                             const TillSandboxFault *fault)
{
  Exchange *self = g_new0 (Exchange, 1);

  self->message = g_object_ref (message);
  self->gateway = gateway;
  self->busy_keys = busy_keys;
  self->request_id = till_sandbox_id_new ("req");
  if (g_str_equal (soup_server_message_get_method (message), "POST"))
    self->key = g_strdup (request_header (message, "Idempotency-Key"));
  self->has_fault = fault != NULL;
  if (fault != NULL)
    self->fault = *fault;
  g_signal_connect (message, "finished", G_CALLBACK (on_finished), self);
  g_signal_connect (message, "disconnected", G_CALLBACK (on_finished), self);

  if (fail_before (self))
    return;
  if (meets (self, TILL_SANDBOX_FAULT_LATE))
    {
      till_sandbox_wire_drop (message);
      self->gone = TRUE;
      g_timeout_add (self->fault.milliseconds, run_late, self);
      return;
    }
  if (self->key != NULL)
    self->holds_key = g_hash_table_add (busy_keys, g_strdup (self->key));
  if (meets (self, TILL_SANDBOX_FAULT_DELAY_BEFORE))
    {
      soup_server_message_pause (message);
      g_timeout_add (self->fault.milliseconds, run_late, self);
      return;
    }
  run (self);
  answer (self, FALSE);
}
