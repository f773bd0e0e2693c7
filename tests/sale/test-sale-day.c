/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/till-error.h"
#include "sale-random.h"
#include "sale-rows.h"
#include "sale-shop.h"
#include "sale/till-columns.h"
#include "sale/till-day-csv.h"
#include "sale/till-day-report.h"
#include "sale/till-refund.h"
#include "sale/till-sale-story.h"

#include <string.h>

#define AT_US (G_GINT64_CONSTANT (1795356300) * G_USEC_PER_SEC) /* 2026-11-22 14:05 UTC */

static const gint64 prices[] = { 1200, 211, 1000 };

/* 12.00 a piece at 20 %, so that 2.00 of each is tax; less 10 % each. */
static TillReceipt *
sale_new (const char *kind, const char *number, guint quantity)
{
  g_autoptr (TillCatalogue) shop = sale_shop_new ("EUR", TRUE, prices, G_N_ELEMENTS (prices));
  g_autoptr (TillBasket) basket = till_basket_new (shop);
  TillTender tender;

  g_assert_true (till_basket_add (basket, sale_shop_article (shop, 0), quantity, NULL));
  g_assert_true (till_basket_discount_line (basket, "a0", 1000, NULL, NULL));
  g_assert_true (till_tender_init_exact (&tender, kind, till_basket_get_total (basket), NULL, NULL, NULL));
  TillReceipt *sale = till_receipt_new ("Shop", number, AT_US, basket, &tender, NULL);
  g_assert_nonnull (sale);
  return sale;
}

static TillReceipt *
refund_new (const TillReceipt *sale, guint quantity, gboolean undone, const char *reason)
{
  g_autoptr (GArray) lines = g_array_new (FALSE, FALSE, sizeof (TillRefundLine));
  TillRefundLine line = { .article = "a0", .quantity = quantity };
  TillRefund wanted = {
    .reason = reason, .tender = till_receipt_get_tender (sale)->kind, .void_sale = undone, .lines = lines
  };

  g_array_append_val (lines, line);
  TillReceipt *refund = till_receipt_new_refund (sale, NULL, &wanted, "R1", AT_US, NULL);
  g_assert_nonnull (refund);
  return refund;
}

static TillDayReport *
report_of (SaleRows *rows, guint number)
{
  g_autoptr (GError) error = NULL;
  TillDayReport *report
      = till_day_report_new ("Corner Café", "EUR", number, AT_US + G_USEC_PER_SEC, rows->rows, &error);

  g_assert_no_error (error);
  return report;
}

/* A day with one of everything. */
static void
fill_day (SaleRows *rows)
{
  g_autoptr (TillReceipt) cash = sale_new ("cash", "1", 2), card = sale_new ("card", "2", 1);
  g_autoptr (TillReceipt) face = sale_new ("face", "3", 3), void_cash = sale_new ("cash", "4", 1);
  g_autoptr (TillReceipt) some = refund_new (face, 1, FALSE, "=cmd|' /C calc'!A0");
  g_autoptr (TillReceipt) undone = refund_new (void_cash, 1, TRUE, "Wrong, \"quite\"");
  g_autoptr (TillReceipt) open = refund_new (face, 2, FALSE, "Cold");

  sale_rows_add (rows, TILL_LEDGER_DRAWER, NULL, NULL,
                 "{ \"what\": \"opening\", \"amount\": 5000, \"currency\": \"EUR\" }");
  sale_rows_add_counter_sale (rows, "sale_1", cash);
  sale_rows_add_counter_sale (rows, "sale_2", card);
  sale_rows_add_face_sale (rows, "sale_3", "att_3", face);
  sale_rows_add (rows, TILL_LEDGER_DRAWER, NULL, NULL,
                 "{ \"what\": \"paid-in\", \"amount\": 1000, \"currency\": \"EUR\" }");
  sale_rows_add_face_refund (rows, "sale_3", "att_4", "att_3", some);
  sale_rows_add (rows, TILL_LEDGER_REFUND_END, "sale_3", "att_4",
                 "{ \"status\": \"approved\", \"amount\": 1080, \"currency\": \"EUR\" }");
  sale_rows_add_counter_sale (rows, "sale_4", void_cash);
  sale_rows_add (rows, TILL_LEDGER_DRAWER, NULL, NULL,
                 "{ \"what\": \"count\", \"amount\": 9200, \"currency\": \"EUR\" }");
  sale_rows_add_counter_refund (rows, "sale_4", undone);
  sale_rows_add (rows, TILL_LEDGER_DRAWER, NULL, NULL,
                 "{ \"what\": \"paid-out\", \"amount\": 4000, \"currency\": \"EUR\", \"note\": \"Bank\" }");
  sale_rows_add (rows, TILL_LEDGER_CHARGE_INTENT, "sale_5", "att_5",
                 "{ \"amount\": 700, \"currency\": \"EUR\" }");
  sale_rows_add (rows, TILL_LEDGER_CHARGE_END, "sale_5", "att_5",
                 "{ \"status\": \"declined\", \"amount\": 700, \"currency\": \"EUR\" }");
  sale_rows_add (rows, TILL_LEDGER_CHARGE_INTENT, "sale_6", "att_6",
                 "{ \"amount\": 800, \"currency\": \"EUR\" }");
  sale_rows_add_face_refund (rows, "sale_3", "att_7", "att_3", open);
  sale_rows_add (rows, TILL_LEDGER_DISPUTE, "sale_3", "att_3",
                 "{ \"evidence\": { \"amount\": 3240, \"currency\": \"EUR\" } }");
}

