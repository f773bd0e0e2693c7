/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "vision-fixture.h"

#include <math.h>
#include <string.h>

#define SMILING "astronaut.png"
#define SERIOUS "grace_hopper.jpg"

/* Cosine at which one comparison in 100,000 of strangers is taken for the same person. */
#define STRANGERS_AT_1E5 0.48F

static const TillFace *
only_face (TillFaces *faces)
{
  g_assert_cmpuint (till_faces_get_n (faces), ==, 1);
  return till_faces_get (faces, 0);
}

static void
assert_near (double value, double expected, double tolerance)
{
  g_assert_cmpfloat (fabs (value - expected), <=, tolerance);
}

static void
assert_inside (TillPoint point, TillBox box, float margin)
{
  g_assert_cmpfloat (point.x, >=, box.x - margin);
  g_assert_cmpfloat (point.x, <=, box.x + box.width + margin);
  g_assert_cmpfloat (point.y, >=, box.y - margin);
  g_assert_cmpfloat (point.y, <=, box.y + box.height + margin);
}

static float
mean_x (const TillFace *face, guint first, guint n)
{
  float sum = 0;

  for (guint i = first; i < first + n; i++)
    sum += face->landmarks[i].x;
  return sum / (float) n;
}

static void
test_smiling_portrait (void)
{
  g_autoptr (TillFrame) frame = vision_fixture_portrait (SMILING);
  g_autoptr (TillFaces) faces = vision_fixture_analyse (frame, TILL_VISION_WANT_ALL);
  const TillFace *face = only_face (faces);

  g_assert_cmpint (face->measured, ==, TILL_VISION_WANT_ALL);
  g_assert_cmpfloat (face->score, >, 0.65F);
  g_assert_cmpfloat (face->score, <=, 1);
  g_assert_cmpfloat (face->smile, >, 0.95F);
  g_assert_cmpfloat (face->live, >, 0.95F);
  g_assert_cmpfloat (face->eyes_closed[0], <, 0.2F);
  g_assert_cmpfloat (face->eyes_closed[1], <, 0.2F);
  assert_near (face->pose.yaw, 0, 12);
  assert_near (face->pose.pitch, 0, 15);
  assert_near (face->pose.roll, 3, 5);
}

static void
test_serious_portrait (void)
{
  g_autoptr (TillFrame) frame = vision_fixture_portrait (SERIOUS);
  g_autoptr (TillFaces) faces = vision_fixture_analyse (frame, TILL_VISION_WANT_ALL);
  const TillFace *face = only_face (faces);

  g_assert_cmpfloat (face->smile, <, 0.2F);
  g_assert_cmpfloat (face->live, >, 0.95F);
  g_assert_cmpfloat (face->eyes_closed[0], <, 0.2F);
  g_assert_cmpfloat (face->eyes_closed[1], <, 0.2F);
}

static void
test_places (void)
{
  const char *portraits[] = { SMILING, SERIOUS };

  for (guint i = 0; i < G_N_ELEMENTS (portraits); i++)
    {
      g_autoptr (TillFrame) frame = vision_fixture_portrait (portraits[i]);
      g_autoptr (TillFaces) faces = vision_fixture_analyse (frame, TILL_VISION_WANT_LANDMARKS);
      const TillFace *face = only_face (faces);
      TillBox image = { 0, 0, (float) till_frame_get_width (frame), (float) till_frame_get_height (frame) };

      assert_inside ((TillPoint){ face->box.x, face->box.y }, image, 0);
      assert_inside ((TillPoint){ face->box.x + face->box.width, face->box.y + face->box.height }, image, 0);
      for (guint j = 0; j < TILL_VISION_LANDMARKS; j++)
        {
          assert_inside (face->landmarks[j], face->square, 0.05F * face->square.height);
          if (j >= 36) /* eyes and mouth; the jaw may reach out of a narrow box */
            assert_inside (face->landmarks[j], face->box, 0);
        }
      /* Left to right in the image: one eye, the nose, the other; from the top: eye, nose, mouth, chin. */
      g_assert_cmpfloat (mean_x (face, 36, 6), <, face->landmarks[30].x);
      g_assert_cmpfloat (face->landmarks[30].x, <, mean_x (face, 42, 6));
      g_assert_cmpfloat (face->landmarks[39].y, <, face->landmarks[30].y);
      g_assert_cmpfloat (face->landmarks[30].y, <, face->landmarks[62].y);
      g_assert_cmpfloat (face->landmarks[62].y, <, face->landmarks[8].y);
    }
}

