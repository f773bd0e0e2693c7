/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Runs under with-keyring. What a shop does not take by face, and when it says so, and to whom. */
#include "../vault/set-clock.h"
#include "base/till-error.h"
#include "checkout/till-checkout-private.h"
#include "money-fixture.h"

#define NOBODYS_DIGITS "0000"
/* Of the article that is rung up. */
#define PRICE 130
#define EUR(amount)                                                                                          \
  (TillMoney)                                                                                                \
  {                                                                                                          \
    .minor = (amount), .currency = "EUR"                                                                     \
  }
#define HOUR (3600 * (gint64) G_USEC_PER_SEC)
/* 2026-11-22 00:00 in UTC. */
#define MIDNIGHT (1795305600 * (gint64) G_USEC_PER_SEC)

static void
set_policy (MoneyFixture *self, TillCheckoutPolicy policy)
{
  till_checkout_set_policy (self->checkout, &policy);
}

static void
assert_state (MoneyFixture *self, const char *state, const char *reason)
{
  g_assert_cmpstr (till_checkout_state_to_string (till_checkout_get_state (self->checkout)), ==, state);
  g_assert_cmpstr (till_checkout_get_reason (self->checkout), ==, reason);
}

static void
do_now (MoneyFixture *self, gboolean (*what) (TillCheckout *, GError **))
{
  g_autoptr (GError) error = NULL;

  what (self->checkout, &error);
  g_assert_no_error (error);
}

static void
assert_refused (MoneyFixture *self, gboolean (*what) (TillCheckout *, GError **), const char *refusal)
{
  g_autoptr (GError) error = NULL;
  TillCheckoutState before = till_checkout_get_state (self->checkout);

  g_assert_cmpstr (till_checkout_get_face_refusal (self->checkout), ==, refusal);
  g_assert_false (what (self->checkout, &error));
  g_assert_error (error, TILL_ERROR, TILL_ERROR_REFUSED);
  g_assert_null (strstr (error->message, "not possible now"));
  g_assert_cmpint (till_checkout_get_state (self->checkout), ==, before);
  g_assert_false (till_checkout_is_camera_on (self->checkout));
}

static void
assert_nothing_charged (MoneyFixture *self, guint charged_before)
{
  g_assert_false (till_checkout_is_camera_on (self->checkout));
  g_assert_null (till_checkout_get_customer_name (self->checkout));
  g_assert_cmpuint (money_fixture_count (self, TILL_LEDGER_CHARGE_INTENT, NULL), ==, charged_before);
  g_assert_cmpuint (fake_provider_count_charges (self->provider), ==, charged_before);
}

/* One sale paid by the customer. */
static void
sell (MoneyFixture *self)
{
  fake_provider_script_charge (self->provider, TILL_CHARGE_APPROVED, NULL, TRUE);
  money_fixture_open (self);
  money_fixture_pay (self);
  money_fixture_wait (self, TILL_CHECKOUT_APPROVED);
  do_now (self, till_checkout_dismiss);
}

/* The customer is seen, and what was spent is read. */
static void
recognise (MoneyFixture *self)
{
  money_fixture_identify (self, MONEY_DIGITS);
  money_fixture_see (self, TILL_SMILE_IDLE);
  money_fixture_wait_spent (self);
}

/* Before anybody is looked at */

static void
test_face_off (MoneyFixture *self, gconstpointer unused)
{
  set_policy (self, (TillCheckoutPolicy){ .face_off = TRUE });
  g_assert_cmpstr (till_checkout_get_face_refusal (self->checkout), ==, "face-off");
  money_fixture_open (self);
  g_assert_false (till_checkout_accepts (self->checkout, TILL_CHECKOUT_CHOOSE_FACE));
  g_assert_true (till_checkout_accepts (self->checkout, TILL_CHECKOUT_CHOOSE_COUNTER));
  assert_refused (self, till_checkout_choose_face, "face-off");

  guint told = self->n_states;
  set_policy (self, (TillCheckoutPolicy){ 0 });
  g_assert_cmpuint (self->n_states, ==, told + 1);
  g_assert_null (till_checkout_get_face_refusal (self->checkout));
  do_now (self, till_checkout_choose_face);

  /* Switched off while the customer is being asked: agreeing does not start the camera any more. */
  set_policy (self, (TillCheckoutPolicy){ .face_off = TRUE });
  g_assert_cmpuint (self->n_states, ==, told + 3);
  assert_refused (self, till_checkout_agree, "face-off");
  assert_nothing_charged (self, 0);
  do_now (self, till_checkout_cancel);
  assert_state (self, "ways", "cancelled");
}

