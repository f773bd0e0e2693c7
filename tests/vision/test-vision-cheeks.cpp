/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "vision/till-cheeks.h"

#include <array>
#include <cmath>
#include <glib.h>
#include <opencv2/imgproc.hpp>

namespace
{

using Landmarks = std::array<TillPoint, TILL_VISION_LANDMARKS>;

constexpr int width = 448;
constexpr int height = 448;
/* Pixels of the picture for one of the aligned face. */
constexpr float zoom = 3;
const cv::Point2f corner (56, 40);

/* Below this is noise, above it have the cheeks moved. */
constexpr double still = 0.01;
constexpr double moved = 0.02;
/* Above this are they somebody else's. */
constexpr double another = 0.1;

cv::Point2f
at (float x, float y)
{
  return corner + zoom * cv::Point2f (x, y);
}

/* Skin with blotches of all sizes, the same every time. */
cv::Mat
make_skin (int seed)
{
  cv::Mat skin (height, width, CV_32FC3, cv::Scalar::all (130));
  cv::RNG random (static_cast<std::uint64_t> (seed));

  for (const int size : { 6, 12, 24 })
    {
      cv::Mat blotches (height, width, CV_32F);
      cv::Mat colours;

      random.fill (blotches, cv::RNG::NORMAL, 0, 10 * size);
      cv::GaussianBlur (blotches, blotches, cv::Size (), size);
      cv::merge (std::array<cv::Mat, 3>{ blotches, blotches, blotches }, colours);
      skin += colours;
    }
  return skin;
}

/* Eyes, nose and mouth where the aligned face has them. */
Landmarks
make_landmarks ()
{
  Landmarks landmarks = {};
  const auto set = [&landmarks] (std::size_t from, std::size_t to, cv::Point2f point) {
    for (std::size_t i = from; i <= to; i++)
      landmarks[i] = { point.x, point.y };
  };

  set (36, 41, at (38.3F, 51.7F));
  set (42, 47, at (73.5F, 51.5F));
  set (27, 35, at (56, 71.7F));
  set (48, 67, at (56, 92));
  for (const std::size_t i : { 48, 60 })
    set (i, i, at (41.6F, 92.4F));
  for (const std::size_t i : { 54, 64 })
    set (i, i, at (70.7F, 92.2F));
  return landmarks;
}

/* Moves all that is within @reach of @middle up by @far in the middle, less about it. */
void
lift (cv::Mat &skin, cv::Point2f middle, float reach, float far)
{
  cv::Mat x (skin.size (), CV_32F);
  cv::Mat y (skin.size (), CV_32F);
  cv::Mat lifted;

  for (int row = 0; row < skin.rows; row++)
    for (int column = 0; column < skin.cols; column++)
      {
        const cv::Point2f here (static_cast<float> (column), static_cast<float> (row));
        const auto away = static_cast<float> (cv::norm (here - middle)) / reach;

        x.at<float> (row, column) = here.x;
        y.at<float> (row, column) = here.y + far * std::exp (-away * away);
      }
  cv::remap (skin, lifted, x, y, cv::INTER_CUBIC, cv::BORDER_REPLICATE);
  skin = lifted;
}

/* A camera's picture of it: noise of its own each time. */
TillFrame *
take (const cv::Mat &skin, int noise_seed)
{
  cv::Mat noise (skin.size (), CV_32FC3);
  cv::Mat picture;
  cv::RNG random (static_cast<std::uint64_t> (noise_seed));

  random.fill (noise, cv::RNG::NORMAL, 0, 1);
  cv::Mat (skin + noise).convertTo (picture, CV_8UC3);
  return till_frame_new (picture.data, picture.cols, picture.rows, picture.step, 0, 0);
}

void
rest (TillCheeks *cheeks, const cv::Mat &skin, int seed)
{
  g_autoptr (TillFrame) frame = take (skin, seed);

  g_assert_true (till_cheeks_rest (cheeks, frame, make_landmarks ().data ()));
}

double
compare (TillCheeks *cheeks, const cv::Mat &skin, const Landmarks &landmarks = make_landmarks ())
{
  g_autoptr (TillFrame) frame = take (skin, 99);

  return till_cheeks_compare (cheeks, frame, landmarks.data ());
}

void
test_nothing_to_compare ()
{
  g_autoptr (TillCheeks) cheeks = till_cheeks_new ();
  const Landmarks nowhere = {};
  g_autoptr (TillFrame) frame = take (make_skin (1), 1);

  g_assert_cmpfloat (compare (cheeks, make_skin (1)), ==, 0);
  g_assert_false (till_cheeks_rest (cheeks, frame, nowhere.data ()));
  g_assert_cmpfloat (compare (cheeks, make_skin (1)), ==, 0);
  rest (cheeks, make_skin (1), 1);
  g_assert_cmpfloat (compare (cheeks, make_skin (1), nowhere), ==, 0);
  g_assert_cmpfloat (compare (cheeks, make_skin (2)), >, another);
  till_cheeks_reset (cheeks);
  g_assert_cmpfloat (compare (cheeks, make_skin (2)), ==, 0);
}

/* As a mask does: turned, nearer, in other light, its mouth another one. */
void
test_stiff ()
{
  g_autoptr (TillCheeks) cheeks = till_cheeks_new ();
  cv::Mat skin = make_skin (3);

  rest (cheeks, skin, 1);
  g_assert_cmpfloat (compare (cheeks, skin), <, still);
  g_assert_cmpfloat (compare (cheeks, 0.8 * skin + cv::Scalar::all (10)), <, still);

  cv::Mat turned;
  const cv::Matx23d turn (1.03, -0.04, 2, 0.05, 0.98, -6);
  cv::warpAffine (skin, turned, turn, skin.size (), cv::INTER_CUBIC, cv::BORDER_REPLICATE);
  g_assert_cmpfloat (compare (cheeks, turned), <, still);

  cv::ellipse (skin, at (56, 92), cv::Size (60, 24), 0, 0, 360, cv::Scalar (40, 40, 90), cv::FILLED);
  g_assert_cmpfloat (compare (cheeks, skin), <, still);
}

/* As a smile does. */
void
test_lifted ()
{
  g_autoptr (TillCheeks) cheeks = till_cheeks_new ();
  cv::Mat skin = make_skin (3);

  rest (cheeks, skin, 1);
  lift (skin, at (34, 72), 6 * zoom, 4 * zoom);
  lift (skin, at (78, 72), 6 * zoom, 4 * zoom);
  g_assert_cmpfloat (compare (cheeks, skin), >, moved);
  rest (cheeks, skin, 2);
  g_assert_cmpfloat (compare (cheeks, skin), <, still);
}

void
test_most_alike_of_the_last ()
{
  g_autoptr (TillCheeks) cheeks = till_cheeks_new ();

  for (int i = 0; i < TILL_CHEEKS_MOST; i++)
    rest (cheeks, make_skin (10 + i), 1);
  g_assert_cmpfloat (compare (cheeks, make_skin (10)), <, still);
  rest (cheeks, make_skin (20), 1);
  g_assert_cmpfloat (compare (cheeks, make_skin (10)), >, another);
  g_assert_cmpfloat (compare (cheeks, make_skin (11)), <, still);
  g_assert_cmpfloat (compare (cheeks, make_skin (12)), <, still);
}

/* Nothing speaks against cheeks that show nothing. */
void
test_flat ()
{
  g_autoptr (TillCheeks) cheeks = till_cheeks_new ();
  const cv::Mat white (height, width, CV_8UC3, cv::Scalar::all (255));
  const Landmarks landmarks = make_landmarks ();
  g_autoptr (TillFrame) frame = till_frame_new (white.data, width, height, white.step, 0, 0);

  g_assert_true (till_cheeks_rest (cheeks, frame, landmarks.data ()));
  g_assert_cmpfloat (till_cheeks_compare (cheeks, frame, landmarks.data ()), ==, 1);
}

} // namespace

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, nullptr);
  g_test_add_func ("/vision/cheeks/nothing-to-compare", test_nothing_to_compare);
  g_test_add_func ("/vision/cheeks/stiff", test_stiff);
  g_test_add_func ("/vision/cheeks/lifted", test_lifted);
  g_test_add_func ("/vision/cheeks/most-alike-of-the-last", test_most_alike_of_the_last);
  g_test_add_func ("/vision/cheeks/flat", test_flat);
  return g_test_run ();
}
