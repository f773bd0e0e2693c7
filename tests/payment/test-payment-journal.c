/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/till-error.h"
#include "payment/till-stripe-json.h"
#include "payment/till-stripe-provider.h"
#include "till-test-gateway.h"
#include "till-test-journal.h"
#include "till-test-wait.h"

#include <string.h>

/* Payments on a real ledger: with the sandbox where the gateway behaves, with the misbehaving one where not. */

#define PAYER   "cus_1/pm_1"
#define TIMEOUT 100
#define TELL(A) till_test_gateway_tell (fixture->gateway, A, G_N_ELEMENTS (A))

static const TillTestAnswer paid[] = { { .body = TILL_TEST_INTENT ("succeeded") } };
static const TillTestAnswer listed[] = { { .body = TILL_TEST_LIST (TILL_TEST_INTENT ("succeeded")) } };
static const TillTestAnswer declined[]
    = { { .status = 402,
          .body = "{\"error\":{\"type\":\"card_error\",\"code\":\"card_declined\",\"decline_code\":"
                  "\"insufficient_funds\",\"message\":\"No.\"}}" } };
static const TillTestAnswer mute[] = { { .deed = TILL_TEST_CLOSE } };
static const TillTestAnswer not_listed[]
    = { { .body = TILL_TEST_LIST ("") },
        { .status = 400, .body = TILL_TEST_ERROR ("idempotency_error", "") },
        { .body = TILL_TEST_LIST ("") } };

typedef struct
{
  TillTestGateway *gateway;
  TillProvider *provider;
  TillTestJournal *journal;
  int intents_seen;
  int ends_seen;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->gateway = till_test_gateway_start (FALSE);
  fixture->provider = till_test_gateway_connect (fixture->gateway, TIMEOUT);
  fixture->journal = till_test_journal_open (fixture->provider);
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
pay (Fixture *fixture, const char *sale, TillChargeStatus status, const char *code)
{
  g_autoptr (GError) error = NULL;
  TillPaymentOutcome *outcome = till_test_pay (fixture->journal->payment, sale, PAYER, 1250, NULL, &error);

  g_assert_no_error (error);
  g_test_message ("%s: %s %s", sale, till_charge_status_to_string (outcome->result->status),
                  outcome->result->code);
  g_assert_cmpint (outcome->result->status, ==, status);
  g_assert_cmpstr (outcome->result->code, ==, code);
  return outcome;
}

static void
assert_charge_fails (Fixture *fixture, const char *sale, int code)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (TillPaymentOutcome) outcome
      = till_test_pay (fixture->journal->payment, sale, PAYER, 1250, NULL, &error);

  g_assert_null (outcome);
  g_assert_error (error, TILL_ERROR, code);
}

static TillLedgerEntry *
take (Fixture *fixture, const char *sale, const char *tender, gint64 due, gint64 given, GError **error)
{
  TillMoney amount = till_test_euro (due), handed = till_test_euro (given);
  GAsyncResult *kept = NULL;

  till_payment_counter_async (fixture->journal->payment, sale, tender, &amount, &handed, NULL, NULL,
                              till_test_keep, &kept);
  g_autoptr (GAsyncResult) result = till_test_wait (&kept);
  return till_payment_counter_finish (fixture->journal->payment, result, error);
}

static void
assert_tender_fails (Fixture *fixture, const char *sale, int code)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (TillLedgerEntry) row = take (fixture, sale, "cash", 1250, 2000, &error);

  g_assert_null (row);
  g_assert_error (error, TILL_ERROR, code);
}

static void
assert_member (const TillLedgerEntry *row, const char *name, const char *value)
{
  g_assert_cmpstr (till_stripe_json_string (row->body, name), ==, value);
}

/* What is written */

static void
look_at_disk (gpointer data)
{
  Fixture *fixture = data;

  fixture->intents_seen = till_test_journal_count_on_disk (fixture->journal, TILL_LEDGER_CHARGE_INTENT);
  fixture->ends_seen = till_test_journal_count_on_disk (fixture->journal, TILL_LEDGER_CHARGE_END);
}

