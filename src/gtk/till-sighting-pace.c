/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gtk/till-sighting-pace.h"

/* The newest this much counts. */
#define SPAN_US G_USEC_PER_SEC

void
till_sighting_pace_add (TillSightingPace *self, const TillSighting *sighting)
{
  if (self->serial != sighting->serial)
    *self = (TillSightingPace){ .serial = sighting->serial };
  if (self->n > 0 && self->seen[(self->n - 1) % TILL_SIGHTING_PACE_LENGTH].frame == sighting->frame)
    return;
  self->seen[self->n % TILL_SIGHTING_PACE_LENGTH].frame = sighting->frame;
  self->seen[self->n % TILL_SIGHTING_PACE_LENGTH].captured_us = sighting->captured_us;
  self->n++;
}

/* Events a second between the newest sighting and the oldest within the span. */
static double
get_rate (const TillSightingPace *self, gboolean camera)
{
  guint kept = MIN (self->n, TILL_SIGHTING_PACE_LENGTH);

  if (kept < 2)
    return 0;

  guint newest = (self->n - 1) % TILL_SIGHTING_PACE_LENGTH;
  guint oldest = newest;
  guint steps = 0;
  while (steps + 1 < kept)
    {
      guint before = (oldest + TILL_SIGHTING_PACE_LENGTH - 1) % TILL_SIGHTING_PACE_LENGTH;

      if (self->seen[newest].captured_us - self->seen[before].captured_us > SPAN_US)
        break;
      oldest = before;
      steps++;
    }

  gint64 span = self->seen[newest].captured_us - self->seen[oldest].captured_us;
  guint64 frames = self->seen[newest].frame - self->seen[oldest].frame;
  return span > 0 ? (camera ? (double) frames : (double) steps) * G_USEC_PER_SEC / (double) span : 0;
}

double
till_sighting_pace_get_camera (const TillSightingPace *self)
{
  return get_rate (self, TRUE);
}

double
till_sighting_pace_get_looked (const TillSightingPace *self)
{
  return get_rate (self, FALSE);
}
