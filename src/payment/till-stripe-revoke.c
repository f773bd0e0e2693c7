/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "payment/till-stripe-revoke.h"

#include "payment/till-stripe-call.h"
#include "payment/till-stripe-json.h"
#include "payment/till-stripe-reading.h"

typedef struct
{
  TillChargeRequest *request;
  char *intent;
  char *code;
  char *message;
} Revocation;

static void
revocation_free (gpointer data)
{
  Revocation *revocation = data;

  till_charge_request_unref (revocation->request);
  g_free (revocation->intent);
  g_free (revocation->code);
  g_free (revocation->message);
  g_free (revocation);
}

TillChargeResult *
till_stripe_unknown_from_trouble (const TillStripeReply *reply, const char *reference)
{
  const char *trouble = reply->trouble;

  /* Out of reach after something was sent is no reason to believe that nothing was. */
  if (g_str_equal (trouble, "cancelled") || (g_str_equal (trouble, "unreachable") && reply->sent))
    trouble = "interrupted";
  return till_charge_result_new (TILL_CHARGE_UNKNOWN, reference, trouble, reply->message, reply->sent);
}

/* Cancelling what is cancelled is an error of that API, which shows the payment it is about. */
static JsonObject *
find_intent (JsonObject *root)
{
  JsonObject *about = till_stripe_json_object (till_stripe_json_object (root, "error"), "payment_intent");

  return about != NULL ? about : root;
}

static gboolean
is_cancelled (const Revocation *revocation, GBytes *body)
{
  g_autoptr (JsonObject) root = till_stripe_json_read (body, NULL);
  JsonObject *intent = root != NULL ? find_intent (root) : NULL;

  if (intent == NULL || g_strcmp0 (till_stripe_json_string (intent, "id"), revocation->intent) != 0)
    return FALSE;

  g_autoptr (TillStripeReading) reading = till_stripe_read_intent (intent, revocation->request);
  return reading->verdict == TILL_STRIPE_DECLINED && !reading->open;
}

const char *
till_stripe_trouble_of_status (guint status)
{
  if (status >= 500)
    return "server-error";
  return status == 409 || status == 429 || status == 400 ? "busy" : "bad-answer";
}

static void
on_replied (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Revocation *revocation = g_task_get_task_data (task);
  g_autoptr (TillStripeReply) reply = till_stripe_call_finish (TILL_STRIPE_CLIENT (source), result);
  TillChargeResult *outcome = NULL;

  if (reply->trouble != NULL)
    {
      reply->sent = TRUE;
      outcome = till_stripe_unknown_from_trouble (reply, revocation->intent);
    }
  else if (is_cancelled (revocation, reply->body))
    outcome = till_charge_result_new (TILL_CHARGE_DECLINED, revocation->intent, revocation->code,
                                      revocation->message, TRUE);
  else
    outcome = till_charge_result_new (TILL_CHARGE_UNKNOWN, revocation->intent,
                                      till_stripe_trouble_of_status (reply->status),
                                      "the gateway did not confirm that the payment is cancelled", TRUE);
  g_task_return_pointer (task, outcome, (GDestroyNotify) till_charge_result_unref);
}

void
till_stripe_revoke_async (TillStripeClient *client,
                          const char *intent,
                          TillChargeRequest *request,
                          const char *code,
                          const char *message,
                          GAsyncReadyCallback callback,
                          gpointer user_data)
{
  GTask *task = g_task_new (client, NULL, callback, user_data);
  Revocation *revocation = g_new0 (Revocation, 1);
  g_autofree char *path = g_strconcat ("/v1/payment_intents/", intent, "/cancel", NULL);
  TillStripeRequest call = { .method = "POST", .path = path, .form = "" };

  g_task_set_source_tag (task, till_stripe_revoke_async);
  revocation->request = till_charge_request_ref (request);
  revocation->intent = g_strdup (intent);
  revocation->code = g_strdup (code);
  revocation->message = g_strdup (message);
  g_task_set_task_data (task, revocation, revocation_free);
  till_stripe_call_async (client, &call, NULL, on_replied, task);
}

TillChargeResult *
till_stripe_revoke_finish (TillStripeClient *client, GAsyncResult *result)
{
  return g_task_propagate_pointer (G_TASK (result), NULL);
}
