/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/till-error.h"
#include "payment/till-stripe-json.h"
#include "payment/till-stripe-provider.h"
#include "till-test-sandbox.h"
#include "till-test-wait.h"

#include <string.h>

/* The provider against the real sandbox. */

/* Seconds: enough to connect on the slowest machine, and far less than the gateway then takes. */
#define IMPATIENT 5
#define PATIENT   100

typedef struct
{
  TillTestSandbox *sandbox;
  TillProvider *provider;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->sandbox = till_test_sandbox_start ();
  fixture->provider = till_test_sandbox_connect (fixture->sandbox);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_assert_finalize_object (fixture->provider);
  till_test_sandbox_stop (fixture->sandbox);
}

static char *
enrol (Fixture *fixture, const char *method)
{
  g_autoptr (GError) error = NULL;
  char *payer = till_test_register (fixture->provider, method, &error);

  g_assert_no_error (error);
  return payer;
}

static void
assert_result (const TillChargeResult *result, TillChargeStatus status, const char *code)
{
  g_test_message ("%s %s: %s", till_charge_status_to_string (result->status), result->code, result->message);
  g_assert_cmpint (result->status, ==, status);
  g_assert_cmpstr (result->code, ==, code);
}

/* Charging */

static void
count_up (TillProvider *provider, const char *attempt, gpointer count)
{
  (*(guint *) count)++;
}

static void
test_approved (Fixture *fixture, gconstpointer data)
{
  g_autofree char *payer = enrol (fixture, "pm_card_visa");
  g_autoptr (TillChargeRequest) request = till_test_request (payer, 1250);
  guint sendings = 0;

  g_signal_connect (fixture->provider, "sending", G_CALLBACK (count_up), &sendings);
  g_autoptr (TillChargeResult) result = till_test_charge (fixture->provider, request);
  assert_result (result, TILL_CHARGE_APPROVED, NULL);
  g_assert_true (result->sent);
  g_assert_cmpuint (sendings, ==, 1);

  g_autofree char *path = g_strconcat ("/v1/payment_intents/", result->reference, NULL);
  g_autoptr (JsonObject) intent = till_test_sandbox_get (fixture->sandbox, path);
  g_assert_cmpint (json_object_get_int_member (intent, "amount_received"), ==, 1250);
  g_assert_cmpstr (till_stripe_json_string (intent, "currency"), ==, "eur");
}

static void
test_same_request_twice (Fixture *fixture, gconstpointer data)
{
  g_autofree char *payer = enrol (fixture, "pm_card_visa");
  g_autoptr (TillChargeRequest) request = till_test_request (payer, 300);
  g_autoptr (TillChargeResult) first = till_test_charge (fixture->provider, request);
  g_autoptr (TillChargeResult) second = till_test_charge (fixture->provider, request);

  assert_result (second, TILL_CHARGE_APPROVED, NULL);
  g_assert_cmpstr (first->reference, ==, second->reference);
  g_assert_cmpuint (till_test_sandbox_count (fixture->sandbox, NULL, NULL), ==, 1);
}

static void
test_declined (Fixture *fixture, gconstpointer data)
{
  const struct
  {
    const char *method, *code;
  } cards[] = {
    { "pm_card_chargeCustomerFail", "generic_decline" },
    { "pm_card_chargeCustomerFailInsufficientFunds", "insufficient_funds" },
    { "pm_card_chargeCustomerFailExpiredCard", "expired_card" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cards); i++)
    {
      g_autofree char *payer = enrol (fixture, cards[i].method);
      g_autoptr (TillChargeRequest) request = till_test_request (payer, 1250);
      g_autoptr (TillChargeResult) result = till_test_charge (fixture->provider, request);
      assert_result (result, TILL_CHARGE_DECLINED, cards[i].code);
      g_assert_true (result->sent);
    }
  g_assert_cmpuint (till_test_sandbox_count (fixture->sandbox, NULL, "succeeded"), ==, 0);
}

