/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Runs under with-keyring. The till dies, as by kill -9, between a sale's payment and its receipt, and is started again. */
#include "sale/till-sale-story.h"
#include "shop-sales.h"
#include "shop/till-shop-day.h"
#include "shop/till-shop-history.h"
#include "shop/till-shop-private.h"

#include <signal.h>
#include <sqlite3.h>

#define WATCHDOG_SECONDS 120
#define FOLDER           "SMILETILL_TEST_CRASH_FOLDER"
#define TENDER           "SMILETILL_TEST_CRASH_TENDER"

static const ShopGoods goods[] = { { "rye-bread", 2 }, { "espresso", 1 } };

/* The till that dies, a process of its own */

static void
on_row (sqlite3_context *context, int n_arguments, sqlite3_value **arguments)
{
  raise (SIGKILL);
}

/* In this connection alone: the next till knows nothing of it. */
static gpointer
die_at_receipt (sqlite3 *db, gpointer unused, GError **error)
{
  char *problem = NULL;

  sqlite3_create_function (db, "die", 0, SQLITE_UTF8, NULL, on_row, NULL, NULL);
  sqlite3_exec (db,
                "CREATE TEMP TRIGGER death BEFORE INSERT ON main.ledger WHEN NEW.kind = 'receipt'"
                " BEGIN SELECT die (); END",
                NULL, NULL, &problem);
  g_assert_cmpstr (problem, ==, NULL);
  return NULL;
}

static void
open_shop (ShopFixture *fixture)
{
  GAsyncResult *kept = NULL;
  g_autoptr (GError) error = NULL;

  fixture->shop = till_shop_new (fixture->profile, till_clock_system ());
  till_shop_open_async (fixture->shop, NULL, shop_on_result, &kept);
  g_autoptr (GAsyncResult) result = shop_wait_for (&kept);
  till_shop_open_finish (fixture->shop, result, &error);
  g_assert_no_error (error);
  fixture->checkout = till_shop_get_checkout (fixture->shop);
}

static void
test_dying (void)
{
  ShopFixture fixture = { .dir = g_strdup (g_getenv (FOLDER)) };
  const char *tender = g_getenv (TENDER);
  g_autoptr (GError) error = NULL;

  fixture.profile = till_profile_open (fixture.dir, &error);
  g_assert_no_error (error);
  open_shop (&fixture);
  till_store_run (fixture.shop->store, die_at_receipt, NULL, &error);
  g_assert_no_error (error);
  if (g_str_equal (tender, TILL_TENDER_FACE))
    {
      g_autofree char *payer = shop_sales_enrol (&fixture, "cust_ada", "4711", "pm_card_visa");
      g_free (shop_sales_face (&fixture, "cust_ada", payer, goods, G_N_ELEMENTS (goods), NULL));
      shop_sales_write_receipts (&fixture);
    }
  else
    {
      g_free (shop_sales_counter (&fixture, tender, goods, G_N_ELEMENTS (goods)));
      shop_fixture_count (&fixture, TILL_LEDGER_RECEIPT, NULL);
    }
  g_error ("it should be dead by now");
}

/* The till after it */

static void
close_shop (ShopFixture *fixture)
{
  g_signal_handlers_disconnect_by_data (fixture->checkout, fixture);
  till_shop_close (fixture->shop);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_clear_object (&fixture->shop);
}

/* How many rows of @kind there are on disk, while no till runs. */
static int
count_on_disk (ShopFixture *fixture, const char *kind)
{
  g_autofree char *path = till_profile_get_path (fixture->profile, "smiletill.db");
  sqlite3 *db = NULL;
  sqlite3_stmt *statement = NULL;

  g_assert_cmpint (sqlite3_open (path, &db), ==, SQLITE_OK);
  g_assert_cmpint (
      sqlite3_prepare_v2 (db, "SELECT count(*) FROM ledger WHERE kind = ?1", -1, &statement, NULL), ==,
      SQLITE_OK);
  sqlite3_bind_text (statement, 1, kind, -1, SQLITE_STATIC);
  g_assert_cmpint (sqlite3_step (statement), ==, SQLITE_ROW);
  int count = sqlite3_column_int (statement, 0);
  sqlite3_finalize (statement);
  sqlite3_close (db);
  return count;
}

static gboolean
on_too_long (gpointer user_data)
{
  g_error ("the next till did not write the receipt");
  return G_SOURCE_REMOVE;
}

static void
wait_for_receipt (ShopFixture *fixture)
{
  guint watchdog = g_timeout_add_seconds (WATCHDOG_SECONDS, on_too_long, NULL);

  while (shop_fixture_count (fixture, TILL_LEDGER_RECEIPT, NULL) == 0)
    g_main_context_iteration (NULL, TRUE);
  g_source_remove (watchdog);
}

