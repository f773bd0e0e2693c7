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

/* Refunds */

static void
put (LedgerFixture *fixture, const char *kind, const char *attempt)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (TillLedgerEntry) entry = ledger_fixture_append (fixture, kind, "sale_1", attempt, "{}", &error);

  g_assert_no_error (error);
}

static void
assert_no_put (LedgerFixture *fixture, const char *kind, const char *attempt, int code)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (ledger_fixture_append (fixture, kind, "sale_1", attempt, "{}", &error));
  g_assert_error (error, TILL_ERROR, code);
}

static void
keep_result (GObject *source, GAsyncResult *result, gpointer user_data)
{
  *(GAsyncResult **) user_data = g_object_ref (result);
}

static GAsyncResult *
wait_for (GAsyncResult **kept)
{
  while (*kept == NULL)
    g_main_context_iteration (NULL, TRUE);
  return *kept;
}

static void
assert_kinds (GPtrArray *rows, const char *kinds)
{
  g_autoptr (GString) all = g_string_new (NULL);

  g_assert_nonnull (rows);
  for (guint i = 0; i < rows->len; i++)
    g_string_append_printf (all, "%s ", ((const TillLedgerEntry *) g_ptr_array_index (rows, i))->kind);
  g_assert_cmpstr (all->str, ==, kinds);
}

static void
test_refund_attempts (LedgerFixture *fixture, gconstpointer data)
{
  g_autoptr (GAsyncResult) kept = NULL;
  g_autoptr (GError) error = NULL;

  put (fixture, TILL_LEDGER_CHARGE_INTENT, "attempt_1");
  put (fixture, TILL_LEDGER_CHARGE_END, "attempt_1");
  put (fixture, TILL_LEDGER_REFUND_INTENT, "refund_1");
  put (fixture, TILL_LEDGER_REFUND_DOUBT, "refund_1");
  put (fixture, TILL_LEDGER_CHARGE_INTENT, "attempt_2");
  assert_no_put (fixture, TILL_LEDGER_REFUND_INTENT, "attempt_1", TILL_ERROR_EXISTS);
  assert_no_put (fixture, TILL_LEDGER_REFUND_INTENT, "refund_1", TILL_ERROR_EXISTS);
  assert_no_put (fixture, TILL_LEDGER_CHARGE_END, "refund_1", TILL_ERROR_REFUSED);
  assert_no_put (fixture, TILL_LEDGER_REFUND_END, "attempt_2", TILL_ERROR_REFUSED);
  assert_no_put (fixture, TILL_LEDGER_REFUND_DOUBT, "refund_9", TILL_ERROR_REFUSED);
  assert_no_put (fixture, TILL_LEDGER_REFUND_INTENT, NULL, TILL_ERROR_INVALID);

  g_autoptr (GPtrArray) open = ledger_fixture_list_open (fixture, &error);
  assert_kinds (open, "refund-intent charge-intent ");
  till_ledger_list_open_rows_async (fixture->ledger, NULL, keep_result, &kept);
  g_autoptr (GPtrArray) rows = till_ledger_list_open_rows_finish (fixture->ledger, wait_for (&kept), &error);
  assert_kinds (rows, "refund-intent refund-doubt charge-intent ");

  put (fixture, TILL_LEDGER_REFUND_END, "refund_1");
  assert_no_put (fixture, TILL_LEDGER_REFUND_END, "refund_1", TILL_ERROR_EXISTS);
  g_autoptr (GPtrArray) left = ledger_fixture_list_open (fixture, &error);
  assert_kinds (left, "charge-intent ");
}

static GPtrArray *
list_since (LedgerFixture *fixture, gint64 seq, const char *kind)
{
  g_autoptr (GAsyncResult) kept = NULL;

  till_ledger_list_since_async (fixture->ledger, seq, kind, NULL, keep_result, &kept);
  return till_ledger_list_since_finish (fixture->ledger, wait_for (&kept), NULL);
}

