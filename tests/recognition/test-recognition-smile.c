/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "drawn-face.h"
#include "recognition/till-smile-challenge.h"

#define FRAME_US (40 * 1000)

/* Mouths, in eye distances wider than at rest; and what the network says of them. */
#define REST   0.0
#define SMILE  0.2
#define STRIDE 0.04

static const TillOperatingPoint point = {
  .neutral_smile = 0.3,
  .smile_score = 0.8,
  .smile_log_odds = 3,
  .smile_widening = 0.1,
  .resting_smile = 0.95,
  .resting_seconds = 2,
  .neutral_seconds = 0.3,
  .smile_seconds = 0.4,
  .now_least_seconds = 0.4,
  .now_most_seconds = 1,
  .reaction_seconds = 0.1,
  .smile_patience_seconds = 5,
  .growth_seconds = 0.08,
  .shape_step = 0.06,
  .cheek_change = 0.02,
};

typedef struct
{
  TillSmileChallenge challenge;
  gint64 now_us;
  gint64 known_us;    /* when the newest frame was */
  gint64 thinking_us; /* how long the network takes */
  gint64 delay_us;    /* what is drawn */
  guint drawn;        /* how often */
  guint judged;       /* frames the network was asked about */
  double mouth;
  double happy; /* what it says while the mouth is at rest, and while it is not */
  double happiest;
  double size;   /* of the face: another one is drawn elsewhere */
  double cheeks; /* how much they have changed in a smile */
  gboolean holds;
} Fixture;

static gint64
draw (gint64 least_us, gint64 most_us, gpointer data)
{
  Fixture *fixture = data;

  g_assert_cmpint (least_us, ==, 400 * 1000);
  g_assert_cmpint (most_us, ==, G_USEC_PER_SEC);
  fixture->drawn++;
  return fixture->delay_us;
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  *fixture = (Fixture){
    .now_us = 1000 * FRAME_US,
    .delay_us = 400 * 1000,
    .happy = 0.05,
    .happiest = 0.99,
    .size = 200,
    .cheeks = 0.1,
    .holds = TRUE,
  };
  till_smile_challenge_init (&fixture->challenge, &point, draw, fixture);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
}

static TillSmileState
get_state (Fixture *fixture)
{
  return till_smile_challenge_get_state (&fixture->challenge);
}

static void
show_frame (Fixture *fixture)
{
  TillPoint landmarks[TILL_VISION_LANDMARKS];
  TillFaceShape shape;

  fixture->now_us = MAX (fixture->now_us + FRAME_US, fixture->known_us);
  drawn_face_fill (landmarks, 100, 100, fixture->size, fixture->mouth);
  g_assert_true (till_face_shape_take (&shape, landmarks));

  TillSmileFrame frame = {
    .captured_us = fixture->now_us,
    .known_us = fixture->now_us + 1000,
    .holds = fixture->holds,
    .shape = &shape,
    .judged = fixture->holds && till_smile_challenge_wants_judgement (&fixture->challenge, fixture->now_us),
    .happy = fixture->mouth > 0.09 ? fixture->happiest : fixture->happy,
    .cheeks = fixture->mouth > 0.09 ? fixture->cheeks : 0,
  };
  if (frame.judged)
    {
      fixture->judged++;
      frame.known_us += fixture->thinking_us;
    }
  fixture->known_us = frame.known_us;
  till_smile_challenge_add (&fixture->challenge, &frame);
}

static TillSmileState
show (Fixture *fixture, guint frames)
{
  for (guint i = 0; i < frames; i++)
    show_frame (fixture);
  return get_state (fixture);
}

/* As a mouth moves. */
static TillSmileState
move_to (Fixture *fixture, double mouth)
{
  while (fixture->mouth != mouth)
    {
      fixture->mouth = CLAMP (mouth, fixture->mouth - STRIDE, fixture->mouth + STRIDE);
      show_frame (fixture);
    }
  return get_state (fixture);
}

static gboolean
reach (Fixture *fixture, TillSmileState state, guint within)
{
  for (guint i = 0; i < within && get_state (fixture) != state; i++)
    show_frame (fixture);
  return get_state (fixture) == state;
}

static void
prompt (Fixture *fixture)
{
  till_smile_challenge_prompt (&fixture->challenge, 1, fixture->now_us);
}

