/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Runs under with-keyring. */
#include "base/till-error.h"
#include "customers-fixture.h"
#include "customers/till-consent.h"

#include <string.h>

static void
add (CustomersFixture *self, TillCustomer *customer)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (customers_fixture_add (self, customer, &error));
  g_assert_no_error (error);
}

static void
assert_ledger (CustomersFixture *self, const char *kinds)
{
  g_autofree char *found = customers_fixture_ledger_kinds (self);

  g_assert_cmpstr (found, ==, kinds);
}

static void
assert_listed (CustomersFixture *self, guint n)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) everybody = customers_fixture_list (self, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (everybody->len, ==, n);
}

static void
test_add_and_find (CustomersFixture *self, gconstpointer data)
{
  g_autoptr (TillCustomer) ada = customers_somebody ("cust_ada", "Ada Lovelace", "4711", 5);
  g_autoptr (TillCustomer) alan = customers_somebody ("cust_alan", "Alan Turing", "0815", 1);
  gboolean any = TRUE;

  g_assert_true (till_customers_any (self->customers, &any, NULL));
  g_assert_false (any);
  add (self, ada);
  add (self, alan);
  g_assert_true (till_customers_any (self->customers, &any, NULL));
  g_assert_true (any);
  g_assert_cmpuint (self->changes, ==, 2);

  g_autoptr (TillGallery) gallery = customers_fixture_find (self, "4711", NULL);
  g_assert_cmpuint (till_gallery_get_n_customers (gallery), ==, 1);
  g_assert_true (customers_equal (till_gallery_get_customer (gallery, "cust_ada"), ada));
  g_assert_null (till_gallery_get_customer (gallery, "cust_alan"));

  g_autoptr (TillGallery) nobody = customers_fixture_find (self, "9999", NULL);
  g_assert_cmpuint (till_gallery_get_n_customers (nobody), ==, 0);
  assert_ledger (self, "wording consent enrolment consent enrolment");
}

static void
test_survives_reopening (CustomersFixture *self, gconstpointer data)
{
  g_autoptr (TillCustomer) ada = customers_somebody ("cust_ada", "Ada", "4711", 16);

  add (self, ada);
  customers_fixture_close (self);
  customers_fixture_open (self);
  g_autoptr (GPtrArray) everybody = customers_fixture_list (self, NULL);
  g_assert_cmpuint (everybody->len, ==, 1);
  g_assert_true (customers_equal (g_ptr_array_index (everybody, 0), ada));
}

static void
test_list_by_name (CustomersFixture *self, gconstpointer data)
{
  static const char *const names[] = { "Zoë", "Ada", "عائشة", "Bob'); DROP TABLE customers;--", "Ada" };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *id = g_strdup_printf ("cust_%u", i);
      g_autoptr (TillCustomer) customer = customers_somebody (id, names[i], "1234", 1);
      add (self, customer);
    }

  g_autoptr (GPtrArray) everybody = customers_fixture_list (self, NULL);
  g_assert_cmpuint (everybody->len, ==, G_N_ELEMENTS (names));
  g_assert_cmpstr (till_customer_get_id (g_ptr_array_index (everybody, 0)), ==, "cust_1");
  g_assert_cmpstr (till_customer_get_id (g_ptr_array_index (everybody, 1)), ==, "cust_4");
  g_assert_cmpstr (till_customer_get_name (g_ptr_array_index (everybody, 2)), ==, names[3]);

  g_autoptr (TillGallery) bucket = customers_fixture_find (self, "1234", NULL);
  g_assert_cmpuint (till_gallery_get_n_customers (bucket), ==, G_N_ELEMENTS (names));
}

/* Nothing of the person is on disk in clear, and the ledger says who, but never what they look like or are called. */
static void
test_nothing_in_clear (CustomersFixture *self, gconstpointer data)
{
  g_autoptr (TillCustomer) ada = customers_somebody ("cust_ada", "Augusta Ada Lovelace", "4711", 3);
  const char *name = till_customer_get_name (ada), *payer = till_customer_get_payer (ada);

  add (self, ada);
  for (guint closed = 0; closed < 2; closed++)
    {
      g_assert_true (customers_fixture_on_disk (self, "cust_ada", strlen ("cust_ada")));
      g_assert_false (customers_fixture_on_disk (self, name, strlen (name)));
      g_assert_false (customers_fixture_on_disk (self, payer, strlen (payer)));
      g_assert_false (customers_fixture_on_disk (self, "\"4711", 5));
      for (guint i = 0; i < till_customer_get_n_templates (ada); i++)
        g_assert_false (customers_fixture_on_disk (self, till_customer_get_template (ada, i) + 100, 16));
      customers_fixture_close (self);
      customers_fixture_open (self);
    }
}

