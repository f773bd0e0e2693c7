/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Runs under with-keyring. A day at the till with everything that can happen to money, added up a second time here. */
#include "base/till-error.h"
#include "payment/till-unresolved.h"
#include "sale/till-day-csv.h"
#include "sale/till-sale-story.h"
#include "shop-sales.h"
#include "shop/till-shop-day.h"
#include "shop/till-shop-drawer.h"
#include "shop/till-shop-history.h"

#include <string.h>

static TillMoney
euro (gint64 minor)
{
  return (TillMoney){ minor, "EUR" };
}

static void
set_up (ShopFixture *fixture, gconstpointer unused)
{
  shop_fixture_set_up (fixture, unused);
  g_assert_no_error ((GError *) till_shop_get_face_trouble (fixture->shop));
}

/* Calls that wait */

static TillLedgerEntry *
drawer (
    ShopFixture *fixture, const char *what, gint64 minor, const char *note, const char *pin, GError **error)
{
  TillMoney amount = euro (minor);
  GAsyncResult *kept = NULL;

  till_shop_drawer_async (fixture->shop, what, &amount, note, pin, NULL, shop_on_result, &kept);
  g_autoptr (GAsyncResult) result = shop_wait_for (&kept);
  return till_shop_drawer_finish (fixture->shop, result, error);
}

static void
drawer_done (ShopFixture *fixture, const char *what, gint64 minor, const char *note)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (TillLedgerEntry) row = drawer (fixture, what, minor, note, SHOP_MANAGER_PIN, &error);

  g_assert_no_error (error);
  g_assert_nonnull (row);
}

static void
assert_drawer_refused (
    ShopFixture *fixture, const char *what, gint64 minor, const char *note, const char *pin, int code)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (drawer (fixture, what, minor, note, pin, &error));
  g_assert_error (error, TILL_ERROR, code);
}

static TillDayReport *
close_day (ShopFixture *fixture, gint64 counted, const char *pin, GError **error)
{
  TillMoney amount = euro (counted);
  GAsyncResult *kept = NULL;

  till_shop_close_day_async (fixture->shop, &amount, pin, NULL, shop_on_result, &kept);
  g_autoptr (GAsyncResult) result = shop_wait_for (&kept);
  return till_shop_close_day_finish (fixture->shop, result, error);
}

static void
assert_close_refused (ShopFixture *fixture, const char *pin, int code)
{
  g_autoptr (GError) error = NULL;
  guint before = shop_fixture_count (fixture, TILL_LEDGER_DAY_CLOSE, NULL);

  g_assert_null (close_day (fixture, 0, pin, &error));
  g_assert_error (error, TILL_ERROR, code);
  g_assert_cmpuint (shop_fixture_count (fixture, TILL_LEDGER_DAY_CLOSE, NULL), ==, before);
}

static GPtrArray *
list_history (ShopFixture *fixture, gint64 since_us)
{
  GAsyncResult *kept = NULL;
  g_autoptr (GError) error = NULL;

  till_shop_list_history_async (fixture->shop, since_us, NULL, shop_on_result, &kept);
  g_autoptr (GAsyncResult) result = shop_wait_for (&kept);
  GPtrArray *stories = till_shop_list_history_finish (fixture->shop, result, &error);
  g_assert_no_error (error);
  return stories;
}

static void
refund (ShopFixture *fixture, const char *sale, const TillRefundLine *line, gboolean void_sale, gint64 minor)
{
  g_autoptr (GArray) lines = NULL;
  g_autoptr (GError) error = NULL;

  if (line != NULL)
    {
      lines = g_array_new (FALSE, FALSE, sizeof *line);
      g_array_append_vals (lines, line, 1);
    }
  const TillShopRefund words = { .sale = sale,
                                 .lines = lines,
                                 .reason = "brought back",
                                 .manager_pin = SHOP_MANAGER_PIN,
                                 .void_sale = void_sale };
  g_autoptr (TillReceipt) receipt = shop_sales_refund (fixture, &words, &error);
  g_assert_no_error (error);
  g_assert_true (till_receipt_is_refund (receipt));
  g_assert_cmpint (till_receipt_get_total (receipt)->minor, ==, minor);
}

