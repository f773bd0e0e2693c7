/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "recognition/till-operating-point.h"
#include "recognition/till-sighting.h"

G_BEGIN_DECLS

/* What the gate needs of a face. */
#define TILL_QUALITY_GATE_WANTED (TILL_VISION_WANT_LANDMARKS | TILL_VISION_WANT_QUALITY)

/**
 * Whether the networks can be believed about @face, in a frame @frame_height pixels high: %TILL_HINT_NONE if so, else
 * what the customer should mend first (closer, back, light, still, face the camera).
 *
 * Light comes before stillness, since the dark blurs, and stillness before pose, which blur spoils.
 */
TillHint till_quality_gate_judge (const TillOperatingPoint *point, const TillFace *face, int frame_height);

/* For choosing among frames of one face: the sharper and the less turned, the higher. */
double till_quality_gate_rank (const TillFace *face);

G_END_DECLS
