/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "look.hpp"

#include "reel.hpp"

#include <algorithm>
#include <cmath>
#include <opencv2/imgcodecs.hpp>
#include <opencv2/imgproc.hpp>

namespace attacks
{
namespace
{

constexpr double pi = 3.14159265358979;
/* A sheet is drawn this much larger than the clip's frame, so that turning it loses nothing. */
constexpr double enlarged = 2;
/* Pixels of it that moire wanders as screen and camera move. */
constexpr int moire_drift = 24;

void
set_tones (cv::Mat &bgr, double contrast, double lift, double blue, double red)
{
  const double shift[3] = { blue, 0, red };
  cv::Mat table (1, 256, CV_8UC3);

  for (int i = 0; i < 256; i++)
    for (int c = 0; c < 3; c++)
      table.at<cv::Vec3b> (0, i)[c] = cv::saturate_cast<uchar> (i * contrast + lift + shift[c]);
  cv::LUT (bgr, table, bgr);
}

/* Noise that belongs to the thing, not to the camera: the same in every frame. */
void
add_grain (cv::Mat &bgr, double sigma)
{
  cv::RNG noise (7);
  cv::Mat grain (bgr.size (), CV_16SC3);

  noise.fill (grain, cv::RNG::NORMAL, 0, sigma);
  cv::add (bgr, grain, bgr, cv::noArray (), CV_8U);
}

void
draw_finger (Sheet &sheet, cv::Point at, cv::Size size, double angle)
{
  cv::ellipse (sheet.bgr, at, size, angle, 0, 360, cv::Scalar (110, 140, 190), cv::FILLED, cv::LINE_AA);
  cv::ellipse (sheet.bgr, at, cv::Size (size.width * 3 / 4, size.height / 2), angle, 0, 360,
               cv::Scalar (125, 155, 205), cv::FILLED, cv::LINE_AA);
  cv::ellipse (sheet.mask, at, size, angle, 0, 360, cv::Scalar (255), cv::FILLED);
}

/* @hands: 0 none, 1 left, 2 right, 3 both. */
void
draw_hands (Sheet &sheet, cv::Rect thing, int hands)
{
  const int long_side = thing.height / 9;
  const int short_side = thing.height / 26;

  for (int side = 0; side < 2; side++)
    {
      if ((hands & (1 << side)) == 0)
        continue;
      const int x = side == 0 ? thing.x : thing.x + thing.width;
      for (int finger = 0; finger < 4; finger++)
        draw_finger (sheet, cv::Point (x, thing.y + thing.height * 6 / 10 + finger * 2 * short_side),
                     cv::Size (long_side, short_side), side == 0 ? 10 : -10);
    }
}

Sheet
lay_out (const cv::Mat &thing, cv::Rect2f face, cv::Point2f face_from, int spare)
{
  Sheet sheet;

  cv::copyMakeBorder (thing, sheet.bgr, spare, spare, spare, spare, cv::BORDER_REPLICATE);
  sheet.mask = cv::Mat::zeros (sheet.bgr.size (), CV_8U);
  sheet.mask (cv::Rect (spare, spare, thing.cols, thing.rows)) = 255;
  const cv::Point2f middle = (face.tl () + face.br ()) / 2;
  sheet.face = middle * static_cast<float> (enlarged) + face_from
               + cv::Point2f (static_cast<float> (spare), static_cast<float> (spare));
  sheet.face_height = face.height * static_cast<float> (enlarged);
  return sheet;
}

/* Rolls the sheet on a cylinder of @bend radians to either side; the far parts get darker. */
void
bend_sheet (Sheet &sheet, double bend, bool upright)
{
  const cv::Size size = sheet.bgr.size ();
  const double half = (upright ? size.width : size.height) / 2.0;
  cv::Mat map_x (size, CV_32F);
  cv::Mat map_y (size, CV_32F);
  cv::Mat shade (size, CV_8UC3);

  for (int y = 0; y < size.height; y++)
    for (int x = 0; x < size.width; x++)
      {
        const double across = ((upright ? x : y) - half) / half;
        const double angle = std::asin (std::clamp (across * std::sin (bend), -1.0, 1.0));
        const double along = (upright ? y - size.height / 2.0 : x - size.width / 2.0);
        const double further = 1 + 0.12 * (1 - std::cos (angle));
        const double rolled = half + half * angle / bend;
        const double stretched = along * further + (upright ? size.height : size.width) / 2.0;

        map_x.at<float> (y, x) = static_cast<float> (upright ? rolled : stretched);
        map_y.at<float> (y, x) = static_cast<float> (upright ? stretched : rolled);
        shade.at<cv::Vec3b> (y, x)
            = cv::Vec3b::all (cv::saturate_cast<uchar> (128 * (0.55 + 0.45 * std::cos (1.3 * angle))));
      }
  cv::remap (sheet.bgr, sheet.bgr, map_x, map_y, cv::INTER_LINEAR, cv::BORDER_REPLICATE);
  cv::remap (sheet.mask, sheet.mask, map_x, map_y, cv::INTER_NEAREST, cv::BORDER_CONSTANT);
  cv::multiply (sheet.bgr, shade, sheet.bgr, 1.0 / 128);
}

void
add_gloss (cv::Mat &bgr, double strength)
{
  cv::Mat gloss (bgr.size (), CV_8UC3);

  for (int y = 0; y < bgr.rows; y++)
    for (int x = 0; x < bgr.cols; x++)
      {
        const double along = (x * 0.8 + y * 0.6) / bgr.cols - 0.55;
        gloss.at<cv::Vec3b> (y, x)
            = cv::Vec3b::all (cv::saturate_cast<uchar> (strength * std::exp (-along * along * 30)));
      }
  cv::add (bgr, gloss, bgr);
}

cv::Mat
enlarge (const cv::Mat &picture)
{
  cv::Mat large;

  cv::resize (picture, large, cv::Size (), enlarged, enlarged, cv::INTER_CUBIC);
  return large;
}

} // namespace

Paper::Paper (Dice &dice)
    : m_contrast (dice.between ("contrast", 0.68, 0.95)), m_lift (dice.between ("lift", 6, 38)),
      m_grain (dice.between ("grain", 1, 4)), m_gloss (dice.between ("gloss", 0, 45)),
      m_margin (dice.between ("margin", 0, 0.07)), m_bend (dice.between ("bend", 0, 0.75)),
      m_warmth (dice.between ("warmth", -8, 10)), m_upright (dice.chance ("upright-bend", 0.6)),
      m_hands (dice.below ("hands", 4))
{
}

Sheet
Paper::print (const cv::Mat &picture, cv::Rect2f face, double flex) const
{
  cv::Mat thing = enlarge (picture);
  const int margin = cvRound (m_margin * thing.rows);
  const int spare = thing.rows / 8;

  set_tones (thing, m_contrast, m_lift, -m_warmth, m_warmth);
  add_grain (thing, m_grain);
  add_gloss (thing, m_gloss);
  cv::copyMakeBorder (thing, thing, margin, margin, margin, margin, cv::BORDER_CONSTANT,
                      cv::Scalar::all (225));
  const auto from = cv::Point2f (static_cast<float> (margin), static_cast<float> (margin));
  Sheet sheet = lay_out (thing, face, from, spare);
  const double bend = m_bend + flex;
  if (bend > 0.05)
    bend_sheet (sheet, bend, m_upright);
  draw_hands (sheet, cv::Rect (spare, spare, thing.cols, thing.rows), m_hands);
  return sheet;
}

Screen::Screen (Dice &dice, bool bare)
    : m_bare (bare), m_contrast (dice.between ("contrast", 0.62, 0.98)),
      m_lift (dice.between ("lift", 4, 40)), m_blue (dice.between ("blue", -4, 16)),
      m_moire (dice.between ("moire", 0, 0.1)), m_moire_angle (dice.between ("moire-angle", 0, pi)),
      m_moire_length (dice.between ("moire-length", 4, 26)), m_bands (dice.between ("bands", 0, 0.18)),
      m_band_speed (dice.between ("band-speed", -1.5, 1.5)),
      m_band_count (dice.between ("band-count", 0.6, 3)), m_glare (dice.between ("glare", 0, 90)),
      m_glare_x (dice.between ("glare-x", 0, 1)), m_glare_y (dice.between ("glare-y", 0, 0.7)),
      m_glare_size (dice.between ("glare-size", 0.1, 0.4)), m_bezel (dice.between ("bezel", 0.02, 0.1)),
      m_hands (bare ? 0 : dice.below ("hands", 4))
{
}

/* Factors about 128, with room to drift. */
void
Screen::draw_moire (cv::Size size) const
{
  const double kx = 2 * pi * std::cos (m_moire_angle) / m_moire_length;
  const double ky = 2 * pi * std::sin (m_moire_angle) / m_moire_length;

  m_moire_sheet.create (size.height + moire_drift, size.width + moire_drift, CV_8UC3);
  for (int y = 0; y < m_moire_sheet.rows; y++)
    for (int x = 0; x < m_moire_sheet.cols; x++)
      {
        /* The pitch changes a little across the screen; the colours beat a part of a wave apart. */
        const double wave = kx * x + ky * y + 0.0004 * (x - y) * (x - y) / m_moire_length;
        for (int c = 0; c < 3; c++)
          m_moire_sheet.at<cv::Vec3b> (y, x)[c]
              = cv::saturate_cast<uchar> (128 * (1 + m_moire * std::sin (wave + c * 0.7)));
      }
}

void
Screen::add_bands (cv::Mat &bgr, double seconds) const
{
  for (int y = 0; y < bgr.rows; y++)
    {
      const double phase = m_band_count * y / bgr.rows + m_band_speed * seconds;
      const double part = phase - std::floor (phase);
      const double factor = 1 - m_bands * std::exp (-40 * (part - 0.5) * (part - 0.5));

      bgr.row (y).convertTo (bgr.row (y), -1, factor);
    }
}

void
Screen::draw_glare (cv::Size large) const
{
  const double size = m_glare_size * large.height;

  m_glare_sheet.create (large, CV_8UC3);
  for (int y = 0; y < large.height; y++)
    for (int x = 0; x < large.width; x++)
      {
        const double dx = (x - m_glare_x * large.width) / size;
        const double dy = (y - m_glare_y * large.height) / size;
        m_glare_sheet.at<cv::Vec3b> (y, x)
            = cv::Vec3b::all (cv::saturate_cast<uchar> (m_glare * std::exp (-dx * dx - dy * dy)));
      }
}

Sheet
Screen::show (const cv::Mat &picture, cv::Rect2f face, double seconds) const
{
  cv::Mat thing = enlarge (picture);
  const int bezel = m_bare ? 0 : cvRound (m_bezel * thing.rows);
  const int spare = m_bare ? 0 : thing.rows / 8;

  set_tones (thing, m_contrast, m_lift, m_blue, -m_blue / 2);
  if (m_moire_sheet.empty ())
    {
      draw_moire (thing.size ());
      draw_glare (thing.size ());
    }
  const int drift = cvRound (moire_drift / 2.0 * (1 + std::sin (0.7 * seconds)));
  cv::multiply (thing, m_moire_sheet (cv::Rect (cv::Point (drift, drift), thing.size ())), thing, 1.0 / 128);
  if (m_bands > 0.01)
    add_bands (thing, seconds);
  cv::add (thing, m_glare_sheet, thing);
  cv::copyMakeBorder (thing, thing, bezel, bezel, bezel, bezel, cv::BORDER_CONSTANT, cv::Scalar (22, 20, 18));
  const auto from = cv::Point2f (static_cast<float> (bezel), static_cast<float> (bezel));
  Sheet sheet = lay_out (thing, face, from, spare);
  draw_hands (sheet, cv::Rect (spare, spare, thing.cols, thing.rows), m_hands);
  return sheet;
}

cv::Mat
room (Dice &dice, cv::Size size)
{
  const bool first = dice.chance ("room-12", 0.5);
  const cv::Mat frame = Reel::of (first ? "cap12_edit.webm" : "cap13_edit2.webm").at (first ? 4 : 6);
  /* Beside the man's head. */
  const bool left = dice.chance ("room-left", 0.5);
  cv::Mat side
      = frame (cv::Rect (left ? 0 : frame.cols * 7 / 10, 0, frame.cols * 3 / 10, frame.rows)).clone ();
  cv::Mat scene;
  cv::resize (side, scene, size, 0, 0, cv::INTER_CUBIC);
  cv::GaussianBlur (scene, scene, cv::Size (), size.width / 90.0);
  const double light = dice.between ("room-light", 0.8, 1.4);
  scene.convertTo (scene, -1, light, dice.between ("room-lift", 0, 40));

  /* The shirt. */
  const cv::Scalar shirt{ dice.quiet (30, 140), dice.quiet (30, 120), dice.quiet (30, 120) };
  const cv::Point chest (size.width / 2, cvRound (size.height * 1.15));
  cv::ellipse (scene, chest, cv::Size (size.width * 4 / 10, size.height * 4 / 10), 0, 0, 360, shirt,
               cv::FILLED, cv::LINE_AA);
  cv::GaussianBlur (scene, scene, cv::Size (), 2);
  return scene;
}

Webcam::Webcam (Dice &dice)
    : m_dice (dice), m_blur (dice.between ("focus", 0.2, 1.1)), m_gain (dice.between ("gain", 0.85, 1.15)),
      m_offset (dice.between ("offset", -10, 12)), m_noise (dice.between ("noise", 0.8, 3.5)),
      m_quality (60 + dice.below ("packing", 32))
{
}

cv::Mat
Webcam::take (const cv::Mat &scene)
{
  constexpr int spare = 64;
  cv::Mat picture;
  std::vector<unsigned char> packed;

  if (m_grain.empty ())
    {
      cv::RNG noise (static_cast<std::uint64_t> (m_dice.quiet (1, 1e9)));
      m_grain.create (scene.rows + spare, scene.cols + spare, CV_16SC3);
      noise.fill (m_grain, cv::RNG::NORMAL, 0, m_noise);
    }
  const cv::Rect part{ static_cast<int> (m_dice.quiet (0, spare)), static_cast<int> (m_dice.quiet (0, spare)),
                       scene.cols, scene.rows };
  cv::GaussianBlur (scene, picture, cv::Size (), m_blur);
  picture.convertTo (picture, -1, m_gain, m_offset);
  cv::add (picture, m_grain (part), picture, cv::noArray (), CV_8U);
  cv::imencode (".jpg", picture, packed, { cv::IMWRITE_JPEG_QUALITY, m_quality });
  return cv::imdecode (packed, cv::IMREAD_COLOR);
}

} // namespace attacks
