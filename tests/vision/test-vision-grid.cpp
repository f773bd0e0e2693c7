/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "vision/till-grid.hpp"

#include <cmath>
#include <glib.h>

namespace
{

constexpr int side = 200;
const cv::Rect square (20, 10, 160, 160);

/* Noise, softened as skin is through a lens. */
cv::Mat
skin ()
{
  cv::Mat picture (side, side, CV_8UC3);
  cv::RNG random (7);

  random.fill (picture, cv::RNG::NORMAL, 120, 12);
  return picture;
}

/* The same behind stripes of @period pixels, @depth grey levels deep. */
cv::Mat
screen (double period, double depth)
{
  cv::Mat picture = skin ();

  for (int y = 0; y < picture.rows; y++)
    for (int x = 0; x < picture.cols; x++)
      picture.at<cv::Vec3b> (y, x)
          += cv::Vec3b::all (cv::saturate_cast<uchar> (depth * (1 + std::sin (2 * CV_PI * x / period))));
  return picture;
}

void
test_stripes_stand_out ()
{
  till::Grid grid;
  const float plain = grid.measure (skin (), square);

  g_assert_cmpfloat (plain, >, 1);
  g_assert_cmpfloat (plain, <, 6);
  for (const double period : { 4.0, 6.0, 10.0 })
    g_assert_cmpfloat (grid.measure (screen (period, 8), square), >, 3 * plain);
  g_assert_cmpfloat (grid.measure (screen (6, 16), square), >, grid.measure (screen (6, 4), square));
}

/* The large features of a face are no grid. */
void
test_coarse_is_no_grid ()
{
  till::Grid grid;

  g_assert_cmpfloat (grid.measure (screen (60, 30), square), <, 1.5F * grid.measure (skin (), square));
}

void
test_nothing ()
{
  till::Grid grid;
  const cv::Mat plain (side, side, CV_8UC3, cv::Scalar::all (90));

  g_assert_cmpfloat (grid.measure (plain, square), >=, 1);
  g_assert_true (std::isfinite (grid.measure (plain, square)));
  g_assert_true (std::isfinite (grid.measure (skin (), cv::Rect (0, 0, 1, 1))));
}

} // namespace

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, nullptr);
  g_test_add_func ("/vision/grid/stripes-stand-out", test_stripes_stand_out);
  g_test_add_func ("/vision/grid/coarse-is-no-grid", test_coarse_is_no_grid);
  g_test_add_func ("/vision/grid/nothing", test_nothing);
  return g_test_run ();
}
