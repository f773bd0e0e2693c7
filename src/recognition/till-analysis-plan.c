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
is_judged (const TillAnalysisNeed *need)
{
  return need->face && need->holds && need->judge;
}

/* The frames that are paid on. */
static gboolean
decides (const TillAnalysisNeed *need)
{
  return is_judged (need) && need->smile == TILL_SMILE_HOLDING;
}

static gboolean
wants_embedding (const TillAnalysisNeed *need, gint64 captured_us)
{
  gboolean open = need->identity == TILL_EVIDENCE_OPEN && (need->sought || !need->enough);

  if (decides (need))
    return TRUE;
  if (open)
    return need->fit || is_due (need->embedding_us, captured_us, TILL_ANALYSIS_PLAN_FIT_US);
  return is_due (need->embedding_us, captured_us, TILL_ANALYSIS_PLAN_RECHECK_US);
}

static gboolean
may_follow (const TillAnalysisNeed *need, gint64 captured_us)
{
  return need->purpose == TILL_RECOGNIZER_PAY && need->followable && !need->doubtful
         && need->smile != TILL_SMILE_HOLDING
         && !is_due (need->detected_us, captured_us, TILL_ANALYSIS_PLAN_DETECT_US);
}

void
till_analysis_plan_make (TillAnalysisPlan *self, const TillAnalysisNeed *need, gint64 captured_us)
{
  gint64 every_us = need->face ? TILL_ANALYSIS_PLAN_LEAST_US : TILL_ANALYSIS_PLAN_NOBODY_US;

  *self = (TillAnalysisPlan){
    .skip = !is_due (need->captured_us, captured_us, every_us),
    .follow = may_follow (need, captured_us),
    .wanted = TILL_QUALITY_GATE_WANTED | TILL_VISION_WANT_EYES | TILL_VISION_LARGEST_ONLY,
  };

  if (need->purpose == TILL_RECOGNIZER_ENROL)
    {
      self->wanted |= TILL_ENROLMENT_WANTED | TILL_VISION_WANT_CLOSE_LIVENESS | TILL_VISION_WANT_GRID;
      return;
    }
  if (!is_promising (need, captured_us))
    return;
  self->wanted |= till_presence_evidence_want (need->presence, captured_us, TILL_ANALYSIS_PLAN_RECHECK_US,
                                               decides (need));
  if (wants_embedding (need, captured_us))
    self->wanted |= TILL_VISION_WANT_EMBEDDING;
  if (is_judged (need))
    self->wanted |= TILL_VISION_WANT_SMILE;
}
