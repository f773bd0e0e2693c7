/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <signal.h>
#include <string.h>

#include "sandbox-process.h"

#define INVALID "invalid_request_error"
#define PATH    "/v1/payment_intents"
#define PAY     "amount=1250&currency=eur&confirm=true&payment_method=pm_card_visa&payment_method_types[]=card"

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
  g_assert_cmpint (sandbox_end (fixture->sandbox, SIGTERM), ==, 0);
  sandbox_folder_delete (fixture->folder);
}

static void
order (Fixture *fixture, const char *kind, const char *more)
{
  g_autofree char *form = g_strdup_printf ("kind=%s&path=" PATH "%s", kind, more);

  sandbox_id_of (fixture->sandbox, 200, "POST", "/sandbox/faults", form);
}

static SandboxAnswer *
pay (Fixture *fixture, const char *key)
{
  return sandbox_ask (fixture->sandbox, "POST", PATH, PAY, key);
}

static guint
charges (Fixture *fixture)
{
  g_autoptr (SandboxAnswer) list = sandbox_ask (fixture->sandbox, "GET", "/v1/charges", "limit=100", NULL);

  g_assert_no_error (list->error);
  return sandbox_length (list);
}

/* After the fault the same request under the same key ends as one charge. */
static void
assert_one_charge (Fixture *fixture, gboolean done_before)
{
  g_assert_cmpuint (charges (fixture), ==, done_before ? 1 : 0);
  g_autoptr (SandboxAnswer) again = pay (fixture, "key");
  g_assert_no_error (again->error);
  g_assert_cmpstr (sandbox_text (again, "status"), ==, "succeeded");
  g_assert_cmpstr (soup_message_headers_get_one (again->headers, "Idempotent-Replayed"), ==,
                   done_before ? "true" : NULL);
  g_assert_cmpuint (charges (fixture), ==, 1);
}

static void
test_drop_before (Fixture *fixture, gconstpointer data)
{
  order (fixture, "drop_before", "");
  g_autoptr (SandboxAnswer) dropped = sandbox_ask (fixture->sandbox, "POST", PATH, PAY, "key");
  g_assert_nonnull (dropped->error);
  assert_one_charge (fixture, FALSE);
}

static void
test_drop_after (Fixture *fixture, gconstpointer data)
{
  order (fixture, "drop_after", "");
  g_autoptr (SandboxAnswer) dropped = pay (fixture, "key");
  g_assert_nonnull (dropped->error);
  assert_one_charge (fixture, TRUE);
}

static void
test_truncate (Fixture *fixture, gconstpointer data)
{
  order (fixture, "truncate", "");
  g_autoptr (SandboxAnswer) cut = pay (fixture, "key");
  g_assert_error (cut->error, G_IO_ERROR, G_IO_ERROR_PARTIAL_INPUT);
  assert_one_charge (fixture, TRUE);
}

static void
test_truncate_close (Fixture *fixture, gconstpointer data)
{
  order (fixture, "truncate_close", "");
  g_autoptr (SandboxAnswer) cut = pay (fixture, "key");
  g_assert_true (cut->error != NULL || cut->body == NULL);
  assert_one_charge (fixture, TRUE);
}

static void
test_malformed (Fixture *fixture, gconstpointer data)
{
  order (fixture, "malformed", "");
  g_autoptr (SandboxAnswer) garbled = pay (fixture, "key");
  g_assert_no_error (garbled->error);
  g_assert_cmpuint (garbled->status, ==, 200);
  g_assert_null (garbled->body);
  assert_one_charge (fixture, TRUE);
}