static void
test_authentication (Fixture *fixture, gconstpointer data)
{
  g_autofree char *payer = enrol (fixture, "pm_card_authenticationRequired");
  g_autoptr (TillChargeRequest) request = till_test_request (payer, 1250);
  g_autoptr (TillChargeResult) result = till_test_charge (fixture->provider, request);

  assert_result (result, TILL_CHARGE_DECLINED, "authentication_required");
  g_assert_cmpuint (till_test_sandbox_count (fixture->sandbox, request->attempt, "canceled"), ==, 1);
}

static void
test_processing (Fixture *fixture, gconstpointer data)
{
  g_autofree char *payer = enrol (fixture, "pm_card_processing");
  g_autoptr (TillChargeRequest) request = till_test_request (payer, 1250);
  g_autoptr (TillChargeResult) result = till_test_charge (fixture->provider, request);
  g_autoptr (TillChargeResult) later = till_test_query (fixture->provider, request);

  assert_result (result, TILL_CHARGE_UNKNOWN, "processing");
  assert_result (later, TILL_CHARGE_UNKNOWN, "processing");
}

static void
test_bad_requests (Fixture *fixture, gconstpointer data)
{
  g_autoptr (TillChargeRequest) no_method = till_test_request ("cus_1", 1250);
  g_autoptr (TillChargeRequest) nothing = till_test_request ("cus_1/pm_1", 0);
  g_autoptr (TillChargeRequest) nobody = till_test_request ("cus_unheard/pm_unheard", 1250);
  g_autoptr (TillChargeResult) first = till_test_charge (fixture->provider, no_method);
  g_autoptr (TillChargeResult) second = till_test_charge (fixture->provider, nothing);
  g_autoptr (TillChargeResult) third = till_test_charge (fixture->provider, nobody);

  assert_result (first, TILL_CHARGE_DECLINED, "invalid-request");
  g_assert_false (first->sent);
  assert_result (second, TILL_CHARGE_DECLINED, "invalid-request");
  g_assert_false (second->sent);
  assert_result (third, TILL_CHARGE_DECLINED, "resource_missing");
  g_assert_true (third->sent);
}

/* Out of reach */

static void
test_unreachable (Fixture *fixture, gconstpointer data)
{
  g_autofree char *payer = enrol (fixture, "pm_card_visa");
  g_autoptr (TillChargeRequest) request = till_test_request (payer, 1250);
  guint sendings = 0;

  g_signal_connect (fixture->provider, "sending", G_CALLBACK (count_up), &sendings);
  till_test_sandbox_kill (fixture->sandbox);
  g_autoptr (TillChargeResult) result = till_test_charge (fixture->provider, request);
  assert_result (result, TILL_CHARGE_UNKNOWN, "unreachable");
  g_assert_false (result->sent);
  g_assert_cmpuint (sendings, ==, 0);

  till_test_sandbox_restart (fixture->sandbox);
  g_autoptr (TillChargeResult) again = till_test_charge (fixture->provider, request);
  assert_result (again, TILL_CHARGE_APPROVED, NULL);
}

static void
test_wrong_api_key (Fixture *fixture, gconstpointer data)
{
  g_autoptr (TillSecret) key = till_secret_new ("sk_test_wrong", strlen ("sk_test_wrong"));
  g_autoptr (GError) error = NULL;
  g_autoptr (TillStripeProvider) stranger
      = till_stripe_provider_new (till_test_sandbox_get_url (fixture->sandbox),
                                  till_test_sandbox_get_trust (fixture->sandbox), key, &error);
  g_assert_no_error (error);
  g_autoptr (TillChargeRequest) request = till_test_request ("cus_1/pm_1", 1250);
  g_autoptr (TillChargeResult) result = till_test_charge (TILL_PROVIDER (stranger), request);
  g_autofree char *payer = till_test_register (TILL_PROVIDER (stranger), "pm_card_visa", &error);

  g_test_message ("%s %s", result->code, result->message);
  g_assert_cmpint (result->status, ==, TILL_CHARGE_DECLINED);
  g_assert_null (payer);
  g_assert_error (error, TILL_ERROR, TILL_ERROR_UNAVAILABLE);
}

