/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/till-error.h"
#include "payment/till-stripe-json.h"
#include "till-test-desk.h"

/* Reversals, and settlements by hand. */

/* Reversals */

static TillPaymentOutcome *
reverse (TillTestDesk *desk, const char *attempt, TillChargeStatus status, const char *code)
{
  g_autoptr (GError) error = NULL;
  TillPaymentOutcome *outcome = till_test_reverse (desk->payment, attempt, &error);

  till_test_desk_assert_outcome (outcome, error, status, code);
  g_assert_cmpstr (outcome->attempt, ==, attempt);
  return outcome;
}

static void
assert_chargeable (TillTestDesk *desk)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (TillLedgerEntry) row = till_test_take (desk->payment, "sale_1", 1250, &error);

  g_assert_no_error (error);
  till_test_desk_assert_standing (desk, "sale_1", 1250, 0, 0, FALSE);
}

static void
test_reverse_unsent (TillTestDesk *desk, gconstpointer data)
{
  TELL (MUTE);
  g_autoptr (TillPaymentOutcome) open = till_test_desk_charge (desk, "sale_1", TILL_CHARGE_UNKNOWN);
  TELL (HAVING (TILL_TEST_INTENT ("requires_confirmation")), { .body = TILL_TEST_INTENT ("canceled") });
  g_autoptr (TillPaymentOutcome) outcome = reverse (desk, open->attempt, TILL_CHARGE_DECLINED, "reversed");
  till_test_desk_assert_end (desk, TILL_LEDGER_CHARGE_END, "declined", "reversed");
  g_assert_cmpint (till_payment_get_unresolved (desk->payment), ==, 0);
  g_autoptr (TillPaymentOutcome) again = reverse (desk, open->attempt, TILL_CHARGE_DECLINED, "reversed");
  assert_chargeable (desk);
}

static void
test_reverse_processing (TillTestDesk *desk, gconstpointer data)
{
  TELL ({ .body = TILL_TEST_INTENT ("processing") });
  g_autoptr (TillPaymentOutcome) open = till_test_desk_charge (desk, "sale_1", TILL_CHARGE_UNKNOWN);
  TELL (HAVING (TILL_TEST_INTENT ("processing")), REFUSED ("payment_intent_unexpected_state"));
  g_autoptr (TillPaymentOutcome) not_yet = reverse (desk, open->attempt, TILL_CHARGE_UNKNOWN, "busy");
  TELL (HAVING (TILL_TEST_INTENT ("processing")), { .body = TILL_TEST_INTENT ("canceled") });
  g_autoptr (TillPaymentOutcome) outcome = reverse (desk, open->attempt, TILL_CHARGE_DECLINED, "reversed");
  till_test_desk_assert_end (desk, TILL_LEDGER_CHARGE_END, "declined", "reversed");
  assert_chargeable (desk);
}

static void
test_reverse_taken (TillTestDesk *desk, gconstpointer data)
{
  TELL (MUTE);
  g_autoptr (TillPaymentOutcome) open = till_test_desk_charge (desk, "sale_1", TILL_CHARGE_UNKNOWN);
  TELL (HAVING (TILL_TEST_INTENT ("succeeded")), REFUNDED);
  g_autoptr (TillPaymentOutcome) outcome = reverse (desk, open->attempt, TILL_CHARGE_DECLINED, "reversed");
  till_test_desk_assert_end (desk, TILL_LEDGER_CHARGE_END, "approved", NULL);
  till_test_desk_assert_end (desk, TILL_LEDGER_REFUND_END, "approved", NULL);
  till_test_desk_assert_standing (desk, "sale_1", 0, 0, 0, FALSE);
  g_assert_cmpuint (till_test_gateway_count (desk->gateway), ==, 2);

  /* Both at once: a crash between them would leave a payment that nobody wants, and nobody is asked about. */
  g_autoptr (TillLedgerEntry) end = till_test_journal_only (desk->journal, TILL_LEDGER_CHARGE_END, "sale_1");
  g_autoptr (TillLedgerEntry) intent
      = till_test_journal_only (desk->journal, TILL_LEDGER_REFUND_INTENT, "sale_1");
  g_assert_cmpint (intent->seq, ==, end->seq + 1);
  assert_chargeable (desk);
}

