/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "checkout/till-checkout-private.h"

#include "base/till-error.h"
#include "base/till-id.h"
#include "customers/till-consent.h"

#include <string.h>

TillCustomer *
till_checkout_face_get_match (TillCheckout *self)
{
  const TillSighting *sighting = self->sighting;

  if (sighting == NULL || sighting->identity != TILL_EVIDENCE_FOR || sighting->customer == NULL
      || self->candidates == NULL)
    return NULL;
  return till_gallery_get_customer (self->candidates, sighting->customer);
}

guint
till_checkout_face_count_smiles (TillCheckout *self)
{
  TillCustomer *match = till_checkout_face_get_match (self);
  gboolean much
      = self->policy.second_smile_minor > 0 && self->amount.minor >= self->policy.second_smile_minor;
  gboolean alike = match != NULL && till_customer_is_look_alike (match) && !self->by_pin;

  return much || alike ? 2 : 1;
}

static gboolean
needs_pin_for_likeness (TillCheckout *self, const TillCustomer *match)
{
  return self->policy.pin && till_customer_is_look_alike (match) && till_customer_get_pin (match) != NULL;
}

static TillCheckoutFacts
facts_of_match (TillCheckout *self, const TillCustomer *match)
{
  gboolean alike = needs_pin_for_likeness (self, match);
  TillCheckoutFacts facts = TILL_FACT_MATCHED;

  if (alike && !self->by_pin && self->looks < self->patience)
    return 0;
  if (g_str_equal (till_customer_get_suffix (match), self->digits))
    facts |= TILL_FACT_DIGITS_RIGHT;
  if (alike || till_checkout_limits_need_pin (self))
    facts |= TILL_FACT_PIN_NEEDED;
  if (till_customer_get_pin (match) != NULL)
    facts |= TILL_FACT_HAS_PIN;
  if (self->by_pin)
    facts |= TILL_FACT_PIN_RIGHT;
  return facts;
}

static TillCheckoutFacts
facts_of_sighting (TillCheckout *self, const TillSighting *sighting)
{
  TillCheckoutFacts facts = 0;

  if (sighting->alone == TILL_EVIDENCE_FOR)
    facts |= TILL_FACT_ALONE;
  if (sighting->live == TILL_EVIDENCE_FOR)
    facts |= TILL_FACT_LIVE;
  if (sighting->eyes == TILL_EVIDENCE_FOR)
    facts |= TILL_FACT_EYES_OPEN;
  if (sighting->smile == TILL_SMILE_MADE && sighting->smiles_made >= till_checkout_face_count_smiles (self))
    facts |= TILL_FACT_SMILED;
  if (sighting->live == TILL_EVIDENCE_AGAINST || sighting->eyes == TILL_EVIDENCE_AGAINST
      || sighting->identity == TILL_EVIDENCE_AGAINST)
    facts |= TILL_FACT_AGAINST;

  TillCustomer *match = till_checkout_face_get_match (self);
  return match != NULL ? facts | facts_of_match (self, match) : facts;
}

static gboolean
is_within_consent (TillCheckout *self)
{
  const TillPricing *pricing = self->consent != NULL ? till_checkout_price_now (self) : NULL;

  return pricing != NULL && till_pricing_get_total (pricing)->minor > 0
         && till_money_same_currency (till_pricing_get_total (pricing), &self->consent_most)
         && till_money_compare (till_pricing_get_total (pricing), &self->consent_most) <= 0;
}

TillCheckoutFacts
till_checkout_face_facts (TillCheckout *self)
{
  TillCheckoutFacts facts = 0;

  if (self->sighting != NULL)
    facts |= facts_of_sighting (self, self->sighting);
  if (self->consent_written)
    facts |= TILL_FACT_CONSENT_WRITTEN;
  if (self->policy.pin)
    facts |= TILL_FACT_PIN_ALLOWED;
  if (self->rooms.lockout != NULL && till_lockout_get_until_us (self->rooms.lockout) != 0)
    facts |= TILL_FACT_LOCKED_OUT;
  if (is_within_consent (self))
    facts |= TILL_FACT_WITHIN_CONSENT;
  /* While the provider is being asked the attempt is in use and can't be dropped. */
  if (self->nothing_sent && self->asking == NULL)
    facts |= TILL_FACT_NOTHING_SENT;
  return facts | till_checkout_limits_facts (self);
}

