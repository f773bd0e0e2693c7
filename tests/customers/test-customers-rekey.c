/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Runs under with-keyring. Customers, their PINs, misses and consents after the keys were changed. */
#include "base/till-error.h"
#include "customers-fixture.h"
#include "customers-traces.h"
#include "customers/till-lockout.h"

#include <string.h>

static void
on_result (GObject *source, GAsyncResult *result, gpointer user_data)
{
  *(GAsyncResult **) user_data = g_object_ref (result);
}

static GAsyncResult *
wait_for (GAsyncResult **result)
{
  while (*result == NULL)
    g_main_context_iteration (NULL, TRUE);
  return *result;
}

static void
on_progress (TillVault *vault, double done, gpointer user_data)
{
  double *last = user_data;

  g_assert_cmpfloat (done, >=, *last);
  *last = done;
}

static gboolean
rotate (CustomersFixture *self, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;
  double done = 0;

  till_vault_rotate_async (self->vault, FALSE, till_customers_rekey, self->customers, NULL, on_progress,
                           &done, NULL, on_result, &result);
  if (!till_vault_rotate_finish (self->vault, wait_for (&result), error))
    return FALSE;
  while (done < 1)
    g_main_context_iteration (NULL, TRUE);
  return TRUE;
}

static TillCustomer *
add (CustomersFixture *self, const char *id, const char *suffix, const char *pin)
{
  g_autoptr (TillCustomer) plain = customers_somebody (id, id, suffix, 2);
  g_autoptr (GError) error = NULL;
  g_autofree char *hash = customers_fixture_hash_pin (self, suffix, pin, &error);
  TillCustomer *customer = till_customer_with_pin (plain, hash, &error);

  g_assert_true (customers_fixture_add (self, customer, &error));
  g_assert_no_error (error);
  return customer;
}

static void
assert_found (CustomersFixture *self, TillCustomer *customer, const char *pin)
{
  const char *suffix = till_customer_get_suffix (customer), *id = till_customer_get_id (customer);
  g_autoptr (GError) error = NULL;
  g_autoptr (TillGallery) by_digits = customers_fixture_find (self, suffix, &error);
  g_autoptr (TillGallery) by_pin = customers_fixture_find_by_pin (self, suffix, pin, &error);

  g_assert_no_error (error);
  g_assert_true (customers_equal (till_gallery_get_customer (by_digits, id), customer));
  g_assert_nonnull (till_gallery_get_customer (by_pin, id));
}

static char *
get_salt (const TillCustomer *customer)
{
  g_auto (GStrv) parts = g_strsplit (till_customer_get_pin (customer), "$", -1);

  return g_strdup (parts[4]);
}

static void
test_found (CustomersFixture *self, gconstpointer data)
{
  g_autoptr (TillCustomer) ada = add (self, "cust_ada", "4711", "8642");
  g_autoptr (GBytes) former
      = customers_traces_read (self, "SELECT CAST (bucket AS BLOB) FROM customers WHERE id = 'cust_ada'");
  g_autoptr (GError) error = NULL;

  g_assert_true (rotate (self, &error));
  g_assert_no_error (error);
  for (guint opened = 0; opened < 2; opened++)
    {
      assert_found (self, ada, "8642");
      customers_fixture_close (self);
      customers_fixture_open (self);
    }
  g_autoptr (GBytes) next
      = customers_traces_read (self, "SELECT CAST (bucket AS BLOB) FROM customers WHERE id = 'cust_ada'");
  g_assert_false (g_bytes_equal (former, next));
}

/* All PINs of the same digits have one salt, whichever look-up key it was made under; those of others have another. */
static void
test_salt (CustomersFixture *self, gconstpointer data)
{
  g_autoptr (TillCustomer) ada = add (self, "cust_ada", "4711", "8642");
  g_autofree char *ada_salt = get_salt (ada);
  g_autoptr (GError) error = NULL;

  g_assert_true (customers_fixture_set_face_locked (self, "cust_ada", TRUE, &error));
  g_assert_true (rotate (self, &error));
  g_autoptr (TillCustomer) alan = add (self, "cust_alan", "4711", "9753");
  g_autoptr (TillCustomer) eve = add (self, "cust_eve", "0815", "9753");
  g_autofree char *alan_salt = get_salt (alan);
  g_autofree char *eve_salt = get_salt (eve);
  g_assert_cmpstr (ada_salt, ==, alan_salt);
  g_assert_cmpstr (ada_salt, !=, eve_salt);
  assert_found (self, alan, "9753");
}

