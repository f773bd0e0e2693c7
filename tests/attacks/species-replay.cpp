/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "faces.hpp"
#include "look.hpp"
#include "presentation.hpp"

#include <cmath>

namespace attacks
{
namespace
{

const cv::Size view (640, 480);

/* When the video on the screen smiles: by itself, or when its owner hears the till ask. */
class Player
{
public:
  Player (Dice &dice, bool button)
      : m_actor (Reel::of ("franck.webm"), franck_take (dice.below ("take", franck_takes)), dice),
        m_button (button), m_neutral (dice.between ("neutral-seconds", 1.2, 6)),
        m_smile (dice.between ("smile-seconds", 1.5, 5))
  {
  }

  cv::Mat show (const Moment &moment)
  {
    const double part = std::fmod (moment.seconds, m_neutral + m_smile);

    return m_actor.show ({ moment.seconds, m_button ? moment.smile_asked : part >= m_neutral });
  }

private:
  Actor m_actor;
  bool m_button;
  double m_neutral, m_smile;
};

class Replay : public Presentation
{
public:
  Replay (Dice &dice, bool button)
      : m_room (room (dice, view)), m_player (dice, button), m_screen (dice, false),
        m_grip (dice, view, dice.between ("restless", 0, 0.5)), m_webcam (dice)
  {
  }

  cv::Mat show (const Moment &moment) override
  {
    const cv::Mat picture = m_player.show (moment);
    cv::Mat scene = m_room.clone ();

    if (m_face.empty ())
      m_face = need_face (picture, "franck.webm").box;
    m_grip.draw (scene, m_screen.show (picture, m_face, moment.seconds), moment.seconds);
    return m_webcam.take (scene);
  }

private:
  cv::Mat m_room;
  Player m_player;
  Screen m_screen;
  Grip m_grip;
  Webcam m_webcam;
  cv::Rect2f m_face;
};

/* The screen reaches beyond the camera's view on all sides. */
class BareReplay : public Presentation
{
public:
  explicit BareReplay (Dice &dice)
      : m_player (dice, dice.chance ("button", 0.6)), m_screen (dice, true),
        m_grip (dice, view, dice.between ("restless", 0, 0.15), { 1.2, 1.5, { 0.5, 0.5 }, 0.3 }),
        m_webcam (dice)
  {
  }

  cv::Mat show (const Moment &moment) override
  {
    const cv::Mat picture = m_player.show (moment);
    cv::Mat scene (view, CV_8UC3, cv::Scalar::all (20));
    const auto whole
        = cv::Rect2f (0, 0, static_cast<float> (picture.cols), static_cast<float> (picture.rows));

    m_grip.draw (scene, m_screen.show (picture, whole, moment.seconds), moment.seconds);
    return m_webcam.take (scene);
  }

private:
  Player m_player;
  Screen m_screen;
  Grip m_grip;
  Webcam m_webcam;
};

} // namespace

std::unique_ptr<Presentation>
make_replay (Dice &dice)
{
  return std::make_unique<Replay> (dice, false);
}

std::unique_ptr<Presentation>
make_button_replay (Dice &dice)
{
  return std::make_unique<Replay> (dice, true);
}

std::unique_ptr<Presentation>
make_bare_replay (Dice &dice)
{
  return std::make_unique<BareReplay> (dice);
}

} // namespace attacks
