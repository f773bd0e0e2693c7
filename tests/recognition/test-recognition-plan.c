/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "recognition/till-analysis-plan.h"

#define NOW_US (100 * G_USEC_PER_SEC)

#define ALWAYS                                                                                               \
  (TILL_VISION_WANT_LANDMARKS | TILL_VISION_WANT_QUALITY | TILL_VISION_WANT_EYES | TILL_VISION_LARGEST_ONLY)
#define FULL                                                                                                 \
  (ALWAYS | TILL_VISION_WANT_LIVENESS | TILL_VISION_WANT_CLOSE_LIVENESS | TILL_VISION_WANT_GRID              \
   | TILL_VISION_WANT_EMBEDDING | TILL_VISION_WANT_SMILE)

static const TillOperatingPoint point = {
  .live_score = 0.9,
  .attack_score = 0.2,
  .live_frames = 5,
  .live_seconds = 3,
  .most_grid = 12,
  .most_bands = 4,
  .band_likeness = 0.7,
};

/* Of somebody alive, last looked at @ago_us before now, each way. */
static const TillPresenceEvidence *
make_presence (gint64 ago_us)
{
  static TillPresenceEvidence presence;
  const TillFace face = { .measured = TILL_VISION_WANT_ALL, .live = 0.99f, .live_close = 0.99f, .grid = 5 };

  till_presence_evidence_init (&presence, &point);
  for (gint64 i = 9; i >= 0; i--)
    till_presence_evidence_add (&presence, &face, NOW_US - ago_us - i * 40 * 1000);
  return &presence;
}

static const TillPresenceEvidence *
make_unseen (void)
{
  static TillPresenceEvidence presence;

  till_presence_evidence_init (&presence, &point);
  return &presence;
}

/* Everything is known of a customer who was identified and waits. */
static TillAnalysisNeed
make_settled (void)
{
  TillAnalysisNeed need = {
    .purpose = TILL_RECOGNIZER_PAY,
    .captured_us = NOW_US - 40 * 1000,
    .face = TRUE,
    .followable = TRUE,
    .detected_us = NOW_US - 40 * 1000,
    .good_us = NOW_US - 40 * 1000,
    .fit = TRUE,
    .identity = TILL_EVIDENCE_FOR,
    .sought = TRUE,
    .enough = TRUE,
    .holds = TRUE,
    .smile = TILL_SMILE_IDLE,
    .presence = make_presence (40 * 1000),
    .embedding_us = NOW_US - 40 * 1000,
  };

  return need;
}

static TillAnalysisPlan
plan (const TillAnalysisNeed *need)
{
  TillAnalysisPlan made;

  till_analysis_plan_make (&made, need, NOW_US);
  return made;
}

static void
assert_wanted (const TillAnalysisNeed *need, guint wanted)
{
  g_assert_cmphex (plan (need).wanted, ==, wanted);
}

static void
test_nobody (void)
{
  TillAnalysisNeed need = { .purpose = TILL_RECOGNIZER_PAY, .presence = make_unseen () };

  /* Whoever comes is measured in the first frame they are in. */
  assert_wanted (&need,
                 ALWAYS | TILL_VISION_WANT_LIVENESS | TILL_VISION_WANT_GRID | TILL_VISION_WANT_EMBEDDING);
  g_assert_false (plan (&need).follow);
  g_assert_false (plan (&need).skip);
  /* An empty place is not watched as closely as a face. */
  need.captured_us = NOW_US - TILL_ANALYSIS_PLAN_NOBODY_US + 1;
  g_assert_true (plan (&need).skip);
  need.captured_us--;
  g_assert_false (plan (&need).skip);
}

/* A camera of sixty frames a second. */
static void
test_pace (void)
{
  TillAnalysisNeed need = make_settled ();

  g_assert_false (plan (&need).skip);
  need.captured_us = NOW_US - G_USEC_PER_SEC / 60;
  g_assert_true (plan (&need).skip);
  need.captured_us = NOW_US - G_USEC_PER_SEC / 30;
  g_assert_false (plan (&need).skip);
}

static void
test_follow (void)
{
  TillAnalysisNeed need = make_settled ();

  g_assert_true (plan (&need).follow);
  need.detected_us = NOW_US - TILL_ANALYSIS_PLAN_DETECT_US;
  g_assert_false (plan (&need).follow);

  need = make_settled ();
  need.followable = FALSE;
  g_assert_false (plan (&need).follow);

  need = make_settled ();
  need.doubtful = TRUE;
  g_assert_false (plan (&need).follow);

  /* That nobody else is there must be true of what is paid on. */
  need = make_settled ();
  need.smile = TILL_SMILE_WANTED;
  g_assert_true (plan (&need).follow);
  need.smile = TILL_SMILE_HOLDING;
  g_assert_false (plan (&need).follow);

  need = make_settled ();
  need.purpose = TILL_RECOGNIZER_ENROL;
  g_assert_false (plan (&need).follow);
}