static void
test_journalled_first (Fixture *fixture, gconstpointer data)
{
  TELL (paid);
  till_test_gateway_on_request (fixture->gateway, look_at_disk, fixture);
  g_autoptr (TillPaymentOutcome) outcome = pay (fixture, "sale_1", TILL_CHARGE_APPROVED, NULL);

  g_assert_cmpint (fixture->intents_seen, ==, 1);
  g_assert_cmpint (fixture->ends_seen, ==, 0);
  g_assert_cmpint (till_test_journal_count_on_disk (fixture->journal, TILL_LEDGER_CHARGE_END), ==, 1);
  g_assert_cmpstr (fixture->journal->steps->str, ==, "journalled sent answered recorded ");

  g_autoptr (TillLedgerEntry) intent
      = till_test_journal_only (fixture->journal, TILL_LEDGER_CHARGE_INTENT, "sale_1");
  g_autoptr (TillLedgerEntry) end
      = till_test_journal_only (fixture->journal, TILL_LEDGER_CHARGE_END, "sale_1");
  g_autofree char *key = till_test_gateway_get_header (fixture->gateway, 0, "Idempotency-Key");
  assert_member (intent, "key", key);
  assert_member (intent, "provider", "stripe");
  assert_member (intent, "currency", "EUR");
  assert_member (intent, "provider_customer", NULL);
  g_assert_cmpint (json_object_get_int_member (intent->body, "amount"), ==, 1250);
  assert_member (end, "status", "approved");
  assert_member (end, "reference", "pi_1test");
  g_assert_cmpint (json_object_get_int_member (end->body, "amount"), ==, 1250);
  g_assert_cmpint (outcome->ledger_seq, ==, end->seq);
  g_assert_cmpstr (outcome->attempt, ==, intent->attempt);
}

static void
test_payer_stays_out (Fixture *fixture, gconstpointer data)
{
  TillMoney amount = till_test_euro (1250);
  JsonObject *extra = json_object_new ();
  GAsyncResult *kept = NULL;
  g_autoptr (GError) error = NULL;

  TELL (paid);
  json_object_set_string_member (extra, "customer", "customer_7");
  json_object_set_string_member (extra, "key", "another");
  till_payment_charge_async (fixture->journal->payment, "sale_1", "cus_1/pm_secret", &amount, extra, NULL,
                             till_test_keep, &kept);
  g_autoptr (GAsyncResult) result = till_test_wait (&kept);
  g_autoptr (TillPaymentOutcome) outcome
      = till_payment_charge_finish (fixture->journal->payment, result, &error);
  g_assert_no_error (error);

  g_autoptr (TillLedgerEntry) intent
      = till_test_journal_only (fixture->journal, TILL_LEDGER_CHARGE_INTENT, "sale_1");
  g_autoptr (JsonNode) node = json_node_init_object (json_node_alloc (), intent->body);
  g_autofree char *text = json_to_string (node, FALSE);
  assert_member (intent, "customer", "customer_7");
  g_assert_cmpstr (till_stripe_json_string (intent->body, "key"), !=, "another");
  g_assert_null (strstr (text, "pm_secret"));
  g_assert_null (strstr (text, "cus_1"));
}

static void
test_declined (Fixture *fixture, gconstpointer data)
{
  TELL (declined);
  g_autoptr (TillPaymentOutcome) first = pay (fixture, "sale_1", TILL_CHARGE_DECLINED, "insufficient_funds");
  g_autoptr (TillLedgerEntry) end
      = till_test_journal_only (fixture->journal, TILL_LEDGER_CHARGE_END, "sale_1");

  assert_member (end, "status", "declined");
  assert_member (end, "code", "insufficient_funds");

  /* Another try is another attempt, with another key. */
  TELL (paid);
  g_autoptr (TillPaymentOutcome) second = pay (fixture, "sale_1", TILL_CHARGE_APPROVED, NULL);
  g_assert_cmpstr (first->attempt, !=, second->attempt);
}

/* One payment of a sale */

static void
test_paid_is_paid (Fixture *fixture, gconstpointer data)
{
  TELL (paid);
  g_autoptr (TillPaymentOutcome) outcome = pay (fixture, "sale_1", TILL_CHARGE_APPROVED, NULL);

  assert_charge_fails (fixture, "sale_1", TILL_ERROR_REFUSED);
  assert_tender_fails (fixture, "sale_1", TILL_ERROR_REFUSED);
  g_assert_cmpuint (till_test_gateway_count (fixture->gateway), ==, 1);
}

