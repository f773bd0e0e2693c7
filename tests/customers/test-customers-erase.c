/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Runs under with-keyring. The right to leave, and that nothing is left. */
#include "base/till-error.h"
#include "customers-fixture.h"
#include "customers-traces.h"
#include "customers/till-lockout.h"

#include <signal.h>
#include <string.h>
#include <sys/resource.h>

static void
add (CustomersFixture *self, const char *id, const char *suffix)
{
  g_autoptr (TillCustomer) customer = customers_somebody (id, id, suffix, 3);
  g_autoptr (GError) error = NULL;

  g_assert_true (customers_fixture_add (self, customer, &error));
  g_assert_no_error (error);
}

static TillLedgerEntry *
erase (CustomersFixture *self, const char *id)
{
  g_autoptr (GError) error = NULL;
  TillLedgerEntry *entry = customers_fixture_erase (self, id, NULL, &error);

  g_assert_no_error (error);
  return entry;
}

static void
assert_refused (CustomersFixture *self, const char *id, TillError code)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (customers_fixture_erase (self, id, NULL, &error));
  g_assert_error (error, TILL_ERROR, (int) code);
}

static void
assert_ledger (CustomersFixture *self, const char *kinds)
{
  g_autofree char *found = customers_fixture_ledger_kinds (self);

  g_assert_cmpstr (found, ==, kinds);
}

static void
test_erase (CustomersFixture *self, gconstpointer data)
{
  JsonObject *extra = json_object_new ();
  g_autoptr (GError) error = NULL;

  json_object_set_string_member (extra, "by", "manager");
  json_object_set_string_member (extra, "why", "asked");
  add (self, "cust_ada", "4711");
  add (self, "cust_alan", "4711");
  g_autoptr (TillLedgerEntry) entry = customers_fixture_erase (self, "cust_ada", extra, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (self->changes, ==, 3);
  assert_ledger (self, "wording consent enrolment consent enrolment erasure");

  /* The row says whose record went, why, and which consent ended with it. */
  JsonArray *consents = json_object_get_array_member (entry->body, "consents");
  g_assert_cmpstr (entry->kind, ==, TILL_LEDGER_ERASURE);
  g_assert_cmpint (entry->seq, ==, 6);
  g_assert_cmpstr (json_object_get_string_member (entry->body, "customer"), ==, "cust_ada");
  g_assert_cmpstr (json_object_get_string_member (entry->body, "by"), ==, "manager");
  g_assert_cmpstr (json_object_get_string_member (entry->body, "why"), ==, "asked");
  g_assert_cmpuint (json_array_get_length (consents), ==, 1);
  g_assert_cmpstr (json_array_get_string_element (consents, 0), ==, "consent_cust_ada");

  g_autoptr (TillGallery) gallery = customers_fixture_find (self, "4711", NULL);
  g_assert_cmpuint (till_gallery_get_n_customers (gallery), ==, 1);
  g_assert_nonnull (till_gallery_get_customer (gallery, "cust_alan"));
  assert_refused (self, "cust_ada", TILL_ERROR_NOT_FOUND);
  assert_ledger (self, "wording consent enrolment consent enrolment erasure");
}

/* Not a byte of the sealed record or its key is left in any file, open or closed; others are as they were. */
static void
test_no_traces (CustomersFixture *self, gconstpointer data)
{
  g_autoptr (GBytes) record = NULL, key = NULL, other = NULL;

  for (guint i = 0; i < 20; i++)
    {
      g_autofree char *id = g_strdup_printf ("cust_%02u", i);
      add (self, id, "4711");
    }
  record = customers_traces_read (self, "SELECT sealed FROM customers WHERE id = 'cust_07'");
  key = customers_traces_read (self, "SELECT wrapped FROM record_keys WHERE id = 'cust_07'");
  other = customers_traces_read (self, "SELECT sealed FROM customers WHERE id = 'cust_08'");
  g_assert_true (customers_traces_any (self, record));
  g_assert_true (customers_traces_any (self, key));

  g_autoptr (TillLedgerEntry) entry = erase (self, "cust_07");
  for (guint closed = 0; closed < 2; closed++)
    {
      g_assert_false (customers_traces_any (self, record));
      g_assert_false (customers_traces_any (self, key));
      g_assert_true (customers_traces_any (self, other));
      customers_fixture_close (self);
      customers_fixture_open (self);
    }
}

/* Former copies go too: every change of a record leaves one in the log, and free pages behind. */
static void
test_no_former_traces (CustomersFixture *self, gconstpointer data)
{
  g_autoptr (GPtrArray) copies = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);
  g_autoptr (TillStore) store = NULL;

  add (self, "cust_ada", "4711");
  add (self, "cust_alan", "0815");
  for (guint i = 0; i < 5; i++)
    {
      g_autoptr (GError) error = NULL;

      g_ptr_array_add (copies,
                       customers_traces_read (self, "SELECT sealed FROM customers WHERE id = 'cust_ada'"));
      g_assert_true (customers_fixture_set_face_locked (self, "cust_ada", i % 2 == 0, &error));
      g_assert_no_error (error);
    }
  g_autoptr (TillLedgerEntry) entry = erase (self, "cust_ada");
  for (guint i = 0; i < copies->len; i++)
    g_assert_false (customers_traces_any (self, g_ptr_array_index (copies, i)));
}

