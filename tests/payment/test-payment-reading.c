/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "payment/till-stripe-amount.h"
#include "payment/till-stripe-form.h"
#include "payment/till-stripe-json.h"
#include "payment/till-stripe-reading.h"

#include "base/till-error.h"

#include <string.h>

#define ROUNDS 20000

static TillChargeRequest *
make_request (void)
{
  TillMoney amount = { .minor = 1250, .currency = "EUR" };

  return till_charge_request_new ("attempt_1", "sale_1", "key_1", "cus_1/pm_1", &amount);
}

static TillStripeReading *
read_text (guint status, const char *text)
{
  g_autoptr (TillChargeRequest) request = make_request ();
  g_autoptr (GBytes) body = g_bytes_new (text, strlen (text));

  return till_stripe_read_answer (status, body, request);
}

/* Intents */

#define INTENT(ID, OBJECT, AMOUNT, CURRENCY, CUSTOMER, SALE, ATTEMPT, STATUS)                                \
  "{\"id\":" ID ",\"object\":" OBJECT ",\"amount\":" AMOUNT ",\"currency\":" CURRENCY                        \
  ",\"customer\":" CUSTOMER ",\"metadata\":{\"sale\":" SALE ",\"attempt\":" ATTEMPT "},\"status\":" STATUS   \
  "}"
#define GOOD(STATUS)                                                                                         \
  INTENT ("\"pi_1\"", "\"payment_intent\"", "1250", "\"eur\"", "\"cus_1\"", "\"sale_1\"", "\"attempt_1\"",   \
          STATUS)

