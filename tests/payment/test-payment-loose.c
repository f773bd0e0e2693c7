/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/till-error.h"
#include "payment/till-stripe-provider.h"
#include "till-test-gateway.h"
#include "till-test-journal.h"
#include "till-test-sandbox.h"
#include "till-test-wait.h"

#include <string.h>

/* Servers of that API that are looser than the real one, and connections that are not what they were. */

#define PAYER   "cus_1/pm_1"
#define PATIENT 20
#define TELL(...)                                                                                            \
  till_test_gateway_tell (gateway, (const TillTestAnswer[]){ __VA_ARGS__ },                                  \
                          G_N_ELEMENTS (((const TillTestAnswer[]){ __VA_ARGS__ })))

static TillChargeResult *
charge (TillTestGateway *gateway)
{
  g_autoptr (TillProvider) provider = till_test_gateway_connect (gateway, PATIENT);
  g_autoptr (TillChargeRequest) request = till_test_request (PAYER, 1250);

  return till_test_charge (provider, request);
}

static void
assert_result (const TillChargeResult *result, TillChargeStatus status, const char *code)
{
  g_test_message ("%s %s: %s", till_charge_status_to_string (result->status), result->code, result->message);
  g_assert_cmpint (result->status, ==, status);
  g_assert_cmpstr (result->code, ==, code);
}

/* Where the answer ends */

static void
test_unsized (void)
{
  static const struct
  {
    TillTestAnswer answers[2];
    guint requests;
  } cases[] = {
    { { { .deed = TILL_TEST_UNSIZED, .body = TILL_TEST_INTENT ("succeeded") } }, 1 },
    { { { .deed = TILL_TEST_CUT_UNSIZED, .body = TILL_TEST_INTENT ("succeeded") },
        { .body = TILL_TEST_INTENT ("succeeded") } },
      2 },
    { { { .deed = TILL_TEST_CUT_CHUNKED, .body = TILL_TEST_INTENT ("succeeded") },
        { .body = TILL_TEST_INTENT ("succeeded") } },
      2 },
    { { { .deed = TILL_TEST_UNSIZED, .body = "" }, { .body = TILL_TEST_INTENT ("succeeded") } }, 2 },
    { { { .deed = TILL_TEST_UNSIZED, .status = 502, .body = "<html>" },
        { .body = TILL_TEST_INTENT ("succeeded") } },
      2 },
  };
  TillTestGateway *gateway = till_test_gateway_start (FALSE);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      till_test_gateway_tell (gateway, cases[i].answers, cases[i].requests);
      g_autoptr (TillChargeResult) result = charge (gateway);
      assert_result (result, TILL_CHARGE_APPROVED, NULL);
      g_assert_cmpuint (till_test_gateway_count (gateway), ==, cases[i].requests);
      g_autofree char *first = till_test_gateway_get_header (gateway, 0, "Idempotency-Key");
      g_autofree char *last
          = till_test_gateway_get_header (gateway, cases[i].requests - 1, "Idempotency-Key");
      g_assert_cmpstr (first, ==, last);
    }
  till_test_gateway_stop (gateway);
}

static void
test_redirect (void)
{
  TillTestGateway *gateway = till_test_gateway_start (FALSE);

  TELL ({ .status = 307, .headers = "Location: https://127.0.0.1:1/v1/payment_intents\r\n", .body = "" });
  g_autoptr (TillChargeResult) result = charge (gateway);
  assert_result (result, TILL_CHARGE_UNKNOWN, "bad-answer");
  g_assert_cmpuint (till_test_gateway_count (gateway), ==, 1);
  till_test_gateway_stop (gateway);
}

static void
test_retry_after (void)
{
  TillTestGateway *gateway = till_test_gateway_start (FALSE);

  TELL ({ .status = 429, .headers = "Retry-After: Thu, 01 Jan 1970 00:00:00 GMT\r\n", .body = "" },
        { .body = TILL_TEST_INTENT ("succeeded") });
  g_autoptr (TillChargeResult) passed = charge (gateway);
  assert_result (passed, TILL_CHARGE_APPROVED, NULL);
  TELL ({ .status = 429, .headers = "Retry-After: Wed, 01 Jan 2098 00:00:00 GMT\r\n", .body = "" });
  g_autoptr (TillChargeResult) too_long = charge (gateway);
  assert_result (too_long, TILL_CHARGE_UNKNOWN, "busy");
  g_assert_cmpuint (till_test_gateway_count (gateway), ==, 1);
  till_test_gateway_stop (gateway);
}

/* What the answers look like */

#define BARE(AMOUNT, MORE)                                                                                   \
  "{\"id\":\"pi_1test\",\"object\":\"payment_intent\",\"amount\":" AMOUNT                                    \
  ",\"currency\":\"eur\",\"status\":\"succeeded\"" MORE "}"
#define OURS ",\"metadata\":{\"sale\":\"$SALE\",\"attempt\":\"$ATTEMPT\"}"

