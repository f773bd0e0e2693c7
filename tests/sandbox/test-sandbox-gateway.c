/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gstdio.h>
#include <json-glib/json-glib.h>
#include <sqlite3.h>
#include <string.h>

#include "base/till-clock.h"
#include "base/till-error.h"
#include "sandbox/till-sandbox-gateway.h"

/* 2026-11-22 12:00 UTC. */
#define START_US ((gint64) 1795348800 * G_USEC_PER_SEC)

#define TEST_TYPE_CLOCK (test_clock_get_type ())
G_DECLARE_FINAL_TYPE (TestClock, test_clock, TEST, CLOCK, TillClock)

struct _TestClock
{
  TillClock parent_instance;
  gint64 now;
};

G_DEFINE_FINAL_TYPE (TestClock, test_clock, TILL_TYPE_CLOCK)

static gint64
test_clock_utc (TillClock *clock)
{
  return TEST_CLOCK (clock)->now;
}

static void
test_clock_class_init (TestClockClass *klass)
{
  TILL_CLOCK_CLASS (klass)->utc = test_clock_utc;
}

static void
test_clock_init (TestClock *self)
{
  self->now = START_US;
}

typedef struct
{
  char *folder;
  char *file;
  TestClock *clock;
  TillSandboxGateway *gateway;
} Fixture;

static void
open_gateway (Fixture *fixture)
{
  g_autoptr (GError) error = NULL;
  TillSandboxDatabase *database = till_sandbox_database_open (fixture->file, &error);

  g_assert_no_error (error);
  fixture->gateway = till_sandbox_gateway_new (database, TILL_CLOCK (fixture->clock));
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  fixture->folder = g_dir_make_tmp ("till-sandbox-XXXXXX", &error);
  g_assert_no_error (error);
  fixture->file = g_build_filename (fixture->folder, "sandbox.db", NULL);
  fixture->clock = g_object_new (TEST_TYPE_CLOCK, NULL);
  open_gateway (fixture);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  static const char *const suffixes[] = { "", "-wal", "-shm" };

  till_sandbox_gateway_free (fixture->gateway);
  for (guint i = 0; i < G_N_ELEMENTS (suffixes); i++)
    {
      g_autofree char *path = g_strconcat (fixture->file, suffixes[i], NULL);
      g_unlink (path);
    }
  g_rmdir (fixture->folder);
  g_object_unref (fixture->clock);
  g_free (fixture->file);
  g_free (fixture->folder);
}

static TillSandboxReply *
ask_feigning (Fixture *fixture,
              const char *method,
              const char *path,
              const char *form,
              const char *key,
              TillSandboxFeign feign)
{
  static guint serial = 0;
  g_autofree char *id = g_strdup_printf ("req_%u", ++serial);
  gboolean post = g_str_equal (method, "POST");
  TillSandboxRequest request = { 0 };

  request.id = id;
  request.method = method;
  request.path = path;
  request.query = post ? NULL : form;
  request.content_type = "application/x-www-form-urlencoded; charset=utf-8";
  request.idempotency_key = key;
  request.body = post ? form : NULL;
  request.body_length = post ? strlen (form) : 0;
  request.feign = feign;
  return till_sandbox_gateway_handle (fixture->gateway, &request);
}

static TillSandboxReply *
ask (Fixture *fixture, const char *method, const char *path, const char *form, const char *key)
{
  return ask_feigning (fixture, method, path, form, key, TILL_SANDBOX_FEIGN_NOTHING);
}

static char *
text_of (const TillSandboxReply *reply, const char *path)
{
  g_autoptr (JsonNode) root = json_from_string (reply->body, NULL);
  g_auto (GStrv) names = g_strsplit (path, ".", -1);
  JsonNode *node = root;

  for (guint i = 0; names[i] != NULL && node != NULL && JSON_NODE_HOLDS_OBJECT (node); i++)
    node = json_object_get_member (json_node_get_object (node), names[i]);
  return node != NULL && JSON_NODE_HOLDS_VALUE (node) ? json_node_dup_string (node) : NULL;
}

