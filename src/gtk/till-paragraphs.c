/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gtk/till-paragraphs.h"

/* Characters a paragraph's own heading may have; a colon further on belongs to a sentence. */
#define HEADING_MAX 40

/* Half a line apart: with a whole one the text would need a page more. */
#define GAP "\n<span size=\"50%\">\n</span>"

/* The colon of a time or of an address is followed by more of it. */
static gboolean
ends_heading (const char *colon)
{
  const char *next = g_utf8_next_char (colon);

  return g_utf8_get_char (colon) == 0xff1a || (*colon == ':' && (*next == '\0' || g_ascii_isspace (*next)));
}

/* How many bytes of @paragraph are its heading, the colon included. */
static gsize
heading_length (const char *paragraph)
{
  glong characters = 0;

  for (const char *p = paragraph; *p != '\0' && characters < HEADING_MAX;
       p = g_utf8_next_char (p), characters++)
    if (ends_heading (p))
      return (gsize) (g_utf8_next_char (p) - paragraph);
  return 0;
}

static void
append_paragraph (GString *markup, const char *paragraph)
{
  gsize length = heading_length (paragraph);
  g_autofree char *heading = g_markup_escape_text (paragraph, (gssize) length);
  g_autofree char *rest = g_markup_escape_text (paragraph + length, -1);

  if (markup->len > 0)
    g_string_append (markup, GAP);
  g_string_append_printf (markup, length > 0 ? "<b>%s</b>%s" : "%s%s", heading, rest);
}

void
till_paragraphs_show (const char *text, GtkLabel *heading, GtkLabel *body)
{
  g_auto (GStrv) paragraphs = g_strsplit (text, "\n\n", -1);
  g_autoptr (GString) markup = g_string_new (NULL);
  guint first = heading != NULL && paragraphs[0] != NULL ? 1 : 0;

  if (heading != NULL)
    gtk_label_set_text (heading, paragraphs[0] != NULL ? paragraphs[0] : "");
  for (guint i = first; paragraphs[i] != NULL; i++)
    append_paragraph (markup, paragraphs[i]);
  gtk_label_set_markup (body, markup->str);
}
