/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/till-error.h"
#include "base/till-installation.h"
#include "camera/till-camera.h"
#include "ctl/till-ctl-evaluate.h"
#include "evaluation/till-camera-survey.h"

#include <stdio.h>

#define SECONDS      20
#define MOST_SECONDS 3600
#define SLICE_US     (100 * 1000)

typedef struct
{
  TillCtlOptions options;
  char *models;
  char *camera;
  int seconds;
} Words;

static void
words_clear (Words *words)
{
  till_ctl_options_clear (&words->options);
  g_free (words->models);
  g_free (words->camera);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Words, words_clear)

static gboolean
words_parse (Words *words, int argc, char **argv)
{
  const GOptionEntry entries[] = {
    { "camera", 0, 0, G_OPTION_ARG_STRING, &words->camera, "device[:ID] or clip:PATH[@START-END][,loop]",
      "SOURCE" },
    { "seconds", 0, 0, G_OPTION_ARG_INT, &words->seconds, "How long to look; 20 if left out", "N" },
    { "models", 0, 0, G_OPTION_ARG_FILENAME, &words->models, "Folder of the networks", "DIR" },
    G_OPTION_ENTRY_NULL,
  };

  words->seconds = SECONDS;
  if (!till_ctl_parse (&argc, &argv, "",
                       "What the till's camera makes of whoever stands before it. No picture is kept.",
                       &words->options, entries))
    return FALSE;
  if (words->seconds < 1 || words->seconds > MOST_SECONDS)
    {
      fprintf (stderr, "smiletillctl: --seconds is %d but must be from 1 to %d\n", words->seconds,
               MOST_SECONDS);
      return FALSE;
    }
  if (words->camera == NULL)
    words->camera = g_strdup ("device");
  if (words->models == NULL)
    words->models = till_installation_get_models_dir ();
  return TRUE;
}

typedef struct
{
  gboolean over;
  GError *error;
} Sitting;

static void
on_ended (TillCamera *camera, gpointer user_data)
{
  ((Sitting *) user_data)->over = TRUE;
}

static void
on_failed (TillCamera *camera, const GError *error, gpointer user_data)
{
  Sitting *sitting = user_data;

  if (sitting->error == NULL)
    sitting->error = g_error_copy (error);
  sitting->over = TRUE;
}

static gboolean
look (TillCameraSurvey *survey, TillVision *vision, TillMailbox *mailbox, GError **error)
{
  g_autoptr (TillFrame) frame = till_mailbox_take (mailbox, g_get_monotonic_time () + SLICE_US);
  g_autoptr (TillFaces) faces = NULL;

  if (frame == NULL)
    return TRUE;
  faces = till_vision_analyse (vision, frame, TILL_CAMERA_SURVEY_WANTED, error);
  if (faces == NULL)
    return FALSE;
  till_camera_survey_add (survey, frame, faces);
  return TRUE;
}

/* The time starts with the first picture: a camera may take a while to wake. */
static gboolean
is_over (const Sitting *sitting, const TillCameraSurvey *survey, int seconds)
{
  return sitting->over
         || (survey->pictures > 0
             && g_get_monotonic_time () > survey->first_us + seconds * (gint64) G_USEC_PER_SEC);
}

static gboolean
run (const Words *words,
     TillCameraSource *source,
     TillVision *vision,
     TillCameraSurvey *survey,
     GError **error)
{
  g_autoptr (TillMailbox) mailbox = till_mailbox_new ();
  g_autoptr (TillCamera) camera = till_camera_new (source, mailbox);
  Sitting sitting = { 0 };
  gboolean good = TRUE;

  g_signal_connect (camera, "ended", G_CALLBACK (on_ended), &sitting);
  g_signal_connect (camera, "failed", G_CALLBACK (on_failed), &sitting);
  till_camera_start (camera);
  while (good && !is_over (&sitting, survey, words->seconds))
    {
      good = look (survey, vision, mailbox, error);
      while (g_main_context_iteration (NULL, FALSE))
        ;
    }
  till_camera_stop (camera);
  till_mailbox_clear (mailbox);
  g_signal_handlers_disconnect_by_data (camera, &sitting);

  if (good && sitting.error != NULL)
    g_propagate_error (error, g_steal_pointer (&sitting.error));
  else if (good && survey->pictures == 0)
    g_set_error (error, TILL_ERROR, TILL_ERROR_UNAVAILABLE, "%s showed no picture", words->camera);
  else
    {
      g_clear_error (&sitting.error);
      return good;
    }
  return FALSE;
}

