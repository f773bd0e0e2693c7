/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * attacks-till SPECIES FROM TO: shows presentations FROM..TO of a species to a whole till, one JSON line each. To be run
 * in a session with a keyring (scripts/private-session).
 */
#include "till-run.hpp"

#include <cstdio>
#include <cstdlib>

namespace
{

/* A till that was attacked some times in a row makes the next one wait; a new one does not. */
constexpr unsigned attempts_at_a_till = 3;

} // namespace

int
main (int argc, char **argv)
{
  const attacks::Species *species = argc == 4 ? attacks::find_species (argv[1]) : nullptr;

  if (species == nullptr)
    {
      std::fprintf (stderr, "usage: attacks-till SPECIES FROM TO\n");
      return 2;
    }
  const auto from = static_cast<unsigned> (std::atoi (argv[2]));
  const auto to = static_cast<unsigned> (std::atoi (argv[3]));
  std::unique_ptr<attacks::TillRun> till;
  for (unsigned number = from; number <= to; number++)
    {
      attacks::Dice dice (species->name, number);
      const std::unique_ptr<attacks::Presentation> presentation = species->make (dice);

      if ((number - from) % attempts_at_a_till == 0)
        till.reset ();
      if (till == nullptr)
        till = std::make_unique<attacks::TillRun> ();
      const attacks::Outcome outcome = till->attempt (*presentation);
      std::printf ("%s\n", outcome.to_json ("till", species->name, number, dice.notes ()).c_str ());
      std::fflush (stdout);
    }
  return 0;
}
