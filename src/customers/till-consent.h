/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>
#include <json-glib/json-glib.h>

G_BEGIN_DECLS

typedef enum
{
  TILL_CONSENT_ENROLMENT, /* keep templates of my face to recognise me when I pay */
  TILL_CONSENT_PAYMENT,   /* look at my face now, for this payment, up to this amount */
} TillConsentPurpose;

/* The wording people agree to: a version and the text itself, translated (transfer none). */
const char *till_consent_get_version (TillConsentPurpose purpose);
const char *till_consent_get_text (TillConsentPurpose purpose);

/*
 * The body of a ledger row of kind "consent" (transfer full): id, purpose, version, SHA-256 of the wording shown,
 * language, who (@customer, nullable while unknown) and, for a payment, the most that may be taken (@max_minor,
 * @currency; ignored for enrolment).
 */
JsonObject *till_consent_to_json (
    const char *id, TillConsentPurpose purpose, const char *customer, gint64 max_minor, const char *currency);

G_END_DECLS
