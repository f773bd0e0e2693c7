/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gtk/till-data-words.h"

#include "customers/till-face-pass.h"

#include <glib/gi18n.h>
#include <json-glib/json-glib.h>

static gboolean
carries_pass (TillCustomer *customer)
{
  g_autofree char *number = till_face_pass_number_of (till_customer_get_id (customer));

  return number != NULL;
}

char *
till_data_words_for_question (TillCustomer *customer)
{
  if (carries_pass (customer))
    return g_strdup_printf (_ ("End the face pass %s?"), till_customer_get_name (customer));
  return g_strdup_printf (_ ("%s, erase all that is kept of you?"), till_customer_get_name (customer));
}

const char *
till_data_words_for_what_goes (TillCustomer *customer)
{
  if (carries_pass (customer))
    return _ (
        "What goes: the pass pays for nothing any more, here or anywhere, and the payment service is told "
        "to forget you.\n\n"
        "What stays: in the books, that you agreed, what was paid, and the pass’s number. The law asks for "
        "these.\n\n"
        "It can’t be taken back. A new pass takes a minute.");
  return _ (
      "What goes: the numbers of your face, your name, your digits, your PIN and the token you pay with. The "
      "payment service is told to forget you.\n\n"
      "What stays: in the books, that you agreed and what was paid, under a random number. The law asks for "
      "these.\n\n"
      "It can’t be taken back. You can enrol anew at any time.");
}

const char *
till_data_words_for_ending (TillPresenceState state)
{
  switch (state)
    {
    case TILL_PRESENCE_LOCKED:
      return _ ("This has to wait a little");
    case TILL_PRESENCE_NO_CAMERA:
      return _ ("The camera is not working");
    case TILL_PRESENCE_FAILED:
      return _ ("It is not possible just now");
    default:
      return _ ("We could not confirm it this time");
    }
}

const char *
till_data_words_for_advice (TillPresenceState state)
{
  switch (state)
    {
    case TILL_PRESENCE_LOCKED:
      return _ ("Too many tries in a row could not be confirmed. Ask at the counter: a manager can show you "
                "or erase "
                "what is kept.");
    case TILL_PRESENCE_NO_CAMERA:
    case TILL_PRESENCE_FAILED:
      return _ ("Ask at the counter: a manager can show you or erase what is kept.");
    default:
      return _ (
          "Nothing was shown and nothing was erased. Try again, or ask at the counter: a manager can do it.");
    }
}

/* What is kept */

char *
till_data_words_for_erasure (const TillErasure *erasure)
{
  return till_erasure_to_text (erasure);
}

char *
till_data_words_for_export (const TillPersonExport *person)
{
  return till_person_export_to_json (person);
}
