/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gstdio.h>
#include <signal.h>
#include <string.h>
#include <sys/socket.h>

#include "sandbox-process.h"

#define INVALID "invalid_request_error"
#define PAY     "amount=1250&currency=eur&confirm=true&payment_method=pm_card_visa&payment_method_types[]=card"

/* More than the server takes. */
#define TOO_LARGE (64 * 1024 + 1)

typedef struct
{
  char *folder;
  SandboxProcess *sandbox;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->folder = sandbox_folder_new ();
  fixture->sandbox = sandbox_start (fixture->folder, 0);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  if (fixture->sandbox != NULL)
    g_assert_cmpint (sandbox_end (fixture->sandbox, SIGTERM), ==, 0);
  sandbox_folder_delete (fixture->folder);
}

static guint
count (SandboxProcess *sandbox, const char *path)
{
  g_autoptr (SandboxAnswer) list = sandbox_ask (sandbox, "GET", path, "limit=100", NULL);

  g_assert_no_error (list->error);
  return sandbox_length (list);
}

static const char *
header (const SandboxAnswer *answer, const char *name)
{
  return soup_message_headers_get_one (answer->headers, name);
}

static void
test_headers (Fixture *fixture, gconstpointer data)
{
  g_autoptr (SoupMessage) message
      = sandbox_message (fixture->sandbox, "POST", "/v1/payment_intents", PAY, "key-1");
  soup_message_headers_replace (soup_message_get_request_headers (message), "Stripe-Version",
                                "2025-01-27.acacia");
  g_autoptr (SandboxAnswer) first = sandbox_send (fixture->sandbox, message);
  g_autoptr (SandboxAnswer) again
      = sandbox_ask (fixture->sandbox, "POST", "/v1/payment_intents", PAY, "key-1");
  g_autoptr (SandboxAnswer) plain = sandbox_ask (fixture->sandbox, "GET", "/v1/customers", NULL, "key-1");

  g_assert_cmpuint (first->status, ==, 200);
  g_assert_true (g_str_has_prefix (header (first, "Request-Id"), "req_"));
  g_assert_cmpstr (header (first, "Stripe-Version"), ==, "2025-01-27.acacia");
  g_assert_cmpstr (header (first, "Idempotency-Key"), ==, "key-1");
  g_assert_cmpstr (header (first, "Original-Request"), ==, header (first, "Request-Id"));
  g_assert_null (header (first, "Idempotent-Replayed"));
  g_assert_cmpstr (header (first, "Content-Type"), ==, "application/json");

  g_assert_cmpstr (header (again, "Idempotent-Replayed"), ==, "true");
  g_assert_cmpstr (header (again, "Original-Request"), ==, header (first, "Request-Id"));
  g_assert_cmpstr (header (again, "Request-Id"), !=, header (first, "Request-Id"));
  g_assert_nonnull (header (again, "Stripe-Version"));
  g_assert_true (json_object_equal (again->body, first->body));
  g_assert_null (header (plain, "Idempotency-Key"));
}

static SandboxAnswer *
ask_as (SandboxProcess *sandbox, const char *authorization)
{
  g_autoptr (SoupMessage) message = sandbox_message (sandbox, "GET", "/v1/customers", NULL, NULL);

  soup_message_headers_remove (soup_message_get_request_headers (message), "Authorization");
  if (authorization != NULL)
    soup_message_headers_replace (soup_message_get_request_headers (message), "Authorization", authorization);
  soup_message_add_flags (message, SOUP_MESSAGE_DO_NOT_USE_AUTH_CACHE);
  return sandbox_send (sandbox, message);
}

static void
test_key (Fixture *fixture, gconstpointer data)
{
  g_autofree char *user = g_base64_encode ((const guchar *) SANDBOX_KEY ":", strlen (SANDBOX_KEY ":"));
  g_autofree char *basic = g_strconcat ("Basic ", user, NULL);
  g_autoptr (SandboxAnswer) good = ask_as (fixture->sandbox, basic);
  g_autoptr (SandboxAnswer) absent = ask_as (fixture->sandbox, NULL);
  g_autoptr (SandboxAnswer) wrong = ask_as (fixture->sandbox, "Bearer sk_live_secretsecretsecret");

  g_assert_cmpuint (good->status, ==, 200);
  g_assert_cmpuint (absent->status, ==, 401);
  g_assert_cmpstr (sandbox_text (absent, "error.type"), ==, INVALID);
  g_assert_cmpuint (wrong->status, ==, 401);
  g_assert_cmpstr (sandbox_text (wrong, "error.type"), ==, INVALID);
  g_assert_null (strstr (sandbox_text (wrong, "error.message"), "secret"));
  g_assert_true (g_str_has_prefix (header (wrong, "Request-Id"), "req_"));
}

