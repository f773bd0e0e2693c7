/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "dice.hpp"
#include "reel.hpp"

namespace attacks
{

/* What the till shows when a frame is due. */
struct Moment
{
  double seconds;   /* since the presentation began */
  bool smile_asked; /* the till says "smile now" */
};

/* A part of a clip, seconds. */
struct Span
{
  double from;
  double to;

  double length () const
  {
    return to - from;
  }
};

/* A stretch of neutral face, the way from there into a smile, and the smile. */
struct Take
{
  Span neutral;
  Span lead;
  Span smile;
};

/* The man of franck.webm, the only one of the clips who smiles. */
const Take &franck_take (int number);
constexpr int franck_takes = 5;

/*
 * Somebody who behaves as they are told: sways to and fro in a take's neutral stretch until a smile is asked for, then,
 * a human reaction later, smiles as long as it is asked for. Going over from one stretch to the other it looks for the
 * frame most like the one on show, so that the head does not jump.
 */
class Actor
{
public:
  Actor (Reel &reel, const Take &take, Dice &dice);

  /* The frame at that moment; moments must not go back. */
  cv::Mat show (const Moment &moment);

private:
  enum class Mood
  {
    neutral,
    brightening,
    smiling,
    relaxing,
  };

  void sway (const Span &span, double seconds);
  double most_alike (const Span &span);
  void feel (const Moment &moment);
  void move (double seconds);

  Reel &m_reel;
  Take m_take;
  double m_reaction;
  double m_position;
  double m_direction = 1;
  double m_last = 0;
  double m_asked_since = -1;
  double m_unasked_since = -1;
  Mood m_mood = Mood::neutral;
};

} // namespace attacks
