/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "payment/till-stripe-refund.h"

#include "payment/till-stripe-amount.h"
#include "payment/till-stripe-call.h"
#include "payment/till-stripe-form.h"
#include "payment/till-stripe-reading.h"
#include "payment/till-stripe-refund-list.h"
#include "payment/till-stripe-refund-reading.h"
#include "payment/till-stripe-revoke.h"

typedef struct
{
  TillRefundRequest *request;
  gint64 units;
  gboolean replay;     /* of a query: send it again where it is not listed */
  gboolean doubtful;   /* it may have been sent before this process asks */
  GSourceFunc sending; /* (nullable) */
  gpointer sending_data;
  TillChargeResult *unlisted; /* the result where the list does not have it */
} Refund;

static void
refund_free (gpointer data)
{
  Refund *refund = data;

  till_refund_request_unref (refund->request);
  g_clear_pointer (&refund->unlisted, till_charge_result_unref);
  g_free (refund);
}

/* @task: (transfer full) */
static void
return_result (GTask *task, TillChargeResult *result)
{
  g_task_return_pointer (task, result, (GDestroyNotify) till_charge_result_unref);
  g_object_unref (task);
}

/* After an answer that leaves it open, the list decides */

static void
on_listed (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GTask *task = user_data;
  Refund *refund = g_task_get_task_data (task);
  g_autoptr (TillChargeResult) found = till_stripe_refund_list_finish (TILL_STRIPE_CLIENT (source), result);

  if (found->status == TILL_CHARGE_UNKNOWN && g_strcmp0 (found->code, TILL_STRIPE_NOT_LISTED) == 0)
    return_result (task, g_steal_pointer (&refund->unlisted));
  else
    return_result (task, g_steal_pointer (&found));
}

/* @task, @unlisted: (transfer full) */
static void
look_up (GTask *task, TillChargeResult *unlisted)
{
  Refund *refund = g_task_get_task_data (task);

  refund->unlisted = unlisted;
  till_stripe_refund_list_async (g_task_get_source_object (task), refund->request,
                                 g_task_get_cancellable (task), on_listed, task);
}

/* @task: (transfer full) */
static void
settle (GTask *task, const TillStripeReading *reading, gboolean doubtful)
{
  TillChargeStatus status = TILL_CHARGE_UNKNOWN;

  switch (reading->verdict)
    {
    case TILL_STRIPE_BUSY:
      return_result (task, till_charge_result_new (status, NULL, "busy", reading->message, TRUE));
      break;
    case TILL_STRIPE_SERVER_ERROR:
      /* Some servers replay their breakdown for ever: what their list has not got, they have not done. */
      look_up (task, till_charge_result_new (status, NULL, TILL_STRIPE_NOT_LISTED, reading->message, TRUE));
      break;
    case TILL_STRIPE_KEY_REUSED:
      look_up (task, till_charge_result_new (status, NULL, "bad-answer", reading->message, TRUE));
      break;
    case TILL_STRIPE_REFUSED:
      /* The key is through by now: were it carried out before, its answer would have been told again. */
      status = TILL_CHARGE_DECLINED;
      if (doubtful)
        look_up (task, till_charge_result_new (status, NULL, reading->code, reading->message, TRUE));
      else
        return_result (task, till_charge_result_new (status, NULL, reading->code, reading->message, TRUE));
      break;
    default:
      return_result (task, till_stripe_result_of_refund (reading));
      break;
    }
}

/* Sending */

static void
on_replied (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GTask *task = user_data;
  Refund *refund = g_task_get_task_data (task);
  g_autoptr (TillStripeReply) reply = till_stripe_call_finish (TILL_STRIPE_CLIENT (source), result);

  if (reply->trouble != NULL)
    {
      if (!reply->sent && !refund->doubtful && g_str_equal (reply->trouble, "cancelled"))
        return_result (task, till_charge_result_new (TILL_CHARGE_DECLINED, NULL, "cancelled", NULL, FALSE));
      else
        return_result (task, till_stripe_unknown_from_trouble (reply, NULL));
      return;
    }
  g_autoptr (TillStripeReading) reading
      = till_stripe_read_refund_answer (reply->status, reply->body, refund->request);
  settle (task, reading, reply->doubtful || refund->doubtful);
}

