/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "customers/till-consent.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* Changes with every change of a wording below; terms and translations are told apart by the hash. */
#define VERSION "2026-11-4"

/* Paragraphs of the wordings. In @words, $S stands for the shop, $M for the months, $Y for the years. */
typedef struct
{
  TillConsentPurpose purpose;
  const char *words;
} TillConsentParagraph;

#define ALL      N_ ("You need not agree: every other way to pay stays open to you, and none costs more.")
#define GUARDIAN N_ ("Younger than $Y: a parent or guardian has to be here and agree too.")

/* In the order they are shown; the first of each purpose asks. */
static const TillConsentParagraph paragraphs[] = {
  { TILL_CONSENT_ENROLMENT, N_ ("May $S recognise you by your face when you pay?") },
  { TILL_CONSENT_ENROLMENT, N_ ("What is looked at: your face, for some seconds, from different sides. No "
                                "picture and no video is kept.") },
  { TILL_CONSENT_ENROLMENT,
    N_ ("What is kept: some hundred numbers worked out from your face, the name you give, the last four "
        "digits of your phone number, a token for the payment service, your PIN, scrambled, if you choose "
        "one, your guardian’s name if one agrees, the day of your last visit, and whether your face is much "
        "like another customer’s or was stopped from paying. All but the dates is encrypted, and serves only "
        "to recognise you when you pay here.") },
  { TILL_CONSENT_ENROLMENT, N_ ("Who else gets something: the payment service, what any card payment needs. "
                                "Nobody gets your face.") },
  { TILL_CONSENT_ENROLMENT,
    N_ ("How long: until you leave, or $M after your last visit. Then it is erased by itself.") },
  { TILL_CONSENT_ENROLMENT,
    N_ ("How to leave: press “Your face and data”, then “Erase me”, or ask at the counter, at any time, "
        "without a reason. It is done while you wait, unless a payment of yours is under way, and you get a "
        "receipt. The books still say that you agreed, what you paid, when, and how sure the till was: under "
        "a random number, without face, name or digits.") },
  { TILL_CONSENT_ENROLMENT, GUARDIAN },
  { TILL_CONSENT_ENROLMENT, ALL },

  { TILL_CONSENT_PAYMENT, N_ ("May $S look at your face, for this one payment?") },
  { TILL_CONSENT_PAYMENT,
    N_ ("What is looked at: the camera goes on when you agree. It looks whether you are here in person and "
        "awake, whether you are who enrolled or is on the face pass you show, and whether you smile when "
        "asked.") },
  { TILL_CONSENT_PAYMENT,
    N_ ("What is kept: no picture, no video. The books keep that you agreed, the amount, whether it was paid "
        "and how sure the till was; if you are enrolled here, the day of your visit. Failed tries are "
        "counted for a day.") },
  { TILL_CONSENT_PAYMENT, N_ ("Who else gets something: the payment service, as for any card. Nobody gets "
                              "your face.") },
  { TILL_CONSENT_PAYMENT, N_ ("How much: at most the amount shown above, if you smile for it.") },
  { TILL_CONSENT_PAYMENT, N_ ("How long: the camera goes off when the payment is made or given up. What it "
                              "saw is wiped.") },
  { TILL_CONSENT_PAYMENT, N_ ("How to leave: choose another way before the payment is sent. To be erased, "
                              "press “Your face and data” or ask at the counter.") },
  { TILL_CONSENT_PAYMENT, ALL },

  { TILL_CONSENT_PASS, N_ ("May $S put your face on a pass that you carry?") },
  { TILL_CONSENT_PASS, N_ ("What is looked at: your face, for some seconds, from different sides. No picture "
                           "and no video is kept.") },
  { TILL_CONSENT_PASS,
    N_ ("What is on the pass: some hundred numbers worked out from your face, a check of the last four "
        "digits of your phone number, a token that lets the payment service charge you, and the day it ends. "
        "It is encrypted: only this shop’s till can read it, and it pays only together with your face.") },
  { TILL_CONSENT_PASS, N_ ("What is kept here: the number of your pass, the day it ends, and that you "
                           "agreed. Nothing about your face, no name, no digits.") },
  { TILL_CONSENT_PASS, N_ ("Who else gets something: the payment service, what any card payment needs. "
                           "Nobody gets your face.") },
  { TILL_CONSENT_PASS, N_ ("How long: until the day written on the pass.") },
  { TILL_CONSENT_PASS, N_ ("How to leave: press “Erase me” and show the pass, or throw it away. If you "
                           "lose it, tell us its number, and it pays no more. The books go on saying what "
                           "was paid with it, when, and how sure "
                           "the till was of you, under its number.") },
  { TILL_CONSENT_PASS, GUARDIAN },
  { TILL_CONSENT_PASS, ALL },

  { TILL_CONSENT_PRESENCE, N_ ("May $S look at your face once, to find what is kept of you?") },
  { TILL_CONSENT_PRESENCE,
    N_ ("What is looked at: the camera goes on when you agree. It looks whether you are here in person with "
        "your eyes open, and whether your face is the one enrolled under the digits you type.") },
  { TILL_CONSENT_PRESENCE, N_ ("What it is for: so that nobody but you is shown what is kept of you, or has "
                               "it erased. Nothing is paid.") },
  { TILL_CONSENT_PRESENCE,
    N_ ("What is kept: no picture and no video. The books keep that you agreed. Tries that fail are counted "
        "for a day, to stop guessing. Nobody else gets anything.") },
  { TILL_CONSENT_PRESENCE, N_ ("How long: the camera goes off once it is sure of you, or when you stop, and "
                               "what it saw is wiped.") },
  { TILL_CONSENT_PRESENCE, N_ ("How to leave: stop at any time. You need not show your face: ask at the "
                               "counter, and a manager does the same for you.") },
};

