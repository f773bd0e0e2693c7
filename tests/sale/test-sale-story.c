/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sale-rows.h"
#include "sale-shop.h"
#include "sale/till-code-words.h"
#include "sale/till-refund.h"
#include "sale/till-sale-story.h"

#include <string.h>

#define AT_US (G_GINT64_CONSTANT (1795356300) * G_USEC_PER_SEC) /* 2026-11-22 14:05 UTC */

static const gint64 prices[] = { 333, 220, 999 };

static TillReceipt *
sale_new (const char *kind, const char *number, guint quantity)
{
  g_autoptr (TillCatalogue) shop = sale_shop_new ("EUR", TRUE, prices, G_N_ELEMENTS (prices));
  g_autoptr (TillBasket) basket = till_basket_new (shop);
  TillTender tender;

  g_assert_true (till_basket_add (basket, sale_shop_article (shop, 0), quantity, NULL));
  g_assert_true (till_tender_init_exact (&tender, kind, till_basket_get_total (basket), NULL, NULL, NULL));
  TillReceipt *sale = till_receipt_new ("Shop", number, AT_US, basket, &tender, NULL);
  g_assert_nonnull (sale);
  return sale;
}

static TillReceipt *
refund_new (const TillReceipt *sale, guint quantity, gboolean undone)
{
  g_autoptr (GArray) lines = g_array_new (FALSE, FALSE, sizeof (TillRefundLine));
  TillRefundLine line = { .article = "a0", .quantity = quantity };
  TillRefund wanted = { .reason = "It was broken",
                        .tender = till_receipt_get_tender (sale)->kind,
                        .void_sale = undone,
                        .lines = lines };

  g_array_append_val (lines, line);
  TillReceipt *refund = till_receipt_new_refund (sale, NULL, &wanted, "R1", AT_US, NULL);
  g_assert_nonnull (refund);
  return refund;
}

/* The only story in @rows. */
static TillSaleStory *
story_of (SaleRows *rows)
{
  g_autoptr (GPtrArray) stories = till_sale_stories_new (rows->rows);

  g_assert_cmpuint (stories->len, ==, 1);
  return g_object_ref (g_ptr_array_index (stories, 0));
}

static void
assert_state (SaleRows *rows, TillSaleState state, gint64 refunded, gint64 refunding, gint64 left)
{
  g_autoptr (TillSaleStory) story = story_of (rows);

  g_assert_cmpint ((int) till_sale_story_get_state (story), ==, (int) state);
  g_assert_cmpint (till_sale_story_get_refunded (story)->minor, ==, refunded);
  g_assert_cmpint (till_sale_story_get_refunding (story)->minor, ==, refunding);
  g_assert_cmpint (till_sale_story_get_left (story)->minor, ==, left);
}

static void
test_counter_sale (void)
{
  g_autoptr (TillReceipt) sale = sale_new ("cash", "000042", 3);
  g_autoptr (TillReceipt) some = refund_new (sale, 1, FALSE), undone = refund_new (sale, 3, TRUE);
  SaleRows rows;

  sale_rows_init (&rows, AT_US);
  sale_rows_add_counter_sale (&rows, "sale_1", sale);
  assert_state (&rows, TILL_SALE_PAID, 0, 0, 999);

  g_autoptr (TillSaleStory) story = story_of (&rows);
  g_assert_cmpstr (till_sale_story_get_id (story), ==, "sale_1");
  g_assert_cmpstr (till_sale_story_get_number (story), ==, "000042");
  g_assert_cmpstr (till_sale_story_get_name (story), ==, "000042");
  g_assert_cmpstr (till_sale_story_get_tender (story), ==, "cash");
  g_assert_cmpint (till_sale_story_get_at_us (story), ==, AT_US);
  g_assert_cmpint (till_sale_story_get_total (story)->minor, ==, 999);
  g_assert_nonnull (till_sale_story_get_receipt (story));
  g_assert_null (till_sale_story_get_customer (story));
  g_assert_cmpuint (till_sale_story_get_n_events (story), ==, 2);
  g_assert_cmpstr (till_sale_story_get_event (story, 0)->words, ==,
                   "€9.99 was paid in cash: €9.99 was given, €0.00 was the change.");

  sale_rows_add_counter_refund (&rows, "sale_1", some);
  assert_state (&rows, TILL_SALE_PARTLY_REFUNDED, 333, 0, 666);
  g_autoptr (TillSaleStory) partly = story_of (&rows);
  g_assert_cmpuint (till_sale_story_get_refunds (partly)->len, ==, 1);
  g_assert_cmpstr (till_sale_story_get_event (partly, 2)->words, ==,
                   "€3.33 was given back in cash. Reason: “It was broken”. Allowed by: a manager.");

  g_ptr_array_set_size (rows.rows, 2);
  sale_rows_add_counter_refund (&rows, "sale_1", undone);
  assert_state (&rows, TILL_SALE_VOIDED, 999, 0, 0);
  sale_rows_clear (&rows);
}

