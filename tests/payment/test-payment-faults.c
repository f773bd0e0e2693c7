/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/till-error.h"
#include "till-test-gateway.h"
#include "till-test-wait.h"

#include <string.h>

/* The provider against a server that does everything wrong. */

#define PAYER "cus_1/pm_1"

/* Seconds: more than any answer takes, and enough to connect and no more than that. */
#define PATIENT   100
#define IMPATIENT 5

#define TELL(A) till_test_gateway_tell (gateway, A, G_N_ELEMENTS (A))
#define NOTHING                                                                                              \
  {                                                                                                          \
    TILL_TEST_ANSWER, 200, NULL, TILL_TEST_LIST ("")                                                         \
  }

static void
assert_result (const TillChargeResult *result, TillChargeStatus status, const char *code)
{
  g_test_message ("%s %s: %s", till_charge_status_to_string (result->status), result->code, result->message);
  g_assert_cmpint (result->status, ==, status);
  g_assert_cmpstr (result->code, ==, code);
}

static void
assert_line (TillTestGateway *gateway, guint index, const char *prefix)
{
  g_autofree char *line = till_test_gateway_get_line (gateway, index);

  g_assert_true (g_str_has_prefix (line, prefix));
}

/* One charge of 12.50 from @timeout seconds of patience. */
static TillChargeResult *
charge (TillTestGateway *gateway, guint timeout)
{
  g_autoptr (TillProvider) provider = till_test_gateway_connect (gateway, timeout);
  g_autoptr (TillChargeRequest) request = till_test_request (PAYER, 1250);

  return till_test_charge (provider, request);
}

/* What goes out */

static void
test_request (void)
{
  static const TillTestAnswer paid[] = { { .body = TILL_TEST_INTENT ("succeeded") } };
  static const struct
  {
    const char *field, *value;
  } fields[] = {
    { "amount", "1250" },
    { "currency", "eur" },
    { "customer", "cus_1" },
    { "payment_method", "pm_1" },
    { "confirm", "true" },
    { "off_session", "true" },
    { "payment_method_types[]", "card" },
  };
  TillTestGateway *gateway = till_test_gateway_start (FALSE);
  g_autoptr (TillProvider) provider = till_test_gateway_connect (gateway, PATIENT);
  g_autoptr (TillChargeRequest) request = till_test_request (PAYER, 1250);

  TELL (paid);
  g_autoptr (TillChargeResult) result = till_test_charge (provider, request);
  assert_result (result, TILL_CHARGE_APPROVED, NULL);
  g_assert_cmpstr (result->reference, ==, "pi_1test");
  g_assert_cmpuint (till_test_gateway_count (gateway), ==, 1);
  assert_line (gateway, 0, "POST /v1/payment_intents");

  g_autofree char *key = till_test_gateway_get_header (gateway, 0, "Idempotency-Key");
  g_autofree char *version = till_test_gateway_get_header (gateway, 0, "Stripe-Version");
  g_autofree char *agent = till_test_gateway_get_header (gateway, 0, "User-Agent");
  g_autofree char *authorization = till_test_gateway_get_header (gateway, 0, "Authorization");
  g_assert_cmpstr (key, ==, request->key);
  g_assert_cmpstr (version, ==, "2024-06-20");
  g_assert_true (g_str_has_prefix (agent, "Smiletill/"));
  g_assert_cmpstr (authorization, ==, "Basic c2tfdGVzdF8xOg==");

  g_autofree char *attempt = till_test_gateway_get_field (gateway, 0, "metadata[attempt]");
  g_autofree char *sale = till_test_gateway_get_field (gateway, 0, "metadata[sale]");
  g_assert_cmpstr (attempt, ==, request->attempt);
  g_assert_cmpstr (sale, ==, request->sale);
  for (guint i = 0; i < G_N_ELEMENTS (fields); i++)
    {
      g_autofree char *value = till_test_gateway_get_field (gateway, 0, fields[i].field);
      g_assert_cmpstr (value, ==, fields[i].value);
    }
  g_clear_object (&provider);
  till_test_gateway_stop (gateway);
}

/* One answer for everything */

