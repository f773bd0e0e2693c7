/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "evaluation/till-error-table.h"

#include <math.h>

static const double wanted_rates[TILL_ERROR_TABLE_ROWS] = { 1e-2, 1e-3, 1e-4, 1e-5, 1e-6 };

/* 1e-4 of 30,000 comparisons is three, although the product of the two doubles lies a hair below. */
#define ROUNDING 1e-9

void
till_error_row_init (TillErrorRow *self, TillScores *genuine, TillScores *impostor, double threshold)
{
  gsize n_genuine = till_scores_get_n (genuine);

  self->wanted = (double) NAN;
  self->measurable = TRUE;
  self->threshold = threshold;
  till_error_rate_init (&self->fmr, till_scores_count_from (impostor, threshold),
                        till_scores_get_n (impostor));
  till_error_rate_init (&self->fnmr, n_genuine - till_scores_count_from (genuine, threshold), n_genuine);
}

static void
wanted_row_init (TillErrorRow *self, TillScores *genuine, TillScores *impostor, double wanted)
{
  double allowed = floor (wanted * (double) till_scores_get_n (impostor) + ROUNDING);

  *self = (TillErrorRow){ .wanted = wanted, .threshold = (double) NAN };
  till_error_rate_init (&self->fmr, 0, 0);
  till_error_rate_init (&self->fnmr, 0, 0);
  if (allowed < 1)
    return;
  till_error_row_init (self, genuine, impostor, till_scores_threshold_passed_by (impostor, (gsize) allowed));
  self->wanted = wanted;
}

static double
equal_error_rate (TillScores *genuine, TillScores *impostor)
{
  gsize n_genuine = till_scores_get_n (genuine);
  gsize n_impostor = till_scores_get_n (impostor);
  gsize least = 0;
  gsize most = n_genuine;

  /* Rejections rise and matches fall with the threshold, here put at one genuine score after the other. */
  while (least < most)
    {
      gsize middle = least + (most - least) / 2;
      double matches = (double) till_scores_count_from (impostor, (double) till_scores_get (genuine, middle));

      if ((double) middle / (double) n_genuine < matches / (double) n_impostor)
        least = middle + 1;
      else
        most = middle;
    }
  if (least == n_genuine)
    return 1;

  double threshold = (double) till_scores_get (genuine, least);
  double misses = (double) (n_genuine - till_scores_count_from (genuine, threshold)) / (double) n_genuine;
  double matches = (double) till_scores_count_from (impostor, threshold) / (double) n_impostor;
  return (misses + matches) / 2;
}

static double
area_under_curve (TillScores *genuine, TillScores *impostor)
{
  double n = (double) till_scores_get_n (genuine) * (double) till_scores_get_n (impostor);
  gsize n_impostor = till_scores_get_n (impostor);
  gsize below = 0;
  gsize up_to = 0;
  double won = 0;

  for (gsize i = 0; i < till_scores_get_n (genuine); i++)
    {
      float score = till_scores_get (genuine, i);

      while (below < n_impostor && till_scores_get (impostor, below) < score)
        below++;
      up_to = MAX (up_to, below);
      while (up_to < n_impostor && till_scores_get (impostor, up_to) <= score)
        up_to++;
      won += (double) below + (double) (up_to - below) / 2;
    }
  return won / n;
}

void
till_error_table_init (TillErrorTable *self, TillScores *genuine, TillScores *impostor, double operating)
{
  gboolean both = till_scores_get_n (genuine) > 0 && till_scores_get_n (impostor) > 0;

  for (guint i = 0; i < TILL_ERROR_TABLE_ROWS; i++)
    wanted_row_init (&self->rows[i], genuine, impostor, wanted_rates[i]);
  till_error_row_init (&self->operating, genuine, impostor, operating);
  self->eer = both ? equal_error_rate (genuine, impostor) : (double) NAN;
  self->auc = both ? area_under_curve (genuine, impostor) : (double) NAN;
  self->genuine_mean = till_scores_get_mean (genuine);
  self->impostor_mean = till_scores_get_mean (impostor);
}
