/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Runs under with-keyring. When somebody was last here, and who goes for not having been. */
#include "../vault/set-clock.h"
#include "base/till-error.h"
#include "customers-fixture.h"
#include "customers-traces.h"

#include <string.h>

#define DAY_US (24 * G_TIME_SPAN_HOUR)
/* Of the customers of the fixture. */
#define ENROLLED_US  1795329660123456
#define ENROLLED_DAY (ENROLLED_US / DAY_US)

typedef struct
{
  CustomersFixture customers;
  SetClock *clock;
} Fixture;

static void
set_up (Fixture *self, gconstpointer data)
{
  customers_fixture_set_up (&self->customers, NULL);
  self->clock = set_clock_new ();
  set_clock_set_utc (self->clock, ENROLLED_US);
  till_customers_set_clock (self->customers.customers, TILL_CLOCK (self->clock));
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  customers_fixture_tear_down (&self->customers, NULL);
  g_assert_finalize_object (self->clock);
}

static void
reopen (Fixture *self, gboolean locked)
{
  customers_fixture_close (&self->customers);
  self->customers.locked = locked;
  customers_fixture_open (&self->customers);
  till_customers_set_clock (self->customers.customers, TILL_CLOCK (self->clock));
}

static void
add (Fixture *self, const char *id)
{
  g_autoptr (TillCustomer) plain = customers_somebody (id, id, "4711", 2);
  g_autoptr (GError) error = NULL;
  g_autoptr (TillCustomer) customer = till_customer_with_guardian (plain, "Lord Byron", &error);

  g_assert_true (customers_fixture_add (&self->customers, customer, &error));
  g_assert_no_error (error);
}

static void
visit (Fixture *self, const char *id, gint64 days)
{
  g_autoptr (GError) error = NULL;

  set_clock_set_utc (self->clock, ENROLLED_US + days * DAY_US);
  g_assert_true (customers_fixture_visit (&self->customers, id, &error));
  g_assert_no_error (error);
}

static gint64
last_visit_of (Fixture *self, const char *id)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (TillCustomer) customer = customers_fixture_get (&self->customers, id, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (till_customer_get_guardian (customer), ==, "Lord Byron");
  return till_customer_get_last_visit_day (customer) - ENROLLED_DAY;
}

/* Who was last here before that day, as "id:day id:day". */
static char *
expired (Fixture *self, gint64 days)
{
  g_autoptr (GPtrArray) visits = customers_fixture_list_expired (&self->customers, ENROLLED_DAY + days);
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < visits->len; i++)
    {
      const TillCustomerVisit *one = g_ptr_array_index (visits, i);
      g_string_append_printf (text, "%s%s:%d", i > 0 ? " " : "", one->id, (int) (one->day - ENROLLED_DAY));
    }
  return g_string_free (text, FALSE);
}

static void
assert_expired (Fixture *self, gint64 days, const char *who)
{
  g_autofree char *found = expired (self, days);

  g_assert_cmpstr (found, ==, who);
}

static void
test_visit (Fixture *self, gconstpointer data)
{
  add (self, "cust_ada");
  g_assert_cmpint (last_visit_of (self, "cust_ada"), ==, 0);
  visit (self, "cust_ada", 100);
  g_assert_cmpint (last_visit_of (self, "cust_ada"), ==, 100);
  g_assert_cmpuint (self->customers.changes, ==, 2);

  /* Once a day is enough. */
  visit (self, "cust_ada", 100);
  g_assert_cmpuint (self->customers.changes, ==, 2);
  reopen (self, FALSE);
  g_assert_cmpint (last_visit_of (self, "cust_ada"), ==, 100);

  /* A clock that had jumped ahead is put right by the next visit; one before the enrolment is no visit's. */
  visit (self, "cust_ada", 30000);
  visit (self, "cust_ada", 101);
  g_assert_cmpint (last_visit_of (self, "cust_ada"), ==, 101);
  visit (self, "cust_ada", -2000);
  g_assert_cmpint (last_visit_of (self, "cust_ada"), ==, 0);
}

