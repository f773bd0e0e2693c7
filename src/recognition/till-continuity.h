/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "recognition/till-operating-point.h"
#include "vision/till-vision.h"

G_BEGIN_DECLS

typedef enum
{
  TILL_CONTINUITY_NOBODY, /* no face now, but not for long */
  TILL_CONTINUITY_GONE,   /* nobody for absent_seconds: what was gathered is void */
  TILL_CONTINUITY_SAME,   /* the face that was there */
  TILL_CONTINUITY_NEW,    /* another face, or the first: what was gathered is void */
  TILL_CONTINUITY_UNSURE, /* a face, but not where it should be: this frame has no say */
} TillContinuityStep;

/**
 * TillContinuity: that the face a session began with is the one it goes on with.
 *
 * A face is followed from frame to frame by its box. A face that jumps is somebody else, unless the next frame finds
 * the old one again: the detector may look away for one frame. Somebody who takes the other's place exactly is told by
 * the embedding, which must stay near the first. Pure; time is the frames' own. Wiped by till_continuity_clear().
 */
typedef struct
{
  const TillOperatingPoint *point; /* borrowed */
  gboolean following;
  gboolean jumped; /* the newest frame had faces, but none where the followed one was */
  TillBox box;
  gint64 seen_us;
  gboolean has_first;
  float first[TILL_VISION_EMBEDDING];
} TillContinuity;

void till_continuity_init (TillContinuity *self, const TillOperatingPoint *point);
void till_continuity_clear (TillContinuity *self);

/*
 * One frame's @n faces, largest first. @subject: (out) which of @boxes is the customer, for SAME and NEW. A face that
 * was followed stays the customer although a larger one comes in beside it.
 */
TillContinuityStep till_continuity_follow (
    TillContinuity *self, const TillBox *boxes, guint n, gint64 captured_us, guint *subject);

/*
 * The embedding of a good frame of the customer. FALSE: it is somebody else, and this is the first embedding of the
 * new one.
 */
gboolean till_continuity_recognise (TillContinuity *self, const float *embedding);

G_END_DECLS
