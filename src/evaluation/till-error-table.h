/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "evaluation/till-error-rate.h"
#include "evaluation/till-scores.h"

G_BEGIN_DECLS

/* False match rates of the table: 1e-2, 1e-3, 1e-4, 1e-5, 1e-6. */
#define TILL_ERROR_TABLE_ROWS 5

/* What goes wrong at one threshold. */
typedef struct
{
  double wanted;       /* false match rate asked for; NaN where the threshold was given */
  gboolean measurable; /* FALSE: too few impostor comparisons for one error at that rate; the rest is void */
  double threshold;    /* a score from here on is a match */
  TillErrorRate fmr;   /* impostor comparisons that match */
  TillErrorRate fnmr;  /* genuine comparisons that don't */
} TillErrorRow;

/**
 * TillErrorTable: the errors of a set of scores at the rates people ask for and at the threshold the till decides by.
 *
 * A row's threshold is the least at which no more than the wanted share of the impostor comparisons match. A rate at
 * which not even one of them may match can't be told from zero by that many comparisons, and its row says so.
 */
typedef struct
{
  TillErrorRow rows[TILL_ERROR_TABLE_ROWS];
  TillErrorRow operating;
  double eer; /* where both rates are equal, NaN without scores of both kinds */
  double auc; /* chance that a genuine score is above an impostor's, ties half; NaN likewise */
  double genuine_mean;
  double impostor_mean;
} TillErrorTable;

/* @operating: the till's threshold. */
void
till_error_table_init (TillErrorTable *self, TillScores *genuine, TillScores *impostor, double operating);

/* The errors at any one threshold. */
void till_error_row_init (TillErrorRow *self, TillScores *genuine, TillScores *impostor, double threshold);

G_END_DECLS