static void
test_wrong_amount (Fixture *fixture, gconstpointer data)
{
  order (fixture, "wrong_amount", "");
  g_autoptr (SandboxAnswer) wrong = pay (fixture, "key");
  g_assert_cmpint (sandbox_number (wrong, "amount"), ==, 1251);
  g_assert_cmpint (sandbox_number (wrong, "amount_received"), ==, 1251);

  g_autofree char *path = g_strconcat (PATH "/", sandbox_text (wrong, "id"), NULL);
  g_autoptr (SandboxAnswer) right = sandbox_ask (fixture->sandbox, "GET", path, NULL, NULL);
  g_assert_cmpint (sandbox_number (right, "amount"), ==, 1250);
  assert_one_charge (fixture, TRUE);
}

static void
test_drip (Fixture *fixture, gconstpointer data)
{
  order (fixture, "drip", "&milliseconds=100");
  g_autoptr (SandboxAnswer) slow = pay (fixture, "key");
  g_assert_no_error (slow->error);
  g_assert_cmpstr (sandbox_text (slow, "status"), ==, "succeeded");
  assert_one_charge (fixture, TRUE);
}

static void
test_errors (Fixture *fixture, gconstpointer data)
{
  order (fixture, "error_500", "");
  g_autoptr (SandboxAnswer) first = pay (fixture, "five");
  g_autoptr (SandboxAnswer) again = pay (fixture, "five");
  g_assert_cmpuint (first->status, ==, 500);
  g_assert_cmpstr (sandbox_text (first, "error.type"), ==, "api_error");
  g_assert_cmpuint (again->status, ==, 500);
  g_assert_cmpuint (charges (fixture), ==, 0);

  order (fixture, "error_500_after", "");
  g_autoptr (SandboxAnswer) done = pay (fixture, "six");
  g_autoptr (SandboxAnswer) done_again = pay (fixture, "six");
  g_assert_cmpuint (done->status, ==, 500);
  g_assert_cmpuint (done_again->status, ==, 500);
  g_assert_cmpuint (charges (fixture), ==, 1);
}

static void
test_conflict (Fixture *fixture, gconstpointer data)
{
  order (fixture, "conflict_409", "");
  g_autoptr (SandboxAnswer) conflict = pay (fixture, "key");
  g_assert_cmpuint (conflict->status, ==, 409);
  g_assert_cmpstr (sandbox_text (conflict, "error.type"), ==, "idempotency_error");
  g_assert_cmpstr (sandbox_text (conflict, "error.code"), ==, "idempotency_key_in_use");
  assert_one_charge (fixture, FALSE);
}

static void
test_rate_limit (Fixture *fixture, gconstpointer data)
{
  order (fixture, "rate_limit_429", "&milliseconds=2500");
  g_autoptr (SandboxAnswer) limited = pay (fixture, "key");
  g_assert_cmpuint (limited->status, ==, 429);
  g_assert_cmpstr (sandbox_text (limited, "error.code"), ==, "rate_limit");
  g_assert_cmpstr (soup_message_headers_get_one (limited->headers, "Retry-After"), ==, "3");
  assert_one_charge (fixture, FALSE);
}

typedef struct
{
  GMainLoop *loop;
  SandboxAnswer *answer;
} Waiting;

static void
on_answered (GObject *source, GAsyncResult *result, gpointer data)
{
  Waiting *waiting = data;
  GError *error = NULL;
  SoupMessage *message = soup_session_get_async_result_message (SOUP_SESSION (source), result);
  g_autoptr (GBytes) bytes = soup_session_send_and_read_finish (SOUP_SESSION (source), result, &error);

  waiting->answer = sandbox_answer_new (message, bytes, error);
  g_main_loop_quit (waiting->loop);
}

static guint
faults_to_come (Fixture *fixture)
{
  g_autoptr (SandboxAnswer) list = sandbox_ask (fixture->sandbox, "GET", "/sandbox/faults", NULL, NULL);

  g_assert_no_error (list->error);
  return sandbox_length (list);
}

