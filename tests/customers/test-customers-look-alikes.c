/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Runs under with-keyring. */
#include "base/till-error.h"
#include "customers-fixture.h"

#include <string.h>

/* Somebody whose template lies at @cosine to what probes of @whom are compared with. */
static TillCustomer *
somebody_like (const TillCustomer *whom, const char *id, const char *suffix, double cosine)
{
  g_autofree float *template = customers_template_near (till_customer_get_mean (whom), cosine);
  g_autofree char *consent = g_strconcat ("consent_", id, NULL);
  g_autoptr (GError) error = NULL;
  TillCustomer *customer
      = till_customer_new (id, id, suffix, "cus_1", consent, template, 1, 1795329660123456, &error);

  g_assert_no_error (error);
  return customer;
}

static void
add (CustomersFixture *self, TillCustomer *customer)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (customers_fixture_add (self, customer, &error));
  g_assert_no_error (error);
}

static void
assert_refused (CustomersFixture *self, TillCustomer *customer)
{
  g_autoptr (GError) error = NULL;

  g_assert_false (customers_fixture_add (self, customer, &error));
  g_assert_error (error, TILL_ERROR, TILL_ERROR_LOOK_ALIKE);
  /* Neither who it is, nor how close, nor what their digits are. */
  g_assert_null (strstr (error->message, "ada"));
  g_assert_null (strpbrk (error->message, "0123456789"));
}

static gboolean
is_marked (CustomersFixture *self, const char *id)
{
  g_autoptr (GPtrArray) everybody = customers_fixture_list (self, NULL);

  for (guint i = 0; i < everybody->len; i++)
    if (g_str_equal (till_customer_get_id (everybody->pdata[i]), id))
      return till_customer_is_look_alike (everybody->pdata[i]);
  g_error ("%s is not enrolled", id);
}

static void
assert_ledger (CustomersFixture *self, const char *kinds)
{
  g_autofree char *found = customers_fixture_ledger_kinds (self);

  g_assert_cmpstr (found, ==, kinds);
}

/* Other digits do not help: a look-alike who knows a customer's digits is the one to be feared. */
static void
test_refused (CustomersFixture *self, gconstpointer data)
{
  g_autoptr (TillCustomer) ada = customers_somebody ("ada", "Ada", "4711", 5);
  g_autoptr (TillCustomer) again = somebody_like (ada, "again", "4711", 0.9);
  g_autoptr (TillCustomer) twin = somebody_like (ada, "twin", "0815", TILL_CUSTOMERS_LOOK_ALIKE_SCORE + 0.01);
  g_autoptr (TillCustomer) other
      = somebody_like (ada, "other", "4711", TILL_CUSTOMERS_LOOK_ALIKE_SCORE - 0.01);

  add (self, ada);
  assert_refused (self, again);
  assert_refused (self, twin);
  assert_ledger (self, "wording consent enrolment");
  add (self, other);
  g_assert_false (is_marked (self, "ada"));
  g_assert_false (is_marked (self, "other"));
}

/* One template that is close is enough. */
static void
test_any_template (CustomersFixture *self, gconstpointer data)
{
  g_autoptr (TillCustomer) ada = customers_somebody ("ada", "Ada", "4711", 5);
  g_autofree float *templates = customers_random_templates (3);
  g_autofree float *near = customers_template_near (till_customer_get_mean (ada), 0.7);
  g_autoptr (GError) error = NULL;

  memcpy (templates + 2 * TILL_VISION_EMBEDDING, near, TILL_VISION_EMBEDDING * sizeof (float));
  g_autoptr (TillCustomer) twin
      = till_customer_new ("twin", "Twin", "0815", "cus_1", "consent_twin", templates, 3, 1, &error);
  g_assert_no_error (error);
  add (self, ada);
  assert_refused (self, twin);
}

static void
test_confirmed (CustomersFixture *self, gconstpointer data)
{
  g_autoptr (TillCustomer) ada = customers_somebody ("ada", "Ada", "4711", 2);
  g_autoptr (TillCustomer) alan = customers_somebody ("alan", "Alan", "4711", 2);
  g_autoptr (TillCustomer) twin = somebody_like (ada, "twin", "0815", 0.8);
  g_autoptr (GError) error = NULL;

  add (self, ada);
  add (self, alan);
  g_assert_true (customers_fixture_add_confirmed (self, twin, &error));
  g_assert_no_error (error);
  g_assert_true (is_marked (self, "ada"));
  g_assert_true (is_marked (self, "twin"));
  g_assert_false (is_marked (self, "alan"));
  assert_ledger (self, "wording consent enrolment consent enrolment consent look-alike enrolment");

  /* The mark lasts, and nothing else of the record is another. */
  customers_fixture_close (self);
  customers_fixture_open (self);
  g_autoptr (TillGallery) gallery = customers_fixture_find (self, "4711", &error);
  g_autoptr (TillCustomer) marked = till_customer_with_look_alike (ada, TRUE);
  g_assert_no_error (error);
  g_assert_true (customers_equal (till_gallery_get_customer (gallery, "ada"), marked));
}

