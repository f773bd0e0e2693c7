/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/till-error.h"
#include "payment/till-stripe-json.h"
#include "till-test-gateway.h"
#include "till-test-journal.h"
#include "till-test-wait.h"

/* Refunds, reversals and settlements on a real ledger, with a gateway that answers as it is told. */

#define PAYER   "cus_1/pm_1"
#define TIMEOUT 100
#define TELL(...)                                                                                            \
  till_test_gateway_tell (fixture->gateway, (const TillTestAnswer[]){ __VA_ARGS__ },                         \
                          G_N_ELEMENTS (((const TillTestAnswer[]){ __VA_ARGS__ })))
#define PAID                                                                                                 \
  {                                                                                                          \
    .body = TILL_TEST_INTENT ("succeeded")                                                                   \
  }
#define REFUNDED                                                                                             \
  {                                                                                                          \
    .body = TILL_TEST_REFUND ("succeeded")                                                                   \
  }
#define HAVING(X)                                                                                            \
  {                                                                                                          \
    .body = TILL_TEST_LIST (X)                                                                               \
  }
#define NOTHING HAVING ("")
#define MUTE                                                                                                 \
  {                                                                                                          \
    .deed = TILL_TEST_CLOSE                                                                                  \
  }
#define BROKEN                                                                                               \
  {                                                                                                          \
    .status = 500, .headers = "Idempotent-Replayed: true\r\n", .body = ""                                    \
  }
#define REFUSED(C)                                                                                           \
  {                                                                                                          \
    .status = 400, .body = TILL_TEST_ERROR ("invalid_request_error", C)                                      \
  }
#define KEY_REUSED                                                                                           \
  {                                                                                                          \
    .status = 400, .body = TILL_TEST_ERROR ("idempotency_error", "")                                         \
  }

typedef struct
{
  TillTestGateway *gateway;
  TillProvider *provider;
  TillTestJournal *journal;
  TillPayment *payment; /* the journal's */
  int refund_intents_seen;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->gateway = till_test_gateway_start (FALSE);
  fixture->provider = till_test_gateway_connect (fixture->gateway, TIMEOUT);
  fixture->journal = till_test_journal_open (fixture->provider);
  fixture->payment = fixture->journal->payment;
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  till_test_journal_verify (fixture->journal);
  till_test_journal_close (fixture->journal);
  g_assert_finalize_object (fixture->provider);
  till_test_gateway_stop (fixture->gateway);
}

static TillPaymentOutcome *
charge (Fixture *fixture, const char *sale, TillChargeStatus status)
{
  g_autoptr (GError) error = NULL;
  TillPaymentOutcome *outcome = till_test_pay (fixture->payment, sale, PAYER, 1250, NULL, &error);

  g_assert_no_error (error);
  g_assert_cmpint (outcome->result->status, ==, status);
  return outcome;
}

static void
assert_outcome (const TillPaymentOutcome *outcome,
                const GError *error,
                TillChargeStatus status,
                const char *code)
{
  g_assert_no_error (error);
  g_assert_cmpint (outcome->result->status, ==, status);
  g_assert_cmpstr (outcome->result->code, ==, code);
}

static char *
give_back (Fixture *fixture, const char *attempt, gint64 cents, TillChargeStatus status, const char *code)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (TillPaymentOutcome) outcome = till_test_give_back (fixture->payment, attempt, cents, &error);

  assert_outcome (outcome, error, status, code);
  return g_strdup (outcome->attempt);
}

static void
assert_refused (Fixture *fixture, const char *attempt, gint64 cents, int code)
{
  guint count = till_test_gateway_count (fixture->gateway);
  g_autoptr (GError) error = NULL;
  g_autoptr (TillPaymentOutcome) outcome = till_test_give_back (fixture->payment, attempt, cents, &error);

  g_assert_null (outcome);
  g_assert_error (error, TILL_ERROR, code);
  g_assert_cmpuint (till_test_gateway_count (fixture->gateway), ==, count);
}

static void
reconcile (Fixture *fixture, int unknown)
{
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (till_test_reconcile (fixture->payment, &error), ==, unknown);
  g_assert_no_error (error);
  g_assert_cmpint (till_payment_get_unresolved (fixture->payment), ==, unknown);
}

static void
assert_standing (
    Fixture *fixture, const char *sale, gint64 paid, gint64 refunded, gint64 refunding, gboolean open)
{
  g_auto (TillPaymentStanding) standing = till_test_standing (fixture->journal->ledger, sale);

  g_assert_cmpint (standing.paid.minor, ==, paid);
  g_assert_cmpint (standing.refunded.minor, ==, refunded);
  g_assert_cmpint (standing.refunding.minor, ==, refunding);
  g_assert_cmpint (standing.open, ==, open);
}