static void
test_bad_addresses (void)
{
  const char *const addresses[]
      = { "http://127.0.0.1:1",       "https://",       "https://user@host", "https://host/v1",
          "https://host?x",           "https://host#x", "ftp://host",        "",
          "https://host:99999999999", "127.0.0.1" };
  g_autoptr (TillSecret) key = till_secret_new ("sk_test_1", strlen ("sk_test_1"));
  g_autoptr (TillSecret) nothing = till_secret_new ("", 0);

  for (guint i = 0; i < G_N_ELEMENTS (addresses); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (TillStripeProvider) provider = till_stripe_provider_new (addresses[i], NULL, key, &error);
      g_assert_null (provider);
      g_assert_error (error, TILL_ERROR, TILL_ERROR_INVALID);
    }

  g_autoptr (GError) error = NULL;
  g_autoptr (TillStripeProvider) keyless = till_stripe_provider_new ("https://host", NULL, nothing, &error);
  g_assert_null (keyless);
  g_assert_error (error, TILL_ERROR, TILL_ERROR_INVALID);
}

/* Faults that the sandbox brings about */

static const struct
{
  const char *kind;
  guint count;
  TillChargeStatus status;
  const char *code;
  guint succeeded; /* at the gateway, in the end */
} faults[] = {
  { "drop_before", 1, TILL_CHARGE_APPROVED, NULL, 1 },
  { "drop_after", 1, TILL_CHARGE_APPROVED, NULL, 1 },
  { "truncate", 1, TILL_CHARGE_APPROVED, NULL, 1 },
  { "drop_before", 9, TILL_CHARGE_UNKNOWN, "interrupted", 0 },
  { "drop_after", 9, TILL_CHARGE_UNKNOWN, "interrupted", 1 },
  { "malformed", 1, TILL_CHARGE_UNKNOWN, "bad-answer", 1 },
  { "wrong_amount", 1, TILL_CHARGE_UNKNOWN, "bad-answer", 1 },
  { "error_500_after", 1, TILL_CHARGE_APPROVED, NULL, 1 },
  { "error_500", 1, TILL_CHARGE_UNKNOWN, "server-error", 0 },
  { "conflict_409", 1, TILL_CHARGE_APPROVED, NULL, 1 },
  { "conflict_409", 9, TILL_CHARGE_UNKNOWN, "busy", 0 },
  { "rate_limit_429", 1, TILL_CHARGE_APPROVED, NULL, 1 },
  { "rate_limit_429", 9, TILL_CHARGE_UNKNOWN, "busy", 0 },
  { "delay_after", 1, TILL_CHARGE_UNKNOWN, "timed-out", 1 },
  { "drip", 1, TILL_CHARGE_UNKNOWN, "timed-out", 1 },
};

/* However the charge ended for the till, asking afterwards gives what the gateway really has, and money moved once. */
static void
test_faults (Fixture *fixture, gconstpointer data)
{
  g_autofree char *payer = enrol (fixture, "pm_card_visa");

  for (guint i = 0; i < G_N_ELEMENTS (faults); i++)
    {
      g_autoptr (TillChargeRequest) request = till_test_request (payer, 100 + i);
      guint timeout
          = faults[i].code != NULL && g_str_equal (faults[i].code, "timed-out") ? IMPATIENT : PATIENT;

      g_test_message ("%s, %u times", faults[i].kind, faults[i].count);
      till_stripe_provider_set_timeout (TILL_STRIPE_PROVIDER (fixture->provider), timeout);
      till_test_sandbox_order (fixture->sandbox, faults[i].kind, "POST", "/v1/payment_intents",
                               faults[i].count, timeout == IMPATIENT ? 60000 : 1000);
      g_autoptr (TillChargeResult) result = till_test_charge (fixture->provider, request);
      assert_result (result, faults[i].status, faults[i].code);
      till_test_sandbox_clear_orders (fixture->sandbox);

      g_autoptr (TillChargeResult) truth = till_test_query (fixture->provider, request);
      g_assert_cmpuint (till_test_sandbox_count (fixture->sandbox, request->attempt, "succeeded"), ==,
                        faults[i].succeeded);
      if (faults[i].succeeded > 0)
        assert_result (truth, TILL_CHARGE_APPROVED, NULL);
      else if (g_str_equal (faults[i].kind, "error_500"))
        assert_result (truth, TILL_CHARGE_UNKNOWN, "not-listed");
      else
        assert_result (truth, TILL_CHARGE_DECLINED, "not-found");
    }
}