/* What is asked for while the keys are being changed gets its answer, whichever keys were in force when it was asked. */
static void
test_meanwhile (CustomersFixture *self, gconstpointer data)
{
  g_autoptr (TillCustomer) ada = add (self, "cust_ada", "4711", "8642");

  for (guint i = 0; i < 5; i++)
    {
      g_autoptr (GAsyncResult) rotated = NULL, found = NULL, by_pin = NULL, listed = NULL, got = NULL,
                               seen = NULL;
      g_autoptr (GError) error = NULL;

      till_vault_rotate_async (self->vault, FALSE, till_customers_rekey, self->customers, NULL, NULL, NULL,
                               NULL, on_result, &rotated);
      while (rotated == NULL)
        {
          g_clear_object (&found);
          g_clear_object (&by_pin);
          g_clear_object (&listed);
          g_clear_object (&got);
          g_clear_object (&seen);
          till_customers_find_async (self->customers, "4711", NULL, on_result, &found);
          till_customers_find_by_pin_async (self->customers, "4711", "8642", NULL, on_result, &by_pin);
          till_customers_list_async (self->customers, NULL, on_result, &listed);
          till_customers_get_async (self->customers, "cust_ada", NULL, on_result, &got);
          till_customers_visit_async (self->customers, "cust_ada", NULL, on_result, &seen);

          g_autoptr (TillGallery) gallery
              = till_customers_find_finish (self->customers, wait_for (&found), &error);
          g_assert_no_error (error);
          g_assert_cmpuint (till_gallery_get_n_customers (gallery), ==, 1);
          g_autoptr (TillGallery) pins
              = till_customers_find_by_pin_finish (self->customers, wait_for (&by_pin), &error);
          g_assert_no_error (error);
          g_assert_cmpuint (till_gallery_get_n_customers (pins), ==, 1);
          g_autoptr (GPtrArray) everybody
              = till_customers_list_finish (self->customers, wait_for (&listed), &error);
          g_assert_no_error (error);
          g_assert_cmpuint (everybody->len, ==, 1);
          g_autoptr (TillCustomer) one = till_customers_get_finish (self->customers, wait_for (&got), &error);
          g_assert_no_error (error);
          g_assert_true (till_customers_visit_finish (self->customers, wait_for (&seen), &error));
          g_assert_no_error (error);
        }
      g_assert_true (till_vault_rotate_finish (self->vault, rotated, &error));
    }
}

typedef struct
{
  CustomersFixture *fixture;
  GAsyncResult *added;
  GMutex mutex;
  GCond cond;
  gboolean asked;
} Newcomer;

static gpointer
do_nothing (sqlite3 *db, gpointer data, GError **error)
{
  return NULL;
}

/* The store has done all of it before this loop hears of any. */
static void
on_begun (TillVault *vault, double done, gpointer user_data)
{
  Newcomer *self = user_data;
  g_autoptr (TillCustomer) ada = customers_somebody ("cust_ada", "Ada", "4711", 2);

  if (self->asked)
    return;
  till_customers_add_async (self->fixture->customers, ada,
                            customers_fixture_consent (self->fixture, TILL_CONSENT_ENROLMENT,
                                                       till_customer_get_consent (ada), "cust_ada"),
                            NULL, on_result, &self->added);
  g_mutex_lock (&self->mutex);
  self->asked = TRUE;
  g_cond_signal (&self->cond);
  g_mutex_unlock (&self->mutex);
  till_store_run (self->fixture->store, do_nothing, NULL, NULL);
}

static gboolean
rekey_once_asked (sqlite3 *db, TillVaultChange *change, gpointer data, GError **error)
{
  Newcomer *self = data;

  till_vault_change_tell (change, 0, 1);
  g_mutex_lock (&self->mutex);
  while (!self->asked)
    g_cond_wait (&self->cond, &self->mutex);
  g_mutex_unlock (&self->mutex);
  return till_customers_rekey (db, change, self->fixture->customers, error);
}

/* Whoever is the first to be enrolled, and that while the keys are being changed, is found by their digits. */
static void
test_first (CustomersFixture *self, gconstpointer data)
{
  Newcomer newcomer = { .fixture = self };
  g_autoptr (GAsyncResult) rotated = NULL;
  g_autoptr (GError) error = NULL;

  g_mutex_init (&newcomer.mutex);
  g_cond_init (&newcomer.cond);
  till_vault_rotate_async (self->vault, FALSE, rekey_once_asked, &newcomer, NULL, on_begun, &newcomer, NULL,
                           on_result, &rotated);
  g_assert_true (till_vault_rotate_finish (self->vault, wait_for (&rotated), &error));
  g_assert_no_error (error);
  g_assert_true (till_customers_add_finish (self->customers, wait_for (&newcomer.added), &error));
  g_assert_no_error (error);
  g_autoptr (TillGallery) found = customers_fixture_find (self, "4711", &error);
  g_assert_no_error (error);
  g_assert_nonnull (till_gallery_get_customer (found, "cust_ada"));
  g_object_unref (newcomer.added);
  g_mutex_clear (&newcomer.mutex);
  g_cond_clear (&newcomer.cond);
}

