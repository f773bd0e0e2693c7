/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "payment/till-payment.h"

#include "base/till-error.h"
#include "payment/till-payment-journal.h"
#include "payment/till-payment-private.h"
#include "payment/till-payment-row.h"

typedef struct
{
  char *attempt;
  char *sale; /* (nullable) while it is claimed */
} Drop;

static void
drop_free (gpointer data)
{
  Drop *drop = data;

  g_free (drop->attempt);
  g_free (drop->sale);
  g_free (drop);
}

static void
on_recounted (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;

  till_payment_recount_finish_or_warn (TILL_PAYMENT (source), result);
  g_task_return_boolean (task, TRUE);
}

static void
on_ended (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GTask *task = user_data;
  TillPayment *self = g_task_get_source_object (task);
  Drop *drop = g_task_get_task_data (task);
  GError *error = NULL;
  g_autoptr (TillLedgerEntry) row = till_payment_journal_row_finish (self, result, &error);

  till_payment_release (self, drop->sale);
  if (row != NULL)
    {
      till_payment_recount_async (self, on_recounted, task);
      return;
    }
  g_task_return_error (task, error);
  g_object_unref (task);
}

/* @task: (transfer full) */
static void
end_attempt (GTask *task, const TillLedgerEntry *intent, const TillMoney *amount)
{
  TillPayment *self = g_task_get_source_object (task);
  Drop *drop = g_task_get_task_data (task);
  g_autoptr (TillChargeResult) result
      = till_charge_result_new (TILL_CHARGE_DECLINED, NULL, "not-sent", NULL, FALSE);
  g_autoptr (TillLedgerEntry) row
      = till_payment_end_row (TILL_LEDGER_CHARGE_END, intent->sale, intent->attempt, amount, result);

  drop->sale = g_strdup (intent->sale);
  till_payment_journal_row_async (self, row, on_ended, task);
}

static void
on_attempt_listed (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GTask *task = user_data;
  TillPayment *self = g_task_get_source_object (task);
  Drop *drop = g_task_get_task_data (task);
  GError *error = NULL;
  g_autoptr (GPtrArray) rows = till_ledger_list_finish (TILL_LEDGER (source), result, &error);
  const TillLedgerEntry *intent = rows != NULL ? till_payment_find_unsent (rows) : NULL;
  g_autoptr (TillChargeRequest) request = NULL;

  if (rows != NULL && intent == NULL)
    g_set_error (&error, TILL_ERROR, TILL_ERROR_REFUSED,
                 "attempt %s may have left this machine: only the payment provider can tell its end",
                 drop->attempt);
  else if (intent != NULL)
    request = till_payment_read_intent (intent, NULL, &error);

  if (request != NULL && till_payment_claim (self, request->sale, &error))
    {
      end_attempt (task, intent, &request->amount);
      return;
    }
  g_task_return_error (task, error);
  g_object_unref (task);
}

void
till_payment_drop_async (TillPayment *self,
                         const char *attempt,
                         GCancellable *cancellable,
                         GAsyncReadyCallback callback,
                         gpointer user_data)
{
  g_return_if_fail (TILL_IS_PAYMENT (self));

  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_source_tag (task, till_payment_drop_async);
  g_task_set_check_cancellable (task, FALSE);
  if (attempt == NULL)
    {
      g_task_return_new_error (task, TILL_ERROR, TILL_ERROR_REFUSED, "there is no attempt to end");
      return;
    }

  Drop *drop = g_new0 (Drop, 1);
  drop->attempt = g_strdup (attempt);
  g_task_set_task_data (task, drop, drop_free);
  till_ledger_list_async (till_payment_get_ledger (self), NULL, NULL, attempt, 0, cancellable,
                          on_attempt_listed, g_steal_pointer (&task));
}

gboolean
till_payment_drop_finish (TillPayment *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