static void
test_face_refunds (void)
{
  g_autoptr (TillReceipt) sale = sale_new ("face", "000042", 3);
  g_autoptr (TillReceipt) all = refund_new (sale, 3, FALSE);
  SaleRows rows;

  sale_rows_init (&rows, AT_US);
  sale_rows_add_face_sale (&rows, "sale_1", "att_1", sale);
  assert_state (&rows, TILL_SALE_PAID, 0, 0, 999);
  sale_rows_add_face_refund (&rows, "sale_1", "att_2", "att_1", all);
  assert_state (&rows, TILL_SALE_UNKNOWN, 0, 999, 0);

  g_autoptr (TillSaleStory) open = story_of (&rows);
  g_assert_cmpstr (till_sale_story_get_open_attempt (open), ==, "att_2");
  g_assert_cmpstr (till_sale_story_get_customer (open), ==, "cus_1");
  sale_rows_add (&rows, TILL_LEDGER_REFUND_DOUBT, "sale_1", "att_2", "{ \"code\": \"timed-out\" }");
  sale_rows_add (&rows, TILL_LEDGER_REFUND_END, "sale_1", "att_2",
                 "{ \"status\": \"declined\", \"amount\": 999, \"currency\": \"EUR\", \"code\": "
                 "\"insufficient_funds\" }");
  assert_state (&rows, TILL_SALE_PAID, 0, 0, 999);

  g_autoptr (TillSaleStory) declined = story_of (&rows);
  guint n = till_sale_story_get_n_events (declined);
  g_assert_nonnull (strstr (till_sale_story_get_event (declined, n - 1)->words,
                            "Nothing was given back. There was not enough money on the account."));
  g_assert_nonnull (strstr (till_sale_story_get_event (declined, n - 2)->words,
                            "did not answer in time. The till asks again."));

  sale_rows_add_face_refund (&rows, "sale_1", "att_3", "att_1", all);
  sale_rows_add (&rows, TILL_LEDGER_REFUND_END, "sale_1", "att_3",
                 "{ \"status\": \"approved\", \"amount\": 999, \"currency\": \"EUR\" }");
  assert_state (&rows, TILL_SALE_REFUNDED, 999, 0, 0);
  sale_rows_add (&rows, TILL_LEDGER_DISPUTE, "sale_1", "att_1",
                 "{ \"attempt\": \"att_1\", \"reason\": \"I was at home\", \"by\": \"manager\" }");
  assert_state (&rows, TILL_SALE_DISPUTED, 999, 0, 0);
  sale_rows_clear (&rows);
}

/* Declined, then nobody knew, then a manager did: each time the story is what is known. */
static void
test_charges (void)
{
  SaleRows rows;

  sale_rows_init (&rows, AT_US);
  sale_rows_add (&rows, TILL_LEDGER_CHARGE_INTENT, "sale_1", "att_1",
                 "{ \"amount\": 500, \"currency\": \"EUR\" }");
  assert_state (&rows, TILL_SALE_UNKNOWN, 0, 0, 0);
  sale_rows_add (
      &rows, TILL_LEDGER_CHARGE_END, "sale_1", "att_1",
      "{ \"status\": \"declined\", \"amount\": 500, \"currency\": \"EUR\", \"code\": \"expired_card\" }");
  assert_state (&rows, TILL_SALE_DECLINED, 0, 0, 0);

  g_autoptr (TillSaleStory) declined = story_of (&rows);
  g_assert_cmpint (till_sale_story_get_total (declined)->minor, ==, 500);
  g_assert_null (till_sale_story_get_number (declined));
  g_assert_cmpstr (till_sale_story_get_name (declined), ==, "sale_1");
  g_assert_cmpstr (till_sale_story_get_event (declined, 1)->words, ==,
                   "It was not paid. The card has expired.");

  sale_rows_add (&rows, TILL_LEDGER_CHARGE_INTENT, "sale_1", "att_2",
                 "{ \"amount\": 500, \"currency\": \"EUR\" }");
  sale_rows_add (
      &rows, TILL_LEDGER_SETTLEMENT, "sale_1", "att_2",
      "{ \"status\": \"approved\", \"evidence\": \"On the list of 22 November\", \"by\": \"manager\" }");
  sale_rows_add (
      &rows, TILL_LEDGER_CHARGE_END, "sale_1", "att_2",
      "{ \"status\": \"approved\", \"amount\": 500, \"currency\": \"EUR\", \"code\": \"settled-by-hand\" }");
  assert_state (&rows, TILL_SALE_PAID, 0, 0, 500);
  g_autoptr (TillSaleStory) settled = story_of (&rows);
  g_assert_cmpstr (till_sale_story_get_event (settled, 4)->words, ==,
                   "€5.00 was paid by face. A manager settled it by hand.");
  sale_rows_clear (&rows);
}

