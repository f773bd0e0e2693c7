/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "recognition/till-liveness-evidence.h"
#include "recognition/till-sighting.h"

namespace attacks
{

/*
 * What the passive liveness network would say without the evidence about it: its looks at the face and what surrounds
 * it, in frames that pass the quality gate, fused over frames. Fed with what the till saw, sighting after sighting.
 */
class NetworkAlone
{
public:
  explicit NetworkAlone (TillOperatingPoint *point);
  ~NetworkAlone ();
  NetworkAlone (const NetworkAlone &) = delete;
  NetworkAlone &operator= (const NetworkAlone &) = delete;

  /* TRUE if it takes the face for a live one. */
  bool believes (const TillSighting *sighting);

private:
  TillOperatingPoint *m_point;
  TillLivenessEvidence m_looks;
};

/* The thresholds the till decides by, from the folder the environment names (transfer full). */
TillOperatingPoint *load_operating_point ();

} // namespace attacks