/* Who has agreed goes on by the rules they agreed to. */
static void
test_rules_change_later (MoneyFixture *self, gconstpointer unused)
{
  fake_provider_script_charge (self->provider, TILL_CHARGE_APPROVED, NULL, TRUE);
  money_fixture_open (self);
  money_fixture_identify (self, MONEY_DIGITS);
  set_policy (self, (TillCheckoutPolicy){ .face_off = TRUE, .most_per_payment = EUR (1) });
  money_fixture_see (self, TILL_SMILE_IDLE);
  money_fixture_see (self, TILL_SMILE_MADE);
  money_fixture_wait (self, TILL_CHECKOUT_APPROVED);
  do_now (self, till_checkout_dismiss);
  money_fixture_open (self);
  assert_refused (self, till_checkout_choose_face, "face-off");
}

/* … and is kept to them: a limit that is lifted meanwhile is lifted for the next one. */
static void
test_rules_lifted_later (MoneyFixture *self, gconstpointer unused)
{
  sell (self);
  set_policy (self, (TillCheckoutPolicy){ .most_per_customer_day = EUR (2 * PRICE - 1) });
  money_fixture_open (self);
  money_fixture_identify (self, MONEY_DIGITS);
  set_policy (self, (TillCheckoutPolicy){ 0 });
  g_assert_cmpint (till_checkout_get_policy (self->checkout)->most_per_customer_day.minor, ==, 2 * PRICE - 1);
  money_fixture_see (self, TILL_SMILE_IDLE);
  money_fixture_wait_spent (self);
  assert_state (self, "declined", "customer-limit");
  g_assert_cmpint (till_checkout_get_policy (self->checkout)->most_per_customer_day.minor, ==, 0);
  do_now (self, till_checkout_dismiss);
  recognise (self);
  assert_state (self, "smile", NULL);
}

static void
test_per_payment (MoneyFixture *self, gconstpointer unused)
{
  set_policy (self, (TillCheckoutPolicy){ .most_per_payment = EUR (2 * PRICE) });
  money_fixture_open (self);
  money_fixture_ring_up (self);
  g_assert_null (till_checkout_get_face_refusal (self->checkout));
  guint told = self->n_states;
  money_fixture_ring_up (self);
  g_assert_cmpuint (self->n_states, ==, told + 1);
  assert_refused (self, till_checkout_choose_face, "over-payment-limit");
  till_basket_undo (self->basket);
  g_assert_cmpuint (self->n_states, ==, told + 2);

  /* Rung up once more in the middle of it: the consent is void, and the larger amount is refused. */
  recognise (self);
  assert_state (self, "smile", NULL);
  money_fixture_ring_up (self);
  assert_state (self, "ways", "basket-changed");
  assert_refused (self, till_checkout_choose_face, "over-payment-limit");
  assert_nothing_charged (self, 0);

  till_basket_undo (self->basket);
  fake_provider_script_charge (self->provider, TILL_CHARGE_APPROVED, NULL, TRUE);
  money_fixture_pay (self);
  money_fixture_wait (self, TILL_CHECKOUT_APPROVED);
}

/* A limit that can't be compared with the amount is none that is kept; one of nothing allows nothing. */
static void
test_odd_limits (MoneyFixture *self, gconstpointer unused)
{
  const TillMoney yen = { .minor = 1000000, .currency = "JPY" };

  money_fixture_open (self);
  set_policy (self, (TillCheckoutPolicy){ .most_per_payment = yen });
  assert_refused (self, till_checkout_choose_face, "over-payment-limit");
  set_policy (self, (TillCheckoutPolicy){ .most_per_payment = EUR (0) });
  assert_refused (self, till_checkout_choose_face, "over-payment-limit");
  set_policy (self, (TillCheckoutPolicy){ .most_per_till_day = yen });
  assert_refused (self, till_checkout_choose_face, "over-till-limit");
  set_policy (self, (TillCheckoutPolicy){ .most_per_customer_day = yen });
  recognise (self);
  assert_state (self, "declined", "customer-limit");
  assert_nothing_charged (self, 0);
}

