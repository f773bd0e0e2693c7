/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Runs under with-keyring. The shop's own rules: for whom a face is enough, and who may be enrolled. */
#define G_SETTINGS_ENABLE_BACKEND
#include "base/till-error.h"
#include "checkout/till-checkout-private.h"
#include "shop-fixture.h"
#include "shop/till-shop-discounts.h"
#include "shop/till-shop-policy.h"
#include "shop/till-shop-private.h"

#include <gio/gsettingsbackend.h>
#include <string.h>

/* Settings */

static void
test_amounts (void)
{
  static const char *const right[] = { "", "0", "100", "99.50", "0.01", "92233720368547758.07" };
  static const char *const wrong[]
      = { "1,50", "1.234", "-1", " 1", "1e3", "EUR 5", "much", "92233720368547758.08" };

  for (guint i = 0; i < G_N_ELEMENTS (right); i++)
    g_assert_true (till_shop_policy_check_amount (right[i], "EUR", NULL));
  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_false (till_shop_policy_check_amount (wrong[i], "EUR", &error));
      g_assert_error (error, TILL_ERROR, TILL_ERROR_INVALID);
      g_assert_nonnull (strstr (error->message, wrong[i]));
      g_assert_nonnull (strstr (error->message, "EUR"));
    }
  g_assert_true (till_shop_policy_check_amount ("500", "JPY", NULL));
  g_assert_false (till_shop_policy_check_amount ("500.00", "JPY", NULL));
  g_assert_true (till_shop_policy_check_amount ("1.250", "KWD", NULL));
}

static void
assert_policy (ShopFixture *fixture, gint64 second_smile_minor, gboolean pin)
{
  g_assert_cmpint (fixture->checkout->next_policy.second_smile_minor, ==, second_smile_minor);
  g_assert_cmpint (fixture->checkout->next_policy.pin, ==, pin);
}

/* From the setting to the checkout, at once; and what can't be read is the strictest rule, not none. */
static void
test_wired (ShopFixture *fixture, gconstpointer unused)
{
  GSettings *settings = till_profile_get_settings (fixture->profile);

  assert_policy (fixture, 10000, FALSE);
  g_settings_set_boolean (settings, "pin-allowed", TRUE);
  assert_policy (fixture, 10000, TRUE);
  g_settings_set_string (settings, "second-smile-from", "7.50");
  assert_policy (fixture, 750, TRUE);
  g_settings_set_string (settings, "second-smile-from", "0");
  assert_policy (fixture, 1, TRUE);
  g_settings_set_string (settings, "second-smile-from", "");
  assert_policy (fixture, 0, TRUE);
  g_test_expect_message ("till-shop", G_LOG_LEVEL_WARNING, "*the strictest is in force*7,50*");
  g_settings_set_string (settings, "second-smile-from", "7,50");
  g_test_assert_expected_messages ();
  assert_policy (fixture, 1, TRUE);
  g_assert_cmpuint (strlen (fixture->checkout->operating_point), ==, 64);
}

/* Each amount's setting says what it is for, and what would be right. */
static void
test_settings (ShopFixture *fixture, gconstpointer unused)
{
  static const char *const amounts[] = { "second-smile-from",     "pin-from",          "most-per-payment",
                                         "most-per-customer-day", "most-per-till-day", "threshold-from",
                                         "threshold-off",         "gift-amount",       "gift-daily-budget" };
  GSettings *settings = till_profile_get_settings (fixture->profile);

  for (guint i = 0; i < G_N_ELEMENTS (amounts); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_true (till_shop_policy_check_setting (settings, amounts[i], "", "EUR", &error));
      g_assert_true (till_shop_policy_check_setting (settings, amounts[i], "12.50", "EUR", &error));
      g_assert_no_error (error);
      g_assert_false (till_shop_policy_check_setting (settings, amounts[i], "12,50", "EUR", &error));
      g_assert_error (error, TILL_ERROR, TILL_ERROR_INVALID);
      g_assert_nonnull (strstr (error->message, "12,50"));
      g_clear_error (&error);
      g_assert_cmpint (till_shop_policy_check_setting (settings, amounts[i], "0", "EUR", &error), ==, i < 2);
    }
  g_assert_true (till_shop_policy_check_setting (settings, "shop-name", "12,50", "EUR", NULL));
}