/* How many elements the list that is answered has. */
static guint
count (Fixture *fixture, const char *path, const char *query)
{
  g_autoptr (TillSandboxReply) reply = ask (fixture, "GET", path, query, NULL);
  g_autoptr (JsonNode) root = json_from_string (reply->body, NULL);

  if (reply->status != 200)
    g_test_message ("%s?%s: %s", path, query, reply->body);
  g_assert_cmpuint (reply->status, ==, 200);
  return json_array_get_length (json_object_get_array_member (json_node_get_object (root), "data"));
}

#define PAY "amount=1250&currency=eur&payment_method=pm_card_visa&confirm=true&payment_method_types[]=card"

static void
test_replay (Fixture *fixture, gconstpointer data)
{
  g_autoptr (TillSandboxReply) first = ask (fixture, "POST", "/v1/payment_intents", PAY, "key");
  g_autoptr (TillSandboxReply) again = ask (fixture, "POST", "/v1/payment_intents", PAY, "key");
  g_autoptr (TillSandboxReply) other
      = ask (fixture, "POST", "/v1/payment_intents", PAY "&description=x", "key");
  g_autoptr (TillSandboxReply) elsewhere = ask (fixture, "POST", "/v1/customers", "name=x", "key");

  g_assert_cmpuint (first->status, ==, 200);
  g_assert_false (first->replayed);
  g_assert_true (again->replayed);
  g_assert_cmpuint (again->status, ==, 200);
  g_assert_cmpstr (again->body, ==, first->body);
  g_assert_cmpstr (again->original_request, ==, first->original_request);
  g_assert_cmpuint (other->status, ==, 400);
  g_assert_cmpuint (elsewhere->status, ==, 400);
  g_autofree char *type = text_of (other, "error.type");
  g_autofree char *type_elsewhere = text_of (elsewhere, "error.type");
  g_assert_cmpstr (type, ==, "idempotency_error");
  g_assert_cmpstr (type_elsewhere, ==, "idempotency_error");
  g_assert_cmpuint (count (fixture, "/v1/charges", NULL), ==, 1);
}

static void
test_key_is_kept_a_day (Fixture *fixture, gconstpointer data)
{
  g_autoptr (TillSandboxReply) first = ask (fixture, "POST", "/v1/payment_intents", PAY, "key");

  fixture->clock->now += G_TIME_SPAN_DAY - 1;
  g_autoptr (TillSandboxReply) within = ask (fixture, "POST", "/v1/payment_intents", PAY, "key");
  g_assert_true (within->replayed);
  g_assert_cmpuint (count (fixture, "/v1/charges", NULL), ==, 1);

  fixture->clock->now += 1;
  g_autoptr (TillSandboxReply) after = ask (fixture, "POST", "/v1/payment_intents", PAY, "key");
  g_assert_false (after->replayed);
  g_assert_cmpuint (after->status, ==, 200);
  g_assert_cmpuint (count (fixture, "/v1/charges", NULL), ==, 2);
}

static void
test_refusals_are_kept (Fixture *fixture, gconstpointer data)
{
  const char *declined = "amount=1250&currency=eur&payment_method=pm_card_chargeDeclined&confirm=true"
                         "&payment_method_types[]=card";
  g_autoptr (TillSandboxReply) decline = ask (fixture, "POST", "/v1/payment_intents", declined, "declined");
  g_autoptr (TillSandboxReply) again = ask (fixture, "POST", "/v1/payment_intents", declined, "declined");
  g_autoptr (TillSandboxReply) bad = ask (fixture, "POST", "/v1/payment_intents", "amount=1", "bad");
  g_autoptr (TillSandboxReply) bad_again = ask (fixture, "POST", "/v1/payment_intents", "amount=1", "bad");

  g_assert_cmpuint (decline->status, ==, 402);
  g_assert_cmpuint (again->status, ==, 402);
  g_assert_cmpstr (again->body, ==, decline->body);
  g_assert_cmpuint (count (fixture, "/v1/payment_intents", NULL), ==, 1);
  g_assert_cmpuint (bad->status, ==, 400);
  g_assert_true (bad_again->replayed);
}

