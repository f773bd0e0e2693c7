/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <signal.h>
#include <string.h>

#include "sandbox-process.h"

/* Refunds and lists when something goes wrong: whatever it is, a key gives back once. */

#define INVALID "invalid_request_error"
#define REFUNDS "/v1/refunds"

typedef struct
{
  char *folder;
  SandboxProcess *sandbox;
  char *payment;
  char *give_back; /* form of a refund of 500 */
} Fixture;

static char *
pay (Fixture *fixture, const char *card)
{
  g_autofree char *form = g_strdup_printf (
      "amount=1250&currency=eur&confirm=true&payment_method=%s&payment_method_types[]=card", card);

  return sandbox_id_of (fixture->sandbox, 200, "POST", "/v1/payment_intents", form);
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->folder = sandbox_folder_new ();
  fixture->sandbox = sandbox_start (fixture->folder, 0);
  fixture->payment = pay (fixture, "pm_card_visa");
  fixture->give_back = g_strdup_printf ("amount=500&payment_intent=%s", fixture->payment);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_assert_cmpint (sandbox_end (fixture->sandbox, SIGTERM), ==, 0);
  sandbox_folder_delete (fixture->folder);
  g_free (fixture->payment);
  g_free (fixture->give_back);
}

static void
order (Fixture *fixture, const char *kind, const char *path, const char *more)
{
  g_autofree char *form = g_strdup_printf ("kind=%s&path=%s%s", kind, path, more);

  sandbox_id_of (fixture->sandbox, 200, "POST", "/sandbox/faults", form);
}

static SandboxAnswer *
refund (Fixture *fixture, const char *key)
{
  return sandbox_ask (fixture->sandbox, "POST", REFUNDS, fixture->give_back, key);
}

static guint
count (Fixture *fixture, const char *path)
{
  g_autoptr (SandboxAnswer) list = sandbox_ask (fixture->sandbox, "GET", path, "limit=100", NULL);

  g_assert_no_error (list->error);
  return sandbox_length (list);
}

static void
assert_one_refund (Fixture *fixture, gboolean done_before)
{
  g_assert_cmpuint (count (fixture, REFUNDS), ==, done_before ? 1 : 0);
  g_autoptr (SandboxAnswer) again = refund (fixture, "key");
  g_assert_cmpuint (again->status, ==, 200);
  g_assert_cmpstr (sandbox_text (again, "status"), ==, "succeeded");
  g_assert_cmpstr (soup_message_headers_get_one (again->headers, "Idempotent-Replayed"), ==,
                   done_before ? "true" : NULL);
  g_assert_cmpuint (count (fixture, REFUNDS), ==, 1);
}

static void
test_replay (Fixture *fixture, gconstpointer data)
{
  g_autofree char *other = g_strdup_printf ("amount=501&payment_intent=%s", fixture->payment);
  g_autoptr (SandboxAnswer) first = refund (fixture, "key");
  g_autoptr (SandboxAnswer) second = refund (fixture, "key");
  g_autoptr (SandboxAnswer) changed = sandbox_ask (fixture->sandbox, "POST", REFUNDS, other, "key");

  g_assert_cmpstr (sandbox_text (first, "id"), ==, sandbox_text (second, "id"));
  g_assert_cmpuint (changed->status, ==, 400);
  g_assert_cmpstr (sandbox_text (changed, "error.type"), ==, "idempotency_error");
  assert_one_refund (fixture, TRUE);
}

