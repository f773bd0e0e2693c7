/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "payment/till-payment.h"

#include "base/till-error.h"
#include "base/till-id.h"
#include "payment/till-payment-journal.h"
#include "payment/till-payment-private.h"
#include "payment/till-payment-row.h"

/* Providers keep keys for a day at least; half of it leaves room for clocks that differ. */
#define KEYS_KEPT ((gint64) 12 * 60 * 60 * G_USEC_PER_SEC)

typedef struct
{
  TillLedgerEntry *intent;
  TillProvider *provider;
  gboolean refund;
  JsonObject *reversal; /* (nullable) */
  TillMoney amount;
  TillChargeResult *result;
} Resolution;

static void
resolution_free (gpointer data)
{
  Resolution *resolution = data;

  till_ledger_entry_unref (resolution->intent);
  g_object_unref (resolution->provider);
  g_clear_pointer (&resolution->reversal, json_object_unref);
  g_clear_pointer (&resolution->result, till_charge_result_unref);
  g_free (resolution);
}

/* Takes @result. */
static void
replace_result (Resolution *resolution, TillChargeResult *result)
{
  g_clear_pointer (&resolution->result, till_charge_result_unref);
  resolution->result = result;
}

/* @task: (transfer full) */
static void
return_outcome (GTask *task, gint64 seq)
{
  Resolution *resolution = g_task_get_task_data (task);

  g_task_return_pointer (task,
                         till_payment_outcome_new (resolution->result, resolution->intent->attempt, seq),
                         (GDestroyNotify) till_payment_outcome_unref);
  g_object_unref (task);
}

/* @task, @error: (transfer full) */
static void
return_error (GTask *task, GError *error)
{
  g_task_return_error (task, error);
  g_object_unref (task);
}

/* TRUE if @rows, all of the attempt, have its end, which is then what comes of it. @task: (transfer full) if so. */
static gboolean
return_end (GTask *task, GPtrArray *rows)
{
  Resolution *resolution = g_task_get_task_data (task);
  const TillLedgerEntry *end = till_payment_find_end (rows);

  if (end == NULL)
    return FALSE;
  replace_result (resolution, till_payment_read_end (end));
  return_outcome (task, end->seq);
  return TRUE;
}

/* Writing */

static void
on_end_listed (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GTask *task = user_data;
  Resolution *resolution = g_task_get_task_data (task);
  GError *error = NULL;
  g_autoptr (GPtrArray) rows = till_ledger_list_finish (TILL_LEDGER (source), result, &error);

  if (rows == NULL)
    return_error (task, error);
  else if (!return_end (task, rows))
    return_error (task, g_error_new (TILL_ERROR, TILL_ERROR_CORRUPT,
                                     "the ledger takes no end of attempt %s and has none",
                                     resolution->intent->attempt));
}

/* An end that is there already, whoever wrote it, is what was to be found. @task, @error: (transfer full) */
static void
return_refusal (GTask *task, GError *error)
{
  const Resolution *resolution = g_task_get_task_data (task);

  if (!g_error_matches (error, TILL_ERROR, TILL_ERROR_EXISTS))
    {
      return_error (task, error);
      return;
    }
  g_error_free (error);
  till_ledger_list_async (till_payment_get_ledger (g_task_get_source_object (task)), NULL, NULL,
                          resolution->intent->attempt, 0, NULL, on_end_listed, task);
}

static void
on_written (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GTask *task = user_data;
  Resolution *resolution = g_task_get_task_data (task);
  GError *error = NULL;
  g_autoptr (TillLedgerEntry) row = till_payment_journal_row_finish (TILL_PAYMENT (source), result, &error);

  if (row == NULL)
    return_refusal (task, error);
  else
    return_outcome (task, till_payment_is_end (row) ? row->seq : resolution->intent->seq);
}

static void
on_attempt_listed (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GTask *task = user_data;
  Resolution *resolution = g_task_get_task_data (task);
  const TillLedgerEntry *intent = resolution->intent;
  GError *error = NULL;
  g_autoptr (GPtrArray) rows = till_ledger_list_finish (TILL_LEDGER (source), result, &error);

  if (rows == NULL)
    {
      return_error (task, error);
      return;
    }
  if (return_end (task, rows))
    return;
  /* Asking again and again shall not fill the ledger with the same row. */
  if (till_payment_has_doubt (rows, resolution->result->code))
    {
      return_outcome (task, intent->seq);
      return;
    }
  g_autoptr (TillLedgerEntry) row
      = till_payment_doubt_row (resolution->refund ? TILL_LEDGER_REFUND_DOUBT : TILL_LEDGER_CHARGE_DOUBT,
                                intent->sale, intent->attempt, TILL_PAYMENT_ASKED_QUERY, resolution->result);
  till_payment_journal_row_async (g_task_get_source_object (task), row, on_written, task);
}

