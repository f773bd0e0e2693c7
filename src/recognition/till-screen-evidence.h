/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "recognition/till-operating-point.h"
#include "recognition/till-sighting.h"

G_BEGIN_DECLS

/* Frames that have a say at a time, and how many of them are enough. */
#define TILL_SCREEN_EVIDENCE_WINDOW 7
#define TILL_SCREEN_EVIDENCE_LEAST  3

/**
 * TillScreenEvidence: whether the face has the period of a screen or of print in it.
 *
 * The middle of the last few frames decides, because a shirt, a codec's blocks or a lamp's flicker can give a single one.
 * FOR: no such period; AGAINST: a whole window's middle is above most_grid. Without enough frames, or with only a few above it,
 * OPEN. A good screen shows no period through a soft lens, so this is only ever one piece of several. Pure.
 */
typedef struct
{
  const TillOperatingPoint *point; /* borrowed */
  double grids[TILL_SCREEN_EVIDENCE_WINDOW];
  guint n;
  guint next;
} TillScreenEvidence;

void till_screen_evidence_init (TillScreenEvidence *self, const TillOperatingPoint *point);

/* @grid: as in TillFace. */
void till_screen_evidence_add (TillScreenEvidence *self, double grid);

TillEvidence till_screen_evidence_get (const TillScreenEvidence *self);

/* The middle one of the last frames, 0 without any. */
double till_screen_evidence_get_grid (const TillScreenEvidence *self);

G_END_DECLS
