/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "evaluation/till-class-suite.h"

static double
smile_score (const TillFace *face)
{
  return (double) face->smile;
}

static double
smile_threshold (const TillOperatingPoint *point)
{
  return point->smile_score;
}

/* A sleeper has both eyes shut, so the eye that is further open speaks. */
static double
eyes_score (const TillFace *face)
{
  return 1 - (double) MIN (face->eyes_closed[0], face->eyes_closed[1]);
}

static double
eyes_threshold (const TillOperatingPoint *point)
{
  return 1 - point->eyes_closed;
}

/* Both looks must find life, so the one that doubts more speaks. */
static double
liveness_score (const TillFace *face)
{
  return (double) MIN (face->live, face->live_close);
}

static double
liveness_threshold (const TillOperatingPoint *point)
{
  return point->live_score;
}

static const TillClassSuite suites[] = {
  { "smile", "smiling", "not smiling", "false_smile_rate", "missed_smile_rate", TILL_VISION_WANT_SMILE,
    smile_score, smile_threshold, FALSE },
  { "eyes", "eyes open", "eyes closed", "missed_sleeper_rate", "false_sleeper_rate", TILL_VISION_WANT_EYES,
    eyes_score, eyes_threshold, FALSE },
  { "liveness", "live", "attack", "apcer", "bpcer",
    TILL_VISION_WANT_LIVENESS | TILL_VISION_WANT_CLOSE_LIVENESS | TILL_VISION_WANT_GRID, liveness_score,
    liveness_threshold, TRUE },
};

const TillClassSuite *
till_class_suite_find (const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (suites); i++)
    if (g_str_equal (suites[i].name, name))
      return &suites[i];
  return NULL;
}
