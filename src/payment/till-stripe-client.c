/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "payment/till-stripe-client.h"

#include "base/till-error.h"
#include "payment/till-pinned-trust.h"
#include "payment/till-stripe-json.h"

#include <libsoup/soup.h>
#include <sodium.h>
#include <string.h>

/* The one whose fields the readers know. */
#define API_VERSION     "2024-06-20"
#define DEFAULT_TIMEOUT 20
#define READ_SIZE       (16 * 1024)

struct _TillStripeClient
{
  GObject parent_instance;

  SoupSession *session;
  TillPinnedTrust *trust; /* (nullable) */
  char *base_url;         /* without a slash at the end */
  TillSecret *key;
  guint timeout;
};

G_DEFINE_FINAL_TYPE (TillStripeClient, till_stripe_client, G_TYPE_OBJECT)

/* One exchange under way */
typedef struct
{
  SoupMessage *message;
  GInputStream *stream;
  GByteArray *body;
  gsize limit;
  GCancellable *stop; /* ends it: the caller's cancellable and the timer both cancel this one */
  GCancellable *caller;
  gulong caller_handler;
  GSource *timer;
  GSourceFunc sending;
  gpointer sending_data;
  gboolean sent;
  gboolean timed_out;
} Exchange;

static void
exchange_free (gpointer data)
{
  Exchange *exchange = data;

  g_cancellable_disconnect (exchange->caller, exchange->caller_handler);
  g_signal_handlers_disconnect_by_data (exchange->message, exchange);
  g_source_destroy (exchange->timer);
  g_source_unref (exchange->timer);
  /* The header holds the key: it shall not outlive its use. */
  soup_message_headers_remove (soup_message_get_request_headers (exchange->message), "Authorization");
  g_clear_object (&exchange->message);
  g_clear_object (&exchange->stream);
  g_clear_object (&exchange->caller);
  g_clear_object (&exchange->stop);
  g_byte_array_unref (exchange->body);
  g_free (exchange);
}

void
till_stripe_reply_free (TillStripeReply *self)
{
  g_clear_pointer (&self->body, g_bytes_unref);
  g_free (self->message);
  g_free (self);
}

/* How it ended */

static void
return_trouble (GTask *task, const char *trouble, const char *message)
{
  Exchange *exchange = g_task_get_task_data (task);
  TillStripeReply *reply = g_new0 (TillStripeReply, 1);

  reply->trouble = trouble;
  reply->message = g_strdup (message);
  reply->sent = exchange->sent;
  g_task_return_pointer (task, reply, (GDestroyNotify) till_stripe_reply_free);
}

static void
return_error (GTask *task, const GError *error)
{
  Exchange *exchange = g_task_get_task_data (task);
  gboolean cancelled = g_cancellable_is_cancelled (exchange->caller);
  gboolean timed_out = exchange->timed_out && !cancelled;

  if (exchange->sent)
    return_trouble (task, timed_out ? "timed-out" : "interrupted",
                    timed_out ? "no answer in time" : error->message);
  else
    return_trouble (task, cancelled ? "cancelled" : "unreachable",
                    timed_out ? "no connection in time" : error->message);
}

static guint
read_retry_after (SoupMessageHeaders *headers)
{
  const char *text = soup_message_headers_get_one (headers, "Retry-After");
  guint64 seconds = 0;

  if (text == NULL)
    return 0;
  if (g_ascii_string_to_unsigned (text, 10, 0, G_MAXUINT16, &seconds, NULL))
    return (guint) seconds;

  g_autoptr (GDateTime) until = soup_date_time_new_from_http_string (text);
  gint64 left = until != NULL ? g_date_time_to_unix (until) - g_get_real_time () / G_USEC_PER_SEC : 0;
  return (guint) CLAMP (left, 0, G_MAXUINT16);
}

static gboolean
has_header (SoupMessageHeaders *headers, const char *name, const char *value)
{
  const char *text = soup_message_headers_get_one (headers, name);

  return text != NULL && g_ascii_strcasecmp (text, value) == 0;
}