/* Whoever wants to leave can, whatever became of the keyring. */
static void
test_locked (CustomersFixture *self, gconstpointer data)
{
  g_autoptr (GBytes) record = NULL;

  add (self, "cust_ada", "4711");
  add (self, "cust_alan", "4711");
  record = customers_traces_read (self, "SELECT sealed FROM customers WHERE id = 'cust_ada'");
  customers_fixture_close (self);
  self->locked = TRUE;
  customers_fixture_open (self);
  g_autoptr (TillLedgerEntry) entry = erase (self, "cust_ada");
  g_assert_false (customers_traces_any (self, record));

  customers_fixture_close (self);
  self->locked = FALSE;
  customers_fixture_open (self);
  g_autoptr (GPtrArray) everybody = customers_fixture_list (self, NULL);
  g_assert_cmpuint (everybody->len, ==, 1);
}

static void
append (CustomersFixture *self, const char *kind, const char *attempt, const char *customer)
{
  JsonObject *body = json_object_new ();
  g_autoptr (TillLedgerEntry) entry = NULL;
  g_autoptr (GError) error = NULL;

  if (customer != NULL)
    json_object_set_string_member (body, "customer", customer);
  else
    json_object_set_string_member (body, "status", "declined");
  entry = till_ledger_entry_new (kind, "sale_1", attempt, body);
  customers_fixture_append (self, entry, &error);
  g_assert_no_error (error);
}

/* What a charge under way still needs is not taken from it. */
static void
test_open_attempt (CustomersFixture *self, gconstpointer data)
{
  add (self, "cust_ada", "4711");
  add (self, "cust_alan", "4711");
  append (self, TILL_LEDGER_CHARGE_INTENT, "attempt_1", "cust_ada");
  assert_refused (self, "cust_ada", TILL_ERROR_REFUSED);
  g_autoptr (TillLedgerEntry) alan = erase (self, "cust_alan");
  g_autoptr (TillCustomer) ada = customers_fixture_get (self, "cust_ada", NULL);
  g_assert_nonnull (ada);

  append (self, TILL_LEDGER_CHARGE_END, "attempt_1", NULL);
  g_autoptr (TillLedgerEntry) entry = erase (self, "cust_ada");
}

/* Neither the books nor the records say what the other does not. */
static void
test_not_written (CustomersFixture *self, gconstpointer data)
{
  static const char *const faults[] = {
    "CREATE TRIGGER full BEFORE INSERT ON ledger BEGIN SELECT RAISE (ABORT, 'no room'); END",
    "CREATE TRIGGER full BEFORE DELETE ON customers BEGIN SELECT RAISE (ABORT, 'no room'); END",
    "CREATE TRIGGER full BEFORE DELETE ON record_keys BEGIN SELECT RAISE (ABORT, 'no room'); END",
  };

  add (self, "cust_ada", "4711");
  for (guint i = 0; i < G_N_ELEMENTS (faults); i++)
    {
      g_autoptr (GError) error = NULL;

      customers_fixture_tamper (self, faults[i]);
      g_assert_null (customers_fixture_erase (self, "cust_ada", NULL, &error));
      g_assert_nonnull (strstr (error->message, "no room"));
      customers_fixture_tamper (self, "DROP TRIGGER full");
      assert_ledger (self, "wording consent enrolment");
      g_assert_cmpuint (self->changes, ==, 1);
      g_autoptr (TillCustomer) ada = customers_fixture_get (self, "cust_ada", &error);
      g_assert_nonnull (ada);
    }
}