static void
test_bad_face (void)
{
  TillAnalysisNeed far = { .purpose = TILL_RECOGNIZER_PAY, .face = TRUE };
  TillAnalysisNeed turned = {
    .purpose = TILL_RECOGNIZER_PAY,
    .face = TRUE,
    .good_us = NOW_US - 300 * 1000,
    .presence = make_unseen (),
  };

  assert_wanted (&far, ALWAYS);
  g_assert_cmphex (plan (&turned).wanted & TILL_VISION_WANT_EMBEDDING, !=, 0);
  turned.good_us = NOW_US - 600 * 1000;
  assert_wanted (&turned, ALWAYS);
}

static void
test_gathering (void)
{
  TillAnalysisNeed need = make_settled ();

  need.identity = TILL_EVIDENCE_OPEN;
  assert_wanted (&need, ALWAYS | TILL_VISION_WANT_EMBEDDING);
  need.presence = make_unseen ();
  assert_wanted (&need,
                 ALWAYS | TILL_VISION_WANT_EMBEDDING | TILL_VISION_WANT_LIVENESS | TILL_VISION_WANT_GRID);
  /* Nobody they seek: there is time. */
  need = make_settled ();
  need.identity = TILL_EVIDENCE_AGAINST;
  assert_wanted (&need, ALWAYS);
  need.embedding_us = NOW_US - TILL_ANALYSIS_PLAN_RECHECK_US;
  assert_wanted (&need, ALWAYS | TILL_VISION_WANT_EMBEDDING);
}

/* Better frames are waited for, but not long. */
static void
test_best_frames (void)
{
  TillAnalysisNeed need = make_settled ();

  need.identity = TILL_EVIDENCE_OPEN;
  need.fit = FALSE;
  assert_wanted (&need, ALWAYS);
  need.embedding_us = NOW_US - TILL_ANALYSIS_PLAN_FIT_US;
  assert_wanted (&need, ALWAYS | TILL_VISION_WANT_EMBEDDING);
}

static void
test_settled (void)
{
  TillAnalysisNeed need = make_settled ();

  assert_wanted (&need, ALWAYS);
  /* No digits yet. */
  need.identity = TILL_EVIDENCE_OPEN;
  need.sought = FALSE;
  assert_wanted (&need, ALWAYS);
  need.enough = FALSE;
  assert_wanted (&need, ALWAYS | TILL_VISION_WANT_EMBEDDING);
}

static void
test_recheck (void)
{
  TillAnalysisNeed need = make_settled ();

  need.embedding_us = NOW_US - TILL_ANALYSIS_PLAN_RECHECK_US;
  need.presence = make_presence (TILL_ANALYSIS_PLAN_RECHECK_US);
  assert_wanted (&need,
                 ALWAYS | TILL_VISION_WANT_EMBEDDING | TILL_VISION_WANT_LIVENESS | TILL_VISION_WANT_GRID);
}

static void
test_judged (void)
{
  TillAnalysisNeed need = make_settled ();

  need.smile = TILL_SMILE_RELAX;
  assert_wanted (&need, ALWAYS);
  need.judge = TRUE;
  assert_wanted (&need, ALWAYS | TILL_VISION_WANT_SMILE);
  /* What is paid on is measured with the smile itself. */
  need.smile = TILL_SMILE_HOLDING;
  assert_wanted (&need, FULL);
  need.judge = FALSE;
  assert_wanted (&need, ALWAYS);
  /* A smile that can't count is not worth its price. */
  need.judge = TRUE;
  need.holds = FALSE;
  assert_wanted (&need, ALWAYS);
}

static void
test_enrol (void)
{
  TillAnalysisNeed need = make_settled ();

  need.purpose = TILL_RECOGNIZER_ENROL;
  assert_wanted (&need,
                 ALWAYS | TILL_ENROLMENT_WANTED | TILL_VISION_WANT_CLOSE_LIVENESS | TILL_VISION_WANT_GRID);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/plan/nobody", test_nobody);
  g_test_add_func ("/plan/pace", test_pace);
  g_test_add_func ("/plan/follow", test_follow);
  g_test_add_func ("/plan/bad-face", test_bad_face);
  g_test_add_func ("/plan/gathering", test_gathering);
  g_test_add_func ("/plan/best-frames", test_best_frames);
  g_test_add_func ("/plan/settled", test_settled);
  g_test_add_func ("/plan/recheck", test_recheck);
  g_test_add_func ("/plan/judged", test_judged);
  g_test_add_func ("/plan/enrol", test_enrol);

  return g_test_run ();
}
