/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sheet.hpp"

#include <cmath>
#include <opencv2/imgproc.hpp>

namespace attacks
{
namespace
{

constexpr double pi = 3.14159265358979;

cv::Matx33d
turn_about (int axis, double degrees)
{
  const double c = std::cos (degrees * pi / 180);
  const double s = std::sin (degrees * pi / 180);

  switch (axis)
    {
    case 0:
      return cv::Matx33d (1, 0, 0, 0, c, -s, 0, s, c);
    case 1:
      return cv::Matx33d (c, 0, s, 0, 1, 0, -s, 0, c);
    default:
      return cv::Matx33d (c, -s, 0, s, c, 0, 0, 0, 1);
    }
}

} // namespace

Tremor::Tremor (Dice &dice, double size, double slowest, double fastest)
{
  for (Wave &wave : m_waves)
    wave = { size * dice.quiet (0.2, 0.6), dice.quiet (slowest, fastest), dice.quiet (0, 2 * pi) };
}

double
Tremor::at (double seconds) const
{
  double sum = 0;

  for (const Wave &wave : m_waves)
    sum += wave.size * std::sin (2 * pi * wave.speed * seconds + wave.phase);
  return sum;
}

Grip::Grip (Dice &dice, cv::Size canvas, double restless, const Reach &reach)
    : m_canvas (canvas),
      m_face_height (canvas.height * dice.between ("face-height", reach.least, reach.most)),
      m_place{ canvas.width * dice.between ("x", 0.44, 0.56),
               canvas.height * dice.between ("y", 0.44, 0.54) },
      m_yaw (reach.turned * dice.between ("yaw", -14, 14)),
      m_pitch (reach.turned * dice.between ("pitch", -10, 10)),
      m_roll (reach.turned * dice.between ("roll", -8, 8)),
      m_x (dice, canvas.width * 0.03 * restless + 1, 0.2, 1.2),
      m_y (dice, canvas.height * 0.03 * restless + 1, 0.2, 1.2),
      m_depth (dice, 0.08 * restless + 0.004, 0.1, 0.5), m_turn (dice, 12 * restless + 0.4, 0.2, 0.9),
      m_nod (dice, 8 * restless + 0.4, 0.2, 0.9), m_tilt (dice, 6 * restless + 0.3, 0.2, 0.9)
{
  if (reach.place.x >= 0)
    m_place = cv::Point2d (reach.place.x * canvas.width, reach.place.y * canvas.height);
}

/* A pinhole camera two canvas widths away from the middle of the sheet's face. */
cv::Matx33d
Grip::pose (const Sheet &sheet, double seconds, cv::Point2f away) const
{
  const double focal = 2.0 * m_canvas.width;
  const double scale = m_face_height / sheet.face_height * (1 + m_depth.at (seconds));
  const cv::Matx33d turn = turn_about (2, m_roll + m_tilt.at (seconds))
                           * turn_about (1, m_yaw + m_turn.at (seconds))
                           * turn_about (0, m_pitch + m_nod.at (seconds));
  const double x = m_place.x + m_x.at (seconds) + static_cast<double> (away.x) * m_canvas.width;
  const double y = m_place.y + m_y.at (seconds) + static_cast<double> (away.y) * m_canvas.height;
  const cv::Matx33d to_middle (scale, 0, -scale * static_cast<double> (sheet.face.x), 0, scale,
                               -scale * static_cast<double> (sheet.face.y), 0, 0, 1);
  /* Columns: the sheet's two axes in space, and the way to its middle. */
  const cv::Matx33d in_space (turn (0, 0), turn (0, 1), 0, turn (1, 0), turn (1, 1), 0, turn (2, 0),
                              turn (2, 1), focal);
  const cv::Matx33d lens (focal, 0, x, 0, focal, y, 0, 0, 1);

  return lens * in_space * to_middle;
}

void
Grip::draw (cv::Mat &canvas, const Sheet &sheet, double seconds, cv::Point2f away) const
{
  const cv::Matx33d matrix = pose (sheet, seconds, away);
  cv::Mat placed;
  cv::Mat mask;

  cv::warpPerspective (sheet.bgr, placed, matrix, canvas.size (), cv::INTER_LINEAR);
  cv::warpPerspective (sheet.mask, mask, matrix, canvas.size (), cv::INTER_LINEAR);
  cv::threshold (mask, mask, 127, 255, cv::THRESH_BINARY);
  placed.copyTo (canvas, mask);
}

} // namespace attacks
