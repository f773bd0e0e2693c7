/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "vision/till-landmarks.hpp"

namespace till
{

/* Tells closed eyes from open ones, each by itself. */
class Eyes
{
public:
  explicit Eyes (const ModelManifest &manifest);

  /* Probability that each is closed, 0..1; the eye at the image's left first. */
  std::array<float, 2> judge (const cv::Mat &bgr, const LandmarkPoints &landmarks);

  void wipe ();

private:
  float judge_one (const cv::Mat &bgr, const LandmarkPoints &landmarks, std::size_t first);

  Network m_network;
};

} // namespace till