static void
test_tls (Fixture *fixture, gconstpointer data)
{
  g_autoptr (SoupMessage) message = sandbox_message (fixture->sandbox, "GET", "/v1/customers", NULL, NULL);
  g_autoptr (SoupSession) session = soup_session_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = soup_session_send_and_read (session, message, NULL, &error);

  g_assert_null (bytes);
  g_assert_error (error, G_TLS_ERROR, G_TLS_ERROR_BAD_CERTIFICATE);

  g_autofree char *url = g_strdup_printf ("http://127.0.0.1:%u/v1/customers", fixture->sandbox->port);
  g_autoptr (SoupMessage) plain = soup_message_new ("GET", url);
  g_autoptr (SandboxAnswer) unanswered = sandbox_send (fixture->sandbox, plain);
  g_assert_nonnull (unanswered->error);

  g_autofree char *named = g_strdup_printf ("https://localhost:%u/v1/customers", fixture->sandbox->port);
  g_autoptr (SoupMessage) by_name = soup_message_new ("GET", named);
  g_autoptr (SandboxAnswer) answered = sandbox_send (fixture->sandbox, by_name);
  g_assert_no_error (answered->error);
  g_assert_cmpuint (answered->status, ==, 401);
}

static void
test_loopback_only (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GSocketAddress) address
      = g_inet_socket_address_new_from_string ("127.0.0.2", fixture->sandbox->port);
  g_autoptr (GSocketClient) client = g_socket_client_new ();
  g_autoptr (GError) error = NULL;

  g_assert_null (g_socket_client_connect (client, G_SOCKET_CONNECTABLE (address), NULL, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CONNECTION_REFUSED);
}

static void
test_size (Fixture *fixture, gconstpointer data)
{
  g_autofree char *fits = g_strnfill (TOO_LARGE - 1, 'a');
  g_autofree char *large = g_strnfill (TOO_LARGE, 'a');
  g_autofree char *huge = g_strnfill (8 * 1024 * 1024, 'a');

  sandbox_expect_error (fixture->sandbox, "POST", "/v1/customers", fits, 400, INVALID, "parameter_unknown",
                        fits);
  sandbox_expect_error (fixture->sandbox, "POST", "/v1/customers", large, 413, INVALID, NULL, NULL);
  sandbox_expect_error (fixture->sandbox, "POST", "/v1/customers", huge, 413, INVALID, NULL, NULL);

  g_autoptr (SoupMessage) chunked = sandbox_message (fixture->sandbox, "POST", "/v1/customers", NULL, NULL);
  g_autoptr (GInputStream) stream = g_memory_input_stream_new_from_data (huge, 1024 * 1024, NULL);
  soup_message_set_request_body (chunked, SOUP_FORM_MIME_TYPE_URLENCODED, stream, -1);
  g_autoptr (SandboxAnswer) refused = sandbox_send (fixture->sandbox, chunked);
  g_assert_no_error (refused->error);
  g_assert_cmpuint (refused->status, ==, 413);
  g_assert_cmpuint (count (fixture->sandbox, "/v1/customers"), ==, 0);
}

static void
test_content_type (Fixture *fixture, gconstpointer data)
{
  g_autoptr (SoupMessage) message = sandbox_message (fixture->sandbox, "POST", "/v1/customers", NULL, NULL);
  g_autoptr (GBytes) json = g_bytes_new_static ("{\"name\":\"x\"}", strlen ("{\"name\":\"x\"}"));

  soup_message_set_request_body_from_bytes (message, "application/json", json);
  g_autoptr (SandboxAnswer) refused = sandbox_send (fixture->sandbox, message);
  g_assert_cmpuint (refused->status, ==, 400);
  g_assert_nonnull (strstr (sandbox_text (refused, "error.message"), "application/json"));
}

typedef struct
{
  GMainLoop *loop;
  guint waiting;
  GPtrArray *answers;
} Crowd;