static void
assert_refund_refused (ShopFixture *fixture, const TillShopRefund *words, int code)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (shop_sales_refund (fixture, words, &error));
  g_assert_error (error, TILL_ERROR, code);
  g_test_message ("%s", error->message);
}

/* Sums of @what in the ledger of this folder, by the database's own arithmetic. */
static gint64
add_up (ShopFixture *fixture, const char *what)
{
  TillLedger *ledger = till_shop_get_ledger (fixture->shop);
  GAsyncResult *kept = NULL;
  gint64 sum = 0;

  till_ledger_list_async (ledger, NULL, NULL, NULL, 0, NULL, shop_on_result, &kept);
  g_autoptr (GAsyncResult) result = shop_wait_for (&kept);
  g_autoptr (GPtrArray) rows = till_ledger_list_finish (ledger, result, NULL);
  for (guint i = 0; i < rows->len; i++)
    {
      const TillLedgerEntry *row = g_ptr_array_index (rows, i);

      if (g_str_equal (row->kind, what)
          && g_strcmp0 (json_object_get_string_member_with_default (row->body, "status", "approved"),
                        "approved")
                 == 0)
        sum += json_object_get_int_member (row->body, "amount");
    }
  return sum;
}

/* What the gateway has really given back and taken. */
static gint64
gateway_sum (ShopFixture *fixture, const char *path, const char *member)
{
  g_autoptr (JsonObject) list = shop_sales_ask_gateway (fixture, path);
  JsonArray *data = json_object_get_array_member (list, "data");
  gint64 sum = 0;

  for (guint i = 0; i < json_array_get_length (data); i++)
    {
      JsonObject *object = json_array_get_object_element (data, i);

      if (g_strcmp0 (json_object_get_string_member_with_default (object, "status", ""), "succeeded") == 0)
        sum += json_object_get_int_member_with_default (object, member, 0);
    }
  return sum;
}

static void
assert_tender (
    const TillDayReport *report, const char *tender, guint n, gint64 sold, guint n_refunded, gint64 refunded)
{
  for (guint i = 0; i < till_day_report_get_n_tenders (report); i++)
    {
      const TillDayTender *found = till_day_report_get_tender (report, i);

      if (!g_str_equal (found->tender, tender))
        continue;
      g_assert_cmpuint (found->sold.n, ==, n);
      g_assert_cmpint (found->sold.sum.minor, ==, sold);
      g_assert_cmpuint (found->refunded.n, ==, n_refunded);
      g_assert_cmpint (found->refunded.sum.minor, ==, refunded);
      g_assert_cmpint (found->net.minor, ==, sold - refunded);
      return;
    }
  g_error ("the report has no %s", tender);
}

static void
assert_tax (const TillDayReport *report, const char *id, gint64 gross)
{
  for (guint i = 0; i < till_day_report_get_n_taxes (report); i++)
    {
      const TillDayTax *tax = till_day_report_get_tax (report, i);

      if (!g_str_equal (tax->id, id))
        continue;
      g_assert_cmpint (tax->gross.minor, ==, gross);
      g_assert_cmpint (tax->net.minor + tax->tax.minor, ==, gross);
      return;
    }
  g_assert_cmpint (gross, ==, 0);
}

/*
 * Everything of one day. croissant 1.30, baguette 1.20 and rye-bread 3.45 are taxed at 5.5 %, espresso 1.80 at 20 %.
 * Expected sums are added up by hand beside each step.
 */
static const ShopGoods breakfast[] = { { "croissant", 4 }, { "espresso", 3 } }; /* 5.20 + 5.40 = 10.60 */
static const ShopGoods bread[] = { { "rye-bread", 2 } };                        /* 6.90 */
static const ShopGoods sticks[] = { { "baguette", 10 } };                       /* 12.00 */
static const ShopGoods coffee[] = { { "espresso", 1 } };                        /* 1.80 */

