/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/till-error.h"
#include "money-fixture.h"

#define assert_at(fixture, state) assert_state (fixture, state, G_STRFUNC, __LINE__)

static void
assert_state (MoneyFixture *fixture, TillCheckoutState state, const char *function, int line)
{
  TillCheckoutState now = till_checkout_get_state (fixture->checkout);

  if (now != state)
    g_error ("%s:%d: the checkout is at %s, not at %s", function, line, till_checkout_state_to_string (now),
             till_checkout_state_to_string (state));
}

static void
assert_refused (gboolean done, GError *error)
{
  g_assert_false (done);
  g_assert_error (error, TILL_ERROR, TILL_ERROR_REFUSED);
  g_error_free (error);
}

/* Whatever the cashier tries, this sale is not paid at the counter now. */
static void
assert_no_tender (MoneyFixture *fixture)
{
  const char *const tenders[] = { TILL_TENDER_CASH, TILL_TENDER_CARD };
  GError *error = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (tenders); i++, error = NULL)
    {
      gboolean chosen = till_checkout_choose_counter (fixture->checkout, tenders[i], &error);
      assert_refused (chosen, error);
    }
  gboolean taken = till_checkout_take_tender (fixture->checkout, NULL, &error);
  assert_refused (taken, error);
  g_assert_cmpuint (money_fixture_count (fixture, TILL_LEDGER_TENDER, NULL), ==, 0);
}

/* The row of the money has the receipt, too, and it is of this payment, whatever was tried before. */
static void
assert_paid_at_counter (MoneyFixture *fixture)
{
  g_autoptr (TillLedgerEntry) tender = money_fixture_newest (fixture, TILL_LEDGER_TENDER);
  g_autoptr (TillLedgerEntry) row = money_fixture_newest (fixture, TILL_LEDGER_RECEIPT);
  g_autoptr (TillReceipt) draft
      = till_receipt_from_json (json_object_get_object_member (tender->body, "receipt"), NULL);
  g_autoptr (TillReceipt) receipt = till_receipt_from_json (row->body, NULL);
  const TillTender *paid = till_receipt_get_tender (receipt);

  g_assert_cmpstr (row->sale, ==, tender->sale);
  g_assert_cmpstr (row->attempt, ==, NULL);
  g_assert_cmpstr (paid->kind, ==, TILL_TENDER_CASH);
  g_assert_cmpstr (paid->reference, ==, NULL);
  g_assert_cmpint (paid->given.minor, ==, json_object_get_int_member (tender->body, "given"));
  g_assert_cmpuint (till_receipt_get_n_lines (draft), ==, till_receipt_get_n_lines (receipt));
  g_assert_cmpint (till_receipt_get_total (draft)->minor, ==, paid->amount.minor);
}

static void
pay_cash (MoneyFixture *fixture)
{
  g_autoptr (GError) error = NULL;

  till_checkout_choose_counter (fixture->checkout, TILL_TENDER_CASH, &error);
  g_assert_no_error (error);
  till_checkout_take_tender (fixture->checkout, NULL, &error);
  g_assert_no_error (error);
  money_fixture_wait (fixture, TILL_CHECKOUT_PAID);
  assert_paid_at_counter (fixture);
}

static guint
count_ends (MoneyFixture *fixture, TillChargeStatus status)
{
  return money_fixture_count (fixture, TILL_LEDGER_CHARGE_END, till_charge_status_to_string (status));
}

static void
assert_end (MoneyFixture *fixture, const char *status, const char *code)
{
  g_autoptr (TillLedgerEntry) end = money_fixture_newest (fixture, TILL_LEDGER_CHARGE_END);

  g_assert_cmpstr (json_object_get_string_member (end->body, "status"), ==, status);
  g_assert_cmpstr (json_object_get_string_member_with_default (end->body, "code", NULL), ==, code);
}

/* A charge held so long that the till gives up waiting for it. */
static void
pay_into_silence (MoneyFixture *fixture)
{
  till_checkout_set_timeout (fixture->checkout, TILL_CHECKOUT_CHARGING, 1);
  money_fixture_pay (fixture);
  money_fixture_wait_held (fixture, 1, 0);
  money_fixture_wait (fixture, TILL_CHECKOUT_DOUBT);
  till_checkout_set_timeout (fixture->checkout, TILL_CHECKOUT_CHARGING, 0);
}

