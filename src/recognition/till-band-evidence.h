/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "camera/till-frame.h"
#include "vision/till-vision.h"

G_BEGIN_DECLS

/* Looks that have a say at a time, how far apart, and the rows of each. */
#define TILL_BAND_EVIDENCE_WINDOW 25
#define TILL_BAND_EVIDENCE_US     (80 * 1000)
#define TILL_BAND_EVIDENCE_ROWS   32

/**
 * TillBandEvidence: whether bands of light wander down the picture on both sides of the face alike, as a screen's refresh
 * makes them.
 *
 * Looks at two upright strips beside the face, at rest in the picture: what is behind a living customer stands still.
 * Over a window the rows' own middles and each look's own light are taken away; what is left on the left and on the
 * right goes together only if both are one light's doing. A shaken camera makes a little of that; lamps that flicker
 * can make as much, so it is a reason to wait and to mend the light, never to call somebody a picture. Pure.
 */
typedef struct
{
  TillBox square; /* about which the strips stand; width 0 until the first look */
  float rows[TILL_BAND_EVIDENCE_WINDOW][2][TILL_BAND_EVIDENCE_ROWS];
  gint64 captured_us;
  guint n;
  guint next;
} TillBandEvidence;

void till_band_evidence_init (TillBandEvidence *self);

/* One frame and the customer's square in it. Frames that come too soon are left out. */
void till_band_evidence_add (TillBandEvidence *self, TillFrame *frame, const TillBox *square);

/* Grey levels squared that the strips have in common, 0 before a window is full; @alike: (out) their correlation. */
double till_band_evidence_get (const TillBandEvidence *self, double *alike);

G_END_DECLS