static const struct
{
  const char *name;
  const char *body;
  TillStripeVerdict verdict;
} intents[] = {
  { "succeeded", GOOD ("\"succeeded\""), TILL_STRIPE_SUCCEEDED },
  { "cancelled", GOOD ("\"canceled\""), TILL_STRIPE_DECLINED },
  { "no method", GOOD ("\"requires_payment_method\""), TILL_STRIPE_DECLINED },
  { "unconfirmed", GOOD ("\"requires_confirmation\""), TILL_STRIPE_UNCONFIRMED },
  { "wants the customer", GOOD ("\"requires_action\""), TILL_STRIPE_REVOCABLE },
  { "only authorised", GOOD ("\"requires_capture\""), TILL_STRIPE_REVOCABLE },
  { "processing", GOOD ("\"processing\""), TILL_STRIPE_PROCESSING },
  { "unknown status", GOOD ("\"splendid\""), TILL_STRIPE_UNBELIEVABLE },
  { "status of another type", GOOD ("true"), TILL_STRIPE_UNBELIEVABLE },
  { "no id",
    INTENT ("null",
            "\"payment_intent\"",
            "1250",
            "\"eur\"",
            "\"cus_1\"",
            "\"sale_1\"",
            "\"attempt_1\"",
            "\"succeeded\""),
    TILL_STRIPE_UNBELIEVABLE },
  { "id of a charge",
    INTENT ("\"ch_1\"",
            "\"payment_intent\"",
            "1250",
            "\"eur\"",
            "\"cus_1\"",
            "\"sale_1\"",
            "\"attempt_1\"",
            "\"succeeded\""),
    TILL_STRIPE_UNBELIEVABLE },
  { "id that leaves the path",
    INTENT ("\"pi_1/../../x\"",
            "\"payment_intent\"",
            "1250",
            "\"eur\"",
            "\"cus_1\"",
            "\"sale_1\"",
            "\"attempt_1\"",
            "\"succeeded\""),
    TILL_STRIPE_UNBELIEVABLE },
  { "another object",
    INTENT ("\"pi_1\"",
            "\"charge\"",
            "1250",
            "\"eur\"",
            "\"cus_1\"",
            "\"sale_1\"",
            "\"attempt_1\"",
            "\"succeeded\""),
    TILL_STRIPE_UNBELIEVABLE },
  { "another amount",
    INTENT ("\"pi_1\"",
            "\"payment_intent\"",
            "1251",
            "\"eur\"",
            "\"cus_1\"",
            "\"sale_1\"",
            "\"attempt_1\"",
            "\"succeeded\""),
    TILL_STRIPE_UNBELIEVABLE },
  { "amount as text",
    INTENT ("\"pi_1\"",
            "\"payment_intent\"",
            "\"1250\"",
            "\"eur\"",
            "\"cus_1\"",
            "\"sale_1\"",
            "\"attempt_1\"",
            "\"succeeded\""),
    TILL_STRIPE_UNBELIEVABLE },
  { "amount with a fraction",
    INTENT ("\"pi_1\"",
            "\"payment_intent\"",
            "1250.0",
            "\"eur\"",
            "\"cus_1\"",
            "\"sale_1\"",
            "\"attempt_1\"",
            "\"succeeded\""),
    TILL_STRIPE_UNBELIEVABLE },
  { "another currency",
    INTENT ("\"pi_1\"",
            "\"payment_intent\"",
            "1250",
            "\"usd\"",
            "\"cus_1\"",
            "\"sale_1\"",
            "\"attempt_1\"",
            "\"succeeded\""),
    TILL_STRIPE_UNBELIEVABLE },
  { "another customer",
    INTENT ("\"pi_1\"",
            "\"payment_intent\"",
            "1250",
            "\"eur\"",
            "\"cus_2\"",
            "\"sale_1\"",
            "\"attempt_1\"",
            "\"succeeded\""),
    TILL_STRIPE_UNBELIEVABLE },
  { "another sale",
    INTENT ("\"pi_1\"",
            "\"payment_intent\"",
            "1250",
            "\"eur\"",
            "\"cus_1\"",
            "\"sale_2\"",
            "\"attempt_1\"",
            "\"succeeded\""),
    TILL_STRIPE_UNBELIEVABLE },
  { "another attempt",
    INTENT ("\"pi_1\"",
            "\"payment_intent\"",
            "1250",
            "\"eur\"",
            "\"cus_1\"",
            "\"sale_1\"",
            "\"attempt_2\"",
            "\"succeeded\""),
    TILL_STRIPE_UNBELIEVABLE },
  { "no metadata",
    "{\"id\":\"pi_1\",\"object\":\"payment_intent\",\"amount\":1250,\"currency\":\"eur\",\"customer\":\"cus_"
    "1\",\"status\":\"succeeded\"}",
    TILL_STRIPE_UNBELIEVABLE },
  { "less received",
    "{\"id\":\"pi_1\",\"object\":\"payment_intent\",\"amount\":1250,\"amount_received\":1,\"currency\":"
    "\"eur\",\"customer\":\"cus_1\",\"metadata\":{\"sale\":\"sale_1\",\"attempt\":\"attempt_1\"},\"status\":"
    "\"succeeded\"}",
    TILL_STRIPE_UNBELIEVABLE },
  { "customer expanded",
    INTENT ("\"pi_1\"",
            "\"payment_intent\"",
            "1250",
            "\"EUR\"",
            "{\"id\":\"cus_1\"}",
            "\"sale_1\"",
            "\"attempt_1\"",
            "\"succeeded\""),
    TILL_STRIPE_SUCCEEDED },
  { "nothing", "", TILL_STRIPE_UNBELIEVABLE },
  { "a list", "[]", TILL_STRIPE_UNBELIEVABLE },
  { "a word", "null", TILL_STRIPE_UNBELIEVABLE },
  { "half", "{\"id\":\"pi_1\",\"object\":\"payment_in", TILL_STRIPE_UNBELIEVABLE },
  { "a page", "<html><body>Proxy error</body></html>", TILL_STRIPE_UNBELIEVABLE },
  { "no UTF-8", "{\"id\":\"\xff\xfe\"}", TILL_STRIPE_UNBELIEVABLE },
};

