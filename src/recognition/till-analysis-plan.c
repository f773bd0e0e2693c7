/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "recognition/till-analysis-plan.h"

#include "recognition/till-quality-gate.h"

static gboolean
is_due (gint64 last_us, gint64 captured_us, gint64 every_us)
{
  return last_us == 0 || captured_us - last_us >= every_us;
}

/* Asking for more costs nothing while nobody is there, and saves the first good frame from being looked at in vain. */
static gboolean
is_promising (const TillAnalysisNeed *need, gint64 captured_us)
{
  return !need->face || (need->good_us != 0 && captured_us - need->good_us <= TILL_ANALYSIS_PLAN_GOOD_US);
}

static gboolean
wants_smile (const TillAnalysisNeed *need, gint64 captured_us)
{
  switch (need->smile)
    {
    case TILL_SMILE_RELAX:
    case TILL_SMILE_WANTED:
    case TILL_SMILE_HOLDING:
      return need->face && need->holds;
    case TILL_SMILE_IDLE:
      return need->face && need->live == TILL_EVIDENCE_FOR
             && (need->identity == TILL_EVIDENCE_FOR || (!need->sought && need->embeddings_full))
             && is_due (need->smile_us, captured_us, TILL_ANALYSIS_PLAN_RESTING_US);
    case TILL_SMILE_MADE:
    default:
      return FALSE;
    }
}

static gboolean
wants_embedding (const TillAnalysisNeed *need, gint64 captured_us)
{
  gboolean waiting = !need->sought && need->embeddings_full;
  gboolean settled = need->identity == TILL_EVIDENCE_FOR || waiting;

  return !settled || need->smile == TILL_SMILE_HOLDING
         || is_due (need->embedding_us, captured_us, TILL_ANALYSIS_PLAN_RECHECK_US);
}

static gboolean
wants_liveness (const TillAnalysisNeed *need, gint64 captured_us)
{
  return need->live != TILL_EVIDENCE_FOR || need->smile == TILL_SMILE_HOLDING
         || is_due (need->liveness_us, captured_us, TILL_ANALYSIS_PLAN_RECHECK_US);
}

TillVisionWanted
till_analysis_plan (const TillAnalysisNeed *need, gint64 captured_us)
{
  TillVisionWanted wanted = TILL_QUALITY_GATE_WANTED | TILL_VISION_WANT_EYES | TILL_VISION_LARGEST_ONLY;

  if (need->purpose == TILL_RECOGNIZER_ENROL)
    return wanted | TILL_ENROLMENT_WANTED;
  if (!is_promising (need, captured_us))
    return wanted;
  if (wants_liveness (need, captured_us))
    wanted |= TILL_VISION_WANT_LIVENESS;
  if (wants_embedding (need, captured_us))
    wanted |= TILL_VISION_WANT_EMBEDDING;
  if (wants_smile (need, captured_us))
    wanted |= TILL_VISION_WANT_SMILE;
  return wanted;
}