static void
test_same_id_twice (CustomersFixture *self, gconstpointer data)
{
  g_autoptr (TillCustomer) ada = customers_somebody ("cust_ada", "Ada", "4711", 1);
  g_autoptr (TillCustomer) other = customers_somebody ("cust_ada", "Eve", "0000", 1);
  g_autoptr (GError) error = NULL;

  add (self, ada);
  g_assert_false (customers_fixture_add (self, other, &error));
  g_assert_error (error, TILL_ERROR, TILL_ERROR_EXISTS);
  assert_ledger (self, "wording consent enrolment");
  g_assert_cmpuint (self->changes, ==, 1);
}

static void
test_wrong_consent (CustomersFixture *self, gconstpointer data)
{
  g_autoptr (TillCustomer) ada = customers_somebody ("cust_ada", "Ada", "4711", 1);
  JsonObject *wrongs[] = {
    json_object_new (),
    customers_fixture_consent (self, TILL_CONSENT_ENROLMENT, "consent_other", "cust_ada"),
    customers_fixture_consent (self, TILL_CONSENT_ENROLMENT, "consent_cust_ada", "cust_eve"),
    customers_fixture_consent (self, TILL_CONSENT_ENROLMENT, "consent_cust_ada", NULL),
    customers_fixture_consent (self, TILL_CONSENT_PAYMENT, "consent_cust_ada", "cust_ada"),
    customers_fixture_consent (self, TILL_CONSENT_PASS, "consent_cust_ada", "cust_ada"),
  };

  for (guint i = 0; i < G_N_ELEMENTS (wrongs); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_false (customers_fixture_add_with (self, ada, wrongs[i], NULL, &error));
      g_assert_error (error, TILL_ERROR, TILL_ERROR_INVALID);
    }
  assert_ledger (self, "");
  assert_listed (self, 0);
}

typedef struct
{
  const char *what;
  const char *sql;
  const char *named;
} Tampering;

static const Tampering tamperings[] = {
  { "altered",
    "UPDATE customers SET sealed = CAST (substr (sealed, 1, 99) || CASE substr (sealed, 100, 1)"
    " WHEN x'00' THEN x'01' ELSE x'00' END || substr (sealed, 101) AS BLOB) WHERE id = 'cust_ada'",
    "cust_ada" },
  { "cut", "UPDATE customers SET sealed = substr (sealed, 1, 60) WHERE id = 'cust_ada'", "cust_ada" },
  { "emptied", "UPDATE customers SET sealed = x'' WHERE id = 'cust_ada'", "cust_ada" },
  { "moved to another id",
    "UPDATE customers SET sealed = (SELECT sealed FROM customers WHERE id = 'cust_eve')"
    " WHERE id = 'cust_ada'",
    "cust_ada" },
  { "moved to another id with its key",
    "UPDATE customers SET sealed = (SELECT sealed FROM customers WHERE id = 'cust_eve') WHERE id = "
    "'cust_ada';"
    "UPDATE record_keys SET wrapped = (SELECT wrapped FROM record_keys WHERE id = 'cust_eve')"
    " WHERE id = 'cust_ada'",
    "cust_ada" },
  { "renamed with its key",
    "UPDATE customers SET id = 'cust_new' WHERE id = 'cust_ada';"
    "UPDATE record_keys SET id = 'cust_new' WHERE id = 'cust_ada'",
    "cust_new" },
  { "key of another",
    "UPDATE record_keys SET wrapped = (SELECT wrapped FROM record_keys WHERE id = 'cust_eve')"
    " WHERE id = 'cust_ada'",
    "cust_ada" },
  { "key altered",
    "UPDATE record_keys SET wrapped = CAST (substr (wrapped, 1, 30) || CASE substr (wrapped, 31, 1)"
    " WHEN x'00' THEN x'01' ELSE x'00' END || substr (wrapped, 32) AS BLOB) WHERE id = 'cust_ada'",
    "cust_ada" },
  { "key taken away", "DELETE FROM record_keys WHERE id = 'cust_ada'", "cust_ada" },
  { "made to stay", "UPDATE customers SET last_visit_day = last_visit_day + 400 WHERE id = 'cust_ada'",
    "cust_ada" },
  { "renamed", "UPDATE customers SET id = 'cust_new' WHERE id = 'cust_ada'", "cust_new" },
  { "moved to another bucket",
    "UPDATE customers SET bucket = (SELECT bucket FROM customers WHERE id = 'cust_eve')"
    " WHERE id = 'cust_ada'",
    "cust_ada" },
  { "made younger", "UPDATE customers SET enrolled_us = enrolled_us + 1 WHERE id = 'cust_ada'", "cust_ada" },
};

