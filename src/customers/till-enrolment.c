/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "customers/till-enrolment.h"

#include "base/till-error.h"
#include "customers/till-enrolment-gate.h"

#include <math.h>
#include <sodium.h>
#include <string.h>

/* As many as a customer can have; a camera is content with fewer. */
#define TEMPLATES_MAX 16

/*
 * Cosine to the first template below which it is somebody else. Pairs of one person on 6,045 LFW photographs: 98 % lie
 * above, two people reach it once in 10^4 to 10^5 pairs; frames of one sitting lie at 0.6 and above.
 */
#define SAME_PERSON 0.45f

/*
 * A view is new when the head is turned this many degrees from every template, or when it looks otherwise different.
 * Frames of one view differ by 2 degrees and lie at 0.93 and above.
 */
#define NEW_POSE_DEGREES 8.0f
#define NEW_LOOK_COSINE  0.85f

typedef struct
{
  float yaw;
  float pitch;
} TillEnrolmentPose;

/* In one block from sodium_malloc(), so that nothing of it is swapped, dumped or left behind. */
struct _TillEnrolment
{
  guint n;
  guint idle; /* good frames since the last template */
  TillEnrolmentHint hint;
  double progress;
  TillEnrolmentPose poses[TEMPLATES_MAX];
  float templates[TEMPLATES_MAX * TILL_VISION_EMBEDDING];
};

TillEnrolment *
till_enrolment_new (void)
{
  if (sodium_init () < 0)
    g_error ("libsodium can't be started");
  /* sodium_malloc() ends a block at a page's end, so only a round size is aligned. */
  TillEnrolment *self = sodium_malloc ((sizeof (TillEnrolment) + 63) / 64 * 64);
  if (self == NULL)
    g_error ("no memory for an enrolment");

  memset (self, 0, sizeof *self);
  self->hint = TILL_ENROLMENT_HINT_NO_FACE;
  return self;
}

void
till_enrolment_free (TillEnrolment *self)
{
  sodium_free (self);
}

static const float *
till_enrolment_get_template (const TillEnrolment *self, guint index)
{
  return self->templates + (gsize) index * TILL_VISION_EMBEDDING;
}

static gboolean
till_enrolment_is_same_person (const TillEnrolment *self, const TillFace *face)
{
  return self->n == 0
         || till_vision_compare (face->embedding, till_enrolment_get_template (self, 0)) >= SAME_PERSON;
}

static gboolean
till_enrolment_differs (const TillEnrolment *self, const TillFace *face, guint index)
{
  const TillEnrolmentPose *pose = &self->poses[index];
  float turned = hypotf (face->pose.yaw - pose->yaw, face->pose.pitch - pose->pitch);

  return turned >= NEW_POSE_DEGREES
         || till_vision_compare (face->embedding, till_enrolment_get_template (self, index))
                <= NEW_LOOK_COSINE;
}

static gboolean
till_enrolment_is_new (const TillEnrolment *self, const TillFace *face)
{
  for (guint i = 0; i < self->n; i++)
    if (!till_enrolment_differs (self, face, i))
      return FALSE;
  return TRUE;
}

static void
till_enrolment_take (TillEnrolment *self, const TillFace *face)
{
  memcpy (self->templates + (gsize) self->n * TILL_VISION_EMBEDDING, face->embedding, sizeof face->embedding);
  self->poses[self->n] = (TillEnrolmentPose){ face->pose.yaw, face->pose.pitch };
  self->n++;
  self->idle = 0;
}

gboolean
till_enrolment_is_complete (const TillEnrolment *self)
{
  return self->n >= TILL_ENROLMENT_TEMPLATES
         || (self->n >= TILL_ENROLMENT_LEAST && self->idle >= TILL_ENROLMENT_PATIENCE);
}

static void
till_enrolment_update_progress (TillEnrolment *self)
{
  double share = MIN (1.0, (double) self->n / TILL_ENROLMENT_TEMPLATES);
  double waited = MIN (1.0, (double) self->idle / TILL_ENROLMENT_PATIENCE);

  /* While somebody holds still, waiting counts: towards the next template, and at last towards the end. */
  double ahead = self->n >= TILL_ENROLMENT_LEAST ? 1 - share : 1.0 / TILL_ENROLMENT_TEMPLATES;
  self->progress = till_enrolment_is_complete (self) ? 1 : MAX (self->progress, share + ahead * waited);
}

gboolean
till_enrolment_offer (TillEnrolment *self, const TillFaces *faces)
{
  if (till_enrolment_is_complete (self))
    return FALSE;

  self->hint = till_enrolment_gate_judge (faces, self->n == 0);
  if (self->hint != TILL_ENROLMENT_HINT_NONE)
    return FALSE;

  const TillFace *face = till_faces_get (faces, 0);
  if (!till_enrolment_is_same_person (self, face))
    {
      self->hint = TILL_ENROLMENT_HINT_ALONE;
      return FALSE;
    }

  self->idle++;
  gboolean waited = self->n < TILL_ENROLMENT_LEAST && self->idle >= TILL_ENROLMENT_PATIENCE;
  gboolean taken = waited || till_enrolment_is_new (self, face);
  if (taken)
    till_enrolment_take (self, face);
  till_enrolment_update_progress (self);
  self->hint = till_enrolment_is_complete (self) ? TILL_ENROLMENT_HINT_NONE : TILL_ENROLMENT_HINT_TURN;
  return taken;
}

gboolean
till_enrolment_offer_photo (TillEnrolment *self, const TillFaces *faces, GError **error)
{
  if (self->n == TEMPLATES_MAX)
    {
      g_set_error (error, TILL_ERROR, TILL_ERROR_REFUSED, "%d photographs are enough: leave the others out",
                   TEMPLATES_MAX);
      return FALSE;
    }
  if (!till_enrolment_gate_judge_photo (faces, error))
    return FALSE;

  const TillFace *face = till_faces_get (faces, 0);
  if (!till_enrolment_is_same_person (self, face))
    {
      g_set_error (error, TILL_ERROR, TILL_ERROR_REFUSED,
                   "It does not look like the person of the first photograph: choose another photograph");
      return FALSE;
    }
  till_enrolment_take (self, face);
  till_enrolment_update_progress (self);
  return TRUE;
}

TillEnrolmentHint
till_enrolment_get_hint (const TillEnrolment *self)
{
  return self->hint;
}

double
till_enrolment_get_progress (const TillEnrolment *self)
{
  return self->progress;
}

guint
till_enrolment_get_n_templates (const TillEnrolment *self)
{
  return self->n;
}

const float *
till_enrolment_get_templates (const TillEnrolment *self)
{
  return self->templates;
}