static void
return_answer (GTask *task)
{
  Exchange *exchange = g_task_get_task_data (task);
  SoupMessageHeaders *headers = soup_message_get_response_headers (exchange->message);
  TillStripeReply *reply = g_new0 (TillStripeReply, 1);

  reply->status = soup_message_get_status (exchange->message);
  reply->body = g_byte_array_free_to_bytes (g_steal_pointer (&exchange->body));
  exchange->body = g_byte_array_new ();
  reply->retry_after = read_retry_after (headers);
  reply->no_retry = has_header (headers, "Stripe-Should-Retry", "false")
                    || has_header (headers, "Idempotent-Replayed", "true");
  reply->sent = TRUE;
  g_task_return_pointer (task, reply, (GDestroyNotify) till_stripe_reply_free);
}

/* Reading the answer */

/* A page of some proxy that has an error to tell, and no JSON to tell it in. */
static gboolean
is_page (guint status, GByteArray *body)
{
  guint start = 0;

  while (start < body->len && g_ascii_isspace (body->data[start]))
    start++;
  return status >= 300 && (start == body->len || body->data[start] != '{');
}

/*
 * libsoup does not tell a connection that was closed too early from the end of the body. Where no length was announced,
 * an answer is over when its JSON is.
 */
static gboolean
is_complete (const Exchange *exchange)
{
  SoupMessageHeaders *headers = soup_message_get_response_headers (exchange->message);

  if (soup_message_headers_get_encoding (headers) == SOUP_ENCODING_CONTENT_LENGTH)
    return soup_message_headers_get_content_length (headers) == exchange->body->len;
  if (is_page (soup_message_get_status (exchange->message), exchange->body))
    return TRUE;
  g_autoptr (GBytes) body = g_bytes_new (exchange->body->data, exchange->body->len);
  g_autoptr (JsonObject) root = till_stripe_json_read (body, NULL);
  return root != NULL;
}

static void read_on (GTask *task);

static void
on_read (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Exchange *exchange = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = g_input_stream_read_bytes_finish (G_INPUT_STREAM (source), result, &error);

  if (bytes == NULL)
    {
      return_error (task, error);
      return;
    }
  if (g_bytes_get_size (bytes) == 0)
    {
      if (is_complete (exchange))
        return_answer (task);
      else
        return_trouble (task, "interrupted", "the connection was closed in the middle of the answer");
      return;
    }
  if (exchange->body->len + g_bytes_get_size (bytes) > exchange->limit)
    {
      g_cancellable_cancel (exchange->stop);
      return_trouble (task, "bad-answer", "the gateway's answer is too large");
      return;
    }
  g_byte_array_append (exchange->body, g_bytes_get_data (bytes, NULL), (guint) g_bytes_get_size (bytes));
  read_on (g_steal_pointer (&task));
}

/* @task: (transfer full) */
static void
read_on (GTask *task)
{
  Exchange *exchange = g_task_get_task_data (task);

  g_input_stream_read_bytes_async (exchange->stream, READ_SIZE, g_task_get_priority (task), exchange->stop,
                                   on_read, task);
}

static void
on_answered (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Exchange *exchange = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;

  exchange->stream = soup_session_send_finish (SOUP_SESSION (source), result, &error);
  if (exchange->stream == NULL)
    return_error (task, error);
  else
    read_on (g_steal_pointer (&task));
}

/* Asking */

static gboolean
on_time_is_up (gpointer user_data)
{
  Exchange *exchange = user_data;

  exchange->timed_out = TRUE;
  g_cancellable_cancel (exchange->stop);
  return G_SOURCE_REMOVE;
}

static void
on_caller_cancelled (GCancellable *caller, gpointer stop)
{
  g_cancellable_cancel (stop);
}

static void
on_starting (SoupMessage *message, gpointer user_data)
{
  Exchange *exchange = user_data;

  exchange->sent = TRUE;
  if (exchange->sending != NULL)
    exchange->sending (exchange->sending_data);
}

