/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sale/till-day-csv.h"

#include "base/till-clock.h"
#include "sale/till-move.h"
#include "sale/till-sale-story.h"

#include <string.h>

#define END_OF_LINE "\r\n"

/* Spreadsheets take a cell that begins with one of these for a formula. */
static gboolean
till_day_csv_is_formula (const char *text)
{
  return strchr ("=+-@\t\r", text[0]) != NULL && text[0] != '\0';
}

void
till_day_csv_append_cell (GString *csv, const char *text, gboolean first)
{
  gboolean quoted = strpbrk (text, ",\"\r\n;") != NULL || g_str_has_prefix (text, " ");

  if (!first)
    g_string_append_c (csv, ',');
  if (quoted)
    g_string_append_c (csv, '"');
  if (till_day_csv_is_formula (text))
    g_string_append_c (csv, '\'');
  for (const char *p = text; *p != '\0'; p++)
    {
      if (*p == '"')
        g_string_append_c (csv, '"');
      g_string_append_c (csv, *p);
    }
  if (quoted)
    g_string_append_c (csv, '"');
}

static void
append_amount (GString *csv, const TillMoney *amount, gboolean negative)
{
  TillMoney signed_amount = *amount;

  if (negative)
    signed_amount.minor = -amount->minor;
  g_autofree char *decimal = till_money_to_decimal (&signed_amount);
  g_string_append_printf (csv, ",%s", decimal);
}

static TillMoney
sum_of (const TillReceipt *receipt, gboolean tax)
{
  TillMoney sum = *till_receipt_get_total (receipt);

  sum.minor = 0;
  for (guint i = 0; i < till_receipt_get_n_taxes (receipt); i++)
    {
      const TillTaxSum *part = till_receipt_get_tax (receipt, i);
      sum.minor += tax ? part->tax.minor : part->net.minor;
    }
  return sum;
}

static TillMoney
discounts_of (const TillReceipt *receipt)
{
  TillMoney sum = *till_receipt_get_total (receipt);

  sum.minor = 0;
  for (guint i = 0; i < till_receipt_get_n_discounts (receipt); i++)
    sum.minor += till_receipt_get_discount (receipt, i)->amount.minor;
  return sum;
}

/* The receipt of a refund, whose row has it or for whose row its sale's story worked it out (transfer full) (nullable). */
static TillReceipt *
find_refund (TillSaleStory *story, const TillMove *move)
{
  GPtrArray *refunds = till_sale_story_get_refunds (story);
  TillReceipt *kept = till_move_read_receipt (move);
  g_autofree char *number = move->begin != NULL ? till_receipt_make_number (move->begin->seq) : NULL;

  for (guint i = 0; kept == NULL && number != NULL && i < refunds->len; i++)
    if (g_str_equal (till_receipt_get_number (g_ptr_array_index (refunds, i)), number))
      kept = till_receipt_ref (g_ptr_array_index (refunds, i));
  return kept;
}

static TillReceipt *
find_sale (TillSaleStory *story)
{
  TillReceipt *receipt = till_sale_story_get_receipt (story);

  return receipt != NULL ? till_receipt_ref (receipt) : NULL;
}

/* What the receipt says of the sums, or empty cells without one. */
static void
append_sums (GString *csv, const TillMove *move, const TillReceipt *receipt)
{
  if (receipt == NULL)
    {
      g_string_append (csv, ",,,,");
      return;
    }

  TillMoney goods = till_receipt_get_goods (receipt), discounts = discounts_of (receipt);
  TillMoney net = sum_of (receipt, FALSE), tax = sum_of (receipt, TRUE);
  append_amount (csv, &goods, move->refund);
  append_amount (csv, &discounts, TRUE);
  append_amount (csv, &net, move->refund);
  append_amount (csv, &tax, move->refund);
}

