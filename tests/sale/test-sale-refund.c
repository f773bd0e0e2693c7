/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/till-error.h"
#include "sale-random.h"
#include "sale-rows.h"
#include "sale-shop.h"
#include "sale/till-refund.h"

#include <string.h>

#define AT_US (G_GINT64_CONSTANT (1795329660) * G_USEC_PER_SEC)
#define SALES 600

static const gint64 prices[] = { 333, 220, 999 };

/* 3 x 3.33 at 20 % and 2 x 2.20 at 5.5 %, 1.00 off everything: 13.39, of which 9.30 and 4.09. */
static TillReceipt *
sale_new (gboolean inclusive)
{
  g_autoptr (TillCatalogue) shop = sale_shop_new ("EUR", inclusive, prices, G_N_ELEMENTS (prices));
  g_autoptr (TillBasket) basket = till_basket_new (shop);
  g_autoptr (GError) error = NULL;
  TillMoney euro = { 100, "EUR" };
  TillTender tender;

  g_assert_true (till_basket_add (basket, sale_shop_article (shop, 0), 3, NULL));
  g_assert_true (till_basket_add (basket, sale_shop_article (shop, 1), 2, NULL));
  g_assert_true (till_basket_discount (basket, 0, &euro, NULL));
  g_assert_true (
      till_tender_init_exact (&tender, TILL_TENDER_CASH, till_basket_get_total (basket), NULL, NULL, NULL));
  TillReceipt *sale = till_receipt_new ("Shop", "000007", AT_US, basket, &tender, &error);
  g_assert_no_error (error);
  return sale;
}

static GPtrArray *
refunds_new (void)
{
  return g_ptr_array_new_with_free_func ((GDestroyNotify) till_receipt_unref);
}

/* @article NULL: all that is left. */
static TillReceipt *
refund_new (const TillReceipt *sale, GPtrArray *earlier, const char *article, guint quantity, GError **error)
{
  g_autoptr (GArray) lines = g_array_new (FALSE, FALSE, sizeof (TillRefundLine));
  TillRefundLine line = { .article = article, .quantity = quantity };
  TillRefund wanted = { .reason = "It was broken", .tender = TILL_TENDER_CASH };

  g_array_append_val (lines, line);
  if (article != NULL)
    wanted.lines = lines;
  return till_receipt_new_refund (sale, earlier, &wanted, "000008", AT_US, error);
}

static TillReceipt *
refund_amount (const TillReceipt *sale, GPtrArray *earlier, gint64 minor, GError **error)
{
  TillMoney amount = *till_receipt_get_total (sale);
  TillRefund wanted = { .reason = "It was broken", .tender = TILL_TENDER_CASH, .amount = &amount };

  amount.minor = minor;
  return till_receipt_new_refund (sale, earlier, &wanted, "000008", AT_US, error);
}

static void
test_by_hand (void)
{
  g_autoptr (TillReceipt) sale = sale_new (TRUE);
  g_autoptr (GPtrArray) earlier = refunds_new ();

  g_assert_cmpint (till_receipt_get_total (sale)->minor, ==, 1339);
  g_assert_cmpint (till_receipt_get_line_paid (sale, 0).minor, ==, 930);
  g_assert_cmpint (till_receipt_get_line_paid (sale, 1).minor, ==, 409);
  g_assert_cmpint (till_receipt_get_tax (sale, 0)->tax.minor, ==, 155);
  g_assert_cmpint (till_receipt_get_tax (sale, 1)->tax.minor, ==, 21); /* 21.32 */

  /* 51.67, 103.33 and 155 of the tax. */
  static const gint64 totals[] = { 310, 310, 310 }, taxes[] = { 52, 51, 52 };
  for (guint i = 0; i < 3; i++)
    {
      TillReceipt *refund = refund_new (sale, earlier, "a0", 1, NULL);

      g_assert_cmpint (till_receipt_get_total (refund)->minor, ==, totals[i]);
      g_assert_cmpuint (till_receipt_get_n_taxes (refund), ==, 1);
      g_assert_cmpint (till_receipt_get_tax (refund, 0)->tax.minor, ==, taxes[i]);
      g_ptr_array_add (earlier, refund);
      g_assert_cmpuint (till_refund_get_quantity_left (sale, earlier, 0), ==, 2 - i);
    }
  g_autoptr (TillReceipt) rest = refund_new (sale, earlier, NULL, 0, NULL);
  g_assert_cmpint (till_receipt_get_total (rest)->minor, ==, 409);
  g_assert_cmpuint (till_receipt_get_n_lines (rest), ==, 1);
  g_assert_cmpint (till_receipt_get_tax (rest, 0)->tax.minor, ==, 21);
}

