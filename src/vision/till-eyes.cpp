/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "vision/till-eyes.hpp"

#include "vision/till-softmax.hpp"

#include <algorithm>

namespace till
{
namespace
{

constexpr int class_count = 2;
constexpr std::size_t closed_class = 0;
/* Of the square's side, in widths of the eye. */
constexpr double eye_surroundings = 1.6;

/* Of the six landmarks of an eye: outer or inner corner, two of the upper lid, the other corner, two of the lower lid. */
constexpr std::size_t left_eye = 36;
constexpr std::size_t right_eye = 42;
constexpr std::size_t other_corner = 3;

/* @side about @middle, cut at 0..@limit; at least the pixel nearest to an eye that lies beyond the picture. */
cv::Range
span (double middle, double side, int limit)
{
  const int start = cvRound (middle - side / 2);
  const int first = std::clamp (start, 0, limit - 1);

  return cv::Range (first, std::clamp (start + cvRound (side), first + 1, limit));
}

} // namespace

Eyes::Eyes (const ModelManifest &manifest) : m_network (manifest, "eyes")
{
  m_network.expect_output (0, { 1, class_count });
}

float
Eyes::judge_one (const cv::Mat &bgr, const LandmarkPoints &landmarks, std::size_t first)
{
  const cv::Point2f middle = landmarks_mean (landmarks, { first + 1, first + 2, first + 4, first + 5 });
  const double side
      = eye_surroundings * cv::norm (landmarks.at (first + other_corner) - landmarks.at (first));
  const cv::Range rows = span (middle.y, side, bgr.rows);
  const cv::Range columns = span (middle.x, side, bgr.cols);

  return softmax (m_network.run (bgr (rows, columns))[0], closed_class);
}

std::array<float, 2>
Eyes::judge (const cv::Mat &bgr, const LandmarkPoints &landmarks)
{
  const float left = judge_one (bgr, landmarks, left_eye);

  return { left, judge_one (bgr, landmarks, right_eye) };
}

void
Eyes::wipe ()
{
  m_network.wipe ();
}

} // namespace till
