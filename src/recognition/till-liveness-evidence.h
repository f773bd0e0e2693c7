/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "recognition/till-operating-point.h"
#include "recognition/till-sighting.h"

G_BEGIN_DECLS

/* Frames that have a say at a time. */
#define TILL_LIVENESS_EVIDENCE_WINDOW 16

/**
 * TillLivenessEvidence: whether a living person stands before the camera, or a picture of one.
 *
 * The network's answers for the frames of the last live_seconds are fused as their mean log-odds. Log-odds, because a
 * few frames near 0 must weigh more than the same number at 0.5; clamped, so that no single frame settles it. Only
 * frames that passed the quality gate may be added: on small faces the network guesses. To call somebody a picture takes
 * twice as many frames as to call them alive. Looks at a living face are steady, at a screen they flicker: a
 * single one below live_least puts FOR off until it is too old to have a say. Pure.
 */
typedef struct
{
  const TillOperatingPoint *point; /* borrowed */
  gint64 captured_us[TILL_LIVENESS_EVIDENCE_WINDOW];
  double log_odds[TILL_LIVENESS_EVIDENCE_WINDOW];
  guint n;
  guint next;
} TillLivenessEvidence;

void till_liveness_evidence_init (TillLivenessEvidence *self, const TillOperatingPoint *point);

/* @live: the network's probability for one frame, 0..1. */
void till_liveness_evidence_add (TillLivenessEvidence *self, double live, gint64 captured_us);

/* What the frames up to @now_us say; OPEN while they are too few or undecided. */
TillEvidence till_liveness_evidence_get (const TillLivenessEvidence *self, gint64 now_us);

/* Fused probability, 0.5 without frames; @n: (out) (optional) frames it rests on. */
double till_liveness_evidence_get_probability (const TillLivenessEvidence *self, gint64 now_us, guint *n);

/* Enough frames were seen and still neither live nor attack: the light is to blame more often than not. */
gboolean till_liveness_evidence_is_undecided (const TillLivenessEvidence *self, gint64 now_us);

G_END_DECLS
