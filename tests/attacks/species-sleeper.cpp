/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "faces.hpp"
#include "look.hpp"
#include "presentation.hpp"

#include <algorithm>
#include <opencv2/imgproc.hpp>

namespace attacks
{
namespace
{

/* Height of a line through some landmarks, at @x. */
float
height_at (const std::vector<cv::Point2f> &line, float x)
{
  for (std::size_t i = 1; i < line.size (); i++)
    if (x <= line[i].x || i + 1 == line.size ())
      {
        const float run = std::max (line[i].x - line[i - 1].x, 0.5F);
        const float part = std::clamp ((x - line[i - 1].x) / run, 0.0F, 1.0F);
        return line[i - 1].y + part * (line[i].y - line[i - 1].y);
      }
  return line.back ().y;
}

/*
 * Draws the skin between brow and upper lid down over the eye, and the lashes along the lower lid. @eye: the six
 * points of an eye; @open: what is left of the opening.
 */
void
shut_eye (cv::Mat &bgr, const std::vector<cv::Point2f> &eye, double open)
{
  const std::vector<cv::Point2f> upper = { eye[0], eye[1], eye[2], eye[3] };
  const std::vector<cv::Point2f> lower = { eye[0], eye[5], eye[4], eye[3] };
  const float width = eye[3].x - eye[0].x;
  const float spare = 0.18F * width;
  const cv::Mat before = bgr.clone ();

  for (int x = std::max (0, cvRound (eye[0].x - spare));
       x <= std::min (bgr.cols - 1, cvRound (eye[3].x + spare)); x++)
    {
      const float lid = height_at (upper, static_cast<float> (x)) - 0.12F * width;
      const float below = height_at (lower, static_cast<float> (x)) + 0.08F * width;
      const float shut = below - static_cast<float> (open) * (below - lid);
      const float from = lid - 0.22F * width;

      for (int y = std::max (0, cvRound (from)); y < std::min (static_cast<float> (bgr.rows - 2), shut + 1);
           y++)
        {
          const float part = (static_cast<float> (y) - from) / std::max (shut - from, 1.0F);
          const int source = std::clamp (cvRound (from + part * (lid - from)), 0, bgr.rows - 1);
          bgr.at<cv::Vec3b> (y, x) = before.at<cv::Vec3b> (source, x);
        }
      if (x < eye[0].x || x > eye[3].x)
        continue;
      /* Lashes. */
      const int edge = std::clamp (cvRound (shut), 1, bgr.rows - 2);
      bgr.at<cv::Vec3b> (edge, x) = bgr.at<cv::Vec3b> (edge, x) * 0.45;
      bgr.at<cv::Vec3b> (edge - 1, x) = bgr.at<cv::Vec3b> (edge - 1, x) * 0.7;
    }
}

void
shut_eyes (cv::Mat &bgr, const Face &face, double open)
{
  cv::Mat soft;
  cv::Mat shut = bgr.clone ();
  const std::vector<cv::Point2f> eyes = part_of (face, 36, 47);

  for (const int eye : { 36, 42 })
    shut_eye (shut, part_of (face, eye, eye + 5), open);
  /* Only about the eyes, and softly, so that no edge is left. */
  const cv::Rect about = cv::boundingRect (eyes);
  const cv::Rect wide
      = (about + cv::Size (about.width / 4, about.height * 2) - cv::Point (about.width / 8, about.height))
        & cv::Rect (cv::Point (), bgr.size ());
  cv::GaussianBlur (shut (wide), soft, cv::Size (), 0.7);
  soft.copyTo (bgr (wide));
}

/*
 * The customer asleep, held before the camera. Some of them smile in their sleep when asked: somebody else pulls the
 * corners of their mouth.
 */
class Sleeper : public Presentation
{
public:
  explicit Sleeper (Dice &dice)
      : m_actor (Reel::of ("franck.webm"), franck_take (dice.below ("take", franck_takes)), dice),
        m_smiles (dice.chance ("made-to-smile", 0.5)),
        m_open (dice.chance ("slit", 0.2) ? dice.between ("open", 0, 0.2) : 0),
        m_scale (dice.between ("scale", 1, 1.6)), m_webcam (dice)
  {
  }

  cv::Mat show (const Moment &moment) override
  {
    cv::Mat picture = m_actor.show ({ moment.seconds, m_smiles && moment.smile_asked });
    const std::optional<Face> face = find_face (picture);
    cv::Mat scene;

    if (face)
      shut_eyes (picture, *face, m_open);
    cv::resize (picture, scene, cv::Size (), m_scale, m_scale, cv::INTER_CUBIC);
    return m_webcam.take (scene);
  }

private:
  Actor m_actor;
  bool m_smiles;
  double m_open;
  double m_scale;
  Webcam m_webcam;
};

} // namespace

std::unique_ptr<Presentation>
make_sleeper (Dice &dice)
{
  return std::make_unique<Sleeper> (dice);
}

} // namespace attacks