static void
test_feigned_failures (Fixture *fixture, gconstpointer data)
{
  g_autoptr (TillSandboxReply) before
      = ask_feigning (fixture, "POST", "/v1/payment_intents", PAY, "before", TILL_SANDBOX_FEIGN_BEFORE);
  g_assert_cmpuint (count (fixture, "/v1/charges", NULL), ==, 0);

  g_autoptr (TillSandboxReply) after
      = ask_feigning (fixture, "POST", "/v1/payment_intents", PAY, "after", TILL_SANDBOX_FEIGN_AFTER);
  g_autoptr (TillSandboxReply) before_again = ask (fixture, "POST", "/v1/payment_intents", PAY, "before");
  g_autoptr (TillSandboxReply) after_again = ask (fixture, "POST", "/v1/payment_intents", PAY, "after");

  g_assert_cmpuint (before->status, ==, 500);
  g_assert_cmpuint (after->status, ==, 500);
  g_assert_cmpuint (before_again->status, ==, 500);
  g_assert_true (before_again->replayed);
  g_assert_cmpuint (after_again->status, ==, 500);
  g_assert_cmpuint (count (fixture, "/v1/charges", NULL), ==, 1);
}

static void
test_keys (Fixture *fixture, gconstpointer data)
{
  g_autofree char *longest = g_strnfill (255, 'k');
  g_autofree char *longer = g_strnfill (256, 'k');
  g_autoptr (TillSandboxReply) good = ask (fixture, "POST", "/v1/customers", "name=a", longest);
  g_autoptr (TillSandboxReply) bad = ask (fixture, "POST", "/v1/customers", "name=a", longer);
  g_autoptr (TillSandboxReply) empty = ask (fixture, "POST", "/v1/customers", "name=a", "");

  g_assert_cmpuint (good->status, ==, 200);
  g_assert_cmpuint (bad->status, ==, 400);
  g_assert_cmpuint (empty->status, ==, 400);
}

static void
test_statement_order (Fixture *fixture, gconstpointer data)
{
  g_autoptr (TillSandboxReply) order = ask (fixture, "POST", "/v1/payment_intents",
                                            "currency=eur&amount=1250&payment_method_types[0]=card", "key");
  g_autoptr (TillSandboxReply) same = ask (fixture, "POST", "/v1/payment_intents",
                                           "payment_method_types[]=card&amount=1250&currency=eur", "key");

  g_assert_cmpuint (order->status, ==, 200);
  g_assert_true (same->replayed);
}

/* A broken rule of the database is an error of the gateway, and nothing of the call stays. */
static void
test_failure_undoes (Fixture *fixture, gconstpointer data)
{
  sqlite3 *handle = NULL;

  g_assert_cmpint (sqlite3_open (fixture->file, &handle), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_exec (handle,
                                 "CREATE TRIGGER broken BEFORE INSERT ON charges BEGIN"
                                 " SELECT raise (ABORT, 'feigned'); END",
                                 NULL, NULL, NULL),
                   ==, SQLITE_OK);
  g_test_expect_message ("till-sandbox", G_LOG_LEVEL_WARNING, "*feigned*");
  g_autoptr (TillSandboxReply) failed = ask (fixture, "POST", "/v1/payment_intents", PAY, "key");
  g_test_assert_expected_messages ();
  g_assert_cmpuint (failed->status, ==, 500);
  g_assert_null (failed->original_request);
  g_assert_cmpuint (count (fixture, "/v1/payment_intents", NULL), ==, 0);

  g_assert_cmpint (sqlite3_exec (handle, "DROP TRIGGER broken", NULL, NULL, NULL), ==, SQLITE_OK);
  sqlite3_close (handle);
  g_autoptr (TillSandboxReply) mended = ask (fixture, "POST", "/v1/payment_intents", PAY, "key");
  g_assert_cmpuint (mended->status, ==, 200);
  g_assert_false (mended->replayed);
}

