/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "recognition/till-recognizer-purpose.h"
#include "recognition/till-sighting.h"

G_BEGIN_DECLS

/*
 * What a tester reads off a sighting, in words. Who it is is never among them: that a candidate matched, and no more.
 * All translated; strings are (transfer full) where they are not const.
 */

/* What all evidence together says by now; once a smile was asked for it counts too. */
TillEvidence till_tester_reading_decide (const TillSighting *sighting, TillRecognizerPurpose purpose);

/* The same in words, with the pieces that are still open or against. */
char *till_tester_reading_get_decision (const TillSighting *sighting, TillRecognizerPurpose purpose);

const char *till_tester_reading_get_match (const TillSighting *sighting);
char *till_tester_reading_get_smile (const TillSighting *sighting);

G_END_DECLS