static void
print_share (const char *what, guint count, guint n)
{
  if (n > 0)
    printf ("  %-34s%5.1f %%\n", what, 100.0 * count / n);
}

static void
print_hints (const TillCameraSurvey *survey)
{
  static const char *const words[] = {
    [TILL_HINT_CLOSER] = "  too far away",
    [TILL_HINT_BACK] = "  too close",
    [TILL_HINT_LIGHT] = "  too dark, too bright or lit from one side",
    [TILL_HINT_STILL] = "  blurred",
    [TILL_HINT_FACE_CAMERA] = "  turned too far away",
  };

  for (guint hint = 0; hint < G_N_ELEMENTS (words); hint++)
    if (words[hint] != NULL && survey->hints[hint] > 0)
      print_share (words[hint], survey->hints[hint], survey->faces);
}

static void
print_moment (const TillCameraSurvey *survey, const char *what, gint64 when_us)
{
  if (when_us != 0)
    printf ("  %s after %.1f s\n", what, (double) (when_us - survey->first_us) / G_USEC_PER_SEC);
}

static void
print_text (const TillCameraSurvey *survey, const char *camera)
{
  guint good = survey->hints[TILL_HINT_NONE];

  printf ("camera: %u pictures of %s, %.0f ms each\n", survey->pictures, camera,
          survey->milliseconds / survey->pictures);
  print_share ("somebody in view", survey->faces, survey->pictures);
  print_share ("a second person", survey->crowded, survey->pictures);
  print_share ("good enough to judge", good, survey->faces);
  print_hints (survey);
  if (good == 0)
    {
      printf ("  no picture was good enough to judge; see above what to mend\n");
      return;
    }
  print_share ("look alive", survey->live, good);
  print_share ("eyes open", survey->eyes_open, good);
  print_share ("too little of a face to compare", survey->weak, good);
  print_share ("the person of the first picture", survey->same, good - survey->weak);
  printf ("  least alike to it: %.2f\n", survey->least_same);
  print_moment (survey, "known to be alive", survey->live_us);
  print_moment (survey, "taken for an attack", survey->attack_us);
  if (survey->live_us == 0 && survey->attack_us == 0)
    printf ("  neither known to be alive nor taken for an attack\n");
}

int
till_ctl_evaluate_camera (int argc, char **argv)
{
  g_auto (Words) words = { 0 };
  g_auto (TillCameraSurvey) survey = { 0 };
  g_autoptr (GError) error = NULL;

  if (!words_parse (&words, argc, argv))
    return TILL_CTL_FAILED;

  g_autofree char *path = till_installation_get_data_path ("operating-point.json");
  g_autoptr (TillOperatingPoint) point = till_operating_point_load (path, &error);
  if (point == NULL)
    return till_ctl_fail (error);
  g_autoptr (TillCameraSource) source = till_camera_source_parse (words.camera, &error);
  if (source == NULL)
    return till_ctl_fail (error);
  g_autoptr (TillVision) vision = till_vision_new (words.models, 0, &error);
  if (vision == NULL)
    return till_ctl_fail (error);

  till_camera_survey_init (&survey, point);
  if (!run (&words, source, vision, &survey, &error))
    return till_ctl_fail (error);
  if (words.options.json)
    till_ctl_print_json (till_camera_survey_to_json (&survey));
  else
    print_text (&survey, words.camera);
  return 0;
}
