/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "faces.hpp"
#include "look.hpp"
#include "presentation.hpp"

#include <algorithm>
#include <cmath>
#include <opencv2/imgproc.hpp>

namespace attacks
{
namespace
{

const cv::Size view (640, 480);

struct Picture
{
  cv::Mat bgr;
  cv::Rect2f face;
};

Picture
frame_of_franck (const Span &span, Dice &dice, const char *what)
{
  const cv::Mat frame = Reel::of ("franck.webm").at (dice.between (what, span.from, span.to));

  return { frame, need_face (frame, "franck.webm").box };
}

Picture
portrait (const char *name)
{
  cv::Mat small;

  /* As many pixels about the face as the clip has. */
  cv::resize (still (name), small, cv::Size (320, 320), 0, 0, cv::INTER_AREA);
  return { small, need_face (small, name).box };
}

/* A photograph on paper or on a telephone, which shows either kind of thing. */
class Medium
{
public:
  explicit Medium (Dice &dice) : m_on_paper (dice.chance ("paper", 0.65))
  {
    if (m_on_paper)
      m_paper = std::make_unique<Paper> (dice);
    else
      m_screen = std::make_unique<Screen> (dice, false);
  }

  bool on_paper () const
  {
    return m_on_paper;
  }

  Sheet show (const Picture &picture, double seconds, double flex) const
  {
    return m_on_paper ? m_paper->print (picture.bgr, picture.face, flex)
                      : m_screen->show (picture.bgr, picture.face, seconds);
  }

private:
  bool m_on_paper;
  std::unique_ptr<Paper> m_paper;
  std::unique_ptr<Screen> m_screen;
};

class Photo : public Presentation
{
public:
  Photo (Dice &dice, bool smiling)
      : m_room (room (dice, view)), m_medium (dice), m_grip (dice, view, dice.between ("restless", 0, 1)),
        m_flex (dice.chance ("flexed", 0.4) ? dice.between ("flex", 0.1, 0.4) : 0),
        m_asked_flex (dice.chance ("flexed-when-asked", 0.4) ? 0.5 : 0),
        m_raised (dice.chance ("raised", 0.4) ? dice.between ("raise-seconds", 0.4, 1.5) : 0), m_webcam (dice)
  {
    const int take = dice.below ("take", franck_takes);

    if (dice.chance ("portrait", 0.3))
      {
        m_victim = smiling ? Victim::astronaut : Victim::hopper;
        m_picture = portrait (smiling ? "astronaut.png" : "grace_hopper.jpg");
      }
    else
      m_picture
          = frame_of_franck (smiling ? franck_take (take).smile : franck_take (take).neutral, dice, "frame");
  }

  cv::Mat show (const Moment &moment) override
  {
    cv::Mat scene = m_room.clone ();
    const double flex = m_medium.on_paper () ? m_flex * (1 + std::sin (2.2 * moment.seconds))
                                                   + (moment.smile_asked ? m_asked_flex : 0)
                                             : 0;
    const double below = m_raised > 0 ? std::max (0.0, 1 - moment.seconds / m_raised) : 0;

    if (m_sheet.bgr.empty () || std::abs (flex - m_shown_flex) > 0.02)
      {
        m_sheet = m_medium.show (m_picture, 0, flex);
        m_shown_flex = flex;
      }
    m_grip.draw (scene, m_sheet, moment.seconds, cv::Point2f (0, static_cast<float> (below)));
    return m_webcam.take (scene);
  }

private:
  cv::Mat m_room;
  Medium m_medium;
  Grip m_grip;
  double m_flex, m_asked_flex, m_raised;
  Webcam m_webcam;
  Picture m_picture;
  Sheet m_sheet;
  double m_shown_flex = 0;
};

/* How one photograph makes room for the other. */
enum class Manner
{
  cut,
  slide,
  hand,
  fade,
};

class SwappedPhoto : public Presentation
{
public:
  explicit SwappedPhoto (Dice &dice)
      : m_room (room (dice, view)), m_medium (dice), m_grip (dice, view, dice.between ("restless", 0, 0.6)),
        m_manner (static_cast<Manner> (dice.below ("manner", m_medium.on_paper () ? 3 : 4))),
        m_takes (dice.between ("swap-seconds", 0.08, 0.9)), m_delay (dice.between ("swap-delay", 0.1, 2.5)),
        m_blind (dice.chance ("blind", 0.25) ? dice.between ("blind-at", 2, 7) : -1), m_webcam (dice)
  {
    const Take &take = franck_take (dice.below ("take", franck_takes));

    m_pictures[0] = frame_of_franck (take.neutral, dice, "neutral-frame");
    m_pictures[1] = frame_of_franck (take.smile, dice, "smiling-frame");
    for (int i = 0; i < 2; i++)
      m_sheets[i] = m_medium.show (m_pictures[i], 0, 0);
  }

  cv::Mat show (const Moment &moment) override
  {
    cv::Mat scene = m_room.clone ();
    const double done = progress (moment);

    switch (m_manner)
      {
      case Manner::slide:
        m_grip.draw (scene, m_sheets[0], moment.seconds);
        if (done > 0)
          m_grip.draw (scene, m_sheets[1], moment.seconds, cv::Point2f (static_cast<float> (1 - done), 0));
        break;
      case Manner::hand:
        m_grip.draw (scene, m_sheets[done < 0.5 ? 0 : 1], moment.seconds);
        if (done > 0 && done < 1)
          draw_hand (scene, done);
        break;
      case Manner::fade:
        m_grip.draw (scene, fade (done), moment.seconds);
        break;
      case Manner::cut:
      default:
        m_grip.draw (scene, m_sheets[done < 0.5 ? 0 : 1], moment.seconds);
        break;
      }
    return m_webcam.take (scene);
  }

private:
  /* 0 before the swap .. 1 after it. */
  double progress (const Moment &moment)
  {
    if (m_began < 0 && m_blind < 0 && moment.smile_asked)
      m_began = moment.seconds + m_delay;
    if (m_began < 0 && m_blind >= 0)
      m_began = m_blind;
    return m_began < 0 ? 0 : std::clamp ((moment.seconds - m_began) / m_takes, 0.0, 1.0);
  }

  void draw_hand (cv::Mat &scene, double done) const
  {
    const double size = 1.1 * m_grip.face_height ();
    const cv::Point at (cvRound (scene.cols * (1.6 * done - 0.3)), scene.rows / 2);

    cv::ellipse (scene, at, cv::Size (cvRound (size * 0.8), cvRound (size * 0.7)), 20, 0, 360,
                 cv::Scalar (105, 135, 185), cv::FILLED, cv::LINE_AA);
  }

  Sheet fade (double done) const
  {
    cv::Mat between;

    cv::addWeighted (m_pictures[0].bgr, 1 - done, m_pictures[1].bgr, done, 0, between);
    return m_medium.show ({ between, m_pictures[0].face }, 0, 0);
  }

  cv::Mat m_room;
  Medium m_medium;
  Grip m_grip;
  Manner m_manner;
  double m_takes, m_delay, m_blind;
  Webcam m_webcam;
  Picture m_pictures[2];
  Sheet m_sheets[2];
  double m_began = -1;
};

} // namespace

std::unique_ptr<Presentation>
make_photo (Dice &dice)
{
  return std::make_unique<Photo> (dice, false);
}

std::unique_ptr<Presentation>
make_smiling_photo (Dice &dice)
{
  return std::make_unique<Photo> (dice, true);
}

std::unique_ptr<Presentation>
make_swapped_photo (Dice &dice)
{
  return std::make_unique<SwappedPhoto> (dice);
}

} // namespace attacks
