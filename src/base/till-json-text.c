/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/till-json-text.h"

#include "base/till-error.h"

#include <math.h>
#include <string.h>

typedef struct
{
  const char *at;
  const char *end;
  guint deepest;
  guint depth;
  const char *fault; /* (nullable) what is wrong at @at */
} Reader;

static gboolean read_value (Reader *reader);

static gboolean
fail (Reader *reader, const char *fault)
{
  reader->fault = fault;
  return FALSE;
}

static char
peek (const Reader *reader)
{
  return reader->at < reader->end ? *reader->at : '\0';
}

static gboolean
take (Reader *reader, char c)
{
  if (peek (reader) != c || reader->at == reader->end)
    return FALSE;
  reader->at++;
  return TRUE;
}

static void
skip_blanks (Reader *reader)
{
  while (reader->at < reader->end && strchr (" \t\r\n", *reader->at) != NULL && *reader->at != '\0')
    reader->at++;
}

/* Strings */

/* The four digits after "\u". */
static gboolean
read_unit (Reader *reader, guint *unit)
{
  *unit = 0;
  for (guint i = 0; i < 4; i++)
    {
      int digit = g_ascii_xdigit_value (peek (reader));

      if (digit < 0)
        return fail (reader, "“\\u” is to be followed by four hexadecimal digits");
      *unit = *unit * 16 + (guint) digit;
      reader->at++;
    }
  return TRUE;
}

static gboolean
read_escape (Reader *reader)
{
  guint first = 0;
  guint second = 0;

  if (!take (reader, 'u'))
    {
      if (peek (reader) == '\0' || strchr ("\"\\/bfnrt", peek (reader)) == NULL)
        return fail (reader, "a backslash is followed by what it can't escape");
      reader->at++;
      return TRUE;
    }
  if (!read_unit (reader, &first))
    return FALSE;
  if (first < 0xd800 || first > 0xdfff)
    return TRUE;
  if (first > 0xdbff || !take (reader, '\\') || !take (reader, 'u'))
    return fail (reader, "half of a surrogate pair is missing");
  if (!read_unit (reader, &second))
    return FALSE;
  return (second >= 0xdc00 && second <= 0xdfff) || fail (reader, "half of a surrogate pair is missing");
}

static gboolean
read_string (Reader *reader)
{
  reader->at++;
  while (reader->at < reader->end)
    {
      guchar c = (guchar) *reader->at;

      if (c < 0x20)
        return fail (reader, "a control character stands in a string, or its closing quote is missing");
      reader->at++;
      if (c == '"')
        return TRUE;
      if (c == '\\' && !read_escape (reader))
        return FALSE;
    }
  return fail (reader, "a string is not closed");
}

/* Numbers */

static gboolean
skip_digits (Reader *reader)
{
  const char *start = reader->at;

  while (g_ascii_isdigit (peek (reader)))
    reader->at++;
  return reader->at > start;
}

/* What is written right need not fit. */
static gboolean
check_range (Reader *reader, const char *start, gboolean whole)
{
  g_autofree char *number = g_strndup (start, (gsize) (reader->at - start));
  gboolean fits = FALSE;

  if (whole)
    fits = g_ascii_string_to_signed (number, 10, G_MININT64, G_MAXINT64, NULL, NULL);
  else
    fits = isfinite (g_ascii_strtod (number, NULL));
  if (!fits)
    reader->at = start;
  return fits || fail (reader, "a number is too large");
}

static gboolean
read_number (Reader *reader)
{
  const char *start = reader->at;
  gboolean whole = TRUE;

  take (reader, '-');
  if (!take (reader, '0') && !skip_digits (reader))
    return fail (reader, "a minus is to be followed by a number");
  if (g_ascii_isdigit (peek (reader)))
    return fail (reader, "a number begins with a needless 0");
  if (take (reader, '.'))
    {
      whole = FALSE;
      if (!skip_digits (reader))
        return fail (reader, "a decimal point is to be followed by digits");
    }
  if (take (reader, 'e') || take (reader, 'E'))
    {
      whole = FALSE;
      if (!take (reader, '+'))
        take (reader, '-');
      if (!skip_digits (reader))
        return fail (reader, "an exponent is to have digits");
    }
  return check_range (reader, start, whole);
}

/* Brackets */

static gboolean
read_name (Reader *reader)
{
  skip_blanks (reader);
  if (peek (reader) != '"')
    return fail (reader, "a name in double quotes is expected");
  if (!read_string (reader))
    return FALSE;
  skip_blanks (reader);
  return take (reader, ':') || fail (reader, "a name is to be followed by a colon");
}

static gboolean
read_elements (Reader *reader, gboolean named, char closing)
{
  skip_blanks (reader);
  if (take (reader, closing))
    return TRUE;
  do
    {
      if ((named && !read_name (reader)) || !read_value (reader))
        return FALSE;
      skip_blanks (reader);
    }
  while (take (reader, ','));
  return take (reader, closing)
         || fail (reader, named ? "a comma or “}” is expected" : "a comma or “]” is expected");
}

static gboolean
read_bracket (Reader *reader, gboolean named)
{
  if (reader->depth == reader->deepest)
    return fail (reader, "brackets are nested too deep");
  reader->at++;
  reader->depth++;
  if (!read_elements (reader, named, named ? '}' : ']'))
    return FALSE;
  reader->depth--;
  return TRUE;
}

static gboolean
read_word (Reader *reader)
{
  static const char *const words[] = { "true", "false", "null" };

  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    if ((gsize) (reader->end - reader->at) >= strlen (words[i])
        && memcmp (reader->at, words[i], strlen (words[i])) == 0)
      {
        reader->at += strlen (words[i]);
        return TRUE;
      }
  return fail (reader, "a value is expected");
}

static gboolean
read_value (Reader *reader)
{
  skip_blanks (reader);
  switch (peek (reader))
    {
    case '{':
      return read_bracket (reader, TRUE);
    case '[':
      return read_bracket (reader, FALSE);
    case '"':
      return read_string (reader);
    default:
      return peek (reader) == '-' || g_ascii_isdigit (peek (reader)) ? read_number (reader)
                                                                     : read_word (reader);
    }
}

static guint
count_lines (const char *text, const char *at)
{
  guint lines = 1;

  for (; text < at; text++)
    lines += *text == '\n';
  return lines;
}

gboolean
till_json_text_check (const char *text, gsize size, guint deepest, GError **error)
{
  Reader reader = { .at = text, .end = text + size, .deepest = deepest };

  if (size == 0)
    {
      g_set_error_literal (error, TILL_ERROR, TILL_ERROR_INVALID, "it is empty");
      return FALSE;
    }
  if (!g_utf8_validate_len (text, size, NULL))
    {
      g_set_error_literal (error, TILL_ERROR, TILL_ERROR_INVALID, "it is not UTF-8 text");
      return FALSE;
    }
  if (read_value (&reader))
    {
      skip_blanks (&reader);
      if (reader.at == reader.end)
        return TRUE;
      fail (&reader, "something follows where it should end");
    }
  g_set_error (error, TILL_ERROR, TILL_ERROR_INVALID, "%s (line %u)", reader.fault,
               count_lines (text, reader.at));
  return FALSE;
}
