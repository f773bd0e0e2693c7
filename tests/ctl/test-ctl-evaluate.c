/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "../evaluation/evaluation-folder.h"
#include "ctl-run.h"

#include <string.h>

static void
make_people (const char *folder)
{
  evaluation_folder_link (folder, "people/grace/1.jpg", "grace_hopper.jpg");
  evaluation_folder_copy (folder, "people/grace/2.png", "grace_hopper.jpg", 0.9, FALSE);
  evaluation_folder_link (folder, "people/eileen/1.png", "astronaut.png");
  evaluation_folder_copy (folder, "people/eileen/2.png", "astronaut.png", 0.9, TRUE);
  evaluation_folder_write_text (folder, "people/eileen/notes.txt", "no photograph");
  evaluation_folder_write_text (folder, "people/eileen/broken.jpg", "no photograph");
}

static double
number (JsonObject *object, const char *name)
{
  if (!json_object_has_member (object, name) || json_object_get_null_member (object, name))
    g_error ("there is no number \"%s\"", name);
  return json_object_get_double_member (object, name);
}

static gint64
count (JsonObject *object, const char *name)
{
  if (!json_object_has_member (object, name))
    g_error ("there is no count \"%s\"", name);
  return json_object_get_int_member (object, name);
}

/* The members programs may rely on. */
static void
assert_common (JsonObject *object, const char *suite)
{
  static const double wanted[] = { 1e-2, 1e-3, 1e-4, 1e-5, 1e-6 };
  JsonArray *rates = json_object_get_array_member (object, "rates");
  JsonObject *point = json_object_get_object_member (object, "operating_point");

  g_assert_cmpstr (json_object_get_string_member (object, "suite"), ==, suite);
  g_assert_cmpuint (json_array_get_length (rates), ==, G_N_ELEMENTS (wanted));
  for (guint i = 0; i < G_N_ELEMENTS (wanted); i++)
    {
      JsonObject *row = json_array_get_object_element (rates, i);

      /* So few pictures show none of these rates, and nothing is made up. */
      g_assert_cmpfloat (number (row, "fmr"), ==, wanted[i]);
      g_assert_false (json_object_get_boolean_member (row, "measurable"));
      g_assert_true (json_object_get_null_member (row, "fnmr"));
      g_assert_true (json_object_get_null_member (row, "threshold"));
    }
  g_assert_cmpfloat (number (point, "fmr_lower"), <=, number (point, "fmr"));
  g_assert_cmpfloat (number (point, "fmr_upper"), >=, number (point, "fmr"));
  g_assert_cmpfloat (number (point, "fmr_upper"), >, number (point, "fmr_lower"));
  g_assert_cmpfloat (number (point, "fnmr_lower"), <=, number (point, "fnmr"));
  g_assert_cmpfloat (number (point, "fnmr_upper"), >=, number (point, "fnmr"));
  g_assert_cmpfloat (number (point, "fnmr_upper"), >, number (point, "fnmr_lower"));
  g_assert_cmpfloat (number (point, "threshold"), >, 0);
  g_assert_cmpfloat (number (json_object_get_object_member (object, "bounds"), "confidence"), ==, 0.95);
  g_assert_true (json_object_has_member (object, "trouble"));
  g_assert_true (json_object_has_member (object, "worst"));
}

static void
test_identity (void)
{
  g_autoptr (EvaluationFolder) folder = evaluation_folder_new ();
  g_autofree char *people = g_build_filename (folder, "people", NULL);
  g_autofree char *det = g_build_filename (folder, "det.svg", NULL);
  g_autofree char *svg = NULL;

  make_people (folder);
  g_autoptr (CtlRun) run = ctl_run (NULL, "evaluate", "identity", people, "--json", "--det", det, NULL);
  g_assert_cmpint (run->status, ==, 0);
  g_assert_cmpuint (run->lines->len, ==, 1);
  g_assert_cmpstr (run->errors, ==, "");

  JsonObject *object = ctl_run_last (run);
  assert_common (object, "identity");
  JsonObject *counts = json_object_get_object_member (object, "counts");
  g_assert_cmpint (count (counts, "people"), ==, 2);
  g_assert_cmpint (count (counts, "photographs"), ==, 5);
  g_assert_cmpint (count (counts, "pictures"), ==, 4);
  g_assert_cmpint (count (counts, "unreadable"), ==, 1);
  g_assert_cmpint (count (counts, "skipped"), ==, 1);
  g_assert_cmpint (count (counts, "genuine"), ==, 2);
  g_assert_cmpint (count (counts, "impostor"), ==, 4);
  JsonObject *trouble = json_object_get_object_member (object, "trouble");
  JsonArray *unreadable = json_object_get_array_member (trouble, "unreadable");
  g_assert_cmpstr (json_object_get_string_member (json_array_get_object_element (unreadable, 0), "file"), ==,
                   "eileen/broken.jpg");
  g_assert_true (
      json_object_has_member (json_object_get_object_member (object, "acquisition"), "failure_to_acquire"));
  /* Nobody has pictures enough to be enrolled as the till does it. */
  JsonObject *tried
      = json_object_get_object_member (json_object_get_object_member (object, "attempts"), "counts");
  g_assert_cmpint (count (tried, "customers"), ==, 0);
  g_assert_cmpint (count (tried, "strangers"), ==, 4);
  g_assert_true (g_file_get_contents (det, &svg, NULL, NULL));
  g_assert_true (g_str_has_prefix (svg, "<svg "));
}