static const struct
{
  const char *name;
  TillTestAnswer answer;
  const char *code;
  guint requests; /* 0 for any number */
} lies[] = {
  { "amount",
    { .body = "{\"id\":\"pi_1\",\"object\":\"payment_intent\",\"amount\":1,\"currency\":\"$CURRENCY\","
              "\"customer\":\"$CUSTOMER\",\"metadata\":{\"sale\":\"$SALE\",\"attempt\":\"$ATTEMPT\"},"
              "\"status\":\"succeeded\"}" },
    "bad-answer",
    1 },
  { "currency",
    { .body = "{\"id\":\"pi_1\",\"object\":\"payment_intent\",\"amount\":$AMOUNT,\"currency\":\"usd\","
              "\"customer\":\"$CUSTOMER\",\"metadata\":{\"sale\":\"$SALE\",\"attempt\":\"$ATTEMPT\"},"
              "\"status\":\"succeeded\"}" },
    "bad-answer",
    1 },
  { "metadata",
    { .body = "{\"id\":\"pi_1\",\"object\":\"payment_intent\",\"amount\":$AMOUNT,\"currency\":\"eur\","
              "\"customer\":\"$CUSTOMER\",\"metadata\":{\"sale\":\"$SALE\",\"attempt\":\"attempt_x\"},"
              "\"status\":\"succeeded\"}" },
    "bad-answer",
    1 },
  { "object",
    { .body = "{\"id\":\"ch_1\",\"object\":\"charge\",\"amount\":$AMOUNT,\"currency\":\"eur\","
              "\"metadata\":{\"sale\":\"$SALE\",\"attempt\":\"$ATTEMPT\"},\"status\":\"succeeded\"}" },
    "bad-answer",
    1 },
  { "half", { .body = "{\"id\":\"pi_1\",\"object\":\"payment_in" }, "bad-answer", 1 },
  { "nothing", { .body = "" }, "bad-answer", 1 },
  { "page", { .body = "<html>Welcome to the network of this hotel</html>" }, "bad-answer", 1 },
  { "redirect", { .status = 307, .headers = "Location: /v1/elsewhere\r\n" }, "bad-answer", 1 },
  { "far-redirect", { .status = 302, .headers = "Location: https://example.invalid/\r\n" }, "bad-answer", 1 },
  { "refused-by-page", { .status = 403, .body = "<html>" }, "bad-answer", 1 },
  { "processing", { .body = TILL_TEST_INTENT ("processing") }, "processing", 1 },
  { "endless", { .deed = TILL_TEST_ENDLESS, .body = "{" }, "bad-answer", 1 },
  { "conflict",
    { .status = 409, .body = TILL_TEST_ERROR ("idempotency_error", "idempotency_key_in_use") },
    "busy",
    4 },
  { "too-many",
    { .status = 429, .body = TILL_TEST_ERROR ("invalid_request_error", "rate_limit") },
    "busy",
    4 },
  { "too-many-for-an-hour",
    { .status = 429,
      .headers = "Retry-After: 3600\r\n",
      .body = TILL_TEST_ERROR ("invalid_request_error", "rate_limit") },
    "busy",
    1 },
  { "broken", { .status = 500, .body = TILL_TEST_ERROR ("api_error", "api_error") }, "server-error", 0 },
  { "broken-proxy", { .status = 502, .body = "<html>" }, "server-error", 0 },
  { "closes", { .deed = TILL_TEST_CLOSE }, "interrupted", 4 },
  { "cuts", { .deed = TILL_TEST_CUT, .body = TILL_TEST_INTENT ("succeeded") }, "interrupted", 4 },
};

static void
test_lies (void)
{
  TillTestGateway *gateway = till_test_gateway_start (FALSE);

  for (guint i = 0; i < G_N_ELEMENTS (lies); i++)
    {
      g_test_message ("%s", lies[i].name);
      till_test_gateway_tell (gateway, &lies[i].answer, 1);
      g_autoptr (TillChargeResult) result = charge (gateway, PATIENT);
      assert_result (result, TILL_CHARGE_UNKNOWN, lies[i].code);
      g_assert_true (result->sent);
      if (lies[i].requests != 0)
        g_assert_cmpuint (till_test_gateway_count (gateway), ==, lies[i].requests);
    }
  till_test_gateway_stop (gateway);
}

/* Time */