static void
add_authorization (SoupMessageHeaders *headers, TillSecret *key)
{
  gsize size = till_secret_get_size (key) + 1;
  guchar *pair = g_malloc (size);

  memcpy (pair, till_secret_get_data (key), size - 1);
  pair[size - 1] = ':';
  char *encoded = g_base64_encode (pair, size);
  char *value = g_strconcat ("Basic ", encoded, NULL);
  soup_message_headers_replace (headers, "Authorization", value);

  sodium_memzero (pair, size);
  sodium_memzero (encoded, strlen (encoded));
  sodium_memzero (value, strlen (value));
  g_free (pair);
  g_free (encoded);
  g_free (value);
}

static SoupMessage *
build_message (TillStripeClient *self, const TillStripeRequest *request)
{
  g_autofree char *url = g_strconcat (self->base_url, request->path, NULL);
  SoupMessage *message = soup_message_new (request->method, url);
  SoupMessageHeaders *headers = soup_message_get_request_headers (message);

  /* By their keys all requests are idempotent; saying so lets them share a connection, which saves the handshake. */
  soup_message_add_flags (message, SOUP_MESSAGE_NO_REDIRECT | SOUP_MESSAGE_IDEMPOTENT);
  soup_message_headers_replace (headers, "Stripe-Version", API_VERSION);
  soup_message_headers_replace (headers, "Accept", "application/json");
  if (request->key != NULL)
    soup_message_headers_replace (headers, "Idempotency-Key", request->key);
  if (request->form != NULL)
    {
      g_autoptr (GBytes) form = g_bytes_new (request->form, strlen (request->form));
      soup_message_set_request_body_from_bytes (message, "application/x-www-form-urlencoded", form);
    }
  add_authorization (headers, self->key);
  return message;
}

static Exchange *
exchange_new (TillStripeClient *self,
              const TillStripeRequest *request,
              gint64 time_limit,
              GCancellable *cancellable)
{
  Exchange *exchange = g_new0 (Exchange, 1);

  exchange->message = build_message (self, request);
  exchange->body = g_byte_array_new ();
  exchange->limit = request->limit != 0 ? request->limit : TILL_STRIPE_BODY_LIMIT;
  exchange->stop = g_cancellable_new ();
  if (g_set_object (&exchange->caller, cancellable))
    exchange->caller_handler = g_cancellable_connect (cancellable, G_CALLBACK (on_caller_cancelled),
                                                      g_object_ref (exchange->stop), g_object_unref);
  exchange->sending = request->sending;
  exchange->sending_data = request->sending_data;
  g_signal_connect (exchange->message, "starting", G_CALLBACK (on_starting), exchange);

  exchange->timer = g_timeout_source_new ((guint) CLAMP (time_limit / 1000, 1, G_MAXINT32));
  g_source_set_callback (exchange->timer, on_time_is_up, exchange, NULL);
  g_source_attach (exchange->timer, g_main_context_get_thread_default ());
  return exchange;
}

void
till_stripe_client_send_async (TillStripeClient *self,
                               const TillStripeRequest *request,
                               gint64 time_limit,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer user_data)
{
  /* Not the caller's cancellable: how an exchange ended is the answer, cancelled or not. */
  GTask *task = g_task_new (self, NULL, callback, user_data);
  Exchange *exchange = exchange_new (self, request, time_limit, cancellable);

  g_task_set_source_tag (task, till_stripe_client_send_async);
  g_task_set_task_data (task, exchange, exchange_free);
  soup_session_send_async (self->session, exchange->message, G_PRIORITY_DEFAULT, exchange->stop, on_answered,
                           task);
}

TillStripeReply *
till_stripe_client_send_finish (TillStripeClient *self, GAsyncResult *result)
{
  return g_task_propagate_pointer (G_TASK (result), NULL);
}

/* The client itself */

static void
till_stripe_client_finalize (GObject *object)
{
  TillStripeClient *self = TILL_STRIPE_CLIENT (object);

  g_clear_object (&self->session);
  g_clear_pointer (&self->trust, till_pinned_trust_free);
  g_free (self->base_url);
  g_clear_pointer (&self->key, till_secret_unref);
  G_OBJECT_CLASS (till_stripe_client_parent_class)->finalize (object);
}

static void
till_stripe_client_class_init (TillStripeClientClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = till_stripe_client_finalize;
}