/* One thread or two: the same figures, and the same names in the same order. */
static void
test_threads (void)
{
  g_autoptr (EvaluationFolder) folder = evaluation_folder_new ();
  g_autofree char *people = g_build_filename (folder, "people", NULL);

  make_people (folder);
  g_autoptr (CtlRun) one = ctl_run (NULL, "evaluate", "identity", "--json", "--threads", "1", people, NULL);
  g_autoptr (CtlRun) two = ctl_run (NULL, "evaluate", "identity", "--json", "--threads", "2", people, NULL);
  g_assert_cmpint (one->status, ==, 0);
  g_assert_cmpstr (one->output, ==, two->output);
}

static void
test_words_for_people (void)
{
  g_autoptr (EvaluationFolder) folder = evaluation_folder_new ();
  g_autofree char *people = g_build_filename (folder, "people", NULL);
  static const char *const said[] = {
    "4 faces in 4 pictures of 2 people",
    "not measurable with 4 comparisons",
    "false matches: none of 4 (below 53 %)",
    "unreadable: eileen/broken.jpg: ",
    "skipped: 1 file that",
    "nobody has 3 good pictures",
  };

  make_people (folder);
  g_autoptr (CtlRun) run = ctl_run (NULL, "evaluate", "identity", people, NULL);
  g_assert_cmpint (run->status, ==, 0);
  for (guint i = 0; i < G_N_ELEMENTS (said); i++)
    if (strstr (run->output, said[i]) == NULL)
      g_error ("“%s” is not said in: %s", said[i], run->output);
}

static void
test_classes (void)
{
  static const struct
  {
    const char *suite;
    const char *own[2];
  } suites[] = {
    { "smile", { "false_smile_rate", "missed_smile_rate" } },
    { "eyes", { "missed_sleeper_rate", "false_sleeper_rate" } },
    { "liveness", { "apcer", "bpcer" } },
  };
  g_autoptr (EvaluationFolder) folder = evaluation_folder_new ();
  g_autofree char *positive = g_build_filename (folder, "positive", NULL);
  g_autofree char *negative = g_build_filename (folder, "negative", NULL);

  evaluation_folder_link (folder, "positive/1.png", "astronaut.png");
  evaluation_folder_link (folder, "negative/1.jpg", "grace_hopper.jpg");
  for (guint i = 0; i < G_N_ELEMENTS (suites); i++)
    {
      g_autoptr (CtlRun) run
          = ctl_run (NULL, "evaluate", suites[i].suite, "--json", positive, negative, NULL);
      JsonObject *point;

      g_assert_cmpint (run->status, ==, 0);
      assert_common (ctl_run_last (run), suites[i].suite);
      point = json_object_get_object_member (ctl_run_last (run), "operating_point");
      g_assert_cmpfloat (number (point, suites[i].own[0]), ==, number (point, "fmr"));
      g_assert_cmpfloat (number (point, suites[i].own[1]), ==, number (point, "fnmr"));
    }
}

static void
assert_refused (CtlRun *run, const char *words)
{
  g_assert_cmpint (run->status, ==, 1);
  g_assert_cmpstr (run->output, ==, "");
  if (strstr (run->errors, words) == NULL)
    g_error ("“%s” is not said in: %s", words, run->errors);
  ctl_run_free (run);
}