static void
test_times_out (void)
{
  static const TillTestAnswer slow[]
      = { { .deed = TILL_TEST_SILENCE }, { .deed = TILL_TEST_DRIP, .body = TILL_TEST_INTENT ("succeeded") } };
  TillTestGateway *gateway = till_test_gateway_start (FALSE);

  for (guint i = 0; i < G_N_ELEMENTS (slow); i++)
    {
      till_test_gateway_tell (gateway, &slow[i], 1);
      g_autoptr (TillChargeResult) result = charge (gateway, IMPATIENT);
      assert_result (result, TILL_CHARGE_UNKNOWN, "timed-out");
      g_assert_true (result->sent);
    }
  till_test_gateway_stop (gateway);
}

static void
cancel_now (TillProvider *provider, const char *attempt, gpointer cancellable)
{
  g_cancellable_cancel (cancellable);
}

static TillChargeResult *
charge_cancelled (TillTestGateway *gateway, gboolean before)
{
  g_autoptr (TillProvider) provider = till_test_gateway_connect (gateway, PATIENT);
  g_autoptr (TillChargeRequest) request = till_test_request (PAYER, 1250);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  GAsyncResult *kept = NULL;

  if (before)
    g_cancellable_cancel (cancellable);
  else
    g_signal_connect (provider, "sending", G_CALLBACK (cancel_now), cancellable);
  till_provider_charge_async (provider, request, cancellable, till_test_keep, &kept);
  g_autoptr (GAsyncResult) result = till_test_wait (&kept);
  return till_provider_charge_finish (provider, result);
}

static void
test_cancelled (void)
{
  static const TillTestAnswer silence[] = { { .deed = TILL_TEST_SILENCE } };
  TillTestGateway *gateway = till_test_gateway_start (FALSE);

  TELL (silence);
  g_autoptr (TillChargeResult) before = charge_cancelled (gateway, TRUE);
  g_autoptr (TillChargeResult) after = charge_cancelled (gateway, FALSE);
  assert_result (before, TILL_CHARGE_DECLINED, "cancelled");
  g_assert_false (before->sent);
  assert_result (after, TILL_CHARGE_UNKNOWN, "interrupted");
  g_assert_true (after->sent);
  till_test_gateway_stop (gateway);
}

/* Nothing is sent to somebody who is not the gateway */

static void
test_wrong_certificate (void)
{
  static const TillTestAnswer paid[] = { { .body = TILL_TEST_INTENT ("succeeded") } };
  TillTestGateway *gateway = till_test_gateway_start (FALSE);
  g_autoptr (TillProvider) provider = till_test_gateway_connect_mistrusting (gateway);
  g_autoptr (TillChargeRequest) request = till_test_request (PAYER, 1250);

  TELL (paid);
  g_autoptr (TillChargeResult) result = till_test_charge (provider, request);
  assert_result (result, TILL_CHARGE_UNKNOWN, "unreachable");
  g_assert_false (result->sent);
  g_assert_cmpuint (till_test_gateway_count (gateway), ==, 0);
  g_clear_object (&provider);
  till_test_gateway_stop (gateway);
}

static void
test_plain_http (void)
{
  static const TillTestAnswer paid[] = { { .body = TILL_TEST_INTENT ("succeeded") } };
  TillTestGateway *gateway = till_test_gateway_start (TRUE);

  TELL (paid);
  g_autoptr (TillChargeResult) result = charge (gateway, IMPATIENT);
  assert_result (result, TILL_CHARGE_UNKNOWN, "unreachable");
  g_assert_false (result->sent);
  till_test_gateway_stop (gateway);
}

/* What is tried again, and how it ends */

