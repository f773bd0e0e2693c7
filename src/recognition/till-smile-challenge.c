/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "recognition/till-smile-challenge.h"

#include <math.h>

/* One frame neutral is no evidence, however long ago the one before it was. */
#define LEAST_NEUTRAL 2

/* A smile that fell to this share of what is needed is over; less would let it flicker. */
#define FALLEN 0.6

/* Until the network agrees the meter stays short of full. */
#define UNCONFIRMED 0.9

/* Share of a smile up to which a mouth is at rest. */
#define AT_REST 0.4

/* While a mouth still widens by more than this share of a smile within so long, its top is yet to come. */
#define STILL_RISING 0.25
#define TOP_US       (100 * 1000)
#define LATEST_US    (400 * 1000)

/* How often the network looks again at a face that it did not take for neutral, or for smiling. */
#define RELAX_AGAIN_US (400 * 1000)
#define SMILE_AGAIN_US (250 * 1000)

/* Steps between frames this far apart are not judged: the head had time to turn. */
#define STEP_US (90 * 1000)

void
till_smile_challenge_init (TillSmileChallenge *self,
                           const TillOperatingPoint *point,
                           TillRandomDelay draw,
                           gpointer draw_data)
{
  *self = (TillSmileChallenge){
    .point = point,
    .draw = draw,
    .draw_data = draw_data,
    .state = TILL_SMILE_IDLE,
  };
  till_smile_gauge_init (&self->gauge, point->smile_widening);
}

static void
forget_neutral (TillSmileChallenge *self)
{
  self->neutral_us = 0;
  self->neutral_frames = 0;
  self->neutral_sum = 0;
}

/* Back to the neutral face, for this smile or the next. */
static void
start_over (TillSmileChallenge *self)
{
  self->state = TILL_SMILE_RELAX;
  self->resting_us = 0;
  self->due_us = 0;
  self->wanted_us = 0;
  self->risen_us = 0;
  self->smile_us = 0;
  self->judged_us = 0;
  self->rise = 0;
  forget_neutral (self);
  till_smile_gauge_reset (&self->gauge);
  till_smile_growth_init (&self->growth);
}

void
till_smile_challenge_prompt (TillSmileChallenge *self, guint smiles, gint64 prompted_us)
{
  self->prompted_us = prompted_us;
  self->wanted = CLAMP (smiles, 1, TILL_SMILE_CHALLENGE_MOST);
  self->made = 0;
  self->seen_us = 0;
  self->last_us = 0;
  self->last_known_us = 0;
  start_over (self);
}

void
till_smile_challenge_restart (TillSmileChallenge *self)
{
  if (self->state != TILL_SMILE_IDLE)
    till_smile_challenge_prompt (self, self->wanted, self->prompted_us);
}

static double
get_log_odds (double probability)
{
  const double surest = 1 - 1e-6;
  double clamped = CLAMP (probability, 1 - surest, surest);

  return log (clamped / (1 - clamped));
}

static double
get_needed (const TillSmileChallenge *self)
{
  double neutral = self->neutral_frames == 0 ? 0 : self->neutral_sum / self->neutral_frames;

  return MAX (get_log_odds (self->point->smile_score), neutral + self->point->smile_log_odds);
}

static gboolean
lasted (gint64 since_us, gint64 now_us, double seconds)
{
  return (double) (now_us - since_us) >= seconds * G_USEC_PER_SEC;
}

static gint64
to_us (double seconds)
{
  return (gint64) (seconds * G_USEC_PER_SEC);
}

/* A face that stays as it is, and does not beam, is at rest even if the network sees half a smile in it. */
static gboolean
is_neutral (TillSmileChallenge *self, const TillSmileFrame *frame)
{
  if (frame->happy <= self->point->neutral_smile)
    return TRUE;
  if (frame->happy > self->point->resting_smile)
    {
      self->resting_us = 0;
      return FALSE;
    }
  return self->resting_us != 0 && lasted (self->resting_us, frame->captured_us, self->point->resting_seconds);
}

static void
judge_neutral (TillSmileChallenge *self, const TillSmileFrame *frame)
{
  self->judged_us = frame->captured_us;
  if (!is_neutral (self, frame))
    {
      forget_neutral (self);
      return;
    }
  if (self->neutral_us == 0)
    self->neutral_us = frame->captured_us;
  self->at_rest = TRUE;
  self->neutral_frames++;
  self->neutral_sum += get_log_odds (frame->happy);
  if (self->neutral_frames >= LEAST_NEUTRAL
      && lasted (self->neutral_us, frame->captured_us, self->point->neutral_seconds))
    self->due_us = frame->captured_us
                   + self->draw (to_us (self->point->now_least_seconds),
                                 to_us (self->point->now_most_seconds), self->draw_data);
}

static void
look_for_neutral (TillSmileChallenge *self, const TillSmileFrame *frame)
{
  if (!till_smile_gauge_rest (&self->gauge, frame->shape->mouth))
    {
      forget_neutral (self);
      self->resting_us = 0;
    }
  if (self->resting_us == 0)
    self->resting_us = frame->captured_us;
  if (frame->judged && frame->holds)
    judge_neutral (self, frame);
}

static void
wait_for_moment (TillSmileChallenge *self, const TillSmileFrame *frame)
{
  if (self->rise >= 1)
    {
      start_over (self);
      return;
    }
  till_smile_gauge_drift (&self->gauge, frame->shape->mouth);
  if (frame->captured_us < self->due_us || !frame->holds)
    return;
  self->at_rest = self->rise <= AT_REST;
  self->state = TILL_SMILE_WANTED;
  self->wanted_us = frame->known_us;
}

