/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sandbox/till-sandbox-payment-intents.h"

#include <libsoup/soup.h>

#include "sandbox/till-sandbox-charges.h"
#include "sandbox/till-sandbox-confirmation.h"
#include "sandbox/till-sandbox-currency.h"
#include "sandbox/till-sandbox-customers.h"
#include "sandbox/till-sandbox-intent.h"
#include "sandbox/till-sandbox-listing.h"
#include "sandbox/till-sandbox-payment-methods.h"
#include "sandbox/till-sandbox-search.h"

static TillSandboxIntent *
load (TillSandboxCall *call)
{
  TillSandboxIntent *intent = till_sandbox_intent_load (call->database, call->id);

  if (intent == NULL)
    till_sandbox_call_missing (call, "payment_intent", "id", call->id);
  return intent;
}

static gboolean
replace_text (TillSandboxCall *call, const char *path, char **field)
{
  const char *text = NULL;

  if (!till_sandbox_call_text (call, path, &text))
    return FALSE;
  if (till_sandbox_call_has (call, path))
    {
      g_free (*field);
      *field = g_strdup (text);
    }
  return TRUE;
}

static gboolean
replace_choice (TillSandboxCall *call, const char *path, const char *const *choices, char **field)
{
  const char *choice = NULL;

  if (!till_sandbox_call_choice (call, path, choices, &choice))
    return FALSE;
  if (choice != NULL)
    {
      g_free (*field);
      *field = g_strdup (choice);
    }
  return TRUE;
}

static gboolean
read_amount (TillSandboxCall *call, TillSandboxIntent *intent)
{
  char currency[4];

  if (till_sandbox_call_has (call, "currency"))
    {
      if (!till_sandbox_currency_read (call, currency))
        return FALSE;
      g_free (intent->currency);
      intent->currency = g_strdup (currency);
    }
  return till_sandbox_call_integer (call, "amount", &intent->amount)
         && till_sandbox_currency_check_amount (call, intent->amount, intent->currency);
}

static gboolean
read_customer (TillSandboxCall *call, TillSandboxIntent *intent)
{
  const char *customer = NULL;

  if (!till_sandbox_call_id (call, "customer", &customer) || customer == NULL)
    return call->error == NULL;
  if (!till_sandbox_customer_exists (call->database, customer))
    return till_sandbox_call_missing (call, "customer", "customer", customer);
  if (intent->customer != NULL && !g_str_equal (intent->customer, customer))
    return till_sandbox_call_fail (
        call, SOUP_STATUS_BAD_REQUEST, NULL, "customer",
        "You cannot modify `customer` on a PaymentIntent once it already has been set.");
  g_free (intent->customer);
  intent->customer = g_strdup (customer);
  return TRUE;
}

static gboolean
read_method (TillSandboxCall *call, TillSandboxIntent *intent)
{
  const char *sent = NULL;
  g_autofree char *usable = NULL;

  if (!till_sandbox_call_id (call, "payment_method", &sent) || sent == NULL)
    return call->error == NULL;
  if (!till_sandbox_payment_method_use (call, sent, intent->customer, &usable))
    return FALSE;

  g_free (intent->payment_method);
  intent->payment_method = g_steal_pointer (&usable);
  till_sandbox_intent_set_status (intent, "requires_confirmation");
  return TRUE;
}

/* By which kinds of payment: named ones, of which the sandbox knows "card", or left to the service. */
static gboolean
read_kinds (TillSandboxCall *call, TillSandboxIntent *intent)
{
  static const char *const redirects[] = { "always", "never", NULL };
  const TillSandboxForm *kinds = till_sandbox_form_at (call->params, "payment_method_types");
  gboolean enabled = kinds == NULL;

  if (!till_sandbox_call_boolean (call, "automatic_payment_methods.enabled", &enabled)
      || !replace_choice (call, "automatic_payment_methods.allow_redirects", redirects, &intent->redirects))
    return FALSE;
  if (kinds != NULL && enabled)
    return till_sandbox_call_fail (call, SOUP_STATUS_BAD_REQUEST, "payment_intent_invalid_parameter",
                                   "automatic_payment_methods",
                                   "You may only specify one of these parameters: automatic_payment_methods, "
                                   "payment_method_types.");

  for (guint i = 0; i < till_sandbox_form_length (kinds); i++)
    {
      const char *kind = till_sandbox_form_text (till_sandbox_form_nth (kinds, i));
      if (g_strcmp0 (kind, "card") != 0)
        return till_sandbox_call_fail (
            call, SOUP_STATUS_BAD_REQUEST, "payment_intent_invalid_parameter", "payment_method_types",
            "The payment method type \"%.50s\" is invalid: the sandbox takes \"card\".",
            kind != NULL ? kind : "");
    }
  intent->automatic = enabled;
  return TRUE;
}

