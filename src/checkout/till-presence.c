/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "checkout/till-presence-private.h"

#include "base/till-error.h"
#include "vault/till-pin.h"

enum
{
  SIGNAL_STATE,
  SIGNAL_CAMERA,
  SIGNAL_FRAME,
  SIGNAL_SIGHTING,
  SIGNAL_PASS,
  SIGNAL_TROUBLE,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (TillPresence, till_presence, G_TYPE_OBJECT)

/* Seconds, as for a payment. */
static const guint default_timeouts[TILL_PRESENCE_N_STATES] = {
  [TILL_PRESENCE_CONSENT] = 60,       [TILL_PRESENCE_DIGITS] = 60,    [TILL_PRESENCE_LOOKING] = 20,
  [TILL_PRESENCE_PIN] = 60,           [TILL_PRESENCE_LOCKED] = 45,    [TILL_PRESENCE_FAILED] = 45,
  [TILL_PRESENCE_NOT_CONFIRMED] = 45, [TILL_PRESENCE_NO_CAMERA] = 45,
};

static TillCheckoutFacts
get_facts (TillPresence *self)
{
  TillCheckoutFacts facts = till_looking_get_facts (self->looking);

  if (self->policy.pin)
    facts |= TILL_FACT_PIN_ALLOWED;
  if (self->has_passes && !self->policy.pass_off)
    facts |= TILL_FACT_PASS_ALLOWED;
  return facts;
}

/* Effects */

static void
write_consent (TillPresence *self)
{
  const TillLookingRules rules = { .pin = TILL_LOOKING_PIN_OF_ALL, .patience = self->patience };

  till_looking_set_rules (self->looking, &rules);
  till_looking_write_consent (self->looking, TILL_CONSENT_PRESENCE, NULL, NULL);
  g_free (self->consent);
  self->consent = g_strdup (till_looking_get_consent (self->looking));
}

/* Comes before everything that forgets who it is. */
static void
keep_customer (TillPresence *self)
{
  self->customer = till_customer_ref (till_looking_get_match (self->looking));
  self->confirmed_us = till_clock_monotonic (self->clock);
}

static void
run_effects (TillPresence *self, TillCheckoutEffects effects)
{
  static const struct
  {
    TillCheckoutEffects effect;
    void (*look) (TillLooking *looking);
  } table[] = {
    { TILL_EFFECT_END_SESSION, till_looking_end_session },
    { TILL_EFFECT_CAMERA_OFF, till_looking_camera_off },
    { TILL_EFFECT_TRY_RIGHT, till_looking_end_try_right },
    { TILL_EFFECT_TRY_MISSED, till_looking_end_try_missed },
    { TILL_EFFECT_TRY_VOID, till_looking_end_try_void },
    { TILL_EFFECT_VOID_CONSENT, till_looking_void_consent },
    { TILL_EFFECT_CAMERA_ON, till_looking_camera_on },
    { TILL_EFFECT_READ_CODES, till_looking_read_codes },
    { TILL_EFFECT_STOP_CODES, till_looking_stop_codes },
    { TILL_EFFECT_BEGIN_SESSION, till_looking_begin_session },
    { TILL_EFFECT_CHECK_PASS, till_looking_check_pass },
    { TILL_EFFECT_BEGIN_TRY, till_looking_begin_try },
    { TILL_EFFECT_CHECK_PIN, till_looking_check_pin },
    { TILL_EFFECT_CONFIRM_PASS, till_looking_confirm_pass },
  };

  if (effects & TILL_EFFECT_TRY_RIGHT)
    keep_customer (self);
  if (effects & TILL_EFFECT_WRITE_CONSENT)
    write_consent (self);
  for (gsize i = 0; i < G_N_ELEMENTS (table); i++)
    if (effects & table[i].effect)
      table[i].look (self->looking);
}

/* Steps */

static gboolean on_timeout (gpointer user_data);

static void
restart_timer (TillPresence *self)
{
  guint seconds = self->timeouts[self->position.state];

  g_clear_handle_id (&self->timer, g_source_remove);
  self->deadline_us = 0;
  if (seconds == 0)
    return;
  self->timer = g_timeout_add_seconds (seconds, on_timeout, self);
  self->deadline_us = till_clock_monotonic (self->clock) + (gint64) seconds * G_USEC_PER_SEC;
}

/* One word whatever the cause, and none for why a PIN is asked for. */
static const char *
reason_to_enter (TillPresenceState state, TillCheckoutEvent event, const char *reason)
{
  switch (state)
    {
    case TILL_PRESENCE_PIN:
      return NULL;
    case TILL_PRESENCE_LOCKED:
      return "locked-out";
    case TILL_PRESENCE_NOT_CONFIRMED:
      return event == TILL_CHECKOUT_PASS_REFUSED ? reason : "not-confirmed";
    default:
      return reason;
    }
}

static void
forget_customer (TillPresence *self)
{
  g_clear_pointer (&self->customer, till_customer_unref);
  self->confirmed_us = 0;
}

static void
take_step (TillPresence *self,
           const TillPresencePosition *next,
           TillCheckoutEvent event,
           TillCheckoutEffects effects,
           const char *reason)
{
  g_autoptr (TillPresence) alive = g_object_ref (self);
  TillPresenceState before = self->position.state;

  self->stepping = TRUE;
  self->position = *next;
  if (next->state != before)
    {
      g_free (self->reason);
      self->reason = g_strdup (reason_to_enter (next->state, event, reason));
      restart_timer (self);
    }
  run_effects (self, effects);
  if (next->state == TILL_PRESENCE_ENDED)
    forget_customer (self);
  self->stepping = FALSE;
  if (next->state != before)
    g_signal_emit (self, signals[SIGNAL_STATE], 0, (guint) next->state);
}

static gboolean
step (TillPresence *self, TillCheckoutEvent event, const char *reason, GError **error)
{
  TillPresencePosition next;
  TillCheckoutEffects effects = 0;

  g_return_val_if_fail (!self->stepping, FALSE);

  if (!till_presence_table_step (&self->position, event, get_facts (self), &next, &effects))
    {
      g_set_error (
          error, TILL_ERROR, TILL_ERROR_REFUSED, "“%s” is not possible now: the proof of presence is at “%s”",
          till_checkout_event_to_string (event), till_presence_state_to_string (self->position.state));
      return FALSE;
    }
  take_step (self, &next, event, effects, reason);
  return TRUE;
}

/* What comes from the rooms below: too late is no error, it is dropped. */
static void
report (TillPresence *self, TillCheckoutEvent event, const char *reason)
{
  g_autoptr (GError) late = NULL;

  if (!step (self, event, reason, &late))
    g_debug ("dropped: %s", late != NULL ? late->message : "a step within a step");
}

static gboolean
on_timeout (gpointer user_data)
{
  TillPresence *self = user_data;

  self->timer = 0;
  self->deadline_us = 0;
  report (self, TILL_CHECKOUT_TIMEOUT, "timed-out");
  return G_SOURCE_REMOVE;
}

/* What the look tells */

static void
on_event (TillLooking *looking, guint event, const char *reason, gpointer user_data)
{
  report (user_data, event, reason);
}

static void
on_pass (TillLooking *looking, gpointer user_data)
{
  TillPresence *self = user_data;

  if (self->position.state == TILL_PRESENCE_DIGITS)
    till_presence_extend (self);
  g_signal_emit (self, signals[SIGNAL_PASS], 0);
}

static void
on_camera (TillLooking *looking, gboolean on, gpointer user_data)
{
  g_signal_emit (user_data, signals[SIGNAL_CAMERA], 0, on);
}

static void
on_frame (TillLooking *looking, TillFrame *frame, gpointer user_data)
{
  g_signal_emit (user_data, signals[SIGNAL_FRAME], 0, frame);
}

static void
on_sighting (TillLooking *looking, TillSighting *sighting, gpointer user_data)
{
  g_signal_emit (user_data, signals[SIGNAL_SIGHTING], 0, sighting);
}

static void
on_trouble (TillLooking *looking, const GError *error, gpointer user_data)
{
  g_signal_emit (user_data, signals[SIGNAL_TROUBLE], 0, error);
}

static void
connect_look (TillPresence *self)
{
  g_signal_connect (self->looking, "event", G_CALLBACK (on_event), self);
  g_signal_connect (self->looking, "pass", G_CALLBACK (on_pass), self);
  g_signal_connect (self->looking, "camera", G_CALLBACK (on_camera), self);
  g_signal_connect (self->looking, "frame", G_CALLBACK (on_frame), self);
  g_signal_connect (self->looking, "sighting", G_CALLBACK (on_sighting), self);
  g_signal_connect (self->looking, "trouble", G_CALLBACK (on_trouble), self);
}

/* What people do */

gboolean
till_presence_agree (TillPresence *self, GError **error)
{
  g_return_val_if_fail (TILL_IS_PRESENCE (self), FALSE);

  if (till_presence_accepts (self, TILL_CHECKOUT_AGREE) && !till_looking_can_consent (self->looking, error))
    return FALSE;
  return step (self, TILL_CHECKOUT_AGREE, NULL, error);
}

gboolean
till_presence_type_digits (TillPresence *self, const char *digits, GError **error)
{
  g_return_val_if_fail (TILL_IS_PRESENCE (self), FALSE);

  if (till_presence_accepts (self, TILL_CHECKOUT_DIGITS_TYPED))
    {
      if (!till_customer_check_suffix (digits, error))
        return FALSE;
      till_looking_set_digits (self->looking, digits);
    }
  return step (self, TILL_CHECKOUT_DIGITS_TYPED, NULL, error);
}

gboolean
till_presence_type_pin (TillPresence *self, const char *pin, GError **error)
{
  g_return_val_if_fail (TILL_IS_PRESENCE (self), FALSE);

  if (till_presence_accepts (self, TILL_CHECKOUT_PIN_TYPED))
    {
      if (!till_pin_check (pin, error))
        return FALSE;
      till_looking_set_pin (self->looking, pin);
    }
  return step (self, TILL_CHECKOUT_PIN_TYPED, NULL, error);
}

void
till_presence_cancel (TillPresence *self)
{
  g_return_if_fail (TILL_IS_PRESENCE (self));

  report (self, TILL_CHECKOUT_CANCEL, "cancelled");
}

void
till_presence_extend (TillPresence *self)
{
  g_return_if_fail (TILL_IS_PRESENCE (self));

  if (self->deadline_us != 0)
    restart_timer (self);
}

/* Readings */

TillPresenceState
till_presence_get_state (TillPresence *self)
{
  return self->position.state;
}

gboolean
till_presence_is_camera_on (TillPresence *self)
{
  return self->position.look.camera;
}

gboolean
till_presence_accepts (TillPresence *self, TillCheckoutEvent event)
{
  TillPresencePosition next;
  TillCheckoutEffects effects;

  g_return_val_if_fail (TILL_IS_PRESENCE (self), FALSE);

  return till_presence_table_step (&self->position, event, get_facts (self), &next, &effects);
}

gint64
till_presence_get_deadline_us (TillPresence *self)
{
  return self->deadline_us;
}

gint64
till_presence_get_locked_until_us (TillPresence *self)
{
  return till_lockout_get_until_us (self->lockout);
}

const char *
till_presence_get_reason (TillPresence *self)
{
  return self->reason;
}

const char *
till_presence_get_pass (TillPresence *self)
{
  return till_looking_get_pass_word (self->looking);
}

TillCustomer *
till_presence_get_customer (TillPresence *self)
{
  return self->customer;
}

gint64
till_presence_get_confirmed_us (TillPresence *self)
{
  return self->confirmed_us;
}

const char *
till_presence_get_consent (TillPresence *self)
{
  return self->consent;
}

/* The object */

TillPresence *
till_presence_new (const TillCheckoutRooms *rooms)
{
  TillPresence *self = g_object_new (TILL_TYPE_PRESENCE, NULL);

  self->looking = till_looking_new (rooms);
  self->lockout = g_object_ref (rooms->lockout);
  self->clock = g_object_ref (rooms->clock);
  self->has_passes = rooms->passes != NULL;
  connect_look (self);
  restart_timer (self);
  return self;
}

void
till_presence_set_camera_source (TillPresence *self, TillCameraSource *source)
{
  g_return_if_fail (TILL_IS_PRESENCE (self));

  till_looking_set_camera_source (self->looking, source);
}

void
till_presence_set_terms (TillPresence *self, const TillConsentTerms *terms)
{
  g_return_if_fail (TILL_IS_PRESENCE (self));

  till_looking_set_terms (self->looking, terms);
}

void
till_presence_set_policy (TillPresence *self, const TillCheckoutPolicy *policy)
{
  g_return_if_fail (TILL_IS_PRESENCE (self));

  self->policy = *policy;
}

void
till_presence_set_patience (TillPresence *self, guint looks)
{
  g_return_if_fail (TILL_IS_PRESENCE (self));

  self->patience = looks;
}

void
till_presence_set_timeout (TillPresence *self, TillPresenceState state, guint seconds)
{
  g_return_if_fail (TILL_IS_PRESENCE (self));
  g_return_if_fail (state < TILL_PRESENCE_N_STATES);

  self->timeouts[state] = seconds;
  if (state == self->position.state)
    restart_timer (self);
}

static void
till_presence_dispose (GObject *object)
{
  TillPresence *self = TILL_PRESENCE (object);

  g_clear_handle_id (&self->timer, g_source_remove);
  if (self->looking != NULL)
    {
      till_looking_close (self->looking, self->position.look.trying);
      g_signal_handlers_disconnect_by_data (self->looking, self);
    }
  g_clear_object (&self->looking);
  g_clear_object (&self->lockout);
  g_clear_object (&self->clock);
  forget_customer (self);
  G_OBJECT_CLASS (till_presence_parent_class)->dispose (object);
}

static void
till_presence_finalize (GObject *object)
{
  TillPresence *self = TILL_PRESENCE (object);

  g_free (self->reason);
  g_free (self->consent);
  G_OBJECT_CLASS (till_presence_parent_class)->finalize (object);
}

static guint
new_signal (const char *name, guint n_params, GType type)
{
  return g_signal_new (name, TILL_TYPE_PRESENCE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE,
                       n_params, type);
}

static void
till_presence_class_init (TillPresenceClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = till_presence_dispose;
  object_class->finalize = till_presence_finalize;

  signals[SIGNAL_STATE] = new_signal ("state", 1, G_TYPE_UINT);
  signals[SIGNAL_CAMERA] = new_signal ("camera", 1, G_TYPE_BOOLEAN);
  signals[SIGNAL_FRAME] = new_signal ("frame", 1, TILL_TYPE_FRAME);
  signals[SIGNAL_SIGHTING] = new_signal ("sighting", 1, TILL_TYPE_SIGHTING);
  signals[SIGNAL_PASS] = new_signal ("pass", 0, G_TYPE_NONE);
  signals[SIGNAL_TROUBLE] = new_signal ("trouble", 1, G_TYPE_ERROR);
}

static void
till_presence_init (TillPresence *self)
{
  memcpy (self->timeouts, default_timeouts, sizeof self->timeouts);
}
