/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "recognition/till-sighting.h"

#include <array>
#include <string>

namespace attacks
{

/* The pieces of evidence an attempt can fail on, in the order they are asked in. */
enum class Piece
{
  quality, /* no frame good enough to be measured */
  alone,
  live,
  eyes,
  identity,
  smile,
};

constexpr int pieces = 6;

/* What became of one presentation. Fed with what the till saw, sighting after sighting. */
class Outcome
{
public:
  void add (const TillSighting *sighting);
  /* The liveness network by itself, its answers fused over frames, took the face for a live one. */
  void deceive_network ()
  {
    m_network_deceived = true;
  }
  /* @seconds: since the presentation began. */
  void end (bool accepted, double seconds);

  /* A piece speaks against the attempt, for which the checkout ends it. */
  bool is_against () const;

  bool accepted () const
  {
    return m_accepted;
  }

  /* One line. @run: which of the runs; @made: how the presentation was made. */
  std::string to_json (const char *run, const char *species, unsigned number, const std::string &made) const;

private:
  Piece stopped_by () const;

  bool m_accepted = false;
  bool m_network_deceived = false;
  double m_seconds = 0;
  int m_frames = 0;
  std::array<int, pieces> m_held = {}; /* sightings in which the piece spoke for the attempt */
  std::array<bool, pieces> m_against = {};
};

} // namespace attacks
