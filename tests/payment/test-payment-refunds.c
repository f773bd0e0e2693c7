/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/till-error.h"
#include "payment/till-stripe-json.h"
#include "till-test-desk.h"

/* Refunds, the list of what is unresolved, and sums. */

/* What is written, and what is sent */

static void
look_at_disk (gpointer data)
{
  TillTestDesk *desk = data;

  desk->refund_intents_seen = till_test_journal_count_on_disk (desk->journal, TILL_LEDGER_REFUND_INTENT);
}

static void
test_journalled_first (TillTestDesk *desk, gconstpointer data)
{
  TELL (PAID, REFUNDED);
  g_autoptr (TillPaymentOutcome) paid = till_test_desk_charge (desk, "sale_1", TILL_CHARGE_APPROVED);
  g_string_truncate (desk->journal->steps, 0);
  till_test_gateway_on_request (desk->gateway, look_at_disk, desk);
  g_autofree char *refund = till_test_desk_give_back (desk, paid->attempt, 250, TILL_CHARGE_APPROVED, NULL);

  g_assert_cmpint (desk->refund_intents_seen, ==, 1);
  g_assert_cmpstr (desk->journal->steps->str, ==,
                   "refund-journalled refund-sent refund-answered refund-recorded ");
  g_autoptr (TillLedgerEntry) intent
      = till_test_journal_only (desk->journal, TILL_LEDGER_REFUND_INTENT, "sale_1");
  g_autofree char *key = till_test_gateway_get_header (desk->gateway, 1, "Idempotency-Key");
  g_assert_cmpstr (intent->attempt, ==, refund);
  g_assert_cmpstr (till_stripe_json_string (intent->body, "of"), ==, paid->attempt);
  g_assert_cmpstr (till_stripe_json_string (intent->body, "key"), ==, key);
  g_assert_cmpstr (till_stripe_json_string (intent->body, "reason"), ==, "brought back");
  g_assert_cmpstr (till_stripe_json_string (intent->body, "reference"), ==, "pi_1test");
  g_assert_cmpint (json_object_get_int_member (intent->body, "amount"), ==, 250);
  till_test_desk_assert_field (desk, 1, "payment_intent", "pi_1test");
  till_test_desk_assert_field (desk, 1, "amount", "250");
  till_test_desk_assert_field (desk, 1, "metadata[attempt]", refund);
  till_test_desk_assert_field (desk, 1, "metadata[sale]", "sale_1");
  till_test_desk_assert_end (desk, TILL_LEDGER_REFUND_END, "approved", NULL);
  till_test_desk_assert_standing (desk, "sale_1", 1250, 250, 0, FALSE);
}

/* Never more than was paid */

static void
test_never_more (TillTestDesk *desk, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  TELL (PAID, REFUNDED);
  g_autoptr (TillPaymentOutcome) paid = till_test_desk_charge (desk, "sale_1", TILL_CHARGE_APPROVED);
  till_test_desk_assert_refused (desk, paid->attempt, 1251, TILL_ERROR_REFUSED);
  till_test_desk_assert_refused (desk, paid->attempt, 0, TILL_ERROR_INVALID);
  till_test_desk_assert_refused (desk, paid->attempt, -5, TILL_ERROR_INVALID);
  till_test_desk_assert_refused (desk, "attempt_of_nobody", 5, TILL_ERROR_NOT_FOUND);
  g_autofree char *first = till_test_desk_give_back (desk, paid->attempt, 1000, TILL_CHARGE_APPROVED, NULL);
  till_test_desk_assert_refused (desk, paid->attempt, 251, TILL_ERROR_REFUSED);
  till_test_desk_assert_refused (desk, first, 1, TILL_ERROR_REFUSED);

  /* What was handed back at the counter is not there a second time, nor the other way round. */
  g_assert_null (till_test_hand_back (desk->payment, "sale_1", 251, &error));
  g_assert_error (error, TILL_ERROR, TILL_ERROR_REFUSED);
  g_clear_error (&error);
  g_autoptr (TillLedgerEntry) handed = till_test_hand_back (desk->payment, "sale_1", 200, &error);
  g_assert_no_error (error);
  till_test_desk_assert_refused (desk, paid->attempt, 51, TILL_ERROR_REFUSED);
  g_autofree char *last = till_test_desk_give_back (desk, paid->attempt, 50, TILL_CHARGE_APPROVED, NULL);
  till_test_desk_assert_refused (desk, paid->attempt, 1, TILL_ERROR_REFUSED);
  till_test_desk_assert_standing (desk, "sale_1", 1250, 1250, 0, FALSE);
}

