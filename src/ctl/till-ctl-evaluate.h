/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ctl/till-ctl.h"
#include "evaluation/till-det-curve.h"
#include "evaluation/till-examination.h"

G_BEGIN_DECLS

/* What stands behind `evaluate SUITE`. */
typedef struct
{
  TillCtlOptions options;
  char *models;          /* folder of the networks */
  char *operating_point; /* file of the thresholds */
  char *det;             /* (nullable): file for the drawing */
  int threads;
  int every;
  GStrv folders; /* as many as the suite wants */
} TillCtlEvaluateWords;

void till_ctl_evaluate_words_clear (TillCtlEvaluateWords *words);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (TillCtlEvaluateWords, till_ctl_evaluate_words_clear)

/*
 * Reads the words; argv[0] is "evaluate SUITE". @usage: the @n_folders it wants, as in its help. FALSE with a message on
 * standard error.
 */
gboolean till_ctl_evaluate_parse (TillCtlEvaluateWords *words,
                                  int argc,
                                  char **argv,
                                  const char *usage,
                                  const char *summary,
                                  guint n_folders);

/* The thresholds the till decides by (transfer full); NULL with a message on standard error. */
TillOperatingPoint *till_ctl_evaluate_load_point (const TillCtlEvaluateWords *words);

/* A plan as @words say, which tells its progress when standard error is a terminal. */
void till_ctl_evaluate_plan (const TillCtlEvaluateWords *words,
                             const TillOperatingPoint *point,
                             TillExaminationPlan *plan);

/* Writes the drawing if one was asked for. FALSE with a message on standard error. */
gboolean till_ctl_evaluate_draw (const TillCtlEvaluateWords *words,
                                 const TillDetLabels *labels,
                                 const TillDetLine *lines,
                                 guint n_lines);

/* What the suites print for people. */

/* "0.0013 % (0.0010 to 0.0017 %)", "none of 4500 (below 0.067 %)" (transfer full). */
char *till_ctl_evaluate_rate (const TillErrorRate *rate);
void till_ctl_evaluate_print_table (const TillErrorTable *table, const char *fmr, const char *fnmr);
/* "at the till's threshold ..." */
void
till_ctl_evaluate_print_row (const char *what, const TillErrorRow *row, const char *fmr, const char *fnmr);
/* Files without a face, unreadable ones, skipped ones: the first few by name. */
void till_ctl_evaluate_print_trouble (const TillSpecimenSet *set);

/* Prints @object (transfer full) with the "folders" it is about. */
void till_ctl_evaluate_print_json (const TillCtlEvaluateWords *words, JsonObject *object);

int till_ctl_evaluate_identity (int argc, char **argv);
int till_ctl_evaluate_class (int argc, char **argv);
int till_ctl_evaluate_camera (int argc, char **argv);

G_END_DECLS
