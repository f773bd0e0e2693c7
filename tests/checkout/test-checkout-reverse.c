/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Runs under with-keyring. Nobody knows whether money was taken, and the cashier wants it not to be. */
#include "base/till-error.h"
#include "money-fixture.h"

static void
assert_at (MoneyFixture *self, const char *state, const char *reason)
{
  g_assert_cmpstr (till_checkout_state_to_string (till_checkout_get_state (self->checkout)), ==, state);
  g_assert_cmpstr (till_checkout_get_reason (self->checkout), ==, reason);
}

static void
pay_into_doubt (MoneyFixture *self)
{
  fake_provider_script_charge (self->provider, TILL_CHARGE_UNKNOWN, "timed-out", TRUE);
  money_fixture_open (self);
  money_fixture_pay (self);
  money_fixture_wait (self, TILL_CHECKOUT_DOUBT);
  g_assert_false (till_checkout_is_reversing (self->checkout));
}

static void
reverse (MoneyFixture *self)
{
  g_autoptr (GError) error = NULL;
  guint told = self->n_states;

  till_checkout_reverse (self->checkout, &error);
  g_assert_no_error (error);
  g_assert_true (till_checkout_is_reversing (self->checkout));
  g_assert_cmpuint (self->n_states, ==, told + 1);
}

/* Only what is certainly not taken, or given back, lets the sale be paid again. */
static void
assert_not_free (MoneyFixture *self)
{
  g_assert_false (till_checkout_accepts (self->checkout, TILL_CHECKOUT_CHOOSE_COUNTER));
  g_assert_false (till_checkout_accepts (self->checkout, TILL_CHECKOUT_CANCEL));
  g_assert_cmpuint (money_fixture_count (self, TILL_LEDGER_RECEIPT, NULL), ==, 0);
}

static void
pay_cash (MoneyFixture *self)
{
  g_autoptr (GError) error = NULL;

  assert_at (self, "declined", "reversed");
  g_assert_false (till_checkout_is_reversing (self->checkout));
  till_checkout_choose_counter (self->checkout, TILL_TENDER_CASH, &error);
  g_assert_no_error (error);
  till_checkout_take_tender (self->checkout, NULL, &error);
  g_assert_no_error (error);
  money_fixture_wait (self, TILL_CHECKOUT_PAID);
  g_assert_cmpuint (money_fixture_count (self, TILL_LEDGER_RECEIPT, NULL), ==, 1);
  g_assert_cmpstr (till_receipt_get_tender (till_checkout_get_receipt (self->checkout))->kind, ==, "cash");
}

static void
test_cancelled (MoneyFixture *self, gconstpointer unused)
{
  pay_into_doubt (self);
  reverse (self);
  money_fixture_wait_held (self, 0, 1);
  assert_not_free (self);
  fake_provider_release_query (self->provider, TILL_CHARGE_DECLINED, "not-found", TRUE);
  money_fixture_wait (self, TILL_CHECKOUT_DECLINED);
  g_assert_cmpuint (fake_provider_count_refunds (self->provider), ==, 0);
  pay_cash (self);
}

/* It was taken: all of it is given back before anybody may pay again. */
static void
test_given_back (MoneyFixture *self, gconstpointer unused)
{
  pay_into_doubt (self);
  fake_provider_script_query (self->provider, TILL_CHARGE_APPROVED, NULL, TRUE);
  reverse (self);
  money_fixture_wait_refunds (self, 1);
  assert_at (self, "doubt", "timed-out");
  assert_not_free (self);
  fake_provider_release_refund (self->provider, TILL_CHARGE_APPROVED, NULL, TRUE);
  money_fixture_wait (self, TILL_CHECKOUT_DECLINED);
  g_assert_cmpuint (money_fixture_count (self, TILL_LEDGER_REFUND_END, "approved"), ==, 1);
  pay_cash (self);
}

