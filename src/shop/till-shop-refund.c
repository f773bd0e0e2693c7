/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "shop/till-shop-refund.h"

#include "base/till-error.h"
#include "payment/till-payment-standing.h"
#include "shop/till-shop-private.h"

#include <string.h>

/* One refund on its way. */
typedef struct
{
  char *sale;
  GArray *lines; /* (nullable) of TillRefundLine, the ids being owned */
  char *reason;
  char *pin;    /* (nullable) */
  char *tender; /* (nullable) */
  gboolean void_sale;

  gint64 closed_seq; /* the row that ended the day before this one */
  TillReceipt *receipt;
} Work;

static void
line_clear (gpointer data)
{
  g_free ((char *) ((TillRefundLine *) data)->article);
}

static Work *
work_new (const TillShopRefund *refund)
{
  Work *work = g_new0 (Work, 1);

  work->sale = g_strdup (refund->sale);
  work->reason = g_strdup (refund->reason);
  work->pin = g_strdup (refund->manager_pin);
  work->tender = g_strdup (refund->tender);
  work->void_sale = refund->void_sale;
  if (refund->lines == NULL)
    return work;

  work->lines = g_array_new (FALSE, FALSE, sizeof (TillRefundLine));
  g_array_set_clear_func (work->lines, line_clear);
  for (guint i = 0; i < refund->lines->len; i++)
    {
      TillRefundLine line = g_array_index (refund->lines, TillRefundLine, i);

      line.article = g_strdup (line.article);
      g_array_append_val (work->lines, line);
    }
  return work;
}

static void
work_free (gpointer data)
{
  Work *work = data;

  if (work->pin != NULL)
    explicit_bzero (work->pin, strlen (work->pin));
  g_free (work->pin);
  g_free (work->sale);
  g_free (work->reason);
  g_free (work->tender);
  g_clear_pointer (&work->lines, g_array_unref);
  g_clear_pointer (&work->receipt, till_receipt_unref);
  g_free (work);
}

/* The sale is free for another refund. @receipt: (transfer full) (nullable), @error: (transfer full) (nullable) */
static void
end (GTask *own_task, TillReceipt *receipt, GError *error)
{
  g_autoptr (GTask) task = own_task;
  TillShop *self = g_task_get_source_object (task);
  const Work *work = g_task_get_task_data (task);

  g_hash_table_remove (self->refunding, work->sale);
  till_shop_tell_day (self);
  if (error != NULL)
    g_task_return_error (task, error);
  else
    g_task_return_pointer (task, receipt, (GDestroyNotify) till_receipt_unref);
}

/* By the provider */

/* (transfer full) (nullable): NULL with @error for anything but money given back. */
static TillReceipt *
read_outcome (const Work *work, const TillPaymentOutcome *outcome, gint64 at_us, GError **error)
{
  const TillChargeResult *result = outcome->result;

  switch (result->status)
    {
    case TILL_CHARGE_APPROVED:
      return till_receipt_new_final (work->receipt, till_receipt_get_number (work->receipt), at_us,
                                     result->reference, NULL, error);
    case TILL_CHARGE_DECLINED:
      g_set_error (error, TILL_ERROR, TILL_ERROR_REFUSED,
                   "The payment service declined the refund of sale %s (%s): nothing was given back",
                   work->sale, result->code != NULL ? result->code : "no reason given");
      return NULL;
    case TILL_CHARGE_UNKNOWN:
    default:
      g_set_error (error, TILL_ERROR, TILL_ERROR_UNAVAILABLE,
                   "It is not known yet whether the refund of sale %s was carried out (%s). Do not give the "
                   "money back another way: the till goes on asking, and lists it as %s among the unresolved "
                   "attempts",
                   work->sale, result->code != NULL ? result->code : "no answer", outcome->attempt);
      return NULL;
    }
}

static void
on_refunded (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GTask *task = user_data;
  TillShop *self = g_task_get_source_object (task);
  GError *error = NULL;
  TillReceipt *receipt = NULL;
  g_autoptr (TillPaymentOutcome) outcome = till_payment_refund_finish (TILL_PAYMENT (source), result, &error);

  if (outcome != NULL)
    receipt = read_outcome (g_task_get_task_data (task), outcome, till_clock_utc (self->clock), &error);
  end (task, receipt, error);
}

