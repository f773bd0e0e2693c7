/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "vision-fixture.h"

#include <math.h>
#include <string.h>

#define SERIOUS "grace_hopper.jpg"
#define SMILING "astronaut.png"

static TillFaces *
follow (TillFrame *frame, const TillFace *last, TillVisionWanted wanted)
{
  g_autoptr (GError) error = NULL;
  TillFaces *faces = till_vision_follow (vision_fixture_networks (), frame, last, wanted, &error);

  g_assert_no_error (error);
  g_assert_nonnull (faces);
  g_assert_cmpuint (till_faces_get_n (faces), <=, 1);
  return faces;
}

static gboolean
is_lost (TillFrame *frame, const TillFace *last)
{
  g_autoptr (TillFaces) faces = follow (frame, last, TILL_VISION_WANT_ALL);

  return till_faces_get_n (faces) == 0;
}

static TillFrame *
shift (TillFrame *frame, double x, double y)
{
  const double map[6] = { 1, 0, -x, 0, 1, -y };

  return vision_fixture_warp (frame, map, till_frame_get_width (frame), till_frame_get_height (frame));
}

static double
overlap (TillBox a, TillBox b)
{
  double width = (double) (MIN (a.x + a.width, b.x + b.width) - MAX (a.x, b.x));
  double height = (double) (MIN (a.y + a.height, b.y + b.height) - MAX (a.y, b.y));
  double shared = MAX (width, 0) * MAX (height, 0);

  return shared / ((double) (a.width * a.height) + (double) (b.width * b.height) - shared);
}

/* Mean distance of the landmarks, of the square's side. */
static double
distance (const TillFace *a, const TillFace *b)
{
  double sum = 0;

  for (guint i = 0; i < TILL_VISION_LANDMARKS; i++)
    sum += hypot ((double) (a->landmarks[i].x - b->landmarks[i].x),
                  (double) (a->landmarks[i].y - b->landmarks[i].y));
  return sum / TILL_VISION_LANDMARKS / (double) a->square.height;
}

static void
assert_alike (const TillFace *followed, const TillFace *detected)
{
  g_test_message ("square %.2f, box %.2f, landmarks %.3f, cosine %.3f",
                  overlap (followed->square, detected->square), overlap (followed->box, detected->box),
                  distance (followed, detected),
                  (double) till_vision_compare (followed->embedding, detected->embedding));
  g_assert_cmpfloat (overlap (followed->square, detected->square), >, 0.65);
  g_assert_cmpfloat (overlap (followed->box, detected->box), >, 0.65);
  g_assert_cmpfloat (distance (followed, detected), <, 0.03);
  g_assert_cmpfloat (till_vision_compare (followed->embedding, detected->embedding), >, 0.95F);
  g_assert_cmpfloat (fabsf (followed->live - detected->live), <, 0.2F);
}

/* Where the detector would find it, with what was wanted, and said to be followed. */
static void
test_moved (void)
{
  const char *portraits[] = { SERIOUS, SMILING };
  const double moves[][2]
      = { { 0, 0 }, { 0.1, 0 }, { -0.07, 0.07 }, { 0.15, -0.1 }, { -0.2, 0 }, { 0, 0.15 }, { 0, -0.12 } };

  for (guint i = 0; i < G_N_ELEMENTS (portraits); i++)
    {
      g_autoptr (TillFrame) frame = vision_fixture_portrait (portraits[i]);
      g_autoptr (TillFaces) before = vision_fixture_analyse (frame, TILL_VISION_WANT_LANDMARKS);
      const TillFace *last = till_faces_get (before, 0);

      g_assert_false (last->followed);
      for (guint j = 0; j < G_N_ELEMENTS (moves); j++)
        {
          double side = (double) last->square.height;
          g_autoptr (TillFrame) moved = shift (frame, moves[j][0] * side, moves[j][1] * side);
          g_autoptr (TillFaces) detected = vision_fixture_analyse (moved, TILL_VISION_WANT_ALL);
          g_autoptr (TillFaces) followed = follow (moved, last, TILL_VISION_WANT_ALL);

          g_test_message ("%s moved by %.2f, %.2f", portraits[i], moves[j][0], moves[j][1]);
          g_assert_cmpuint (till_faces_get_n (followed), ==, 1);
          const TillFace *face = till_faces_get (followed, 0);
          g_assert_true (face->followed);
          g_assert_cmpfloat (face->score, ==, last->score);
          g_assert_cmpint (face->measured, ==, TILL_VISION_WANT_ALL);
          assert_alike (face, till_faces_get (detected, 0));
        }
    }
}

