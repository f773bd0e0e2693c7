/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "payment/till-stripe-refund.h"

#include "payment/till-stripe-amount.h"
#include "payment/till-stripe-call.h"
#include "payment/till-stripe-form.h"
#include "payment/till-stripe-json.h"
#include "payment/till-stripe-reading.h"
#include "payment/till-stripe-revoke.h"

typedef struct
{
  char *payment;
  TillMoney amount;
  gint64 units;
} Refund;

static void
refund_free (gpointer data)
{
  Refund *refund = data;

  g_free (refund->payment);
  g_free (refund);
}

static gboolean
is_right (const Refund *refund, JsonObject *root)
{
  gint64 amount = 0;
  const char *id = till_stripe_json_string (root, "id");
  const char *currency = till_stripe_json_string (root, "currency");

  return g_strcmp0 (till_stripe_json_string (root, "object"), "refund") == 0
         && (till_stripe_is_id (id, "re_") || till_stripe_is_id (id, "pyr_"))
         && g_strcmp0 (till_stripe_json_string (root, "payment_intent"), refund->payment) == 0
         && till_stripe_json_int (root, "amount", &amount) && amount == refund->units && currency != NULL
         && g_ascii_strcasecmp (currency, refund->amount.currency) == 0;
}

static TillChargeResult *
read_refund (const Refund *refund, GBytes *body)
{
  g_autoptr (JsonObject) root = till_stripe_json_read (body, NULL);

  if (root == NULL || !is_right (refund, root))
    return till_charge_result_new (TILL_CHARGE_UNKNOWN, NULL, "bad-answer",
                                   "the gateway answered with something else than this refund", TRUE);

  const char *id = till_stripe_json_string (root, "id");
  const char *status = till_stripe_json_string (root, "status");
  g_autofree char *reason = till_stripe_printable (till_stripe_json_string (root, "failure_reason"));
  if (g_strcmp0 (status, "succeeded") == 0)
    return till_charge_result_new (TILL_CHARGE_APPROVED, id, NULL, NULL, TRUE);
  if (g_strcmp0 (status, "pending") == 0 || g_strcmp0 (status, "requires_action") == 0)
    return till_charge_result_new (TILL_CHARGE_UNKNOWN, id, "processing", NULL, TRUE);
  if (g_strcmp0 (status, "failed") == 0 || g_strcmp0 (status, "canceled") == 0)
    return till_charge_result_new (TILL_CHARGE_DECLINED, id, status, reason, TRUE);
  return till_charge_result_new (TILL_CHARGE_UNKNOWN, id, "bad-answer",
                                 "the gateway's refund has a status nobody knows", TRUE);
}

static TillChargeResult *
read_refusal (const TillStripeReply *reply)
{
  g_autoptr (JsonObject) root = till_stripe_json_read (reply->body, NULL);
  g_autoptr (TillStripeReading) reading = till_stripe_read_error (reply->status, root);
  TillChargeStatus status = TILL_CHARGE_UNKNOWN;
  const char *code = "bad-answer";

  if (reading->verdict == TILL_STRIPE_DECLINED
      || (reading->verdict == TILL_STRIPE_REFUSED && !reply->doubtful))
    {
      status = TILL_CHARGE_DECLINED;
      code = reading->code;
    }
  else if (reading->verdict == TILL_STRIPE_SERVER_ERROR)
    code = "server-error";
  else if (reading->verdict == TILL_STRIPE_BUSY)
    code = "busy";
  return till_charge_result_new (status, NULL, code, reading->message, TRUE);
}

static void
on_replied (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Refund *refund = g_task_get_task_data (task);
  g_autoptr (TillStripeReply) reply = till_stripe_call_finish (TILL_STRIPE_CLIENT (source), result);
  TillChargeResult *outcome = NULL;

  if (reply->trouble != NULL)
    outcome = till_stripe_unknown_from_trouble (reply, NULL);
  else if (reply->status == 200)
    outcome = read_refund (refund, reply->body);
  else
    outcome = read_refusal (reply);
  g_task_return_pointer (task, outcome, (GDestroyNotify) till_charge_result_unref);
}

void
till_stripe_refund_async (TillStripeClient *client,
                          const char *reference,
                          const TillMoney *amount,
                          const char *key,
                          GCancellable *cancellable,
                          GAsyncReadyCallback callback,
                          gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (client, cancellable, callback, user_data);
  Refund *refund = g_new0 (Refund, 1);
  g_autoptr (GString) form = g_string_new (NULL);

  g_task_set_source_tag (task, till_stripe_refund_async);
  g_task_set_check_cancellable (task, FALSE);
  refund->payment = g_strdup (reference);
  refund->amount = *amount;
  g_task_set_task_data (task, refund, refund_free);
  if (!till_stripe_is_id (reference, "pi_") || amount->minor <= 0 || key == NULL
      || !till_stripe_amount (amount, &refund->units, NULL))
    {
      g_task_return_pointer (task,
                             till_charge_result_new (TILL_CHARGE_DECLINED, NULL, "invalid-request",
                                                     "a refund needs a payment, a key and an amount", FALSE),
                             (GDestroyNotify) till_charge_result_unref);
      return;
    }

  till_stripe_form_add (form, "payment_intent", reference);
  till_stripe_form_add_int (form, "amount", refund->units);
  TillStripeRequest call = { .method = "POST", .path = "/v1/refunds", .form = form->str, .key = key };
  till_stripe_call_async (client, &call, cancellable, on_replied, g_steal_pointer (&task));
}

TillChargeResult *
till_stripe_refund_finish (TillStripeClient *client, GAsyncResult *result)
{
  return g_task_propagate_pointer (G_TASK (result), NULL);
}