typedef struct
{
  ShopFixture *fixture;
  char *payer;
  char *kept;    /* a sale in cash that is not touched that day */
  char *attempt; /* open at the end of the day */
} Day;

static void
day_clear (Day *day)
{
  g_free (day->payer);
  g_free (day->kept);
  g_free (day->attempt);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Day, day_clear)

/* Cash: 10.60, of which one croissant goes back; 6.90 voided; 1.80 kept. Card: 12.00 all back. */
static void
sell_at_the_counter (Day *day)
{
  ShopFixture *fixture = day->fixture;
  g_autofree char *cash = shop_sales_counter (fixture, TILL_TENDER_CASH, breakfast, 2);
  g_autofree char *voided = shop_sales_counter (fixture, TILL_TENDER_CASH, bread, 1);
  g_autofree char *card = shop_sales_counter (fixture, TILL_TENDER_CARD, sticks, 1);

  day->kept = shop_sales_counter (fixture, TILL_TENDER_CASH, coffee, 1);
  refund (fixture, cash, &(TillRefundLine){ "croissant", 1 }, FALSE, 130);
  refund (fixture, voided, NULL, TRUE, 690);
  refund (fixture, card, NULL, FALSE, 1200);
}

/* 10.60 of which two espressos (3.60) go back; 1.80 declined; 6.90 "this wasn't me". */
static void
sell_by_face (Day *day)
{
  ShopFixture *fixture = day->fixture;
  g_autofree char *poor = shop_sales_enrol (fixture, "cust_poor", "0815", "pm_card_chargeCustomerFail");
  g_autofree char *face = shop_sales_face (fixture, "cust_ada", day->payer, breakfast, 2, NULL);
  g_autofree char *disowned = shop_sales_face (fixture, "cust_ada", day->payer, bread, 1, NULL);
  g_autofree char *declined = shop_sales_face (fixture, "cust_poor", poor, coffee, 1, NULL);
  GAsyncResult *kept = NULL;
  g_autoptr (GError) error = NULL;

  shop_sales_write_receipts (fixture);
  refund (fixture, face, &(TillRefundLine){ "espresso", 2 }, FALSE, 360);
  g_assert_true (shop_sales_is_candidate (fixture, "cust_ada", "4711"));
  till_shop_disown_async (fixture->shop, disowned, "she was not here", SHOP_MANAGER_PIN, NULL, shop_on_result,
                          &kept);
  g_autoptr (GAsyncResult) result = shop_wait_for (&kept);
  g_autoptr (TillReceipt) receipt = till_shop_disown_finish (fixture->shop, result, &error);
  g_assert_no_error (error);
  g_assert_cmpint (till_receipt_get_total (receipt)->minor, ==, 690);
  g_assert_false (shop_sales_is_candidate (fixture, "cust_ada", "4711"));
}

/* 12.00 set aside while nobody knows, and paid after all: it has its receipt then, once. 1.80 stays open. */
static void
sell_in_doubt (Day *day)
{
  ShopFixture *fixture = day->fixture;
  g_autofree char *attempt = NULL;
  g_autofree char *aside = shop_sales_unknown (fixture, "cust_ada", day->payer, sticks, &attempt);

  g_assert_cmpint (shop_sales_ask (fixture, attempt), ==, TILL_CHARGE_UNKNOWN);
  guint receipts = shop_fixture_count (fixture, TILL_LEDGER_RECEIPT, NULL);
  shop_sales_clear_faults (fixture);
  g_assert_cmpint (shop_sales_ask (fixture, attempt), ==, TILL_CHARGE_APPROVED);
  shop_sales_write_receipts (fixture);
  g_assert_cmpuint (shop_fixture_count (fixture, TILL_LEDGER_RECEIPT, NULL), ==, receipts + 1);

  g_autofree char *unknown = shop_sales_unknown (fixture, "cust_ada", day->payer, coffee, &day->attempt);
}