static void
test_per_till_day (MoneyFixture *self, gconstpointer unused)
{
  set_policy (self, (TillCheckoutPolicy){ .most_per_till_day = EUR (2 * PRICE) });
  sell (self);
  sell (self);

  /* What was spent is read as the sale opens; until then nothing is known against it, and then it is told. */
  money_fixture_open (self);
  guint told = self->n_states;
  money_fixture_wait_spent (self);
  g_assert_cmpuint (self->n_states, ==, told + 1);
  assert_refused (self, till_checkout_choose_face, "over-till-limit");
  set_policy (self, (TillCheckoutPolicy){ .most_per_till_day = EUR (3 * PRICE) });
  g_assert_null (till_checkout_get_face_refusal (self->checkout));
  do_now (self, till_checkout_cancel);
  till_basket_reset (self->basket);
  sell (self);
}

/* A limit that is set while the customer is choosing counts from then on. */
static void
test_till_limit_set_late (MoneyFixture *self, gconstpointer unused)
{
  sell (self);
  money_fixture_open (self);
  g_assert_null (self->checkout->reading_spent);
  set_policy (self, (TillCheckoutPolicy){ .most_per_till_day = EUR (2 * PRICE - 1) });
  money_fixture_wait_spent (self);
  assert_refused (self, till_checkout_choose_face, "over-till-limit");
}

/* Whoever is quicker than the reading is held up by the next one, which the charge waits for. */
static void
test_till_sum_late (MoneyFixture *self, gconstpointer unused)
{
  sell (self);
  set_policy (self, (TillCheckoutPolicy){ .most_per_till_day = EUR (2 * PRICE - 1) });
  money_fixture_open (self);
  g_assert_nonnull (self->checkout->reading_spent);
  do_now (self, till_checkout_choose_face);
  do_now (self, till_checkout_agree);
  till_checkout_type_digits (self->checkout, MONEY_DIGITS, NULL);
  money_fixture_wait_candidates (self);
  money_fixture_see (self, TILL_SMILE_MADE);
  money_fixture_wait_spent (self);
  assert_state (self, "declined", "over-till-limit");
  assert_nothing_charged (self, 1);
}

/* Once it is known who pays */

static void
test_per_customer_day (MoneyFixture *self, gconstpointer unused)
{
  set_policy (self, (TillCheckoutPolicy){ .most_per_customer_day = EUR (2 * PRICE) });
  sell (self);
  sell (self);
  money_fixture_open (self);
  g_assert_null (till_checkout_get_face_refusal (self->checkout));
  g_string_truncate (self->states, 0);
  recognise (self);
  assert_state (self, "declined", "customer-limit");
  g_assert_cmpstr (self->states->str, ==, " consent digits confirming declined");
  assert_nothing_charged (self, 2);
  money_fixture_see (self, TILL_SMILE_MADE);
  assert_state (self, "declined", "customer-limit");
  g_assert_cmpint (till_checkout_get_locked_until_us (self->checkout), ==, 0);

  /* Every other way is open, and it is this customer's limit, not the sale's. */
  g_assert_true (till_checkout_accepts (self->checkout, TILL_CHECKOUT_CHOOSE_COUNTER));
  do_now (self, till_checkout_dismiss);
  till_checkout_choose_counter (self->checkout, TILL_TENDER_CASH, NULL);
  till_checkout_take_tender (self->checkout, NULL, NULL);
  money_fixture_wait (self, TILL_CHECKOUT_PAID);
}

/* What was not charged does not count, and being told of a limit is not a miss. */
static void
test_declined_does_not_count (MoneyFixture *self, gconstpointer unused)
{
  set_policy (self, (TillCheckoutPolicy){ .most_per_customer_day = EUR (PRICE) });
  for (guint i = 0; i < 3; i++)
    {
      fake_provider_script_charge (self->provider, TILL_CHARGE_DECLINED, "card_declined", TRUE);
      money_fixture_open (self);
      money_fixture_pay (self);
      money_fixture_wait (self, TILL_CHECKOUT_DECLINED);
      do_now (self, till_checkout_dismiss);
      do_now (self, till_checkout_cancel);
      till_basket_reset (self->basket);
    }
  sell (self);
  for (guint i = 0; i < 10; i++)
    {
      money_fixture_open (self);
      recognise (self);
      assert_state (self, "declined", "customer-limit");
      do_now (self, till_checkout_dismiss);
      do_now (self, till_checkout_cancel);
      till_basket_reset (self->basket);
    }
  g_assert_cmpint (till_checkout_get_locked_until_us (self->checkout), ==, 0);
}