static void
test_refusals (void)
{
  g_autoptr (TillReceipt) sale = sale_new (FALSE);
  g_autoptr (GPtrArray) earlier = refunds_new ();
  g_autoptr (GError) error = NULL;
  TillRefund wanted = { .reason = "", .tender = TILL_TENDER_CASH };

  g_assert_null (refund_new (sale, NULL, "a9", 1, &error));
  g_assert_error (error, TILL_ERROR, TILL_ERROR_NOT_FOUND);
  g_clear_error (&error);
  g_assert_null (refund_new (sale, NULL, "a0", 4, &error));
  g_assert_error (error, TILL_ERROR, TILL_ERROR_REFUSED);
  g_clear_error (&error);
  g_assert_null (refund_new (sale, NULL, "a0", 0, &error));
  g_assert_error (error, TILL_ERROR, TILL_ERROR_INVALID);
  g_clear_error (&error);
  g_assert_null (refund_new (sale, NULL, "a0", G_MAXUINT, &error));
  g_assert_error (error, TILL_ERROR, TILL_ERROR_REFUSED);
  g_clear_error (&error);
  g_assert_null (refund_amount (sale, NULL, till_receipt_get_total (sale)->minor + 1, &error));
  g_assert_error (error, TILL_ERROR, TILL_ERROR_REFUSED);
  g_clear_error (&error);
  g_assert_null (refund_amount (sale, NULL, -1, &error));
  g_assert_error (error, TILL_ERROR, TILL_ERROR_INVALID);
  g_clear_error (&error);
  g_assert_null (till_receipt_new_refund (sale, NULL, &wanted, "1", AT_US, &error));
  g_assert_error (error, TILL_ERROR, TILL_ERROR_INVALID);
  g_clear_error (&error);
  wanted.reason = "two\nlines";
  g_assert_null (till_receipt_new_refund (sale, NULL, &wanted, "1", AT_US, &error));
  g_assert_error (error, TILL_ERROR, TILL_ERROR_INVALID);
  g_clear_error (&error);

  g_ptr_array_add (earlier, refund_new (sale, NULL, NULL, 0, NULL));
  g_assert_null (refund_new (sale, earlier, NULL, 0, &error));
  g_assert_error (error, TILL_ERROR, TILL_ERROR_REFUSED);
  g_clear_error (&error);
  g_assert_null (refund_new (g_ptr_array_index (earlier, 0), NULL, NULL, 0, &error));
  g_assert_error (error, TILL_ERROR, TILL_ERROR_INVALID);
}

/* One line asked for twice in one refund is no way to get more than there is. */
static void
test_a_line_twice (void)
{
  g_autoptr (TillReceipt) sale = sale_new (TRUE);
  g_autoptr (GArray) lines = g_array_new (FALSE, FALSE, sizeof (TillRefundLine));
  const TillRefundLine two = { .article = "a0", .quantity = 2 };
  TillRefund wanted = { .reason = "It was broken", .tender = TILL_TENDER_CASH, .lines = lines };
  g_autoptr (GError) error = NULL;

  g_array_append_val (lines, two);
  g_array_append_val (lines, two);
  g_assert_null (till_receipt_new_refund (sale, NULL, &wanted, "1", AT_US, &error));
  g_assert_error (error, TILL_ERROR, TILL_ERROR_REFUSED);
}

static void
test_text_and_json (void)
{
  g_autoptr (TillReceipt) sale = sale_new (TRUE);
  g_autoptr (TillReceipt) refund = refund_new (sale, NULL, "a0", 2, NULL);
  g_autoptr (JsonObject) body = till_receipt_to_json (refund);
  g_autoptr (GError) error = NULL;
  g_autoptr (TillReceipt) back = till_receipt_from_json (body, &error);
  g_autofree char *text = till_receipt_to_text (refund);

  g_assert_no_error (error);
  g_assert_true (till_receipt_is_refund (back));
  g_assert_false (till_receipt_is_void (back));
  g_assert_cmpstr (till_receipt_get_of (back), ==, "000007");
  g_assert_cmpstr (till_receipt_get_reason (back), ==, "It was broken");
  g_autofree char *text_back = till_receipt_to_text (back);
  g_assert_cmpstr (text, ==, text_back);
  g_assert_cmpstr (text, ==,
                   "                   Shop\n"
                   "              Refund 000008\n"
                   "            of receipt 000007\n"
                   "             2026-11-22 06:41\n"
                   "------------------------------------------\n"
                   "Article 0\n"
                   "  2 pieces, as paid                 -€6.20\n"
                   "------------------------------------------\n"
                   "GIVEN BACK                          -€6.20\n"
                   "Tax included                        -€1.03\n"
                   "  Standard 20 % on €5.17            -€1.03\n"
                   "------------------------------------------\n"
                   "Given back: Cash                    -€6.20\n"
                   "Reason: It was broken\n");
}