/* Up to the moment, and a reaction later. */
static void
come_to_now (Fixture *fixture)
{
  fixture->mouth = REST;
  g_assert_true (reach (fixture, TILL_SMILE_WANTED, 40));
  show (fixture, 5);
}

/* Frames that a smile takes from the moment on to be made. */
#define SOON 20

static void
test_neutral_then_smile (Fixture *fixture, gconstpointer data)
{
  prompt (fixture);
  g_assert_cmpint (get_state (fixture), ==, TILL_SMILE_RELAX);
  g_assert_cmpuint (till_smile_challenge_get_wanted (&fixture->challenge), ==, 1);
  come_to_now (fixture);
  g_assert_cmpuint (fixture->drawn, ==, 1);
  /* The network looked at the neutral face twice. */
  g_assert_cmpuint (fixture->judged, ==, 2);
  g_assert_cmpint (move_to (fixture, SMILE), ==, TILL_SMILE_HOLDING);
  g_assert_cmpfloat (till_smile_challenge_get_level (&fixture->challenge), <, 1);
  g_assert_true (reach (fixture, TILL_SMILE_MADE, SOON));
  /* And at the smile twice, first and last. */
  g_assert_cmpuint (fixture->judged, ==, 4);
  g_assert_cmpint (till_smile_challenge_get_seen_us (&fixture->challenge), ==, fixture->now_us);
  g_assert_cmpfloat (till_smile_challenge_get_level (&fixture->challenge), ==, 1);
  g_assert_cmpuint (till_smile_challenge_get_made (&fixture->challenge), ==, 1);

  /* What was wished for stays so after the face relaxes. */
  move_to (fixture, REST);
  g_assert_cmpint (show (fixture, 50), ==, TILL_SMILE_MADE);
}

static void
test_smile_before_prompt (Fixture *fixture, gconstpointer data)
{
  show (fixture, 10);
  move_to (fixture, SMILE);
  g_assert_cmpint (show (fixture, 50), ==, TILL_SMILE_IDLE);
  g_assert_cmpuint (fixture->judged, ==, 0);
  g_assert_cmpint (till_smile_challenge_get_seen_us (&fixture->challenge), ==, 0);
  g_assert_cmpuint (till_smile_challenge_get_wanted (&fixture->challenge), ==, 0);
}

static void
test_smile_from_the_start (Fixture *fixture, gconstpointer data)
{
  fixture->mouth = SMILE;
  show (fixture, 20);
  prompt (fixture);
  g_assert_cmpint (show (fixture, 500), ==, TILL_SMILE_RELAX);
  /* It is not looked at more than now and then. */
  g_assert_cmpuint (fixture->judged, <=, 51);
  move_to (fixture, REST);
  come_to_now (fixture);
  move_to (fixture, SMILE);
  g_assert_true (reach (fixture, TILL_SMILE_MADE, SOON));
}

static void
test_older_frames (Fixture *fixture, gconstpointer data)
{
  /* Frames on their way when the prompt came were taken before it. */
  till_smile_challenge_prompt (&fixture->challenge, 1, fixture->now_us + 20 * FRAME_US);
  g_assert_cmpint (show (fixture, 20), ==, TILL_SMILE_RELAX);
  move_to (fixture, SMILE);
  g_assert_cmpint (show (fixture, 20), ==, TILL_SMILE_RELAX);
}

static void
test_short_neutral (Fixture *fixture, gconstpointer data)
{
  prompt (fixture);
  for (guint i = 0; i < 20; i++)
    {
      fixture->mouth = REST;
      g_assert_cmpint (show (fixture, 6), ==, TILL_SMILE_RELAX);
      move_to (fixture, SMILE);
      g_assert_cmpint (show (fixture, 2), ==, TILL_SMILE_RELAX);
    }
  g_assert_cmpuint (fixture->drawn, ==, 0);
}