static void
pay_into_doubt (MoneyFixture *fixture, const char *code, gboolean sent)
{
  fake_provider_script_charge (fixture->provider, TILL_CHARGE_UNKNOWN, code, sent);
  money_fixture_open (fixture);
  money_fixture_pay (fixture);
  money_fixture_wait (fixture, TILL_CHECKOUT_DOUBT);
  g_assert_cmpstr (till_checkout_get_reason (fixture->checkout), ==, code);
  g_assert_cmpint (till_checkout_is_nothing_sent (fixture->checkout), ==, !sent);
}

/* Approved */

static void
test_approved (MoneyFixture *fixture, gconstpointer unused)
{
  fake_provider_script_charge (fixture->provider, TILL_CHARGE_APPROVED, NULL, TRUE);
  money_fixture_open (fixture);
  g_autofree char *sale = g_strdup (till_checkout_get_sale (fixture->checkout));
  money_fixture_pay (fixture);
  g_assert_null (till_checkout_get_customer_name (fixture->checkout));
  g_assert_false (till_checkout_is_camera_on (fixture->checkout));
  money_fixture_wait (fixture, TILL_CHECKOUT_APPROVED);
  assert_no_tender (fixture);

  g_assert_cmpstr (fixture->states->str, ==, " ways consent digits confirming smile charging approved");
  g_assert_cmpstr (till_checkout_get_customer_name (fixture->checkout), ==, "Grace");
  g_assert_cmpuint (fake_provider_count_charges (fixture->provider), ==, 1);
  g_assert_cmpuint (money_fixture_count (fixture, TILL_LEDGER_CHARGE_INTENT, NULL), ==, 1);
  g_assert_cmpuint (count_ends (fixture, TILL_CHARGE_APPROVED), ==, 1);
  g_assert_cmpuint (fixture->troubles->len, ==, 0);

  g_autoptr (TillLedgerEntry) end = money_fixture_newest (fixture, TILL_LEDGER_CHARGE_END);
  g_autoptr (TillLedgerEntry) row = money_fixture_newest (fixture, TILL_LEDGER_RECEIPT);
  g_autoptr (TillReceipt) receipt = till_receipt_from_json (row->body, NULL);
  g_assert_cmpuint (money_fixture_count (fixture, TILL_LEDGER_RECEIPT, NULL), ==, 1);
  g_assert_cmpstr (row->sale, ==, sale);
  g_assert_cmpstr (row->attempt, ==, end->attempt);
  g_assert_cmpint (till_checkout_get_ledger_seq (fixture->checkout), ==, end->seq);
  g_assert_cmpstr (till_receipt_get_tender (receipt)->reference, ==, "pi_1");
  g_assert_cmpint (till_receipt_get_total (receipt)->minor, ==,
                   till_checkout_get_amount (fixture->checkout)->minor);

  g_assert_true (till_checkout_dismiss (fixture->checkout, NULL));
  assert_at (fixture, TILL_CHECKOUT_IDLE);
  g_assert_true (till_basket_is_empty (fixture->basket));
  g_assert_false (till_basket_can_undo (fixture->basket));
  g_assert_null (till_checkout_get_sale (fixture->checkout));
  g_assert_null (till_checkout_get_customer_name (fixture->checkout));
}

