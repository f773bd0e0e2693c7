/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "vault/till-seal.h"

#include "base/till-error.h"

#include <sodium.h>
#include <string.h>

#define TILL_SEAL_VERSION 1
#define TILL_SEAL_NONCE   crypto_aead_xchacha20poly1305_ietf_NPUBBYTES
#define TILL_SEAL_TAG     crypto_aead_xchacha20poly1305_ietf_ABYTES
#define TILL_SEAL_HEADER  (1 + TILL_SEAL_NONCE)

G_STATIC_ASSERT (TILL_SEAL_KEY_SIZE == crypto_aead_xchacha20poly1305_ietf_KEYBYTES);

typedef struct
{
  const TillSecret *key;
  GByteArray *associated;
  const guchar *sealed;
  gsize size;
} TillSealOpening;

static GByteArray *
till_seal_associated (const char *record_id)
{
  const guchar version = TILL_SEAL_VERSION;
  GByteArray *associated = g_byte_array_new ();

  g_byte_array_append (associated, &version, 1);
  g_byte_array_append (associated, (const guchar *) record_id, (guint) strlen (record_id));
  return associated;
}

GBytes *
till_seal_close (const TillSecret *key, const char *record_id, const TillSecret *plain)
{
  g_autoptr (GByteArray) associated = till_seal_associated (record_id);
  gsize size = TILL_SEAL_HEADER + till_secret_get_size (plain) + TILL_SEAL_TAG;
  guchar *sealed = g_malloc (size);
  guchar *nonce = sealed + 1;

  g_assert (till_secret_get_size (key) == TILL_SEAL_KEY_SIZE);
  sealed[0] = TILL_SEAL_VERSION;
  randombytes_buf (nonce, TILL_SEAL_NONCE);
  crypto_aead_xchacha20poly1305_ietf_encrypt (sealed + TILL_SEAL_HEADER, NULL, till_secret_get_data (plain),
                                              till_secret_get_size (plain), associated->data, associated->len,
                                              NULL, nonce, till_secret_get_data (key));
  return g_bytes_new_take (sealed, size);
}

static gboolean
till_seal_decrypt (guchar *data, gsize *size, gpointer user_data)
{
  const TillSealOpening *opening = user_data;

  return crypto_aead_xchacha20poly1305_ietf_decrypt (data, NULL, NULL, opening->sealed + TILL_SEAL_HEADER,
                                                     opening->size - TILL_SEAL_HEADER,
                                                     opening->associated->data, opening->associated->len,
                                                     opening->sealed + 1, till_secret_get_data (opening->key))
         == 0;
}

TillSecret *
till_seal_open (const TillSecret *key, const char *record_id, GBytes *sealed, GError **error)
{
  g_autoptr (GByteArray) associated = till_seal_associated (record_id);
  TillSealOpening opening = { .key = key, .associated = associated };
  TillSecret *plain = NULL;

  g_assert (till_secret_get_size (key) == TILL_SEAL_KEY_SIZE);
  opening.sealed = g_bytes_get_data (sealed, &opening.size);
  if (opening.size >= TILL_SEAL_HEADER + TILL_SEAL_TAG && opening.sealed[0] == TILL_SEAL_VERSION)
    plain = till_secret_new_filled (opening.size - TILL_SEAL_HEADER - TILL_SEAL_TAG, till_seal_decrypt,
                                    &opening);
  if (plain == NULL)
    g_set_error (error, TILL_ERROR, TILL_ERROR_CORRUPT,
                 "the sealed record %s can't be opened: it was altered, belongs to another record, or was "
                 "sealed under "
                 "another key",
                 record_id);
  return plain;
}
