/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/till-error.h"
#include "customers-fixture.h"
#include "customers/till-enrolment.h"
#include "vision/till-faces-private.h"

#include <string.h>

/* Somebody who looks into the camera, well lit. */
static TillFaces *
faces_of (const float *embedding, float yaw, float pitch)
{
  TillFaces *faces = till_faces_new (1);
  TillFace *face = till_faces_edit (faces, 0);

  face->measured = TILL_ENROLMENT_WANTED & TILL_VISION_WANT_ALL;
  face->box = face->square = (TillBox){ 100, 50, 180, 180 };
  face->score = 1;
  face->pose.yaw = yaw;
  face->pose.pitch = pitch;
  face->quality = (TillFaceQuality){ .size = 180, .sharpness = 200, .brightness = 120, .contrast = 40 };
  face->live = 1;
  face->strength = 3.5f;
  memcpy (face->embedding, embedding, sizeof face->embedding);
  return faces;
}

static void
assert_hint (TillFaces *faces, TillEnrolmentHint hint)
{
  g_autoptr (TillEnrolment) enrolment = till_enrolment_new ();

  g_assert_cmpint (till_enrolment_get_hint (enrolment), ==, TILL_ENROLMENT_HINT_NO_FACE);
  g_assert_true (till_enrolment_offer (enrolment, faces) == (hint == TILL_ENROLMENT_HINT_TURN));
  g_assert_cmpint (till_enrolment_get_hint (enrolment), ==, hint);
  till_faces_unref (faces);
}

typedef struct
{
  const char *what;
  gsize field; /* offset of a float in TillFace */
  float value;
  TillEnrolmentHint hint;
} Flaw;

#define FIELD(name) G_STRUCT_OFFSET (TillFace, name)

static const Flaw flaws[] = {
  { "small", FIELD (quality.size), 119, TILL_ENROLMENT_HINT_CLOSER },
  { "large enough", FIELD (quality.size), 120, TILL_ENROLMENT_HINT_TURN },
  { "cut off at the left", FIELD (box.x), 0, TILL_ENROLMENT_HINT_BACK },
  { "cut off above", FIELD (box.y), 0, TILL_ENROLMENT_HINT_BACK },
  { "dark", FIELD (quality.brightness), 45, TILL_ENROLMENT_HINT_LIGHT },
  { "glaring", FIELD (quality.brightness), 220, TILL_ENROLMENT_HINT_LIGHT },
  { "flat", FIELD (quality.contrast), 15, TILL_ENROLMENT_HINT_LIGHT },
  { "lit from one side", FIELD (quality.side_light), 0.4f, TILL_ENROLMENT_HINT_LIGHT },
  { "blurred", FIELD (quality.sharpness), 40, TILL_ENROLMENT_HINT_STILL },
  { "weak", FIELD (strength), 2.9f, TILL_ENROLMENT_HINT_FACE_CAMERA },
  { "turned at first", FIELD (pose.yaw), 13, TILL_ENROLMENT_HINT_FACE_CAMERA },
  { "looking down at first", FIELD (pose.pitch), -26, TILL_ENROLMENT_HINT_FACE_CAMERA },
  { "tilted at first", FIELD (pose.roll), 16, TILL_ENROLMENT_HINT_FACE_CAMERA },
  { "one eye shut", FIELD (eyes_closed[1]), 1, TILL_ENROLMENT_HINT_TURN },
  { "no person", FIELD (live), 0.5f, TILL_ENROLMENT_HINT_LIGHT },
};

static void
test_gate (void)
{
  g_autofree float *embedding = customers_random_templates (1);

  assert_hint (till_faces_new (0), TILL_ENROLMENT_HINT_NO_FACE);
  for (guint i = 0; i < G_N_ELEMENTS (flaws); i++)
    {
      TillFaces *faces = faces_of (embedding, 0, 0);

      g_test_message ("%s", flaws[i].what);
      G_STRUCT_MEMBER (float, till_faces_edit (faces, 0), flaws[i].field) = flaws[i].value;
      assert_hint (faces, flaws[i].hint);
    }

  TillFaces *asleep = faces_of (embedding, 0, 0);
  till_faces_edit (asleep, 0)->eyes_closed[0] = till_faces_edit (asleep, 0)->eyes_closed[1] = 0.6f;
  assert_hint (asleep, TILL_ENROLMENT_HINT_EYES);
}

