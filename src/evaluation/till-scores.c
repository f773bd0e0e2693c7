/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "evaluation/till-scores.h"

#include <math.h>
#include <string.h>

#define FIRST_ROOM 1024

/* Sorted eleven bits at a time. */
#define DIGIT_BITS 11
#define DIGITS     (1u << DIGIT_BITS)
#define PASSES     3

struct _TillScores
{
  float *values;
  gsize n;
  gsize room;
  gboolean sorted;
};

TillScores *
till_scores_new (void)
{
  return g_new0 (TillScores, 1);
}

void
till_scores_free (TillScores *self)
{
  g_free (self->values);
  g_free (self);
}

static void
make_room (TillScores *self, gsize more)
{
  gsize wanted = self->n + more;

  if (wanted <= self->room)
    return;
  self->room = MAX (MAX (self->room * 2, wanted), FIRST_ROOM);
  self->values = g_renew (float, self->values, self->room);
}

void
till_scores_add (TillScores *self, float score)
{
  g_return_if_fail (!isnan (score));

  make_room (self, 1);
  self->values[self->n++] = score;
  self->sorted = FALSE;
}

void
till_scores_take (TillScores *self, TillScores *other)
{
  if (other->n == 0)
    return;
  make_room (self, other->n);
  memcpy (self->values + self->n, other->values, other->n * sizeof (float));
  self->n += other->n;
  self->sorted = FALSE;
  g_clear_pointer (&other->values, g_free);
  other->n = other->room = 0;
}

gsize
till_scores_get_n (const TillScores *self)
{
  return self->n;
}

/* Numbers of the same order as the floats: those below zero run backwards. */
static guint32
key_of (float value)
{
  guint32 bits;

  memcpy (&bits, &value, sizeof bits);
  return bits & 0x80000000u ? ~bits : bits | 0x80000000u;
}

static void
sort_by_digit (const float *from, float *to, gsize n, guint shift)
{
  gsize places[DIGITS] = { 0 };
  gsize place = 0;

  for (gsize i = 0; i < n; i++)
    places[key_of (from[i]) >> shift & (DIGITS - 1)]++;
  for (guint digit = 0; digit < DIGITS; digit++)
    {
      gsize count = places[digit];

      places[digit] = place;
      place += count;
    }
  for (gsize i = 0; i < n; i++)
    to[places[key_of (from[i]) >> shift & (DIGITS - 1)]++] = from[i];
}

/* Comparing pairwise would take twenty million scores many seconds; three passes over their digits take less than one. */
static void
sort (TillScores *self)
{
  if (self->sorted)
    return;

  float *other = g_new (float, self->n);
  for (guint pass = 0; pass < PASSES; pass++)
    {
      float *before = self->values;

      sort_by_digit (before, other, self->n, pass * DIGIT_BITS);
      self->values = other;
      other = before;
    }
  self->room = self->n;
  self->sorted = TRUE;
  g_free (other);
}

float
till_scores_get (TillScores *self, gsize rank)
{
  g_return_val_if_fail (rank < self->n, 0);

  sort (self);
  return self->values[rank];
}

gsize
till_scores_count_from (TillScores *self, double threshold)
{
  gsize below = 0;
  gsize end = self->n;

  sort (self);
  while (below < end)
    {
      gsize middle = below + (end - below) / 2;

      if ((double) self->values[middle] < threshold)
        below = middle + 1;
      else
        end = middle;
    }
  return self->n - below;
}

double
till_scores_get_mean (const TillScores *self)
{
  double sum = 0;

  for (gsize i = 0; i < self->n; i++)
    sum += (double) self->values[i];
  return self->n == 0 ? 0 : sum / (double) self->n;
}

double
till_scores_threshold_passed_by (TillScores *self, gsize most)
{
  if (self->n <= most)
    return -INFINITY;
  return (double) nextafterf (till_scores_get (self, self->n - 1 - most), INFINITY);
}