static void
on_answered (GObject *source, GAsyncResult *result, gpointer data)
{
  Crowd *crowd = data;
  GError *error = NULL;
  SoupMessage *message = soup_session_get_async_result_message (SOUP_SESSION (source), result);
  g_autoptr (GBytes) bytes = soup_session_send_and_read_finish (SOUP_SESSION (source), result, &error);

  g_ptr_array_add (crowd->answers, sandbox_answer_new (message, bytes, error));
  if (--crowd->waiting == 0)
    g_main_loop_quit (crowd->loop);
}

static void
test_crowd (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  g_autoptr (GPtrArray) answers = g_ptr_array_new_with_free_func ((GDestroyNotify) sandbox_answer_free);
  Crowd crowd = { loop, 24, answers };
  const char *id = NULL;

  for (guint i = 0; i < 24; i++)
    {
      g_autoptr (SoupMessage) message
          = sandbox_message (fixture->sandbox, "POST", "/v1/payment_intents", PAY, "one-key");
      soup_session_send_and_read_async (fixture->sandbox->session, message, G_PRIORITY_DEFAULT, NULL,
                                        on_answered, &crowd);
    }
  g_main_loop_run (loop);

  for (guint i = 0; i < answers->len; i++)
    {
      SandboxAnswer *answer = answers->pdata[i];
      g_assert_no_error (answer->error);
      if (answer->status == 409)
        {
          g_assert_cmpstr (sandbox_text (answer, "error.code"), ==, "idempotency_key_in_use");
          continue;
        }
      g_assert_cmpuint (answer->status, ==, 200);
      g_assert_true (id == NULL || g_str_equal (id, sandbox_text (answer, "id")));
      id = sandbox_text (answer, "id");
    }
  g_assert_nonnull (id);
  g_assert_cmpuint (count (fixture->sandbox, "/v1/charges"), ==, 1);
}

static void
test_killed (Fixture *fixture, gconstpointer data)
{
  g_autoptr (SandboxAnswer) first = sandbox_ask (fixture->sandbox, "POST", "/v1/payment_intents", PAY, "key");
  guint port = fixture->sandbox->port;

  g_assert_cmpint (sandbox_end (fixture->sandbox, SIGKILL), ==, -SIGKILL);
  fixture->sandbox = sandbox_start (fixture->folder, port);
  g_assert_cmpuint (fixture->sandbox->port, ==, port);
  g_autoptr (SandboxAnswer) again = sandbox_ask (fixture->sandbox, "POST", "/v1/payment_intents", PAY, "key");

  g_assert_cmpuint (again->status, ==, 200);
  g_assert_cmpstr (header (again, "Idempotent-Replayed"), ==, "true");
  g_assert_true (json_object_equal (again->body, first->body));
  g_assert_cmpuint (count (fixture->sandbox, "/v1/charges"), ==, 1);
}

static char *
complaint_of (const char *folder, guint port, const char *key, const char *const *more)
{
  char *complaint = NULL;

  g_assert_null (sandbox_try_start (folder, port, key, more, &complaint));
  g_test_message ("%s", complaint);
  g_assert_true (g_str_has_prefix (complaint, "smiletill-sandbox: "));
  return complaint;
}

static void
test_busy_port (Fixture *fixture, gconstpointer data)
{
  char *other = sandbox_folder_new ();
  g_autofree char *number = g_strdup_printf ("%u", fixture->sandbox->port);
  g_autofree char *complaint = complaint_of (other, fixture->sandbox->port, SANDBOX_KEY, NULL);

  g_assert_nonnull (strstr (complaint, number));
  g_assert_nonnull (strstr (complaint, "--port"));

  SandboxProcess *elsewhere = sandbox_start (other, 0);
  g_assert_cmpuint (elsewhere->port, !=, fixture->sandbox->port);
  g_assert_cmpint (sandbox_end (elsewhere, SIGTERM), ==, 0);
  sandbox_folder_delete (other);
  g_assert_cmpuint (count (fixture->sandbox, "/v1/customers"), ==, 0);
}

static void
test_two (Fixture *fixture, gconstpointer data)
{
  g_autofree char *complaint = complaint_of (fixture->folder, 0, SANDBOX_KEY, NULL);

  g_assert_nonnull (strstr (complaint, fixture->folder));
  g_assert_cmpuint (count (fixture->sandbox, "/v1/customers"), ==, 0);
}

