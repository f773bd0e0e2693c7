/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "recognition/till-analysis-plan.h"

#define NOW_US (100 * G_USEC_PER_SEC)

static const TillVisionWanted always = TILL_VISION_WANT_LANDMARKS | TILL_VISION_WANT_QUALITY
                                       | TILL_VISION_WANT_EYES | TILL_VISION_LARGEST_ONLY;

/* Everything is known of a customer who was identified and waits. */
static TillAnalysisNeed
make_settled (void)
{
  TillAnalysisNeed need = {
    .purpose = TILL_RECOGNIZER_PAY,
    .face = TRUE,
    .good_us = NOW_US - 1,
    .live = TILL_EVIDENCE_FOR,
    .identity = TILL_EVIDENCE_FOR,
    .sought = TRUE,
    .embeddings_full = TRUE,
    .holds = TRUE,
    .smile = TILL_SMILE_IDLE,
    .liveness_us = NOW_US - 1,
    .embedding_us = NOW_US - 1,
    .smile_us = NOW_US - 1,
  };

  return need;
}

static void
test_nobody (void)
{
  const TillAnalysisNeed need = { .purpose = TILL_RECOGNIZER_PAY };

  /* Whoever comes is measured in the first frame they are in. */
  g_assert_cmphex (till_analysis_plan (&need, NOW_US), ==,
                   always | TILL_VISION_WANT_LIVENESS | TILL_VISION_WANT_EMBEDDING);
}

static void
test_bad_face (void)
{
  const TillAnalysisNeed far = { .purpose = TILL_RECOGNIZER_PAY, .face = TRUE };
  TillAnalysisNeed turned = { .purpose = TILL_RECOGNIZER_PAY, .face = TRUE, .good_us = NOW_US - 300 * 1000 };

  g_assert_cmphex (till_analysis_plan (&far, NOW_US), ==, always);
  g_assert_cmphex (till_analysis_plan (&turned, NOW_US) & TILL_VISION_WANT_EMBEDDING, !=, 0);
  turned.good_us = NOW_US - 600 * 1000;
  g_assert_cmphex (till_analysis_plan (&turned, NOW_US), ==, always);
}

static void
test_gathering (void)
{
  TillAnalysisNeed need = make_settled ();

  need.identity = TILL_EVIDENCE_OPEN;
  g_assert_cmphex (till_analysis_plan (&need, NOW_US), ==, always | TILL_VISION_WANT_EMBEDDING);
  need.live = TILL_EVIDENCE_OPEN;
  g_assert_cmphex (till_analysis_plan (&need, NOW_US), ==,
                   always | TILL_VISION_WANT_EMBEDDING | TILL_VISION_WANT_LIVENESS);
  /* Unknown so far: the next frame may tell. */
  need = make_settled ();
  need.identity = TILL_EVIDENCE_AGAINST;
  g_assert_cmphex (till_analysis_plan (&need, NOW_US), ==, always | TILL_VISION_WANT_EMBEDDING);
}

static void
test_settled (void)
{
  TillAnalysisNeed need = make_settled ();

  g_assert_cmphex (till_analysis_plan (&need, NOW_US), ==, always);
  /* No digits yet. */
  need.identity = TILL_EVIDENCE_OPEN;
  need.sought = FALSE;
  g_assert_cmphex (till_analysis_plan (&need, NOW_US), ==, always);
  need.embeddings_full = FALSE;
  g_assert_cmphex (till_analysis_plan (&need, NOW_US), ==, always | TILL_VISION_WANT_EMBEDDING);
}

static void
test_recheck (void)
{
  TillAnalysisNeed need = make_settled ();

  need.embedding_us = NOW_US - TILL_ANALYSIS_PLAN_RECHECK_US;
  need.liveness_us = NOW_US - TILL_ANALYSIS_PLAN_RECHECK_US;
  g_assert_cmphex (till_analysis_plan (&need, NOW_US), ==,
                   always | TILL_VISION_WANT_EMBEDDING | TILL_VISION_WANT_LIVENESS);
}

static void
test_resting_face (void)
{
  TillAnalysisNeed need = make_settled ();

  need.smile_us = NOW_US - TILL_ANALYSIS_PLAN_RESTING_US;
  g_assert_cmphex (till_analysis_plan (&need, NOW_US), ==, always | TILL_VISION_WANT_SMILE);
  need.live = TILL_EVIDENCE_OPEN;
  g_assert_cmphex (till_analysis_plan (&need, NOW_US) & TILL_VISION_WANT_SMILE, ==, 0);
}

static void
test_prompted (void)
{
  TillAnalysisNeed need = make_settled ();

  need.smile = TILL_SMILE_RELAX;
  g_assert_cmphex (till_analysis_plan (&need, NOW_US), ==, always | TILL_VISION_WANT_SMILE);
  need.smile = TILL_SMILE_WANTED;
  g_assert_cmphex (till_analysis_plan (&need, NOW_US), ==, always | TILL_VISION_WANT_SMILE);
  /* What is paid on is measured with the smile itself. */
  need.smile = TILL_SMILE_HOLDING;
  g_assert_cmphex (till_analysis_plan (&need, NOW_US), ==,
                   always | TILL_VISION_WANT_SMILE | TILL_VISION_WANT_EMBEDDING | TILL_VISION_WANT_LIVENESS);
  need.smile = TILL_SMILE_MADE;
  g_assert_cmphex (till_analysis_plan (&need, NOW_US), ==, always);
  /* A smile that can't count is not worth its price. */
  need.smile = TILL_SMILE_WANTED;
  need.holds = FALSE;
  g_assert_cmphex (till_analysis_plan (&need, NOW_US), ==, always);
}

static void
test_enrol (void)
{
  TillAnalysisNeed need = make_settled ();

  need.purpose = TILL_RECOGNIZER_ENROL;
  g_assert_cmphex (till_analysis_plan (&need, NOW_US), ==, always | TILL_ENROLMENT_WANTED);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/plan/nobody", test_nobody);
  g_test_add_func ("/plan/bad-face", test_bad_face);
  g_test_add_func ("/plan/gathering", test_gathering);
  g_test_add_func ("/plan/settled", test_settled);
  g_test_add_func ("/plan/recheck", test_recheck);
  g_test_add_func ("/plan/resting-face", test_resting_face);
  g_test_add_func ("/plan/prompted", test_prompted);
  g_test_add_func ("/plan/enrol", test_enrol);

  return g_test_run ();
}
