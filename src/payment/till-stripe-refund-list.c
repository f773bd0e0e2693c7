/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "payment/till-stripe-refund-list.h"

#include "payment/till-stripe-call.h"
#include "payment/till-stripe-json.h"
#include "payment/till-stripe-page.h"
#include "payment/till-stripe-refund-reading.h"
#include "payment/till-stripe-revoke.h"

typedef struct
{
  TillRefundRequest *request;
  TillStripePages pages;
  gboolean unfiltered; /* the server would not list the refunds of one payment */
  TillStripeReading *found;
  gboolean doubled;
} Listing;

static void list_page (GTask *task);

static void
listing_free (gpointer data)
{
  Listing *listing = data;

  till_refund_request_unref (listing->request);
  till_stripe_pages_clear (&listing->pages);
  g_clear_pointer (&listing->found, till_stripe_reading_free);
  g_free (listing);
}

TillChargeResult *
till_stripe_result_of_refund (const TillStripeReading *reading)
{
  switch (reading->verdict)
    {
    case TILL_STRIPE_SUCCEEDED:
      return till_charge_result_new (TILL_CHARGE_APPROVED, reading->reference, NULL, NULL, TRUE);
    case TILL_STRIPE_DECLINED:
      return till_charge_result_new (TILL_CHARGE_DECLINED, reading->reference, reading->code,
                                     reading->message, TRUE);
    case TILL_STRIPE_PROCESSING:
      return till_charge_result_new (TILL_CHARGE_UNKNOWN, reading->reference, "processing", reading->message,
                                     TRUE);
    default:
      return till_charge_result_new (TILL_CHARGE_UNKNOWN, reading->reference, "bad-answer", reading->message,
                                     TRUE);
    }
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
return_unknown (GTask *task, const char *code, const char *message)
{
  return_result (task, till_charge_result_new (TILL_CHARGE_UNKNOWN, NULL, code, message, TRUE));
}

/* @task: (transfer full) */
static void
end_of_list (GTask *task)
{
  Listing *listing = g_task_get_task_data (task);

  if (listing->doubled)
    return_unknown (task, "bad-answer",
                    "the gateway has given this refund twice: look at its list, and settle it by hand");
  else if (listing->found != NULL)
    return_result (task, till_stripe_result_of_refund (listing->found));
  else
    return_unknown (task, TILL_STRIPE_NOT_LISTED, "the gateway has no such refund");
}

/* A refund that failed may stand beside the one that went through when it was tried again. */
static int
weight (const TillStripeReading *reading)
{
  switch (reading->verdict)
    {
    case TILL_STRIPE_SUCCEEDED:
      return 3;
    case TILL_STRIPE_PROCESSING:
      return 2;
    case TILL_STRIPE_DECLINED:
      return 1;
    default:
      return 4;
    }
}

static void
consider (Listing *listing, JsonObject *refund)
{
  g_autoptr (TillStripeReading) reading = till_stripe_read_refund (refund, listing->request);

  if (listing->found != NULL && listing->found->verdict == TILL_STRIPE_SUCCEEDED
      && reading->verdict == TILL_STRIPE_SUCCEEDED
      && g_strcmp0 (listing->found->reference, reading->reference) != 0)
    listing->doubled = TRUE;
  if (listing->found != NULL && weight (listing->found) >= weight (reading))
    return;
  g_clear_pointer (&listing->found, till_stripe_reading_free);
  listing->found = g_steal_pointer (&reading);
}

/* FALSE if the page is not one of that API's. */
static gboolean
read_page (Listing *listing, GBytes *body, gboolean *more)
{
  g_autoptr (JsonObject) root = till_stripe_json_read (body, NULL);
  JsonArray *data = root != NULL ? till_stripe_pages_read (&listing->pages, root, "re_", "pyr_", more) : NULL;

  if (data == NULL)
    return FALSE;
  for (guint i = 0; i < json_array_get_length (data); i++)
    {
      JsonObject *refund = json_array_get_object_element (data, i);
      if (till_stripe_refund_is_of (refund, listing->request))
        consider (listing, refund);
    }
  return TRUE;
}

static void
on_page (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GTask *task = user_data;
  Listing *listing = g_task_get_task_data (task);
  g_autoptr (TillStripeReply) reply = till_stripe_call_finish (TILL_STRIPE_CLIENT (source), result);
  gboolean more = FALSE;

  if (reply->trouble != NULL)
    {
      reply->sent = TRUE;
      return_result (task, till_stripe_unknown_from_trouble (reply, NULL));
    }
  else if (reply->status == 400 && !listing->unfiltered)
    {
      listing->unfiltered = TRUE;
      till_stripe_pages_clear (&listing->pages);
      list_page (task);
    }
  else if (reply->status != 200)
    return_unknown (task, till_stripe_trouble_of_status (reply->status),
                    "the gateway did not list its refunds");
  else if (!read_page (listing, reply->body, &more))
    return_unknown (task, "bad-answer", "the gateway's list of refunds can't be read");
  else if (more)
    list_page (task);
  else
    end_of_list (task);
}

/* @task: (transfer full) */
static void
list_page (GTask *task)
{
  Listing *listing = g_task_get_task_data (task);
  g_autofree char *path
      = till_stripe_pages_get_path (&listing->pages, "/v1/refunds", "payment_intent",
                                    listing->unfiltered ? NULL : listing->request->reference);
  TillStripeRequest call = { .method = "GET", .path = path, .limit = TILL_STRIPE_PAGE_LIMIT };

  till_stripe_call_async (g_task_get_source_object (task), &call, g_task_get_cancellable (task), on_page,
                          task);
}

void
till_stripe_refund_list_async (TillStripeClient *client,
                               TillRefundRequest *request,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer user_data)
{
  GTask *task = g_task_new (client, cancellable, callback, user_data);
  Listing *listing = g_new0 (Listing, 1);

  g_task_set_source_tag (task, till_stripe_refund_list_async);
  g_task_set_check_cancellable (task, FALSE);
  listing->request = till_refund_request_ref (request);
  g_task_set_task_data (task, listing, listing_free);
  list_page (task);
}

TillChargeResult *
till_stripe_refund_list_finish (TillStripeClient *client, GAsyncResult *result)
{
  return g_task_propagate_pointer (G_TASK (result), NULL);
}