static void
test_two_at_once (Fixture *fixture, gconstpointer data)
{
  TillPayment *payment = fixture->journal->payment;
  TillMoney amount = till_test_euro (1250);
  GAsyncResult *kept[3] = { NULL };
  g_autoptr (GError) error = NULL;

  TELL (paid);
  till_payment_charge_async (payment, "sale_1", PAYER, &amount, NULL, NULL, till_test_keep, &kept[0]);
  till_payment_charge_async (payment, "sale_1", PAYER, &amount, NULL, NULL, till_test_keep, &kept[1]);
  till_payment_counter_async (payment, "sale_1", "cash", &amount, &amount, NULL, NULL, till_test_keep,
                              &kept[2]);
  g_autoptr (GAsyncResult) first = till_test_wait (&kept[0]);
  g_autoptr (GAsyncResult) second = till_test_wait (&kept[1]);
  g_autoptr (GAsyncResult) third = till_test_wait (&kept[2]);

  g_autoptr (TillPaymentOutcome) outcome = till_payment_charge_finish (payment, first, &error);
  g_assert_no_error (error);
  g_assert_cmpint (outcome->result->status, ==, TILL_CHARGE_APPROVED);
  g_assert_null (till_payment_charge_finish (payment, second, &error));
  g_assert_error (error, TILL_ERROR, TILL_ERROR_REFUSED);
  g_clear_error (&error);
  g_assert_null (till_payment_counter_finish (payment, third, &error));
  g_assert_error (error, TILL_ERROR, TILL_ERROR_REFUSED);
  g_assert_cmpuint (till_test_gateway_count (fixture->gateway), ==, 1);
}