/* Money that may have moved is spent until it is known that it did not. */
static void
test_open_attempts_count (MoneyFixture *self, gconstpointer unused)
{
  set_policy (self, (TillCheckoutPolicy){ .most_per_customer_day = EUR (PRICE) });
  fake_provider_script_charge (self->provider, TILL_CHARGE_UNKNOWN, "timed-out", TRUE);
  money_fixture_open (self);
  money_fixture_pay (self);
  money_fixture_wait (self, TILL_CHECKOUT_DOUBT);
  do_now (self, till_checkout_set_aside);
  money_fixture_open (self);
  recognise (self);
  assert_state (self, "declined", "customer-limit");
  assert_nothing_charged (self, 1);
}

static void
on_refunded (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (TillPaymentOutcome) outcome = till_payment_refund_finish (TILL_PAYMENT (source), result, NULL);

  g_assert_nonnull (outcome);
  *(gboolean *) user_data = TRUE;
}

static void
test_refund_gives_back (MoneyFixture *self, gconstpointer unused)
{
  gboolean refunded = FALSE;

  set_policy (self, (TillCheckoutPolicy){ .most_per_customer_day = EUR (PRICE) });
  sell (self);
  g_autoptr (TillLedgerEntry) end = money_fixture_newest (self, TILL_LEDGER_CHARGE_END);
  fake_provider_script_refund (self->provider, TILL_CHARGE_APPROVED, NULL, TRUE);
  till_payment_refund_async (self->payment, end->attempt, &EUR (PRICE), NULL, NULL, on_refunded, &refunded);
  while (!refunded)
    g_main_context_iteration (NULL, TRUE);
  sell (self);
  money_fixture_open (self);
  recognise (self);
  assert_state (self, "declined", "customer-limit");
}

/* From outside nobody who is not confirmed meets a limit, and their sum is not even read. */
static void
test_told_to_nobody_else (MoneyFixture *self, gconstpointer unused)
{
  set_policy (self, (TillCheckoutPolicy){ .most_per_customer_day = EUR (1), .pin_from = EUR (1) });
  money_fixture_open (self);
  money_fixture_identify (self, NOBODYS_DIGITS);
  money_fixture_widen_candidates (self);
  money_fixture_see (self, TILL_SMILE_IDLE);
  g_assert_null (self->checkout->reading_spent);
  assert_state (self, "confirming", NULL);
  money_fixture_sight (self, TILL_EVIDENCE_AGAINST, NULL, 0);
  g_assert_null (self->checkout->reading_spent);
  assert_state (self, "not-confirmed", "not-confirmed");
}

/* A sum that can't be read is none that allows anything. */
static void
test_unreadable (MoneyFixture *self, gconstpointer unused)
{
  set_policy (self, (TillCheckoutPolicy){ .most_per_customer_day = EUR (100 * PRICE) });
  for (guint i = 0; i < 10; i++)
    {
      money_fixture_open (self);
      money_fixture_identify (self, MONEY_DIGITS);
      money_fixture_wait_rows (self, TILL_LEDGER_CONSENT, 3 + i);
      money_fixture_run (self, "ALTER TABLE ledger RENAME TO gone;");
      money_fixture_see (self, TILL_SMILE_MADE);
      money_fixture_wait (self, TILL_CHECKOUT_NOT_CONFIRMED);
      assert_state (self, "not-confirmed", "spent-unknown");
      money_fixture_run (self, "ALTER TABLE gone RENAME TO ledger;");
      assert_nothing_charged (self, 0);
      do_now (self, till_checkout_dismiss);
      do_now (self, till_checkout_cancel);
      till_basket_reset (self->basket);
    }
  g_assert_cmpuint (self->troubles->len, ==, 10);
  g_assert_cmpint (till_checkout_get_locked_until_us (self->checkout), ==, 0);
  sell (self);
}