/* Asking */

static void
test_query_never_sent (Fixture *fixture, gconstpointer data)
{
  g_autofree char *payer = enrol (fixture, "pm_card_visa");
  g_autoptr (TillChargeRequest) request = till_test_request (payer, 1250);
  g_autoptr (TillChargeResult) query = till_test_query (fixture->provider, request);
  g_autoptr (TillChargeResult) again = till_test_query (fixture->provider, request);

  assert_result (query, TILL_CHARGE_DECLINED, "not-found");
  assert_result (again, TILL_CHARGE_DECLINED, "not-found");

  /* Should the charge come after all, it is turned away. */
  g_autoptr (TillChargeResult) late = till_test_charge (fixture->provider, request);
  g_assert_cmpint (late->status, ==, TILL_CHARGE_DECLINED);
  g_assert_cmpuint (till_test_sandbox_count (fixture->sandbox, request->attempt, "succeeded"), ==, 0);
}

static void
test_query_with_customer_alone (Fixture *fixture, gconstpointer data)
{
  g_autofree char *payer = enrol (fixture, "pm_card_visa");
  g_autofree char *customer = till_provider_get_query_payer (fixture->provider, payer);
  g_autoptr (TillChargeRequest) request = till_test_request (payer, 1250);
  g_autoptr (TillChargeRequest) without
      = till_charge_request_new (request->attempt, request->sale, request->key, customer, &request->amount);
  g_autoptr (TillChargeRequest) nobody
      = till_charge_request_new (request->attempt, request->sale, request->key, NULL, &request->amount);
  g_autoptr (TillChargeResult) result = till_test_charge (fixture->provider, request);
  g_autoptr (TillChargeResult) by_customer = till_test_query (fixture->provider, without);
  g_autoptr (TillChargeResult) by_list = till_test_query (fixture->provider, nobody);

  g_assert_null (strchr (customer, '/'));
  assert_result (by_customer, TILL_CHARGE_APPROVED, NULL);
  g_assert_cmpstr (by_customer->reference, ==, result->reference);
  assert_result (by_list, TILL_CHARGE_APPROVED, NULL);
}

/* Refunds */

static void
test_refunds (Fixture *fixture, gconstpointer data)
{
  g_autofree char *payer = enrol (fixture, "pm_card_visa");
  g_autoptr (TillChargeRequest) request = till_test_request (payer, 1250);
  g_autoptr (TillChargeResult) taken = till_test_charge (fixture->provider, request);
  g_autoptr (TillChargeResult) part = till_test_refund (fixture->provider, taken->reference, 250, "refund-1");
  g_autoptr (TillChargeResult) same = till_test_refund (fixture->provider, taken->reference, 250, "refund-1");
  g_autoptr (TillChargeResult) too_much
      = till_test_refund (fixture->provider, taken->reference, 1250, "refund-2");
  g_autoptr (TillChargeResult) rest
      = till_test_refund (fixture->provider, taken->reference, 1000, "refund-3");
  g_autoptr (TillChargeResult) more = till_test_refund (fixture->provider, taken->reference, 1, "refund-4");
  g_autoptr (TillChargeResult) wrong = till_test_refund (fixture->provider, "ch_1", 1, "refund-5");

  assert_result (part, TILL_CHARGE_APPROVED, NULL);
  g_assert_cmpstr (part->reference, ==, same->reference);
  g_assert_cmpint (too_much->status, ==, TILL_CHARGE_DECLINED);
  assert_result (rest, TILL_CHARGE_APPROVED, NULL);
  g_assert_cmpint (more->status, ==, TILL_CHARGE_DECLINED);
  assert_result (wrong, TILL_CHARGE_DECLINED, "invalid-request");
  g_assert_false (wrong->sent);
}

