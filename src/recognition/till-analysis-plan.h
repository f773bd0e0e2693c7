/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "recognition/till-recognizer-purpose.h"
#include "recognition/till-sighting.h"

G_BEGIN_DECLS

/* What the session knows when the next frame comes. */
typedef struct
{
  TillRecognizerPurpose purpose;
  gboolean face;  /* the frame before had one */
  gint64 good_us; /* newest frame that passed the quality gate, 0 for none */
  TillEvidence live;
  TillEvidence identity;
  gboolean sought;          /* candidates are there to be compared with */
  gboolean embeddings_full; /* as many are kept as can be compared */
  gboolean holds;           /* alone, live, awake and known: a smile would count */
  TillSmileState smile;
  gint64 liveness_us; /* newest frame each was measured in, 0 for none */
  gint64 embedding_us;
  gint64 smile_us;
} TillAnalysisNeed;

/**
 * What to measure in a frame captured at @captured_us. Pure.
 *
 * Boxes, landmarks, quality and eyes are cheap and always wanted. Liveness and embedding are wanted in every frame
 * until they are decided, and then every %TILL_ANALYSIS_PLAN_RECHECK_US, so that a swap is noticed; in every frame
 * again while a smile is held, because that is what will be paid on. The smile costs more than all of them: every frame
 * between prompt and smile while it would count; before the prompt, now and then once the rest is decided, for the
 * face at rest; otherwise never.
 */
TillVisionWanted till_analysis_plan (const TillAnalysisNeed *need, gint64 captured_us);

#define TILL_ANALYSIS_PLAN_RECHECK_US (400 * 1000)
#define TILL_ANALYSIS_PLAN_RESTING_US (1000 * 1000)
/* A face that was good within this time is worth measuring although the newest frame was not. */
#define TILL_ANALYSIS_PLAN_GOOD_US (500 * 1000)

G_END_DECLS
