/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "outcome.hpp"

#include <algorithm>
#include <cstdio>

namespace attacks
{
namespace
{

const std::array<const char *, pieces> names = { "quality", "alone", "live", "eyes", "identity", "smile" };

const char *
to_word (bool value)
{
  return value ? "true" : "false";
}

} // namespace

void
Outcome::add (const TillSighting *sighting)
{
  const std::array<TillEvidence, pieces> says
      = { sighting->first_good_us != 0 ? TILL_EVIDENCE_FOR : TILL_EVIDENCE_OPEN,
          sighting->alone,
          sighting->live,
          sighting->eyes,
          sighting->identity,
          sighting->smile == TILL_SMILE_MADE ? TILL_EVIDENCE_FOR : TILL_EVIDENCE_OPEN };

  m_frames++;
  for (std::size_t i = 0; i < pieces; i++)
    {
      m_held[i] += says[i] == TILL_EVIDENCE_FOR;
      m_against[i] = says[i] == TILL_EVIDENCE_AGAINST;
    }
}

void
Outcome::end (bool accepted, double seconds)
{
  m_accepted = accepted;
  m_seconds = seconds;
}

/* A second face only halts the checkout until it is gone. */
bool
Outcome::is_against () const
{
  return m_against[static_cast<std::size_t> (Piece::live)]
         || m_against[static_cast<std::size_t> (Piece::eyes)]
         || m_against[static_cast<std::size_t> (Piece::identity)];
}

/*
 * What spoke against it at the end; else the piece that was missing in most frames; else the smile. (Identity can't speak
 * before the digits are typed.)
 */
Piece
Outcome::stopped_by () const
{
  for (const Piece piece : { Piece::live, Piece::eyes, Piece::identity })
    if (m_against[static_cast<std::size_t> (piece)])
      return piece;
  const auto smile = m_held.begin () + static_cast<std::ptrdiff_t> (Piece::smile);
  const auto least = std::min_element (m_held.begin (), smile);
  if (*least < 0.6 * m_frames)
    return static_cast<Piece> (least - m_held.begin ());
  return Piece::smile;
}

std::string
Outcome::to_json (const char *run, const char *species, unsigned number, const std::string &made) const
{
  char words[512];
  std::string held;

  for (std::size_t i = 0; i < pieces; i++)
    held += std::string (i > 0 ? ", " : "") + "\"" + names[i] + "\": " + std::to_string (m_held[i]);
  std::snprintf (words, sizeof words,
                 "{\"run\": \"%s\", \"species\": \"%s\", \"number\": %u, \"accepted\": %s, \"network\": %s, "
                 "\"passive\": %s, "
                 "\"stopped_by\": \"%s\", \"against\": %s, \"seconds\": %.2f, \"frames\": %d, \"held\": {",
                 run, species, number, to_word (m_accepted), to_word (m_network_deceived),
                 to_word (m_held[static_cast<std::size_t> (Piece::live)] > 0),
                 m_accepted ? "" : names[static_cast<std::size_t> (stopped_by ())], to_word (is_against ()),
                 m_seconds, m_frames);
  return words + held + "}, \"made\": \"" + made + "\"}";
}

} // namespace attacks