/* Sightings */

static void
note_stages (TillCheckout *self, const TillSighting *sighting)
{
  if (sighting->face && self->first_face_us == 0)
    {
      self->first_face_us = sighting->done_us;
      till_checkout_stage (self, "first-face", sighting->captured_us, sighting->done_us);
    }
}

static void
note_smile (TillCheckout *self, const TillSighting *sighting)
{
  double level = sighting->smile_level > 0 ? MIN (sighting->smile_level, 1) : 0;

  if (self->position.state == TILL_CHECKOUT_SMILE && self->policy.smile_discount > 0)
    self->smile = MAX (self->smile, (guint) (level * TILL_SMILE_WHOLE));
}

/* A second smile gets as much time as the first had. */
static void
give_time_to_smile_again (TillCheckout *self, const TillSighting *sighting)
{
  if (self->position.state == TILL_CHECKOUT_SMILE && sighting->smiles_made > self->smiles_made)
    till_checkout_extend (self);
  self->smiles_made = sighting->smiles_made;
}

/* Of the evidence, should it end the try. What the shop's rules say comes last: it is for confirmed customers. */
static const char *
reason_of_evidence (TillCheckout *self, TillCheckoutFacts facts)
{
  if (facts & TILL_FACT_AGAINST)
    return "not-confirmed";
  if (facts & TILL_FACT_PIN_NEEDED && !(facts & (TILL_FACT_HAS_PIN | TILL_FACT_PIN_RIGHT)))
    return "pin-needed";
  return till_checkout_limits_get_reason (self);
}

void
till_checkout_face_report_evidence (TillCheckout *self)
{
  const TillCheckoutState before = self->position.state;
  const TillSighting *sighting = self->sighting;
  gint64 seen_us = sighting != NULL ? MAX (sighting->first_good_us, self->digits_us) : 0;
  gint64 smile_seen_us = sighting != NULL ? sighting->smile_seen_us : 0;

  till_checkout_report (self, TILL_CHECKOUT_EVIDENCE,
                        reason_of_evidence (self, till_checkout_face_facts (self)));
  if (before == TILL_CHECKOUT_CONFIRMING && self->position.state == TILL_CHECKOUT_SMILE)
    till_checkout_stage (self, "identified", seen_us, till_clock_monotonic (self->rooms.clock));
  if (before == TILL_CHECKOUT_SMILE && self->position.state == TILL_CHECKOUT_CHARGING)
    till_checkout_stage (self, "smile-decided", smile_seen_us, self->charge_us);
}

static void
on_sighting (TillRecognizer *recognizer, TillSighting *sighting, gpointer user_data)
{
  g_autoptr (TillCheckout) self = g_object_ref (user_data);

  if (sighting->serial != self->session || !self->position.camera)
    return;

  g_clear_pointer (&self->sighting, till_sighting_unref);
  self->sighting = till_sighting_ref (sighting);
  if (sighting->face && self->candidates != NULL)
    self->looks++;
  note_stages (self, sighting);
  note_smile (self, sighting);
  give_time_to_smile_again (self, sighting);
  g_signal_emit_by_name (self, "sighting", sighting);
  if (self->sighting != sighting)
    return; /* whoever was told has ended the session */

  till_checkout_face_report_evidence (self);
}

static void
on_recognition_failed (TillRecognizer *recognizer, const GError *error, gpointer user_data)
{
  TillCheckout *self = user_data;

  till_checkout_trouble (self, error);
  till_checkout_report (self, TILL_CHECKOUT_RECOGNITION_FAILED, "recognition");
}

void
till_checkout_face_connect (TillCheckout *self)
{
  g_signal_connect (self->rooms.recognizer, "sighting", G_CALLBACK (on_sighting), self);
  g_signal_connect (self->rooms.recognizer, "failed", G_CALLBACK (on_recognition_failed), self);
}

void
till_checkout_face_disconnect (TillCheckout *self)
{
  g_signal_handlers_disconnect_by_data (self->rooms.recognizer, self);
}

void
till_checkout_face_begin_session (TillCheckout *self)
{
  till_checkout_try_forget (self);
  self->session = till_recognizer_begin (self->rooms.recognizer, TILL_RECOGNIZER_PAY);
}

void
till_checkout_face_prompt_smile (TillCheckout *self)
{
  till_recognizer_prompt_smile (self->rooms.recognizer, till_checkout_face_count_smiles (self));
}

