/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "recognition/till-evidence-bars.h"

#include <math.h>

/* Where a threshold that is no share of anything is drawn: the bar is full at this many times the threshold. */
#define ROOM 2.0
/* Margins and sharpness reach further above their thresholds. */
#define WIDE_ROOM 4.0

#define BRIGHTEST 255.0

static double
get_most_raw (double threshold, double room)
{
  return threshold > 0 ? room * threshold : 1;
}

void
till_evidence_bars_init (TillEvidenceBar *bars, const TillOperatingPoint *point)
{
  till_evidence_bar_init (&bars[TILL_EVIDENCE_BAR_ALONE], point->second_face, FALSE, 1);
  till_evidence_bar_init (&bars[TILL_EVIDENCE_BAR_SIZE], point->least_square, TRUE,
                          get_most_raw (point->least_square, ROOM));
  till_evidence_bar_init (&bars[TILL_EVIDENCE_BAR_SHARPNESS], point->least_sharpness, TRUE,
                          get_most_raw (point->least_sharpness, WIDE_ROOM));
  till_evidence_bar_init (&bars[TILL_EVIDENCE_BAR_LIGHT], 1, TRUE, ROOM);
  till_evidence_bar_init (&bars[TILL_EVIDENCE_BAR_POSE], 1, FALSE, ROOM);
  till_evidence_bar_init (&bars[TILL_EVIDENCE_BAR_LIVE], point->live_score, TRUE, 1);
  till_evidence_bar_init (&bars[TILL_EVIDENCE_BAR_EYES], point->eyes_closed, FALSE, 1);
  till_evidence_bar_init (&bars[TILL_EVIDENCE_BAR_IDENTITY], till_operating_point_identity_score (point, 1),
                          TRUE, 1);
  till_evidence_bar_init (&bars[TILL_EVIDENCE_BAR_MARGIN], point->identity_margin, TRUE,
                          get_most_raw (point->identity_margin, WIDE_ROOM));
  till_evidence_bar_init (&bars[TILL_EVIDENCE_BAR_SMILE], 1, TRUE, 1);
}

static double
get_share (double value, double limit)
{
  return limit > 0 ? value / limit : (value > 0 ? G_MAXDOUBLE : 0);
}

/* The least of them, each 1 at its limit. */
static double
get_light (const TillOperatingPoint *point, const TillFaceQuality *quality)
{
  double enough = get_share ((double) quality->brightness, point->least_brightness);
  double headroom = get_share (BRIGHTEST - (double) quality->brightness, BRIGHTEST - point->most_brightness);
  double contrast = get_share ((double) quality->contrast, point->least_contrast);
  double even = get_share (1 - (double) quality->side_light, 1 - point->most_side_light);
  double unclipped = get_share (1 - (double) quality->clipped, 1 - point->most_clipped);

  return MIN (MIN (MIN (enough, headroom), MIN (contrast, even)), unclipped);
}

static double
get_pose (const TillOperatingPoint *point, const TillFace *face)
{
  double yaw = get_share (fabs ((double) face->pose.yaw), point->most_yaw);
  double pitch = get_share (fabs ((double) face->pose.pitch), point->most_pitch);
  double roll = get_share (fabs ((double) face->pose.roll), point->most_roll);

  return MAX (yaw, MAX (pitch, roll));
}

static void
measure_frame (TillEvidenceBar *bar, double raw)
{
  till_evidence_bar_measure (bar, raw, till_evidence_bar_judge (bar, raw));
}

void
till_evidence_bars_measure_quality (TillEvidenceBar *bars,
                                    const TillOperatingPoint *point,
                                    const TillFace *face)
{
  measure_frame (&bars[TILL_EVIDENCE_BAR_SIZE], (double) face->quality.size);
  measure_frame (&bars[TILL_EVIDENCE_BAR_SHARPNESS], (double) face->quality.sharpness);
  measure_frame (&bars[TILL_EVIDENCE_BAR_LIGHT], get_light (point, &face->quality));
  measure_frame (&bars[TILL_EVIDENCE_BAR_POSE], get_pose (point, face));
}
