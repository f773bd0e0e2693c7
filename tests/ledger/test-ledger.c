/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/till-error.h"
#include "ledger-fixture.h"
#include "store/till-statement.h"

#include <string.h>

static void
append (LedgerFixture *fixture, const char *kind, const char *sale, const char *attempt)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (TillLedgerEntry) entry = ledger_fixture_append (fixture, kind, sale, attempt, "{}", &error);

  g_assert_no_error (error);
  g_assert_nonnull (entry);
}

static void
assert_refused (LedgerFixture *fixture,
                const char *kind,
                const char *sale,
                const char *attempt,
                const char *body,
                int code)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (TillLedgerEntry) entry = ledger_fixture_append (fixture, kind, sale, attempt, body, &error);

  g_assert_null (entry);
  g_assert_error (error, TILL_ERROR, code);
}

/* @expected: the numbers of the rows, as text. */
static void
assert_rows (GPtrArray *entries, const char *expected)
{
  g_autoptr (GString) numbers = g_string_new (NULL);

  g_assert_nonnull (entries);
  for (guint i = 0; i < entries->len; i++)
    {
      const TillLedgerEntry *entry = entries->pdata[i];
      g_string_append_printf (numbers, "%s%" G_GINT64_FORMAT, i > 0 ? " " : "", entry->seq);
    }
  g_assert_cmpstr (numbers->str, ==, expected);
}

static void
assert_list (LedgerFixture *fixture,
             const char *kind,
             const char *sale,
             const char *attempt,
             guint limit,
             const char *expected)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) entries = ledger_fixture_list (fixture, kind, sale, attempt, limit, &error);

  g_assert_no_error (error);
  assert_rows (entries, expected);
}

static void
assert_open (LedgerFixture *fixture, const char *expected)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) entries = ledger_fixture_list_open (fixture, &error);

  g_assert_no_error (error);
  assert_rows (entries, expected);
}

static void
assert_right (LedgerFixture *fixture, gint64 rows)
{
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (ledger_fixture_verify (fixture, &error), ==, rows);
  g_assert_no_error (error);
}

static void
test_append (LedgerFixture *fixture, gconstpointer data)
{
  const char *body = "{\"amount\":9007199254740993,\"currency\":\"EUR\",\"name\":\"Žluťoučký "
                     "\\\"kůň\\\"\",\"x\":[1,null]}";
  g_autoptr (TillLedgerEntry) entry = NULL;
  g_autoptr (GPtrArray) entries = NULL;
  g_autoptr (GError) error = NULL;
  TillLedgerEntry *read;

  assert_right (fixture, 0);
  ledger_fixture_set_utc (fixture, 1795329660123456);
  entry = ledger_fixture_append (fixture, TILL_LEDGER_TENDER, "sale_1", NULL, body, &error);
  g_assert_no_error (error);
  g_assert_cmpint (entry->seq, ==, 1);
  g_assert_cmpint (entry->at_us, ==, 1795329660123456);
  g_assert_cmpuint (strlen (entry->hash), ==, 64);
  g_assert_cmpint (json_object_get_int_member (entry->body, "amount"), ==, 9007199254740993);

  ledger_fixture_close (fixture);
  ledger_fixture_open (fixture);
  entries = ledger_fixture_list (fixture, NULL, NULL, NULL, 0, &error);
  g_assert_no_error (error);
  assert_rows (entries, "1");
  read = entries->pdata[0];
  g_assert_cmpint (read->at_us, ==, entry->at_us);
  g_assert_cmpstr (read->kind, ==, TILL_LEDGER_TENDER);
  g_assert_cmpstr (read->sale, ==, "sale_1");
  g_assert_null (read->attempt);
  g_assert_cmpstr (read->hash, ==, entry->hash);
  g_assert_cmpstr (json_object_get_string_member (read->body, "name"), ==, "Žluťoučký \"kůň\"");
  assert_right (fixture, 1);
}

static void
test_list (LedgerFixture *fixture, gconstpointer data)
{
  append (fixture, TILL_LEDGER_CONSENT, "sale_1", NULL);
  append (fixture, TILL_LEDGER_CHARGE_INTENT, "sale_1", "att_1");
  append (fixture, TILL_LEDGER_CHARGE_END, "sale_1", "att_1");
  append (fixture, TILL_LEDGER_CONSENT, "sale_2", NULL);
  append (fixture, TILL_LEDGER_TENDER, "sale_2", NULL);
  append (fixture, TILL_LEDGER_ERASURE, NULL, NULL);
  assert_list (fixture, NULL, NULL, NULL, 0, "1 2 3 4 5 6");
  assert_list (fixture, NULL, NULL, NULL, 2, "5 6");
  assert_list (fixture, NULL, NULL, NULL, 100, "1 2 3 4 5 6");
  assert_list (fixture, TILL_LEDGER_CONSENT, NULL, NULL, 0, "1 4");
  assert_list (fixture, TILL_LEDGER_CONSENT, NULL, NULL, 1, "4");
  assert_list (fixture, NULL, "sale_1", NULL, 0, "1 2 3");
  assert_list (fixture, NULL, NULL, "att_1", 0, "2 3");
  assert_list (fixture, TILL_LEDGER_CONSENT, "sale_2", NULL, 0, "4");
  assert_list (fixture, TILL_LEDGER_CONSENT, "sale_2", "att_1", 0, "");
  assert_list (fixture, NULL, "' OR 1=1 --", NULL, 0, "");
}

