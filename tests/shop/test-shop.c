/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/till-error.h"
#include "shop-fixture.h"

#include <glib/gstdio.h>

static void
use_clip (ShopFixture *fixture, const char *segment)
{
  g_autofree char *spec = g_strdup_printf ("clip:%s/franck.webm%s", g_getenv ("SMILETILL_MODELS"), segment);
  g_autoptr (GError) error = NULL;
  g_autoptr (TillCameraSource) source = till_camera_source_parse (spec, &error);

  g_assert_no_error (error);
  till_checkout_set_camera_source (fixture->checkout, source);
}

static void
open_sale (ShopFixture *fixture)
{
  g_autoptr (GError) error = NULL;

  shop_fixture_ring_up (fixture);
  till_checkout_open (fixture->checkout, till_shop_get_basket (fixture->shop), &error);
  g_assert_no_error (error);
}

/* As far as the camera being on and the digits asked for. */
static void
open_face (ShopFixture *fixture)
{
  g_autoptr (GError) error = NULL;

  use_clip (fixture, "@0-60");
  open_sale (fixture);
  till_checkout_choose_face (fixture->checkout, &error);
  g_assert_no_error (error);
  till_checkout_agree (fixture->checkout, &error);
  g_assert_no_error (error);
  g_assert_true (till_checkout_is_camera_on (fixture->checkout));
}

/* Profile */

static void
test_profile (void)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *dir = g_dir_make_tmp ("smiletill-profile-XXXXXX", NULL);
  g_autofree char *inner = g_build_filename (dir, "a", "b", NULL);
  g_autofree char *id_file = g_build_filename (inner, "profile-id", NULL);
  g_autofree char *settings_file = g_build_filename (inner, "settings.ini", NULL);
  g_autofree char *id = NULL;
  GStatBuf status;

  {
    g_autoptr (TillProfile) profile = till_profile_open (inner, &error);

    g_assert_no_error (error);
    id = g_strdup (till_profile_get_id (profile));
    g_settings_set_string (till_profile_get_settings (profile), "shop-name", "Zur Post");
    g_settings_sync ();
  }
  g_assert_cmpint (g_stat (inner, &status), ==, 0);
  g_assert_cmpint (status.st_mode & 0777, ==, 0700);
  g_assert_true (g_file_test (settings_file, G_FILE_TEST_EXISTS));
  {
    g_autoptr (TillProfile) again = till_profile_open (inner, &error);
    g_autofree char *name = g_settings_get_string (till_profile_get_settings (again), "shop-name");

    g_assert_cmpstr (till_profile_get_id (again), ==, id);
    g_assert_cmpstr (name, ==, "Zur Post");
  }

  g_assert_true (g_file_set_contents (id_file, "nonsense", -1, NULL));
  g_assert_null (till_profile_open (inner, &error));
  g_assert_error (error, TILL_ERROR, TILL_ERROR_CORRUPT);
  g_clear_error (&error);
  g_assert_null (till_profile_open (settings_file, &error));
  g_assert_error (error, TILL_ERROR, TILL_ERROR_FAILED);

  const char *words[] = { "rm", "-rf", dir, NULL };
  g_spawn_sync (NULL, (char **) words, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, NULL, NULL, NULL, NULL);
}

/* Counter */

static void
test_cash (ShopFixture *fixture, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (TillLedgerEntry) tender = NULL;
  TillMoney given;

  open_sale (fixture);
  TillMoney amount = *till_checkout_get_amount (fixture->checkout);
  till_checkout_choose_counter (fixture->checkout, TILL_TENDER_CASH, &error);
  g_assert_no_error (error);

  g_assert_true (till_money_init (&given, amount.minor - 1, amount.currency, NULL));
  g_assert_false (till_checkout_take_tender (fixture->checkout, &given, &error));
  g_assert_nonnull (error);
  g_clear_error (&error);
  g_assert_cmpint (till_checkout_get_state (fixture->checkout), ==, TILL_CHECKOUT_COUNTER);

  g_assert_true (till_money_init (&given, amount.minor + 740, amount.currency, NULL));
  g_assert_true (till_checkout_take_tender (fixture->checkout, &given, &error));
  shop_fixture_wait (fixture, TILL_CHECKOUT_PAID);
  g_assert_cmpint (till_receipt_get_tender (till_checkout_get_receipt (fixture->checkout))->change.minor, ==,
                   740);
  g_assert_cmpuint (shop_fixture_count (fixture, TILL_LEDGER_TENDER, &tender), ==, 1);
  g_assert_cmpint (json_object_get_int_member (tender->body, "amount"), ==, amount.minor);
  g_assert_cmpint (json_object_get_int_member (tender->body, "change"), ==, 740);
  g_assert_cmpuint (shop_fixture_count (fixture, TILL_LEDGER_RECEIPT, NULL), ==, 1);

  g_assert_true (till_checkout_dismiss (fixture->checkout, &error));
  g_assert_true (till_basket_is_empty (till_shop_get_basket (fixture->shop)));
  g_assert_null (till_checkout_get_sale (fixture->checkout));
  g_assert_cmpstr (fixture->states->str, ==, " ways counter recording paid idle");
  g_assert_cmpuint (fixture->camera_changes, ==, 0);
}

static void
test_card_is_exact (ShopFixture *fixture, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;
  TillMoney given;

  open_sale (fixture);
  till_checkout_choose_counter (fixture->checkout, TILL_TENDER_CARD, NULL);
  given = *till_checkout_get_amount (fixture->checkout);
  given.minor += 1;
  g_assert_false (till_checkout_take_tender (fixture->checkout, &given, &error));
  g_assert_error (error, TILL_ERROR, TILL_ERROR_INVALID);
  g_clear_error (&error);
  g_assert_true (till_checkout_take_tender (fixture->checkout, NULL, &error));
  shop_fixture_wait (fixture, TILL_CHECKOUT_PAID);
}