static void
test_quality (void)
{
  g_autoptr (TillFrame) frame = vision_fixture_portrait (SERIOUS);
  g_autoptr (TillFrame) dark = vision_fixture_brighten (frame, 0.5);
  g_autoptr (TillFrame) small = vision_fixture_scale (frame, 0.25);
  g_autoptr (TillFrame) blurred = vision_fixture_scale (small, 4);
  g_autoptr (TillFaces) faces = vision_fixture_analyse (frame, TILL_VISION_WANT_QUALITY);
  g_autoptr (TillFaces) dark_faces = vision_fixture_analyse (dark, TILL_VISION_WANT_QUALITY);
  g_autoptr (TillFaces) blurred_faces = vision_fixture_analyse (blurred, TILL_VISION_WANT_QUALITY);
  TillFaceQuality whole = only_face (faces)->quality;
  TillFaceQuality half = only_face (dark_faces)->quality;

  assert_near (whole.size, only_face (faces)->square.width, 0.5);
  assert_near (half.brightness, whole.brightness / 2, 6);
  assert_near (half.contrast, whole.contrast / 2, 4);
  g_assert_cmpfloat (only_face (blurred_faces)->quality.sharpness, <, whole.sharpness / 2);
  g_assert_cmpfloat (whole.side_light, <, 0.1F);
}

/* Gain drives the brightest parts of a face into the white, and more of it the rest too. */
static void
test_clipped (void)
{
  g_autoptr (TillFrame) frame = vision_fixture_portrait (SERIOUS);
  float before = -1;

  for (double gain = 1; gain <= 2.5; gain += 0.75)
    {
      g_autoptr (TillFrame) bright = vision_fixture_brighten (frame, gain);
      g_autoptr (TillFaces) faces = vision_fixture_analyse (bright, TILL_VISION_WANT_QUALITY);
      float clipped = only_face (faces)->quality.clipped;

      g_assert_cmpfloat (clipped, >, before);
      before = gain > 1 ? clipped + 0.02F : clipped;
      if (gain == 1.0)
        g_assert_cmpfloat (clipped, <, 0.02F);
    }
  g_assert_cmpfloat (before, <, 1);
}

static void
test_side_light (void)
{
  g_autoptr (TillFrame) frame = vision_fixture_portrait (SERIOUS);
  int width = till_frame_get_width (frame);
  gsize stride = till_frame_get_stride (frame);
  gsize size = stride * (gsize) till_frame_get_height (frame);
  g_autofree guint8 *pixels = g_memdup2 (till_frame_get_pixels (frame), size);
  g_autoptr (TillFrame) lit = NULL;
  g_autoptr (TillFaces) faces = NULL;

  for (gsize i = 0; i < size; i++)
    pixels[i] = (guint8) (pixels[i] * (1 - 0.9 * (double) (i % stride) / (double) stride));
  lit = till_frame_new (pixels, width, till_frame_get_height (frame), stride, 1, 1);
  faces = vision_fixture_analyse (lit, TILL_VISION_WANT_QUALITY);

  g_assert_cmpfloat (only_face (faces)->quality.side_light, >, 0.15F);
  g_assert_cmpfloat (only_face (faces)->quality.side_light, <=, 1);
}

/* Copies the embedding to @unit. */
static void
embed (TillFrame *frame, float *unit)
{
  g_autoptr (TillFaces) faces = vision_fixture_analyse (frame, TILL_VISION_WANT_EMBEDDING);
  double length = 0;

  memcpy (unit, only_face (faces)->embedding, TILL_VISION_EMBEDDING * sizeof (float));
  for (guint i = 0; i < TILL_VISION_EMBEDDING; i++)
    length += (double) unit[i] * (double) unit[i];
  assert_near (length, 1, 1e-5);
}