static gboolean
read_texts (TillSandboxCall *call, TillSandboxIntent *intent)
{
  static const char *const usages[] = { "on_session", "off_session", NULL };

  return replace_text (call, "description", &intent->description)
         && replace_text (call, "receipt_email", &intent->receipt_email)
         && replace_text (call, "statement_descriptor", &intent->statement_descriptor)
         && replace_text (call, "statement_descriptor_suffix", &intent->statement_descriptor_suffix)
         && replace_choice (call, "setup_future_usage", usages, &intent->setup_future_usage)
         && till_sandbox_call_metadata (call, &intent->metadata);
}

static gboolean
read_methods_of_work (TillSandboxCall *call, TillSandboxIntent *intent)
{
  static const char *const captures[] = { "automatic", "automatic_async", NULL };
  static const char *const confirmations[] = { "automatic", "manual", NULL };

  return replace_choice (call, "capture_method", captures, &intent->capture_method)
         && replace_choice (call, "confirmation_method", confirmations, &intent->confirmation_method);
}

/* What only a confirmation heeds is a mistake where none is made. */
static gboolean
check_confirmation_only (TillSandboxCall *call)
{
  static const char *const only[] = { "off_session", "return_url", "error_on_requires_action" };

  for (guint i = 0; i < G_N_ELEMENTS (only); i++)
    if (till_sandbox_call_has (call, only[i]))
      return till_sandbox_call_fail (
          call, SOUP_STATUS_BAD_REQUEST, NULL, only[i],
          "The parameter `%s` can only be passed in when `confirm` is set to true.", only[i]);
  return TRUE;
}

JsonObject *
till_sandbox_payment_intents_create (TillSandboxCall *call)
{
  g_autoptr (TillSandboxIntent) intent = till_sandbox_intent_new (call->now);
  gboolean confirm = FALSE;

  if (!till_sandbox_call_require (call, "amount") || !till_sandbox_call_require (call, "currency")
      || !read_amount (call, intent) || !read_methods_of_work (call, intent) || !read_kinds (call, intent)
      || !read_texts (call, intent) || !till_sandbox_call_boolean (call, "confirm", &confirm)
      || !read_customer (call, intent) || !read_method (call, intent))
    return NULL;

  if (confirm ? !till_sandbox_confirm (call, intent) : !check_confirmation_only (call))
    return NULL;

  till_sandbox_intent_save (call->database, intent);
  return till_sandbox_intent_render (intent);
}

JsonObject *
till_sandbox_payment_intents_retrieve (TillSandboxCall *call)
{
  g_autoptr (TillSandboxIntent) intent = load (call);
  const char *secret = NULL;

  if (intent == NULL || !till_sandbox_call_id (call, "client_secret", &secret))
    return NULL;
  if (secret != NULL && !g_str_equal (secret, intent->client_secret))
    {
      till_sandbox_call_fail (
          call, SOUP_STATUS_BAD_REQUEST, "payment_intent_invalid_parameter", "client_secret",
          "The client_secret provided does not match the client_secret associated with the "
          "PaymentIntent.");
      return NULL;
    }
  return till_sandbox_intent_render (intent);
}

/* Once money moved or never will, only what is written about the payment may change. */
static gboolean
may_change_money (const TillSandboxIntent *intent)
{
  return till_sandbox_intent_is (intent, "requires_payment_method")
         || till_sandbox_intent_is (intent, "requires_confirmation")
         || till_sandbox_intent_is (intent, "requires_action");
}

