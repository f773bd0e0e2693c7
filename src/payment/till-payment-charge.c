/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "payment/till-payment.h"

#include "base/till-error.h"
#include "base/till-id.h"
#include "payment/till-payment-journal.h"
#include "payment/till-payment-private.h"
#include "payment/till-payment-row.h"

typedef struct
{
  TillChargeRequest *request;
  TillProvider *provider;
  JsonObject *extra;        /* (nullable) */
  TillChargeResult *result; /* once there is one */
  gint64 seq;               /* of the intent, later of the end */
  gulong sending_handler;
  gboolean claimed;
  gboolean announced; /* "sent" was emitted */
} Charge;

static void
charge_free (gpointer data)
{
  Charge *charge = data;

  g_clear_pointer (&charge->request, till_charge_request_unref);
  g_clear_pointer (&charge->extra, json_object_unref);
  g_clear_pointer (&charge->result, till_charge_result_unref);
  g_clear_object (&charge->provider);
  g_free (charge);
}

static void
release (GTask *task)
{
  Charge *charge = g_task_get_task_data (task);

  if (charge->claimed)
    till_payment_release (g_task_get_source_object (task), charge->request->sale);
  charge->claimed = FALSE;
}

/* @task: (transfer full) @error: (transfer full) */
static void
return_error (GTask *task, GError *error)
{
  release (task);
  g_task_return_error (task, error);
  g_object_unref (task);
}

/* @task: (transfer full) */
static void
return_outcome (GTask *task)
{
  Charge *charge = g_task_get_task_data (task);

  g_task_return_pointer (task,
                         till_payment_outcome_new (charge->result, charge->request->attempt, charge->seq),
                         (GDestroyNotify) till_payment_outcome_unref);
  g_object_unref (task);
}

/* Writing the end */

static void
on_recounted (GObject *source, GAsyncResult *result, gpointer user_data)
{
  till_payment_recount_finish_or_warn (TILL_PAYMENT (source), result);
  return_outcome (user_data);
}

/* What the provider answered is true, but the ledger does not say so: the attempt stays open, to be asked about. */
static void
keep_in_doubt (Charge *charge, const GError *error)
{
  const TillChargeResult *result = charge->result;

  g_warning ("attempt %s of sale %s ended %s (%s), and that could not be written to the ledger: %s",
             charge->request->attempt, charge->request->sale, till_charge_status_to_string (result->status),
             result->reference != NULL ? result->reference : "no reference", error->message);
  TillChargeResult *doubt = till_charge_result_new (TILL_CHARGE_UNKNOWN, result->reference, "not-recorded",
                                                    error->message, result->sent);
  till_charge_result_unref (charge->result);
  charge->result = doubt;
}

static void
on_recorded (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GTask *task = user_data;
  TillPayment *self = g_task_get_source_object (task);
  Charge *charge = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  g_autoptr (TillLedgerEntry) row = till_payment_journal_row_finish (self, result, &error);

  if (row == NULL)
    keep_in_doubt (charge, error);
  else if (charge->result->status != TILL_CHARGE_UNKNOWN)
    charge->seq = row->seq;

  release (task);
  if (row != NULL)
    till_payment_emit_step (self, "recorded");
  if (charge->result->status == TILL_CHARGE_UNKNOWN)
    till_payment_recount_async (self, on_recounted, task);
  else
    return_outcome (task);
}

/* @task: (transfer full). Not to be cancelled: what has happened is written down. */
static void
record (GTask *task)
{
  Charge *charge = g_task_get_task_data (task);
  const TillChargeRequest *request = charge->request;
  g_autoptr (TillLedgerEntry) row
      = charge->result->status == TILL_CHARGE_UNKNOWN
            ? till_payment_doubt_row (TILL_LEDGER_CHARGE_DOUBT, request->sale, request->attempt,
                                      TILL_PAYMENT_ASKED_CHARGE, charge->result)
            : till_payment_end_row (TILL_LEDGER_CHARGE_END, request->sale, request->attempt, &request->amount,
                                    charge->result);

  till_payment_journal_row_async (g_task_get_source_object (task), row, on_recorded, task);
}

/* Sending */

static void
announce_sent (GTask *task)
{
  Charge *charge = g_task_get_task_data (task);

  if (!charge->announced)
    till_payment_emit_step (g_task_get_source_object (task), "sent");
  charge->announced = TRUE;
}

static void
on_sending (TillProvider *provider, const char *attempt, gpointer user_data)
{
  GTask *task = user_data;
  Charge *charge = g_task_get_task_data (task);

  if (g_strcmp0 (attempt, charge->request->attempt) == 0)
    announce_sent (task);
}