static void
append_move (GString *csv, const TillMove *move, TillSaleStory *story)
{
  g_autoptr (TillReceipt) receipt = NULL;
  g_autofree char *at = till_clock_format_utc (move->end->at_us);

  if (story != NULL)
    receipt = move->refund ? find_refund (story, move) : find_sale (story);
  till_day_csv_append_cell (csv, at, TRUE);
  till_day_csv_append_cell (csv, move->refund ? (move->void_sale ? "void" : "refund") : "sale", FALSE);
  till_day_csv_append_cell (csv, receipt != NULL ? till_receipt_get_number (receipt) : "", FALSE);
  till_day_csv_append_cell (csv, move->tender, FALSE);
  till_day_csv_append_cell (csv, move->amount.currency, FALSE);
  append_sums (csv, move, receipt);
  append_amount (csv, &move->amount, move->refund);
  till_day_csv_append_cell (csv, move->sale != NULL ? move->sale : "", FALSE);
  till_day_csv_append_cell (csv, move->attempt != NULL ? move->attempt : "", FALSE);
  till_day_csv_append_cell (csv, receipt != NULL && move->refund ? till_receipt_get_reason (receipt) : "",
                            FALSE);
  g_string_append (csv, END_OF_LINE);
}

/* A row that tells of no money that can be understood: seen in the books, not left out. */
static void
append_unreadable (GString *csv, const TillLedgerEntry *row)
{
  g_autofree char *at = till_clock_format_utc (row->at_us);

  till_day_csv_append_cell (csv, at, TRUE);
  g_string_append (csv, ",unreadable,,,,,,,,,");
  till_day_csv_append_cell (csv, row->sale != NULL ? row->sale : "", TRUE);
  till_day_csv_append_cell (csv, row->attempt != NULL ? row->attempt : "", FALSE);
  till_day_csv_append_cell (csv, row->kind, FALSE);
  g_string_append (csv, END_OF_LINE);
}

/* The rows that can be understood; the others get their lines (transfer full). */
static GPtrArray *
take_readable (GString *csv, GPtrArray *rows, gint64 since_us)
{
  GPtrArray *readable = g_ptr_array_new ();
  g_autoptr (GPtrArray) one = g_ptr_array_new ();

  for (guint i = 0; i < rows->len; i++)
    {
      TillLedgerEntry *row = g_ptr_array_index (rows, i);

      g_ptr_array_set_size (one, 0);
      g_ptr_array_add (one, row);
      g_autoptr (GArray) moves = till_moves_read (one, NULL);
      if (moves != NULL)
        g_ptr_array_add (readable, row);
      else if (row->at_us >= since_us)
        append_unreadable (csv, row);
    }
  return readable;
}

char *
till_day_csv_of_sales (GPtrArray *rows, gint64 since_us)
{
  g_autoptr (GString) csv = g_string_new (
      "at,kind,receipt,tender,currency,goods,discounts,net,tax,total,sale,attempt,reason" END_OF_LINE);
  g_autoptr (GPtrArray) readable = take_readable (csv, rows, since_us);
  g_autoptr (GArray) moves = till_moves_read (readable, NULL);
  g_autoptr (GPtrArray) stories = till_sale_stories_new (readable);
  g_autoptr (GHashTable) by_sale = g_hash_table_new (g_str_hash, g_str_equal);

  g_assert (moves != NULL);
  for (guint i = 0; i < stories->len; i++)
    {
      TillSaleStory *story = g_ptr_array_index (stories, i);
      g_hash_table_insert (by_sale, (char *) till_sale_story_get_id (story), story);
    }
  for (guint i = 0; i < moves->len; i++)
    {
      const TillMove *move = &g_array_index (moves, TillMove, i);

      if (move->status == TILL_MOVE_DONE && move->end->at_us >= since_us && !move->undone)
        append_move (csv, move, move->sale != NULL ? g_hash_table_lookup (by_sale, move->sale) : NULL);
    }
  return g_string_free (g_steal_pointer (&csv), FALSE);
}
