/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "vision/till-spectrum.hpp"

#include <opencv2/imgproc.hpp>

namespace till
{

Spectrum::Spectrum (int side)
{
  cv::createHanningWindow (m_window, cv::Size (side, side), CV_32F);
}

const cv::Mat &
Spectrum::measure (const cv::Mat &grey)
{
  grey.convertTo (m_patch, CV_32F);
  m_patch -= cv::mean (m_patch)[0];
  cv::multiply (m_patch, m_window, m_patch);
  cv::dft (m_patch, m_frequencies, cv::DFT_COMPLEX_OUTPUT);
  cv::split (m_frequencies, m_parts);
  cv::magnitude (m_parts[0], m_parts[1], m_magnitude);
  return m_magnitude;
}

void
Spectrum::wipe ()
{
  for (cv::Mat *matrix : { &m_patch, &m_frequencies, &m_parts[0], &m_parts[1], &m_magnitude })
    matrix->setTo (0);
}

} // namespace till