static void
test_recovers (void)
{
  static const TillTestAnswer troubles[][2] = {
    { { .deed = TILL_TEST_CLOSE }, { .body = TILL_TEST_INTENT ("succeeded") } },
    { { .deed = TILL_TEST_CUT, .body = TILL_TEST_INTENT ("succeeded") },
      { .body = TILL_TEST_INTENT ("succeeded") } },
    { { .status = 409, .body = "" }, { .body = TILL_TEST_INTENT ("succeeded") } },
    { { .status = 429, .headers = "Retry-After: 1\r\n" }, { .body = TILL_TEST_INTENT ("succeeded") } },
    { { .status = 500, .body = "" }, { .body = TILL_TEST_INTENT ("succeeded") } },
    { { .status = 503, .body = "" }, { .body = TILL_TEST_INTENT ("succeeded") } },
  };
  TillTestGateway *gateway = till_test_gateway_start (FALSE);

  for (guint i = 0; i < G_N_ELEMENTS (troubles); i++)
    {
      TELL (troubles[i]);
      g_autoptr (TillChargeResult) result = charge (gateway, PATIENT);
      assert_result (result, TILL_CHARGE_APPROVED, NULL);
      g_assert_cmpuint (till_test_gateway_count (gateway), ==, 2);
      g_autofree char *first = till_test_gateway_get_header (gateway, 0, "Idempotency-Key");
      g_autofree char *second = till_test_gateway_get_header (gateway, 1, "Idempotency-Key");
      g_assert_cmpstr (first, ==, second);
    }
  till_test_gateway_stop (gateway);
}

/* The gateway closed the connection while nobody paid. */
static void
test_stale_connection (void)
{
  static const TillTestAnswer answers[] = {
    { .body = TILL_TEST_INTENT ("succeeded") },
    { .deed = TILL_TEST_CLOSE_UNREAD },
    { .body = TILL_TEST_INTENT ("succeeded") },
  };
  TillTestGateway *gateway = till_test_gateway_start (FALSE);
  g_autoptr (TillProvider) provider = till_test_gateway_connect (gateway, PATIENT);

  TELL (answers);
  for (guint i = 0; i < 2; i++)
    {
      g_autoptr (TillChargeRequest) request = till_test_request (PAYER, 1250);
      g_autoptr (TillChargeResult) result = till_test_charge (provider, request);
      assert_result (result, TILL_CHARGE_APPROVED, NULL);
    }
  g_assert_cmpuint (till_test_gateway_count (gateway), ==, 2);
  g_clear_object (&provider);
  till_test_gateway_stop (gateway);
}

/* A 401 says nothing about the request before it, which was not answered. */
static void
test_refusal_after_doubt (void)
{
  static const TillTestAnswer answers[] = {
    { .deed = TILL_TEST_CLOSE },
    { .status = 401, .body = TILL_TEST_ERROR ("invalid_request_error", "api_key_expired") },
    { .body = TILL_TEST_LIST (TILL_TEST_INTENT ("succeeded")) },
  };
  static const TillTestAnswer refused[]
      = { { .status = 401, .body = TILL_TEST_ERROR ("invalid_request_error", "api_key_expired") } };
  TillTestGateway *gateway = till_test_gateway_start (FALSE);

  TELL (answers);
  g_autoptr (TillChargeResult) found = charge (gateway, PATIENT);
  assert_result (found, TILL_CHARGE_APPROVED, NULL);
  TELL (refused);
  g_autoptr (TillChargeResult) certain = charge (gateway, PATIENT);
  assert_result (certain, TILL_CHARGE_DECLINED, "api_key_expired");
  till_test_gateway_stop (gateway);
}

/* A 500 repeated for ever is looked up. */
static void
test_replayed_500 (void)
{
  static const TillTestAnswer carried_out[] = {
    { .status = 500, .headers = "Idempotent-Replayed: true\r\n" },
    { .body = TILL_TEST_LIST (TILL_TEST_INTENT ("succeeded")) },
  };
  static const TillTestAnswer never_came[] = {
    { .status = 500, .headers = "Stripe-Should-Retry: false\r\n" },
    NOTHING,
    { .body = TILL_TEST_INTENT_MORE ("requires_payment_method", ",\"x\":1") },
    { .body = TILL_TEST_INTENT ("canceled") },
  };
  TillTestGateway *gateway = till_test_gateway_start (FALSE);

  TELL (carried_out);
  g_autoptr (TillChargeResult) found = charge (gateway, PATIENT);
  assert_result (found, TILL_CHARGE_APPROVED, NULL);
  assert_line (gateway, 1, "GET /v1/payment_intents?limit=100&customer=cus_1");

  TELL (never_came);
  g_autoptr (TillChargeResult) barred = charge (gateway, PATIENT);
  g_assert_cmpint (barred->status, ==, TILL_CHARGE_DECLINED);
  assert_line (gateway, 3, "POST /v1/payment_intents/pi_1test/cancel");
  g_autofree char *first = till_test_gateway_get_header (gateway, 0, "Idempotency-Key");
  g_autofree char *barrier = till_test_gateway_get_header (gateway, 2, "Idempotency-Key");
  g_autofree char *confirm = till_test_gateway_get_field (gateway, 2, "confirm");
  g_autofree char *method = till_test_gateway_get_field (gateway, 2, "payment_method");
  g_assert_cmpstr (first, ==, barrier);
  g_assert_null (confirm);
  g_assert_null (method);
  till_test_gateway_stop (gateway);
}

