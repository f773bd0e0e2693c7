/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "vision/till-face-alignment.hpp"

#include "vision/till-vision-error.hpp"

#include <cmath>
#include <opencv2/imgproc.hpp>

namespace till
{
namespace
{

constexpr std::size_t anchor_count = 5;
constexpr int aligned_side = 112;

using Anchors = std::array<cv::Point2f, anchor_count>;

/* Eyes, nose tip and mouth corners in 112x112: the template of ArcFace (Deng and others, 2019; insightface). */
const Anchors target = {
  { { 38.29F, 51.70F }, { 73.53F, 51.50F }, { 56.03F, 71.74F }, { 41.55F, 92.37F }, { 70.73F, 92.20F } }
};

/* The eyes by their lids, because the corners move with the gaze less than the lids but are placed less surely. */
Anchors
anchors_of (const LandmarkPoints &landmarks)
{
  return { { landmarks_mean (landmarks, { 37, 38, 40, 41 }), landmarks_mean (landmarks, { 43, 44, 46, 47 }),
             landmarks[30], landmarks_mean (landmarks, { 48, 60 }),
             landmarks_mean (landmarks, { 54, 64 }) } };
}

cv::Point2d
mean_of (const Anchors &anchors)
{
  cv::Point2d sum;

  for (const cv::Point2f &anchor : anchors)
    sum += cv::Point2d (anchor);
  return sum / static_cast<double> (anchors.size ());
}

/*
 * Least-squares similarity from @from to the target. With both sets about their means, a = sum (f . t) / sum (f . f)
 * and b = sum (f x t) / sum (f . f) minimise |[a -b; b a] f - t|^2.
 */
cv::Matx23d
similarity (const Anchors &from)
{
  const cv::Point2d from_mean = mean_of (from);
  const cv::Point2d to_mean = mean_of (target);
  double spread = 0;
  double a = 0;
  double b = 0;

  for (std::size_t i = 0; i < anchor_count; i++)
    {
      const cv::Point2d f = cv::Point2d (from[i]) - from_mean;
      const cv::Point2d t = cv::Point2d (target[i]) - to_mean;

      spread += f.dot (f);
      a += f.dot (t);
      b += f.cross (t);
    }
  a /= spread;
  b /= spread;
  if (!std::isfinite (a) || !std::isfinite (b) || std::hypot (a, b) < 1e-6)
    fail (TILL_ERROR_FAILED, "The face's eyes, nose and mouth fall on one point; take another picture");
  return cv::Matx23d (a, -b, to_mean.x - a * from_mean.x + b * from_mean.y, b, a,
                      to_mean.y - b * from_mean.x - a * from_mean.y);
}

/* The part of the picture that lands in the aligned face, with a pixel's margin. */
cv::Rect
source_of (const cv::Matx23d &transform, const cv::Size &size)
{
  cv::Matx23d inverse;
  std::vector<cv::Point2f> corners;

  cv::invertAffineTransform (transform, inverse);
  cv::transform (
      std::vector<cv::Point2f>{
          { 0, 0 }, { aligned_side, 0 }, { 0, aligned_side }, { aligned_side, aligned_side } },
      corners, inverse);
  const cv::Rect bounds = cv::boundingRect (corners);
  return cv::Rect (bounds.tl () - cv::Point (1, 1), bounds.br () + cv::Point (1, 1))
         & cv::Rect (cv::Point (), size);
}

} // namespace

const cv::Mat &
FaceAlignment::align (const cv::Mat &bgr, const LandmarkPoints &landmarks)
{
  cv::Matx23d transform = similarity (anchors_of (landmarks));
  const double scale = std::hypot (transform (0, 0), transform (1, 0));
  const cv::Rect source = source_of (transform, bgr.size ());
  const cv::Mat *picture = &bgr;

  /* warpAffine samples bilinearly, which skips pixels of a face more than twice too large: average those first. */
  if (scale < 0.5 && !source.empty ())
    {
      const cv::Size reduced (std::max (1, cvRound (source.width * 2 * scale)),
                              std::max (1, cvRound (source.height * 2 * scale)));
      const double x_ratio = static_cast<double> (source.width) / reduced.width;
      const double y_ratio = static_cast<double> (source.height) / reduced.height;

      cv::resize (bgr (source), m_reduced, reduced, 0, 0, cv::INTER_AREA);
      picture = &m_reduced;
      /* Pixel centres: x = source.x - 0.5 + ratio * (reduced x + 0.5). */
      const double x_shift = source.x - 0.5 + x_ratio / 2;
      const double y_shift = source.y - 0.5 + y_ratio / 2;
      for (int row = 0; row < 2; row++)
        {
          transform (row, 2) += transform (row, 0) * x_shift + transform (row, 1) * y_shift;
          transform (row, 0) *= x_ratio;
          transform (row, 1) *= y_ratio;
        }
    }
  cv::warpAffine (*picture, m_aligned, transform, cv::Size (aligned_side, aligned_side), cv::INTER_LINEAR);
  return m_aligned;
}

void
FaceAlignment::wipe ()
{
  m_reduced.setTo (0);
  m_aligned.setTo (0);
}

} // namespace till