static void
test_open_attempts (LedgerFixture *fixture, gconstpointer data)
{
  assert_open (fixture, "");
  append (fixture, TILL_LEDGER_CHARGE_INTENT, "sale_1", "att_1");
  append (fixture, TILL_LEDGER_CHARGE_INTENT, "sale_2", "att_2");
  append (fixture, TILL_LEDGER_CHARGE_DOUBT, "sale_1", "att_1");
  append (fixture, TILL_LEDGER_CHARGE_DOUBT, "sale_1", "att_1");
  assert_open (fixture, "1 2");
  append (fixture, TILL_LEDGER_CHARGE_END, "sale_1", "att_1");
  assert_open (fixture, "2");
  append (fixture, TILL_LEDGER_CHARGE_END, "sale_2", "att_2");
  assert_open (fixture, "");
}

static void
test_one_end (LedgerFixture *fixture, gconstpointer data)
{
  append (fixture, TILL_LEDGER_CHARGE_INTENT, "sale_1", "att_1");
  assert_refused (fixture, TILL_LEDGER_CHARGE_INTENT, "sale_1", "att_1", "{}", TILL_ERROR_EXISTS);
  assert_refused (fixture, TILL_LEDGER_CHARGE_END, "sale_1", "att_2", "{}", TILL_ERROR_REFUSED);
  assert_refused (fixture, TILL_LEDGER_CHARGE_DOUBT, "sale_1", "att_2", "{}", TILL_ERROR_REFUSED);
  append (fixture, TILL_LEDGER_CHARGE_END, "sale_1", "att_1");
  assert_refused (fixture, TILL_LEDGER_CHARGE_END, "sale_1", "att_1", "{}", TILL_ERROR_EXISTS);
  assert_refused (fixture, TILL_LEDGER_CHARGE_INTENT, "sale_1", "att_1", "{}", TILL_ERROR_EXISTS);
  append (fixture, TILL_LEDGER_REFUND, "sale_1", "att_1");
  append (fixture, TILL_LEDGER_REFUND, "sale_1", "att_1");
  assert_right (fixture, 4);
}

static void
test_bad_entries (LedgerFixture *fixture, gconstpointer data)
{
  g_autofree char *long_id = g_strnfill (201, 'x');
  g_autofree char *long_text = g_strnfill (1024 * 1024, 'x');
  g_autofree char *large = g_strdup_printf ("{\"x\":\"%s\"}", long_text);
  g_autoptr (GString) deep = g_string_new ("{\"x\":");

  for (int i = 0; i < 40; i++)
    g_string_append (deep, "[");
  for (int i = 0; i < 40; i++)
    g_string_append (deep, "]");
  g_string_append (deep, "}");

  assert_refused (fixture, "gift", NULL, NULL, "{}", TILL_ERROR_INVALID);
  assert_refused (fixture, "", NULL, NULL, "{}", TILL_ERROR_INVALID);
  assert_refused (fixture, TILL_LEDGER_CHARGE_INTENT, "sale_1", NULL, "{}", TILL_ERROR_INVALID);
  assert_refused (fixture, TILL_LEDGER_CHARGE_END, "sale_1", NULL, "{}", TILL_ERROR_INVALID);
  assert_refused (fixture, TILL_LEDGER_TENDER, "", NULL, "{}", TILL_ERROR_INVALID);
  assert_refused (fixture, TILL_LEDGER_TENDER, long_id, NULL, "{}", TILL_ERROR_INVALID);
  assert_refused (fixture, TILL_LEDGER_TENDER, "sale_\xff", NULL, "{}", TILL_ERROR_INVALID);
  assert_refused (fixture, TILL_LEDGER_TENDER, "sale_1", NULL, large, TILL_ERROR_INVALID);
  assert_refused (fixture, TILL_LEDGER_TENDER, "sale_1", NULL, deep->str, TILL_ERROR_INVALID);
  assert_right (fixture, 0);
}

static gpointer
execute (sqlite3 *db, gpointer data, GError **error)
{
  g_autoptr (TillStatement) statement = till_statement_new (db, data, error);

  if (statement != NULL)
    till_statement_execute (statement, error);
  return NULL;
}