/* Each is found and named, by listing and by finding; the others can be read again once it is erased. */
static void
test_tampering (CustomersFixture *self, gconstpointer data)
{
  const Tampering *tampering = data;
  g_autoptr (TillCustomer) ada = customers_somebody ("cust_ada", "Ada", "4711", 2);
  g_autoptr (TillCustomer) eve = customers_somebody ("cust_eve", "Eve", "6666", 2);
  g_autoptr (GError) error = NULL;

  customers_fixture_tear_down (self, NULL);
  self->changes = 0;
  customers_fixture_set_up (self, NULL);
  add (self, ada);
  add (self, eve);
  customers_fixture_tamper (self, tampering->sql);

  g_assert_null (customers_fixture_list (self, &error));
  g_assert_error (error, TILL_ERROR, TILL_ERROR_CORRUPT);
  g_assert_nonnull (strstr (error->message, tampering->named));
  g_clear_error (&error);

  g_autoptr (TillGallery) ada_bucket = customers_fixture_find (self, "4711", NULL);
  g_autoptr (TillGallery) eve_bucket = customers_fixture_find (self, "6666", NULL);
  g_assert_true (ada_bucket == NULL || till_gallery_get_n_customers (ada_bucket) == 0);
  g_assert_true (eve_bucket == NULL || till_gallery_get_n_customers (eve_bucket) == 1);

  g_autoptr (TillLedgerEntry) erasure = customers_fixture_erase (self, tampering->named, NULL, &error);
  g_assert_no_error (error);
  assert_listed (self, 1);
}

/* With another profile's master key nothing opens, and with the right one all of it still does. */
static void
test_other_key (CustomersFixture *self, gconstpointer data)
{
  g_autoptr (TillCustomer) ada = customers_somebody ("cust_ada", "Ada", "4711", 1);
  g_autoptr (GError) error = NULL;
  CustomersFixture other = { 0 };

  add (self, ada);
  customers_fixture_set_up (&other, NULL);
  customers_fixture_close (self);
  char *own = g_steal_pointer (&self->profile);
  self->profile = other.profile;
  customers_fixture_open (self);

  g_assert_error (self->vault_trouble, TILL_ERROR, TILL_ERROR_CORRUPT);
  g_assert_null (customers_fixture_list (self, &error));
  g_assert_error (error, TILL_ERROR, TILL_ERROR_LOCKED);
  customers_fixture_close (self);
  self->profile = own;
  customers_fixture_open (self);
  assert_listed (self, 1);
  customers_fixture_tear_down (&other, NULL);
}

static void
test_locked (CustomersFixture *self, gconstpointer data)
{
  g_autoptr (TillCustomer) ada = customers_somebody ("cust_ada", "Ada", "4711", 1);
  g_autoptr (GError) error = NULL;
  gboolean any = TRUE;

  g_assert_false (customers_fixture_add (self, ada, &error));
  g_assert_error (error, TILL_ERROR, TILL_ERROR_LOCKED);
  g_clear_error (&error);
  g_assert_null (customers_fixture_list (self, &error));
  g_assert_error (error, TILL_ERROR, TILL_ERROR_LOCKED);
  g_clear_error (&error);
  g_assert_null (customers_fixture_find (self, "4711", &error));
  g_assert_error (error, TILL_ERROR, TILL_ERROR_LOCKED);
  g_clear_error (&error);
  g_assert_null (customers_fixture_get (self, "cust_ada", &error));
  g_assert_error (error, TILL_ERROR, TILL_ERROR_LOCKED);
  g_clear_error (&error);
  g_assert_false (customers_fixture_visit (self, "cust_ada", &error));
  g_assert_error (error, TILL_ERROR, TILL_ERROR_LOCKED);
  g_assert_true (till_customers_any (self->customers, &any, NULL));
  g_assert_false (any);
  assert_ledger (self, "");
}