static void
test_loose_intents (void)
{
  static const char *const believed[] = {
    BARE ("1250", ",\"customer\":{\"id\":\"cus_1\",\"object\":\"customer\"}" OURS),
    BARE ("1250", ",\"customer\":\"cus_1\",\"latest_charge\":null,\"amount_received\":null" OURS),
    BARE ("1250", ",\"customer\":\"cus_1\",\"latest_charge\":{\"id\":\"ch_1\"},\"amount_received\":1250,"
                  "\"invented\":[{\"a\":1.5e3}],\"last_payment_error\":null" OURS),
    BARE ("1250", ",\"customer\":\"cus_1\",\"last_payment_error\":{\"code\":\"card_declined\"}" OURS),
  };
  static const char *const not_believed[] = {
    BARE ("1250", ",\"customer\":\"cus_1\""),
    BARE ("1250", ",\"customer\":\"cus_1\",\"metadata\":null"),
    BARE ("1250", ",\"customer\":\"cus_1\",\"metadata\":{}"),
    BARE ("1251", ",\"customer\":\"cus_1\"" OURS),
    BARE ("\"1250\"", ",\"customer\":\"cus_1\"" OURS),
    BARE ("1250.0", ",\"customer\":\"cus_1\"" OURS),
    BARE ("1250", ",\"customer\":\"cus_2\"" OURS),
    BARE ("1250", ",\"customer\":\"cus_1\",\"amount_received\":1249" OURS),
  };
  TillTestGateway *gateway = till_test_gateway_start (FALSE);

  for (guint i = 0; i < G_N_ELEMENTS (believed); i++)
    {
      TELL ({ .status = i % 2 == 0 ? 200 : 201, .body = believed[i] });
      g_autoptr (TillChargeResult) result = charge (gateway);
      assert_result (result, TILL_CHARGE_APPROVED, NULL);
    }
  for (guint i = 0; i < G_N_ELEMENTS (not_believed); i++)
    {
      TELL ({ .body = not_believed[i] });
      g_autoptr (TillChargeResult) result = charge (gateway);
      assert_result (result, TILL_CHARGE_UNKNOWN, "bad-answer");
    }
  till_test_gateway_stop (gateway);
}

/* Lists */

#define KEY_REUSED                                                                                           \
  {                                                                                                          \
    .status = 400, .body = TILL_TEST_ERROR ("idempotency_error", "")                                         \
  }

/* A page with as many payments of others as fit, and nothing about more. */
static char *
make_full_page (char letter, gboolean has_more)
{
  GString *page = g_string_new ("{\"data\":[");

  for (guint i = 0; i < 100; i++)
    g_string_append_printf (page, "%s{\"id\":\"pi_%c%u\",\"metadata\":{\"attempt\":\"x\"}}", i > 0 ? "," : "",
                            letter, i);
  g_string_append (page, has_more ? "],\"has_more\":true}" : "]}");
  return g_string_free (page, FALSE);
}

/* An attempt without an answer, asked about: what the gateway then says is told by the caller. */
static TillChargeResult *
query (TillTestGateway *gateway, const TillTestAnswer *answers, guint n_answers)
{
  g_autoptr (TillProvider) provider = till_test_gateway_connect (gateway, PATIENT);
  g_autoptr (TillChargeRequest) request = till_test_request (PAYER, 1250);

  TELL ({ .body = TILL_TEST_INTENT ("processing") });
  g_autoptr (TillChargeResult) unknown = till_test_charge (provider, request);
  g_assert_cmpint (unknown->status, ==, TILL_CHARGE_UNKNOWN);
  till_test_gateway_tell (gateway, answers, n_answers);
  return till_test_query (provider, request);
}

static void
test_lists (void)
{
  TillTestGateway *gateway = till_test_gateway_start (FALSE);
  g_autofree char *full = make_full_page ('a', FALSE);
  g_autofree char *again = make_full_page ('a', TRUE);

  /* It goes on where the page is full and nothing says that it was the last. */
  const TillTestAnswer two_pages[]
      = { { .body = full }, { .body = "{\"data\":[" TILL_TEST_INTENT ("succeeded") "]}" } };
  g_autoptr (TillChargeResult) found = query (gateway, two_pages, G_N_ELEMENTS (two_pages));
  assert_result (found, TILL_CHARGE_APPROVED, NULL);
  g_autofree char *line = till_test_gateway_get_line (gateway, 1);
  g_assert_true (g_str_has_suffix (line, "starting_after=pi_a99"));

  /* It lists all payments where it can't have those of one customer. */
  const TillTestAnswer no_filter[]
      = { { .status = 400, .body = TILL_TEST_ERROR ("invalid_request_error", "parameter_unknown") },
          { .body = TILL_TEST_LIST (TILL_TEST_INTENT ("succeeded")) } };
  g_autoptr (TillChargeResult) unfiltered = query (gateway, no_filter, G_N_ELEMENTS (no_filter));
  assert_result (unfiltered, TILL_CHARGE_APPROVED, NULL);
  g_autofree char *bare_line = till_test_gateway_get_line (gateway, 1);
  g_assert_cmpstr (bare_line, ==, "GET /v1/payment_intents?limit=100");

  /* It does not go on for ever with a server that begins anew each time. */
  const TillTestAnswer same_page[] = { { .body = again } };
  g_autoptr (TillChargeResult) endless = query (gateway, same_page, G_N_ELEMENTS (same_page));
  assert_result (endless, TILL_CHARGE_UNKNOWN, "bad-answer");
  g_assert_cmpuint (till_test_gateway_count (gateway), ==, 2);
  till_test_gateway_stop (gateway);
}