static void
on_both_written (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GTask *task = user_data;
  GError *error = NULL;
  g_autoptr (GPtrArray) rows = till_payment_journal_rows_finish (TILL_PAYMENT (source), result, &error);

  if (rows == NULL)
    return_refusal (task, error);
  else
    return_outcome (task, ((const TillLedgerEntry *) g_ptr_array_index (rows, 0))->seq);
}

/* All that was taken is to be given back (transfer full). */
static TillLedgerEntry *
make_refund_intent (const Resolution *resolution)
{
  g_autofree char *attempt = till_id_new ("refund");
  g_autofree char *key = till_id_new ("key");
  g_autoptr (TillRefundRequest) request = till_refund_request_new (
      attempt, resolution->intent->sale, key, resolution->result->reference, &resolution->amount);

  json_object_set_boolean_member (resolution->reversal, "reversal", TRUE);
  return till_payment_refund_intent_row (request, resolution->provider, resolution->intent->attempt,
                                         resolution->reversal);
}

/* @task: (transfer full). Not to be cancelled: what was heard is written down. */
static void
record (GTask *task)
{
  Resolution *resolution = g_task_get_task_data (task);
  const TillLedgerEntry *intent = resolution->intent;
  TillPayment *self = g_task_get_source_object (task);

  if (resolution->result->status == TILL_CHARGE_UNKNOWN)
    {
      till_ledger_list_async (till_payment_get_ledger (self), NULL, NULL, intent->attempt, 0, NULL,
                              on_attempt_listed, task);
      return;
    }
  g_autoptr (TillLedgerEntry) row
      = till_payment_end_row (resolution->refund ? TILL_LEDGER_REFUND_END : TILL_LEDGER_CHARGE_END,
                              intent->sale, intent->attempt, &resolution->amount, resolution->result);
  if (resolution->reversal == NULL || resolution->result->status != TILL_CHARGE_APPROVED
      || resolution->result->reference == NULL)
    {
      till_payment_journal_row_async (self, row, on_written, task);
      return;
    }
  /* Both or none: at no moment does the sale look paid, and a crash leaves a refund that is asked about. */
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func ((GDestroyNotify) till_ledger_entry_unref);
  g_ptr_array_add (rows, g_steal_pointer (&row));
  g_ptr_array_add (rows, make_refund_intent (resolution));
  till_payment_journal_rows_async (self, rows, on_both_written, task);
}

/* Asking */

/* An attempt that the provider has the key of and no payment, long after its request was given up, came to nothing. */
static gboolean
is_over (TillPayment *self, const Resolution *resolution)
{
  gint64 age = till_clock_utc (till_payment_get_clock (self)) - resolution->intent->at_us;

  return resolution->result->status == TILL_CHARGE_UNKNOWN
         && g_strcmp0 (resolution->result->code, "not-listed") == 0
         && age >= 2 * (gint64) till_provider_get_timeout (resolution->provider) * G_USEC_PER_SEC;
}

/* @task: (transfer full) @result: (transfer full) */
static void
settle (GTask *task, TillChargeResult *result)
{
  TillPayment *self = g_task_get_source_object (task);
  Resolution *resolution = g_task_get_task_data (task);

  replace_result (resolution, result);
  if (is_over (self, resolution))
    replace_result (resolution, till_charge_result_new (TILL_CHARGE_DECLINED, NULL, "not-found", NULL, TRUE));
  if (resolution->result->status == TILL_CHARGE_DECLINED && resolution->reversal != NULL)
    replace_result (resolution,
                    till_charge_result_new (TILL_CHARGE_DECLINED, resolution->result->reference,
                                            TILL_PAYMENT_REVERSED, resolution->result->message, TRUE));
  record (task);
}

static void
on_queried (GObject *source, GAsyncResult *result, gpointer user_data)
{
  settle (user_data, till_provider_query_finish (TILL_PROVIDER (source), result));
}

static void
on_cancelled (GObject *source, GAsyncResult *result, gpointer user_data)
{
  settle (user_data, till_provider_cancel_finish (TILL_PROVIDER (source), result));
}

static void
on_refund_queried (GObject *source, GAsyncResult *result, gpointer user_data)
{
  settle (user_data, till_provider_query_refund_finish (TILL_PROVIDER (source), result));
}

