/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/till-name.h"

#include "base/till-error.h"

#include <string.h>

/* Embeddings, overrides and isolates of the Unicode bidirectional algorithm: they reach past the name's own end. */
static gboolean
till_name_is_reordering (gunichar c)
{
  return (c >= 0x202a && c <= 0x202e) || (c >= 0x2066 && c <= 0x2069);
}

static gboolean
till_name_is_forbidden (gunichar c)
{
  switch (g_unichar_type (c))
    {
    case G_UNICODE_CONTROL:
    case G_UNICODE_LINE_SEPARATOR:
    case G_UNICODE_PARAGRAPH_SEPARATOR:
    case G_UNICODE_SURROGATE:
      return TRUE;
    default:
      return till_name_is_reordering (c);
    }
}

static gboolean
till_name_refuse (const char *what, const char *why, GError **error)
{
  g_set_error (error, TILL_ERROR, TILL_ERROR_INVALID, "%s %s", what, why);
  return FALSE;
}

gboolean
till_name_check (const char *what, const char *name, GError **error)
{
  gboolean blank = TRUE;
  guint length = 0;

  if (name == NULL)
    return till_name_refuse (what, "is missing", error);
  if (!g_utf8_validate (name, -1, NULL))
    return till_name_refuse (what, "is not UTF-8 text", error);

  for (const char *p = name; *p != '\0'; p = g_utf8_next_char (p), length++)
    {
      gunichar c = g_utf8_get_char (p);

      if (length == TILL_NAME_MAX)
        return till_name_refuse (what, "is longer than " G_STRINGIFY (TILL_NAME_MAX) " characters", error);
      if (till_name_is_forbidden (c))
        return till_name_refuse (what, "holds a control character or line break: leave it out", error);
      blank = blank && (g_unichar_isspace (c) || g_unichar_iszerowidth (c));
    }
  return !blank || till_name_refuse (what, "is empty", error);
}
