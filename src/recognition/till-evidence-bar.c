/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "recognition/till-evidence-bar.h"

const char *
till_evidence_bar_name (TillEvidencePiece piece)
{
  static const char *const names[TILL_EVIDENCE_N_BARS] = {
    [TILL_EVIDENCE_BAR_ALONE] = "alone",         [TILL_EVIDENCE_BAR_SIZE] = "size",
    [TILL_EVIDENCE_BAR_SHARPNESS] = "sharpness", [TILL_EVIDENCE_BAR_LIGHT] = "light",
    [TILL_EVIDENCE_BAR_POSE] = "pose",           [TILL_EVIDENCE_BAR_LIVE] = "live",
    [TILL_EVIDENCE_BAR_EYES] = "eyes",           [TILL_EVIDENCE_BAR_IDENTITY] = "identity",
    [TILL_EVIDENCE_BAR_MARGIN] = "margin",       [TILL_EVIDENCE_BAR_SMILE] = "smile",
  };

  g_return_val_if_fail ((guint) piece < TILL_EVIDENCE_N_BARS, NULL);
  return names[piece];
}

void
till_evidence_bar_init (TillEvidenceBar *self, double raw_threshold, gboolean wants_above, double full)
{
  g_return_if_fail (full > 0);

  *self = (TillEvidenceBar){
    .threshold = CLAMP (raw_threshold / full, 0, 1),
    .raw_threshold = raw_threshold,
    .wants_above = wants_above,
    .full = full,
    .says = TILL_EVIDENCE_OPEN,
  };
}

void
till_evidence_bar_measure (TillEvidenceBar *self, double raw, TillEvidence says)
{
  self->raw = raw;
  self->value = CLAMP (raw / self->full, 0, 1);
  self->says = says;
  self->measured = TRUE;
}

TillEvidence
till_evidence_bar_judge (const TillEvidenceBar *self, double raw)
{
  gboolean wanted = self->wants_above ? raw >= self->raw_threshold : raw <= self->raw_threshold;

  return wanted ? TILL_EVIDENCE_FOR : TILL_EVIDENCE_AGAINST;
}
