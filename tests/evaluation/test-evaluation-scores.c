/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "evaluation/till-error-table.h"

#include <math.h>

/* As many as all pairs of 6,045 photographs but for those of one person. */
#define MANY 18066711u
/* Has no factor in common with it, so its multiples come by every rank once. */
#define STRIDE 7919u

static TillScores *
scores_of (const float *values, guint n)
{
  TillScores *scores = till_scores_new ();

  for (guint i = 0; i < n; i++)
    till_scores_add (scores, values[i]);
  return scores;
}

static void
test_order (void)
{
  const float values[] = { 0.5f, -0.25f, 0, -1, 1, 0.5f, -0.125f, 0.0625f };
  const float sorted[] = { -1, -0.25f, -0.125f, 0, 0.0625f, 0.5f, 0.5f, 1 };
  g_autoptr (TillScores) scores = scores_of (values, G_N_ELEMENTS (values));

  for (guint i = 0; i < G_N_ELEMENTS (sorted); i++)
    g_assert_cmpfloat (till_scores_get (scores, i), ==, sorted[i]);
  g_assert_cmpuint (till_scores_count_from (scores, 0.5), ==, 3);
  g_assert_cmpuint (till_scores_count_from (scores, 0.500001), ==, 1);
  g_assert_cmpuint (till_scores_count_from (scores, -2), ==, 8);
  g_assert_cmpuint (till_scores_count_from (scores, 2), ==, 0);
  g_assert_cmpfloat (till_scores_get_mean (scores), ==, 0.6875 / 8);

  till_scores_add (scores, -0.75f);
  g_assert_cmpfloat (till_scores_get (scores, 1), ==, -0.75f);
}

/* Equal scores stay together on one side. */
static void
test_threshold (void)
{
  const float values[] = { 0.1f, 0.2f, 0.3f, 0.3f, 0.3f, 0.4f };
  g_autoptr (TillScores) scores = scores_of (values, G_N_ELEMENTS (values));
  const guint passing[] = { 0, 1, 1, 1, 4, 5 };

  for (guint most = 0; most < G_N_ELEMENTS (passing); most++)
    g_assert_cmpuint (till_scores_count_from (scores, till_scores_threshold_passed_by (scores, most)), ==,
                      passing[most]);
  g_assert_true (isinf (till_scores_threshold_passed_by (scores, 6)));
}

static void
test_take (void)
{
  const float first[] = { 0.5f, 0.1f };
  const float second[] = { 0.3f };
  g_autoptr (TillScores) all = scores_of (first, 2);
  g_autoptr (TillScores) more = scores_of (second, 1);

  g_assert_cmpfloat (till_scores_get (all, 1), ==, 0.5f);
  till_scores_take (all, more);
  till_scores_take (all, more);
  g_assert_cmpuint (till_scores_get_n (all), ==, 3);
  g_assert_cmpuint (till_scores_get_n (more), ==, 0);
  g_assert_cmpfloat (till_scores_get (all, 1), ==, 0.3f);
}

/* A hundred impostors at 0, 0.005, ... 0.495, four genuine. */
static void
make_small (TillScores **genuine, TillScores **impostor)
{
  const float few[] = { 0.9f, 0.8f, 0.7f, 0.3f };

  *genuine = scores_of (few, G_N_ELEMENTS (few));
  *impostor = till_scores_new ();
  for (guint i = 0; i < 100; i++)
    till_scores_add (*impostor, (float) i / 200);
}