/* 100.00 + 5.00 - 20.00 + (10.60 + 6.90 + 1.80) - (1.30 + 6.90) = 96.10 should be in the drawer; 96.00 are counted. */
static void
assert_first_day (ShopFixture *fixture, const TillDayReport *report)
{
  g_assert_cmpuint (till_day_report_get_number (report), ==, 1);
  assert_tender (report, TILL_TENDER_CASH, 3, 1060 + 690 + 180, 2, 130 + 690);
  assert_tender (report, TILL_TENDER_CARD, 1, 1200, 1, 1200);
  assert_tender (report, TILL_TENDER_FACE, 3, 1060 + 690 + 1200, 2, 360 + 690);
  /* 5.5 %: croissants 4 + 4 of which 1 back, breads both back, sticks of the face alone. 20 %: 3 + 1 + 3 espressos, 2 back. */
  assert_tax (report, "reduced", 7 * 130 + 1200);
  assert_tax (report, "standard", 5 * 180);
  g_assert_cmpint (till_day_report_get_untaxed (report)->minor, ==, 0);
  g_assert_cmpuint (till_day_report_get_voids (report)->n, ==, 1);
  g_assert_cmpuint (till_day_report_get_disputes (report)->n, ==, 1);
  g_assert_cmpuint (till_day_report_get_declined (report)->n, ==, 1);
  g_assert_cmpuint (till_day_report_get_unresolved (report)->n, ==, 1);
  g_assert_cmpint (till_day_report_get_unresolved (report)->sum.minor, ==, 180);
  g_assert_cmpint (till_day_report_get_drawer (report)->expected.minor, ==, 9610);
  g_assert_cmpint (till_day_report_get_drawer (report)->counted.minor, ==, 9600);
  g_assert_cmpint (till_day_report_get_drawer (report)->difference.minor, ==, -10);

  /* The same once more, straight from the rows. */
  g_assert_cmpint (till_day_report_get_takings (report)->sold.sum.minor, ==,
                   add_up (fixture, TILL_LEDGER_TENDER) + add_up (fixture, TILL_LEDGER_CHARGE_END));
  g_assert_cmpint (till_day_report_get_takings (report)->refunded.sum.minor, ==,
                   add_up (fixture, TILL_LEDGER_REFUND) + add_up (fixture, TILL_LEDGER_REFUND_END));
}

/* A second press closes no second day; what was open falls into the day in which it ends; both books agree. */
static void
assert_next_day (Day *day)
{
  ShopFixture *fixture = day->fixture;

  assert_close_refused (fixture, SHOP_MANAGER_PIN, TILL_ERROR_REFUSED);
  shop_sales_clear_faults (fixture);
  TillChargeStatus status = shop_sales_ask (fixture, day->attempt);
  g_assert_cmpint (status, !=, TILL_CHARGE_UNKNOWN);
  gint64 late = status == TILL_CHARGE_APPROVED ? 180 : 0;
  g_assert_cmpint (gateway_sum (fixture, "/v1/refunds?limit=100", "amount"), ==, 360 + 690);
  g_assert_cmpint (gateway_sum (fixture, "/v1/payment_intents?limit=100", "amount_received"), ==,
                   1060 + 690 + 1200 + late);

  assert_refund_refused (
      fixture,
      &(TillShopRefund){
          .sale = day->kept, .reason = "too late", .manager_pin = SHOP_MANAGER_PIN, .void_sale = TRUE },
      TILL_ERROR_REFUSED);
  refund (fixture, day->kept, NULL, FALSE, 180);
  g_autoptr (TillDayReport) report = shop_sales_report (fixture);
  assert_tender (report, TILL_TENDER_CASH, 0, 0, 1, 180);
  assert_tender (report, TILL_TENDER_FACE, late > 0 ? 1 : 0, late, 0, 0);
  assert_tax (report, "standard", late - 180);
}