/* Payments that wait for something */

static void
test_unheard_confirm (void)
{
  static const TillTestAnswer answers[] = { { .body = TILL_TEST_INTENT ("requires_confirmation") },
                                            { .body = TILL_TEST_INTENT ("succeeded") } };
  static const TillTestAnswer never[] = {
    { .body = TILL_TEST_INTENT ("requires_confirmation") },
    { .body = TILL_TEST_INTENT ("requires_confirmation") },
    { .body = TILL_TEST_INTENT ("canceled") },
  };
  TillTestGateway *gateway = till_test_gateway_start (FALSE);

  TELL (answers);
  g_autoptr (TillChargeResult) result = charge (gateway, PATIENT);
  assert_result (result, TILL_CHARGE_APPROVED, NULL);
  assert_line (gateway, 1, "POST /v1/payment_intents/pi_1test/confirm");
  g_autofree char *first = till_test_gateway_get_header (gateway, 0, "Idempotency-Key");
  g_autofree char *second = till_test_gateway_get_header (gateway, 1, "Idempotency-Key");
  g_assert_cmpstr (first, !=, second);
  g_assert_true (g_str_has_prefix (second, first));

  TELL (never);
  g_autoptr (TillChargeResult) cancelled = charge (gateway, PATIENT);
  assert_result (cancelled, TILL_CHARGE_DECLINED, "declined");
  assert_line (gateway, 2, "POST /v1/payment_intents/pi_1test/cancel");
  till_test_gateway_stop (gateway);
}

static void
test_wants_the_customer (void)
{
  static const TillTestAnswer cancelled[]
      = { { .body = TILL_TEST_INTENT ("requires_action") }, { .body = TILL_TEST_INTENT ("canceled") } };
  static const TillTestAnswer not_cancelled[] = { { .body = TILL_TEST_INTENT ("requires_action") },
                                                  { .body = TILL_TEST_INTENT ("requires_action") } };
  static const TillTestAnswer too_late[] = {
    { .body = TILL_TEST_INTENT ("requires_action") },
    { .status = 400,
      .body = "{\"error\":{\"type\":\"invalid_request_error\",\"code\":\"payment_intent_unexpected_state\","
              "\"payment_intent\":" TILL_TEST_INTENT ("succeeded") "}}" },
  };
  TillTestGateway *gateway = till_test_gateway_start (FALSE);

  TELL (cancelled);
  g_autoptr (TillChargeResult) declined = charge (gateway, PATIENT);
  assert_result (declined, TILL_CHARGE_DECLINED, "requires-action");
  g_autofree char *length = till_test_gateway_get_header (gateway, 1, "Content-Length");
  g_assert_cmpstr (length, ==, "0");
  TELL (not_cancelled);
  g_autoptr (TillChargeResult) unsure = charge (gateway, PATIENT);
  assert_result (unsure, TILL_CHARGE_UNKNOWN, "bad-answer");
  TELL (too_late);
  g_autoptr (TillChargeResult) late = charge (gateway, PATIENT);
  assert_result (late, TILL_CHARGE_UNKNOWN, "busy");
  till_test_gateway_stop (gateway);
}

/* Lists */