static void
assert_end (Fixture *fixture, const char *kind, const char *status, const char *code)
{
  g_autoptr (TillLedgerEntry) end = till_test_journal_only (fixture->journal, kind, "sale_1");

  g_assert_cmpstr (till_stripe_json_string (end->body, "status"), ==, status);
  g_assert_cmpstr (till_stripe_json_string (end->body, "code"), ==, code);
}

/* What is written, and what is sent */

static void
look_at_disk (gpointer data)
{
  Fixture *fixture = data;

  fixture->refund_intents_seen
      = till_test_journal_count_on_disk (fixture->journal, TILL_LEDGER_REFUND_INTENT);
}

static void
assert_field (Fixture *fixture, guint index, const char *name, const char *value)
{
  g_autofree char *field = till_test_gateway_get_field (fixture->gateway, index, name);

  g_assert_cmpstr (field, ==, value);
}

static void
test_journalled_first (Fixture *fixture, gconstpointer data)
{
  TELL (PAID, REFUNDED);
  g_autoptr (TillPaymentOutcome) paid = charge (fixture, "sale_1", TILL_CHARGE_APPROVED);
  g_string_truncate (fixture->journal->steps, 0);
  till_test_gateway_on_request (fixture->gateway, look_at_disk, fixture);
  g_autofree char *refund = give_back (fixture, paid->attempt, 250, TILL_CHARGE_APPROVED, NULL);

  g_assert_cmpint (fixture->refund_intents_seen, ==, 1);
  g_assert_cmpstr (fixture->journal->steps->str, ==,
                   "refund-journalled refund-sent refund-answered refund-recorded ");
  g_autoptr (TillLedgerEntry) intent
      = till_test_journal_only (fixture->journal, TILL_LEDGER_REFUND_INTENT, "sale_1");
  g_autofree char *key = till_test_gateway_get_header (fixture->gateway, 1, "Idempotency-Key");
  g_assert_cmpstr (intent->attempt, ==, refund);
  g_assert_cmpstr (till_stripe_json_string (intent->body, "of"), ==, paid->attempt);
  g_assert_cmpstr (till_stripe_json_string (intent->body, "key"), ==, key);
  g_assert_cmpstr (till_stripe_json_string (intent->body, "reason"), ==, "brought back");
  g_assert_cmpstr (till_stripe_json_string (intent->body, "reference"), ==, "pi_1test");
  g_assert_cmpint (json_object_get_int_member (intent->body, "amount"), ==, 250);
  assert_field (fixture, 1, "payment_intent", "pi_1test");
  assert_field (fixture, 1, "amount", "250");
  assert_field (fixture, 1, "metadata[attempt]", refund);
  assert_field (fixture, 1, "metadata[sale]", "sale_1");
  assert_end (fixture, TILL_LEDGER_REFUND_END, "approved", NULL);
  assert_standing (fixture, "sale_1", 1250, 250, 0, FALSE);
}

/* Never more than was paid */

static void
test_never_more (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  TELL (PAID, REFUNDED);
  g_autoptr (TillPaymentOutcome) paid = charge (fixture, "sale_1", TILL_CHARGE_APPROVED);
  assert_refused (fixture, paid->attempt, 1251, TILL_ERROR_REFUSED);
  assert_refused (fixture, paid->attempt, 0, TILL_ERROR_INVALID);
  assert_refused (fixture, paid->attempt, -5, TILL_ERROR_INVALID);
  assert_refused (fixture, "attempt_of_nobody", 5, TILL_ERROR_NOT_FOUND);
  g_autofree char *first = give_back (fixture, paid->attempt, 1000, TILL_CHARGE_APPROVED, NULL);
  assert_refused (fixture, paid->attempt, 251, TILL_ERROR_REFUSED);
  assert_refused (fixture, first, 1, TILL_ERROR_REFUSED);

  /* What was handed back at the counter is not there a second time, nor the other way round. */
  g_assert_null (till_test_hand_back (fixture->payment, "sale_1", 251, &error));
  g_assert_error (error, TILL_ERROR, TILL_ERROR_REFUSED);
  g_clear_error (&error);
  g_autoptr (TillLedgerEntry) handed = till_test_hand_back (fixture->payment, "sale_1", 200, &error);
  g_assert_no_error (error);
  assert_refused (fixture, paid->attempt, 51, TILL_ERROR_REFUSED);
  g_autofree char *last = give_back (fixture, paid->attempt, 50, TILL_CHARGE_APPROVED, NULL);
  assert_refused (fixture, paid->attempt, 1, TILL_ERROR_REFUSED);
  assert_standing (fixture, "sale_1", 1250, 1250, 0, FALSE);
}

