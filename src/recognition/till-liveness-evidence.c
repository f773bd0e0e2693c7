/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "recognition/till-liveness-evidence.h"

#include <math.h>

/* Probabilities are taken for no surer than this: the network says 1.00 of most live frames. */
#define SUREST 0.98

void
till_liveness_evidence_init (TillLivenessEvidence *self, const TillOperatingPoint *point)
{
  *self = (TillLivenessEvidence){ .point = point };
}

void
till_liveness_evidence_add (TillLivenessEvidence *self, double live, gint64 captured_us)
{
  double clamped = CLAMP (live, 1 - SUREST, SUREST);

  self->captured_us[self->next] = captured_us;
  self->log_odds[self->next] = log (clamped / (1 - clamped));
  self->next = (self->next + 1) % TILL_LIVENESS_EVIDENCE_WINDOW;
  self->n = MIN (self->n + 1, TILL_LIVENESS_EVIDENCE_WINDOW);
}

double
till_liveness_evidence_get_probability (const TillLivenessEvidence *self, gint64 now_us, guint *n)
{
  gint64 oldest_us = now_us - (gint64) (self->point->live_seconds * G_USEC_PER_SEC);
  double sum = 0;
  guint counted = 0;

  for (guint i = 0; i < self->n; i++)
    if (self->captured_us[i] >= oldest_us)
      {
        sum += self->log_odds[i];
        counted++;
      }
  if (n != NULL)
    *n = counted;
  return counted == 0 ? 0.5 : 1 / (1 + exp (-sum / counted));
}

/* No frame that has a say takes the face for a picture. */
static gboolean
is_steady (const TillLivenessEvidence *self, gint64 now_us)
{
  gint64 oldest_us = now_us - (gint64) (self->point->live_seconds * G_USEC_PER_SEC);
  double least = log (self->point->live_least / (1 - self->point->live_least));

  for (guint i = 0; i < self->n; i++)
    if (self->captured_us[i] >= oldest_us && self->log_odds[i] < least)
      return FALSE;
  return TRUE;
}

TillEvidence
till_liveness_evidence_get (const TillLivenessEvidence *self, gint64 now_us)
{
  guint n = 0;
  double probability = till_liveness_evidence_get_probability (self, now_us, &n);

  if (n < self->point->live_frames)
    return TILL_EVIDENCE_OPEN;
  if (probability >= self->point->live_score && is_steady (self, now_us))
    return TILL_EVIDENCE_FOR;
  if (probability <= self->point->attack_score && n >= 2 * self->point->live_frames)
    return TILL_EVIDENCE_AGAINST;
  return TILL_EVIDENCE_OPEN;
}

gboolean
till_liveness_evidence_is_undecided (const TillLivenessEvidence *self, gint64 now_us)
{
  guint n = 0;

  till_liveness_evidence_get_probability (self, now_us, &n);
  return n >= 2 * self->point->live_frames && till_liveness_evidence_get (self, now_us) == TILL_EVIDENCE_OPEN;
}