static void
test_pairs (ShopFixture *fixture, gconstpointer unused)
{
  GSettings *settings = till_profile_get_settings (fixture->profile);
  TillMoney nothing = { 0, "EUR" };
  TillDiscountRules rules;

  g_settings_set_string (settings, "threshold-from", "50");
  g_assert_true (till_shop_policy_check_setting (settings, "threshold-off", "49.99", "EUR", NULL));
  g_assert_false (till_shop_policy_check_setting (settings, "threshold-off", "50", "EUR", NULL));
  g_settings_set_string (settings, "gift-amount", "2");
  g_assert_true (till_shop_policy_check_setting (settings, "gift-daily-budget", "2", "EUR", NULL));
  g_assert_false (till_shop_policy_check_setting (settings, "gift-daily-budget", "1.99", "EUR", NULL));

  /* Got in all the same, by another program: nothing is taken off. */
  g_settings_set_string (settings, "threshold-off", "50");
  g_assert_true (till_shop_discounts_read (settings, "EUR", &nothing, &rules, NULL));
  g_assert_cmpint (rules.threshold_off.minor, ==, 0);
}

/* Of the same schema, but nobody's (transfer full). */
static GSettings *
settings_apart (ShopFixture *fixture)
{
  g_autoptr (GSettingsBackend) memory = g_memory_settings_backend_new ();
  g_autoptr (GSettingsSchema) schema = NULL;

  g_object_get (till_profile_get_settings (fixture->profile), "settings-schema", &schema, NULL);
  return g_settings_new_full (schema, memory, NULL);
}

/* A limit that can't be read allows nothing, and a discount that can't be read takes nothing off. */
static void
test_fail_safe (ShopFixture *fixture, gconstpointer unused)
{
  g_autoptr (GSettings) settings = settings_apart (fixture);
  TillMoney given = { 300, "EUR" };
  TillCheckoutPolicy policy;
  TillDiscountRules rules;

  g_settings_set_boolean (settings, "face-allowed", FALSE);
  g_settings_set_string (settings, "most-per-payment", "50 EUR");
  g_settings_set_string (settings, "most-per-customer-day", "100");
  g_settings_set_string (settings, "most-per-till-day", "1e4");
  g_settings_set_string (settings, "pin-from", "x");
  g_settings_set_string (settings, "threshold-from", "much");
  g_settings_set_string (settings, "threshold-off", "1");
  g_settings_set_string (settings, "gift-amount", "2");
  g_settings_set_string (settings, "gift-daily-budget", "5");
  g_settings_set_int (settings, "gift-one-in", 4);
  g_settings_set_int (settings, "smile-discount", 500);

  g_autoptr (GError) error = NULL;
  g_assert_false (till_shop_policy_read (settings, "EUR", &policy, &error));
  g_assert_error (error, TILL_ERROR, TILL_ERROR_INVALID);
  g_assert_true (policy.face_off);
  g_assert_cmpint (policy.second_smile_minor, ==, 10000);
  g_assert_cmpint (policy.most_per_payment.minor, ==, 0);
  g_assert_cmpstr (policy.most_per_payment.currency, ==, "EUR");
  g_assert_cmpint (policy.most_per_customer_day.minor, ==, 10000);
  g_assert_cmpint (policy.most_per_till_day.minor, ==, 0);
  g_assert_cmpstr (policy.most_per_till_day.currency, ==, "EUR");
  g_assert_cmpint (policy.pin_from.minor, ==, 1);
  g_assert_cmpstr (policy.pin_from.currency, ==, "EUR");
  g_assert_cmpint (policy.smile_discount, ==, 500);

  g_clear_error (&error);
  g_assert_false (till_shop_discounts_read (settings, "EUR", &given, &rules, &error));
  g_assert_error (error, TILL_ERROR, TILL_ERROR_INVALID);
  g_assert_cmpint (rules.threshold_off.minor, ==, 0);
  g_assert_cmpint (rules.gift_budget_left.minor, ==, 200);
  g_assert_cmpuint (rules.gift_one_in, ==, 4);
  g_assert_cmpint (rules.smile_most_rate, ==, 500);
  /* Not known, or nothing left: no gifts. */
  till_shop_discounts_read (settings, "EUR", NULL, &rules, NULL);
  g_assert_cmpuint (rules.gift_one_in, ==, 0);
  given.minor = 500;
  till_shop_discounts_read (settings, "EUR", &given, &rules, NULL);
  g_assert_cmpuint (rules.gift_one_in, ==, 0);
}

