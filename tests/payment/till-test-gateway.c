/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "till-test-gateway.h"

#include "base/till-clock.h"
#include "payment/till-stripe-client.h"
#include "payment/till-stripe-provider.h"
#include "sandbox/till-sandbox-certificate.h"

#include <glib/gstdio.h>
#include <libsoup/soup.h>
#include <string.h>

#define MOST_THREADS 16
#define DRIP_PAUSE   (G_USEC_PER_SEC / 10)

typedef struct
{
  char *line; /* "METHOD PATH" */
  GHashTable *headers;
  GHashTable *form;
} Request;

/* One connection */
typedef struct
{
  GIOStream *stream;
  GDataInputStream *input;
  GSocket *socket;
} Talk;

struct _TillTestGateway
{
  GSocketService *service;
  GTlsCertificate *certificate; /* (nullable) when plain */
  char *dir;
  char *other_dir;
  char *url;

  GMutex mutex; /* for what follows */
  TillTestAnswer *answers;
  guint n_answers;
  guint next;
  GPtrArray *requests;
  GHashTable *facts; /* of the last form, by placeholder */
  void (*seen) (gpointer data);
  gpointer seen_data;
};

static void
request_free (gpointer data)
{
  Request *request = data;

  g_free (request->line);
  g_hash_table_unref (request->headers);
  g_clear_pointer (&request->form, g_hash_table_unref);
  g_free (request);
}

/* Reading */

static gboolean
read_headers (Request *request, GDataInputStream *input)
{
  for (;;)
    {
      g_autofree char *line = g_data_input_stream_read_line (input, NULL, NULL, NULL);
      if (line == NULL)
        return FALSE;
      if (*g_strstrip (line) == '\0')
        return TRUE;

      char *colon = strchr (line, ':');
      if (colon == NULL)
        return FALSE;
      *colon = '\0';
      g_hash_table_insert (request->headers, g_ascii_strdown (line, -1), g_strdup (g_strchug (colon + 1)));
    }
}

static gboolean
read_body (Request *request, GDataInputStream *input)
{
  const char *length = g_hash_table_lookup (request->headers, "content-length");
  gsize size = length != NULL ? (gsize) g_ascii_strtoull (length, NULL, 10) : 0;
  g_autofree char *body = g_malloc0 (size + 1);
  gsize got = 0;

  if (!g_input_stream_read_all (G_INPUT_STREAM (input), body, size, &got, NULL, NULL) || got != size)
    return FALSE;
  if (size > 0)
    request->form = soup_form_decode (body);
  return TRUE;
}

/* (nullable) NULL when the other side has gone (transfer full). */
static Request *
read_request (GDataInputStream *input)
{
  g_autofree char *line = g_data_input_stream_read_line (input, NULL, NULL, NULL);
  g_auto (GStrv) words = line != NULL ? g_strsplit (line, " ", 3) : NULL;

  if (words == NULL || g_strv_length (words) != 3)
    return NULL;

  Request *request = g_new0 (Request, 1);
  request->line = g_strconcat (words[0], " ", words[1], NULL);
  request->headers = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  if (read_headers (request, input) && read_body (request, input))
    return request;
  request_free (request);
  return NULL;
}

/* Remembering */

static void
note_fact (TillTestGateway *self, Request *request, const char *placeholder, const char *field)
{
  const char *value = g_hash_table_lookup (request->form, field);

  if (value != NULL)
    g_hash_table_insert (self->facts, g_strdup (placeholder), g_strdup (value));
}

/* Takes @request; gives what to do about it. */
static TillTestAnswer
note_request (TillTestGateway *self, Request *request)
{
  g_mutex_lock (&self->mutex);
  if (request->form != NULL)
    {
      note_fact (self, request, "$AMOUNT", "amount");
      note_fact (self, request, "$CURRENCY", "currency");
      note_fact (self, request, "$CUSTOMER", "customer");
      note_fact (self, request, "$SALE", "metadata[sale]");
      note_fact (self, request, "$ATTEMPT", "metadata[attempt]");
    }
  g_ptr_array_add (self->requests, request);
  TillTestAnswer answer = self->answers[self->next];
  if (self->next + 1 < self->n_answers)
    self->next++;
  void (*seen) (gpointer data) = self->seen;
  gpointer seen_data = self->seen_data;
  g_mutex_unlock (&self->mutex);

  if (seen != NULL)
    seen (seen_data);
  return answer;
}

