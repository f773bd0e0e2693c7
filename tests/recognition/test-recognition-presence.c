/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "recognition/till-presence-evidence.h"

#include <math.h>
#include <string.h>

#define FRAME_US   (40 * 1000)
#define RECHECK_US (400 * 1000)
#define BOTH       (TILL_VISION_WANT_LIVENESS | TILL_VISION_WANT_CLOSE_LIVENESS)

static const TillOperatingPoint point = {
  .live_score = 0.95,
  .live_frame_score = 0.6,
  .attack_score = 0.2,
  .live_frames = 5,
  .live_seconds = 3,
  .most_grid = 12,
  .most_recurrence = 9,
  .most_bezel = 65,
  .most_bands = 4,
  .band_likeness = 0.7,
};

static const TillFace somebody = { .live = 0.99f, .live_close = 0.99f, .grid = 5 };

/* Frames of @face, of which is measured what is asked for; gives what was asked for in all of them together. */
static TillVisionWanted
show (TillPresenceEvidence *presence, const TillFace *face, guint frames, gint64 *now_us)
{
  TillVisionWanted all = 0;

  for (guint i = 0; i < frames; i++)
    {
      TillFace seen = *face;

      *now_us += FRAME_US;
      seen.measured = till_presence_evidence_want (presence, *now_us, RECHECK_US, FALSE);
      all |= seen.measured;
      till_presence_evidence_add (presence, &seen, *now_us);
    }
  return all;
}

static TillEvidence
judge (const TillFace *face, guint frames)
{
  TillPresenceEvidence presence;
  gint64 now_us = G_USEC_PER_SEC;

  till_presence_evidence_init (&presence, &point);
  show (&presence, face, frames, &now_us);
  return till_presence_evidence_get (&presence, now_us);
}

static void
test_somebody (void)
{
  g_assert_cmpint (judge (&somebody, 9), ==, TILL_EVIDENCE_OPEN);
  g_assert_cmpint (judge (&somebody, 10), ==, TILL_EVIDENCE_FOR);
}

/* One look alone never carries it. */
static void
test_each_counts (void)
{
  TillFace sheet = somebody;
  TillFace full = somebody;
  TillFace raster = somebody;
  TillFace unsure = somebody;

  sheet.live = 0.02f;
  full.live_close = 0.02f;
  raster.grid = 20;
  unsure.live_close = 0.8f;
  g_assert_cmpint (judge (&sheet, 40), ==, TILL_EVIDENCE_AGAINST);
  g_assert_cmpint (judge (&full, 40), ==, TILL_EVIDENCE_AGAINST);
  g_assert_cmpint (judge (&raster, 40), ==, TILL_EVIDENCE_AGAINST);
  g_assert_cmpint (judge (&raster, 12), ==, TILL_EVIDENCE_OPEN);
  g_assert_cmpint (judge (&unsure, 40), ==, TILL_EVIDENCE_OPEN);
}

static void
test_undecided (void)
{
  TillPresenceEvidence presence;
  TillFace face = somebody;
  gint64 now_us = G_USEC_PER_SEC;

  till_presence_evidence_init (&presence, &point);
  show (&presence, &face, 20, &now_us);
  g_assert_false (till_presence_evidence_is_undecided (&presence, now_us));

  face.live = 0.5f;
  till_presence_evidence_init (&presence, &point);
  show (&presence, &face, 20, &now_us);
  g_assert_true (till_presence_evidence_is_undecided (&presence, now_us));
  g_assert_cmpfloat (till_presence_evidence_get_probability (&presence, now_us), <, 0.6);
}

/* A single frame with a period in it, a shirt or a codec's blocks, is nothing. */
static void
test_one_grid (void)
{
  TillScreenEvidence screen;

  till_screen_evidence_init (&screen, &point);
  g_assert_cmpint (till_screen_evidence_get (&screen), ==, TILL_EVIDENCE_OPEN);
  till_screen_evidence_add (&screen, 30);
  for (guint i = 0; i < TILL_SCREEN_EVIDENCE_LEAST - 1; i++)
    till_screen_evidence_add (&screen, 5);
  g_assert_cmpint (till_screen_evidence_get (&screen), ==, TILL_EVIDENCE_FOR);
  g_assert_cmpfloat (till_screen_evidence_get_grid (&screen), ==, 5);
  for (guint i = 0; i < TILL_SCREEN_EVIDENCE_WINDOW; i++)
    till_screen_evidence_add (&screen, 12.5);
  g_assert_cmpint (till_screen_evidence_get (&screen), ==, TILL_EVIDENCE_AGAINST);
}

