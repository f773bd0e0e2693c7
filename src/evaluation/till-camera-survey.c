/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "evaluation/till-camera-survey.h"

#include "evaluation/till-error-rate.h"
#include "evaluation/till-evaluation-json.h"
#include "recognition/till-quality-gate.h"

#include <math.h>
#include <string.h>

void
till_camera_survey_init (TillCameraSurvey *self, const TillOperatingPoint *point)
{
  *self = (TillCameraSurvey){ .point = point, .least_same = 1 };
  till_presence_evidence_init (&self->evidence, point);
}

void
till_camera_survey_clear (TillCameraSurvey *self)
{
  explicit_bzero (self->first, sizeof self->first);
  self->has_first = FALSE;
}

static void
add_identity (TillCameraSurvey *self, const TillFace *face)
{
  double score;

  if ((double) face->strength < self->point->least_strength)
    {
      self->weak++;
      return;
    }
  if (!self->has_first)
    memcpy (self->first, face->embedding, sizeof self->first);
  self->has_first = TRUE;
  score = (double) till_vision_compare (self->first, face->embedding);
  self->least_same = MIN (self->least_same, score);
  if (score >= till_operating_point_identity_score (self->point, 1))
    self->same++;
}

static void
add_liveness (TillCameraSurvey *self, const TillFace *face, gint64 captured_us)
{
  TillEvidence verdict;

  self->live_sum += (double) MIN (face->live, face->live_close);
  if ((double) MIN (face->live, face->live_close) >= self->point->live_score)
    self->live++;
  till_presence_evidence_add (&self->evidence, face, captured_us);
  verdict = till_presence_evidence_get (&self->evidence, captured_us);
  if (verdict == TILL_EVIDENCE_FOR && self->live_us == 0)
    self->live_us = captured_us;
  if (verdict == TILL_EVIDENCE_AGAINST && self->attack_us == 0)
    self->attack_us = captured_us;
}

void
till_camera_survey_add (TillCameraSurvey *self, TillFrame *frame, const TillFaces *faces)
{
  if (self->pictures++ == 0)
    self->first_us = till_frame_get_captured_us (frame);
  self->milliseconds += (double) till_faces_get_times (faces)->total;
  if (till_faces_get_n (faces) == 0)
    return;

  const TillFace *face = till_faces_get (faces, 0);
  TillHint hint = till_quality_gate_judge (self->point, face, till_frame_get_height (frame));

  self->faces++;
  self->hints[hint]++;
  if (till_faces_get_n (faces) > 1
      && (double) till_faces_get (faces, 1)->box.height
             >= self->point->second_face * (double) face->box.height)
    self->crowded++;
  if (hint != TILL_HINT_NONE)
    return;
  add_liveness (self, face, till_frame_get_captured_us (frame));
  if ((double) MIN (face->eyes_closed[0], face->eyes_closed[1]) <= self->point->eyes_closed)
    self->eyes_open++;
  add_identity (self, face);
}

static void
add_share (JsonObject *object, const char *name, guint count, guint n)
{
  TillErrorRate share;

  till_error_rate_init (&share, count, n);
  till_evaluation_json_add_number (object, name, share.rate);
}

static JsonObject *
hints_to_json (const TillCameraSurvey *self)
{
  JsonObject *object = json_object_new ();

  for (guint hint = 0; hint < G_N_ELEMENTS (self->hints); hint++)
    if (self->hints[hint] > 0)
      json_object_set_int_member (object, till_evaluation_json_hint ((TillHint) hint), self->hints[hint]);
  return object;
}

static double
seconds_until (const TillCameraSurvey *self, gint64 when_us)
{
  return when_us == 0 ? (double) NAN : (double) (when_us - self->first_us) / G_USEC_PER_SEC;
}

JsonObject *
till_camera_survey_to_json (const TillCameraSurvey *self)
{
  JsonObject *object = json_object_new ();
  JsonObject *counts = json_object_new ();
  guint good = self->hints[TILL_HINT_NONE];

  json_object_set_string_member (object, "suite", "camera");
  json_object_set_int_member (counts, "pictures", self->pictures);
  json_object_set_int_member (counts, "faces", self->faces);
  json_object_set_int_member (counts, "crowded", self->crowded);
  json_object_set_int_member (counts, "good", good);
  json_object_set_object_member (object, "counts", counts);
  json_object_set_object_member (object, "pictures", hints_to_json (self));
  add_share (object, "face", self->faces, self->pictures);
  add_share (object, "good", good, self->faces);
  add_share (object, "live", self->live, good);
  add_share (object, "eyes_open", self->eyes_open, good);
  add_share (object, "weak", self->weak, good);
  add_share (object, "same_person", self->same, good - self->weak);
  till_evaluation_json_add_number (object, "live_mean", good > 0 ? self->live_sum / good : (double) NAN);
  till_evaluation_json_add_number (object, "least_score",
                                   good > self->weak ? self->least_same : (double) NAN);
  till_evaluation_json_add_number (object, "live_after_s", seconds_until (self, self->live_us));
  till_evaluation_json_add_number (object, "attack_after_s", seconds_until (self, self->attack_us));
  till_evaluation_json_add_number (object, "milliseconds",
                                   self->pictures > 0 ? self->milliseconds / self->pictures : (double) NAN);
  return object;
}