static TillTestDeed
next_deed (TillTestGateway *self)
{
  g_mutex_lock (&self->mutex);
  TillTestDeed deed = self->answers[self->next].deed;
  if (deed == TILL_TEST_CLOSE_UNREAD && self->next + 1 < self->n_answers)
    self->next++;
  g_mutex_unlock (&self->mutex);
  return deed;
}

/* Answering */

static char *
fill_in (TillTestGateway *self, const char *text)
{
  GString *filled = g_string_new (text);
  GHashTableIter iter;
  gpointer placeholder = NULL, value = NULL;

  g_mutex_lock (&self->mutex);
  g_hash_table_iter_init (&iter, self->facts);
  while (g_hash_table_iter_next (&iter, &placeholder, &value))
    g_string_replace (filled, placeholder, value, 0);
  g_mutex_unlock (&self->mutex);
  return g_string_free (filled, FALSE);
}

/* Without a length: to the end of the connection, or in one chunk. */
static char *
compose_unsized (const TillTestAnswer *answer, const char *body)
{
  g_autofree char *chunk = g_strdup_printf ("%zx\r\n", strlen (body));
  gboolean chunked = answer->deed == TILL_TEST_CUT_CHUNKED;

  return g_strdup_printf ("HTTP/1.1 %u Told\r\nContent-Type: application/json\r\n%s%s\r\n%s%s%s",
                          answer->status != 0 ? answer->status : 200,
                          chunked ? "Transfer-Encoding: chunked\r\n" : "Connection: close\r\n",
                          answer->headers != NULL ? answer->headers : "", chunked ? chunk : "", body,
                          chunked ? "\r\n0\r\n\r\n" : "");
}

static char *
compose (TillTestGateway *self, const TillTestAnswer *answer)
{
  g_autofree char *body = fill_in (self, answer->body != NULL ? answer->body : "");
  gboolean endless = answer->deed == TILL_TEST_ENDLESS;
  gsize length = endless ? G_MAXINT64 : strlen (body);

  if (answer->deed == TILL_TEST_UNSIZED || answer->deed == TILL_TEST_CUT_UNSIZED
      || answer->deed == TILL_TEST_CUT_CHUNKED)
    return compose_unsized (answer, body);

  return g_strdup_printf (
      "HTTP/1.1 %u Told\r\nContent-Type: application/json\r\nContent-Length: %" G_GSIZE_FORMAT "\r\n%s\r\n%s",
      answer->status != 0 ? answer->status : 200, length, answer->headers != NULL ? answer->headers : "",
      body);
}

static void
wait_for_end (GInputStream *input)
{
  char byte;

  while (g_input_stream_read (input, &byte, 1, NULL, NULL) > 0)
    ;
}

/* A write to nobody leaks within the TLS library, so these two look first whether somebody is still there. */

static void
drip (GOutputStream *output, GSocket *socket, const char *text)
{
  for (const char *at = text; *at != '\0'; at++)
    {
      if (g_socket_condition_check (socket, G_IO_IN | G_IO_HUP | G_IO_ERR) != 0
          || !g_output_stream_write_all (output, at, 1, NULL, NULL, NULL))
        return;
      g_usleep (DRIP_PAUSE);
    }
}

static void
send_too_much (GOutputStream *output, GInputStream *input)
{
  g_autofree char *much = g_strnfill (TILL_STRIPE_BODY_LIMIT, ' ');

  g_output_stream_write_all (output, much, TILL_STRIPE_BODY_LIMIT, NULL, NULL, NULL);
  wait_for_end (input);
}