static void
test_intents (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (intents); i++)
    {
      g_autoptr (TillStripeReading) reading = read_text (200, intents[i].body);
      g_test_message ("%s", intents[i].name);
      g_assert_cmpint (reading->verdict, ==, intents[i].verdict);
    }
}

/* Errors */

#define ERROR(MEMBERS) "{\"error\":{" MEMBERS "}}"
#define DECLINED                                                                                             \
  "\"type\":\"card_error\",\"code\":\"card_declined\",\"decline_code\":\"lost_card\",\"message\":\"No.\""
#define AUTHENTICATE "\"type\":\"card_error\",\"code\":\"authentication_required\",\"message\":\"No.\""

static const struct
{
  const char *name;
  guint status;
  const char *body;
  TillStripeVerdict verdict;
  const char *code;
} errors[] = {
  { "declined", 402, ERROR (DECLINED), TILL_STRIPE_DECLINED, "lost_card" },
  { "declined without details", 402, ERROR ("\"type\":\"card_error\",\"code\":\"expired_card\""),
    TILL_STRIPE_DECLINED, "expired_card" },
  { "declined about ours", 402, ERROR (DECLINED ",\"payment_intent\":" GOOD ("\"requires_payment_method\"")),
    TILL_STRIPE_DECLINED, "lost_card" },
  { "declined and paid", 402, ERROR (DECLINED ",\"payment_intent\":" GOOD ("\"succeeded\"")),
    TILL_STRIPE_UNBELIEVABLE, NULL },
  { "declined and processing", 402, ERROR (DECLINED ",\"payment_intent\":" GOOD ("\"processing\"")),
    TILL_STRIPE_UNBELIEVABLE, NULL },
  { "declined, still to confirm", 402,
    ERROR (DECLINED ",\"payment_intent\":" GOOD ("\"requires_confirmation\"")), TILL_STRIPE_REVOCABLE,
    "lost_card" },
  { "declined about another", 402,
    ERROR (DECLINED ",\"payment_intent\":" INTENT ("\"pi_1\"",
                                                   "\"payment_intent\"",
                                                   "1250",
                                                   "\"eur\"",
                                                   "\"cus_1\"",
                                                   "\"sale_1\"",
                                                   "\"attempt_9\"",
                                                   "\"canceled\"")),
    TILL_STRIPE_UNBELIEVABLE, NULL },
  { "wants the customer", 402,
    ERROR (AUTHENTICATE ",\"payment_intent\":" GOOD ("\"requires_payment_method\"")), TILL_STRIPE_REVOCABLE,
    "authentication_required" },
  { "wants the customer, cancelled", 402, ERROR (AUTHENTICATE ",\"payment_intent\":" GOOD ("\"canceled\"")),
    TILL_STRIPE_DECLINED, "authentication_required" },
  { "bad parameter", 400, ERROR ("\"type\":\"invalid_request_error\",\"code\":\"amount_too_small\""),
    TILL_STRIPE_REFUSED, "amount_too_small" },
  { "bad key", 401, ERROR ("\"type\":\"invalid_request_error\""), TILL_STRIPE_REFUSED,
    "invalid_request_error" },
  { "not found", 404, ERROR ("\"type\":\"invalid_request_error\",\"code\":\"resource_missing\""),
    TILL_STRIPE_REFUSED, "resource_missing" },
  { "code that is no code", 400, ERROR ("\"type\":\"invalid_request_error\",\"code\":\"<b>\\n\""),
    TILL_STRIPE_REFUSED, "invalid_request_error" },
  { "key reused", 400, ERROR ("\"type\":\"idempotency_error\""), TILL_STRIPE_KEY_REUSED, NULL },
  { "key in use", 400, ERROR ("\"type\":\"idempotency_error\",\"code\":\"idempotency_key_in_use\""),
    TILL_STRIPE_BUSY, NULL },
  { "conflict", 409, "", TILL_STRIPE_BUSY, NULL },
  { "too many", 429, "<html>", TILL_STRIPE_BUSY, NULL },
  { "broken", 500, ERROR ("\"type\":\"api_error\""), TILL_STRIPE_SERVER_ERROR, NULL },
  { "broken gateway", 502, "<html>", TILL_STRIPE_SERVER_ERROR, NULL },
  { "redirect", 302, "", TILL_STRIPE_UNBELIEVABLE, NULL },
  { "created", 201, GOOD ("\"succeeded\""), TILL_STRIPE_SUCCEEDED, NULL },
  { "accepted", 202, GOOD ("\"succeeded\""), TILL_STRIPE_UNBELIEVABLE, NULL },
  { "refused without type", 404, ERROR ("\"message\":\"No.\""), TILL_STRIPE_REFUSED, "refused" },
  { "declined without type", 402, ERROR ("\"message\":\"No.\""), TILL_STRIPE_DECLINED, "declined" },
  { "refused without shape", 400, "{}", TILL_STRIPE_UNBELIEVABLE, NULL },
  { "refused by a page", 403, "<html>", TILL_STRIPE_UNBELIEVABLE, NULL },
  { "a teapot", 418, ERROR (DECLINED), TILL_STRIPE_UNBELIEVABLE, NULL },
};

