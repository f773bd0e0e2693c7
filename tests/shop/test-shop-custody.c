/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Runs under with-keyring: what becomes of the shop with its keys locked, lost, and changed. */
#include "base/till-error.h"
#include "shop-keyring.h"
#include "shop/till-shop-custody.h"
#include "shop/till-shop-private.h"

#include <signal.h>
#include <string.h>

#define OWNER_PIN "280364"
#define FOLDER    "SMILETILL_TEST_KEYS_FOLDER"
#define WHEN      "SMILETILL_TEST_KEYS_WHEN"

static void
assert_custody (ShopFixture *fixture, const char *state)
{
  g_assert_cmpstr (till_custody_state_to_string (till_shop_get_custody (fixture->shop)), ==, state);
}

static void
set_owner (ShopFixture *fixture)
{
  TillStaff *staff = till_shop_get_staff (fixture->shop);
  GAsyncResult *kept = NULL;
  g_autoptr (GError) error = NULL;

  till_staff_set_pin_async (staff, TILL_STAFF_OWNER, NULL, OWNER_PIN, NULL, shop_on_result, &kept);
  g_autoptr (GAsyncResult) result = shop_wait_for (&kept);
  g_assert_true (till_staff_set_pin_finish (staff, result, &error));
  g_assert_no_error (error);
}

static TillSecret *
make_phrase (ShopFixture *fixture, const char *pin, GError **error)
{
  GAsyncResult *kept = NULL;

  till_shop_make_recovery_async (fixture->shop, pin, NULL, shop_on_result, &kept);
  g_autoptr (GAsyncResult) result = shop_wait_for (&kept);
  return till_shop_make_recovery_finish (fixture->shop, result, error);
}

static gboolean
confirm_phrase (ShopFixture *fixture, const char *typed, GError **error)
{
  GAsyncResult *kept = NULL;

  till_shop_confirm_recovery_async (fixture->shop, typed, NULL, shop_on_result, &kept);
  g_autoptr (GAsyncResult) result = shop_wait_for (&kept);
  return till_shop_confirm_recovery_finish (fixture->shop, result, error);
}

static gboolean
recover (ShopFixture *fixture, const char *typed, GError **error)
{
  GAsyncResult *kept = NULL;

  till_shop_recover_async (fixture->shop, typed, NULL, shop_on_result, &kept);
  g_autoptr (GAsyncResult) result = shop_wait_for (&kept);
  return till_shop_recover_finish (fixture->shop, result, error);
}

static gboolean
retry (ShopFixture *fixture, GError **error)
{
  GAsyncResult *kept = NULL;

  till_shop_retry_async (fixture->shop, NULL, shop_on_result, &kept);
  g_autoptr (GAsyncResult) result = shop_wait_for (&kept);
  return till_shop_retry_finish (fixture->shop, result, error);
}

/* Locked at start: cash is taken, and everything opens without a restart once the keyring is unlocked. */
static void
test_locked (ShopFixture *fixture, gconstpointer unused)
{
  static const ShopGoods goods[] = { { "espresso", 1 } };
  g_autofree char *payer = shop_sales_enrol (fixture, "cust_ada", "4711", "pm_card_visa");
  g_autoptr (GError) error = NULL;

  assert_custody (fixture, "open");
  shop_keyring_close_shop (fixture);
  shop_keyring_lock ();
  shop_keyring_open_shop (fixture, NULL);
  assert_custody (fixture, "locked");
  g_assert_error (till_shop_get_face_trouble (fixture->shop), TILL_ERROR, TILL_ERROR_LOCKED);
  g_free (shop_sales_counter (fixture, TILL_TENDER_CASH, goods, 1));
  g_assert_false (retry (fixture, &error));
  g_assert_error (error, TILL_ERROR, TILL_ERROR_LOCKED);
  g_clear_error (&error);

  shop_keyring_unlock ();
  g_assert_true (retry (fixture, &error));
  g_assert_no_error (error);
  assert_custody (fixture, "open");
  g_assert_null (till_shop_get_face_trouble (fixture->shop));
  g_assert_nonnull (till_payment_get_provider (till_shop_get_payment (fixture->shop)));
  g_assert_true (shop_sales_is_candidate (fixture, "cust_ada", "4711"));
}

