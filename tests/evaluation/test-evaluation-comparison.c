/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "evaluation/till-comparison.h"
#include "evaluation/till-enlargement.h"
#include "evaluation/till-identity-attempts.h"
#include "evaluation/till-person-record.h"
#include "vision/till-faces-private.h"

#include <math.h>

/* Good enough for every gate the attempts go through. */
static const TillFaceQuality fine = { 200, 200, 120, 50, 0.05f, 0 };

static GArray *
new_pictures (void)
{
  GArray *pictures = g_array_new (FALSE, FALSE, sizeof (TillIdentityPicture));

  g_array_set_clear_func (pictures, (GDestroyNotify) till_identity_picture_clear);
  return pictures;
}

/* A face whose embedding is turned by @degrees from axis @person towards the next one. */
static void
add_picture (GArray *pictures, guint person, double degrees, TillHint hint)
{
  TillIdentityPicture picture = { .person = person, .largest = TRUE, .hint = hint };
  TillFace *face;

  picture.name = g_strdup_printf ("%u/%u", person, pictures->len);
  picture.faces = till_faces_new (1);
  face = till_faces_edit (picture.faces, 0);
  face->measured = TILL_VISION_WANT_ALL;
  face->box = face->square = (TillBox){ 100, 100, 200, 200 };
  face->score = 1;
  face->quality = fine;
  face->live = 1;
  face->strength = 1000;
  face->embedding[2 * person] = (float) cos (degrees * G_PI / 180);
  face->embedding[2 * person + 1] = (float) sin (degrees * G_PI / 180);
  picture.face = face;
  g_array_append_val (pictures, picture);
}

static void
add_faceless (GArray *pictures, guint person)
{
  TillIdentityPicture picture = { .name = g_strdup ("nobody"), .person = person, .hint = TILL_HINT_NO_FACE };

  g_array_append_val (pictures, picture);
}

static const TillComparedPair *
pair (GArray *pairs, guint index)
{
  g_assert_cmpuint (index, <, pairs->len);
  return &g_array_index (pairs, TillComparedPair, index);
}

/* Every pair once, of the right kind, whatever the number of threads. */
static void
test_pairs (gconstpointer threads)
{
  g_autoptr (GArray) pictures = new_pictures ();
  TillComparison comparison;

  add_picture (pictures, 0, 0, TILL_HINT_NONE);
  add_picture (pictures, 0, 60, TILL_HINT_NONE);
  add_picture (pictures, 0, 90, TILL_HINT_STILL);
  add_faceless (pictures, 0);
  add_picture (pictures, 1, 0, TILL_HINT_NONE);
  add_picture (pictures, 1, 0, TILL_HINT_NONE);
  till_comparison_init (&comparison, pictures, GPOINTER_TO_UINT (threads));

  g_assert_cmpuint (till_scores_get_n (comparison.genuine), ==, 4);
  g_assert_cmpuint (till_scores_get_n (comparison.impostor), ==, 6);
  g_assert_cmpuint (till_scores_get_n (comparison.good_genuine), ==, 2);
  g_assert_cmpuint (till_scores_get_n (comparison.good_impostor), ==, 4);
  g_assert_cmpfloat (fabs ((double) till_scores_get (comparison.genuine, 0)), <, 1e-6);
  g_assert_cmpfloat (fabs ((double) till_scores_get (comparison.genuine, 1) - 0.5), <, 1e-6);
  g_assert_cmpfloat (fabs ((double) till_scores_get (comparison.genuine, 3) - 1), <, 1e-6);
  g_assert_cmpfloat (till_scores_get (comparison.impostor, 5), ==, 0);

  g_assert_cmpuint (comparison.least_genuine->len, ==, 4);
  g_assert_cmpuint (pair (comparison.least_genuine, 0)->first, ==, 0);
  g_assert_cmpuint (pair (comparison.least_genuine, 0)->second, ==, 2);
  g_assert_cmpfloat (pair (comparison.least_genuine, 0)->score, <, pair (comparison.least_genuine, 1)->score);
  till_comparison_clear (&comparison);
}

