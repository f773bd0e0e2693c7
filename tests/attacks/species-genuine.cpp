/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "look.hpp"
#include "presentation.hpp"

#include <opencv2/imgproc.hpp>

namespace attacks
{
namespace
{

/* The customer, by other cameras, in other light, nearer and further, the camera knocked, the picture mirrored. */
class Genuine : public Presentation
{
public:
  explicit Genuine (Dice &dice)
      : m_actor (Reel::of ("franck.webm"), franck_take (dice.below ("take", franck_takes)), dice),
        m_mirrored (dice.chance ("mirrored", 0.5)), m_scale (dice.between ("scale", 1, 2.2)),
        m_zoom (dice.between ("zoom", 1, 1.25)), m_contrast (dice.between ("contrast", 0.75, 1.2)),
        m_brightness (dice.between ("brightness", -25, 30)),
        m_x (dice, dice.chance ("shaken", 0.4) ? dice.between ("shake", 1, 7) : 0.3, 0.5, 4),
        m_y (dice, dice.quiet (0.3, 4), 0.5, 4), m_turn (dice, 0.8, 0.2, 1), m_webcam (dice)
  {
  }

  cv::Mat show (const Moment &moment) override
  {
    cv::Mat picture = m_actor.show (moment);
    cv::Mat scene;
    const double scale = m_scale * m_zoom;

    if (m_mirrored)
      cv::flip (picture, picture, 1);
    cv::Mat where = cv::getRotationMatrix2D (
        cv::Point2f (static_cast<float> (picture.cols) / 2, static_cast<float> (picture.rows) / 2),
        m_turn.at (moment.seconds), scale);
    const cv::Size size (cvRound (picture.cols * m_scale), cvRound (picture.rows * m_scale));
    where.at<double> (0, 2) += (size.width - picture.cols) / 2.0 + m_x.at (moment.seconds) * m_scale;
    where.at<double> (1, 2) += (size.height - picture.rows) / 2.0 + m_y.at (moment.seconds) * m_scale;
    cv::warpAffine (picture, scene, where, size, cv::INTER_CUBIC, cv::BORDER_REPLICATE);
    scene.convertTo (scene, -1, m_contrast, m_brightness);
    return m_webcam.take (scene);
  }

private:
  Actor m_actor;
  bool m_mirrored;
  double m_scale, m_zoom, m_contrast, m_brightness;
  Tremor m_x, m_y, m_turn;
  Webcam m_webcam;
};

} // namespace

std::unique_ptr<Presentation>
make_genuine (Dice &dice)
{
  return std::make_unique<Genuine> (dice);
}

} // namespace attacks