/* A second try at the same sale is an attempt of its own. */
static void
test_declined_then_approved (MoneyFixture *fixture, gconstpointer unused)
{
  fake_provider_script_charge (fixture->provider, TILL_CHARGE_DECLINED, "card_declined", TRUE);
  fake_provider_script_charge (fixture->provider, TILL_CHARGE_APPROVED, NULL, TRUE);
  money_fixture_open (fixture);
  g_autofree char *sale = g_strdup (till_checkout_get_sale (fixture->checkout));
  money_fixture_pay (fixture);
  money_fixture_wait (fixture, TILL_CHECKOUT_DECLINED);
  g_assert_cmpstr (till_checkout_get_reason (fixture->checkout), ==, "card_declined");
  g_assert_cmpuint (money_fixture_count (fixture, TILL_LEDGER_RECEIPT, NULL), ==, 0);
  g_assert_true (till_checkout_dismiss (fixture->checkout, NULL));

  g_assert_cmpstr (till_checkout_get_sale (fixture->checkout), ==, sale);
  g_assert_false (till_basket_is_empty (fixture->basket));
  money_fixture_pay (fixture);
  money_fixture_wait (fixture, TILL_CHECKOUT_APPROVED);
  g_assert_cmpuint (fake_provider_count_keys (fixture->provider), ==, 2);
  g_assert_cmpuint (money_fixture_count (fixture, TILL_LEDGER_CONSENT, NULL), ==, 4);
  g_assert_cmpuint (count_ends (fixture, TILL_CHARGE_DECLINED), ==, 1);
  g_assert_cmpuint (count_ends (fixture, TILL_CHARGE_APPROVED), ==, 1);
  g_assert_cmpuint (money_fixture_count (fixture, TILL_LEDGER_RECEIPT, NULL), ==, 1);
}

/* Doubt */

/* The decline of the first attempt is not the end of the second one. */
static void
test_declined_then_slow (MoneyFixture *fixture, gconstpointer unused)
{
  fake_provider_script_charge (fixture->provider, TILL_CHARGE_DECLINED, "card_declined", TRUE);
  money_fixture_open (fixture);
  money_fixture_pay (fixture);
  money_fixture_wait (fixture, TILL_CHECKOUT_DECLINED);
  g_assert_true (till_checkout_dismiss (fixture->checkout, NULL));
  pay_into_silence (fixture);

  for (guint i = 0; i < 2; i++)
    {
      g_assert_true (till_checkout_ask_again (fixture->checkout, NULL));
      assert_at (fixture, TILL_CHECKOUT_DOUBT);
      g_assert_false (till_checkout_is_nothing_sent (fixture->checkout));
      assert_no_tender (fixture);
    }
  g_assert_cmpuint (fake_provider_count_queries (fixture->provider), ==, 0);

  fake_provider_release_charge (fixture->provider, TILL_CHARGE_APPROVED, NULL, TRUE);
  money_fixture_wait (fixture, TILL_CHECKOUT_APPROVED);
  assert_no_tender (fixture);
  g_assert_cmpuint (count_ends (fixture, TILL_CHARGE_APPROVED), ==, 1);
  g_assert_cmpuint (count_ends (fixture, TILL_CHARGE_DECLINED), ==, 1);
  g_assert_cmpuint (money_fixture_count (fixture, TILL_LEDGER_RECEIPT, NULL), ==, 1);
  g_assert_cmpuint (fake_provider_count_charges (fixture->provider), ==, 2);
}

/* The same where the first try never left the till: its being harmless says nothing about the second one. */
static void
test_not_sent_then_slow (MoneyFixture *fixture, gconstpointer unused)
{
  pay_into_doubt (fixture, "unreachable", FALSE);
  g_assert_true (till_checkout_cancel (fixture->checkout, NULL));
  assert_at (fixture, TILL_CHECKOUT_WAYS);
  money_fixture_wait_rows (fixture, TILL_LEDGER_CHARGE_END, 1);
  pay_into_silence (fixture);
  g_assert_false (till_checkout_is_nothing_sent (fixture->checkout));
  g_assert_false (till_checkout_cancel (fixture->checkout, NULL));
  assert_no_tender (fixture);
  fake_provider_release_charge (fixture->provider, TILL_CHARGE_DECLINED, "card_declined", TRUE);
  money_fixture_wait (fixture, TILL_CHECKOUT_DECLINED);
  pay_cash (fixture);
}

static void
test_doubt_approved (MoneyFixture *fixture, gconstpointer unused)
{
  pay_into_doubt (fixture, "timed-out", TRUE);
  assert_no_tender (fixture);
  fake_provider_script_query (fixture->provider, TILL_CHARGE_APPROVED, NULL, TRUE);
  g_assert_true (till_checkout_ask_again (fixture->checkout, NULL));
  money_fixture_wait (fixture, TILL_CHECKOUT_APPROVED);
  assert_no_tender (fixture);

  g_autoptr (TillLedgerEntry) end = money_fixture_newest (fixture, TILL_LEDGER_CHARGE_END);
  g_autoptr (TillLedgerEntry) receipt = money_fixture_newest (fixture, TILL_LEDGER_RECEIPT);
  g_assert_cmpuint (count_ends (fixture, TILL_CHARGE_APPROVED), ==, 1);
  g_assert_cmpstr (receipt->attempt, ==, end->attempt);
  g_assert_cmpint (till_checkout_get_ledger_seq (fixture->checkout), ==, end->seq);
  g_assert_cmpstr (till_checkout_get_customer_name (fixture->checkout), ==, "Grace");
  g_assert_cmpuint (fake_provider_count_charges (fixture->provider), ==, 1);
}