static void
on_answered (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GTask *task = user_data;
  Charge *charge = g_task_get_task_data (task);

  g_clear_signal_handler (&charge->sending_handler, source);
  charge->result = till_provider_charge_finish (TILL_PROVIDER (source), result);
  if (charge->result->sent)
    announce_sent (task);
  till_payment_emit_step (g_task_get_source_object (task), "answered");
  record (task);
}

static void
on_journalled (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GTask *task = user_data;
  Charge *charge = g_task_get_task_data (task);
  GError *error = NULL;
  g_autoptr (TillLedgerEntry) row
      = till_payment_journal_intent_finish (TILL_PAYMENT (source), result, &error);

  if (row == NULL)
    {
      return_error (task, error);
      return;
    }
  charge->seq = row->seq;
  till_payment_emit_step (g_task_get_source_object (task), "journalled");
  if (g_cancellable_is_cancelled (g_task_get_cancellable (task)))
    {
      charge->result = till_charge_result_new (TILL_CHARGE_DECLINED, NULL, "cancelled", NULL, FALSE);
      record (task);
      return;
    }
  charge->sending_handler = g_signal_connect (charge->provider, "sending", G_CALLBACK (on_sending), task);
  till_provider_charge_async (charge->provider, charge->request, g_task_get_cancellable (task), on_answered,
                              task);
}

/* Before anything is written */

/* @task: (transfer full) */
static void
journal (GTask *task)
{
  Charge *charge = g_task_get_task_data (task);
  g_autoptr (TillLedgerEntry) row
      = till_payment_intent_row (charge->request, charge->provider, charge->extra);

  g_autofree char *payer = till_provider_get_query_payer (charge->provider, charge->request->payer);

  till_payment_journal_intent_async (g_task_get_source_object (task), row, payer, on_journalled, task);
}

static void
on_sale_listed (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GTask *task = user_data;
  Charge *charge = g_task_get_task_data (task);
  GError *error = NULL;
  g_autoptr (GPtrArray) rows = till_ledger_list_finish (TILL_LEDGER (source), result, &error);

  if (rows == NULL || !till_payment_check_sale (charge->request->sale, rows, &error)
      || g_cancellable_set_error_if_cancelled (g_task_get_cancellable (task), &error))
    return_error (task, error);
  else
    journal (task);
}

static gboolean
check_request (TillPayment *self, const TillChargeRequest *request, GError **error)
{
  TillVault *vault = till_payment_get_vault (self);

  if (till_payment_get_provider (self) == NULL)
    g_set_error_literal (error, TILL_ERROR, TILL_ERROR_UNAVAILABLE,
                         "no payment provider is set up: take another way to pay");
  else if (vault != NULL && !till_vault_is_open (vault))
    g_set_error_literal (error, TILL_ERROR, TILL_ERROR_LOCKED,
                         "the keyring is locked, and nobody can pay by face: take another way to pay");
  else if (request->sale == NULL || *request->sale == '\0' || request->payer == NULL
           || *request->payer == '\0')
    g_set_error_literal (error, TILL_ERROR, TILL_ERROR_INVALID, "a charge needs a sale and a payer");
  else if (till_currency_exponent (request->amount.currency) < 0)
    g_set_error (error, TILL_ERROR, TILL_ERROR_CURRENCY, "\"%s\" is no currency", request->amount.currency);
  else if (request->amount.minor <= 0)
    g_set_error_literal (error, TILL_ERROR, TILL_ERROR_INVALID, "only an amount above zero can be charged");
  else
    return TRUE;
  return FALSE;
}

void
till_payment_charge_async (TillPayment *self,
                           const char *sale,
                           const char *payer,
                           const TillMoney *amount,
                           JsonObject *extra,
                           GCancellable *cancellable,
                           GAsyncReadyCallback callback,
                           gpointer user_data)
{
  g_return_if_fail (TILL_IS_PAYMENT (self));
  g_return_if_fail (amount != NULL);

  GTask *task = g_task_new (self, cancellable, callback, user_data);
  Charge *charge = g_new0 (Charge, 1);
  g_autofree char *attempt = till_id_new ("attempt");
  g_autofree char *key = till_id_new ("key");
  GError *error = NULL;

  g_task_set_source_tag (task, till_payment_charge_async);
  /* Once it is journalled there is an outcome, cancelled or not. */
  g_task_set_check_cancellable (task, FALSE);
  charge->request = till_charge_request_new (attempt, sale, key, payer, amount);
  charge->extra = extra;
  g_task_set_task_data (task, charge, charge_free);

  if (!check_request (self, charge->request, &error) || !till_payment_claim (self, sale, &error))
    {
      return_error (task, error);
      return;
    }
  charge->claimed = TRUE;
  charge->provider = g_object_ref (till_payment_get_provider (self));
  till_ledger_list_async (till_payment_get_ledger (self), NULL, sale, NULL, 0, cancellable, on_sale_listed,
                          task);
}

TillPaymentOutcome *
till_payment_charge_finish (TillPayment *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
