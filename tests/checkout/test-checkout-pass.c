/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Runs under with-keyring. A face pass that is shown before the digits, and what is found out about it. */
#include "../vault/set-clock.h"
#include "base/till-error.h"
#include "checkout/till-checkout-private.h"
#include "checkout/till-looking-private.h"
#include "money-fixture.h"
#include "pass-holder.h"
#include "vault/till-miss-count.h"

#define A_YEAR_US (G_GINT64_CONSTANT (366) * 24 * 3600 * G_USEC_PER_SEC)

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
begin (MoneyFixture *self)
{
  if (till_checkout_get_state (self->checkout) == TILL_CHECKOUT_IDLE)
    money_fixture_open (self);
  do_now (self, till_checkout_choose_face);
  do_now (self, till_checkout_agree);
}

/* Holds a code up to the camera until it is read. */
static void
hold_up (MoneyFixture *self, const char *code)
{
  g_signal_emit_by_name (self->checkout->looking->camera, "code", code);
  while (g_strcmp0 (till_checkout_get_pass (self->checkout), "reading") == 0)
    g_main_context_iteration (NULL, TRUE);
}

static void
type_digits (MoneyFixture *self, const char *digits)
{
  g_autoptr (GError) error = NULL;

  till_checkout_type_digits (self->checkout, digits, &error);
  g_assert_no_error (error);
  money_fixture_wait_candidates (self);
}

static guint
count_candidates (MoneyFixture *self)
{
  return till_gallery_get_n_customers (self->checkout->looking->candidates);
}

/* From the page of the digits up to the smile that was asked for. */
static void
confirm_holder (MoneyFixture *self, const PassHolder *holder)
{
  hold_up (self, holder->code);
  g_assert_cmpstr (till_checkout_get_pass (self->checkout), ==, "accepted");
  type_digits (self, PASS_HOLDER_DIGITS);
  g_assert_cmpuint (count_candidates (self), ==, 1);
  money_fixture_sight (self, TILL_EVIDENCE_FOR, holder->id, 0);
  money_fixture_wait_spent (self);
}

static void
pay (MoneyFixture *self, const PassHolder *holder)
{
  fake_provider_script_charge (self->provider, TILL_CHARGE_APPROVED, NULL, TRUE);
  begin (self);
  confirm_holder (self, holder);
  assert_state (self, "smile", NULL);
  money_fixture_sight (self, TILL_EVIDENCE_FOR, holder->id, 1);
  money_fixture_wait (self, TILL_CHECKOUT_APPROVED);
}

static void
test_pays (MoneyFixture *self, gconstpointer unused)
{
  PassHolder holder;

  pass_holder_init (&holder, self, PASS_HOLDER_DIGITS, TRUE);
  pay (self, &holder);

  g_autoptr (TillLedgerEntry) row = money_fixture_newest (self, TILL_LEDGER_CHARGE_INTENT);
  g_assert_cmpstr (json_object_get_string_member (row->body, "pass"), ==, holder.id);
  g_assert_cmpstr (json_object_get_string_member (row->body, "customer"), ==, holder.id);
  JsonObject *evidence = json_object_get_object_member (row->body, "evidence");
  g_assert_cmpint (json_object_get_int_member (evidence, "candidates"), ==, 1);
  g_assert_cmpstr (till_checkout_get_customer_name (self->checkout), ==,
                   till_face_pass_get_number (holder.pass));
  g_assert_cmpuint (fake_provider_count_charges (self->provider), ==, 1);
  money_fixture_wait_rows (self, TILL_LEDGER_RECEIPT, 1);
  g_assert_cmpuint (self->troubles->len, ==, 0);
  g_assert_null (till_checkout_get_pass (self->checkout));
  pass_holder_clear (&holder);
}

/* From outside it is an unknown face, at the same pace, and it counts as one. */
static void
test_wrong_digits (MoneyFixture *self, gconstpointer unused)
{
  PassHolder holder;

  pass_holder_init (&holder, self, PASS_HOLDER_DIGITS, TRUE);
  for (guint i = 0; i < TILL_MISS_COUNT_FREE; i++)
    {
      g_assert_cmpint (till_checkout_get_locked_until_us (self->checkout), ==, 0);
      begin (self);
      hold_up (self, holder.code);
      type_digits (self, MONEY_DIGITS);
      g_assert_cmpuint (count_candidates (self), ==, 0);
      money_fixture_sight (self, TILL_EVIDENCE_FOR, holder.id, 0);
      assert_state (self, "confirming", NULL);
      money_fixture_sight (self, TILL_EVIDENCE_FOR, self->customer, 0);
      assert_state (self, "confirming", NULL);
      money_fixture_sight (self, TILL_EVIDENCE_AGAINST, NULL, 0);
      assert_state (self, "not-confirmed", "not-confirmed");
      do_now (self, till_checkout_dismiss);
    }
  g_assert_cmpint (till_checkout_get_locked_until_us (self->checkout), !=, 0);
  pass_holder_clear (&holder);
}

