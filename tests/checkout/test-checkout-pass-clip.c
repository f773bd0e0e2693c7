/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Runs under with-keyring. A whole payment from one clip in which a face pass is held up and then the face is shown. */
#include "../customers/pass-clip.h"
#include "../recognition/recognition-fixture.h"
#include "checkout/till-checkout-private.h"
#include "money-fixture.h"
#include "pass-holder.h"

/* Neutral for a few seconds, then smiling; the clip goes round, as when the smile is asked for is left to chance. */
#define OWN_CLIP   "franck.webm"
#define OWN_FROM   74
#define OWN_TO     100
#define OTHER_CLIP "cap12_edit.webm"
#define OTHER_FROM 2
#define OTHER_TO   22

/* The pass of whoever OWN_CLIP shows. */
static void
init_holder (PassHolder *self, MoneyFixture *till)
{
  g_autoptr (TillGallery) gallery = recognition_fixture_get_franck ();
  TillCustomer *franck = till_gallery_get_customer (gallery, "customer_franck");

  pass_holder_init_with_templates (self, till, PASS_HOLDER_DIGITS, till_customer_get_template (franck, 0),
                                   till_customer_get_n_templates (franck), TRUE);
}

/* From here on the camera sees the pass, and then this face. */
static void
show (MoneyFixture *self, const PassHolder *holder, const char *face, double from_s, double to_s)
{
  g_autofree char *face_path = g_build_filename (g_getenv ("SMILETILL_MODELS"), face, NULL);
  g_autofree char *path = g_build_filename (self->dir, "pass.webm", NULL);
  g_autofree char *spec = g_strdup_printf ("clip:%s,loop", path);
  g_autoptr (GError) error = NULL;

  pass_clip_write (path, holder->code, face_path, from_s, to_s, &error);
  g_assert_no_error (error);
  g_autoptr (TillCameraSource) source = till_camera_source_parse (spec, &error);
  g_assert_no_error (error);
  till_checkout_set_camera_source (self->checkout, source);
}

/* A slow machine must not run out of time; the test has a watchdog of its own. */
static void
take_time (MoneyFixture *self)
{
  till_checkout_set_timeout (self->checkout, TILL_CHECKOUT_DIGITS, 0);
  till_checkout_set_timeout (self->checkout, TILL_CHECKOUT_CONFIRMING, 0);
  till_checkout_set_timeout (self->checkout, TILL_CHECKOUT_SMILE, 0);
}

static gboolean
on_too_long (gpointer what)
{
  g_error ("This never happened: %s", (const char *) what);
  return G_SOURCE_REMOVE;
}

/* Up to the digits, with the pass accepted from the picture. */
static void
begin (MoneyFixture *self, const char *digits)
{
  guint watchdog = g_timeout_add_seconds (60, on_too_long, (gpointer) "the pass was read");
  g_autoptr (GError) error = NULL;

  take_time (self);
  money_fixture_open (self);
  till_checkout_choose_face (self->checkout, &error);
  g_assert_no_error (error);
  till_checkout_agree (self->checkout, &error);
  g_assert_no_error (error);
  while (g_strcmp0 (till_checkout_get_pass (self->checkout), "accepted") != 0)
    g_main_context_iteration (NULL, TRUE);
  g_source_remove (watchdog);
  till_checkout_type_digits (self->checkout, digits, &error);
  g_assert_no_error (error);
}

static void
assert_nothing_charged (MoneyFixture *self)
{
  g_assert_false (till_checkout_is_camera_on (self->checkout));
  g_assert_cmpuint (fake_provider_count_charges (self->provider), ==, 0);
  g_assert_cmpuint (money_fixture_count (self, TILL_LEDGER_CHARGE_INTENT, NULL), ==, 0);
  g_assert_null (till_checkout_get_customer_name (self->checkout));
}

static void
test_pays (MoneyFixture *self, gconstpointer unused)
{
  PassHolder holder;

  init_holder (&holder, self);
  show (self, &holder, OWN_CLIP, OWN_FROM, OWN_TO);
  fake_provider_script_charge (self->provider, TILL_CHARGE_APPROVED, NULL, TRUE);
  begin (self, PASS_HOLDER_DIGITS);
  money_fixture_wait (self, TILL_CHECKOUT_SMILE);
  money_fixture_wait (self, TILL_CHECKOUT_APPROVED);
  g_assert_cmpstr (self->states->str, ==, " ways consent digits confirming smile charging approved");
  g_assert_cmpuint (fake_provider_count_charges (self->provider), ==, 1);
  g_assert_nonnull (till_checkout_get_receipt (self->checkout));

  g_autoptr (TillLedgerEntry) row = money_fixture_newest (self, TILL_LEDGER_CHARGE_INTENT);
  g_assert_cmpstr (json_object_get_string_member (row->body, "pass"), ==, holder.id);
  pass_holder_clear (&holder);
}

static void
test_wrong_digits (MoneyFixture *self, gconstpointer unused)
{
  PassHolder holder;

  init_holder (&holder, self);
  show (self, &holder, OWN_CLIP, OWN_FROM, OWN_TO);
  begin (self, "0808");
  money_fixture_wait (self, TILL_CHECKOUT_NOT_CONFIRMED);
  g_assert_cmpstr (till_checkout_get_reason (self->checkout), ==, "not-confirmed");
  assert_nothing_charged (self);
  pass_holder_clear (&holder);
}

static void
test_other_face (MoneyFixture *self, gconstpointer unused)
{
  PassHolder holder;

  init_holder (&holder, self);
  show (self, &holder, OTHER_CLIP, OTHER_FROM, OTHER_TO);
  begin (self, PASS_HOLDER_DIGITS);
  money_fixture_wait (self, TILL_CHECKOUT_NOT_CONFIRMED);
  g_assert_cmpstr (till_checkout_get_reason (self->checkout), ==, "not-confirmed");
  g_assert_cmpstr (self->states->str, ==, " ways consent digits confirming not-confirmed");
  assert_nothing_charged (self);
  pass_holder_clear (&holder);
}

static void
test_revoked (MoneyFixture *self, gconstpointer unused)
{
  PassHolder holder;

  init_holder (&holder, self);
  show (self, &holder, OWN_CLIP, OWN_FROM, OWN_TO);
  begin (self, PASS_HOLDER_DIGITS);
  money_fixture_wait (self, TILL_CHECKOUT_SMILE);
  pass_holder_revoke (&holder, self);
  money_fixture_wait (self, TILL_CHECKOUT_DECLINED);
  g_assert_cmpstr (till_checkout_get_reason (self->checkout), ==, "pass-revoked");
  assert_nothing_charged (self);
  pass_holder_clear (&holder);
}

#define ADD(path, function)                                                                                  \
  g_test_add ("/checkout/pass-clip/" path, MoneyFixture, NULL, money_fixture_set_up_with_eyes, function,     \
              money_fixture_tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  ADD ("pays", test_pays);
  ADD ("wrong-digits", test_wrong_digits);
  ADD ("other-face", test_other_face);
  ADD ("revoked", test_revoked);
  return g_test_run ();
}
