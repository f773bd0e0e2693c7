/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "recognition/till-recognizer.h"

#include "recognition/till-recognition-worker.h"
#include "recognition/till-smile-challenge.h"

struct _TillRecognizer
{
  GObject parent_instance;

  TillMailbox *mailbox;
  TillSightingOutbox *outbox;
  TillRecognitionWorker *worker; /* NULL once closed */

  gboolean ready;
  gboolean active; /* a session is on */
  guint serial;    /* of the newest session */
};

G_DEFINE_FINAL_TYPE (TillRecognizer, till_recognizer, G_TYPE_OBJECT)

enum
{
  READY,
  SIGHTING,
  FAILED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static gboolean
is_current (TillRecognizer *self, const TillSighting *sighting)
{
  return self->active && self->worker != NULL && sighting->serial == self->serial;
}

static void
deliver (const TillSightingPost *post, gpointer data)
{
  g_autoptr (TillRecognizer) self = g_object_ref (TILL_RECOGNIZER (data));

  if (post->ready)
    {
      self->ready = TRUE;
      g_signal_emit (self, signals[READY], 0);
    }
  if (post->sighting != NULL && is_current (self, post->sighting))
    g_signal_emit (self, signals[SIGHTING], 0, post->sighting);
  if (post->error != NULL && self->worker != NULL)
    g_signal_emit (self, signals[FAILED], 0, post->error);
}

void
till_recognizer_close (TillRecognizer *self)
{
  g_return_if_fail (TILL_IS_RECOGNIZER (self));

  self->active = FALSE;
  self->ready = FALSE;
  if (self->outbox != NULL)
    till_sighting_outbox_close (self->outbox);
  g_clear_pointer (&self->worker, till_recognition_worker_free);
  g_clear_pointer (&self->outbox, till_sighting_outbox_unref);
  if (self->mailbox != NULL)
    till_mailbox_clear (self->mailbox);
  g_clear_pointer (&self->mailbox, till_mailbox_unref);
}

static void
till_recognizer_dispose (GObject *object)
{
  till_recognizer_close (TILL_RECOGNIZER (object));
  G_OBJECT_CLASS (till_recognizer_parent_class)->dispose (object);
}

static void
till_recognizer_class_init (TillRecognizerClass *klass)
{
  GType type = G_TYPE_FROM_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = till_recognizer_dispose;

  signals[READY] = g_signal_new ("ready", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SIGHTING] = g_signal_new ("sighting", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1,
                                    TILL_TYPE_SIGHTING);
  signals[FAILED]
      = g_signal_new ("failed", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_ERROR);
}

static void
till_recognizer_init (TillRecognizer *self)
{
}

TillRecognizer *
till_recognizer_new (const char *models_dir,
                     TillOperatingPoint *operating_point,
                     TillMailbox *mailbox,
                     int threads)
{
  g_return_val_if_fail (models_dir != NULL && operating_point != NULL && mailbox != NULL, NULL);

  TillRecognizer *self = g_object_new (TILL_TYPE_RECOGNIZER, NULL);
  self->mailbox = till_mailbox_ref (mailbox);
  self->outbox = till_sighting_outbox_new (deliver, self);
  self->worker = till_recognition_worker_new (models_dir, operating_point, mailbox, threads, self->outbox);
  return self;
}

gboolean
till_recognizer_is_ready (TillRecognizer *self)
{
  g_return_val_if_fail (TILL_IS_RECOGNIZER (self), FALSE);

  return self->ready;
}

guint
till_recognizer_begin (TillRecognizer *self, TillRecognizerPurpose purpose)
{
  g_return_val_if_fail (TILL_IS_RECOGNIZER (self) && self->worker != NULL, 0);

  TillRecognitionCommand *command = till_recognition_command_new (TILL_RECOGNITION_BEGIN);
  self->serial++;
  self->active = TRUE;
  command->serial = self->serial;
  command->purpose = purpose;
  till_recognition_worker_send (self->worker, command);
  return self->serial;
}

void
till_recognizer_set_candidates (TillRecognizer *self, TillGallery *candidates)
{
  g_return_if_fail (TILL_IS_RECOGNIZER (self));

  if (!self->active)
    return;
  TillRecognitionCommand *command = till_recognition_command_new (TILL_RECOGNITION_CANDIDATES);
  command->candidates = candidates != NULL ? till_gallery_ref (candidates) : NULL;
  till_recognition_worker_send (self->worker, command);
}

void
till_recognizer_prompt_smile (TillRecognizer *self, guint smiles)
{
  g_return_if_fail (TILL_IS_RECOGNIZER (self));
  g_return_if_fail (smiles >= 1 && smiles <= TILL_SMILE_CHALLENGE_MOST);

  if (!self->active)
    return;
  TillRecognitionCommand *command = till_recognition_command_new (TILL_RECOGNITION_PROMPT);
  command->smiles = smiles;
  till_recognition_worker_send (self->worker, command);
}

TillEnrolment *
till_recognizer_take_enrolment (TillRecognizer *self)
{
  g_return_val_if_fail (TILL_IS_RECOGNIZER (self), NULL);

  return self->active ? till_recognition_worker_take_enrolment (self->worker, self->serial) : NULL;
}

void
till_recognizer_end (TillRecognizer *self)
{
  g_return_if_fail (TILL_IS_RECOGNIZER (self));

  if (!self->active)
    return;
  self->active = FALSE;
  till_mailbox_clear (self->mailbox);
  till_recognition_worker_send (self->worker, till_recognition_command_new (TILL_RECOGNITION_END));
}
