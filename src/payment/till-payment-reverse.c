/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "payment/till-payment.h"

#include "base/till-error.h"
#include "payment/till-payment-case.h"
#include "payment/till-payment-private.h"
#include "payment/till-payment-row.h"

typedef struct
{
  JsonObject *extra;
  TillPaymentCase *opened;
  gboolean fresh;        /* the refund was journalled with the charge's end, and is to be sent */
  gboolean asked_refund; /* an open refund of the charge was asked about */
  TillPaymentOutcome *outcome;
} Reversal;

static void go_on (GTask *task);

static void
reversal_free (gpointer data)
{
  Reversal *reversal = data;

  g_clear_pointer (&reversal->opened, till_payment_case_free);
  g_clear_pointer (&reversal->outcome, till_payment_outcome_unref);
  g_clear_pointer (&reversal->extra, json_object_unref);
  g_free (reversal);
}

/* @task, @error: (transfer full) */
static void
return_error (GTask *task, GError *error)
{
  Reversal *reversal = g_task_get_task_data (task);

  g_clear_pointer (&reversal->opened, till_payment_case_free);
  g_task_return_error (task, error);
  g_object_unref (task);
}

static void
on_recounted (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Reversal *reversal = g_task_get_task_data (task);

  till_payment_recount_finish_or_warn (TILL_PAYMENT (source), result);
  g_task_return_pointer (task, g_steal_pointer (&reversal->outcome),
                         (GDestroyNotify) till_payment_outcome_unref);
}

/* @task: (transfer full) @by: the outcome that decided it, of the charge or a refund of it */
static void
return_outcome (GTask *task, TillChargeStatus status, const char *code, const TillPaymentOutcome *by)
{
  Reversal *reversal = g_task_get_task_data (task);
  const TillLedgerEntry *intent = reversal->opened->intent;
  const TillChargeResult *result = by != NULL ? by->result : NULL;
  g_autoptr (TillChargeResult) end = till_charge_result_new (
      status, result != NULL ? result->reference : NULL, code, result != NULL ? result->message : NULL, TRUE);

  reversal->outcome
      = till_payment_outcome_new (end, intent->attempt, by != NULL ? by->ledger_seq : intent->seq);
  g_clear_pointer (&reversal->opened, till_payment_case_free);
  till_payment_recount_async (g_task_get_source_object (task), on_recounted, task);
}

static void
on_refreshed (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GTask *task = user_data;
  Reversal *reversal = g_task_get_task_data (task);
  GError *error = NULL;

  if (till_payment_case_refresh_finish (reversal->opened, result, &error))
    go_on (task);
  else
    return_error (task, error);
}

/* What is taken is given back */

static void
on_given_back (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GTask *task = user_data;
  GError *error = NULL;
  g_autoptr (TillPaymentOutcome) refund
      = till_payment_send_refund_finish (TILL_PAYMENT (source), result, &error);

  if (refund == NULL)
    return_error (task, error);
  else if (refund->result->status == TILL_CHARGE_APPROVED)
    return_outcome (task, TILL_CHARGE_DECLINED, TILL_PAYMENT_REVERSED, refund);
  else if (refund->result->status == TILL_CHARGE_DECLINED)
    return_outcome (task, TILL_CHARGE_APPROVED, refund->result->code, refund);
  else
    return_outcome (task, TILL_CHARGE_UNKNOWN, refund->result->code, refund);
}

static void
on_refund_resolved (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GTask *task = user_data;
  Reversal *reversal = g_task_get_task_data (task);
  GError *error = NULL;
  g_autoptr (TillPaymentOutcome) refund = till_payment_resolve_finish (TILL_PAYMENT (source), result, &error);

  if (refund == NULL)
    return_error (task, error);
  else if (refund->result->status == TILL_CHARGE_UNKNOWN)
    return_outcome (task, TILL_CHARGE_UNKNOWN, refund->result->code, refund);
  else
    till_payment_case_refresh_async (reversal->opened, on_refreshed, task);
}