static void
test_bad_start (Fixture *fixture, gconstpointer data)
{
  static const char *const bad_port[] = { "--port", "70000", NULL };
  static const char *const bad_number[] = { "--port", "x", NULL };
  static const char *const bad_option[] = { "--frobnicate", NULL };
  static const char *const bad_word[] = { "word", NULL };
  static const char *const bad_fd[] = { "--key-fd", "99", NULL };
  static const char *const bad_folder[] = { "--dir", "/dev/null/folder", NULL };

  g_assert_cmpint (sandbox_end (g_steal_pointer (&fixture->sandbox), SIGTERM), ==, 0);
  g_free (complaint_of (fixture->folder, 0, SANDBOX_KEY, bad_port));
  g_free (complaint_of (fixture->folder, 0, SANDBOX_KEY, bad_number));
  g_free (complaint_of (fixture->folder, 0, SANDBOX_KEY, bad_option));
  g_free (complaint_of (fixture->folder, 0, SANDBOX_KEY, bad_word));
  g_free (complaint_of (fixture->folder, 0, SANDBOX_KEY, bad_fd));
  g_free (complaint_of (fixture->folder, 0, SANDBOX_KEY, bad_folder));
  g_free (complaint_of (fixture->folder, 0, "", NULL));

  g_autofree char *live = complaint_of (fixture->folder, 0, "sk_live_0123456789abcdefghijklmn", NULL);
  g_assert_null (strstr (live, "0123456789"));
}

static void
test_damaged (Fixture *fixture, gconstpointer data)
{
  g_autofree char *database = g_build_filename (fixture->folder, "sandbox.db", NULL);
  g_autofree char *key = g_build_filename (fixture->folder, "key.pem", NULL);

  g_assert_cmpint (sandbox_end (g_steal_pointer (&fixture->sandbox), SIGTERM), ==, 0);
  g_assert_true (g_file_set_contents (database, "Certainly no SQLite database.", -1, NULL));
  g_autofree char *complaint = complaint_of (fixture->folder, 0, SANDBOX_KEY, NULL);
  g_assert_nonnull (strstr (complaint, database));
  g_assert_cmpint (g_unlink (database), ==, 0);

  g_assert_true (g_file_set_contents (key, "Certainly no key.", -1, NULL));
  g_autofree char *of_key = complaint_of (fixture->folder, 0, SANDBOX_KEY, NULL);
  g_assert_nonnull (strstr (of_key, key));
  g_assert_cmpint (g_unlink (key), ==, 0);
  fixture->sandbox = sandbox_start (fixture->folder, 0);
}

static void
test_orphan (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  SandboxProcess *sandbox = g_steal_pointer (&fixture->sandbox);

  g_assert_true (g_output_stream_close (g_subprocess_get_stdin_pipe (sandbox->process), NULL, &error));
  g_assert_cmpint (sandbox_wait (sandbox), ==, 0);
}

static void
test_another_key (Fixture *fixture, gconstpointer data)
{
  g_autofree char *complaint = NULL;

  g_free (sandbox_id_of (fixture->sandbox, 200, "POST", "/v1/customers", "name=Stays"));
  g_assert_cmpint (sandbox_end (g_steal_pointer (&fixture->sandbox), SIGTERM), ==, 0);
  fixture->sandbox = sandbox_try_start (fixture->folder, 0, "sk_test_another0another0\n", NULL, &complaint);
  g_assert_nonnull (fixture->sandbox);

  g_autoptr (SandboxAnswer) old = ask_as (fixture->sandbox, "Bearer " SANDBOX_KEY);
  g_autoptr (SandboxAnswer) new = ask_as (fixture->sandbox, "Bearer sk_test_another0another0");
  g_assert_cmpuint (old->status, ==, 401);
  g_assert_cmpuint (new->status, ==, 200);
  g_assert_cmpuint (sandbox_length (new), ==, 1);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(path, test) g_test_add ("/sandbox/server/" path, Fixture, NULL, set_up, test, tear_down)
  ADD ("headers", test_headers);
  ADD ("key", test_key);
  ADD ("tls", test_tls);
  ADD ("loopback-only", test_loopback_only);
  ADD ("size", test_size);
  ADD ("content-type", test_content_type);
  ADD ("crowd", test_crowd);
  ADD ("killed", test_killed);
  ADD ("busy-port", test_busy_port);
  ADD ("two", test_two);
  ADD ("bad-start", test_bad_start);
  ADD ("damaged", test_damaged);
  ADD ("orphan", test_orphan);
  ADD ("another-key", test_another_key);
#undef ADD
  return g_test_run ();
}