static void
till_stripe_client_init (TillStripeClient *self)
{
  self->timeout = DEFAULT_TIMEOUT;
}

static GUri *
parse_base_url (const char *base_url, GError **error)
{
  g_autoptr (GError) reason = NULL;
  g_autoptr (GUri) uri = g_uri_parse (base_url, G_URI_FLAGS_NONE, &reason);

  if (uri == NULL)
    g_set_error (error, TILL_ERROR, TILL_ERROR_INVALID, "the gateway's address \"%s\" is no URL: %s",
                 base_url, reason->message);
  else if (g_strcmp0 (g_uri_get_scheme (uri), "https") != 0)
    g_set_error (error, TILL_ERROR, TILL_ERROR_INVALID,
                 "the gateway's address \"%s\" must begin with https://: payments are never sent in clear",
                 base_url);
  else if (g_uri_get_host (uri) == NULL || *g_uri_get_host (uri) == '\0' || g_uri_get_userinfo (uri) != NULL
           || g_uri_get_query (uri) != NULL || g_uri_get_fragment (uri) != NULL
           || (*g_uri_get_path (uri) != '\0' && !g_str_equal (g_uri_get_path (uri), "/")))
    g_set_error (error, TILL_ERROR, TILL_ERROR_INVALID,
                 "the gateway's address must be of the form https://HOST[:PORT], with nothing else in it");
  else
    return g_steal_pointer (&uri);
  return NULL;
}

static gboolean
is_loopback (const char *host)
{
  g_autoptr (GInetAddress) address = g_inet_address_new_from_string (host);

  return g_str_equal (host, "localhost") || (address != NULL && g_inet_address_get_is_loopback (address));
}

static SoupSession *
build_session (TillPinnedTrust *trust, const char *host)
{
  SoupSession *session
      = soup_session_new_with_options ("user-agent", "Smiletill/" SMILETILL_VERSION, "timeout", 0, NULL);

  /* What a payment does not need is one thing less that an answer can set off. */
  soup_session_remove_feature_by_type (session, SOUP_TYPE_CONTENT_DECODER);
  soup_session_remove_feature_by_type (session, SOUP_TYPE_AUTH_MANAGER);
  soup_session_remove_feature_by_type (session, SOUP_TYPE_COOKIE_JAR);
  if (trust != NULL)
    soup_session_set_tls_database (session, till_pinned_trust_get_database (trust));
  if (is_loopback (host))
    soup_session_set_proxy_resolver (session, NULL);
  return session;
}

TillStripeClient *
till_stripe_client_new (const char *base_url, GTlsDatabase *trust, TillSecret *key, GError **error)
{
  g_autoptr (GUri) uri = parse_base_url (base_url, error);

  if (uri == NULL)
    return NULL;
  if (till_secret_get_size (key) == 0)
    {
      g_set_error_literal (error, TILL_ERROR, TILL_ERROR_INVALID, "the gateway's API key is empty");
      return NULL;
    }

  g_autoptr (TillPinnedTrust) pinned = trust != NULL ? till_pinned_trust_new (trust, error) : NULL;
  if (trust != NULL && pinned == NULL)
    return NULL;

  TillStripeClient *self = g_object_new (TILL_TYPE_STRIPE_CLIENT, NULL);
  g_autofree char *text = g_uri_to_string (uri);
  self->base_url = g_str_has_suffix (text, "/") ? g_strndup (text, strlen (text) - 1) : g_strdup (text);
  self->key = till_secret_ref (key);
  self->trust = g_steal_pointer (&pinned);
  self->session = build_session (self->trust, g_uri_get_host (uri));
  return self;
}

void
till_stripe_client_set_timeout (TillStripeClient *self, guint seconds)
{
  self->timeout = MAX (seconds, 1);
}

guint
till_stripe_client_get_timeout (TillStripeClient *self)
{
  return self->timeout;
}

gboolean
till_stripe_client_is_live (TillStripeClient *self)
{
  const char *key = till_secret_get_data (self->key);

  return g_str_has_prefix (key, "sk_live_") || g_str_has_prefix (key, "rk_live_");
}
