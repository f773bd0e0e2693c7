/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "recognition/till-face-shape.h"
#include "recognition/till-operating-point.h"
#include "recognition/till-random-delay.h"
#include "recognition/till-sighting.h"
#include "recognition/till-smile-gauge.h"
#include "recognition/till-smile-growth.h"

G_BEGIN_DECLS

/*
 * Longest time without a look at a face that is still held neutral or smiling: from when one frame was known to when
 * the next was captured, so that a slow machine is not taken for an absent customer.
 */
#define TILL_SMILE_CHALLENGE_GAP_US (500 * 1000)

/* Smiles that can be asked for. */
#define TILL_SMILE_CHALLENGE_MOST 2

/* One frame of the customer. */
typedef struct
{
  gint64 captured_us;
  gint64 known_us; /* when what is said after this frame is said */
  gboolean holds;  /* everything else speaks for the customer: alone, live, awake, known */
  const TillFaceShape *shape;
  gboolean judged; /* the network has looked; if it did for a smile that does not hold, that one is spent */
  double happy;    /* if so, its probability */
  double cheeks;   /* and how much the cheeks differ from those of the neutral face, see TillCheeks */
} TillSmileFrame;

/**
 * TillSmileChallenge: smiles made because they were asked for, each at a moment nobody could foretell.
 *
 * After the prompt a neutral face must be seen for neutral_seconds; some time later, drawn at random, the smile is
 * wanted; it must begin no sooner than a human can react, grow as a mouth grows, rise above that very neutral, and be
 * held for smile_seconds. A smile at any other time leads back to the neutral face, as does one that does not come. So
 * neither a photograph of a smile pays, nor one that takes the place of another, nor a permanently merry face, nor a
 * recording whose smile comes when it will.
 *
 * Cheeks must have moved with the mouth: a mouth that smiles in a hole of a mask is not yet a smile, and is looked at
 * again until patience ends.
 *
 * The mouth's width moves the meter and says when it is worth asking the network; what is neutral and what is a
 * smile, the network decides. It takes some people's resting faces for half a smile: a face that stays so, with its
 * mouth at rest, for resting_seconds is taken for neutral, and must rise above that. Rises are measured in log-odds,
 * in which there is always room above. Pure; time is the frames' own.
 */
typedef struct
{
  const TillOperatingPoint *point; /* borrowed */
  TillRandomDelay draw;
  gpointer draw_data;
  TillSmileState state;
  gint64 prompted_us;
  guint wanted; /* smiles, 0 until prompted */
  guint made;
  gint64 last_us;       /* capture time of the newest frame */
  gint64 last_known_us; /* and when it was known */

  /* The neutral face. */
  TillSmileGauge gauge;
  gint64 resting_us; /* since when the face stays as it is, smiling or not; 0 if not */
  gint64 neutral_us; /* since when neutral, 0 if not */
  guint neutral_frames;
  double neutral_sum; /* log-odds */
  gboolean at_rest;   /* the newest frame is neutral for certain */
  gint64 due_us;      /* when to want the smile, 0 until the neutral face was seen */

  /* The smile. */
  TillSmileGrowth growth;
  TillFaceShape shape; /* of the newest frame */
  gint64 wanted_us;    /* when it was said that it is wanted */
  gint64 risen_us;     /* since when the mouth is wide */
  gint64 smile_us;     /* since when the network agrees, 0 if it does not */
  gint64 judged_us;    /* newest frame the network judged */
  gint64 seen_us;
  double rise;
} TillSmileChallenge;

/* @draw: (scope forever): the random moments. */
void till_smile_challenge_init (TillSmileChallenge *self,
                                const TillOperatingPoint *point,
                                TillRandomDelay draw,
                                gpointer draw_data);

/* Asks for @smiles (1 to most); only frames captured after @prompted_us count. A second call begins anew. */
void till_smile_challenge_prompt (TillSmileChallenge *self, guint smiles, gint64 prompted_us);

/* The evidence starts anew: what was seen is forgotten, the prompt stands. */
void till_smile_challenge_restart (TillSmileChallenge *self);

/* Whether the network should judge a frame captured at @captured_us. */
gboolean till_smile_challenge_wants_judgement (const TillSmileChallenge *self, gint64 captured_us);

/* Whether the newest frame shows the neutral face that the smile is to differ from. */
gboolean till_smile_challenge_is_at_rest (const TillSmileChallenge *self);

void till_smile_challenge_add (TillSmileChallenge *self, const TillSmileFrame *frame);

TillSmileState till_smile_challenge_get_state (const TillSmileChallenge *self);

guint till_smile_challenge_get_made (const TillSmileChallenge *self);
/* 0 until prompted. */
guint till_smile_challenge_get_wanted (const TillSmileChallenge *self);

/* For the meter: 0 the own neutral face, 1 as much of a smile as is needed, and the network agrees. */
double till_smile_challenge_get_level (const TillSmileChallenge *self);

/* Capture time of the frame that decided the last smile, 0 before. */
gint64 till_smile_challenge_get_seen_us (const TillSmileChallenge *self);

G_END_DECLS
