/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sandbox/till-sandbox-server.h"

#include <libsoup/soup.h>
#include <string.h>

#include "base/till-error.h"
#include "sandbox/till-sandbox-certificate.h"
#include "sandbox/till-sandbox-error.h"
#include "sandbox/till-sandbox-exchange.h"
#include "sandbox/till-sandbox-faults.h"
#include "sandbox/till-sandbox-id.h"
#include "sandbox/till-sandbox-json.h"

#define FAULTS_PATH "/sandbox/faults"
#define SIZE_DATA   "till-sandbox-size"

struct _TillSandboxServer
{
  GObject parent_instance;

  TillSandboxGateway *gateway;
  TillSandboxKey *key;
  TillSandboxFaults *faults;
  GHashTable *busy_keys;
  TillClock *clock;
  char *folder;

  SoupServer *soup;
  guint16 port;
  guint reopening;  /* source of an outage that was ordered */
  guint closed_for; /* milliseconds of it */
};

enum
{
  RESTART_ORDERED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (TillSandboxServer, till_sandbox_server, G_TYPE_OBJECT)

static void
send_reply (SoupServerMessage *message, TillSandboxReply *reply)
{
  g_autofree char *request_id = till_sandbox_id_new ("req");

  till_sandbox_exchange_send (message, reply, request_id);
  till_sandbox_reply_free (reply);
}

static void
refuse_size (SoupServerMessage *message)
{
  soup_message_headers_replace (soup_server_message_get_response_headers (message), "Connection", "close");
  send_reply (message, till_sandbox_reply_new_error (
                           SOUP_STATUS_REQUEST_ENTITY_TOO_LARGE, TILL_SANDBOX_INVALID_REQUEST, NULL,
                           "The request is larger than %d bytes.", TILL_SANDBOX_BODY_LARGEST));
}

static void
refuse_key (SoupServerMessage *message, TillSandboxKeyVerdict verdict)
{
  soup_message_headers_replace (soup_server_message_get_response_headers (message), "WWW-Authenticate",
                                "Basic realm=\"Stripe\"");
  /* Not a letter of a wrong key is repeated: it may be a live one, sent here by mistake. */
  send_reply (message, till_sandbox_reply_new_error (
                           SOUP_STATUS_UNAUTHORIZED, TILL_SANDBOX_INVALID_REQUEST, NULL, "%s",
                           verdict == TILL_SANDBOX_KEY_ABSENT
                               ? "You did not provide an API key. You need to provide your API key in the "
                                 "Authorization header, "
                                 "using Bearer auth (e.g. 'Authorization: Bearer YOUR_SECRET_KEY')."
                               : "Invalid API Key provided: ********"));
}

static gboolean
listen_again (TillSandboxServer *self, GError **error)
{
  g_autoptr (GTlsCertificate) certificate
      = till_sandbox_certificate_ensure (self->folder, self->clock, error);

  if (certificate == NULL)
    return FALSE;
  soup_server_set_tls_certificate (self->soup, certificate);
  return soup_server_listen_local (self->soup, self->port,
                                   SOUP_SERVER_LISTEN_HTTPS | SOUP_SERVER_LISTEN_IPV4_ONLY, error);
}

static gboolean
on_reopen (gpointer data)
{
  TillSandboxServer *self = data;
  g_autoptr (GError) error = NULL;

  self->reopening = 0;
  if (!listen_again (self, &error))
    g_warning ("Can't listen on port %u again: %s", self->port, error->message);
  return G_SOURCE_REMOVE;
}

static gboolean
on_close_port (gpointer data)
{
  TillSandboxServer *self = data;

  soup_server_disconnect (self->soup);
  self->reopening = g_timeout_add (self->closed_for, on_reopen, self);
  return G_SOURCE_REMOVE;
}

static void
prepare_outage (TillSandboxServer *self, const TillSandboxFault *fault)
{
  g_autoptr (GError) error = NULL;

  self->closed_for = fault->kind == TILL_SANDBOX_FAULT_CLOSE_PORT ? fault->milliseconds : 0;
  if (fault->kind == TILL_SANDBOX_FAULT_NEW_CERTIFICATE)
    {
      g_autoptr (GTlsCertificate) renewed
          = till_sandbox_certificate_renew (self->folder, self->clock, &error);
      if (renewed == NULL)
        g_warning ("Can't make another certificate: %s", error->message);
    }
}

static void
on_restart_answered (SoupServerMessage *message, TillSandboxServer *self)
{
  g_signal_emit (self, signals[RESTART_ORDERED], 0);
}

static void
on_order_answered (SoupServerMessage *message, TillSandboxServer *self)
{
  if (self->reopening == 0)
    self->reopening = g_idle_add (on_close_port, self);
}

static JsonObject *
order_fault (TillSandboxServer *self,
             SoupServerMessage *message,
             TillSandboxCall *call,
             TillSandboxForm *params)
{
  SoupMessageBody *body = soup_server_message_get_request_body (message);
  TillSandboxFault fault = { 0 };
  g_autoptr (GError) error = NULL;

  if (!till_sandbox_form_parse (params, body->data, (gsize) body->length, &error))
    {
      till_sandbox_call_fail (call, SOUP_STATUS_BAD_REQUEST, NULL, NULL, "%s", error->message);
      return NULL;
    }

  call->params = params;
  JsonObject *answer = till_sandbox_faults_order (self->faults, call, &fault);
  if (answer != NULL
      && (fault.kind == TILL_SANDBOX_FAULT_NEW_CERTIFICATE || fault.kind == TILL_SANDBOX_FAULT_CLOSE_PORT))
    {
      prepare_outage (self, &fault);
      g_signal_connect_object (message, "finished", G_CALLBACK (on_order_answered), self, 0);
    }
  else if (answer != NULL && fault.kind == TILL_SANDBOX_FAULT_RESTART)
    g_signal_connect_object (message, "finished", G_CALLBACK (on_restart_answered), self, 0);
  return answer;
}

static void
answer_faults (TillSandboxServer *self, SoupServerMessage *message)
{
  const char *method = soup_server_message_get_method (message);
  g_autoptr (TillSandboxForm) params = till_sandbox_form_new ();
  g_autoptr (JsonObject) answer = NULL;
  TillSandboxCall call = { 0 };

  if (g_str_equal (method, "POST"))
    answer = order_fault (self, message, &call, params);
  else if (g_str_equal (method, "DELETE"))
    till_sandbox_faults_clear (self->faults);
  if (answer == NULL && call.error == NULL)
    answer = till_sandbox_faults_render (self->faults);

  g_autoptr (TillSandboxError) error = call.error;
  if (error != NULL)
    answer = till_sandbox_error_render (error);
  TillSandboxReply *reply = g_new0 (TillSandboxReply, 1);
  reply->status = error != NULL ? error->status : SOUP_STATUS_OK;
  reply->body = till_sandbox_json_print (answer);
  send_reply (message, reply);
}

static gboolean
is_too_large (SoupServerMessage *message)
{
  return GPOINTER_TO_SIZE (g_object_get_data (G_OBJECT (message), SIZE_DATA)) > TILL_SANDBOX_BODY_LARGEST;
}

static void
on_request (SoupServer *soup, SoupServerMessage *message, const char *path, GHashTable *query, gpointer data)
{
  TillSandboxServer *self = data;
  SoupMessageHeaders *headers = soup_server_message_get_request_headers (message);
  TillSandboxKeyVerdict verdict
      = till_sandbox_key_check (self->key, soup_message_headers_get_one (headers, "Authorization"));
  TillSandboxFault fault = { 0 };

  if (is_too_large (message))
    refuse_size (message);
  else if (verdict != TILL_SANDBOX_KEY_ACCEPTED)
    refuse_key (message, verdict);
  else if (g_str_equal (path, FAULTS_PATH))
    answer_faults (self, message);
  else
    {
      gboolean met
          = till_sandbox_faults_take (self->faults, soup_server_message_get_method (message), path, &fault);
      till_sandbox_exchange_start (message, self->gateway, self->busy_keys, met ? &fault : NULL);
    }
}

/* Past the bound nothing more of the body is kept; the answer says why. */
static void
note_size (SoupServerMessage *message, gsize size)
{
  g_object_set_data (G_OBJECT (message), SIZE_DATA, GSIZE_TO_POINTER (size));
  if (size > TILL_SANDBOX_BODY_LARGEST)
    soup_message_body_set_accumulate (soup_server_message_get_request_body (message), FALSE);
}

static void
on_got_headers (SoupServerMessage *message, gpointer data)
{
  goffset announced
      = soup_message_headers_get_content_length (soup_server_message_get_request_headers (message));

  if (announced > TILL_SANDBOX_BODY_LARGEST)
    note_size (message, TILL_SANDBOX_BODY_LARGEST + 1);
}

static void
on_got_chunk (SoupServerMessage *message, GBytes *chunk, gpointer data)
{
  gsize size = GPOINTER_TO_SIZE (g_object_get_data (G_OBJECT (message), SIZE_DATA));

  if (size <= TILL_SANDBOX_BODY_LARGEST)
    note_size (message, size + g_bytes_get_size (chunk));
}

static void
on_request_started (SoupServer *soup, SoupServerMessage *message, gpointer data)
{
  g_signal_connect (message, "got-headers", G_CALLBACK (on_got_headers), NULL);
  g_signal_connect (message, "got-chunk", G_CALLBACK (on_got_chunk), NULL);
}

static void
till_sandbox_server_finalize (GObject *object)
{
  TillSandboxServer *self = TILL_SANDBOX_SERVER (object);

  till_sandbox_server_stop (self);
  g_object_unref (self->soup);
  g_hash_table_unref (self->busy_keys);
  g_object_unref (self->clock);
  till_sandbox_faults_free (self->faults);
  till_sandbox_key_free (self->key);
  till_sandbox_gateway_free (self->gateway);
  g_free (self->folder);
  G_OBJECT_CLASS (till_sandbox_server_parent_class)->finalize (object);
}

static void
till_sandbox_server_class_init (TillSandboxServerClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = till_sandbox_server_finalize;
  signals[RESTART_ORDERED] = g_signal_new ("restart-ordered", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                           NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
till_sandbox_server_init (TillSandboxServer *self)
{
  self->faults = till_sandbox_faults_new ();
  self->busy_keys = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->soup = soup_server_new (NULL, NULL);
  g_signal_connect (self->soup, "request-started", G_CALLBACK (on_request_started), NULL);
  soup_server_add_handler (self->soup, NULL, on_request, self, NULL);
}

TillSandboxServer *
till_sandbox_server_new (TillSandboxGateway *gateway,
                         TillSandboxKey *key,
                         const char *folder,
                         TillClock *clock)
{
  TillSandboxServer *self = g_object_new (TILL_SANDBOX_TYPE_SERVER, NULL);

  self->gateway = gateway;
  self->key = key;
  self->folder = g_strdup (folder);
  self->clock = g_object_ref (clock);
  return self;
}

gboolean
till_sandbox_server_listen (TillSandboxServer *self, guint16 port, GError **error)
{
  g_autoptr (GError) inner = NULL;

  self->port = port;
  if (!listen_again (self, &inner))
    {
      if (g_error_matches (inner, G_IO_ERROR, G_IO_ERROR_ADDRESS_IN_USE))
        g_set_error (
            error, TILL_ERROR, TILL_ERROR_BUSY,
            "Port %u of 127.0.0.1 is in use by another program; end that one, or choose another --port (0 "
            "takes any free one).",
            port);
      else
        g_propagate_error (error, g_steal_pointer (&inner));
      return FALSE;
    }

  GSList *uris = soup_server_get_uris (self->soup);
  self->port = (guint16) g_uri_get_port (uris->data);
  g_slist_free_full (uris, (GDestroyNotify) g_uri_unref);
  return TRUE;
}

guint16
till_sandbox_server_get_port (TillSandboxServer *self)
{
  return self->port;
}

void
till_sandbox_server_stop (TillSandboxServer *self)
{
  g_clear_handle_id (&self->reopening, g_source_remove);
  soup_server_disconnect (self->soup);
}
