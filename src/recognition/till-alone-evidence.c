/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "recognition/till-alone-evidence.h"

void
till_alone_evidence_init (TillAloneEvidence *self, const TillOperatingPoint *point)
{
  *self = (TillAloneEvidence){ .second_face = point->second_face, .verdict = TILL_EVIDENCE_OPEN };
}

void
till_alone_evidence_add (TillAloneEvidence *self, double face, double other)
{
  if (other > 0 && other >= self->second_face * face)
    {
      self->alone = 0;
      self->crowded++;
      if (self->crowded >= TILL_ALONE_EVIDENCE_CROWDED)
        self->verdict = TILL_EVIDENCE_AGAINST;
      return;
    }

  guint needed
      = self->verdict == TILL_EVIDENCE_AGAINST ? TILL_ALONE_EVIDENCE_ALONE : TILL_ALONE_EVIDENCE_CROWDED;

  self->crowded = 0;
  self->alone++;
  if (self->alone >= needed)
    self->verdict = TILL_EVIDENCE_FOR;
}

TillEvidence
till_alone_evidence_get (const TillAloneEvidence *self)
{
  return self->verdict;
}

gboolean
till_alone_evidence_is_doubtful (const TillAloneEvidence *self)
{
  return self->crowded > 0;
}
