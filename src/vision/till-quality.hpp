/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "vision/till-vision.h"

#include <opencv2/core.hpp>

namespace till
{

/* Measures how well a face can be seen; what is good enough is for others to say. */
class Quality
{
public:
  TillFaceQuality measure (const cv::Mat &aligned, const cv::Rect &square);

  void wipe ();

private:
  cv::Mat m_grey;
  cv::Mat m_laplacian;
};

} // namespace till
