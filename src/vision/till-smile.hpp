/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "vision/till-network.hpp"

namespace till
{

/* Tells whether a face smiles, by the expression network's "happy". */
class Smile
{
public:
  explicit Smile (const ModelManifest &manifest);

  /* Probability, 0..1. */
  float judge (const cv::Mat &bgr, const cv::Rect &square);

  void wipe ();

private:
  Network m_network;
};

} // namespace till
