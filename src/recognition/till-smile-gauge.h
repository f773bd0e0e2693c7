/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * TillSmileGauge: how far a mouth has widened beyond the same person's own neutral one, in eye distances. It costs
 * nothing beside the landmarks, so it can move the meter in every frame; what is a smile, the network says. Pure.
 */
typedef struct
{
  double widening; /* that counts as a smile */
  double neutral;  /* mouth at rest */
  guint n;         /* frames that is the mean of */
} TillSmileGauge;

void till_smile_gauge_init (TillSmileGauge *self, double widening);

/* Forgets the neutral face. */
void till_smile_gauge_reset (TillSmileGauge *self);

/* A frame of the face at rest. FALSE: the mouth moved, so it is not at rest, and the neutral starts with this one. */
gboolean till_smile_gauge_rest (TillSmileGauge *self, double mouth);

/* Follows the face at rest as it drifts; a mouth that has begun to smile is left out. */
void till_smile_gauge_drift (TillSmileGauge *self, double mouth);

/* In shares of a smile: 0 neutral, 1 a smile; 0 without a neutral face. */
double till_smile_gauge_get_rise (const TillSmileGauge *self, double mouth);

G_END_DECLS
