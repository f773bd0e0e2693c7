/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "faces.hpp"
#include "look.hpp"
#include "presentation.hpp"

#include <opencv2/calib3d.hpp>
#include <opencv2/imgproc.hpp>

namespace attacks
{
namespace
{

const cv::Size view (640, 480);

std::vector<cv::Point>
outline (std::vector<cv::Point2f> points, double wider)
{
  std::vector<cv::Point2f> hull;
  std::vector<cv::Point> grown;
  cv::Point2f middle;

  cv::convexHull (points, hull);
  for (const cv::Point2f &point : hull)
    middle += point / static_cast<float> (hull.size ());
  for (const cv::Point2f &point : hull)
    grown.emplace_back (middle + (point - middle) * static_cast<float> (wider));
  return grown;
}

/*
 * A printed face with holes, worn: it goes with the head of the one beneath, whose eyes or mouth are seen to move. Cut
 * out along the face, or with the whole photograph around it.
 */
class Mask : public Presentation
{
public:
  explicit Mask (Dice &dice) : m_paper (dice), m_webcam (dice)
  {
    const bool himself = dice.chance ("smiler-beneath", 0.5);
    const Take &take = franck_take (dice.below ("take", franck_takes));
    const int of = dice.below ("portrait", himself ? 3 : 1);
    const double from = dice.between ("man-from", 2, 14);

    m_actor = std::make_unique<Actor> (
        Reel::of (himself ? "franck.webm" : "cap12_edit.webm"),
        himself ? take : Take{ { from, from + 12 }, { from, from + 12 }, { 20, 40 } }, dice);
    m_victim = of == 0 ? Victim::franck : of == 1 ? Victim::hopper : Victim::astronaut;
    m_picture = of == 0 ? Reel::of ("franck.webm").at (take.neutral.from + 1)
                        : still (of == 1 ? "grace_hopper.jpg" : "astronaut.png");
    m_face = need_face (m_picture, "the mask's picture");
    const int holes = dice.below ("holes", 3);
    const bool cut_out = dice.chance ("cut-out", 0.5);
    cut (holes, cut_out, dice.between ("hole-size", 1.1, 1.7));
  }

  cv::Mat show (const Moment &moment) override
  {
    const cv::Mat beneath = m_actor->show (moment);
    const std::optional<Face> head = find_face (beneath);
    cv::Mat scene;

    cv::resize (beneath, scene, view, 0, 0, cv::INTER_CUBIC);
    if (head)
      put_on (*head, beneath.size ());
    if (!m_worn.empty ())
      {
        cv::Mat placed;
        cv::Mat mask;

        cv::warpAffine (m_sheet.bgr, placed, m_worn, view, cv::INTER_LINEAR);
        cv::warpAffine (m_sheet.mask, mask, m_worn, view, cv::INTER_NEAREST);
        placed.copyTo (scene, mask);
      }
    return m_webcam.take (scene);
  }

private:
  /* @holes: 0 eyes, 1 mouth, 2 both. */
  void cut (int holes, bool cut_out, double size)
  {
    m_sheet = m_paper.print (m_picture, m_face.box);
    /* Where the picture's points went is known by the face, which the print keeps in place and in shape. */
    const float scale = m_sheet.face_height / m_face.box.height;
    for (cv::Point2f &point : m_face.points)
      point = (point - m_face.middle ()) * scale + m_sheet.face;

    if (cut_out)
      {
        m_sheet.mask.setTo (0);
        cv::fillConvexPoly (m_sheet.mask, outline (part_of (m_face, 0, 26), 1.0), cv::Scalar (255));
      }
    if (holes != 1)
      for (const int eye : { 36, 42 })
        cv::fillConvexPoly (m_sheet.mask, outline (part_of (m_face, eye, eye + 5), size), cv::Scalar (0));
    if (holes != 0)
      cv::fillConvexPoly (m_sheet.mask, outline (part_of (m_face, 48, 59), size), cv::Scalar (0));
  }

  void put_on (const Face &head, cv::Size from)
  {
    std::vector<cv::Point2f> holes;
    std::vector<cv::Point2f> beneath;
    const auto x = static_cast<float> (view.width) / static_cast<float> (from.width);
    const auto y = static_cast<float> (view.height) / static_cast<float> (from.height);

    for (std::size_t i = 27; i < 60; i++)
      {
        holes.push_back (m_face.points[i]);
        beneath.emplace_back (head.points[i].x * x, head.points[i].y * y);
      }
    const cv::Mat fit = cv::estimateAffinePartial2D (holes, beneath, cv::noArray (), cv::LMEDS);
    if (fit.empty ())
      return;
    m_worn = m_worn.empty () ? fit : cv::Mat (0.6 * m_worn + 0.4 * fit);
  }

  Paper m_paper;
  Webcam m_webcam;
  std::unique_ptr<Actor> m_actor;
  cv::Mat m_picture;
  Face m_face;
  Sheet m_sheet;
  cv::Mat m_worn;
};

} // namespace

std::unique_ptr<Presentation>
make_mask (Dice &dice)
{
  return std::make_unique<Mask> (dice);
}

} // namespace attacks