/* Whatever the code does, the file itself takes no second payment and no refund beyond the charge. */
static void
test_rules_of_the_file (Fixture *fixture, gconstpointer data)
{
  static const char *const forbidden[] = {
    "INSERT INTO charges (id, created, payment_intent, amount, currency, status, payment_method)"
    " SELECT 'ch_twice', created, payment_intent, amount, currency, status, payment_method FROM charges",
    "UPDATE charges SET amount_refunded = amount + 1", "UPDATE payment_intents SET amount_received = 1",
    "UPDATE payment_intents SET status = 'requires_payment_method'",
    "UPDATE payment_intents SET amount = 0, amount_received = 0"
  };
  g_autoptr (TillSandboxReply) paid = ask (fixture, "POST", "/v1/payment_intents", PAY, NULL);
  sqlite3 *handle = NULL;

  g_assert_cmpuint (paid->status, ==, 200);
  g_assert_cmpint (sqlite3_open (fixture->file, &handle), ==, SQLITE_OK);
  for (gsize i = 0; i < G_N_ELEMENTS (forbidden); i++)
    {
      g_test_message ("%s", forbidden[i]);
      g_assert_cmpint (sqlite3_exec (handle, forbidden[i], NULL, NULL, NULL), ==, SQLITE_CONSTRAINT);
    }
  sqlite3_close (handle);
}

static void
test_search (Fixture *fixture, gconstpointer data)
{
  static const struct
  {
    const char *query;
    guint found;
  } good[] = {
    { "query=metadata['sale']:'s-3'", 1 },
    { "query=metadata[%22sale%22]:%22s-3%22", 1 },
    { "query=amount>1003", 2 },
    { "query=amount>%3D1003+AND+amount<1005", 2 },
    { "query=-amount:1000+AND+currency:'eur'", 5 },
    { "query=status:'succeeded'", 0 },
    { "query=status:'requires_payment_method'+AND+-metadata['sale']:'s-0'", 5 },
    { "query=metadata['it\\'s']:'q'", 1 },
    { "query=created>%3D1795348803", 3 },
    { "query=customer:'cus_none'", 0 },
  };
  static const char *const bad[] = { "query=",
                                     "query=amount",
                                     "query=amount:",
                                     "query=amount:x",
                                     "query=metadata:'x'",
                                     "query=nope:'x'",
                                     "query=status:succeeded",
                                     "query=status>'x'",
                                     "query=amount:1+OR+amount:2",
                                     "query=status:'x",
                                     "query=metadata['a':'b'",
                                     "query=amount:1+AND+",
                                     "query=amount:1+amount:2",
                                     "limit=1" };

  for (guint i = 0; i < 6; i++)
    {
      g_autofree char *form = g_strdup_printf ("amount=%u&currency=eur&metadata[sale]=s-%u%s", 1000 + i, i,
                                               i == 2 ? "&metadata[it's]=q" : "");
      g_autoptr (TillSandboxReply) made = ask (fixture, "POST", "/v1/payment_intents", form, NULL);
      g_assert_cmpuint (made->status, ==, 200);
      fixture->clock->now += G_USEC_PER_SEC;
    }
  for (gsize i = 0; i < G_N_ELEMENTS (good); i++)
    {
      g_test_message ("%s", good[i].query);
      g_assert_cmpuint (count (fixture, "/v1/payment_intents/search", good[i].query), ==, good[i].found);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autoptr (TillSandboxReply) refused = ask (fixture, "GET", "/v1/payment_intents/search", bad[i], NULL);
      g_test_message ("%s: %s", bad[i], refused->body);
      g_assert_cmpuint (refused->status, ==, 400);
    }
}

static void
test_created (Fixture *fixture, gconstpointer data)
{
  for (guint i = 0; i < 5; i++)
    {
      g_autoptr (TillSandboxReply) made = ask (fixture, "POST", "/v1/customers", "name=x", NULL);
      g_assert_cmpuint (made->status, ==, 200);
      fixture->clock->now += G_USEC_PER_SEC;
    }
  g_assert_cmpuint (count (fixture, "/v1/customers", "created=1795348802"), ==, 1);
  g_assert_cmpuint (count (fixture, "/v1/customers", "created[gt]=1795348802"), ==, 2);
  g_assert_cmpuint (count (fixture, "/v1/customers", "created[gte]=1795348802"), ==, 3);
  g_assert_cmpuint (count (fixture, "/v1/customers", "created[lt]=1795348802"), ==, 2);
  g_assert_cmpuint (count (fixture, "/v1/customers", "created[gte]=1795348801&created[lte]=1795348803"), ==,
                    3);
}