/* What can't be read for the ways to pay is read again for the charge: it disturbs nobody who is quicker than the news. */
static void
test_unreadable_at_ways (MoneyFixture *self, gconstpointer unused)
{
  set_policy (self, (TillCheckoutPolicy){ .most_per_till_day = EUR (PRICE) });
  money_fixture_run (self, "ALTER TABLE ledger RENAME TO gone;");
  money_fixture_open (self);
  money_fixture_run (self, "ALTER TABLE gone RENAME TO ledger;");
  do_now (self, till_checkout_choose_face);
  do_now (self, till_checkout_agree);
  money_fixture_wait_troubles (self, 1);
  assert_state (self, "digits", NULL);
  till_checkout_type_digits (self->checkout, MONEY_DIGITS, NULL);
  money_fixture_wait_candidates (self);
  money_fixture_see (self, TILL_SMILE_IDLE);
  money_fixture_wait_spent (self);
  assert_state (self, "smile", NULL);
}

/* A sum is one customer's: should the match turn out to be another one, theirs is read before anything is charged. */
static void
test_another_match (MoneyFixture *self, gconstpointer unused)
{
  set_policy (self, (TillCheckoutPolicy){ .most_per_customer_day = EUR (PRICE) });
  sell (self);
  fake_provider_script_charge (self->provider, TILL_CHARGE_APPROVED, NULL, TRUE);
  money_fixture_enrol_namesake (self);
  money_fixture_open (self);
  money_fixture_identify (self, MONEY_DIGITS);
  money_fixture_sight (self, TILL_EVIDENCE_FOR, self->namesake, 0);
  money_fixture_wait_spent (self);
  assert_state (self, "smile", NULL);
  money_fixture_see (self, TILL_SMILE_MADE);
  assert_state (self, "smile", NULL);
  g_assert_nonnull (self->checkout->reading_spent);
  money_fixture_wait_spent (self);
  assert_state (self, "declined", "customer-limit");
  assert_nothing_charged (self, 1);
}

/* What comes after the customer has left, or is looked at anew, is not for them. */
static void
test_late_sum (MoneyFixture *self, gconstpointer unused)
{
  set_policy (self, (TillCheckoutPolicy){ .most_per_customer_day = EUR (PRICE) });
  money_fixture_open (self);
  money_fixture_identify (self, MONEY_DIGITS);
  money_fixture_see (self, TILL_SMILE_IDLE);
  g_assert_nonnull (self->checkout->reading_spent);
  do_now (self, till_checkout_cancel);
  money_fixture_wait_spent (self);
  assert_state (self, "ways", "cancelled");

  money_fixture_identify (self, MONEY_DIGITS);
  money_fixture_see (self, TILL_SMILE_IDLE);
  g_assert_nonnull (self->checkout->reading_spent);
  assert_state (self, "confirming", NULL);
  do_now (self, till_checkout_cancel);
  do_now (self, till_checkout_cancel);
  assert_state (self, "idle", "cancelled");
  g_assert_null (self->checkout->reading_spent);
  till_basket_reset (self->basket);
  sell (self);
}

/* The day */

/* An early customer's second payment of the evening is one too many; after midnight it is not. */
static void
test_midnight (MoneyFixture *self, gconstpointer unused)
{
  SetClock *clock = SET_CLOCK (self->clock);

  set_policy (self, (TillCheckoutPolicy){ .most_per_customer_day = EUR (PRICE),
                                          .most_per_till_day = EUR (2 * PRICE) });
  set_clock_set_utc (clock, MIDNIGHT + HOUR);
  sell (self);
  set_clock_set_utc (clock, MIDNIGHT + 24 * HOUR - 1);
  money_fixture_open (self);
  recognise (self);
  assert_state (self, "declined", "customer-limit");
  do_now (self, till_checkout_dismiss);
  set_clock_set_utc (clock, MIDNIGHT + 24 * HOUR);
  fake_provider_script_charge (self->provider, TILL_CHARGE_APPROVED, NULL, TRUE);
  money_fixture_pay (self);
  money_fixture_wait (self, TILL_CHECKOUT_APPROVED);
}

