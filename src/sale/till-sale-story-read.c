/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sale/till-sale-story-private.h"

#include "sale/till-json-member.h"
#include "sale/till-move.h"
#include "sale/till-refund.h"
#include "sale/till-row-words.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* So much of the end of an id as people can read out. */
#define NAME_LENGTH 6

typedef struct
{
  TillSaleStory *story;
  TillSaleTelling *told;
  GPtrArray *rows;
  GArray *moves;
  gint64 paid;
  gboolean voided;
} TillSaleReading;

/* More than can be counted is the most that can: only rows that were tampered with come to that. */
static gint64
till_sale_add (gint64 sum, gint64 amount)
{
  return __builtin_add_overflow (sum, amount, &sum) ? G_MAXINT64 : sum;
}

static void
till_sale_tell_problem (TillSaleReading *reading, const GError *problem)
{
  const TillLedgerEntry *last = g_ptr_array_index (reading->rows, reading->rows->len - 1);

  /* Translators: the ledger can't be understood; what follows says where and why. */
  till_sale_story_add_event (
      reading->story, last->at_us,
      g_strdup_printf (_ ("This sale can’t be read as a whole: %s"), problem->message));
}

static void
till_sale_read_events (TillSaleReading *reading)
{
  for (guint i = 0; i < reading->rows->len; i++)
    {
      const TillLedgerEntry *row = g_ptr_array_index (reading->rows, i);

      till_sale_story_add_event (reading->story, row->at_us, till_row_words_new (row));
    }
}

/* The receipt of the sale itself, the last there is. */
static void
till_sale_read_receipt (TillSaleReading *reading)
{
  for (guint i = 0; i < reading->rows->len; i++)
    {
      const TillLedgerEntry *row = g_ptr_array_index (reading->rows, i);
      g_autoptr (GError) error = NULL;

      if (!g_str_equal (row->kind, TILL_LEDGER_RECEIPT) || json_object_has_member (row->body, "kind"))
        continue;
      TillReceipt *receipt = till_receipt_from_json (row->body, &error);
      if (receipt == NULL)
        {
          till_sale_tell_problem (reading, error);
          continue;
        }
      g_clear_pointer (&reading->told->receipt, till_receipt_unref);
      reading->told->receipt = receipt;
    }
}

/* A payment of which the receipt is not written yet has it in its intent. */
static void
till_sale_read_draft (TillSaleReading *reading, const TillMove *move)
{
  if (reading->told->receipt != NULL)
    return;

  g_autoptr (TillReceipt) draft = till_move_read_receipt (move);
  g_autofree char *number = till_receipt_make_number (move->end->seq);
  const char *reference = NULL;
  if (draft == NULL)
    return;
  till_json_member_optional_string (move->end->body, "reference", &reference, NULL);
  reading->told->receipt = till_receipt_new_final (draft, number, move->end->at_us, reference, NULL, NULL);
}

static void
till_sale_read_customer (TillSaleReading *reading, const TillMove *move)
{
  const char *customer = NULL;

  if (move->refund || move->begin == NULL
      || !till_json_member_optional_string (move->begin->body, "customer", &customer, NULL)
      || customer == NULL)
    return;
  g_free (reading->told->customer);
  reading->told->customer = g_strdup (customer);
}

static void
till_sale_read_refund (TillSaleReading *reading, const TillMove *move)
{
  TillSaleTelling *told = reading->told;

  if (move->status == TILL_MOVE_DONE)
    {
      told->refunded.minor = till_sale_add (told->refunded.minor, move->amount.minor);
      reading->voided = reading->voided || move->void_sale;
    }
  else
    told->refunding.minor = till_sale_add (told->refunding.minor, move->amount.minor);
}

