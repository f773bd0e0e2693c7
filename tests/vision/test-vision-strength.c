/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "vision-fixture.h"

static float
strength_of (TillFrame *frame)
{
  g_autoptr (TillFaces) faces = vision_fixture_analyse (frame, TILL_VISION_WANT_EMBEDDING);

  g_assert_cmpuint (till_faces_get_n (faces), >=, 1);
  return till_faces_get (faces, 0)->strength;
}

/* The length before is told, not the unit vector's own. */
static void
test_clear_faces_are_strong (void)
{
  g_autoptr (TillFrame) hopper = vision_fixture_portrait ("grace_hopper.jpg");
  g_autoptr (TillFrame) astronaut = vision_fixture_portrait ("astronaut.png");

  g_assert_cmpfloat (strength_of (hopper), >, 2.94F);
  g_assert_cmpfloat (strength_of (astronaut), >, 2.94F);
}

static void
test_a_blurred_face_is_weaker (void)
{
  g_autoptr (TillFrame) sharp = vision_fixture_portrait ("astronaut.png");
  g_autoptr (TillFrame) small = vision_fixture_scale (sharp, 0.14);
  g_autoptr (TillFrame) blurred = vision_fixture_scale (small, 1 / 0.14);

  g_assert_cmpfloat (strength_of (blurred), <, 0.9F * strength_of (sharp));
}

static void
test_nothing_is_told_unasked (void)
{
  g_autoptr (TillFrame) frame = vision_fixture_portrait ("astronaut.png");
  g_autoptr (TillFaces) faces = vision_fixture_analyse (frame, TILL_VISION_WANT_LANDMARKS);

  g_assert_cmpfloat (till_faces_get (faces, 0)->strength, ==, 0);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/vision/strength/clear-faces-are-strong", test_clear_faces_are_strong);
  g_test_add_func ("/vision/strength/a-blurred-face-is-weaker", test_a_blurred_face_is_weaker);
  g_test_add_func ("/vision/strength/nothing-is-told-unasked", test_nothing_is_told_unasked);

  int status = g_test_run ();
  vision_fixture_clear ();
  return status;
}