static void
assert_not_opened (const char *file, int code)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (till_sandbox_database_open (file, &error));
  g_assert_error (error, TILL_ERROR, code);
  g_assert_nonnull (strstr (error->message, file));
  g_test_message ("%s", error->message);
}

static void
test_damaged (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *contents = NULL;
  gsize length = 0;

  for (guint i = 0; i < 200; i++)
    {
      g_autoptr (TillSandboxReply) made = ask (fixture, "POST", "/v1/payment_intents", PAY, NULL);
      g_assert_cmpuint (made->status, ==, 200);
    }
  g_clear_pointer (&fixture->gateway, till_sandbox_gateway_free);
  g_assert_true (g_file_get_contents (fixture->file, &contents, &length, &error));
  g_assert_cmpuint (length, >, 65536);

  g_assert_true (
      g_file_set_contents (fixture->file, "This is no database, however one looks at it.", -1, &error));
  assert_not_opened (fixture->file, TILL_ERROR_CORRUPT);
  g_assert_true (g_file_set_contents (fixture->file, contents, (gssize) length / 2, &error));
  assert_not_opened (fixture->file, TILL_ERROR_CORRUPT);
  g_autofree char *torn = g_memdup2 (contents, length);
  memset (torn + 8192, 0x5a, 16384);
  g_assert_true (g_file_set_contents (fixture->file, torn, (gssize) length, &error));
  assert_not_opened (fixture->file, TILL_ERROR_CORRUPT);

  g_assert_true (g_file_set_contents (fixture->file, contents, (gssize) length, &error));
  open_gateway (fixture);
  g_assert_cmpuint (count (fixture, "/v1/charges", "limit=100"), ==, 100);
}

static void
test_foreign (Fixture *fixture, gconstpointer data)
{
  sqlite3 *handle = NULL;

  g_clear_pointer (&fixture->gateway, till_sandbox_gateway_free);
  g_assert_cmpint (sqlite3_open (fixture->file, &handle), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_exec (handle, "PRAGMA user_version = 99", NULL, NULL, NULL), ==, SQLITE_OK);
  assert_not_opened (fixture->file, TILL_ERROR_UNSUPPORTED);
  g_assert_cmpint (sqlite3_exec (handle, "PRAGMA application_id = 7", NULL, NULL, NULL), ==, SQLITE_OK);
  assert_not_opened (fixture->file, TILL_ERROR_CORRUPT);
  sqlite3_close (handle);
}

static void
test_reopened (Fixture *fixture, gconstpointer data)
{
  g_autoptr (TillSandboxReply) first = ask (fixture, "POST", "/v1/payment_intents", PAY, "key");

  g_clear_pointer (&fixture->gateway, till_sandbox_gateway_free);
  open_gateway (fixture);
  g_autoptr (TillSandboxReply) again = ask (fixture, "POST", "/v1/payment_intents", PAY, "key");
  g_assert_true (again->replayed);
  g_assert_cmpstr (again->body, ==, first->body);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(path, test) g_test_add ("/sandbox/gateway/" path, Fixture, NULL, set_up, test, tear_down)
  ADD ("replay", test_replay);
  ADD ("key-is-kept-a-day", test_key_is_kept_a_day);
  ADD ("refusals-are-kept", test_refusals_are_kept);
  ADD ("feigned-failures", test_feigned_failures);
  ADD ("keys", test_keys);
  ADD ("order-of-parameters", test_statement_order);
  ADD ("failure-undoes", test_failure_undoes);
  ADD ("rules-of-the-file", test_rules_of_the_file);
  ADD ("search", test_search);
  ADD ("created", test_created);
  ADD ("damaged", test_damaged);
  ADD ("foreign", test_foreign);
  ADD ("reopened", test_reopened);
#undef ADD
  return g_test_run ();
}