/* The moment is not known beforehand, and a smile before it leads back to the neutral face and to another moment. */
static void
test_moment (Fixture *fixture, gconstpointer data)
{
  fixture->delay_us = G_USEC_PER_SEC;
  prompt (fixture);
  show (fixture, 9);
  g_assert_cmpuint (fixture->drawn, ==, 1);
  g_assert_cmpint (show (fixture, 24), ==, TILL_SMILE_RELAX);
  g_assert_cmpint (show (fixture, 1), ==, TILL_SMILE_WANTED);

  prompt (fixture);
  fixture->drawn = 0;
  show (fixture, 15);
  g_assert_cmpuint (fixture->drawn, ==, 1);
  move_to (fixture, SMILE);
  for (guint i = 0; i < 100; i++)
    g_assert_cmpint (show (fixture, 1), ==, TILL_SMILE_RELAX);
  move_to (fixture, REST);
  come_to_now (fixture);
  g_assert_cmpuint (fixture->drawn, ==, 2);
}

/* Begun before the moment, or sooner after it than anybody can react. */
static void
test_premature (Fixture *fixture, gconstpointer data)
{
  for (guint late = 0; late < 6; late++)
    {
      prompt (fixture);
      fixture->mouth = REST;
      g_assert_true (reach (fixture, TILL_SMILE_WANTED, 40));
      show (fixture, late);
      /* The newest frame at rest is the last before the smile begins: 2 frames are 80 ms, 3 are 120 ms. */
      g_assert_cmpint (move_to (fixture, SMILE), ==, late < 3 ? TILL_SMILE_RELAX : TILL_SMILE_HOLDING);
      g_assert_true (reach (fixture, TILL_SMILE_MADE, SOON) == (late >= 3));
      fixture->mouth = REST;
    }
}

static void
test_patience (Fixture *fixture, gconstpointer data)
{
  prompt (fixture);
  g_assert_true (reach (fixture, TILL_SMILE_WANTED, 40));
  g_assert_cmpint (show (fixture, 125), ==, TILL_SMILE_WANTED);
  g_assert_cmpint (show (fixture, 1), ==, TILL_SMILE_RELAX);
  come_to_now (fixture);
  g_assert_cmpuint (fixture->drawn, ==, 2);
}

static void
test_short_smile (Fixture *fixture, gconstpointer data)
{
  prompt (fixture);
  come_to_now (fixture);
  for (guint i = 0; i < 3; i++)
    {
      g_assert_cmpint (move_to (fixture, SMILE), ==, TILL_SMILE_HOLDING);
      g_assert_cmpint (show (fixture, 8), ==, TILL_SMILE_HOLDING);
      g_assert_cmpint (move_to (fixture, REST), ==, TILL_SMILE_WANTED);
    }
}

/* The mouth is wide, but the network sees no smile: opened, or drawn. */
static void
test_no_smile (Fixture *fixture, gconstpointer data)
{
  fixture->happiest = 0.6;
  prompt (fixture);
  come_to_now (fixture);
  move_to (fixture, SMILE);
  guint judged = fixture->judged;
  for (guint i = 0; i < 100; i++)
    {
      g_assert_cmpint (show (fixture, 1), !=, TILL_SMILE_MADE);
      g_assert_cmpfloat (till_smile_challenge_get_level (&fixture->challenge), <, 1);
    }
  g_assert_cmpuint (fixture->judged - judged, <=, 16);
}

/* A mouth that smiles in a hole of a mask: the cheeks about it stay as they were. */
static void
test_stiff_cheeks (Fixture *fixture, gconstpointer data)
{
  fixture->cheeks = 0.5 * point.cheek_change;
  prompt (fixture);
  come_to_now (fixture);
  g_assert_cmpint (move_to (fixture, SMILE), ==, TILL_SMILE_HOLDING);
  for (guint i = 0; i < 100; i++)
    {
      g_assert_cmpint (show (fixture, 1), !=, TILL_SMILE_MADE);
      g_assert_cmpfloat (till_smile_challenge_get_level (&fixture->challenge), <, 1);
    }
  /* Cheeks that follow late are in time until patience ends. */
  fixture->cheeks = 2 * point.cheek_change;
  g_assert_true (reach (fixture, TILL_SMILE_MADE, SOON));
}

/* What the smile is compared with: frames that the network takes for neutral, and the last before the moment. */
static void
test_at_rest (Fixture *fixture, gconstpointer data)
{
  guint at_rest = 0;

  prompt (fixture);
  while (get_state (fixture) != TILL_SMILE_WANTED)
    {
      show_frame (fixture);
      at_rest += till_smile_challenge_is_at_rest (&fixture->challenge) ? 1 : 0;
    }
  g_assert_cmpuint (at_rest, ==, 3);
  show (fixture, 5);
  while (get_state (fixture) != TILL_SMILE_MADE)
    {
      fixture->mouth = MIN (fixture->mouth + STRIDE, SMILE);
      show_frame (fixture);
      g_assert_false (till_smile_challenge_is_at_rest (&fixture->challenge));
    }
}

