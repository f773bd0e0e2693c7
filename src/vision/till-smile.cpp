/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "vision/till-smile.hpp"

#include "vision/till-softmax.hpp"

namespace till
{
namespace
{

constexpr int class_count = 7;
constexpr std::size_t happy_class = 3;
/* Grown to the right and downwards from the square's corner: so the network was found to work best. */
constexpr double growth = 1.2;

} // namespace

Smile::Smile (const ModelManifest &manifest) : m_network (manifest, "smile")
{
  m_network.expect_output (0, { 1, class_count });
}

float
Smile::judge (const cv::Mat &bgr, const cv::Rect &square)
{
  const cv::Rect grown (square.tl (),
                        cv::Size (cvRound (square.width * growth), cvRound (square.height * growth)));

  return softmax (m_network.run (bgr (grown & cv::Rect (cv::Point (), bgr.size ())))[0], happy_class);
}

void
Smile::wipe ()
{
  m_network.wipe ();
}

} // namespace till
