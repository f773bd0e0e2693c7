/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "recognition/till-presence-evidence.h"
#include "vision/till-vision.h"

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* What a picture must have measured. */
#define TILL_CAMERA_SURVEY_WANTED                                                                            \
  (TILL_VISION_WANT_LANDMARKS | TILL_VISION_WANT_QUALITY | TILL_VISION_WANT_LIVENESS                         \
   | TILL_VISION_WANT_CLOSE_LIVENESS | TILL_VISION_WANT_GRID | TILL_VISION_WANT_EYES                         \
   | TILL_VISION_WANT_EMBEDDING | TILL_VISION_LARGEST_ONLY)

/**
 * TillCameraSurvey: what a camera makes of whoever stands before it: how often there is a face, how often it is good
 * enough and what is wrong with it otherwise, how it looks to the networks. Pictures are counted and not kept; of the
 * first good face the embedding is, until till_camera_survey_clear() wipes it. Pure.
 */
typedef struct
{
  const TillOperatingPoint *point; /* borrowed */
  guint pictures;
  guint faces;
  guint crowded;                   /* a second face as large as the till minds */
  guint hints[TILL_HINT_EYES + 1]; /* of the pictures with a face; those of NONE are good */
  /* Of the good ones: */
  guint live;
  guint eyes_open;
  guint weak; /* the network saw too little of a face to compare it */
  guint same; /* of the others, the person of the first one */
  double least_same;
  double live_sum;
  TillPresenceEvidence evidence;
  gint64 first_us;  /* capture time of the first picture */
  gint64 live_us;   /* capture time at which the till knew of life, 0 if it never did */
  gint64 attack_us; /* the same for an attack */
  gboolean has_first;
  float first[TILL_VISION_EMBEDDING];
  double milliseconds; /* of all analyses */
} TillCameraSurvey;

void till_camera_survey_init (TillCameraSurvey *self, const TillOperatingPoint *point);
void till_camera_survey_clear (TillCameraSurvey *self);

void till_camera_survey_add (TillCameraSurvey *self, TillFrame *frame, const TillFaces *faces);

/* One object; docs/operating-point.md names its members (transfer full). */
JsonObject *till_camera_survey_to_json (const TillCameraSurvey *self);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (TillCameraSurvey, till_camera_survey_clear)

G_END_DECLS