/* What is paid on gets both looks, and both must hold in that frame. */
static void
test_frame (void)
{
  TillPresenceEvidence presence;
  TillFace face = somebody;
  gint64 now_us = G_USEC_PER_SEC;

  till_presence_evidence_init (&presence, &point);
  show (&presence, &somebody, 20, &now_us);
  g_assert_cmphex (till_presence_evidence_want (&presence, now_us + FRAME_US, RECHECK_US, TRUE) & BOTH, ==,
                   BOTH);
  g_assert_cmphex (till_presence_evidence_want (&presence, now_us + FRAME_US, RECHECK_US, FALSE) & BOTH, ==,
                   0);

  face.measured = BOTH;
  g_assert_true (till_presence_evidence_frame_holds (&presence, &face));
  face.live_close = 0.5f;
  g_assert_false (till_presence_evidence_frame_holds (&presence, &face));
  face.live_close = 0.99f;
  face.measured = TILL_VISION_WANT_LIVENESS;
  g_assert_false (till_presence_evidence_frame_holds (&presence, &face));
}

/* Known once, it stays known for as long as the customer stays, at a tenth of the work. */
static void
test_recheck (void)
{
  TillPresenceEvidence presence;
  gint64 now_us = G_USEC_PER_SEC;
  guint looks = 0;

  till_presence_evidence_init (&presence, &point);
  show (&presence, &somebody, 20, &now_us);
  for (guint i = 0; i < 250; i++)
    {
      looks += (show (&presence, &somebody, 1, &now_us) & BOTH) != 0;
      g_assert_cmpint (till_presence_evidence_get (&presence, now_us), ==, TILL_EVIDENCE_FOR);
    }
  g_assert_cmpuint (looks, >=, 45);
  g_assert_cmpuint (looks, <=, 55);
}

#define WIDTH  320
#define HEIGHT 240

/* Of things and of noise, 0 to 15; the same in every frame. */
static guint
get_texture (guint place)
{
  static guint8 texture[3 * WIDTH * HEIGHT];
  static gsize drawn;

  if (g_once_init_enter (&drawn))
    {
      g_autoptr (GRand) random = g_rand_new_with_seed (7);

      for (guint i = 0; i < sizeof texture; i++)
        texture[i] = (guint8) g_rand_int_range (random, 0, 16);
      g_once_init_leave (&drawn, 1);
    }
  return texture[place];
}

/* Bands of light that wander down the picture, on either side of its middle or on both. */
static TillFrame *
draw_bands (guint number, double left, double right, double lag, gint64 captured_us)
{
  static guint8 pixels[3 * WIDTH * HEIGHT];

  for (guint y = 0; y < HEIGHT; y++)
    {
      double angle = 2 * G_PI * y / 80.0 + 0.7 * number;

      for (guint x = 0; x < WIDTH; x++)
        for (guint channel = 0; channel < 3; channel++)
          pixels[3 * (y * WIDTH + x) + channel]
              = (guint8) (120 + get_texture (3 * (y * WIDTH + x))
                          + (x < WIDTH / 2 ? left * sin (angle) : right * sin (angle - lag)));
    }
  return till_frame_new (pixels, WIDTH, HEIGHT, 3 * WIDTH, captured_us, number);
}

static TillEvidence
judge_bands (double left, double right, double lag, gboolean *undecided)
{
  const TillBox square = { 110, 60, 100, 100 };
  g_autoptr (TillPeriodogram) periodogram = till_periodogram_new ();
  TillPresenceEvidence presence;
  gint64 now_us = G_USEC_PER_SEC;

  till_presence_evidence_init (&presence, &point);
  for (guint i = 0; i < 2 * TILL_BAND_EVIDENCE_WINDOW; i++)
    {
      show (&presence, &somebody, 2, &now_us);
      g_autoptr (TillFrame) frame = draw_bands (i, left, right, lag, now_us);
      till_presence_evidence_look (&presence, periodogram, frame, &square);
    }
  *undecided = till_presence_evidence_is_undecided (&presence, now_us);
  return till_presence_evidence_get (&presence, now_us);
}

