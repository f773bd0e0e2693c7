/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "vault/till-vault.h"

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

typedef enum
{
  TILL_CONSENT_ENROLMENT, /* keep templates of my face at this shop, to recognise me when I pay */
  TILL_CONSENT_PAYMENT,   /* look at my face now, for this payment, up to this amount */
  TILL_CONSENT_PASS,      /* put a template of my face on a pass that I carry */
  TILL_CONSENT_PRESENCE,  /* look at my face once, to show or erase what is kept of me */
} TillConsentPurpose;

/* What a shop fills into the wordings. */
typedef struct
{
  const char *shop;       /* its name; NULL or "": "this shop" */
  guint retention_months; /* an enrolment goes that long after the last visit */
  guint guardian_age;     /* whoever is younger needs a guardian; 0: the shop does not ask */
} TillConsentTerms;

/* The terms of a shop that has set nothing: no name, 12 months, 16 years. NULL terms mean these (transfer none). */
const TillConsentTerms *till_consent_terms_get_default (void);

/* What people are shown before they agree, in paragraphs with an empty line between; the first asks (transfer full). */
char *till_consent_make_text (TillConsentPurpose purpose, const TillConsentTerms *terms);
/* SHA-256 of it, 64 hex digits (transfer full). */
char *till_consent_make_hash (TillConsentPurpose purpose, const TillConsentTerms *terms);
/* The version of the wordings, whatever their language. */
const char *till_consent_get_version (void);
/* The language of it, "en" where there is no translation. */
const char *till_consent_get_language (TillConsentPurpose purpose);

/* Who agreed. */
typedef enum
{
  TILL_CONSENT_BY_ADULT,    /* the person, old enough to do so alone */
  TILL_CONSENT_BY_GUARDIAN, /* the person, and a guardian with them */
} TillConsentBy;

#define TILL_CONSENT_PLACE_DISPLAY "customer-display"
#define TILL_CONSENT_PLACE_COMMAND "command-line"

/* A consent that was just given. */
typedef struct
{
  const char *id;
  TillConsentPurpose purpose;
  const char *customer; /* customer or face pass; (nullable) while unknown */
  gint64 max_minor;     /* the most that may be taken: payments only */
  const char *currency; /* payments only */
  TillConsentBy by;
  gint64 at_us;      /* UTC microseconds */
  const char *place; /* one of the above */
  const TillConsentTerms *terms;
  const char *sale; /* (nullable) the sale it was given for */
} TillConsentGiven;

/*
 * The body of a ledger row of kind "consent", signed by the till (transfer full): id, purpose, version, SHA-256 and language
 * of the wording, the terms in it, who, how much, by whom, when and where; "key" is the till's public key and "signature"
 * the signature under it. %TILL_ERROR_LOCKED before the vault is open: nobody can agree to anything then.
 */
JsonObject *till_consent_to_json (const TillConsentGiven *given,
                                  TillVault *vault,
                                  GError **error) G_GNUC_WARN_UNUSED_RESULT;

/*
 * Whether @body is whole, its signature is right under the key it names, and @wording (nullable) is the text it names;
 * %TILL_ERROR_CORRUPT says what is not. Whether that key is one of this till's is for the caller to ask the vault.
 */
gboolean till_consent_verify (JsonObject *body, const char *wording, GError **error);

/*
 * The record to be printed or read: who, what for, how much, when, where, by whom, in which wording, the signature's short
 * form, and @wording itself, which says what is kept, how long, and how to leave. @wording: (nullable) it is not at hand.
 * (transfer full)
 */
char *till_consent_to_text (JsonObject *body, const char *wording);

G_END_DECLS