static void
test_errors (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (errors); i++)
    {
      g_autoptr (TillStripeReading) reading = read_text (errors[i].status, errors[i].body);
      g_test_message ("%s", errors[i].name);
      g_assert_cmpint (reading->verdict, ==, errors[i].verdict);
      if (errors[i].code != NULL)
        g_assert_cmpstr (reading->code, ==, errors[i].code);
    }
}

/* JSON */

static void
test_deep_json (void)
{
  const gsize depth = 200 * 1024;
  g_autofree char *text = g_malloc (depth);
  g_autoptr (GError) error = NULL;

  /* As many closed as opened, or it would be refused for that. */
  memset (text, '[', depth / 2);
  memset (text + depth / 2, ']', depth / 2);
  memcpy (text, "{\"a\":", 5);
  memcpy (text + depth - 5, "    }", 5);
  g_autoptr (GBytes) open = g_bytes_new (text, depth);
  g_assert_null (till_stripe_json_read (open, &error));
  g_assert_error (error, TILL_ERROR, TILL_ERROR_INVALID);
  g_clear_error (&error);

  /* A quote inside a comment would make the rest look like a string. */
  memcpy (text, "{/*\"*/\"a\":", 10);
  g_autoptr (GBytes) comment = g_bytes_new (text, depth);
  g_assert_null (till_stripe_json_read (comment, &error));
  g_assert_error (error, TILL_ERROR, TILL_ERROR_INVALID);
}

static void
test_printable (void)
{
  g_autofree char *plain = till_stripe_printable ("a\nb\x1b[31mc");
  g_autofree char *nothing = till_stripe_printable (NULL);
  g_autofree char *much = g_strnfill (5000, 'x');
  g_autofree char *less = till_stripe_printable (much);

  g_assert_cmpstr (plain, ==, "a b [31mc");
  g_assert_null (nothing);
  g_assert_cmpuint (strlen (less), <, 400);
}

