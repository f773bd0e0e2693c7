/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The landmark network always answers with the shape of a face, even of a wall, so the shape proves nothing. What it
 * says of a wall moves with the square it looks at; what it says of a face stays on the face. Hence each face is
 * looked at twice, in squares that differ.
 */
#include "vision/till-face-follower.hpp"

#include <algorithm>
#include <cmath>

namespace till
{
namespace
{

/*
 * The detector's square from the landmarks' bounds: side per height, and its middle's height over theirs per side.
 * Medians over 4,566 frames of the demo clips and 2,432 photographs.
 */
constexpr float side_per_height = 1.34F;
constexpr float rise_per_side = 0.123F;
/* The detector's box is as high as the square. */
constexpr float box_width_per_width = 0.93F;

/*
 * The first look is larger and lower than the detector's square: so the landmarks fall within 0.04 of a side of their
 * place even of a face that moved by 0.2 meanwhile. In the detector's own square, which ends at the chin, they are
 * off by 0.2 when the face sank by as much. Lengths here and below are of a square's side.
 */
constexpr float search_growth = 1.2F;
constexpr float search_drop = 0.12F;
/*
 * Between the looks. Faces in the demo clips, every tenth frame: 0.01, at most 0.03; those that moved by 0.2: 0.05 in
 * 1 of 100. No faces: 0.12, below 0.05 in 4 of 100. A face lost for nothing costs one run of the detector.
 */
constexpr float most_disagreement = 0.028F;
constexpr float disagreement_per_shift = 0.08F;
constexpr float most_shift = 0.35F;
constexpr float most_growth = 1.45F;
constexpr float least_inside = 0.5F;
/* Pixels; the detector finds none smaller. */
constexpr float least_side = 20;

struct Bounds
{
  cv::Point2f middle;
  cv::Size2f size;
};

Bounds
bounds_of (const LandmarkPoints &landmarks)
{
  const auto [left, right]
      = std::minmax_element (landmarks.begin (), landmarks.end (),
                             [] (const cv::Point2f &a, const cv::Point2f &b) { return a.x < b.x; });
  const auto [top, bottom]
      = std::minmax_element (landmarks.begin (), landmarks.end (),
                             [] (const cv::Point2f &a, const cv::Point2f &b) { return a.y < b.y; });

  return { cv::Point2f ((left->x + right->x) / 2, (top->y + bottom->y) / 2),
           cv::Size2f (right->x - left->x, bottom->y - top->y) };
}

/* Middle and side of a square that may reach out of the picture. */
struct Square
{
  cv::Point2f middle;
  float side;
};

Square
square_of (const LandmarkPoints &landmarks)
{
  const Bounds bounds = bounds_of (landmarks);
  const float side = side_per_height * bounds.size.height;

  return { bounds.middle - cv::Point2f (0, rise_per_side * side), side };
}

Square
search_square (const Square &expected)
{
  return { expected.middle + cv::Point2f (0, search_drop * expected.side), search_growth * expected.side };
}

cv::Rect
in_picture (const Square &square, const cv::Size &picture)
{
  const cv::Point corner (cvRound (square.middle.x - square.side / 2),
                          cvRound (square.middle.y - square.side / 2));
  const int side = cvRound (square.side);

  return cv::Rect (corner, cv::Size (side, side)) & cv::Rect (cv::Point (), picture);
}

bool
all_finite (const LandmarkPoints &landmarks)
{
  return std::all_of (landmarks.begin (), landmarks.end (), [] (const cv::Point2f &point) {
    return std::isfinite (point.x) && std::isfinite (point.y);
  });
}

/* Large enough, and enough of it within the picture. */
bool
is_in_view (const Square &square, const cv::Size &picture)
{
  const auto longest = static_cast<float> (2 * std::max (picture.width, picture.height));

  return square.side >= least_side && square.side <= longest && std::abs (square.middle.x) <= longest
         && std::abs (square.middle.y) <= longest
         && static_cast<float> (in_picture (square, picture).area ())
                >= least_inside * square.side * square.side;
}

float
apart (const Square &a, const Square &b)
{
  return static_cast<float> (cv::norm (a.middle - b.middle)) / a.side;
}

bool
is_step (const Square &from, const Square &to)
{
  const float growth = to.side / from.side;

  return apart (from, to) <= most_shift && growth <= most_growth && growth >= 1 / most_growth;
}

/* Mean distance of the landmarks, of the side. */
float
disagreement (const LandmarkPoints &a, const LandmarkPoints &b, float side)
{
  float sum = 0;

  for (std::size_t i = 0; i < a.size (); i++)
    sum += static_cast<float> (cv::norm (a[i] - b[i]));
  return sum / (static_cast<float> (a.size ()) * side);
}

/* Where the detector would see the face of these landmarks. */
Detection
detection_of (const LandmarkPoints &landmarks, float score, const cv::Size &picture)
{
  const Square square = square_of (landmarks);
  const float width = box_width_per_width * bounds_of (landmarks).size.width;
  const cv::Rect2f box (square.middle.x - width / 2, square.middle.y - square.side / 2, width, square.side);

  return { box & cv::Rect2f (cv::Point2f (), cv::Size2f (picture)), in_picture (square, picture), score };
}

} // namespace

FaceFollower::FaceFollower (Landmarks &landmarks) : m_landmarks (landmarks)
{
}

std::optional<FollowedFace>
FaceFollower::follow (const cv::Mat &bgr, const LandmarkPoints &last, float score)
{
  if (!all_finite (last))
    return std::nullopt;

  const Square expected = square_of (last);
  if (!is_in_view (expected, bgr.size ()))
    return std::nullopt;

  const cv::Rect search = in_picture (search_square (expected), bgr.size ());
  if (search.empty ())
    return std::nullopt;

  const LandmarkPoints first = m_landmarks.place (bgr, search);
  const Square seen = square_of (first);
  if (!is_in_view (seen, bgr.size ()) || !is_step (expected, seen))
    return std::nullopt;

  const LandmarkPoints landmarks = m_landmarks.place (bgr, in_picture (seen, bgr.size ()));
  if (disagreement (first, landmarks, seen.side)
      > most_disagreement + disagreement_per_shift * apart (expected, seen))
    return std::nullopt;

  const Detection place = detection_of (landmarks, score, bgr.size ());
  if (place.box.empty () || place.square.empty ())
    return std::nullopt;
  return FollowedFace{ place, landmarks };
}

} // namespace till
