/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/till-error.h"
#include "base/till-installation.h"
#include "evaluation-folder.h"
#include "evaluation/till-camera-survey.h"
#include "evaluation/till-class-evaluation.h"
#include "evaluation/till-clip-reader.h"
#include "evaluation/till-identity-evaluation.h"

#include <gdk-pixbuf/gdk-pixbuf.h>
#include <gst/gst.h>
#include <math.h>
#include <string.h>

static TillOperatingPoint *point;
static char *models;

static void
on_progress (guint done, guint n, gpointer data)
{
  g_assert_cmpuint (done, <=, n);
  *(guint *) data = done;
}

static TillExaminationPlan
make_plan (guint *progress)
{
  return (TillExaminationPlan){
    .models_dir = models,
    .point = point,
    .threads = 2,
    .every = 25,
    .progress = on_progress,
    .progress_data = progress,
  };
}

static TillIdentityEvaluation *
evaluate_identity (const char *folder, GError **error)
{
  guint progress = 0;
  TillExaminationPlan plan = make_plan (&progress);
  TillIdentityEvaluation *evaluation = till_identity_evaluation_new (folder, &plan, error);

  if (evaluation != NULL)
    g_assert_cmpuint (progress, ==, evaluation->set->specimens->len);
  return evaluation;
}

static void
make_people (const char *folder)
{
  evaluation_folder_link (folder, "grace/1.jpg", "grace_hopper.jpg");
  evaluation_folder_copy (folder, "grace/2.png", "grace_hopper.jpg", 0.9, FALSE);
  evaluation_folder_copy (folder, "grace/3.png", "grace_hopper.jpg", 1, TRUE);
  evaluation_folder_link (folder, "eileen/1.png", "astronaut.png");
  evaluation_folder_copy (folder, "eileen/2.png", "astronaut.png", 0.9, FALSE);
}

/* Two people and the trouble folders are full of: a broken photograph, a text, a picture of nobody. */
static void
test_identity (void)
{
  g_autoptr (EvaluationFolder) folder = evaluation_folder_new ();
  g_autoptr (GError) error = NULL;

  make_people (folder);
  evaluation_folder_copy (folder, "grace/4.png", "grace_hopper.jpg", 0.8, TRUE);
  evaluation_folder_write_text (folder, "grace/broken.jpg", "this is no photograph");
  evaluation_folder_write_text (folder, "grace/notes.txt", "this is no photograph either");
  evaluation_folder_copy (folder, "eileen/nobody.png", "astronaut.png", 0.03, FALSE);
  g_autoptr (TillIdentityEvaluation) evaluation = evaluate_identity (folder, &error);
  g_assert_no_error (error);

  g_assert_cmpuint (evaluation->people, ==, 2);
  g_assert_cmpuint (evaluation->pictures->len, ==, 7);
  g_assert_cmpuint (evaluation->faces, ==, 6);
  g_assert_cmpuint (evaluation->set->skipped->len, ==, 1);
  g_assert_cmpuint (evaluation->table.operating.fnmr.trials, ==, 6 + 1);
  g_assert_cmpuint (evaluation->table.operating.fmr.trials, ==, 8);
  g_assert_cmpuint (evaluation->table.operating.fnmr.errors, ==, 0);
  g_assert_cmpuint (evaluation->table.operating.fmr.errors, ==, 0);
  g_assert_cmpfloat (evaluation->table.operating.threshold, ==,
                     till_operating_point_identity_score (point, 1));
  g_assert_cmpfloat (evaluation->table.genuine_mean, >, 0.8);
  g_assert_cmpfloat (evaluation->table.impostor_mean, <, 0.3);
  g_assert_cmpuint (evaluation->genuine_pairs, ==, 6 + 3);
  g_assert_cmpuint (evaluation->impostor_pairs, ==, 12);
  g_assert_cmpuint (evaluation->failure_to_acquire.trials, ==, 7);
  g_assert_cmpuint (evaluation->with_failures.fnmr.trials, ==, 9);
  g_assert_cmpuint (evaluation->with_failures.fnmr.errors, >=, 2);
  /* The till's way takes four pictures of a person: Grace has them. */
  g_assert_cmpuint (evaluation->attempts.customers, ==, 1);
  g_assert_cmpuint (evaluation->attempts.genuine_tries, ==, 4);
  g_assert_cmpuint (evaluation->attempts.impostor_tries, ==, 3);
}

