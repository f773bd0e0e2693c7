/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Runs under with-keyring. A customer proves to be here without paying, on the same evidence and the same count of misses. */
#include "../vault/set-clock.h"
#include "base/till-error.h"
#include "checkout/till-checkout-private.h"
#include "checkout/till-looking-private.h"
#include "checkout/till-presence-private.h"
#include "money-fixture.h"
#include "pass-holder.h"
#include "vault/till-miss-count.h"

#define NOBODYS_DIGITS "0000"

typedef struct
{
  MoneyFixture till;
  TillPresence *presence;
  GPtrArray *troubles; /* of GError */
} Fixture;

static void
on_trouble (TillPresence *presence, const GError *error, gpointer user_data)
{
  g_ptr_array_add (user_data, g_error_copy (error));
}

static void
new_presence (Fixture *self)
{
  if (self->presence != NULL)
    {
      g_object_run_dispose (G_OBJECT (self->presence));
      g_clear_object (&self->presence);
    }
  self->presence = till_presence_new (&self->till.rooms);
  till_presence_set_camera_source (self->presence, till_checkout_get_camera_source (self->till.checkout));
  g_signal_connect (self->presence, "trouble", G_CALLBACK (on_trouble), self->troubles);
}

static void
set_up (Fixture *self, gconstpointer unused)
{
  money_fixture_set_up_with_clock (&self->till, GSIZE_TO_POINTER (SET_TYPE_CLOCK));
  self->troubles = g_ptr_array_new_with_free_func ((GDestroyNotify) g_error_free);
  new_presence (self);
}

static void
tear_down (Fixture *self, gconstpointer unused)
{
  g_object_run_dispose (G_OBJECT (self->presence));
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_finalize_object (self->presence);
  g_ptr_array_unref (self->troubles);
  money_fixture_tear_down (&self->till, NULL);
}

static void
assert_state (Fixture *self, const char *state, const char *reason)
{
  g_assert_cmpstr (till_presence_state_to_string (till_presence_get_state (self->presence)), ==, state);
  g_assert_cmpstr (till_presence_get_reason (self->presence), ==, reason);
}

static void
wait_for_state (Fixture *self, TillPresenceState state)
{
  while (till_presence_get_state (self->presence) != state)
    g_main_context_iteration (NULL, TRUE);
}

static void
agree (Fixture *self)
{
  g_autoptr (GError) error = NULL;

  till_presence_agree (self->presence, &error);
  g_assert_no_error (error);
}

static void
type_digits (Fixture *self, const char *digits)
{
  g_autoptr (GError) error = NULL;

  till_presence_type_digits (self->presence, digits, &error);
  g_assert_no_error (error);
  while (self->presence->looking->candidates == NULL || !self->presence->looking->consent_written)
    g_main_context_iteration (NULL, TRUE);
}

static void
type_pin (Fixture *self, const char *pin)
{
  g_autoptr (GError) error = NULL;

  till_presence_type_pin (self->presence, pin, &error);
  g_assert_no_error (error);
  while (self->presence->looking->candidates == NULL)
    g_main_context_iteration (NULL, TRUE);
}

/* A sighting with everything in favour, which @change (nullable) makes worse. */
static void
sight (Fixture *self, TillEvidence identity, const char *customer, void (*change) (TillSighting *))
{
  g_autoptr (TillSighting) sighting = till_sighting_new ();

  sighting->serial = self->presence->looking->session;
  sighting->face = TRUE;
  sighting->captured_us = sighting->done_us = g_get_monotonic_time ();
  sighting->alone = sighting->live = sighting->eyes = TILL_EVIDENCE_FOR;
  sighting->identity = identity;
  sighting->customer = g_strdup (customer);
  if (change != NULL)
    change (sighting);
  g_signal_emit_by_name (self->till.recognizer, "sighting", sighting);
}

/* A whole try with a face that is @identity. */
static void
try_face (Fixture *self, const char *digits, TillEvidence identity, const char *customer)
{
  agree (self);
  type_digits (self, digits);
  sight (self, identity, customer, NULL);
}