static void
test_doubt_declined (MoneyFixture *fixture, gconstpointer unused)
{
  pay_into_doubt (fixture, "timed-out", TRUE);
  fake_provider_script_query (fixture->provider, TILL_CHARGE_DECLINED, "not-found", TRUE);
  g_assert_true (till_checkout_ask_again (fixture->checkout, NULL));
  money_fixture_wait (fixture, TILL_CHECKOUT_DECLINED);
  g_assert_cmpstr (till_checkout_get_reason (fixture->checkout), ==, "not-found");
  assert_end (fixture, "declined", "not-found");
  pay_cash (fixture);
  g_assert_cmpuint (money_fixture_count (fixture, TILL_LEDGER_TENDER, NULL), ==, 1);
  g_assert_cmpuint (money_fixture_count (fixture, TILL_LEDGER_RECEIPT, NULL), ==, 1);
}

static void
test_doubt_stays (MoneyFixture *fixture, gconstpointer unused)
{
  pay_into_doubt (fixture, "timed-out", TRUE);
  for (guint i = 1; i <= 2; i++)
    {
      fake_provider_script_query (fixture->provider, TILL_CHARGE_UNKNOWN, "processing", TRUE);
      money_fixture_ask (fixture);
      assert_at (fixture, TILL_CHECKOUT_DOUBT);
      assert_no_tender (fixture);
      g_assert_cmpuint (fake_provider_count_queries (fixture->provider), ==, i);
    }
  g_assert_cmpuint (money_fixture_count (fixture, TILL_LEDGER_CHARGE_END, NULL), ==, 0);
  g_assert_cmpuint (money_fixture_count (fixture, TILL_LEDGER_RECEIPT, NULL), ==, 0);
}

/* Nothing was sent: another way is free, but not while the provider is being asked about the attempt. */
static void
test_not_sent_then_cash (MoneyFixture *fixture, gconstpointer unused)
{
  pay_into_doubt (fixture, "unreachable", FALSE);
  g_assert_true (till_checkout_accepts (fixture->checkout, TILL_CHECKOUT_CHOOSE_COUNTER));

  g_assert_true (till_checkout_ask_again (fixture->checkout, NULL));
  money_fixture_wait_held (fixture, 0, 1);
  guint told = fixture->n_states;
  g_assert_false (till_checkout_accepts (fixture->checkout, TILL_CHECKOUT_CHOOSE_COUNTER));
  g_assert_false (till_checkout_accepts (fixture->checkout, TILL_CHECKOUT_CANCEL));
  assert_no_tender (fixture);
  assert_at (fixture, TILL_CHECKOUT_DOUBT);
  fake_provider_release_query (fixture->provider, TILL_CHARGE_UNKNOWN, "unreachable", FALSE);
  money_fixture_wait_states (fixture, told + 1);

  assert_at (fixture, TILL_CHECKOUT_DOUBT);
  g_assert_true (till_checkout_choose_counter (fixture->checkout, TILL_TENDER_CASH, NULL));
  money_fixture_wait_rows (fixture, TILL_LEDGER_CHARGE_END, 1);
  assert_end (fixture, "declined", "not-sent");
  g_assert_true (till_checkout_take_tender (fixture->checkout, NULL, NULL));
  money_fixture_wait (fixture, TILL_CHECKOUT_PAID);
  g_assert_cmpuint (money_fixture_count (fixture, TILL_LEDGER_TENDER, NULL), ==, 1);
  g_assert_cmpuint (money_fixture_count (fixture, TILL_LEDGER_CHARGE_END, NULL), ==, 1);
  g_assert_cmpint (till_payment_get_unresolved (fixture->payment), ==, 0);
  g_assert_cmpuint (fixture->troubles->len, ==, 0);
}