/* What a sale's refunds must come to, class by class, when all is given back. */
static void
assert_whole (const TillReceipt *sale, GPtrArray *refunds)
{
  gint64 total = 0;

  for (guint i = 0; i < refunds->len; i++)
    total += till_receipt_get_total (g_ptr_array_index (refunds, i))->minor;
  g_assert_cmpint (total, ==, till_receipt_get_total (sale)->minor);
  g_assert_cmpint (till_refund_get_left (sale, refunds).minor, ==, 0);

  for (guint c = 0; c < till_receipt_get_n_taxes (sale); c++)
    {
      const TillTaxSum *sold = till_receipt_get_tax (sale, c);
      gint64 net = 0, tax = 0, gross = 0;

      for (guint i = 0; i < refunds->len; i++)
        for (guint j = 0; j < till_receipt_get_n_taxes (g_ptr_array_index (refunds, i)); j++)
          {
            const TillTaxSum *back = till_receipt_get_tax (g_ptr_array_index (refunds, i), j);

            g_assert_cmpint (back->net.minor, >=, 0);
            g_assert_cmpint (back->tax.minor, >=, 0);
            if (!g_str_equal (back->id, sold->id))
              continue;
            net += back->net.minor;
            tax += back->tax.minor;
            gross += back->gross.minor;
          }
      g_assert_cmpint (net, ==, sold->net.minor);
      g_assert_cmpint (tax, ==, sold->tax.minor);
      g_assert_cmpint (gross, ==, sold->gross.minor);
    }
}

/* One to three random lines, of what is left, or FALSE for nothing worth anything. */
static gboolean
refund_some (const TillReceipt *sale, GPtrArray *refunds)
{
  g_autoptr (GArray) lines = g_array_new (FALSE, FALSE, sizeof (TillRefundLine));
  guint n = till_receipt_get_n_lines (sale), start = (guint) g_test_rand_int_range (0, (gint32) n);
  TillRefund wanted = { .reason = "It was broken", .tender = TILL_TENDER_CASH, .lines = lines };
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < n && lines->len < 3; i++)
    {
      guint index = (start + i) % n, left = till_refund_get_quantity_left (sale, refunds, index);
      TillRefundLine line = { .article = till_receipt_get_line (sale, index)->article };

      if (left == 0 || till_receipt_get_line_paid (sale, index).minor == 0)
        continue;
      line.quantity = 1 + (guint) g_test_rand_int_range (0, (gint32) left);
      g_array_append_val (lines, line);
    }
  if (lines->len == 0)
    return FALSE;

  TillReceipt *refund = till_receipt_new_refund (sale, refunds, &wanted, "1", AT_US, &error);
  if (refund == NULL)
    {
      /* So few pieces of so cheap a line round to nothing. */
      g_assert_error (error, TILL_ERROR, TILL_ERROR_REFUSED);
      return g_test_rand_int_range (0, 50) > 0;
    }
  g_ptr_array_add (refunds, refund);
  return TRUE;
}

static TillReceipt *
any_sale (void)
{
  for (;;)
    {
      g_autoptr (TillCatalogue) shop = sale_random_shop_new ();
      g_autoptr (TillBasket) basket = sale_random_basket_new (shop);
      TillReceipt *sale = sale_random_receipt_new (basket);

      if (till_receipt_get_total (sale)->minor > 0)
        return sale;
      till_receipt_unref (sale);
    }
}

static void
refund_rest (const TillReceipt *sale, GPtrArray *refunds)
{
  g_autoptr (GError) error = NULL;

  if (till_refund_get_left (sale, refunds).minor == 0)
    return;
  g_ptr_array_add (refunds, refund_new (sale, refunds, NULL, 0, &error));
  g_assert_no_error (error);
}

