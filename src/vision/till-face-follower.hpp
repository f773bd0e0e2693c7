/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "vision/till-detector.hpp"
#include "vision/till-landmarks.hpp"

#include <optional>

namespace till
{

/* A face found again by its landmarks. */
struct FollowedFace
{
  Detection place;
  LandmarkPoints landmarks;
};

/* Carries a face from one picture to the next by its landmarks alone. */
class FaceFollower
{
public:
  explicit FaceFollower (Landmarks &landmarks);

  /* @score is passed on. Nothing when no face is where @last was: it left, moved too far or was covered. */
  std::optional<FollowedFace> follow (const cv::Mat &bgr, const LandmarkPoints &last, float score);

private:
  Landmarks &m_landmarks;
};

} // namespace till
