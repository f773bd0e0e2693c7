/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A few presentations of each species before the evidence: none may be accepted, and the customer must get through.
 * `make attacks` shows many more, and shows them to a whole till.
 */
#include "evidence-run.hpp"

#include <glib.h>
#include <iterator>
#include <vector>

namespace
{

/* What is shown of each species. Those whose end is their patience's end take longest. */
struct Share
{
  const char *species;
  std::vector<unsigned> numbers;
};

const Share shares[] = {
  { "photo", { 2, 4 } },    { "smiling-photo", { 1 } },    { "swapped-photo", { 2, 6 } },
  { "replay", { 1, 27 } },  { "button-replay", { 2, 4 } }, { "bare-replay", { 9, 10 } },
  { "mask", { 3, 4, 10 } }, { "sleeper", { 1, 3 } },       { "two-faces", { 6 } },
  { "stranger", { 1, 4 } }, { "takeover", { 1, 3 } },      { "genuine", { 1, 2, 8 } },
};

attacks::EvidenceRun &
get_run ()
{
  static attacks::EvidenceRun run (9);

  return run;
}

void
test_species (gconstpointer data)
{
  const Share &share = *static_cast<const Share *> (data);
  const attacks::Species *species = attacks::find_species (share.species);

  g_assert_nonnull (species);
  for (const unsigned number : share.numbers)
    {
      attacks::Dice dice (species->name, number);
      const std::unique_ptr<attacks::Presentation> presentation = species->make (dice);
      const attacks::Outcome outcome = get_run ().attempt (*presentation, number, 1);

      g_test_message ("%s", outcome.to_json ("evidence", species->name, number, dice.notes ()).c_str ());
      g_assert_cmpint (outcome.accepted (), ==, species->genuine);
    }
}

/* Nothing is forgotten here that the long run shows. */
void
test_all_species ()
{
  g_assert_cmpuint (attacks::all_species ().size (), ==, std::size (shares));
}

} // namespace

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, nullptr);
  g_test_add_func ("/attacks/all-species", test_all_species);
  for (const Share &share : shares)
    g_test_add_data_func (("/attacks/" + std::string (share.species)).c_str (), &share, test_species);
  return g_test_run ();
}