/* What was asked for and not paid in the end stands in the list at its time and amount. */
static void
assert_asked (SaleRows *rows, gint64 minor)
{
  g_autoptr (TillSaleStory) story = story_of (rows);

  g_assert_cmpint (till_sale_story_get_total (story)->minor, ==, minor);
  g_assert_cmpint (till_sale_story_get_at_us (story), >=, AT_US);
}

/* A charge that was undone is no payment, and giving it back is no refund of what was paid after. */
static void
test_reversal_then_cash (void)
{
  g_autoptr (TillReceipt) sale = sale_new ("cash", "000042", 3);
  SaleRows rows;

  sale_rows_init (&rows, AT_US);
  sale_rows_add (&rows, TILL_LEDGER_CHARGE_INTENT, "sale_1", "att_1",
                 "{ \"amount\": 999, \"currency\": \"EUR\" }");
  sale_rows_add (&rows, TILL_LEDGER_CHARGE_END, "sale_1", "att_1",
                 "{ \"status\": \"approved\", \"amount\": 999, \"currency\": \"EUR\" }");
  sale_rows_add (&rows, TILL_LEDGER_REFUND_INTENT, "sale_1", "att_2",
                 "{ \"of\": \"att_1\", \"reversal\": true, \"amount\": 999, \"currency\": \"EUR\" }");
  assert_state (&rows, TILL_SALE_UNKNOWN, 0, 999, 0);
  sale_rows_add (&rows, TILL_LEDGER_REFUND_END, "sale_1", "att_2",
                 "{ \"status\": \"approved\", \"amount\": 999, \"currency\": \"EUR\" }");
  assert_state (&rows, TILL_SALE_DECLINED, 0, 0, 0);
  assert_asked (&rows, 999);
  sale_rows_add_counter_sale (&rows, "sale_1", sale);
  assert_state (&rows, TILL_SALE_PAID, 0, 0, 999);
  g_autoptr (TillSaleStory) story = story_of (&rows);
  g_assert_cmpuint (till_sale_story_get_refunds (story)->len, ==, 0);
  g_assert_cmpstr (till_sale_story_get_tender (story), ==, "cash");
  sale_rows_clear (&rows);
}

/* Set aside and paid after all: the receipt is the one that was worked out before. */
static void
test_receipt_of_the_intent (void)
{
  g_autoptr (TillReceipt) sale = sale_new ("face", "draft", 3);
  SaleRows rows;

  sale_rows_init (&rows, AT_US);
  sale_rows_add_face_sale (&rows, "sale_1", "att_1", sale);
  g_ptr_array_set_size (rows.rows, 2);
  g_autoptr (TillSaleStory) story = story_of (&rows);
  g_assert_cmpstr (till_sale_story_get_number (story), ==, "000002");
  g_assert_cmpstr (till_receipt_get_tender (till_sale_story_get_receipt (story))->reference, ==, "pi_1");
  sale_rows_clear (&rows);
}

static void
test_many_newest_first (void)
{
  g_autoptr (TillReceipt) first = sale_new ("cash", "1", 1), second = sale_new ("card", "2", 2);
  SaleRows rows;

  sale_rows_init (&rows, AT_US);
  sale_rows_add_counter_sale (&rows, "sale_1", first);
  sale_rows_add (&rows, TILL_LEDGER_ENROLMENT, NULL, NULL, "{ \"customer\": \"cus_1\" }");
  sale_rows_add (&rows, TILL_LEDGER_CONSENT, "sale_9", NULL, "{ \"kind\": \"payment\" }");
  sale_rows_add_counter_sale (&rows, "sale_2", second);
  sale_rows_add (&rows, TILL_LEDGER_REFUND, "sale_1", NULL,
                 "{ \"tender\": \"cash\", \"amount\": 333, \"currency\": \"EUR\", \"reason\": \"Cold\" }");

  g_autoptr (GPtrArray) stories = till_sale_stories_new (rows.rows);
  g_assert_cmpuint (stories->len, ==, 2);
  g_assert_cmpstr (till_sale_story_get_id (g_ptr_array_index (stories, 0)), ==, "sale_2");
  g_assert_cmpint ((int) till_sale_story_get_state (g_ptr_array_index (stories, 1)), ==,
                   (int) TILL_SALE_REFUNDED);
  sale_rows_clear (&rows);
}