/* Of the first day's sale the second day's history has the whole story. */
static void
assert_history (Day *day)
{
  g_autoptr (GPtrArray) stories = list_history (day->fixture, 0);
  g_autoptr (GPtrArray) all = list_history (day->fixture, 1);
  TillSaleStory *found = NULL;

  for (guint i = 0; i < stories->len; i++)
    if (g_str_equal (till_sale_story_get_id (g_ptr_array_index (stories, i)), day->kept))
      found = g_ptr_array_index (stories, i);
  g_assert_nonnull (found);
  g_assert_cmpint (till_sale_story_get_state (found), ==, TILL_SALE_REFUNDED);
  g_assert_nonnull (till_sale_story_get_receipt (found));
  g_assert_cmpuint (all->len, ==, 9);
}

static void
test_day (ShopFixture *fixture, gconstpointer unused)
{
  g_auto (Day) day = { .fixture = fixture };
  g_autoptr (GError) error = NULL;

  shop_sales_set_manager (fixture);
  day.payer = shop_sales_enrol (fixture, "cust_ada", "4711", "pm_card_visa");
  assert_close_refused (fixture, SHOP_MANAGER_PIN, TILL_ERROR_REFUSED); /* nothing happened yet */
  drawer_done (fixture, TILL_SHOP_DRAWER_OPENING, 10000, NULL);
  assert_drawer_refused (fixture, TILL_SHOP_DRAWER_OPENING, 10000, NULL, NULL, TILL_ERROR_REFUSED);
  sell_at_the_counter (&day);
  sell_by_face (&day);
  drawer_done (fixture, TILL_SHOP_DRAWER_PAID_OUT, 2000, "to the bank");
  drawer_done (fixture, TILL_SHOP_DRAWER_PAID_IN, 500, NULL);
  sell_in_doubt (&day);

  assert_close_refused (fixture, "1357", TILL_ERROR_REFUSED);
  g_autoptr (TillDayReport) report = close_day (fixture, 9600, SHOP_MANAGER_PIN, &error);
  g_assert_no_error (error);
  assert_first_day (fixture, report);
  assert_next_day (&day);
  assert_history (&day);
}

/* What was typed can be wrong in every part; nothing moves then, and the words name the thing. */
static void
test_refusals (ShopFixture *fixture, gconstpointer unused)
{
  g_autofree char *sale = shop_sales_counter (fixture, TILL_TENDER_CASH, bread, 1);
  TillShopRefund words = { .sale = sale, .reason = "brought back", .manager_pin = SHOP_MANAGER_PIN };
  g_autoptr (GArray) lines = g_array_new (FALSE, FALSE, sizeof (TillRefundLine));
  g_autofree char *huge = g_strnfill (501, 'x');

  /* Without any manager nobody gives money back. */
  assert_refund_refused (fixture, &words, TILL_ERROR_NOT_FOUND);
  shop_sales_set_manager (fixture);
  words.manager_pin = "1357";
  assert_refund_refused (fixture, &words, TILL_ERROR_REFUSED);
  words.manager_pin = NULL;
  assert_refund_refused (fixture, &words, TILL_ERROR_INVALID);
  words.manager_pin = SHOP_MANAGER_PIN;

  const char *const reasons[] = { "", "x", "\xff", "a\nb", huge, NULL };
  for (guint i = 0; i < G_N_ELEMENTS (reasons); i++)
    {
      words.reason = reasons[i];
      assert_refund_refused (fixture, &words, TILL_ERROR_INVALID);
    }
  words.reason = "brought back";
  words.sale = "sale-of-nobody";
  assert_refund_refused (fixture, &words, TILL_ERROR_NOT_FOUND);
  words.sale = sale;
  words.tender = "shells";
  assert_refund_refused (fixture, &words, TILL_ERROR_INVALID);
  words.tender = TILL_TENDER_FACE;
  assert_refund_refused (fixture, &words, TILL_ERROR_INVALID);
  words.tender = NULL;

  TillRefundLine line = { "rye-bread", 3 };
  words.lines = lines;
  assert_refund_refused (fixture, &words, TILL_ERROR_INVALID); /* no line */
  g_array_append_val (lines, line);
  assert_refund_refused (fixture, &words, TILL_ERROR_REFUSED); /* more than was sold */
  g_array_index (lines, TillRefundLine, 0).quantity = 0;
  assert_refund_refused (fixture, &words, TILL_ERROR_INVALID);
  g_array_index (lines, TillRefundLine, 0) = (TillRefundLine){ "caviar", 1 };
  assert_refund_refused (fixture, &words, TILL_ERROR_NOT_FOUND);
  words.void_sale = TRUE;
  assert_refund_refused (fixture, &words, TILL_ERROR_INVALID);
  words.void_sale = FALSE;
  g_assert_cmpuint (shop_fixture_count (fixture, TILL_LEDGER_REFUND, NULL), ==, 0);

  /* One, one more, and then there is none left; a card can take what was cash. */
  g_array_index (lines, TillRefundLine, 0) = (TillRefundLine){ "rye-bread", 1 };
  refund (fixture, sale, &g_array_index (lines, TillRefundLine, 0), FALSE, 345);
  words.void_sale = TRUE;
  words.lines = NULL;
  assert_refund_refused (fixture, &words, TILL_ERROR_REFUSED);
  words.void_sale = FALSE;
  words.tender = TILL_TENDER_CARD;
  g_autoptr (TillReceipt) rest = shop_sales_refund (fixture, &words, NULL);
  g_assert_cmpint (till_receipt_get_total (rest)->minor, ==, 345);
  assert_refund_refused (fixture, &words, TILL_ERROR_REFUSED);
  g_assert_cmpuint (shop_fixture_count (fixture, TILL_LEDGER_REFUND, NULL), ==, 2);
}

