/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <cstdint>
#include <random>
#include <string>

namespace attacks
{

/*
 * The chances of one presentation. The same species and number throw the same dice on every machine: the engine is the
 * standard's, the distributions are written out here. Whatever is thrown is noted, so that a presentation can say how
 * it was made.
 */
class Dice
{
public:
  Dice (const std::string &species, unsigned number);

  double between (const char *what, double least, double most);
  /* 0..n-1. */
  int below (const char *what, int n);
  bool chance (const char *what, double probability);

  /* Not noted: noise and tremor. */
  double quiet (double least, double most);

  void note (const std::string &what, const std::string &value);
  /* "what=value what=value ..." in the order of the throws. */
  const std::string &notes () const
  {
    return m_notes;
  }

private:
  double throw_one ();

  std::mt19937_64 m_engine;
  std::string m_notes;
};

} // namespace attacks