static void
test_confirmed (Fixture *self, gconstpointer unused)
{
  assert_state (self, "consent", NULL);
  g_assert_false (till_presence_is_camera_on (self->presence));
  agree (self);
  assert_state (self, "digits", NULL);
  g_assert_true (till_presence_is_camera_on (self->presence));
  type_digits (self, MONEY_DIGITS);
  g_assert_null (till_presence_get_customer (self->presence));
  sight (self, TILL_EVIDENCE_FOR, self->till.customer, NULL);
  assert_state (self, "confirmed", NULL);
  g_assert_false (till_presence_is_camera_on (self->presence));
  g_assert_cmpstr (till_customer_get_id (till_presence_get_customer (self->presence)), ==,
                   self->till.customer);
  g_assert_cmpint (till_presence_get_confirmed_us (self->presence), ==,
                   till_clock_monotonic (self->till.clock));

  g_autoptr (TillLedgerEntry) row = money_fixture_newest (&self->till, TILL_LEDGER_CONSENT);
  g_assert_cmpstr (json_object_get_string_member (row->body, "purpose"), ==, "presence");
  g_assert_cmpstr (json_object_get_string_member (row->body, "id"), ==,
                   till_presence_get_consent (self->presence));
  g_assert_true (till_consent_verify (row->body, NULL, NULL));
  g_assert_cmpuint (money_fixture_count (&self->till, TILL_LEDGER_CHARGE_INTENT, NULL), ==, 0);

  till_presence_cancel (self->presence);
  assert_state (self, "ended", "cancelled");
  g_assert_null (till_presence_get_customer (self->presence));
  g_assert_cmpint (till_presence_get_confirmed_us (self->presence), ==, 0);
}

static void
is_asleep (TillSighting *sighting)
{
  sighting->eyes = TILL_EVIDENCE_OPEN;
}

static void
is_not_alone (TillSighting *sighting)
{
  sighting->alone = TILL_EVIDENCE_AGAINST;
}

static void
may_be_dead (TillSighting *sighting)
{
  sighting->live = TILL_EVIDENCE_OPEN;
}

static void
is_of_before (TillSighting *sighting)
{
  sighting->serial--;
}

static void
test_evidence (Fixture *self, gconstpointer unused)
{
  static void (*const changes[]) (TillSighting *) = { is_asleep, is_not_alone, may_be_dead, is_of_before };

  agree (self);
  type_digits (self, MONEY_DIGITS);
  for (gsize i = 0; i < G_N_ELEMENTS (changes); i++)
    {
      sight (self, TILL_EVIDENCE_FOR, self->till.customer, changes[i]);
      assert_state (self, "looking", NULL);
    }
  /* Nobody else's face is the customer's. */
  sight (self, TILL_EVIDENCE_FOR, "customer_other", NULL);
  assert_state (self, "looking", NULL);
  sight (self, TILL_EVIDENCE_FOR, self->till.customer, NULL);
  assert_state (self, "confirmed", NULL);
}

/* Before the consent is on disk nobody is confirmed; what can't be written ends it. */
static void
test_consent_first (Fixture *self, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;

  money_fixture_break_ledger (&self->till, TILL_LEDGER_CONSENT);
  agree (self);
  wait_for_state (self, TILL_PRESENCE_FAILED);
  assert_state (self, "failed", "consent-not-written");
  g_assert_false (till_presence_is_camera_on (self->presence));
  g_assert_false (till_presence_type_digits (self->presence, MONEY_DIGITS, &error));
  g_assert_error (error, TILL_ERROR, TILL_ERROR_REFUSED);
  g_assert_cmpuint (self->troubles->len, ==, 1);
  money_fixture_mend_ledger (&self->till);
}

static void
on_camera (GObject *looker, gboolean on, gpointer user_data)
{
  (*(guint *) user_data)++;
}

/* Where nobody can agree the camera does not go on, neither for a payment nor for this. */
static void
test_locked_keyring (Fixture *self, gconstpointer unused)
{
  g_autofree char *profile = g_uuid_string_random ();
  g_autoptr (TillKeyring) keyring = till_keyring_new (profile);
  g_autoptr (GError) error = NULL;
  g_autoptr (TillVault) vault = till_vault_new (keyring, self->till.store, &error);
  g_assert_no_error (error);
  g_autoptr (TillCustomers) customers
      = till_customers_new (self->till.store, vault, self->till.ledger, &error);
  g_assert_no_error (error);
  TillCheckoutRooms rooms = self->till.rooms;
  guint changes = 0;

  rooms.customers = customers;
  g_autoptr (TillPresence) presence = till_presence_new (&rooms);
  g_autoptr (TillCheckout) checkout = till_checkout_new (&rooms);
  g_signal_connect (presence, "camera", G_CALLBACK (on_camera), &changes);
  g_signal_connect (checkout, "camera", G_CALLBACK (on_camera), &changes);
  g_assert_false (till_presence_agree (presence, &error));
  g_assert_error (error, TILL_ERROR, TILL_ERROR_LOCKED);
  g_clear_error (&error);

  money_fixture_ring_up (&self->till);
  g_assert_true (till_checkout_open (checkout, self->till.basket, NULL));
  g_assert_true (till_checkout_choose_face (checkout, NULL));
  g_assert_false (till_checkout_agree (checkout, &error));
  g_assert_error (error, TILL_ERROR, TILL_ERROR_LOCKED);
  g_assert_cmpint (till_checkout_get_state (checkout), ==, TILL_CHECKOUT_CONSENT);
  g_assert_cmpuint (changes, ==, 0);
}

