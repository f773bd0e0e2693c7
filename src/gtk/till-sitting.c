/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gtk/till-sitting.h"

#include "base/till-error.h"
#include "shop/till-shop-pass.h"
#include "vault/till-pin.h"

#include <glib/gi18n.h>
#include <string.h>

struct _TillSitting
{
  GObject parent_instance;

  TillShop *shop;
  TillCameraSource *source;
  TillSittingState state;
  TillSittingKeep keep;
  TillSittingAge age;
  char *guardian;
  TillCamera *camera;
  guint session;
  TillEnrolment *enrolment;
  TillCustomer *customer;
  TillFacePass *pass;
  char *pass_text;
  gboolean leaving_pass;
  char *name;
  char *suffix;
  char *payer;
  char *pin;         /* the customer's, NULL for none */
  char *manager_pin; /* of the manager who confirmed a look-alike */
  gboolean pin_chosen;
  GCancellable *saving;
  GError *error;
};

enum
{
  SIGNAL_STATE,
  SIGNAL_CHOICES,
  SIGNAL_FRAME,
  SIGNAL_SIGHTING,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (TillSitting, till_sitting, G_TYPE_OBJECT)

static void
set_state (TillSitting *self, TillSittingState state)
{
  if (self->state == state)
    return;
  self->state = state;
  g_signal_emit (self, signals[SIGNAL_STATE], 0, (guint) state);
}

/* What is decided beforehand */

static GSettings *
settings_of (TillSitting *self)
{
  return till_profile_get_settings (till_shop_get_profile (self->shop));
}

gboolean
till_sitting_asks_keep (TillSitting *self)
{
  return g_settings_get_boolean (settings_of (self), "face-pass-allowed");
}

guint
till_sitting_get_guardian_age (TillSitting *self)
{
  return (guint) g_settings_get_int (settings_of (self), "guardian-age");
}

static void
undecide (TillSitting *self)
{
  self->keep = till_sitting_asks_keep (self) ? TILL_SITTING_KEEP_UNDECIDED : TILL_SITTING_KEEP_AT_SHOP;
  self->age = till_sitting_get_guardian_age (self) > 0 ? TILL_SITTING_AGE_UNDECIDED : TILL_SITTING_AGE_ADULT;
  g_clear_pointer (&self->guardian, g_free);
}

TillSitting *
till_sitting_new (TillShop *shop, TillCameraSource *source)
{
  TillSitting *self = g_object_new (TILL_TYPE_SITTING, NULL);

  self->shop = g_object_ref (shop);
  self->source = source != NULL ? till_camera_source_ref (source) : NULL;
  undecide (self);
  return self;
}

static void
tell_choices (TillSitting *self)
{
  g_signal_emit (self, signals[SIGNAL_CHOICES], 0);
}

void
till_sitting_choose_again (TillSitting *self)
{
  g_return_if_fail (TILL_IS_SITTING (self));

  if (self->state != TILL_SITTING_CONSENT)
    return;
  undecide (self);
  tell_choices (self);
}

void
till_sitting_choose_keep (TillSitting *self, TillSittingKeep keep)
{
  g_return_if_fail (TILL_IS_SITTING (self));

  if (self->state != TILL_SITTING_CONSENT || !till_sitting_asks_keep (self))
    return;
  self->keep = keep;
  tell_choices (self);
}

void
till_sitting_choose_age (TillSitting *self, TillSittingAge age)
{
  g_return_if_fail (TILL_IS_SITTING (self));

  if (self->state != TILL_SITTING_CONSENT || till_sitting_get_guardian_age (self) == 0)
    return;
  self->age = age;
  g_clear_pointer (&self->guardian, g_free);
  tell_choices (self);
}

void
till_sitting_name_guardian (TillSitting *self, const char *name)
{
  g_autofree char *stripped = g_strstrip (g_strdup (name));

  g_return_if_fail (TILL_IS_SITTING (self));

  if (self->state != TILL_SITTING_CONSENT || self->age != TILL_SITTING_AGE_YOUNGER)
    return;
  g_clear_pointer (&self->guardian, g_free);
  if (*stripped != '\0')
    self->guardian = g_steal_pointer (&stripped);
  tell_choices (self);
}

TillSittingKeep
till_sitting_get_keep (TillSitting *self)
{
  return self->keep;
}

TillSittingAge
till_sitting_get_age (TillSitting *self)
{
  return self->age;
}

gboolean
till_sitting_is_decided (TillSitting *self)
{
  return self->keep != TILL_SITTING_KEEP_UNDECIDED
         && (self->age == TILL_SITTING_AGE_ADULT
             || (self->age == TILL_SITTING_AGE_YOUNGER && self->guardian != NULL));
}

/* Looking */

static void
stop_looking (TillSitting *self)
{
  if (self->camera == NULL)
    return;
  g_signal_handlers_disconnect_by_data (till_shop_get_recognizer (self->shop), self);
  g_signal_handlers_disconnect_by_data (self->camera, self);
  till_camera_stop (self->camera);
  g_clear_object (&self->camera);
  till_recognizer_end (till_shop_get_recognizer (self->shop));
  self->session = 0;
}

static void
fail (TillSitting *self, const GError *error)
{
  stop_looking (self);
  g_clear_error (&self->error);
  self->error = g_error_copy (error);
  set_state (self, TILL_SITTING_FAILED);
}

static void
on_sighting (TillRecognizer *recognizer, TillSighting *sighting, gpointer user_data)
{
  TillSitting *self = user_data;

  if (sighting->serial != self->session)
    return;
  g_signal_emit (self, signals[SIGNAL_SIGHTING], 0, sighting);
  if (sighting->enrolment_progress < 1.0 || self->camera == NULL)
    return;

  self->enrolment = till_recognizer_take_enrolment (recognizer);
  if (self->enrolment == NULL)
    return;
  stop_looking (self);
  set_state (self, TILL_SITTING_DETAILS);
}

static void
on_failed (GObject *source, const GError *error, gpointer user_data)
{
  fail (user_data, error);
}

static void
on_camera_ended (TillCamera *camera, gpointer user_data)
{
  g_autoptr (GError) error = g_error_new_literal (TILL_ERROR, TILL_ERROR_REFUSED,
                                                  "The camera stopped before enough good views were seen");

  fail (user_data, error);
}

static void
on_frame (TillCamera *camera, TillFrame *frame, gpointer user_data)
{
  g_signal_emit (user_data, signals[SIGNAL_FRAME], 0, frame);
}

static void
look (TillSitting *self)
{
  TillRecognizer *recognizer = till_shop_get_recognizer (self->shop);
  g_autoptr (TillCameraSource) source = self->source != NULL ? till_camera_source_ref (self->source)
                                                             : till_camera_source_parse ("device", NULL);

  g_clear_pointer (&self->enrolment, till_enrolment_free);
  g_clear_error (&self->error);
  g_signal_connect (recognizer, "sighting", G_CALLBACK (on_sighting), self);
  g_signal_connect (recognizer, "failed", G_CALLBACK (on_failed), self);
  self->camera = till_camera_new (source, till_shop_get_mailbox (self->shop));
  g_signal_connect (self->camera, "frame", G_CALLBACK (on_frame), self);
  g_signal_connect (self->camera, "ended", G_CALLBACK (on_camera_ended), self);
  g_signal_connect (self->camera, "failed", G_CALLBACK (on_failed), self);
  self->session = till_recognizer_begin (recognizer, TILL_RECOGNIZER_ENROL);
  till_camera_start (self->camera);
  set_state (self, TILL_SITTING_LOOKING);
}

void
till_sitting_agree (TillSitting *self)
{
  g_return_if_fail (TILL_IS_SITTING (self));

  if (self->state == TILL_SITTING_CONSENT && till_sitting_is_decided (self))
    look (self);
}

void
till_sitting_look_again (TillSitting *self)
{
  g_return_if_fail (TILL_IS_SITTING (self));

  if (self->state == TILL_SITTING_DETAILS || self->state == TILL_SITTING_FAILED)
    look (self);
}

/* Saving */

static void
wipe (char **secret)
{
  if (*secret != NULL)
    explicit_bzero (*secret, strlen (*secret));
  g_clear_pointer (secret, g_free);
}

static void
forget_details (TillSitting *self)
{
  g_clear_pointer (&self->name, g_free);
  g_clear_pointer (&self->payer, g_free);
  wipe (&self->suffix);
  wipe (&self->pin);
  wipe (&self->manager_pin);
  self->pin_chosen = FALSE;
}

static gboolean
allows_pin (TillSitting *self)
{
  return g_settings_get_boolean (till_profile_get_settings (till_shop_get_profile (self->shop)),
                                 "pin-allowed");
}

static void
on_enrolled (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (TillSitting) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (TillCustomer) customer = till_shop_enrol_finish (TILL_SHOP (source), result, &error);

  if (self->state != TILL_SITTING_SAVING)
    return;
  if (g_error_matches (error, TILL_ERROR, TILL_ERROR_LOOK_ALIKE))
    {
      set_state (self, TILL_SITTING_LOOK_ALIKE);
      return;
    }
  if (customer == NULL)
    {
      wipe (&self->manager_pin);
      fail (self, error);
      return;
    }
  self->customer = g_steal_pointer (&customer);
  g_clear_pointer (&self->enrolment, till_enrolment_free);
  forget_details (self);
  set_state (self, TILL_SITTING_DONE);
}

static void
on_pass_issued (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (TillSitting) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;
  g_autoptr (TillFacePass) pass = till_shop_issue_pass_finish (TILL_SHOP (source), result, &text, &error);

  if (self->state != TILL_SITTING_SAVING)
    {
      wipe (&text);
      return;
    }
  if (pass == NULL)
    {
      fail (self, error);
      return;
    }
  self->pass = g_steal_pointer (&pass);
  self->pass_text = g_steal_pointer (&text);
  g_clear_pointer (&self->enrolment, till_enrolment_free);
  forget_details (self);
  set_state (self, TILL_SITTING_PASS);
}

static void
renew_saving (TillSitting *self)
{
  if (self->saving != NULL)
    g_cancellable_cancel (self->saving);
  g_clear_object (&self->saving);
  self->saving = g_cancellable_new ();
}

static void
enrol (TillSitting *self)
{
  const TillShopApplicant applicant
      = { .name = self->name,
          .suffix = self->suffix,
          .payer = self->payer,
          .enrolment = self->enrolment,
          .pin = self->pin,
          .manager_pin = self->manager_pin,
          .by = self->age == TILL_SITTING_AGE_YOUNGER ? TILL_CONSENT_BY_GUARDIAN : TILL_CONSENT_BY_ADULT,
          .guardian = self->guardian };

  renew_saving (self);
  set_state (self, TILL_SITTING_SAVING);
  if (self->keep == TILL_SITTING_KEEP_ON_PASS)
    till_shop_issue_pass_async (self->shop, &applicant, self->saving, on_pass_issued, g_object_ref (self));
  else
    till_shop_enrol_applicant_async (self->shop, &applicant, self->saving, on_enrolled, g_object_ref (self));
}

static void
ask_pin_or_enrol (TillSitting *self)
{
  gboolean wanted = !self->pin_chosen || (self->pin == NULL && till_sitting_needs_pin (self));

  if (wanted && allows_pin (self) && self->keep == TILL_SITTING_KEEP_AT_SHOP)
    set_state (self, TILL_SITTING_PIN);
  else
    enrol (self);
}

static void
refuse_pin (TillSitting *self, GError *error)
{
  g_clear_error (&self->error);
  self->error = error;
  g_signal_emit (self, signals[SIGNAL_STATE], 0, (guint) self->state);
}

void
till_sitting_save (TillSitting *self, const char *name, const char *suffix, const char *payer)
{
  g_return_if_fail (TILL_IS_SITTING (self));

  if (self->enrolment == NULL || (self->state != TILL_SITTING_DETAILS && self->state != TILL_SITTING_FAILED))
    return;
  g_clear_error (&self->error);
  forget_details (self);
  self->name = g_strdup (name);
  self->suffix = g_strdup (suffix);
  self->payer = g_strdup (payer);
  /* What is wrong with the details is to be known before the customer is asked for anything more. */
  if (!till_customer_check_suffix (suffix, NULL))
    enrol (self);
  else
    ask_pin_or_enrol (self);
}

void
till_sitting_choose_pin (TillSitting *self, const char *pin)
{
  g_autoptr (GError) error = NULL;

  g_return_if_fail (TILL_IS_SITTING (self));

  if (self->state != TILL_SITTING_PIN || (pin == NULL && till_sitting_needs_pin (self)))
    return;
  if (pin != NULL && !till_pin_check_new (pin, self->suffix, &error))
    {
      refuse_pin (self, g_steal_pointer (&error));
      return;
    }
  g_clear_error (&self->error);
  wipe (&self->pin);
  self->pin = g_strdup (pin);
  self->pin_chosen = TRUE;
  enrol (self);
}

void
till_sitting_refuse_pin (TillSitting *self)
{
  g_return_if_fail (TILL_IS_SITTING (self));

  if (self->state == TILL_SITTING_PIN)
    refuse_pin (self, g_error_new_literal (TILL_ERROR, TILL_ERROR_INVALID,
                                           _ ("These were two different PINs. Please choose one again.")));
}

gboolean
till_sitting_needs_pin (TillSitting *self)
{
  g_return_val_if_fail (TILL_IS_SITTING (self), FALSE);

  return self->manager_pin != NULL;
}

/* Look-alikes */

typedef struct
{
  TillSitting *sitting;
  char *pin;
} Confirmation;

static void
on_manager_verified (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autofree Confirmation *confirmation = user_data;
  g_autoptr (TillSitting) self = confirmation->sitting;
  g_autoptr (GError) error = NULL;
  gboolean right = till_staff_verify_finish (TILL_STAFF (source), result, &error);

  if (self->state != TILL_SITTING_LOOK_ALIKE)
    wipe (&confirmation->pin);
  else if (right)
    {
      wipe (&self->manager_pin);
      self->manager_pin = g_steal_pointer (&confirmation->pin);
      ask_pin_or_enrol (self);
    }
  else
    {
      wipe (&confirmation->pin);
      refuse_pin (self, g_steal_pointer (&error));
    }
}

void
till_sitting_confirm_look_alike (TillSitting *self, const char *manager_pin)
{
  g_return_if_fail (TILL_IS_SITTING (self));

  if (self->state != TILL_SITTING_LOOK_ALIKE)
    return;

  Confirmation *confirmation = g_new0 (Confirmation, 1);
  confirmation->sitting = g_object_ref (self);
  confirmation->pin = g_strdup (manager_pin);
  g_clear_error (&self->error);
  renew_saving (self);
  till_staff_verify_async (till_shop_get_staff (self->shop), TILL_STAFF_MANAGER, manager_pin, self->saving,
                           on_manager_verified, confirmation);
}

/* The pass */

static void
forget_pass (TillSitting *self)
{
  wipe (&self->pass_text);
  g_clear_pointer (&self->pass, till_face_pass_unref);
  self->leaving_pass = FALSE;
}

void
till_sitting_ask_to_leave_pass (TillSitting *self, gboolean ask)
{
  g_return_if_fail (TILL_IS_SITTING (self));

  if (self->state != TILL_SITTING_PASS || self->leaving_pass == ask)
    return;
  self->leaving_pass = ask;
  tell_choices (self);
}

gboolean
till_sitting_asks_to_leave_pass (TillSitting *self)
{
  return self->leaving_pass;
}

void
till_sitting_end_pass (TillSitting *self)
{
  g_return_if_fail (TILL_IS_SITTING (self));

  if (self->state != TILL_SITTING_PASS)
    return;
  forget_pass (self);
  set_state (self, TILL_SITTING_DONE);
}

TillFacePass *
till_sitting_get_pass (TillSitting *self)
{
  return self->pass;
}

const char *
till_sitting_get_pass_text (TillSitting *self)
{
  return self->pass_text;
}

void
till_sitting_cancel (TillSitting *self)
{
  g_return_if_fail (TILL_IS_SITTING (self));

  stop_looking (self);
  forget_pass (self);
  if (self->saving != NULL)
    g_cancellable_cancel (self->saving);
  g_clear_pointer (&self->enrolment, till_enrolment_free);
  forget_details (self);
  if (self->state == TILL_SITTING_DONE)
    return;
  undecide (self);
  set_state (self, TILL_SITTING_CONSENT);
}

/* The object */

TillSittingState
till_sitting_get_state (TillSitting *self)
{
  return self->state;
}

const GError *
till_sitting_get_error (TillSitting *self)
{
  return self->error;
}

gboolean
till_sitting_has_templates (TillSitting *self)
{
  return self->enrolment != NULL;
}

TillCustomer *
till_sitting_get_customer (TillSitting *self)
{
  return self->customer;
}

static void
till_sitting_dispose (GObject *object)
{
  TillSitting *self = TILL_SITTING (object);

  if (self->shop != NULL)
    stop_looking (self);
  if (self->saving != NULL)
    g_cancellable_cancel (self->saving);
  forget_details (self);
  forget_pass (self);
  g_clear_pointer (&self->guardian, g_free);
  g_clear_object (&self->saving);
  g_clear_object (&self->shop);
  g_clear_pointer (&self->source, till_camera_source_unref);
  g_clear_pointer (&self->enrolment, till_enrolment_free);
  g_clear_pointer (&self->customer, till_customer_unref);
  g_clear_error (&self->error);
  G_OBJECT_CLASS (till_sitting_parent_class)->dispose (object);
}

static void
till_sitting_class_init (TillSittingClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = till_sitting_dispose;

  signals[SIGNAL_STATE] = g_signal_new ("state", TILL_TYPE_SITTING, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                        G_TYPE_NONE, 1, G_TYPE_UINT);
  signals[SIGNAL_CHOICES]
      = g_signal_new ("choices", TILL_TYPE_SITTING, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_FRAME] = g_signal_new ("frame", TILL_TYPE_SITTING, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                        G_TYPE_NONE, 1, TILL_TYPE_FRAME);
  signals[SIGNAL_SIGHTING] = g_signal_new ("sighting", TILL_TYPE_SITTING, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                           NULL, G_TYPE_NONE, 1, TILL_TYPE_SIGHTING);
}

static void
till_sitting_init (TillSitting *self)
{
}
