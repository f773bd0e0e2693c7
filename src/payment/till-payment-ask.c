/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "payment/till-payment.h"

#include "payment/till-payment-case.h"
#include "payment/till-payment-private.h"
#include "payment/till-payment-row.h"

typedef struct
{
  TillPaymentCase *opened;
  TillPaymentOutcome *outcome;
} Asking;

static void
asking_free (gpointer data)
{
  Asking *asking = data;

  g_clear_pointer (&asking->opened, till_payment_case_free);
  g_clear_pointer (&asking->outcome, till_payment_outcome_unref);
  g_free (asking);
}

static void
on_recounted (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Asking *asking = g_task_get_task_data (task);

  till_payment_recount_finish_or_warn (TILL_PAYMENT (source), result);
  g_task_return_pointer (task, g_steal_pointer (&asking->outcome),
                         (GDestroyNotify) till_payment_outcome_unref);
}

static void
on_resolved (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GTask *task = user_data;
  Asking *asking = g_task_get_task_data (task);
  GError *error = NULL;

  asking->outcome = till_payment_resolve_finish (TILL_PAYMENT (source), result, &error);
  g_clear_pointer (&asking->opened, till_payment_case_free);
  if (asking->outcome != NULL)
    till_payment_recount_async (TILL_PAYMENT (source), on_recounted, task);
  else
    {
      g_task_return_error (task, error);
      g_object_unref (task);
    }
}

static TillPaymentOutcome *
outcome_of_end (const TillLedgerEntry *end)
{
  g_autoptr (TillChargeResult) result = till_payment_read_end (end);

  return till_payment_outcome_new (result, end->attempt, end->seq);
}

/* @task: (transfer full) */
static void
go_on (GTask *task)
{
  Asking *asking = g_task_get_task_data (task);

  if (asking->opened->end == NULL)
    {
      till_payment_resolve_async (g_task_get_source_object (task), asking->opened->intent, NULL,
                                  g_task_get_cancellable (task), on_resolved, task);
      return;
    }
  TillPaymentOutcome *outcome = outcome_of_end (asking->opened->end);
  g_clear_pointer (&asking->opened, till_payment_case_free);
  g_task_return_pointer (task, outcome, (GDestroyNotify) till_payment_outcome_unref);
  g_object_unref (task);
}

static void
on_opened (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GTask *task = user_data;
  Asking *asking = g_task_get_task_data (task);
  GError *error = NULL;

  asking->opened = till_payment_open_case_finish (TILL_PAYMENT (source), result, &error);
  if (asking->opened != NULL)
    go_on (task);
  else
    {
      g_task_return_error (task, error);
      g_object_unref (task);
    }
}

void
till_payment_ask_async (TillPayment *self,
                        const char *attempt,
                        GCancellable *cancellable,
                        GAsyncReadyCallback callback,
                        gpointer user_data)
{
  g_return_if_fail (TILL_IS_PAYMENT (self));

  GTask *task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_source_tag (task, till_payment_ask_async);
  g_task_set_check_cancellable (task, FALSE);
  g_task_set_task_data (task, g_new0 (Asking, 1), asking_free);
  till_payment_open_case_async (self, attempt, on_opened, task);
}

TillPaymentOutcome *
till_payment_ask_finish (TillPayment *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
