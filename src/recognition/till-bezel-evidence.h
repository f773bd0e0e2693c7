/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "camera/till-frame.h"
#include "vision/till-vision.h"

G_BEGIN_DECLS

/* Looks that have a say at a time, and how far apart. */
#define TILL_BEZEL_EVIDENCE_WINDOW 5
#define TILL_BEZEL_EVIDENCE_US     (240 * 1000)

/**
 * TillBezelEvidence: whether a dark straight bar stands beside the face, above or below it, as the frame of a screen does.
 *
 * Searches, on each side of the face, for a line one and a half faces long, a little tilted or not, that is dark along
 * most of its length while the picture a little to either side of it is lighter along as much: hands may cover a part
 * of it. The middle of a few looks counts. A dark post behind the customer looks the same, so it is a reason to wait and
 * never to call somebody a picture. Pure.
 */
typedef struct
{
  double contrasts[TILL_BEZEL_EVIDENCE_WINDOW];
  gint64 captured_us;
  guint n;
  guint next;
} TillBezelEvidence;

void till_bezel_evidence_init (TillBezelEvidence *self);

/* One frame and the customer's square in it. Frames that come too soon are left out. */
void till_bezel_evidence_add (TillBezelEvidence *self, TillFrame *frame, const TillBox *square);

/* Grey levels the bar stands out from both its sides in the middle one of the looks, 0 for no bar. */
double till_bezel_evidence_get (const TillBezelEvidence *self);

G_END_DECLS
