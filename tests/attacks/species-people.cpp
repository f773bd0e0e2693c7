/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "faces.hpp"
#include "look.hpp"
#include "presentation.hpp"

#include <algorithm>
#include <glib.h>
#include <opencv2/imgproc.hpp>

namespace attacks
{
namespace
{

const cv::Size view (640, 480);

Take
take_of_man (const char *clip, double from)
{
  /* He never smiles: opening his mouth is what he has to offer. */
  const double talk = g_str_equal (clip, "cap12_edit.webm") ? 22 : 12;

  return { { from, from + 6 }, { from + 4, from + 6 }, { talk, talk + 10 } };
}

/* Draws @picture so that the @face in it stands in the middle of @part of the scene, @height high. */
void
place (cv::Mat scene, const cv::Mat &picture, cv::Rect2f face, double height)
{
  const double scale = height / static_cast<double> (face.height);
  const cv::Point2f middle = (face.tl () + face.br ()) / 2;
  const cv::Matx23d where (scale, 0, scene.cols / 2.0 - scale * static_cast<double> (middle.x), 0, scale,
                           scene.rows * 0.48 - scale * static_cast<double> (middle.y));

  cv::warpAffine (picture, scene, where, scene.size (), cv::INTER_LINEAR, cv::BORDER_REPLICATE);
}

/* The customer does all that is asked; somebody else stands beside them. */
class TwoFaces : public Presentation
{
public:
  explicit TwoFaces (Dice &dice)
      : m_customer (Reel::of ("franck.webm"), franck_take (dice.below ("take", franck_takes)), dice),
        m_other (dice.below ("other", 4)), m_height (dice.between ("height", 150, 215)),
        m_ratio (dice.between ("ratio", 0.55, 0.95)), m_left (dice.chance ("left", 0.5)),
        m_late (dice.chance ("late", 0.3) ? dice.between ("late-seconds", 0.2, 1.2) : 0),
        m_from (dice.between ("other-from", 2, 9)), m_webcam (dice)
  {
  }

  cv::Mat show (const Moment &moment) override
  {
    const cv::Mat customer = m_customer.show (moment);
    const cv::Mat other = other_at (moment.seconds);
    cv::Mat scene (view, CV_8UC3);

    if (m_face.empty ())
      {
        m_face = need_face (customer, "franck.webm").box;
        m_other_face = need_face (other, "the other").box;
      }
    if (moment.seconds < m_late)
      {
        place (scene, customer, m_face, m_height);
        return m_webcam.take (scene);
      }
    const int half = view.width / 2;
    place (scene.colRange (m_left ? 0 : half, m_left ? half : view.width), customer, m_face, m_height);
    place (scene.colRange (m_left ? half : 0, m_left ? view.width : half), other, m_other_face,
           m_height * m_ratio);
    return m_webcam.take (scene);
  }

private:
  cv::Mat other_at (double seconds) const
  {
    switch (m_other)
      {
      case 0:
        return Reel::of ("cap12_edit.webm").at (m_from + seconds);
      case 1:
        return Reel::of ("cap13_edit2.webm").at (m_from + seconds);
      case 2:
        return still ("grace_hopper.jpg");
      default:
        return still ("astronaut.png");
      }
  }

  Actor m_customer;
  int m_other;
  double m_height, m_ratio;
  bool m_left;
  double m_late, m_from;
  Webcam m_webcam;
  cv::Rect2f m_face;
  cv::Rect2f m_other_face;
};

/* Somebody real who knows the digits of somebody else. */
class Stranger : public Presentation
{
public:
  explicit Stranger (Dice &dice) : m_scale (dice.between ("scale", 1, 1.6)), m_webcam (dice)
  {
    const bool smiler = dice.chance ("smiler", 0.5);
    const char *clip = smiler                       ? "franck.webm"
                       : dice.chance ("cap12", 0.6) ? "cap12_edit.webm"
                                                    : "cap13_edit2.webm";
    const Take take = smiler ? franck_take (dice.below ("take", franck_takes))
                             : take_of_man (clip, dice.between ("from", 1, 10));

    m_actor = std::make_unique<Actor> (Reel::of (clip), take, dice);
    if (smiler)
      m_victim = static_cast<Victim> (1 + dice.below ("victim", victims - 1));
  }