static TillFaces *
faces_with_company (const float *embedding, float height)
{
  TillFaces *faces = till_faces_new (2);
  TillFaces *one = faces_of (embedding, 0, 0);

  *till_faces_edit (faces, 0) = *till_faces_get (one, 0);
  till_faces_edit (faces, 1)->box = (TillBox){ 400, 50, height, height };
  till_faces_unref (one);
  return faces;
}

static void
test_company (void)
{
  g_autofree float *embedding = customers_random_templates (1);

  assert_hint (faces_with_company (embedding, 95), TILL_ENROLMENT_HINT_ALONE);
  assert_hint (faces_with_company (embedding, 60), TILL_ENROLMENT_HINT_TURN);
}

static gboolean
offer (TillEnrolment *enrolment, const float *embedding, float yaw, float pitch)
{
  g_autoptr (TillFaces) faces = faces_of (embedding, yaw, pitch);

  return till_enrolment_offer (enrolment, faces);
}

static void
test_new_poses (void)
{
  static const float poses[][2] = { { 0, 0 }, { 9, 0 }, { -9, 0 }, { 0, 9 }, { 0, -9 } };
  g_autoptr (TillEnrolment) enrolment = till_enrolment_new ();
  g_autofree float *own = customers_random_templates (1);

  for (guint i = 0; i < G_N_ELEMENTS (poses); i++)
    {
      g_autofree float *seen = customers_template_near (own, 0.97);

      g_assert_false (till_enrolment_is_complete (enrolment));
      g_assert_cmpfloat (till_enrolment_get_progress (enrolment), <, 1);
      g_assert_true (offer (enrolment, seen, poses[i][0], poses[i][1]));
      g_assert_false (offer (enrolment, seen, poses[i][0] + 2, poses[i][1]));
      g_assert_true (memcmp (till_enrolment_get_templates (enrolment) + i * TILL_VISION_EMBEDDING, seen,
                             TILL_VISION_EMBEDDING * sizeof (float))
                     == 0);
    }
  g_assert_true (till_enrolment_is_complete (enrolment));
  g_assert_cmpuint (till_enrolment_get_n_templates (enrolment), ==, TILL_ENROLMENT_TEMPLATES);
  g_assert_cmpfloat (till_enrolment_get_progress (enrolment), ==, 1);
  g_assert_cmpint (till_enrolment_get_hint (enrolment), ==, TILL_ENROLMENT_HINT_NONE);
  g_assert_false (offer (enrolment, own, 30, 0));
}

/* Another look (beard covered, glasses off) is worth a template without any turn. */
static void
test_new_look (void)
{
  g_autoptr (TillEnrolment) enrolment = till_enrolment_new ();
  g_autofree float *own = customers_random_templates (1);
  g_autofree float *same = customers_template_near (own, 0.9);
  g_autofree float *changed = customers_template_near (own, 0.8);

  g_assert_true (offer (enrolment, own, 0, 0));
  g_assert_false (offer (enrolment, same, 0, 0));
  g_assert_true (offer (enrolment, changed, 0, 0));
}

/* Somebody who can't turn is enrolled all the same, and sees it move on. */
static void
test_holds_still (void)
{
  g_autoptr (TillEnrolment) enrolment = till_enrolment_new ();
  g_autofree float *own = customers_random_templates (1);
  double progress = 0;
  guint frames = 0;

  while (!till_enrolment_is_complete (enrolment))
    {
      offer (enrolment, own, 1, 1);
      frames++;
      g_assert_cmpfloat (till_enrolment_get_progress (enrolment), >=, progress);
      progress = till_enrolment_get_progress (enrolment);
      g_assert_true (progress < 1 || till_enrolment_is_complete (enrolment));
    }
  g_assert_cmpuint (till_enrolment_get_n_templates (enrolment), ==, TILL_ENROLMENT_LEAST);
  g_assert_cmpuint (frames, ==, 1 + 3 * TILL_ENROLMENT_PATIENCE);
  g_assert_cmpfloat (progress, ==, 1);
}

