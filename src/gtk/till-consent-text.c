/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gtk/till-consent-text.h"

#include <string.h>

/* Characters a paragraph's own heading may have; a colon further on belongs to a sentence. */
#define HEADING_MAX 40

/* How many bytes of @paragraph are its heading, the colon included. */
static gsize
heading_length (const char *paragraph)
{
  glong characters = 0;

  for (const char *p = paragraph; *p != '\0' && characters < HEADING_MAX;
       p = g_utf8_next_char (p), characters++)
    if (g_utf8_get_char (p) == ':' || g_utf8_get_char (p) == 0xff1a)
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
    g_string_append (markup, "\n\n");
  g_string_append_printf (markup, length > 0 ? "<b>%s</b>%s" : "%s%s", heading, rest);
}

void
till_consent_text_show (TillConsentPurpose purpose, GtkLabel *heading, GtkLabel *body)
{
  g_auto (GStrv) paragraphs = g_strsplit (till_consent_get_text (purpose), "\n\n", -1);
  g_autoptr (GString) markup = g_string_new (NULL);

  gtk_label_set_text (heading, paragraphs[0] != NULL ? paragraphs[0] : "");
  for (guint i = 1; paragraphs[0] != NULL && paragraphs[i] != NULL; i++)
    append_paragraph (markup, paragraphs[i]);
  gtk_label_set_markup (body, markup->str);
}