/* Nothing else of the record changes with a visit, nor the visit with anything else. */
static void
test_beside_others (Fixture *self, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  add (self, "cust_ada");
  visit (self, "cust_ada", 7);
  g_assert_true (customers_fixture_set_face_locked (&self->customers, "cust_ada", TRUE, &error));
  g_assert_cmpint (last_visit_of (self, "cust_ada"), ==, 7);
  visit (self, "cust_ada", 8);
  g_autoptr (TillCustomer) ada = customers_fixture_get (&self->customers, "cust_ada", &error);
  g_assert_true (till_customer_is_face_locked (ada));
  g_assert_cmpstr (till_customer_get_suffix (ada), ==, "4711");
  g_assert_cmpint (till_customer_get_enrolled_us (ada), ==, ENROLLED_US);
}

static void
test_unknown (Fixture *self, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  g_assert_false (customers_fixture_visit (&self->customers, "cust_ada", &error));
  g_assert_error (error, TILL_ERROR, TILL_ERROR_NOT_FOUND);
  g_clear_error (&error);
  g_assert_null (customers_fixture_get (&self->customers, "cust_ada", &error));
  g_assert_error (error, TILL_ERROR, TILL_ERROR_NOT_FOUND);
  assert_expired (self, 100000, "");
}

/* The list needs no key: whoever has to go goes while the keyring is locked too. */
static void
test_expired (Fixture *self, gconstpointer data)
{
  add (self, "cust_ada");
  add (self, "cust_alan");
  add (self, "cust_eve");
  visit (self, "cust_alan", 40);
  visit (self, "cust_eve", 20);
  for (guint locked = 0; locked < 2; locked++)
    {
      assert_expired (self, 0, "");
      assert_expired (self, 1, "cust_ada:0");
      assert_expired (self, 40, "cust_ada:0 cust_eve:20");
      assert_expired (self, 41, "cust_ada:0 cust_eve:20 cust_alan:40");
      reopen (self, TRUE);
    }
  g_autoptr (GError) error = NULL;
  g_autoptr (TillLedgerEntry) entry = customers_fixture_erase (&self->customers, "cust_ada", NULL, &error);
  g_assert_no_error (error);
  assert_expired (self, 41, "cust_eve:20 cust_alan:40");
}

/* Whoever lengthens or shortens somebody's stay in the file is found out. */
static void
test_altered (Fixture *self, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  add (self, "cust_ada");
  customers_fixture_tamper (&self->customers, "UPDATE customers SET last_visit_day = last_visit_day + 400");
  g_assert_null (customers_fixture_get (&self->customers, "cust_ada", &error));
  g_assert_error (error, TILL_ERROR, TILL_ERROR_CORRUPT);
  g_assert_nonnull (strstr (error->message, "cust_ada"));
}

/* Beside a till that sells, somebody may look at who goes; nothing is written. */
static void
test_reading (Fixture *self, gconstpointer data)
{
  CustomersFixture *fixture = &self->customers;
  g_autoptr (GError) error = NULL;

  add (self, "cust_ada");
  customers_fixture_close (fixture);
  fixture->locked = TRUE;
  customers_fixture_open_reading (fixture);
  assert_expired (self, 1, "cust_ada:0");
  g_assert_null (customers_fixture_erase (fixture, "cust_ada", NULL, &error));
  g_assert_error (error, TILL_ERROR, TILL_ERROR_REFUSED);
  assert_expired (self, 1, "cust_ada:0");
}

/* What a till without this column has written gets the day of enrolment. */
static void
test_of_former_till (Fixture *self, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  add (self, "cust_ada");
  customers_fixture_tamper (&self->customers,
                            "DROP INDEX customers_last_visit_day; DROP TABLE customers_going;"
                            "ALTER TABLE customers DROP COLUMN last_visit_day;"
                            "UPDATE till_migration SET version = 1 WHERE room = 'customers';");
  reopen (self, FALSE);
  g_assert_cmpint (last_visit_of (self, "cust_ada"), ==, 0);
  assert_expired (self, 1, "cust_ada:0");
}

#define ADD(path, test) g_test_add ("/customers/visits/" path, Fixture, NULL, set_up, test, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("visit", test_visit);
  ADD ("beside-others", test_beside_others);
  ADD ("unknown", test_unknown);
  ADD ("expired", test_expired);
  ADD ("altered", test_altered);
  ADD ("reading", test_reading);
  ADD ("of-former-till", test_of_former_till);
  return g_test_run ();
}