/* Runs the main loop until the rules are those of the settings and of the gifts that were given. */
static void
wait_for_gifts (ShopFixture *fixture, gint64 budget_left)
{
  while (fixture->shop->counting_gifts || fixture->shop->rules.gift_budget_left.minor != budget_left)
    g_main_context_iteration (NULL, TRUE);
}

/* One in one is drawn, as long as the day's budget holds one; each is on its receipt. */
static void
test_gifts (ShopFixture *fixture, gconstpointer unused)
{
  GSettings *settings = till_profile_get_settings (fixture->profile);
  static const gint64 left[] = { 150, 50, 50 };

  g_settings_set_string (settings, "gift-daily-budget", "2.50");
  g_settings_set_string (settings, "gift-amount", "1.00");
  g_settings_set_int (settings, "gift-one-in", 1);
  wait_for_gifts (fixture, 250);
  for (guint i = 0; i < G_N_ELEMENTS (left); i++)
    {
      shop_fixture_ring_up (fixture);
      g_assert_true (till_checkout_open (fixture->checkout, till_shop_get_basket (fixture->shop), NULL));
      g_assert_true (till_checkout_choose_counter (fixture->checkout, TILL_TENDER_CASH, NULL));
      g_assert_true (till_checkout_take_tender (fixture->checkout, NULL, NULL));
      shop_fixture_wait (fixture, TILL_CHECKOUT_PAID);
      TillReceipt *receipt = till_checkout_get_receipt (fixture->checkout);
      g_assert_cmpuint (till_receipt_get_n_discounts (receipt), ==, i < 2);
      g_assert_cmpint (till_receipt_get_goods (receipt).minor - till_receipt_get_total (receipt)->minor, ==,
                       i < 2 ? 100 : 0);
      g_assert_true (till_checkout_dismiss (fixture->checkout, NULL));
      wait_for_gifts (fixture, left[i]);
    }
}

/* Enrolment */

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

