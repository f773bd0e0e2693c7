/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "vault/till-signature.h"

#include <sodium.h>
#include <string.h>

/* Exactly @size bytes in hex, nothing else. */
static gboolean
till_signature_decode (guchar *data, gsize size, const char *hex)
{
  gsize length = 0;

  return hex != NULL && strlen (hex) == 2 * size
         && sodium_hex2bin (data, size, hex, 2 * size, NULL, &length, NULL) == 0 && length == size;
}

gboolean
till_signature_verify (const char *public_key, const char *text, const char *signature)
{
  guchar key[crypto_sign_PUBLICKEYBYTES];
  guchar bytes[crypto_sign_BYTES];
  g_autofree char *signed_text = NULL;

  G_STATIC_ASSERT (TILL_SIGNATURE_HEX_LENGTH == 2 * crypto_sign_BYTES);
  g_return_val_if_fail (text != NULL, FALSE);

  if (!till_signature_decode (key, sizeof key, public_key)
      || !till_signature_decode (bytes, sizeof bytes, signature))
    return FALSE;
  signed_text = g_strconcat (TILL_SIGNATURE_TEXT_CONTEXT, text, NULL);
  return crypto_sign_verify_detached (bytes, (const guchar *) signed_text, strlen (signed_text), key) == 0;
}