static TillSaleStory *
find_by_goods (ShopFixture *fixture, const char *article)
{
  GAsyncResult *kept = NULL;
  g_autoptr (GError) error = NULL;

  till_shop_list_history_async (fixture->shop, 0, NULL, shop_on_result, &kept);
  g_autoptr (GAsyncResult) result = shop_wait_for (&kept);
  g_autoptr (GPtrArray) stories = till_shop_list_history_finish (fixture->shop, result, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (stories->len, ==, 1);
  g_assert_true (till_sale_story_matches (g_ptr_array_index (stories, 0), article));
  return g_object_ref (g_ptr_array_index (stories, 0));
}

static void
assert_takings (ShopFixture *fixture, guint n, gint64 sold, gint64 refunded)
{
  g_autoptr (TillDayReport) report = shop_sales_report (fixture);
  const TillDayTender *takings = till_day_report_get_takings (report);

  g_assert_cmpuint (takings->sold.n, ==, n);
  g_assert_cmpint (takings->sold.sum.minor, ==, sold);
  g_assert_cmpint (takings->refunded.sum.minor, ==, refunded);
  g_assert_cmpint (till_day_report_get_untaxed (report)->minor, ==, 0);
}

static void
refund_a_bread (ShopFixture *fixture, const char *sale)
{
  const TillRefundLine line = { "rye-bread", 1 };
  g_autoptr (GArray) lines = g_array_new (FALSE, FALSE, sizeof line);
  g_autoptr (GError) error = NULL;

  g_array_append_val (lines, line);
  g_autoptr (TillReceipt) receipt = shop_sales_refund (
      fixture,
      &(TillShopRefund){
          .sale = sale, .lines = lines, .reason = "brought back", .manager_pin = SHOP_MANAGER_PIN },
      &error);
  g_assert_no_error (error);
  g_assert_cmpint (till_receipt_get_total (receipt)->minor, ==, 345);
}

static void
assert_receipt (ShopFixture *fixture, const char *tender)
{
  gboolean face = g_str_equal (tender, TILL_TENDER_FACE);
  g_autoptr (TillLedgerEntry) row = NULL, payment = NULL;

  g_assert_cmpuint (shop_fixture_count (fixture, TILL_LEDGER_RECEIPT, &row), ==, 1);
  shop_fixture_count (fixture, face ? TILL_LEDGER_CHARGE_END : TILL_LEDGER_TENDER, &payment);
  g_autofree char *number = g_strdup_printf ("%06" G_GINT64_FORMAT, payment->seq);
  g_autoptr (TillReceipt) receipt = till_receipt_from_json (row->body, NULL);
  g_assert_cmpstr (row->sale, ==, payment->sale);
  g_assert_cmpstr (row->attempt, ==, payment->attempt);
  g_assert_cmpstr (till_receipt_get_number (receipt), ==, number);
  g_assert_cmpint (till_receipt_get_at_us (receipt), ==, payment->at_us);
  g_assert_cmpstr (till_receipt_get_tender (receipt)->kind, ==, tender);
  g_assert_cmpint (till_receipt_get_total (receipt)->minor, ==, 870);
}

static void
test_crash (ShopFixture *fixture, gconstpointer tender)
{
  shop_sales_set_manager (fixture);
  close_shop (fixture);
  g_setenv (FOLDER, fixture->dir, TRUE);
  g_setenv (TENDER, tender, TRUE);
  g_test_trap_subprocess ("/shop/crash/subprocess/dying", 0, G_TEST_SUBPROCESS_INHERIT_STDERR);
  g_assert_false (g_test_trap_has_passed ());
  g_assert_cmpint (
      count_on_disk (fixture, TILL_LEDGER_TENDER) + count_on_disk (fixture, TILL_LEDGER_CHARGE_END), ==, 1);
  g_assert_cmpint (count_on_disk (fixture, TILL_LEDGER_RECEIPT), ==, 0);

  open_shop (fixture);
  wait_for_receipt (fixture);
  assert_receipt (fixture, tender);
  assert_takings (fixture, 1, 870, 0);
  g_autoptr (TillSaleStory) story = find_by_goods (fixture, "Espresso");
  g_assert_cmpint (till_sale_story_get_state (story), ==, TILL_SALE_PAID);
  refund_a_bread (fixture, till_sale_story_get_id (story));
  assert_takings (fixture, 1, 870, 345);

  /* Started once more, nothing is written a second time. */
  close_shop (fixture);
  open_shop (fixture);
  shop_sales_write_receipts (fixture);
  g_assert_cmpuint (shop_fixture_count (fixture, TILL_LEDGER_RECEIPT, NULL), ==, 1);
}

#define ADD(tender)                                                                                          \
  g_test_add ("/shop/crash/" tender, ShopFixture, tender, shop_fixture_set_up, test_crash,                   \
              shop_fixture_tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/shop/crash/subprocess/dying", test_dying);
  ADD (TILL_TENDER_CASH);
  ADD (TILL_TENDER_CARD);
  ADD (TILL_TENDER_FACE);
  return g_test_run ();
}