static TillEnrolment *
enrolment_of (const char *photo)
{
  g_autofree char *path = g_build_filename (g_getenv ("SMILETILL_MODELS"), photo, NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (TillVision) vision = till_vision_new (g_getenv ("SMILETILL_MODELS"), 1, &error);
  g_assert_no_error (error);
  g_autoptr (TillFrame) frame = till_vision_read_photo (path, &error);
  g_assert_no_error (error);
  g_autoptr (TillFaces) faces = till_vision_analyse (vision, frame, TILL_ENROLMENT_WANTED, &error);
  g_assert_no_error (error);
  TillEnrolment *enrolment = till_enrolment_new ();

  g_assert_true (till_enrolment_offer_photo (enrolment, faces, &error));
  g_assert_no_error (error);
  return enrolment;
}

static TillCustomer *
enrol (ShopFixture *fixture, const TillShopApplicant *applicant, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  till_shop_enrol_applicant_async (fixture->shop, applicant, NULL, on_result, &result);
  return till_shop_enrol_finish (fixture->shop, wait_for (&result), error);
}

static void
assert_refused (ShopFixture *fixture, const TillShopApplicant *applicant, int code)
{
  g_autoptr (GError) error = NULL;
  guint consents = shop_fixture_count (fixture, TILL_LEDGER_CONSENT, NULL);

  g_assert_null (enrol (fixture, applicant, &error));
  g_assert_error (error, TILL_ERROR, code);
  g_assert_cmpuint (shop_fixture_count (fixture, TILL_LEDGER_CONSENT, NULL), ==, consents);
}

static void
set_manager_pin (ShopFixture *fixture, const char *pin)
{
  TillStaff *staff = till_shop_get_staff (fixture->shop);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  till_staff_set_pin_async (staff, TILL_STAFF_MANAGER, NULL, pin, NULL, on_result, &result);
  g_assert_true (till_staff_set_pin_finish (staff, wait_for (&result), &error));
  g_assert_no_error (error);
}

static gboolean
is_marked (ShopFixture *fixture, const char *suffix, const char *id)
{
  TillCustomers *customers = till_shop_get_customers (fixture->shop);
  g_autoptr (GAsyncResult) result = NULL;

  till_customers_find_async (customers, suffix, NULL, on_result, &result);
  g_autoptr (TillGallery) gallery = till_customers_find_finish (customers, wait_for (&result), NULL);
  return till_customer_is_look_alike (till_gallery_get_customer (gallery, id));
}

/* The same face again is refused until a manager gives their word and PIN; then both are marked, with a row that says so. */
static void
test_look_alike (ShopFixture *fixture, gconstpointer unused)
{
  g_autoptr (TillEnrolment) eileen = enrolment_of ("astronaut.png");
  g_autoptr (TillEnrolment) grace = enrolment_of ("grace_hopper.jpg");
  g_autoptr (GError) error = NULL;
  TillShopApplicant applicant
      = { .name = "Eileen", .suffix = "2222", .payer = "pm_card_visa", .enrolment = eileen, .pin = "8642" };
  g_autoptr (TillCustomer) first = enrol (fixture, &applicant, &error);
  g_assert_no_error (error);
  g_assert_nonnull (till_customer_get_pin (first));

  applicant.name = "Twin";
  applicant.suffix = "3333";
  applicant.pin = NULL;
  assert_refused (fixture, &applicant, TILL_ERROR_LOOK_ALIKE);
  applicant.manager_pin = "9753";
  assert_refused (fixture, &applicant, TILL_ERROR_NOT_FOUND);
  set_manager_pin (fixture, "9753");
  applicant.manager_pin = "9752";
  assert_refused (fixture, &applicant, TILL_ERROR_REFUSED);
  applicant.manager_pin = "9753";
  g_autoptr (TillCustomer) twin = enrol (fixture, &applicant, &error);
  g_assert_no_error (error);
  g_assert_true (is_marked (fixture, "2222", till_customer_get_id (first)));
  g_assert_true (is_marked (fixture, "3333", till_customer_get_id (twin)));

  g_autoptr (TillLedgerEntry) row = NULL;
  g_assert_cmpuint (shop_fixture_count (fixture, TILL_LEDGER_LOOK_ALIKE, &row), ==, 1);
  g_assert_cmpstr (json_object_get_string_member (row->body, "customer"), ==, till_customer_get_id (twin));
  g_assert_cmpstr (json_array_get_string_element (json_object_get_array_member (row->body, "look_alikes"), 0),
                   ==, till_customer_get_id (first));

  applicant
      = (TillShopApplicant){ .name = "Grace", .suffix = "2222", .payer = "pm_card_visa", .enrolment = grace };
  g_autoptr (TillCustomer) other = enrol (fixture, &applicant, &error);
  g_assert_no_error (error);
  g_assert_false (is_marked (fixture, "2222", till_customer_get_id (other)));
}

static void
test_trivial_pin (ShopFixture *fixture, gconstpointer unused)
{
  g_autoptr (TillEnrolment) eileen = enrolment_of ("astronaut.png");
  TillShopApplicant applicant
      = { .name = "Eileen", .suffix = "2580", .payer = "pm_card_visa", .enrolment = eileen, .pin = "1111" };

  assert_refused (fixture, &applicant, TILL_ERROR_REFUSED);
  applicant.pin = "2580";
  assert_refused (fixture, &applicant, TILL_ERROR_REFUSED);
  applicant.pin = "25o8";
  assert_refused (fixture, &applicant, TILL_ERROR_INVALID);
}

#define ADD(path, test)                                                                                      \
  g_test_add ("/shop/policy/" path, ShopFixture, NULL, shop_fixture_set_up, test, shop_fixture_tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/shop/policy/amounts", test_amounts);
  ADD ("wired", test_wired);
  ADD ("settings", test_settings);
  ADD ("pairs", test_pairs);
  ADD ("fail-safe", test_fail_safe);
  ADD ("gifts", test_gifts);
  ADD ("look-alike", test_look_alike);
  ADD ("trivial-pin", test_trivial_pin);
  return g_test_run ();
}