static void
assert_identity_refused (const char *folder, const char *words)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (TillIdentityEvaluation) evaluation = evaluate_identity (folder, &error);

  g_assert_null (evaluation);
  g_assert_error (error, TILL_ERROR, TILL_ERROR_INVALID);
  if (strstr (error->message, words) == NULL)
    g_error ("“%s” does not say “%s”", error->message, words);
}

static void
test_identity_refused (void)
{
  g_autoptr (EvaluationFolder) folder = evaluation_folder_new ();

  evaluation_folder_copy (folder, "nobody/1.png", "astronaut.png", 0.03, FALSE);
  assert_identity_refused (folder, "No face was found in 1 pictures");
  evaluation_folder_link (folder, "grace/1.jpg", "grace_hopper.jpg");
  evaluation_folder_copy (folder, "grace/2.png", "grace_hopper.jpg", 0.9, FALSE);
  assert_identity_refused (folder, "one person's folder");
}

static void
test_identity_without_pairs (void)
{
  g_autoptr (EvaluationFolder) folder = evaluation_folder_new ();

  evaluation_folder_link (folder, "grace/1.jpg", "grace_hopper.jpg");
  evaluation_folder_link (folder, "eileen/1.png", "astronaut.png");
  assert_identity_refused (folder, "has two pictures");
}

/* One person under two names: that pair is named. */
static void
test_two_names (void)
{
  g_autoptr (EvaluationFolder) folder = evaluation_folder_new ();
  g_autoptr (GError) error = NULL;

  make_people (folder);
  evaluation_folder_copy (folder, "zoe/9.png", "astronaut.png", 0.95, FALSE);
  g_autoptr (TillIdentityEvaluation) evaluation = evaluate_identity (folder, &error);
  g_assert_no_error (error);
  const TillComparedPair *worst = &g_array_index (evaluation->comparison.most_impostor, TillComparedPair, 0);
  const TillIdentityPicture *second
      = &g_array_index (evaluation->pictures, TillIdentityPicture, worst->second);
  g_assert_cmpfloat (worst->score, >, 0.8f);
  g_assert_cmpstr (second->name, ==, "zoe/9.png");
  g_assert_cmpuint (evaluation->table.operating.fmr.errors, ==, 2);
}

static TillClassEvaluation *
evaluate_class (
    const char *suite, const char *folder, const char *positive, const char *negative, GError **error)
{
  g_autofree char *first = g_build_filename (folder, positive, NULL);
  g_autofree char *second = g_build_filename (folder, negative, NULL);
  guint progress = 0;
  TillExaminationPlan plan = make_plan (&progress);

  return till_class_evaluation_new (till_class_suite_find (suite), first, second, &plan, error);
}

static void
test_smile (void)
{
  g_autoptr (EvaluationFolder) folder = evaluation_folder_new ();
  g_autoptr (GError) error = NULL;

  evaluation_folder_link (folder, "smiling/1.png", "astronaut.png");
  evaluation_folder_link (folder, "other/1.jpg", "grace_hopper.jpg");
  g_autoptr (TillClassEvaluation) right = evaluate_class ("smile", folder, "smiling", "other", &error);
  g_assert_no_error (error);
  g_assert_cmpfloat (right->table.auc, ==, 1);
  g_assert_cmpuint (right->table.operating.fnmr.errors, ==, 0);
  g_assert_cmpuint (right->table.operating.fmr.errors, ==, 0);
  g_assert_cmpuint (g_array_index (right->groups, TillClassGroup, 0).wrong, ==, 0);
  g_assert_cmpuint (g_array_index (right->groups, TillClassGroup, 1).wrong, ==, 0);

  g_autoptr (TillClassEvaluation) wrong = evaluate_class ("smile", folder, "other", "smiling", &error);
  g_assert_no_error (error);
  g_assert_cmpfloat (wrong->table.auc, ==, 0);
  g_assert_cmpuint (wrong->table.operating.fnmr.errors, ==, 1);
  g_assert_cmpuint (wrong->table.operating.fmr.errors, ==, 1);
  g_assert_cmpuint (g_array_index (wrong->groups, TillClassGroup, 0).wrong, ==, 1);
  g_assert_cmpuint (g_array_index (wrong->groups, TillClassGroup, 1).wrong, ==, 1);
  g_assert_cmpstr (g_array_index (wrong->worst_negative, TillScoredPicture, 0).name, ==, "smiling/1.png");
}