static void
test_counter (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (TillLedgerEntry) row = take (fixture, "sale_1", "cash", 1250, 2000, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (row->kind, ==, TILL_LEDGER_TENDER);
  assert_member (row, "tender", "cash");
  assert_member (row, "currency", "EUR");
  g_assert_cmpint (json_object_get_int_member (row->body, "amount"), ==, 1250);
  g_assert_cmpint (json_object_get_int_member (row->body, "given"), ==, 2000);
  g_assert_cmpint (json_object_get_int_member (row->body, "change"), ==, 750);

  assert_tender_fails (fixture, "sale_1", TILL_ERROR_REFUSED);
  assert_charge_fails (fixture, "sale_1", TILL_ERROR_REFUSED);
  g_assert_null (take (fixture, "sale_2", "cash", 1250, 1249, &error));
  g_assert_error (error, TILL_ERROR, TILL_ERROR_INVALID);
  g_clear_error (&error);
  g_assert_null (take (fixture, "sale_2", "cheque", 1250, 1250, &error));
  g_assert_error (error, TILL_ERROR, TILL_ERROR_INVALID);
}

static void
test_bad_charges (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (till_test_pay (fixture->journal->payment, "sale_1", PAYER, 0, NULL, &error));
  g_assert_error (error, TILL_ERROR, TILL_ERROR_INVALID);
  g_clear_error (&error);
  g_assert_null (till_test_pay (fixture->journal->payment, "", PAYER, 1, NULL, &error));
  g_assert_error (error, TILL_ERROR, TILL_ERROR_INVALID);

  till_payment_set_provider (fixture->journal->payment, NULL);
  assert_charge_fails (fixture, "sale_1", TILL_ERROR_UNAVAILABLE);
  g_autoptr (GPtrArray) rows = till_test_rows (fixture->journal->ledger, NULL, NULL);
  g_assert_cmpuint (rows->len, ==, 0);
}

/* Unknown */

static void
test_unknown_then_known (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (till_payment_get_unresolved (fixture->journal->payment), ==, -1);
  TELL (mute);
  g_autoptr (TillPaymentOutcome) outcome = pay (fixture, "sale_1", TILL_CHARGE_UNKNOWN, "interrupted");
  g_assert_cmpint (till_payment_get_unresolved (fixture->journal->payment), ==, 1);
  assert_charge_fails (fixture, "sale_1", TILL_ERROR_REFUSED);
  assert_tender_fails (fixture, "sale_1", TILL_ERROR_REFUSED);

  /* The same doubt again is not written again. */
  for (guint i = 0; i < 3; i++)
    g_assert_cmpint (till_test_reconcile (fixture->journal->payment, &error), ==, 1);
  g_autoptr (TillLedgerEntry) doubt
      = till_test_journal_only (fixture->journal, TILL_LEDGER_CHARGE_DOUBT, "sale_1");
  g_assert_cmpint (outcome->ledger_seq, <, doubt->seq);

  TELL (listed);
  g_assert_cmpint (till_test_reconcile (fixture->journal->payment, &error), ==, 0);
  g_assert_cmpint (till_payment_get_unresolved (fixture->journal->payment), ==, 0);
  g_autoptr (TillLedgerEntry) end
      = till_test_journal_only (fixture->journal, TILL_LEDGER_CHARGE_END, "sale_1");
  assert_member (end, "status", "approved");
  assert_charge_fails (fixture, "sale_1", TILL_ERROR_REFUSED);

  guint asked = till_test_gateway_count (fixture->gateway);
  g_assert_cmpint (till_test_reconcile (fixture->journal->payment, &error), ==, 0);
  g_assert_cmpuint (till_test_gateway_count (fixture->gateway), ==, asked);
}

static void
test_not_listed_gets_old (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  TELL (mute);
  g_autoptr (TillPaymentOutcome) outcome = pay (fixture, "sale_1", TILL_CHARGE_UNKNOWN, "interrupted");
  TELL (not_listed);
  g_assert_cmpint (till_test_reconcile (fixture->journal->payment, &error), ==, 1);

  till_test_journal_advance (fixture->journal, 2 * TIMEOUT + 1);
  TELL (mute);
  g_assert_cmpint (till_test_reconcile (fixture->journal->payment, &error), ==, 1);
  TELL (not_listed);
  g_assert_cmpint (till_test_reconcile (fixture->journal->payment, &error), ==, 0);
  g_autoptr (TillLedgerEntry) end
      = till_test_journal_only (fixture->journal, TILL_LEDGER_CHARGE_END, "sale_1");
  assert_member (end, "status", "declined");
  assert_member (end, "code", "not-found");
  TELL (paid);
  g_autoptr (TillPaymentOutcome) again = pay (fixture, "sale_1", TILL_CHARGE_APPROVED, NULL);
}

static void
test_reconcile_together (Fixture *fixture, gconstpointer data)
{
  TillPayment *payment = fixture->journal->payment;
  GAsyncResult *kept[2] = { NULL };
  g_autoptr (GError) error = NULL;

  TELL (mute);
  g_autoptr (TillPaymentOutcome) one = pay (fixture, "sale_1", TILL_CHARGE_UNKNOWN, "interrupted");
  TELL (listed);
  till_payment_reconcile_async (payment, NULL, till_test_keep, &kept[0]);
  till_payment_reconcile_async (payment, NULL, till_test_keep, &kept[1]);
  for (guint i = 0; i < G_N_ELEMENTS (kept); i++)
    {
      g_autoptr (GAsyncResult) result = till_test_wait (&kept[i]);
      g_assert_cmpint (till_payment_reconcile_finish (payment, result, &error), ==, 0);
      g_assert_no_error (error);
    }
  g_autoptr (TillLedgerEntry) end
      = till_test_journal_only (fixture->journal, TILL_LEDGER_CHARGE_END, "sale_1");
  g_assert_cmpuint (till_test_gateway_count (fixture->gateway), ==, 1);
}

static void
test_reconcile_without_provider (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  TELL (mute);
  g_autoptr (TillPaymentOutcome) one = pay (fixture, "sale_1", TILL_CHARGE_UNKNOWN, "interrupted");
  till_test_journal_reopen (fixture->journal, NULL);
  g_assert_cmpint (till_test_reconcile (fixture->journal->payment, &error), ==, 1);
  g_assert_no_error (error);
  assert_tender_fails (fixture, "sale_1", TILL_ERROR_REFUSED);
}

/* A till that changed from training to real money does not look for the old attempts in the new books. */
static void
test_reconcile_other_account (Fixture *fixture, gconstpointer data)
{
  g_autoptr (TillSecret) key = till_secret_new ("sk_live_1", strlen ("sk_live_1"));
  g_autoptr (GError) error = NULL;
  g_autoptr (TillStripeProvider) live = till_stripe_provider_new ("https://127.0.0.1:1", NULL, key, &error);

  g_assert_no_error (error);
  TELL (mute);
  g_autoptr (TillPaymentOutcome) one = pay (fixture, "sale_1", TILL_CHARGE_UNKNOWN, "interrupted");
  till_test_journal_reopen (fixture->journal, TILL_PROVIDER (live));
  g_assert_cmpint (till_test_reconcile (fixture->journal->payment, &error), ==, 1);
  g_assert_no_error (error);
  g_autoptr (TillLedgerEntry) doubt
      = till_test_journal_only (fixture->journal, TILL_LEDGER_CHARGE_DOUBT, "sale_1");
  assert_member (doubt, "asked", "charge");
  till_test_journal_reopen (fixture->journal, fixture->provider);
}

/* A charge that says no amount was still taken: rows like it come from programs other than this one. */
static void
append (Fixture *fixture, const char *kind, const char *member, const char *text)
{
  JsonObject *body = json_object_new ();
  GAsyncResult *kept = NULL;
  g_autoptr (GError) error = NULL;

  json_object_set_string_member (body, member, text);
  g_autoptr (TillLedgerEntry) entry = till_ledger_entry_new (kind, "sale_1", "attempt_1", body);
  till_ledger_append_async (fixture->journal->ledger, entry, NULL, till_test_keep, &kept);
  g_autoptr (GAsyncResult) result = till_test_wait (&kept);
  g_autoptr (TillLedgerEntry) row = till_ledger_append_finish (fixture->journal->ledger, result, &error);
  g_assert_no_error (error);
}

static void
test_end_without_amount (Fixture *fixture, gconstpointer data)
{
  append (fixture, TILL_LEDGER_CHARGE_INTENT, "key", "key_1");
  append (fixture, TILL_LEDGER_CHARGE_END, "status", "approved");
  assert_charge_fails (fixture, "sale_1", TILL_ERROR_CORRUPT);
  assert_tender_fails (fixture, "sale_1", TILL_ERROR_CORRUPT);
  g_assert_cmpuint (till_test_gateway_count (fixture->gateway), ==, 0);
}

/* Nothing sent */

static gboolean
drop (Fixture *fixture, const char *attempt, GError **error)
{
  GAsyncResult *kept = NULL;

  till_payment_drop_async (fixture->journal->payment, attempt, NULL, till_test_keep, &kept);
  g_autoptr (GAsyncResult) result = till_test_wait (&kept);
  return till_payment_drop_finish (fixture->journal->payment, result, error);
}

static void
test_drop (Fixture *fixture, gconstpointer data)
{
  g_autoptr (TillProvider) mistrusting = till_test_gateway_connect_mistrusting (fixture->gateway);
  g_autoptr (GError) error = NULL;

  TELL (paid);
  till_payment_set_provider (fixture->journal->payment, mistrusting);
  g_autoptr (TillPaymentOutcome) unsent = pay (fixture, "sale_1", TILL_CHARGE_UNKNOWN, "unreachable");
  g_assert_false (unsent->result->sent);
  g_assert_cmpstr (fixture->journal->steps->str, ==, "journalled answered recorded ");
  g_assert_cmpint (till_test_reconcile (fixture->journal->payment, &error), ==, 1);
  assert_tender_fails (fixture, "sale_1", TILL_ERROR_REFUSED);

  g_assert_true (drop (fixture, unsent->attempt, &error));
  g_assert_no_error (error);
  g_assert_cmpint (till_payment_get_unresolved (fixture->journal->payment), ==, 0);
  g_autoptr (TillLedgerEntry) end
      = till_test_journal_only (fixture->journal, TILL_LEDGER_CHARGE_END, "sale_1");
  assert_member (end, "status", "declined");
  assert_member (end, "code", "not-sent");
  g_assert_false (drop (fixture, unsent->attempt, &error));
  g_assert_error (error, TILL_ERROR, TILL_ERROR_REFUSED);
  g_clear_error (&error);

  g_autoptr (TillLedgerEntry) cash = take (fixture, "sale_1", "cash", 1250, 1250, &error);
  g_assert_no_error (error);
  till_payment_set_provider (fixture->journal->payment, fixture->provider);
}

static void
test_drop_refused (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  TELL (mute);
  g_autoptr (TillPaymentOutcome) sent = pay (fixture, "sale_1", TILL_CHARGE_UNKNOWN, "interrupted");
  const char *const attempts[] = { sent->attempt, "attempt_unheard", NULL };
  for (guint i = 0; i < G_N_ELEMENTS (attempts); i++)
    {
      g_assert_false (drop (fixture, attempts[i], &error));
      g_assert_error (error, TILL_ERROR, TILL_ERROR_REFUSED);
      g_clear_error (&error);
    }
}

/* Cancelled */

static void
cancel_at_journalled (TillPayment *payment, const char *step, gpointer cancellable)
{
  if (g_str_equal (step, "journalled"))
    g_cancellable_cancel (cancellable);
}

static void
test_cancelled (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GCancellable) before = g_cancellable_new ();
  g_autoptr (GCancellable) between = g_cancellable_new ();
  g_autoptr (GError) error = NULL;

  TELL (paid);
  g_cancellable_cancel (before);
  g_assert_null (till_test_pay (fixture->journal->payment, "sale_1", PAYER, 1250, before, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_error (&error);

  g_signal_connect (fixture->journal->payment, "step", G_CALLBACK (cancel_at_journalled), between);
  g_autoptr (TillPaymentOutcome) outcome
      = till_test_pay (fixture->journal->payment, "sale_1", PAYER, 1250, between, &error);
  g_assert_no_error (error);
  g_assert_cmpint (outcome->result->status, ==, TILL_CHARGE_DECLINED);
  g_assert_cmpstr (outcome->result->code, ==, "cancelled");
  g_assert_cmpuint (till_test_gateway_count (fixture->gateway), ==, 0);
  g_autoptr (TillLedgerEntry) end
      = till_test_journal_only (fixture->journal, TILL_LEDGER_CHARGE_END, "sale_1");
  assert_member (end, "code", "cancelled");
}

/* The ledger fails after the money moved */

static void
close_at_answered (TillPayment *payment, const char *step, gpointer store)
{
  if (g_str_equal (step, "answered"))
    till_store_close (store);
}

static void
test_end_not_written (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  TELL (paid);
  g_signal_connect (fixture->journal->payment, "step", G_CALLBACK (close_at_answered),
                    fixture->journal->store);
  g_test_expect_message ("till-payment", G_LOG_LEVEL_WARNING,
                         "*ended approved (pi_1test)*could not be written*");
  g_test_expect_message ("till-payment", G_LOG_LEVEL_WARNING, "*can't be counted*");
  g_autoptr (TillPaymentOutcome) outcome = pay (fixture, "sale_1", TILL_CHARGE_UNKNOWN, "not-recorded");
  g_test_assert_expected_messages ();
  g_assert_cmpstr (outcome->result->reference, ==, "pi_1test");

  till_test_journal_reopen (fixture->journal, fixture->provider);
  assert_tender_fails (fixture, "sale_1", TILL_ERROR_REFUSED);
  TELL (listed);
  g_assert_cmpint (till_test_reconcile (fixture->journal->payment, &error), ==, 0);
  g_autoptr (TillLedgerEntry) end
      = till_test_journal_only (fixture->journal, TILL_LEDGER_CHARGE_END, "sale_1");
  assert_member (end, "status", "approved");
  assert_member (end, "reference", "pi_1test");
}

static void
test_intent_not_written (Fixture *fixture, gconstpointer data)
{
  TELL (paid);
  till_store_close (fixture->journal->store);
  g_autoptr (GError) error = NULL;
  g_assert_null (till_test_pay (fixture->journal->payment, "sale_1", PAYER, 1250, NULL, &error));
  g_assert_nonnull (error);
  g_assert_cmpuint (till_test_gateway_count (fixture->gateway), ==, 0);
  till_test_journal_reopen (fixture->journal, fixture->provider);
}

#define ADD(NAME, TEST) g_test_add ("/payment/journal/" NAME, Fixture, NULL, set_up, TEST, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("journalled-first", test_journalled_first);
  ADD ("payer-stays-out", test_payer_stays_out);
  ADD ("declined", test_declined);
  ADD ("paid-is-paid", test_paid_is_paid);
  ADD ("two-at-once", test_two_at_once);
  ADD ("counter", test_counter);
  ADD ("bad-charges", test_bad_charges);
  ADD ("unknown-then-known", test_unknown_then_known);
  ADD ("not-listed-gets-old", test_not_listed_gets_old);
  ADD ("reconcile-together", test_reconcile_together);
  ADD ("reconcile-without-provider", test_reconcile_without_provider);
  ADD ("reconcile-other-account", test_reconcile_other_account);
  ADD ("end-without-amount", test_end_without_amount);
  ADD ("drop", test_drop);
  ADD ("drop-refused", test_drop_refused);
  ADD ("cancelled", test_cancelled);
  ADD ("end-not-written", test_end_not_written);
  ADD ("intent-not-written", test_intent_not_written);
  return g_test_run ();
}
