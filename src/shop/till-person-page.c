/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "shop/till-person-export-private.h"

#include "ledger/till-ledger-entry.h"

#include <glib/gi18n-lib.h>

/* Nothing is fetched, nothing runs: the page is as good in twenty years, on paper, and without a network. */
#define STYLE                                                                                                \
  "body{font:16px/1.5 sans-serif;max-width:50em;margin:2em auto;padding:0 1em;color:#111;background:#fff}"   \
  "h1{font-size:1.6em}h2{font-size:1.2em;margin-top:2em;border-bottom:1px solid #999}"                       \
  "table{border-collapse:collapse;width:100%}th,td{text-align:left;vertical-align:top;"                      \
  "padding:.3em .6em;border-bottom:1px solid #ccc}th{width:35%}pre{white-space:pre-wrap;"                    \
  "font:14px/1.4 monospace;background:#f4f4f4;padding:1em;overflow-wrap:anywhere}"                           \
  "@media print{body{margin:0;max-width:none}h2{break-after:avoid}tr{break-inside:avoid}}"

static void
append_text (GString *page, const char *text)
{
  g_autofree char *escaped = g_markup_escape_text (text != NULL ? text : "", -1);

  g_string_append (page, escaped);
}

static void
append_heading (GString *page, const char *words)
{
  g_string_append (page, "<h2>");
  append_text (page, words);
  g_string_append (page, "</h2>\n");
}

static void
append_paragraph (GString *page, const char *words)
{
  g_string_append (page, "<p>");
  append_text (page, words);
  g_string_append (page, "</p>\n");
}

static void
append_line (GString *page, const char *name, const char *value)
{
  g_string_append (page, "<tr><th>");
  append_text (page, name);
  g_string_append (page, "</th><td>");
  append_text (page, value);
  g_string_append (page, "</td></tr>\n");
}

/* A member as people read it (transfer full). */
static char *
format_member (JsonObject *object, const char *name)
{
  JsonNode *node = json_object_get_member (object, name);

  if (node == NULL || JSON_NODE_HOLDS_NULL (node))
    return g_strdup (_ ("none"));
  if (json_node_get_value_type (node) == G_TYPE_BOOLEAN)
    return g_strdup (json_node_get_boolean (node) ? _ ("yes") : _ ("no"));
  if (json_node_get_value_type (node) == G_TYPE_STRING)
    return json_node_dup_string (node);
  return json_to_string (node, FALSE);
}

static const struct
{
  const char *name;
  const char *words;
} details[] = {
  { "name", N_ ("Name") },
  { "phone_last_digits", N_ ("Last digits of the phone number") },
  { "enrolled", N_ ("Enrolled") },
  { "last_visit", N_ ("Last visit") },
  { "goes_on", N_ ("Erased by itself on") },
  { "guardian", N_ ("Guardian who agreed too") },
  { "pin", N_ ("Has a PIN (kept in a scrambled form that nobody can turn back)") },
  { "look_alike", N_ ("Face is much like another customer’s") },
  { "face_locked", N_ ("Paying by face was stopped") },
  { "number", N_ ("Number of the face pass") },
  { "expires", N_ ("Last day of the face pass") },
  { "revoked", N_ ("Face pass ended") },
  { "service", N_ ("Payment service") },
  { "account", N_ ("Account there") },
  { "token", N_ ("What it knows the payment method by") },
};

static void
append_members (GString *page, JsonObject *root, const char *member)
{
  JsonObject *object
      = json_object_has_member (root, member) ? json_object_get_object_member (root, member) : NULL;

  for (guint i = 0; object != NULL && i < G_N_ELEMENTS (details); i++)
    if (json_object_has_member (object, details[i].name))
      {
        g_autofree char *value = format_member (object, details[i].name);

        append_line (page, _ (details[i].words), value);
      }
}

static void
append_details (GString *page, JsonObject *root)
{
  append_heading (page, _ ("What is kept"));
  g_string_append (page, "<table>\n");
  /* TRANSLATORS: a random code by which the till knows somebody */
  append_line (page, _ ("Code"), json_object_get_string_member (root, "id"));
  append_members (page, root, "details");
  append_members (page, root, "pass");
  g_string_append (page, "</table>\n");

  append_heading (page, _ ("What the payment service holds"));
  g_string_append (page, "<table>\n");
  append_members (page, root, "payment_service");
  g_string_append (page, "</table>\n");
  append_paragraph (
      page, _ ("The payment service keeps the payment method itself; what else it holds, it has to tell "
               "you on its own."));
}

