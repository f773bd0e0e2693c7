/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "evaluation/till-binomial.h"

#include <float.h>
#include <math.h>

/* The fraction converges within some square roots of the larger parameter, which is a count of comparisons. */
#define MOST_TERMS 1000000

/* Keeps a divisor of the fraction off zero, as Lentz's method wants. */
#define TINY 1e-300

static double
off_zero (double value)
{
  return fabs (value) < TINY ? TINY : value;
}

/* The continued fraction of the incomplete beta function (Abramowitz and Stegun 26.5.8), by Lentz's method. */
static double
beta_fraction (double a, double b, double x)
{
  double c = 1;
  double d = 1 / off_zero (1 - (a + b) * x / (a + 1));
  double fraction = d;

  for (double m = 1; m <= MOST_TERMS; m++)
    {
      double even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m));
      double odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1));

      d = 1 / off_zero (1 + even * d);
      c = off_zero (1 + even / c);
      fraction *= c * d;
      d = 1 / off_zero (1 + odd * d);
      c = off_zero (1 + odd / c);
      fraction *= c * d;
      if (fabs (c * d - 1) < 4 * DBL_EPSILON)
        break;
    }
  return fraction;
}

double
till_binomial_incomplete_beta (double a, double b, double x)
{
  g_return_val_if_fail (a > 0 && b > 0, NAN);

  if (x <= 0)
    return 0;
  if (x >= 1)
    return 1;

  double front = exp (lgamma (a + b) - lgamma (a) - lgamma (b) + a * log (x) + b * log1p (-x));

  /* The fraction converges fast on this side of the mean alone. */
  if (x < (a + 1) / (a + b + 2))
    return front * beta_fraction (a, b, x) / a;
  return 1 - front * beta_fraction (b, a, 1 - x) / b;
}

/* The x at which I_x (a, b) is @wanted. It rises with x, so halving finds it, to the last digits also near zero. */
static double
invert_beta (double a, double b, double wanted)
{
  double least = 0;
  double most = 1;

  while (most - least > 1e-13 * most)
    {
      double middle = (least + most) / 2;

      if (middle <= least || middle >= most)
        break;
      if (till_binomial_incomplete_beta (a, b, middle) < wanted)
        least = middle;
      else
        most = middle;
    }
  return (least + most) / 2;
}

double
till_binomial_upper (guint64 errors, guint64 trials, double confidence)
{
  g_return_val_if_fail (errors <= trials && confidence > 0 && confidence < 1, NAN);

  if (errors == trials)
    return 1;
  if (errors == 0)
    return -expm1 (log1p (-confidence) / (double) trials);
  return invert_beta ((double) errors + 1, (double) (trials - errors), confidence);
}

double
till_binomial_lower (guint64 errors, guint64 trials, double confidence)
{
  g_return_val_if_fail (errors <= trials && confidence > 0 && confidence < 1, NAN);

  if (errors == 0)
    return 0;
  if (errors == trials)
    return exp (log1p (-confidence) / (double) trials);
  return invert_beta ((double) errors, (double) (trials - errors) + 1, 1 - confidence);
}
