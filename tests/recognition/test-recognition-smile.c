/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "recognition/till-smile-challenge.h"

#define FRAME_US (100 * 1000)

static const TillOperatingPoint point = {
  .neutral_smile = 0.3,
  .smile_score = 0.8,
  .smile_rise = 0.4,
  .neutral_seconds = 0.3,
  .smile_seconds = 0.4,
};

typedef struct
{
  TillSmileChallenge challenge;
  gint64 now_us;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  till_smile_challenge_init (&fixture->challenge, &point);
  fixture->now_us = 1000 * FRAME_US;
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
}

static TillSmileState
show_while (Fixture *fixture, double smile, gboolean holds, guint frames)
{
  for (guint i = 0; i < frames; i++)
    {
      fixture->now_us += FRAME_US;
      till_smile_challenge_add (&fixture->challenge, smile, holds, fixture->now_us);
    }
  return till_smile_challenge_get_state (&fixture->challenge);
}

static TillSmileState
show (Fixture *fixture, double smile, guint frames)
{
  return show_while (fixture, smile, TRUE, frames);
}

static void
prompt (Fixture *fixture)
{
  till_smile_challenge_prompt (&fixture->challenge, 1, fixture->now_us);
}

static void
test_neutral_then_smile (Fixture *fixture, gconstpointer data)
{
  prompt (fixture);
  g_assert_cmpint (till_smile_challenge_get_state (&fixture->challenge), ==, TILL_SMILE_RELAX);
  g_assert_cmpint (show (fixture, 0.05, 3), ==, TILL_SMILE_RELAX);
  g_assert_cmpint (show (fixture, 0.05, 1), ==, TILL_SMILE_WANTED);
  g_assert_cmpint (show (fixture, 0.95, 1), ==, TILL_SMILE_HOLDING);
  g_assert_cmpint (show (fixture, 0.95, 3), ==, TILL_SMILE_HOLDING);
  g_assert_cmpint (show (fixture, 0.95, 1), ==, TILL_SMILE_MADE);
  g_assert_cmpint (till_smile_challenge_get_seen_us (&fixture->challenge), ==, fixture->now_us);
  g_assert_cmpfloat (till_smile_challenge_get_level (&fixture->challenge), ==, 1);

  /* What was wished for stays so after the face relaxes. */
  g_assert_cmpint (show (fixture, 0.05, 10), ==, TILL_SMILE_MADE);
}

static void
test_smile_before_prompt (Fixture *fixture, gconstpointer data)
{
  show (fixture, 0.05, 10);
  g_assert_cmpint (show (fixture, 0.95, 20), ==, TILL_SMILE_IDLE);
  g_assert_cmpint (till_smile_challenge_get_seen_us (&fixture->challenge), ==, 0);
}

static void
test_smile_from_the_start (Fixture *fixture, gconstpointer data)
{
  show (fixture, 0.99, 20);
  prompt (fixture);
  g_assert_cmpint (show (fixture, 0.99, 200), ==, TILL_SMILE_RELAX);
  g_assert_cmpint (show (fixture, 0.05, 5), ==, TILL_SMILE_WANTED);
  g_assert_cmpint (show (fixture, 0.99, 5), ==, TILL_SMILE_MADE);
}

static void
test_older_frames (Fixture *fixture, gconstpointer data)
{
  /* Frames on their way when the prompt came were taken before it. */
  till_smile_challenge_prompt (&fixture->challenge, 1, fixture->now_us + 10 * FRAME_US);
  g_assert_cmpint (show (fixture, 0.05, 10), ==, TILL_SMILE_RELAX);
  g_assert_cmpint (show (fixture, 0.95, 10), ==, TILL_SMILE_RELAX);
}

static void
test_short_neutral (Fixture *fixture, gconstpointer data)
{
  prompt (fixture);
  for (guint i = 0; i < 20; i++)
    {
      g_assert_cmpint (show (fixture, 0.05, 2), ==, TILL_SMILE_RELAX);
      g_assert_cmpint (show (fixture, 0.95, 1), ==, TILL_SMILE_RELAX);
    }
}