/* At the counter */

static void
on_counter_refunded (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GTask *task = user_data;
  const Work *work = g_task_get_task_data (task);
  GError *error = NULL;
  g_autoptr (TillLedgerEntry) row
      = till_payment_refund_counter_finish (TILL_PAYMENT (source), result, &error);

  end (task, row != NULL ? till_receipt_ref (work->receipt) : NULL, error);
}

/* What the refund's row says beside the amount (transfer full). */
static JsonObject *
describe (const Work *work)
{
  JsonObject *extra = json_object_new ();

  json_object_set_string_member (extra, "reason", work->reason);
  json_object_set_string_member (extra, "by", TILL_SHOP_BY_MANAGER);
  json_object_set_array_member (extra, "lines", till_refund_lines_to_json (work->receipt));
  if (work->void_sale)
    json_object_set_boolean_member (extra, "void", TRUE);
  json_object_set_object_member (extra, "receipt", till_receipt_to_json (work->receipt));
  return extra;
}

static void
send (GTask *task, const TillPaymentStanding *standing)
{
  TillShop *self = g_task_get_source_object (task);
  const Work *work = g_task_get_task_data (task);
  const TillMoney *amount = till_receipt_get_total (work->receipt);
  const char *tender = till_receipt_get_tender (work->receipt)->kind;

  /* From here on it is carried through, whoever has stopped waiting for it. */
  g_task_set_check_cancellable (task, FALSE);
  if (g_str_equal (tender, TILL_TENDER_FACE))
    till_payment_refund_async (self->payment, standing->attempt, amount, describe (work), NULL, on_refunded,
                               task);
  else
    till_payment_refund_counter_async (self->payment, work->sale, tender, amount, describe (work), NULL,
                                       on_counter_refunded, task);
}

/* What may be refunded */

static gboolean
check_standing (const Work *work, const TillPaymentStanding *standing, GError **error)
{
  if (standing->open)
    g_set_error (
        error, TILL_ERROR, TILL_ERROR_REFUSED,
        "A payment or refund of sale %s has no end yet: ask about it under unresolved attempts first",
        work->sale);
  else if (standing->paid.minor <= 0)
    g_set_error (error, TILL_ERROR, TILL_ERROR_REFUSED,
                 "Sale %s was not paid, so there is nothing to give back", work->sale);
  else if (till_payment_standing_get_left (standing).minor <= 0)
    g_set_error (error, TILL_ERROR, TILL_ERROR_REFUSED,
                 "All that was paid for sale %s was given back already", work->sale);
  else
    return TRUE;
  return FALSE;
}

/* Told apart from an outcome that is not known: nothing is sent without somebody to send it to. */
static gboolean
check_provider (TillShop *self, const char *tender, GError **error)
{
  if (!g_str_equal (tender, TILL_TENDER_FACE) || till_payment_get_provider (self->payment) != NULL)
    return TRUE;
  g_set_error (error, TILL_ERROR, TILL_ERROR_REFUSED,
               "What was paid by face goes back through the payment service, which can't be asked: %s",
               self->provider_trouble != NULL ? self->provider_trouble->message : "none is set up");
  return FALSE;
}

/* By face goes back by face: cash for what a card pays is how stolen cards are emptied. */
static const char *
choose_tender (const Work *work, const TillPaymentStanding *standing, GError **error)
{
  gboolean by_face = g_strcmp0 (standing->tender, TILL_TENDER_FACE) == 0;

  if (work->tender == NULL || g_strcmp0 (work->tender, standing->tender) == 0)
    return standing->tender;
  if (g_str_equal (work->tender, TILL_TENDER_CASH) || g_str_equal (work->tender, TILL_TENDER_CARD))
    {
      if (!by_face)
        return work->tender;
      g_set_error (error, TILL_ERROR, TILL_ERROR_REFUSED,
                   "Sale %s was paid by face: its money goes back the same way, not by %s", work->sale,
                   work->tender);
      return NULL;
    }
  g_set_error (
      error, TILL_ERROR, TILL_ERROR_INVALID,
      "“%s” is no way to give the money of sale %s back: say cash or card, or nothing for the way it was "
      "paid",
      work->tender, work->sale);
  return NULL;
}

