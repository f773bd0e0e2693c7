/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "presentation.hpp"

namespace attacks
{

const std::vector<Species> &
all_species ()
{
  static const std::vector<Species> species = {
    { "photo", "a held photograph, moved, tilted and bent", false, make_photo },
    { "smiling-photo", "a held photograph of a smiling face", false, make_smiling_photo },
    { "swapped-photo", "a photograph swapped for a smiling one", false, make_swapped_photo },
    { "replay", "neutral, then a smile, replayed on a screen", false, make_replay },
    { "button-replay", "the same, the smile started at the prompt", false, make_button_replay },
    { "bare-replay", "a replay that fills the view, no frame", false, make_bare_replay },
    { "mask", "a photograph with eye or mouth holes, worn", false, make_mask },
    { "sleeper", "the customer with their eyes closed", false, make_sleeper },
    { "two-faces", "somebody beside the customer", false, make_two_faces },
    { "stranger", "somebody else with the right digits", false, make_stranger },
    { "takeover", "a photograph moved up before a live face", false, make_takeover },
    { "genuine", "the customer", true, make_genuine },
  };

  return species;
}

const Species *
find_species (const std::string &name)
{
  for (const Species &species : all_species ())
    if (name == species.name)
      return &species;
  return nullptr;
}

} // namespace attacks