/* Asked whether it was taken, the provider would say yes, though it is on its way back: that is not asked any more. */
static void
test_asked_again_is_reversed_again (MoneyFixture *self, gconstpointer unused)
{
  pay_into_doubt (self);
  fake_provider_script_query (self->provider, TILL_CHARGE_APPROVED, NULL, TRUE);
  fake_provider_script_refund (self->provider, TILL_CHARGE_UNKNOWN, "timed-out", TRUE);
  reverse (self);
  money_fixture_wait_states (self, self->n_states + 1);
  for (guint i = 0; i < 2; i++)
    {
      guint told = self->n_states;

      assert_at (self, "doubt", "timed-out");
      g_assert_true (till_checkout_is_reversing (self->checkout));
      assert_not_free (self);
      fake_provider_script_refund (self->provider, TILL_CHARGE_UNKNOWN, "timed-out", TRUE);
      g_assert_true (till_checkout_ask_again (self->checkout, NULL));
      money_fixture_wait_states (self, told + 1);
      g_assert_cmpuint (fake_provider_count_refunds (self->provider), ==, 2 + i);
    }
  fake_provider_script_refund (self->provider, TILL_CHARGE_APPROVED, NULL, TRUE);
  g_assert_true (till_checkout_ask_again (self->checkout, NULL));
  money_fixture_wait (self, TILL_CHECKOUT_DECLINED);
  g_assert_cmpuint (fake_provider_count_charges (self->provider), ==, 1);
  pay_cash (self);
}

/* The bank keeps it: then it is paid, and the receipt names the payment. */
static void
test_not_given_back (MoneyFixture *self, gconstpointer unused)
{
  pay_into_doubt (self);
  fake_provider_script_query (self->provider, TILL_CHARGE_APPROVED, NULL, TRUE);
  fake_provider_script_refund (self->provider, TILL_CHARGE_DECLINED, "charge_already_refunded", TRUE);
  reverse (self);
  money_fixture_wait (self, TILL_CHECKOUT_APPROVED);
  g_autoptr (TillLedgerEntry) end = money_fixture_newest (self, TILL_LEDGER_CHARGE_END);
  g_assert_cmpstr (till_receipt_get_tender (till_checkout_get_receipt (self->checkout))->reference, ==,
                   "pi_1");
  g_assert_cmpint (till_checkout_get_ledger_seq (self->checkout), ==, end->seq);
  g_assert_false (till_checkout_is_reversing (self->checkout));
}

/* While it is being asked about the wish waits, and goes on whatever the answer leaves open. */
static void
test_while_asking (MoneyFixture *self, gconstpointer unused)
{
  pay_into_doubt (self);
  g_assert_true (till_checkout_ask_again (self->checkout, NULL));
  money_fixture_wait_held (self, 0, 1);
  g_assert_true (till_checkout_ask_again (self->checkout, NULL));
  reverse (self);
  g_assert_cmpuint (fake_provider_count_queries (self->provider), ==, 1);
  fake_provider_release_query (self->provider, TILL_CHARGE_UNKNOWN, "timed-out", TRUE);
  fake_provider_script_query (self->provider, TILL_CHARGE_DECLINED, "not-found", TRUE);
  money_fixture_wait (self, TILL_CHECKOUT_DECLINED);
  g_assert_cmpuint (fake_provider_count_queries (self->provider), ==, 2);
  pay_cash (self);
}

/* The first answer has not come yet: what it says goes, if it says anything. */
static void
test_while_under_way (MoneyFixture *self, gconstpointer ends)
{
  till_checkout_set_timeout (self->checkout, TILL_CHECKOUT_CHARGING, 1);
  money_fixture_open (self);
  money_fixture_pay (self);
  money_fixture_wait_held (self, 1, 0);
  money_fixture_wait (self, TILL_CHECKOUT_DOUBT);
  reverse (self);
  g_assert_cmpuint (fake_provider_count_queries (self->provider), ==, 0);
  if (ends != NULL)
    {
      fake_provider_release_charge (self->provider, TILL_CHARGE_APPROVED, NULL, TRUE);
      money_fixture_wait (self, TILL_CHECKOUT_APPROVED);
      g_assert_cmpuint (fake_provider_count_refunds (self->provider), ==, 0);
      return;
    }
  fake_provider_script_query (self->provider, TILL_CHARGE_DECLINED, "not-found", TRUE);
  fake_provider_release_charge (self->provider, TILL_CHARGE_UNKNOWN, "timed-out", TRUE);
  money_fixture_wait (self, TILL_CHECKOUT_DECLINED);
  pay_cash (self);
}

