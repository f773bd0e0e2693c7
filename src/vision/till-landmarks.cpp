/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "vision/till-landmarks.hpp"

namespace till
{

Landmarks::Landmarks (const ModelManifest &manifest) : m_network (manifest, "landmarks")
{
  m_network.expect_output (0, { 1, 2 * static_cast<int> (landmark_count) });
}

LandmarkPoints
Landmarks::place (const cv::Mat &bgr, const cv::Rect &square)
{
  const float *fractions = m_network.run (bgr (square))[0].ptr<float> ();
  LandmarkPoints points;

  for (cv::Point2f &point : points)
    {
      point.x = static_cast<float> (square.x) + *fractions++ * static_cast<float> (square.width);
      point.y = static_cast<float> (square.y) + *fractions++ * static_cast<float> (square.height);
    }
  return points;
}

void
Landmarks::wipe ()
{
  m_network.wipe ();
}

cv::Point2f
landmarks_mean (const LandmarkPoints &landmarks, std::initializer_list<std::size_t> indices)
{
  cv::Point2f sum;

  for (std::size_t index : indices)
    sum += landmarks.at (index);
  return sum / static_cast<float> (indices.size ());
}

} // namespace till
