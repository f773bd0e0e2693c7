/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ctl/till-ctl-evaluate.h"

#include "base/till-error.h"
#include "base/till-installation.h"
#include "evaluation/till-class-suite.h"

#include <stdio.h>
#include <unistd.h>

/* Of a clip every picture is looked at, as the till does while it is undecided. */
#define EVERY 1

#define MOST_THREADS 64
#define MOST_EVERY   100000

static const TillCtlCommand suites[] = {
  { "identity", "DIR: one folder a person", till_ctl_evaluate_identity },
  { "smile", "POSITIVE NEGATIVE: smiling faces, others", till_ctl_evaluate_class },
  { "eyes", "OPEN CLOSED: faces awake, faces asleep", till_ctl_evaluate_class },
  { "liveness", "LIVE ATTACK: people, pictures of people", till_ctl_evaluate_class },
  { "camera", "the till's own camera, now", till_ctl_evaluate_camera },
};

void
till_ctl_evaluate_words_clear (TillCtlEvaluateWords *words)
{
  till_ctl_options_clear (&words->options);
  g_free (words->models);
  g_free (words->operating_point);
  g_free (words->det);
  g_strfreev (words->folders);
}

static gboolean
check_words (const TillCtlEvaluateWords *words, const char *usage, guint n_folders)
{
  guint n = words->folders != NULL ? g_strv_length (words->folders) : 0;

  if (n != n_folders)
    fprintf (stderr, "smiletillctl: %s; see --help\n", usage);
  else if (words->threads < 0 || words->threads > MOST_THREADS)
    fprintf (stderr, "smiletillctl: --threads is %d but must be from 0 to %d\n", words->threads,
             MOST_THREADS);
  else if (words->every < 1 || words->every > MOST_EVERY)
    fprintf (stderr, "smiletillctl: --every is %d but must be from 1 to %d\n", words->every, MOST_EVERY);
  else
    return TRUE;
  return FALSE;
}

gboolean
till_ctl_evaluate_parse (TillCtlEvaluateWords *words,
                         int argc,
                         char **argv,
                         const char *usage,
                         const char *summary,
                         guint n_folders)
{
  const GOptionEntry entries[] = {
    { "models", 0, 0, G_OPTION_ARG_FILENAME, &words->models, "Folder of the networks", "DIR" },
    { "operating-point", 0, 0, G_OPTION_ARG_FILENAME, &words->operating_point,
      "Thresholds to judge by; the till's own if left out", "FILE" },
    { "threads", 0, 0, G_OPTION_ARG_INT, &words->threads,
      "Pictures looked at side by side; one a core if left out", "N" },
    { "every", 0, 0, G_OPTION_ARG_INT, &words->every, "Of a clip, look at one picture in N", "N" },
    { "det", 0, 0, G_OPTION_ARG_FILENAME, &words->det, "Draw the DET curve into this SVG file", "FILE" },
    { G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &words->folders, NULL, usage },
    G_OPTION_ENTRY_NULL,
  };
  g_autofree char *missing = g_strdup_printf ("name %s", usage);

  words->every = words->every == 0 ? EVERY : words->every;
  if (!till_ctl_parse (&argc, &argv, "", summary, &words->options, entries)
      || !check_words (words, missing, n_folders))
    return FALSE;
  if (words->models == NULL)
    words->models = till_installation_get_models_dir ();
  if (words->operating_point == NULL)
    words->operating_point = till_installation_get_data_path ("operating-point.json");
  if (words->threads == 0)
    words->threads = (int) MIN (g_get_num_processors (), MOST_THREADS);
  return TRUE;
}

TillOperatingPoint *
till_ctl_evaluate_load_point (const TillCtlEvaluateWords *words)
{
  g_autoptr (GError) error = NULL;
  TillOperatingPoint *point = till_operating_point_load (words->operating_point, &error);

  if (point == NULL)
    till_ctl_fail (error);
  return point;
}

static void
print_progress (guint done, guint n, gpointer data)
{
  fprintf (stderr, "\r%u of %u", done, n);
  if (done == n)
    fputs ("\r\033[K", stderr);
  fflush (stderr);
}

void
till_ctl_evaluate_plan (const TillCtlEvaluateWords *words,
                        const TillOperatingPoint *point,
                        TillExaminationPlan *plan)
{
  *plan = (TillExaminationPlan){
    .models_dir = words->models,
    .point = point,
    .threads = (guint) words->threads,
    .every = (guint) words->every,
    .progress = isatty (STDERR_FILENO) ? print_progress : NULL,
  };
}

gboolean
till_ctl_evaluate_draw (const TillCtlEvaluateWords *words,
                        const TillDetLabels *labels,
                        const TillDetLine *lines,
                        guint n_lines)
{
  g_autoptr (GError) error = NULL;

  if (words->det == NULL)
    return TRUE;
  g_autofree char *svg = till_det_curve_draw (labels, lines, n_lines);
  if (g_file_set_contents (words->det, svg, -1, &error))
    return TRUE;
  till_ctl_fail (error);
  return FALSE;
}

static void
print_help (FILE *out)
{
  fprintf (
      out,
      "Usage:\n  smiletillctl evaluate SUITE [OPTION…] FOLDER…\n\n"
      "How often the till errs, on photographs and clips whose truth is known, with its own networks and\n"
      "thresholds.\n\n");
  for (guint i = 0; i < G_N_ELEMENTS (suites); i++)
    fprintf (out, "  %-10s%s\n", suites[i].name, suites[i].summary);
  fprintf (out, "\nEach suite has --help. Nothing that is seen is kept.\n");
}

int
till_ctl_evaluate (int argc, char **argv)
{
  if (argc < 2 || g_str_equal (argv[1], "--help") || g_str_equal (argv[1], "-h"))
    {
      print_help (argc < 2 ? stderr : stdout);
      return argc < 2 ? TILL_CTL_FAILED : 0;
    }
  for (guint i = 0; i < G_N_ELEMENTS (suites); i++)
    if (g_str_equal (argv[1], suites[i].name))
      {
        g_autofree char *name = g_strconcat ("evaluate ", argv[1], NULL);

        argv[1] = name;
        return suites[i].run (argc - 1, argv + 1);
      }
  fprintf (stderr, "smiletillctl: “%s” is no suite; see smiletillctl evaluate --help\n", argv[1]);
  return TILL_CTL_FAILED;
}