/* Whoever shows a pass is compared with that alone, even if others at the shop have the digits. */
static void
test_nobody_else (MoneyFixture *self, gconstpointer unused)
{
  PassHolder holder;

  pass_holder_init (&holder, self, MONEY_DIGITS, TRUE);
  begin (self);
  hold_up (self, holder.code);
  type_digits (self, MONEY_DIGITS);
  g_assert_cmpuint (count_candidates (self), ==, 1);
  g_assert_nonnull (till_gallery_get_customer (self->checkout->looking->candidates, holder.id));
  money_fixture_sight (self, TILL_EVIDENCE_FOR, self->customer, 0);
  assert_state (self, "confirming", NULL);
  pass_holder_clear (&holder);
}

/* What is said of a code, and that nothing of it is used. */
static void
refuse (MoneyFixture *self, const char *code, const char *word)
{
  begin (self);
  hold_up (self, code);
  g_assert_cmpstr (till_checkout_get_pass (self->checkout), ==, word);
  g_assert_null (self->checkout->looking->pass);
  g_assert_false (self->checkout->position.look.pass);
  assert_state (self, "digits", NULL);
  do_now (self, till_checkout_cancel);
  g_assert_null (till_checkout_get_pass (self->checkout));
  g_assert_null (self->checkout->looking->code);
}

static void
test_refused (MoneyFixture *self, gconstpointer unused)
{
  PassHolder good, strange, lost;

  pass_holder_init (&good, self, PASS_HOLDER_DIGITS, TRUE);
  pass_holder_init (&strange, self, PASS_HOLDER_DIGITS, FALSE);
  pass_holder_init (&lost, self, PASS_HOLDER_DIGITS, TRUE);
  pass_holder_revoke (&lost, self);

  refuse (self, "https://example.org/", NULL);
  refuse (self, "SMILETILL1:", NULL);
  refuse (self, strange.code, "unknown");
  refuse (self, lost.code, "revoked");
  g_autofree char *altered = g_strdup (good.code);
  char *last = altered + strlen (altered) - 3;
  *last = *last == '0' ? '1' : '0';
  refuse (self, altered, "forged");
  set_clock_advance (SET_CLOCK (self->clock), A_YEAR_US);
  refuse (self, good.code, "expired");
  pass_holder_clear (&good);
  pass_holder_clear (&strange);
  pass_holder_clear (&lost);
}

/* Another shop's till does not open it. */
static void
test_foreign (MoneyFixture *self, gconstpointer unused)
{
  MoneyFixture other = { 0 };
  PassHolder holder;

  money_fixture_set_up_with_clock (&other, GSIZE_TO_POINTER (SET_TYPE_CLOCK));
  pass_holder_init (&holder, &other, PASS_HOLDER_DIGITS, TRUE);
  refuse (self, holder.code, "foreign");
  pass_holder_clear (&holder);
  money_fixture_tear_down (&other, NULL);
}

static void
test_newest_counts (MoneyFixture *self, gconstpointer unused)
{
  PassHolder holder, lost;

  pass_holder_init (&holder, self, PASS_HOLDER_DIGITS, TRUE);
  pass_holder_init (&lost, self, PASS_HOLDER_DIGITS, TRUE);
  pass_holder_revoke (&lost, self);
  begin (self);
  hold_up (self, lost.code);
  hold_up (self, holder.code);
  g_assert_cmpstr (till_checkout_get_pass (self->checkout), ==, "accepted");
  hold_up (self, "https://example.org/");
  g_assert_cmpstr (till_checkout_get_pass (self->checkout), ==, "accepted");
  hold_up (self, lost.code);
  g_assert_cmpstr (till_checkout_get_pass (self->checkout), ==, "revoked");
  g_assert_false (self->checkout->position.look.pass);
  type_digits (self, MONEY_DIGITS);
  g_assert_nonnull (till_gallery_get_customer (self->checkout->looking->candidates, self->customer));
  pass_holder_clear (&holder);
  pass_holder_clear (&lost);
}