/* Set aside */

static void
set_first_sale_aside (MoneyFixture *fixture)
{
  money_fixture_open (fixture);
  pay_into_silence (fixture);
  g_assert_true (till_checkout_set_aside (fixture->checkout, NULL));
  assert_at (fixture, TILL_CHECKOUT_IDLE);
  g_assert_true (till_basket_is_empty (fixture->basket));
  g_assert_cmpuint (fixture->troubles->len, ==, 0);
}

static void
assert_told_late (MoneyFixture *fixture, const char *sale, const char *status)
{
  money_fixture_wait_troubles (fixture, 1);
  g_assert_cmpuint (fixture->troubles->len, ==, 1);
  const GError *news = g_ptr_array_index (fixture->troubles, 0);
  g_assert_nonnull (strstr (news->message, sale));
  g_assert_nonnull (strstr (news->message, status));
}

/* What comes too late for its own sale is not taken for the next one's, though that one waits for just such news. */
static void
test_late_while_charging (MoneyFixture *fixture, gconstpointer unused)
{
  set_first_sale_aside (fixture);
  g_autoptr (TillLedgerEntry) first = money_fixture_newest (fixture, TILL_LEDGER_CHARGE_INTENT);
  money_fixture_open (fixture);
  money_fixture_pay (fixture);
  money_fixture_wait_held (fixture, 2, 0);

  fake_provider_release_charge (fixture->provider, TILL_CHARGE_APPROVED, NULL, TRUE);
  assert_told_late (fixture, first->sale, "approved");
  assert_at (fixture, TILL_CHECKOUT_CHARGING);
  g_assert_null (till_checkout_get_receipt (fixture->checkout));
  g_assert_cmpuint (money_fixture_count (fixture, TILL_LEDGER_RECEIPT, NULL), ==, 0);
  g_autoptr (TillLedgerEntry) end = money_fixture_newest (fixture, TILL_LEDGER_CHARGE_END);
  g_assert_cmpstr (end->sale, ==, first->sale);

  fake_provider_release_charge (fixture->provider, TILL_CHARGE_DECLINED, "card_declined", TRUE);
  money_fixture_wait (fixture, TILL_CHECKOUT_DECLINED);
  g_assert_cmpuint (count_ends (fixture, TILL_CHARGE_APPROVED), ==, 1);
  g_assert_cmpuint (count_ends (fixture, TILL_CHARGE_DECLINED), ==, 1);
  pay_cash (fixture);
}

static void
test_late_while_in_doubt (MoneyFixture *fixture, gconstpointer unused)
{
  set_first_sale_aside (fixture);
  g_autoptr (TillLedgerEntry) first = money_fixture_newest (fixture, TILL_LEDGER_CHARGE_INTENT);
  pay_into_doubt (fixture, "timed-out", TRUE);

  fake_provider_release_charge (fixture->provider, TILL_CHARGE_DECLINED, "card_declined", TRUE);
  assert_told_late (fixture, first->sale, "declined");
  assert_at (fixture, TILL_CHECKOUT_DOUBT);
  fake_provider_script_query (fixture->provider, TILL_CHARGE_UNKNOWN, "processing", TRUE);
  money_fixture_ask (fixture);
  assert_at (fixture, TILL_CHECKOUT_DOUBT);
  assert_no_tender (fixture);
}

static void
test_late_while_idle (MoneyFixture *fixture, gconstpointer unused)
{
  set_first_sale_aside (fixture);
  g_autoptr (TillLedgerEntry) first = money_fixture_newest (fixture, TILL_LEDGER_CHARGE_INTENT);

  fake_provider_release_charge (fixture->provider, TILL_CHARGE_APPROVED, NULL, TRUE);
  assert_told_late (fixture, first->sale, "approved");
  assert_at (fixture, TILL_CHECKOUT_IDLE);
}

/* A disk that refuses */

