/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "checkout/till-looking-private.h"

#include <string.h>

enum
{
  SIGNAL_EVENT,
  SIGNAL_SIGHTING,
  SIGNAL_WRITTEN,
  SIGNAL_PASS,
  SIGNAL_CAMERA,
  SIGNAL_FRAME,
  SIGNAL_STAGE,
  SIGNAL_TROUBLE,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (TillLooking, till_looking, G_TYPE_OBJECT)

void
till_looking_report (TillLooking *self, TillCheckoutEvent event, const char *reason)
{
  g_signal_emit (self, signals[SIGNAL_EVENT], 0, (guint) event, reason);
}

void
till_looking_trouble (TillLooking *self, const GError *error)
{
  g_signal_emit (self, signals[SIGNAL_TROUBLE], 0, error);
}

void
till_looking_stage (TillLooking *self, const char *name, gint64 began_us, gint64 ended_us)
{
  if (began_us > 0)
    g_signal_emit (self, signals[SIGNAL_STAGE], 0, name, MAX (ended_us - began_us, 0));
}

void
till_looking_give_up (TillLooking *self, const GError *error)
{
  till_looking_trouble (self, error);
  till_looking_report (self, TILL_CHECKOUT_RECOGNITION_FAILED, "recognition");
}

/* Evidence */

TillCustomer *
till_looking_get_match (TillLooking *self)
{
  const TillSighting *sighting = self->sighting;

  if (sighting == NULL || sighting->identity != TILL_EVIDENCE_FOR || sighting->customer == NULL
      || self->candidates == NULL)
    return NULL;
  return till_gallery_get_customer (self->candidates, sighting->customer);
}

static gboolean
needs_pin (TillLooking *self, const TillCustomer *match)
{
  gboolean alike = till_customer_is_look_alike (match), has_pin = till_customer_get_pin (match) != NULL;

  switch (self->rules.pin)
    {
    case TILL_LOOKING_PIN_OF_ALL:
      return alike || has_pin;
    case TILL_LOOKING_PIN_OF_LOOK_ALIKES:
      return alike && has_pin;
    default:
      return FALSE;
    }
}

static TillCheckoutFacts
facts_of_match (TillLooking *self, const TillCustomer *match)
{
  gboolean pin_needed = needs_pin (self, match);
  TillCheckoutFacts facts = TILL_FACT_MATCHED;

  if (pin_needed && !self->by_pin && self->looks < self->rules.patience)
    return 0;
  if (g_str_equal (till_customer_get_suffix (match), self->digits))
    facts |= TILL_FACT_DIGITS_RIGHT;
  if (pin_needed)
    facts |= TILL_FACT_PIN_NEEDED;
  if (till_customer_get_pin (match) != NULL)
    facts |= TILL_FACT_HAS_PIN;
  if (self->by_pin)
    facts |= TILL_FACT_PIN_RIGHT;
  return facts;
}

static TillCheckoutFacts
facts_of_sighting (TillLooking *self, const TillSighting *sighting)
{
  TillCheckoutFacts facts = 0;

  if (sighting->alone == TILL_EVIDENCE_FOR)
    facts |= TILL_FACT_ALONE;
  if (sighting->live == TILL_EVIDENCE_FOR)
    facts |= TILL_FACT_LIVE;
  if (sighting->eyes == TILL_EVIDENCE_FOR)
    facts |= TILL_FACT_EYES_OPEN;
  if (sighting->live == TILL_EVIDENCE_AGAINST || sighting->eyes == TILL_EVIDENCE_AGAINST
      || sighting->identity == TILL_EVIDENCE_AGAINST)
    facts |= TILL_FACT_AGAINST;

  TillCustomer *match = till_looking_get_match (self);
  return match != NULL ? facts | facts_of_match (self, match) : facts;
}

TillCheckoutFacts
till_looking_get_facts (TillLooking *self)
{
  TillCheckoutFacts facts = 0;

  if (self->sighting != NULL)
    facts |= facts_of_sighting (self, self->sighting);
  if (self->consent_written)
    facts |= TILL_FACT_CONSENT_WRITTEN;
  if (self->pass_good)
    facts |= TILL_FACT_PASS_GOOD;
  if (self->rooms.lockout != NULL && till_lockout_get_until_us (self->rooms.lockout) != 0)
    facts |= TILL_FACT_LOCKED_OUT;
  return facts;
}

/* Sightings */

static void
note_first_face (TillLooking *self, const TillSighting *sighting)
{
  if (!sighting->face || self->first_face_us != 0)
    return;
  self->first_face_us = sighting->done_us;
  till_looking_stage (self, "first-face", sighting->captured_us, sighting->done_us);
}

static void
on_sighting (TillRecognizer *recognizer, TillSighting *sighting, gpointer user_data)
{
  g_autoptr (TillLooking) self = g_object_ref (user_data);

  if (sighting->serial != self->session || self->camera == NULL)
    return;

  g_clear_pointer (&self->sighting, till_sighting_unref);
  self->sighting = till_sighting_ref (sighting);
  if (sighting->face && self->candidates != NULL)
    self->looks++;
  note_first_face (self, sighting);
  g_signal_emit (self, signals[SIGNAL_SIGHTING], 0, sighting);
  if (self->sighting != sighting)
    return; /* whoever was told has ended the session */

  till_looking_report (self, TILL_CHECKOUT_EVIDENCE, NULL);
}

static void
on_recognition_failed (TillRecognizer *recognizer, const GError *error, gpointer user_data)
{
  till_looking_give_up (user_data, error);
}

void
till_looking_begin_session (TillLooking *self)
{
  till_looking_forget_candidates (self);
  self->session = till_recognizer_begin (self->rooms.recognizer, TILL_RECOGNIZER_PAY);
}

void
till_looking_end_session (TillLooking *self)
{
  if (self->session != 0)
    till_recognizer_end (self->rooms.recognizer);
  self->session = 0;
}

void
till_looking_drop_evidence (TillLooking *self)
{
  g_clear_pointer (&self->candidates, till_gallery_unref);
  g_clear_pointer (&self->sighting, till_sighting_unref);
  explicit_bzero (self->digits, sizeof self->digits);
}

/* The object */

TillLooking *
till_looking_new (const TillCheckoutRooms *rooms)
{
  TillLooking *self = g_object_new (TILL_TYPE_LOOKING, NULL);

  self->rooms.customers = g_object_ref (rooms->customers);
  self->rooms.lockout = g_object_ref (rooms->lockout);
  self->rooms.recognizer = g_object_ref (rooms->recognizer);
  self->rooms.mailbox = till_mailbox_ref (rooms->mailbox);
  self->rooms.clock = g_object_ref (rooms->clock);
  if (rooms->passes != NULL)
    self->rooms.passes = g_object_ref (rooms->passes);
  g_signal_connect (self->rooms.recognizer, "sighting", G_CALLBACK (on_sighting), self);
  g_signal_connect (self->rooms.recognizer, "failed", G_CALLBACK (on_recognition_failed), self);
  return self;
}

void
till_looking_close (TillLooking *self, gboolean trying)
{
  if (self->rooms.recognizer == NULL)
    return;
  till_looking_end_session (self);
  till_looking_camera_off (self);
  if (trying)
    till_looking_end_try_missed (self);
  till_looking_void_consent (self);
  g_signal_handlers_disconnect_by_data (self->rooms.recognizer, self);
  g_clear_object (&self->rooms.customers);
  g_clear_object (&self->rooms.lockout);
  g_clear_object (&self->rooms.recognizer);
  g_clear_pointer (&self->rooms.mailbox, till_mailbox_unref);
  g_clear_object (&self->rooms.clock);
  g_clear_object (&self->rooms.passes);
}

static void
till_looking_dispose (GObject *object)
{
  till_looking_close (TILL_LOOKING (object), FALSE);
  G_OBJECT_CLASS (till_looking_parent_class)->dispose (object);
}

static void
till_looking_finalize (GObject *object)
{
  TillLooking *self = TILL_LOOKING (object);

  g_clear_pointer (&self->source, till_camera_source_unref);
  g_free (self->shop);
  G_OBJECT_CLASS (till_looking_parent_class)->finalize (object);
}

static guint
new_signal (const char *name, guint n_params, GType first, GType second)
{
  return g_signal_new (name, TILL_TYPE_LOOKING, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, n_params,
                       first, second);
}

static void
till_looking_class_init (TillLookingClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = till_looking_dispose;
  object_class->finalize = till_looking_finalize;

  signals[SIGNAL_EVENT] = new_signal ("event", 2, G_TYPE_UINT, G_TYPE_STRING);
  signals[SIGNAL_SIGHTING] = new_signal ("sighting", 1, TILL_TYPE_SIGHTING, G_TYPE_NONE);
  signals[SIGNAL_WRITTEN] = new_signal ("written", 1, G_TYPE_INT64, G_TYPE_NONE);
  signals[SIGNAL_PASS] = new_signal ("pass", 0, G_TYPE_NONE, G_TYPE_NONE);
  signals[SIGNAL_CAMERA] = new_signal ("camera", 1, G_TYPE_BOOLEAN, G_TYPE_NONE);
  signals[SIGNAL_FRAME] = new_signal ("frame", 1, TILL_TYPE_FRAME, G_TYPE_NONE);
  signals[SIGNAL_STAGE] = new_signal ("stage", 2, G_TYPE_STRING, G_TYPE_INT64);
  signals[SIGNAL_TROUBLE] = new_signal ("trouble", 1, G_TYPE_ERROR, G_TYPE_NONE);
}

static void
till_looking_init (TillLooking *self)
{
  self->terms = *till_consent_terms_get_default ();
}

void
till_looking_set_rules (TillLooking *self, const TillLookingRules *rules)
{
  self->rules = *rules;
}

void
till_looking_set_camera_source (TillLooking *self, TillCameraSource *source)
{
  if (source != NULL)
    till_camera_source_ref (source);
  g_clear_pointer (&self->source, till_camera_source_unref);
  self->source = source;
}

TillCameraSource *
till_looking_get_camera_source (TillLooking *self)
{
  return self->source;
}

void
till_looking_set_terms (TillLooking *self, const TillConsentTerms *terms)
{
  g_autofree char *before = self->shop;

  self->shop = g_strdup (terms->shop);
  self->terms = *terms;
  self->terms.shop = self->shop;
}

const TillConsentTerms *
till_looking_get_terms (TillLooking *self)
{
  return &self->terms;
}

void
till_looking_set_digits (TillLooking *self, const char *digits)
{
  g_strlcpy (self->digits, digits, sizeof self->digits);
}

void
till_looking_set_pin (TillLooking *self, const char *pin)
{
  g_strlcpy (self->pin, pin, sizeof self->pin);
}

const TillSighting *
till_looking_get_sighting (TillLooking *self)
{
  return self->sighting;
}

TillGallery *
till_looking_get_candidates (TillLooking *self)
{
  return self->candidates;
}

const char *
till_looking_get_consent (TillLooking *self)
{
  return self->consent;
}

guint
till_looking_get_session (TillLooking *self)
{
  return self->session;
}

gboolean
till_looking_is_by_pin (TillLooking *self)
{
  return self->by_pin;
}

gint64
till_looking_get_digits_us (TillLooking *self)
{
  return self->digits_us;
}
