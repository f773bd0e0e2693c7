/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "recognition/till-smile-gauge.h"

#include <math.h>

/* Shares of a smile: what a mouth at rest may move, and what drifts rather than smiles. */
#define REST  0.6
#define DRIFT 0.4

/* The neutral mouth is the mean of about as many frames, half a second of them. */
#define MEMORY 12

void
till_smile_gauge_init (TillSmileGauge *self, double widening)
{
  *self = (TillSmileGauge){ .widening = widening };
}

void
till_smile_gauge_reset (TillSmileGauge *self)
{
  till_smile_gauge_init (self, self->widening);
}

static void
take_in (TillSmileGauge *self, double mouth)
{
  self->n = MIN (self->n + 1, MEMORY);
  self->neutral += (mouth - self->neutral) / self->n;
}

double
till_smile_gauge_get_rise (const TillSmileGauge *self, double mouth)
{
  return self->n == 0 ? 0 : (mouth - self->neutral) / self->widening;
}

gboolean
till_smile_gauge_rest (TillSmileGauge *self, double mouth)
{
  gboolean still = fabs (till_smile_gauge_get_rise (self, mouth)) <= REST;

  if (!still)
    till_smile_gauge_reset (self);
  take_in (self, mouth);
  return still;
}

void
till_smile_gauge_drift (TillSmileGauge *self, double mouth)
{
  if (self->n > 0 && fabs (till_smile_gauge_get_rise (self, mouth)) <= DRIFT)
    take_in (self, mouth);
}
