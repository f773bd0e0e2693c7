/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "evaluation/till-pass-attempts.h"

#include "customers/till-pass-template.h"
#include "vision/till-vision.h"

TillPassAttempts *
till_pass_attempts_new (guint bits)
{
  TillPassAttempts *self = g_new0 (TillPassAttempts, 1);

  self->bits = bits;
  self->least_likeness = 1;
  self->genuine = till_scores_new ();
  self->impostor = till_scores_new ();
  return self;
}

void
till_pass_attempts_free (TillPassAttempts *self)
{
  till_scores_free (self->genuine);
  till_scores_free (self->impostor);
  g_free (self);
}

void
till_pass_attempts_write (TillPassAttempts *self, const float *mean, float *coarse)
{
  guint8 bytes[TILL_PASS_TEMPLATE_SIZE (TILL_PASS_TEMPLATE_MOST_BITS)];

  till_pass_template_write (mean, self->bits, bytes);
  till_pass_template_read (bytes, self->bits, coarse);
}

void
till_pass_attempts_try (TillPassAttempts *self, const float *coarse, const float *probe, gboolean genuine)
{
  till_scores_add (genuine ? self->genuine : self->impostor, (float) till_vision_compare (coarse, probe));
}

void
till_pass_attempts_count (TillPassAttempts *self, const float *mean, const float *coarse)
{
  const double likeness = (double) till_vision_compare (coarse, mean);

  self->least_likeness = MIN (self->least_likeness, likeness);
  self->mean_likeness = (self->mean_likeness * self->templates + likeness) / (self->templates + 1);
  self->templates++;
}