static void
test_same_person (void)
{
  g_autoptr (TillFrame) frame = vision_fixture_portrait (SERIOUS);
  TillFrame *others[] = {
    vision_fixture_crop (frame, 60, 40, 400, 480),
    vision_fixture_scale (frame, 0.6),
    vision_fixture_scale (frame, 1.7),
    vision_fixture_brighten (frame, 0.6),
    vision_fixture_brighten (frame, 1.3),
    vision_fixture_turn (frame, 8),
    vision_fixture_turn (frame, -8),
    vision_fixture_mirror (frame),
  };
  float first[TILL_VISION_EMBEDDING];

  embed (frame, first);
  assert_near (till_vision_compare (first, first), 1, 1e-5);
  for (guint i = 0; i < G_N_ELEMENTS (others); i++)
    {
      float other[TILL_VISION_EMBEDDING];

      embed (others[i], other);
      g_test_message ("variant %u: cosine %.3f", i, (double) till_vision_compare (first, other));
      g_assert_cmpfloat (till_vision_compare (first, other), >, 0.8F);
      till_frame_unref (others[i]);
    }
}

static void
test_two_people (void)
{
  g_autoptr (TillFrame) one = vision_fixture_portrait (SMILING);
  g_autoptr (TillFrame) two = vision_fixture_portrait (SERIOUS);
  float first[TILL_VISION_EMBEDDING];
  float second[TILL_VISION_EMBEDDING];

  embed (one, first);
  embed (two, second);
  g_assert_cmpfloat (till_vision_compare (first, second), <, STRANGERS_AT_1E5);
  g_assert_cmpfloat (till_vision_compare (first, second), >, -1);
}

static void
test_mirror_turns_pose (void)
{
  g_autoptr (TillFrame) portrait = vision_fixture_portrait (SMILING);
  g_autoptr (TillFrame) frame = vision_fixture_turn (portrait, 7);
  g_autoptr (TillFrame) mirror = vision_fixture_mirror (frame);
  g_autoptr (TillFaces) faces = vision_fixture_analyse (frame, TILL_VISION_WANT_LANDMARKS);
  g_autoptr (TillFaces) mirror_faces = vision_fixture_analyse (mirror, TILL_VISION_WANT_LANDMARKS);
  const TillFace *face = only_face (faces);
  const TillFace *reflected = only_face (mirror_faces);

  g_assert_cmpfloat (face->pose.roll, >, 5);
  assert_near (reflected->pose.yaw, -face->pose.yaw, 6);
  assert_near (reflected->pose.roll, -face->pose.roll, 4);
  assert_near (reflected->pose.pitch, face->pose.pitch, 6);
}

static void
test_turning_the_picture_rolls (void)
{
  g_autoptr (TillFrame) frame = vision_fixture_portrait (SERIOUS);
  g_autoptr (TillFaces) faces = vision_fixture_analyse (frame, TILL_VISION_WANT_LANDMARKS);
  float upright = only_face (faces)->pose.roll;
  const double turns[] = { -12, 12 };

  for (guint i = 0; i < G_N_ELEMENTS (turns); i++)
    {
      g_autoptr (TillFrame) turned = vision_fixture_turn (frame, turns[i]);
      g_autoptr (TillFaces) turned_faces = vision_fixture_analyse (turned, TILL_VISION_WANT_LANDMARKS);

      assert_near (only_face (turned_faces)->pose.roll - upright, turns[i], 4);
    }
}

static void
test_no_face (void)
{
  const int sizes[][2] = { { 1, 1 }, { 1, 900 }, { 900, 1 }, { 2, 3 }, { 640, 480 } };
  const guint8 greys[] = { 0, 128, 255 };

  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++)
    for (guint j = 0; j < G_N_ELEMENTS (greys); j++)
      {
        g_autoptr (TillFrame) frame = vision_fixture_plain (sizes[i][0], sizes[i][1], greys[j]);
        g_autoptr (TillFaces) faces = vision_fixture_analyse (frame, TILL_VISION_WANT_ALL);

        g_assert_cmpuint (till_faces_get_n (faces), ==, 0);
        g_assert_cmpfloat (till_faces_get_times (faces)->detect, >, 0);
        g_assert_cmpfloat (till_faces_get_times (faces)->embedding, ==, 0);
      }
}