/* Seconds of a real clip, seen by the detector in its first frame alone. */
static void
follow_clip (const char *file, const char *segment)
{
  g_autoptr (GPtrArray) frames = vision_fixture_clip (file, segment, 2, 50);
  g_autoptr (TillFaces) faces
      = vision_fixture_analyse (g_ptr_array_index (frames, 0), TILL_VISION_WANT_LANDMARKS);

  for (guint i = 1; i < frames->len; i++)
    {
      TillFrame *frame = g_ptr_array_index (frames, i);
      TillFaces *next = follow (frame, till_faces_get (faces, 0), TILL_VISION_WANT_ALL);

      g_assert_cmpuint (till_faces_get_n (next), ==, 1);
      till_faces_unref (g_steal_pointer (&faces));
      faces = next;
      if (i % 7 == 0)
        {
          g_autoptr (TillFaces) detected
              = vision_fixture_analyse (frame, TILL_VISION_WANT_ALL | TILL_VISION_LARGEST_ONLY);

          g_test_message ("%s, frame %u", file, i);
          assert_alike (till_faces_get (faces, 0), till_faces_get (detected, 0));
        }
    }
}

static void
test_clips (void)
{
  follow_clip ("franck.webm", "@80-90");
  follow_clip ("cap12_edit.webm", "@20-30"); /* the mouth opens wide */
  follow_clip ("cap13_edit2.webm", "@10-20");
}

/* Real frames in which the face is covered, elsewhere, or another's in another place. */
static void
test_lost_in_a_clip (void)
{
  g_autoptr (GPtrArray) frames = vision_fixture_clip ("cap12_edit.webm", "@2-8", 15, 4);
  g_autoptr (TillFrame) portrait = vision_fixture_portrait (SMILING);
  const guint8 colours[][3] = { { 60, 60, 70 }, { 110, 140, 190 }, { 20, 200, 20 }, { 255, 255, 255 } };

  for (guint i = 0; i < frames->len; i++)
    {
      TillFrame *frame = g_ptr_array_index (frames, i);
      g_autoptr (TillFaces) faces = vision_fixture_analyse (frame, TILL_VISION_WANT_LANDMARKS);
      const TillFace *last = till_faces_get (faces, 0);
      double side = (double) last->square.height;
      g_autoptr (TillFrame) painted = vision_fixture_paint (frame, last->square, colours[i]);
      g_autoptr (TillFrame) sideways = shift (frame, i % 2 ? 0.7 * side : -0.7 * side, 0);
      g_autoptr (TillFrame) downwards = shift (frame, 0, 0.6 * side);

      g_assert_false (is_lost (frame, last));
      g_assert_true (is_lost (painted, last));
      g_assert_true (is_lost (sideways, last));
      g_assert_true (is_lost (downwards, last));
      g_assert_true (is_lost (portrait, last));
    }
}