/* The network sees a smile, but the mouth is as it was: a face it always takes for one. */
static void
test_no_widening (Fixture *fixture, gconstpointer data)
{
  prompt (fixture);
  come_to_now (fixture);
  fixture->happy = 0.999;
  g_assert_cmpint (show (fixture, 100), ==, TILL_SMILE_WANTED);
}

/* Some people's resting faces are taken for half a smile; theirs must rise above that. */
static void
test_merry_rest (Fixture *fixture, gconstpointer data)
{
  fixture->happy = 0.9;
  fixture->happiest = 0.99;
  prompt (fixture);
  g_assert_cmpint (show (fixture, 50), ==, TILL_SMILE_RELAX);
  g_assert_true (reach (fixture, TILL_SMILE_WANTED, 50));
  show (fixture, 5);
  move_to (fixture, SMILE);
  g_assert_false (reach (fixture, TILL_SMILE_MADE, 2 * SOON));
  fixture->happiest = 0.998;
  g_assert_true (reach (fixture, TILL_SMILE_MADE, 2 * SOON));
}

/* A mouth that moves is not at rest, whatever the network says. */
static void
test_restless (Fixture *fixture, gconstpointer data)
{
  fixture->happy = fixture->happiest = 0.05;
  prompt (fixture);
  for (guint i = 0; i < 40; i++)
    {
      move_to (fixture, i % 2 == 0 ? SMILE : REST);
      g_assert_cmpint (get_state (fixture), ==, TILL_SMILE_RELAX);
    }
  g_assert_cmpuint (fixture->drawn, ==, 0);
}

/* One picture in the place of another: the smile is there from one frame to the next. */
static void
test_swapped (Fixture *fixture, gconstpointer data)
{
  prompt (fixture);
  come_to_now (fixture);
  fixture->mouth = SMILE;
  for (guint i = 0; i < 200; i++)
    g_assert_cmpint (show (fixture, 1), !=, TILL_SMILE_MADE);
  g_assert_cmpint (get_state (fixture), ==, TILL_SMILE_RELAX);
}

/* Nor does it help to hide while they are swapped. */
static void
test_swapped_unseen (Fixture *fixture, gconstpointer data)
{
  for (guint hidden = 1; hidden < 40; hidden++)
    {
      prompt (fixture);
      come_to_now (fixture);
      fixture->now_us += hidden * FRAME_US;
      fixture->mouth = SMILE;
      for (guint i = 0; i < 50; i++)
        g_assert_cmpint (show (fixture, 1), !=, TILL_SMILE_MADE);
    }
}

/* Another picture of a face has its brows and nose elsewhere, even if its mouth seemed to grow. */
static void
test_other_shape (Fixture *fixture, gconstpointer data)
{
  TillPoint landmarks[TILL_VISION_LANDMARKS];
  TillFaceShape shape;

  prompt (fixture);
  come_to_now (fixture);
  drawn_face_fill (landmarks, 100, 100, 200, REST);
  for (guint i = 17; i < 36; i++)
    landmarks[i].y += 12;
  g_assert_true (till_face_shape_take (&shape, landmarks));
  fixture->now_us += FRAME_US;
  till_smile_challenge_add (&fixture->challenge, &(TillSmileFrame){
                                                     .captured_us = fixture->now_us,
                                                     .known_us = fixture->now_us,
                                                     .holds = TRUE,
                                                     .shape = &shape,
                                                 });
  g_assert_cmpint (get_state (fixture), ==, TILL_SMILE_RELAX);
}