/* The keyring is lost and the phrase brings the key back; nothing else does. */
static void
test_recovered (ShopFixture *fixture, gconstpointer unused)
{
  g_autofree char *payer = shop_sales_enrol (fixture, "cust_ada", "4711", "pm_card_visa");
  g_autoptr (TillLedgerEntry) row = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_false (till_shop_has_recovery (fixture->shop));
  g_autoptr (TillSecret) other = make_phrase (fixture, NULL, &error);
  g_autoptr (TillSecret) phrase = make_phrase (fixture, NULL, &error);
  g_assert_no_error (error);
  g_assert_false (confirm_phrase (fixture, till_secret_get_data (other), &error));
  g_assert_error (error, TILL_ERROR, TILL_ERROR_REFUSED);
  g_clear_error (&error);
  g_assert_false (till_shop_has_recovery (fixture->shop));
  g_assert_true (confirm_phrase (fixture, till_secret_get_data (phrase), &error));
  g_assert_true (till_shop_has_recovery (fixture->shop));

  shop_keyring_close_shop (fixture);
  shop_keyring_drop (fixture, "master-key");
  shop_keyring_drop (fixture, "books-end");
  shop_keyring_open_shop (fixture, NULL);
  assert_custody (fixture, "key-lost");
  g_assert_false (recover (fixture, till_secret_get_data (other), &error));
  g_assert_error (error, TILL_ERROR, TILL_ERROR_REFUSED);
  g_clear_error (&error);
  assert_custody (fixture, "key-lost");
  g_assert_true (recover (fixture, till_secret_get_data (phrase), &error));
  g_assert_no_error (error);
  assert_custody (fixture, "open");
  g_assert_true (shop_sales_is_candidate (fixture, "cust_ada", "4711"));
  g_assert_cmpuint (shop_fixture_count (fixture, TILL_LEDGER_RECOVERY, &row), ==, 2);
  g_assert_cmpstr (json_object_get_string_member (row->body, "by"), ==, "phrase");
}

/* Once there is an owner, nobody else makes a phrase. */
static void
test_owner (ShopFixture *fixture, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;

  set_owner (fixture);
  g_assert_null (make_phrase (fixture, NULL, &error));
  g_assert_error (error, TILL_ERROR, TILL_ERROR_INVALID);
  g_clear_error (&error);
  g_assert_null (make_phrase (fixture, "999111", &error));
  g_assert_error (error, TILL_ERROR, TILL_ERROR_REFUSED);
  g_clear_error (&error);
  g_autoptr (TillSecret) phrase = make_phrase (fixture, OWNER_PIN, &error);
  g_assert_no_error (error);
  g_assert_nonnull (phrase);
}