static void
test_table_by_hand (void)
{
  g_autoptr (TillScores) genuine = NULL;
  g_autoptr (TillScores) impostor = NULL;
  TillErrorTable table;

  make_small (&genuine, &impostor);
  till_error_table_init (&table, genuine, impostor, 0.25);

  /* One in a hundred may match: the one at 0.495. */
  g_assert_cmpfloat (table.rows[0].wanted, ==, 1e-2);
  g_assert_true (table.rows[0].measurable);
  g_assert_cmpfloat (table.rows[0].threshold, >, 0.49);
  g_assert_cmpfloat (table.rows[0].threshold, <, 0.491);
  g_assert_cmpuint (table.rows[0].fmr.errors, ==, 1);
  g_assert_cmpuint (table.rows[0].fnmr.errors, ==, 1);
  g_assert_cmpfloat (table.rows[0].fnmr.rate, ==, 0.25);

  /* A hundred comparisons can't tell one in a thousand from none. */
  for (guint i = 1; i < TILL_ERROR_TABLE_ROWS; i++)
    {
      g_assert_false (table.rows[i].measurable);
      g_assert_true (isnan (table.rows[i].threshold));
      g_assert_true (isnan (table.rows[i].fnmr.rate));
    }

  g_assert_cmpfloat (table.operating.threshold, ==, 0.25);
  g_assert_cmpuint (table.operating.fmr.errors, ==, 50);
  g_assert_cmpuint (table.operating.fnmr.errors, ==, 0);
  /* Three times 100, and for the one at 0.3 the 60 below it and half of its equal. */
  g_assert_cmpfloat (fabs (table.auc - 360.5 / 400), <, 1e-12);
  /* Below 0.7 one of four is missed and nobody matches; at 0.3 it is none of four and 40 of 100. */
  g_assert_cmpfloat (fabs (table.eer - 0.125), <, 1e-12);
}

static void
test_measurable (void)
{
  g_autoptr (TillScores) genuine = till_scores_new ();
  g_autoptr (TillScores) impostor = till_scores_new ();
  TillErrorTable table;

  till_scores_add (genuine, 1);
  for (guint i = 0; i < 9999; i++)
    till_scores_add (impostor, (float) i / 10000);
  till_error_table_init (&table, genuine, impostor, 0.5);
  g_assert_true (table.rows[1].measurable);
  g_assert_cmpuint (table.rows[1].fmr.errors, ==, 9);
  g_assert_false (table.rows[2].measurable);

  till_scores_add (impostor, 0.99995f);
  till_error_table_init (&table, genuine, impostor, 0.5);
  g_assert_true (table.rows[2].measurable);
  g_assert_cmpuint (table.rows[2].fmr.errors, ==, 1);
  g_assert_cmpuint (table.rows[2].fnmr.errors, ==, 0);
}

static void
test_nothing (void)
{
  g_autoptr (TillScores) none = till_scores_new ();
  g_autoptr (TillScores) neither = till_scores_new ();
  TillErrorTable table;

  till_error_table_init (&table, none, neither, 0.5);
  g_assert_true (isnan (table.eer) && isnan (table.auc) && isnan (table.operating.fmr.rate));
  g_assert_false (table.rows[0].measurable);
}

static void
test_many (void)
{
  g_autoptr (TillScores) genuine = till_scores_new ();
  g_autoptr (TillScores) impostor = till_scores_new ();
  TillErrorTable table;
  guint64 rank = 0;

  till_scores_add (genuine, 1);
  for (guint i = 0; i < MANY; i++)
    {
      rank = (rank + STRIDE) % MANY;
      till_scores_add (impostor, (float) ((double) rank / MANY));
    }
  till_error_table_init (&table, genuine, impostor, 0.5);
  for (guint i = 0; i < TILL_ERROR_TABLE_ROWS; i++)
    {
      guint64 allowed = (guint64) (table.rows[i].wanted * MANY);

      /* A float has steps as wide as a whole score here, so a few are equal. */
      g_assert_true (table.rows[i].measurable);
      g_assert_cmpuint (table.rows[i].fmr.errors, <=, allowed);
      g_assert_cmpuint (table.rows[i].fmr.errors + 3, >=, allowed);
      g_assert_cmpfloat (fabs (table.rows[i].threshold - (1 - table.rows[i].wanted)), <, 1e-6);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/evaluation/scores/order", test_order);
  g_test_add_func ("/evaluation/scores/threshold", test_threshold);
  g_test_add_func ("/evaluation/scores/take", test_take);
  g_test_add_func ("/evaluation/scores/table-by-hand", test_table_by_hand);
  g_test_add_func ("/evaluation/scores/measurable", test_measurable);
  g_test_add_func ("/evaluation/scores/nothing", test_nothing);
  g_test_add_func ("/evaluation/scores/many", test_many);
  return g_test_run ();
}
