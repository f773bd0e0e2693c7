/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "payment/till-payment.h"

#include "base/till-error.h"
#include "payment/till-payment-journal.h"
#include "payment/till-payment-private.h"

typedef struct
{
  GPtrArray *open; /* intents, oldest first */
  guint next;
  gboolean out_of_reach;         /* the provider did not answer: no use in asking it about the others */
  const TillLedgerEntry *intent; /* (nullable) of the attempt under way; owned by open */
} Reconciliation;

static void ask_next (GTask *task);
static void start_first (TillPayment *self);

static void
reconciliation_free (gpointer data)
{
  Reconciliation *round = data;

  g_clear_pointer (&round->open, g_ptr_array_unref);
  g_free (round);
}

static void
start_next (GTask *task)
{
  TillPayment *self = g_task_get_source_object (task);
  GQueue *queue = till_payment_get_reconciliations (self);
  g_autoptr (GTask) ended = g_queue_pop_head (queue);

  g_assert (ended == task);
  if (!g_queue_is_empty (queue))
    start_first (self);
}

/* @error: (transfer full) */
static void
break_off (GTask *task, GError *error)
{
  g_task_return_error (task, error);
  start_next (task);
}

static void
on_removals_sent (GObject *source, GAsyncResult *result, gpointer user_data)
{
  TillPayment *self = TILL_PAYMENT (source);
  GTask *task = user_data;
  g_autoptr (GError) error = NULL;

  if (till_payment_send_removals_finish (self, result, &error) < 0)
    g_warning ("payers that are to be removed can't be read: %s", error->message);
  g_task_return_int (task, till_payment_get_unresolved (self));
  start_next (task);
}

static void
on_recounted (GObject *source, GAsyncResult *result, gpointer user_data)
{
  TillPayment *self = TILL_PAYMENT (source);
  GTask *task = user_data;
  GError *error = NULL;

  if (till_payment_recount_finish (self, result, &error))
    till_payment_send_removals_async (self, g_task_get_cancellable (task), on_removals_sent, task);
  else
    break_off (task, error);
}

/* One attempt after the other */

static gboolean
is_out_of_reach (const TillChargeResult *result)
{
  return result->status == TILL_CHARGE_UNKNOWN
         && (g_strcmp0 (result->code, "unreachable") == 0 || g_strcmp0 (result->code, "timed-out") == 0);
}

static void
on_resolved (GObject *source, GAsyncResult *result, gpointer user_data)
{
  TillPayment *self = TILL_PAYMENT (source);
  GTask *task = user_data;
  Reconciliation *round = g_task_get_task_data (task);
  GError *error = NULL;
  g_autoptr (TillPaymentOutcome) outcome = till_payment_resolve_finish (self, result, &error);

  till_payment_release (self, round->intent->sale);
  round->intent = NULL;
  if (outcome != NULL)
    {
      round->out_of_reach = is_out_of_reach (outcome->result);
      ask_next (task);
    }
  else if (g_error_matches (error, TILL_ERROR, TILL_ERROR_CORRUPT)
           || g_error_matches (error, TILL_ERROR, TILL_ERROR_UNAVAILABLE)
           || g_error_matches (error, TILL_ERROR, TILL_ERROR_LOCKED))
    {
      g_warning ("%s", error->message);
      g_error_free (error);
      ask_next (task);
    }
  else
    break_off (task, error);
}

/* FALSE if there is nobody to ask about @intent. */
static gboolean
is_askable (TillPayment *self, const Reconciliation *round, const TillLedgerEntry *intent)
{
  g_autoptr (GError) error = NULL;

  if (round->out_of_reach)
    return FALSE;
  if (intent->sale == NULL)
    {
      g_warning ("row %" G_GINT64_FORMAT " of the ledger is an attempt of no sale", intent->seq);
      return FALSE;
    }
  if (till_payment_can_ask (self, intent, &error))
    return TRUE;
  g_message ("%s", error->message);
  return FALSE;
}

static void
ask_next (GTask *task)
{
  TillPayment *self = g_task_get_source_object (task);
  Reconciliation *round = g_task_get_task_data (task);
  GError *error = NULL;

  if (g_cancellable_set_error_if_cancelled (g_task_get_cancellable (task), &error))
    {
      break_off (task, error);
      return;
    }
  while (round->next < round->open->len)
    {
      const TillLedgerEntry *intent = g_ptr_array_index (round->open, round->next++);

      if ((intent->sale != NULL && till_payment_is_claimed (self, intent->sale))
          || !is_askable (self, round, intent))
        continue;
      round->intent = intent;
      till_payment_claim (self, intent->sale, NULL);
      till_payment_resolve_async (self, intent, NULL, g_task_get_cancellable (task), on_resolved, task);
      return;
    }
  /* What ended meanwhile, by whomever, is not unknown: counted is what is open now. */
  till_payment_recount_async (self, on_recounted, task);
}

static void
on_open_listed (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GTask *task = user_data;
  Reconciliation *round = g_task_get_task_data (task);
  GError *error = NULL;

  round->open = till_ledger_list_open_attempts_finish (TILL_LEDGER (source), result, &error);
  if (round->open != NULL)
    ask_next (task);
  else
    break_off (task, error);
}

static void
on_swept (GObject *source, GAsyncResult *result, gpointer user_data)
{
  TillPayment *self = TILL_PAYMENT (source);
  GTask *task = user_data;
  GError *error = NULL;

  if (till_payment_sweep_finish (self, result, &error))
    till_ledger_list_open_attempts_async (till_payment_get_ledger (self), g_task_get_cancellable (task),
                                          on_open_listed, task);
  else
    break_off (task, error);
}

static void
start_first (TillPayment *self)
{
  till_payment_sweep_async (self, on_swept, g_queue_peek_head (till_payment_get_reconciliations (self)));
}

void
till_payment_reconcile_async (TillPayment *self,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer user_data)
{
  g_return_if_fail (TILL_IS_PAYMENT (self));

  GTask *task = g_task_new (self, cancellable, callback, user_data);
  GQueue *queue = till_payment_get_reconciliations (self);

  g_task_set_source_tag (task, till_payment_reconcile_async);
  g_task_set_task_data (task, g_new0 (Reconciliation, 1), reconciliation_free);
  g_queue_push_tail (queue, task);
  if (g_queue_get_length (queue) == 1)
    start_first (self);
}

int
till_payment_reconcile_finish (TillPayment *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), -1);

  return (int) g_task_propagate_int (G_TASK (result), error);
}
