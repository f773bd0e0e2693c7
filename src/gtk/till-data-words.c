/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gtk/till-data-words.h"

#include "customers/till-face-pass.h"

#include <glib/gi18n.h>
#include <json-glib/json-glib.h>
#include <string.h>

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

static void G_GNUC_PRINTF (2, 3) append (GString *text, const char *format, ...)
{
  va_list arguments;

  if (text->len > 0)
    g_string_append (text, "\n\n");
  va_start (arguments, format);
  g_string_append_vprintf (text, format, arguments);
  va_end (arguments);
}

static const char *
word (JsonObject *object, const char *name)
{
  return json_object_get_string_member_with_default (object, name, "");
}

static gboolean
is_true (JsonObject *object, const char *name)
{
  return json_object_get_boolean_member_with_default (object, name, FALSE);
}

/* Days are enough for people; the printed page has the time. */
static char *
day_of (JsonObject *object, const char *name)
{
  return g_strndup (word (object, name), strlen ("2026-01-31"));
}

static void
append_details (GString *text, JsonObject *details)
{
  g_autofree char *enrolled = day_of (details, "enrolled");
  g_autofree char *visited = day_of (details, "last_visit");
  g_autofree char *goes = day_of (details, "goes_on");

  append (text, _ ("Your name: %s"), word (details, "name"));
  append (text, _ ("Last digits of your phone: %s"), word (details, "phone_last_digits"));
  append (text, is_true (details, "pin") ? _ ("Your PIN: in scrambled form") : _ ("Your PIN: none"));
  append (text, _ ("Enrolled: %s. Last visit: %s. It goes by itself on %s."), enrolled, visited, goes);
  if (*word (details, "guardian") != '\0')
    append (text, _ ("Your guardian: %s"), word (details, "guardian"));
  if (is_true (details, "look_alike"))
    append (text, _ ("Your face: much like another customer’s"));
  if (is_true (details, "face_locked"))
    append (text, _ ("Paying by face: stopped for you"));
}

static void
append_face (GString *text, JsonObject *face)
{
  JsonArray *templates = json_object_get_array_member (face, "templates");
  guint count = json_array_get_length (templates);
  guint numbers = count > 0 ? json_array_get_length (json_array_get_array_element (templates, 0)) : 0;

  append (text,
          ngettext ("Your face: %u set of %u numbers, and no picture",
                    "Your face: %u sets of %u numbers, and no "
                    "picture",
                    count),
          count, numbers);
}

static void
append_pass (GString *text, JsonObject *pass)
{
  g_autofree char *expires = day_of (pass, "expires");

  append (text, _ ("Your face pass: number %s, good until %s. The till keeps nothing about your face."),
          word (pass, "number"), expires);
}

static const char *
words_for_kind (const char *kind)
{
  static const struct
  {
    const char *kind;
    const char *words;
  } table[] = {
    { "consent", N_ ("you agreed") },
    { "enrolment", N_ ("you enrolled") },
    { "pass-issue", N_ ("your face pass was made") },
    { "pass-revoke", N_ ("your face pass was blocked") },
    { "charge-intent", N_ ("a payment was sent") },
    { "charge-end", N_ ("the payment had its end") },
    { "charge-doubt", N_ ("the outcome of the payment was unknown") },
    { "refund-intent", N_ ("money was to be given back") },
    { "refund-end", N_ ("the giving back had its end") },
    { "refund-doubt", N_ ("the outcome of the giving back was unknown") },
    { "settlement", N_ ("a manager found out how it ended") },
    { "receipt", N_ ("your receipt") },
    { "look-alike", N_ ("your face was found much like another") },
    { "face-lock", N_ ("paying by face was stopped for you, or let go on") },
    { "dispute", N_ ("you said that a payment was not yours") },
    { "export", N_ ("you were shown what is kept") },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (table); i++)
    if (g_str_equal (kind, table[i].kind))
      return _ (table[i].words);
  return kind;
}

static void
append_rows (GString *text, JsonArray *rows)
{
  append (text, _ ("In the books, under a random number:"));
  for (guint i = 0; i < json_array_get_length (rows); i++)
    {
      JsonObject *row = json_array_get_object_element (rows, i);
      g_autofree char *day = day_of (row, "at");

      g_string_append_printf (text, "\n%s  %s", day, words_for_kind (word (row, "kind")));
    }
}

char *
till_data_words_for_export (const TillPersonExport *person)
{
  g_autofree char *json = till_person_export_to_json (person);
  g_autoptr (JsonNode) node = json_from_string (json, NULL);
  JsonObject *root = json_node_get_object (node);
  JsonObject *payer = json_object_get_object_member (root, "payment_service");
  g_autoptr (GString) text = g_string_new (NULL);

  if (json_object_has_member (root, "details"))
    append_details (text, json_object_get_object_member (root, "details"));
  if (json_object_has_member (root, "face"))
    append_face (text, json_object_get_object_member (root, "face"));
  if (json_object_has_member (root, "pass"))
    append_pass (text, json_object_get_object_member (root, "pass"));
  if (payer != NULL && *word (payer, "token") != '\0')
    append (text, _ ("The payment service: %s, which knows you as %s"), word (payer, "service"),
            word (payer, "token"));
  append_rows (text, json_object_get_array_member (root, "rows"));
  append (text, _ ("All of it, every number too: the cashier can give you a file, or print it."));
  explicit_bzero (json, strlen (json));
  return g_string_free (g_steal_pointer (&text), FALSE);
}

char *
till_data_words_for_erasure (const TillErasure *erasure)
{
  return till_erasure_to_text (erasure);
}
