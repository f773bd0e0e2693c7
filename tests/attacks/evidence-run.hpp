/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "outcome.hpp"
#include "presentation.hpp"

#include "recognition/till-evidence-session.h"
#include "recognition/till-operating-point.h"
#include "vision/till-vision.h"

namespace attacks
{

/*
 * Shows presentations to the evidence session frame by frame, on the frames' own time: as fast as the machine can, and
 * the same on every machine. The session is led as the checkout leads it.
 */
class EvidenceRun
{
public:
  /* @patience: seconds after which somebody who has not paid gives up. */
  explicit EvidenceRun (double patience = 16);
  ~EvidenceRun ();
  EvidenceRun (const EvidenceRun &) = delete;
  EvidenceRun &operator= (const EvidenceRun &) = delete;

  /* @number: of the presentation, which settles the session's random moments; @smiles: how many are asked for. */
  Outcome attempt (Presentation &presentation, unsigned number, guint smiles);

private:
  /* FALSE if nothing was to be measured in the frame. */
  bool analyse (TillEvidenceSession *session, TillFrame *frame);

  double m_patience;
  TillOperatingPoint *m_point;
  TillVision *m_vision;
};

} // namespace attacks