static void
test_any_split_is_the_whole (void)
{
  for (guint i = 0; i < SALES; i++)
    {
      g_autoptr (TillReceipt) sale = any_sale ();
      g_autoptr (GPtrArray) refunds = refunds_new ();

      while (refund_some (sale, refunds) && (i % 3 > 0 || g_test_rand_int_range (0, 4) > 0))
        continue;
      refund_rest (sale, refunds);
      assert_whole (sale, refunds);
    }
}

static void
test_all_at_once_is_the_whole (void)
{
  for (guint i = 0; i < SALES; i++)
    {
      g_autoptr (TillReceipt) sale = any_sale ();
      g_autoptr (GPtrArray) refunds = refunds_new ();

      refund_rest (sale, refunds);
      g_assert_cmpuint (refunds->len, ==, 1);
      assert_whole (sale, refunds);
    }
}

/* Parts that are for nothing in particular add up too, mixed with lines while that can be. */
static void
test_amounts_are_the_whole (void)
{
  for (guint i = 0; i < SALES; i++)
    {
      g_autoptr (TillReceipt) sale = any_sale ();
      g_autoptr (GPtrArray) refunds = refunds_new ();

      if (i % 2 == 0)
        refund_some (sale, refunds);
      for (guint part = 0; part < 4; part++)
        {
          gint64 left = till_refund_get_left (sale, refunds).minor;
          gint64 amount = left > 0 ? 1 + g_test_rand_int_range (0, (gint32) MIN (left, G_MAXINT32 - 1)) : 0;

          if (left == 0)
            break;
          g_ptr_array_add (refunds, refund_amount (sale, refunds, amount, NULL));
          g_assert_nonnull (g_ptr_array_index (refunds, refunds->len - 1));
          g_assert_false (till_refund_can_choose_lines (sale, refunds));
        }
      refund_rest (sale, refunds);
      assert_whole (sale, refunds);
    }
}

/* A receipt of before discounts does not say the class of a line. */
static TillReceipt *
as_old (const TillReceipt *sale)
{
  g_autoptr (JsonObject) body = till_receipt_to_json (sale);
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < till_receipt_get_n_lines (sale); i++)
    json_object_remove_member (
        json_array_get_object_element (json_object_get_array_member (body, "lines"), i), "tax");
  TillReceipt *old = till_receipt_from_json (body, &error);
  g_assert_no_error (error);
  return old;
}

static void
test_old_receipts_are_the_whole (void)
{
  for (guint i = 0; i < SALES; i++)
    {
      g_autoptr (TillReceipt) sale = any_sale ();
      g_autoptr (TillReceipt) old = as_old (sale);
      g_autoptr (GPtrArray) refunds = refunds_new ();

      while (refund_some (old, refunds))
        continue;
      refund_rest (old, refunds);
      assert_whole (old, refunds);
    }
}

/* The order does not matter to what a single piece is worth over all: the sums after the same pieces are the same. */
static void
test_order_does_not_matter (void)
{
  for (guint i = 0; i < SALES; i++)
    {
      g_autoptr (TillReceipt) sale = any_sale ();
      const char *article = till_receipt_get_line (sale, 0)->article;
      guint quantity = till_receipt_get_line (sale, 0)->quantity;
      g_autoptr (GPtrArray) singly = refunds_new (), at_once = refunds_new ();

      for (guint piece = 0; piece < quantity; piece++)
        {
          TillReceipt *refund = refund_new (sale, singly, article, 1, NULL);
          if (refund == NULL)
            break;
          g_ptr_array_add (singly, refund);
        }
      TillReceipt *all = refund_new (sale, NULL, article, quantity, NULL);
      if (all == NULL || till_refund_get_quantity_left (sale, singly, 0) > 0)
        {
          g_clear_pointer (&all, till_receipt_unref);
          continue;
        }
      g_ptr_array_add (at_once, all);
      g_assert_cmpint (till_refund_get_left (sale, singly).minor, ==,
                       till_refund_get_left (sale, at_once).minor);
      gint64 tax = 0;
      for (guint j = 0; j < singly->len; j++)
        tax += till_receipt_get_tax (g_ptr_array_index (singly, j), 0)->tax.minor;
      g_assert_cmpint (tax, ==, till_receipt_get_tax (all, 0)->tax.minor);
    }
}

/* What rows say */

