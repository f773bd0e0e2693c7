/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ctl/till-ctl-evaluate.h"
#include "customers/till-pass-template.h"
#include "evaluation/till-evaluation-json.h"
#include "evaluation/till-identity-evaluation.h"
#include "evaluation/till-pass-attempts.h"
#include "evaluation/till-person-record.h"

#include <stdio.h>

#define FMR  "false matches"
#define FNMR "false non-matches"

/* Of each kind of the worst. */
#define NAMED 5

static void
print_pairs (const TillIdentityEvaluation *evaluation, const char *what, GArray *pairs)
{
  printf ("\n  %s\n", what);
  for (guint i = 0; i < MIN (NAMED, pairs->len); i++)
    {
      const TillComparedPair *pair = &g_array_index (pairs, TillComparedPair, i);

      printf ("    %7.3f  %s  %s\n", (double) pair->score,
              g_array_index (evaluation->pictures, TillIdentityPicture, pair->first).name,
              g_array_index (evaluation->pictures, TillIdentityPicture, pair->second).name);
    }
}

static void
print_people (const TillIdentityEvaluation *evaluation)
{
  printf ("\n  people recognised worst\n");
  for (guint i = 0; i < MIN (NAMED, evaluation->people_by_record->len); i++)
    {
      const TillPersonRecord *record = &g_array_index (evaluation->people_by_record, TillPersonRecord, i);

      printf ("    %-30s %u of %u pairs missed, lowest %.3f\n",
              (const char *) g_ptr_array_index (evaluation->set->groups, record->person), record->missed,
              record->pairs, record->least);
    }
}

static void
print_attempts (const TillIdentityEvaluation *evaluation)
{
  const TillIdentityAttempts *attempts = &evaluation->attempts;

  if (attempts->customers == 0)
    {
      printf ("\nThe till's own way: nobody has %d good pictures to be enrolled with and one to try\n",
              TILL_IDENTITY_ATTEMPTS_ENROLLING);
      return;
    }
  printf (
      "\nThe till's own way: %u people enrolled with %d pictures each (%u of %u pictures refused, %u people "
      "could not be enrolled) and tried with each of their %u pictures, enrolled without it; %u pictures of "
      "strangers\n",
      attempts->customers, TILL_IDENTITY_ATTEMPTS_ENROLLING, attempts->refused, attempts->offered,
      attempts->failed_to_enrol, attempts->probes, attempts->strangers);
  till_ctl_evaluate_print_table (&evaluation->attempts_table, FMR, FNMR);
  till_ctl_evaluate_print_row ("at the till's threshold", &evaluation->attempts_table.operating, FMR, FNMR);
  till_ctl_evaluate_print_row ("the same, pictures that pass the quality gate alone",
                               &evaluation->good_attempts_table.operating, FMR, FNMR);
  till_ctl_evaluate_print_row ("the same, the others counting as rejected",
                               &evaluation->attempts_with_failures, FMR, FNMR);
}

/* What a face pass costs that keeps few bits of each component: good pictures alone, as the till decides on. */
static void
print_passes (const TillIdentityEvaluation *evaluation)
{
  const TillIdentityAttempts *attempts = &evaluation->attempts;

  if (attempts->customers == 0)
    return;
  printf ("\nWith a face pass (the till's has %d bits a component), pictures that pass the quality gate:\n",
          TILL_PASS_TEMPLATE_BITS);
  for (guint i = 0; i < attempts->passes->len; i++)
    {
      const TillPassAttempts *pass = g_ptr_array_index (attempts->passes, i);
      g_autofree char *title
          = g_strdup_printf ("%u bits, %" G_GSIZE_FORMAT " bytes, likeness %.4f, at least %.4f", pass->bits,
                             TILL_PASS_TEMPLATE_SIZE (pass->bits), pass->mean_likeness, pass->least_likeness);
      TillErrorRow row;

      till_error_row_init (&row, pass->genuine, pass->impostor,
                           evaluation->attempts_table.operating.threshold);
      till_ctl_evaluate_print_row (title, &row, FMR, FNMR);
    }
}

static void
print_text (const TillIdentityEvaluation *evaluation, const char *folder)
{
  g_autofree char *shown = g_filename_display_name (folder);
  g_autofree char *failures = till_ctl_evaluate_rate (&evaluation->failure_to_acquire);
  g_autofree char *point
      = g_strdup_printf ("at the till's threshold, %.4f", evaluation->table.operating.threshold);

  printf ("identity: %u faces in %u pictures of %u people in %s\n", evaluation->faces,
          evaluation->pictures->len, evaluation->people, shown);
  printf ("every picture with every other: %" G_GUINT64_FORMAT " genuine and %" G_GUINT64_FORMAT
          " impostor pairs\n",
          evaluation->table.operating.fnmr.trials, evaluation->table.operating.fmr.trials);
  till_ctl_evaluate_print_table (&evaluation->table, FMR, FNMR);
  till_ctl_evaluate_print_row (point, &evaluation->table.operating, FMR, FNMR);
  printf ("\n  pictures without a face, or refused by the quality gate: %s\n", failures);
  till_ctl_evaluate_print_row ("without them", &evaluation->good_table.operating, FMR, FNMR);
  till_ctl_evaluate_print_row ("with them, counting as rejected", &evaluation->with_failures, FMR, FNMR);
  print_people (evaluation);
  print_pairs (evaluation, "least alike pictures of one person", evaluation->comparison.least_genuine);
  print_pairs (evaluation, "most alike pictures of two people, or of one under two names",
               evaluation->comparison.most_impostor);
  till_ctl_evaluate_print_trouble (evaluation->set);
  print_attempts (evaluation);
  print_passes (evaluation);
}

static gboolean
draw (const TillCtlEvaluateWords *words, const TillIdentityEvaluation *evaluation)
{
  const TillDetLabels labels
      = { "Identity: the price of caution", "strangers taken for somebody (false matches)",
          "people not recognised (false non-matches)" };
  const TillDetLine lines[] = {
    { "picture against picture", evaluation->comparison.genuine, evaluation->comparison.impostor,
      &evaluation->table.operating },
    { "picture against an enrolled customer", evaluation->attempts.genuine, evaluation->attempts.impostor,
      &evaluation->attempts_table.operating },
  };

  return till_ctl_evaluate_draw (words, &labels, lines, G_N_ELEMENTS (lines));
}

int
till_ctl_evaluate_identity (int argc, char **argv)
{
  g_auto (TillCtlEvaluateWords) words = { 0 };
  g_autoptr (GError) error = NULL;
  TillExaminationPlan plan;

  if (!till_ctl_evaluate_parse (&words, argc, argv, "DIR",
                                "How well the till tells people apart. DIR holds one folder a person.", 1))
    return TILL_CTL_FAILED;

  g_autoptr (TillOperatingPoint) point = till_ctl_evaluate_load_point (&words);
  if (point == NULL)
    return TILL_CTL_FAILED;
  till_ctl_evaluate_plan (&words, point, &plan);
  g_autoptr (TillIdentityEvaluation) evaluation
      = till_identity_evaluation_new (words.folders[0], &plan, &error);
  if (evaluation == NULL)
    return till_ctl_fail (error);
  if (!draw (&words, evaluation))
    return TILL_CTL_FAILED;

  if (words.options.json)
    till_ctl_evaluate_print_json (&words, till_identity_evaluation_to_json (evaluation));
  else
    print_text (evaluation, words.folders[0]);
  return 0;
}