static void
test_short_smile (Fixture *fixture, gconstpointer data)
{
  prompt (fixture);
  show (fixture, 0.05, 5);
  for (guint i = 0; i < 20; i++)
    {
      g_assert_cmpint (show (fixture, 0.95, 4), ==, TILL_SMILE_HOLDING);
      g_assert_cmpint (show (fixture, 0.5, 1), ==, TILL_SMILE_WANTED);
    }
}

static void
test_rise (Fixture *fixture, gconstpointer data)
{
  static const TillOperatingPoint steep = {
    .neutral_smile = 0.3,
    .smile_score = 0.5,
    .smile_rise = 0.6,
    .neutral_seconds = 0.3,
    .smile_seconds = 0.4,
  };

  till_smile_challenge_init (&fixture->challenge, &steep);
  prompt (fixture);
  show (fixture, 0.25, 5);
  /* A smile by score, but hardly more than this person's neutral. */
  g_assert_cmpint (show (fixture, 0.7, 20), ==, TILL_SMILE_WANTED);
  g_assert_cmpint (show (fixture, 0.9, 5), ==, TILL_SMILE_MADE);
}

static void
test_only_while_others_hold (Fixture *fixture, gconstpointer data)
{
  prompt (fixture);
  g_assert_cmpint (show_while (fixture, 0.05, FALSE, 20), ==, TILL_SMILE_RELAX);
  show (fixture, 0.05, 4);
  g_assert_cmpint (show_while (fixture, 0.95, FALSE, 20), ==, TILL_SMILE_WANTED);
  show (fixture, 0.95, 4);
  /* One frame of doubt and the smile must be held from its beginning. */
  g_assert_cmpint (show_while (fixture, 0.95, FALSE, 1), ==, TILL_SMILE_WANTED);
  g_assert_cmpint (show (fixture, 0.95, 4), ==, TILL_SMILE_HOLDING);
  g_assert_cmpint (show (fixture, 0.95, 1), ==, TILL_SMILE_MADE);
}

static void
test_interrupted (Fixture *fixture, gconstpointer data)
{
  prompt (fixture);
  show (fixture, 0.05, 3);
  till_smile_challenge_interrupt (&fixture->challenge);
  g_assert_cmpint (show (fixture, 0.05, 3), ==, TILL_SMILE_RELAX);
  show (fixture, 0.05, 1);
  show (fixture, 0.95, 4);
  till_smile_challenge_interrupt (&fixture->challenge);
  g_assert_cmpint (till_smile_challenge_get_state (&fixture->challenge), ==, TILL_SMILE_WANTED);
  g_assert_cmpfloat (till_smile_challenge_get_level (&fixture->challenge), ==, 0);
  g_assert_cmpint (show (fixture, 0.95, 4), ==, TILL_SMILE_HOLDING);
  g_assert_cmpint (show (fixture, 0.95, 1), ==, TILL_SMILE_MADE);
  till_smile_challenge_interrupt (&fixture->challenge);
  g_assert_cmpint (till_smile_challenge_get_state (&fixture->challenge), ==, TILL_SMILE_MADE);
}

/* What was not seen was not held. */
static void
test_gap (Fixture *fixture, gconstpointer data)
{
  prompt (fixture);
  show (fixture, 0.05, 5);
  g_assert_cmpint (show (fixture, 0.95, 2), ==, TILL_SMILE_HOLDING);
  fixture->now_us += TILL_SMILE_CHALLENGE_GAP_US;
  g_assert_cmpint (show (fixture, 0.95, 1), ==, TILL_SMILE_HOLDING);
  g_assert_cmpint (show (fixture, 0.95, 3), ==, TILL_SMILE_HOLDING);
  g_assert_cmpint (show (fixture, 0.95, 1), ==, TILL_SMILE_MADE);
}