/* What breaks the answer, and whether the refund is there all the same. */
static void
test_faults (Fixture *fixture, gconstpointer data)
{
  static const struct
  {
    const char *kind;
    gboolean done;
  } faults[] = { { "drop_before", FALSE }, { "drop_after", TRUE },    { "truncate", TRUE },
                 { "malformed", TRUE },    { "conflict_409", FALSE }, { "rate_limit_429", FALSE },
                 { "wrong_amount", TRUE } };
  guint before = 0;

  for (guint i = 0; i < G_N_ELEMENTS (faults); i++)
    {
      g_autofree char *payment = pay (fixture, "pm_card_visa");
      g_free (fixture->give_back);
      fixture->give_back = g_strdup_printf ("amount=500&payment_intent=%s", payment);
      order (fixture, faults[i].kind, REFUNDS, "");
      g_autoptr (SandboxAnswer) answer = refund (fixture, faults[i].kind);
      g_test_message ("%s", faults[i].kind);
      g_assert_false (answer->error == NULL && answer->status == 200
                      && sandbox_number (answer, "amount") == 500);
      g_assert_cmpuint (count (fixture, REFUNDS), ==, before + (faults[i].done ? 1 : 0));

      g_autoptr (SandboxAnswer) again = refund (fixture, faults[i].kind);
      g_assert_cmpint (sandbox_number (again, "amount"), ==, 500);
      g_assert_cmpuint (count (fixture, REFUNDS), ==, ++before);
    }
}

static void
test_errors (Fixture *fixture, gconstpointer data)
{
  order (fixture, "error_500_after", REFUNDS, "");
  for (guint i = 0; i < 2; i++)
    {
      g_autoptr (SandboxAnswer) failed = refund (fixture, "key");
      g_assert_cmpuint (failed->status, ==, 500);
    }
  g_assert_cmpuint (count (fixture, REFUNDS), ==, 1);
}

static void
test_kill (Fixture *fixture, gconstpointer kind)
{
  order (fixture, kind, REFUNDS, "");
  g_autoptr (SandboxAnswer) lost = refund (fixture, "key");
  g_assert_nonnull (lost->error);
  g_assert_cmpint (sandbox_wait (fixture->sandbox), ==, -SIGKILL);

  fixture->sandbox = sandbox_start (fixture->folder, 0);
  assert_one_refund (fixture, g_str_equal (kind, "kill_after"));
}

/* The connection is gone at once; the request is carried out only later, unless somebody used the key meanwhile. */
static void
test_late (Fixture *fixture, gconstpointer data)
{
  order (fixture, "late", REFUNDS, "&milliseconds=100");
  g_autoptr (SandboxAnswer) lost = refund (fixture, "key");
  g_assert_nonnull (lost->error);
  while (count (fixture, REFUNDS) == 0)
    g_thread_yield ();
  assert_one_refund (fixture, TRUE);

  order (fixture, "late", REFUNDS, "&milliseconds=60000");
  g_autoptr (SandboxAnswer) overtaken = refund (fixture, "key-2");
  g_assert_nonnull (overtaken->error);
  g_autoptr (SandboxAnswer) first = refund (fixture, "key-2");
  g_assert_cmpuint (first->status, ==, 200);
}

static void
test_lists (Fixture *fixture, gconstpointer data)
{
  static const char *const paths[] = { "/v1/payment_intents", REFUNDS, "/v1/charges" };
  g_autoptr (SandboxAnswer) given = refund (fixture, "key");

  for (guint i = 0; i < G_N_ELEMENTS (paths); i++)
    {
      g_autoptr (SandboxAnswer) right = sandbox_ask (fixture->sandbox, "GET", paths[i], NULL, NULL);
      order (fixture, "wrong_amount", paths[i], "&method=GET");
      g_autoptr (SandboxAnswer) wrong = sandbox_ask (fixture->sandbox, "GET", paths[i], NULL, NULL);
      order (fixture, "malformed", paths[i], "&method=GET");
      g_autoptr (SandboxAnswer) garbled = sandbox_ask (fixture->sandbox, "GET", paths[i], NULL, NULL);
      order (fixture, "error_500", paths[i], "&method=GET");
      g_autoptr (SandboxAnswer) failed = sandbox_ask (fixture->sandbox, "GET", paths[i], NULL, NULL);

      JsonArray *data_right = json_object_get_array_member (right->body, "data");
      JsonArray *data_wrong = json_object_get_array_member (wrong->body, "data");
      gint64 amount = json_object_get_int_member (json_array_get_object_element (data_right, 0), "amount");
      g_assert_cmpint (json_object_get_int_member (json_array_get_object_element (data_wrong, 0), "amount"),
                       ==, amount + 1);
      g_assert_null (garbled->body);
      g_assert_cmpuint (failed->status, ==, 500);
    }
}

