/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/*
 * Exact bounds of the probability behind so many errors in so many independent trials, by Clopper and Pearson
 * ("The use of confidence or fiducial limits", Biometrika 26, 1934). Each is one-sided: the probability lies below the
 * upper one, or above the lower one, at that confidence. For an interval of 95 % take both at 0.975.
 */

/* 1 when @errors equals @trials and when there are no trials. Without errors it is the rule of three: 3 / @trials. */
double till_binomial_upper (guint64 errors, guint64 trials, double confidence);
/* 0 when there are no errors. */
double till_binomial_lower (guint64 errors, guint64 trials, double confidence);

/* The regularised incomplete beta function I_x (a, b), for @a and @b above 0 and @x from 0 to 1. */
double till_binomial_incomplete_beta (double a, double b, double x);

G_END_DECLS