static void
test_somebody_else (void)
{
  g_autoptr (TillEnrolment) enrolment = till_enrolment_new ();
  g_autofree float *own = customers_random_templates (1);
  g_autofree float *other = customers_template_near (own, 0.4);

  g_assert_true (offer (enrolment, own, 0, 0));
  for (guint i = 0; i < 10 * TILL_ENROLMENT_PATIENCE; i++)
    {
      g_assert_false (offer (enrolment, other, 20, 0));
      g_assert_cmpint (till_enrolment_get_hint (enrolment), ==, TILL_ENROLMENT_HINT_ALONE);
    }
  g_assert_cmpuint (till_enrolment_get_n_templates (enrolment), ==, 1);
}

/* Bad frames don't count as waiting: a picture held up, or a dark room, never becomes a template. */
static void
test_bad_frames_never_count (void)
{
  g_autoptr (TillEnrolment) enrolment = till_enrolment_new ();
  g_autofree float *own = customers_random_templates (1);

  g_assert_true (offer (enrolment, own, 0, 0));
  for (guint i = 0; i < 10 * TILL_ENROLMENT_PATIENCE; i++)
    {
      g_autoptr (TillFaces) faces = faces_of (own, 20, 0);

      if (i % 2 == 0)
        till_faces_edit (faces, 0)->live = 0.2f;
      else
        till_faces_edit (faces, 0)->quality.brightness = 20;
      g_assert_false (till_enrolment_offer (enrolment, faces));
    }
  g_assert_cmpuint (till_enrolment_get_n_templates (enrolment), ==, 1);
  g_assert_false (till_enrolment_is_complete (enrolment));
}

static void
test_photos (void)
{
  g_autoptr (TillEnrolment) enrolment = till_enrolment_new ();
  g_autofree float *own = customers_random_templates (1);
  g_autofree float *other = customers_template_near (own, 0.4);
  g_autoptr (TillFaces) right = faces_of (own, 40, 0);
  g_autoptr (TillFaces) stranger = faces_of (other, 0, 0);
  g_autoptr (GError) error = NULL;

  till_faces_edit (right, 0)->quality.size = 80;
  till_faces_edit (right, 0)->live = 0;
  for (guint i = 0; i < 16; i++)
    g_assert_true (till_enrolment_offer_photo (enrolment, right, NULL));
  g_assert_cmpuint (till_enrolment_get_n_templates (enrolment), ==, 16);
  g_assert_false (till_enrolment_offer_photo (enrolment, right, &error));
  g_assert_error (error, TILL_ERROR, TILL_ERROR_REFUSED);
  g_clear_error (&error);

  g_autoptr (TillEnrolment) another = till_enrolment_new ();
  g_assert_true (till_enrolment_offer_photo (another, right, NULL));
  g_assert_false (till_enrolment_offer_photo (another, stranger, &error));
  g_assert_error (error, TILL_ERROR, TILL_ERROR_REFUSED);
  g_assert_cmpuint (till_enrolment_get_n_templates (another), ==, 1);

  g_clear_error (&error);
  till_faces_edit (right, 0)->strength = 2.5f;
  g_assert_false (till_enrolment_offer_photo (another, right, &error));
  g_assert_error (error, TILL_ERROR, TILL_ERROR_REFUSED);
  g_assert_cmpuint (till_enrolment_get_n_templates (another), ==, 1);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/customers/enrolment/gate", test_gate);
  g_test_add_func ("/customers/enrolment/company", test_company);
  g_test_add_func ("/customers/enrolment/new-poses", test_new_poses);
  g_test_add_func ("/customers/enrolment/new-look", test_new_look);
  g_test_add_func ("/customers/enrolment/holds-still", test_holds_still);
  g_test_add_func ("/customers/enrolment/somebody-else", test_somebody_else);
  g_test_add_func ("/customers/enrolment/bad-frames-never-count", test_bad_frames_never_count);
  g_test_add_func ("/customers/enrolment/photos", test_photos);
  return g_test_run ();
}
