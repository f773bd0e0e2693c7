/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Runs under with-keyring. Payments of which nobody knows the end, until somebody does. */
#include "base/till-error.h"
#include "shop-sales.h"
#include "shop/till-shop-private.h"
#include "shop/till-shop-unresolved.h"

#define WATCHDOG_SECONDS 120

static const ShopGoods bread[] = { { "rye-bread", 1 } };

/* By a manager's word, once nobody can say; and never while the provider can. */
static void
test_settle (ShopFixture *fixture, gconstpointer unused)
{
  g_autofree char *first = NULL, *second = NULL;
  g_autoptr (GError) error = NULL;

  shop_sales_set_manager (fixture);
  g_autofree char *payer = shop_sales_enrol (fixture, "cust_ada", "4711", "pm_card_visa");
  g_autofree char *by_hand = shop_sales_unknown (fixture, "cust_ada", payer, bread, &first);
  const struct
  {
    const char *evidence, *pin;
    int code;
  } wrongs[] = {
    { "seen on the provider's page", "1357", TILL_ERROR_REFUSED },
    { "seen", SHOP_MANAGER_PIN, TILL_ERROR_INVALID },
  };
  for (guint i = 0; i < G_N_ELEMENTS (wrongs); i++)
    {
      GAsyncResult *kept = NULL;

      till_shop_settle_attempt_async (fixture->shop, first, TRUE, wrongs[i].evidence, wrongs[i].pin, NULL,
                                      shop_on_result, &kept);
      g_autoptr (GAsyncResult) result = shop_wait_for (&kept);
      g_assert_null (till_shop_settle_attempt_finish (fixture->shop, result, &error));
      g_assert_error (error, TILL_ERROR, wrongs[i].code);
      g_clear_error (&error);
    }

  GAsyncResult *kept = NULL;
  till_shop_settle_attempt_async (fixture->shop, first, TRUE, "seen on the provider's page", SHOP_MANAGER_PIN,
                                  NULL, shop_on_result, &kept);
  g_autoptr (GAsyncResult) result = shop_wait_for (&kept);
  g_autoptr (TillLedgerEntry) end = till_shop_settle_attempt_finish (fixture->shop, result, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (json_object_get_string_member (end->body, "code"), ==, "settled-by-hand");
  g_autoptr (GPtrArray) rows = shop_sales_rows (fixture, by_hand);
  g_assert_cmpstr (((TillLedgerEntry *) g_ptr_array_index (rows, rows->len - 1))->kind, ==,
                   TILL_LEDGER_RECEIPT);

  g_autofree char *known = shop_sales_unknown (fixture, "cust_ada", payer, bread, &second);
  shop_sales_clear_faults (fixture);
  till_shop_settle_attempt_async (fixture->shop, second, FALSE, "nobody has heard of it", SHOP_MANAGER_PIN,
                                  NULL, shop_on_result, &kept);
  g_autoptr (GAsyncResult) answered = shop_wait_for (&kept);
  g_assert_null (till_shop_settle_attempt_finish (fixture->shop, answered, &error));
  g_assert_error (error, TILL_ERROR, TILL_ERROR_REFUSED);
  g_autoptr (GPtrArray) unresolved = shop_sales_list_unresolved (fixture);
  g_assert_cmpuint (unresolved->len, ==, 0);
}

/* Money that turns out taken goes back, and the sale has no receipt. */
static void
test_reverse (ShopFixture *fixture, gconstpointer unused)
{
  g_autofree char *attempt = NULL;
  GAsyncResult *kept = NULL;
  g_autoptr (GError) error = NULL;

  g_autofree char *payer = shop_sales_enrol (fixture, "cust_ada", "4711", "pm_card_visa");
  g_autofree char *sale = shop_sales_unknown (fixture, "cust_ada", payer, bread, &attempt);
  shop_sales_clear_faults (fixture);
  till_shop_reverse_attempt_async (fixture->shop, attempt, NULL, shop_on_result, &kept);
  g_autoptr (GAsyncResult) result = shop_wait_for (&kept);
  g_autoptr (TillPaymentOutcome) outcome = till_shop_reverse_attempt_finish (fixture->shop, result, &error);
  g_assert_no_error (error);
  g_assert_cmpint (outcome->result->status, ==, TILL_CHARGE_DECLINED);
  g_assert_cmpstr (outcome->result->code, ==, "reversed");
  g_assert_cmpuint (shop_fixture_count (fixture, TILL_LEDGER_RECEIPT, NULL), ==, 0);
  g_autoptr (TillDayReport) report = shop_sales_report (fixture);
  g_assert_cmpint (till_day_report_get_takings (report)->net.minor, ==, 0);
}

static gboolean
on_too_long (gpointer user_data)
{
  *(gboolean *) user_data = TRUE;
  return G_SOURCE_CONTINUE;
}

static void
wait_for_receipt (ShopFixture *fixture)
{
  gboolean too_long = FALSE;
  guint watchdog = g_timeout_add_seconds (WATCHDOG_SECONDS, on_too_long, &too_long);

  while (shop_fixture_count (fixture, TILL_LEDGER_RECEIPT, NULL) == 0 && !too_long)
    g_main_context_iteration (NULL, TRUE);
  g_source_remove (watchdog);
  g_assert_false (too_long);
}

static void
on_signal (TillShop *shop, gpointer count)
{
  (*(guint *) count)++;
}

/* Nobody presses anything: the till asks again by itself, and says that something is known. */
static void
test_by_itself (ShopFixture *fixture, gconstpointer unused)
{
  g_autofree char *attempt = NULL;
  guint told = 0;

  g_autofree char *payer = shop_sales_enrol (fixture, "cust_ada", "4711", "pm_card_visa");
  g_autofree char *sale = shop_sales_unknown (fixture, "cust_ada", payer, bread, &attempt);
  g_signal_connect (fixture->shop, "unresolved-changed", G_CALLBACK (on_signal), &told);
  shop_sales_clear_faults (fixture);
  wait_for_receipt (fixture);
  g_assert_cmpuint (told, >, 0);
  g_signal_handlers_disconnect_by_data (fixture->shop, &told);
  g_autoptr (GPtrArray) unresolved = shop_sales_list_unresolved (fixture);
  g_assert_cmpuint (unresolved->len, ==, 0);
}

/* The network came back: asked at once, not when the pause is over. */
static void
test_network (ShopFixture *fixture, gconstpointer unused)
{
  g_autofree char *attempt = NULL;

  g_autofree char *payer = shop_sales_enrol (fixture, "cust_ada", "4711", "pm_card_visa");
  g_autofree char *sale = shop_sales_unknown (fixture, "cust_ada", payer, bread, &attempt);
  shop_sales_clear_faults (fixture);
  till_shop_stop_reconciling (fixture->shop);
  g_signal_emit_by_name (g_network_monitor_get_default (), "network-changed", FALSE);
  g_assert_false (fixture->shop->reconciling);
  g_signal_emit_by_name (g_network_monitor_get_default (), "network-changed", TRUE);
  g_assert_true (fixture->shop->reconciling);
  wait_for_receipt (fixture);
}

/* Another day's start asks about what the last one left, and writes the receipt. */
static void
test_restart (ShopFixture *fixture, gconstpointer unused)
{
  g_autofree char *attempt = NULL;
  GAsyncResult *kept = NULL;
  g_autoptr (GError) error = NULL;

  g_autofree char *payer = shop_sales_enrol (fixture, "cust_ada", "4711", "pm_card_visa");
  g_autofree char *sale = shop_sales_unknown (fixture, "cust_ada", payer, bread, &attempt);
  g_signal_handlers_disconnect_by_data (fixture->checkout, fixture);
  till_shop_close (fixture->shop);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_clear_object (&fixture->shop);

  fixture->shop = till_shop_new (fixture->profile, till_clock_system ());
  till_shop_open_async (fixture->shop, NULL, shop_on_result, &kept);
  g_autoptr (GAsyncResult) result = shop_wait_for (&kept);
  till_shop_open_finish (fixture->shop, result, &error);
  g_assert_no_error (error);
  fixture->checkout = till_shop_get_checkout (fixture->shop);
  wait_for_receipt (fixture);
  g_autoptr (GPtrArray) rows = shop_sales_rows (fixture, sale);
  g_assert_cmpstr (((TillLedgerEntry *) g_ptr_array_index (rows, rows->len - 1))->kind, ==,
                   TILL_LEDGER_RECEIPT);
}

#define ADD(path, test)                                                                                      \
  g_test_add ("/shop/unresolved/" path, ShopFixture, NULL, shop_fixture_set_up, test, shop_fixture_tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  ADD ("settle", test_settle);
  ADD ("reverse", test_reverse);
  ADD ("by-itself", test_by_itself);
  ADD ("network", test_network);
  ADD ("restart", test_restart);
  return g_test_run ();
}
