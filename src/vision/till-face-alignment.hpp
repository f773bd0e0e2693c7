/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "vision/till-landmarks.hpp"

namespace till
{

/* Turns, scales and moves a face so that its eyes, nose and mouth lie where the embedding network learnt them. */
class FaceAlignment
{
public:
  /* BGR, 112x112; belongs to this object until the next call. */
  const cv::Mat &align (const cv::Mat &bgr, const LandmarkPoints &landmarks);

  void wipe ();

private:
  cv::Mat m_reduced;
  cv::Mat m_aligned;
};

} // namespace till