static void
test_open_refund_counts (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  TELL (PAID, MUTE);
  g_autoptr (TillPaymentOutcome) paid = charge (fixture, "sale_1", TILL_CHARGE_APPROVED);
  g_autofree char *open = give_back (fixture, paid->attempt, 1000, TILL_CHARGE_UNKNOWN, "interrupted");
  g_assert_cmpint (till_payment_get_unresolved (fixture->payment), ==, 1);
  assert_standing (fixture, "sale_1", 1250, 0, 1000, TRUE);
  assert_refused (fixture, paid->attempt, 251, TILL_ERROR_REFUSED);
  g_assert_null (till_test_hand_back (fixture->payment, "sale_1", 1, &error));
  g_assert_error (error, TILL_ERROR, TILL_ERROR_REFUSED);

  TELL (HAVING (TILL_TEST_REFUND ("failed")));
  reconcile (fixture, 0);
  assert_standing (fixture, "sale_1", 1250, 0, 0, FALSE);
  assert_end (fixture, TILL_LEDGER_REFUND_END, "declined", "failed");
}

static void
test_two_at_once (Fixture *fixture, gconstpointer data)
{
  TillMoney amount = till_test_euro (1250);
  GAsyncResult *kept[2] = { NULL };
  g_autoptr (GError) error = NULL;

  TELL (PAID, REFUNDED);
  g_autoptr (TillPaymentOutcome) paid = charge (fixture, "sale_1", TILL_CHARGE_APPROVED);
  for (guint i = 0; i < 2; i++)
    till_payment_refund_async (fixture->payment, paid->attempt, &amount, NULL, NULL, till_test_keep,
                               &kept[i]);
  g_autoptr (GAsyncResult) first = till_test_wait (&kept[0]);
  g_autoptr (GAsyncResult) second = till_test_wait (&kept[1]);
  g_autoptr (TillPaymentOutcome) outcome = till_payment_refund_finish (fixture->payment, first, &error);
  assert_outcome (outcome, error, TILL_CHARGE_APPROVED, NULL);
  g_assert_null (till_payment_refund_finish (fixture->payment, second, &error));
  g_assert_error (error, TILL_ERROR, TILL_ERROR_REFUSED);
  g_assert_cmpuint (till_test_gateway_count (fixture->gateway), ==, 2);
}

