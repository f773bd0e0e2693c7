/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "recognition/till-smile-growth.h"

/* Where growing begins and ends, as shares of the whole: noise below, the slow last part above. */
#define BEGUN 0.2
#define GROWN 0.8

/*
 * Most of the whole that may be new in one frame: growing in steps is growing, but one step is a swap. Smiles of
 * franck.webm take steps of 0.41 at most down to 8 frames a second; swaps of photographs 0.52 and more.
 */
#define MOST_STEP 0.48

void
till_smile_growth_init (TillSmileGrowth *self)
{
  self->n = 0;
  self->next = 0;
}

void
till_smile_growth_add (TillSmileGrowth *self, double rise, gint64 captured_us)
{
  self->rises[self->next] = (TillSmileRise){ captured_us, rise };
  self->next = (self->next + 1) % TILL_SMILE_GROWTH_KEPT;
  self->n = MIN (self->n + 1, TILL_SMILE_GROWTH_KEPT);
}

/* The @index oldest. */
static const TillSmileRise *
get_rise (const TillSmileGrowth *self, guint index)
{
  return &self->rises[(self->next + TILL_SMILE_GROWTH_KEPT - self->n + index) % TILL_SMILE_GROWTH_KEPT];
}

/* Index of the newest frame up to @level before @end, -1 if none is kept. */
static int
find_last_below (const TillSmileGrowth *self, double level, guint end)
{
  int found = -1;

  for (guint i = 0; i < end; i++)
    if (get_rise (self, i)->rise <= level)
      found = (int) i;
  return found;
}

gint64
till_smile_growth_get_onset_us (const TillSmileGrowth *self, double full)
{
  int onset = find_last_below (self, BEGUN * full, self->n);

  return onset < 0 ? 0 : get_rise (self, (guint) onset)->captured_us;
}

double
till_smile_growth_get_at (const TillSmileGrowth *self, gint64 time_us)
{
  double rise = self->n == 0 ? 0 : get_rise (self, 0)->rise;

  for (guint i = 0; i < self->n; i++)
    if (get_rise (self, i)->captured_us <= time_us)
      rise = get_rise (self, i)->rise;
  return rise;
}

double
till_smile_growth_get_most (const TillSmileGrowth *self, gint64 since_us)
{
  double most = 0;

  for (guint i = 0; i < self->n; i++)
    if (get_rise (self, i)->captured_us >= since_us)
      most = MAX (most, get_rise (self, i)->rise);
  return most;
}

TillEvidence
till_smile_growth_judge (const TillSmileGrowth *self, double full, gint64 least_us)
{
  int last_below = find_last_below (self, BEGUN * full, self->n);
  guint begun = last_below < 0 ? 0 : (guint) last_below;
  guint grown = begun;

  while (grown < self->n && get_rise (self, grown)->rise < GROWN * full)
    grown++;
  if (grown == self->n || full <= 0)
    return TILL_EVIDENCE_OPEN;
  if (last_below < 0 || get_rise (self, grown)->captured_us - get_rise (self, begun)->captured_us < least_us)
    return TILL_EVIDENCE_AGAINST;
  for (guint i = begun + 1; i <= grown; i++)
    if (get_rise (self, i)->rise - get_rise (self, i - 1)->rise > MOST_STEP * full)
      return TILL_EVIDENCE_AGAINST;
  return TILL_EVIDENCE_FOR;
}
