/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * attacks-evidence SPECIES FROM TO [SMILES]: shows presentations FROM..TO of a species to the evidence, one JSON line
 * each. attacks-evidence --list: the species, one JSON line each.
 */
#include "evidence-run.hpp"

#include <cstdio>
#include <cstdlib>
#include <cstring>

namespace
{

int
list ()
{
  for (const attacks::Species &species : attacks::all_species ())
    std::printf ("{\"name\": \"%s\", \"words\": \"%s\", \"genuine\": %s}\n", species.name, species.words,
                 species.genuine ? "true" : "false");
  return 0;
}

} // namespace

int
main (int argc, char **argv)
{
  if (argc == 2 && std::strcmp (argv[1], "--list") == 0)
    return list ();

  const attacks::Species *species = argc >= 4 ? attacks::find_species (argv[1]) : nullptr;

  if (species == nullptr)
    {
      std::fprintf (stderr, "usage: attacks-evidence SPECIES FROM TO [SMILES]\n");
      return 2;
    }
  attacks::EvidenceRun run;
  const auto smiles = argc > 4 ? static_cast<guint> (std::atoi (argv[4])) : 1;
  for (unsigned number = static_cast<unsigned> (std::atoi (argv[2]));
       number <= static_cast<unsigned> (std::atoi (argv[3])); number++)
    {
      attacks::Dice dice (species->name, number);
      const std::unique_ptr<attacks::Presentation> presentation = species->make (dice);
      const attacks::Outcome outcome = run.attempt (*presentation, number, smiles);

      std::printf ("%s\n", outcome.to_json ("evidence", species->name, number, dice.notes ()).c_str ());
      std::fflush (stdout);
    }
  return 0;
}
