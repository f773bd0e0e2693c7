/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sandbox/till-sandbox-confirmation.h"

#include <libsoup/soup.h>

#include "sandbox/till-sandbox-charges.h"
#include "sandbox/till-sandbox-decline.h"
#include "sandbox/till-sandbox-json.h"
#include "sandbox/till-sandbox-payment-methods.h"

/* A charge takes a payment method that is nobody's out of use, unless the payment also stores it. */
static void
spend_or_store (TillSandboxCall *call, const TillSandboxIntent *intent, gboolean paid)
{
  if (paid && intent->customer != NULL && intent->setup_future_usage != NULL)
    till_sandbox_database_change (call->database,
                                  "UPDATE payment_methods SET customer = ? WHERE id = ? AND customer IS NULL",
                                  "ss", intent->customer, intent->payment_method);
  till_sandbox_payment_method_spend (call->database, intent->payment_method);
}

static void
succeed (TillSandboxCall *call, TillSandboxIntent *intent)
{
  if (till_sandbox_intent_is (intent, "processing"))
    till_sandbox_charge_settle (call->database, intent->latest_charge, "succeeded", NULL);
  else
    till_sandbox_charge_add (call, intent, "succeeded", NULL);

  intent->amount_received = intent->amount;
  g_clear_pointer (&intent->last_payment_error, g_free);
  till_sandbox_intent_set_status (intent, "succeeded");
  spend_or_store (call, intent, TRUE);
  till_sandbox_intent_save (call->database, intent);
}

/* Writes down that the payment failed for the call's error, and puts into the error what that made of the intent. */
static void
record_failure (TillSandboxCall *call, TillSandboxIntent *intent, gboolean charged)
{
  TillSandboxError *error = call->error;

  if (till_sandbox_intent_is (intent, "processing"))
    till_sandbox_charge_settle (call->database, intent->latest_charge, "failed", error);
  else if (charged)
    till_sandbox_charge_add (call, intent, "failed", error);
  if (charged)
    error->charge = g_strdup (intent->latest_charge);
  error->payment_method = till_sandbox_payment_method_find (call->database, intent->payment_method);

  g_autoptr (JsonObject) details = till_sandbox_error_details (error);
  g_free (intent->last_payment_error);
  intent->last_payment_error = till_sandbox_json_print (details);
  spend_or_store (call, intent, FALSE);
  g_clear_pointer (&intent->payment_method, g_free);
  till_sandbox_intent_set_status (intent, "requires_payment_method");
  till_sandbox_intent_save (call->database, intent);

  error->committed = TRUE;
  error->payment_intent = till_sandbox_intent_render (intent);
}

static gboolean
decline (TillSandboxCall *call,
         TillSandboxIntent *intent,
         const char *code,
         const char *decline_code,
         gboolean charged)
{
  till_sandbox_decline (call, code, decline_code);
  record_failure (call, intent, charged);
  return FALSE;
}

static gboolean
wait_for (TillSandboxCall *call, TillSandboxIntent *intent, const char *status)
{
  g_clear_pointer (&intent->last_payment_error, g_free);
  till_sandbox_intent_set_status (intent, status);
  till_sandbox_intent_save (call->database, intent);
  return TRUE;
}

/* Absent, "false", or present in one of its forms. */
static gboolean
read_off_session (TillSandboxCall *call, gboolean *off_session)
{
  static const char *const forms[] = { "true", "false", "one_off", "recurring", NULL };
  const char *form = NULL;

  if (!till_sandbox_call_choice (call, "off_session", forms, &form))
    return FALSE;
  *off_session = form != NULL && !g_str_equal (form, "false");
  return TRUE;
}

static gboolean
may_be_confirmed (TillSandboxCall *call, const TillSandboxIntent *intent)
{
  if (till_sandbox_intent_is (intent, "succeeded"))
    return till_sandbox_intent_refuse_state (
        call, intent,
        "You cannot confirm this PaymentIntent because it has already succeeded "
        "after being previously confirmed.");
  if (till_sandbox_intent_is (intent, "canceled") || till_sandbox_intent_is (intent, "processing"))
    return till_sandbox_intent_refuse_state (
        call, intent,
        "You cannot confirm this PaymentIntent because of its status: only one "
        "that is requires_payment_method, requires_confirmation or "
        "requires_action may be confirmed.");
  if (intent->payment_method == NULL)
    return till_sandbox_intent_refuse_state (
        call, intent,
        "You cannot confirm this PaymentIntent because it's missing a payment "
        "method. Update the PaymentIntent with a payment method and then confirm "
        "it again.");

  const char *url = NULL;
  if (!till_sandbox_call_text (call, "return_url", &url))
    return FALSE;
  if (intent->automatic && g_str_equal (intent->redirects, "always") && url == NULL)
    return till_sandbox_call_fail (
        call, SOUP_STATUS_BAD_REQUEST, NULL, "return_url",
        "This PaymentIntent accepts payment methods that might redirect your customer off of "
        "your page, so you must provide a `return_url`. To accept none of those, set "
        "`automatic_payment_methods[enabled]` to `true` and "
        "`automatic_payment_methods[allow_redirects]` to `never`, or name the "
        "`payment_method_types`.");
  return TRUE;
}

gboolean
till_sandbox_confirm (TillSandboxCall *call, TillSandboxIntent *intent)
{
  gboolean off_session = FALSE;
  gboolean error_on_action = FALSE;

  if (!may_be_confirmed (call, intent) || !read_off_session (call, &off_session)
      || !till_sandbox_call_boolean (call, "error_on_requires_action", &error_on_action))
    return FALSE;

  /* The charge refers to the intent, which may be new. */
  till_sandbox_intent_save (call->database, intent);

  const TillSandboxCard *card = till_sandbox_payment_method_card (call->database, intent->payment_method);
  switch (card->outcome)
    {
    case TILL_SANDBOX_CARD_DECLINES:
      return decline (call, intent, card->code, card->decline_code, TRUE);
    case TILL_SANDBOX_CARD_ASKS:
      if (off_session || error_on_action)
        return decline (call, intent, "authentication_required", "authentication_required", off_session);
      return wait_for (call, intent, "requires_action");
    case TILL_SANDBOX_CARD_INSISTS:
      return wait_for (call, intent, "requires_action");
    case TILL_SANDBOX_CARD_WAITS:
      till_sandbox_charge_add (call, intent, "pending", NULL);
      return wait_for (call, intent, "processing");
    case TILL_SANDBOX_CARD_PAYS:
    default:
      succeed (call, intent);
      return TRUE;
    }
}

gboolean
till_sandbox_settle (TillSandboxCall *call, TillSandboxIntent *intent, gboolean success)
{
  gboolean processing = till_sandbox_intent_is (intent, "processing");

  if (!processing && !till_sandbox_intent_is (intent, "requires_action"))
    return till_sandbox_intent_refuse_state (
        call, intent,
        "Only a PaymentIntent that is processing or requires_action can be "
        "settled.");
  if (success)
    {
      succeed (call, intent);
      return TRUE;
    }

  if (processing)
    till_sandbox_decline (call, "card_declined", "generic_decline");
  else
    till_sandbox_call_fail (call, SOUP_STATUS_BAD_REQUEST, "payment_intent_authentication_failure", NULL,
                            "The provided PaymentMethod has failed authentication.");
  record_failure (call, intent, processing);
  /* The payment failed, the settling did not. */
  g_clear_pointer (&call->error, till_sandbox_error_free);
  return TRUE;
}