static void
test_cash_sale (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (till_test_hand_back (fixture->payment, "sale_1", 1, &error));
  g_assert_error (error, TILL_ERROR, TILL_ERROR_REFUSED);
  g_clear_error (&error);
  g_autoptr (TillLedgerEntry) taken = till_test_take (fixture->payment, "sale_1", 1250, &error);
  g_autoptr (TillLedgerEntry) back = till_test_hand_back (fixture->payment, "sale_1", 1250, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (back->kind, ==, TILL_LEDGER_REFUND);
  g_assert_null (till_test_hand_back (fixture->payment, "sale_1", 1, &error));
  g_assert_error (error, TILL_ERROR, TILL_ERROR_REFUSED);
  assert_standing (fixture, "sale_1", 1250, 1250, 0, FALSE);
}

/* Finding out */

static const TillTestAnswer listed[] = { HAVING (TILL_TEST_REFUND ("succeeded")) };
static const TillTestAnswer not_done[] = { NOTHING, REFUNDED };
static const TillTestAnswer pending_then[] = { HAVING (TILL_TEST_REFUND ("pending")) };
static const TillTestAnswer refused_now[] = { NOTHING, REFUSED ("charge_already_refunded"), NOTHING };
static const TillTestAnswer done_after_all[]
    = { NOTHING, REFUSED ("charge_already_refunded"), HAVING (TILL_TEST_REFUND ("succeeded")) };
static const TillTestAnswer breakdown[] = { NOTHING, BROKEN, NOTHING };
static const TillTestAnswer breakdown_done[] = { NOTHING, BROKEN, HAVING (TILL_TEST_REFUND ("succeeded")) };
static const TillTestAnswer without_filter[]
    = { REFUSED ("parameter_unknown"), HAVING (TILL_TEST_REFUND ("succeeded")) };
static const TillTestAnswer of_others[] = {
  HAVING ("{\"id\":\"re_2\",\"object\":\"refund\",\"amount\":1000,\"currency\":\"eur\",\"payment_intent\":"
          "\"pi_1test\",\"status\":\"succeeded\"}"),
  REFUNDED
};
static const TillTestAnswer expanded[] = { HAVING (
    "{\"id\":\"re_2\",\"object\":\"refund\",\"amount\":1000,\"currency\":\"EUR\",\"payment_intent\":"
    "{\"id\":\"pi_1test\"},\"charge\":null,\"metadata\":{\"attempt\":\"$ATTEMPT\"},\"status\":"
    "\"succeeded\",\"new\":[{}]}") };
static const TillTestAnswer other_amount[]
    = { HAVING ("{\"id\":\"re_2\",\"object\":\"refund\",\"amount\":1,\"currency\":\"eur\",\"payment_intent\":"
                "\"pi_1test\",\"metadata\":{\"attempt\":\"$ATTEMPT\"},\"status\":\"succeeded\"}") };
static const TillTestAnswer twice[] = { HAVING (TILL_TEST_REFUND (
    "succeeded") ","
                 "{\"id\":\"re_2\",\"object\":\"refund\",\"amount\":1000,\"currency\":\"eur\",\"payment_"
                 "intent\":"
                 "\"pi_1test\",\"metadata\":{\"attempt\":\"$ATTEMPT\"},\"status\":\"succeeded\"}") };
static const TillTestAnswer busy[] = { { .status = 429, .body = "" } };

static const struct
{
  const char *name;
  const TillTestAnswer *answers;
  guint n_answers;
  const char *status; /* NULL while unknown */
  const char *code;
  guint requests; /* 0: whatever */
} findings[] = {
#define FINDING(NAME, ANSWERS, STATUS, CODE, REQUESTS)                                                       \
  {                                                                                                          \
    NAME, ANSWERS, G_N_ELEMENTS (ANSWERS), STATUS, CODE, REQUESTS                                            \
  }
  FINDING ("listed", listed, "approved", NULL, 1),
  FINDING ("never came: done now", not_done, "approved", NULL, 2),
  FINDING ("pending", pending_then, NULL, "processing", 1),
  FINDING ("refused now", refused_now, "declined", "charge_already_refunded", 3),
  FINDING ("refused, but done before", done_after_all, "approved", NULL, 3),
  FINDING ("replays its breakdown", breakdown, NULL, "not-listed", 3),
  FINDING ("replays its breakdown, done", breakdown_done, "approved", NULL, 3),
  FINDING ("can't filter", without_filter, "approved", NULL, 2),
  FINDING ("others without metadata", of_others, "approved", NULL, 2),
  FINDING ("expanded, with unknown members", expanded, "approved", NULL, 1),
  FINDING ("another amount", other_amount, NULL, "bad-answer", 1),
  FINDING ("twice", twice, NULL, "bad-answer", 1),
  FINDING ("busy", busy, NULL, "busy", 0),
};

static void
settle_any (Fixture *fixture, const char *attempt)
{
  g_autoptr (TillLedgerEntry) end
      = till_test_settle (fixture->payment, attempt, FALSE, "asked by telephone", NULL);

  g_assert_nonnull (end);
}

static void
test_found_out (Fixture *fixture, gconstpointer data)
{
  for (guint i = 0; i < G_N_ELEMENTS (findings); i++)
    {
      g_autofree char *sale = g_strdup_printf ("sale_%u", i + 10);
      g_autoptr (GError) error = NULL;

      g_test_message ("%s", findings[i].name);
      TELL (PAID, MUTE);
      g_autoptr (TillPaymentOutcome) paid = charge (fixture, sale, TILL_CHARGE_APPROVED);
      g_autofree char *refund = give_back (fixture, paid->attempt, 1000, TILL_CHARGE_UNKNOWN, "interrupted");
      g_autofree char *key = till_test_gateway_get_header (fixture->gateway, 1, "Idempotency-Key");
      till_test_gateway_tell (fixture->gateway, findings[i].answers, findings[i].n_answers);
      g_autoptr (TillPaymentOutcome) found = till_test_ask (fixture->payment, refund, &error);
      g_assert_no_error (error);
      g_assert_cmpstr (found->attempt, ==, refund);
      g_assert_cmpstr (till_charge_status_to_string (found->result->status), ==,
                       findings[i].status != NULL ? findings[i].status : "unknown");
      g_assert_cmpstr (found->result->code, ==, findings[i].code);
      if (findings[i].requests != 0)
        g_assert_cmpuint (till_test_gateway_count (fixture->gateway), ==, findings[i].requests);
      if (findings[i].requests > 1 && findings[i].answers != without_filter)
        {
          g_autofree char *again = till_test_gateway_get_header (fixture->gateway, 1, "Idempotency-Key");
          g_assert_cmpstr (again, ==, key);
        }
      assert_standing (fixture, sale, 1250, g_strcmp0 (findings[i].status, "approved") == 0 ? 1000 : 0,
                       findings[i].status == NULL ? 1000 : 0, findings[i].status == NULL);
      if (found->result->status == TILL_CHARGE_UNKNOWN)
        settle_any (fixture, refund);
    }
}

static void
test_breakdown_gets_old (Fixture *fixture, gconstpointer data)
{
  TELL (PAID, MUTE);
  g_autoptr (TillPaymentOutcome) paid = charge (fixture, "sale_1", TILL_CHARGE_APPROVED);
  g_autofree char *refund = give_back (fixture, paid->attempt, 1000, TILL_CHARGE_UNKNOWN, "interrupted");
  till_test_journal_advance (fixture->journal, 2 * TIMEOUT + 1);
  TELL (NOTHING, BROKEN, NOTHING);
  reconcile (fixture, 0);
  assert_end (fixture, TILL_LEDGER_REFUND_END, "declined", "not-found");
}

/* A key that may be forgotten is not sent again: it would give the money back twice. */
static void
test_key_gets_old (Fixture *fixture, gconstpointer data)
{
  TELL (PAID, MUTE);
  g_autoptr (TillPaymentOutcome) paid = charge (fixture, "sale_1", TILL_CHARGE_APPROVED);
  g_autofree char *refund = give_back (fixture, paid->attempt, 1000, TILL_CHARGE_UNKNOWN, "interrupted");
  till_test_journal_advance (fixture->journal, 24 * 60 * 60);
  TELL (NOTHING, REFUNDED);
  reconcile (fixture, 0);
  g_assert_cmpuint (till_test_gateway_count (fixture->gateway), ==, 1);
  assert_end (fixture, TILL_LEDGER_REFUND_END, "declined", "not-found");
}

static void
test_after_a_crash (Fixture *fixture, gconstpointer data)
{
  TELL (PAID, MUTE);
  g_autoptr (TillPaymentOutcome) paid = charge (fixture, "sale_1", TILL_CHARGE_APPROVED);
  g_autofree char *refund = give_back (fixture, paid->attempt, 1000, TILL_CHARGE_UNKNOWN, "interrupted");
  till_test_journal_reopen (fixture->journal, fixture->provider);
  fixture->payment = fixture->journal->payment;
  assert_refused (fixture, paid->attempt, 251, TILL_ERROR_REFUSED);
  TELL (HAVING (TILL_TEST_REFUND ("succeeded")));
  reconcile (fixture, 0);
  assert_standing (fixture, "sale_1", 1250, 1000, 0, FALSE);
}

/* Reversals */

static TillPaymentOutcome *
reverse (Fixture *fixture, const char *attempt, TillChargeStatus status, const char *code)
{
  g_autoptr (GError) error = NULL;
  TillPaymentOutcome *outcome = till_test_reverse (fixture->payment, attempt, &error);

  assert_outcome (outcome, error, status, code);
  g_assert_cmpstr (outcome->attempt, ==, attempt);
  return outcome;
}

static void
assert_chargeable (Fixture *fixture)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (TillLedgerEntry) row = till_test_take (fixture->payment, "sale_1", 1250, &error);

  g_assert_no_error (error);
  assert_standing (fixture, "sale_1", 1250, 0, 0, FALSE);
}

