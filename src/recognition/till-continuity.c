/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "recognition/till-continuity.h"

#include <math.h>
#include <string.h>

/*
 * How far a face's middle may move and its height change between two frames, as a share of its height. Seven frames a
 * second are analysed while the smile is measured; a head that sways through half its height in one of them is fast.
 */
#define MOST_SHIFT  0.6
#define MOST_GROWTH 1.6

void
till_continuity_init (TillContinuity *self, const TillOperatingPoint *point)
{
  *self = (TillContinuity){ .point = point };
}

static void
forget_first (TillContinuity *self)
{
  explicit_bzero (self->first, sizeof self->first);
  self->has_first = FALSE;
}

void
till_continuity_clear (TillContinuity *self)
{
  forget_first (self);
  self->following = FALSE;
  self->jumped = FALSE;
}

/* Shift between the middles over the height of the followed face. */
static double
get_shift (const TillBox *from, const TillBox *to)
{
  double dx = ((double) to->x + (double) to->width / 2) - ((double) from->x + (double) from->width / 2);
  double dy = ((double) to->y + (double) to->height / 2) - ((double) from->y + (double) from->height / 2);

  return hypot (dx, dy) / MAX ((double) from->height, 1);
}

static gboolean
is_near (const TillBox *from, const TillBox *to)
{
  double growth = (double) to->height / MAX ((double) from->height, 1);

  return get_shift (from, to) <= MOST_SHIFT && growth <= MOST_GROWTH && growth >= 1 / MOST_GROWTH;
}

static gboolean
find_nearest (const TillContinuity *self, const TillBox *boxes, guint n, guint *nearest)
{
  gboolean found = FALSE;
  double least = 0;

  for (guint i = 0; i < n; i++)
    {
      double shift = get_shift (&self->box, &boxes[i]);

      if (!is_near (&self->box, &boxes[i]) || (found && shift >= least))
        continue;
      found = TRUE;
      least = shift;
      *nearest = i;
    }
  return found;
}

static TillContinuityStep
begin_with (TillContinuity *self, const TillBox *box, gint64 captured_us)
{
  forget_first (self);
  self->following = TRUE;
  self->jumped = FALSE;
  self->box = *box;
  self->seen_us = captured_us;
  return TILL_CONTINUITY_NEW;
}

TillContinuityStep
till_continuity_follow (
    TillContinuity *self, const TillBox *boxes, guint n, gint64 captured_us, guint *subject)
{
  gboolean late = self->following
                  && (double) (captured_us - self->seen_us) > self->point->absent_seconds * G_USEC_PER_SEC;

  *subject = 0;
  if (n == 0)
    {
      if (!late)
        return TILL_CONTINUITY_NOBODY;
      till_continuity_clear (self);
      return TILL_CONTINUITY_GONE;
    }
  if (!self->following || late)
    return begin_with (self, &boxes[0], captured_us);
  if (find_nearest (self, boxes, n, subject))
    {
      self->jumped = FALSE;
      self->box = boxes[*subject];
      self->seen_us = captured_us;
      return TILL_CONTINUITY_SAME;
    }
  if (self->jumped)
    return begin_with (self, &boxes[0], captured_us);
  self->jumped = TRUE;
  return TILL_CONTINUITY_UNSURE;
}

gboolean
till_continuity_recognise (TillContinuity *self, const float *embedding)
{
  gboolean same
      = !self->has_first || (double) till_vision_compare (self->first, embedding) >= self->point->same_face;

  if (!self->has_first || !same)
    {
      memcpy (self->first, embedding, sizeof self->first);
      self->has_first = TRUE;
    }
  return same;
}
