/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "evaluation/till-error-rate.h"

#include "evaluation/till-binomial.h"

#include <math.h>

void
till_error_rate_init (TillErrorRate *self, guint64 errors, guint64 trials)
{
  double both = 1 - (1 - TILL_ERROR_RATE_CONFIDENCE) / 2;
  gboolean one_end = errors == 0 || errors == trials;
  double confidence = one_end ? TILL_ERROR_RATE_CONFIDENCE : both;

  g_return_if_fail (errors <= trials);

  self->errors = errors;
  self->trials = trials;
  self->rate = trials == 0 ? (double) NAN : (double) errors / (double) trials;
  self->lower = trials == 0 ? 0 : till_binomial_lower (errors, trials, confidence);
  self->upper = trials == 0 ? 1 : till_binomial_upper (errors, trials, confidence);
}
