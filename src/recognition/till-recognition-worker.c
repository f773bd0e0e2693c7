/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "recognition/till-recognition-worker.h"

#include "base/till-confinement.h"
#include "recognition/till-evidence-session.h"

struct _TillRecognitionWorker
{
  /* Set before the thread starts. */
  char *models_dir;
  TillOperatingPoint *point;
  TillMailbox *mailbox;
  TillSightingOutbox *outbox;
  int threads;
  GThread *thread;

  /* Shared, under the mutex. */
  GMutex mutex;
  GQueue commands; /* of TillRecognitionCommand, owned */
  TillEnrolment *enrolment;
  guint enrolment_serial;

  /* The thread's own. */
  TillVision *vision;
  TillEvidenceSession *session;
  guint serial;
  gboolean failed;
  gboolean closing;
};

static void
set_enrolment (TillRecognitionWorker *self, TillEnrolment *enrolment)
{
  g_mutex_lock (&self->mutex);
  TillEnrolment *old = self->enrolment;
  self->enrolment = enrolment;
  self->enrolment_serial = self->serial;
  g_mutex_unlock (&self->mutex);
  g_clear_pointer (&old, till_enrolment_free);
}

static void
post_sighting (TillRecognitionWorker *self)
{
  TillSighting *sighting = till_evidence_session_sight (self->session);

  if (sighting != NULL)
    till_sighting_outbox_put_sighting (self->outbox, sighting);
}

static void
end_session (TillRecognitionWorker *self)
{
  g_clear_pointer (&self->session, till_evidence_session_free);
  set_enrolment (self, NULL);
}

static void
carry_out (TillRecognitionWorker *self, const TillRecognitionCommand *command)
{
  switch (command->kind)
    {
    case TILL_RECOGNITION_BEGIN:
      end_session (self);
      self->serial = command->serial;
      self->session
          = till_evidence_session_new (command->serial, command->purpose, self->point, command->at_us);
      break;
    case TILL_RECOGNITION_CANDIDATES:
      if (self->session == NULL)
        break;
      till_evidence_session_set_candidates (self->session, command->candidates, g_get_monotonic_time ());
      post_sighting (self);
      break;
    case TILL_RECOGNITION_PROMPT:
      if (self->session == NULL)
        break;
      till_evidence_session_prompt_smile (self->session, command->smiles, command->at_us);
      post_sighting (self);
      break;
    case TILL_RECOGNITION_END:
      end_session (self);
      break;
    case TILL_RECOGNITION_CLOSE:
      end_session (self);
      self->closing = TRUE;
      break;
    default:
      g_assert_not_reached ();
    }
}

static void
carry_out_all (TillRecognitionWorker *self)
{
  while (TRUE)
    {
      g_mutex_lock (&self->mutex);
      g_autoptr (TillRecognitionCommand) command = g_queue_pop_head (&self->commands);
      g_mutex_unlock (&self->mutex);

      if (command == NULL)
        return;
      carry_out (self, command);
    }
}

/* Nothing that follows a failure can be believed; the thread goes on only to be closed. */
static void
fail (TillRecognitionWorker *self, GError *error)
{
  self->failed = TRUE;
  end_session (self);
  till_sighting_outbox_put_error (self->outbox, error);
}

/* Where the customer was, if that is the plan and they still are; else in the whole picture. */
static TillFaces *
look (TillRecognitionWorker *self, TillFrame *frame, const TillAnalysisPlan *plan, GError **error)
{
  if (plan->follow)
    {
      const TillFace *subject = till_evidence_session_get_subject (self->session);
      g_autoptr (TillFaces) faces = till_vision_follow (self->vision, frame, subject, plan->wanted, error);

      if (faces == NULL || till_faces_get_n (faces) > 0)
        return g_steal_pointer (&faces);
    }
  return till_vision_analyse (self->vision, frame, plan->wanted, error);
}

