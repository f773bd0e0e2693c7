/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Scaled orthography, the first step of POS (DeMenthon and Davis, "Model-based object pose in 25 lines of code",
 * 1995): a face is shallow beside its distance from the camera, so its image is the model turned, scaled and dropped
 * onto the plane. The two rows of that map are a linear least-squares fit; their directions are the rotation.
 */
#include "vision/till-head-pose.hpp"

#include "vision/till-vision-error.hpp"

#include <cmath>

namespace till
{
namespace
{

/* Pixels a millimetre, at which a whole face would be smaller than a pixel. */
constexpr double least_scale = 1e-3;

struct ModelPoint
{
  std::size_t landmark;
  double x; /* to the image's right, of a face looking at the camera; millimetres, all three */
  double y; /* down */
  double z; /* away from the camera */
};

/*
 * A generic adult head that looks into the camera. Breadths and heights are near the means of Farkas, "Anthropometry
 * of the Head and Face" (1994); the tilt that counts as level is the one at which frontal portraits average zero.
 */
constexpr std::array<ModelPoint, 13> head = { {
    /* corners of the eyes */
    { 36, -45, 4, 26 },
    { 39, -17, 5, 14 },
    { 42, 17, 5, 14 },
    { 45, 45, 4, 26 },
    /* bridge and tip of the nose */
    { 27, 0, 0, 0 },
    { 28, 0, 12, -7 },
    { 29, 0, 25, -15 },
    { 30, 0, 36, -23 },
    /* base of the nose */
    { 31, -14, 46, -6 },
    { 32, -7, 47, -9 },
    { 33, 0, 48, -11 },
    { 34, 7, 47, -9 },
    { 35, 14, 46, -6 },
} };

cv::Matx31d
head_mean ()
{
  cv::Matx31d sum = cv::Matx31d::zeros ();

  for (const ModelPoint &point : head)
    sum += cv::Matx31d (point.x, point.y, point.z);
  return sum * (1.0 / static_cast<double> (head.size ()));
}

float
degrees (double radians)
{
  return static_cast<float> (radians * 180 / CV_PI);
}

/* The two unit vectors at a right angle that lie nearest to @i and @j. */
void
square_up (cv::Vec3d &i, cv::Vec3d &j)
{
  const cv::Vec3d sum = cv::normalize (cv::normalize (i) + cv::normalize (j));
  const cv::Vec3d difference = cv::normalize (cv::normalize (i) - cv::normalize (j));

  i = (sum + difference) * std::sqrt (0.5);
  j = (sum - difference) * std::sqrt (0.5);
}

/* @i, @j: the image's axes as the head sees them. The nose points along the head's negative z. */
HeadAngles
angles_of (const cv::Vec3d &i, const cv::Vec3d &j)
{
  const cv::Vec3d k = i.cross (j);
  const double yaw = std::atan2 (-i[2], k[2]);
  const double pitch = std::atan2 (j[2], std::hypot (i[2], k[2]));

  /* Where the head's x axis would lie, and the one below it, if it were turned so but not tilted. */
  const cv::Vec3d level (std::cos (yaw), 0, std::sin (yaw));
  const cv::Vec3d below = cv::Vec3d (i[2], j[2], k[2]).cross (level);
  const cv::Vec3d x_axis (i[0], j[0], k[0]);

  return { degrees (yaw), degrees (pitch), degrees (std::atan2 (x_axis.dot (below), x_axis.dot (level))) };
}

} // namespace

HeadPose::HeadPose ()
{
  const cv::Matx31d mean = head_mean ();
  cv::Mat points (static_cast<int> (head.size ()), 3, CV_64F);

  for (std::size_t i = 0; i < head.size (); i++)
    {
      double *row = points.ptr<double> (static_cast<int> (i));

      row[0] = head[i].x - mean (0);
      row[1] = head[i].y - mean (1);
      row[2] = head[i].z - mean (2);
    }
  cv::invert (points, m_solver, cv::DECOMP_SVD);
}

HeadAngles
HeadPose::estimate (const LandmarkPoints &landmarks) const
{
  cv::Vec3d i;
  cv::Vec3d j;

  /* The solver's rows sum to zero over the points, so the landmarks need not be brought about their mean. */
  for (int row = 0; row < 3; row++)
    {
      const double *weights = m_solver.ptr<double> (row);

      for (std::size_t n = 0; n < head.size (); n++)
        {
          i[row] += weights[n] * static_cast<double> (landmarks[head[n].landmark].x);
          j[row] += weights[n] * static_cast<double> (landmarks[head[n].landmark].y);
        }
    }
  if (!(cv::norm (i) > least_scale && cv::norm (j) > least_scale))
    fail (TILL_ERROR_FAILED, "The face's landmarks fall on one point; take another picture");
  square_up (i, j);
  return angles_of (i, j);
}

} // namespace till