static void
test_restart (Fixture *fixture, gconstpointer data)
{
  prompt (fixture);
  show (fixture, 0.05, 5);
  show (fixture, 0.95, 3);
  till_smile_challenge_restart (&fixture->challenge);
  g_assert_cmpint (till_smile_challenge_get_state (&fixture->challenge), ==, TILL_SMILE_RELAX);
  g_assert_cmpint (show (fixture, 0.95, 20), ==, TILL_SMILE_RELAX);
  show (fixture, 0.05, 5);
  g_assert_cmpint (show (fixture, 0.95, 5), ==, TILL_SMILE_MADE);

  till_smile_challenge_restart (&fixture->challenge);
  g_assert_cmpint (till_smile_challenge_get_state (&fixture->challenge), ==, TILL_SMILE_RELAX);
  g_assert_cmpint (till_smile_challenge_get_seen_us (&fixture->challenge), ==, 0);
}

static void
test_restart_unprompted (Fixture *fixture, gconstpointer data)
{
  till_smile_challenge_restart (&fixture->challenge);
  g_assert_cmpint (till_smile_challenge_get_state (&fixture->challenge), ==, TILL_SMILE_IDLE);
}

static void
test_second_prompt (Fixture *fixture, gconstpointer data)
{
  prompt (fixture);
  show (fixture, 0.05, 5);
  show (fixture, 0.95, 5);
  prompt (fixture);
  g_assert_cmpint (show (fixture, 0.95, 20), ==, TILL_SMILE_RELAX);
}

/* Some people's resting faces are taken for half a smile. */
static void
test_merry_rest (Fixture *fixture, gconstpointer data)
{
  prompt (fixture);
  g_assert_cmpint (show (fixture, 0.36, 20), ==, TILL_SMILE_RELAX);

  till_smile_challenge_init (&fixture->challenge, &point);
  show (fixture, 0.32, 5);
  prompt (fixture);
  g_assert_cmpint (show (fixture, 0.36, 4), ==, TILL_SMILE_WANTED);
  g_assert_cmpint (show (fixture, 0.7, 20), ==, TILL_SMILE_WANTED);
  g_assert_cmpint (show (fixture, 0.9, 5), ==, TILL_SMILE_MADE);
}

static void
test_level (Fixture *fixture, gconstpointer data)
{
  prompt (fixture);
  show (fixture, 0.2, 2);
  g_assert_cmpfloat (till_smile_challenge_get_level (&fixture->challenge), ==, 0);
  show (fixture, 0.2, 3);
  g_assert_cmpfloat_with_epsilon (till_smile_challenge_get_level (&fixture->challenge), 0, 1e-9);
  show (fixture, 0.5, 1);
  g_assert_cmpfloat_with_epsilon (till_smile_challenge_get_level (&fixture->challenge), 0.5, 1e-9);
  show (fixture, 0.1, 1);
  g_assert_cmpfloat (till_smile_challenge_get_level (&fixture->challenge), ==, 0);
  show (fixture, 0.99, 1);
  g_assert_cmpfloat (till_smile_challenge_get_level (&fixture->challenge), ==, 1);
}

#define ADD(path, function) g_test_add (path, Fixture, NULL, set_up, function, tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  ADD ("/smile/neutral-then-smile", test_neutral_then_smile);
  ADD ("/smile/before-prompt", test_smile_before_prompt);
  ADD ("/smile/from-the-start", test_smile_from_the_start);
  ADD ("/smile/older-frames", test_older_frames);
  ADD ("/smile/short-neutral", test_short_neutral);
  ADD ("/smile/short-smile", test_short_smile);
  ADD ("/smile/rise", test_rise);
  ADD ("/smile/only-while-others-hold", test_only_while_others_hold);
  ADD ("/smile/interrupted", test_interrupted);
  ADD ("/smile/gap", test_gap);
  ADD ("/smile/restart", test_restart);
  ADD ("/smile/restart-unprompted", test_restart_unprompted);
  ADD ("/smile/second-prompt", test_second_prompt);
  ADD ("/smile/merry-rest", test_merry_rest);
  ADD ("/smile/level", test_level);

  return g_test_run ();
}
