/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "evaluation/till-scores.h"

G_BEGIN_DECLS

/* Both error rates at one threshold. */
typedef struct
{
  double threshold;
  double fmr;
  double fnmr;
} TillDetPoint;

/*
 * (element-type TillDetPoint): the corners of a DET curve, from high thresholds to low ones, neither rate being zero:
 * every step where there are few scores, otherwise steps of a few per cent of each rate (transfer full).
 */
GArray *till_det_points_new (TillScores *genuine, TillScores *impostor) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
