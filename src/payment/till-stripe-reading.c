/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "payment/till-stripe-reading.h"

#include "payment/till-stripe-amount.h"
#include "payment/till-stripe-form.h"
#include "payment/till-stripe-json.h"

#include <string.h>

#define MESSAGE_LONGEST 300
#define CODE_LONGEST    64

void
till_stripe_reading_free (TillStripeReading *self)
{
  g_free (self->reference);
  g_free (self->code);
  g_free (self->message);
  g_free (self);
}

static TillStripeReading *
till_stripe_reading_new (TillStripeVerdict verdict, const char *code, const char *message)
{
  TillStripeReading *self = g_new0 (TillStripeReading, 1);

  self->verdict = verdict;
  self->code = g_strdup (code);
  self->message = till_stripe_printable (message);
  return self;
}

static TillStripeReading *
unbelievable (const char *why)
{
  return till_stripe_reading_new (TILL_STRIPE_UNBELIEVABLE, NULL, why);
}

char *
till_stripe_printable (const char *text)
{
  if (text == NULL)
    return NULL;

  GString *printable = g_string_new (NULL);
  for (const char *at = text; *at != '\0' && printable->len < MESSAGE_LONGEST; at = g_utf8_next_char (at))
    {
      gunichar c = g_utf8_get_char (at);
      g_string_append_unichar (printable, g_unichar_isprint (c) ? c : ' ');
    }
  return g_string_free (printable, FALSE);
}

/* Codes end up in the ledger and choose words on a page: no more than a word is let through. */
const char *
till_stripe_code_or (const char *code, const char *otherwise)
{
  if (code == NULL || *code == '\0' || strlen (code) > CODE_LONGEST)
    return otherwise;
  for (const char *at = code; *at != '\0'; at++)
    if (!g_ascii_isalnum (*at) && *at != '_' && *at != '-')
      return otherwise;
  return code;
}

static const char *
error_code (JsonObject *error, const char *otherwise)
{
  const char *code = till_stripe_code_or (till_stripe_json_string (error, "code"), otherwise);

  return till_stripe_code_or (till_stripe_json_string (error, "decline_code"), code);
}

/* A payment */

static const char *
metadata (JsonObject *intent, const char *name)
{
  return till_stripe_json_string (till_stripe_json_object (intent, "metadata"), name);
}

gboolean
till_stripe_intent_is_of (JsonObject *intent, const TillChargeRequest *request)
{
  return g_strcmp0 (metadata (intent, "attempt"), request->attempt) == 0;
}

static gboolean
is_right_amount (JsonObject *intent, const TillChargeRequest *request)
{
  gint64 expected = 0, amount = 0;
  const char *currency = till_stripe_json_string (intent, "currency");

  return till_stripe_amount (&request->amount, &expected, NULL)
         && till_stripe_json_int (intent, "amount", &amount) && amount == expected && currency != NULL
         && g_ascii_strcasecmp (currency, request->amount.currency) == 0;
}

static gboolean
is_right_customer (JsonObject *intent, const TillChargeRequest *request)
{
  g_autofree char *expected = till_stripe_payer_customer (request->payer);
  const char *customer = till_stripe_json_id (intent, "customer");

  return expected == NULL || g_strcmp0 (customer, expected) == 0;
}

gboolean
till_stripe_intent_is_suspect (JsonObject *intent, const TillChargeRequest *request)
{
  const char *status = till_stripe_json_string (intent, "status");

  return metadata (intent, "attempt") == NULL
         && (g_strcmp0 (status, "succeeded") == 0 || g_strcmp0 (status, "processing") == 0)
         && is_right_amount (intent, request)
         && (till_stripe_json_id (intent, "customer") == NULL || is_right_customer (intent, request));
}

/* (nullable) what keeps @intent from being the payment that @request asked for. */
static const char *
find_fault (JsonObject *intent, const TillChargeRequest *request)
{
  if (g_strcmp0 (till_stripe_json_string (intent, "object"), "payment_intent") != 0)
    return "the gateway answered with something else than a payment intent";
  if (!till_stripe_is_id (till_stripe_json_string (intent, "id"), "pi_"))
    return "the gateway's payment has no proper id";
  if (!till_stripe_intent_is_of (intent, request))
    return "the gateway answered with a payment of another attempt";
  if (g_strcmp0 (metadata (intent, "sale"), request->sale) != 0)
    return "the gateway answered with a payment of another sale";
  if (!is_right_amount (intent, request))
    return "the gateway answered with another amount or currency";
  if (!is_right_customer (intent, request))
    return "the gateway answered with a payment of another customer";
  return NULL;
}

static const struct
{
  const char *status;
  TillStripeVerdict verdict;
  gboolean open;
} statuses[] = {
  { "succeeded", TILL_STRIPE_SUCCEEDED, FALSE },
  { "canceled", TILL_STRIPE_DECLINED, FALSE },
  { "processing", TILL_STRIPE_PROCESSING, FALSE },
  { "requires_payment_method", TILL_STRIPE_DECLINED, TRUE },
  { "requires_confirmation", TILL_STRIPE_UNCONFIRMED, TRUE },
  { "requires_action", TILL_STRIPE_REVOCABLE, TRUE },
  { "requires_source_action", TILL_STRIPE_REVOCABLE, TRUE },
  { "requires_capture", TILL_STRIPE_REVOCABLE, TRUE },
};

