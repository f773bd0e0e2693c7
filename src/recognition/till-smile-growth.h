/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "recognition/till-evidence.h"

G_BEGIN_DECLS

/* Frames kept: five seconds of them, longer than a smile takes to grow and to be held. */
#define TILL_SMILE_GROWTH_KEPT 128

typedef struct
{
  gint64 captured_us;
  double rise;
} TillSmileRise;

/**
 * TillSmileGrowth: that a smile grew on the face it is on.
 *
 * A mouth takes its time to widen and passes through everything between. A photograph of a smile that takes the place of
 * one without is there from one frame to the next, or behind something for a while. So the way from a fifth to four
 * fifths of the smile must have been seen to take some time, and not to have happened between two frames. Pure; time
 * is the frames' own.
 */
typedef struct
{
  TillSmileRise rises[TILL_SMILE_GROWTH_KEPT];
  guint n;
  guint next;
} TillSmileGrowth;

void till_smile_growth_init (TillSmileGrowth *self);

/* One frame: @rise of the mouth above the neutral one, in any unit. */
void till_smile_growth_add (TillSmileGrowth *self, double rise, gint64 captured_us);

/* Capture time of the newest frame up to a fifth of @full, 0 if none is kept. */
gint64 till_smile_growth_get_onset_us (const TillSmileGrowth *self, double full);

/* The rise at @time_us: of the newest frame up to then, of the oldest if it is newer, 0 without any. */
double till_smile_growth_get_at (const TillSmileGrowth *self, gint64 time_us);

/* The largest rise of the frames since @since_us, 0 without any. */
double till_smile_growth_get_most (const TillSmileGrowth *self, gint64 since_us);

/*
 * FOR: the smile was seen to grow to @full in @least_us or longer, through frames between. AGAINST: it was not. OPEN:
 * nothing of that size was seen.
 */
TillEvidence till_smile_growth_judge (const TillSmileGrowth *self, double full, gint64 least_us);

G_END_DECLS