JsonObject *
till_sandbox_payment_intents_update (TillSandboxCall *call)
{
  g_autoptr (TillSandboxIntent) intent = load (call);

  if (intent == NULL)
    return NULL;

  gboolean money = till_sandbox_call_has (call, "amount") || till_sandbox_call_has (call, "currency")
                   || till_sandbox_call_has (call, "customer")
                   || till_sandbox_call_has (call, "payment_method")
                   || till_sandbox_call_has (call, "payment_method_types");
  if (money && !may_change_money (intent))
    {
      till_sandbox_intent_refuse_state (
          call, intent,
          "This PaymentIntent could not be updated because of its status: its amount, "
          "currency, customer and payment method may only change while it requires a "
          "payment method, a confirmation or an action.");
      return NULL;
    }
  if ((money && (!read_amount (call, intent) || !read_customer (call, intent) || !read_method (call, intent)))
      || (till_sandbox_call_has (call, "payment_method_types") && !read_kinds (call, intent))
      || !read_texts (call, intent))
    return NULL;

  till_sandbox_intent_save (call->database, intent);
  return till_sandbox_intent_render (intent);
}

JsonObject *
till_sandbox_payment_intents_confirm (TillSandboxCall *call)
{
  g_autoptr (TillSandboxIntent) intent = load (call);

  if (intent == NULL)
    return NULL;

  /* What it stands at decides before a new payment method is looked at. */
  if (may_change_money (intent)
      && (!read_method (call, intent) || !replace_text (call, "receipt_email", &intent->receipt_email)))
    return NULL;
  return till_sandbox_confirm (call, intent) ? till_sandbox_intent_render (intent) : NULL;
}

JsonObject *
till_sandbox_payment_intents_cancel (TillSandboxCall *call)
{
  static const char *const reasons[]
      = { "duplicate", "fraudulent", "requested_by_customer", "abandoned", NULL };
  g_autoptr (TillSandboxIntent) intent = load (call);

  if (intent == NULL || !replace_choice (call, "cancellation_reason", reasons, &intent->cancellation_reason))
    return NULL;
  if (!may_change_money (intent))
    {
      g_autofree char *message = g_strdup_printf (
          "You cannot cancel this PaymentIntent because it has a status of %s. Only a PaymentIntent "
          "with one of the following statuses may be canceled: requires_payment_method, "
          "requires_confirmation, requires_action.",
          intent->status);
      till_sandbox_intent_refuse_state (call, intent, message);
      return NULL;
    }

  intent->canceled_at = call->now;
  till_sandbox_intent_set_status (intent, "canceled");
  till_sandbox_intent_save (call->database, intent);
  return till_sandbox_intent_render (intent);
}

JsonObject *
till_sandbox_payment_intents_list (TillSandboxCall *call)
{
  g_autoptr (TillSandboxListing) listing
      = till_sandbox_listing_new (call, "payment_intents", "payment_intent", till_sandbox_intent_find);

  if (!till_sandbox_listing_filter (listing, "customer") || !till_sandbox_listing_filter_created (listing))
    return NULL;
  return till_sandbox_listing_page (listing, "/v1/payment_intents");
}

JsonObject *
till_sandbox_payment_intents_search (TillSandboxCall *call)
{
  g_autoptr (TillSandboxListing) listing
      = till_sandbox_listing_new (call, "payment_intents", "payment_intent", till_sandbox_intent_find);
  const char *query = NULL;

  if (!till_sandbox_call_require (call, "query") || !till_sandbox_call_id (call, "query", &query)
      || !till_sandbox_search_narrow (call, listing, query))
    return NULL;
  return till_sandbox_listing_search_page (listing, "/v1/payment_intents/search");
}

JsonObject *
till_sandbox_payment_intents_settle (TillSandboxCall *call)
{
  static const char *const outcomes[] = { "succeeded", "failed", NULL };
  g_autoptr (TillSandboxIntent) intent = load (call);
  const char *outcome = NULL;

  if (intent == NULL || !till_sandbox_call_require (call, "outcome")
      || !till_sandbox_call_choice (call, "outcome", outcomes, &outcome)
      || !till_sandbox_settle (call, intent, g_str_equal (outcome, "succeeded")))
    return NULL;
  return till_sandbox_intent_render (intent);
}