/* Between two crossings of the screen's refresh with the camera's there are none: they are remembered. */
static void
test_bands_are_remembered (void)
{
  const TillBox square = { 110, 60, 100, 100 };
  g_autoptr (TillPeriodogram) periodogram = till_periodogram_new ();
  TillPresenceEvidence presence;
  gint64 now_us = G_USEC_PER_SEC;

  till_presence_evidence_init (&presence, &point);
  for (guint i = 0; i < 4 * TILL_BAND_EVIDENCE_WINDOW; i++)
    {
      double depth = i < TILL_BAND_EVIDENCE_WINDOW ? 6 : 0;

      show (&presence, &somebody, 2, &now_us);
      g_autoptr (TillFrame) frame = draw_bands (i, depth, depth, 0, now_us);
      till_presence_evidence_look (&presence, periodogram, frame, &square);
      if (i == 2 * TILL_BAND_EVIDENCE_WINDOW)
        g_assert_cmpint (till_presence_evidence_get (&presence, now_us), ==, TILL_EVIDENCE_OPEN);
    }
  g_assert_cmpint (till_presence_evidence_get (&presence, now_us), ==, TILL_EVIDENCE_FOR);
}

/* A screen's refresh shows on both sides of the face alike; it may be a lamp, so it is no attack yet. */
static void
test_bands (void)
{
  gboolean undecided;

  g_assert_cmpint (judge_bands (0, 0, 0, &undecided), ==, TILL_EVIDENCE_FOR);
  g_assert_false (undecided);
  g_assert_cmpint (judge_bands (6, 6, 0, &undecided), ==, TILL_EVIDENCE_OPEN);
  g_assert_true (undecided);
  /* Something else on either side: much in common, but not one light. */
  g_assert_cmpint (judge_bands (8, 8, 1.2, &undecided), ==, TILL_EVIDENCE_FOR);
  /* Something moves on one side, or next to nothing on both. */
  g_assert_cmpint (judge_bands (6, 0, 0, &undecided), ==, TILL_EVIDENCE_FOR);
  g_assert_cmpint (judge_bands (1.5, 1.5, 0, &undecided), ==, TILL_EVIDENCE_FOR);
}

/* Stripes of seven pixels over the whole picture. */
static TillFrame *
draw_stripes (double depth, gint64 captured_us)
{
  static guint8 pixels[3 * WIDTH * HEIGHT];

  for (guint i = 0; i < sizeof pixels; i++)
    {
      guint x = i / 3 % WIDTH;

      pixels[i] = (guint8) (100 + get_texture (i) + depth * (1 + sin (2 * G_PI * x / 7)));
    }
  return till_frame_new (pixels, WIDTH, HEIGHT, 3 * WIDTH, captured_us, 1);
}

/* What @looks looks at stripes of @depth come to. */
static TillEvidence
judge_stripes (double depth, guint looks, gboolean *undecided)
{
  const TillBox square = { 110, 60, 100, 100 };
  g_autoptr (TillPeriodogram) periodogram = till_periodogram_new ();
  TillPresenceEvidence presence;
  gint64 now_us = G_USEC_PER_SEC;

  till_presence_evidence_init (&presence, &point);
  show (&presence, &somebody, 20, &now_us);
  for (guint i = 0; i < looks; i++)
    {
      show (&presence, &somebody, 3, &now_us);
      g_autoptr (TillFrame) frame = draw_stripes (depth, now_us);
      till_presence_evidence_look (&presence, periodogram, frame, &square);
      /* Too soon for another look. */
      till_presence_evidence_look (&presence, periodogram, frame, &square);
    }
  *undecided = till_presence_evidence_is_undecided (&presence, now_us);
  return till_presence_evidence_get (&presence, now_us);
}

