/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Runs under with-keyring: erasure with its receipt, expiry and a clock that jumped, and all that is held given out. */
#include "../vault/set-clock.h"
#include "base/till-error.h"
#include "shop-keyring.h"
#include "shop/till-shop-erasure.h"
#include "shop/till-shop-export.h"
#include "shop/till-shop-private.h"

#include <string.h>

static const ShopGoods goods[] = { { "espresso", 1 } };

static TillErasure *
erase (ShopFixture *fixture, const char *id, const char *pin, GError **error)
{
  const TillShopProof proof = { .manager_pin = pin };
  GAsyncResult *kept = NULL;

  till_shop_erase_async (fixture->shop, id, &proof, NULL, shop_on_result, &kept);
  g_autoptr (GAsyncResult) result = shop_wait_for (&kept);
  return till_shop_erase_finish (fixture->shop, result, error);
}

static void
assert_refused (ShopFixture *fixture, const char *id, const char *pin, int code)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (erase (fixture, id, pin, &error));
  g_assert_error (error, TILL_ERROR, code);
}

static void
test_erased (ShopFixture *fixture, gconstpointer unused)
{
  g_autofree char *payer = shop_sales_enrol (fixture, "cust_ada", "4711", "pm_card_visa");
  g_autofree char *sale = shop_sales_face (fixture, "cust_ada", payer, goods, 1, NULL);
  g_autoptr (TillLedgerEntry) row = NULL;
  g_autoptr (GError) error = NULL;

  assert_refused (fixture, "cust_ada", SHOP_MANAGER_PIN, TILL_ERROR_NOT_FOUND);
  shop_sales_set_manager (fixture);
  assert_refused (fixture, "cust_ada", "1357", TILL_ERROR_REFUSED);
  assert_refused (fixture, "cust_ada", NULL, TILL_ERROR_REFUSED);
  assert_refused (fixture, "cust_eve", SHOP_MANAGER_PIN, TILL_ERROR_NOT_FOUND);
  g_assert_true (shop_sales_is_candidate (fixture, "cust_ada", "4711"));

  g_autoptr (TillErasure) erasure = erase (fixture, "cust_ada", SHOP_MANAGER_PIN, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (erasure->id, ==, "cust_ada");
  g_assert_cmpint (erasure->payer, ==, TILL_ERASURE_PAYER_GONE);
  g_assert_cmpuint (shop_fixture_count (fixture, TILL_LEDGER_ERASURE, &row), ==, 1);
  g_assert_cmpint (erasure->number, ==, row->seq);
  g_assert_cmpstr (json_object_get_string_member (row->body, "by"), ==, TILL_SHOP_BY_MANAGER);
  g_assert_cmpuint (shop_fixture_count (fixture, TILL_LEDGER_PAYER_REMOVED, NULL), ==, 1);
  g_autofree char *text = till_erasure_to_text (erasure);
  g_assert_nonnull (strstr (text, till_shop_get_name (fixture->shop)));
  g_assert_nonnull (strstr (text, "cust_ada"));
  g_assert_null (strstr (text, "4711"));
  g_assert_false (shop_sales_is_candidate (fixture, "cust_ada", "4711"));
  assert_refused (fixture, "cust_ada", SHOP_MANAGER_PIN, TILL_ERROR_NOT_FOUND);
}

/* While nobody knows whether they were charged, nobody is erased. */
static void
test_open_charge (ShopFixture *fixture, gconstpointer unused)
{
  g_autofree char *payer = shop_sales_enrol (fixture, "cust_ada", "4711", "pm_card_visa");
  g_autofree char *attempt = NULL;

  shop_sales_set_manager (fixture);
  g_autofree char *sale = shop_sales_unknown (fixture, "cust_ada", payer, goods, &attempt);
  assert_refused (fixture, "cust_ada", SHOP_MANAGER_PIN, TILL_ERROR_REFUSED);
  g_assert_cmpuint (shop_fixture_count (fixture, TILL_LEDGER_ERASURE, NULL), ==, 0);
  shop_sales_clear_faults (fixture);
  g_assert_cmpint (shop_sales_ask (fixture, attempt), ==, TILL_CHARGE_APPROVED);
  g_autoptr (TillErasure) erasure = erase (fixture, "cust_ada", SHOP_MANAGER_PIN, NULL);
  g_assert_nonnull (erasure);
}

/* Keys out of reach: a manager's word is enough, and the receipt says what could not be done. */
static void
test_erased_locked (ShopFixture *fixture, gconstpointer unused)
{
  g_autofree char *payer = shop_sales_enrol (fixture, "cust_ada", "4711", "pm_card_visa");
  g_autoptr (GError) error = NULL;

  shop_sales_set_manager (fixture);
  shop_keyring_close_shop (fixture);
  shop_keyring_lock ();
  shop_keyring_open_shop (fixture, NULL);
  g_autoptr (TillErasure) erasure = erase (fixture, "cust_ada", SHOP_MANAGER_PIN, &error);
  shop_keyring_unlock ();
  g_assert_no_error (error);
  g_assert_cmpint (erasure->payer, ==, TILL_ERASURE_PAYER_UNREAD);
}

/* Expiry */

static guint
count_expiring (ShopFixture *fixture, guint within)
{
  GAsyncResult *kept = NULL;
  g_autoptr (GError) error = NULL;

  till_shop_list_expiring_async (fixture->shop, within, NULL, shop_on_result, &kept);
  g_autoptr (GAsyncResult) result = shop_wait_for (&kept);
  g_autoptr (GPtrArray) list = till_shop_list_expiring_finish (fixture->shop, result, &error);
  g_assert_no_error (error);
  if (list->len > 0)
    g_assert_cmpstr (((TillExpiring *) g_ptr_array_index (list, 0))->name, ==, "cust_ada");
  return list->len;
}

static SetClock *
use_clock (ShopFixture *fixture)
{
  SetClock *clock = set_clock_new ();

  set_clock_set_utc (clock, g_get_real_time ());
  shop_keyring_close_shop (fixture);
  shop_keyring_open_shop (fixture, TILL_CLOCK (clock));
  return clock;
}

static void
look (ShopFixture *fixture)
{
  till_shop_start_expiry (fixture->shop);
  while (fixture->shop->expiring)
    g_main_context_iteration (NULL, TRUE);
}

static void
test_expired (ShopFixture *fixture, gconstpointer unused)
{
  g_autoptr (SetClock) clock = use_clock (fixture);
  g_autofree char *payer = shop_sales_enrol (fixture, "cust_ada", "4711", "pm_card_visa");
  g_autoptr (TillLedgerEntry) row = NULL;

  for (guint month = 0; month < 12; month++)
    {
      g_assert_cmpuint (count_expiring (fixture, 0), ==, 0);
      g_free (shop_sales_counter (fixture, TILL_TENDER_CASH, goods, 1));
      set_clock_advance (clock, 30 * G_TIME_SPAN_DAY);
      look (fixture);
    }
  g_assert_cmpuint (shop_fixture_count (fixture, TILL_LEDGER_ERASURE, NULL), ==, 0);
  g_assert_cmpuint (count_expiring (fixture, 30), ==, 1);
  set_clock_advance (clock, 6 * G_TIME_SPAN_DAY);
  look (fixture);
  g_assert_null (till_shop_get_expiry_doubt (fixture->shop));
  g_assert_cmpuint (shop_fixture_count (fixture, TILL_LEDGER_ERASURE, &row), ==, 1);
  g_assert_cmpstr (json_object_get_string_member (row->body, "why"), ==, "expiry");
  g_assert_cmpstr (json_object_get_string_member (row->body, "by"), ==, "till");
  g_assert_cmpuint (count_expiring (fixture, 30), ==, 0);
}

/* A clock that jumped erases nobody, also not once sales were made at its time and the till started again. */
static void
test_jumped (ShopFixture *fixture, gconstpointer unused)
{
  g_autoptr (SetClock) clock = use_clock (fixture);
  g_autofree char *payer = shop_sales_enrol (fixture, "cust_ada", "4711", "pm_card_visa");
  GAsyncResult *kept = NULL;
  g_autoptr (GError) error = NULL;

  shop_sales_set_manager (fixture);
  set_clock_advance (clock, 400 * G_TIME_SPAN_DAY);
  look (fixture);
  g_assert_nonnull (till_shop_get_expiry_doubt (fixture->shop));
  g_free (shop_sales_counter (fixture, TILL_TENDER_CASH, goods, 1));
  shop_keyring_close_shop (fixture);
  shop_keyring_open_shop (fixture, TILL_CLOCK (clock));
  look (fixture);
  g_assert_nonnull (till_shop_get_expiry_doubt (fixture->shop));
  g_assert_cmpuint (count_expiring (fixture, 0), ==, 1);
  g_assert_cmpuint (shop_fixture_count (fixture, TILL_LEDGER_ERASURE, NULL), ==, 0);

  till_shop_confirm_expiry_async (fixture->shop, SHOP_MANAGER_PIN, NULL, shop_on_result, &kept);
  g_autoptr (GAsyncResult) result = shop_wait_for (&kept);
  g_assert_cmpint (till_shop_confirm_expiry_finish (fixture->shop, result, &error), ==, 1);
  g_assert_no_error (error);
  g_assert_null (till_shop_get_expiry_doubt (fixture->shop));
  g_assert_cmpuint (count_expiring (fixture, 0), ==, 0);
}

/* Export */

static JsonObject *
root_of (JsonParser *parser, const char *json)
{
  g_autoptr (GError) error = NULL;

  json_parser_load_from_data (parser, json, -1, &error);
  g_assert_no_error (error);
  return json_node_get_object (json_parser_get_root (parser));
}

static guint
count_kind (JsonArray *rows, const char *kind)
{
  guint n = 0;

  for (guint i = 0; i < json_array_get_length (rows); i++)
    n += g_str_equal (json_object_get_string_member (json_array_get_object_element (rows, i), "kind"), kind);
  return n;
}

static void
test_exported (ShopFixture *fixture, gconstpointer unused)
{
  const TillShopProof proof = { .manager_pin = SHOP_MANAGER_PIN };
  g_autofree char *payer = shop_sales_enrol (fixture, "cust_ada", "4711", "pm_card_visa");
  g_autofree char *sale = shop_sales_face (fixture, "cust_ada", payer, goods, 1, NULL);
  g_autofree char *other = shop_sales_counter (fixture, TILL_TENDER_CASH, goods, 1);
  g_autoptr (JsonParser) parser = json_parser_new_immutable ();
  GAsyncResult *kept = NULL;
  g_autoptr (GError) error = NULL;

  shop_sales_set_manager (fixture);
  shop_sales_write_receipts (fixture);
  till_shop_export_async (fixture->shop, "cust_ada", &proof, NULL, shop_on_result, &kept);
  g_autoptr (GAsyncResult) result = shop_wait_for (&kept);
  g_autoptr (TillPersonExport) export = till_shop_export_finish (fixture->shop, result, &error);
  g_assert_no_error (error);

  g_autofree char *json = till_person_export_to_json (export);
  JsonObject *root = root_of (parser, json);
  JsonObject *details = json_object_get_object_member (root, "details");
  JsonArray *rows = json_object_get_array_member (root, "rows");
  JsonArray *consents = json_object_get_array_member (root, "consents");
  JsonArray *face = json_object_get_array_member (json_object_get_object_member (root, "face"), "templates");
  g_assert_cmpstr (json_object_get_string_member (details, "name"), ==, "cust_ada");
  g_assert_cmpstr (json_object_get_string_member (details, "phone_last_digits"), ==, "4711");
  g_assert_cmpstr (
      json_object_get_string_member (json_object_get_object_member (root, "payment_service"), "token"), ==,
      payer);
  g_assert_cmpuint (json_array_get_length (json_array_get_array_element (face, 0)), ==,
                    TILL_VISION_EMBEDDING);
  g_assert_cmpuint (json_array_get_length (consents), ==, 1);
  g_assert_cmpuint (
      strlen (json_object_get_string_member (json_array_get_object_element (consents, 0), "wording")), >,
      200);
  g_assert_cmpuint (count_kind (rows, TILL_LEDGER_ENROLMENT), ==, 1);
  g_assert_cmpuint (count_kind (rows, TILL_LEDGER_CHARGE_INTENT), ==, 1);
  g_assert_cmpuint (count_kind (rows, TILL_LEDGER_CHARGE_END), ==, 1);
  g_assert_cmpuint (count_kind (rows, TILL_LEDGER_RECEIPT), ==, 1);
  g_assert_cmpuint (count_kind (rows, TILL_LEDGER_EXPORT), ==, 1);
  g_assert_cmpuint (count_kind (rows, TILL_LEDGER_TENDER), ==, 0);
  g_assert_null (strstr (json, other));

  g_autofree char *html = till_person_export_to_html (export);
  g_assert_nonnull (strstr (html, "4711"));
  g_assert_nonnull (strstr (html, payer));
  g_assert_nonnull (strstr (html, sale));
  g_assert_null (strstr (html, "<script"));
  g_assert_null (strstr (html, "http"));
}

#define ADD(path, test)                                                                                      \
  g_test_add ("/shop/leaving/" path, ShopFixture, NULL, shop_fixture_set_up, test, shop_fixture_tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  ADD ("erased", test_erased);
  ADD ("open-charge", test_open_charge);
  ADD ("erased-locked", test_erased_locked);
  ADD ("expired", test_expired);
  ADD ("jumped", test_jumped);
  ADD ("exported", test_exported);
  return g_test_run ();
}