static void
analyse (TillRecognitionWorker *self, TillFrame *frame)
{
  GError *error = NULL;
  TillAnalysisPlan plan;

  till_evidence_session_plan (self->session, till_frame_get_captured_us (frame), &plan);
  if (plan.skip)
    return;

  g_autoptr (TillFaces) faces = look (self, frame, &plan, &error);
  if (faces == NULL)
    {
      fail (self, error);
      return;
    }
  till_evidence_session_add (self->session, frame, faces, g_get_monotonic_time ());

  TillEnrolment *enrolment = till_evidence_session_take_enrolment (self->session);
  if (enrolment != NULL)
    set_enrolment (self, enrolment);
  post_sighting (self);
}

static gboolean
is_wanted (TillRecognitionWorker *self, TillFrame *frame)
{
  return self->session != NULL && !self->failed
         && till_frame_get_captured_us (frame) >= till_evidence_session_get_begun_us (self->session);
}

/* Pictures from outside are taken apart by a library as large as any: where that goes wrong it is to reach nothing. */
static gboolean
prepare (TillRecognitionWorker *self, GError **error)
{
  self->vision = till_vision_new (self->models_dir, self->threads, error);
  return self->vision != NULL && till_confinement_enter (error);
}

static gpointer
run (gpointer data)
{
  TillRecognitionWorker *self = data;
  GError *error = NULL;

  if (!prepare (self, &error))
    fail (self, error);
  else
    till_sighting_outbox_put_ready (self->outbox);

  carry_out_all (self);
  while (!self->closing)
    {
      g_autoptr (TillFrame) frame = till_mailbox_take (self->mailbox, G_MAXINT64);

      carry_out_all (self);
      if (frame != NULL && is_wanted (self, frame))
        analyse (self, frame);
    }
  g_clear_pointer (&self->vision, till_vision_free);
  return NULL;
}

TillRecognitionWorker *
till_recognition_worker_new (const char *models_dir,
                             TillOperatingPoint *point,
                             TillMailbox *mailbox,
                             int threads,
                             TillSightingOutbox *outbox)
{
  TillRecognitionWorker *self = g_new0 (TillRecognitionWorker, 1);

  self->models_dir = g_strdup (models_dir);
  self->point = till_operating_point_ref (point);
  self->mailbox = till_mailbox_ref (mailbox);
  self->outbox = till_sighting_outbox_ref (outbox);
  self->threads = threads;
  g_mutex_init (&self->mutex);
  g_queue_init (&self->commands);
  /* The kernel keeps 15 letters, and none of a longer name. */
  self->thread = g_thread_new ("till-recognizer", run, self);
  return self;
}

void
till_recognition_worker_free (TillRecognitionWorker *self)
{
  till_recognition_worker_send (self, till_recognition_command_new (TILL_RECOGNITION_CLOSE));
  g_thread_join (self->thread);

  g_queue_clear_full (&self->commands, (GDestroyNotify) till_recognition_command_free);
  g_mutex_clear (&self->mutex);
  till_sighting_outbox_unref (self->outbox);
  till_mailbox_unref (self->mailbox);
  till_operating_point_unref (self->point);
  g_free (self->models_dir);
  g_free (self);
}

void
till_recognition_worker_send (TillRecognitionWorker *self, TillRecognitionCommand *command)
{
  g_mutex_lock (&self->mutex);
  g_queue_push_tail (&self->commands, command);
  g_mutex_unlock (&self->mutex);
  till_mailbox_wake (self->mailbox);
}

TillEnrolment *
till_recognition_worker_take_enrolment (TillRecognitionWorker *self, guint serial)
{
  TillEnrolment *enrolment = NULL;

  g_mutex_lock (&self->mutex);
  if (self->enrolment_serial == serial)
    enrolment = g_steal_pointer (&self->enrolment);
  g_mutex_unlock (&self->mutex);
  return enrolment;
}