/* @task: (transfer full) */
static void
give_back (GTask *task)
{
  TillPayment *self = g_task_get_source_object (task);
  Reversal *reversal = g_task_get_task_data (task);
  TillPaymentCase *opened = reversal->opened;
  const TillLedgerEntry *open = till_payment_case_find_open_refund (opened);
  const char *reference = till_payment_find_reference (opened->rows);
  GError *error = NULL;
  TillMoney left;

  if (open != NULL && reversal->fresh)
    {
      reversal->fresh = FALSE;
      reversal->asked_refund = TRUE;
      till_payment_send_journalled_async (self, open, g_task_get_cancellable (task), on_given_back, task);
    }
  else if (open != NULL && !reversal->asked_refund)
    {
      reversal->asked_refund = TRUE;
      till_payment_resolve_async (self, open, NULL, g_task_get_cancellable (task), on_refund_resolved, task);
    }
  else if (open != NULL)
    return_outcome (task, TILL_CHARGE_UNKNOWN, "busy", NULL);
  else if (!till_payment_case_read_left (opened, &left, &error))
    return_error (task, error);
  else if (left.minor == 0)
    return_outcome (task, TILL_CHARGE_DECLINED, TILL_PAYMENT_REVERSED, NULL);
  else if (reference == NULL)
    return_error (task, g_error_new (TILL_ERROR, TILL_ERROR_REFUSED,
                                     "the provider's number of payment %s is not known, since it was settled "
                                     "by hand: give the money back at the counter",
                                     opened->intent->attempt));
  else if (!till_payment_can_ask (self, opened->intent, &error))
    return_error (task, error);
  else
    {
      /* A sale that has its receipt was a sale: what is given back of it is a refund like any other. */
      json_object_set_boolean_member (reversal->extra, "reversal", !till_payment_case_has_receipt (opened));
      till_payment_send_refund_async (self, opened->intent, reference, &left, reversal->extra,
                                      g_task_get_cancellable (task), on_given_back, task);
    }
}

/* What is open is cancelled */

static void
on_resolved (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GTask *task = user_data;
  Reversal *reversal = g_task_get_task_data (task);
  GError *error = NULL;
  g_autoptr (TillPaymentOutcome) charge = till_payment_resolve_finish (TILL_PAYMENT (source), result, &error);

  if (charge == NULL)
    return_error (task, error);
  else if (charge->result->status == TILL_CHARGE_APPROVED)
    {
      reversal->fresh = TRUE;
      till_payment_case_refresh_async (reversal->opened, on_refreshed, task);
    }
  else
    return_outcome (task, charge->result->status, charge->result->code, charge);
}

/* @task: (transfer full) */
static void
go_on (GTask *task)
{
  Reversal *reversal = g_task_get_task_data (task);
  TillPaymentCase *opened = reversal->opened;

  if (till_payment_is_refund_intent (opened->intent))
    return_error (task,
                  g_error_new (TILL_ERROR, TILL_ERROR_REFUSED,
                               "%s is a refund: only payments can be reversed", opened->intent->attempt));
  else if (opened->end == NULL)
    till_payment_resolve_async (g_task_get_source_object (task), opened->intent, reversal->extra,
                                g_task_get_cancellable (task), on_resolved, task);
  else if (till_payment_is_approval (opened->end))
    give_back (task);
  else
    return_outcome (task, TILL_CHARGE_DECLINED, TILL_PAYMENT_REVERSED, NULL);
}

static void
on_opened (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GTask *task = user_data;
  Reversal *reversal = g_task_get_task_data (task);
  GError *error = NULL;

  reversal->opened = till_payment_open_case_finish (TILL_PAYMENT (source), result, &error);
  if (reversal->opened != NULL)
    go_on (task);
  else
    return_error (task, error);
}

void
till_payment_reverse_async (TillPayment *self,
                            const char *attempt,
                            JsonObject *extra,
                            GCancellable *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer user_data)
{
  g_return_if_fail (TILL_IS_PAYMENT (self));

  GTask *task = g_task_new (self, cancellable, callback, user_data);
  Reversal *reversal = g_new0 (Reversal, 1);

  g_task_set_source_tag (task, till_payment_reverse_async);
  g_task_set_check_cancellable (task, FALSE);
  reversal->extra = extra != NULL ? extra : json_object_new ();
  g_task_set_task_data (task, reversal, reversal_free);
  till_payment_open_case_async (self, attempt, on_opened, task);
}

TillPaymentOutcome *
till_payment_reverse_finish (TillPayment *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