static gboolean
is_payment (const TillLedgerEntry *row)
{
  return g_str_equal (row->kind, TILL_LEDGER_TENDER) || g_str_equal (row->kind, TILL_LEDGER_CHARGE_END);
}

static gboolean
is_refund (const TillLedgerEntry *row)
{
  return g_str_equal (row->kind, TILL_LEDGER_REFUND) || g_str_equal (row->kind, TILL_LEDGER_REFUND_INTENT);
}

/* A void says that the sale never was; a day that is closed says that it was. */
static gboolean
check_void (const Work *work, const TillPaymentStanding *standing, GPtrArray *rows, GError **error)
{
  gint64 paid_seq = 0;

  if (!work->void_sale)
    return TRUE;
  for (guint i = 0; i < rows->len; i++)
    if (is_payment (g_ptr_array_index (rows, i)))
      paid_seq = ((const TillLedgerEntry *) g_ptr_array_index (rows, i))->seq;

  if (work->lines != NULL)
    g_set_error_literal (error, TILL_ERROR, TILL_ERROR_INVALID,
                         "A sale is voided as a whole: refund single lines instead");
  else if (paid_seq < work->closed_seq)
    g_set_error (error, TILL_ERROR, TILL_ERROR_REFUSED,
                 "Sale %s is of a day that is closed and can't be voided any more: refund it instead",
                 work->sale);
  else if (standing->refunded.minor > 0)
    g_set_error (error, TILL_ERROR, TILL_ERROR_REFUSED,
                 "Part of sale %s was refunded, so it can't be voided: refund what is left", work->sale);
  else
    return TRUE;
  return FALSE;
}

/* (transfer full) */
static TillReceipt *
find_receipt (const Work *work, GPtrArray *rows, GError **error)
{
  for (guint i = 0; i < rows->len; i++)
    {
      const TillLedgerEntry *row = g_ptr_array_index (rows, i);

      if (g_str_equal (row->kind, TILL_LEDGER_RECEIPT))
        return till_receipt_from_json (row->body, error);
    }
  g_set_error (
      error, TILL_ERROR, TILL_ERROR_REFUSED,
      "The ledger holds no receipt of sale %s: start the till again, which writes what a crash left out, "
      "or pay the money out of the drawer with a note",
      work->sale);
  return NULL;
}

/* Refunds that were declined have had a number too. (transfer full) */
static char *
number_refund (const TillReceipt *sale, GPtrArray *rows)
{
  guint n = 1;

  for (guint i = 0; i < rows->len; i++)
    if (is_refund (g_ptr_array_index (rows, i)))
      n++;
  return g_strdup_printf ("%s-R%u", till_receipt_get_number (sale), n);
}

/* Works out what goes back, before anything is sent. */
static gboolean
prepare (TillShop *self, Work *work, const TillPaymentStanding *standing, GPtrArray *rows, GError **error)
{
  const char *tender = check_standing (work, standing, error) ? choose_tender (work, standing, error) : NULL;
  g_autoptr (TillReceipt) sale = NULL;
  g_autoptr (GPtrArray) earlier = NULL;

  if (tender == NULL || !check_provider (self, tender, error) || !check_void (work, standing, rows, error))
    return FALSE;
  sale = find_receipt (work, rows, error);
  if (sale == NULL)
    return FALSE;
  earlier = till_refund_read_all (sale, rows, error);
  if (earlier == NULL)
    return FALSE;

  g_autofree char *number = number_refund (sale, rows);
  const TillRefund refund = {
    .lines = work->lines,
    .reason = work->reason,
    .tender = tender,
    .void_sale = work->void_sale,
  };
  work->receipt
      = till_receipt_new_refund (sale, earlier, &refund, number, till_clock_utc (self->clock), error);
  return work->receipt != NULL;
}

