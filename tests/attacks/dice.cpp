/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dice.hpp"

#include <cstdio>

namespace attacks
{
namespace
{

/* FNV-1a: std::hash is not the same everywhere. */
std::uint64_t
hash (const std::string &words)
{
  std::uint64_t value = 14695981039346656037ULL;

  for (const char c : words)
    value = (value ^ static_cast<unsigned char> (c)) * 1099511628211ULL;
  return value;
}

} // namespace

Dice::Dice (const std::string &species, unsigned number)
    : m_engine (hash (species + "/" + std::to_string (number)))
{
}

double
Dice::throw_one ()
{
  return static_cast<double> (m_engine () >> 11) / 9007199254740992.0;
}

double
Dice::quiet (double least, double most)
{
  return least + (most - least) * throw_one ();
}

double
Dice::between (const char *what, double least, double most)
{
  const double value = quiet (least, most);
  char words[32];

  std::snprintf (words, sizeof words, "%.3g", value);
  note (what, words);
  return value;
}

int
Dice::below (const char *what, int n)
{
  const int value = static_cast<int> (throw_one () * n);

  note (what, std::to_string (value));
  return value;
}

bool
Dice::chance (const char *what, double probability)
{
  const bool value = throw_one () < probability;

  note (what, value ? "yes" : "no");
  return value;
}

void
Dice::note (const std::string &what, const std::string &value)
{
  m_notes += (m_notes.empty () ? "" : " ") + what + "=" + value;
}

} // namespace attacks
