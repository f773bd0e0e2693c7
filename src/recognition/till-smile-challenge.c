/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "recognition/till-smile-challenge.h"

#include <stdlib.h>

/* Fewest frames a resting face is known by, and how far above their middle one is still the same face at rest. */
#define LEAST_RESTING 3
#define RESTING_SWAY  0.1

/* One frame neutral or smiling is no evidence, however long ago the one before it was. */
#define LEAST_FRAMES 2

void
till_smile_challenge_init (TillSmileChallenge *self, const TillOperatingPoint *point)
{
  *self = (TillSmileChallenge){ .point = point, .state = TILL_SMILE_IDLE };
}

static void
forget_neutral (TillSmileChallenge *self)
{
  self->neutral_us = 0;
  self->neutral_frames = 0;
  self->neutral_sum = 0;
}

static void
await_next (TillSmileChallenge *self)
{
  self->state = TILL_SMILE_RELAX;
  self->smile_us = 0;
  self->level = 0;
  forget_neutral (self);
}

void
till_smile_challenge_prompt (TillSmileChallenge *self, guint smiles, gint64 prompted_us)
{
  self->prompted_us = prompted_us;
  self->wanted = CLAMP (smiles, 1, TILL_SMILE_CHALLENGE_MOST);
  self->made = 0;
  self->seen_us = 0;
  await_next (self);
}

void
till_smile_challenge_restart (TillSmileChallenge *self)
{
  self->n_resting = 0;
  self->next_resting = 0;
  if (self->state != TILL_SMILE_IDLE)
    till_smile_challenge_prompt (self, self->wanted, self->prompted_us);
}

static int
compare_doubles (gconstpointer a, gconstpointer b)
{
  double x = *(const double *) a;
  double y = *(const double *) b;

  return (x > y) - (x < y);
}

static double
get_resting_middle (const TillSmileChallenge *self)
{
  double sorted[TILL_SMILE_CHALLENGE_RESTING];

  for (guint i = 0; i < self->n_resting; i++)
    sorted[i] = self->resting[i];
  qsort (sorted, self->n_resting, sizeof sorted[0], compare_doubles);
  return sorted[self->n_resting / 2];
}

static double
get_most_neutral (const TillSmileChallenge *self)
{
  const TillOperatingPoint *point = self->point;
  double ceiling = MAX (point->neutral_smile, point->smile_score - point->smile_rise);

  if (self->n_resting < LEAST_RESTING)
    return point->neutral_smile;
  return CLAMP (get_resting_middle (self) + RESTING_SWAY, point->neutral_smile, ceiling);
}

static double
get_neutral (const TillSmileChallenge *self)
{
  return self->neutral_frames == 0 ? 0 : self->neutral_sum / self->neutral_frames;
}

static double
get_needed (const TillSmileChallenge *self)
{
  return MAX (self->point->smile_score, get_neutral (self) + self->point->smile_rise);
}

static gboolean
lasted (gint64 since_us, gint64 now_us, double seconds)
{
  return (double) (now_us - since_us) >= seconds * G_USEC_PER_SEC;
}

static void
add_resting (TillSmileChallenge *self, double smile)
{
  self->resting[self->next_resting] = smile;
  self->next_resting = (self->next_resting + 1) % TILL_SMILE_CHALLENGE_RESTING;
  self->n_resting = MIN (self->n_resting + 1, TILL_SMILE_CHALLENGE_RESTING);
}

static void
add_neutral (TillSmileChallenge *self, double smile, gint64 captured_us)
{
  if (self->neutral_us == 0)
    self->neutral_us = captured_us;
  self->neutral_frames++;
  self->neutral_sum += smile;
}

static void
wait_for_neutral (TillSmileChallenge *self, double smile, gint64 captured_us)
{
  if (smile > get_most_neutral (self))
    {
      forget_neutral (self);
      return;
    }
  add_neutral (self, smile, captured_us);
  if (self->neutral_frames >= LEAST_FRAMES
      && lasted (self->neutral_us, captured_us, self->point->neutral_seconds))
    self->state = TILL_SMILE_WANTED;
}

static void
wait_for_smile (TillSmileChallenge *self, double smile, gint64 captured_us)
{
  if (smile < get_needed (self))
    {
      self->smile_us = 0;
      self->state = TILL_SMILE_WANTED;
      if (smile <= get_most_neutral (self))
        add_neutral (self, smile, captured_us);
      return;
    }
  if (self->state == TILL_SMILE_WANTED)
    {
      self->state = TILL_SMILE_HOLDING;
      self->smile_us = captured_us;
    }
  else if (lasted (self->smile_us, captured_us, self->point->smile_seconds))
    {
      self->made++;
      self->seen_us = captured_us;
      if (self->made < self->wanted)
        await_next (self);
      else
        self->state = TILL_SMILE_MADE;
    }
}

static void
update_level (TillSmileChallenge *self, double smile)
{
  double neutral = get_neutral (self);

  if (self->state == TILL_SMILE_MADE)
    self->level = 1;
  else if (self->state == TILL_SMILE_WANTED || self->state == TILL_SMILE_HOLDING)
    self->level = CLAMP ((smile - neutral) / (get_needed (self) - neutral), 0, 1);
  else
    self->level = 0;
}

void
till_smile_challenge_interrupt (TillSmileChallenge *self)
{
  if (self->state == TILL_SMILE_MADE)
    return;
  self->smile_us = 0;
  self->level = 0;
  if (self->state == TILL_SMILE_RELAX)
    forget_neutral (self);
  else if (self->state == TILL_SMILE_HOLDING)
    self->state = TILL_SMILE_WANTED;
}

void
till_smile_challenge_add (TillSmileChallenge *self, double smile, gboolean holds, gint64 captured_us)
{
  if (self->state == TILL_SMILE_MADE)
    return;
  if (self->state == TILL_SMILE_IDLE || captured_us <= self->prompted_us)
    {
      add_resting (self, smile);
      return;
    }

  if (!holds || captured_us - self->last_us > TILL_SMILE_CHALLENGE_GAP_US)
    till_smile_challenge_interrupt (self);
  self->last_us = captured_us;
  if (!holds)
    return;
  if (self->state == TILL_SMILE_RELAX)
    wait_for_neutral (self, smile, captured_us);
  else
    wait_for_smile (self, smile, captured_us);
  update_level (self, smile);
}

TillSmileState
till_smile_challenge_get_state (const TillSmileChallenge *self)
{
  return self->state;
}

guint
till_smile_challenge_get_made (const TillSmileChallenge *self)
{
  return self->made;
}

guint
till_smile_challenge_get_wanted (const TillSmileChallenge *self)
{
  return self->wanted;
}

double
till_smile_challenge_get_level (const TillSmileChallenge *self)
{
  return self->level;
}

gint64
till_smile_challenge_get_seen_us (const TillSmileChallenge *self)
{
  return self->seen_us;
}
