/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "payment/till-payment.h"

#include "base/till-error.h"
#include "payment/till-payment-case.h"
#include "payment/till-payment-private.h"
#include "payment/till-payment-row.h"

typedef struct
{
  TillMoney amount;
  JsonObject *extra; /* (nullable) */
  TillPaymentCase *opened;
  TillPaymentOutcome *outcome;
} Refund;

static void
refund_free (gpointer data)
{
  Refund *refund = data;

  g_clear_pointer (&refund->opened, till_payment_case_free);
  g_clear_pointer (&refund->outcome, till_payment_outcome_unref);
  g_clear_pointer (&refund->extra, json_object_unref);
  g_free (refund);
}

/* @task: (transfer full) */
static void
return_outcome (GTask *task)
{
  Refund *refund = g_task_get_task_data (task);

  g_task_return_pointer (task, g_steal_pointer (&refund->outcome),
                         (GDestroyNotify) till_payment_outcome_unref);
  g_object_unref (task);
}

static void
on_recounted (GObject *source, GAsyncResult *result, gpointer user_data)
{
  till_payment_recount_finish_or_warn (TILL_PAYMENT (source), result);
  return_outcome (user_data);
}

static void
on_sent (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GTask *task = user_data;
  Refund *refund = g_task_get_task_data (task);
  GError *error = NULL;

  refund->outcome = till_payment_send_refund_finish (TILL_PAYMENT (source), result, &error);
  g_clear_pointer (&refund->opened, till_payment_case_free);
  if (refund->outcome == NULL)
    {
      g_task_return_error (task, error);
      g_object_unref (task);
    }
  else if (refund->outcome->result->status == TILL_CHARGE_UNKNOWN)
    till_payment_recount_async (TILL_PAYMENT (source), on_recounted, task);
  else
    return_outcome (task);
}

static gboolean
check_left (TillPaymentCase *opened, const TillMoney *amount, GError **error)
{
  TillMoney left;

  if (!till_payment_case_read_left (opened, &left, error))
    return FALSE;
  if (!till_money_same_currency (&left, amount))
    {
      g_set_error (error, TILL_ERROR, TILL_ERROR_CURRENCY, "the sale was paid in %s, not in %s",
                   left.currency, amount->currency);
      return FALSE;
    }
  if (amount->minor <= left.minor)
    return TRUE;
  g_autofree char *asked = till_money_to_decimal (amount);
  g_autofree char *most = till_money_to_decimal (&left);
  g_set_error (error, TILL_ERROR, TILL_ERROR_REFUSED,
               "%s %s can't be given back: %s is left of this payment that was not given back already", asked,
               amount->currency, most);
  return FALSE;
}

/* (nullable) the provider's id of the payment to give back. */
static const char *
check_case (TillPayment *self, const Refund *refund, GError **error)
{
  TillPaymentCase *opened = refund->opened;
  const char *reference = NULL;

  if (till_payment_is_refund_intent (opened->intent) || opened->end == NULL
      || !till_payment_is_approval (opened->end))
    g_set_error (error, TILL_ERROR, TILL_ERROR_REFUSED, "%s is no payment that was taken",
                 opened->intent->attempt);
  else if (till_payment_can_ask (self, opened->intent, error) && check_left (opened, &refund->amount, error))
    {
      reference = till_payment_find_reference (opened->rows);
      if (reference == NULL)
        g_set_error (
            error, TILL_ERROR, TILL_ERROR_REFUSED,
            "the provider's number of payment %s is not known, since it was settled by hand: give the "
            "money back at the counter",
            opened->intent->attempt);
    }
  return reference;
}

static void
on_opened (GObject *source, GAsyncResult *result, gpointer user_data)
{
  TillPayment *self = TILL_PAYMENT (source);
  GTask *task = user_data;
  Refund *refund = g_task_get_task_data (task);
  const char *reference = NULL;
  GError *error = NULL;

  refund->opened = till_payment_open_case_finish (self, result, &error);
  if (refund->opened != NULL)
    reference = check_case (self, refund, &error);
  if (reference != NULL && !g_cancellable_set_error_if_cancelled (g_task_get_cancellable (task), &error))
    till_payment_send_refund_async (self, refund->opened->intent, reference, &refund->amount, refund->extra,
                                    g_task_get_cancellable (task), on_sent, task);
  else
    {
      g_clear_pointer (&refund->opened, till_payment_case_free);
      g_task_return_error (task, error);
      g_object_unref (task);
    }
}

gboolean
till_payment_check_refund_amount (const TillMoney *amount, GError **error)
{
  if (till_currency_exponent (amount->currency) < 0)
    g_set_error (error, TILL_ERROR, TILL_ERROR_CURRENCY, "\"%s\" is no currency", amount->currency);
  else if (amount->minor <= 0)
    g_set_error_literal (error, TILL_ERROR, TILL_ERROR_INVALID,
                         "only an amount above zero can be given back");
  else
    return TRUE;
  return FALSE;
}

void
till_payment_refund_async (TillPayment *self,
                           const char *attempt,
                           const TillMoney *amount,
                           JsonObject *extra,
                           GCancellable *cancellable,
                           GAsyncReadyCallback callback,
                           gpointer user_data)
{
  g_return_if_fail (TILL_IS_PAYMENT (self));
  g_return_if_fail (amount != NULL);

  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  Refund *refund = g_new0 (Refund, 1);
  GError *error = NULL;

  g_task_set_source_tag (task, till_payment_refund_async);
  g_task_set_check_cancellable (task, FALSE);
  refund->amount = *amount;
  refund->extra = extra;
  /* Only a reversal is one. */
  if (extra != NULL)
    json_object_remove_member (extra, "reversal");
  g_task_set_task_data (task, refund, refund_free);
  if (till_payment_get_provider (self) == NULL)
    g_set_error_literal (&error, TILL_ERROR, TILL_ERROR_UNAVAILABLE,
                         "no payment provider is set up: give the money back at the counter");
  if (error != NULL || !till_payment_check_refund_amount (amount, &error))
    g_task_return_error (task, error);
  else
    till_payment_open_case_async (self, attempt, on_opened, g_steal_pointer (&task));
}

TillPaymentOutcome *
till_payment_refund_finish (TillPayment *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
