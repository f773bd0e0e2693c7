/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "payment/till-payment.h"

#include "base/till-error.h"
#include "payment/till-payment-case.h"
#include "payment/till-payment-journal.h"
#include "payment/till-payment-private.h"
#include "payment/till-payment-row.h"

/* Characters. */
#define EVIDENCE_SHORTEST 8
#define EVIDENCE_LONGEST  500
#define NAME_LONGEST      200

typedef struct
{
  TillChargeStatus status;
  char *evidence;
  char *by;
  TillPaymentCase *opened;
  TillLedgerEntry *end; /* once it is written */
} Settlement;

static void
settlement_free (gpointer data)
{
  Settlement *settlement = data;

  g_clear_pointer (&settlement->opened, till_payment_case_free);
  g_clear_pointer (&settlement->end, till_ledger_entry_unref);
  g_free (settlement->evidence);
  g_free (settlement->by);
  g_free (settlement);
}

/* @task, @error: (transfer full) */
static void
return_error (GTask *task, GError *error)
{
  Settlement *settlement = g_task_get_task_data (task);

  g_clear_pointer (&settlement->opened, till_payment_case_free);
  g_task_return_error (task, error);
  g_object_unref (task);
}

static void
on_recounted (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Settlement *settlement = g_task_get_task_data (task);

  till_payment_recount_finish_or_warn (TILL_PAYMENT (source), result);
  g_task_return_pointer (task, g_steal_pointer (&settlement->end), (GDestroyNotify) till_ledger_entry_unref);
}

/* Writing */

static void
on_written (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GTask *task = user_data;
  Settlement *settlement = g_task_get_task_data (task);
  GError *error = NULL;
  g_autoptr (GPtrArray) rows = till_payment_journal_rows_finish (TILL_PAYMENT (source), result, &error);

  if (rows == NULL)
    {
      return_error (task, error);
      return;
    }
  settlement->end = till_ledger_entry_ref (g_ptr_array_index (rows, rows->len - 1));
  g_clear_pointer (&settlement->opened, till_payment_case_free);
  till_payment_recount_async (g_task_get_source_object (task), on_recounted, task);
}

/* @task: (transfer full) */
static void
write_down (GTask *task)
{
  Settlement *settlement = g_task_get_task_data (task);
  const TillLedgerEntry *intent = settlement->opened->intent;
  const char *kind = till_payment_is_refund_intent (intent) ? TILL_LEDGER_REFUND_END : TILL_LEDGER_CHARGE_END;
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func ((GDestroyNotify) till_ledger_entry_unref);
  g_autoptr (TillChargeResult) end
      = till_charge_result_new (settlement->status, till_payment_find_reference (settlement->opened->rows),
                                TILL_PAYMENT_SETTLED, NULL, TRUE);
  GError *error = NULL;
  TillMoney amount;

  if (!till_payment_read_amount (intent, &amount, &error))
    {
      return_error (task, error);
      return;
    }
  g_ptr_array_add (
      rows, till_payment_settlement_row (intent, settlement->status, settlement->evidence, settlement->by));
  g_ptr_array_add (rows, till_payment_end_row (kind, intent->sale, intent->attempt, &amount, end));
  till_payment_journal_rows_async (g_task_get_source_object (task), rows, on_written, task);
}

/* Asking */

static void
on_refreshed (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GTask *task = user_data;
  Settlement *settlement = g_task_get_task_data (task);
  GError *error = NULL;

  if (till_payment_case_refresh_finish (settlement->opened, result, &error))
    write_down (task);
  else
    return_error (task, error);
}

static void
on_recounted_after_answer (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GTask *task = user_data;
  Settlement *settlement = g_task_get_task_data (task);
  const TillLedgerEntry *intent = settlement->opened->intent;

  till_payment_recount_finish_or_warn (TILL_PAYMENT (source), result);
  return_error (task,
                g_error_new (TILL_ERROR, TILL_ERROR_REFUSED,
                             "the payment provider has just told how attempt %s ended: nothing is left to "
                             "be settled by hand",
                             intent->attempt));
}

static void
on_resolved (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GTask *task = user_data;
  Settlement *settlement = g_task_get_task_data (task);
  GError *error = NULL;
  g_autoptr (TillPaymentOutcome) outcome
      = till_payment_resolve_finish (TILL_PAYMENT (source), result, &error);

  if (outcome == NULL)
    return_error (task, error);
  else if (outcome->result->status != TILL_CHARGE_UNKNOWN)
    till_payment_recount_async (TILL_PAYMENT (source), on_recounted_after_answer, task);
  else
    till_payment_case_refresh_async (settlement->opened, on_refreshed, task);
}

static void
on_opened (GObject *source, GAsyncResult *result, gpointer user_data)
{
  TillPayment *self = TILL_PAYMENT (source);
  GTask *task = user_data;
  Settlement *settlement = g_task_get_task_data (task);
  GError *error = NULL;

  settlement->opened = till_payment_open_case_finish (self, result, &error);
  if (settlement->opened == NULL)
    return_error (task, error);
  else if (settlement->opened->end != NULL)
    return_error (task, g_error_new (TILL_ERROR, TILL_ERROR_REFUSED, "attempt %s has its end already",
                                     settlement->opened->intent->attempt));
  else if (till_payment_can_ask (self, settlement->opened->intent, NULL))
    till_payment_resolve_async (self, settlement->opened->intent, NULL, g_task_get_cancellable (task),
                                on_resolved, task);
  else
    write_down (task);
}

static gboolean
check_words (const char *evidence, const char *by, GError **error)
{
  if (!g_utf8_validate (evidence, -1, NULL) || !g_utf8_validate (by, -1, NULL))
    g_set_error_literal (error, TILL_ERROR, TILL_ERROR_INVALID, "the evidence is not UTF-8");
  else if (g_utf8_strlen (evidence, -1) < EVIDENCE_SHORTEST
           || g_utf8_strlen (evidence, -1) > EVIDENCE_LONGEST)
    g_set_error (error, TILL_ERROR, TILL_ERROR_INVALID,
                 "say in %d to %d characters where it was seen how this payment ended", EVIDENCE_SHORTEST,
                 EVIDENCE_LONGEST);
  else if (*by == '\0' || g_utf8_strlen (by, -1) > NAME_LONGEST)
    g_set_error_literal (error, TILL_ERROR, TILL_ERROR_INVALID, "say who settles it");
  else
    return TRUE;
  return FALSE;
}

void
till_payment_settle_async (TillPayment *self,
                           const char *attempt,
                           gboolean taken,
                           const char *evidence,
                           const char *by,
                           GCancellable *cancellable,
                           GAsyncReadyCallback callback,
                           gpointer user_data)
{
  g_return_if_fail (TILL_IS_PAYMENT (self));

  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  Settlement *settlement = g_new0 (Settlement, 1);
  GError *error = NULL;

  g_task_set_source_tag (task, till_payment_settle_async);
  g_task_set_check_cancellable (task, FALSE);
  settlement->status = taken ? TILL_CHARGE_APPROVED : TILL_CHARGE_DECLINED;
  settlement->evidence = g_strstrip (g_strdup (evidence != NULL ? evidence : ""));
  settlement->by = g_strstrip (g_strdup (by != NULL ? by : ""));
  g_task_set_task_data (task, settlement, settlement_free);
  if (!check_words (settlement->evidence, settlement->by, &error))
    g_task_return_error (task, error);
  else
    till_payment_open_case_async (self, attempt, on_opened, g_steal_pointer (&task));
}

TillLedgerEntry *
till_payment_settle_finish (TillPayment *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