/* Payers */

static void
test_payers (Fixture *fixture, gconstpointer data)
{
  g_autofree char *payer = enrol (fixture, "pm_card_visa");
  g_auto (GStrv) parts = g_strsplit (payer, "/", 2);
  g_autofree char *by_customer = enrol (fixture, parts[0]);
  g_autofree char *by_both = enrol (fixture, payer);

  g_assert_true (g_str_has_prefix (parts[0], "cus_"));
  g_assert_true (g_str_has_prefix (parts[1], "pm_"));
  g_assert_cmpstr (by_customer, ==, payer);
  g_assert_cmpstr (by_both, ==, payer);
}

static void
test_payers_refused (Fixture *fixture, gconstpointer data)
{
  g_autofree char *payer = enrol (fixture, "pm_card_visa");
  g_autofree char *other = enrol (fixture, "pm_card_mastercard");
  g_auto (GStrv) ours = g_strsplit (payer, "/", 2);
  g_auto (GStrv) theirs = g_strsplit (other, "/", 2);
  g_autofree char *mixed = g_strconcat (ours[0], "/", theirs[1], NULL);
  const struct
  {
    const char *token;
    int error;
  } tokens[] = {
    { "pm_card_chargeDeclined", TILL_ERROR_REFUSED },
    { "pm_unheard", TILL_ERROR_NOT_FOUND },
    { "cus_unheard", TILL_ERROR_NOT_FOUND },
    { "cus_unheard/pm_unheard", TILL_ERROR_NOT_FOUND },
    { "4242424242424242", TILL_ERROR_INVALID },
    { "", TILL_ERROR_INVALID },
    { "cus_1/../x", TILL_ERROR_INVALID },
    { mixed, TILL_ERROR_INVALID },
  };

  for (guint i = 0; i < G_N_ELEMENTS (tokens); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autofree char *refused = till_test_register (fixture->provider, tokens[i].token, &error);
      g_test_message ("%s: %s", tokens[i].token, error != NULL ? error->message : "taken");
      g_assert_null (refused);
      g_assert_error (error, TILL_ERROR, tokens[i].error);
    }

  till_test_sandbox_kill (fixture->sandbox);
  g_autoptr (GError) error = NULL;
  g_autofree char *unreachable = till_test_register (fixture->provider, "pm_card_visa", &error);
  g_assert_null (unreachable);
  g_assert_error (error, TILL_ERROR, TILL_ERROR_UNAVAILABLE);
}

#define ADD(NAME, TEST) g_test_add ("/payment/gateway/" NAME, Fixture, NULL, set_up, TEST, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("approved", test_approved);
  ADD ("same-request-twice", test_same_request_twice);
  ADD ("declined", test_declined);
  ADD ("authentication", test_authentication);
  ADD ("processing", test_processing);
  ADD ("bad-requests", test_bad_requests);
  ADD ("unreachable", test_unreachable);
  ADD ("wrong-api-key", test_wrong_api_key);
  g_test_add_func ("/payment/gateway/bad-addresses", test_bad_addresses);
  ADD ("faults", test_faults);
  ADD ("query/never-sent", test_query_never_sent);
  ADD ("query/customer-alone", test_query_with_customer_alone);
  ADD ("refunds", test_refunds);
  ADD ("payers", test_payers);
  ADD ("payers-refused", test_payers_refused);
  return g_test_run ();
}