static void
test_only_while_others_hold (Fixture *fixture, gconstpointer data)
{
  prompt (fixture);
  fixture->holds = FALSE;
  g_assert_cmpint (show (fixture, 100), ==, TILL_SMILE_RELAX);
  fixture->holds = TRUE;
  come_to_now (fixture);
  fixture->holds = FALSE;
  move_to (fixture, SMILE);
  g_assert_cmpint (show (fixture, 40), ==, TILL_SMILE_WANTED);
  fixture->holds = TRUE;
  g_assert_cmpint (show (fixture, 11), ==, TILL_SMILE_HOLDING);
  /* One frame of doubt and the smile must be held from its beginning. */
  fixture->holds = FALSE;
  show (fixture, 1);
  fixture->holds = TRUE;
  g_assert_cmpint (show (fixture, 10), ==, TILL_SMILE_HOLDING);
  g_assert_true (reach (fixture, TILL_SMILE_MADE, SOON));
}

/* A moment of doubt puts the moment off, and costs nobody their neutral face. */
static void
test_doubt_before_moment (Fixture *fixture, gconstpointer data)
{
  prompt (fixture);
  show (fixture, 10);
  g_assert_cmpuint (fixture->drawn, ==, 1);
  fixture->holds = FALSE;
  g_assert_cmpint (show (fixture, 40), ==, TILL_SMILE_RELAX);
  fixture->holds = TRUE;
  g_assert_cmpint (show (fixture, 1), ==, TILL_SMILE_WANTED);
  g_assert_cmpuint (fixture->drawn, ==, 1);
}

/* A frame that is paid on, and does not hold by itself, costs the smile. */
static void
test_deciding_frame (Fixture *fixture, gconstpointer data)
{
  TillPoint landmarks[TILL_VISION_LANDMARKS];
  TillFaceShape shape;

  prompt (fixture);
  come_to_now (fixture);
  g_assert_cmpint (move_to (fixture, SMILE), ==, TILL_SMILE_HOLDING);
  drawn_face_fill (landmarks, 100, 100, 200, SMILE);
  g_assert_true (till_face_shape_take (&shape, landmarks));
  fixture->now_us += FRAME_US;
  till_smile_challenge_add (&fixture->challenge, &(TillSmileFrame){
                                                     .captured_us = fixture->now_us,
                                                     .known_us = fixture->now_us,
                                                     .holds = FALSE,
                                                     .shape = &shape,
                                                     .judged = TRUE,
                                                     .happy = 0.99,
                                                 });
  g_assert_cmpint (get_state (fixture), ==, TILL_SMILE_RELAX);
  g_assert_cmpint (show (fixture, 100), ==, TILL_SMILE_RELAX);
}

/* What was not seen was not held. */
static void
test_gap (Fixture *fixture, gconstpointer data)
{
  prompt (fixture);
  come_to_now (fixture);
  move_to (fixture, SMILE);
  g_assert_cmpint (show (fixture, 8), ==, TILL_SMILE_HOLDING);
  fixture->now_us += TILL_SMILE_CHALLENGE_GAP_US;
  g_assert_cmpint (show (fixture, 10), ==, TILL_SMILE_HOLDING);
  g_assert_true (reach (fixture, TILL_SMILE_MADE, SOON));
}

/* A machine that takes half a second for each of the network's looks. */
static void
test_slow_machine (Fixture *fixture, gconstpointer data)
{
  fixture->thinking_us = 600 * 1000;
  prompt (fixture);
  g_assert_true (reach (fixture, TILL_SMILE_WANTED, 40));
  show (fixture, 5);
  g_assert_cmpint (move_to (fixture, SMILE), ==, TILL_SMILE_HOLDING);
  g_assert_true (reach (fixture, TILL_SMILE_MADE, SOON));
}

static void
test_two_smiles (Fixture *fixture, gconstpointer data)
{
  till_smile_challenge_prompt (&fixture->challenge, 2, fixture->now_us);
  g_assert_cmpuint (till_smile_challenge_get_wanted (&fixture->challenge), ==, 2);
  come_to_now (fixture);
  move_to (fixture, SMILE);
  g_assert_true (reach (fixture, TILL_SMILE_RELAX, SOON));
  g_assert_cmpuint (till_smile_challenge_get_made (&fixture->challenge), ==, 1);
  /* Smiling on is not a second one. */
  g_assert_cmpint (show (fixture, 200), ==, TILL_SMILE_RELAX);
  move_to (fixture, REST);
  come_to_now (fixture);
  g_assert_cmpuint (fixture->drawn, ==, 2);
  move_to (fixture, SMILE);
  g_assert_true (reach (fixture, TILL_SMILE_MADE, SOON));
  g_assert_cmpuint (till_smile_challenge_get_made (&fixture->challenge), ==, 2);
}