static void
test_bad_input (void)
{
  g_autoptr (EvaluationFolder) folder = evaluation_folder_new ();
  g_autofree char *file = g_build_filename (folder, "people", "eileen", "notes.txt", NULL);
  g_autofree char *people = g_build_filename (folder, "people", NULL);
  g_autofree char *missing = g_build_filename (folder, "missing", NULL);
  g_autofree char *alone = g_build_filename (folder, "alone", NULL);
  g_autofree char *broken = g_build_filename (folder, "broken", NULL);
  g_autofree char *det = g_build_filename (folder, "missing", "det.svg", NULL);

  make_people (folder);
  evaluation_folder_link (folder, "alone/grace/1.jpg", "grace_hopper.jpg");
  evaluation_folder_copy (folder, "alone/grace/2.png", "grace_hopper.jpg", 0.9, FALSE);
  evaluation_folder_write_text (folder, "broken/clip.webm", "no clip");

  assert_refused (ctl_run (NULL, "evaluate", NULL), "evaluate SUITE");
  assert_refused (ctl_run (NULL, "evaluate", "beauty", people, NULL), "“beauty” is no suite");
  assert_refused (ctl_run (NULL, "evaluate", "identity", NULL), "name DIR");
  assert_refused (ctl_run (NULL, "evaluate", "smile", people, NULL), "name POSITIVE NEGATIVE");
  assert_refused (ctl_run (NULL, "evaluate", "identity", "--every", "0", people, NULL), "--every is 0");
  assert_refused (ctl_run (NULL, "evaluate", "identity", "--threads", "-1", people, NULL), "--threads is -1");
  assert_refused (ctl_run (NULL, "evaluate", "identity", missing, NULL), "There is no folder");
  assert_refused (ctl_run (NULL, "evaluate", "identity", file, NULL), "is no folder");
  assert_refused (ctl_run (NULL, "evaluate", "identity", alone, NULL), "one person's folder");
  assert_refused (ctl_run (NULL, "evaluate", "liveness", broken, broken, NULL), "No face was found");
  assert_refused (ctl_run (NULL, "evaluate", "identity", "--models", folder, people, NULL), "manifest.json");
  assert_refused (ctl_run (NULL, "evaluate", "identity", "--det", det, people, NULL), "det.svg");
  assert_refused (ctl_run (NULL, "evaluate", "identity", "--operating-point", missing, people, NULL),
                  "/missing: no operating point");
  assert_refused (ctl_run (NULL, "evaluate", "camera", "--camera", "clip:/missing", NULL), "/missing");
  assert_refused (ctl_run (NULL, "evaluate", "camera", "--seconds", "0", NULL), "--seconds is 0");
}

/* A man before his webcam; and nothing of what is seen is left on disk. */
static void
test_camera (void)
{
  g_autoptr (EvaluationFolder) folder = evaluation_folder_new ();
  g_autofree char *temporary = g_strconcat ("TMPDIR=", folder, NULL);
  const char *environment[] = { temporary, NULL };
  g_autofree char *camera = ctl_clip ("franck.webm", "@10-13");
  g_autoptr (CtlRun) run = ctl_run (environment, "evaluate", "camera", "--camera", camera, "--json", NULL);
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);

  g_assert_cmpint (run->status, ==, 0);
  g_assert_null (g_dir_read_name (dir));
  JsonObject *object = ctl_run_last (run);
  JsonObject *counts = json_object_get_object_member (object, "counts");
  g_assert_cmpstr (json_object_get_string_member (object, "suite"), ==, "camera");
  g_assert_cmpint (count (counts, "pictures"), >, 0);
  g_assert_cmpint (count (counts, "faces"), ==, count (counts, "pictures"));
  g_assert_cmpfloat (number (object, "good"), >, 0.5);
  g_assert_cmpfloat (number (object, "live"), >, 0.5);
  g_assert_cmpfloat (number (object, "eyes_open"), >, 0.5);
  g_assert_cmpfloat (number (object, "same_person"), >, 0.9);
  g_assert_true (json_object_get_null_member (object, "attack_after_s"));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/ctl/evaluate/identity", test_identity);
  g_test_add_func ("/ctl/evaluate/threads", test_threads);
  g_test_add_func ("/ctl/evaluate/words-for-people", test_words_for_people);
  g_test_add_func ("/ctl/evaluate/classes", test_classes);
  g_test_add_func ("/ctl/evaluate/bad-input", test_bad_input);
  g_test_add_func ("/ctl/evaluate/camera", test_camera);
  return g_test_run ();
}
