/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "customers/till-consent-private.h"

#include "base/till-money.h"

#include <glib/gi18n-lib.h>

/* Hex digits of a hash or signature that a person compares. */
#define SHORT_DIGITS 16

static const char *const purposes[] = {
  [TILL_CONSENT_ENROLMENT] = N_ ("to be recognised by face when paying at this shop"),
  [TILL_CONSENT_PAYMENT] = N_ ("to have the face looked at for one payment"),
  [TILL_CONSENT_PASS] = N_ ("to have the face put on a pass that the customer carries"),
  [TILL_CONSENT_PRESENCE] = N_ ("to have the face looked at once, to show or erase what is kept"),
};

static void
till_consent_append_line (GString *text, const char *heading, const char *words)
{
  if (words != NULL && *words != '\0')
    g_string_append_printf (text, "%s: %s\n", heading, words);
}

static char *
till_consent_format_time (gint64 at_us)
{
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (at_us / G_USEC_PER_SEC);
  g_autoptr (GDateTime) local = utc != NULL ? g_date_time_to_local (utc) : NULL;

  return local != NULL ? g_date_time_format (local, "%Y-%m-%d %H:%M:%S %Z") : NULL;
}

static char *
till_consent_format_most (JsonObject *body)
{
  TillMoney most;

  if (!till_money_init (&most, till_consent_read_int (body, "max_minor"),
                        till_consent_read_text (body, "currency"), NULL))
    return NULL;
  return till_money_format (&most);
}

/* "Version 2026-11-4, en, 0123456789abcdef" */
static char *
till_consent_format_wording (JsonObject *body)
{
  const char *version = till_consent_read_text (body, "version");
  const char *language = till_consent_read_text (body, "language");
  const char *hash = till_consent_read_text (body, "wording_sha256");

  return g_strdup_printf (_ ("version %s, language “%s”, fingerprint %.*s"), version != NULL ? version : "?",
                          language != NULL ? language : "?", SHORT_DIGITS, hash != NULL ? hash : "?");
}

static char *
till_consent_format_signature (JsonObject *body)
{
  const char *signature = till_consent_read_text (body, "signature");
  const char *key = till_consent_read_text (body, "key");

  if (signature == NULL || key == NULL)
    return NULL;
  return g_strdup_printf (_ ("%.*s, under the till’s key %.*s"), SHORT_DIGITS, signature, SHORT_DIGITS, key);
}

static const char *
till_consent_format_by (JsonObject *body)
{
  return g_strcmp0 (till_consent_read_text (body, "by"), "guardian") == 0
             ? _ ("the customer, and a parent or guardian with them")
             : _ ("the customer");
}

static const char *
till_consent_format_place (JsonObject *body)
{
  const char *place = till_consent_read_text (body, "place");

  return g_strcmp0 (place, TILL_CONSENT_PLACE_DISPLAY) == 0   ? _ ("on the customer’s side of the till")
         : g_strcmp0 (place, TILL_CONSENT_PLACE_COMMAND) == 0 ? _ ("at the command line")
                                                              : place;
}

char *
till_consent_to_text (JsonObject *body, const char *wording)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_autofree char *at = till_consent_format_time (till_consent_read_int (body, "at_us"));
  g_autofree char *most = till_consent_format_most (body);
  g_autofree char *version = till_consent_format_wording (body);
  g_autofree char *signature = till_consent_format_signature (body);
  TillConsentPurpose purpose;

  g_string_append_printf (text, "%s\n\n", _ ("Record of a consent"));
  till_consent_append_line (text, _ ("Number"), till_consent_read_text (body, "id"));
  till_consent_append_line (text, _ ("Shop"), till_consent_read_text (body, "shop"));
  till_consent_append_line (text, _ ("Who"), till_consent_read_text (body, "customer"));
  if (till_consent_read_purpose (body, &purpose))
    till_consent_append_line (text, _ ("What for"), _ (purposes[purpose]));
  till_consent_append_line (text, _ ("At most"), most);
  till_consent_append_line (text, _ ("Sale"), till_consent_read_text (body, "sale"));
  till_consent_append_line (text, _ ("Given by"), till_consent_format_by (body));
  till_consent_append_line (text, _ ("When"), at);
  till_consent_append_line (text, _ ("Where"), till_consent_format_place (body));
  till_consent_append_line (text, _ ("Wording"), version);
  till_consent_append_line (text, _ ("Signed by the till"), signature);
  g_string_append_printf (text, "\n%s\n\n%s\n", _ ("What was agreed to, word for word:"),
                          wording != NULL ? wording : _ ("The wording is not at hand."));
  return g_strdup (text->str);
}