/* Where there is a manager and no owner yet, a cashier makes none either, and the books say who did. */
static void
test_manager (ShopFixture *fixture, gconstpointer unused)
{
  g_autoptr (TillLedgerEntry) row = NULL;
  g_autoptr (GError) error = NULL;

  shop_sales_set_manager (fixture);
  g_assert_null (make_phrase (fixture, NULL, &error));
  g_assert_error (error, TILL_ERROR, TILL_ERROR_INVALID);
  g_clear_error (&error);
  g_autoptr (TillSecret) phrase = make_phrase (fixture, SHOP_MANAGER_PIN, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (shop_fixture_count (fixture, TILL_LEDGER_RECOVERY, NULL), ==, 0);
  g_assert_true (confirm_phrase (fixture, till_secret_get_data (phrase), &error));
  g_assert_no_error (error);
  g_assert_cmpuint (shop_fixture_count (fixture, TILL_LEDGER_RECOVERY, &row), ==, 1);
  g_assert_cmpstr (json_object_get_string_member (row->body, "what"), ==, "phrase");
  g_assert_cmpstr (json_object_get_string_member (row->body, "by"), ==, "manager");
}

/* The sandbox dies and is started again without anybody doing anything. */
static void
test_sandbox (ShopFixture *fixture, gconstpointer unused)
{
  TillPayment *payment = till_shop_get_payment (fixture->shop);
  g_autofree char *key = till_profile_get_path (fixture->profile, "sandbox");

  till_sandbox_process_stop (fixture->shop->sandbox);
  g_signal_emit_by_name (fixture->shop->sandbox, "ended");
  g_assert_null (till_payment_get_provider (payment));
  while (till_payment_get_provider (payment) == NULL)
    g_main_context_iteration (NULL, TRUE);
  while (till_shop_get_face_trouble (fixture->shop) != NULL)
    g_main_context_iteration (NULL, TRUE);
  g_free (shop_sales_enrol (fixture, "cust_eve", "0815", "pm_card_visa"));
}

/* Change of keys */

static void
on_progress (double done, gpointer user_data)
{
  const char *when = g_getenv (WHEN);

  if (g_strcmp0 (when, "begun") == 0 || (g_strcmp0 (when, "written") == 0 && done >= 0.9))
    raise (SIGKILL);
}

static gboolean
rotate (ShopFixture *fixture, GError **error)
{
  GAsyncResult *kept = NULL;

  till_shop_rotate_keys_async (fixture->shop, OWNER_PIN, FALSE, on_progress, NULL, NULL, shop_on_result,
                               &kept);
  g_autoptr (GAsyncResult) result = shop_wait_for (&kept);
  return till_shop_rotate_keys_finish (fixture->shop, result, error);
}

static void
die_at_row (sqlite3_context *context, int n_arguments, sqlite3_value **arguments)
{
  raise (SIGKILL);
}

static gpointer
plant_death (sqlite3 *db, gpointer kind, GError **error)
{
  g_autofree char *trigger
      = g_strdup_printf ("CREATE TEMP TRIGGER death BEFORE INSERT ON main.ledger WHEN NEW.kind = "
                         "'%s' BEGIN SELECT die (); END",
                         (const char *) kind);

  sqlite3_create_function (db, "die", 0, SQLITE_UTF8, NULL, die_at_row, NULL, NULL);
  g_assert_cmpint (sqlite3_exec (db, trigger, NULL, NULL, NULL), ==, SQLITE_OK);
  return NULL;
}

static void
test_dying (void)
{
  ShopFixture fixture = { .dir = g_strdup (g_getenv (FOLDER)) };
  const char *when = g_getenv (WHEN);
  g_autoptr (GError) error = NULL;

  fixture.profile = till_profile_open (fixture.dir, &error);
  g_assert_no_error (error);
  shop_keyring_open_shop (&fixture, NULL);
  if (g_str_equal (when, TILL_LEDGER_KEY_CHANGE) || g_str_equal (when, TILL_LEDGER_TILL_KEY))
    till_store_run (fixture.shop->store, plant_death, (gpointer) when, &error);
  g_assert_no_error (error);
  rotate (&fixture, &error);
  g_assert_no_error (error);
  while (TRUE)
    g_main_context_iteration (NULL, TRUE);
}

/* Killed on the way, the next start has all of the old keys or all of the new, and knows everybody. */
static void
test_rotated_killed (ShopFixture *fixture, gconstpointer when)
{
  g_autofree char *payer = shop_sales_enrol (fixture, "cust_ada", "4711", "pm_card_visa");
  g_autoptr (GError) error = NULL;

  set_owner (fixture);
  shop_keyring_close_shop (fixture);
  g_setenv (FOLDER, fixture->dir, TRUE);
  g_setenv (WHEN, when, TRUE);
  g_test_trap_subprocess ("/shop/custody/subprocess/dying", 0, G_TEST_SUBPROCESS_INHERIT_STDERR);
  g_assert_false (g_test_trap_has_passed ());
  g_unsetenv (WHEN);

  shop_keyring_open_shop (fixture, NULL);
  assert_custody (fixture, "open");
  g_assert_true (shop_sales_is_candidate (fixture, "cust_ada", "4711"));
  g_assert_true (rotate (fixture, &error));
  g_assert_no_error (error);
  g_assert_true (shop_sales_is_candidate (fixture, "cust_ada", "4711"));
  g_assert_cmpuint (shop_fixture_count (fixture, TILL_LEDGER_KEY_CHANGE, NULL), >=, 1);
}

static void
test_rotated (ShopFixture *fixture, gconstpointer unused)
{
  g_autofree char *payer = shop_sales_enrol (fixture, "cust_ada", "4711", "pm_card_visa");
  g_autofree char *before = g_strdup (till_vault_get_public_key (fixture->shop->vault));
  g_autoptr (GError) error = NULL;

  g_assert_false (rotate (fixture, &error));
  g_assert_error (error, TILL_ERROR, TILL_ERROR_NOT_FOUND);
  g_clear_error (&error);
  set_owner (fixture);
  shop_fixture_ring_up (fixture);
  g_assert_true (till_checkout_open (fixture->checkout, till_shop_get_basket (fixture->shop), NULL));
  g_assert_false (rotate (fixture, &error));
  g_assert_error (error, TILL_ERROR, TILL_ERROR_REFUSED);
  g_clear_error (&error);
  g_assert_true (till_checkout_cancel (fixture->checkout, NULL));

  g_assert_true (rotate (fixture, &error));
  g_assert_no_error (error);
  g_assert_cmpstr (till_vault_get_public_key (fixture->shop->vault), !=, before);
  while (shop_fixture_count (fixture, TILL_LEDGER_TILL_KEY, NULL) < 2)
    g_main_context_iteration (NULL, FALSE);
  g_assert_true (shop_sales_is_candidate (fixture, "cust_ada", "4711"));
}

#define ADD(path, data, test)                                                                                \
  g_test_add ("/shop/custody/" path, ShopFixture, data, shop_fixture_set_up, test, shop_fixture_tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/shop/custody/subprocess/dying", test_dying);
  ADD ("locked", NULL, test_locked);
  ADD ("recovered", NULL, test_recovered);
  ADD ("owner", NULL, test_owner);
  ADD ("manager", NULL, test_manager);
  ADD ("sandbox", NULL, test_sandbox);
  ADD ("rotated", NULL, test_rotated);
  ADD ("rotated/begun", "begun", test_rotated_killed);
  ADD ("rotated/written", "written", test_rotated_killed);
  ADD ("rotated/key-change", TILL_LEDGER_KEY_CHANGE, test_rotated_killed);
  ADD ("rotated/till-key", TILL_LEDGER_TILL_KEY, test_rotated_killed);
  return g_test_run ();
}