static const struct
{
  const char *name;
  TillTestAnswer answers[4];
  TillChargeStatus status;
  const char *code;
} lists[] = {
  { "twice",
    { { .body = TILL_TEST_LIST (TILL_TEST_INTENT (
            "succeeded") ","
                         "{\"id\":\"pi_2\",\"object\":\"payment_intent\",\"amount\":$AMOUNT,"
                         "\"currency\":\"eur\",\"customer\":\"$CUSTOMER\",\"metadata\":{\"sale\":\"$SALE\","
                         "\"attempt\":\"$ATTEMPT\"},\"status\":\"succeeded\"}") } },
    TILL_CHARGE_UNKNOWN,
    "bad-answer" },
  { "no list", { { .body = "{\"object\":\"payment_intent\"}" } }, TILL_CHARGE_UNKNOWN, "bad-answer" },
  { "strange element", { { .body = TILL_TEST_LIST ("7") } }, TILL_CHARGE_UNKNOWN, "bad-answer" },
  { "refused",
    { { .status = 401, .body = TILL_TEST_ERROR ("invalid_request_error", "x") } },
    TILL_CHARGE_UNKNOWN,
    "bad-answer" },
  { "broken", { { .status = 500 } }, TILL_CHARGE_UNKNOWN, "server-error" },
  { "never ends",
    { { .body = "{\"object\":\"list\",\"data\":[{\"id\":\"pi_x\"}],\"has_more\":true}" } },
    TILL_CHARGE_UNKNOWN,
    "bad-answer" },
  { "came, and is not there",
    { NOTHING, { .status = 400, .body = TILL_TEST_ERROR ("idempotency_error", "") }, NOTHING },
    TILL_CHARGE_UNKNOWN,
    "not-listed" },
  { "came while asking",
    { NOTHING,
      { .status = 400, .body = TILL_TEST_ERROR ("idempotency_error", "") },
      { .body = TILL_TEST_LIST (TILL_TEST_INTENT ("succeeded")) } },
    TILL_CHARGE_APPROVED,
    NULL },
  { "answer replayed whatever is asked",
    { NOTHING, { .body = TILL_TEST_INTENT ("succeeded") } },
    TILL_CHARGE_APPROVED,
    NULL },
  { "under way", { NOTHING, { .status = 409 } }, TILL_CHARGE_UNKNOWN, "busy" },
  { "left unconfirmed",
    { { .body = TILL_TEST_LIST (TILL_TEST_INTENT ("requires_confirmation")) },
      { .body = TILL_TEST_INTENT ("canceled") } },
    TILL_CHARGE_DECLINED,
    "declined" },
};

static const TillTestAnswer undecided[] = { { .body = TILL_TEST_INTENT ("processing") } };

static void
test_lists (void)
{
  TillTestGateway *gateway = till_test_gateway_start (FALSE);

  for (guint i = 0; i < G_N_ELEMENTS (lists); i++)
    {
      g_autoptr (TillProvider) provider = till_test_gateway_connect (gateway, PATIENT);
      g_autoptr (TillChargeRequest) request = till_test_request (PAYER, 1250);
      guint n_answers = 0;

      g_test_message ("%s", lists[i].name);
      TELL (undecided);
      g_autoptr (TillChargeResult) unknown = till_test_charge (provider, request);
      assert_result (unknown, TILL_CHARGE_UNKNOWN, "processing");

      while (n_answers < G_N_ELEMENTS (lists[i].answers)
             && (lists[i].answers[n_answers].body != NULL || lists[i].answers[n_answers].status != 0))
        n_answers++;
      till_test_gateway_tell (gateway, lists[i].answers, n_answers);
      g_autoptr (TillChargeResult) result = till_test_query (provider, request);
      assert_result (result, lists[i].status, lists[i].code);
    }
  till_test_gateway_stop (gateway);
}

static void
test_pages (void)
{
  static const TillTestAnswer pages[] = {
    { .body = TILL_TEST_INTENT ("processing") },
    { .body = "{\"object\":\"list\",\"data\":[{\"id\":\"pi_a\"},{\"id\":\"pi_b\"}],\"has_more\":true}" },
    { .body = "{\"object\":\"list\",\"data\":[{\"id\":\"pi_c\"}," TILL_TEST_INTENT (
          "succeeded") "],\"has_more\":true}" },
  };
  TillTestGateway *gateway = till_test_gateway_start (FALSE);
  g_autoptr (TillProvider) provider = till_test_gateway_connect (gateway, PATIENT);
  g_autoptr (TillChargeRequest) request = till_test_request (PAYER, 1250);

  TELL (pages);
  g_autoptr (TillChargeResult) unknown = till_test_charge (provider, request);
  g_autoptr (TillChargeResult) found = till_test_query (provider, request);
  assert_result (found, TILL_CHARGE_APPROVED, NULL);
  g_assert_cmpuint (till_test_gateway_count (gateway), ==, 3);
  g_autofree char *line = till_test_gateway_get_line (gateway, 2);
  g_assert_cmpstr (line, ==, "GET /v1/payment_intents?limit=100&customer=cus_1&starting_after=pi_b");
  g_clear_object (&provider);
  till_test_gateway_stop (gateway);
}