/* A server that forgets metadata may have taken the money: that is not called declined. */
static void
test_forgotten_metadata (void)
{
  static const struct
  {
    const char *payment;
    const char *code;
  } lists[] = {
    { BARE ("1250", ",\"customer\":\"cus_1\""), "bad-answer" },
    { BARE ("1250", ",\"metadata\":null"), "bad-answer" },
    { BARE ("1249", ",\"customer\":\"cus_1\""), "not-listed" },
    { BARE ("1250", ",\"customer\":\"cus_2\""), "not-listed" },
    { BARE ("1250", ",\"customer\":\"cus_1\",\"metadata\":{\"attempt\":\"another\"}"), "not-listed" },
  };
  TillTestGateway *gateway = till_test_gateway_start (FALSE);

  for (guint i = 0; i < G_N_ELEMENTS (lists); i++)
    {
      g_autofree char *list = g_strdup_printf ("{\"object\":\"list\",\"data\":[%s]}", lists[i].payment);
      const TillTestAnswer answers[] = { { .body = list }, KEY_REUSED, { .body = list } };
      g_autoptr (TillChargeResult) result = query (gateway, answers, G_N_ELEMENTS (answers));
      assert_result (result, TILL_CHARGE_UNKNOWN, lists[i].code);
    }
  till_test_gateway_stop (gateway);
}

/* Certificates */

static void
assert_charged (TillProvider *provider, const char *payer, TillChargeStatus status, const char *code)
{
  g_autoptr (TillChargeRequest) request = till_test_request (payer, 1250);
  g_autoptr (TillChargeResult) result = till_test_charge (provider, request);

  assert_result (result, status, code);
  if (status == TILL_CHARGE_UNKNOWN)
    g_assert_false (result->sent);
}

static void
test_pinned (void)
{
  TillTestSandbox *sandbox = till_test_sandbox_start ();
  g_autofree char *path = g_strdup (till_test_sandbox_get_certificate (sandbox));
  TillProvider *provider = till_test_sandbox_connect (sandbox);
  g_autofree char *right = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *payer = till_test_register (provider, "pm_card_visa", &error);
  g_assert_no_error (error);

  /* What is in the file later does not matter to a provider that runs. */
  g_assert_true (g_file_get_contents (path, &right, NULL, NULL));
  g_assert_true (g_file_set_contents (path, "exchanged", -1, NULL));
  till_test_sandbox_kill (sandbox);
  g_assert_true (g_file_set_contents (path, right, -1, NULL));
  till_test_sandbox_restart (sandbox);
  g_assert_true (g_file_set_contents (path, "exchanged", -1, NULL));
  assert_charged (provider, payer, TILL_CHARGE_APPROVED, NULL);
  g_assert_true (g_file_set_contents (path, right, -1, NULL));

  /* Another certificate is another gateway, until somebody sets it up anew. A connection made before would go on. */
  till_test_sandbox_order (sandbox, "new_certificate", "POST", "/v1/", 1, 1);
  till_test_sandbox_kill (sandbox);
  till_test_sandbox_restart (sandbox);
  assert_charged (provider, payer, TILL_CHARGE_UNKNOWN, "unreachable");
  g_assert_finalize_object (provider);
  till_test_sandbox_stop (sandbox);
}

static void
test_unreadable_certificate (void)
{
  TillTestSandbox *sandbox = till_test_sandbox_start ();
  const char *path = till_test_sandbox_get_certificate (sandbox);
  g_autoptr (GError) error = NULL;

  g_assert_true (g_file_set_contents (path, "exchanged", -1, NULL));
  g_autoptr (TillStripeProvider) provider
      = till_stripe_provider_new (till_test_sandbox_get_url (sandbox), till_test_sandbox_get_trust (sandbox),
                                  till_test_sandbox_get_key (sandbox), &error);
  g_assert_null (provider);
  g_assert_error (error, TILL_ERROR, TILL_ERROR_INVALID);
  till_test_sandbox_stop (sandbox);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/payment/loose/unsized", test_unsized);
  g_test_add_func ("/payment/loose/redirect", test_redirect);
  g_test_add_func ("/payment/loose/retry-after", test_retry_after);
  g_test_add_func ("/payment/loose/intents", test_loose_intents);
  g_test_add_func ("/payment/loose/lists", test_lists);
  g_test_add_func ("/payment/loose/forgotten-metadata", test_forgotten_metadata);
  g_test_add_func ("/payment/loose/pinned", test_pinned);
  g_test_add_func ("/payment/loose/unreadable-certificate", test_unreadable_certificate);
  return g_test_run ();
}