/* @task: (transfer full). A replay must be the same to the letter. */
static void
send_refund (GTask *task)
{
  Refund *refund = g_task_get_task_data (task);
  g_autoptr (GString) form = g_string_new (NULL);

  till_stripe_form_add (form, "payment_intent", refund->request->reference);
  till_stripe_form_add_int (form, "amount", refund->units);
  till_stripe_form_add (form, "metadata[sale]", refund->request->sale);
  till_stripe_form_add (form, "metadata[attempt]", refund->request->attempt);

  TillStripeRequest call = {
    .method = "POST",
    .path = "/v1/refunds",
    .form = form->str,
    .key = refund->request->key,
    .sending = refund->sending,
    .sending_data = refund->sending_data,
  };
  till_stripe_call_async (g_task_get_source_object (task), &call, g_task_get_cancellable (task), on_replied,
                          task);
}

static void
on_listed_first (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GTask *task = user_data;
  Refund *refund = g_task_get_task_data (task);
  g_autoptr (TillChargeResult) found = till_stripe_refund_list_finish (TILL_STRIPE_CLIENT (source), result);

  if (found->status != TILL_CHARGE_UNKNOWN || g_strcmp0 (found->code, TILL_STRIPE_NOT_LISTED) != 0)
    return_result (task, g_steal_pointer (&found));
  else if (refund->replay)
    send_refund (task);
  else
    return_result (task, till_charge_result_new (TILL_CHARGE_DECLINED, NULL, "not-found", NULL, TRUE));
}

/* (nullable) a task, unless @request can't be sent (transfer full) */
static GTask *
start (TillStripeClient *client,
       TillRefundRequest *request,
       GCancellable *cancellable,
       GAsyncReadyCallback callback,
       gpointer user_data)
{
  GTask *task = g_task_new (client, cancellable, callback, user_data);
  Refund *refund = g_new0 (Refund, 1);

  g_task_set_source_tag (task, till_stripe_refund_async);
  /* A cancelled refund still has a result. */
  g_task_set_check_cancellable (task, FALSE);
  refund->request = till_refund_request_ref (request);
  g_task_set_task_data (task, refund, refund_free);
  if (till_stripe_is_id (request->reference, "pi_") && request->amount.minor > 0 && request->key != NULL
      && request->attempt != NULL && request->sale != NULL
      && till_stripe_amount (&request->amount, &refund->units, NULL))
    return task;
  return_result (task, till_charge_result_new (TILL_CHARGE_DECLINED, NULL, "invalid-request",
                                               "a refund needs a payment, a key and an amount", FALSE));
  return NULL;
}

void
till_stripe_refund_async (TillStripeClient *client,
                          TillRefundRequest *request,
                          GSourceFunc sending,
                          gpointer sending_data,
                          GCancellable *cancellable,
                          GAsyncReadyCallback callback,
                          gpointer user_data)
{
  GTask *task = start (client, request, cancellable, callback, user_data);
  Refund *refund = task != NULL ? g_task_get_task_data (task) : NULL;

  if (refund == NULL)
    return;
  refund->sending = sending;
  refund->sending_data = sending_data;
  send_refund (task);
}

void
till_stripe_query_refund_async (TillStripeClient *client,
                                TillRefundRequest *request,
                                gboolean replay,
                                GCancellable *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer user_data)
{
  GTask *task = start (client, request, cancellable, callback, user_data);
  Refund *refund = task != NULL ? g_task_get_task_data (task) : NULL;

  if (refund == NULL)
    return;
  refund->replay = replay;
  refund->doubtful = TRUE;
  till_stripe_refund_list_async (client, request, cancellable, on_listed_first, task);
}

TillChargeResult *
till_stripe_refund_finish (TillStripeClient *client, GAsyncResult *result)
{
  return g_task_propagate_pointer (G_TASK (result), NULL);
}
