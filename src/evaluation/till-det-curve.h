/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "evaluation/till-error-table.h"

G_BEGIN_DECLS

/* Most lines in one drawing. */
#define TILL_DET_CURVE_LINES 3

/* One line of a drawing. */
typedef struct
{
  const char *name;
  TillScores *genuine;
  TillScores *impostor;
  const TillErrorRow *operating; /* where the till stands on it */
} TillDetLine;

/* What the axes are called in words of the suite. */
typedef struct
{
  const char *title;
  const char *fmr;  /* along the bottom */
  const char *fnmr; /* along the side */
} TillDetLabels;

/**
 * A DET curve as one SVG (transfer full): false matches along the bottom, false non-matches along the side, both on the
 * scale of normal deviates, which spreads small rates. Each line ends where its comparisons are too few to tell a rate
 * from zero. The till's operating point is marked, with its bounds; where nothing failed, its mark is an arrow at the
 * bound. Needs no fonts, scripts or files of its own.
 */
char *till_det_curve_draw (const TillDetLabels *labels, const TillDetLine *lines, guint n_lines);

G_END_DECLS
