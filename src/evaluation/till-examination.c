/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "evaluation/till-examination.h"

#include "evaluation/till-clip-reader.h"
#include "evaluation/till-enlargement.h"

#include <math.h>

#define PROGRESS_US (250 * 1000)

/*
 * A small picture becomes four times as large. What a detector expects around a face is half of it on every side, and
 * around one that looks up or is cropped tightly more.
 */
#define ENLARGE_FACTOR 4
static const double enlarge_margins[] = { 0.5, 1.0, 0.25 };

/* A face of at least this share of the largest may be the one a picture is of. */
#define LARGE_SHARE 0.5f

typedef struct
{
  const TillExaminationPlan *plan;
  TillSpecimenSet *set;
  GMutex lock;
  GCond changed;
  guint next;    /* specimen nobody has taken yet */
  guint done;    /* specimens */
  guint running; /* threads */
  GError *error; /* the first that stops it all */
} Examination;

static double
distance_from_middle (const TillFace *face, TillFrame *frame)
{
  double x = (double) (face->box.x + face->box.width / 2) - till_frame_get_width (frame) / 2.0;
  double y = (double) (face->box.y + face->box.height / 2) - till_frame_get_height (frame) / 2.0;

  return hypot (x, y);
}

static guint
choose_face (const TillExaminationPlan *plan, const TillFaces *faces, TillFrame *frame)
{
  const TillFace *largest = till_faces_get (faces, 0);
  guint chosen = 0;

  for (guint i = 1; plan->central && i < till_faces_get_n (faces); i++)
    {
      const TillFace *face = till_faces_get (faces, i);

      if (face->box.height >= LARGE_SHARE * largest->box.height
          && distance_from_middle (face, frame)
                 < distance_from_middle (till_faces_get (faces, chosen), frame))
        chosen = i;
    }
  return chosen;
}

/* The faces of @frame, of which the one at @chosen is measured (transfer full). */
static TillFaces *
find_faces (
    const TillExaminationPlan *plan, TillVision *vision, TillFrame *frame, guint *chosen, GError **error)
{
  TillVisionWanted wanted = plan->wanted | TILL_QUALITY_GATE_WANTED;
  g_autoptr (TillFaces) faces = till_vision_analyse (vision, frame, wanted | TILL_VISION_LARGEST_ONLY, error);

  *chosen = 0;
  if (faces == NULL || till_faces_get_n (faces) == 0)
    return g_steal_pointer (&faces);
  *chosen = choose_face (plan, faces, frame);
  return *chosen == 0 ? g_steal_pointer (&faces) : till_vision_analyse (vision, frame, wanted, error);
}

static gboolean
is_small (TillFrame *frame)
{
  return MAX (till_frame_get_width (frame), till_frame_get_height (frame)) < TILL_ENLARGEMENT_SMALL;
}

static gboolean
examine_frame (
    Examination *self, TillVision *vision, guint index, TillFrame *frame, gint64 captured_us, GError **error)
{
  const TillExaminationPlan *plan = self->plan;
  TillSpecimen *specimen = g_ptr_array_index (self->set->specimens, index);
  TillExaminedPicture picture = { .specimen = index, .captured_us = captured_us, .hint = TILL_HINT_NO_FACE };
  g_autoptr (TillFrame) seen = till_frame_ref (frame);
  guint chosen;
  g_autoptr (TillFaces) faces = find_faces (plan, vision, frame, &chosen, error);

  for (guint i = 0; i < G_N_ELEMENTS (enlarge_margins) && faces != NULL && till_faces_get_n (faces) == 0
                    && plan->enlarge && is_small (frame);
       i++)
    {
      g_clear_pointer (&seen, till_frame_unref);
      g_clear_pointer (&faces, till_faces_unref);
      seen = till_enlargement_new (frame, ENLARGE_FACTOR, enlarge_margins[i]);
      faces = find_faces (plan, vision, seen, &chosen, error);
      picture.enlarged = TRUE;
    }
  if (faces == NULL)
    return FALSE;

  picture.faces = faces;
  if (till_faces_get_n (faces) > 0)
    {
      picture.face = till_faces_get (faces, chosen);
      picture.largest = chosen == 0;
      picture.hint = till_quality_gate_judge (plan->point, picture.face, till_frame_get_height (seen));
    }
  specimen->pictures++;
  specimen->faces += picture.face != NULL;
  plan->look (&picture, plan->data);
  return TRUE;
}

