/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "recognition/till-operating-point.h"
#include "recognition/till-sighting.h"

G_BEGIN_DECLS

/* Frames in a row with open eyes that count: one alone may be the network's mistake about a sleeper. */
#define TILL_EYES_EVIDENCE_OPEN 5

/**
 * TillEyesEvidence: whether the customer is awake.
 *
 * Both eyes shut for asleep_seconds is asleep; a blink is not, nor is a wink, which neither opens nor shuts. Shut for
 * longer than blink_seconds, nobody is known to be awake any more, so that a sleeper's lids that were once taken for
 * open eyes are not believed for long. A smile
 * narrows the eyes, so frames that smile have no say: the smile challenge starts from a neutral face, whose eyes were
 * seen. Pure; time is the frames' own.
 */
typedef struct
{
  const TillOperatingPoint *point; /* borrowed */
  gint64 shut_us;                  /* since when both eyes are shut, 0 if they are not */
  gint64 last_us;                  /* newest frame */
  guint open;                      /* frames in a row with open eyes */
  TillEvidence verdict;
} TillEyesEvidence;

void till_eyes_evidence_init (TillEyesEvidence *self, const TillOperatingPoint *point);

/* @closed: the network's probability for each eye; @smiling: the face is known to smile in this frame. */
void
till_eyes_evidence_add (TillEyesEvidence *self, const float closed[2], gboolean smiling, gint64 captured_us);

/* From now on awake is expected: eyes that were shut, or cast down, until @now_us are not held against anybody. */
void till_eyes_evidence_forgive (TillEyesEvidence *self, gint64 now_us);

TillEvidence till_eyes_evidence_get (const TillEyesEvidence *self);

G_END_DECLS