/* While a request waits, its key is in use. */
static void
test_in_flight (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  g_autoptr (SoupMessage) message = sandbox_message (fixture->sandbox, "POST", PATH, PAY, "key");
  Waiting waiting = { loop, NULL };

  order (fixture, "delay_before", "&milliseconds=1500");
  soup_session_send_and_read_async (fixture->sandbox->session, message, G_PRIORITY_DEFAULT, NULL, on_answered,
                                    &waiting);
  while (faults_to_come (fixture) > 0)
    g_main_context_iteration (NULL, FALSE);
  g_autoptr (SandboxAnswer) other = pay (fixture, "key");
  g_assert_null (waiting.answer);
  g_assert_cmpuint (other->status, ==, 409);
  g_assert_cmpstr (sandbox_text (other, "error.code"), ==, "idempotency_key_in_use");

  g_main_loop_run (loop);
  g_assert_no_error (waiting.answer->error);
  g_assert_cmpstr (sandbox_text (waiting.answer, "status"), ==, "succeeded");
  sandbox_answer_free (waiting.answer);
  assert_one_charge (fixture, TRUE);
}

static void
hang_up (Fixture *fixture, const char *kind)
{
  g_autoptr (SoupMessage) message = sandbox_message (fixture->sandbox, "POST", PATH, PAY, "key");
  g_autoptr (SoupSession) session = soup_session_new_with_options (
      "tls-database", soup_session_get_tls_database (fixture->sandbox->session), "timeout", 1, NULL);
  g_autoptr (GError) error = NULL;

  order (fixture, kind, "&milliseconds=2000");
  g_autoptr (GBytes) bytes = soup_session_send_and_read (session, message, NULL, &error);
  g_assert_null (bytes);
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_TIMED_OUT);
}

static void
test_hang_up_before (Fixture *fixture, gconstpointer data)
{
  hang_up (fixture, "delay_before");
  while (charges (fixture) == 0)
    g_thread_yield ();
  assert_one_charge (fixture, TRUE);
}

static void
test_hang_up_after (Fixture *fixture, gconstpointer data)
{
  hang_up (fixture, "delay_after");
  assert_one_charge (fixture, TRUE);
}

static void
kill_at (Fixture *fixture, const char *kind, gboolean done)
{
  order (fixture, kind, "");
  g_autoptr (SandboxAnswer) lost = pay (fixture, "key");
  g_assert_nonnull (lost->error);
  g_assert_cmpint (sandbox_wait (fixture->sandbox), ==, -SIGKILL);

  fixture->sandbox = sandbox_start (fixture->folder, 0);
  assert_one_charge (fixture, done);
}

static void
test_kill_before (Fixture *fixture, gconstpointer data)
{
  kill_at (fixture, "kill_before", FALSE);
}

static void
test_kill_inside (Fixture *fixture, gconstpointer data)
{
  kill_at (fixture, "kill_inside", FALSE);
}

static void
test_kill_after (Fixture *fixture, gconstpointer data)
{
  kill_at (fixture, "kill_after", TRUE);
}

static GError *
error_of (SandboxProcess *sandbox, SoupSession *session)
{
  g_autoptr (SoupMessage) message = sandbox_message (sandbox, "GET", "/v1/customers", NULL, NULL);
  GError *error = NULL;
  g_autoptr (GBytes) bytes = soup_session_send_and_read (session, message, NULL, &error);

  return error;
}

static void
test_new_certificate (Fixture *fixture, gconstpointer data)
{
  g_autofree char *before = NULL;
  g_autofree char *copy = g_build_filename (fixture->folder, "before.pem", NULL);
  gboolean refused = FALSE;

  /* A file database reads its file again for every connection, so what is trusted must be another file. */
  g_assert_true (g_file_get_contents (fixture->sandbox->certificate, &before, NULL, NULL));
  g_assert_true (g_file_set_contents (copy, before, -1, NULL));
  g_autoptr (GTlsDatabase) old = g_tls_file_database_new (copy, NULL);
  g_autoptr (SoupSession) session = soup_session_new_with_options ("tls-database", old, NULL);
  g_assert_no_error (error_of (fixture->sandbox, session));

  order (fixture, "new_certificate", "");
  while (!refused)
    {
      g_autoptr (GError) error = error_of (fixture->sandbox, session);
      refused = g_error_matches (error, G_TLS_ERROR, G_TLS_ERROR_BAD_CERTIFICATE);
    }

  g_autoptr (GTlsDatabase) trusted = g_tls_file_database_new (fixture->sandbox->certificate, NULL);
  g_autoptr (SoupSession) renewed = soup_session_new_with_options ("tls-database", trusted, NULL);
  g_assert_no_error (error_of (fixture->sandbox, renewed));
}