static void
test_lost (void)
{
  g_autoptr (TillFrame) frame = vision_fixture_portrait (SERIOUS);
  g_autoptr (TillFaces) before = vision_fixture_analyse (frame, TILL_VISION_WANT_LANDMARKS);
  const TillFace *last = till_faces_get (before, 0);
  double side = (double) last->square.height;
  int width = till_frame_get_width (frame);
  int height = till_frame_get_height (frame);
  TillFrame *without[] = {
    vision_fixture_plain (width, height, 0),
    vision_fixture_plain (width, height, 128),
    vision_fixture_plain (width, height, 255),
    shift (frame, side, 0),
    shift (frame, 0, -side),
    shift (frame, 3 * side, 3 * side),
    vision_fixture_plain (1, 1, 128),
    vision_fixture_plain (width, 1, 128),
  };

  for (guint i = 0; i < G_N_ELEMENTS (without); i++)
    {
      g_test_message ("frame %u", i);
      g_assert_true (is_lost (without[i], last));
      till_frame_unref (without[i]);
    }
  g_assert_false (is_lost (frame, last));
}

static void
test_landmarks_that_are_no_places (void)
{
  g_autoptr (TillFrame) frame = vision_fixture_portrait (SERIOUS);
  g_autoptr (TillFaces) faces = vision_fixture_analyse (frame, TILL_VISION_WANT_LANDMARKS);
  const float bad[] = { NAN, INFINITY, -INFINITY, 1e30F, -1e30F, FLT_MAX, -FLT_MAX };

  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    for (guint point = 0; point < TILL_VISION_LANDMARKS; point++)
      {
        TillFace last = *till_faces_get (faces, 0);

        last.landmarks[point].y = bad[i];
        g_assert_true (is_lost (frame, &last));
        last = *till_faces_get (faces, 0);
        last.landmarks[point].x = bad[i];
        g_assert_true (is_lost (frame, &last));
      }

  TillFace flat = *till_faces_get (faces, 0);
  memset (flat.landmarks, 0, sizeof flat.landmarks);
  g_assert_true (is_lost (frame, &flat));
}

static void
test_without_landmarks (void)
{
  if (g_test_subprocess ())
    {
      g_autoptr (TillFrame) frame = vision_fixture_portrait (SERIOUS);
      g_autoptr (TillFaces) faces = vision_fixture_analyse (frame, TILL_VISION_WANT_BOXES);

      till_vision_follow (vision_fixture_networks (), frame, till_faces_get (faces, 0),
                          TILL_VISION_WANT_LANDMARKS, NULL);
      return;
    }
  g_test_trap_subprocess (NULL, 0, 0);
  g_test_trap_assert_failed ();
  g_test_trap_assert_stderr ("*LANDMARKS*");
}

static void
test_times (void)
{
  g_autoptr (TillFrame) frame = vision_fixture_portrait (SERIOUS);
  g_autoptr (TillFaces) before = vision_fixture_analyse (frame, TILL_VISION_WANT_LANDMARKS);
  g_autoptr (TillFaces) eyes = follow (frame, till_faces_get (before, 0), TILL_VISION_WANT_EYES);
  const TillVisionTimes *times = till_faces_get_times (eyes);

  g_assert_cmpint (till_faces_get (eyes, 0)->measured, ==,
                   TILL_VISION_WANT_EYES | TILL_VISION_WANT_LANDMARKS);
  g_assert_cmpfloat (times->detect, ==, 0);
  g_assert_cmpfloat (times->landmarks, >, 0);
  g_assert_cmpfloat (times->eyes, >, 0);
  g_assert_cmpfloat (times->quality, ==, 0);
  g_assert_cmpfloat (times->embedding, ==, 0);
  g_assert_cmpfloat (times->total, >=, times->landmarks + times->eyes);
}

int
main (int argc, char **argv)
{
  int status;

  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/vision/follow/moved", test_moved);
  g_test_add_func ("/vision/follow/clips", test_clips);
  g_test_add_func ("/vision/follow/lost-in-a-clip", test_lost_in_a_clip);
  g_test_add_func ("/vision/follow/lost", test_lost);
  g_test_add_func ("/vision/follow/landmarks-that-are-no-places", test_landmarks_that_are_no_places);
  g_test_add_func ("/vision/follow/without-landmarks", test_without_landmarks);
  g_test_add_func ("/vision/follow/times", test_times);
  status = g_test_run ();
  vision_fixture_clear ();
  return status;
}
