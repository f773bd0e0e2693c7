/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What the bounds hold at. */
#define TILL_ERROR_RATE_CONFIDENCE 0.95

/**
 * TillErrorRate: a share of attempts that went wrong, and between what bounds the true rate lies.
 *
 * Bounds are exact (Clopper and Pearson), both ends together at %TILL_ERROR_RATE_CONFIDENCE. Where nothing or
 * everything went wrong only one end is open, and it has all of the confidence: the rule of three. They take attempts
 * for independent, which comparisons of the same photographs are not quite; the truth is somewhat wider.
 */
typedef struct
{
  guint64 errors;
  guint64 trials;
  double rate; /* NaN without trials */
  double lower;
  double upper;
} TillErrorRate;

void till_error_rate_init (TillErrorRate *self, guint64 errors, guint64 trials);

G_END_DECLS
