/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "customers/till-pass-text.h"

#include "customers/till-pass-error.h"

#include <string.h>

/* RFC 9285, table 1. */
static const char alphabet[] = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:";

#define BASE (sizeof alphabet - 1)
G_STATIC_ASSERT (BASE == 45);

char *
till_pass_text_write (gconstpointer bytes, gsize size)
{
  const guint8 *data = bytes;
  g_autoptr (GString) text = g_string_new (TILL_PASS_TEXT_PREFIX);

  for (gsize i = 0; i < size; i += 2)
    {
      gboolean pair = i + 1 < size;
      guint value = pair ? (guint) data[i] << 8 | data[i + 1] : data[i];

      g_string_append_c (text, alphabet[value % BASE]);
      g_string_append_c (text, alphabet[value / BASE % BASE]);
      if (pair)
        g_string_append_c (text, alphabet[value / BASE / BASE]);
    }
  return g_strdup (text->str);
}

/* The value of @n characters; FALSE for one that is not in the alphabet. */
static gboolean
till_pass_text_value (const char *characters, gsize n, guint *value)
{
  guint weight = 1;

  *value = 0;
  for (gsize i = 0; i < n; i++)
    {
      const char *place = memchr (alphabet, characters[i], BASE);

      if (place == NULL)
        return FALSE;
      *value += (guint) (place - alphabet) * weight;
      weight *= BASE;
    }
  return TRUE;
}

static gboolean
till_pass_text_decode (const char *body, gsize length, GByteArray *bytes)
{
  for (gsize i = 0; i < length; i += 3)
    {
      gsize n = MIN (length - i, 3);
      guint value;

      if (n < 2 || !till_pass_text_value (body + i, n, &value) || value > (n == 3 ? 0xffff : 0xff))
        return FALSE;

      const guint8 pair[2] = { (guint8) (value >> 8), (guint8) value };
      g_byte_array_append (bytes, pair + (n == 3 ? 0 : 1), n == 3 ? 2 : 1);
    }
  return TRUE;
}

GBytes *
till_pass_text_read (const char *text, GError **error)
{
  g_return_val_if_fail (text != NULL, NULL);

  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  const gsize prefix = strlen (TILL_PASS_TEXT_PREFIX);
  const gsize length = strnlen (text, TILL_PASS_TEXT_MOST + 1);

  if (length <= TILL_PASS_TEXT_MOST && g_str_has_prefix (text, TILL_PASS_TEXT_PREFIX)
      && till_pass_text_decode (text + prefix, length - prefix, bytes))
    return g_byte_array_free_to_bytes (g_steal_pointer (&bytes));
  g_set_error_literal (error, TILL_PASS_ERROR, TILL_PASS_ERROR_NOT_A_PASS,
                       "The code that was shown is not a face pass");
  return NULL;
}
