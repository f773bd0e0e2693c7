/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What the running till reaches: frames shown and analysed, how often each stage ran and what it took, how often the
 * smile meter moved, time to the first picture, time to know a face, memory.
 */
#include "samples.h"

#include "camera/till-camera.h"
#include "recognition/till-recognizer.h"

#include <gst/gst.h>
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>

#define RUN_SECONDS 20
#define REPEATS     5
#define CLIP_RATE   25.0
#define TEMPLATES   5
#define PATIENCE_US (30 * G_USEC_PER_SEC)
#define PAY_SEGMENT "@62-75"
/* Neutral, smiles at 75.8, at rest again, smiles at 83.2. */
#define SMILE_SEGMENT "@70-90"

/* One stage of the analysis. */
typedef struct
{
  const char *name;
  gsize offset; /* in TillVisionTimes */
  guint runs;
  double ms;
} Stage;

static Stage stages[] = {
  { "detect", G_STRUCT_OFFSET (TillVisionTimes, detect), 0, 0 },
  { "landmarks", G_STRUCT_OFFSET (TillVisionTimes, landmarks), 0, 0 },
  { "quality", G_STRUCT_OFFSET (TillVisionTimes, quality), 0, 0 },
  { "eyes", G_STRUCT_OFFSET (TillVisionTimes, eyes), 0, 0 },
  { "liveness", G_STRUCT_OFFSET (TillVisionTimes, liveness), 0, 0 },
  { "grid", G_STRUCT_OFFSET (TillVisionTimes, grid), 0, 0 },
  { "embedding", G_STRUCT_OFFSET (TillVisionTimes, embedding), 0, 0 },
  { "smile network", G_STRUCT_OFFSET (TillVisionTimes, smile), 0, 0 },
};

/* What the customer is doing while the till looks on. */
typedef enum
{
  NOT_LOOKING,
  WAITING,  /* nobody has typed digits */
  KNOWN,    /* identified, and not asked for anything */
  PROMPTED, /* asked for a smile, over and over */
} Phase;

typedef struct
{
  TillRecognizer *recognizer;
  TillMailbox *mailbox;
  guint session;
  guint shown;
  guint sightings;
  guint64 last_frame;
  guint smiles; /* made */
  /* The smile meter, while a smile is wanted: how often it moved, over which time, its longest pause. */
  guint moves;
  gint64 wanted_us;
  gint64 longest_us;
  gint64 last_move_us; /* 0 while no smile is wanted */
  Phase phase;
  gint64 first_frame_us;
  gint64 first_good_us;
  gint64 identified_us;
  gint64 first_face_us;
  gboolean over;
} Run;

static void
on_frame (TillCamera *camera, TillFrame *frame, gpointer user_data)
{
  Run *run = user_data;

  if (run->shown++ == 0)
    run->first_frame_us = g_get_monotonic_time ();
}

static void
count_stages (const TillVisionTimes *times)
{
  for (gsize i = 0; i < G_N_ELEMENTS (stages); i++)
    {
      double ms = (double) G_STRUCT_MEMBER (float, times, stages[i].offset);

      if (ms > 0)
        {
          stages[i].runs++;
          stages[i].ms += ms;
        }
    }
}

/* The sighting that ends the waiting is the meter's last move. */
static void
count_move (Run *run, const TillSighting *sighting)
{
  if (run->last_move_us != 0)
    {
      gint64 pause_us = sighting->done_us - run->last_move_us;

      run->moves++;
      run->wanted_us += pause_us;
      run->longest_us = MAX (run->longest_us, pause_us);
    }
  gboolean wanted = sighting->smile == TILL_SMILE_WANTED || sighting->smile == TILL_SMILE_HOLDING;
  run->last_move_us = wanted ? sighting->done_us : 0;
}

static void
on_sighting (TillRecognizer *recognizer, TillSighting *sighting, gpointer user_data)
{
  Run *run = user_data;

  /* What was known before is told again when somebody asks; only frames count. */
  if (sighting->serial != run->session || sighting->frame == run->last_frame)
    return;
  run->last_frame = sighting->frame;
  run->sightings++;
  run->first_face_us = sighting->first_face_us;
  run->first_good_us = sighting->first_good_us;
  run->identified_us = sighting->identified_us;
  count_stages (till_faces_get_times (sighting->faces));
  count_move (run, sighting);
  if (run->phase == PROMPTED && sighting->identity == TILL_EVIDENCE_FOR
      && (sighting->smile == TILL_SMILE_IDLE || sighting->smile == TILL_SMILE_MADE))
    {
      run->smiles += sighting->smile == TILL_SMILE_MADE ? 1 : 0;
      till_recognizer_prompt_smile (recognizer, 1);
    }
}