/* What face and room repeat alike is a screen's; stripes can be a shop's too, so it is no attack yet. */
static void
test_recurrence (void)
{
  gboolean undecided;

  g_assert_cmpint (judge_stripes (0, TILL_PRESENCE_EVIDENCE_RECURRENCES - 1, &undecided), ==,
                   TILL_EVIDENCE_OPEN);
  g_assert_cmpint (judge_stripes (0, TILL_PRESENCE_EVIDENCE_RECURRENCES, &undecided), ==, TILL_EVIDENCE_FOR);
  g_assert_false (undecided);
  g_assert_cmpint (judge_stripes (6, 30, &undecided), ==, TILL_EVIDENCE_OPEN);
  g_assert_true (undecided);
}

/* A light room in which a bar of @grey, leaning by @lean columns a row, stands at @x, its middle from @from rows on. */
static TillFrame *
draw_bar (int x, double lean, guint8 grey, int from, gint64 captured_us)
{
  static guint8 pixels[3 * WIDTH * HEIGHT];

  for (guint i = 0; i < sizeof pixels; i++)
    pixels[i] = (guint8) (120 + get_texture (i));
  for (int y = from; y < HEIGHT; y++)
    {
      int left = (int) (x + lean * (y - HEIGHT / 2.0));

      memset (pixels + 3 * (y * WIDTH + CLAMP (left, 0, WIDTH - 8)), grey, (gsize) 3 * 8);
    }
  return till_frame_new (pixels, WIDTH, HEIGHT, 3 * WIDTH, captured_us, 1);
}

/* The same room with a bar that lies, @y rows down. */
static TillFrame *
draw_lying_bar (int y, gint64 captured_us)
{
  static guint8 pixels[3 * WIDTH * HEIGHT];

  for (guint i = 0; i < sizeof pixels; i++)
    pixels[i] = (guint8) (120 + get_texture (i));
  memset (pixels + 3 * WIDTH * y, 25, (gsize) 3 * WIDTH * 6);
  return till_frame_new (pixels, WIDTH, HEIGHT, 3 * WIDTH, captured_us, 1);
}

static double
measure_bar (int x, double lean, guint8 grey, int from)
{
  const TillBox square = { 110, 60, 100, 100 };
  TillBezelEvidence bezel;
  gint64 now_us = G_USEC_PER_SEC;

  till_bezel_evidence_init (&bezel);
  g_assert_cmpfloat (till_bezel_evidence_get (&bezel), ==, 0);
  for (guint i = 0; i < TILL_BEZEL_EVIDENCE_WINDOW; i++)
    {
      g_autoptr (TillFrame) frame = draw_bar (x, lean, grey, from, now_us += TILL_BEZEL_EVIDENCE_US);

      till_bezel_evidence_add (&bezel, frame, &square);
    }
  return till_bezel_evidence_get (&bezel);
}

static double
measure_lying_bar (int y)
{
  const TillBox square = { 110, 60, 100, 100 };
  TillBezelEvidence bezel;
  g_autoptr (TillFrame) frame = draw_lying_bar (y, G_USEC_PER_SEC);

  till_bezel_evidence_init (&bezel);
  till_bezel_evidence_add (&bezel, frame, &square);
  return till_bezel_evidence_get (&bezel);
}

static void
test_bar (void)
{
  g_assert_cmpfloat (measure_lying_bar (30), >, 90);
  g_assert_cmpfloat (measure_lying_bar (190), >, 90);
  g_assert_cmpfloat (measure_lying_bar (110), <, 65);
  g_assert_cmpfloat (measure_bar (40, 0, 25, 0), >, 90);
  g_assert_cmpfloat (measure_bar (260, 0.15, 25, 0), >, 90);
  /* A hand over a part of it. */
  g_assert_cmpfloat (measure_bar (40, 0, 25, 60), >, 90);
  /* Half a bar, a grey one, one that lies at a slant, one before the face, and the picture's own edge. */
  g_assert_cmpfloat (measure_bar (40, 0, 25, 120), <, 65);
  g_assert_cmpfloat (measure_bar (40, 0, 80, 0), <, 65);
  g_assert_cmpfloat (measure_bar (60, 0.6, 25, 0), <, 65);
  g_assert_cmpfloat (measure_bar (160, 0, 25, 0), <, 65);
  g_assert_cmpfloat (measure_bar (0, 0, 25, 0), <, 65);
}