static void
test_reverse_can_fail (TillTestDesk *desk, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  TELL (MUTE);
  g_autoptr (TillPaymentOutcome) open = till_test_desk_charge (desk, "sale_1", TILL_CHARGE_UNKNOWN);
  g_autoptr (TillPaymentOutcome) silent = reverse (desk, open->attempt, TILL_CHARGE_UNKNOWN, "interrupted");

  /* Taken, and the refund is on its way: the sale is neither paid nor free. */
  TELL (HAVING (TILL_TEST_INTENT ("succeeded")), MUTE);
  g_autoptr (TillPaymentOutcome) half = reverse (desk, open->attempt, TILL_CHARGE_UNKNOWN, "interrupted");
  g_assert_cmpint (till_payment_get_unresolved (desk->payment), ==, 1);
  g_assert_null (till_test_take (desk->payment, "sale_1", 1250, &error));
  g_assert_error (error, TILL_ERROR, TILL_ERROR_REFUSED);
  g_clear_error (&error);

  TELL (NOTHING, REFUSED ("charge_disputed"), NOTHING);
  till_test_desk_reconcile (desk, 0);
  TELL (REFUSED ("charge_disputed"));
  g_autoptr (TillPaymentOutcome) declined
      = reverse (desk, open->attempt, TILL_CHARGE_APPROVED, "charge_disputed");
  g_assert_null (till_test_take (desk->payment, "sale_1", 1250, &error));
  g_assert_error (error, TILL_ERROR, TILL_ERROR_REFUSED);
  till_test_desk_assert_standing (desk, "sale_1", 1250, 0, 0, FALSE);
}

static void
test_reverse_goes_on (TillTestDesk *desk, gconstpointer data)
{
  TELL (PAID, MUTE);
  g_autoptr (TillPaymentOutcome) paid = till_test_desk_charge (desk, "sale_1", TILL_CHARGE_APPROVED);
  g_autofree char *part
      = till_test_desk_give_back (desk, paid->attempt, 1000, TILL_CHARGE_UNKNOWN, "interrupted");
  TELL (HAVING (TILL_TEST_REFUND ("succeeded")), REFUNDED);
  g_autoptr (TillPaymentOutcome) outcome = reverse (desk, paid->attempt, TILL_CHARGE_DECLINED, "reversed");
  till_test_desk_assert_field (desk, 1, "amount", "250");
  g_autoptr (GError) error = NULL;
  g_assert_null (till_test_reverse (desk->payment, part, &error));
  g_assert_error (error, TILL_ERROR, TILL_ERROR_REFUSED);
}

/* Settling by hand */

#define EVIDENCE "seen in the provider's list of payments"

static void
assert_no_settling (TillTestDesk *desk, const char *attempt, const char *evidence, int code)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (till_test_settle (desk->payment, attempt, TRUE, evidence, &error));
  g_assert_error (error, TILL_ERROR, code);
}

