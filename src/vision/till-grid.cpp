/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "vision/till-grid.hpp"

#include <algorithm>
#include <cmath>
#include <functional>
#include <opencv2/imgproc.hpp>
#include <vector>

namespace till
{
namespace
{

constexpr int side = 128;
/* Coarser than this are the features of the face themselves. */
constexpr int least_radius = 6;
constexpr int most_radius = side / 2;
/* A real picture has every frequency twice; the third highest is the second one that stands out. */
constexpr std::size_t rank = 2;

/* Its middle, as many pixels as there are frequencies: to shrink more would wash out what is looked for. */
cv::Rect
middle_of (const cv::Rect &square)
{
  const cv::Size size (std::min (square.width, side), std::min (square.height, side));

  return cv::Rect (square.x + (square.width - size.width) / 2, square.y + (square.height - size.height) / 2,
                   size.width, size.height);
}

using Ring = std::vector<cv::Point>;

/* The places in a spectrum of all frequencies about as fine; half of the plane has them all. */
const std::vector<Ring> &
rings ()
{
  static const std::vector<Ring> made = [] {
    std::vector<Ring> all (most_radius);

    for (int y = 1 - most_radius; y < most_radius; y++)
      for (int x = 0; x < most_radius; x++)
        if (const int radius = static_cast<int> (std::hypot (x, y)); radius < most_radius)
          all[static_cast<std::size_t> (radius)].emplace_back (x, (y + side) % side);
    all.erase (all.begin (), all.begin () + least_radius);
    return all;
  }();
  return made;
}

/* How far the third highest of a ring stands out of its middle. */
float
outstanding (const cv::Mat &magnitude, const Ring &ring)
{
  std::vector<float> values (ring.size ());

  std::transform (ring.begin (), ring.end (), values.begin (),
                  [&] (const cv::Point &place) { return magnitude.at<float> (place); });
  std::sort (values.begin (), values.end (), std::greater<float> ());
  const float middle = values[values.size () / 2];
  return middle > 0 ? values[rank] / middle : 1;
}

} // namespace

Grid::Grid () : m_spectrum (side)
{
}

float
Grid::measure (const cv::Mat &bgr, const cv::Rect &square)
{
  float most = 1;

  cv::cvtColor (bgr (middle_of (square)), m_grey, cv::COLOR_BGR2GRAY);
  cv::resize (m_grey, m_patch, cv::Size (side, side), 0, 0, cv::INTER_LINEAR);
  const cv::Mat &magnitude = m_spectrum.measure (m_patch);
  for (const Ring &ring : rings ())
    most = std::max (most, outstanding (magnitude, ring));
  return most;
}

void
Grid::wipe ()
{
  m_grey.setTo (0);
  m_patch.setTo (0);
  m_spectrum.wipe ();
}

} // namespace till