static void
assert_count (const TillDayCount *count, guint n, gint64 sum)
{
  g_assert_cmpuint (count->n, ==, n);
  g_assert_cmpint (count->sum.minor, ==, sum);
}

static void
check_day (const TillDayReport *report)
{
  const TillDayTender *takings = till_day_report_get_takings (report);
  const TillDayDrawer *drawer = till_day_report_get_drawer (report);

  assert_count (&takings->sold, 4, 2160 + 1080 + 3240 + 1080);
  assert_count (&takings->refunded, 2, 2160);
  g_assert_cmpint (takings->net.minor, ==, 5400);
  g_assert_cmpstr (till_day_report_get_tender (report, 0)->tender, ==, "face");
  g_assert_cmpint (till_day_report_get_tender (report, 0)->net.minor, ==, 2160);
  g_assert_cmpint (till_day_report_get_tender (report, 1)->net.minor, ==, 2160);
  g_assert_cmpint (till_day_report_get_tender (report, 2)->net.minor, ==, 1080);

  g_assert_cmpuint (till_day_report_get_n_taxes (report), ==, 1);
  g_assert_cmpint (till_day_report_get_tax (report, 0)->gross.minor, ==, 5400);
  g_assert_cmpint (till_day_report_get_tax (report, 0)->tax.minor, ==, 900);
  g_assert_cmpint (till_day_report_get_tax (report, 0)->net.minor, ==, 4500);
  g_assert_cmpint (till_day_report_get_untaxed (report)->minor, ==, 0);

  assert_count (till_day_report_get_discount (report, TILL_DISCOUNT_LINE), 4, 240 + 120 + 360 + 120);
  assert_count (till_day_report_get_discount (report, TILL_DISCOUNT_SMILE), 0, 0);
  assert_count (till_day_report_get_voids (report), 1, 1080);
  assert_count (till_day_report_get_disputes (report), 1, 3240);
  assert_count (till_day_report_get_declined (report), 1, 700);
  assert_count (till_day_report_get_unresolved (report), 1, 800);
  assert_count (till_day_report_get_unresolved_refunds (report), 1, 2160);
  assert_count (till_day_report_get_hour (report, 14), 4, 7560);
  assert_count (till_day_report_get_hour (report, 15), 0, 0);

  g_assert_cmpint (drawer->opening.minor, ==, 5000);
  g_assert_cmpint (drawer->sold.minor, ==, 3240);
  g_assert_cmpint (drawer->refunded.minor, ==, 1080);
  g_assert_cmpint (drawer->expected.minor, ==, 5000 + 1000 + 3240 - 1080 - 4000);
  g_assert_true (drawer->counted_yet);
  g_assert_cmpint (drawer->expected_at_count.minor, ==, 5000 + 1000 + 3240);
  g_assert_cmpint (drawer->difference.minor, ==, 9200 - 9240);
}

static void
test_one_of_everything (void)
{
  SaleRows rows;

  sale_rows_init (&rows, AT_US);
  fill_day (&rows);
  g_autoptr (TillDayReport) report = report_of (&rows, 0);
  check_day (report);
  g_assert_cmpint (till_day_report_get_first_seq (report), ==, 1);
  g_assert_cmpint (till_day_report_get_last_seq (report), ==, (gint64) rows.rows->len);
  g_assert_cmpint (till_day_report_get_since_us (report), ==, AT_US);
  sale_rows_clear (&rows);
}

