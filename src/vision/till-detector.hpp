/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "vision/till-network.hpp"

#include <vector>

namespace till
{

struct Detection
{
  cv::Rect2f box; /* clipped to the picture, pixels */
  cv::Rect
      square; /* of the box's height about its centre, clipped to the picture; what the other networks look at */
  float score = 0;
};

/* Finds faces: UltraFace RFB-320 (github.com/Linzaer/Ultra-Light-Fast-Generic-Face-Detector-1MB). */
class Detector
{
public:
  explicit Detector (const ModelManifest &manifest);

  /* Largest first. The picture is stretched to the network's input, as the measurement did. */
  std::vector<Detection> detect (const cv::Mat &bgr);

  void wipe ();

private:
  Network m_network;
};

} // namespace till