/* Set aside in the middle of it: the reversal goes on, and is nothing to the next customer. */
static void
test_set_aside (MoneyFixture *self, gconstpointer unused)
{
  pay_into_doubt (self);
  reverse (self);
  money_fixture_wait_held (self, 0, 1);
  g_assert_true (till_checkout_set_aside (self->checkout, NULL));
  pay_into_doubt (self);
  g_assert_true (till_checkout_ask_again (self->checkout, NULL));
  money_fixture_wait_held (self, 0, 2);
  fake_provider_release_query (self->provider, TILL_CHARGE_DECLINED, "not-found", TRUE);
  money_fixture_wait_troubles (self, 1);
  assert_at (self, "doubt", "timed-out");
  g_assert_false (till_checkout_is_reversing (self->checkout));
  g_assert_true (till_checkout_ask_again (self->checkout, NULL));
  fake_provider_release_query (self->provider, TILL_CHARGE_APPROVED, NULL, TRUE);
  money_fixture_wait (self, TILL_CHECKOUT_APPROVED);
  g_assert_cmpuint (fake_provider_count_queries (self->provider), ==, 2);
  g_assert_cmpuint (self->troubles->len, ==, 1);
}

/* Where it can't even be begun the cashier is told, and asking is asking again. */
static void
test_refused (MoneyFixture *self, gconstpointer unused)
{
  pay_into_doubt (self);
  till_payment_set_provider (self->payment, NULL);
  reverse (self);
  money_fixture_wait_troubles (self, 1);
  assert_at (self, "doubt", "timed-out");
  g_assert_false (till_checkout_is_reversing (self->checkout));
  assert_not_free (self);
  till_payment_set_provider (self->payment, TILL_PROVIDER (self->provider));
  fake_provider_script_query (self->provider, TILL_CHARGE_APPROVED, NULL, TRUE);
  money_fixture_ask (self);
  money_fixture_wait (self, TILL_CHECKOUT_APPROVED);
}

static void
test_only_in_doubt (MoneyFixture *self, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;

  g_assert_false (till_checkout_reverse (self->checkout, &error));
  g_assert_error (error, TILL_ERROR, TILL_ERROR_REFUSED);
  fake_provider_script_charge (self->provider, TILL_CHARGE_APPROVED, NULL, TRUE);
  money_fixture_open (self);
  money_fixture_pay (self);
  g_assert_false (till_checkout_reverse (self->checkout, NULL));
  money_fixture_wait (self, TILL_CHECKOUT_APPROVED);
  g_assert_false (till_checkout_reverse (self->checkout, NULL));
  g_assert_false (till_checkout_is_reversing (self->checkout));
}

#define ADD(path, function, data)                                                                            \
  g_test_add ("/checkout/reverse/" path, MoneyFixture, data, money_fixture_set_up, function,                 \
              money_fixture_tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  ADD ("cancelled", test_cancelled, NULL);
  ADD ("given-back", test_given_back, NULL);
  ADD ("again", test_asked_again_is_reversed_again, NULL);
  ADD ("not-given-back", test_not_given_back, NULL);
  ADD ("while-asking", test_while_asking, NULL);
  ADD ("while-under-way", test_while_under_way, NULL);
  ADD ("while-under-way/ends", test_while_under_way, "ends");
  ADD ("set-aside", test_set_aside, NULL);
  ADD ("refused", test_refused, NULL);
  ADD ("only-in-doubt", test_only_in_doubt, NULL);
  return g_test_run ();
}