/* The database itself says no, to every way of putting it. */
static void
test_append_only (LedgerFixture *fixture, gconstpointer data)
{
  static const char *const statements[] = {
    "UPDATE ledger SET body = '{}' WHERE seq = 1",
    "DELETE FROM ledger",
    "DELETE FROM ledger WHERE seq = 2",
    "REPLACE INTO ledger VALUES (1, 0, 'tender', NULL, NULL, '{}', '', '')",
    "REPLACE INTO ledger VALUES (3, 0, 'charge-intent', NULL, 'att_1', '{}', '', '')",
    "INSERT INTO ledger VALUES (4, 0, 'tender', NULL, NULL, '{}', '', '')",
    "INSERT INTO ledger VALUES (0, 0, 'tender', NULL, NULL, '{}', '', '')",
    "INSERT INTO ledger VALUES (1, 0, 'tender', NULL, NULL, '{}', '', '') ON CONFLICT DO UPDATE SET body = "
    "'x'",
    "UPDATE OR IGNORE ledger SET seq = 9 WHERE seq = 2",
  };

  append (fixture, TILL_LEDGER_CHARGE_INTENT, "sale_1", "att_1");
  append (fixture, TILL_LEDGER_TENDER, "sale_1", NULL);
  for (guint i = 0; i < G_N_ELEMENTS (statements); i++)
    {
      g_autoptr (GError) error = NULL;

      till_store_run (fixture->store, execute, (gpointer) statements[i], &error);
      g_assert_error (error, TILL_ERROR, TILL_ERROR_EXISTS);
      assert_right (fixture, 2);
    }
}

static void
on_append (GObject *source, GAsyncResult *result, gpointer user_data)
{
  guint *left = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (TillLedgerEntry) entry = till_ledger_append_finish (TILL_LEDGER (source), result, &error);

  g_assert_no_error (error);
  *left -= 1;
}

/* Asked all at once, they are written in the order they were asked in. */
static void
test_many_at_once (LedgerFixture *fixture, gconstpointer data)
{
  g_autoptr (GPtrArray) entries = NULL;
  g_autoptr (GError) error = NULL;
  guint left = 200;

  for (guint i = 0; i < 200; i++)
    {
      g_autofree char *sale = g_strdup_printf ("sale_%u", i);
      g_autoptr (TillLedgerEntry) entry = till_ledger_entry_new (TILL_LEDGER_RECEIPT, sale, NULL, NULL);

      till_ledger_append_async (fixture->ledger, entry, NULL, on_append, &left);
    }
  while (left > 0)
    g_main_context_iteration (NULL, TRUE);
  entries = ledger_fixture_list (fixture, NULL, NULL, NULL, 0, &error);
  for (guint i = 0; i < 200; i++)
    {
      const TillLedgerEntry *entry = entries->pdata[i];
      g_autofree char *sale = g_strdup_printf ("sale_%u", i);

      g_assert_cmpint (entry->seq, ==, i + 1);
      g_assert_cmpstr (entry->sale, ==, sale);
    }
  assert_right (fixture, 200);
}

static void
test_clock_set_back (LedgerFixture *fixture, gconstpointer data)
{
  append (fixture, TILL_LEDGER_TENDER, "sale_1", NULL);
  ledger_fixture_set_utc (fixture, -5);
  append (fixture, TILL_LEDGER_TENDER, "sale_2", NULL);
  assert_right (fixture, 2);
  assert_list (fixture, NULL, NULL, NULL, 0, "1 2");
}

static void
on_result (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GAsyncResult **done = user_data;

  *done = g_object_ref (result);
}

static void
test_cancelled (LedgerFixture *fixture, gconstpointer data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (TillLedgerEntry) entry = till_ledger_entry_new (TILL_LEDGER_TENDER, NULL, NULL, NULL);
  g_autoptr (GAsyncResult) done = NULL;
  g_autoptr (GError) error = NULL;

  g_cancellable_cancel (cancellable);
  till_ledger_append_async (fixture->ledger, entry, cancellable, on_result, &done);
  while (done == NULL)
    g_main_context_iteration (NULL, TRUE);
  g_assert_null (till_ledger_append_finish (fixture->ledger, done, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  assert_right (fixture, 0);
}

static void
test_closed_store (LedgerFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  till_store_close (fixture->store);
  assert_refused (fixture, TILL_LEDGER_TENDER, NULL, NULL, "{}", TILL_ERROR_FAILED);
  g_assert_cmpint (ledger_fixture_verify (fixture, &error), ==, -1);
  g_assert_error (error, TILL_ERROR, TILL_ERROR_FAILED);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name, function)                                                                                  \
  g_test_add ("/ledger/" name, LedgerFixture, NULL, ledger_fixture_set_up, function, ledger_fixture_tear_down)
  ADD ("append", test_append);
  ADD ("list", test_list);
  ADD ("open-attempts", test_open_attempts);
  ADD ("one-end", test_one_end);
  ADD ("bad-entries", test_bad_entries);
  ADD ("append-only", test_append_only);
  ADD ("many-at-once", test_many_at_once);
  ADD ("clock-set-back", test_clock_set_back);
  ADD ("cancelled", test_cancelled);
  ADD ("closed-store", test_closed_store);
  return g_test_run ();
}