static void
test_json (void)
{
  static const struct
  {
    const char *name;
    const char *value;
  } damages[] = {
    { "shop", "7" },          { "currency", "\"XXX\"" }, { "number", "-1" },  { "takings", "5401" },
    { "untaxed", "1" },       { "taxes", "{}" },         { "hours", "[]" },   { "tenders", "[]" },
    { "drawer", "{}" },       { "voids", "{}" },         { "at_us", "\"\"" }, { "discounts", "{}" },
    { "unresolved", "null" },
  };
  SaleRows rows;

  sale_rows_init (&rows, AT_US);
  fill_day (&rows);
  g_autoptr (TillDayReport) report = report_of (&rows, 12);
  g_autoptr (JsonObject) object = till_day_report_to_json (report);
  g_autoptr (GError) error = NULL;
  g_autoptr (TillDayReport) back = till_day_report_from_json (object, &error);

  g_assert_no_error (error);
  check_day (back);
  g_assert_cmpuint (till_day_report_get_number (back), ==, 12);
  g_autofree char *text = till_day_report_to_text (report), *text_back = till_day_report_to_text (back);
  g_assert_cmpstr (text, ==, text_back);
  g_autofree char *csv = till_day_report_to_csv (report), *csv_back = till_day_report_to_csv (back);
  g_assert_cmpstr (csv, ==, csv_back);

  for (guint i = 0; i < G_N_ELEMENTS (damages); i++)
    {
      g_autoptr (JsonObject) broken = till_day_report_to_json (report);

      json_object_set_member (broken, damages[i].name, json_from_string (damages[i].value, NULL));
      if (till_day_report_from_json (broken, NULL) != NULL)
        g_error ("%s as %s was taken", damages[i].name, damages[i].value);
    }
  sale_rows_clear (&rows);
}

/* What was closed before there was an equal offer has none of it; without another kind it is damaged. */
static void
test_json_of_before_the_offer (void)
{
  SaleRows rows;

  sale_rows_init (&rows, AT_US);
  fill_day (&rows);
  g_autoptr (TillDayReport) report = report_of (&rows, 12);
  g_autoptr (JsonObject) old = till_day_report_to_json (report);
  g_autoptr (GError) error = NULL;
  JsonObject *discounts = json_object_get_object_member (old, "discounts");

  json_object_remove_member (discounts, "equal");
  g_autoptr (TillDayReport) back = till_day_report_from_json (old, &error);
  g_assert_no_error (error);
  check_day (back);
  assert_count (till_day_report_get_discount (back, TILL_DISCOUNT_EQUAL), 0, 0);
  json_object_remove_member (discounts, "smile");
  g_assert_null (till_day_report_from_json (old, &error));
  g_assert_error (error, TILL_ERROR, TILL_ERROR_INVALID);
  sale_rows_clear (&rows);
}

static void
test_text (void)
{
  SaleRows rows;

  sale_rows_init (&rows, AT_US);
  fill_day (&rows);
  g_autoptr (TillDayReport) report = report_of (&rows, 12);
  g_autofree char *text = till_day_report_to_text (report);

  g_assert_true (g_str_has_prefix (text, "               Corner Café\n"
                                         "      Z report 12: the day is closed\n"
                                         "             2026-11-22 14:05\n"
                                         "          since 2026-11-22 14:05\n"
                                         "------------------------------------------\n"
                                         "TAKINGS                             €54.00\n"
                                         "  Sold (4)                          €75.60\n"
                                         "  Refunded (2)                     -€21.60\n"));
  g_assert_nonnull (strstr (text, "Standard 20 % in €54.00              €9.00\n"));
  g_assert_nonnull (strstr (text, "Difference                          -€0.40\n"));
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  for (char **line = lines; *line != NULL; line++)
    g_assert_cmpuint (till_columns_measure (*line), <=, TILL_RECEIPT_WIDTH);
  sale_rows_clear (&rows);
}