static void
test_wrong_suffix (CustomersFixture *self, gconstpointer data)
{
  static const char *const wrongs[] = { NULL, "", "471", "47111", "47 1", "abcd", "٤٧١١", "-471", "471\n" };

  for (guint i = 0; i < G_N_ELEMENTS (wrongs); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (customers_fixture_find (self, wrongs[i], &error));
      g_assert_error (error, TILL_ERROR, TILL_ERROR_INVALID);
    }
}

/* All or nothing: whichever can't be written, neither the books nor the records say anything. */
static void
test_not_written (CustomersFixture *self, gconstpointer data)
{
  static const char *const faults[] = {
    "CREATE TRIGGER full BEFORE INSERT ON customers BEGIN SELECT RAISE (ABORT, 'no room'); END",
    "CREATE TRIGGER full BEFORE INSERT ON record_keys BEGIN SELECT RAISE (ABORT, 'no room'); END",
    "CREATE TRIGGER full BEFORE INSERT ON ledger WHEN NEW.kind = 'enrolment'"
    " BEGIN SELECT RAISE (ABORT, 'no room'); END",
  };
  g_autoptr (TillCustomer) ada = customers_somebody ("cust_ada", "Ada", "4711", 1);

  for (guint i = 0; i < G_N_ELEMENTS (faults); i++)
    {
      g_autoptr (GError) error = NULL;

      customers_fixture_tamper (self, faults[i]);
      g_assert_false (customers_fixture_add (self, ada, &error));
      g_assert_nonnull (strstr (error->message, "no room"));
      customers_fixture_tamper (self, "DROP TRIGGER full");
      assert_ledger (self, "");
      assert_listed (self, 0);
      g_assert_cmpuint (self->changes, ==, 0);
    }
  add (self, ada);
}

static void
test_cancelled (CustomersFixture *self, gconstpointer data)
{
  g_autoptr (TillCustomer) ada = customers_somebody ("cust_ada", "Ada", "4711", 1);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;

  g_cancellable_cancel (cancellable);
  g_assert_false (customers_fixture_add_with (
      self, ada, customers_fixture_consent (self, TILL_CONSENT_ENROLMENT, "consent_cust_ada", "cust_ada"),
      cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  assert_ledger (self, "");
  assert_listed (self, 0);
}

static void
test_many (CustomersFixture *self, gconstpointer data)
{
  for (guint i = 0; i < 200; i++)
    {
      g_autofree char *id = g_strdup_printf ("cust_%03u", i);
      g_autofree char *suffix = g_strdup_printf ("%04u", i % 4);
      g_autoptr (TillCustomer) customer = customers_somebody (id, "Same Name", suffix, 3);
      add (self, customer);
    }
  assert_listed (self, 200);
  g_autoptr (TillGallery) bucket = customers_fixture_find (self, "0003", NULL);
  g_assert_cmpuint (till_gallery_get_n_customers (bucket), ==, 50);

  for (guint i = 3; i < 200; i += 4)
    {
      g_autofree char *id = g_strdup_printf ("cust_%03u", i);
      TillCustomer *customer = till_gallery_get_customer (bucket, id);
      TillMatch match;

      till_gallery_match (bucket, till_customer_get_template (customer, 2), &match);
      g_assert_cmpstr (match.customer, ==, id);
    }
}

#define ADD(path, locked, test)                                                                              \
  g_test_add ("/customers/" path, CustomersFixture, locked, customers_fixture_set_up, test,                  \
              customers_fixture_tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("add-and-find", NULL, test_add_and_find);
  ADD ("survives-reopening", NULL, test_survives_reopening);
  ADD ("list-by-name", NULL, test_list_by_name);
  ADD ("nothing-in-clear", NULL, test_nothing_in_clear);
  ADD ("same-id-twice", NULL, test_same_id_twice);
  ADD ("wrong-consent", NULL, test_wrong_consent);
  for (guint i = 0; i < G_N_ELEMENTS (tamperings); i++)
    {
      g_autofree char *path = g_strconcat ("/customers/tampering/", tamperings[i].what, NULL);
      g_test_add (path, CustomersFixture, &tamperings[i], customers_fixture_set_up, test_tampering,
                  customers_fixture_tear_down);
    }
  ADD ("other-key", NULL, test_other_key);
  ADD ("locked", "locked", test_locked);
  ADD ("wrong-suffix", NULL, test_wrong_suffix);
  ADD ("not-written", NULL, test_not_written);
  ADD ("cancelled", NULL, test_cancelled);
  ADD ("many", NULL, test_many);
  return g_test_run ();
}