/* FALSE if the connection is to be closed. */
static gboolean
act (TillTestGateway *self, const Talk *talk, const TillTestAnswer *answer)
{
  GOutputStream *output = g_io_stream_get_output_stream (talk->stream);
  GInputStream *input = G_INPUT_STREAM (talk->input);
  g_autofree char *text = compose (self, answer);

  switch (answer->deed)
    {
    case TILL_TEST_ANSWER:
      return g_output_stream_write_all (output, text, strlen (text), NULL, NULL, NULL);
    case TILL_TEST_CLOSE_UNREAD:
    case TILL_TEST_CLOSE:
      return FALSE;
    case TILL_TEST_UNSIZED:
      g_output_stream_write_all (output, text, strlen (text), NULL, NULL, NULL);
      return FALSE;
    case TILL_TEST_CUT:
    case TILL_TEST_CUT_UNSIZED:
    case TILL_TEST_CUT_CHUNKED:
      g_output_stream_write_all (output, text, strlen (text) - strlen (text) / 8, NULL, NULL, NULL);
      return FALSE;
    case TILL_TEST_SILENCE:
      wait_for_end (input);
      return FALSE;
    case TILL_TEST_DRIP:
      drip (output, talk->socket, text);
      return FALSE;
    case TILL_TEST_ENDLESS:
      g_output_stream_write_all (output, text, strlen (text), NULL, NULL, NULL);
      send_too_much (output, input);
      return FALSE;
    }
  g_assert_not_reached ();
}

static void
serve (TillTestGateway *self, const Talk *talk)
{
  for (;;)
    {
      if (next_deed (self) == TILL_TEST_CLOSE_UNREAD)
        return;
      Request *request = read_request (talk->input);
      if (request == NULL)
        return;
      TillTestAnswer answer = note_request (self, request);
      if (!act (self, talk, &answer))
        return;
    }
}

static gboolean
on_run (GThreadedSocketService *service, GSocketConnection *connection, GObject *source, gpointer user_data)
{
  TillTestGateway *self = user_data;
  g_autoptr (GIOStream) stream = NULL;

  if (self->certificate == NULL)
    stream = g_object_ref (G_IO_STREAM (connection));
  else
    stream = g_tls_server_connection_new (G_IO_STREAM (connection), self->certificate, NULL);
  if (self->certificate == NULL || g_tls_connection_handshake (G_TLS_CONNECTION (stream), NULL, NULL))
    {
      g_autoptr (GDataInputStream) input = g_data_input_stream_new (g_io_stream_get_input_stream (stream));
      Talk talk = { stream, input, g_socket_connection_get_socket (connection) };

      g_data_input_stream_set_newline_type (input, G_DATA_STREAM_NEWLINE_TYPE_LF);
      serve (self, &talk);
    }
  /* Without TLS's farewell: most of these ends are no polite ones. */
  g_io_stream_close (G_IO_STREAM (connection), NULL, NULL);
  return TRUE;
}

/* The fixture itself */

static char *
make_folder (void)
{
  g_autoptr (GError) error = NULL;
  char *dir = g_dir_make_tmp ("smiletill-gateway-XXXXXX", &error);

  g_assert_no_error (error);
  return dir;
}

static GTlsCertificate *
make_certificate (const char *dir)
{
  g_autoptr (GError) error = NULL;
  GTlsCertificate *certificate = till_sandbox_certificate_ensure (dir, till_clock_system (), &error);

  g_assert_no_error (error);
  return certificate;
}

static void
remove_folder (char *dir)
{
  const char *const names[] = { "cert.pem", "key.pem" };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *file = g_build_filename (dir, names[i], NULL);
      g_unlink (file);
    }
  g_assert_cmpint (g_rmdir (dir), ==, 0);
  g_free (dir);
}

TillTestGateway *
till_test_gateway_start (gboolean plain)
{
  TillTestGateway *self = g_new0 (TillTestGateway, 1);
  g_autoptr (GInetAddress) loopback = g_inet_address_new_loopback (G_SOCKET_FAMILY_IPV4);
  g_autoptr (GSocketAddress) wanted = g_inet_socket_address_new (loopback, 0);
  g_autoptr (GSocketAddress) address = NULL;
  g_autoptr (GError) error = NULL;

  g_mutex_init (&self->mutex);
  self->dir = make_folder ();
  self->other_dir = make_folder ();
  g_autoptr (GTlsCertificate) certificate = make_certificate (self->dir);
  if (!plain)
    self->certificate = g_steal_pointer (&certificate);
  self->requests = g_ptr_array_new_with_free_func (request_free);
  self->facts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);

  self->service = g_threaded_socket_service_new (MOST_THREADS);
  g_socket_listener_add_address (G_SOCKET_LISTENER (self->service), wanted, G_SOCKET_TYPE_STREAM,
                                 G_SOCKET_PROTOCOL_TCP, NULL, &address, &error);
  g_assert_no_error (error);
  self->url = g_strdup_printf ("https://127.0.0.1:%u",
                               g_inet_socket_address_get_port (G_INET_SOCKET_ADDRESS (address)));
  g_signal_connect (self->service, "run", G_CALLBACK (on_run), self);
  return self;
}