/* A request that was waiting is cut off; what was ordered is forgotten, what was paid is not. */
static void
test_restart (Fixture *fixture, gconstpointer data)
{
  for (guint i = 0; i < 2; i++)
    {
      g_autoptr (SandboxAnswer) answer = NULL;

      order (fixture, "drop_before", "/v1/", "&count=1000");
      order (fixture, "restart", "/v1/", "");
      while (answer == NULL || answer->error != NULL)
        {
          g_clear_pointer (&answer, sandbox_answer_free);
          answer = sandbox_ask (fixture->sandbox, "GET", "/v1/payment_intents", NULL, NULL);
        }
      g_assert_cmpuint (sandbox_length (answer), ==, 1);
      g_assert_cmpuint (count (fixture, "/sandbox/faults"), ==, 0);
    }
  assert_one_refund (fixture, FALSE);
}

static void
test_pending (Fixture *fixture, gconstpointer data)
{
  g_autofree char *payment = pay (fixture, "pm_card_pendingRefund");
  g_autofree char *form = g_strdup_printf ("amount=500&payment_intent=%s", payment);
  g_autofree char *charges = g_strdup_printf ("payment_intent=%s", payment);

  for (guint i = 0; i < 2; i++)
    {
      g_autoptr (SandboxAnswer) waits = sandbox_ask (fixture->sandbox, "POST", REFUNDS, form, NULL);
      g_assert_cmpstr (sandbox_text (waits, "status"), ==, "pending");
      g_autofree char *settle = g_strdup_printf ("/sandbox/refunds/%s/settle", sandbox_text (waits, "id"));
      g_autoptr (SandboxAnswer) done = sandbox_ask (fixture->sandbox, "POST", settle,
                                                    i == 0 ? "outcome=succeeded" : "outcome=failed", NULL);
      g_assert_cmpstr (sandbox_text (done, "status"), ==, i == 0 ? "succeeded" : "failed");
      g_assert_cmpstr (sandbox_text (done, "failure_reason"), ==, i == 0 ? NULL : "declined");
      sandbox_expect_error (fixture->sandbox, "POST", settle, "outcome=succeeded", 400, INVALID, NULL, NULL);
    }
  /* What was not given back can be. */
  g_autoptr (SandboxAnswer) listed = sandbox_ask (fixture->sandbox, "GET", "/v1/charges", charges, NULL);
  JsonObject *charge = json_array_get_object_element (json_object_get_array_member (listed->body, "data"), 0);
  g_assert_cmpint (json_object_get_int_member (charge, "amount_refunded"), ==, 500);
  sandbox_expect_error (fixture->sandbox, "POST", "/sandbox/refunds/re_none/settle", "outcome=failed", 404,
                        INVALID, "resource_missing", "id");
}

static void
test_fails (Fixture *fixture, gconstpointer data)
{
  g_autofree char *payment = pay (fixture, "pm_card_refundFails");
  g_autofree char *form = g_strdup_printf ("payment_intent=%s", payment);

  for (guint i = 0; i < 2; i++)
    {
      g_autoptr (SandboxAnswer) failed = sandbox_ask (fixture->sandbox, "POST", REFUNDS, form, NULL);
      g_assert_cmpuint (failed->status, ==, 200);
      g_assert_cmpstr (sandbox_text (failed, "status"), ==, "failed");
      g_assert_cmpint (sandbox_number (failed, "amount"), ==, 1250);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(path, test, data) g_test_add ("/sandbox/refunds/" path, Fixture, data, set_up, test, tear_down)
  ADD ("replay", test_replay, NULL);
  ADD ("faults", test_faults, NULL);
  ADD ("errors", test_errors, NULL);
  ADD ("kill-before", test_kill, "kill_before");
  ADD ("kill-inside", test_kill, "kill_inside");
  ADD ("kill-after", test_kill, "kill_after");
  ADD ("late", test_late, NULL);
  ADD ("lists", test_lists, NULL);
  ADD ("restart", test_restart, NULL);
  ADD ("pending", test_pending, NULL);
  ADD ("fails", test_fails, NULL);
#undef ADD
  return g_test_run ();
}