static void
test_restart (Fixture *fixture, gconstpointer data)
{
  till_smile_challenge_prompt (&fixture->challenge, 2, fixture->now_us);
  come_to_now (fixture);
  move_to (fixture, SMILE);
  g_assert_true (reach (fixture, TILL_SMILE_RELAX, SOON));
  till_smile_challenge_restart (&fixture->challenge);
  g_assert_cmpuint (till_smile_challenge_get_made (&fixture->challenge), ==, 0);
  g_assert_cmpuint (till_smile_challenge_get_wanted (&fixture->challenge), ==, 2);
  g_assert_cmpint (till_smile_challenge_get_seen_us (&fixture->challenge), ==, 0);
  g_assert_cmpint (show (fixture, 50), ==, TILL_SMILE_RELAX);
}

static void
test_restart_unprompted (Fixture *fixture, gconstpointer data)
{
  till_smile_challenge_restart (&fixture->challenge);
  g_assert_cmpint (get_state (fixture), ==, TILL_SMILE_IDLE);
}

static void
test_second_prompt (Fixture *fixture, gconstpointer data)
{
  prompt (fixture);
  come_to_now (fixture);
  move_to (fixture, SMILE);
  g_assert_true (reach (fixture, TILL_SMILE_MADE, SOON));
  prompt (fixture);
  g_assert_cmpint (show (fixture, 100), ==, TILL_SMILE_RELAX);
}

static void
test_level (Fixture *fixture, gconstpointer data)
{
  prompt (fixture);
  show (fixture, 5);
  g_assert_cmpfloat (till_smile_challenge_get_level (&fixture->challenge), ==, 0);
  come_to_now (fixture);
  g_assert_cmpfloat_with_epsilon (till_smile_challenge_get_level (&fixture->challenge), 0, 1e-3);
  fixture->mouth = 0.05;
  show (fixture, 1);
  g_assert_cmpfloat_with_epsilon (till_smile_challenge_get_level (&fixture->challenge), 0.5, 1e-3);
  fixture->mouth = -0.05;
  show (fixture, 1);
  g_assert_cmpfloat (till_smile_challenge_get_level (&fixture->challenge), ==, 0);
}

/* libsodium's own moments. */
static void
test_draw (Fixture *fixture, gconstpointer data)
{
  guint early = 0;

  for (guint i = 0; i < 1000; i++)
    {
      gint64 delay_us = till_random_delay_draw (300, 1300, NULL);

      g_assert_cmpint (delay_us, >=, 300);
      g_assert_cmpint (delay_us, <=, 1300);
      early += delay_us < 800;
    }
  g_assert_cmpuint (early, >, 400);
  g_assert_cmpuint (early, <, 600);
  g_assert_cmpint (till_random_delay_draw (7, 7, NULL), ==, 7);
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
  ADD ("/smile/moment", test_moment);
  ADD ("/smile/premature", test_premature);
  ADD ("/smile/patience", test_patience);
  ADD ("/smile/short-smile", test_short_smile);
  ADD ("/smile/no-smile", test_no_smile);
  ADD ("/smile/stiff-cheeks", test_stiff_cheeks);
  ADD ("/smile/at-rest", test_at_rest);
  ADD ("/smile/no-widening", test_no_widening);
  ADD ("/smile/merry-rest", test_merry_rest);
  ADD ("/smile/restless", test_restless);
  ADD ("/smile/swapped", test_swapped);
  ADD ("/smile/swapped-unseen", test_swapped_unseen);
  ADD ("/smile/other-shape", test_other_shape);
  ADD ("/smile/only-while-others-hold", test_only_while_others_hold);
  ADD ("/smile/doubt-before-moment", test_doubt_before_moment);
  ADD ("/smile/deciding-frame", test_deciding_frame);
  ADD ("/smile/gap", test_gap);
  ADD ("/smile/slow-machine", test_slow_machine);
  ADD ("/smile/two-smiles", test_two_smiles);
  ADD ("/smile/restart", test_restart);
  ADD ("/smile/restart-unprompted", test_restart_unprompted);
  ADD ("/smile/second-prompt", test_second_prompt);
  ADD ("/smile/level", test_level);
  ADD ("/smile/draw", test_draw);

  return g_test_run ();
}