void
till_test_gateway_stop (TillTestGateway *self)
{
  g_socket_service_stop (self->service);
  g_socket_listener_close (G_SOCKET_LISTENER (self->service));
  /* Its threads hold references, and end when the clients have closed their connections. */
  GWeakRef service;
  GObject *alive = NULL;
  g_weak_ref_init (&service, self->service);
  g_object_unref (self->service);
  while ((alive = g_weak_ref_get (&service)) != NULL)
    {
      g_object_unref (alive);
      g_main_context_iteration (NULL, FALSE);
      g_usleep (G_USEC_PER_SEC / 1000);
    }
  g_weak_ref_clear (&service);

  g_clear_object (&self->certificate);
  g_ptr_array_unref (self->requests);
  g_hash_table_unref (self->facts);
  remove_folder (self->dir);
  remove_folder (self->other_dir);
  g_mutex_clear (&self->mutex);
  g_free (self->answers);
  g_free (self->url);
  g_free (self);
}

void
till_test_gateway_tell (TillTestGateway *self, const TillTestAnswer *answers, guint n_answers)
{
  g_mutex_lock (&self->mutex);
  g_free (self->answers);
  self->answers = g_memdup2 (answers, n_answers * sizeof *answers);
  self->n_answers = n_answers;
  self->next = 0;
  g_ptr_array_set_size (self->requests, 0);
  g_mutex_unlock (&self->mutex);
}

void
till_test_gateway_on_request (TillTestGateway *self, void (*seen) (gpointer data), gpointer data)
{
  g_mutex_lock (&self->mutex);
  self->seen = seen;
  self->seen_data = data;
  g_mutex_unlock (&self->mutex);
}

static TillProvider *
connect_trusting (TillTestGateway *self, const char *dir)
{
  g_autofree char *path = till_sandbox_certificate_path (dir);
  g_autoptr (GError) error = NULL;
  g_autoptr (GTlsDatabase) trust = g_tls_file_database_new (path, &error);
  g_autoptr (TillSecret) key = till_secret_new ("sk_test_1", strlen ("sk_test_1"));

  g_assert_no_error (error);
  TillStripeProvider *provider = till_stripe_provider_new (self->url, trust, key, &error);
  g_assert_no_error (error);
  return TILL_PROVIDER (provider);
}

TillProvider *
till_test_gateway_connect (TillTestGateway *self, guint timeout)
{
  TillProvider *provider = connect_trusting (self, self->dir);

  till_stripe_provider_set_timeout (TILL_STRIPE_PROVIDER (provider), timeout);
  return provider;
}

TillProvider *
till_test_gateway_connect_mistrusting (TillTestGateway *self)
{
  g_autoptr (GTlsCertificate) other = make_certificate (self->other_dir);

  return connect_trusting (self, self->other_dir);
}

guint
till_test_gateway_count (TillTestGateway *self)
{
  g_mutex_lock (&self->mutex);
  guint count = self->requests->len;
  g_mutex_unlock (&self->mutex);
  return count;
}

static Request *
request_at (TillTestGateway *self, guint index)
{
  g_assert_cmpuint (index, <, self->requests->len);
  return g_ptr_array_index (self->requests, index);
}

char *
till_test_gateway_get_line (TillTestGateway *self, guint index)
{
  g_mutex_lock (&self->mutex);
  char *line = g_strdup (request_at (self, index)->line);
  g_mutex_unlock (&self->mutex);
  return line;
}

char *
till_test_gateway_get_header (TillTestGateway *self, guint index, const char *name)
{
  g_autofree char *lower = g_ascii_strdown (name, -1);

  g_mutex_lock (&self->mutex);
  char *value = g_strdup (g_hash_table_lookup (request_at (self, index)->headers, lower));
  g_mutex_unlock (&self->mutex);
  return value;
}

char *
till_test_gateway_get_field (TillTestGateway *self, guint index, const char *name)
{
  g_mutex_lock (&self->mutex);
  Request *request = request_at (self, index);
  char *value = request->form != NULL ? g_strdup (g_hash_table_lookup (request->form, name)) : NULL;
  g_mutex_unlock (&self->mutex);
  return value;
}