static void
test_csv (void)
{
  SaleRows rows;

  sale_rows_init (&rows, AT_US);
  fill_day (&rows);
  sale_rows_add (&rows, TILL_LEDGER_TENDER, "sale_9", NULL, "{ \"tender\": \"cash\" }");
  g_autofree char *csv = till_day_csv_of_sales (rows.rows, 0);
  g_auto (GStrv) lines = g_strsplit (csv, "\r\n", -1);

  /* A heading, the row that says no amount, four sales, two refunds, and the last line's end. */
  g_assert_cmpuint (g_strv_length (lines), ==, 9);
  g_assert_true (
      g_str_has_prefix (lines[0], "at,kind,receipt,tender,currency,goods,discounts,net,tax,total,"));
  g_assert_nonnull (strstr (lines[1], ",unreadable,,,,,,,,,sale_9,,tender"));
  g_assert_cmpstr (lines[2], ==,
                   "2026-11-22T14:06:00.000Z,sale,1,cash,EUR,24.00,-2.40,18.00,3.60,21.60,sale_1,,");
  g_assert_cmpstr (lines[5], ==,
                   "2026-11-22T14:15:00.000Z,refund,R1,face,EUR,-10.80,0.00,-9.00,-1.80,-10.80,sale_3,att_4,"
                   "'=cmd|' /C calc'!A0");
  g_assert_true (g_str_has_suffix (lines[7], ",void,R1,cash,EUR,-10.80,0.00,-9.00,-1.80,-10.80,sale_4,,"
                                             "\"Wrong, \"\"quite\"\"\""));
  g_autofree char *later = till_day_csv_of_sales (rows.rows, rows.at_us);
  g_assert_null (strstr (later, "sale_1"));

  g_ptr_array_set_size (rows.rows, (int) rows.rows->len - 1);
  g_autoptr (TillDayReport) report = report_of (&rows, 0);
  g_autofree char *sums = till_day_report_to_csv (report);
  g_assert_nonnull (strstr (sums, "\r\ntakings,net,,54.00\r\n"));
  g_assert_nonnull (strstr (sums, "\r\ntax t0 20.00,tax,,9.00\r\n"));
  g_assert_nonnull (strstr (sums, "\r\nhour,14,4,75.60\r\n"));
  sale_rows_clear (&rows);
}

/* Refunds that come to the same amount are told apart by their rows, with a receipt in them or without. */
static void
test_csv_of_equal_refunds (void)
{
  g_autoptr (TillReceipt) sale = sale_new ("cash", "1", 3);
  g_autoptr (TillReceipt) cold = refund_new (sale, 1, FALSE, "Cold");
  SaleRows rows;

  sale_rows_init (&rows, AT_US);
  sale_rows_add_counter_sale (&rows, "sale_1", sale);
  sale_rows_add_counter_refund (&rows, "sale_1", cold);
  sale_rows_add (&rows, TILL_LEDGER_REFUND, "sale_1", NULL,
                 "{ \"tender\": \"cash\", \"amount\": 1080, \"currency\": \"EUR\", \"reason\": \"Stale\","
                 " \"lines\": [ { \"article\": \"a0\", \"quantity\": 1 } ] }");
  g_autofree char *csv = till_day_csv_of_sales (rows.rows, 0);
  g_auto (GStrv) lines = g_strsplit (csv, "\r\n", -1);
  g_assert_cmpuint (g_strv_length (lines), ==, 5);
  g_assert_nonnull (strstr (lines[2], ",refund,R1,cash,"));
  g_assert_true (g_str_has_suffix (lines[2], ",Cold"));
  g_assert_nonnull (strstr (lines[3], ",refund,000004,cash,"));
  g_assert_true (g_str_has_suffix (lines[3], ",Stale"));
  sale_rows_clear (&rows);
}

/* A day begins after the last close, and what was begun before it counts when it ends. */
static void
test_days_follow_each_other (void)
{
  g_autoptr (TillReceipt) sale = sale_new ("face", "3", 1);
  SaleRows rows;

  sale_rows_init (&rows, AT_US);
  sale_rows_add_face_sale (&rows, "sale_1", "att_1", sale);
  sale_rows_add_face_sale (&rows, "sale_2", "att_2", sale);
  g_ptr_array_remove_range (rows.rows, 4, 2);
  g_autoptr (TillDayReport) first = report_of (&rows, 1);
  g_assert_cmpint (till_day_report_get_takings (first)->net.minor, ==, 1080);
  assert_count (till_day_report_get_unresolved (first), 1, 1080);

  sale_rows_add (&rows, TILL_LEDGER_DAY_CLOSE, NULL, NULL, "{ }");
  sale_rows_add (&rows, TILL_LEDGER_CHARGE_END, "sale_2", "att_2",
                 "{ \"status\": \"approved\", \"amount\": 1080, \"currency\": \"EUR\" }");
  sale_rows_add_object (&rows, TILL_LEDGER_RECEIPT, "sale_2", "att_2", till_receipt_to_json (sale));
  g_autoptr (TillDayReport) second = report_of (&rows, 2);
  g_assert_cmpint (till_day_report_get_takings (second)->net.minor, ==, 1080);
  g_assert_cmpint (till_day_report_get_untaxed (second)->minor, ==, 0);
  assert_count (till_day_report_get_unresolved (second), 0, 0);
  sale_rows_clear (&rows);
}