/* What was paid, or else what was last asked for; @done: it was paid, and not reversed. */
static void
till_sale_read_payment (TillSaleReading *reading, const TillMove *move, gboolean done)
{
  TillSaleTelling *told = reading->told;

  if (!done && reading->paid > 0)
    return;
  reading->paid = till_sale_add (reading->paid, done ? move->amount.minor : 0);
  told->total.minor = done ? reading->paid : move->amount.minor;
  told->at_us = done ? move->end->at_us : move->begin != NULL ? move->begin->at_us : move->end->at_us;
  g_free (told->tender);
  told->tender = g_strdup (move->tender);
  if (done)
    till_sale_read_draft (reading, move);
}

static void
till_sale_read_move (TillSaleReading *reading, const TillMove *move)
{
  TillSaleTelling *told = reading->told;

  till_sale_read_customer (reading, move);
  if (move->status == TILL_MOVE_OPEN)
    {
      g_free (told->open_attempt);
      told->open_attempt = g_strdup (move->attempt);
    }
  if (!till_money_same_currency (&move->amount, &told->total))
    return;

  gboolean done = move->status == TILL_MOVE_DONE;
  if (!move->refund)
    till_sale_read_payment (reading, move, done && !move->undone);
  else if (move->status != TILL_MOVE_DECLINED && !move->undone)
    till_sale_read_refund (reading, move);
}

static gboolean
till_sale_was_disputed (TillSaleReading *reading)
{
  for (guint i = 0; i < reading->rows->len; i++)
    if (g_str_equal (((const TillLedgerEntry *) g_ptr_array_index (reading->rows, i))->kind,
                     TILL_LEDGER_DISPUTE))
      return TRUE;
  return FALSE;
}

static TillSaleState
till_sale_find_state (TillSaleReading *reading)
{
  const TillSaleTelling *told = reading->told;

  if (told->open_attempt != NULL)
    return TILL_SALE_UNKNOWN;
  if (till_sale_was_disputed (reading))
    return TILL_SALE_DISPUTED;
  if (reading->paid == 0 && told->receipt == NULL)
    return TILL_SALE_DECLINED;
  if (told->refunded.minor >= reading->paid && told->refunded.minor > 0)
    return reading->voided ? TILL_SALE_VOIDED : TILL_SALE_REFUNDED;
  return told->refunded.minor > 0 ? TILL_SALE_PARTLY_REFUNDED : TILL_SALE_PAID;
}

static void
till_sale_read_refunds (TillSaleReading *reading)
{
  g_autoptr (GError) error = NULL;

  if (reading->told->receipt == NULL)
    return;
  GPtrArray *refunds = till_refund_read_all (reading->told->receipt, reading->rows, &error);
  if (refunds == NULL)
    {
      till_sale_tell_problem (reading, error);
      return;
    }
  g_ptr_array_unref (reading->told->refunds);
  reading->told->refunds = refunds;
}

static char *
till_sale_make_name (TillSaleStory *story)
{
  const char *number = till_sale_story_get_number (story), *id = till_sale_story_get_id (story);
  gsize length = strlen (id);

  if (number != NULL)
    return g_strdup (number);
  return g_utf8_make_valid (length > NAME_LENGTH ? id + length - NAME_LENGTH : id, -1);
}

/* @moves: not empty */
static void
till_sale_read (TillSaleReading *reading)
{
  TillSaleTelling *told = reading->told;

  told->total = g_array_index (reading->moves, TillMove, 0).amount;
  told->total.minor = 0;
  told->refunded = told->refunding = told->left = told->total;
  told->tender = g_strdup (g_array_index (reading->moves, TillMove, 0).tender);
  till_sale_read_events (reading);
  till_sale_read_receipt (reading);
  for (guint i = 0; i < reading->moves->len; i++)
    till_sale_read_move (reading, &g_array_index (reading->moves, TillMove, i));
  told->left.minor = MAX (MAX (reading->paid - told->refunded.minor, 0) - told->refunding.minor, 0);
  told->state = till_sale_find_state (reading);
  told->name = till_sale_make_name (reading->story);
  till_sale_read_refunds (reading);
}