static void
test_intent_not_written (MoneyFixture *fixture, gconstpointer unused)
{
  money_fixture_open (fixture);
  money_fixture_break_ledger (fixture, TILL_LEDGER_CHARGE_INTENT);
  money_fixture_pay (fixture);
  money_fixture_wait (fixture, TILL_CHECKOUT_DECLINED);
  g_assert_cmpstr (till_checkout_get_reason (fixture->checkout), ==, "not-sent");
  g_assert_cmpuint (fake_provider_count_charges (fixture->provider), ==, 0);
  g_assert_cmpuint (fixture->troubles->len, ==, 1);

  money_fixture_mend_ledger (fixture);
  fake_provider_script_charge (fixture->provider, TILL_CHARGE_APPROVED, NULL, TRUE);
  g_assert_true (till_checkout_dismiss (fixture->checkout, NULL));
  money_fixture_pay (fixture);
  money_fixture_wait (fixture, TILL_CHECKOUT_APPROVED);
}

/* Money has moved, and the ledger does not know: that is doubt, until the provider has said it again. */
static void
test_end_not_written (MoneyFixture *fixture, gconstpointer unused)
{
  money_fixture_open (fixture);
  money_fixture_break_ledger (fixture, TILL_LEDGER_CHARGE_END);
  fake_provider_script_charge (fixture->provider, TILL_CHARGE_APPROVED, NULL, TRUE);
  g_test_expect_message ("till-payment", G_LOG_LEVEL_WARNING, "*could not be written*");
  money_fixture_pay (fixture);
  money_fixture_wait (fixture, TILL_CHECKOUT_DOUBT);
  g_test_assert_expected_messages ();
  g_assert_cmpstr (till_checkout_get_reason (fixture->checkout), ==, "not-recorded");
  assert_no_tender (fixture);

  money_fixture_mend_ledger (fixture);
  fake_provider_script_query (fixture->provider, TILL_CHARGE_APPROVED, NULL, TRUE);
  g_assert_true (till_checkout_ask_again (fixture->checkout, NULL));
  money_fixture_wait (fixture, TILL_CHECKOUT_APPROVED);
  g_assert_cmpuint (count_ends (fixture, TILL_CHARGE_APPROVED), ==, 1);
  g_assert_cmpuint (fake_provider_count_charges (fixture->provider), ==, 1);
}

static void
test_consent_not_written (MoneyFixture *fixture, gconstpointer unused)
{
  money_fixture_open (fixture);
  money_fixture_break_ledger (fixture, TILL_LEDGER_CONSENT);
  g_assert_true (till_checkout_choose_face (fixture->checkout, NULL));
  g_assert_true (till_checkout_agree (fixture->checkout, NULL));
  g_assert_true (till_checkout_type_digits (fixture->checkout, MONEY_DIGITS, NULL));
  money_fixture_see (fixture, TILL_SMILE_MADE);
  money_fixture_see (fixture, TILL_SMILE_MADE);
  money_fixture_wait (fixture, TILL_CHECKOUT_NOT_CONFIRMED);
  g_assert_cmpstr (till_checkout_get_reason (fixture->checkout), ==, "consent-not-written");
  g_assert_false (till_checkout_is_camera_on (fixture->checkout));
  money_fixture_see (fixture, TILL_SMILE_MADE);
  assert_at (fixture, TILL_CHECKOUT_NOT_CONFIRMED);
  g_assert_cmpuint (money_fixture_count (fixture, TILL_LEDGER_CHARGE_INTENT, NULL), ==, 0);
  g_assert_cmpuint (fake_provider_count_charges (fixture->provider), ==, 0);
}

/* Who pays */

static void
test_wrong_digits (MoneyFixture *fixture, gconstpointer both_are_candidates)
{
  money_fixture_open (fixture);
  money_fixture_identify (fixture, MONEY_OTHER_DIGITS);
  if (both_are_candidates != NULL)
    money_fixture_widen_candidates (fixture);
  for (guint i = 0; i < 3; i++)
    {
      money_fixture_see (fixture, TILL_SMILE_MADE);
      assert_at (fixture, TILL_CHECKOUT_CONFIRMING);
    }
  g_assert_cmpuint (money_fixture_count (fixture, TILL_LEDGER_CHARGE_INTENT, NULL), ==, 0);
}