static void
test_reverse_unsent (Fixture *fixture, gconstpointer data)
{
  TELL (MUTE);
  g_autoptr (TillPaymentOutcome) open = charge (fixture, "sale_1", TILL_CHARGE_UNKNOWN);
  TELL (HAVING (TILL_TEST_INTENT ("requires_confirmation")), { .body = TILL_TEST_INTENT ("canceled") });
  g_autoptr (TillPaymentOutcome) outcome = reverse (fixture, open->attempt, TILL_CHARGE_DECLINED, "reversed");
  assert_end (fixture, TILL_LEDGER_CHARGE_END, "declined", "reversed");
  g_assert_cmpint (till_payment_get_unresolved (fixture->payment), ==, 0);
  g_autoptr (TillPaymentOutcome) again = reverse (fixture, open->attempt, TILL_CHARGE_DECLINED, "reversed");
  assert_chargeable (fixture);
}

static void
test_reverse_processing (Fixture *fixture, gconstpointer data)
{
  TELL ({ .body = TILL_TEST_INTENT ("processing") });
  g_autoptr (TillPaymentOutcome) open = charge (fixture, "sale_1", TILL_CHARGE_UNKNOWN);
  TELL (HAVING (TILL_TEST_INTENT ("processing")), REFUSED ("payment_intent_unexpected_state"));
  g_autoptr (TillPaymentOutcome) not_yet = reverse (fixture, open->attempt, TILL_CHARGE_UNKNOWN, "busy");
  TELL (HAVING (TILL_TEST_INTENT ("processing")), { .body = TILL_TEST_INTENT ("canceled") });
  g_autoptr (TillPaymentOutcome) outcome = reverse (fixture, open->attempt, TILL_CHARGE_DECLINED, "reversed");
  assert_end (fixture, TILL_LEDGER_CHARGE_END, "declined", "reversed");
  assert_chargeable (fixture);
}