static void
test_close_port (Fixture *fixture, gconstpointer data)
{
  gboolean closed = FALSE;
  gboolean open = FALSE;

  order (fixture, "close_port", "&milliseconds=500");
  while (!closed || !open)
    {
      g_autoptr (SandboxAnswer) answer = sandbox_ask (fixture->sandbox, "GET", "/v1/customers", NULL, NULL);
      closed = closed || g_error_matches (answer->error, G_IO_ERROR, G_IO_ERROR_CONNECTION_REFUSED);
      open = closed && answer->error == NULL;
    }
  assert_one_charge (fixture, FALSE);
}

static void
test_orders (Fixture *fixture, gconstpointer data)
{
  sandbox_expect_error (fixture->sandbox, "POST", "/sandbox/faults", "kind=flood", 400, INVALID, NULL,
                        "kind");
  sandbox_expect_error (fixture->sandbox, "POST", "/sandbox/faults", NULL, 400, INVALID, "parameter_missing",
                        "kind");
  sandbox_expect_error (fixture->sandbox, "POST", "/sandbox/faults", "kind=drip&count=0", 400, INVALID,
                        "parameter_invalid_integer", "count");
  sandbox_expect_error (fixture->sandbox, "POST", "/sandbox/faults", "kind=drip&when=now", 400, INVALID,
                        "parameter_unknown", "when");

  order (fixture, "error_500", "&count=2");
  order (fixture, "drop_before", "&method=GET");
  g_autoptr (SandboxAnswer) listed = sandbox_ask (fixture->sandbox, "GET", "/sandbox/faults", NULL, NULL);
  g_assert_cmpuint (sandbox_length (listed), ==, 2);
  for (guint i = 0; i < 3; i++)
    {
      g_autoptr (SandboxAnswer) answer = pay (fixture, NULL);
      g_assert_cmpuint (answer->status, ==, i < 2 ? 500 : 200);
    }
  g_autoptr (SandboxAnswer) cleared = sandbox_ask (fixture->sandbox, "DELETE", "/sandbox/faults", NULL, NULL);
  g_assert_cmpuint (sandbox_length (cleared), ==, 0);
  g_autoptr (SandboxAnswer) spared = sandbox_ask (fixture->sandbox, "GET", PATH, NULL, NULL);
  g_assert_cmpuint (spared->status, ==, 200);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(path, test) g_test_add ("/sandbox/faults/" path, Fixture, NULL, set_up, test, tear_down)
  ADD ("drop-before", test_drop_before);
  ADD ("drop-after", test_drop_after);
  ADD ("truncate", test_truncate);
  ADD ("truncate-close", test_truncate_close);
  ADD ("malformed", test_malformed);
  ADD ("wrong-amount", test_wrong_amount);
  ADD ("drip", test_drip);
  ADD ("errors", test_errors);
  ADD ("conflict", test_conflict);
  ADD ("rate-limit", test_rate_limit);
  ADD ("in-flight", test_in_flight);
  ADD ("hang-up-before", test_hang_up_before);
  ADD ("hang-up-after", test_hang_up_after);
  ADD ("kill-before", test_kill_before);
  ADD ("kill-inside", test_kill_inside);
  ADD ("kill-after", test_kill_after);
  ADD ("new-certificate", test_new_certificate);
  ADD ("close-port", test_close_port);
  ADD ("orders", test_orders);
#undef ADD
  return g_test_run ();
}
