/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "customers/till-consent.h"

#include <glib/gi18n-lib.h>

/* Changes with every change of a wording below; translations are told apart by the hash. */
#define VERSION "2026-11-3"

static const char enrolment_wording[] = N_ (
    "May this shop recognise you by your face when you pay?\n"
    "\n"
    "What is looked at: the camera looks at your face for some seconds, now, from different sides. No "
    "picture and no "
    "video is kept.\n"
    "\n"
    "What is kept: a few hundred numbers worked out from your face, the name you give, the last four "
    "digits of your "
    "phone number, a token that lets our payment provider charge you, a scrambled form of your PIN if "
    "you choose one, whether your face is much like another customer’s, and whether paying by face was "
    "stopped for you. They are encrypted on this "
    "till, used only "
    "to recognise you when you pay here, and given to nobody else.\n"
    "\n"
    "How long: until you ask us to erase them.\n"
    "\n"
    "How to leave: say so at this counter, at any time and without a reason. Everything is erased "
    "while you wait. The "
    "shop’s books keep that you agreed, what you paid and how sure the till was of you then, but not "
    "your face, your "
    "name or your "
    "digits.\n"
    "\n"
    "You need not agree. Every other way to pay stays open to you, and none costs more than is marked.");

static const char payment_wording[] = N_ (
    "May this till look at your face, for this one payment?\n"
    "\n"
    "What is looked at: the camera goes on when you agree. It looks whether you are here in person with your "
    "eyes "
    "open, whether your face is one enrolled under the digits you type, and whether you smile when asked.\n"
    "\n"
    "What is kept: no picture and no video. The shop’s books keep that you agreed, the amount, whether it "
    "was "
    "paid, and how sure the till was of you. Tries that fail are counted for a day, to stop guessing.\n"
    "\n"
    "How much: at most the amount shown above, if you smile for it.\n"
    "\n"
    "How long: the camera goes off when the payment is made or given up, and what it saw is wiped.\n"
    "\n"
    "How to leave: choose another way to pay at any time before the payment is sent. To have your enrolment "
    "erased, "
    "say so at this counter.\n"
    "\n"
    "You need not agree. Every other way to pay stays open to you, and none costs more than is shown.");

static const char *
till_consent_get_source (TillConsentPurpose purpose)
{
  return purpose == TILL_CONSENT_ENROLMENT ? enrolment_wording : payment_wording;
}

const char *
till_consent_get_version (TillConsentPurpose purpose)
{
  return VERSION;
}

const char *
till_consent_get_text (TillConsentPurpose purpose)
{
  return _ (till_consent_get_source (purpose));
}

/* The language @text is in: English where there is no translation. */
static const char *
till_consent_get_language (TillConsentPurpose purpose, const char *text)
{
  return text == till_consent_get_source (purpose) ? "en" : g_get_language_names ()[0];
}

JsonObject *
till_consent_to_json (
    const char *id, TillConsentPurpose purpose, const char *customer, gint64 max_minor, const char *currency)
{
  g_return_val_if_fail (id != NULL, NULL);
  g_return_val_if_fail (purpose == TILL_CONSENT_ENROLMENT || currency != NULL, NULL);

  const char *text = till_consent_get_text (purpose);
  g_autofree char *hash = g_compute_checksum_for_string (G_CHECKSUM_SHA256, text, -1);
  JsonObject *body = json_object_new ();

  json_object_set_string_member (body, "id", id);
  json_object_set_string_member (body, "purpose",
                                 purpose == TILL_CONSENT_ENROLMENT ? "enrolment" : "payment");
  json_object_set_string_member (body, "version", till_consent_get_version (purpose));
  json_object_set_string_member (body, "wording_sha256", hash);
  json_object_set_string_member (body, "language", till_consent_get_language (purpose, text));
  if (customer != NULL)
    json_object_set_string_member (body, "customer", customer);
  if (purpose == TILL_CONSENT_PAYMENT)
    {
      json_object_set_int_member (body, "max_minor", max_minor);
      json_object_set_string_member (body, "currency", currency);
    }
  return body;
}
