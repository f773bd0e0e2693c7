/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <signal.h>
#include <string.h>

#include "sandbox-process.h"

#define INVALID "invalid_request_error"
#define STATE   "payment_intent_unexpected_state"
#define CARD    "&payment_method_types[]=card"
#define PAY     "amount=1250&currency=EUR&confirm=true" CARD

/* One server for all of these: they only add to it. */
static SandboxProcess *sandbox;

static char *
customer_with (const char *card, char **method)
{
  char *customer = sandbox_id_of (sandbox, 200, "POST", "/v1/customers", "name=Payer");
  g_autofree char *path = g_strdup_printf ("/v1/payment_methods/%s/attach", card);
  g_autofree char *form = g_strconcat ("customer=", customer, NULL);

  *method = sandbox_id_of (sandbox, 200, "POST", path, form);
  return customer;
}

static SandboxAnswer *
pay (const char *card)
{
  g_autofree char *form = g_strconcat (PAY "&payment_method=", card, NULL);

  return sandbox_ask (sandbox, "POST", "/v1/payment_intents", form, NULL);
}

static char *
pay_id (void)
{
  g_autoptr (SandboxAnswer) paid = pay ("pm_card_visa");

  g_assert_cmpstr (sandbox_text (paid, "status"), ==, "succeeded");
  return g_strdup (sandbox_text (paid, "id"));
}

static void
test_off_session (void)
{
  g_autofree char *method = NULL;
  g_autofree char *customer = customer_with ("pm_card_visa", &method);
  g_autofree char *form
      = g_strdup_printf (PAY "&customer=%s&payment_method=%s&off_session=true&metadata[sale]=s1"
                             "&description=Basket&expand[]=latest_charge&expand[]=customer",
                         customer, method);
  g_autoptr (SandboxAnswer) paid = sandbox_ask (sandbox, "POST", "/v1/payment_intents", form, NULL);

  g_assert_cmpuint (paid->status, ==, 200);
  g_assert_cmpstr (sandbox_text (paid, "object"), ==, "payment_intent");
  g_assert_cmpstr (sandbox_text (paid, "status"), ==, "succeeded");
  g_assert_cmpint (sandbox_number (paid, "amount"), ==, 1250);
  g_assert_cmpint (sandbox_number (paid, "amount_received"), ==, 1250);
  g_assert_cmpstr (sandbox_text (paid, "currency"), ==, "eur");
  g_assert_cmpstr (sandbox_text (paid, "customer.id"), ==, customer);
  g_assert_cmpstr (sandbox_text (paid, "payment_method"), ==, method);
  g_assert_cmpstr (sandbox_text (paid, "metadata.sale"), ==, "s1");
  g_assert_cmpstr (sandbox_text (paid, "latest_charge.object"), ==, "charge");
  g_assert_cmpstr (sandbox_text (paid, "latest_charge.status"), ==, "succeeded");
  g_assert_cmpstr (sandbox_text (paid, "latest_charge.payment_method_details.card.last4"), ==, "4242");

  g_autofree char *path = g_strconcat ("/v1/charges/", sandbox_text (paid, "latest_charge.id"), NULL);
  g_autoptr (SandboxAnswer) charge = sandbox_ask (sandbox, "GET", path, NULL, NULL);
  g_assert_cmpstr (sandbox_text (charge, "payment_intent"), ==, sandbox_text (paid, "id"));
  g_assert_cmpstr (sandbox_text (charge, "description"), ==, "Basket");

  /* The stored card pays again. */
  g_autofree char *again = sandbox_id_of (sandbox, 200, "POST", "/v1/payment_intents", form);
  g_assert_cmpstr (again, !=, sandbox_text (paid, "id"));
}

