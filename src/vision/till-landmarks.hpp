/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "vision/till-network.hpp"

#include <array>

namespace till
{

constexpr std::size_t landmark_count = 68;

/*
 * The points of the iBUG 300-W scheme (Sagonas and others, 2013), in the picture's pixels: 0-16 jaw, 17-26 brows,
 * 27-35 nose, 36-41 the eye at the image's left, 42-47 the other, 48-67 mouth.
 */
using LandmarkPoints = std::array<cv::Point2f, landmark_count>;

/* Places the landmarks in a face's square. */
class Landmarks
{
public:
  explicit Landmarks (const ModelManifest &manifest);

  LandmarkPoints place (const cv::Mat &bgr, const cv::Rect &square);

  void wipe ();

private:
  Network m_network;
};

/* Middle of the @indices. */
cv::Point2f landmarks_mean (const LandmarkPoints &landmarks, std::initializer_list<std::size_t> indices);

} // namespace till