static void
test_reverse_taken (Fixture *fixture, gconstpointer data)
{
  TELL (MUTE);
  g_autoptr (TillPaymentOutcome) open = charge (fixture, "sale_1", TILL_CHARGE_UNKNOWN);
  TELL (HAVING (TILL_TEST_INTENT ("succeeded")), REFUNDED);
  g_autoptr (TillPaymentOutcome) outcome = reverse (fixture, open->attempt, TILL_CHARGE_DECLINED, "reversed");
  assert_end (fixture, TILL_LEDGER_CHARGE_END, "approved", NULL);
  assert_end (fixture, TILL_LEDGER_REFUND_END, "approved", NULL);
  assert_standing (fixture, "sale_1", 0, 0, 0, FALSE);
  g_assert_cmpuint (till_test_gateway_count (fixture->gateway), ==, 2);

  /* Both at once: a crash between them would leave a payment that nobody wants, and nobody is asked about. */
  g_autoptr (TillLedgerEntry) end
      = till_test_journal_only (fixture->journal, TILL_LEDGER_CHARGE_END, "sale_1");
  g_autoptr (TillLedgerEntry) intent
      = till_test_journal_only (fixture->journal, TILL_LEDGER_REFUND_INTENT, "sale_1");
  g_assert_cmpint (intent->seq, ==, end->seq + 1);
  assert_chargeable (fixture);
}

static void
test_reverse_can_fail (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  TELL (MUTE);
  g_autoptr (TillPaymentOutcome) open = charge (fixture, "sale_1", TILL_CHARGE_UNKNOWN);
  g_autoptr (TillPaymentOutcome) silent
      = reverse (fixture, open->attempt, TILL_CHARGE_UNKNOWN, "interrupted");

  /* Taken, and the refund is on its way: the sale is neither paid nor free. */
  TELL (HAVING (TILL_TEST_INTENT ("succeeded")), MUTE);
  g_autoptr (TillPaymentOutcome) half = reverse (fixture, open->attempt, TILL_CHARGE_UNKNOWN, "interrupted");
  g_assert_cmpint (till_payment_get_unresolved (fixture->payment), ==, 1);
  g_assert_null (till_test_take (fixture->payment, "sale_1", 1250, &error));
  g_assert_error (error, TILL_ERROR, TILL_ERROR_REFUSED);
  g_clear_error (&error);

  TELL (NOTHING, REFUSED ("charge_disputed"), NOTHING);
  reconcile (fixture, 0);
  TELL (REFUSED ("charge_disputed"));
  g_autoptr (TillPaymentOutcome) declined
      = reverse (fixture, open->attempt, TILL_CHARGE_APPROVED, "charge_disputed");
  g_assert_null (till_test_take (fixture->payment, "sale_1", 1250, &error));
  g_assert_error (error, TILL_ERROR, TILL_ERROR_REFUSED);
  assert_standing (fixture, "sale_1", 1250, 0, 0, FALSE);
}

static void
test_reverse_goes_on (Fixture *fixture, gconstpointer data)
{
  TELL (PAID, MUTE);
  g_autoptr (TillPaymentOutcome) paid = charge (fixture, "sale_1", TILL_CHARGE_APPROVED);
  g_autofree char *part = give_back (fixture, paid->attempt, 1000, TILL_CHARGE_UNKNOWN, "interrupted");
  TELL (HAVING (TILL_TEST_REFUND ("succeeded")), REFUNDED);
  g_autoptr (TillPaymentOutcome) outcome = reverse (fixture, paid->attempt, TILL_CHARGE_DECLINED, "reversed");
  assert_field (fixture, 1, "amount", "250");
  g_autoptr (GError) error = NULL;
  g_assert_null (till_test_reverse (fixture->payment, part, &error));
  g_assert_error (error, TILL_ERROR, TILL_ERROR_REFUSED);
}

/* Settling by hand */

#define EVIDENCE "seen in the provider's list of payments"

static void
assert_no_settling (Fixture *fixture, const char *attempt, const char *evidence, int code)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (till_test_settle (fixture->payment, attempt, TRUE, evidence, &error));
  g_assert_error (error, TILL_ERROR, code);
}

