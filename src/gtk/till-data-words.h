/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "checkout/till-presence.h"
#include "shop/till-erasure.h"
#include "shop/till-person-export.h"

G_BEGIN_DECLS

/* What customers read who see or erase what is kept of them. Texts are in paragraphs with an empty line between them. */

/* @customer: whom the camera saw (transfer full). */
char *till_data_words_for_question (TillCustomer *customer);
const char *till_data_words_for_what_goes (TillCustomer *customer);

/* Why it came to nothing, and what to do; for states that are an end. */
const char *till_data_words_for_ending (TillPresenceState state);
const char *till_data_words_for_advice (TillPresenceState state);

/* What is kept, for a screen (transfer full); the export's own page has every detail. */
char *till_data_words_for_export (const TillPersonExport *person);
/* The receipt of an erasure, for a screen (transfer full). */
char *till_data_words_for_erasure (const TillErasure *erasure);

G_END_DECLS
