/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sale/till-columns.h"

#include <string.h>

static guint
till_columns_measure_char (gunichar c)
{
  if (g_unichar_iszerowidth (c))
    return 0;
  return g_unichar_iswide (c) ? 2 : 1;
}

guint
till_columns_measure (const char *line)
{
  guint columns = 0;

  for (const char *p = line; *p != '\0'; p = g_utf8_next_char (p))
    columns += till_columns_measure_char (g_utf8_get_char (p));
  return columns;
}

/* Where @text must be broken to take at most @width columns: at its last space, else between two characters. */
static const char *
till_columns_break (const char *text, guint width)
{
  const char *space = NULL;
  guint columns = 0;

  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    {
      columns += till_columns_measure_char (g_utf8_get_char (p));
      if (columns > width)
        {
          if (space != NULL)
            return space;
          return p == text ? g_utf8_next_char (p) : p;
        }
      if (*p == ' ' && p != text)
        space = p;
    }
  return text + strlen (text);
}

static void
till_columns_append_spaces (GString *text, guint n)
{
  for (guint i = 0; i < n; i++)
    g_string_append_c (text, ' ');
}

void
till_columns_append_centred (GString *text, guint width, const char *line)
{
  do
    {
      const char *end = till_columns_break (line, width);
      g_autofree char *part = g_strndup (line, (gsize) (end - line));

      till_columns_append_spaces (text, (width - MIN (width, till_columns_measure (part))) / 2);
      g_string_append_printf (text, "%s\n", part);
      line = *end == ' ' ? end + 1 : end;
    }
  while (*line != '\0');
}

void
till_columns_append_rule (GString *text, guint width, char mark)
{
  for (guint i = 0; i < width; i++)
    g_string_append_c (text, mark);
  g_string_append_c (text, '\n');
}

void
till_columns_append_pair (GString *text, guint width, const char *left, const char *right)
{
  guint right_columns = till_columns_measure (right);
  guint gap = right_columns > 0 ? 1 : 0;
  guint left_width = width > right_columns + gap ? width - right_columns - gap : 1;

  /* A long right side, such as a reference, leaves too little for words: it goes on a line of its own. */
  if (left_width < width / 4 && till_columns_measure (left) > left_width)
    {
      till_columns_append_pair (text, width, left, "");
      left = "";
    }
  while (till_columns_measure (left) > left_width)
    {
      const char *end = till_columns_break (left, left_width);

      g_string_append_len (text, left, end - left);
      g_string_append_c (text, '\n');
      left = *end == ' ' ? end + 1 : end;
    }
  g_string_append (text, left);
  if (*right != '\0')
    {
      guint used = till_columns_measure (left) + right_columns;
      till_columns_append_spaces (text, width > used ? width - used : 1);
      g_string_append (text, right);
    }
  g_string_append_c (text, '\n');
}