static void
test_open_refund_counts (TillTestDesk *desk, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  TELL (PAID, MUTE);
  g_autoptr (TillPaymentOutcome) paid = till_test_desk_charge (desk, "sale_1", TILL_CHARGE_APPROVED);
  g_autofree char *open
      = till_test_desk_give_back (desk, paid->attempt, 1000, TILL_CHARGE_UNKNOWN, "interrupted");
  g_assert_cmpint (till_payment_get_unresolved (desk->payment), ==, 1);
  till_test_desk_assert_standing (desk, "sale_1", 1250, 0, 1000, TRUE);
  till_test_desk_assert_refused (desk, paid->attempt, 251, TILL_ERROR_REFUSED);
  g_assert_null (till_test_hand_back (desk->payment, "sale_1", 1, &error));
  g_assert_error (error, TILL_ERROR, TILL_ERROR_REFUSED);

  TELL (HAVING (TILL_TEST_REFUND ("failed")));
  till_test_desk_reconcile (desk, 0);
  till_test_desk_assert_standing (desk, "sale_1", 1250, 0, 0, FALSE);
  till_test_desk_assert_end (desk, TILL_LEDGER_REFUND_END, "declined", "failed");
}

static void
test_two_at_once (TillTestDesk *desk, gconstpointer data)
{
  TillMoney amount = till_test_euro (1250);
  GAsyncResult *kept[2] = { NULL };
  g_autoptr (GError) error = NULL;

  TELL (PAID, REFUNDED);
  g_autoptr (TillPaymentOutcome) paid = till_test_desk_charge (desk, "sale_1", TILL_CHARGE_APPROVED);
  for (guint i = 0; i < 2; i++)
    till_payment_refund_async (desk->payment, paid->attempt, &amount, NULL, NULL, till_test_keep, &kept[i]);
  g_autoptr (GAsyncResult) first = till_test_wait (&kept[0]);
  g_autoptr (GAsyncResult) second = till_test_wait (&kept[1]);
  g_autoptr (TillPaymentOutcome) outcome = till_payment_refund_finish (desk->payment, first, &error);
  till_test_desk_assert_outcome (outcome, error, TILL_CHARGE_APPROVED, NULL);
  g_assert_null (till_payment_refund_finish (desk->payment, second, &error));
  g_assert_error (error, TILL_ERROR, TILL_ERROR_REFUSED);
  g_assert_cmpuint (till_test_gateway_count (desk->gateway), ==, 2);
}