/* A guess at a proof of presence counts as one at a payment does: both lock the same till. */
static void
test_counted (Fixture *self, gconstpointer unused)
{
  for (guint i = 0; i < TILL_MISS_COUNT_FREE; i++)
    {
      g_assert_cmpint (till_presence_get_locked_until_us (self->presence), ==, 0);
      new_presence (self);
      if (i % 2 == 0)
        {
          try_face (self, NOBODYS_DIGITS, TILL_EVIDENCE_AGAINST, NULL);
          assert_state (self, "not-confirmed", "not-confirmed");
        }
      else
        {
          agree (self);
          type_digits (self, MONEY_DIGITS);
          till_presence_cancel (self->presence);
          assert_state (self, "ended", "cancelled");
        }
    }
  g_assert_cmpint (till_checkout_get_locked_until_us (self->till.checkout), !=, 0);
  new_presence (self);
  agree (self);
  assert_state (self, "locked", "locked-out");
  g_assert_false (till_presence_is_camera_on (self->presence));
  g_assert_cmpint (till_presence_get_locked_until_us (self->presence), !=, 0);
}

/* Given up before the digits, or thrown away: no miss, but a try that is thrown away is one. */
static void
test_thrown_away (Fixture *self, gconstpointer unused)
{
  for (guint i = 0; i < 2 * TILL_MISS_COUNT_FREE; i++)
    {
      new_presence (self);
      agree (self);
    }
  g_assert_cmpint (till_presence_get_locked_until_us (self->presence), ==, 0);
  for (guint i = 0; i < TILL_MISS_COUNT_FREE; i++)
    {
      g_assert_cmpint (till_presence_get_locked_until_us (self->presence), ==, 0);
      new_presence (self);
      agree (self);
      type_digits (self, MONEY_DIGITS);
    }
  new_presence (self);
  g_assert_cmpint (till_presence_get_locked_until_us (self->presence), !=, 0);
}

static void
test_pin_holder (Fixture *self, gconstpointer unused)
{
  money_fixture_enrol_pin_holder (&self->till);
  try_face (self, MONEY_TWIN_DIGITS, TILL_EVIDENCE_FOR, self->till.twin);
  assert_state (self, "pin", NULL);
  g_assert_true (till_presence_is_camera_on (self->presence));
  type_pin (self, "86420");
  sight (self, TILL_EVIDENCE_FOR, self->till.twin, NULL);
  assert_state (self, "looking", NULL);
  sight (self, TILL_EVIDENCE_AGAINST, NULL, NULL);
  assert_state (self, "not-confirmed", "not-confirmed");

  new_presence (self);
  try_face (self, MONEY_TWIN_DIGITS, TILL_EVIDENCE_FOR, self->till.twin);
  type_pin (self, MONEY_TWIN_PIN);
  sight (self, TILL_EVIDENCE_FOR, self->till.twin, NULL);
  assert_state (self, "confirmed", NULL);
}

/* Being asked sooner than somebody unknown would tell that the digits are right. */
static void
test_pin_holder_waits (Fixture *self, gconstpointer unused)
{
  money_fixture_enrol_twins (&self->till);
  till_presence_set_patience (self->presence, 3);
  agree (self);
  type_digits (self, MONEY_TWIN_DIGITS);
  for (guint i = 1; i < 3; i++)
    {
      sight (self, TILL_EVIDENCE_FOR, self->till.twin, NULL);
      assert_state (self, "looking", NULL);
    }
  sight (self, TILL_EVIDENCE_FOR, self->till.twin, NULL);
  assert_state (self, "pin", NULL);
}

/* Whom a face does not tell from another can't prove by it who they are. */
static void
test_look_alike (Fixture *self, gconstpointer unused)
{
  money_fixture_enrol_twins (&self->till);
  try_face (self, MONEY_NO_PIN_DIGITS, TILL_EVIDENCE_FOR, self->till.no_pin_twin);
  assert_state (self, "not-confirmed", "not-confirmed");
  g_assert_null (till_presence_get_customer (self->presence));
}

/* Where the shop asks everybody who can't be confirmed for a PIN, it does so here. */
static void
test_pin_of_unknown (Fixture *self, gconstpointer unused)
{
  till_presence_set_policy (self->presence, &(TillCheckoutPolicy){ .pin = TRUE });
  try_face (self, NOBODYS_DIGITS, TILL_EVIDENCE_AGAINST, NULL);
  assert_state (self, "pin", NULL);
}