static void
test_huge (void)
{
  g_autoptr (TillFrame) frame = vision_fixture_portrait (SERIOUS);
  g_autoptr (TillFrame) huge = vision_fixture_scale (frame, 6);
  g_autoptr (TillFaces) faces = vision_fixture_analyse (frame, TILL_VISION_WANT_ALL);
  g_autoptr (TillFaces) huge_faces = vision_fixture_analyse (huge, TILL_VISION_WANT_ALL);
  const TillFace *face = only_face (faces);
  const TillFace *large = only_face (huge_faces);

  assert_near (large->box.x / 6, face->box.x, 8);
  assert_near (large->quality.size / 6, face->quality.size, 8);
  assert_near (large->quality.brightness, face->quality.brightness, 4);
  g_assert_cmpfloat (till_vision_compare (face->embedding, large->embedding), >, 0.95F);
  assert_near (large->live, face->live, 0.1);
  g_assert_cmpfloat (large->smile, <, 0.3F);
}

static void
test_face_at_the_edge (void)
{
  g_autoptr (TillFrame) frame = vision_fixture_portrait (SERIOUS);
  g_autoptr (TillFaces) whole = vision_fixture_analyse (frame, TILL_VISION_WANT_BOXES);
  TillBox box = only_face (whole)->box;
  /* The square is broader than the box, so cutting at the box's side cuts it. */
  int left = (int) box.x;
  g_autoptr (TillFrame) cut = vision_fixture_crop (frame, left, 0, till_frame_get_width (frame) - left,
                                                   till_frame_get_height (frame));
  g_autoptr (TillFaces) faces = vision_fixture_analyse (cut, TILL_VISION_WANT_ALL);
  const TillFace *face = only_face (faces);

  g_assert_cmpfloat (face->square.x, ==, 0);
  g_assert_cmpfloat (face->square.width, <, face->square.height);
  g_assert_cmpfloat (face->quality.size, ==, face->square.width);
  g_assert_true (isfinite (face->pose.yaw));
  g_assert_cmpfloat (face->live, >=, 0);
  g_assert_cmpfloat (face->live, <=, 1);
}

static void
assert_same_face (const TillFace *a, const TillFace *b)
{
  g_assert_true (memcmp (a, b, sizeof *a) == 0);
}

static void
test_deterministic (void)
{
  g_autoptr (TillFrame) frame = vision_fixture_portrait (SMILING);
  g_autoptr (TillFrame) between = vision_fixture_portrait (SERIOUS);
  g_autoptr (TillFaces) first = vision_fixture_analyse (frame, TILL_VISION_WANT_ALL);
  g_autoptr (TillFaces) other = vision_fixture_analyse (between, TILL_VISION_WANT_ALL);
  g_autoptr (TillFaces) second = vision_fixture_analyse (frame, TILL_VISION_WANT_ALL);

  assert_same_face (only_face (first), only_face (second));
  g_assert_cmpuint (till_faces_get_n (other), ==, 1);
}

static void
test_padded_rows (void)
{
  g_autoptr (TillFrame) frame = vision_fixture_portrait (SMILING);
  int width = till_frame_get_width (frame);
  int height = till_frame_get_height (frame);
  gsize stride = (gsize) width * 3 + 37;
  g_autofree guint8 *pixels = g_malloc (stride * (gsize) height);
  g_autoptr (TillFrame) padded = NULL;
  g_autoptr (TillFaces) faces = vision_fixture_analyse (frame, TILL_VISION_WANT_ALL);
  g_autoptr (TillFaces) padded_faces = NULL;

  memset (pixels, 0xAA, stride * (gsize) height);
  for (int y = 0; y < height; y++)
    memcpy (pixels + (gsize) y * stride,
            till_frame_get_pixels (frame) + (gsize) y * till_frame_get_stride (frame), (gsize) width * 3);
  padded = till_frame_new (pixels, width, height, stride, 1, 1);
  padded_faces = vision_fixture_analyse (padded, TILL_VISION_WANT_ALL);

  assert_same_face (only_face (faces), only_face (padded_faces));
}

/* Two portraits in one picture. */
static TillFrame *
couple (const char *left, double left_scale, const char *right, double right_scale)
{
  g_autoptr (TillFrame) one = vision_fixture_portrait (left);
  g_autoptr (TillFrame) two = vision_fixture_portrait (right);
  g_autoptr (TillFrame) one_scaled = vision_fixture_scale (one, left_scale);
  g_autoptr (TillFrame) two_scaled = vision_fixture_scale (two, right_scale);

  return vision_fixture_beside (one_scaled, two_scaled);
}

