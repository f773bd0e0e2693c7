/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "vision/till-head-pose.hpp"

#include <cmath>
#include <glib.h>

namespace
{

struct Bone
{
  std::size_t landmark;
  cv::Vec3d place; /* millimetres; right and down in the image, away from the camera */
};

/* Another head than the one the estimate assumes: broader, with a shorter nose. */
const Bone bones[] = {
  { 36, { -48, 3, 25 } },  { 39, { -18, 5, 13 } }, { 42, { 18, 5, 13 } },  { 45, { 48, 3, 25 } },
  { 27, { 0, 0, 0 } },     { 28, { 0, 12, -6 } },  { 29, { 0, 23, -13 } }, { 30, { 0, 33, -20 } },
  { 31, { -15, 43, -5 } }, { 32, { -8, 44, -8 } }, { 33, { 0, 45, -9 } },  { 34, { 8, 44, -8 } },
  { 35, { 15, 43, -5 } },
};

/* Where a camera 600 mm away sees the landmarks of a head turned so; angles in radians. */
till::LandmarkPoints
see (double yaw, double pitch, double roll)
{
  const cv::Matx33d tilt (std::cos (roll), -std::sin (roll), 0, std::sin (roll), std::cos (roll), 0, 0, 0, 1);
  /* Up: what is in front of the head, at negative z, goes to negative y. */
  const cv::Matx33d nod (1, 0, 0, 0, std::cos (pitch), std::sin (pitch), 0, -std::sin (pitch),
                         std::cos (pitch));
  /* To the image's right: what is in front goes to positive x. */
  const cv::Matx33d turn (std::cos (yaw), 0, -std::sin (yaw), 0, 1, 0, std::sin (yaw), 0, std::cos (yaw));
  till::LandmarkPoints points = {};

  for (const Bone &bone : bones)
    {
      const cv::Vec3d seen = turn * nod * tilt * bone.place;
      const double perspective = 600 / (600 + seen[2]);

      points[bone.landmark] = cv::Point2f (static_cast<float> (320 + 1.5 * seen[0] * perspective),
                                           static_cast<float> (200 + 1.5 * seen[1] * perspective));
    }
  return points;
}

void
assert_near (double value, double expected, double tolerance)
{
  g_assert_cmpfloat (std::abs (value - expected), <=, tolerance);
}

void
test_known_turns ()
{
  const till::HeadPose pose;
  const double radian = CV_PI / 180;

  for (int yaw = -40; yaw <= 40; yaw += 20)
    for (int pitch = -20; pitch <= 20; pitch += 20)
      for (int roll = -30; roll <= 30; roll += 15)
        {
          const till::HeadAngles angles = pose.estimate (see (yaw * radian, pitch * radian, roll * radian));

          g_test_message ("%d %d %d: %.1f %.1f %.1f", yaw, pitch, roll, static_cast<double> (angles.yaw),
                          static_cast<double> (angles.pitch), static_cast<double> (angles.roll));
          assert_near (angles.yaw, yaw, 7);
          assert_near (angles.pitch, pitch, 7);
          assert_near (angles.roll, roll, 4);
        }
}

void
test_size_and_place_do_not_matter ()
{
  const till::HeadPose pose;
  till::LandmarkPoints points = see (0.3, -0.1, 0.2);
  const till::HeadAngles near = pose.estimate (points);

  for (cv::Point2f &point : points)
    point = point * 0.25F + cv::Point2f (1000, -40);
  const till::HeadAngles far = pose.estimate (points);

  assert_near (far.yaw, near.yaw, 0.05);
  assert_near (far.pitch, near.pitch, 0.05);
  assert_near (far.roll, near.roll, 0.05);
}

void
test_one_point_is_no_face ()
{
  const till::HeadPose pose;
  till::LandmarkPoints points;

  points.fill (cv::Point2f (7, 7));
  try
    {
      pose.estimate (points);
    }
  catch (const std::exception &)
    {
      return;
    }
  g_assert_not_reached ();
}

} // namespace

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/vision/pose/known-turns", test_known_turns);
  g_test_add_func ("/vision/pose/size-and-place-do-not-matter", test_size_and_place_do_not_matter);
  g_test_add_func ("/vision/pose/one-point-is-no-face", test_one_point_is_no_face);
  return g_test_run ();
}