/* A picture that is nothing but a small face is found once it is enlarged, and that is said. */
static void
test_crop (void)
{
  g_autoptr (EvaluationFolder) folder = evaluation_folder_new ();
  g_autoptr (GError) error = NULL;
  g_autofree char *path = evaluation_fetched ("astronaut.png");
  g_autofree char *crop_path = g_build_filename (folder, "smiling", "crop.png", NULL);
  g_autoptr (GdkPixbuf) photo = gdk_pixbuf_new_from_file (path, &error);
  g_assert_no_error (error);
  g_autoptr (GdkPixbuf) face = gdk_pixbuf_new_subpixbuf (photo, 190, 90, 70, 70);
  g_autoptr (GdkPixbuf) crop = gdk_pixbuf_scale_simple (face, 64, 64, GDK_INTERP_BILINEAR);

  evaluation_folder_link (folder, "smiling/whole.png", "astronaut.png");
  evaluation_folder_link (folder, "other/1.jpg", "grace_hopper.jpg");
  gdk_pixbuf_save (crop, crop_path, "png", &error, NULL);
  g_assert_no_error (error);
  g_autoptr (TillClassEvaluation) evaluation = evaluate_class ("smile", folder, "smiling", "other", &error);
  g_assert_no_error (error);
  g_assert_cmpuint (g_array_index (evaluation->groups, TillClassGroup, 0).pictures, ==, 2);
  g_assert_cmpuint (g_array_index (evaluation->groups, TillClassGroup, 0).enlarged, ==, 1);
}

static void
test_eyes (void)
{
  g_autoptr (EvaluationFolder) folder = evaluation_folder_new ();
  g_autoptr (GError) error = NULL;

  evaluation_folder_link (folder, "open/1.png", "astronaut.png");
  evaluation_folder_link (folder, "closed/1.jpg", "grace_hopper.jpg");
  g_autoptr (TillClassEvaluation) evaluation = evaluate_class ("eyes", folder, "open", "closed", &error);
  g_assert_no_error (error);
  /* Grace's are open too: a sleeper missed. */
  g_assert_cmpuint (evaluation->table.operating.fnmr.errors, ==, 0);
  g_assert_cmpuint (evaluation->table.operating.fmr.errors, ==, 1);
  g_assert_cmpfloat (fabs (evaluation->table.operating.threshold - (1 - point->eyes_closed)), <, 1e-12);
}

/* The same clip as a person and as an attack: every attack then passes, each species and the fused decision too. */
static void
test_liveness (void)
{
  g_autoptr (EvaluationFolder) folder = evaluation_folder_new ();
  g_autoptr (GError) error = NULL;
  gboolean species = FALSE;

  evaluation_folder_link (folder, "live/cap12.webm", "cap12_edit.webm");
  evaluation_folder_link (folder, "live/grace.jpg", "grace_hopper.jpg");
  evaluation_folder_link (folder, "attack/mirror/cap12.webm", "cap12_edit.webm");
  evaluation_folder_write_text (folder, "attack/mirror/broken.webm", "this is no clip");
  g_autoptr (TillClassEvaluation) evaluation = evaluate_class ("liveness", folder, "live", "attack", &error);
  g_assert_no_error (error);

  /* 53 s, one picture a second. */
  g_assert_cmpuint (evaluation->table.operating.fmr.trials, >, 40);
  g_assert_cmpuint (evaluation->table.operating.fmr.errors, >, evaluation->table.operating.fmr.trials / 2);
  g_assert_cmpuint (evaluation->table.operating.fnmr.trials, ==, evaluation->table.operating.fmr.trials + 1);
  g_assert_cmpuint (evaluation->clips_accepted.trials, ==, 1);
  g_assert_cmpuint (evaluation->clips_rejected.trials, ==, 1);
  g_assert_cmpuint (evaluation->clips_accepted.errors + evaluation->clips_rejected.errors, ==, 1);
  for (guint i = 0; i < evaluation->groups->len; i++)
    {
      const TillClassGroup *group = &g_array_index (evaluation->groups, TillClassGroup, i);

      if (!g_str_equal (group->name, "attack/mirror"))
        continue;
      species = TRUE;
      g_assert_false (group->positive);
      g_assert_cmpuint (group->clips, ==, 1);
      g_assert_cmpuint (group->pictures, ==, evaluation->table.operating.fmr.trials);
    }
  g_assert_true (species);
}

