/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "customers/till-enrolment-gate.h"

#include "base/till-error.h"

#include <math.h>

#define MEASURED (TILL_ENROLMENT_WANTED & TILL_VISION_WANT_ALL)

/* A second face from half the first one's side on stands beside the customer, not behind. */
#define SECOND_FACE 0.5f

/* Pixels. Liveness is 0.95 to 1.00 from 120 px on and 0.65 at 92 px (webcam clips). */
#define LEAST_SIZE 120.0f
/* Photographs are not asked to be live, and the embedding looks at 112 px: half of that keeps the eyes apart. */
#define LEAST_SIZE_PHOTO 64.0f

/*
 * Variance of the Laplacian. Two webcam clips as they are: 49 to 363. Blurred until the cosine to the sharp frame
 * falls to 0.8 (hand-held shake) or 0.94 (out of focus): 40 and 18 on one, 38 and 15 on the other. Photographs: 99 in
 * 100 of LFW have 32 or more, the softest of 230 has 20; blurred to a cosine of 0.44 to 0.87, 12 to 18.
 */
#define LEAST_SHARPNESS       45.0f
#define LEAST_SHARPNESS_PHOTO 20.0f

/* Mean grey and its deviation. The clips darkened to 0.4: 44 to 49 and 16, cosine 0.95. LFW: 51 to 184 and 22 up. */
#define LEAST_BRIGHTNESS 50.0f
#define MOST_BRIGHTNESS  210.0f
#define LEAST_CONTRAST   18.0f

/* Lamps at one side of Yale faces: 0.51 and more, with liveness down to 0.4; the clips 0.16 at most; LFW up to 0.6. */
#define MOST_SIDE_LIGHT       0.35f
#define MOST_SIDE_LIGHT_PHOTO 0.62f

/* Degrees. A camera below or above the face moves the pitch of somebody who looks straight by up to 20. */
#define MOST_YAW         35.0f
#define MOST_PITCH       35.0f
#define MOST_ROLL        25.0f
#define MOST_YAW_FIRST   12.0f
#define MOST_PITCH_FIRST 25.0f
#define MOST_ROLL_FIRST  15.0f

/*
 * Length of the raw embedding. The weakest twentieth of 2,282 LFW photographs lies below and makes most of the false
 * non-matches; frames of three webcam clips have 2.95 and more (docs/operating-point.md).
 */
#define LEAST_STRENGTH 2.94f

/* Probabilities. One eye alone is misread behind hair, glasses or a lamp's glint, so both must look shut. */
#define MOST_EYES_CLOSED 0.5f
#define LEAST_LIVE       0.5f

static TillEnrolmentHint
till_enrolment_gate_judge_company (const TillFaces *faces)
{
  guint n = till_faces_get_n (faces);

  if (n == 0)
    return TILL_ENROLMENT_HINT_NO_FACE;

  const TillBox *first = &till_faces_get (faces, 0)->box;
  for (guint i = 1; i < n; i++)
    if (till_faces_get (faces, i)->box.height >= SECOND_FACE * first->height)
      return TILL_ENROLMENT_HINT_ALONE;
  return TILL_ENROLMENT_HINT_NONE;
}

static gboolean
till_enrolment_gate_is_lit (const TillFaceQuality *quality, float most_side_light)
{
  return quality->brightness >= LEAST_BRIGHTNESS && quality->brightness <= MOST_BRIGHTNESS
         && quality->contrast >= LEAST_CONTRAST && quality->side_light <= most_side_light;
}

static gboolean
till_enrolment_gate_faces_camera (const TillFace *face, gboolean first)
{
  return fabsf (face->pose.yaw) <= (first ? MOST_YAW_FIRST : MOST_YAW)
         && fabsf (face->pose.pitch) <= (first ? MOST_PITCH_FIRST : MOST_PITCH)
         && fabsf (face->pose.roll) <= (first ? MOST_ROLL_FIRST : MOST_ROLL);
}

static gboolean
till_enrolment_gate_has_closed_eyes (const TillFace *face)
{
  return face->eyes_closed[0] > MOST_EYES_CLOSED && face->eyes_closed[1] > MOST_EYES_CLOSED;
}

TillEnrolmentHint
till_enrolment_gate_judge (const TillFaces *faces, gboolean first)
{
  TillEnrolmentHint company = till_enrolment_gate_judge_company (faces);

  if (company != TILL_ENROLMENT_HINT_NONE)
    return company;

  const TillFace *face = till_faces_get (faces, 0);
  g_return_val_if_fail ((face->measured & MEASURED) == MEASURED, TILL_ENROLMENT_HINT_NO_FACE);
  if (face->quality.size < LEAST_SIZE)
    return TILL_ENROLMENT_HINT_CLOSER;
  /* The detector's box is clipped to the image, so a face that is cut off begins at its edge. */
  if (face->box.x < 1 || face->box.y < 1)
    return TILL_ENROLMENT_HINT_BACK;
  if (!till_enrolment_gate_is_lit (&face->quality, MOST_SIDE_LIGHT))
    return TILL_ENROLMENT_HINT_LIGHT;
  if (face->quality.sharpness < LEAST_SHARPNESS)
    return TILL_ENROLMENT_HINT_STILL;
  if (!till_enrolment_gate_faces_camera (face, first))
    return TILL_ENROLMENT_HINT_FACE_CAMERA;
  if (till_enrolment_gate_has_closed_eyes (face))
    return TILL_ENROLMENT_HINT_EYES;
  if (face->strength < LEAST_STRENGTH)
    return TILL_ENROLMENT_HINT_FACE_CAMERA;
  /* Of a person in view, poor light is what makes the network doubt; of a picture, nothing mends it. */
  if (face->live <= LEAST_LIVE)
    return TILL_ENROLMENT_HINT_LIGHT;
  return TILL_ENROLMENT_HINT_NONE;
}

static gboolean
till_enrolment_gate_refuse (GError **error, const char *why)
{
  g_set_error (error, TILL_ERROR, TILL_ERROR_REFUSED, "%s: choose another photograph", why);
  return FALSE;
}

gboolean
till_enrolment_gate_judge_photo (const TillFaces *faces, GError **error)
{
  TillEnrolmentHint company = till_enrolment_gate_judge_company (faces);

  if (company == TILL_ENROLMENT_HINT_NO_FACE)
    return till_enrolment_gate_refuse (error, "There is no face in it");
  if (company == TILL_ENROLMENT_HINT_ALONE)
    return till_enrolment_gate_refuse (error, "There is more than one face in it");

  const TillFace *face = till_faces_get (faces, 0);
  if (face->quality.size < LEAST_SIZE_PHOTO)
    return till_enrolment_gate_refuse (error, "The face is too small");
  if (!till_enrolment_gate_is_lit (&face->quality, MOST_SIDE_LIGHT_PHOTO))
    return till_enrolment_gate_refuse (error, "The face is too dark, too bright, or lit from one side");
  if (face->quality.sharpness < LEAST_SHARPNESS_PHOTO)
    return till_enrolment_gate_refuse (error, "The face is blurred");
  if (till_enrolment_gate_has_closed_eyes (face))
    return till_enrolment_gate_refuse (error, "The eyes are closed");
  if (face->strength < LEAST_STRENGTH)
    return till_enrolment_gate_refuse (error, "The face is turned, covered or unclear");
  return TRUE;
}
