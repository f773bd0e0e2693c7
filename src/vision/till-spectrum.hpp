/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <opencv2/core.hpp>

namespace till
{

/* How much of each frequency a square patch of grey has in it. */
class Spectrum
{
public:
  explicit Spectrum (int side);

  /*
   * @grey: side by side pixels of one channel. Gives the magnitudes, as many, frequency (0, 0) at the top left; valid
   * until the next call. The patch's own mean is taken away first.
   */
  const cv::Mat &measure (const cv::Mat &grey);

  void wipe ();

private:
  /* Fades a patch out: else its edges would be lines of their own in the spectrum. */
  cv::Mat m_window;
  cv::Mat m_patch;
  cv::Mat m_frequencies;
  cv::Mat m_parts[2];
  cv::Mat m_magnitude;
};

} // namespace till
