/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "payment/till-payment.h"

#include "payment/till-payment-private.h"
#include "payment/till-payment-row.h"

typedef struct
{
  TillProvider *provider; /* (nullable) */
  GPtrArray *open;        /* intents, oldest first */
  guint next;
  int unknown;
  gboolean out_of_reach; /* the provider did not answer: no use in asking it about the others */

  /* The attempt under way */
  const TillLedgerEntry *intent; /* (nullable) owned by open */
  TillChargeRequest *request;
  TillChargeResult *result;
} Reconciliation;

static void ask_next (GTask *task);
static void start_first (TillPayment *self);

static void
forget_attempt (Reconciliation *round)
{
  round->intent = NULL;
  g_clear_pointer (&round->request, till_charge_request_unref);
  g_clear_pointer (&round->result, till_charge_result_unref);
}

static void
reconciliation_free (gpointer data)
{
  Reconciliation *round = data;

  forget_attempt (round);
  g_clear_object (&round->provider);
  g_clear_pointer (&round->open, g_ptr_array_unref);
  g_free (round);
}

/* @error: (transfer full) (nullable) */
static void
end_round (GTask *task, GError *error)
{
  TillPayment *self = g_task_get_source_object (task);
  Reconciliation *round = g_task_get_task_data (task);
  GQueue *queue = till_payment_get_reconciliations (self);

  if (error != NULL)
    g_task_return_error (task, error);
  else
    {
      till_payment_set_unresolved (self, round->unknown);
      g_task_return_int (task, round->unknown);
    }

  g_autoptr (GTask) ended = g_queue_pop_head (queue);
  g_assert (ended == task);
  if (!g_queue_is_empty (queue))
    start_first (self);
}

/* The attempt under way is done with, well or not. @error: (transfer full) (nullable) */
static void
end_attempt (GTask *task, GError *error)
{
  Reconciliation *round = g_task_get_task_data (task);

  till_payment_release (g_task_get_source_object (task), round->intent->sale);
  forget_attempt (round);
  if (error != NULL)
    end_round (task, error);
  else
    ask_next (task);
}

/* Still unknown */

static void
on_doubt_written (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GError *error = NULL;
  g_autoptr (TillLedgerEntry) row = till_ledger_append_finish (TILL_LEDGER (source), result, &error);

  end_attempt (user_data, error);
}

static void
on_attempt_listed (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GTask *task = user_data;
  Reconciliation *round = g_task_get_task_data (task);
  GError *error = NULL;
  g_autoptr (GPtrArray) rows = till_ledger_list_finish (TILL_LEDGER (source), result, &error);

  /* Asking again and again shall not fill the ledger with the same row. */
  if (rows == NULL || till_payment_has_doubt (rows, round->result->code))
    {
      end_attempt (task, error);
      return;
    }
  g_autoptr (TillLedgerEntry) row = till_payment_doubt_row (round->intent->sale, round->intent->attempt,
                                                            TILL_PAYMENT_ASKED_QUERY, round->result);
  till_ledger_append_async (TILL_LEDGER (source), row, NULL, on_doubt_written, task);
}

static void
note_doubt (GTask *task)
{
  Reconciliation *round = g_task_get_task_data (task);

  round->unknown++;
  round->out_of_reach = g_strcmp0 (round->result->code, "unreachable") == 0
                        || g_strcmp0 (round->result->code, "timed-out") == 0;
  till_ledger_list_async (till_payment_get_ledger (g_task_get_source_object (task)), TILL_LEDGER_CHARGE_DOUBT,
                          NULL, round->intent->attempt, 0, NULL, on_attempt_listed, task);
}

/* Known */

static void
on_end_written (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GTask *task = user_data;
  GError *error = NULL;
  g_autoptr (TillLedgerEntry) row = till_ledger_append_finish (TILL_LEDGER (source), result, &error);

  end_attempt (task, error);
}

/* An attempt that the provider has the key of and no payment, long after its request was given up, came to nothing. */
static gboolean
is_over (TillPayment *self, const Reconciliation *round)
{
  gint64 age = till_clock_utc (till_payment_get_clock (self)) - round->intent->at_us;

  return g_strcmp0 (round->result->code, "not-listed") == 0
         && age >= 2 * (gint64) till_provider_get_timeout (round->provider) * G_USEC_PER_SEC;
}

static void
on_queried (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GTask *task = user_data;
  TillPayment *self = g_task_get_source_object (task);
  Reconciliation *round = g_task_get_task_data (task);

  round->result = till_provider_query_finish (TILL_PROVIDER (source), result);
  if (round->result->status == TILL_CHARGE_UNKNOWN && is_over (self, round))
    {
      till_charge_result_unref (round->result);
      round->result = till_charge_result_new (TILL_CHARGE_DECLINED, NULL, "not-found", NULL, TRUE);
    }
  if (round->result->status == TILL_CHARGE_UNKNOWN)
    {
      note_doubt (task);
      return;
    }

  g_autoptr (TillLedgerEntry) row = till_payment_end_row (round->intent->sale, round->intent->attempt,
                                                          &round->request->amount, round->result);
  till_ledger_append_async (till_payment_get_ledger (self), row, NULL, on_end_written, task);
}

/* One attempt after the other */

/* FALSE if there is nobody to ask about @intent. */
static gboolean
prepare (Reconciliation *round, const TillLedgerEntry *intent)
{
  g_autoptr (GError) error = NULL;

  if (round->provider == NULL || round->out_of_reach)
    return FALSE;
  if (!till_payment_is_of_provider (intent, round->provider))
    {
      g_message ("attempt %s was made with another payment provider or account, which is not set up now",
                 intent->attempt);
      return FALSE;
    }
  round->request = till_payment_read_intent (intent, &error);
  if (round->request == NULL)
    {
      g_warning ("%s", error->message);
      return FALSE;
    }
  round->intent = intent;
  return TRUE;
}

static void
ask_next (GTask *task)
{
  TillPayment *self = g_task_get_source_object (task);
  Reconciliation *round = g_task_get_task_data (task);
  GError *error = NULL;

  if (g_cancellable_set_error_if_cancelled (g_task_get_cancellable (task), &error))
    {
      end_round (task, error);
      return;
    }
  while (round->next < round->open->len)
    {
      const TillLedgerEntry *intent = g_ptr_array_index (round->open, round->next++);

      if (intent->sale != NULL && till_payment_is_claimed (self, intent->sale))
        continue;
      if (!prepare (round, intent))
        {
          round->unknown++;
          continue;
        }
      till_payment_claim (self, intent->sale, NULL);
      till_provider_query_async (round->provider, round->request, g_task_get_cancellable (task), on_queried,
                                 task);
      return;
    }
  end_round (task, NULL);
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
    end_round (task, error);
}

static void
start_first (TillPayment *self)
{
  GTask *task = g_queue_peek_head (till_payment_get_reconciliations (self));
  Reconciliation *round = g_task_get_task_data (task);

  g_set_object (&round->provider, till_payment_get_provider (self));
  till_ledger_list_open_attempts_async (till_payment_get_ledger (self), g_task_get_cancellable (task),
                                        on_open_listed, task);
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