/* A till that has taken all it may takes more the next day, also for the sale that has been open since. */
static void
test_midnight_at_ways (MoneyFixture *self, gconstpointer unused)
{
  SetClock *clock = SET_CLOCK (self->clock);

  set_policy (self, (TillCheckoutPolicy){ .most_per_till_day = EUR (PRICE) });
  set_clock_set_utc (clock, MIDNIGHT + HOUR);
  sell (self);
  money_fixture_open (self);
  money_fixture_wait_spent (self);
  assert_refused (self, till_checkout_choose_face, "over-till-limit");
  set_clock_set_utc (clock, MIDNIGHT + 24 * HOUR);
  fake_provider_script_charge (self->provider, TILL_CHARGE_APPROVED, NULL, TRUE);
  money_fixture_pay (self);
  money_fixture_wait (self, TILL_CHECKOUT_APPROVED);
}

/* Midnight between the reading and the smile: what was read is of yesterday, and is read anew before the charge. */
static void
test_midnight_passes (MoneyFixture *self, gconstpointer unused)
{
  SetClock *clock = SET_CLOCK (self->clock);

  set_policy (self, (TillCheckoutPolicy){ .most_per_customer_day = EUR (2 * PRICE) });
  set_clock_set_utc (clock, MIDNIGHT + HOUR);
  sell (self);
  fake_provider_script_charge (self->provider, TILL_CHARGE_APPROVED, NULL, TRUE);
  money_fixture_open (self);
  set_clock_set_utc (clock, MIDNIGHT + 24 * HOUR - 1);
  recognise (self);
  assert_state (self, "smile", NULL);
  set_clock_set_utc (clock, MIDNIGHT + 24 * HOUR);
  money_fixture_see (self, TILL_SMILE_MADE);
  assert_state (self, "smile", NULL);
  g_assert_nonnull (self->checkout->reading_spent);
  money_fixture_wait_spent (self);
  g_assert_cmpint (self->checkout->spent.by_customer.minor, ==, 0);
  money_fixture_wait (self, TILL_CHECKOUT_APPROVED);
}

/* Much money */

static void
type_pin (MoneyFixture *self, const char *pin)
{
  g_autoptr (GError) error = NULL;

  till_checkout_type_pin (self->checkout, pin, &error);
  g_assert_no_error (error);
  money_fixture_wait_candidates (self);
}

/* The PIN is the amount's: nobody is asked who could not be confirmed, nor for less. */
static void
test_step_up (MoneyFixture *self, gconstpointer unused)
{
  money_fixture_enrol_twins (self);
  set_policy (self, (TillCheckoutPolicy){ .pin_from = EUR (PRICE + 1) });
  money_fixture_open (self);
  money_fixture_identify (self, MONEY_TWIN_DIGITS);
  money_fixture_sight (self, TILL_EVIDENCE_FOR, self->twin, 0);
  assert_state (self, "smile", NULL);
  do_now (self, till_checkout_cancel);

  set_policy (self, (TillCheckoutPolicy){ .pin_from = EUR (PRICE) });
  money_fixture_identify (self, MONEY_TWIN_DIGITS);
  money_fixture_sight (self, TILL_EVIDENCE_AGAINST, NULL, 0);
  assert_state (self, "not-confirmed", "not-confirmed");
  do_now (self, till_checkout_dismiss);

  money_fixture_identify (self, MONEY_TWIN_DIGITS);
  money_fixture_sight (self, TILL_EVIDENCE_FOR, self->twin, 2);
  assert_state (self, "pin", NULL);
  type_pin (self, MONEY_TWIN_PIN);
  money_fixture_sight (self, TILL_EVIDENCE_FOR, self->twin, 2);
  assert_state (self, "smile", NULL);
  money_fixture_sight (self, TILL_EVIDENCE_FOR, self->twin, 2);
  assert_state (self, "charging", NULL);
  money_fixture_wait_held (self, 1, 0);
  fake_provider_release_charge (self->provider, TILL_CHARGE_APPROVED, NULL, TRUE);
  money_fixture_wait (self, TILL_CHECKOUT_APPROVED);
  g_autoptr (TillLedgerEntry) intent = money_fixture_newest (self, TILL_LEDGER_CHARGE_INTENT);
  g_assert_true (
      json_object_get_boolean_member (json_object_get_object_member (intent->body, "evidence"), "pin"));
}

