/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <array>
#include <opencv2/core.hpp>
#include <optional>
#include <vector>

namespace attacks
{

/* Where a face is in a picture, and whether the eye network takes its eyes for shut. */
struct Face
{
  cv::Rect2f box;                     /* the detector's, clipped */
  std::array<cv::Point2f, 68> points; /* iBUG order */
  std::array<float, 2> closed;

  cv::Point2f middle () const
  {
    return (box.tl () + box.br ()) / 2;
  }
};

/* The largest face, found with the till's own networks, which the attacker has too. */
std::optional<Face> find_face (const cv::Mat &bgr);

/* All faces the detector finds, largest first. */
std::vector<cv::Rect2f> find_boxes (const cv::Mat &bgr);

/* The same as find_face(), for a picture that is known to show one. */
Face need_face (const cv::Mat &bgr, const char *what);

/* Points @from..@to (inclusive) of a face, for outlines. */
std::vector<cv::Point2f> part_of (const Face &face, int from, int to);

} // namespace attacks