static gboolean
try_and_miss (TillLockout *lockout, const char *suffix)
{
  g_autoptr (GAsyncResult) begun = NULL, ended = NULL;
  gboolean waits = FALSE;

  till_lockout_begin_async (lockout, suffix, NULL, on_result, &begun);
  g_assert_true (till_lockout_begin_finish (lockout, wait_for (&begun), &waits, NULL));
  till_lockout_end_async (lockout, TILL_LOCKOUT_MISSED, NULL, on_result, &ended);
  g_assert_true (till_lockout_end_finish (lockout, wait_for (&ended), NULL));
  return waits;
}

static gint64
count_misses (CustomersFixture *self)
{
  return customers_traces_count (self, "SELECT count (*) FROM miss_counts WHERE key LIKE 'digits:%'");
}

/* Whoever guesses at somebody's digits does not begin anew because the keys were changed. */
static void
test_misses (CustomersFixture *self, gconstpointer data)
{
  g_autoptr (TillCustomer) ada = add (self, "cust_ada", "4711", "8642");
  g_autoptr (TillCustomer) alan = add (self, "cust_alan", "4711", "9753");
  g_autoptr (TillCustomer) eve = add (self, "cust_eve", "0815", "9753");
  g_autoptr (GBytes) before = NULL, after = NULL;
  g_autoptr (GError) error = NULL;
  TillLockout *lockout = till_lockout_new (self->store, self->vault, till_clock_system (), &error);

  for (guint i = 0; i < 3; i++)
    g_assert_false (try_and_miss (lockout, "4711"));
  before = customers_traces_read (self, "SELECT CAST (miss_1_us || ' ' || miss_3_us AS BLOB) FROM miss_counts"
                                        " WHERE key LIKE 'digits:%'");
  g_assert_true (rotate (self, &error));
  g_assert_cmpint (count_misses (self), ==, 1);
  after = customers_traces_read (self, "SELECT CAST (miss_1_us || ' ' || miss_3_us AS BLOB) FROM miss_counts"
                                       " WHERE key LIKE 'digits:%'");
  g_assert_true (g_bytes_equal (before, after));
  try_and_miss (lockout, "4711");
  g_assert_cmpint (count_misses (self), ==, 1);
  g_assert_finalize_object (lockout);
}

/* What was agreed to before is signed by a key that the till still knows as its own. */
static void
test_consents (CustomersFixture *self, gconstpointer data)
{
  g_autoptr (JsonObject) before
      = customers_fixture_consent (self, TILL_CONSENT_PAYMENT, "consent_1", "cust_ada");
  g_autoptr (GError) error = NULL;

  g_assert_true (rotate (self, &error));
  g_autoptr (JsonObject) after
      = customers_fixture_consent (self, TILL_CONSENT_PAYMENT, "consent_2", "cust_ada");
  const char *former = json_object_get_string_member (before, "key");
  g_assert_cmpstr (former, !=, json_object_get_string_member (after, "key"));
  g_assert_true (till_consent_verify (before, NULL, &error));
  g_assert_true (till_consent_verify (after, NULL, &error));
  g_assert_true (till_vault_knows_public_key (self->vault, former));
  g_assert_true (till_vault_knows_public_key (self->vault, json_object_get_string_member (after, "key")));
}

/* A record that does not open is not left behind under a look-up key that nobody has any more. */
static void
test_damaged (CustomersFixture *self, gconstpointer data)
{
  g_autoptr (TillCustomer) ada = add (self, "cust_ada", "4711", "8642");
  g_autoptr (TillCustomer) alan = add (self, "cust_alan", "0815", "8642");
  g_autoptr (GError) error = NULL;

  customers_fixture_tamper (self,
                            "UPDATE customers SET sealed = substr (sealed, 1, 60) WHERE id = 'cust_ada'");
  g_assert_false (rotate (self, &error));
  g_assert_error (error, TILL_ERROR, TILL_ERROR_CORRUPT);
  g_assert_nonnull (strstr (error->message, "cust_ada"));
  g_clear_error (&error);
  assert_found (self, alan, "8642");

  g_autoptr (TillLedgerEntry) entry = customers_fixture_erase (self, "cust_ada", NULL, &error);
  g_assert_no_error (error);
  g_assert_true (rotate (self, &error));
  assert_found (self, alan, "8642");
}

#define ADD(path, test)                                                                                      \
  g_test_add ("/customers/rekey/" path, CustomersFixture, NULL, customers_fixture_set_up, test,              \
              customers_fixture_tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("found", test_found);
  ADD ("salt", test_salt);
  ADD ("meanwhile", test_meanwhile);
  ADD ("first", test_first);
  ADD ("misses", test_misses);
  ADD ("consents", test_consents);
  ADD ("damaged", test_damaged);
  return g_test_run ();
}