/* Two people of one face: the pair that matters stands first, and no more are kept than are wanted. */
static void
test_worst (void)
{
  g_autoptr (GArray) pictures = new_pictures ();
  TillComparison comparison;

  for (guint person = 0; person < 40; person++)
    add_picture (pictures, person, 0, TILL_HINT_NONE);
  ((TillFace *) g_array_index (pictures, TillIdentityPicture, 7).face)->embedding[2 * 31] = 0.75f;
  till_comparison_init (&comparison, pictures, 3);
  g_assert_cmpuint (comparison.most_impostor->len, ==, TILL_COMPARISON_WORST);
  g_assert_cmpuint (pair (comparison.most_impostor, 0)->first, ==, 7);
  g_assert_cmpuint (pair (comparison.most_impostor, 0)->second, ==, 31);
  g_assert_cmpfloat (pair (comparison.most_impostor, 0)->score, ==, 0.75f);
  g_assert_cmpfloat (pair (comparison.most_impostor, 1)->score, ==, 0);
  till_comparison_clear (&comparison);
}

static void
test_people (void)
{
  g_autoptr (GArray) pictures = new_pictures ();

  add_picture (pictures, 0, 0, TILL_HINT_NONE);
  add_picture (pictures, 0, 0, TILL_HINT_NONE);
  add_picture (pictures, 1, 0, TILL_HINT_NONE);
  add_picture (pictures, 2, 0, TILL_HINT_NONE);
  add_picture (pictures, 2, 60, TILL_HINT_NONE);
  add_picture (pictures, 2, 90, TILL_HINT_NONE);
  add_faceless (pictures, 2);

  g_autoptr (GArray) people = till_person_record_list (pictures, 0.8);
  const TillPersonRecord *worst = &g_array_index (people, TillPersonRecord, 0);
  g_assert_cmpuint (people->len, ==, 2);
  g_assert_cmpuint (worst->person, ==, 2);
  g_assert_cmpuint (worst->pictures, ==, 3);
  g_assert_cmpuint (worst->pairs, ==, 3);
  g_assert_cmpuint (worst->missed, ==, 2);
  g_assert_cmpfloat (fabs (worst->least), <, 1e-6);
  g_assert_cmpfloat (fabs (worst->mean - (0.5 + 0 + cos (G_PI / 6)) / 3), <, 1e-6);
  g_assert_cmpuint (g_array_index (people, TillPersonRecord, 1).missed, ==, 0);
}

