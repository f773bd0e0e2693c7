/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "evaluation/till-det-points.h"

#include <math.h>

/* Each step of a rate is at least one score and at least this share of the scores so far. */
#define STEP 0.03

static gsize
next_count (gsize count)
{
  return MAX (count + 1, (gsize) ((double) count * (1 + STEP)));
}

static void
add_point (GArray *points, TillScores *genuine, TillScores *impostor, double threshold)
{
  double n_genuine = (double) till_scores_get_n (genuine);
  double n_impostor = (double) till_scores_get_n (impostor);
  TillDetPoint point = {
    .threshold = threshold,
    .fmr = (double) till_scores_count_from (impostor, threshold) / n_impostor,
    .fnmr = 1 - (double) till_scores_count_from (genuine, threshold) / n_genuine,
  };

  if (isfinite (threshold) && point.fmr > 0 && point.fnmr > 0)
    g_array_append_val (points, point);
}

static int
compare_points (gconstpointer first, gconstpointer second)
{
  const TillDetPoint *a = first;
  const TillDetPoint *b = second;

  return (a->threshold < b->threshold) - (a->threshold > b->threshold);
}

GArray *
till_det_points_new (TillScores *genuine, TillScores *impostor)
{
  GArray *points = g_array_new (FALSE, FALSE, sizeof (TillDetPoint));
  gsize n_genuine = till_scores_get_n (genuine);
  gsize n_impostor = till_scores_get_n (impostor);

  if (n_genuine == 0 || n_impostor == 0)
    return points;
  for (gsize matched = 1; matched <= n_impostor; matched = next_count (matched))
    add_point (points, genuine, impostor, (double) till_scores_get (impostor, n_impostor - matched));
  for (gsize missed = 1; missed <= n_genuine; missed = next_count (missed))
    add_point (points, genuine, impostor,
               (double) nextafterf (till_scores_get (genuine, missed - 1), INFINITY));
  g_array_sort (points, compare_points);
  return points;
}
