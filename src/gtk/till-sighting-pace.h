/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "recognition/till-sighting.h"

G_BEGIN_DECLS

/**
 * TillSightingPace: how quickly frames come and are looked at, over the newest second of the sightings it was shown. A
 * plain value: start with a zeroed one.
 */

#define TILL_SIGHTING_PACE_LENGTH 64

typedef struct
{
  struct
  {
    guint64 frame;
    gint64 captured_us;
  } seen[TILL_SIGHTING_PACE_LENGTH];
  guint serial; /* of the session they are of */
  guint n;      /* how many were shown altogether */
} TillSightingPace;

/* One of another session starts anew; one that was shown already is not counted twice. */
void till_sighting_pace_add (TillSightingPace *self, const TillSighting *sighting);

/* Frames the camera took a second, and sightings that came of them; 0 before two have been shown. */
double till_sighting_pace_get_camera (const TillSightingPace *self);
double till_sighting_pace_get_looked (const TillSightingPace *self);

G_END_DECLS