static gboolean
on_over (gpointer user_data)
{
  ((Run *) user_data)->over = TRUE;
  return G_SOURCE_REMOVE;
}

static double
ms_between (gint64 from_us, gint64 to_us)
{
  return (double) (to_us - from_us) / 1000;
}

static TillCamera *
open_camera (Run *run, const char *segment, TillMailbox *mailbox)
{
  g_autofree char *spec
      = g_strdup_printf ("clip:%s/franck.webm%s,loop", g_getenv ("SMILETILL_MODELS"), segment);
  g_autoptr (GError) error = NULL;
  g_autoptr (TillCameraSource) source = till_camera_source_parse (spec, &error);

  if (source == NULL)
    g_error ("%s", error->message);
  TillCamera *camera = till_camera_new (source, mailbox);
  g_signal_connect (camera, "frame", G_CALLBACK (on_frame), run);
  return camera;
}

static void
run_for (Run *run, guint seconds)
{
  run->over = FALSE;
  g_timeout_add_seconds (seconds, on_over, run);
  while (!run->over)
    g_main_context_iteration (NULL, TRUE);
}

static double
get_cpu (void)
{
  struct rusage usage;

  getrusage (RUSAGE_SELF, &usage);
  return (double) (usage.ru_utime.tv_sec + usage.ru_stime.tv_sec)
         + (double) (usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) / 1e6;
}

static void
reset (Run *run, Phase phase)
{
  run->shown = run->sightings = run->smiles = run->moves = 0;
  run->wanted_us = run->longest_us = run->last_move_us = 0;
  run->phase = phase;
  for (gsize i = 0; i < G_N_ELEMENTS (stages); i++)
    {
      stages[i].runs = 0;
      stages[i].ms = 0;
    }
}

static void
print_stages (guint frames)
{
  for (gsize i = 0; i < G_N_ELEMENTS (stages); i++)
    if (stages[i].runs > 0)
      printf ("    %-32s %8.2f ms   in %.0f %% of the frames\n", stages[i].name,
              stages[i].ms / stages[i].runs, 100.0 * stages[i].runs / frames);
}

static void
print_meter (const Run *run)
{
  double seconds = (double) run->wanted_us / G_USEC_PER_SEC;

  if (run->moves == 0)
    g_error ("no smile was asked for");
  printf ("  %-34s %8.2f /s   (aim: 15; %.1f s in which a smile was wanted, smiles made: %u)\n",
          "smile meter moved", run->moves / seconds, seconds, run->smiles);
  printf ("  %-34s %8.2f ms\n", "longest pause of the smile meter", ms_between (0, run->longest_us));
}

static void
measure_rate (Run *run, const char *name, Phase phase, const char *segment, TillGallery *gallery)
{
  g_autoptr (TillCamera) camera = open_camera (run, segment, phase != NOT_LOOKING ? run->mailbox : NULL);

  reset (run, phase);
  if (phase != NOT_LOOKING)
    {
      run->session = till_recognizer_begin (run->recognizer, TILL_RECOGNIZER_PAY);
      if (phase != WAITING)
        till_recognizer_set_candidates (run->recognizer, gallery);
    }
  double cpu = get_cpu ();
  till_camera_start (camera);
  gint64 began_us = g_get_monotonic_time ();
  run_for (run, RUN_SECONDS);
  double seconds = ms_between (began_us, g_get_monotonic_time ()) / 1000;
  cpu = get_cpu () - cpu;
  till_camera_stop (camera);
  till_recognizer_end (run->recognizer);

  printf ("  %s\n", name);
  printf ("  %-34s %8.2f /s   (clip: %.0f)\n", "shown", run->shown / seconds, CLIP_RATE);
  if (phase != NOT_LOOKING)
    printf ("  %-34s %8.2f /s   (aim: 25)\n", "analysed", run->sightings / seconds);
  printf ("  %-34s %8.2f %%    of one core%s\n", "processor, camera and all", 100 * cpu / seconds,
          phase != NOT_LOOKING ? "   (aim: 60 looking)" : "");
  if (phase == PROMPTED)
    print_meter (run);
  if (run->sightings > 0)
    print_stages (run->sightings);
  fflush (stdout);
}

