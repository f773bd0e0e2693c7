/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gtk/till-tester-reading.h"

#include <glib/gi18n.h>
#include <math.h>

/* Of %TILL_EVIDENCE_OPEN or AGAINST: the names of the pieces that say so, in the order they are judged in. */
static char *
name_those (const TillSighting *sighting, TillEvidence wanted)
{
  const struct
  {
    const char *name;
    TillEvidence says;
  } pieces[] = {
    { _ ("alone"), sighting->alone },
    { _ ("live"), sighting->live },
    { _ ("eyes"), sighting->eyes },
    { _ ("identity"), sighting->identity },
  };
  g_autoptr (GString) names = g_string_new (NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (pieces); i++)
    if (pieces[i].says == wanted)
      g_string_append_printf (names, "%s%s", names->len > 0 ? ", " : "", pieces[i].name);
  if (wanted == TILL_EVIDENCE_OPEN && sighting->smiles_wanted > 0 && sighting->smile != TILL_SMILE_MADE)
    g_string_append_printf (names, "%s%s", names->len > 0 ? ", " : "", _ ("smile"));
  return g_string_free (g_steal_pointer (&names), FALSE);
}

static TillEvidence
decide_payment (const TillSighting *sighting)
{
  const TillEvidence pieces[] = { sighting->alone, sighting->live, sighting->eyes, sighting->identity };
  gboolean open = sighting->smiles_wanted > 0 && sighting->smile != TILL_SMILE_MADE;

  for (gsize i = 0; i < G_N_ELEMENTS (pieces); i++)
    {
      if (pieces[i] == TILL_EVIDENCE_AGAINST)
        return TILL_EVIDENCE_AGAINST;
      open |= pieces[i] == TILL_EVIDENCE_OPEN;
    }
  return open ? TILL_EVIDENCE_OPEN : TILL_EVIDENCE_FOR;
}

TillEvidence
till_tester_reading_decide (const TillSighting *sighting, TillRecognizerPurpose purpose)
{
  if (purpose == TILL_RECOGNIZER_PAY)
    return decide_payment (sighting);
  return sighting->enrolment_progress < 1.0 ? TILL_EVIDENCE_OPEN : TILL_EVIDENCE_FOR;
}

char *
till_tester_reading_get_decision (const TillSighting *sighting, TillRecognizerPurpose purpose)
{
  TillEvidence decision = till_tester_reading_decide (sighting, purpose);

  if (purpose == TILL_RECOGNIZER_ENROL)
    return g_strdup_printf (_ ("Enrolment: %d %%"), (int) lround (sighting->enrolment_progress * 100));
  if (decision == TILL_EVIDENCE_FOR)
    return g_strdup (_ ("For"));

  g_autofree char *names = name_those (sighting, decision);
  if (decision == TILL_EVIDENCE_AGAINST)
    /* TRANSLATORS: pieces of evidence, as in "Against: live, identity" */
    return g_strdup_printf (_ ("Against: %s"), names);
  /* TRANSLATORS: pieces of evidence not decided yet, as in "Open: live, identity" */
  return g_strdup_printf (_ ("Open: %s"), names);
}

const char *
till_tester_reading_get_match (const TillSighting *sighting)
{
  if (sighting->identity == TILL_EVIDENCE_FOR)
    return _ ("candidate matched");
  if (sighting->look_alike)
    return _ ("candidates too alike");
  if (sighting->identity == TILL_EVIDENCE_AGAINST)
    return _ ("no candidate matched");
  return _ ("not decided");
}

static const char *
get_smile_state (TillSmileState state)
{
  switch (state)
    {
    case TILL_SMILE_RELAX:
      return _ ("relax");
    case TILL_SMILE_WANTED:
      return _ ("smile now");
    case TILL_SMILE_HOLDING:
      return _ ("hold it");
    case TILL_SMILE_MADE:
      return _ ("made");
    default:
      return _ ("not asked for");
    }
}

char *
till_tester_reading_get_smile (const TillSighting *sighting)
{
  if (sighting->smiles_wanted == 0)
    return g_strdup (get_smile_state (sighting->smile));
  /* TRANSLATORS: state of the smile, then how many of those wanted were made, as "relax (1 of 2)" */
  return g_strdup_printf (_ ("%s (%u of %u)"), get_smile_state (sighting->smile), sighting->smiles_made,
                          sighting->smiles_wanted);
}