static void
test_settle (TillTestDesk *desk, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *long_words = g_strnfill (501, 'x');

  TELL (MUTE);
  g_autoptr (TillPaymentOutcome) open = till_test_desk_charge (desk, "sale_1", TILL_CHARGE_UNKNOWN);
  assert_no_settling (desk, open->attempt, " 1234567 ", TILL_ERROR_INVALID);
  assert_no_settling (desk, open->attempt, long_words, TILL_ERROR_INVALID);
  assert_no_settling (desk, open->attempt, NULL, TILL_ERROR_INVALID);
  assert_no_settling (desk, "attempt_of_nobody", EVIDENCE, TILL_ERROR_NOT_FOUND);
  g_autoptr (TillLedgerEntry) end = till_test_settle (desk->payment, open->attempt, TRUE, EVIDENCE, &error);
  g_assert_no_error (error);
  g_autoptr (TillLedgerEntry) settlement
      = till_test_journal_only (desk->journal, TILL_LEDGER_SETTLEMENT, "sale_1");
  g_assert_cmpint (settlement->seq + 1, ==, end->seq);
  g_assert_cmpstr (till_stripe_json_string (settlement->body, "evidence"), ==, EVIDENCE);
  g_assert_cmpstr (till_stripe_json_string (settlement->body, "by"), ==, "manager_1");
  till_test_desk_assert_end (desk, TILL_LEDGER_CHARGE_END, "approved", "settled-by-hand");
  g_assert_cmpint (till_payment_get_unresolved (desk->payment), ==, 0);
  assert_no_settling (desk, open->attempt, EVIDENCE, TILL_ERROR_REFUSED);
  g_assert_null (till_test_take (desk->payment, "sale_1", 1250, &error));
  g_assert_error (error, TILL_ERROR, TILL_ERROR_REFUSED);
  till_test_desk_assert_refused (desk, open->attempt, 5,
                                 TILL_ERROR_REFUSED); /* nobody knows the provider's number */
}

static void
test_settle_asks_first (TillTestDesk *desk, gconstpointer data)
{
  TELL (MUTE);
  g_autoptr (TillPaymentOutcome) open = till_test_desk_charge (desk, "sale_1", TILL_CHARGE_UNKNOWN);
  TELL (NOTHING, { .body = TILL_TEST_INTENT ("requires_payment_method") },
        { .body = TILL_TEST_INTENT ("canceled") });
  assert_no_settling (desk, open->attempt, EVIDENCE, TILL_ERROR_REFUSED);
  g_autoptr (GPtrArray) settlements
      = till_test_rows (desk->journal->ledger, TILL_LEDGER_SETTLEMENT, "sale_1");
  g_assert_cmpuint (settlements->len, ==, 0);
  g_autoptr (TillLedgerEntry) end = till_test_journal_only (desk->journal, TILL_LEDGER_CHARGE_END, "sale_1");
  g_assert_cmpstr (till_stripe_json_string (end->body, "status"), ==, "declined");
  g_assert_cmpint (till_payment_get_unresolved (desk->payment), ==, 0);
}

static void
test_settle_refund (TillTestDesk *desk, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  TELL (PAID, MUTE);
  g_autoptr (TillPaymentOutcome) paid = till_test_desk_charge (desk, "sale_1", TILL_CHARGE_APPROVED);
  g_autofree char *refund
      = till_test_desk_give_back (desk, paid->attempt, 1000, TILL_CHARGE_UNKNOWN, "interrupted");
  till_payment_set_provider (desk->payment, NULL);
  g_autoptr (TillLedgerEntry) end = till_test_settle (desk->payment, refund, TRUE, EVIDENCE, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (end->kind, ==, TILL_LEDGER_REFUND_END);
  till_test_desk_assert_standing (desk, "sale_1", 1250, 1000, 0, FALSE);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(NAME, FUNCTION)                                                                                  \
  g_test_add ("/payment/reversals/" NAME, TillTestDesk, NULL, till_test_desk_set_up, FUNCTION,               \
              till_test_desk_tear_down)
  ADD ("unsent", test_reverse_unsent);
  ADD ("processing", test_reverse_processing);
  ADD ("taken", test_reverse_taken);
  ADD ("can-fail", test_reverse_can_fail);
  ADD ("goes-on", test_reverse_goes_on);
  ADD ("settle", test_settle);
  ADD ("settle-asks-first", test_settle_asks_first);
  ADD ("settle-refund", test_settle_refund);
  return g_test_run ();
}