static void
test_settle (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *long_words = g_strnfill (501, 'x');

  TELL (MUTE);
  g_autoptr (TillPaymentOutcome) open = charge (fixture, "sale_1", TILL_CHARGE_UNKNOWN);
  assert_no_settling (fixture, open->attempt, " 1234567 ", TILL_ERROR_INVALID);
  assert_no_settling (fixture, open->attempt, long_words, TILL_ERROR_INVALID);
  assert_no_settling (fixture, open->attempt, NULL, TILL_ERROR_INVALID);
  assert_no_settling (fixture, "attempt_of_nobody", EVIDENCE, TILL_ERROR_NOT_FOUND);
  g_autoptr (TillLedgerEntry) end
      = till_test_settle (fixture->payment, open->attempt, TRUE, EVIDENCE, &error);
  g_assert_no_error (error);
  g_autoptr (TillLedgerEntry) settlement
      = till_test_journal_only (fixture->journal, TILL_LEDGER_SETTLEMENT, "sale_1");
  g_assert_cmpint (settlement->seq + 1, ==, end->seq);
  g_assert_cmpstr (till_stripe_json_string (settlement->body, "evidence"), ==, EVIDENCE);
  g_assert_cmpstr (till_stripe_json_string (settlement->body, "by"), ==, "manager_1");
  assert_end (fixture, TILL_LEDGER_CHARGE_END, "approved", "settled-by-hand");
  g_assert_cmpint (till_payment_get_unresolved (fixture->payment), ==, 0);
  assert_no_settling (fixture, open->attempt, EVIDENCE, TILL_ERROR_REFUSED);
  g_assert_null (till_test_take (fixture->payment, "sale_1", 1250, &error));
  g_assert_error (error, TILL_ERROR, TILL_ERROR_REFUSED);
  assert_refused (fixture, open->attempt, 5, TILL_ERROR_REFUSED); /* nobody knows the provider's number */
}

static void
test_settle_asks_first (Fixture *fixture, gconstpointer data)
{
  TELL (MUTE);
  g_autoptr (TillPaymentOutcome) open = charge (fixture, "sale_1", TILL_CHARGE_UNKNOWN);
  TELL (NOTHING, { .body = TILL_TEST_INTENT ("requires_payment_method") },
        { .body = TILL_TEST_INTENT ("canceled") });
  assert_no_settling (fixture, open->attempt, EVIDENCE, TILL_ERROR_REFUSED);
  g_autoptr (GPtrArray) settlements
      = till_test_rows (fixture->journal->ledger, TILL_LEDGER_SETTLEMENT, "sale_1");
  g_assert_cmpuint (settlements->len, ==, 0);
  g_autoptr (TillLedgerEntry) end
      = till_test_journal_only (fixture->journal, TILL_LEDGER_CHARGE_END, "sale_1");
  g_assert_cmpstr (till_stripe_json_string (end->body, "status"), ==, "declined");
  g_assert_cmpint (till_payment_get_unresolved (fixture->payment), ==, 0);
}