  cv::Mat show (const Moment &moment) override
  {
    cv::Mat scene;

    cv::resize (m_actor->show (moment), scene, cv::Size (), m_scale, m_scale, cv::INTER_CUBIC);
    return m_webcam.take (scene);
  }

private:
  double m_scale;
  Webcam m_webcam;
  std::unique_ptr<Actor> m_actor;
};

/* A stranger lets the till find them alive, then holds the customer's picture before their own face. */
class Takeover : public Presentation
{
public:
  explicit Takeover (Dice &dice)
      : m_smiler (dice.chance ("smiler", 0.5)), m_up (dice.between ("up-at", 0.8, 4)),
        m_rises (dice.between ("rise-seconds", 0.06, 0.8)),
        m_stays (dice.chance ("lowered", 0.6) ? dice.between ("stay-seconds", 0.3, 3) : 1000),
        m_down_when_asked (dice.chance ("down-when-asked", 0.5)), m_paper (dice), m_screen (dice, false),
        m_on_paper (dice.chance ("paper", 0.5)), m_webcam (dice)
  {
    const char *clip = m_smiler ? "franck.webm" : "cap12_edit.webm";
    const Take own = m_smiler ? franck_take (dice.below ("take", franck_takes))
                              : take_of_man (clip, dice.between ("from", 1, 10));

    m_actor = std::make_unique<Actor> (Reel::of (clip), own, dice);
    m_victim = m_smiler ? Victim::hopper : Victim::franck;
    if (!m_smiler)
      m_video = std::make_unique<Actor> (Reel::of ("franck.webm"),
                                         franck_take (dice.below ("video-take", franck_takes)), dice);
    m_picture = m_smiler ? still ("grace_hopper.jpg") : m_video->show ({ 0, false });
    m_picture_face = need_face (m_picture, "the picture held up").box;
    const cv::Mat scene = enlarge (m_actor->show ({ 0, false }));
    const Face head = need_face (scene, clip);
    const double height
        = static_cast<double> (head.box.height) / view.height * dice.between ("size", 0.9, 1.25);
    const cv::Point2f middle = head.middle ();
    m_grip = std::make_unique<Grip> (
        dice, view, dice.between ("restless", 0, 0.4),
        Reach{ height,
               height,
               { static_cast<double> (middle.x) / view.width, static_cast<double> (middle.y) / view.height },
               0.6 });
  }

  cv::Mat show (const Moment &moment) override
  {
    cv::Mat scene = enlarge (m_actor->show (moment));
    const double below = how_low (moment);

    if (!m_on_paper && m_video != nullptr)
      m_picture = m_video->show (moment);
    if (below < 1)
      m_grip->draw (scene, sheet (moment.seconds), moment.seconds,
                    cv::Point2f (0, static_cast<float> (1.4 * below)));
    return m_webcam.take (scene);
  }

private:
  static cv::Mat enlarge (const cv::Mat &picture)
  {
    cv::Mat large;

    cv::resize (picture, large, view, 0, 0, cv::INTER_CUBIC);
    return large;
  }

  /* 0 before the face .. 1 out of sight. */
  double how_low (const Moment &moment)
  {
    if (m_down < 0 && (m_down_when_asked ? moment.smile_asked : moment.seconds > m_up + m_rises + m_stays))
      m_down = moment.seconds;
    const double rising = 1 - (moment.seconds - m_up) / m_rises;
    const double falling = m_down < 0 ? 0 : (moment.seconds - m_down) / m_rises;

    return std::clamp (std::max (rising, falling), 0.0, 1.0);
  }

  const Sheet &sheet (double seconds)
  {
    if (!m_on_paper)
      m_sheet = m_screen.show (m_picture, m_picture_face, seconds);
    else if (m_sheet.bgr.empty ())
      m_sheet = m_paper.print (m_picture, m_picture_face);
    return m_sheet;
  }

  bool m_smiler;
  double m_up, m_rises, m_stays;
  bool m_down_when_asked;
  Paper m_paper;
  Screen m_screen;
  bool m_on_paper;
  Webcam m_webcam;
  std::unique_ptr<Actor> m_actor;
  std::unique_ptr<Actor> m_video;
  std::unique_ptr<Grip> m_grip;
  cv::Mat m_picture;
  cv::Rect2f m_picture_face;
  Sheet m_sheet;
  double m_down = -1;
};

} // namespace

std::unique_ptr<Presentation>
make_two_faces (Dice &dice)
{
  return std::make_unique<TwoFaces> (dice);
}

std::unique_ptr<Presentation>
make_stranger (Dice &dice)
{
  return std::make_unique<Stranger> (dice);
}

std::unique_ptr<Presentation>
make_takeover (Dice &dice)
{
  return std::make_unique<Takeover> (dice);
}

} // namespace attacks
