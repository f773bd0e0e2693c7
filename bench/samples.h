/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "camera/till-frame.h"

G_BEGIN_DECLS

/* Milliseconds of repeated measurements. */
typedef struct
{
  GArray *values; /* of double */
} Samples;

void samples_add (Samples *samples, double value);
double samples_median (Samples *samples);
void samples_clear (Samples *samples);

/* "NAME   median   min … max  (n)" on standard output; gives the median. */
double samples_print (Samples *samples, const char *name, const char *unit);

/* Every @step-th frame of a fetched clip's segment, up to @n (element-type TillFrame) (transfer full). */
GPtrArray *sample_frames (const char *clip, const char *segment, guint step, guint n);

G_END_DECLS
