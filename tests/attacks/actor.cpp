/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "actor.hpp"

#include <algorithm>
#include <array>
#include <opencv2/imgproc.hpp>

namespace attacks
{
namespace
{

/* Read off p(happy) along the clip. The first three go over into their own smile. */
const std::array<Take, franck_takes> takes = { {
    { { 63.8, 75.0 }, { 74.2, 75.8 }, { 75.8, 78.8 } },
    { { 91.2, 96.2 }, { 95.4, 97.0 }, { 97.0, 117.5 } },
    { { 133.4, 147.4 }, { 146.6, 149.2 }, { 149.2, 184.5 } },
    { { 34.2, 44.6 }, { 74.2, 75.8 }, { 75.8, 78.8 } },
    { { 186.8, 196.8 }, { 146.6, 149.2 }, { 149.2, 184.5 } },
} };

cv::Mat
thumbnail (const cv::Mat &frame)
{
  cv::Mat grey;
  cv::Mat small;

  cv::cvtColor (frame, grey, cv::COLOR_BGR2GRAY);
  cv::resize (grey, small, cv::Size (45, 36), 0, 0, cv::INTER_AREA);
  return small;
}

} // namespace

const Take &
franck_take (int number)
{
  return takes.at (static_cast<std::size_t> (number));
}

Actor::Actor (Reel &reel, const Take &take, Dice &dice)
    : m_reel (reel), m_take (take), m_reaction (dice.between ("reaction", 0.3, 0.8)),
      m_position (take.neutral.from + dice.between ("start", 0, 1) * take.neutral.length ())
{
}

void
Actor::sway (const Span &span, double seconds)
{
  m_position += m_direction * seconds;
  if (m_position >= span.to)
    m_direction = -1;
  else if (m_position <= span.from)
    m_direction = 1;
  m_position = std::clamp (m_position, span.from, span.to);
}

/* Where in @span the frame is that differs least from the one on show. */
double
Actor::most_alike (const Span &span)
{
  const cv::Mat now = thumbnail (m_reel.at (m_position));
  double best = span.from;
  double least = -1;

  for (double at = span.from; at <= span.to; at += 0.08)
    {
      const double difference = cv::norm (now, thumbnail (m_reel.at (at)), cv::NORM_L1);

      if (least >= 0 && difference >= least)
        continue;
      least = difference;
      best = at;
    }
  return best;
}

void
Actor::feel (const Moment &moment)
{
  if (moment.smile_asked)
    m_unasked_since = -1;
  else
    m_asked_since = -1;
  double &since = moment.smile_asked ? m_asked_since : m_unasked_since;
  if (since < 0)
    since = moment.seconds;
  if (moment.seconds - since < m_reaction)
    return;

  const bool merry = m_mood == Mood::smiling || m_mood == Mood::brightening;
  if (moment.smile_asked && !merry)
    {
      m_position = most_alike ({ m_take.lead.from, m_take.lead.from + 0.5 * m_take.lead.length () });
      m_mood = Mood::brightening;
    }
  else if (!moment.smile_asked && merry)
    {
      m_position = std::min (m_position, m_take.lead.to);
      m_mood = Mood::relaxing;
    }
}

void
Actor::move (double seconds)
{
  switch (m_mood)
    {
    case Mood::neutral:
      sway (m_take.neutral, seconds);
      break;
    case Mood::brightening:
      m_position += seconds;
      if (m_position >= m_take.smile.from)
        m_mood = Mood::smiling;
      break;
    case Mood::smiling:
      sway (m_take.smile, seconds);
      break;
    case Mood::relaxing:
    default:
      m_position -= seconds;
      if (m_position > m_take.lead.from)
        break;
      m_position = most_alike (m_take.neutral);
      m_mood = Mood::neutral;
      break;
    }
}

cv::Mat
Actor::show (const Moment &moment)
{
  feel (moment);
  move (std::max (0.0, moment.seconds - m_last));
  m_last = moment.seconds;
  return m_reel.at (m_position);
}

} // namespace attacks