/* A smile that was there before it was asked for pays nothing. */
static void
test_early_smile (MoneyFixture *fixture, gconstpointer unused)
{
  fake_provider_script_charge (fixture->provider, TILL_CHARGE_APPROVED, NULL, TRUE);
  money_fixture_open (fixture);
  g_assert_true (till_checkout_choose_face (fixture->checkout, NULL));
  g_assert_true (till_checkout_agree (fixture->checkout, NULL));
  money_fixture_see (fixture, TILL_SMILE_MADE);
  assert_at (fixture, TILL_CHECKOUT_DIGITS);
  g_assert_true (till_checkout_type_digits (fixture->checkout, MONEY_DIGITS, NULL));
  money_fixture_wait_candidates (fixture);
  money_fixture_see (fixture, TILL_SMILE_MADE);
  assert_at (fixture, TILL_CHECKOUT_SMILE);
  money_fixture_see (fixture, TILL_SMILE_RELAX);
  money_fixture_see (fixture, TILL_SMILE_HOLDING);
  assert_at (fixture, TILL_CHECKOUT_SMILE);
  g_assert_cmpuint (money_fixture_count (fixture, TILL_LEDGER_CHARGE_INTENT, NULL), ==, 0);
  money_fixture_see (fixture, TILL_SMILE_MADE);
  money_fixture_wait (fixture, TILL_CHECKOUT_APPROVED);
}

/* Cash taken before the attempt's end is on disk waits for it. */
static void
test_not_sent_then_cash_at_once (MoneyFixture *fixture, gconstpointer unused)
{
  pay_into_doubt (fixture, "unreachable", FALSE);
  pay_cash (fixture);
  assert_end (fixture, "declined", "not-sent");
  g_assert_cmpuint (fixture->troubles->len, ==, 0);
}

static void
on_reconciled (GObject *source, GAsyncResult *result, gpointer user_data)
{
  *(gboolean *) user_data = till_payment_reconcile_finish (TILL_PAYMENT (source), result, NULL) >= 0;
}

/* The shop asks about open attempts on its own, too: cash that is refused meanwhile is taken afterwards. */
static void
test_not_sent_then_cash_while_shop_asks (MoneyFixture *fixture, gconstpointer unused)
{
  gboolean reconciled = FALSE;

  pay_into_doubt (fixture, "unreachable", FALSE);
  till_payment_reconcile_async (fixture->payment, NULL, on_reconciled, &reconciled);
  money_fixture_wait_held (fixture, 0, 1);
  g_assert_true (till_checkout_choose_counter (fixture->checkout, TILL_TENDER_CASH, NULL));
  money_fixture_wait_troubles (fixture, 1);
  fake_provider_release_query (fixture->provider, TILL_CHARGE_UNKNOWN, "unreachable", FALSE);
  while (!reconciled)
    g_main_context_iteration (NULL, TRUE);
  pay_cash (fixture);
  assert_end (fixture, "declined", "not-sent");
}

#define ADD(name, test, data)                                                                                \
  g_test_add ("/checkout/money/" name, MoneyFixture, data, money_fixture_set_up, test,                       \
              money_fixture_tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  ADD ("approved", test_approved, NULL);
  ADD ("declined-then-approved", test_declined_then_approved, NULL);
  ADD ("declined-then-slow", test_declined_then_slow, NULL);
  ADD ("not-sent-then-slow", test_not_sent_then_slow, NULL);
  ADD ("doubt/approved", test_doubt_approved, NULL);
  ADD ("doubt/declined", test_doubt_declined, NULL);
  ADD ("doubt/stays", test_doubt_stays, NULL);
  ADD ("not-sent-then-cash", test_not_sent_then_cash, NULL);
  ADD ("set-aside/charging", test_late_while_charging, NULL);
  ADD ("set-aside/doubt", test_late_while_in_doubt, NULL);
  ADD ("set-aside/idle", test_late_while_idle, NULL);
  ADD ("ledger/intent", test_intent_not_written, NULL);
  ADD ("ledger/end", test_end_not_written, NULL);
  ADD ("ledger/consent", test_consent_not_written, NULL);
  ADD ("wrong-digits", test_wrong_digits, NULL);
  ADD ("wrong-digits/both-candidates", test_wrong_digits, "both");
  ADD ("early-smile", test_early_smile, NULL);
  ADD ("not-sent-then-cash-at-once", test_not_sent_then_cash_at_once, NULL);
  ADD ("not-sent-then-cash-while-shop-asks", test_not_sent_then_cash_while_shop_asks, NULL);
  return g_test_run ();
}