static void
hold_up (Fixture *self, const char *code)
{
  g_signal_emit_by_name (self->presence->looking->camera, "code", code);
  while (g_strcmp0 (till_presence_get_pass (self->presence), "reading") == 0)
    g_main_context_iteration (NULL, TRUE);
}

static void
test_pass_holder (Fixture *self, gconstpointer unused)
{
  PassHolder holder;

  pass_holder_init (&holder, &self->till, PASS_HOLDER_DIGITS, TRUE);
  agree (self);
  hold_up (self, holder.code);
  g_assert_cmpstr (till_presence_get_pass (self->presence), ==, "accepted");
  type_digits (self, PASS_HOLDER_DIGITS);
  sight (self, TILL_EVIDENCE_FOR, holder.id, NULL);
  wait_for_state (self, TILL_PRESENCE_CONFIRMED);
  g_assert_cmpstr (till_customer_get_id (till_presence_get_customer (self->presence)), ==, holder.id);
  pass_holder_clear (&holder);
}

static void
test_pass_revoked (Fixture *self, gconstpointer unused)
{
  PassHolder holder;

  pass_holder_init (&holder, &self->till, PASS_HOLDER_DIGITS, TRUE);
  agree (self);
  hold_up (self, holder.code);
  type_digits (self, PASS_HOLDER_DIGITS);
  pass_holder_revoke (&holder, &self->till);
  sight (self, TILL_EVIDENCE_FOR, holder.id, NULL);
  wait_for_state (self, TILL_PRESENCE_NOT_CONFIRMED);
  assert_state (self, "not-confirmed", "pass-revoked");
  g_assert_null (till_presence_get_customer (self->presence));
  pass_holder_clear (&holder);
}

static void
test_pass_off (Fixture *self, gconstpointer unused)
{
  PassHolder holder;

  pass_holder_init (&holder, &self->till, PASS_HOLDER_DIGITS, TRUE);
  till_presence_set_policy (self->presence, &(TillCheckoutPolicy){ .pass_off = TRUE });
  agree (self);
  hold_up (self, holder.code);
  g_assert_null (till_presence_get_pass (self->presence));
  pass_holder_clear (&holder);
}

/* Leaving does not depend on whether the shop takes faces for payment. */
static void
test_face_off (Fixture *self, gconstpointer unused)
{
  till_presence_set_policy (self->presence, &(TillCheckoutPolicy){ .face_off = TRUE });
  try_face (self, MONEY_DIGITS, TILL_EVIDENCE_FOR, self->till.customer);
  assert_state (self, "confirmed", NULL);
}

static void
test_no_camera (Fixture *self, gconstpointer unused)
{
  g_autoptr (GError) unplugged = g_error_new_literal (TILL_ERROR, TILL_ERROR_UNAVAILABLE, "It is gone");

  agree (self);
  g_signal_emit_by_name (self->presence->looking->camera, "failed", unplugged);
  assert_state (self, "no-camera", "no-camera");
  g_assert_false (till_presence_is_camera_on (self->presence));
  till_presence_cancel (self->presence);
  till_presence_cancel (self->presence);
  assert_state (self, "ended", "cancelled");
}

static void
test_typing (Fixture *self, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;

  g_assert_false (till_presence_type_digits (self->presence, MONEY_DIGITS, &error));
  g_assert_error (error, TILL_ERROR, TILL_ERROR_REFUSED);
  g_clear_error (&error);
  agree (self);
  g_assert_false (till_presence_type_digits (self->presence, "12x4", &error));
  g_assert_error (error, TILL_ERROR, TILL_ERROR_INVALID);
  g_clear_error (&error);
  assert_state (self, "digits", NULL);
  g_assert_false (till_presence_type_pin (self->presence, "2580", &error));
  g_assert_error (error, TILL_ERROR, TILL_ERROR_REFUSED);
}

#define ADD(path, function)                                                                                  \
  g_test_add ("/checkout/presence/" path, Fixture, NULL, set_up, function, tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  ADD ("confirmed", test_confirmed);
  ADD ("evidence", test_evidence);
  ADD ("consent-first", test_consent_first);
  ADD ("locked-keyring", test_locked_keyring);
  ADD ("counted", test_counted);
  ADD ("thrown-away", test_thrown_away);
  ADD ("pin-holder", test_pin_holder);
  ADD ("pin-holder-waits", test_pin_holder_waits);
  ADD ("look-alike", test_look_alike);
  ADD ("pin-of-unknown", test_pin_of_unknown);
  ADD ("pass-holder", test_pass_holder);
  ADD ("pass-revoked", test_pass_revoked);
  ADD ("pass-off", test_pass_off);
  ADD ("face-off", test_face_off);
  ADD ("no-camera", test_no_camera);
  ADD ("typing", test_typing);
  return g_test_run ();
}