/* Two presses at once are one refund; so are a press, and another after the answer was lost. */
static void
test_pressed_twice (ShopFixture *fixture, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;
  GAsyncResult *first = NULL, *second = NULL;

  shop_sales_set_manager (fixture);
  g_autofree char *payer = shop_sales_enrol (fixture, "cust_ada", "4711", "pm_card_visa");
  g_autofree char *sale = shop_sales_face (fixture, "cust_ada", payer, bread, 1, NULL);
  g_autofree char *lost = shop_sales_face (fixture, "cust_ada", payer, bread, 1, NULL);
  TillShopRefund words = { .sale = sale, .reason = "brought back", .manager_pin = SHOP_MANAGER_PIN };

  shop_sales_write_receipts (fixture);
  till_shop_refund_async (fixture->shop, &words, NULL, shop_on_result, &first);
  till_shop_refund_async (fixture->shop, &words, NULL, shop_on_result, &second);
  g_autoptr (GAsyncResult) second_result = shop_wait_for (&second);
  g_assert_null (till_shop_refund_finish (fixture->shop, second_result, &error));
  g_assert_error (error, TILL_ERROR, TILL_ERROR_BUSY);
  g_autoptr (GAsyncResult) first_result = shop_wait_for (&first);
  g_autoptr (TillReceipt) receipt = till_shop_refund_finish (fixture->shop, first_result, NULL);
  g_assert_cmpint (till_receipt_get_total (receipt)->minor, ==, 690);
  g_assert_nonnull (till_receipt_get_tender (receipt)->reference);
  assert_refund_refused (fixture, &words, TILL_ERROR_REFUSED);

  /* Carried out, and every answer about it broken: unknown, and refused until somebody knows. */
  words.sale = lost;
  shop_sales_order_fault (fixture, "malformed", "POST", "/v1/", 1000);
  shop_sales_order_fault (fixture, "malformed", "GET", "/v1/", 1000);
  assert_refund_refused (fixture, &words, TILL_ERROR_UNAVAILABLE);
  assert_refund_refused (fixture, &words, TILL_ERROR_REFUSED);
  words.tender = TILL_TENDER_CASH;
  assert_refund_refused (fixture, &words, TILL_ERROR_REFUSED);
  words.tender = NULL;
  shop_sales_clear_faults (fixture);
  g_autoptr (GPtrArray) unresolved = shop_sales_list_unresolved (fixture);
  if (unresolved->len > 0)
    g_assert_cmpint (
        shop_sales_ask (fixture, ((TillUnresolved *) g_ptr_array_index (unresolved, 0))->attempt), ==,
        TILL_CHARGE_APPROVED);
  assert_refund_refused (fixture, &words, TILL_ERROR_REFUSED);
  g_assert_cmpint (gateway_sum (fixture, "/v1/refunds?limit=100", "amount"), ==, 2 * 690);
}

