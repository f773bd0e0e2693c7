/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "vision/till-landmarks.hpp"

namespace till
{

/* Degrees. Where the face points: yaw to the image's right, pitch up; roll: how far it is tilted clockwise. */
struct HeadAngles
{
  float yaw;
  float pitch;
  float roll;
};

/* Tells how a head is turned from the landmarks that neither speech nor a smile moves. */
class HeadPose
{
public:
  HeadPose ();

  HeadAngles estimate (const LandmarkPoints &landmarks) const;

private:
  cv::Mat m_solver; /* 3 x points: takes the points' coordinates to one row of the scaled rotation */
};

} // namespace till
