/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "vision/till-periodogram.h"

#include <cmath>
#include <functional>
#include <glib.h>
#include <opencv2/core.hpp>

namespace
{

constexpr int width = 480;
constexpr int height = 360;
const TillBox square = { 170, 120, 140, 140 };

/* What is drawn onto noise at a place, grey levels. */
using Drawing = std::function<double (int x, int y)>;

double
nothing (int, int)
{
  return 0;
}

double
stripes (int x, int y)
{
  return 3 * std::sin (2 * CV_PI * (x + 0.4 * y) / 7.0);
}

bool
is_face (int x, int y)
{
  return static_cast<float> (x) >= square.x && static_cast<float> (x) < square.x + square.width
         && static_cast<float> (y) >= square.y && static_cast<float> (y) < square.y + square.height;
}

/* What is left after @frames frames, each with noise of its own. */
double
show (TillPeriodogram *periodogram, const Drawing &drawing, int frames)
{
  cv::RNG random (7);

  for (int i = 0; i < frames; i++)
    {
      cv::Mat picture (height, width, CV_8UC3);

      random.fill (picture, cv::RNG::NORMAL, 120, 12);
      for (int y = 0; y < height; y++)
        for (int x = 0; x < width; x++)
          for (int c = 0; c < 3; c++)
            picture.at<cv::Vec3b> (y, x)[c]
                = cv::saturate_cast<uchar> (picture.at<cv::Vec3b> (y, x)[c] + drawing (x, y));
      g_autoptr (TillFrame) frame
          = till_frame_new (picture.data, width, height, picture.step, i, static_cast<guint64> (i));
      g_assert_true (till_periodogram_add (periodogram, frame, &square));
    }
  return till_periodogram_get_recurrence (periodogram);
}

double
measure (const Drawing &drawing, int frames)
{
  g_autoptr (TillPeriodogram) periodogram = till_periodogram_new ();

  g_assert_cmpfloat (till_periodogram_get_recurrence (periodogram), ==, 0);
  return show (periodogram, drawing, frames);
}

void
test_noise ()
{
  g_assert_cmpfloat (measure (nothing, 20), >=, 1);
  g_assert_cmpfloat (measure (nothing, 20), <, 3);
}

/* A quarter of the noise, and still there in every frame. */
void
test_common_period ()
{
  g_assert_cmpfloat (measure (stripes, 20), >, 9);
  g_assert_cmpfloat (measure (stripes, 20), >, 2 * measure (nothing, 20));
}

/* Blinds behind the customer, or a striped scarf before them: elsewhere there is nothing of the kind. */
void
test_period_of_a_part ()
{
  const auto blinds = [] (int x, int y) { return is_face (x, y) ? 0 : 4 * stripes (x, y); };
  const auto scarf = [] (int x, int y) { return is_face (x, y) ? 4 * stripes (x, y) : 0; };
  const auto shelf = [] (int x, int y) { return x > width / 2 ? 4 * stripes (x, y) : 0; };

  g_assert_cmpfloat (measure (scarf, 20), <, 0.5 * measure (stripes, 20));
  g_assert_cmpfloat (measure (shelf, 20), <, measure (stripes, 20));
  g_assert_cmpfloat (measure (blinds, 20), <,
                     0.6 * measure ([] (int x, int y) { return 4 * stripes (x, y); }, 20));
}

/* A webcam's codec repeats itself every 8 pixels in every picture. */
void
test_blocks ()
{
  const auto blocks = [] (int x, int y) { return (x % 8 == 0 ? 12 : 0) + (y % 8 == 0 ? 12 : 0); };
  const auto others = [] (int x, int y) { return (x % 7 == 0 ? 12 : 0) + (y % 7 == 0 ? 12 : 0); };

  g_assert_cmpfloat (measure (blocks, 10), <, 5);
  g_assert_cmpfloat (measure (others, 10), >, 9);
}

void
test_reset ()
{
  g_autoptr (TillPeriodogram) periodogram = till_periodogram_new ();

  g_assert_cmpfloat (show (periodogram, stripes, 20), >, 9);
  till_periodogram_reset (periodogram);
  g_assert_cmpfloat (till_periodogram_get_recurrence (periodogram), ==, 0);
  g_assert_cmpfloat (show (periodogram, nothing, 3), <, 5);
}

/* What is over is forgotten, after a while, without being told to. */
void
test_running ()
{
  g_autoptr (TillPeriodogram) periodogram = till_periodogram_new ();

  show (periodogram, stripes, 20);
  g_assert_cmpfloat (show (periodogram, nothing, 3), >, 9);
  g_assert_cmpfloat (show (periodogram, nothing, 120), <, 5);
}

void
test_edges ()
{
  const cv::Mat plain (height, width, CV_8UC3, cv::Scalar::all (90));
  const TillBox corner = { 400, 300, 140, 140 };
  const guint8 pixels[95 * 95 * 3] = { 0 };
  g_autoptr (TillPeriodogram) periodogram = till_periodogram_new ();
  g_autoptr (TillFrame) small = till_frame_new (pixels, 95, 95, 3 * 95, 1, 1);
  g_autoptr (TillFrame) flat = till_frame_new (plain.data, width, height, plain.step, 2, 2);

  g_assert_false (till_periodogram_add (periodogram, small, &square));
  g_assert_cmpfloat (till_periodogram_get_recurrence (periodogram), ==, 0);
  g_assert_true (till_periodogram_add (periodogram, flat, &corner));
  g_assert_cmpfloat (till_periodogram_get_recurrence (periodogram), ==, 1);
}

} // namespace

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, nullptr);
  g_test_add_func ("/vision/periodogram/noise", test_noise);
  g_test_add_func ("/vision/periodogram/common-period", test_common_period);
  g_test_add_func ("/vision/periodogram/period-of-a-part", test_period_of_a_part);
  g_test_add_func ("/vision/periodogram/blocks", test_blocks);
  g_test_add_func ("/vision/periodogram/reset", test_reset);
  g_test_add_func ("/vision/periodogram/running", test_running);
  g_test_add_func ("/vision/periodogram/edges", test_edges);
  return g_test_run ();
}