static void
test_without_receipt (void)
{
  SaleRows rows;

  sale_rows_init (&rows, AT_US);
  sale_rows_add (&rows, TILL_LEDGER_TENDER, "sale_1", NULL,
                 "{ \"tender\": \"cash\", \"amount\": 500, \"currency\": \"EUR\" }");
  g_autoptr (TillDayReport) report = report_of (&rows, 0);
  g_assert_cmpint (till_day_report_get_untaxed (report)->minor, ==, 500);
  g_assert_cmpuint (till_day_report_get_n_taxes (report), ==, 0);
  sale_rows_clear (&rows);
}

/* A charge that was undone is no turnover. */
static void
test_reversal (void)
{
  SaleRows rows;

  sale_rows_init (&rows, AT_US);
  sale_rows_add (&rows, TILL_LEDGER_CHARGE_INTENT, "sale_1", "att_1",
                 "{ \"amount\": 999, \"currency\": \"EUR\" }");
  sale_rows_add (&rows, TILL_LEDGER_CHARGE_END, "sale_1", "att_1",
                 "{ \"status\": \"approved\", \"amount\": 999, \"currency\": \"EUR\" }");
  sale_rows_add (&rows, TILL_LEDGER_REFUND_INTENT, "sale_1", "att_2",
                 "{ \"of\": \"att_1\", \"reversal\": true, \"amount\": 999, \"currency\": \"EUR\" }");
  sale_rows_add (&rows, TILL_LEDGER_REFUND_END, "sale_1", "att_2",
                 "{ \"status\": \"approved\", \"amount\": 999, \"currency\": \"EUR\" }");
  g_autoptr (TillDayReport) report = report_of (&rows, 0);
  assert_count (&till_day_report_get_takings (report)->sold, 0, 0);
  assert_count (&till_day_report_get_takings (report)->refunded, 0, 0);
  g_autofree char *csv = till_day_csv_of_sales (rows.rows, 0);
  g_assert_null (strstr (csv, "sale_1"));
  sale_rows_clear (&rows);
}

/* The receipt of what was paid in the end tells nothing of the tax of what was charged before. */
static void
test_one_receipt_of_two_payments (void)
{
  g_autoptr (TillReceipt) sale = sale_new ("cash", "1", 1);
  SaleRows rows;

  sale_rows_init (&rows, AT_US);
  sale_rows_add (&rows, TILL_LEDGER_CHARGE_INTENT, "sale_1", "att_1",
                 "{ \"amount\": 1080, \"currency\": \"EUR\" }");
  sale_rows_add (&rows, TILL_LEDGER_CHARGE_END, "sale_1", "att_1",
                 "{ \"status\": \"approved\", \"amount\": 1080, \"currency\": \"EUR\" }");
  sale_rows_add_counter_sale (&rows, "sale_1", sale);
  g_autoptr (TillDayReport) report = report_of (&rows, 0);
  g_assert_cmpint (till_day_report_get_takings (report)->net.minor, ==, 2160);
  g_assert_cmpint (till_day_report_get_tax (report, 0)->gross.minor, ==, 1080);
  g_assert_cmpint (till_day_report_get_untaxed (report)->minor, ==, 1080);
  sale_rows_clear (&rows);
}

