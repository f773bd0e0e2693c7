/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "recognition/till-operating-point.h"
#include "recognition/till-sighting.h"

G_BEGIN_DECLS

/**
 * TillSteadyHint: the hint on the screen, which changes slowly enough to be read although every frame has its own.
 *
 * A new hint must be wanted by every frame for a settling time before it is shown, and one shown stays at least
 * hint_seconds. Frames that disagree with the hint shown and with each other don't keep it for ever: after twice
 * hint_seconds without a frame for it, the newest wins. Pure; time is the frames' own.
 */
typedef struct
{
  gint64 settle_us;
  gint64 stay_us;
  TillHint shown;
  gint64 shown_us;  /* since when, 0 for never */
  TillHint wanted;  /* by the newest frames */
  gint64 wanted_us; /* since when */
  gint64 agreed_us; /* newest frame that wanted what is shown */
} TillSteadyHint;

void till_steady_hint_init (TillSteadyHint *self, const TillOperatingPoint *point);

/* One frame's own hint. */
void till_steady_hint_add (TillSteadyHint *self, TillHint hint, gint64 captured_us);

TillHint till_steady_hint_get (const TillSteadyHint *self);

G_END_DECLS