static void
append_face (GString *page, JsonObject *root)
{
  append_heading (page, _ ("The numbers worked out from your face"));
  if (!json_object_has_member (root, "face"))
    {
      append_paragraph (page, _ ("This till keeps none. They are on the pass you carry."));
      return;
    }

  JsonArray *templates
      = json_object_get_array_member (json_object_get_object_member (root, "face"), "templates");
  append_paragraph (page, _ ("No picture can be made of them. Each line is one view of your face."));
  for (guint i = 0; i < json_array_get_length (templates); i++)
    {
      g_autofree char *line = json_to_string (json_array_get_element (templates, i), FALSE);

      g_string_append (page, "<pre>");
      append_text (page, line);
      g_string_append (page, "</pre>\n");
    }
}

static void
append_consents (GString *page, JsonObject *root)
{
  JsonArray *consents = json_object_get_array_member (root, "consents");

  append_heading (page, _ ("What you agreed to"));
  if (json_array_get_length (consents) == 0)
    append_paragraph (page, _ ("Nothing."));
  for (guint i = 0; i < json_array_get_length (consents); i++)
    {
      g_string_append (page, "<pre>");
      append_text (page, json_object_get_string_member_with_default (
                             json_array_get_object_element (consents, i), "record", ""));
      g_string_append (page, "</pre>\n");
    }
}

static const struct
{
  const char *kind;
  const char *words;
} kinds[] = {
  { TILL_LEDGER_CONSENT, N_ ("You agreed") },
  { TILL_LEDGER_ENROLMENT, N_ ("You were enrolled") },
  { TILL_LEDGER_ERASURE, N_ ("You were erased") },
  { TILL_LEDGER_LOOK_ALIKE, N_ ("A manager said that you are not whom you look like") },
  { TILL_LEDGER_CHARGE_INTENT, N_ ("A payment was begun") },
  { TILL_LEDGER_CHARGE_END, N_ ("A payment ended") },
  { TILL_LEDGER_CHARGE_DOUBT, N_ ("The end of a payment was not known") },
  { TILL_LEDGER_RECEIPT, N_ ("A receipt") },
  { TILL_LEDGER_REFUND, N_ ("Money was given back") },
  { TILL_LEDGER_REFUND_INTENT, N_ ("A refund was begun") },
  { TILL_LEDGER_REFUND_END, N_ ("A refund ended") },
  { TILL_LEDGER_REFUND_DOUBT, N_ ("The end of a refund was not known") },
  { TILL_LEDGER_SETTLEMENT, N_ ("A manager settled a payment") },
  { TILL_LEDGER_DISPUTE, N_ ("You said a payment was not yours") },
  { TILL_LEDGER_FACE_LOCK, N_ ("Paying by face was stopped or allowed again") },
  { TILL_LEDGER_PASS_ISSUE, N_ ("A face pass was given to you") },
  { TILL_LEDGER_PASS_REVOKE, N_ ("Your face pass was ended") },
  { TILL_LEDGER_EXPORT, N_ ("This was given out") },
  { TILL_LEDGER_PAYER_REMOVED, N_ ("The payment service removed your payment method") },
};

static const char *
words_for_kind (const char *kind)
{
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    if (g_str_equal (kinds[i].kind, kind))
      return _ (kinds[i].words);
  return kind;
}

static void
append_rows (GString *page, JsonObject *root)
{
  JsonArray *rows = json_object_get_array_member (root, "rows");

  append_heading (page, _ ("Every row of the shop’s books about you"));
  for (guint i = 0; i < json_array_get_length (rows); i++)
    {
      JsonObject *row = json_array_get_object_element (rows, i);
      g_autofree char *heading
          = g_strdup_printf ("%06" G_GINT64_FORMAT " · %s · %s", json_object_get_int_member (row, "number"),
                             json_object_get_string_member (row, "at"),
                             words_for_kind (json_object_get_string_member (row, "kind")));
      g_autofree char *body = json_to_string (json_object_get_member (row, "body"), TRUE);

      append_paragraph (page, heading);
      if (json_object_has_member (row, "sale"))
        append_paragraph (page, json_object_get_string_member (row, "sale"));
      g_string_append (page, "<pre>");
      append_text (page, body);
      g_string_append (page, "</pre>\n");
    }
}

char *
till_person_page_make (JsonObject *root)
{
  GString *page = g_string_new ("<!DOCTYPE html>\n<html lang=\"");
  const char *shop = json_object_get_string_member (root, "shop");
  /* TRANSLATORS: name of a shop */
  g_autofree char *title = g_strdup_printf (_ ("What %s keeps about you"), shop);

  g_string_append_printf (page, "%s\">\n<head>\n<meta charset=\"utf-8\">\n<title>", _ ("en"));
  append_text (page, title);
  g_string_append (page, "</title>\n<style>" STYLE "</style>\n</head>\n<body>\n<h1>");
  append_text (page, title);
  g_string_append (page, "</h1>\n");
  append_paragraph (page, json_object_get_string_member (root, "at"));
  append_details (page, root);
  append_consents (page, root);
  append_face (page, root);
  append_rows (page, root);
  g_string_append (page, "</body>\n</html>\n");
  return g_string_free (page, FALSE);
}