static void
test_refusals (void)
{
  static const struct
  {
    const char *kind;
    const char *body;
    TillError code;
  } broken[] = {
    { TILL_LEDGER_TENDER, "{ \"tender\": \"cash\", \"amount\": 1, \"currency\": \"USD\" }",
      TILL_ERROR_CURRENCY },
    { TILL_LEDGER_TENDER, "{ \"tender\": \"cash\", \"amount\": -1, \"currency\": \"EUR\" }",
      TILL_ERROR_CORRUPT },
    { TILL_LEDGER_DRAWER, "{ \"what\": \"burnt\", \"amount\": 1, \"currency\": \"EUR\" }",
      TILL_ERROR_CORRUPT },
    { TILL_LEDGER_DRAWER, "{ \"what\": \"count\", \"amount\": 1, \"currency\": \"USD\" }",
      TILL_ERROR_CURRENCY },
    { TILL_LEDGER_TENDER, "{ \"tender\": \"cash\", \"amount\": 9223372036854775807, \"currency\": \"EUR\" }",
      TILL_ERROR_OVERFLOW },
  };

  for (guint i = 0; i < G_N_ELEMENTS (broken); i++)
    {
      g_autoptr (GError) error = NULL;
      SaleRows rows;

      sale_rows_init (&rows, AT_US);
      sale_rows_add (&rows, TILL_LEDGER_TENDER, "sale_1", NULL,
                     "{ \"tender\": \"cash\", \"amount\": 500, \"currency\": \"EUR\" }");
      sale_rows_add (&rows, broken[i].kind, "sale_2", NULL, broken[i].body);
      g_assert_null (till_day_report_new ("Shop", "EUR", 0, AT_US, rows.rows, &error));
      g_assert_error (error, TILL_ERROR, (int) broken[i].code);
      sale_rows_clear (&rows);
    }
}

/* Any day: what its ways to pay, its tax classes and its receipts say is the same money. */
static void
check_random_day (TillCatalogue *shop)
{
  const char *currency = till_catalogue_get_currency (shop);
  gint64 sold = 0, tax = 0, back = 0;
  g_autoptr (GError) error = NULL;
  SaleRows rows;

  sale_rows_init (&rows, AT_US);
  for (guint i = 0; i < 6; i++)
    {
      g_autoptr (TillBasket) basket = sale_random_basket_new (shop);
      g_autoptr (TillReceipt) sale = sale_random_receipt_new (basket);
      g_autofree char *id = g_strdup_printf ("sale_%u", i);

      sale_rows_add_counter_sale (&rows, id, sale);
      sold += till_receipt_get_total (sale)->minor;
      for (guint j = 0; j < till_receipt_get_n_taxes (sale); j++)
        tax += till_receipt_get_tax (sale, j)->tax.minor;
      if (i % 2 == 0 || till_receipt_get_total (sale)->minor == 0)
        continue;

      TillRefund all = { .reason = "Cold", .tender = TILL_TENDER_CARD };
      g_autoptr (TillReceipt) refund = till_receipt_new_refund (sale, NULL, &all, "R", AT_US, NULL);
      sale_rows_add_counter_refund (&rows, id, refund);
      back += till_receipt_get_total (refund)->minor;
      for (guint j = 0; j < till_receipt_get_n_taxes (refund); j++)
        tax -= till_receipt_get_tax (refund, j)->tax.minor;
    }

  g_autoptr (TillDayReport) report = till_day_report_new ("Shop", currency, 0, AT_US, rows.rows, &error);
  g_assert_no_error (error);
  gint64 gross = 0;
  for (guint i = 0; i < till_day_report_get_n_taxes (report); i++)
    {
      const TillDayTax *class = till_day_report_get_tax (report, i);

      g_assert_cmpint (class->net.minor + class->tax.minor, ==, class->gross.minor);
      gross += class->gross.minor;
      tax -= class->tax.minor;
    }
  g_assert_cmpint (till_day_report_get_takings (report)->sold.sum.minor, ==, sold);
  g_assert_cmpint (till_day_report_get_takings (report)->net.minor, ==, sold - back);
  g_assert_cmpint (gross, ==, sold - back);
  g_assert_cmpint (tax, ==, 0);
  g_assert_cmpint (till_day_report_get_untaxed (report)->minor, ==, 0);
  g_autoptr (JsonObject) object = till_day_report_to_json (report);
  g_autoptr (TillDayReport) again = till_day_report_from_json (object, &error);
  g_assert_no_error (error);
  sale_rows_clear (&rows);
}

static void
test_random_days (void)
{
  for (guint i = 0; i < 300; i++)
    {
      g_autoptr (TillCatalogue) shop = sale_random_shop_new ();

      check_random_day (shop);
    }
}