static gboolean
examine_clip (Examination *self, TillVision *vision, guint index, GError **error)
{
  TillSpecimen *specimen = g_ptr_array_index (self->set->specimens, index);
  g_autoptr (TillClipReader) reader = till_clip_reader_new (specimen->path, error);
  GError *end = NULL;
  guint skip = 0;

  if (reader == NULL)
    return FALSE;
  while (TRUE)
    {
      g_autoptr (TillFrame) frame = till_clip_reader_next (reader, skip, &end);

      if (frame == NULL)
        break;
      if (!examine_frame (self, vision, index, frame, till_frame_get_captured_us (frame), error))
        return FALSE;
      skip = self->plan->every - 1;
    }
  if (end != NULL)
    g_propagate_error (error, end);
  return end == NULL;
}

static gboolean
examine (Examination *self, TillVision *vision, guint index, GError **error)
{
  TillSpecimen *specimen = g_ptr_array_index (self->set->specimens, index);

  if (specimen->kind == TILL_SPECIMEN_CLIP)
    return examine_clip (self, vision, index, error);

  g_autoptr (TillFrame) frame = till_vision_read_photo (specimen->path, error);
  return frame != NULL && examine_frame (self, vision, index, frame, 0, error);
}

/* The next specimen, or FALSE when there is none or all is over. */
static gboolean
take_next (Examination *self, guint *index)
{
  gboolean more;

  g_mutex_lock (&self->lock);
  more = self->error == NULL && self->next < self->set->specimens->len;
  if (more)
    *index = self->next++;
  g_mutex_unlock (&self->lock);
  return more;
}

static void
note_done (Examination *self)
{
  g_mutex_lock (&self->lock);
  self->done++;
  g_mutex_unlock (&self->lock);
}

static void
work (Examination *self)
{
  g_autoptr (GError) error = NULL;
  /* One specimen a thread is quicker than all threads at one network, which gains little by them. */
  g_autoptr (TillVision) vision = till_vision_new (self->plan->models_dir, 1, &error);
  guint index = 0;

  while (vision != NULL && take_next (self, &index))
    {
      g_autoptr (GError) trouble = NULL;

      if (!examine (self, vision, index, &trouble))
        ((TillSpecimen *) g_ptr_array_index (self->set->specimens, index))->trouble
            = g_strdup (trouble->message);
      note_done (self);
    }

  g_mutex_lock (&self->lock);
  if (error != NULL && self->error == NULL)
    self->error = g_steal_pointer (&error);
  self->running--;
  g_cond_signal (&self->changed);
  g_mutex_unlock (&self->lock);
}

static gpointer
run_worker (gpointer data)
{
  work (data);
  return NULL;
}

static void
wait_for_workers (Examination *self)
{
  const TillExaminationPlan *plan = self->plan;

  g_mutex_lock (&self->lock);
  while (self->running > 0)
    {
      guint done = self->done;

      if (!g_cond_wait_until (&self->changed, &self->lock, g_get_monotonic_time () + PROGRESS_US)
          && plan->progress != NULL)
        {
          g_mutex_unlock (&self->lock);
          plan->progress (done, self->set->specimens->len, plan->progress_data);
          g_mutex_lock (&self->lock);
        }
    }
  g_mutex_unlock (&self->lock);
}

gboolean
till_examination_run (const TillExaminationPlan *plan, TillSpecimenSet *set, GError **error)
{
  g_return_val_if_fail (plan->threads > 0 && plan->every > 0, FALSE);

  Examination self = { .plan = plan, .set = set };
  guint n = MAX (1, MIN (plan->threads, set->specimens->len));
  g_autoptr (GPtrArray) workers = g_ptr_array_new ();

  g_mutex_init (&self.lock);
  g_cond_init (&self.changed);
  self.running = n;
  for (guint i = 0; i < n; i++)
    g_ptr_array_add (workers, g_thread_new ("examination", run_worker, &self));
  wait_for_workers (&self);
  for (guint i = 0; i < n; i++)
    g_thread_join (g_ptr_array_index (workers, i));
  g_cond_clear (&self.changed);
  g_mutex_clear (&self.lock);

  if (self.error != NULL)
    {
      g_propagate_error (error, self.error);
      return FALSE;
    }
  if (plan->progress != NULL)
    plan->progress (set->specimens->len, set->specimens->len, plan->progress_data);
  return TRUE;
}