/* It may be a post behind them: no attack, but nothing goes on either, and for a while after it left the view. */
static void
test_bezel (void)
{
  const TillBox square = { 110, 60, 100, 100 };
  g_autoptr (TillPeriodogram) periodogram = till_periodogram_new ();
  TillPresenceEvidence presence;
  gint64 now_us = G_USEC_PER_SEC;
  gint64 seen_us = 0;

  till_presence_evidence_init (&presence, &point);
  for (guint i = 0; i < 150; i++)
    {
      gboolean held = i >= 20 && i < 40;

      show (&presence, &somebody, 1, &now_us);
      g_autoptr (TillFrame) frame = held ? draw_bar (40, 0, 25, 0, now_us) : draw_bands (i, 0, 0, 0, now_us);
      till_presence_evidence_look (&presence, periodogram, frame, &square);
      if (i == 19)
        g_assert_cmpint (till_presence_evidence_get (&presence, now_us), ==, TILL_EVIDENCE_FOR);
      if (i == 39)
        seen_us = now_us;
      if (i >= 39 && now_us < seen_us + TILL_PRESENCE_EVIDENCE_BEZEL_US / 2)
        g_assert_cmpint (till_presence_evidence_get (&presence, now_us), ==, TILL_EVIDENCE_OPEN);
    }
  g_assert_cmpint (till_presence_evidence_get (&presence, now_us), ==, TILL_EVIDENCE_FOR);
}

/* One look that takes the face for a picture puts the decision off until it is forgotten. */
static void
test_steadiness (void)
{
  TillOperatingPoint strict = point;
  TillLivenessEvidence looks;
  gint64 now_us = G_USEC_PER_SEC;

  strict.live_score = 0.6;
  strict.live_least = 0.25;
  till_liveness_evidence_init (&looks, &strict);
  for (guint i = 0; i < 8; i++)
    till_liveness_evidence_add (&looks, 0.98, now_us += FRAME_US);
  g_assert_cmpint (till_liveness_evidence_get (&looks, now_us), ==, TILL_EVIDENCE_FOR);
  till_liveness_evidence_add (&looks, 0.26, now_us += FRAME_US);
  g_assert_cmpint (till_liveness_evidence_get (&looks, now_us), ==, TILL_EVIDENCE_FOR);
  till_liveness_evidence_add (&looks, 0.24, now_us += FRAME_US);
  g_assert_cmpfloat (till_liveness_evidence_get_probability (&looks, now_us, NULL), >, 0.9);
  g_assert_cmpint (till_liveness_evidence_get (&looks, now_us), ==, TILL_EVIDENCE_OPEN);
  for (guint i = 0; i < 6; i++)
    till_liveness_evidence_add (&looks, 0.98, now_us += G_USEC_PER_SEC / 2);
  g_assert_cmpint (till_liveness_evidence_get (&looks, now_us), ==, TILL_EVIDENCE_OPEN);
  till_liveness_evidence_add (&looks, 0.98, now_us += G_USEC_PER_SEC / 2);
  g_assert_cmpint (till_liveness_evidence_get (&looks, now_us), ==, TILL_EVIDENCE_FOR);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/presence/somebody", test_somebody);
  g_test_add_func ("/presence/each-counts", test_each_counts);
  g_test_add_func ("/presence/undecided", test_undecided);
  g_test_add_func ("/presence/one-grid", test_one_grid);
  g_test_add_func ("/presence/frame", test_frame);
  g_test_add_func ("/presence/recheck", test_recheck);
  g_test_add_func ("/presence/bands", test_bands);
  g_test_add_func ("/presence/bands-are-remembered", test_bands_are_remembered);
  g_test_add_func ("/presence/bar", test_bar);
  g_test_add_func ("/presence/bezel", test_bezel);
  g_test_add_func ("/presence/recurrence", test_recurrence);
  g_test_add_func ("/presence/steadiness", test_steadiness);
  return g_test_run ();
}