/* A manager's word for one whom nobody looks like marks nobody. */
static void
test_confirmed_for_nothing (CustomersFixture *self, gconstpointer data)
{
  g_autoptr (TillCustomer) ada = customers_somebody ("ada", "Ada", "4711", 2);
  g_autoptr (TillCustomer) alan = customers_somebody ("alan", "Alan", "4711", 2);
  g_autoptr (GError) error = NULL;

  add (self, ada);
  g_assert_true (customers_fixture_add_confirmed (self, alan, &error));
  g_assert_no_error (error);
  g_assert_false (is_marked (self, "ada"));
  g_assert_false (is_marked (self, "alan"));
  assert_ledger (self, "wording consent enrolment consent enrolment");
}

static double
score_by_number (guint n_customers, gpointer user_data)
{
  *(guint *) user_data = n_customers;
  return 0.95;
}

static void
test_score (CustomersFixture *self, gconstpointer data)
{
  g_autoptr (TillCustomer) ada = customers_somebody ("ada", "Ada", "4711", 1);
  g_autoptr (TillCustomer) twin = somebody_like (ada, "twin", "0815", 0.9);
  g_autoptr (TillCustomer) again = somebody_like (ada, "again", "0815", 0.97);
  guint n = 0;

  till_customers_set_look_alike_score (self->customers, score_by_number, &n, NULL);
  add (self, ada);
  g_assert_cmpuint (n, ==, 0);
  add (self, twin);
  g_assert_cmpuint (n, ==, 1);
  assert_refused (self, again);
}

/* PINs */

static TillCustomer *
with_pin (CustomersFixture *self, const char *id, const char *suffix, const char *pin)
{
  g_autoptr (TillCustomer) plain = customers_somebody (id, id, suffix, 1);
  g_autoptr (GError) error = NULL;
  g_autofree char *hash = customers_fixture_hash_pin (self, suffix, pin, &error);
  g_assert_no_error (error);
  TillCustomer *customer = till_customer_with_pin (plain, hash, &error);

  g_assert_no_error (error);
  add (self, customer);
  return customer;
}

static void
assert_found (CustomersFixture *self, const char *suffix, const char *pin, const char *ids)
{
  static const char *const all[] = { "ada", "alan", "grace", "linus" };
  g_autoptr (GString) found = g_string_new (NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (TillGallery) gallery = customers_fixture_find_by_pin (self, suffix, pin, &error);

  g_assert_no_error (error);
  for (guint i = 0; i < G_N_ELEMENTS (all); i++)
    if (till_gallery_get_customer (gallery, all[i]) != NULL)
      g_string_append_printf (found, "%s%s", found->len > 0 ? " " : "", all[i]);
  g_assert_cmpstr (found->str, ==, ids);
}

static void
test_find_by_pin (CustomersFixture *self, gconstpointer data)
{
  g_autoptr (TillCustomer) ada = with_pin (self, "ada", "4711", "2580");
  g_autoptr (TillCustomer) alan = with_pin (self, "alan", "4711", "86420113");
  g_autoptr (TillCustomer) grace = with_pin (self, "grace", "0815", "2580");
  g_autoptr (TillCustomer) linus = customers_somebody ("linus", "Linus", "4711", 1);

  add (self, linus);
  assert_found (self, "4711", "2580", "ada");
  assert_found (self, "4711", "86420113", "alan");
  assert_found (self, "0815", "2580", "grace");
  assert_found (self, "4711", "8642", "");
  assert_found (self, "9999", "2580", "");

  /* One pass for all of the same digits, none shared with others. */
  gsize salt_end = strlen (till_customer_get_pin (ada)) - 43;
  g_assert_cmpint (strncmp (till_customer_get_pin (ada), till_customer_get_pin (alan), salt_end), ==, 0);
  g_assert_cmpint (strncmp (till_customer_get_pin (ada), till_customer_get_pin (grace), salt_end), !=, 0);
  g_assert_false (customers_fixture_on_disk (self, till_customer_get_pin (ada), salt_end));
}

static void
test_pin_refused (CustomersFixture *self, gconstpointer data)
{
  g_autoptr (GError) phone = NULL, trivial = NULL, malformed = NULL;

  g_assert_null (customers_fixture_hash_pin (self, "4711", "4711", &phone));
  g_assert_error (phone, TILL_ERROR, TILL_ERROR_REFUSED);
  g_assert_null (customers_fixture_hash_pin (self, "4711", "1234", &trivial));
  g_assert_error (trivial, TILL_ERROR, TILL_ERROR_REFUSED);
  g_assert_null (customers_fixture_find_by_pin (self, "4711", "12a4", &malformed));
  g_assert_error (malformed, TILL_ERROR, TILL_ERROR_INVALID);
}

#define ADD(path, function)                                                                                  \
  g_test_add ("/customers/" path, CustomersFixture, NULL, customers_fixture_set_up, function,                \
              customers_fixture_tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  ADD ("look-alikes/refused", test_refused);
  ADD ("look-alikes/any-template", test_any_template);
  ADD ("look-alikes/confirmed", test_confirmed);
  ADD ("look-alikes/confirmed-for-nothing", test_confirmed_for_nothing);
  ADD ("look-alikes/score", test_score);
  ADD ("pin/find", test_find_by_pin);
  ADD ("pin/refused", test_pin_refused);
  return g_test_run ();
}