/* Whatever is changed in an answer, it is read without harm, and never as paid unless it still says so in full. */
static void
test_mangled (void)
{
  const char *const seeds[]
      = { GOOD ("\"succeeded\""), ERROR (DECLINED ",\"payment_intent\":" GOOD ("\"succeeded\"")) };
  const guint statuses[] = { 200, 402 };
  g_autoptr (GRand) rand = g_rand_new_with_seed (20261122);

  for (guint round = 0; round < ROUNDS; round++)
    {
      guint which = round % G_N_ELEMENTS (seeds);
      g_autofree char *text = g_strdup (seeds[which]);
      gsize length = strlen (text);

      for (gint32 changes = g_rand_int_range (rand, 1, 4); changes > 0; changes--)
        text[g_rand_int_range (rand, 0, (gint32) length)] = (char) g_rand_int_range (rand, 1, 256);
      if (g_rand_boolean (rand))
        text[g_rand_int_range (rand, 0, (gint32) length)] = '\0';

      g_autoptr (TillStripeReading) reading = read_text (statuses[which], text);
      if (reading->verdict == TILL_STRIPE_SUCCEEDED)
        {
          g_assert_nonnull (strstr (text, "\"amount\":1250"));
          g_assert_nonnull (strstr (text, "\"attempt\":\"attempt_1\""));
          g_assert_true (till_stripe_is_id (reading->reference, "pi_"));
        }
    }
}

/* Forms and amounts */

static void
test_form (void)
{
  g_autoptr (GString) form = g_string_new (NULL);

  till_stripe_form_add (form, "metadata[sale]", "a&b=c d/é");
  till_stripe_form_add_int (form, "amount", -7);
  g_assert_cmpstr (form->str, ==, "metadata[sale]=a%26b%3Dc%20d%2F%C3%A9&amount=-7");
}

static void
test_payers (void)
{
  const struct
  {
    const char *payer, *customer, *method;
  } payers[] = {
    { "cus_1/pm_2", "cus_1", "pm_2" },
    { "cus_1/card_2", "cus_1", "card_2" },
    { "cus_1", "cus_1", NULL },
    { "pm_1", NULL, NULL },
    { "cus_/pm_1", NULL, NULL },
    { "cus_1/", NULL, NULL },
    { "cus_1/pm_1/x", NULL, NULL },
    { "cus_1?/pm_1", NULL, NULL },
    { "", NULL, NULL },
    { NULL, NULL, NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (payers); i++)
    {
      g_autofree char *customer = till_stripe_payer_customer (payers[i].payer);
      g_autofree char *method = till_stripe_payer_method (payers[i].payer);
      g_assert_cmpstr (customer, ==, payers[i].customer);
      g_assert_cmpstr (method, ==, payers[i].method);
    }
}

static void
test_amounts (void)
{
  const struct
  {
    TillMoney money;
    gint64 amount;
    int error;
  } amounts[] = {
    { { 1250, "EUR" }, 1250, -1 },
    { { 500, "JPY" }, 500, -1 },
    { { 1234, "KWD" }, 1234, -1 },
    { { 900, "ISK" }, 90000, -1 },
    { { 40000, "UGX" }, 4000000, -1 },
    { { 120000, "MGA" }, 1200, -1 },
    { { 120050, "MGA" }, 0, TILL_ERROR_UNSUPPORTED },
    { { G_MAXINT64, "EUR" }, G_MAXINT64, -1 },
    { { G_MAXINT64 / 50, "ISK" }, 0, TILL_ERROR_OVERFLOW },
  };

  for (guint i = 0; i < G_N_ELEMENTS (amounts); i++)
    {
      gint64 amount = 0;
      g_autoptr (GError) error = NULL;

      gboolean done = till_stripe_amount (&amounts[i].money, &amount, &error);
      g_assert_cmpint (done, ==, amounts[i].error < 0);
      g_assert_cmpint (amount, ==, amounts[i].amount);
      if (!done)
        g_assert_error (error, TILL_ERROR, amounts[i].error);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/payment/reading/intents", test_intents);
  g_test_add_func ("/payment/reading/errors", test_errors);
  g_test_add_func ("/payment/reading/deep-json", test_deep_json);
  g_test_add_func ("/payment/reading/printable", test_printable);
  g_test_add_func ("/payment/reading/mangled", test_mangled);
  g_test_add_func ("/payment/reading/form", test_form);
  g_test_add_func ("/payment/reading/payers", test_payers);
  g_test_add_func ("/payment/reading/amounts", test_amounts);
  return g_test_run ();
}
