/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "payment/till-payment-private.h"

#include "base/till-id.h"
#include "payment/till-payment-row.h"

/* A refund from its intent on: as till-payment-charge.c does it for charges. */

typedef struct
{
  TillRefundRequest *request;
  TillProvider *provider;
  TillChargeResult *result; /* once there is one */
  gint64 seq;               /* of the intent, later of the end */
  gulong sending_handler;
  gboolean announced; /* "refund-sent" was emitted */
} Refund;

static void
refund_free (gpointer data)
{
  Refund *refund = data;

  till_refund_request_unref (refund->request);
  g_clear_pointer (&refund->result, till_charge_result_unref);
  g_object_unref (refund->provider);
  g_free (refund);
}

/* Writing the end */

/* What the provider answered is true, but the ledger does not say so: the refund stays open, to be asked about. */
static void
keep_in_doubt (Refund *refund, const GError *error)
{
  const TillChargeResult *result = refund->result;

  g_warning ("refund %s of sale %s ended %s (%s), and that could not be written to the ledger: %s",
             refund->request->attempt, refund->request->sale, till_charge_status_to_string (result->status),
             result->reference != NULL ? result->reference : "no reference", error->message);
  TillChargeResult *doubt = till_charge_result_new (TILL_CHARGE_UNKNOWN, result->reference, "not-recorded",
                                                    error->message, result->sent);
  till_charge_result_unref (refund->result);
  refund->result = doubt;
}

static void
on_recorded (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Refund *refund = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  g_autoptr (TillLedgerEntry) row = till_ledger_append_finish (TILL_LEDGER (source), result, &error);

  if (row == NULL)
    keep_in_doubt (refund, error);
  else if (refund->result->status != TILL_CHARGE_UNKNOWN)
    refund->seq = row->seq;
  if (row != NULL)
    till_payment_emit_step (g_task_get_source_object (task), "refund-recorded");
  g_task_return_pointer (task,
                         till_payment_outcome_new (refund->result, refund->request->attempt, refund->seq),
                         (GDestroyNotify) till_payment_outcome_unref);
}

/* @task: (transfer full). Not to be cancelled: what has happened is written down. */
static void
record (GTask *task)
{
  Refund *refund = g_task_get_task_data (task);
  const TillRefundRequest *request = refund->request;
  g_autoptr (TillLedgerEntry) row
      = refund->result->status == TILL_CHARGE_UNKNOWN
            ? till_payment_doubt_row (TILL_LEDGER_REFUND_DOUBT, request->sale, request->attempt,
                                      TILL_PAYMENT_ASKED_REFUND, refund->result)
            : till_payment_end_row (TILL_LEDGER_REFUND_END, request->sale, request->attempt, &request->amount,
                                    refund->result);

  till_ledger_append_async (till_payment_get_ledger (g_task_get_source_object (task)), row, NULL, on_recorded,
                            task);
}

/* Sending */

static void
announce_sent (GTask *task)
{
  Refund *refund = g_task_get_task_data (task);

  if (!refund->announced)
    till_payment_emit_step (g_task_get_source_object (task), "refund-sent");
  refund->announced = TRUE;
}

static void
on_sending (TillProvider *provider, const char *attempt, gpointer user_data)
{
  Refund *refund = g_task_get_task_data (user_data);

  if (g_strcmp0 (attempt, refund->request->attempt) == 0)
    announce_sent (user_data);
}

static void
on_answered (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GTask *task = user_data;
  Refund *refund = g_task_get_task_data (task);

  g_clear_signal_handler (&refund->sending_handler, source);
  refund->result = till_provider_refund_finish (TILL_PROVIDER (source), result);
  if (refund->result->sent)
    announce_sent (task);
  till_payment_emit_step (g_task_get_source_object (task), "refund-answered");
  record (task);
}

/* @task: (transfer full) */
static void
send_journalled (GTask *task)
{
  Refund *refund = g_task_get_task_data (task);

  till_payment_emit_step (g_task_get_source_object (task), "refund-journalled");
  if (g_cancellable_is_cancelled (g_task_get_cancellable (task)))
    {
      refund->result = till_charge_result_new (TILL_CHARGE_DECLINED, NULL, "cancelled", NULL, FALSE);
      record (task);
      return;
    }
  refund->sending_handler = g_signal_connect (refund->provider, "sending", G_CALLBACK (on_sending), task);
  till_provider_refund_async (refund->provider, refund->request, g_task_get_cancellable (task), on_answered,
                              task);
}

static void
on_journalled (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GTask *task = user_data;
  Refund *refund = g_task_get_task_data (task);
  GError *error = NULL;
  g_autoptr (TillLedgerEntry) row = till_ledger_append_finish (TILL_LEDGER (source), result, &error);

  if (row == NULL)
    {
      g_task_return_error (task, error);
      g_object_unref (task);
      return;
    }
  refund->seq = row->seq;
  send_journalled (task);
}

/* @request: (transfer full) */
static GTask *
start (TillPayment *self,
       TillRefundRequest *request,
       GCancellable *cancellable,
       GAsyncReadyCallback callback,
       gpointer user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);
  Refund *refund = g_new0 (Refund, 1);

  g_task_set_source_tag (task, till_payment_send_refund_async);
  /* Once it is journalled there is an outcome, cancelled or not. */
  g_task_set_check_cancellable (task, FALSE);
  refund->request = request;
  refund->provider = g_object_ref (till_payment_get_provider (self));
  g_task_set_task_data (task, refund, refund_free);
  return task;
}

void
till_payment_send_refund_async (TillPayment *self,
                                const TillLedgerEntry *of,
                                const char *reference,
                                const TillMoney *amount,
                                JsonObject *extra,
                                GCancellable *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer user_data)
{
  g_autofree char *attempt = till_id_new ("refund");
  g_autofree char *key = till_id_new ("key");
  TillRefundRequest *request = till_refund_request_new (attempt, of->sale, key, reference, amount);
  GTask *task = start (self, request, cancellable, callback, user_data);
  g_autoptr (TillLedgerEntry) row
      = till_payment_refund_intent_row (request, till_payment_get_provider (self), of->attempt, extra);

  till_ledger_append_async (till_payment_get_ledger (self), row, NULL, on_journalled, task);
}

void
till_payment_send_journalled_async (TillPayment *self,
                                    const TillLedgerEntry *intent,
                                    GCancellable *cancellable,
                                    GAsyncReadyCallback callback,
                                    gpointer user_data)
{
  GError *error = NULL;
  TillRefundRequest *request = till_payment_read_refund_intent (intent, &error);

  if (request == NULL)
    {
      g_task_report_error (self, callback, user_data, till_payment_send_refund_async, error);
      return;
    }
  GTask *task = start (self, request, cancellable, callback, user_data);
  ((Refund *) g_task_get_task_data (task))->seq = intent->seq;
  send_journalled (task);
}

TillPaymentOutcome *
till_payment_send_refund_finish (TillPayment *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