static void
test_largest_first (void)
{
  g_autoptr (TillFrame) right_larger = couple (SMILING, 1, SERIOUS, 1);
  g_autoptr (TillFrame) left_larger = couple (SMILING, 1.6, SERIOUS, 0.5);
  g_autoptr (TillFaces) first = vision_fixture_analyse (right_larger, TILL_VISION_WANT_EMBEDDING);
  g_autoptr (TillFaces) second = vision_fixture_analyse (left_larger, TILL_VISION_WANT_EMBEDDING);
  TillFaces *both[] = { first, second };

  for (guint i = 0; i < G_N_ELEMENTS (both); i++)
    {
      g_assert_cmpuint (till_faces_get_n (both[i]), ==, 2);
      g_assert_cmpfloat (till_faces_get (both[i], 0)->box.height, >, till_faces_get (both[i], 1)->box.height);
    }
  g_assert_cmpfloat (till_faces_get (first, 0)->box.x, >, till_faces_get (first, 1)->box.x);
  g_assert_cmpfloat (till_faces_get (second, 0)->box.x, <, till_faces_get (second, 1)->box.x);

  /* Each keeps its own identity in company. */
  g_assert_cmpfloat (
      till_vision_compare (till_faces_get (first, 0)->embedding, till_faces_get (second, 1)->embedding), >,
      0.7F);
  g_assert_cmpfloat (
      till_vision_compare (till_faces_get (first, 0)->embedding, till_faces_get (second, 0)->embedding), <,
      STRANGERS_AT_1E5);
}

static void
test_largest_only (void)
{
  g_autoptr (TillFrame) frame = couple (SMILING, 1, SERIOUS, 1);
  g_autoptr (TillFaces) faces
      = vision_fixture_analyse (frame, TILL_VISION_WANT_ALL | TILL_VISION_LARGEST_ONLY);
  g_autoptr (TillFaces) all = vision_fixture_analyse (frame, TILL_VISION_WANT_ALL);
  TillFace boxed = { 0 };
  const TillFace *smaller;

  g_assert_cmpuint (till_faces_get_n (faces), ==, 2);
  assert_same_face (till_faces_get (faces, 0), till_faces_get (all, 0));

  smaller = till_faces_get (faces, 1);
  g_assert_cmpfloat (smaller->score, >, 0.65F);
  boxed.box = smaller->box;
  boxed.square = smaller->square;
  boxed.score = smaller->score;
  assert_same_face (smaller, &boxed);
  g_assert_cmpint (till_faces_get (all, 1)->measured, ==, TILL_VISION_WANT_ALL);
}

/* What of @face was measured, told from the numbers themselves. */
static TillVisionWanted
filled (const TillFace *face)
{
  static const TillFace none = { 0 };
  unsigned fields = 0;

  if (memcmp (face->landmarks, none.landmarks, sizeof none.landmarks) != 0)
    fields |= TILL_VISION_WANT_LANDMARKS;
  if (memcmp (&face->quality, &none.quality, sizeof none.quality) != 0)
    fields |= TILL_VISION_WANT_QUALITY;
  if (face->live > 0)
    fields |= TILL_VISION_WANT_LIVENESS;
  if (face->live_close > 0)
    fields |= TILL_VISION_WANT_CLOSE_LIVENESS;
  if (face->grid > 0)
    fields |= TILL_VISION_WANT_GRID;
  if (face->eyes_closed[0] > 0 || face->eyes_closed[1] > 0)
    fields |= TILL_VISION_WANT_EYES;
  if (face->smile > 0)
    fields |= TILL_VISION_WANT_SMILE;
  if (memcmp (face->embedding, none.embedding, sizeof none.embedding) != 0)
    fields |= TILL_VISION_WANT_EMBEDDING;
  return (TillVisionWanted) fields;
}