/* One member anywhere in @object becomes something else, or goes. */
static void
damage_object (JsonObject *object)
{
  static const char *const others[] = { "null",
                                        "-1",
                                        "0",
                                        "1",
                                        "9223372036854775807",
                                        "1.5",
                                        "true",
                                        "\"\"",
                                        "\"x\"",
                                        "[]",
                                        "{}",
                                        "\"refund\"",
                                        "\"cash\"",
                                        "\"JPY\"",
                                        "[{}]",
                                        "\"t1\"",
                                        "\"a1\"",
                                        "\"declined\"",
                                        "false" };
  g_autoptr (GList) names = json_object_get_members (object);
  const char *name
      = g_list_nth_data (names, (guint) g_test_rand_int_range (0, (gint32) g_list_length (names) + 1));

  if (name == NULL)
    return;

  JsonNode *node = json_object_get_member (object, name);
  if (JSON_NODE_HOLDS_OBJECT (node) && g_test_rand_int_range (0, 8) > 0)
    damage_object (json_node_get_object (node));
  else if (JSON_NODE_HOLDS_ARRAY (node) && json_array_get_length (json_node_get_array (node)) > 0
           && g_test_rand_int_range (0, 8) > 0)
    damage_object (json_array_get_object_element (json_node_get_array (node), 0));
  else if (g_test_rand_int_range (0, 4) == 0)
    json_object_remove_member (object, name);
  else
    json_object_set_member (
        object, name,
        json_from_string (others[g_test_rand_int_range (0, (gint32) G_N_ELEMENTS (others))], NULL));
}

/* Whatever a row of the books has become, its sale is told of, and everything else adds up or is refused. */
static void
test_damaged_rows (void)
{
  for (guint run = 0; run < 1200; run++)
    {
      g_autoptr (GError) error = NULL;
      SaleRows rows;

      sale_rows_init (&rows, AT_US);
      fill_day (&rows);
      for (guint i = 0; i <= run % 3; i++)
        damage_object (((TillLedgerEntry *) g_ptr_array_index (
                            rows.rows, (guint) g_test_rand_int_range (0, (gint32) rows.rows->len)))
                           ->body);

      g_autoptr (GPtrArray) stories = till_sale_stories_new (rows.rows);
      g_assert_cmpuint (stories->len, ==, 6);
      for (guint i = 0; i < stories->len; i++)
        {
          g_assert_cmpint (till_currency_exponent (till_sale_story_get_total (stories->pdata[i])->currency),
                           >=, 0);
          g_assert_cmpint (till_sale_story_get_left (stories->pdata[i])->minor, >=, 0);
          till_sale_story_matches (stories->pdata[i], "article 10.80");
        }
      g_autofree char *csv = till_day_csv_of_sales (rows.rows, 0);
      g_assert_true (g_utf8_validate (csv, -1, NULL));

      g_autoptr (TillDayReport) report = till_day_report_new ("Shop", "EUR", 1, AT_US, rows.rows, &error);
      g_assert_true ((report == NULL) == (error != NULL));
      if (report != NULL)
        {
          g_autoptr (JsonObject) object = till_day_report_to_json (report);
          g_autoptr (TillDayReport) back = till_day_report_from_json (object, &error);
          g_assert_no_error (error);
          g_autofree char *text = till_day_report_to_text (back);
          g_assert_true (g_utf8_validate (text, -1, NULL));
        }
      sale_rows_clear (&rows);
    }
}

int
main (int argc, char **argv)
{
  g_setenv ("TZ", "UTC", TRUE);
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/sale/day/one-of-everything", test_one_of_everything);
  g_test_add_func ("/sale/day/json", test_json);
  g_test_add_func ("/sale/day/json-of-before-the-offer", test_json_of_before_the_offer);
  g_test_add_func ("/sale/day/text", test_text);
  g_test_add_func ("/sale/day/csv", test_csv);
  g_test_add_func ("/sale/day/csv-of-equal-refunds", test_csv_of_equal_refunds);
  g_test_add_func ("/sale/day/days-follow-each-other", test_days_follow_each_other);
  g_test_add_func ("/sale/day/without-receipt", test_without_receipt);
  g_test_add_func ("/sale/day/reversal", test_reversal);
  g_test_add_func ("/sale/day/one-receipt-of-two-payments", test_one_receipt_of_two_payments);
  g_test_add_func ("/sale/day/refusals", test_refusals);
  g_test_add_func ("/sale/day/damaged-rows", test_damaged_rows);
  g_test_add_func ("/sale/day/random-days", test_random_days);
  return g_test_run ();
}
