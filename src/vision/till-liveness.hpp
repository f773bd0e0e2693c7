/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "vision/till-network.hpp"

namespace till
{

/* Tells a face from a picture of one by what surrounds it: frames, screens, paper. */
class Liveness
{
public:
  explicit Liveness (const ModelManifest &manifest);

  /* Probability that the face in @square is live, 0..1. */
  float judge (const cv::Mat &bgr, const cv::Rect &square);
  /* The same of the square alone, where a screen that fills the picture gives itself away. */
  float judge_close (const cv::Mat &bgr, const cv::Rect &square);

  void wipe ();

private:
  Network m_network;
};

} // namespace till
