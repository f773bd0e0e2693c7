/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gtk/till-sitting.h"

#include "base/till-error.h"

struct _TillSitting
{
  GObject parent_instance;

  TillShop *shop;
  TillCameraSource *source;
  TillSittingState state;
  TillCamera *camera;
  guint session;
  TillEnrolment *enrolment;
  TillCustomer *customer;
  GCancellable *saving;
  GError *error;
};

enum
{
  SIGNAL_STATE,
  SIGNAL_FRAME,
  SIGNAL_SIGHTING,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (TillSitting, till_sitting, G_TYPE_OBJECT)

TillSitting *
till_sitting_new (TillShop *shop, TillCameraSource *source)
{
  TillSitting *self = g_object_new (TILL_TYPE_SITTING, NULL);

  self->shop = g_object_ref (shop);
  self->source = source != NULL ? till_camera_source_ref (source) : NULL;
  return self;
}

static void
set_state (TillSitting *self, TillSittingState state)
{
  if (self->state == state)
    return;
  self->state = state;
  g_signal_emit (self, signals[SIGNAL_STATE], 0, (guint) state);
}

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

/* Looking */

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

  if (self->state == TILL_SITTING_CONSENT)
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
on_enrolled (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (TillSitting) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (TillCustomer) customer = till_shop_enrol_finish (TILL_SHOP (source), result, &error);

  if (self->state != TILL_SITTING_SAVING)
    return;
  if (customer == NULL)
    {
      fail (self, error);
      return;
    }
  self->customer = g_steal_pointer (&customer);
  g_clear_pointer (&self->enrolment, till_enrolment_free);
  set_state (self, TILL_SITTING_DONE);
}

void
till_sitting_save (TillSitting *self, const char *name, const char *suffix, const char *payer)
{
  g_return_if_fail (TILL_IS_SITTING (self));

  if (self->enrolment == NULL || (self->state != TILL_SITTING_DETAILS && self->state != TILL_SITTING_FAILED))
    return;
  g_clear_error (&self->error);
  g_clear_object (&self->saving);
  self->saving = g_cancellable_new ();
  set_state (self, TILL_SITTING_SAVING);
  till_shop_enrol_async (self->shop, name, suffix, payer, self->enrolment, self->saving, on_enrolled,
                         g_object_ref (self));
}

void
till_sitting_cancel (TillSitting *self)
{
  g_return_if_fail (TILL_IS_SITTING (self));

  stop_looking (self);
  if (self->saving != NULL)
    g_cancellable_cancel (self->saving);
  g_clear_pointer (&self->enrolment, till_enrolment_free);
  if (self->state != TILL_SITTING_DONE)
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
  signals[SIGNAL_FRAME] = g_signal_new ("frame", TILL_TYPE_SITTING, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                        G_TYPE_NONE, 1, TILL_TYPE_FRAME);
  signals[SIGNAL_SIGHTING] = g_signal_new ("sighting", TILL_TYPE_SITTING, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                           NULL, G_TYPE_NONE, 1, TILL_TYPE_SIGHTING);
}

static void
till_sitting_init (TillSitting *self)
{
}
