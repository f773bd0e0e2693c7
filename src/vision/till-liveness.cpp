/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "vision/till-liveness.hpp"

#include "vision/till-softmax.hpp"

#include <algorithm>

namespace till
{
namespace
{

constexpr int class_count = 3;
constexpr std::size_t live_class = 0;
constexpr double surroundings = 2.7;

/* Start and length of an axis of the crop: @wanted long about @middle, moved to lie within 0..@limit. */
cv::Range
fit (double middle, double wanted, int limit)
{
  const int length = std::clamp (cvRound (wanted), 1, limit);
  const int start = std::clamp (cvRound (middle - length / 2.0), 0, limit - length);

  return cv::Range (start, start + length);
}

/*
 * As the networks of this family were trained (Silent-Face-Anti-Spoofing, generate_patches.py): a picture too small for
 * the whole surroundings gets less of them, in proportion; otherwise the crop is moved inside, not cut.
 */
cv::Mat
crop (const cv::Mat &bgr, const cv::Rect &square)
{
  const double scale = std::min ({ surroundings, static_cast<double> (bgr.cols) / square.width,
                                   static_cast<double> (bgr.rows) / square.height });

  return bgr (fit (square.y + square.height / 2.0, square.height * scale, bgr.rows),
              fit (square.x + square.width / 2.0, square.width * scale, bgr.cols));
}

} // namespace

Liveness::Liveness (const ModelManifest &manifest) : m_network (manifest, "liveness")
{
  m_network.expect_output (0, { 1, class_count });
}

float
Liveness::judge (const cv::Mat &bgr, const cv::Rect &square)
{
  return softmax (m_network.run (crop (bgr, square))[0], live_class);
}

float
Liveness::judge_close (const cv::Mat &bgr, const cv::Rect &square)
{
  return softmax (m_network.run (bgr (square))[0], live_class);
}

void
Liveness::wipe ()
{
  m_network.wipe ();
}

} // namespace till