/* The lock and the evidence stay, pressing again doubles nothing, and a manager may let the customer in again. */
static void
test_disown (ShopFixture *fixture, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (TillLedgerEntry) dispute = NULL;

  shop_sales_set_manager (fixture);
  g_autofree char *payer = shop_sales_enrol (fixture, "cust_ada", "4711", "pm_card_visa");
  g_autofree char *sale = shop_sales_face (fixture, "cust_ada", payer, bread, 1, NULL);
  g_autofree char *cash = shop_sales_counter (fixture, TILL_TENDER_CASH, bread, 1);

  shop_sales_write_receipts (fixture);
  const char *const sales[] = { sale, sale, cash };
  for (guint i = 0; i < G_N_ELEMENTS (sales); i++)
    {
      GAsyncResult *kept = NULL;

      till_shop_disown_async (fixture->shop, sales[i], "not me", SHOP_MANAGER_PIN, NULL, shop_on_result,
                              &kept);
      g_autoptr (GAsyncResult) result = shop_wait_for (&kept);
      g_autoptr (TillReceipt) receipt = till_shop_disown_finish (fixture->shop, result, &error);
      g_assert_cmpint (receipt != NULL, ==, i == 0);
      if (i == 2)
        g_assert_error (error, TILL_ERROR, TILL_ERROR_REFUSED);
      else
        g_assert_no_error (error);
    }
  g_clear_error (&error);
  g_assert_cmpuint (shop_fixture_count (fixture, TILL_LEDGER_DISPUTE, &dispute), ==, 1);
  g_assert_cmpstr (dispute->sale, ==, sale);
  g_assert_cmpstr (json_object_get_string_member (dispute->body, "customer"), ==, "cust_ada");
  JsonObject *evidence = json_object_get_object_member (dispute->body, "evidence");
  g_assert_cmpfloat (
      json_object_get_double_member (json_object_get_object_member (evidence, "evidence"), "score"), ==,
      0.61);
  g_assert_cmpint (gateway_sum (fixture, "/v1/refunds?limit=100", "amount"), ==, 690);
  g_assert_false (shop_sales_is_candidate (fixture, "cust_ada", "4711"));

  static const char *const customers[] = { "cust_bob", "cust_ada" };
  for (guint i = 0; i < G_N_ELEMENTS (customers); i++)
    {
      GAsyncResult *kept = NULL;

      till_shop_unlock_customer_async (fixture->shop, customers[i], SHOP_MANAGER_PIN, NULL, shop_on_result,
                                       &kept);
      g_autoptr (GAsyncResult) result = shop_wait_for (&kept);
      g_assert_cmpint (till_shop_unlock_customer_finish (fixture->shop, result, NULL), ==, i == 1);
    }
  g_assert_true (shop_sales_is_candidate (fixture, "cust_ada", "4711"));
  g_assert_cmpuint (shop_fixture_count (fixture, TILL_LEDGER_FACE_LOCK, NULL), ==, 3);
}

static void
append (ShopFixture *fixture, const char *kind, const char *sale, JsonObject *body)
{
  TillLedger *ledger = till_shop_get_ledger (fixture->shop);
  g_autoptr (TillLedgerEntry) row = till_ledger_entry_new (kind, sale, NULL, body);
  GAsyncResult *kept = NULL;

  till_ledger_append_async (ledger, row, NULL, shop_on_result, &kept);
  g_autoptr (GAsyncResult) result = shop_wait_for (&kept);
  g_autoptr (TillLedgerEntry) written = till_ledger_append_finish (ledger, result, NULL);
  g_assert_nonnull (written);
}