static void
test_read_from_rows (void)
{
  g_autoptr (TillReceipt) sale = sale_new (FALSE);
  g_autoptr (GPtrArray) earlier = refunds_new ();
  g_autoptr (GError) error = NULL;
  SaleRows rows;

  sale_rows_init (&rows, AT_US);
  sale_rows_add_counter_sale (&rows, "sale_1", sale);
  g_ptr_array_add (earlier, refund_new (sale, earlier, "a0", 1, NULL));
  sale_rows_add_counter_refund (&rows, "sale_1", g_ptr_array_index (earlier, 0));
  g_ptr_array_add (earlier, refund_new (sale, earlier, "a1", 2, NULL));
  TillLedgerEntry *bare = NULL;
  sale_rows_add_counter_refund (&rows, "sale_1", g_ptr_array_index (earlier, 1));
  bare = g_ptr_array_index (rows.rows, rows.rows->len - 1);
  json_object_remove_member (bare->body, "receipt");

  g_autoptr (GPtrArray) read = till_refund_read_all (sale, rows.rows, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (read->len, ==, 2);
  g_assert_cmpint (till_refund_get_left (sale, read).minor, ==, till_refund_get_left (sale, earlier).minor);
  /* The second, worked out again from its lines, is the same. */
  g_assert_cmpuint (till_receipt_get_n_lines (g_ptr_array_index (read, 1)), ==, 1);
  g_assert_cmpint (till_receipt_get_tax (g_ptr_array_index (read, 1), 0)->tax.minor, ==,
                   till_receipt_get_tax (g_ptr_array_index (earlier, 1), 0)->tax.minor);

  json_object_remove_member (bare->body, "lines");
  g_autoptr (GPtrArray) blind = till_refund_read_all (sale, rows.rows, &error);
  g_assert_no_error (error);
  g_assert_false (till_refund_can_choose_lines (sale, blind));
  g_assert_cmpint (till_refund_get_left (sale, blind).minor, ==, till_refund_get_left (sale, earlier).minor);

  json_object_set_int_member (bare->body, "amount", 100000);
  g_assert_null (till_refund_read_all (sale, rows.rows, &error));
  g_assert_error (error, TILL_ERROR, TILL_ERROR_CORRUPT);
  g_assert_nonnull (strstr (error->message, "row 4"));
  sale_rows_clear (&rows);
}

/* Receipts that were tampered with may say anything: no more is given back than was paid, and nothing falls over. */
static void
test_hostile_rows (void)
{
  g_autoptr (TillReceipt) sale = sale_new (TRUE);
  g_autoptr (TillReceipt) one = refund_new (sale, NULL, "a0", 1, NULL);
  g_autoptr (JsonObject) kept = till_receipt_to_json (one);
  JsonObject *line = json_array_get_object_element (json_object_get_array_member (kept, "lines"), 0);
  JsonObject *tax = json_array_get_object_element (json_object_get_array_member (kept, "taxes"), 0);
  g_autoptr (GError) error = NULL;
  SaleRows rows;

  json_object_set_int_member (line, "quantity", TILL_BASKET_MAX_QUANTITY);
  json_object_set_string_member (tax, "id", "t1");
  g_autoptr (TillReceipt) hostile = till_receipt_from_json (kept, &error);
  g_assert_no_error (error);
  sale_rows_init (&rows, AT_US);
  sale_rows_add_counter_sale (&rows, "sale_1", sale);
  sale_rows_add_counter_refund (&rows, "sale_1", hostile);
  g_autoptr (GPtrArray) earlier = till_refund_read_all (sale, rows.rows, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (till_refund_get_quantity_left (sale, earlier, 0), ==, 0);
  g_assert_null (refund_new (sale, earlier, "a0", 1, NULL));
  g_autoptr (TillReceipt) next = refund_new (sale, earlier, "a1", 2, NULL);
  g_assert_cmpint (till_receipt_get_total (next)->minor, <=, till_refund_get_left (sale, earlier).minor);

  for (guint i = 0; i < 5; i++)
    sale_rows_add_counter_refund (&rows, "sale_1", hostile);
  g_assert_null (till_refund_read_all (sale, rows.rows, &error));
  g_assert_error (error, TILL_ERROR, TILL_ERROR_CORRUPT);
  sale_rows_clear (&rows);
}

/* What the provider declined was not given back; what nobody knows of may have been. */
static void
test_ends_in_rows (void)
{
  g_autoptr (TillReceipt) sale = sale_new (TRUE);
  g_autoptr (TillReceipt) one = refund_new (sale, NULL, "a0", 1, NULL);
  SaleRows rows;

  sale_rows_init (&rows, AT_US);
  sale_rows_add_face_sale (&rows, "sale_1", "att_1", sale);
  sale_rows_add_face_refund (&rows, "sale_1", "att_2", "att_1", one);
  g_autoptr (GPtrArray) open = till_refund_read_all (sale, rows.rows, NULL);
  g_assert_cmpuint (open->len, ==, 1);

  sale_rows_add (&rows, TILL_LEDGER_REFUND_END, "sale_1", "att_2",
                 "{ \"status\": \"declined\", \"amount\": 310, \"currency\": \"EUR\" }");
  g_autoptr (GPtrArray) declined = till_refund_read_all (sale, rows.rows, NULL);
  g_assert_cmpuint (declined->len, ==, 0);

  /* A reversal of another charge of the sale, before it was paid as the receipt says, gives none of that back. */
  sale_rows_add (&rows, TILL_LEDGER_REFUND_INTENT, "sale_1", "att_3",
                 "{ \"of\": \"att_0\", \"reversal\": true, \"amount\": 1339, \"currency\": \"EUR\" }");
  g_autoptr (GPtrArray) other = till_refund_read_all (sale, rows.rows, NULL);
  g_assert_cmpuint (other->len, ==, 0);
  sale_rows_add (&rows, TILL_LEDGER_REFUND_INTENT, "sale_1", "att_4",
                 "{ \"of\": \"att_0\", \"amount\": 1339, \"currency\": \"EUR\" }");
  g_autoptr (GPtrArray) unmarked = till_refund_read_all (sale, rows.rows, NULL);
  g_assert_cmpuint (unmarked->len, ==, 0);
  /* One of the very charge that the receipt is of does. */
  sale_rows_add (&rows, TILL_LEDGER_REFUND_INTENT, "sale_1", "att_5",
                 "{ \"of\": \"att_1\", \"reversal\": true, \"amount\": 1339, \"currency\": \"EUR\" }");
  g_autoptr (GPtrArray) own = till_refund_read_all (sale, rows.rows, NULL);
  g_assert_cmpuint (own->len, ==, 1);
  g_assert_cmpint (till_refund_get_left (sale, own).minor, ==, 0);
  sale_rows_clear (&rows);
}

/* A refund that was open while others were made, and then failed: what is left still adds up to the whole. */
static void
test_a_late_decline (void)
{
  for (guint i = 0; i < SALES; i++)
    {
      g_autoptr (TillReceipt) sale = any_sale ();
      g_autoptr (GPtrArray) refunds = refunds_new ();

      for (guint n = 0; n < 4; n++)
        refund_some (sale, refunds);
      if (refunds->len > 1)
        g_ptr_array_remove_index (refunds, (guint) g_test_rand_int_range (0, (gint32) refunds->len));
      while (refund_some (sale, refunds))
        continue;
      refund_rest (sale, refunds);
      assert_whole (sale, refunds);
    }
}

int
main (int argc, char **argv)
{
  g_setenv ("TZ", "UTC", TRUE);
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/sale/refund/by-hand", test_by_hand);
  g_test_add_func ("/sale/refund/refusals", test_refusals);
  g_test_add_func ("/sale/refund/a-line-twice", test_a_line_twice);
  g_test_add_func ("/sale/refund/text-and-json", test_text_and_json);
  g_test_add_func ("/sale/refund/any-split-is-the-whole", test_any_split_is_the_whole);
  g_test_add_func ("/sale/refund/all-at-once-is-the-whole", test_all_at_once_is_the_whole);
  g_test_add_func ("/sale/refund/amounts-are-the-whole", test_amounts_are_the_whole);
  g_test_add_func ("/sale/refund/old-receipts-are-the-whole", test_old_receipts_are_the_whole);
  g_test_add_func ("/sale/refund/order-does-not-matter", test_order_does_not_matter);
  g_test_add_func ("/sale/refund/read-from-rows", test_read_from_rows);
  g_test_add_func ("/sale/refund/hostile-rows", test_hostile_rows);
  g_test_add_func ("/sale/refund/ends-in-rows", test_ends_in_rows);
  g_test_add_func ("/sale/refund/a-late-decline", test_a_late_decline);
  return g_test_run ();
}