static void
test_declines (void)
{
  static const struct
  {
    const char *card;
    const char *code;
    const char *decline_code;
  } cases[] = {
    { "pm_card_chargeDeclined", "card_declined", "generic_decline" },
    { "pm_card_visa_chargeDeclined", "card_declined", "generic_decline" },
    { "pm_card_chargeDeclinedInsufficientFunds", "card_declined", "insufficient_funds" },
    { "pm_card_chargeDeclinedLostCard", "card_declined", "lost_card" },
    { "pm_card_chargeDeclinedStolenCard", "card_declined", "stolen_card" },
    { "pm_card_chargeDeclinedExpiredCard", "expired_card", NULL },
    { "pm_card_chargeDeclinedIncorrectCvc", "incorrect_cvc", NULL },
    { "pm_card_chargeDeclinedProcessingError", "processing_error", NULL },
    { "pm_card_chargeDeclinedVelocityLimitExceeded", "card_declined", "card_velocity_exceeded" },
    { "pm_card_chargeDeclinedFraudulent", "card_declined", "fraudulent" },
    { "pm_card_chargeCustomerFail", "card_declined", "generic_decline" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (SandboxAnswer) refused = pay (cases[i].card);
      g_assert_cmpuint (refused->status, ==, 402);
      g_assert_cmpstr (sandbox_text (refused, "error.type"), ==, "card_error");
      g_assert_cmpstr (sandbox_text (refused, "error.code"), ==, cases[i].code);
      g_assert_cmpstr (sandbox_text (refused, "error.decline_code"), ==, cases[i].decline_code);
      g_assert_cmpstr (sandbox_text (refused, "error.payment_intent.status"), ==, "requires_payment_method");
      g_assert_cmpint (sandbox_number (refused, "error.payment_intent.amount_received"), ==, 0);

      g_autofree char *path
          = g_strconcat ("/v1/payment_intents/", sandbox_text (refused, "error.payment_intent.id"), NULL);
      g_autoptr (SandboxAnswer) intent = sandbox_ask (sandbox, "GET", path, "expand[]=latest_charge", NULL);
      g_assert_cmpstr (sandbox_text (intent, "last_payment_error.code"), ==, cases[i].code);
      g_assert_cmpstr (sandbox_text (intent, "last_payment_error.payment_method.object"), ==,
                       "payment_method");
      g_assert_cmpstr (sandbox_text (intent, "latest_charge.id"), ==, sandbox_text (refused, "error.charge"));
      g_assert_cmpstr (sandbox_text (intent, "latest_charge.status"), ==, "failed");
      g_assert_cmpstr (sandbox_text (intent, "latest_charge.failure_code"), ==, cases[i].code);
      g_assert_null (sandbox_text (intent, "payment_method"));
    }
}

static void
test_declines_after_attach (void)
{
  static const char *const cards[][2] = {
    { "pm_card_chargeCustomerFail", "generic_decline" },
    { "pm_card_chargeCustomerFailInsufficientFunds", "insufficient_funds" },
    { "pm_card_chargeCustomerFailLostCard", "lost_card" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cards); i++)
    {
      g_autofree char *method = NULL;
      g_autofree char *customer = customer_with (cards[i][0], &method);
      g_autofree char *form = g_strdup_printf (PAY "&customer=%s&payment_method=%s", customer, method);
      g_autoptr (SandboxAnswer) refused = sandbox_ask (sandbox, "POST", "/v1/payment_intents", form, NULL);
      g_assert_cmpuint (refused->status, ==, 402);
      g_assert_cmpstr (sandbox_text (refused, "error.decline_code"), ==, cards[i][1]);
    }
}

/* A declined intent is paid with another card: one failed charge, one that took the money. */
static void
test_second_try (void)
{
  g_autoptr (SandboxAnswer) refused = pay ("pm_card_chargeDeclined");
  const char *id = sandbox_text (refused, "error.payment_intent.id");
  g_autofree char *path = g_strdup_printf ("/v1/payment_intents/%s/confirm", id);
  g_autofree char *query = g_strdup_printf ("payment_intent=%s", id);

  g_autoptr (SandboxAnswer) paid = sandbox_ask (sandbox, "POST", path, "payment_method=pm_card_visa", NULL);
  g_assert_cmpstr (sandbox_text (paid, "status"), ==, "succeeded");
  g_assert_null (sandbox_text (paid, "last_payment_error.code"));
  g_autoptr (SandboxAnswer) charges = sandbox_ask (sandbox, "GET", "/v1/charges", query, NULL);
  g_assert_cmpuint (sandbox_length (charges), ==, 2);
  sandbox_expect_error (sandbox, "POST", path, "payment_method=pm_card_visa", 400, INVALID, STATE, NULL);
}

static void
test_steps (void)
{
  g_autofree char *id = sandbox_id_of (sandbox, 200, "POST", "/v1/payment_intents",
                                       "amount=900&currency=jpy" CARD "&metadata[a]=1");
  g_autofree char *path = g_strconcat ("/v1/payment_intents/", id, NULL);
  g_autofree char *confirm = g_strconcat (path, "/confirm", NULL);

  sandbox_expect_error (sandbox, "POST", confirm, NULL, 400, INVALID, STATE, NULL);
  g_autoptr (SandboxAnswer) changed = sandbox_ask (
      sandbox, "POST", path, "amount=901&payment_method=pm_card_visa&metadata[b]=2&description=d", NULL);
  g_assert_cmpstr (sandbox_text (changed, "status"), ==, "requires_confirmation");
  g_assert_cmpint (sandbox_number (changed, "amount"), ==, 901);
  g_assert_cmpstr (sandbox_text (changed, "metadata.a"), ==, "1");

  g_autoptr (SandboxAnswer) paid = sandbox_ask (sandbox, "POST", confirm, NULL, NULL);
  g_assert_cmpstr (sandbox_text (paid, "status"), ==, "succeeded");
  g_assert_cmpint (sandbox_number (paid, "amount_received"), ==, 901);

  g_autoptr (SandboxAnswer) twice = sandbox_ask (sandbox, "POST", confirm, NULL, NULL);
  g_assert_cmpuint (twice->status, ==, 400);
  g_assert_cmpstr (sandbox_text (twice, "error.payment_intent.status"), ==, "succeeded");
  sandbox_expect_error (sandbox, "POST", path, "amount=1", 400, INVALID, STATE, NULL);
  g_autoptr (SandboxAnswer) noted = sandbox_ask (sandbox, "POST", path, "metadata[c]=3", NULL);
  g_assert_cmpuint (noted->status, ==, 200);
  g_autofree char *cancel = g_strconcat (path, "/cancel", NULL);
  sandbox_expect_error (sandbox, "POST", cancel, NULL, 400, INVALID, STATE, NULL);
}

static void
test_cancel (void)
{
  g_autofree char *id = sandbox_id_of (sandbox, 200, "POST", "/v1/payment_intents",
                                       "amount=900&currency=eur&payment_method=pm_card_visa" CARD);
  g_autofree char *path = g_strdup_printf ("/v1/payment_intents/%s/cancel", id);
  g_autofree char *confirm = g_strdup_printf ("/v1/payment_intents/%s/confirm", id);

  sandbox_expect_error (sandbox, "POST", path, "cancellation_reason=mood", 400, INVALID, NULL,
                        "cancellation_reason");
  g_autoptr (SandboxAnswer) canceled
      = sandbox_ask (sandbox, "POST", path, "cancellation_reason=abandoned", NULL);
  g_assert_cmpstr (sandbox_text (canceled, "status"), ==, "canceled");
  g_assert_cmpstr (sandbox_text (canceled, "cancellation_reason"), ==, "abandoned");
  g_assert_cmpint (sandbox_number (canceled, "canceled_at"), >, 0);
  sandbox_expect_error (sandbox, "POST", path, NULL, 400, INVALID, STATE, NULL);
  sandbox_expect_error (sandbox, "POST", confirm, NULL, 400, INVALID, STATE, NULL);
}

static void
test_authentication (void)
{
  g_autofree char *method = NULL;
  g_autofree char *customer = customer_with ("pm_card_authenticationRequired", &method);
  g_autofree char *form = g_strdup_printf (PAY "&customer=%s&payment_method=%s", customer, method);
  g_autofree char *off = g_strconcat (form, "&off_session=true", NULL);
  g_autofree char *strict = g_strconcat (form, "&error_on_requires_action=true", NULL);

  g_autoptr (SandboxAnswer) refused = sandbox_ask (sandbox, "POST", "/v1/payment_intents", off, NULL);
  g_assert_cmpuint (refused->status, ==, 402);
  g_assert_cmpstr (sandbox_text (refused, "error.code"), ==, "authentication_required");
  g_assert_cmpstr (sandbox_text (refused, "error.decline_code"), ==, "authentication_required");
  g_assert_cmpstr (sandbox_text (refused, "error.payment_intent.status"), ==, "requires_payment_method");
  g_autoptr (SandboxAnswer) strictly = sandbox_ask (sandbox, "POST", "/v1/payment_intents", strict, NULL);
  g_assert_cmpuint (strictly->status, ==, 402);

  for (guint i = 0; i < 2; i++)
    {
      g_autoptr (SandboxAnswer) waits = sandbox_ask (sandbox, "POST", "/v1/payment_intents", form, NULL);
      g_assert_cmpuint (waits->status, ==, 200);
      g_assert_cmpstr (sandbox_text (waits, "status"), ==, "requires_action");
      g_assert_cmpstr (sandbox_text (waits, "next_action.type"), ==, "use_stripe_sdk");

      g_autofree char *settle
          = g_strdup_printf ("/sandbox/payment_intents/%s/settle", sandbox_text (waits, "id"));
      g_autoptr (SandboxAnswer) done
          = sandbox_ask (sandbox, "POST", settle, i == 0 ? "outcome=succeeded" : "outcome=failed", NULL);
      g_assert_cmpuint (done->status, ==, 200);
      g_assert_cmpstr (sandbox_text (done, "status"), ==, i == 0 ? "succeeded" : "requires_payment_method");
      g_assert_cmpstr (sandbox_text (done, "last_payment_error.code"), ==,
                       i == 0 ? NULL : "payment_intent_authentication_failure");
      sandbox_expect_error (sandbox, "POST", settle, "outcome=succeeded", 400, INVALID, STATE, NULL);
    }
}

/* Other servers of the protocol leave a payment waiting for its holder even when told that he is away. */
static void
test_action_required (void)
{
  g_autofree char *method = NULL;
  g_autofree char *customer = customer_with ("pm_card_actionRequired", &method);
  g_autofree char *form
      = g_strdup_printf (PAY "&off_session=true&customer=%s&payment_method=%s", customer, method);
  g_autoptr (SandboxAnswer) waits = sandbox_ask (sandbox, "POST", "/v1/payment_intents", form, NULL);

  g_assert_cmpuint (waits->status, ==, 200);
  g_assert_cmpstr (sandbox_text (waits, "status"), ==, "requires_action");
  g_autofree char *cancel = g_strdup_printf ("/v1/payment_intents/%s/cancel", sandbox_text (waits, "id"));
  g_autoptr (SandboxAnswer) canceled = sandbox_ask (sandbox, "POST", cancel, NULL, NULL);
  g_assert_cmpstr (sandbox_text (canceled, "status"), ==, "canceled");
}

static void
test_processing (void)
{
  for (guint i = 0; i < 2; i++)
    {
      g_autoptr (SandboxAnswer) waits = pay ("pm_card_processing");
      g_assert_cmpuint (waits->status, ==, 200);
      g_assert_cmpstr (sandbox_text (waits, "status"), ==, "processing");
      g_assert_cmpint (sandbox_number (waits, "amount_received"), ==, 0);

      g_autofree char *cancel = g_strdup_printf ("/v1/payment_intents/%s/cancel", sandbox_text (waits, "id"));
      g_autofree char *settle
          = g_strdup_printf ("/sandbox/payment_intents/%s/settle", sandbox_text (waits, "id"));
      sandbox_expect_error (sandbox, "POST", cancel, NULL, 400, INVALID, STATE, NULL);
      sandbox_expect_error (sandbox, "POST", settle, "outcome=perhaps", 400, INVALID, NULL, "outcome");
      g_autoptr (SandboxAnswer) done = sandbox_ask (sandbox, "POST", settle,
                                                    i == 0 ? "outcome=succeeded&expand[]=latest_charge"
                                                           : "outcome=failed&expand[]=latest_charge",
                                                    NULL);
      g_assert_cmpstr (sandbox_text (done, "status"), ==, i == 0 ? "succeeded" : "requires_payment_method");
      g_assert_cmpstr (sandbox_text (done, "latest_charge.status"), ==, i == 0 ? "succeeded" : "failed");
      g_assert_cmpint (sandbox_number (done, "amount_received"), ==, i == 0 ? 1250 : 0);
    }
}

static void
test_refused (void)
{
  static const struct
  {
    const char *form;
    const char *code;
    const char *param;
  } cases[] = {
    { "currency=eur", "parameter_missing", "amount" },
    { "amount=100", "parameter_missing", "currency" },
    { "amount=&currency=eur", "parameter_invalid_empty", "amount" },
    { "amount=12.50&currency=eur", "parameter_invalid_integer", "amount" },
    { "amount=1e3&currency=eur", "parameter_invalid_integer", "amount" },
    { "amount=0&currency=eur", "parameter_invalid_integer", "amount" },
    { "amount=-500&currency=eur", "parameter_invalid_integer", "amount" },
    { "amount=99999999999999999999&currency=eur", "parameter_invalid_integer", "amount" },
    { "amount=9223372036854775807&currency=eur", "amount_too_large", "amount" },
    { "amount=100000000&currency=eur", "amount_too_large", "amount" },
    { "amount=49&currency=eur", "amount_too_small", "amount" },
    { "amount=29&currency=gbp", "amount_too_small", "amount" },
    { "amount=500&currency=xxx", NULL, "currency" },
    { "amount=500&currency=euro", NULL, "currency" },
    { "amount=500&currency=%20eu", NULL, "currency" },
    { "amount=500&currency=eur&tip=1", "parameter_unknown", "tip" },
    { "amount=500&currency=eur&confirm=yes", NULL, "confirm" },
    { "amount=500&currency=eur&off_session=true", NULL, "off_session" },
    { "amount=500&currency=eur&return_url=https://x", NULL, "return_url" },
    { "amount=500&currency=eur&capture_method=manual", NULL, "capture_method" },
    { "amount=500&currency=eur&payment_method_types[]=ideal", "payment_intent_invalid_parameter",
      "payment_method_types" },
    { "amount=500&currency=eur&payment_method_types[]=card&automatic_payment_methods[enabled]=true",
      "payment_intent_invalid_parameter", "automatic_payment_methods" },
    { "amount=500&currency=eur&customer=cus_none", "resource_missing", "customer" },
    { "amount=500&currency=eur&payment_method=pm_none", "resource_missing", "payment_method" },
    { "amount=500&currency=eur&payment_method=", "parameter_invalid_empty", "payment_method" },
    { "amount=500&currency=eur&confirm=true" CARD, STATE, NULL },
    { "amount=500&currency=eur&confirm=true&payment_method=pm_card_visa", NULL, "return_url" },
    { "amount=500&currency=eur&expand[]=nope", NULL, "expand" },
    { "amount=500&currency=eur&amount[x]=1", NULL, NULL },
  };

  g_autoptr (SandboxAnswer) before = sandbox_ask (sandbox, "GET", "/v1/payment_intents", "limit=1", NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    sandbox_expect_error (sandbox, "POST", "/v1/payment_intents", cases[i].form, 400, INVALID, cases[i].code,
                          cases[i].param);
  g_autoptr (SandboxAnswer) after = sandbox_ask (sandbox, "GET", "/v1/payment_intents", "limit=1", NULL);
  g_assert_cmpstr (sandbox_nth_id (before, 0), ==, sandbox_nth_id (after, 0));

  sandbox_expect_error (sandbox, "GET", "/v1/payment_intents/pi_none", NULL, 404, INVALID, "resource_missing",
                        "id");
  sandbox_expect_error (sandbox, "POST", "/v1/payment_intents/pi_none/confirm", NULL, 404, INVALID,
                        "resource_missing", "id");
  sandbox_expect_error (sandbox, "GET", "/v1/charges/ch_none", NULL, 404, INVALID, "resource_missing", "id");
}

static void
test_extremes (void)
{
  static const char *const forms[][2] = {
    { "amount=99999999&currency=eur", "eur" },
    { "amount=50&currency=jpy", "jpy" },
    { "amount=1255&currency=KWD", "kwd" },
    { "amount=30&currency=gbp", "gbp" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (forms); i++)
    {
      g_autofree char *form
          = g_strconcat (forms[i][0], "&confirm=true&payment_method=pm_card_visa" CARD, NULL);
      g_autoptr (SandboxAnswer) paid = sandbox_ask (sandbox, "POST", "/v1/payment_intents", form, NULL);
      g_assert_cmpstr (sandbox_text (paid, "status"), ==, "succeeded");
      g_assert_cmpstr (sandbox_text (paid, "currency"), ==, forms[i][1]);
    }
}

static void
test_whose_method (void)
{
  g_autofree char *method = NULL;
  g_autofree char *customer = customer_with ("pm_card_visa", &method);
  g_autofree char *other = sandbox_id_of (sandbox, 200, "POST", "/v1/customers", "name=Other");
  g_autofree char *without = g_strdup_printf (PAY "&payment_method=%s", method);
  g_autofree char *wrong = g_strdup_printf (PAY "&payment_method=%s&customer=%s", method, other);

  sandbox_expect_error (sandbox, "POST", "/v1/payment_intents", without, 400, INVALID, NULL,
                        "payment_method");
  sandbox_expect_error (sandbox, "POST", "/v1/payment_intents", wrong, 400, INVALID, "resource_missing",
                        "payment_method");
}

static void
test_single_use (void)
{
  g_autofree char *method
      = sandbox_id_of (sandbox, 200, "POST", "/v1/payment_methods", "type=card&card[token]=tok_visa");
  g_autofree char *form = g_strconcat (PAY "&payment_method=", method, NULL);
  g_autofree char *customer = sandbox_id_of (sandbox, 200, "POST", "/v1/customers", "name=x");
  g_autofree char *attach_path = g_strdup_printf ("/v1/payment_methods/%s/attach", method);
  g_autofree char *attach_form = g_strconcat ("customer=", customer, NULL);

  g_free (sandbox_id_of (sandbox, 200, "POST", "/v1/payment_intents", form));
  sandbox_expect_error (sandbox, "POST", "/v1/payment_intents", form, 400, INVALID, NULL, "payment_method");
  sandbox_expect_error (sandbox, "POST", attach_path, attach_form, 400, INVALID, NULL, "id");
}

static void
test_future_usage (void)
{
  g_autofree char *method
      = sandbox_id_of (sandbox, 200, "POST", "/v1/payment_methods", "type=card&card[token]=tok_visa");
  g_autofree char *customer = sandbox_id_of (sandbox, 200, "POST", "/v1/customers", "name=Keeps");
  g_autofree char *form = g_strdup_printf (
      PAY "&payment_method=%s&customer=%s&setup_future_usage=off_session", method, customer);
  g_autofree char *path = g_strconcat ("/v1/payment_methods/", method, NULL);

  g_free (sandbox_id_of (sandbox, 200, "POST", "/v1/payment_intents", form));
  g_autoptr (SandboxAnswer) stored = sandbox_ask (sandbox, "GET", path, NULL, NULL);
  g_assert_cmpstr (sandbox_text (stored, "customer"), ==, customer);
  g_free (sandbox_id_of (sandbox, 200, "POST", "/v1/payment_intents", form));
}

static void
test_lists (void)
{
  g_autofree char *method = NULL;
  g_autofree char *customer = customer_with ("pm_card_visa", &method);
  g_autofree char *form
      = g_strdup_printf (PAY "&customer=%s&payment_method=%s&metadata[batch]=%s", customer, method, customer);
  g_autofree char *query = g_strdup_printf ("customer=%s", customer);
  g_autofree char *search = g_strdup_printf ("query=metadata['batch']:'%s'&limit=2", customer);

  for (guint i = 0; i < 3; i++)
    g_free (sandbox_id_of (sandbox, 200, "POST", "/v1/payment_intents", form));
  g_autoptr (SandboxAnswer) intents = sandbox_ask (sandbox, "GET", "/v1/payment_intents", query, NULL);
  g_assert_cmpuint (sandbox_length (intents), ==, 3);
  g_autoptr (SandboxAnswer) charges = sandbox_ask (sandbox, "GET", "/v1/charges", query, NULL);
  g_assert_cmpuint (sandbox_length (charges), ==, 3);

  g_autoptr (SandboxAnswer) first = sandbox_ask (sandbox, "GET", "/v1/payment_intents/search", search, NULL);
  g_assert_cmpstr (sandbox_text (first, "object"), ==, "search_result");
  g_assert_cmpuint (sandbox_length (first), ==, 2);
  g_autofree char *more = g_strconcat (search, "&page=", sandbox_text (first, "next_page"), NULL);
  g_autoptr (SandboxAnswer) second = sandbox_ask (sandbox, "GET", "/v1/payment_intents/search", more, NULL);
  g_assert_cmpuint (sandbox_length (second), ==, 1);
  g_assert_null (sandbox_text (second, "next_page"));
}

static void
test_refunds (void)
{
  g_autofree char *id = pay_id ();
  g_autofree char *part
      = g_strdup_printf ("payment_intent=%s&amount=250&reason=requested_by_customer&metadata[why]=x", id);
  g_autofree char *too_much = g_strdup_printf ("payment_intent=%s&amount=1001", id);
  g_autofree char *rest = g_strdup_printf ("payment_intent=%s", id);

  g_autoptr (SandboxAnswer) first = sandbox_ask (sandbox, "POST", "/v1/refunds", part, NULL);
  g_assert_cmpuint (first->status, ==, 200);
  g_assert_cmpstr (sandbox_text (first, "object"), ==, "refund");
  g_assert_cmpstr (sandbox_text (first, "status"), ==, "succeeded");
  g_assert_cmpint (sandbox_number (first, "amount"), ==, 250);
  g_assert_cmpstr (sandbox_text (first, "payment_intent"), ==, id);
  g_assert_cmpstr (sandbox_text (first, "metadata.why"), ==, "x");

  sandbox_expect_error (sandbox, "POST", "/v1/refunds", too_much, 400, INVALID, NULL, "amount");
  g_autoptr (SandboxAnswer) second = sandbox_ask (sandbox, "POST", "/v1/refunds", rest, NULL);
  g_assert_cmpint (sandbox_number (second, "amount"), ==, 1000);
  sandbox_expect_error (sandbox, "POST", "/v1/refunds", rest, 400, INVALID, "charge_already_refunded", NULL);

  g_autofree char *charge_path = g_strconcat ("/v1/charges/", sandbox_text (first, "charge"), NULL);
  g_autoptr (SandboxAnswer) charge = sandbox_ask (sandbox, "GET", charge_path, NULL, NULL);
  g_assert_cmpint (sandbox_number (charge, "amount_refunded"), ==, 1250);
  g_autoptr (SandboxAnswer) list = sandbox_ask (sandbox, "GET", "/v1/refunds", rest, NULL);
  g_assert_cmpuint (sandbox_length (list), ==, 2);
  g_autofree char *path = g_strconcat ("/v1/refunds/", sandbox_text (first, "id"), NULL);
  g_autoptr (SandboxAnswer) found = sandbox_ask (sandbox, "GET", path, NULL, NULL);
  g_assert_true (json_object_equal (found->body, first->body));
}

static void
test_refunds_refused (void)
{
  g_autofree char *id = pay_id ();
  g_autofree char *zero = g_strdup_printf ("payment_intent=%s&amount=0", id);
  g_autofree char *negative = g_strdup_printf ("payment_intent=%s&amount=-1", id);
  g_autofree char *reason = g_strdup_printf ("payment_intent=%s&reason=mood", id);
  g_autofree char *both = g_strdup_printf ("payment_intent=%s&charge=ch_1", id);
  g_autofree char *unpaid
      = sandbox_id_of (sandbox, 200, "POST", "/v1/payment_intents", "amount=900&currency=eur" CARD);
  g_autofree char *of_unpaid = g_strdup_printf ("payment_intent=%s", unpaid);
  g_autoptr (SandboxAnswer) declined = pay ("pm_card_chargeDeclined");
  g_autofree char *of_declined = g_strdup_printf ("charge=%s", sandbox_text (declined, "error.charge"));

  sandbox_expect_error (sandbox, "POST", "/v1/refunds", zero, 400, INVALID, "parameter_invalid_integer",
                        "amount");
  sandbox_expect_error (sandbox, "POST", "/v1/refunds", negative, 400, INVALID, "parameter_invalid_integer",
                        "amount");
  sandbox_expect_error (sandbox, "POST", "/v1/refunds", reason, 400, INVALID, NULL, "reason");
  sandbox_expect_error (sandbox, "POST", "/v1/refunds", both, 400, INVALID, NULL, NULL);
  sandbox_expect_error (sandbox, "POST", "/v1/refunds", "amount=1", 400, INVALID, "parameter_missing", NULL);
  sandbox_expect_error (sandbox, "POST", "/v1/refunds", of_unpaid, 400, INVALID, NULL, "payment_intent");
  sandbox_expect_error (sandbox, "POST", "/v1/refunds", of_declined, 400, INVALID, NULL, "charge");
  sandbox_expect_error (sandbox, "POST", "/v1/refunds", "charge=ch_none", 400, INVALID, "resource_missing",
                        "charge");
  sandbox_expect_error (sandbox, "POST", "/v1/refunds", "payment_intent=pi_none", 400, INVALID,
                        "resource_missing", "payment_intent");
  sandbox_expect_error (sandbox, "GET", "/v1/refunds/re_none", NULL, 404, INVALID, "resource_missing", "id");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  char *folder = sandbox_folder_new ();
  sandbox = sandbox_start (folder, 0);

  g_test_add_func ("/sandbox/payments/off-session", test_off_session);
  g_test_add_func ("/sandbox/payments/declines", test_declines);
  g_test_add_func ("/sandbox/payments/declines-after-attach", test_declines_after_attach);
  g_test_add_func ("/sandbox/payments/second-try", test_second_try);
  g_test_add_func ("/sandbox/payments/steps", test_steps);
  g_test_add_func ("/sandbox/payments/cancel", test_cancel);
  g_test_add_func ("/sandbox/payments/authentication", test_authentication);
  g_test_add_func ("/sandbox/payments/action-required", test_action_required);
  g_test_add_func ("/sandbox/payments/processing", test_processing);
  g_test_add_func ("/sandbox/payments/refused", test_refused);
  g_test_add_func ("/sandbox/payments/extremes", test_extremes);
  g_test_add_func ("/sandbox/payments/whose-method", test_whose_method);
  g_test_add_func ("/sandbox/payments/single-use", test_single_use);
  g_test_add_func ("/sandbox/payments/future-usage", test_future_usage);
  g_test_add_func ("/sandbox/payments/lists", test_lists);
  g_test_add_func ("/sandbox/payments/refunds", test_refunds);
  g_test_add_func ("/sandbox/payments/refunds-refused", test_refunds_refused);
  int result = g_test_run ();

  g_assert_cmpint (sandbox_end (sandbox, SIGTERM), ==, 0);
  sandbox_folder_delete (folder);
  return result;
}