/* An old copy of both record and key, put back by somebody who has the file, stays shut and is named. */
static void
test_put_back (CustomersFixture *self, gconstpointer data)
{
  g_autoptr (TillCustomer) again = customers_somebody ("cust_ada", "Ada", "4711", 1);
  g_autoptr (GError) error = NULL;

  add (self, "cust_ada", "4711");
  add (self, "cust_alan", "0815");
  customers_fixture_tamper (self, "CREATE TABLE kept_records AS SELECT * FROM customers;"
                                  "CREATE TABLE kept_keys AS SELECT * FROM record_keys;");
  g_autoptr (TillLedgerEntry) first = erase (self, "cust_ada");
  g_assert_false (customers_fixture_add (self, again, &error));
  g_assert_error (error, TILL_ERROR, TILL_ERROR_EXISTS);
  g_clear_error (&error);
  customers_fixture_tamper (self, "INSERT INTO customers SELECT * FROM kept_records WHERE id = 'cust_ada';"
                                  "INSERT INTO record_keys SELECT * FROM kept_keys WHERE id = 'cust_ada';"
                                  "DROP TABLE kept_records; DROP TABLE kept_keys;");

  for (guint opened = 0; opened < 2; opened++)
    {
      g_assert_null (customers_fixture_find (self, "4711", &error));
      g_assert_error (error, TILL_ERROR, TILL_ERROR_CORRUPT);
      g_assert_nonnull (strstr (error->message, "cust_ada is back although it was erased"));
      g_clear_error (&error);
      g_assert_null (customers_fixture_get (self, "cust_ada", &error));
      g_assert_error (error, TILL_ERROR, TILL_ERROR_CORRUPT);
      g_clear_error (&error);
      g_assert_null (customers_fixture_list (self, &error));
      g_assert_error (error, TILL_ERROR, TILL_ERROR_CORRUPT);
      g_clear_error (&error);
      customers_fixture_close (self);
      customers_fixture_open (self);
    }
  g_autoptr (TillLedgerEntry) second = erase (self, "cust_ada");
  g_autoptr (GPtrArray) everybody = customers_fixture_list (self, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (everybody->len, ==, 1);
}

static void
on_result (GObject *source, GAsyncResult *result, gpointer user_data)
{
  *(GAsyncResult **) user_data = g_object_ref (result);
}

/* A try that failed, of whoever types @suffix. */
static void
miss (TillLockout *lockout, const char *suffix)
{
  g_autoptr (GAsyncResult) begun = NULL, ended = NULL;
  gboolean waits;

  till_lockout_begin_async (lockout, suffix, NULL, on_result, &begun);
  while (begun == NULL)
    g_main_context_iteration (NULL, TRUE);
  g_assert_true (till_lockout_begin_finish (lockout, begun, &waits, NULL));
  till_lockout_end_async (lockout, TILL_LOCKOUT_MISSED, NULL, on_result, &ended);
  while (ended == NULL)
    g_main_context_iteration (NULL, TRUE);
  g_assert_true (till_lockout_end_finish (lockout, ended, NULL));
}

static gint64
count_misses (CustomersFixture *self)
{
  return customers_traces_count (self, "SELECT count (*) FROM miss_counts WHERE key LIKE 'digits:%'");
}

/* The count of their digits' misses goes with the last customer who has these digits. */
static void
test_misses (CustomersFixture *self, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  TillLockout *lockout = till_lockout_new (self->store, self->vault, till_clock_system (), &error);

  g_assert_no_error (error);
  add (self, "cust_ada", "4711");
  add (self, "cust_alan", "4711");
  add (self, "cust_eve", "0815");
  miss (lockout, "4711");
  miss (lockout, "0815");
  g_assert_cmpint (count_misses (self), ==, 2);
  g_autoptr (TillLedgerEntry) ada = erase (self, "cust_ada");
  g_assert_cmpint (count_misses (self), ==, 2);
  g_autoptr (TillLedgerEntry) alan = erase (self, "cust_alan");
  g_assert_cmpint (count_misses (self), ==, 1);
  g_autoptr (TillLedgerEntry) eve = erase (self, "cust_eve");
  g_assert_cmpint (count_misses (self), ==, 0);
  g_assert_finalize_object (lockout);
}

/* The note that the file has to be written anew outlives the process, and goes once it is. */
static void
test_unfinished (CustomersFixture *self, gconstpointer data)
{
  g_autoptr (GBytes) key = NULL;

  add (self, "cust_ada", "4711");
  key = customers_traces_read (self, "SELECT wrapped FROM record_keys WHERE id = 'cust_ada'");
  /* What the first half of an erasure leaves, and a page that still has the old key, as if it were not zeroed. */
  customers_fixture_tamper (self, "CREATE TABLE rubbish AS SELECT wrapped FROM record_keys;"
                                  "INSERT INTO customers_going VALUES ('cust_ada');"
                                  "DELETE FROM customers; DELETE FROM record_keys;"
                                  "PRAGMA secure_delete = OFF; DROP TABLE rubbish;");
  g_assert_true (customers_traces_any (self, key));
  customers_fixture_close (self);
  customers_fixture_open (self);
  g_assert_false (customers_traces_any (self, key));
  g_assert_cmpint (customers_traces_count (self, "SELECT count (*) FROM customers_going"), ==, 0);
}

static void
limit_files (gboolean full)
{
  struct rlimit limit;

  g_assert_cmpint (getrlimit (RLIMIT_FSIZE, &limit), ==, 0);
  limit.rlim_cur = full ? 200000 : limit.rlim_max;
  g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &limit), ==, 0);
  signal (SIGXFSZ, full ? SIG_IGN : SIG_DFL);
}

