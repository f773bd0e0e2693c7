/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "checkout/till-checkout-private.h"

guint
till_checkout_face_count_smiles (TillCheckout *self)
{
  TillCustomer *match = till_looking_get_match (self->looking);
  gboolean much
      = self->policy.second_smile_minor > 0 && self->amount.minor >= self->policy.second_smile_minor;
  gboolean alike
      = match != NULL && till_customer_is_look_alike (match) && !till_looking_is_by_pin (self->looking);

  return much || alike ? 2 : 1;
}

static gboolean
has_smiled (TillCheckout *self)
{
  const TillSighting *sighting = till_looking_get_sighting (self->looking);

  return sighting != NULL && sighting->smile == TILL_SMILE_MADE
         && sighting->smiles_made >= till_checkout_face_count_smiles (self);
}

static gboolean
is_within_consent (TillCheckout *self)
{
  const TillPricing *pricing
      = till_looking_get_consent (self->looking) != NULL ? till_checkout_price_now (self) : NULL;

  return pricing != NULL && till_pricing_get_total (pricing)->minor > 0
         && till_money_same_currency (till_pricing_get_total (pricing), &self->consent_most)
         && till_money_compare (till_pricing_get_total (pricing), &self->consent_most) <= 0;
}

TillCheckoutFacts
till_checkout_face_facts (TillCheckout *self)
{
  TillCheckoutFacts facts = till_looking_get_facts (self->looking);

  if (self->policy.pin)
    facts |= TILL_FACT_PIN_ALLOWED;
  if (self->rooms.passes != NULL && !till_checkout_get_policy (self)->pass_off)
    facts |= TILL_FACT_PASS_ALLOWED;
  if (has_smiled (self))
    facts |= TILL_FACT_SMILED;
  if (facts & TILL_FACT_MATCHED && till_checkout_limits_need_pin (self))
    facts |= TILL_FACT_PIN_NEEDED;
  if (is_within_consent (self))
    facts |= TILL_FACT_WITHIN_CONSENT;
  /* While the provider is being asked the attempt is in use and can't be dropped. */
  if (self->nothing_sent && self->asking == NULL)
    facts |= TILL_FACT_NOTHING_SENT;
  return facts | till_checkout_limits_facts (self);
}

/* What a look tells */

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
  const TillSighting *sighting = till_looking_get_sighting (self->looking);
  gint64 seen_us
      = sighting != NULL ? MAX (sighting->first_good_us, till_looking_get_digits_us (self->looking)) : 0;
  gint64 smile_seen_us = sighting != NULL ? sighting->smile_seen_us : 0;

  till_checkout_report (self, TILL_CHECKOUT_EVIDENCE,
                        reason_of_evidence (self, till_checkout_face_facts (self)));
  if (before == TILL_CHECKOUT_CONFIRMING && self->position.state == TILL_CHECKOUT_SMILE)
    till_checkout_stage (self, "identified", seen_us, till_clock_monotonic (self->rooms.clock));
  if (before == TILL_CHECKOUT_SMILE && self->position.state == TILL_CHECKOUT_CHARGING)
    till_checkout_stage (self, "smile-decided", smile_seen_us, self->charge_us);
}

static void
on_sighting (TillLooking *looking, TillSighting *sighting, gpointer user_data)
{
  TillCheckout *self = user_data;

  note_smile (self, sighting);
  give_time_to_smile_again (self, sighting);
  g_signal_emit_by_name (self, "sighting", sighting);
}

static void
on_event (TillLooking *looking, guint event, const char *reason, gpointer user_data)
{
  TillCheckout *self = user_data;

  if (event == TILL_CHECKOUT_EVIDENCE)
    till_checkout_face_report_evidence (self);
  else
    till_checkout_report (self, event, reason);
}

static void
on_consent_written (TillLooking *looking, gint64 seq, gpointer user_data)
{
  ((TillCheckout *) user_data)->ledger_seq = seq;
}

/* Whoever holds up a pass has done something: time for the digits starts anew. */
static void
on_pass (TillLooking *looking, gpointer user_data)
{
  TillCheckout *self = user_data;

  if (self->position.state == TILL_CHECKOUT_DIGITS)
    till_checkout_extend (self);
  g_signal_emit_by_name (self, "pass");
}

static void
on_camera (TillLooking *looking, gboolean on, gpointer user_data)
{
  g_signal_emit_by_name (user_data, "camera", on);
}

static void
on_frame (TillLooking *looking, TillFrame *frame, gpointer user_data)
{
  g_signal_emit_by_name (user_data, "frame", frame);
}

static void
on_stage (TillLooking *looking, const char *name, gint64 took_us, gpointer user_data)
{
  g_signal_emit_by_name (user_data, "stage", name, took_us);
}

static void
on_trouble (TillLooking *looking, const GError *error, gpointer user_data)
{
  till_checkout_trouble (user_data, error);
}

void
till_checkout_face_connect (TillCheckout *self)
{
  static const struct
  {
    const char *signal;
    GCallback handler;
  } table[] = {
    { "event", G_CALLBACK (on_event) },
    { "sighting", G_CALLBACK (on_sighting) },
    { "written", G_CALLBACK (on_consent_written) },
    { "pass", G_CALLBACK (on_pass) },
    { "camera", G_CALLBACK (on_camera) },
    { "frame", G_CALLBACK (on_frame) },
    { "stage", G_CALLBACK (on_stage) },
    { "trouble", G_CALLBACK (on_trouble) },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (table); i++)
    g_signal_connect (self->looking, table[i].signal, table[i].handler, self);
}

void
till_checkout_face_disconnect (TillCheckout *self)
{
  g_signal_handlers_disconnect_by_data (self->looking, self);
}

/* Effects */

static void
forget_smile (TillCheckout *self)
{
  self->smiles_made = 0;
  self->smile = 0;
}

void
till_checkout_face_begin_session (TillCheckout *self)
{
  forget_smile (self);
  till_looking_begin_session (self->looking);
}

void
till_checkout_face_prompt_smile (TillCheckout *self)
{
  till_recognizer_prompt_smile (self->rooms.recognizer, till_checkout_face_count_smiles (self));
}

void
till_checkout_face_write_consent (TillCheckout *self)
{
  const TillLookingRules rules = {
    .pin = self->next_policy.pin ? TILL_LOOKING_PIN_OF_LOOK_ALIKES : TILL_LOOKING_PIN_OF_NOBODY,
    .patience = self->patience,
  };

  self->consent_most = self->amount;
  self->policy = self->next_policy;
  till_looking_set_rules (self->looking, &rules);
  till_looking_write_consent (self->looking, TILL_CONSENT_PAYMENT, self->sale, &self->consent_most);
}

void
till_checkout_face_void_consent (TillCheckout *self)
{
  forget_smile (self);
  till_looking_void_consent (self->looking);
}
