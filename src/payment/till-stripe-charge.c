/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "payment/till-stripe-charge.h"

#include "payment/till-stripe-amount.h"
#include "payment/till-stripe-call.h"
#include "payment/till-stripe-form.h"
#include "payment/till-stripe-lookup.h"
#include "payment/till-stripe-reading.h"
#include "payment/till-stripe-revoke.h"

#include <string.h>

/* What the API allows for, less what the key of the confirmation adds. */
#define KEY_LONGEST 240

typedef struct
{
  TillChargeRequest *request;
  gboolean confirmed;   /* the second step was taken */
  const char *breakage; /* why the attempt is being looked up: a literal */
  char *message;
} Charge;

static void settle (GTask *task, const TillStripeReading *reading, gboolean doubtful);

static void
charge_free (gpointer data)
{
  Charge *charge = data;

  till_charge_request_unref (charge->request);
  g_free (charge->message);
  g_free (charge);
}

/* @task: (transfer full) */
static void
return_result (GTask *task, TillChargeResult *result)
{
  g_task_return_pointer (task, result, (GDestroyNotify) till_charge_result_unref);
  g_object_unref (task);
}

/* @task: (transfer full) */
static void
return_new (
    GTask *task, TillChargeStatus status, const char *reference, const char *code, const char *message)
{
  return_result (task, till_charge_result_new (status, reference, code, message, TRUE));
}

/* Steps after the first answer */

static void
on_revoked (GObject *source, GAsyncResult *result, gpointer user_data)
{
  return_result (user_data, till_stripe_revoke_finish (TILL_STRIPE_CLIENT (source), result));
}

/* @task: (transfer full) */
static void
revoke_intent (GTask *task, const TillStripeReading *reading)
{
  Charge *charge = g_task_get_task_data (task);

  till_stripe_revoke_async (g_task_get_source_object (task), reading->reference, charge->request,
                            reading->code, reading->message, on_revoked, task);
}

static void
on_looked_up (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GTask *task = user_data;
  Charge *charge = g_task_get_task_data (task);
  g_autoptr (TillChargeResult) found = till_stripe_lookup_finish (TILL_STRIPE_CLIENT (source), result);

  if (found->status == TILL_CHARGE_APPROVED
      || (found->status == TILL_CHARGE_DECLINED && g_strcmp0 (found->code, "not-found") != 0))
    return_result (task, g_steal_pointer (&found));
  else
    return_new (task, found->status, found->reference, charge->breakage, charge->message);
}

/* @task: (transfer full) @breakage: a literal */
static void
look_up (GTask *task, const char *breakage, const char *message)
{
  Charge *charge = g_task_get_task_data (task);

  charge->breakage = breakage;
  charge->message = g_strdup (message);
  till_stripe_lookup_async (g_task_get_source_object (task), charge->request, FALSE,
                            g_task_get_cancellable (task), on_looked_up, task);
}

static void
on_confirmed (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GTask *task = user_data;
  Charge *charge = g_task_get_task_data (task);
  g_autoptr (TillStripeReply) reply = till_stripe_call_finish (TILL_STRIPE_CLIENT (source), result);

  if (reply->trouble != NULL)
    {
      reply->sent = TRUE;
      return_result (task, till_stripe_unknown_from_trouble (reply, NULL));
      return;
    }
  g_autoptr (TillStripeReading) reading
      = till_stripe_read_answer (reply->status, reply->body, charge->request);
  settle (task, reading, TRUE);
}

/* Some servers of this API record a payment and leave confirm=true unheard. @task: (transfer full) */
static void
confirm (GTask *task, const char *intent)
{
  Charge *charge = g_task_get_task_data (task);
  g_autofree char *path = g_strconcat ("/v1/payment_intents/", intent, "/confirm", NULL);
  g_autofree char *key = g_strconcat (charge->request->key, "-confirm", NULL);
  TillStripeRequest call = { .method = "POST", .path = path, .form = "off_session=true", .key = key };

  charge->confirmed = TRUE;
  till_stripe_call_async (g_task_get_source_object (task), &call, g_task_get_cancellable (task), on_confirmed,
                          task);
}

/* @task: (transfer full) @doubtful: an exchange before this one may have moved money */
static void
settle (GTask *task, const TillStripeReading *reading, gboolean doubtful)
{
  Charge *charge = g_task_get_task_data (task);

  switch (reading->verdict)
    {
    case TILL_STRIPE_SUCCEEDED:
      return_new (task, TILL_CHARGE_APPROVED, reading->reference, NULL, NULL);
      break;
    case TILL_STRIPE_DECLINED:
      return_new (task, TILL_CHARGE_DECLINED, reading->reference, reading->code, reading->message);
      break;
    case TILL_STRIPE_UNCONFIRMED:
      if (charge->confirmed)
        revoke_intent (task, reading);
      else
        confirm (task, reading->reference);
      break;
    case TILL_STRIPE_REVOCABLE:
      revoke_intent (task, reading);
      break;
    case TILL_STRIPE_PROCESSING:
      return_new (task, TILL_CHARGE_UNKNOWN, reading->reference, "processing", reading->message);
      break;
    case TILL_STRIPE_BUSY:
      return_new (task, TILL_CHARGE_UNKNOWN, NULL, "busy", reading->message);
      break;
    case TILL_STRIPE_SERVER_ERROR:
      look_up (task, "server-error", reading->message);
      break;
    case TILL_STRIPE_KEY_REUSED:
      look_up (task, "bad-answer", reading->message);
      break;
    case TILL_STRIPE_REFUSED:
      if (doubtful)
        look_up (task, "interrupted", reading->message);
      else
        return_new (task, TILL_CHARGE_DECLINED, reading->reference, reading->code, reading->message);
      break;
    case TILL_STRIPE_UNBELIEVABLE:
      return_new (task, TILL_CHARGE_UNKNOWN, reading->reference, "bad-answer", reading->message);
      break;
    }
}

