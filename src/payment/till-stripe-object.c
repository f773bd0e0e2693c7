/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "payment/till-stripe-object.h"

#include "base/till-error.h"
#include "payment/till-stripe-json.h"
#include "payment/till-stripe-reading.h"

static TillError
error_of_reading (guint status, const TillStripeReading *reading)
{
  if (reading->verdict == TILL_STRIPE_DECLINED)
    return TILL_ERROR_REFUSED;
  if (reading->verdict != TILL_STRIPE_REFUSED)
    return TILL_ERROR_UNAVAILABLE;
  if (status == 404 || g_strcmp0 (reading->code, "resource_missing") == 0)
    return TILL_ERROR_NOT_FOUND;
  return status == 400 ? TILL_ERROR_INVALID : TILL_ERROR_UNAVAILABLE;
}

static const char *
words_for (guint status, const TillStripeReading *reading)
{
  if (status == 401 || status == 403)
    return "the gateway does not accept the API key: check it in the settings";
  return reading->message != NULL ? reading->message : "the gateway gave no reason";
}

JsonObject *
till_stripe_read_object (const TillStripeReply *reply, const char *type, GError **error)
{
  if (reply->trouble != NULL)
    {
      g_set_error (error, TILL_ERROR, TILL_ERROR_UNAVAILABLE, "the payment gateway can't be asked (%s): %s",
                   reply->trouble, reply->message != NULL ? reply->message : "no details");
      return NULL;
    }

  g_autoptr (JsonObject) root = till_stripe_json_read (reply->body, NULL);
  if (reply->status != 200 && reply->status != 201)
    {
      g_autoptr (TillStripeReading) reading = till_stripe_read_error (reply->status, root);
      g_set_error_literal (error, TILL_ERROR, (int) error_of_reading (reply->status, reading),
                           words_for (reply->status, reading));
      return NULL;
    }
  if (root == NULL || g_strcmp0 (till_stripe_json_string (root, "object"), type) != 0)
    {
      g_set_error (error, TILL_ERROR, TILL_ERROR_UNAVAILABLE,
                   "the payment gateway answered with something else than a %s", type);
      return NULL;
    }
  return g_steal_pointer (&root);
}
