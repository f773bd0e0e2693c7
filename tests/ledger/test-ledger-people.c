/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/till-error.h"
#include "ledger-fixture.h"
#include "ledger/till-ledger-people.h"

/* What the ledger says of one person, and whether anything of theirs is open. */

static void
append (LedgerFixture *fixture, const char *kind, const char *sale, const char *attempt, const char *body)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (TillLedgerEntry) entry = ledger_fixture_append (fixture, kind, sale, attempt, body, &error);

  g_assert_no_error (error);
}

static void
on_done (GObject *source, GAsyncResult *result, gpointer user_data)
{
  *(GAsyncResult **) user_data = g_object_ref (result);
}

/* @expected: the numbers of the rows, as text. */
static void
assert_about (LedgerFixture *fixture, const char *person, const char *expected)
{
  g_autoptr (GAsyncResult) done = NULL;
  g_autoptr (GString) numbers = g_string_new (NULL);
  g_autoptr (GError) error = NULL;

  till_ledger_list_about_async (fixture->ledger, person, NULL, on_done, &done);
  while (done == NULL)
    g_main_context_iteration (NULL, TRUE);
  g_autoptr (GPtrArray) rows = till_ledger_list_about_finish (fixture->ledger, done, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < rows->len; i++)
    g_string_append_printf (numbers, "%s%" G_GINT64_FORMAT, i > 0 ? " " : "",
                            ((const TillLedgerEntry *) rows->pdata[i])->seq);
  g_assert_cmpstr (numbers->str, ==, expected);
}

typedef struct
{
  const char *person;
  gboolean has;
} Question;

static gpointer
has_open_func (sqlite3 *db, gpointer data, GError **error)
{
  Question *question = data;

  till_ledger_has_open_attempt (db, question->person, &question->has, error);
  return NULL;
}

static void
assert_open (LedgerFixture *fixture, const char *person, gboolean open)
{
  Question question = { .person = person };
  g_autoptr (GError) error = NULL;

  till_store_run (fixture->store, has_open_func, &question, &error);
  g_assert_no_error (error);
  g_assert_cmpint (question.has, ==, open);
}

/* Two people, and sales of both and of neither. */
static void
fill (LedgerFixture *fixture)
{
  append (fixture, "consent", NULL, NULL, "{\"id\":\"consent_a\",\"customer\":\"customer_a\"}");
  append (fixture, "enrolment", NULL, NULL, "{\"customer\":\"customer_a\",\"consent\":\"consent_a\"}");
  append (fixture, "enrolment", NULL, NULL, "{\"customer\":\"customer_ab\"}");
  append (fixture, "consent", "sale_1", NULL, "{\"id\":\"consent_1\"}");
  append (fixture, "charge-intent", "sale_1", "attempt_1",
          "{\"customer\":\"customer_a\",\"consent\":\"consent_1\"}"); /* 5 */
  append (fixture, "charge-end", "sale_1", "attempt_1", "{\"status\":\"declined\"}");
  append (fixture, "consent", "sale_1", NULL, "{\"id\":\"consent_2\"}");
  append (fixture, "charge-intent", "sale_1", "attempt_2",
          "{\"customer\":\"customer_ab\",\"consent\":\"consent_2\"}");
  append (fixture, "charge-end", "sale_1", "attempt_2", "{\"status\":\"approved\"}");
  append (fixture, "receipt", "sale_1", NULL, "{\"receipt\":{}}"); /* 10 */
  append (fixture, "tender", "sale_2", NULL, "{\"tender\":\"cash\"}");
  append (fixture, "receipt", "sale_2", NULL, "{}");
}

static void
test_own_rows_only (LedgerFixture *fixture, gconstpointer data)
{
  fill (fixture);

  /* The sale was paid by another in the end: what was bought is not theirs, nor is the other's consent. */
  assert_about (fixture, "customer_a", "1 2 4 5 6");
  assert_about (fixture, "customer_ab", "3 7 8 9 10");
  assert_about (fixture, "customer_", "");
  assert_about (fixture, "nobody", "");
}

static void
test_refunds_and_nested (LedgerFixture *fixture, gconstpointer data)
{
  fill (fixture);
  append (fixture, "refund-intent", "sale_1", "attempt_3", "{\"of\":\"attempt_2\"}"); /* 13 */
  append (fixture, "refund-doubt", "sale_1", "attempt_3", "{}");
  append (fixture, "dispute", NULL, NULL, "{\"evidence\":[{\"customer\":\"customer_ab\"}]}"); /* 15 */
  append (fixture, "drawer", NULL, NULL, "{\"note\":\"asked for customer_a again\"}");

  assert_about (fixture, "customer_ab", "3 7 8 9 10 13 14 15");
  assert_about (fixture, "customer_a", "1 2 4 5 6");
}

