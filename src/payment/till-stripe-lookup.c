/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "payment/till-stripe-lookup.h"

#include "payment/till-stripe-amount.h"
#include "payment/till-stripe-call.h"
#include "payment/till-stripe-form.h"
#include "payment/till-stripe-json.h"
#include "payment/till-stripe-page.h"
#include "payment/till-stripe-reading.h"
#include "payment/till-stripe-revoke.h"

typedef struct
{
  TillChargeRequest *request;
  char *customer;  /* (nullable) */
  gboolean cancel; /* what is being processed too */
  TillStripePages pages;
  gboolean unfiltered;      /* the gateway would not list the payments of one customer */
  TillStripeReading *found; /* the payment that says most about the attempt so far */
  gboolean doubled;
  gboolean suspect; /* one that names no attempt may be it */
  gboolean barred;  /* the barrier was tried */
} Lookup;

static void list_page (GTask *task);

static void
lookup_free (gpointer data)
{
  Lookup *lookup = data;

  till_charge_request_unref (lookup->request);
  g_free (lookup->customer);
  till_stripe_pages_clear (&lookup->pages);
  g_clear_pointer (&lookup->found, till_stripe_reading_free);
  g_free (lookup);
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
return_unknown (GTask *task, const char *reference, const char *code, const char *message)
{
  return_result (task, till_charge_result_new (TILL_CHARGE_UNKNOWN, reference, code, message, TRUE));
}

/* A payment of this attempt */

static void
on_revoked (GObject *source, GAsyncResult *result, gpointer user_data)
{
  return_result (user_data, till_stripe_revoke_finish (TILL_STRIPE_CLIENT (source), result));
}

/* @task: (transfer full) */
static void
settle (GTask *task, const TillStripeReading *found)
{
  Lookup *lookup = g_task_get_task_data (task);
  const char *code = found->barrier ? "not-found" : found->code;

  switch (found->verdict)
    {
    case TILL_STRIPE_SUCCEEDED:
      return_result (task, till_charge_result_new (TILL_CHARGE_APPROVED, found->reference, NULL, NULL, TRUE));
      break;
    case TILL_STRIPE_PROCESSING:
      if (lookup->cancel)
        till_stripe_revoke_async (g_task_get_source_object (task), found->reference, lookup->request,
                                  "canceled", found->message, on_revoked, task);
      else
        return_unknown (task, found->reference, "processing", found->message);
      break;
    case TILL_STRIPE_DECLINED:
    case TILL_STRIPE_UNCONFIRMED:
    case TILL_STRIPE_REVOCABLE:
      if (found->open)
        till_stripe_revoke_async (g_task_get_source_object (task), found->reference, lookup->request, code,
                                  found->message, on_revoked, task);
      else
        return_result (task, till_charge_result_new (TILL_CHARGE_DECLINED, found->reference, code,
                                                     found->message, TRUE));
      break;
    case TILL_STRIPE_BUSY:
      return_unknown (task, NULL, "busy", found->message);
      break;
    case TILL_STRIPE_SERVER_ERROR:
    case TILL_STRIPE_KEY_REUSED:
    case TILL_STRIPE_REFUSED:
    case TILL_STRIPE_UNBELIEVABLE:
      return_unknown (task, found->reference, "bad-answer", found->message);
      break;
    }
}

/* The barrier */

/* @task: (transfer full) */
static void
list_again (GTask *task)
{
  Lookup *lookup = g_task_get_task_data (task);

  till_stripe_pages_clear (&lookup->pages);
  list_page (task);
}

static void
on_barrier_answered (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GTask *task = user_data;
  Lookup *lookup = g_task_get_task_data (task);
  g_autoptr (TillStripeReply) reply = till_stripe_call_finish (TILL_STRIPE_CLIENT (source), result);

  if (reply->trouble != NULL)
    {
      return_result (task, till_stripe_unknown_from_trouble (reply, NULL));
      return;
    }

  g_autoptr (TillStripeReading) reading
      = till_stripe_read_answer (reply->status, reply->body, lookup->request);
  if (reading->verdict == TILL_STRIPE_KEY_REUSED || reading->verdict == TILL_STRIPE_SERVER_ERROR
      || reading->verdict == TILL_STRIPE_REFUSED)
    list_again (task);
  else
    settle (task, reading);
}

/* @task: (transfer full) */
static void
raise_barrier (GTask *task)
{
  Lookup *lookup = g_task_get_task_data (task);
  const TillChargeRequest *request = lookup->request;
  g_autoptr (GString) form = g_string_new (NULL);
  g_autofree char *currency = g_ascii_strdown (request->amount.currency, -1);
  gint64 amount = 0;

  if (!till_stripe_amount (&request->amount, &amount, NULL))
    {
      return_unknown (task, NULL, "not-listed", "an amount that the gateway can't have taken");
      return;
    }
  till_stripe_form_add_int (form, "amount", amount);
  till_stripe_form_add (form, "currency", currency);
  if (lookup->customer != NULL)
    till_stripe_form_add (form, "customer", lookup->customer);
  till_stripe_form_add (form, "payment_method_types[]", "card");
  till_stripe_form_add (form, "metadata[sale]", request->sale);
  till_stripe_form_add (form, "metadata[attempt]", request->attempt);
  till_stripe_form_add (form, "metadata[barrier]", "1");

  TillStripeRequest call
      = { .method = "POST", .path = "/v1/payment_intents", .form = form->str, .key = request->key };
  lookup->barred = TRUE;
  till_stripe_call_async (g_task_get_source_object (task), &call, g_task_get_cancellable (task),
                          on_barrier_answered, task);
}

/* The list */

/* @task: (transfer full) */
static void
end_of_list (GTask *task)
{
  Lookup *lookup = g_task_get_task_data (task);

  if (lookup->doubled)
    return_unknown (task, lookup->found->reference, "bad-answer",
                    "the gateway has taken this attempt twice: look at its list and refund one");
  else if (lookup->found != NULL)
    settle (task, lookup->found);
  else if (!lookup->barred)
    raise_barrier (task);
  else if (lookup->suspect)
    return_unknown (task, NULL, "bad-answer",
                    "the gateway has a payment of this amount that does not say what it was for");
  else
    return_unknown (task, NULL, "not-listed", "the gateway has this attempt's key, but no payment of it");
}

static int
weight (const TillStripeReading *reading)
{
  switch (reading->verdict)
    {
    case TILL_STRIPE_UNBELIEVABLE:
      return 4;
    case TILL_STRIPE_SUCCEEDED:
      return 3;
    case TILL_STRIPE_PROCESSING:
      return 2;
    default:
      return reading->barrier ? 0 : 1;
    }
}

static void
consider (Lookup *lookup, JsonObject *intent)
{
  g_autoptr (TillStripeReading) reading = till_stripe_read_intent (intent, lookup->request);

  if (lookup->found != NULL && lookup->found->verdict == TILL_STRIPE_SUCCEEDED
      && reading->verdict == TILL_STRIPE_SUCCEEDED
      && g_strcmp0 (lookup->found->reference, reading->reference) != 0)
    lookup->doubled = TRUE;
  if (lookup->found != NULL && weight (lookup->found) >= weight (reading))
    return;
  g_clear_pointer (&lookup->found, till_stripe_reading_free);
  lookup->found = g_steal_pointer (&reading);
}

/* FALSE if the page is not one of that API's. */
static gboolean
read_page (Lookup *lookup, GBytes *body, gboolean *more)
{
  g_autoptr (JsonObject) root = till_stripe_json_read (body, NULL);
  JsonArray *data = root != NULL ? till_stripe_pages_read (&lookup->pages, root, "pi_", NULL, more) : NULL;

  if (data == NULL)
    return FALSE;
  for (guint i = 0; i < json_array_get_length (data); i++)
    {
      JsonObject *intent = json_array_get_object_element (data, i);
      if (till_stripe_intent_is_of (intent, lookup->request))
        consider (lookup, intent);
      lookup->suspect |= till_stripe_intent_is_suspect (intent, lookup->request);
    }
  return TRUE;
}

/* @task: (transfer full) */
static void
end_without_page (GTask *task, guint status)
{
  if (status >= 500)
    return_unknown (task, NULL, "server-error", "the gateway could not list its payments");
  else if (status == 409 || status == 429)
    return_unknown (task, NULL, "busy", "the gateway would not list its payments now");
  else
    return_unknown (task, NULL, "bad-answer", "the gateway's list of payments can't be read");
}

static void
on_page (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GTask *task = user_data;
  Lookup *lookup = g_task_get_task_data (task);
  g_autoptr (TillStripeReply) reply = till_stripe_call_finish (TILL_STRIPE_CLIENT (source), result);
  gboolean more = FALSE;

  if (reply->trouble != NULL)
    return_result (task, till_stripe_unknown_from_trouble (reply, NULL));
  else if (reply->status == 400 && lookup->customer != NULL && !lookup->unfiltered)
    {
      lookup->unfiltered = TRUE;
      list_again (task);
    }
  else if (reply->status != 200 || !read_page (lookup, reply->body, &more))
    end_without_page (task, reply->status);
  else if (!more || (lookup->found != NULL && weight (lookup->found) >= 3))
    end_of_list (task);
  else
    list_page (task);
}

/* @task: (transfer full) */
static void
list_page (GTask *task)
{
  Lookup *lookup = g_task_get_task_data (task);
  const char *customer = lookup->unfiltered ? NULL : lookup->customer;
  g_autofree char *path
      = till_stripe_pages_get_path (&lookup->pages, "/v1/payment_intents", "customer", customer);
  TillStripeRequest call = { .method = "GET", .path = path, .limit = TILL_STRIPE_PAGE_LIMIT };
  till_stripe_call_async (g_task_get_source_object (task), &call, g_task_get_cancellable (task), on_page,
                          task);
}

void
till_stripe_lookup_async (TillStripeClient *client,
                          TillChargeRequest *request,
                          gboolean cancel,
                          GCancellable *cancellable,
                          GAsyncReadyCallback callback,
                          gpointer user_data)
{
  GTask *task = g_task_new (client, cancellable, callback, user_data);
  Lookup *lookup = g_new0 (Lookup, 1);

  g_task_set_source_tag (task, till_stripe_lookup_async);
  g_task_set_check_cancellable (task, FALSE);
  lookup->request = till_charge_request_ref (request);
  lookup->cancel = cancel;
  lookup->customer = till_stripe_payer_customer (request->payer);
  g_task_set_task_data (task, lookup, lookup_free);
  list_page (task);
}

TillChargeResult *
till_stripe_lookup_finish (TillStripeClient *client, GAsyncResult *result)
{
  return g_task_propagate_pointer (G_TASK (result), NULL);
}
