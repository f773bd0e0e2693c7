/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "recognition/till-eyes-evidence.h"

void
till_eyes_evidence_init (TillEyesEvidence *self, const TillOperatingPoint *point)
{
  *self = (TillEyesEvidence){ .point = point, .verdict = TILL_EVIDENCE_OPEN };
}

static void
see_open (TillEyesEvidence *self)
{
  self->open++;
  if (self->open < TILL_EYES_EVIDENCE_OPEN)
    return;
  self->shut_us = 0;
  self->verdict = TILL_EVIDENCE_FOR;
}

static void
see_shut (TillEyesEvidence *self, gint64 captured_us)
{
  self->open = 0;
  if (self->shut_us == 0)
    self->shut_us = captured_us;
  double shut_seconds = (double) (captured_us - self->shut_us) / G_USEC_PER_SEC;
  if (shut_seconds >= self->point->asleep_seconds)
    self->verdict = TILL_EVIDENCE_AGAINST;
  else if (shut_seconds >= self->point->blink_seconds && self->verdict == TILL_EVIDENCE_FOR)
    self->verdict = TILL_EVIDENCE_OPEN;
}

void
till_eyes_evidence_add (TillEyesEvidence *self, const float closed[2], gboolean smiling, gint64 captured_us)
{
  double more = MAX ((double) closed[0], (double) closed[1]);
  double less = MIN ((double) closed[0], (double) closed[1]);
  gint64 since_last_us = self->last_us == 0 ? 0 : captured_us - self->last_us;

  self->last_us = captured_us;
  if (smiling)
    {
      /* The clock of a sleeper stands still meanwhile; it does not start again. */
      if (self->shut_us != 0)
        self->shut_us += since_last_us;
    }
  else if (less > self->point->eyes_closed)
    see_shut (self, captured_us);
  else if (more <= self->point->eyes_closed || less <= self->point->eyes_closed / 2)
    see_open (self);
}

void
till_eyes_evidence_forgive (TillEyesEvidence *self, gint64 now_us)
{
  if (self->shut_us != 0)
    self->shut_us = now_us;
  if (self->verdict == TILL_EVIDENCE_AGAINST)
    self->verdict = TILL_EVIDENCE_OPEN;
}

TillEvidence
till_eyes_evidence_get (const TillEyesEvidence *self)
{
  return self->verdict;
}