/* What can't be done now is refused and changes nothing. */
static void
test_refused (ShopFixture *fixture, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;

  g_assert_false (till_checkout_open (fixture->checkout, till_shop_get_basket (fixture->shop), &error));
  g_assert_error (error, TILL_ERROR, TILL_ERROR_INVALID);
  g_clear_error (&error);
  g_assert_false (till_checkout_agree (fixture->checkout, &error));
  g_assert_error (error, TILL_ERROR, TILL_ERROR_REFUSED);
  g_clear_error (&error);
  g_assert_false (till_checkout_choose_counter (fixture->checkout, "shells", &error));
  g_assert_error (error, TILL_ERROR, TILL_ERROR_INVALID);
  g_clear_error (&error);
  open_face (fixture);
  g_assert_false (till_checkout_type_digits (fixture->checkout, "12x4", &error));
  g_assert_error (error, TILL_ERROR, TILL_ERROR_INVALID);
  g_assert_cmpint (till_checkout_get_state (fixture->checkout), ==, TILL_CHECKOUT_DIGITS);
}

/* Face */

/* One step back, camera off, and the consent is on record even so. */
static void
test_cancel (ShopFixture *fixture, gconstpointer unused)
{
  g_autoptr (TillLedgerEntry) consent = NULL;

  open_face (fixture);
  g_assert_true (till_checkout_cancel (fixture->checkout, NULL));
  g_assert_cmpint (till_checkout_get_state (fixture->checkout), ==, TILL_CHECKOUT_WAYS);
  g_assert_false (till_checkout_is_camera_on (fixture->checkout));
  g_assert_cmpuint (fixture->camera_changes, ==, 2);
  g_assert_cmpuint (shop_fixture_count (fixture, TILL_LEDGER_CONSENT, &consent), ==, 1);
  g_assert_cmpint (json_object_get_int_member (consent->body, "max_minor"), ==,
                   till_checkout_get_amount (fixture->checkout)->minor);
}

/* More goods, another amount: the consent is void and the camera off. */
static void
test_basket_changed (ShopFixture *fixture, gconstpointer unused)
{
  open_face (fixture);
  gint64 before = till_checkout_get_amount (fixture->checkout)->minor;
  shop_fixture_ring_up (fixture);
  g_assert_cmpint (till_checkout_get_state (fixture->checkout), ==, TILL_CHECKOUT_WAYS);
  g_assert_false (till_checkout_is_camera_on (fixture->checkout));
  g_assert_cmpint (till_checkout_get_amount (fixture->checkout)->minor, ==, 2 * before);
  till_basket_clear (till_shop_get_basket (fixture->shop));
  g_assert_cmpint (till_checkout_get_state (fixture->checkout), ==, TILL_CHECKOUT_IDLE);
}

static void
test_time_out (ShopFixture *fixture, gconstpointer unused)
{
  till_checkout_set_timeout (fixture->checkout, TILL_CHECKOUT_DIGITS, 1);
  open_face (fixture);
  g_assert_cmpint (till_checkout_get_deadline_us (fixture->checkout), >, 0);
  shop_fixture_wait (fixture, TILL_CHECKOUT_WAYS);
  g_assert_cmpstr (till_checkout_get_reason (fixture->checkout), ==, "timed-out");
  g_assert_false (till_checkout_is_camera_on (fixture->checkout));
}

static void
test_no_camera (ShopFixture *fixture, gconstpointer unused)
{
  g_autoptr (TillCameraSource) source = till_camera_source_parse ("device:no-such-camera", NULL);

  open_sale (fixture);
  till_checkout_set_camera_source (fixture->checkout, source);
  g_assert_true (till_checkout_choose_face (fixture->checkout, NULL));
  g_assert_true (till_checkout_agree (fixture->checkout, NULL));
  shop_fixture_wait (fixture, TILL_CHECKOUT_NO_CAMERA);
  g_assert_true (till_checkout_choose_counter (fixture->checkout, TILL_TENDER_CASH, NULL));
  g_assert_true (till_checkout_take_tender (fixture->checkout, NULL, NULL));
  shop_fixture_wait (fixture, TILL_CHECKOUT_PAID);
}

/* Without a keyring nobody pays by face, everybody by cash, and the reason is there to be read. */
static void
test_no_keyring (ShopFixture *fixture, gconstpointer unused)
{
  const GError *trouble = till_shop_get_face_trouble (fixture->shop);

  g_assert_error (trouble, TILL_ERROR, TILL_ERROR_UNAVAILABLE);
  test_cash (fixture, NULL);
}

static gboolean
has_keyring (void)
{
  return g_getenv ("SMILETILL_TEST_NO_KEYRING") == NULL;
}

#define ADD(path, test)                                                                                      \
  g_test_add (path, ShopFixture, NULL, shop_fixture_set_up, test, shop_fixture_tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  if (!has_keyring ())
    {
      ADD ("/shop/no-keyring", test_no_keyring);
      return g_test_run ();
    }
  g_test_add_func ("/shop/profile", test_profile);
  ADD ("/shop/cash", test_cash);
  ADD ("/shop/card-is-exact", test_card_is_exact);
  ADD ("/shop/refused", test_refused);
  ADD ("/shop/cancel", test_cancel);
  ADD ("/shop/basket-changed", test_basket_changed);
  ADD ("/shop/time-out", test_time_out);
  ADD ("/shop/no-camera", test_no_camera);
  return g_test_run ();
}