/* A customer of seven pictures, one without a face, and two people of too few. */
static void
test_attempts (void)
{
  g_autoptr (GArray) pictures = new_pictures ();
  g_autoptr (GError) error = NULL;
  TillIdentityAttempts attempts;

  for (guint i = 0; i < 5; i++)
    add_picture (pictures, 0, 10.0 * i, TILL_HINT_NONE);
  add_picture (pictures, 0, 100, TILL_HINT_STILL);
  add_faceless (pictures, 0);
  add_picture (pictures, 1, 0, TILL_HINT_NONE);
  add_picture (pictures, 1, 60, TILL_HINT_NONE);
  add_picture (pictures, 2, 0, TILL_HINT_NONE);

  g_assert_true (till_identity_attempts_init (&attempts, pictures, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (attempts.customers, ==, 1);
  g_assert_cmpuint (attempts.failed_to_enrol, ==, 0);
  g_assert_cmpuint (attempts.offered, ==, 3);
  g_assert_cmpuint (attempts.refused, ==, 0);
  g_assert_cmpuint (attempts.probes, ==, 7);
  g_assert_cmpuint (attempts.strangers, ==, 3);
  g_assert_cmpuint (attempts.genuine_tries, ==, 7);
  g_assert_cmpuint (attempts.impostor_tries, ==, 3);
  g_assert_cmpuint (till_scores_get_n (attempts.genuine), ==, 6);
  g_assert_cmpuint (till_scores_get_n (attempts.impostor), ==, 3);
  g_assert_cmpuint (till_scores_get_n (attempts.good_genuine), ==, 5);
  /* In rising order: the sixth and the fifth against the middle of the first three, the first against the next three's. */
  g_assert_cmpfloat (fabs ((double) till_scores_get (attempts.genuine, 0)), <, 1e-3);
  g_assert_cmpfloat (fabs ((double) till_scores_get (attempts.genuine, 1) - cos (30 * G_PI / 180)), <, 1e-3);
  g_assert_cmpfloat (fabs ((double) till_scores_get (attempts.genuine, 2) - cos (20 * G_PI / 180)), <, 1e-3);
  till_identity_attempts_clear (&attempts);
}

/* Somebody of whose pictures the till's enrolment takes too few is no customer, and all of them are a stranger's. */
static void
test_failed_to_enrol (void)
{
  g_autoptr (GArray) pictures = new_pictures ();
  g_autoptr (GError) error = NULL;
  TillIdentityAttempts attempts;

  for (guint i = 0; i < 8; i++)
    add_picture (pictures, i / 4, 0, TILL_HINT_NONE);
  for (guint i = 0; i < 2; i++)
    ((TillFace *) g_array_index (pictures, TillIdentityPicture, i).face)->quality.size = 20;
  g_assert_true (till_identity_attempts_init (&attempts, pictures, &error));
  g_assert_cmpuint (attempts.customers, ==, 1);
  g_assert_cmpuint (attempts.failed_to_enrol, ==, 1);
  g_assert_cmpuint (attempts.refused, ==, 2);
  g_assert_cmpuint (attempts.strangers, ==, 4);
  g_assert_cmpuint (attempts.genuine_tries, ==, 4);
  g_assert_cmpuint (attempts.impostor_tries, ==, 4);
  till_identity_attempts_clear (&attempts);
}

/* Edges are drawn out, and what lies between two pixels is between their values: across, then down. */
static void
test_enlargement (gconstpointer down)
{
  gboolean standing = GPOINTER_TO_INT (down);
  const guint8 pixels[] = { 0, 10, 20, 200, 210, 220 };
  g_autoptr (TillFrame) small
      = standing ? till_frame_new (pixels, 1, 2, 3, 5, 6) : till_frame_new (pixels, 2, 1, 6, 5, 6);
  g_autoptr (TillFrame) large = till_enlargement_new (small, 4, 0.5);
  gsize step = standing ? till_frame_get_stride (large) : 3;

  g_assert_cmpint (till_frame_get_width (large), ==, standing ? 8 : 16);
  g_assert_cmpint (till_frame_get_height (large), ==, standing ? 16 : 8);
  g_assert_cmpint (till_frame_get_captured_us (large), ==, 5);
  for (guint i = 0; i < 16; i++)
    for (guint channel = 0; channel < 3; channel++)
      {
        double share = CLAMP (((double) i - 4 + 0.5) / 4 - 0.5, 0, 1);

        g_assert_cmpint (till_frame_get_pixels (large)[i * step + channel], ==,
                         lround (share * 200 + 10 * channel));
      }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_data_func ("/evaluation/comparison/pairs/1", GUINT_TO_POINTER (1), test_pairs);
  g_test_add_data_func ("/evaluation/comparison/pairs/2", GUINT_TO_POINTER (2), test_pairs);
  g_test_add_data_func ("/evaluation/comparison/pairs/9", GUINT_TO_POINTER (9), test_pairs);
  g_test_add_func ("/evaluation/comparison/worst", test_worst);
  g_test_add_func ("/evaluation/comparison/people", test_people);
  g_test_add_func ("/evaluation/comparison/attempts", test_attempts);
  g_test_add_func ("/evaluation/comparison/failed-to-enrol", test_failed_to_enrol);
  g_test_add_data_func ("/evaluation/comparison/enlargement/across", GINT_TO_POINTER (FALSE),
                        test_enlargement);
  g_test_add_data_func ("/evaluation/comparison/enlargement/down", GINT_TO_POINTER (TRUE), test_enlargement);
  return g_test_run ();
}