/* The first step */

static void
on_created (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GTask *task = user_data;
  Charge *charge = g_task_get_task_data (task);
  g_autoptr (TillStripeReply) reply = till_stripe_call_finish (TILL_STRIPE_CLIENT (source), result);

  if (reply->trouble != NULL)
    {
      if (!reply->sent && g_str_equal (reply->trouble, "cancelled"))
        return_result (task, till_charge_result_new (TILL_CHARGE_DECLINED, NULL, "cancelled", NULL, FALSE));
      else
        return_result (task, till_stripe_unknown_from_trouble (reply, NULL));
      return;
    }
  g_autoptr (TillStripeReading) reading
      = till_stripe_read_answer (reply->status, reply->body, charge->request);
  settle (task, reading, reply->doubtful);
}

static gboolean
is_key (const char *key)
{
  gsize length = key != NULL ? strlen (key) : 0;

  if (length == 0 || length > KEY_LONGEST)
    return FALSE;
  for (const char *at = key; *at != '\0'; at++)
    if (!g_ascii_isgraph (*at))
      return FALSE;
  return TRUE;
}

/* (nullable) why @request can't be sent. */
static const char *
find_fault (const TillChargeRequest *request)
{
  g_autofree char *method = till_stripe_payer_method (request->payer);

  if (method == NULL)
    return "the payer is not of the form cus_…/pm_…: enrol the customer again";
  if (!is_key (request->key))
    return "the idempotency key is missing or can't be sent";
  if (request->attempt == NULL || *request->attempt == '\0' || request->sale == NULL
      || *request->sale == '\0')
    return "the attempt or the sale has no id";
  if (request->amount.minor <= 0)
    return "the amount is not above zero";
  return NULL;
}

static char *
build_form (const TillChargeRequest *request, GError **error)
{
  g_autoptr (GString) form = g_string_new (NULL);
  g_autofree char *currency = g_ascii_strdown (request->amount.currency, -1);
  g_autofree char *customer = till_stripe_payer_customer (request->payer);
  g_autofree char *method = till_stripe_payer_method (request->payer);
  gint64 amount = 0;

  if (!till_stripe_amount (&request->amount, &amount, error))
    return NULL;
  till_stripe_form_add_int (form, "amount", amount);
  till_stripe_form_add (form, "currency", currency);
  till_stripe_form_add (form, "customer", customer);
  till_stripe_form_add (form, "payment_method", method);
  till_stripe_form_add (form, "payment_method_types[]", "card");
  till_stripe_form_add (form, "confirm", "true");
  till_stripe_form_add (form, "off_session", "true");
  till_stripe_form_add (form, "metadata[sale]", request->sale);
  till_stripe_form_add (form, "metadata[attempt]", request->attempt);
  return g_string_free (g_steal_pointer (&form), FALSE);
}

void
till_stripe_charge_async (TillStripeClient *client,
                          TillChargeRequest *request,
                          GSourceFunc sending,
                          gpointer sending_data,
                          GCancellable *cancellable,
                          GAsyncReadyCallback callback,
                          gpointer user_data)
{
  GTask *task = g_task_new (client, cancellable, callback, user_data);
  Charge *charge = g_new0 (Charge, 1);
  const char *fault = find_fault (request);
  g_autoptr (GError) error = NULL;
  g_autofree char *form = fault == NULL ? build_form (request, &error) : NULL;

  g_task_set_source_tag (task, till_stripe_charge_async);
  /* A cancelled charge still has a result. */
  g_task_set_check_cancellable (task, FALSE);
  charge->request = till_charge_request_ref (request);
  g_task_set_task_data (task, charge, charge_free);
  if (form == NULL)
    {
      return_result (task, till_charge_result_new (TILL_CHARGE_DECLINED, NULL, "invalid-request",
                                                   fault != NULL ? fault : error->message, FALSE));
      return;
    }

  TillStripeRequest call = {
    .method = "POST",
    .path = "/v1/payment_intents",
    .form = form,
    .key = request->key,
    .sending = sending,
    .sending_data = sending_data,
  };
  till_stripe_call_async (client, &call, cancellable, on_created, task);
}

TillChargeResult *
till_stripe_charge_finish (TillStripeClient *client, GAsyncResult *result)
{
  return g_task_propagate_pointer (G_TASK (result), NULL);
}
