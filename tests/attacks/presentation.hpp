/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "actor.hpp"

#include <memory>
#include <string>
#include <vector>

namespace attacks
{

/* Whose digits are typed: somebody enrolled. */
enum class Victim
{
  franck,   /* the man of franck.webm */
  man,      /* the man of cap12_edit.webm */
  hopper,   /* grace_hopper.jpg */
  astronaut /* astronaut.png */
};

constexpr int victims = 4;

/* One attempt before the till's camera: gives the frames it would see, one after the other. */
class Presentation
{
public:
  virtual ~Presentation () = default;

  /* What the camera sees at that moment, BGR; moments must not go back. */
  virtual cv::Mat show (const Moment &moment) = 0;

  Victim victim () const
  {
    return m_victim;
  }

protected:
  Victim m_victim = Victim::franck;
};

/* A way to attack, or to pay. */
struct Species
{
  const char *name;
  const char *words; /* for the report */
  bool genuine;
  std::unique_ptr<Presentation> (*make) (Dice &dice);
};

const std::vector<Species> &all_species ();
const Species *find_species (const std::string &name);

/* The makers, each in the file of its kind. */
std::unique_ptr<Presentation> make_photo (Dice &dice);
std::unique_ptr<Presentation> make_smiling_photo (Dice &dice);
std::unique_ptr<Presentation> make_swapped_photo (Dice &dice);
std::unique_ptr<Presentation> make_replay (Dice &dice);
std::unique_ptr<Presentation> make_button_replay (Dice &dice);
std::unique_ptr<Presentation> make_bare_replay (Dice &dice);
std::unique_ptr<Presentation> make_mask (Dice &dice);
std::unique_ptr<Presentation> make_sleeper (Dice &dice);
std::unique_ptr<Presentation> make_two_faces (Dice &dice);
std::unique_ptr<Presentation> make_stranger (Dice &dice);
std::unique_ptr<Presentation> make_takeover (Dice &dice);
std::unique_ptr<Presentation> make_genuine (Dice &dice);

} // namespace attacks