static void
test_settle_refund (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  TELL (PAID, MUTE);
  g_autoptr (TillPaymentOutcome) paid = charge (fixture, "sale_1", TILL_CHARGE_APPROVED);
  g_autofree char *refund = give_back (fixture, paid->attempt, 1000, TILL_CHARGE_UNKNOWN, "interrupted");
  till_payment_set_provider (fixture->payment, NULL);
  g_autoptr (TillLedgerEntry) end = till_test_settle (fixture->payment, refund, TRUE, EVIDENCE, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (end->kind, ==, TILL_LEDGER_REFUND_END);
  assert_standing (fixture, "sale_1", 1250, 1000, 0, FALSE);
}

/* The list, and sums */

static void
test_unresolved (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  TELL (PAID, MUTE);
  g_autoptr (TillPaymentOutcome) paid = charge (fixture, "sale_1", TILL_CHARGE_APPROVED);
  g_autofree char *refund = give_back (fixture, paid->attempt, 1000, TILL_CHARGE_UNKNOWN, "interrupted");
  g_autoptr (TillPaymentOutcome) open = charge (fixture, "sale_2", TILL_CHARGE_UNKNOWN);
  TELL ({ .status = 429, .body = "" });
  for (guint i = 0; i < 3; i++)
    {
      g_autoptr (TillPaymentOutcome) asked = till_test_ask (fixture->payment, open->attempt, &error);
      assert_outcome (asked, error, TILL_CHARGE_UNKNOWN, "busy");
    }

  g_autoptr (GPtrArray) list = till_test_unresolved (fixture->payment);
  g_assert_cmpuint (list->len, ==, 2);
  const TillUnresolved *first = g_ptr_array_index (list, 0);
  const TillUnresolved *second = g_ptr_array_index (list, 1);
  g_assert_cmpstr (first->attempt, ==, refund);
  g_assert_true (first->refund);
  g_assert_cmpint (first->amount.minor, ==, 1000);
  g_assert_cmpuint (first->n_asked, ==, 1);
  g_assert_cmpstr (first->code, ==, "interrupted");
  g_assert_cmpstr (second->attempt, ==, open->attempt);
  g_assert_cmpstr (second->sale, ==, "sale_2");
  g_assert_false (second->refund);
  g_assert_cmpuint (second->n_asked, ==, 3);
  g_assert_cmpstr (second->code, ==, "busy");
}

static gint64
spent (Fixture *fixture, const char *customer, gint64 since_us)
{
  GAsyncResult *kept = NULL;
  g_autoptr (GError) error = NULL;
  TillMoney sum;

  till_payment_spent_async (fixture->payment, customer, since_us, NULL, till_test_keep, &kept);
  g_autoptr (GAsyncResult) result = till_test_wait (&kept);
  till_payment_spent_finish (fixture->payment, result, &sum, &error);
  g_assert_no_error (error);
  return sum.minor;
}

static void
charge_customer (Fixture *fixture, const char *sale, const char *customer, gint64 cents)
{
  TillMoney amount = till_test_euro (cents);
  JsonObject *extra = json_object_new ();
  GAsyncResult *kept = NULL;
  g_autoptr (GError) error = NULL;

  json_object_set_string_member (extra, "customer", customer);
  till_payment_charge_async (fixture->payment, sale, PAYER, &amount, extra, NULL, till_test_keep, &kept);
  g_autoptr (GAsyncResult) result = till_test_wait (&kept);
  g_autoptr (TillPaymentOutcome) outcome = till_payment_charge_finish (fixture->payment, result, &error);
  g_assert_no_error (error);
}

static void
test_spent (Fixture *fixture, gconstpointer data)
{
  g_assert_cmpint (spent (fixture, NULL, 0), ==, 0);
  TELL (PAID, PAID, { .status = 402, .body = TILL_TEST_ERROR ("card_error", "card_declined") }, MUTE);
  charge_customer (fixture, "sale_1", "customer_1", 100);
  charge_customer (fixture, "sale_2", "customer_2", 20);
  charge_customer (fixture, "sale_3", "customer_1", 1000);
  charge_customer (fixture, "sale_4", "customer_1", 3);
  g_assert_cmpint (spent (fixture, "customer_1", 0), ==, 103);
  g_assert_cmpint (spent (fixture, NULL, 0), ==, 123);

  g_autoptr (TillLedgerEntry) end
      = till_test_journal_only (fixture->journal, TILL_LEDGER_CHARGE_END, "sale_1");
  TELL (REFUNDED, MUTE);
  g_autofree char *part = give_back (fixture, end->attempt, 40, TILL_CHARGE_APPROVED, NULL);
  g_autofree char *unsure = give_back (fixture, end->attempt, 10, TILL_CHARGE_UNKNOWN, "interrupted");
  g_assert_cmpint (spent (fixture, "customer_1", 0), ==, 63);
  g_assert_cmpint (spent (fixture, "customer_9", 0), ==, 0);
  g_assert_cmpint (spent (fixture, NULL, till_clock_utc (fixture->journal->clock) + 1), ==, 0);
}

/* Another provider */

static void
test_other_account (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  TELL (PAID);
  g_autoptr (TillPaymentOutcome) paid = charge (fixture, "sale_1", TILL_CHARGE_APPROVED);
  till_payment_set_provider (fixture->payment, NULL);
  assert_refused (fixture, paid->attempt, 5, TILL_ERROR_UNAVAILABLE);
  g_autoptr (TillPaymentOutcome) known = till_test_ask (fixture->payment, paid->attempt, &error);
  assert_outcome (known, error, TILL_CHARGE_APPROVED, NULL);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(NAME, FUNCTION) g_test_add ("/payment/refunds/" NAME, Fixture, NULL, set_up, FUNCTION, tear_down)
  ADD ("journalled-first", test_journalled_first);
  ADD ("never-more", test_never_more);
  ADD ("open-refund-counts", test_open_refund_counts);
  ADD ("two-at-once", test_two_at_once);
  ADD ("cash-sale", test_cash_sale);
  ADD ("found-out", test_found_out);
  ADD ("breakdown-gets-old", test_breakdown_gets_old);
  ADD ("key-gets-old", test_key_gets_old);
  ADD ("after-a-crash", test_after_a_crash);
  ADD ("reverse-unsent", test_reverse_unsent);
  ADD ("reverse-processing", test_reverse_processing);
  ADD ("reverse-taken", test_reverse_taken);
  ADD ("reverse-can-fail", test_reverse_can_fail);
  ADD ("reverse-goes-on", test_reverse_goes_on);
  ADD ("settle", test_settle);
  ADD ("settle-asks-first", test_settle_asks_first);
  ADD ("settle-refund", test_settle_refund);
  ADD ("unresolved", test_unresolved);
  ADD ("spent", test_spent);
  ADD ("other-account", test_other_account);
  return g_test_run ();
}
