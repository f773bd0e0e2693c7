/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "evaluation/till-binomial.h"
#include "evaluation/till-error-rate.h"
#include "evaluation/till-normal-deviate.h"

#include <math.h>

static void
assert_near (double value, double expected, double relative)
{
  g_assert_cmpfloat (fabs (value - expected), <=, relative * MAX (fabs (expected), 1e-12));
}

/* Sums that can be done by hand: I_x (a, b) for whole a and b is a binomial tail. */
static void
test_incomplete_beta (void)
{
  assert_near (till_binomial_incomplete_beta (2, 2, 0.5), 0.5, 1e-12);
  /* 6 * 0.2^2 * 0.8^2 + 4 * 0.2^3 * 0.8 + 0.2^4 */
  assert_near (till_binomial_incomplete_beta (2, 3, 0.2), 0.1808, 1e-12);
  assert_near (till_binomial_incomplete_beta (1, 7, 0.1), 1 - pow (0.9, 7), 1e-12);
  assert_near (till_binomial_incomplete_beta (7, 1, 0.9), pow (0.9, 7), 1e-12);
  g_assert_cmpfloat (till_binomial_incomplete_beta (3, 4, 0), ==, 0);
  g_assert_cmpfloat (till_binomial_incomplete_beta (3, 4, 1), ==, 1);
}

typedef struct
{
  guint errors;
  guint trials;
  double lower;
  double upper;
} Interval;

/* As R's binom.test() prints them; the fourth is Mendel's peas of its manual page. */
static const Interval intervals[] = {
  { 5, 10, 0.1870860, 0.8129140 },
  { 10, 100, 0.04900469, 0.1762226 },
  { 1, 7, 0.003610297, 0.5787232 },
  { 682, 925, 0.7076683, 0.7654066 },
};

static void
test_published (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (intervals); i++)
    {
      const Interval *known = &intervals[i];

      assert_near (till_binomial_lower (known->errors, known->trials, 0.975), known->lower, 1e-6);
      assert_near (till_binomial_upper (known->errors, known->trials, 0.975), known->upper, 1e-6);
    }
}

/* P (at most @errors of @trials) term by term. */
static double
tail (guint errors, guint trials, double p)
{
  double sum = 0;

  for (guint i = 0; i <= errors; i++)
    sum += exp (lgamma (trials + 1.0) - lgamma (i + 1.0) - lgamma (trials - i + 1.0) + i * log (p)
                + (trials - i) * log1p (-p));
  return sum;
}

/* What the bounds mean: at the upper one, so few errors have but the chance that is left. */
static void
test_meaning (void)
{
  const guint trials[] = { 40, 1000, 2600008, 18066711 };

  for (guint i = 0; i < G_N_ELEMENTS (trials); i++)
    for (guint errors = 1; errors < 36; errors += 7)
      {
        double upper = till_binomial_upper (errors, trials[i], 0.975);
        double lower = till_binomial_lower (errors, trials[i], 0.975);

        assert_near (tail (errors, trials[i], upper), 0.025, 1e-6);
        assert_near (1 - tail (errors - 1, trials[i], lower), 0.025, 1e-6);
        g_assert_cmpfloat (lower, <, (double) errors / trials[i]);
        g_assert_cmpfloat (upper, >, (double) errors / trials[i]);
      }
}

static void
test_rule_of_three (void)
{
  TillErrorRate rate;

  /* The Common Criteria's 30,000 error-free impostor tries for 0.01 % at 95 %. */
  till_error_rate_init (&rate, 0, 30000);
  g_assert_cmpfloat (rate.rate, ==, 0);
  g_assert_cmpfloat (rate.lower, ==, 0);
  assert_near (rate.upper, 3.0 / 30000, 0.002);
  g_assert_cmpfloat (rate.upper, <=, 1e-4);

  till_error_rate_init (&rate, 20, 20);
  assert_near (rate.lower, pow (0.05, 1.0 / 20), 1e-9);
  g_assert_cmpfloat (rate.upper, ==, 1);

  till_error_rate_init (&rate, 10, 100);
  assert_near (rate.lower, 0.04900469, 1e-6);
  assert_near (rate.upper, 0.1762226, 1e-6);

  till_error_rate_init (&rate, 0, 0);
  g_assert_true (isnan (rate.rate));
  g_assert_cmpfloat (rate.lower, ==, 0);
  g_assert_cmpfloat (rate.upper, ==, 1);
}

static void
test_normal_deviate (void)
{
  assert_near (till_normal_deviate (0.025), -1.959963985, 1e-8);
  assert_near (till_normal_deviate (0.975), 1.959963985, 1e-8);
  assert_near (till_normal_deviate (1e-6), -4.753424309, 1e-8);
  assert_near (till_normal_deviate (1e-12), -7.034483825, 1e-8);
  g_assert_cmpfloat (fabs (till_normal_deviate (0.5)), <, 1e-9);
  g_assert_true (isinf (till_normal_deviate (0)) && isinf (till_normal_deviate (1)));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/evaluation/statistics/incomplete-beta", test_incomplete_beta);
  g_test_add_func ("/evaluation/statistics/published", test_published);
  g_test_add_func ("/evaluation/statistics/meaning", test_meaning);
  g_test_add_func ("/evaluation/statistics/rule-of-three", test_rule_of_three);
  g_test_add_func ("/evaluation/statistics/normal-deviate", test_normal_deviate);
  return g_test_run ();
}
