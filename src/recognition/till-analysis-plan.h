/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "recognition/till-presence-evidence.h"
#include "recognition/till-recognizer-purpose.h"
#include "recognition/till-sighting.h"

G_BEGIN_DECLS

/* What the session knows when the next frame comes. Times are capture times of the newest frame, 0 for none. */
typedef struct
{
  TillRecognizerPurpose purpose;
  gint64 captured_us;  /* of any frame */
  gboolean face;       /* the frame before had one */
  gboolean followable; /* and the customer's landmarks are known */
  gboolean doubtful;   /* it is not clear who is in the picture */
  gint64 detected_us;  /* that was looked at as a whole */
  gint64 good_us;      /* that passed the quality gate */
  gboolean fit;        /* the frame before was about as good as any of late */
  TillEvidence identity;
  gboolean sought; /* candidates are there to be compared with */
  gboolean enough; /* embeddings are kept to be compared with candidates that come later */
  gboolean holds;  /* alone, live, awake and known: a smile would count */
  TillSmileState smile;
  gboolean judge; /* the challenge wants the network to look at the smile */
  const TillPresenceEvidence *presence;
  gint64 embedding_us;
} TillAnalysisNeed;

/* What to do with one frame. */
typedef struct
{
  gboolean skip;   /* nothing */
  gboolean follow; /* look for the customer where they were; else in the whole picture */
  TillVisionWanted wanted;
} TillAnalysisPlan;

/**
 * What to do with a frame captured at @captured_us. Pure.
 *
 * Work follows need. Nobody there: now and then a look whether somebody came. A face is carried from frame to frame by
 * its landmarks, and the whole picture is looked at every %TILL_ANALYSIS_PLAN_DETECT_US, whenever it is doubtful who is
 * in it, and in all frames of a smile. Presence and embedding are wanted in frames that are good until they are
 * decided, then every %TILL_ANALYSIS_PLAN_RECHECK_US, so that a swap is noticed. The network for the smile costs more
 * than all of them together: it sees the few frames that decide, and those are measured in full, because on them is
 * paid.
 */
void till_analysis_plan_make (TillAnalysisPlan *self, const TillAnalysisNeed *need, gint64 captured_us);

/* Cameras may be quicker than anybody needs: 25 frames a second, a little jitter allowed. */
#define TILL_ANALYSIS_PLAN_LEAST_US  (30 * 1000)
#define TILL_ANALYSIS_PLAN_NOBODY_US (75 * 1000)

#define TILL_ANALYSIS_PLAN_DETECT_US  (350 * 1000)
#define TILL_ANALYSIS_PLAN_RECHECK_US (400 * 1000)
/* A face that was good within this time is worth measuring although the newest frame was not. */
#define TILL_ANALYSIS_PLAN_GOOD_US (500 * 1000)
/* Longest wait for a frame as good as the others. */
#define TILL_ANALYSIS_PLAN_FIT_US (120 * 1000)

G_END_DECLS