static const TillConsentTerms default_terms = { NULL, 12, 16 };

const TillConsentTerms *
till_consent_terms_get_default (void)
{
  return &default_terms;
}

const char *
till_consent_get_version (void)
{
  return VERSION;
}

const char *
till_consent_get_language (TillConsentPurpose purpose)
{
  for (guint i = 0; i < G_N_ELEMENTS (paragraphs); i++)
    if (paragraphs[i].purpose == purpose)
      return _ (paragraphs[i].words) == paragraphs[i].words ? "en" : g_get_language_names ()[0];
  g_return_val_if_reached ("en");
}

/* "12 months", or "1 month". */
static char *
till_consent_make_months (guint months)
{
  return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u month", "%u months", months), months);
}

static void
till_consent_append (GString *text, const char *words, const TillConsentTerms *terms)
{
  g_autofree char *months = till_consent_make_months (terms->retention_months);
  g_autofree char *years = g_strdup_printf ("%u", terms->guardian_age);
  gboolean named = terms->shop != NULL && *terms->shop != '\0';

  for (const char *p = words; *p != '\0'; p++)
    if (g_str_has_prefix (p, "$S"))
      {
        g_string_append (text, named ? terms->shop : _ ("this shop"));
        p++;
      }
    else if (g_str_has_prefix (p, "$M") || g_str_has_prefix (p, "$Y"))
      {
        g_string_append (text, p[1] == 'M' ? months : years);
        p++;
      }
    else
      g_string_append_c (text, *p);
}

char *
till_consent_make_text (TillConsentPurpose purpose, const TillConsentTerms *terms)
{
  g_autoptr (GString) text = g_string_new (NULL);

  if (terms == NULL)
    terms = &default_terms;
  for (guint i = 0; i < G_N_ELEMENTS (paragraphs); i++)
    {
      if (paragraphs[i].purpose != purpose)
        continue;
      if (terms->guardian_age == 0 && strstr (paragraphs[i].words, "$Y") != NULL)
        continue;
      if (text->len > 0)
        g_string_append (text, "\n\n");
      till_consent_append (text, _ (paragraphs[i].words), terms);
    }
  return g_strdup (text->str);
}

char *
till_consent_make_hash (TillConsentPurpose purpose, const TillConsentTerms *terms)
{
  g_autofree char *text = till_consent_make_text (purpose, terms);

  return g_compute_checksum_for_string (G_CHECKSUM_SHA256, text, -1);
}