static void
test_cash_sale (TillTestDesk *desk, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (till_test_hand_back (desk->payment, "sale_1", 1, &error));
  g_assert_error (error, TILL_ERROR, TILL_ERROR_REFUSED);
  g_clear_error (&error);
  g_autoptr (TillLedgerEntry) taken = till_test_take (desk->payment, "sale_1", 1250, &error);
  g_autoptr (TillLedgerEntry) back = till_test_hand_back (desk->payment, "sale_1", 1250, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (back->kind, ==, TILL_LEDGER_REFUND);
  g_assert_null (till_test_hand_back (desk->payment, "sale_1", 1, &error));
  g_assert_error (error, TILL_ERROR, TILL_ERROR_REFUSED);
  till_test_desk_assert_standing (desk, "sale_1", 1250, 1250, 0, FALSE);
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
settle_any (TillTestDesk *desk, const char *attempt)
{
  g_autoptr (TillLedgerEntry) end
      = till_test_settle (desk->payment, attempt, FALSE, "asked by telephone", NULL);

  g_assert_nonnull (end);
}

static void
test_found_out (TillTestDesk *desk, gconstpointer data)
{
  for (guint i = 0; i < G_N_ELEMENTS (findings); i++)
    {
      g_autofree char *sale = g_strdup_printf ("sale_%u", i + 10);
      g_autoptr (GError) error = NULL;

      g_test_message ("%s", findings[i].name);
      TELL (PAID, MUTE);
      g_autoptr (TillPaymentOutcome) paid = till_test_desk_charge (desk, sale, TILL_CHARGE_APPROVED);
      g_autofree char *refund
          = till_test_desk_give_back (desk, paid->attempt, 1000, TILL_CHARGE_UNKNOWN, "interrupted");
      g_autofree char *key = till_test_gateway_get_header (desk->gateway, 1, "Idempotency-Key");
      till_test_gateway_tell (desk->gateway, findings[i].answers, findings[i].n_answers);
      g_autoptr (TillPaymentOutcome) found = till_test_ask (desk->payment, refund, &error);
      g_assert_no_error (error);
      g_assert_cmpstr (found->attempt, ==, refund);
      g_assert_cmpstr (till_charge_status_to_string (found->result->status), ==,
                       findings[i].status != NULL ? findings[i].status : "unknown");
      g_assert_cmpstr (found->result->code, ==, findings[i].code);
      if (findings[i].requests != 0)
        g_assert_cmpuint (till_test_gateway_count (desk->gateway), ==, findings[i].requests);
      if (findings[i].requests > 1 && findings[i].answers != without_filter)
        {
          g_autofree char *again = till_test_gateway_get_header (desk->gateway, 1, "Idempotency-Key");
          g_assert_cmpstr (again, ==, key);
        }
      till_test_desk_assert_standing (desk, sale, 1250,
                                      g_strcmp0 (findings[i].status, "approved") == 0 ? 1000 : 0,
                                      findings[i].status == NULL ? 1000 : 0, findings[i].status == NULL);
      if (found->result->status == TILL_CHARGE_UNKNOWN)
        settle_any (desk, refund);
    }
}

static void
test_breakdown_gets_old (TillTestDesk *desk, gconstpointer data)
{
  TELL (PAID, MUTE);
  g_autoptr (TillPaymentOutcome) paid = till_test_desk_charge (desk, "sale_1", TILL_CHARGE_APPROVED);
  g_autofree char *refund
      = till_test_desk_give_back (desk, paid->attempt, 1000, TILL_CHARGE_UNKNOWN, "interrupted");
  till_test_journal_advance (desk->journal, 2 * TIMEOUT + 1);
  TELL (NOTHING, BROKEN, NOTHING);
  till_test_desk_reconcile (desk, 0);
  till_test_desk_assert_end (desk, TILL_LEDGER_REFUND_END, "declined", "not-found");
}

/* A key that may be forgotten is not sent again: it would give the money back twice. */
static void
test_key_gets_old (TillTestDesk *desk, gconstpointer data)
{
  TELL (PAID, MUTE);
  g_autoptr (TillPaymentOutcome) paid = till_test_desk_charge (desk, "sale_1", TILL_CHARGE_APPROVED);
  g_autofree char *refund
      = till_test_desk_give_back (desk, paid->attempt, 1000, TILL_CHARGE_UNKNOWN, "interrupted");
  till_test_journal_advance (desk->journal, 24 * 60 * 60);
  TELL (NOTHING, REFUNDED);
  till_test_desk_reconcile (desk, 0);
  g_assert_cmpuint (till_test_gateway_count (desk->gateway), ==, 1);
  till_test_desk_assert_end (desk, TILL_LEDGER_REFUND_END, "declined", "not-found");
}

static void
test_after_a_crash (TillTestDesk *desk, gconstpointer data)
{
  TELL (PAID, MUTE);
  g_autoptr (TillPaymentOutcome) paid = till_test_desk_charge (desk, "sale_1", TILL_CHARGE_APPROVED);
  g_autofree char *refund
      = till_test_desk_give_back (desk, paid->attempt, 1000, TILL_CHARGE_UNKNOWN, "interrupted");
  till_test_journal_reopen (desk->journal, desk->provider);
  desk->payment = desk->journal->payment;
  till_test_desk_assert_refused (desk, paid->attempt, 251, TILL_ERROR_REFUSED);
  TELL (HAVING (TILL_TEST_REFUND ("succeeded")));
  till_test_desk_reconcile (desk, 0);
  till_test_desk_assert_standing (desk, "sale_1", 1250, 1000, 0, FALSE);
}

/* The list, and sums */

static void
test_unresolved (TillTestDesk *desk, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  TELL (PAID, MUTE);
  g_autoptr (TillPaymentOutcome) paid = till_test_desk_charge (desk, "sale_1", TILL_CHARGE_APPROVED);
  g_autofree char *refund
      = till_test_desk_give_back (desk, paid->attempt, 1000, TILL_CHARGE_UNKNOWN, "interrupted");
  g_autoptr (TillPaymentOutcome) open = till_test_desk_charge (desk, "sale_2", TILL_CHARGE_UNKNOWN);
  TELL ({ .status = 429, .body = "" });
  for (guint i = 0; i < 3; i++)
    {
      g_autoptr (TillPaymentOutcome) asked = till_test_ask (desk->payment, open->attempt, &error);
      till_test_desk_assert_outcome (asked, error, TILL_CHARGE_UNKNOWN, "busy");
    }

  g_autoptr (GPtrArray) list = till_test_unresolved (desk->payment);
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
spent (TillTestDesk *desk, const char *customer, gint64 since_us)
{
  GAsyncResult *kept = NULL;
  g_autoptr (GError) error = NULL;
  TillMoney sum;

  till_payment_spent_async (desk->payment, customer, since_us, NULL, till_test_keep, &kept);
  g_autoptr (GAsyncResult) result = till_test_wait (&kept);
  till_payment_spent_finish (desk->payment, result, &sum, &error);
  g_assert_no_error (error);
  return sum.minor;
}

static void
charge_customer (TillTestDesk *desk, const char *sale, const char *customer, gint64 cents)
{
  TillMoney amount = till_test_euro (cents);
  JsonObject *extra = json_object_new ();
  GAsyncResult *kept = NULL;
  g_autoptr (GError) error = NULL;

  json_object_set_string_member (extra, "customer", customer);
  till_payment_charge_async (desk->payment, sale, PAYER, &amount, extra, NULL, till_test_keep, &kept);
  g_autoptr (GAsyncResult) result = till_test_wait (&kept);
  g_autoptr (TillPaymentOutcome) outcome = till_payment_charge_finish (desk->payment, result, &error);
  g_assert_no_error (error);
}

static void
test_spent (TillTestDesk *desk, gconstpointer data)
{
  g_assert_cmpint (spent (desk, NULL, 0), ==, 0);
  TELL (PAID, PAID, { .status = 402, .body = TILL_TEST_ERROR ("card_error", "card_declined") }, MUTE);
  charge_customer (desk, "sale_1", "customer_1", 100);
  charge_customer (desk, "sale_2", "customer_2", 20);
  charge_customer (desk, "sale_3", "customer_1", 1000);
  charge_customer (desk, "sale_4", "customer_1", 3);
  g_assert_cmpint (spent (desk, "customer_1", 0), ==, 103);
  g_assert_cmpint (spent (desk, NULL, 0), ==, 123);

  g_autoptr (TillLedgerEntry) end = till_test_journal_only (desk->journal, TILL_LEDGER_CHARGE_END, "sale_1");
  TELL (REFUNDED, MUTE);
  g_autofree char *part = till_test_desk_give_back (desk, end->attempt, 40, TILL_CHARGE_APPROVED, NULL);
  g_autofree char *unsure
      = till_test_desk_give_back (desk, end->attempt, 10, TILL_CHARGE_UNKNOWN, "interrupted");
  g_assert_cmpint (spent (desk, "customer_1", 0), ==, 63);
  g_assert_cmpint (spent (desk, "customer_9", 0), ==, 0);
  g_assert_cmpint (spent (desk, NULL, till_clock_utc (desk->journal->clock) + 1), ==, 0);
}

/* Another provider */

static void
test_other_account (TillTestDesk *desk, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  TELL (PAID);
  g_autoptr (TillPaymentOutcome) paid = till_test_desk_charge (desk, "sale_1", TILL_CHARGE_APPROVED);
  till_payment_set_provider (desk->payment, NULL);
  till_test_desk_assert_refused (desk, paid->attempt, 5, TILL_ERROR_UNAVAILABLE);
  g_autoptr (TillPaymentOutcome) known = till_test_ask (desk->payment, paid->attempt, &error);
  till_test_desk_assert_outcome (known, error, TILL_CHARGE_APPROVED, NULL);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(NAME, FUNCTION)                                                                                  \
  g_test_add ("/payment/refunds/" NAME, TillTestDesk, NULL, till_test_desk_set_up, FUNCTION,                 \
              till_test_desk_tear_down)
  ADD ("journalled-first", test_journalled_first);
  ADD ("never-more", test_never_more);
  ADD ("open-refund-counts", test_open_refund_counts);
  ADD ("two-at-once", test_two_at_once);
  ADD ("cash-sale", test_cash_sale);
  ADD ("found-out", test_found_out);
  ADD ("breakdown-gets-old", test_breakdown_gets_old);
  ADD ("key-gets-old", test_key_gets_old);
  ADD ("after-a-crash", test_after_a_crash);
  ADD ("unresolved", test_unresolved);
  ADD ("spent", test_spent);
  ADD ("other-account", test_other_account);
  return g_test_run ();
}
