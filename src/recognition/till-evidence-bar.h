/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "recognition/till-evidence.h"

G_BEGIN_DECLS

/* The pieces of evidence, in the order they are judged in. */
typedef enum
{
  TILL_EVIDENCE_BAR_ALONE,     /* raw: the largest other face over the customer's, by size */
  TILL_EVIDENCE_BAR_SIZE,      /* raw: side of the face's square, pixels */
  TILL_EVIDENCE_BAR_SHARPNESS, /* raw: variance of the Laplacian */
  TILL_EVIDENCE_BAR_LIGHT,    /* raw: the worst of brightness, contrast and side light, each over its limit */
  TILL_EVIDENCE_BAR_POSE,     /* raw: the worst of yaw, pitch and roll, each over its limit */
  TILL_EVIDENCE_BAR_LIVE,     /* raw: fused probability */
  TILL_EVIDENCE_BAR_EYES,     /* raw: the lower p(closed) of both eyes */
  TILL_EVIDENCE_BAR_IDENTITY, /* raw: cosine to the best candidate */
  TILL_EVIDENCE_BAR_MARGIN,   /* raw: cosine to the best less that to the second best */
  TILL_EVIDENCE_BAR_SMILE,    /* raw: as much of a smile as is needed is 1 */
  TILL_EVIDENCE_N_BARS,
} TillEvidencePiece;

/**
 * TillEvidenceBar: one piece of evidence as the tester sees it: how much there is, and how much is needed.
 */
typedef struct
{
  double value;         /* 0..1, for drawing */
  double threshold;     /* 0..1, on the same scale */
  double raw;           /* in the piece's own unit, of the newest frame it was measured in */
  double raw_threshold; /* in that unit */
  double full;          /* the raw value that fills the bar */
  gboolean wants_above; /* the value must not be below the threshold; else not above it */
  TillEvidence says;    /* what the frames so far say together, or this one where frames are judged alone */
  gboolean measured;    /* since the evidence started; else the numbers are 0 but for the thresholds */
} TillEvidenceBar;

/* A name that stays the same in every language, as "sharpness"; static. */
const char *till_evidence_bar_name (TillEvidencePiece piece);

/* @full: the raw value that fills the bar. The bar counts as not measured until till_evidence_bar_measure(). */
void till_evidence_bar_init (TillEvidenceBar *self, double raw_threshold, gboolean wants_above, double full);

/* Of a bar that till_evidence_bar_init() made. */
void till_evidence_bar_measure (TillEvidenceBar *self, double raw, TillEvidence says);

/* Whether the newest value is on the wanted side: what a piece says that judges each frame by itself. */
TillEvidence till_evidence_bar_judge (const TillEvidenceBar *self, double raw);

G_END_DECLS
