/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Runs under with-keyring. Customers whose face may not pay. */
#include "base/till-error.h"
#include "customers-fixture.h"

#include <string.h>

static TillCustomer *
add_with_pin (CustomersFixture *self, const char *id, const char *suffix)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (TillCustomer) plain = customers_somebody (id, id, suffix, 3);
  g_autofree char *pin = customers_fixture_hash_pin (self, suffix, "8642", &error);
  g_assert_no_error (error);
  TillCustomer *customer = till_customer_with_pin (plain, pin, &error);

  g_assert_no_error (error);
  g_assert_true (customers_fixture_add (self, customer, &error));
  g_assert_no_error (error);
  return customer;
}

/* As a checkout sees them: by digits, and by digits and PIN. */
static void
assert_candidate (CustomersFixture *self, const char *suffix, const char *id, gboolean is)
{
  g_autoptr (TillGallery) found = customers_fixture_find (self, suffix, NULL);
  g_autoptr (TillGallery) by_pin = customers_fixture_find_by_pin (self, suffix, "8642", NULL);

  g_assert_cmpint (till_gallery_get_customer (found, id) != NULL, ==, is);
  g_assert_cmpint (till_gallery_get_customer (by_pin, id) != NULL, ==, is);
}

static TillCustomer *
find_listed (CustomersFixture *self, const char *id)
{
  g_autoptr (GPtrArray) everybody = customers_fixture_list (self, NULL);

  for (guint i = 0; i < everybody->len; i++)
    if (g_str_equal (till_customer_get_id (everybody->pdata[i]), id))
      return till_customer_ref (everybody->pdata[i]);
  g_error ("%s is not enrolled", id);
}

/* No candidate from then on, across restarts, until it is undone; others of the same digits stay. */
static void
test_locked (CustomersFixture *self, gconstpointer data)
{
  g_autoptr (TillCustomer) ada = add_with_pin (self, "cust_ada", "4711");
  g_autoptr (TillCustomer) bob = add_with_pin (self, "cust_bob", "4711");
  g_autoptr (GError) error = NULL;
  guint changes = self->changes;

  assert_candidate (self, "4711", "cust_ada", TRUE);
  g_assert_true (customers_fixture_set_face_locked (self, "cust_ada", TRUE, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (self->changes, ==, changes + 1);
  for (guint reopened = 0; reopened < 2; reopened++)
    {
      assert_candidate (self, "4711", "cust_ada", FALSE);
      assert_candidate (self, "4711", "cust_bob", TRUE);
      g_autoptr (TillCustomer) listed = find_listed (self, "cust_ada");
      g_assert_true (till_customer_is_face_locked (listed));
      customers_fixture_close (self);
      customers_fixture_open (self);
    }

  g_assert_true (customers_fixture_set_face_locked (self, "cust_ada", TRUE, &error));
  assert_candidate (self, "4711", "cust_ada", FALSE);
  g_assert_true (customers_fixture_set_face_locked (self, "cust_ada", FALSE, &error));
  assert_candidate (self, "4711", "cust_ada", TRUE);
  g_autoptr (TillCustomer) back = find_listed (self, "cust_ada");
  g_assert_true (customers_equal (back, ada));
}

/* The mark lies under the seal: the file does not tell who is locked. */
static void
test_sealed (CustomersFixture *self, gconstpointer data)
{
  g_autoptr (TillCustomer) ada = add_with_pin (self, "cust_ada", "4711");

  g_assert_true (customers_fixture_set_face_locked (self, "cust_ada", TRUE, NULL));
  g_assert_false (customers_fixture_on_disk (self, "face-locked", strlen ("face-locked")));
}

/* Locked or not, the same face can't be enrolled a second time to get round it, and the record can be erased. */
static void
test_no_way_round (CustomersFixture *self, gconstpointer data)
{
  g_autoptr (TillCustomer) ada = add_with_pin (self, "cust_ada", "4711");
  g_autoptr (GError) error = NULL;
  g_autoptr (TillCustomer) again
      = till_customer_new ("cust_again", "Again", "0815", "cus_2", "consent_cust_again",
                           till_customer_get_mean (ada), 1, 1795329660123456, &error);
  g_assert_no_error (error);

  g_assert_true (customers_fixture_set_face_locked (self, "cust_ada", TRUE, &error));
  g_assert_false (customers_fixture_add (self, again, &error));
  g_assert_error (error, TILL_ERROR, TILL_ERROR_LOOK_ALIKE);
  g_clear_error (&error);
  g_autoptr (TillLedgerEntry) erasure = customers_fixture_erase (self, "cust_ada", NULL, &error);
  g_assert_no_error (error);
  g_assert_false (customers_fixture_set_face_locked (self, "cust_ada", FALSE, &error));
  g_assert_error (error, TILL_ERROR, TILL_ERROR_NOT_FOUND);
  g_assert_nonnull (strstr (error->message, "cust_ada"));
}

#define ADD(path, test)                                                                                      \
  g_test_add ("/customers/lock/" path, CustomersFixture, NULL, customers_fixture_set_up, test,               \
              customers_fixture_tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  ADD ("locked", test_locked);
  ADD ("sealed", test_sealed);
  ADD ("no-way-round", test_no_way_round);
  return g_test_run ();
}
