/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "dice.hpp"

#include <opencv2/core.hpp>

namespace attacks
{

/*
 * A flat thing that shows a face: a print or a screen. @mask says what of it is there: it may have holes and rounded
 * corners, and hands that hold it stick out.
 */
struct Sheet
{
  cv::Mat bgr;
  cv::Mat mask;      /* 8 bits: 0 or 255 */
  cv::Point2f face;  /* middle of the face on it */
  float face_height; /* of the detector's box */
};

/* Some waves of different speed: how a hand trembles, or a person sways. */
class Tremor
{
public:
  /* @slowest, @fastest: cycles a second. */
  Tremor (Dice &dice, double size, double slowest, double fastest);

  double at (double seconds) const;

private:
  struct Wave
  {
    double size;
    double speed;
    double phase;
  };

  Wave m_waves[3];
};

/* Where about a sheet is held; shares of the camera's picture. */
struct Reach
{
  double least = 0.36; /* height of the face */
  double most = 0.62;
  cv::Point2d place = { -1, -1 }; /* middle of the face; negative: about the middle of the picture */
  double turned = 1;              /* how far it may be turned away: 0 not at all */
};

/*
 * How a sheet is held before the camera: where its face lands, how large, and how it is turned, moving as hands do.
 */
class Grip
{
public:
  /* @restless: 0 lies still .. 1 is moved about. */
  Grip (Dice &dice, cv::Size canvas, double restless, const Reach &reach = {});

  /* Draws the sheet as it is held at @seconds onto @canvas; @away: how far from its place, in pictures. */
  void draw (cv::Mat &canvas, const Sheet &sheet, double seconds, cv::Point2f away = {}) const;

  double face_height () const
  {
    return m_face_height;
  }

private:
  cv::Matx33d pose (const Sheet &sheet, double seconds, cv::Point2f away) const;

  cv::Size m_canvas;
  double m_face_height;
  cv::Point2d m_place;
  double m_yaw, m_pitch, m_roll;
  Tremor m_x, m_y, m_depth, m_turn, m_nod, m_tilt;
};

} // namespace attacks