static void
test_class_refused (void)
{
  g_autoptr (EvaluationFolder) folder = evaluation_folder_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (TillClassEvaluation) evaluation = NULL;

  evaluation_folder_link (folder, "open/1.png", "astronaut.png");
  evaluation_folder_write_text (folder, "closed/1.jpg", "this is no photograph");
  evaluation = evaluate_class ("eyes", folder, "open", "closed", &error);
  g_assert_null (evaluation);
  g_assert_error (error, TILL_ERROR, TILL_ERROR_INVALID);
  g_assert_nonnull (strstr (error->message, "No face was found"));
}

static void
test_no_networks (void)
{
  g_autoptr (EvaluationFolder) folder = evaluation_folder_new ();
  g_autoptr (GError) error = NULL;
  guint progress = 0;
  TillExaminationPlan plan = make_plan (&progress);

  make_people (folder);
  plan.models_dir = folder;
  g_autoptr (TillIdentityEvaluation) evaluation = till_identity_evaluation_new (folder, &plan, &error);
  g_assert_null (evaluation);
  g_assert_nonnull (error);
}

/* A man before his webcam for eight pictures, then nobody. */
static void
test_survey (void)
{
  g_auto (TillCameraSurvey) survey = { 0 };
  g_autoptr (GError) error = NULL;
  g_autofree char *path = evaluation_fetched ("franck.webm");
  g_autoptr (TillVision) vision = till_vision_new (models, 1, &error);
  g_assert_no_error (error);
  g_autoptr (TillClipReader) reader = till_clip_reader_new (path, &error);
  g_assert_no_error (error);
  g_autofree guint8 *grey = g_malloc0 (320 * 240 * 3);
  g_autoptr (TillFrame) empty = till_frame_new (grey, 320, 240, 320 * 3, G_USEC_PER_SEC * 60, 1);
  g_autoptr (TillFaces) nobody = till_vision_analyse (vision, empty, TILL_CAMERA_SURVEY_WANTED, &error);

  till_camera_survey_init (&survey, point);
  for (guint i = 0; i < 8; i++)
    {
      g_autoptr (TillFrame) frame = till_clip_reader_next (reader, 2, &error);
      g_assert_no_error (error);
      g_autoptr (TillFaces) faces = till_vision_analyse (vision, frame, TILL_CAMERA_SURVEY_WANTED, &error);

      till_camera_survey_add (&survey, frame, faces);
    }
  till_camera_survey_add (&survey, empty, nobody);
  g_assert_cmpuint (survey.pictures, ==, 9);
  g_assert_cmpuint (survey.faces, ==, 8);
  g_assert_cmpuint (survey.hints[TILL_HINT_NONE], ==, 8);
  g_assert_cmpuint (survey.live, ==, 8);
  g_assert_cmpuint (survey.eyes_open, ==, 8);
  g_assert_cmpuint (survey.same, ==, 8);
  g_assert_cmpfloat (survey.least_same, <, 1);
  g_assert_cmpfloat (survey.least_same, >, 0.7);
  g_assert_cmpint (survey.live_us, >, survey.first_us);
  g_assert_cmpint (survey.attack_us, ==, 0);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  gst_init (NULL, NULL);

  g_autofree char *path = till_installation_get_data_path ("operating-point.json");
  g_autoptr (GError) error = NULL;
  models = till_installation_get_models_dir ();
  point = till_operating_point_load (path, &error);
  g_assert_no_error (error);

  g_test_add_func ("/evaluation/suites/identity", test_identity);
  g_test_add_func ("/evaluation/suites/identity-refused", test_identity_refused);
  g_test_add_func ("/evaluation/suites/identity-without-pairs", test_identity_without_pairs);
  g_test_add_func ("/evaluation/suites/two-names", test_two_names);
  g_test_add_func ("/evaluation/suites/smile", test_smile);
  g_test_add_func ("/evaluation/suites/crop", test_crop);
  g_test_add_func ("/evaluation/suites/eyes", test_eyes);
  g_test_add_func ("/evaluation/suites/liveness", test_liveness);
  g_test_add_func ("/evaluation/suites/class-refused", test_class_refused);
  g_test_add_func ("/evaluation/suites/no-networks", test_no_networks);
  g_test_add_func ("/evaluation/suites/survey", test_survey);

  int status = g_test_run ();
  till_operating_point_unref (point);
  g_free (models);
  return status;
}