/* A gallery of one: templates from frames some seconds apart, as an enrolment would keep them. */
static TillGallery *
gallery_of_franck (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (TillVision) vision = till_vision_new (g_getenv ("SMILETILL_MODELS"), 2, &error);
  g_autoptr (GPtrArray) frames = sample_frames ("franck.webm", "@0-12", 50, TEMPLATES);
  g_autoptr (GPtrArray) customers = g_ptr_array_new_with_free_func ((GDestroyNotify) till_customer_unref);
  float templates[TEMPLATES * TILL_VISION_EMBEDDING];
  guint n = 0;

  if (vision == NULL)
    g_error ("%s", error->message);
  for (guint i = 0; i < frames->len; i++)
    {
      g_autoptr (TillFaces) faces
          = till_vision_analyse (vision, g_ptr_array_index (frames, i),
                                 TILL_VISION_WANT_EMBEDDING | TILL_VISION_LARGEST_ONLY, &error);

      if (faces != NULL && till_faces_get_n (faces) > 0)
        memcpy (&templates[n++ * TILL_VISION_EMBEDDING], till_faces_get (faces, 0)->embedding,
                TILL_VISION_EMBEDDING * sizeof (float));
    }
  TillCustomer *customer
      = till_customer_new (NULL, "Franck", "1234", "cus_bench", "consent_bench", templates, n, 0, &error);
  if (customer == NULL)
    g_error ("%s", error->message);
  g_ptr_array_add (customers, customer);
  return till_gallery_new (customers);
}

static void
measure_identification (Run *run, TillGallery *gallery)
{
  Samples first_frame = { 0 };
  Samples in_view = { 0 };
  Samples good = { 0 };

  for (guint i = 0; i < REPEATS; i++)
    {
      g_autoptr (TillCamera) camera = open_camera (run, PAY_SEGMENT, run->mailbox);
      gint64 began_us = g_get_monotonic_time ();

      run->shown = 0;
      run->identified_us = 0;
      run->session = till_recognizer_begin (run->recognizer, TILL_RECOGNIZER_PAY);
      till_recognizer_set_candidates (run->recognizer, gallery);
      till_camera_start (camera);
      while (run->identified_us == 0)
        {
          g_main_context_iteration (NULL, TRUE);
          if (g_get_monotonic_time () - began_us > PATIENCE_US)
            g_error ("nobody was identified");
        }
      till_camera_stop (camera);
      till_recognizer_end (run->recognizer);
      samples_add (&first_frame, ms_between (began_us, run->first_frame_us));
      samples_add (&in_view, ms_between (run->first_face_us, run->identified_us));
      samples_add (&good, ms_between (run->first_good_us, run->identified_us));
    }
  samples_print (&first_frame, "camera on to first picture", "ms");
  samples_print (&in_view, "face in view to identified", "ms");
  samples_print (&good, "first good frame to identified", "ms");
  printf ("  %-34s %8s      (aims: picture 1,500 ms, identified 300 ms)\n", "", "");
  samples_clear (&first_frame);
  samples_clear (&in_view);
  samples_clear (&good);
}

int
main (int argc, char **argv)
{
  gint64 began_us = g_get_monotonic_time ();
  g_autoptr (GError) error = NULL;
  g_autofree char *path = g_build_filename (g_getenv ("SMILETILL_DATA"), "operating-point.json", NULL);
  Run run = { .mailbox = NULL };
  struct rusage usage;

  gst_init (&argc, &argv);
  g_autoptr (TillOperatingPoint) operating_point = till_operating_point_load (path, &error);
  if (operating_point == NULL)
    g_error ("%s", error->message);
  run.mailbox = till_mailbox_new ();
  run.recognizer = till_recognizer_new (g_getenv ("SMILETILL_MODELS"), operating_point, run.mailbox, 2);
  g_signal_connect (run.recognizer, "sighting", G_CALLBACK (on_sighting), &run);
  while (!till_recognizer_is_ready (run.recognizer))
    g_main_context_iteration (NULL, TRUE);

  printf ("The running till: franck.webm, 2 threads\n\n");
  printf ("  %-34s %8.2f ms\n", "program start to networks ready",
          ms_between (began_us, g_get_monotonic_time ()));
  measure_rate (&run, "Camera on, recognition off", NOT_LOOKING, PAY_SEGMENT, NULL);
  /* Before the gallery is made, which takes a second set of networks that a till does not have. */
  getrusage (RUSAGE_SELF, &usage);
  printf ("  %-34s %8.2f MB   (networks and camera, no window)\n", "peak memory",
          (double) usage.ru_maxrss / 1024);
  g_autoptr (TillGallery) gallery = gallery_of_franck ();
  measure_rate (&run, "Waiting for the digits", WAITING, PAY_SEGMENT, gallery);
  measure_rate (&run, "Known, waiting", KNOWN, PAY_SEGMENT, gallery);
  measure_rate (&run, "Asked for smiles", PROMPTED, SMILE_SEGMENT, gallery);
  run.phase = KNOWN;
  measure_identification (&run, gallery);

  till_recognizer_close (run.recognizer);
  g_object_unref (run.recognizer);
  till_mailbox_unref (run.mailbox);
  return 0;
}