/* After the digits it is too late, and a code that is still being read then is not waited for. */
static void
test_too_late (MoneyFixture *self, gconstpointer unused)
{
  PassHolder holder;

  pass_holder_init (&holder, self, PASS_HOLDER_DIGITS, TRUE);
  begin (self);
  g_signal_emit_by_name (self->checkout->looking->camera, "code", holder.code);
  g_assert_cmpstr (till_checkout_get_pass (self->checkout), ==, "reading");
  type_digits (self, MONEY_DIGITS);
  g_assert_null (till_checkout_get_pass (self->checkout));
  g_assert_nonnull (till_gallery_get_customer (self->checkout->looking->candidates, self->customer));
  money_fixture_see (self, TILL_SMILE_IDLE);
  assert_state (self, "smile", NULL);
  hold_up (self, holder.code);
  g_assert_null (till_checkout_get_pass (self->checkout));
  g_assert_false (self->checkout->position.look.pass);
  pass_holder_clear (&holder);
}

static void
test_switched_off (MoneyFixture *self, gconstpointer unused)
{
  PassHolder holder;

  pass_holder_init (&holder, self, PASS_HOLDER_DIGITS, TRUE);
  set_policy (self, (TillCheckoutPolicy){ .pass_off = TRUE });
  begin (self);
  g_assert_false (self->checkout->position.look.codes);
  hold_up (self, holder.code);
  g_assert_null (till_checkout_get_pass (self->checkout));
  do_now (self, till_checkout_cancel);
  set_policy (self, (TillCheckoutPolicy){ .pass_off = FALSE });
  begin (self);
  g_assert_true (self->checkout->position.look.codes);
  pass_holder_clear (&holder);
}

/* Revoked once the holder was confirmed: found out before anything is charged, and not held against them. */
static void
test_revoked_in_between (MoneyFixture *self, gconstpointer unused)
{
  PassHolder holder;

  pass_holder_init (&holder, self, PASS_HOLDER_DIGITS, TRUE);
  begin (self);
  confirm_holder (self, &holder);
  assert_state (self, "smile", NULL);
  pass_holder_revoke (&holder, self);
  money_fixture_sight (self, TILL_EVIDENCE_FOR, holder.id, 1);
  money_fixture_wait (self, TILL_CHECKOUT_DECLINED);
  assert_state (self, "declined", "pass-revoked");
  g_assert_false (till_checkout_is_camera_on (self->checkout));
  g_assert_cmpuint (fake_provider_count_charges (self->provider), ==, 0);
  g_assert_cmpuint (money_fixture_count (self, TILL_LEDGER_CHARGE_INTENT, NULL), ==, 0);
  g_assert_cmpint (till_checkout_get_locked_until_us (self->checkout), ==, 0);
  pass_holder_clear (&holder);
}

/* Asked again, it is not charged on what was seen before: the customer may have gone meanwhile. */
static void
test_gone_in_between (MoneyFixture *self, gconstpointer unused)
{
  PassHolder holder;

  pass_holder_init (&holder, self, PASS_HOLDER_DIGITS, TRUE);
  begin (self);
  confirm_holder (self, &holder);
  money_fixture_sight (self, TILL_EVIDENCE_FOR, holder.id, 1);
  g_assert_nonnull (self->checkout->looking->asking_pass);
  money_fixture_sight (self, TILL_EVIDENCE_OPEN, NULL, 1);
  while (self->checkout->looking->asking_pass != NULL)
    g_main_context_iteration (NULL, TRUE);
  assert_state (self, "smile", NULL);
  g_assert_false (self->checkout->looking->pass_good);
  g_assert_cmpuint (money_fixture_count (self, TILL_LEDGER_CHARGE_INTENT, NULL), ==, 0);
  pass_holder_clear (&holder);
}

/* A book that can't be read is the till's own trouble. */
static void
test_unreadable (MoneyFixture *self, gconstpointer unused)
{
  PassHolder holder;

  pass_holder_init (&holder, self, PASS_HOLDER_DIGITS, TRUE);
  begin (self);
  confirm_holder (self, &holder);
  money_fixture_run (self, "ALTER TABLE passes RENAME TO gone;");
  money_fixture_sight (self, TILL_EVIDENCE_FOR, holder.id, 1);
  money_fixture_wait (self, TILL_CHECKOUT_NOT_CONFIRMED);
  assert_state (self, "not-confirmed", "recognition");
  g_assert_cmpuint (self->troubles->len, ==, 1);
  g_assert_cmpuint (money_fixture_count (self, TILL_LEDGER_CHARGE_INTENT, NULL), ==, 0);
  pass_holder_clear (&holder);
}