/* What was taken while the day was being closed, after its report was worked out, is the next day's: nothing is lost. */
static void
test_between (ShopFixture *fixture, gconstpointer unused)
{
  g_autofree char *before = shop_sales_counter (fixture, TILL_TENDER_CASH, bread, 1);
  g_autoptr (TillDayReport) first = shop_sales_report (fixture);
  g_autofree char *between = shop_sales_counter (fixture, TILL_TENDER_CASH, coffee, 1);
  JsonObject *body = json_object_new ();
  GAsyncResult *kept = NULL;
  gint64 since_us = 0;

  json_object_set_int_member (body, "number", 1);
  json_object_set_int_member (body, "to", till_day_report_get_last_seq (first));
  append (fixture, TILL_LEDGER_DAY_CLOSE, NULL, body);
  g_autoptr (TillDayReport) second = shop_sales_report (fixture);
  g_assert_cmpint (till_day_report_get_takings (second)->sold.sum.minor, ==, 180);

  till_shop_list_day_rows_async (fixture->shop, NULL, shop_on_result, &kept);
  g_autoptr (GAsyncResult) result = shop_wait_for (&kept);
  g_autoptr (GPtrArray) rows = till_shop_list_day_rows_finish (fixture->shop, result, &since_us, NULL);
  g_autofree char *csv = till_day_csv_of_sales (rows, since_us);
  g_assert_nonnull (strstr (csv, "1.80"));
  g_assert_null (strstr (csv, "6.90"));
}

/* The drawer's own refusals, and no closing while somebody pays. */
static void
test_drawer (ShopFixture *fixture, gconstpointer unused)
{

  assert_drawer_refused (fixture, "burnt", 100, NULL, NULL, TILL_ERROR_INVALID);
  assert_drawer_refused (fixture, TILL_SHOP_DRAWER_PAID_IN, 0, NULL, NULL, TILL_ERROR_INVALID);
  assert_drawer_refused (fixture, TILL_SHOP_DRAWER_COUNT, -1, NULL, NULL, TILL_ERROR_INVALID);
  assert_drawer_refused (fixture, TILL_SHOP_DRAWER_PAID_OUT, 100, "bank", "9753", TILL_ERROR_NOT_FOUND);
  shop_sales_set_manager (fixture);
  assert_drawer_refused (fixture, TILL_SHOP_DRAWER_PAID_OUT, 100, NULL, SHOP_MANAGER_PIN, TILL_ERROR_INVALID);
  assert_drawer_refused (fixture, TILL_SHOP_DRAWER_PAID_OUT, 100, "bank", SHOP_MANAGER_PIN,
                         TILL_ERROR_REFUSED);
  drawer_done (fixture, TILL_SHOP_DRAWER_PAID_IN, 100, NULL);
  drawer_done (fixture, TILL_SHOP_DRAWER_PAID_OUT, 100, "bank");
  assert_drawer_refused (fixture, TILL_SHOP_DRAWER_PAID_OUT, 1, "bank", SHOP_MANAGER_PIN, TILL_ERROR_REFUSED);

  shop_sales_ring_up (fixture, bread, 1);
  g_assert_true (till_checkout_open (fixture->checkout, till_shop_get_basket (fixture->shop), NULL));
  assert_close_refused (fixture, SHOP_MANAGER_PIN, TILL_ERROR_REFUSED);
  g_assert_true (till_checkout_cancel (fixture->checkout, NULL));
  g_autoptr (TillDayReport) report = close_day (fixture, 0, SHOP_MANAGER_PIN, NULL);
  g_assert_nonnull (report);
  g_assert_cmpint (till_day_report_get_drawer (report)->difference.minor, ==, 0);
}

#define ADD(path, test)                                                                                      \
  g_test_add ("/shop/day/" path, ShopFixture, NULL, set_up, test, shop_fixture_tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  ADD ("whole", test_day);
  ADD ("refusals", test_refusals);
  ADD ("pressed-twice", test_pressed_twice);
  ADD ("disown", test_disown);
  ADD ("between", test_between);
  ADD ("drawer", test_drawer);
  return g_test_run ();
}
