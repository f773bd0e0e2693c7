/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "payment/till-stripe-refund-reading.h"

#include "payment/till-stripe-amount.h"
#include "payment/till-stripe-form.h"
#include "payment/till-stripe-json.h"

static const char *
metadata (JsonObject *refund, const char *name)
{
  return till_stripe_json_string (till_stripe_json_object (refund, "metadata"), name);
}

gboolean
till_stripe_refund_is_of (JsonObject *refund, const TillRefundRequest *request)
{
  return g_strcmp0 (metadata (refund, "attempt"), request->attempt) == 0;
}

static gboolean
is_right_amount (JsonObject *refund, const TillRefundRequest *request)
{
  gint64 expected = 0, amount = 0;
  const char *currency = till_stripe_json_string (refund, "currency");

  return till_stripe_amount (&request->amount, &expected, NULL)
         && till_stripe_json_int (refund, "amount", &amount) && amount == expected && currency != NULL
         && g_ascii_strcasecmp (currency, request->amount.currency) == 0;
}

/* Its payment may be left out where it is known by the attempt. */
static gboolean
is_right_payment (JsonObject *refund, const TillRefundRequest *request)
{
  const char *payment = till_stripe_json_id (refund, "payment_intent");

  return payment != NULL ? g_str_equal (payment, request->reference)
                         : till_stripe_refund_is_of (refund, request);
}

/* (nullable) what keeps @refund from being the one that @request asked for. */
static const char *
find_fault (JsonObject *refund, const TillRefundRequest *request)
{
  const char *id = till_stripe_json_string (refund, "id");

  if (g_strcmp0 (till_stripe_json_string (refund, "object"), "refund") != 0)
    return "the gateway answered with something else than a refund";
  if (!till_stripe_is_id (id, "re_") && !till_stripe_is_id (id, "pyr_"))
    return "the gateway's refund has no proper id";
  if (metadata (refund, "attempt") != NULL && !till_stripe_refund_is_of (refund, request))
    return "the gateway answered with another refund";
  if (metadata (refund, "sale") != NULL && g_strcmp0 (metadata (refund, "sale"), request->sale) != 0)
    return "the gateway answered with a refund of another sale";
  if (!is_right_payment (refund, request))
    return "the gateway answered with a refund of another payment";
  if (!is_right_amount (refund, request))
    return "the gateway answered with another amount or currency";
  return NULL;
}

static const struct
{
  const char *status;
  TillStripeVerdict verdict;
} statuses[] = {
  { "succeeded", TILL_STRIPE_SUCCEEDED },        { "pending", TILL_STRIPE_PROCESSING },
  { "requires_action", TILL_STRIPE_PROCESSING }, { "failed", TILL_STRIPE_DECLINED },
  { "canceled", TILL_STRIPE_DECLINED },
};

TillStripeReading *
till_stripe_read_refund (JsonObject *refund, const TillRefundRequest *request)
{
  TillStripeReading *reading = g_new0 (TillStripeReading, 1);
  const char *status = till_stripe_json_string (refund, "status");
  const char *fault = find_fault (refund, request);
  const char *reason = till_stripe_json_string (refund, "failure_reason");

  reading->verdict = TILL_STRIPE_UNBELIEVABLE;
  if (fault != NULL)
    {
      reading->message = g_strdup (fault);
      return reading;
    }
  reading->reference = g_strdup (till_stripe_json_string (refund, "id"));
  for (guint i = 0; i < G_N_ELEMENTS (statuses); i++)
    if (g_strcmp0 (status, statuses[i].status) == 0)
      reading->verdict = statuses[i].verdict;
  if (reading->verdict == TILL_STRIPE_DECLINED)
    reading->code = g_strdup (till_stripe_code_or (reason, status));
  else if (reading->verdict == TILL_STRIPE_UNBELIEVABLE)
    reading->message = g_strdup ("the gateway's refund has a status nobody knows");
  return reading;
}

TillStripeReading *
till_stripe_read_refund_answer (guint status, GBytes *body, const TillRefundRequest *request)
{
  g_autoptr (JsonObject) root = till_stripe_json_read (body, NULL);

  return status == 200 || status == 201 ? till_stripe_read_refund (root, request)
                                        : till_stripe_read_error (status, root);
}