void
till_checkout_face_end_session (TillCheckout *self)
{
  if (self->session != 0)
    till_recognizer_end (self->rooms.recognizer);
  self->session = 0;
}

/* Camera */

static void
on_camera_started (TillCamera *camera, gpointer user_data)
{
  TillCheckout *self = user_data;

  till_checkout_stage (self, "camera-start", self->camera_on_us,
                       self->camera_on_us + MAX (till_camera_get_start_delay_us (camera), 0));
}

static void
on_camera_frame (TillCamera *camera, TillFrame *frame, gpointer user_data)
{
  g_signal_emit_by_name (user_data, "frame", frame);
}

static void
on_camera_ended (TillCamera *camera, gpointer user_data)
{
  till_checkout_report (user_data, TILL_CHECKOUT_CAMERA_FAILED, "camera-ended");
}

static void
on_camera_failed (TillCamera *camera, const GError *error, gpointer user_data)
{
  TillCheckout *self = user_data;

  till_checkout_trouble (self, error);
  till_checkout_report (self, TILL_CHECKOUT_CAMERA_FAILED, "no-camera");
}

void
till_checkout_face_camera_on (TillCheckout *self)
{
  g_autoptr (TillCameraSource) source = self->source != NULL ? till_camera_source_ref (self->source)
                                                             : till_camera_source_parse ("device", NULL);

  self->camera = till_camera_new (source, self->rooms.mailbox);
  g_signal_connect (self->camera, "started", G_CALLBACK (on_camera_started), self);
  g_signal_connect (self->camera, "frame", G_CALLBACK (on_camera_frame), self);
  g_signal_connect (self->camera, "ended", G_CALLBACK (on_camera_ended), self);
  g_signal_connect (self->camera, "failed", G_CALLBACK (on_camera_failed), self);
  self->camera_on_us = till_clock_monotonic (self->rooms.clock);
  self->first_face_us = 0;
  till_camera_start (self->camera);
  g_signal_emit_by_name (self, "camera", TRUE);
}

void
till_checkout_face_camera_off (TillCheckout *self)
{
  if (self->camera == NULL)
    return;
  g_signal_handlers_disconnect_by_data (self->camera, self);
  till_camera_stop (self->camera);
  g_clear_object (&self->camera);
  till_mailbox_clear (self->rooms.mailbox);
  g_signal_emit_by_name (self, "camera", FALSE);
}

/* Consent and candidates. The cancellable of the face tender tells answers that come too late. */

static void
on_consent_written (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  TillCheckout *self = g_task_get_source_object (task);
  g_autoptr (GError) error = NULL;
  g_autoptr (TillLedgerEntry) entry = till_ledger_append_finish (TILL_LEDGER (source), result, &error);

  if (g_task_get_cancellable (task) != self->face)
    return;
  if (entry != NULL)
    {
      self->consent_written = TRUE;
      self->ledger_seq = entry->seq;
      return;
    }
  till_checkout_trouble (self, error);
  till_checkout_report (self, TILL_CHECKOUT_CONSENT_FAILED, "consent-not-written");
}

void
till_checkout_face_write_consent (TillCheckout *self)
{
  self->face = g_cancellable_new ();
  self->consent = till_id_new ("consent");
  self->consent_most = self->amount;
  self->policy = self->next_policy;

  g_autoptr (TillLedgerEntry) entry
      = till_ledger_entry_new (TILL_LEDGER_CONSENT, self->sale, NULL,
                               till_consent_to_json (self->consent, TILL_CONSENT_PAYMENT, NULL,
                                                     self->consent_most.minor, self->consent_most.currency));
  /* Given is given: it is written down even if the customer changes their mind before it is on disk. */
  till_ledger_append_async (self->rooms.ledger, entry, NULL, on_consent_written,
                            g_task_new (self, self->face, NULL, NULL));
}

void
till_checkout_face_void_consent (TillCheckout *self)
{
  if (self->face != NULL)
    g_cancellable_cancel (self->face);
  g_clear_object (&self->face);
  g_clear_pointer (&self->consent, g_free);
  till_checkout_try_forget (self);
  self->digits_wait = FALSE;
  self->consent_written = FALSE;
  self->digits_us = 0;
  explicit_bzero (self->digits, sizeof self->digits);
  explicit_bzero (self->pin, sizeof self->pin);
}