/* Refunds */

static void
test_refunds (void)
{
  static const struct
  {
    const char *name;
    TillTestAnswer answer;
    TillChargeStatus status;
    const char *code;
  } refunds[] = {
    { "done",
      { .body = "{\"object\":\"refund\",\"id\":\"re_1\",\"amount\":$AMOUNT,\"currency\":\"eur\",\"payment_"
                "intent\":\"pi_1\",\"status\":\"succeeded\"}" },
      TILL_CHARGE_APPROVED,
      NULL },
    { "pending",
      { .body = "{\"object\":\"refund\",\"id\":\"re_1\",\"amount\":$AMOUNT,\"currency\":\"eur\",\"payment_"
                "intent\":\"pi_1\",\"status\":\"pending\"}" },
      TILL_CHARGE_UNKNOWN,
      "processing" },
    { "failed",
      { .body = "{\"object\":\"refund\",\"id\":\"re_1\",\"amount\":$AMOUNT,\"currency\":\"eur\",\"payment_"
                "intent\":\"pi_1\",\"status\":\"failed\"}" },
      TILL_CHARGE_DECLINED,
      "failed" },
    { "of another payment",
      { .body = "{\"object\":\"refund\",\"id\":\"re_1\",\"amount\":$AMOUNT,\"currency\":\"eur\",\"payment_"
                "intent\":\"pi_2\",\"status\":\"succeeded\"}" },
      TILL_CHARGE_UNKNOWN,
      "bad-answer" },
    { "of another amount",
      { .body = "{\"object\":\"refund\",\"id\":\"re_1\",\"amount\":1,\"currency\":\"eur\",\"payment_intent\":"
                "\"pi_1\",\"status\":\"succeeded\"}" },
      TILL_CHARGE_UNKNOWN,
      "bad-answer" },
    { "refused",
      { .status = 400, .body = TILL_TEST_ERROR ("invalid_request_error", "charge_already_refunded") },
      TILL_CHARGE_DECLINED,
      "charge_already_refunded" },
    { "broken", { .status = 500 }, TILL_CHARGE_UNKNOWN, "server-error" },
    { "closed", { .deed = TILL_TEST_CLOSE }, TILL_CHARGE_UNKNOWN, "interrupted" },
  };
  TillTestGateway *gateway = till_test_gateway_start (FALSE);
  g_autoptr (TillProvider) provider = till_test_gateway_connect (gateway, PATIENT);

  for (guint i = 0; i < G_N_ELEMENTS (refunds); i++)
    {
      g_test_message ("%s", refunds[i].name);
      till_test_gateway_tell (gateway, &refunds[i].answer, 1);
      g_autoptr (TillChargeResult) result = till_test_refund (provider, "pi_1", 250, "refund_1");
      assert_result (result, refunds[i].status, refunds[i].code);
    }
  g_clear_object (&provider);
  till_test_gateway_stop (gateway);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/payment/faults/request", test_request);
  g_test_add_func ("/payment/faults/lies", test_lies);
  g_test_add_func ("/payment/faults/times-out", test_times_out);
  g_test_add_func ("/payment/faults/cancelled", test_cancelled);
  g_test_add_func ("/payment/faults/wrong-certificate", test_wrong_certificate);
  g_test_add_func ("/payment/faults/plain-http", test_plain_http);
  g_test_add_func ("/payment/faults/recovers", test_recovers);
  g_test_add_func ("/payment/faults/stale-connection", test_stale_connection);
  g_test_add_func ("/payment/faults/refusal-after-doubt", test_refusal_after_doubt);
  g_test_add_func ("/payment/faults/replayed-500", test_replayed_500);
  g_test_add_func ("/payment/faults/unheard-confirm", test_unheard_confirm);
  g_test_add_func ("/payment/faults/wants-the-customer", test_wants_the_customer);
  g_test_add_func ("/payment/faults/lists", test_lists);
  g_test_add_func ("/payment/faults/pages", test_pages);
  g_test_add_func ("/payment/faults/refunds", test_refunds);
  return g_test_run ();
}
