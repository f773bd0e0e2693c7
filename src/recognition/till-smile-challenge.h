/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "recognition/till-operating-point.h"
#include "recognition/till-sighting.h"

G_BEGIN_DECLS

/* Longest time between two frames that still belong to one face held neutral or smiling. */
#define TILL_SMILE_CHALLENGE_GAP_US G_USEC_PER_SEC

/* Smiles that can be asked for. */
#define TILL_SMILE_CHALLENGE_MOST 2

/* Frames before the prompt that the resting face is known by. */
#define TILL_SMILE_CHALLENGE_RESTING 9

/**
 * TillSmileChallenge: a smile made because it was asked for.
 *
 * After the prompt a neutral face must be seen for neutral_seconds, then a smile that rises above that very neutral,
 * held for smile_seconds. A face smiling from the start is first asked to relax, so neither a photograph of a smile nor
 * a permanently merry face pays. The network takes some people's resting faces for half a smile; frames before the
 * prompt tell, and raise what counts as neutral for them, never so far that the rise could not be seen above it.
 * Pure; time is the frames' own.
 */
typedef struct
{
  const TillOperatingPoint *point; /* borrowed */
  TillSmileState state;
  gint64 prompted_us;
  guint wanted; /* smiles, 0 until prompted */
  guint made;
  double resting[TILL_SMILE_CHALLENGE_RESTING];
  guint n_resting;
  guint next_resting;
  gint64 neutral_us; /* since when neutral, 0 if not */
  guint neutral_frames;
  double neutral_sum;
  gint64 smile_us; /* since when smiling, 0 if not */
  gint64 last_us;  /* newest frame that counted */
  gint64 seen_us;
  double level;
} TillSmileChallenge;

void till_smile_challenge_init (TillSmileChallenge *self, const TillOperatingPoint *point);

/* Asks for @smiles (1 to most); only frames captured after @prompted_us count. A second call begins anew. */
void till_smile_challenge_prompt (TillSmileChallenge *self, guint smiles, gint64 prompted_us);

/* The evidence starts anew: what was seen is forgotten, the prompt stands. */
void till_smile_challenge_restart (TillSmileChallenge *self);

/*
 * One frame. @smile: the network's probability of "happy". @holds: everything else speaks for the customer (alone,
 * live, awake, known); a smile at any other moment is not a wish to pay.
 */
void till_smile_challenge_add (TillSmileChallenge *self, double smile, gboolean holds, gint64 captured_us);

/* A frame in which the others don't hold and the smile was not measured: what was held is let go. */
void till_smile_challenge_interrupt (TillSmileChallenge *self);

TillSmileState till_smile_challenge_get_state (const TillSmileChallenge *self);

guint till_smile_challenge_get_made (const TillSmileChallenge *self);
/* 0 until prompted. */
guint till_smile_challenge_get_wanted (const TillSmileChallenge *self);

/* For the meter: 0 the own neutral face, 1 as much of a smile as is needed. */
double till_smile_challenge_get_level (const TillSmileChallenge *self);

/* Capture time of the frame that decided, 0 before. */
gint64 till_smile_challenge_get_seen_us (const TillSmileChallenge *self);

G_END_DECLS