static void
on_sale_listed (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GTask *task = user_data;
  Work *work = g_task_get_task_data (task);
  g_auto (TillPaymentStanding) standing = { 0 };
  GError *error = NULL;
  g_autoptr (GPtrArray) rows = till_ledger_list_finish (TILL_LEDGER (source), result, &error);

  if (rows != NULL && rows->len == 0)
    g_set_error (&error, TILL_ERROR, TILL_ERROR_NOT_FOUND,
                 "There is no sale %s: take its id from the history", work->sale);
  if (error == NULL && till_payment_standing_read (&standing, work->sale, rows, &error)
      && prepare (g_task_get_source_object (task), work, &standing, rows, &error))
    send (task, &standing);
  else
    end (task, NULL, error);
}

static void
on_last_close_listed (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GTask *task = user_data;
  Work *work = g_task_get_task_data (task);
  GError *error = NULL;
  g_autoptr (GPtrArray) closes = till_ledger_list_finish (TILL_LEDGER (source), result, &error);

  if (closes == NULL)
    {
      end (task, NULL, error);
      return;
    }
  if (closes->len > 0)
    work->closed_seq = ((const TillLedgerEntry *) g_ptr_array_index (closes, closes->len - 1))->seq;
  till_ledger_list_async (TILL_LEDGER (source), NULL, work->sale, NULL, 0, g_task_get_cancellable (task),
                          on_sale_listed, task);
}

static void
look_up (GTask *task)
{
  TillShop *self = g_task_get_source_object (task);

  till_ledger_list_async (self->ledger, TILL_LEDGER_DAY_CLOSE, NULL, NULL, 1, g_task_get_cancellable (task),
                          on_last_close_listed, task);
}

/* What can be told of the request alone. */
gboolean
till_shop_refund_check (TillShop *self, const TillShopRefund *refund, GError **error)
{
  if (refund->sale == NULL || *refund->sale == '\0')
    g_set_error_literal (error, TILL_ERROR, TILL_ERROR_INVALID, "Say which sale is to be refunded");
  else if (!till_refund_check_reason (refund->reason, error))
    return FALSE;
  else if (g_utf8_strlen (refund->reason, -1) < TILL_SHOP_REASON_LEAST)
    g_set_error_literal (error, TILL_ERROR, TILL_ERROR_INVALID,
                         "Say why the money is given back, in a word or a few");
  else if (refund->lines != NULL && refund->lines->len == 0)
    g_set_error_literal (error, TILL_ERROR, TILL_ERROR_INVALID,
                         "No line was chosen: choose what is given back");
  else if (self->closing_day)
    g_set_error_literal (error, TILL_ERROR, TILL_ERROR_BUSY,
                         "The day is being closed: refund when that is done");
  else if (g_hash_table_contains (self->refunding, refund->sale))
    g_set_error (error, TILL_ERROR, TILL_ERROR_BUSY,
                 "A refund of sale %s is under way already: wait for its end", refund->sale);
  else
    return TRUE;
  return FALSE;
}

/* NULL once an error is on its way (transfer full). */
static GTask *
begin (TillShop *self,
       const TillShopRefund *refund,
       GCancellable *cancellable,
       GAsyncReadyCallback callback,
       gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  GError *error = NULL;

  if (!till_shop_refund_check (self, refund, &error))
    {
      g_task_return_error (task, error);
      return NULL;
    }
  g_task_set_task_data (task, work_new (refund), work_free);
  g_hash_table_add (self->refunding, g_strdup (refund->sale));
  return g_steal_pointer (&task);
}

void
till_shop_refund_agreed_async (TillShop *self,
                               const TillShopRefund *refund,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer user_data)
{
  GTask *task = begin (self, refund, cancellable, callback, user_data);

  if (task != NULL)
    look_up (task);
}

static void
on_manager_asked (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GTask *task = user_data;
  GError *error = NULL;

  if (till_shop_ask_manager_finish (TILL_SHOP (source), result, &error))
    look_up (task);
  else
    end (task, NULL, error);
}

void
till_shop_refund_async (TillShop *self,
                        const TillShopRefund *refund,
                        GCancellable *cancellable,
                        GAsyncReadyCallback callback,
                        gpointer user_data)
{
  GTask *task = begin (self, refund, cancellable, callback, user_data);

  if (task != NULL)
    till_shop_ask_manager_async (self, refund->manager_pin, cancellable, on_manager_asked, task);
}

TillReceipt *
till_shop_refund_finish (TillShop *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