static TillStripeReading *
read_status (JsonObject *intent, const TillChargeRequest *request)
{
  const char *status = till_stripe_json_string (intent, "status");
  gint64 expected = 0, received = 0;

  for (guint i = 0; i < G_N_ELEMENTS (statuses); i++)
    {
      if (g_strcmp0 (status, statuses[i].status) != 0)
        continue;
      TillStripeReading *reading = till_stripe_reading_new (statuses[i].verdict, NULL, NULL);
      reading->open = statuses[i].open;
      if (reading->verdict == TILL_STRIPE_SUCCEEDED && till_stripe_amount (&request->amount, &expected, NULL)
          && till_stripe_json_int (intent, "amount_received", &received) && received != expected)
        reading->verdict = TILL_STRIPE_UNBELIEVABLE;
      return reading;
    }
  return unbelievable ("the gateway's payment has a status nobody knows");
}

TillStripeReading *
till_stripe_read_intent (JsonObject *intent, const TillChargeRequest *request)
{
  const char *fault = find_fault (intent, request);
  if (fault != NULL)
    return unbelievable (fault);

  TillStripeReading *reading = read_status (intent, request);
  JsonObject *error = till_stripe_json_object (intent, "last_payment_error");

  reading->reference = g_strdup (till_stripe_json_string (intent, "id"));
  reading->barrier = metadata (intent, "barrier") != NULL;
  if (reading->verdict == TILL_STRIPE_REVOCABLE)
    reading->code = g_strdup (g_strcmp0 (till_stripe_json_string (intent, "status"), "requires_capture") == 0
                                  ? "not_captured"
                                  : "requires-action");
  else if (reading->verdict == TILL_STRIPE_DECLINED || reading->verdict == TILL_STRIPE_UNCONFIRMED)
    reading->code = g_strdup (error_code (error, reading->open ? "declined" : "canceled"));
  if (reading->message == NULL)
    reading->message = till_stripe_printable (till_stripe_json_string (error, "message"));
  return reading;
}

/* An error */

static TillStripeVerdict
verdict_of_error (guint status, JsonObject *error)
{
  const char *type = till_stripe_json_string (error, "type");
  const char *code = till_stripe_json_string (error, "code");

  if (g_strcmp0 (code, "idempotency_key_in_use") == 0)
    return TILL_STRIPE_BUSY;
  if (g_strcmp0 (type, "idempotency_error") == 0)
    return TILL_STRIPE_KEY_REUSED;
  switch (status)
    {
    case 402:
      return TILL_STRIPE_DECLINED;
    case 400:
    case 401:
    case 403:
    case 404:
      return TILL_STRIPE_REFUSED;
    default:
      return TILL_STRIPE_UNBELIEVABLE;
    }
}

TillStripeReading *
till_stripe_read_error (guint status, JsonObject *root)
{
  JsonObject *error = till_stripe_json_object (root, "error");
  const char *message = till_stripe_json_string (error, "message");

  if (status >= 500)
    return till_stripe_reading_new (TILL_STRIPE_SERVER_ERROR, NULL, message);
  if (status == 409 || status == 429)
    return till_stripe_reading_new (TILL_STRIPE_BUSY, NULL, message);
  if (error == NULL)
    return unbelievable ("the gateway answered with neither a payment nor an error");

  const char *type = till_stripe_json_string (error, "type");
  return till_stripe_reading_new (
      verdict_of_error (status, error),
      error_code (error, till_stripe_code_or (type, status == 402 ? "declined" : "refused")), message);
}

/* A decline names the payment it is about: it must be ours, and must not have succeeded after all. */
static TillStripeReading *
check_declined (TillStripeReading *reading, JsonObject *root, const TillChargeRequest *request)
{
  JsonObject *intent = till_stripe_json_object (till_stripe_json_object (root, "error"), "payment_intent");
  if (intent == NULL)
    return reading;

  g_autoptr (TillStripeReading) declined = reading;
  TillStripeReading *about = till_stripe_read_intent (intent, request);
  if (about->verdict == TILL_STRIPE_UNBELIEVABLE)
    return about;
  if (about->verdict == TILL_STRIPE_SUCCEEDED || about->verdict == TILL_STRIPE_PROCESSING)
    {
      till_stripe_reading_free (about);
      return unbelievable ("the gateway declined a payment and calls it paid");
    }
  if (about->verdict == TILL_STRIPE_UNCONFIRMED
      || (about->open && g_strcmp0 (declined->code, "authentication_required") == 0))
    about->verdict = TILL_STRIPE_REVOCABLE;

  g_free (about->code);
  about->code = g_steal_pointer (&declined->code);
  g_free (about->message);
  about->message = g_steal_pointer (&declined->message);
  return about;
}

TillStripeReading *
till_stripe_read_answer (guint status, GBytes *body, const TillChargeRequest *request)
{
  g_autoptr (JsonObject) root = till_stripe_json_read (body, NULL);

  if (status == 200 || status == 201)
    return root != NULL ? till_stripe_read_intent (root, request)
                        : unbelievable ("the gateway's answer is not JSON");

  TillStripeReading *reading = till_stripe_read_error (status, root);
  if (reading->verdict == TILL_STRIPE_DECLINED)
    return check_declined (reading, root, request);
  return reading;
}
