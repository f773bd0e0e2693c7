/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sheet.hpp"

#include <opencv2/core.hpp>

namespace attacks
{

/* What a print makes of a picture: its tones, its grain, its gloss, its white margin, the bend of the paper. */
class Paper
{
public:
  explicit Paper (Dice &dice);

  /* @face: as found in @picture. @flex: added to the paper's own bend, radians. */
  Sheet print (const cv::Mat &picture, cv::Rect2f face, double flex = 0) const;

private:
  double m_contrast, m_lift, m_grain, m_gloss, m_margin, m_bend, m_warmth;
  bool m_upright;
  int m_hands;
};

/* What a screen makes of it: its tones, frame, glare, moire and refresh bands. */
class Screen
{
public:
  /* @bare: fills the view, no frame to be seen. */
  Screen (Dice &dice, bool bare);

  Sheet show (const cv::Mat &picture, cv::Rect2f face, double seconds) const;

private:
  void draw_moire (cv::Size size) const;
  void draw_glare (cv::Size size) const;
  void add_bands (cv::Mat &bgr, double seconds) const;

  bool m_bare;
  double m_contrast, m_lift, m_blue, m_moire, m_moire_angle, m_moire_length, m_bands, m_band_speed,
      m_band_count;
  double m_glare, m_glare_x, m_glare_y, m_glare_size, m_bezel;
  int m_hands;
  /* Drawn once. */
  mutable cv::Mat m_moire_sheet;
  mutable cv::Mat m_glare_sheet;
};

/* The shop behind it all, out of focus, with a shirt of whoever holds the thing. */
cv::Mat room (Dice &dice, cv::Size size);

/* The till's camera: focus, exposure, noise, and the packing of a webcam's stream. */
class Webcam
{
public:
  explicit Webcam (Dice &dice);

  cv::Mat take (const cv::Mat &scene);

private:
  Dice m_dice;
  double m_blur, m_gain, m_offset, m_noise;
  int m_quality;
  cv::Mat m_grain;
};

} // namespace attacks
