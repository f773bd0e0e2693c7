/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "recognition/till-operating-point.h"
#include "recognition/till-sighting.h"

G_BEGIN_DECLS

/* Frames in a row with a second person that stop a session, and without one that let it go on. */
#define TILL_ALONE_EVIDENCE_CROWDED 2
#define TILL_ALONE_EVIDENCE_ALONE   5

/**
 * TillAloneEvidence: whether the customer is the only person before the camera.
 *
 * A single frame says nothing: the detector now and then takes a pattern for a face. It takes longer to be
 * found alone again than to be found with company. Pure; one thread at a time.
 */
typedef struct
{
  double second_face;
  guint crowded;
  guint alone;
  TillEvidence verdict;
} TillAloneEvidence;

void till_alone_evidence_init (TillAloneEvidence *self, const TillOperatingPoint *point);

/* One frame that was looked at as a whole: sizes of the customer's face and of the largest other one, pixels, 0 if there is none. */
void till_alone_evidence_add (TillAloneEvidence *self, double face, double other);

/* The newest frame had company: the next should be looked at as a whole too. */
gboolean till_alone_evidence_is_doubtful (const TillAloneEvidence *self);

TillEvidence till_alone_evidence_get (const TillAloneEvidence *self);

G_END_DECLS