/* @task: (transfer full) @payer: (nullable) */
static void
ask_about_charge (GTask *task, const char *payer)
{
  Resolution *resolution = g_task_get_task_data (task);
  GError *error = NULL;
  g_autoptr (TillChargeRequest) request = till_payment_read_intent (resolution->intent, payer, &error);

  if (request == NULL)
    {
      return_error (task, error);
      return;
    }
  resolution->amount = request->amount;
  if (resolution->reversal != NULL)
    till_provider_cancel_async (resolution->provider, request, g_task_get_cancellable (task), on_cancelled,
                                task);
  else
    till_provider_query_async (resolution->provider, request, g_task_get_cancellable (task), on_queried,
                               task);
}

static void
on_payer_unsealed (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GTask *task = user_data;
  GError *error = NULL;
  g_autoptr (TillSecret) payer = till_payment_unseal_payer_finish (TILL_PAYMENT (source), result, &error);

  if (error != NULL)
    return_error (task, error);
  else
    ask_about_charge (task, payer != NULL ? till_secret_get_data (payer) : NULL);
}

/* @task: (transfer full) */
static void
ask_about_refund (GTask *task)
{
  TillPayment *self = g_task_get_source_object (task);
  Resolution *resolution = g_task_get_task_data (task);
  gint64 age = till_clock_utc (till_payment_get_clock (self)) - resolution->intent->at_us;
  GError *error = NULL;
  g_autoptr (TillRefundRequest) request = till_payment_read_refund_intent (resolution->intent, &error);

  if (request == NULL)
    {
      return_error (task, error);
      return;
    }
  resolution->amount = request->amount;
  /* A clock that was set back tells nothing about age. */
  till_provider_query_refund_async (resolution->provider, request, age >= 0 && age < KEYS_KEPT,
                                    g_task_get_cancellable (task), on_refund_queried, task);
}

static void
on_looked (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GTask *task = user_data;
  Resolution *resolution = g_task_get_task_data (task);
  GError *error = NULL;
  g_autoptr (GPtrArray) rows = till_ledger_list_finish (TILL_LEDGER (source), result, &error);

  if (rows == NULL)
    {
      return_error (task, error);
      return;
    }
  if (return_end (task, rows))
    return;
  till_payment_note_asked (g_task_get_source_object (task), resolution->intent->attempt);
  if (resolution->refund)
    ask_about_refund (task);
  else if (till_payment_has_sealed_payer (resolution->intent))
    till_payment_unseal_payer_async (g_task_get_source_object (task), resolution->intent, on_payer_unsealed,
                                     task);
  else
    ask_about_charge (task, NULL);
}

gboolean
till_payment_can_ask (TillPayment *self, const TillLedgerEntry *intent, GError **error)
{
  TillProvider *provider = till_payment_get_provider (self);
  TillVault *vault = till_payment_get_vault (self);

  if (provider == NULL)
    g_set_error_literal (error, TILL_ERROR, TILL_ERROR_UNAVAILABLE,
                         "no payment provider is set up that could be asked");
  else if (!till_payment_is_of_provider (intent, provider))
    g_set_error (error, TILL_ERROR, TILL_ERROR_UNAVAILABLE,
                 "attempt %s was made with another payment provider or account, which is not set up now",
                 intent->attempt);
  else if (till_payment_has_sealed_payer (intent) && (vault == NULL || !till_vault_is_open (vault)))
    g_set_error (error, TILL_ERROR, TILL_ERROR_LOCKED,
                 "the keyring is locked: attempt %s can be asked about once it is unlocked", intent->attempt);
  else
    return TRUE;
  return FALSE;
}

void
till_payment_resolve_async (TillPayment *self,
                            const TillLedgerEntry *intent,
                            JsonObject *reversal,
                            GCancellable *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);
  Resolution *resolution = NULL;
  GError *error = NULL;

  g_task_set_source_tag (task, till_payment_resolve_async);
  g_task_set_check_cancellable (task, FALSE);
  if (!till_payment_can_ask (self, intent, &error))
    {
      return_error (task, error);
      return;
    }
  resolution = g_new0 (Resolution, 1);
  resolution->intent = till_ledger_entry_ref ((TillLedgerEntry *) intent);
  resolution->provider = g_object_ref (till_payment_get_provider (self));
  resolution->refund = till_payment_is_refund_intent (intent);
  resolution->reversal = reversal != NULL ? json_object_ref (reversal) : NULL;
  g_task_set_task_data (task, resolution, resolution_free);
  /* It was open when the caller read it; since then whoever had the sale may have ended it. */
  till_ledger_list_async (till_payment_get_ledger (self), NULL, NULL, intent->attempt, 0, NULL, on_looked,
                          task);
}

TillPaymentOutcome *
till_payment_resolve_finish (TillPayment *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