static GPtrArray *
list_from (LedgerFixture *fixture, gint64 at_us, const char *kind)
{
  g_autoptr (GAsyncResult) kept = NULL;

  till_ledger_list_from_async (fixture->ledger, at_us, kind, NULL, keep_result, &kept);
  return till_ledger_list_from_finish (fixture->ledger, wait_for (&kept), NULL);
}

static void
test_ranges (LedgerFixture *fixture, gconstpointer data)
{
  const char *const kinds[]
      = { TILL_LEDGER_CONSENT, TILL_LEDGER_RECEIPT, TILL_LEDGER_DRAWER, TILL_LEDGER_RECEIPT };
  const gint64 times[] = { 100, 200, 150, 300 };

  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      ledger_fixture_set_utc (fixture, times[i]);
      put (fixture, kinds[i], NULL);
    }
  g_autoptr (GPtrArray) all = list_since (fixture, 0, NULL);
  g_autoptr (GPtrArray) later = list_since (fixture, 2, NULL);
  g_autoptr (GPtrArray) receipts = list_since (fixture, 2, TILL_LEDGER_RECEIPT);
  g_autoptr (GPtrArray) none = list_since (fixture, 4, NULL);
  assert_kinds (all, "consent receipt drawer receipt ");
  assert_kinds (later, "drawer receipt ");
  assert_kinds (receipts, "receipt ");
  assert_kinds (none, "");

  /* One that a clock set back dates too early is not lost. */
  g_autoptr (GPtrArray) from = list_from (fixture, 160, NULL);
  g_autoptr (GPtrArray) from_receipts = list_from (fixture, 201, TILL_LEDGER_RECEIPT);
  g_autoptr (GPtrArray) from_never = list_from (fixture, 301, NULL);
  assert_kinds (from, "receipt drawer receipt ");
  assert_kinds (from_receipts, "receipt ");
  assert_kinds (from_never, "");
}

static void
test_all_or_none (LedgerFixture *fixture, gconstpointer data)
{
  g_autoptr (GPtrArray) entries = g_ptr_array_new_with_free_func ((GDestroyNotify) till_ledger_entry_unref);
  g_autoptr (GAsyncResult) kept = NULL;
  g_autoptr (GAsyncResult) again = NULL;
  g_autoptr (GError) error = NULL;

  put (fixture, TILL_LEDGER_CHARGE_INTENT, "attempt_1");
  g_ptr_array_add (entries, till_ledger_entry_new (TILL_LEDGER_SETTLEMENT, "sale_1", "attempt_1", NULL));
  g_ptr_array_add (entries, till_ledger_entry_new (TILL_LEDGER_CHARGE_END, "sale_1", "attempt_1", NULL));
  till_ledger_append_all_async (fixture->ledger, entries, NULL, keep_result, &kept);
  g_autoptr (GPtrArray) rows = till_ledger_append_all_finish (fixture->ledger, wait_for (&kept), &error);
  g_assert_no_error (error);
  assert_kinds (rows, "settlement charge-end ");
  g_assert_cmpint (((const TillLedgerEntry *) g_ptr_array_index (rows, 1))->seq, ==, 3);

  /* The end can't be written twice, so the settlement before it is not written either. */
  till_ledger_append_all_async (fixture->ledger, entries, NULL, keep_result, &again);
  g_assert_null (till_ledger_append_all_finish (fixture->ledger, wait_for (&again), &error));
  g_assert_error (error, TILL_ERROR, TILL_ERROR_EXISTS);
  g_clear_error (&error);
  g_assert_cmpint (ledger_fixture_verify (fixture, &error), ==, 3);
  g_assert_no_error (error);
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
  ADD ("refund-attempts", test_refund_attempts);
  ADD ("ranges", test_ranges);
  ADD ("all-or-none", test_all_or_none);
  ADD ("bad-entries", test_bad_entries);
  ADD ("append-only", test_append_only);
  ADD ("many-at-once", test_many_at_once);
  ADD ("clock-set-back", test_clock_set_back);
  ADD ("cancelled", test_cancelled);
  ADD ("closed-store", test_closed_store);
  return g_test_run ();
}