/* Nobody smiles at a word sooner than they can have heard it. */
static gboolean
is_premature (const TillSmileChallenge *self)
{
  gint64 onset_us = till_smile_growth_get_onset_us (&self->growth, 1);

  return onset_us < self->wanted_us + to_us (self->point->reaction_seconds);
}

static void
complete (TillSmileChallenge *self, const TillSmileFrame *frame)
{
  double full = till_smile_growth_get_most (&self->growth, self->risen_us);

  if (till_smile_growth_judge (&self->growth, full, to_us (self->point->growth_seconds)) != TILL_EVIDENCE_FOR)
    {
      start_over (self);
      return;
    }
  self->made++;
  self->seen_us = frame->captured_us;
  if (self->made < self->wanted)
    start_over (self);
  else
    self->state = TILL_SMILE_MADE;
}

static void
judge_smile (TillSmileChallenge *self, const TillSmileFrame *frame)
{
  self->judged_us = frame->captured_us;
  if (get_log_odds (frame->happy) < get_needed (self) || frame->cheeks < self->point->cheek_change)
    self->smile_us = 0;
  else if (self->smile_us == 0)
    self->smile_us = frame->captured_us;
  else if (lasted (self->smile_us, frame->captured_us, self->point->smile_seconds))
    complete (self, frame);
}

static void
let_go (TillSmileChallenge *self)
{
  self->state = TILL_SMILE_WANTED;
  self->risen_us = 0;
  self->smile_us = 0;
}

static void
wait_for_smile (TillSmileChallenge *self, const TillSmileFrame *frame)
{
  /* Whoever waits for two lucky frames shall smile for each. */
  if (frame->judged && !frame->holds)
    {
      start_over (self);
      return;
    }
  if (self->smile_us == 0
      && lasted (self->wanted_us, frame->captured_us, self->point->smile_patience_seconds))
    {
      start_over (self);
      return;
    }
  if (!frame->holds || self->rise < (self->state == TILL_SMILE_HOLDING ? FALLEN : 1))
    {
      let_go (self);
      till_smile_gauge_drift (&self->gauge, frame->shape->mouth);
      return;
    }
  if (self->state == TILL_SMILE_WANTED)
    {
      if (is_premature (self))
        {
          start_over (self);
          return;
        }
      self->state = TILL_SMILE_HOLDING;
      self->risen_us = frame->captured_us;
    }
  if (frame->judged)
    judge_smile (self, frame);
}

/* Nobody knows what the face did meanwhile. */
static void
interrupt (TillSmileChallenge *self)
{
  if (self->state == TILL_SMILE_RELAX)
    start_over (self);
  else if (self->state == TILL_SMILE_HOLDING)
    let_go (self);
}

/* Brows, eyes and nose hardly move from one frame to the next; another picture's are elsewhere. */
static gboolean
is_step (const TillSmileChallenge *self, const TillSmileFrame *frame)
{
  return self->last_us != 0 && frame->captured_us - self->last_us <= STEP_US
         && till_face_shape_compare (&self->shape, frame->shape) > self->point->shape_step;
}

void
till_smile_challenge_add (TillSmileChallenge *self, const TillSmileFrame *frame)
{
  self->at_rest = FALSE;
  if (self->state == TILL_SMILE_IDLE || self->state == TILL_SMILE_MADE
      || frame->captured_us <= self->prompted_us)
    return;

  if (is_step (self, frame))
    till_smile_challenge_restart (self);
  else if (frame->captured_us - self->last_known_us > TILL_SMILE_CHALLENGE_GAP_US)
    interrupt (self);
  self->last_us = frame->captured_us;
  self->last_known_us = frame->known_us;
  self->shape = *frame->shape;

  if (self->due_us == 0)
    {
      look_for_neutral (self, frame);
      return;
    }
  self->rise = till_smile_gauge_get_rise (&self->gauge, frame->shape->mouth);
  till_smile_growth_add (&self->growth, self->rise, frame->captured_us);
  if (self->state == TILL_SMILE_RELAX)
    wait_for_moment (self, frame);
  else
    wait_for_smile (self, frame);
}

/* The mouth has stopped widening, or has been wide for long enough. */
static gboolean
is_at_top (const TillSmileChallenge *self, gint64 captured_us)
{
  double before = till_smile_growth_get_at (&self->growth, self->last_us - TOP_US);

  return captured_us - self->risen_us >= LATEST_US || self->rise - before < STILL_RISING;
}

gboolean
till_smile_challenge_wants_judgement (const TillSmileChallenge *self, gint64 captured_us)
{
  gint64 since_us = captured_us - self->judged_us;

  if (self->state == TILL_SMILE_RELAX && self->due_us == 0)
    return since_us >= (self->neutral_us != 0 ? to_us (self->point->neutral_seconds) : RELAX_AGAIN_US);
  if (self->state != TILL_SMILE_HOLDING)
    return FALSE;
  if (self->smile_us != 0)
    return captured_us - self->smile_us >= to_us (self->point->smile_seconds);
  return is_at_top (self, captured_us) && (self->judged_us < self->risen_us || since_us >= SMILE_AGAIN_US);
}

gboolean
till_smile_challenge_is_at_rest (const TillSmileChallenge *self)
{
  return self->at_rest;
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
  if (self->state == TILL_SMILE_MADE || self->smile_us != 0)
    return 1;
  if (self->state == TILL_SMILE_WANTED || self->state == TILL_SMILE_HOLDING)
    return CLAMP (self->rise, 0, UNCONFIRMED);
  return 0;
}

gint64
till_smile_challenge_get_seen_us (const TillSmileChallenge *self)
{
  return self->seen_us;
}
