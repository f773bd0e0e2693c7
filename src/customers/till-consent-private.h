/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "customers/till-consent.h"

G_BEGIN_DECLS

/* Reading the bodies of consents, which may be anything at all. */

/* (transfer none): NULL where there is no such text. */
const char *till_consent_read_text (JsonObject *body, const char *member);
/* -1 where there is no such number. */
gint64 till_consent_read_int (JsonObject *body, const char *member);
/* FALSE for none that is known. */
gboolean till_consent_read_purpose (JsonObject *body, TillConsentPurpose *purpose);
/* What it says of the shop's terms; the name lives as long as @body. */
void till_consent_read_terms (JsonObject *body, TillConsentTerms *terms);

G_END_DECLS
