/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "vision/till-face-alignment.hpp"

#include <cmath>
#include <glib.h>
#include <opencv2/imgproc.hpp>

namespace
{

/* Where the embedding network wants eyes, nose and mouth corners. */
const cv::Point2f wanted[]
    = { { 38.29F, 51.70F }, { 73.53F, 51.50F }, { 56.03F, 71.74F }, { 41.55F, 92.37F }, { 70.73F, 92.20F } };

/* A similarity: turned by @angle radians, @scale times as large, its origin at @corner. */
cv::Point2f
place (const cv::Point2f &point, double angle, double scale, const cv::Point2f &corner)
{
  const double c = scale * std::cos (angle);
  const double s = scale * std::sin (angle);

  return cv::Point2f (static_cast<float> (c * point.x - s * point.y + corner.x),
                      static_cast<float> (s * point.x + c * point.y + corner.y));
}

till::LandmarkPoints
landmarks_at (const cv::Point2f *anchors)
{
  till::LandmarkPoints points = {};

  for (std::size_t lid : { 37, 38, 40, 41 })
    points[lid] = anchors[0];
  for (std::size_t lid : { 43, 44, 46, 47 })
    points[lid] = anchors[1];
  points[30] = anchors[2];
  points[48] = points[60] = anchors[3];
  points[54] = points[64] = anchors[4];
  return points;
}

/* The middle of what is bright within a few pixels of @about. */
cv::Point2d
find_dot (const cv::Mat &aligned, const cv::Point2f &about)
{
  constexpr int reach = 7;
  const cv::Rect window (cvRound (about.x) - reach, cvRound (about.y) - reach, 2 * reach + 1, 2 * reach + 1);
  cv::Mat grey;

  cv::cvtColor (aligned (window), grey, cv::COLOR_BGR2GRAY);
  const cv::Moments moments = cv::moments (grey);
  g_assert_cmpfloat (moments.m00, >, 0);
  return cv::Point2d (window.x + moments.m10 / moments.m00, window.y + moments.m01 / moments.m00);
}

void
check (double angle, double scale)
{
  const cv::Point2f corner (static_cast<float> (60 * scale), static_cast<float> (80 * scale));
  cv::Mat picture (cvCeil (260 * scale), cvCeil (260 * scale), CV_8UC3, cv::Scalar::all (0));
  cv::Point2f anchors[5];
  till::FaceAlignment alignment;

  for (int i = 0; i < 5; i++)
    {
      anchors[i] = place (wanted[i], angle, scale, corner);
      /* In 1/16 pixels, so that large and small dots alike have their middle where it belongs. */
      cv::circle (picture, cv::Point (cvRound (anchors[i].x * 16), cvRound (anchors[i].y * 16)),
                  cvRound (2.5 * scale * 16), cv::Scalar::all (255), cv::FILLED, cv::LINE_AA, 4);
    }

  const cv::Mat &aligned = alignment.align (picture, landmarks_at (anchors));
  g_assert_true (aligned.size () == cv::Size (112, 112));
  for (const cv::Point2f &point : wanted)
    {
      const cv::Point2d found = find_dot (aligned, point);

      g_assert_cmpfloat (std::hypot (found.x - point.x, found.y - point.y), <, 0.15);
    }
}

void
test_dots_land_where_wanted ()
{
  for (double angle : { 0.0, 0.4, -0.7 })
    for (double scale : { 0.8, 1.0, 1.9, 2.1, 3.0, 8.0 })
      {
        g_test_message ("turned by %.1f, scaled by %.1f", angle, scale);
        check (angle, scale);
      }
}

void
test_beyond_the_edge_is_black ()
{
  const cv::Mat white (100, 100, CV_8UC3, cv::Scalar::all (255));
  cv::Point2f anchors[5];
  till::FaceAlignment alignment;

  for (int i = 0; i < 5; i++)
    anchors[i] = wanted[i] + cv::Point2f (500, 500);
  g_assert_cmpint (cv::countNonZero (alignment.align (white, landmarks_at (anchors)).reshape (1)), ==, 0);
}

} // namespace

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/vision/alignment/dots-land-where-wanted", test_dots_land_where_wanted);
  g_test_add_func ("/vision/alignment/beyond-the-edge-is-black", test_beyond_the_edge_is_black);
  return g_test_run ();
}