/* Nothing that lies in the ledger may make a sale disappear or the till fall over. */
static void
test_rows_that_cannot_be_understood (void)
{
  static const struct
  {
    const char *kind;
    const char *body;
  } broken[] = {
    { TILL_LEDGER_CHARGE_INTENT, "{ }" },
    { TILL_LEDGER_CHARGE_INTENT, "{ \"amount\": -1, \"currency\": \"EUR\" }" },
    { TILL_LEDGER_CHARGE_INTENT, "{ \"amount\": \"1\", \"currency\": \"XXX\" }" },
    { TILL_LEDGER_CHARGE_END, "{ \"status\": 7 }" },
    { TILL_LEDGER_TENDER, "{ \"tender\": \"shells\", \"amount\": 1, \"currency\": \"EUR\" }" },
    { TILL_LEDGER_REFUND, "{ \"tender\": \"cash\", \"amount\": 1, \"currency\": 3 }" },
    { TILL_LEDGER_REFUND, "{ \"tender\": \"cash\", \"amount\": 99999, \"currency\": \"EUR\" }" },
    { TILL_LEDGER_REFUND, "{ \"tender\": \"cash\", \"amount\": 1, \"currency\": \"JPY\" }" },
    { TILL_LEDGER_RECEIPT, "{ \"shop\": [] }" },
    { TILL_LEDGER_DISPUTE, "{ \"evidence\": 3 }" },
    { TILL_LEDGER_REFUND_DOUBT, "{ \"code\": { } }" },
    { TILL_LEDGER_DAY_CLOSE, "{ }" },
  };
  g_autoptr (TillReceipt) sale = sale_new ("cash", "1", 1);

  for (guint i = 0; i < G_N_ELEMENTS (broken); i++)
    {
      SaleRows rows;

      sale_rows_init (&rows, AT_US);
      sale_rows_add_counter_sale (&rows, "sale_1", sale);
      sale_rows_add (&rows, broken[i].kind, "sale_1", "att_9", broken[i].body);
      g_autoptr (TillSaleStory) story = story_of (&rows);
      g_assert_cmpuint (till_sale_story_get_n_events (story), >=, 3);
      g_assert_cmpstr (till_sale_story_get_total (story)->currency, ==, "EUR");
      g_assert_nonnull (till_sale_story_get_receipt (story));
      for (guint j = 0; j < till_sale_story_get_n_events (story); j++)
        g_assert_true (g_utf8_validate (till_sale_story_get_event (story, j)->words, -1, NULL));
      sale_rows_clear (&rows);
    }
}

static void
test_matches (void)
{
  static const char *const found[]
      = { "",           "42",      "000042", "9.99",         "9,99",     "€9.99", "9.99€",  "14:05",
          "2026-11-22", "article", "ARTI",   "Article 9.99", "14:05 42", "f00d",  "BADF00D" };
  static const char *const not_found[] = { "43",         "9.98", "14:06", "00d",  "croissant", "article 9.98",
                                           "2026-11-23", "99",   "999",   "12:5", "€",         "%s" };
  g_autoptr (TillReceipt) sale = sale_new ("cash", "000042", 3);
  SaleRows rows;

  sale_rows_init (&rows, AT_US);
  sale_rows_add_counter_sale (&rows, "sale_5c9bbadf00d", sale);
  g_autoptr (TillSaleStory) story = story_of (&rows);
  for (guint i = 0; i < G_N_ELEMENTS (found); i++)
    if (!till_sale_story_matches (story, found[i]))
      g_error ("“%s” did not find it", found[i]);
  for (guint i = 0; i < G_N_ELEMENTS (not_found); i++)
    if (till_sale_story_matches (story, not_found[i]))
      g_error ("“%s” found it", not_found[i]);
  sale_rows_clear (&rows);
}

/* Every code has words that say something, and one nobody knows says just that. */
static void
test_code_words (void)
{
  const char *unknown = till_code_words_get ("never-heard-of");

  g_assert_cmpstr (till_code_words_get (NULL), ==, unknown);
  g_assert_cmpstr (till_code_words_get ("settled-by-hand"), !=, unknown);
  g_assert_cmpstr (till_code_words_get ("reversed"), !=, unknown);
  g_assert_cmpstr (till_code_words_get ("requires-action"), !=, unknown);
}

int
main (int argc, char **argv)
{
  g_setenv ("TZ", "UTC", TRUE);
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/sale/story/counter-sale", test_counter_sale);
  g_test_add_func ("/sale/story/face-refunds", test_face_refunds);
  g_test_add_func ("/sale/story/charges", test_charges);
  g_test_add_func ("/sale/story/reversal-then-cash", test_reversal_then_cash);
  g_test_add_func ("/sale/story/receipt-of-the-intent", test_receipt_of_the_intent);
  g_test_add_func ("/sale/story/many-newest-first", test_many_newest_first);
  g_test_add_func ("/sale/story/rows-that-cannot-be-understood", test_rows_that_cannot_be_understood);
  g_test_add_func ("/sale/story/matches", test_matches);
  g_test_add_func ("/sale/story/code-words", test_code_words);
  return g_test_run ();
}