/* The first currency that any of @rows names, NULL if none does. */
static const char *
till_sale_find_currency (GPtrArray *rows)
{
  for (guint i = 0; i < rows->len; i++)
    {
      const TillLedgerEntry *row = g_ptr_array_index (rows, i);
      const char *currency = NULL;

      if (till_json_member_optional_string (row->body, "currency", &currency, NULL) && currency != NULL
          && till_currency_exponent (currency) >= 0)
        return currency;
    }
  return NULL;
}

/* A sale with a row that can't be understood: what it came to is not known, but what can be told is. */
static void
till_sale_read_broken (TillSaleReading *reading, const char *currency, const GError *problem)
{
  const TillLedgerEntry *first = g_ptr_array_index (reading->rows, 0);
  TillSaleTelling *told = reading->told;

  if (!till_money_init (&told->total, 0, currency, NULL))
    g_assert_not_reached ();
  told->refunded = told->refunding = told->left = told->total;
  told->at_us = first->at_us;
  told->state = TILL_SALE_UNKNOWN;
  told->tender = g_strdup (TILL_TENDER_FACE);
  till_sale_read_events (reading);
  till_sale_read_receipt (reading);
  told->name = till_sale_make_name (reading->story);
  till_sale_tell_problem (reading, problem);
}

/*
 * (transfer full) (nullable): NULL when no money was ever asked for. @rows: all of one sale, one at least. @currency:
 * (nullable) for a sale of which no row names one that can be read.
 */
static TillSaleStory *
till_sale_story_read (GPtrArray *rows, const char *currency)
{
  const TillLedgerEntry *first = g_ptr_array_index (rows, 0);
  g_autoptr (TillSaleStory) story = till_sale_story_alloc (first->sale);
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) moves = till_moves_read (rows, &error);
  TillSaleReading reading
      = { .story = story, .told = till_sale_story_get_telling (story), .rows = rows, .moves = moves };

  if (moves == NULL)
    {
      const char *own = till_sale_find_currency (rows);

      if (own == NULL && currency == NULL)
        return NULL;
      till_sale_read_broken (&reading, own != NULL ? own : currency, error);
    }
  else if (moves->len > 0)
    till_sale_read (&reading);
  else
    return NULL;
  return g_steal_pointer (&story);
}

static int
till_sale_compare_newest_first (gconstpointer a, gconstpointer b)
{
  gint64 first = till_sale_story_get_at_us (*(TillSaleStory *const *) a);
  gint64 second = till_sale_story_get_at_us (*(TillSaleStory *const *) b);

  return (second > first) - (second < first);
}

GPtrArray *
till_sale_stories_new (GPtrArray *rows)
{
  g_autoptr (GHashTable) sales
      = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, (GDestroyNotify) g_ptr_array_unref);
  GPtrArray *stories = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GPtrArray) order = g_ptr_array_new ();
  const char *currency = till_sale_find_currency (rows);

  for (guint i = 0; i < rows->len; i++)
    {
      TillLedgerEntry *row = g_ptr_array_index (rows, i);
      GPtrArray *of_sale = row->sale != NULL ? g_hash_table_lookup (sales, row->sale) : NULL;

      if (row->sale == NULL)
        continue;
      if (of_sale == NULL)
        {
          of_sale = g_ptr_array_new ();
          g_hash_table_insert (sales, row->sale, of_sale);
          g_ptr_array_add (order, of_sale);
        }
      g_ptr_array_add (of_sale, row);
    }
  /* From the last on, so that sales of the same moment stand newest first too. */
  for (guint i = order->len; i > 0; i--)
    {
      TillSaleStory *story = till_sale_story_read (g_ptr_array_index (order, i - 1), currency);

      if (story != NULL)
        g_ptr_array_add (stories, story);
    }
  g_ptr_array_sort (stories, till_sale_compare_newest_first);
  return stories;
}
