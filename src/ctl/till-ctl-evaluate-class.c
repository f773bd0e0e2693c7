/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ctl/till-ctl-evaluate.h"
#include "evaluation/till-class-evaluation.h"

#include <stdio.h>
#include <string.h>

/* Of each class. */
#define NAMED 5

typedef struct
{
  const char *suite;
  const char *usage;
  const char *summary;
  const char *fmr;
  const char *fnmr;
  TillDetLabels labels;
} ClassWords;

static const ClassWords class_words[] = {
  { "smile",
    "POSITIVE NEGATIVE",
    "How well the till tells a smile. One folder of smiling faces, one of others.",
    "taken for a smile",
    "smiles missed",
    { "Smile", "other faces taken for a smile", "smiles missed" } },
  { "eyes",
    "OPEN CLOSED",
    "How well the till tells people awake from people asleep.",
    "sleepers missed",
    "taken for asleep",
    { "Eyes", "closed eyes taken for open", "open eyes taken for closed" } },
  { "liveness",
    "LIVE ATTACK",
    "How well the till tells people from pictures of people. A folder in ATTACK is a species of attack.",
    "APCER",
    "BPCER",
    { "Liveness", "attacks taken for people (APCER)", "people taken for attacks (BPCER)" } },
};

static const ClassWords *
find_words (const char *suite)
{
  for (guint i = 0; i < G_N_ELEMENTS (class_words); i++)
    if (g_str_equal (class_words[i].suite, suite))
      return &class_words[i];
  return NULL;
}

static void
print_worst (const char *what, GArray *pictures)
{
  printf ("\n  %s\n", what);
  for (guint i = 0; i < MIN (NAMED, pictures->len); i++)
    {
      const TillScoredPicture *picture = &g_array_index (pictures, TillScoredPicture, i);

      printf ("    %7.3f  %s\n", (double) picture->score, picture->name);
    }
}

static void
print_group (const TillClassEvaluation *evaluation, const TillClassGroup *group)
{
  TillErrorRate wrong;

  till_error_rate_init (&wrong, group->wrong, group->pictures);
  g_autofree char *rate = till_ctl_evaluate_rate (&wrong);
  printf ("    %-24s %s, wrong one by one: %s", group->name,
          group->positive ? evaluation->suite->positive : evaluation->suite->negative, rate);
  if (group->enlarged > 0)
    printf ("; %u found only when enlarged", group->enlarged);
  if (group->clips > 0)
    printf ("; of %u clips %u taken for live, %u for an attack, %u undecided", group->clips,
            group->taken_for_positive, group->taken_for_negative, group->undecided);
  printf ("\n");
}

static void
print_groups (const TillClassEvaluation *evaluation)
{
  printf ("\n  by folder\n");
  for (guint i = 0; i < evaluation->groups->len; i++)
    {
      const TillClassGroup *group = &g_array_index (evaluation->groups, TillClassGroup, i);

      if (group->pictures > 0 || group->clips > 0)
        print_group (evaluation, group);
    }
}

static void
print_text (const TillClassEvaluation *evaluation, const ClassWords *shown)
{
  g_autofree char *failures = till_ctl_evaluate_rate (&evaluation->failure_to_acquire);
  g_autofree char *point = g_strdup_printf ("at the till's threshold, %.2f, one picture at a time",
                                            evaluation->table.operating.threshold);

  printf ("%s: %" G_GUINT64_FORMAT " faces %s, %" G_GUINT64_FORMAT " %s\n", evaluation->suite->name,
          evaluation->table.operating.fnmr.trials, evaluation->suite->positive,
          evaluation->table.operating.fmr.trials, evaluation->suite->negative);
  till_ctl_evaluate_print_table (&evaluation->table, shown->fmr, shown->fnmr);
  till_ctl_evaluate_print_row (point, &evaluation->table.operating, shown->fmr, shown->fnmr);
  printf ("\n  pictures without a face, or refused by the quality gate: %s\n", failures);
  till_ctl_evaluate_print_row ("without them", &evaluation->good_table.operating, shown->fmr, shown->fnmr);
  if (evaluation->clips_accepted.trials + evaluation->clips_rejected.trials > 0)
    {
      TillErrorRow clips = { .fmr = evaluation->clips_accepted, .fnmr = evaluation->clips_rejected };

      till_ctl_evaluate_print_row ("whole clips, many pictures fused as the till does", &clips, shown->fmr,
                                   shown->fnmr);
    }
  print_groups (evaluation);
  print_worst ("lowest scores of those that should pass", evaluation->worst_positive);
  print_worst ("highest scores of those that should not", evaluation->worst_negative);
  till_ctl_evaluate_print_trouble (evaluation->set);
}

int
till_ctl_evaluate_class (int argc, char **argv)
{
  const char *name = strrchr (argv[0], ' ') + 1;
  const ClassWords *shown = find_words (name);
  g_auto (TillCtlEvaluateWords) words = { 0 };
  g_autoptr (GError) error = NULL;
  TillExaminationPlan plan;

  if (!till_ctl_evaluate_parse (&words, argc, argv, shown->usage, shown->summary, 2))
    return TILL_CTL_FAILED;

  g_autoptr (TillOperatingPoint) point = till_ctl_evaluate_load_point (&words);
  if (point == NULL)
    return TILL_CTL_FAILED;
  till_ctl_evaluate_plan (&words, point, &plan);
  g_autoptr (TillClassEvaluation) evaluation = till_class_evaluation_new (
      till_class_suite_find (name), words.folders[0], words.folders[1], &plan, &error);
  if (evaluation == NULL)
    return till_ctl_fail (error);

  TillDetLine line
      = { "one picture at a time", evaluation->positive, evaluation->negative, &evaluation->table.operating };
  if (!till_ctl_evaluate_draw (&words, &shown->labels, &line, 1))
    return TILL_CTL_FAILED;
  if (words.options.json)
    till_ctl_evaluate_print_json (&words, till_class_evaluation_to_json (evaluation));
  else
    print_text (evaluation, shown);
  return 0;
}