static TillVisionWanted
timed (const TillVisionTimes *times)
{
  const struct
  {
    float time;
    unsigned field;
  } stages[] = {
    { times->landmarks, TILL_VISION_WANT_LANDMARKS }, { times->quality, TILL_VISION_WANT_QUALITY },
    { times->liveness, TILL_VISION_WANT_LIVENESS },   { times->eyes, TILL_VISION_WANT_EYES },
    { times->smile, TILL_VISION_WANT_SMILE },         { times->embedding, TILL_VISION_WANT_EMBEDDING },
    { times->grid, TILL_VISION_WANT_GRID },
  };
  unsigned fields = 0;

  for (guint i = 0; i < G_N_ELEMENTS (stages); i++)
    if (stages[i].time > 0)
      fields |= stages[i].field;
  g_assert_cmpfloat (times->detect, >, 0);
  g_assert_cmpfloat (times->total, >=, times->detect);
  return (TillVisionWanted) fields;
}

static void
check_only (TillFrame *frame, unsigned wanted)
{
  g_autoptr (TillFaces) faces = vision_fixture_analyse (frame, (TillVisionWanted) wanted);
  unsigned expected = wanted == 0 ? 0 : wanted | TILL_VISION_WANT_LANDMARKS;
  unsigned stages = expected & ~(unsigned) TILL_VISION_WANT_CLOSE_LIVENESS;

  if ((expected & TILL_VISION_WANT_CLOSE_LIVENESS) != 0)
    stages |= TILL_VISION_WANT_LIVENESS;
  g_assert_cmpuint (only_face (faces)->measured, ==, expected);
  g_assert_cmpuint (filled (only_face (faces)), ==, expected);
  g_assert_cmpuint (timed (till_faces_get_times (faces)), ==, stages);
}

static void
test_only_what_is_wanted (void)
{
  g_autoptr (TillFrame) frame = vision_fixture_portrait (SERIOUS);

  check_only (frame, TILL_VISION_WANT_BOXES);
  check_only (frame, TILL_VISION_WANT_ALL);
  for (unsigned one = 1; one <= TILL_VISION_WANT_ALL; one <<= 1)
    {
      check_only (frame, one);
      check_only (frame, TILL_VISION_WANT_ALL & ~one);
    }
}

static void
test_references (void)
{
  g_autoptr (TillFrame) frame = vision_fixture_portrait (SMILING);
  TillFaces *faces = vision_fixture_analyse (frame, TILL_VISION_WANT_BOXES);
  GValue value = G_VALUE_INIT;

  g_value_init (&value, TILL_TYPE_FACES);
  g_value_take_boxed (&value, till_faces_ref (faces));
  till_faces_unref (faces);
  g_assert_cmpuint (till_faces_get_n (g_value_get_boxed (&value)), ==, 1);
  g_value_unset (&value);
}

int
main (int argc, char **argv)
{
  int status;

  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/vision/faces/smiling-portrait", test_smiling_portrait);
  g_test_add_func ("/vision/faces/serious-portrait", test_serious_portrait);
  g_test_add_func ("/vision/faces/places", test_places);
  g_test_add_func ("/vision/faces/quality", test_quality);
  g_test_add_func ("/vision/faces/clipped", test_clipped);
  g_test_add_func ("/vision/faces/side-light", test_side_light);
  g_test_add_func ("/vision/faces/same-person", test_same_person);
  g_test_add_func ("/vision/faces/two-people", test_two_people);
  g_test_add_func ("/vision/faces/mirror-turns-pose", test_mirror_turns_pose);
  g_test_add_func ("/vision/faces/turning-the-picture-rolls", test_turning_the_picture_rolls);
  g_test_add_func ("/vision/faces/no-face", test_no_face);
  g_test_add_func ("/vision/faces/huge", test_huge);
  g_test_add_func ("/vision/faces/face-at-the-edge", test_face_at_the_edge);
  g_test_add_func ("/vision/faces/deterministic", test_deterministic);
  g_test_add_func ("/vision/faces/padded-rows", test_padded_rows);
  g_test_add_func ("/vision/faces/largest-first", test_largest_first);
  g_test_add_func ("/vision/faces/largest-only", test_largest_only);
  g_test_add_func ("/vision/faces/only-what-is-wanted", test_only_what_is_wanted);
  g_test_add_func ("/vision/faces/references", test_references);
  status = g_test_run ();
  vision_fixture_clear ();
  return status;
}