/* Time runs anew from the moment a pass was read. */
static void
test_time_for_digits (MoneyFixture *self, gconstpointer unused)
{
  PassHolder holder;

  pass_holder_init (&holder, self, PASS_HOLDER_DIGITS, TRUE);
  begin (self);
  gint64 deadline = till_checkout_get_deadline_us (self->checkout);
  set_clock_advance (SET_CLOCK (self->clock), 10 * G_USEC_PER_SEC);
  hold_up (self, "https://example.org/");
  g_assert_cmpint (till_checkout_get_deadline_us (self->checkout), ==, deadline);
  hold_up (self, holder.code);
  g_assert_cmpint (till_checkout_get_deadline_us (self->checkout), ==, deadline + 10 * G_USEC_PER_SEC);
  pass_holder_clear (&holder);
}

/* A pass has no PIN: where one is asked for, whatever is typed is wrong, a namesake's right one too. */
static void
test_no_pin (MoneyFixture *self, gconstpointer unused)
{
  PassHolder holder;
  g_autoptr (GError) error = NULL;

  money_fixture_enrol_twins (self);
  pass_holder_init (&holder, self, MONEY_TWIN_DIGITS, TRUE);
  set_policy (self, (TillCheckoutPolicy){ .pin = TRUE });
  begin (self);
  hold_up (self, holder.code);
  type_digits (self, MONEY_TWIN_DIGITS);
  money_fixture_sight (self, TILL_EVIDENCE_AGAINST, NULL, 0);
  assert_state (self, "pin", NULL);
  till_checkout_type_pin (self->checkout, MONEY_TWIN_PIN, &error);
  g_assert_no_error (error);
  money_fixture_wait_candidates (self);
  g_assert_true (self->checkout->looking->by_pin);
  g_assert_cmpuint (count_candidates (self), ==, 0);
  pass_holder_clear (&holder);
}

static void
test_amount_needs_pin (MoneyFixture *self, gconstpointer unused)
{
  PassHolder holder;

  pass_holder_init (&holder, self, PASS_HOLDER_DIGITS, TRUE);
  set_policy (self, (TillCheckoutPolicy){ .pin_from = { .minor = 1, .currency = "EUR" } });
  begin (self);
  confirm_holder (self, &holder);
  assert_state (self, "declined", "pin-needed");
  pass_holder_clear (&holder);
}

/* What a pass has paid counts for the pass. */
static void
test_limit (MoneyFixture *self, gconstpointer unused)
{
  PassHolder holder;

  pass_holder_init (&holder, self, PASS_HOLDER_DIGITS, TRUE);
  money_fixture_open (self);
  gint64 price = till_checkout_get_amount (self->checkout)->minor;
  set_policy (self, (TillCheckoutPolicy){ .most_per_customer_day = { .minor = price, .currency = "EUR" } });
  pay (self, &holder);
  do_now (self, till_checkout_dismiss);
  begin (self);
  confirm_holder (self, &holder);
  assert_state (self, "declined", "customer-limit");
  pass_holder_clear (&holder);
}

#define ADD(path, function)                                                                                  \
  g_test_add ("/checkout/pass/" path, MoneyFixture, GSIZE_TO_POINTER (SET_TYPE_CLOCK),                       \
              money_fixture_set_up_with_clock, function, money_fixture_tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  ADD ("pays", test_pays);
  ADD ("wrong-digits", test_wrong_digits);
  ADD ("nobody-else", test_nobody_else);
  ADD ("refused", test_refused);
  ADD ("foreign", test_foreign);
  ADD ("newest-counts", test_newest_counts);
  ADD ("too-late", test_too_late);
  ADD ("switched-off", test_switched_off);
  ADD ("revoked-in-between", test_revoked_in_between);
  ADD ("gone-in-between", test_gone_in_between);
  ADD ("unreadable", test_unreadable);
  ADD ("time-for-digits", test_time_for_digits);
  ADD ("no-pin", test_no_pin);
  ADD ("amount-needs-pin", test_amount_needs_pin);
  ADD ("limit", test_limit);
  return g_test_run ();
}
