/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "vision/till-spectrum.hpp"

namespace till
{

/*
 * Looks for what repeats itself across a face: the pixels of a screen, their moire with the camera's, a printer's
 * raster. Skin has no period. (Moire as a trace of recapture: Patel, Han and Jain, Secure Face Unlock, 2016.)
 */
class Grid
{
public:
  Grid ();

  /*
   * How far single frequencies of the face in @square stand out of those about as fine: 1 not at all. Skin 4 to 7.
   */
  float measure (const cv::Mat &bgr, const cv::Rect &square);

  void wipe ();

private:
  cv::Mat m_grey;
  cv::Mat m_patch;
  Spectrum m_spectrum;
};

} // namespace till
