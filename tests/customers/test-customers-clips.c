/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Enrolment on real video and photographs, through the real networks. */
#include "base/till-error.h"
#include "clip-frames.h"
#include "customers/till-enrolment.h"

#include <string.h>

#define FRAMES_PER_SECOND 25
/* Every third frame: what a slow machine analyses of 25 a second. */
#define STEP 3

static TillVision *vision;

static char *
path_of (const char *file)
{
  g_autofree char *models = till_vision_default_models_dir ();

  return g_build_filename (models, file, NULL);
}

static TillFaces *
analyse (TillFrame *frame)
{
  g_autoptr (GError) error = NULL;
  TillFaces *faces = till_vision_analyse (vision, frame, TILL_ENROLMENT_WANTED, &error);

  g_assert_no_error (error);
  return faces;
}

/* Offers the frames of the first @seconds until the enrolment is complete (transfer full). */
static TillEnrolment *
enrol_from (const char *file, guint seconds)
{
  TillEnrolment *enrolment = till_enrolment_new ();
  g_autofree char *path = path_of (file);
  g_autoptr (ClipFrames) clip = clip_frames_open (path);

  for (guint i = 0; i < seconds * FRAMES_PER_SECOND && !till_enrolment_is_complete (enrolment); i++)
    {
      g_autoptr (TillFrame) frame = clip_frames_next (clip);

      g_assert_nonnull (frame);
      if (i % STEP == 0)
        {
          g_autoptr (TillFaces) faces = analyse (frame);
          till_enrolment_offer (enrolment, faces);
        }
    }
  return enrolment;
}

static float
best_score (const TillEnrolment *a, const TillEnrolment *b)
{
  float best = -1;

  for (guint i = 0; i < till_enrolment_get_n_templates (a); i++)
    for (guint j = 0; j < till_enrolment_get_n_templates (b); j++)
      best = MAX (best, till_vision_compare (till_enrolment_get_templates (a) + i * TILL_VISION_EMBEDDING,
                                             till_enrolment_get_templates (b) + j * TILL_VISION_EMBEDDING));
  return best;
}

/* Two men are enrolled from their clips, each of one person; one does not pass for the other. */
static void
test_two_men (void)
{
  g_autoptr (TillEnrolment) franck = enrol_from ("franck.webm", 40);
  g_autoptr (TillEnrolment) other = enrol_from ("cap12_edit.webm", 40);
  g_autoptr (TillEnrolment) darker = enrol_from ("cap13_edit2.webm", 25);

  g_assert_true (till_enrolment_is_complete (franck));
  g_assert_true (till_enrolment_is_complete (other));
  g_assert_true (till_enrolment_is_complete (darker));
  g_assert_cmpuint (till_enrolment_get_n_templates (franck), >=, TILL_ENROLMENT_LEAST);
  g_assert_cmpfloat (best_score (franck, other), <, 0.3);
  g_assert_cmpfloat (best_score (franck, darker), <, 0.3);
  g_assert_cmpfloat (best_score (other, darker), >, 0.5);
}

static void
assert_never (const char *file, double light, int blur, TillEnrolmentHint hint)
{
  g_autoptr (TillEnrolment) enrolment = till_enrolment_new ();
  g_autofree char *path = path_of (file);
  g_autoptr (ClipFrames) clip = clip_frames_open (path);

  for (guint i = 0; i < 200; i++)
    {
      g_autoptr (TillFrame) frame = clip_frames_next (clip);

      if (i % 40 != 0)
        continue;
      g_autoptr (TillFrame) spoilt = clip_frame_spoil (frame, light, blur);
      g_autoptr (TillFaces) faces = analyse (spoilt);
      g_assert_false (till_enrolment_offer (enrolment, faces));
      g_assert_cmpint (till_enrolment_get_hint (enrolment), ==, hint);
    }
}

static void
test_dark_and_blurred (void)
{
  assert_never ("franck.webm", 0.3, 0, TILL_ENROLMENT_HINT_LIGHT);
  assert_never ("cap12_edit.webm", 0.3, 0, TILL_ENROLMENT_HINT_LIGHT);
  assert_never ("franck.webm", 1, 2, TILL_ENROLMENT_HINT_STILL);
  assert_never ("franck.webm", 1, 4, TILL_ENROLMENT_HINT_STILL);
}

static gboolean
offer_photo (TillEnrolment *enrolment, const char *file, GError **error)
{
  g_autofree char *path = path_of (file);
  g_autoptr (TillFrame) photo = till_vision_read_photo (path, error);

  g_assert_nonnull (photo);
  g_autoptr (TillFaces) faces = analyse (photo);
  return till_enrolment_offer_photo (enrolment, faces, error);
}

static void
test_photographs (void)
{
  g_autoptr (TillEnrolment) enrolment = till_enrolment_new ();
  g_autoptr (GError) error = NULL;

  g_assert_true (offer_photo (enrolment, "grace_hopper.jpg", &error));
  g_assert_no_error (error);
  g_assert_cmpuint (till_enrolment_get_n_templates (enrolment), ==, 1);
  g_assert_false (offer_photo (enrolment, "astronaut.png", &error));
  g_assert_error (error, TILL_ERROR, TILL_ERROR_REFUSED);

  g_autoptr (TillEnrolment) another = till_enrolment_new ();
  g_assert_true (offer_photo (another, "astronaut.png", NULL));
}

static void
assert_photo_refused (TillFrame *photo, const char *says)
{
  g_autoptr (TillEnrolment) enrolment = till_enrolment_new ();
  g_autoptr (TillFaces) faces = analyse (photo);
  g_autoptr (GError) error = NULL;

  g_assert_false (till_enrolment_offer_photo (enrolment, faces, &error));
  g_assert_error (error, TILL_ERROR, TILL_ERROR_REFUSED);
  g_assert_nonnull (strstr (error->message, says));
  g_assert_cmpuint (till_enrolment_get_n_templates (enrolment), ==, 0);
}

static void
test_wrong_photographs (void)
{
  g_autofree char *path = path_of ("grace_hopper.jpg");
  g_autoptr (TillFrame) photo = till_vision_read_photo (path, NULL);
  g_autoptr (TillFrame) dark = clip_frame_spoil (photo, 0.2, 0);
  g_autoptr (TillFrame) blurred = clip_frame_spoil (photo, 1, 8);
  g_autoptr (TillFrame) empty = clip_frame_spoil (photo, 0, 0);

  assert_photo_refused (dark, "too dark");
  assert_photo_refused (blurred, "blurred");
  assert_photo_refused (empty, "no face");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_autofree char *models = till_vision_default_models_dir ();
  g_autoptr (GError) error = NULL;
  vision = till_vision_new (models, 1, &error);
  g_assert_no_error (error);

  g_test_add_func ("/customers/clips/two-men", test_two_men);
  g_test_add_func ("/customers/clips/dark-and-blurred", test_dark_and_blurred);
  g_test_add_func ("/customers/clips/photographs", test_photographs);
  g_test_add_func ("/customers/clips/wrong-photographs", test_wrong_photographs);
  int status = g_test_run ();
  till_vision_free (vision);
  return status;
}