static void
test_step_up_wrong_pin (MoneyFixture *self, gconstpointer unused)
{
  money_fixture_enrol_twins (self);
  set_policy (self, (TillCheckoutPolicy){ .pin_from = EUR (0), .most_per_customer_day = EUR (1) });
  money_fixture_open (self);
  money_fixture_identify (self, MONEY_TWIN_DIGITS);
  money_fixture_sight (self, TILL_EVIDENCE_FOR, self->twin, 2);
  assert_state (self, "pin", NULL);
  type_pin (self, "86420");
  money_fixture_sight (self, TILL_EVIDENCE_FOR, self->twin, 2);
  assert_state (self, "confirming", NULL);
  g_assert_null (self->checkout->reading_spent);
  money_fixture_sight (self, TILL_EVIDENCE_AGAINST, NULL, 2);
  assert_state (self, "not-confirmed", "not-confirmed");
  do_now (self, till_checkout_dismiss);

  /* The right one gets to hear of the limit. */
  money_fixture_identify (self, MONEY_TWIN_DIGITS);
  money_fixture_sight (self, TILL_EVIDENCE_FOR, self->twin, 2);
  g_assert_null (self->checkout->reading_spent);
  type_pin (self, MONEY_TWIN_PIN);
  money_fixture_sight (self, TILL_EVIDENCE_FOR, self->twin, 2);
  money_fixture_wait_spent (self);
  assert_state (self, "declined", "customer-limit");
  assert_nothing_charged (self, 0);
}

static void
test_step_up_without_pin (MoneyFixture *self, gconstpointer unused)
{
  set_policy (self, (TillCheckoutPolicy){ .pin_from = EUR (PRICE), .most_per_customer_day = EUR (1) });
  money_fixture_open (self);
  recognise (self);
  assert_state (self, "declined", "pin-needed");
  assert_nothing_charged (self, 0);
  do_now (self, till_checkout_dismiss);

  /* Where the shop has PINs to help, too: being asked for one does not make it unneeded. */
  set_policy (self, (TillCheckoutPolicy){ .pin_from = EUR (PRICE), .pin = TRUE });
  money_fixture_identify (self, MONEY_DIGITS);
  money_fixture_sight (self, TILL_EVIDENCE_AGAINST, NULL, 0);
  assert_state (self, "pin", NULL);
  type_pin (self, "86420");
  money_fixture_see (self, TILL_SMILE_MADE);
  money_fixture_see (self, TILL_SMILE_MADE);
  assert_state (self, "confirming", NULL);
  g_assert_cmpuint (fake_provider_count_charges (self->provider), ==, 0);
}

#define ADD(path, function)                                                                                  \
  g_test_add ("/checkout/limits/" path, MoneyFixture, GSIZE_TO_POINTER (SET_TYPE_CLOCK),                     \
              money_fixture_set_up_with_clock, function, money_fixture_tear_down)

int
main (int argc, char *argv[])
{
  g_setenv ("TZ", "UTC", TRUE);
  g_test_init (&argc, &argv, NULL);
  ADD ("face-off", test_face_off);
  ADD ("rules-change-later", test_rules_change_later);
  ADD ("rules-lifted-later", test_rules_lifted_later);
  ADD ("per-payment", test_per_payment);
  ADD ("odd", test_odd_limits);
  ADD ("per-till-day", test_per_till_day);
  ADD ("till-limit-set-late", test_till_limit_set_late);
  ADD ("till-sum-late", test_till_sum_late);
  ADD ("per-customer-day", test_per_customer_day);
  ADD ("declined-does-not-count", test_declined_does_not_count);
  ADD ("open-attempts-count", test_open_attempts_count);
  ADD ("refund-gives-back", test_refund_gives_back);
  ADD ("told-to-nobody-else", test_told_to_nobody_else);
  ADD ("unreadable", test_unreadable);
  ADD ("unreadable/at-ways", test_unreadable_at_ways);
  ADD ("another-match", test_another_match);
  ADD ("late-sum", test_late_sum);
  ADD ("midnight", test_midnight);
  ADD ("midnight/at-ways", test_midnight_at_ways);
  ADD ("midnight/passes", test_midnight_passes);
  ADD ("step-up", test_step_up);
  ADD ("step-up/wrong-pin", test_step_up_wrong_pin);
  ADD ("step-up/without-pin", test_step_up_without_pin);
  return g_test_run ();
}