/* No room to write the file anew: they are erased, whoever asked hears what is left to do, and the next start does it. */
static void
test_no_room (CustomersFixture *self, gconstpointer data)
{
  g_autoptr (GBytes) record = NULL, key = NULL;
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < 30; i++)
    {
      g_autofree char *id = g_strdup_printf ("cust_%02u", i);
      add (self, id, "4711");
    }
  record = customers_traces_read (self, "SELECT sealed FROM customers WHERE id = 'cust_07'");
  key = customers_traces_read (self, "SELECT wrapped FROM record_keys WHERE id = 'cust_07'");
  g_assert_true (till_store_compact (self->store, &error));
  limit_files (TRUE);
  g_assert_null (customers_fixture_erase (self, "cust_07", NULL, &error));
  limit_files (FALSE);
  g_assert_error (error, TILL_ERROR, TILL_ERROR_FAILED);
  g_assert_nonnull (strstr (error->message, "The record is erased"));
  g_clear_error (&error);

  g_autoptr (GPtrArray) rows = customers_fixture_ledger (self, TILL_LEDGER_ERASURE);
  g_assert_cmpuint (rows->len, ==, 1);
  g_assert_null (customers_fixture_get (self, "cust_07", &error));
  g_assert_error (error, TILL_ERROR, TILL_ERROR_NOT_FOUND);
  g_assert_cmpint (customers_traces_count (self, "SELECT count (*) FROM customers_going"), ==, 1);
  customers_fixture_close (self);
  customers_fixture_open (self);
  g_assert_false (customers_traces_any (self, record));
  g_assert_false (customers_traces_any (self, key));
  g_assert_cmpint (customers_traces_count (self, "SELECT count (*) FROM customers_going"), ==, 0);
}

/* A till that has been sealing with one key for all opens those records, and gives each its own when it next writes it. */
static void
test_of_former_till (CustomersFixture *self, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  add (self, "cust_ada", "4711");
  g_autoptr (TillCustomer) ada = customers_fixture_get (self, "cust_ada", &error);
  customers_traces_seal_as_formerly (self, ada);
  g_assert_cmpint (customers_traces_count (self, "SELECT count (*) FROM record_keys"), ==, 0);

  g_autoptr (TillCustomer) same = customers_fixture_get (self, "cust_ada", &error);
  g_assert_no_error (error);
  g_assert_true (customers_equal (same, ada));
  g_assert_true (customers_fixture_set_face_locked (self, "cust_ada", TRUE, &error));
  g_assert_cmpint (customers_traces_count (self, "SELECT count (*) FROM record_keys"), ==, 1);
  g_autoptr (TillCustomer) locked = customers_fixture_get (self, "cust_ada", &error);
  g_assert_no_error (error);
  g_assert_true (till_customer_is_face_locked (locked));
  g_autoptr (TillLedgerEntry) entry = erase (self, "cust_ada");
}

#define ADD(path, test)                                                                                      \
  g_test_add ("/customers/erase/" path, CustomersFixture, NULL, customers_fixture_set_up, test,              \
              customers_fixture_tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("erase", test_erase);
  ADD ("no-traces", test_no_traces);
  ADD ("no-former-traces", test_no_former_traces);
  ADD ("locked", test_locked);
  ADD ("open-attempt", test_open_attempt);
  ADD ("not-written", test_not_written);
  ADD ("put-back", test_put_back);
  ADD ("misses", test_misses);
  ADD ("unfinished", test_unfinished);
  ADD ("no-room", test_no_room);
  ADD ("of-former-till", test_of_former_till);
  return g_test_run ();
}