static void
test_given_back_and_paid_in_cash (LedgerFixture *fixture, gconstpointer data)
{
  append (fixture, "charge-intent", "sale_1", "attempt_1", "{\"customer\":\"customer_a\"}");
  append (fixture, "charge-end", "sale_1", "attempt_1", "{\"status\":\"approved\"}");
  append (fixture, "tender", "sale_1", NULL, "{}");
  append (fixture, "receipt", "sale_1", NULL, "{}");

  assert_about (fixture, "customer_a", "1 2");
}

static void
test_open (LedgerFixture *fixture, gconstpointer data)
{
  fill (fixture);
  assert_open (fixture, "customer_a", FALSE);
  append (fixture, "charge-intent", "sale_3", "attempt_4", "{\"customer\":\"customer_a\"}");
  assert_open (fixture, "customer_a", TRUE);
  assert_open (fixture, "customer_ab", FALSE);
  append (fixture, "charge-doubt", "sale_3", "attempt_4", "{}");
  assert_open (fixture, "customer_a", TRUE);
  append (fixture, "charge-end", "sale_3", "attempt_4", "{\"status\":\"declined\"}");
  assert_open (fixture, "customer_a", FALSE);
  append (fixture, "refund-intent", "sale_1", "attempt_5", "{\"of\":\"attempt_2\"}");
  assert_open (fixture, "customer_ab", TRUE);
  assert_open (fixture, "customer_a", FALSE);
  append (fixture, "refund-end", "sale_1", "attempt_5", "{\"status\":\"approved\"}");
  assert_open (fixture, "customer_ab", FALSE);
}

/* A pass is named beside the customer it stands for. */
static void
test_pass (LedgerFixture *fixture, gconstpointer data)
{
  append (fixture, "pass-issue", NULL, NULL, "{\"pass\":\"pass_1\",\"expires\":1}");
  append (fixture, "charge-intent", "sale_1", "attempt_1", "{\"customer\":\"pass_1\",\"pass\":\"pass_1\"}");

  assert_open (fixture, "pass_1", TRUE);
  assert_about (fixture, "pass_1", "1 2");
}

/* One bad row does not hide the others; that it is bad is for till_ledger_verify_async() to say. */
static void
test_tampered (LedgerFixture *fixture, gconstpointer data)
{
  fill (fixture);
  append (fixture, "charge-intent", "sale_3", "attempt_4", "{\"customer\":\"customer_a\"}");
  ledger_fixture_close (fixture);
  ledger_fixture_tamper (fixture, "UPDATE ledger SET body = 'customer_a {' WHERE seq = 12");
  ledger_fixture_open (fixture);

  assert_open (fixture, "customer_a", TRUE);
  assert_about (fixture, "customer_a", "1 2 4 5 6 13");
}

/* Rows that another room writes with something of its own */

static gpointer
append_two_func (sqlite3 *db, gpointer data, GError **error)
{
  LedgerFixture *fixture = data;
  g_autoptr (TillLedgerEntry) first = till_ledger_entry_new (TILL_LEDGER_WORDING, NULL, NULL, NULL);
  g_autoptr (TillLedgerEntry) second = till_ledger_entry_new (TILL_LEDGER_ERASURE, NULL, NULL, NULL);
  g_autoptr (TillLedgerEntry) one = till_ledger_append_within (fixture->ledger, db, first, error);
  g_autoptr (TillLedgerEntry) two = till_ledger_append_within (fixture->ledger, db, second, error);

  g_assert_cmpint (two->seq, ==, one->seq + 1);
  return two;
}

static gpointer
append_and_fail_func (sqlite3 *db, gpointer data, GError **error)
{
  append_two_func (db, data, error);
  g_set_error_literal (error, TILL_ERROR, TILL_ERROR_FAILED, "told to");
  return NULL;
}

static void
count (TillLedger *ledger, guint *times)
{
  (*times)++;
}

static void
test_within (LedgerFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  guint times = 0;

  g_signal_connect (fixture->ledger, "appended", G_CALLBACK (count), &times);
  till_store_run (fixture->store, append_two_func, fixture, &error);
  g_assert_no_error (error);
  while (times == 0)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpuint (times, ==, 1);

  till_store_run (fixture->store, append_and_fail_func, fixture, &error);
  g_assert_error (error, TILL_ERROR, TILL_ERROR_FAILED);
  g_clear_error (&error);
  g_assert_cmpint (ledger_fixture_verify (fixture, &error), ==, 2);
  g_assert_no_error (error);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

#define ADD(path, function)                                                                                  \
  g_test_add (path, LedgerFixture, NULL, ledger_fixture_set_up, function, ledger_fixture_tear_down)
  ADD ("/ledger-people/own-rows-only", test_own_rows_only);
  ADD ("/ledger-people/refunds-and-nested", test_refunds_and_nested);
  ADD ("/ledger-people/given-back-and-paid-in-cash", test_given_back_and_paid_in_cash);
  ADD ("/ledger-people/open", test_open);
  ADD ("/ledger-people/pass", test_pass);
  ADD ("/ledger-people/tampered", test_tampered);
  ADD ("/ledger-people/within", test_within);
  return g_test_run ();
}
