/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/till-error.h"
#include "vault/till-vault-private.h"

#include <sodium.h>
#include <string.h>

#define TILL_PASS_NONCE     crypto_aead_xchacha20poly1305_ietf_NPUBBYTES
#define TILL_PASS_TAG       crypto_aead_xchacha20poly1305_ietf_ABYTES
#define TILL_PASS_SIGNATURE crypto_sign_BYTES
G_STATIC_ASSERT (TILL_PASS_NONCE + TILL_PASS_TAG + TILL_PASS_SIGNATURE == TILL_VAULT_PASS_OVERHEAD);

/* Keeps a pass's signature from ever being that of a text. */
#define TILL_PASS_CONTEXT "smiletill pass\n"

typedef struct
{
  const TillSecret *key;
  GBytes *head;
  const guchar *sealed; /* nonce, cipher text, tag */
  gsize size;
} TillPassOpening;

/* What is signed: the context, the head with its length in front, what is sealed (transfer full). */
static GByteArray *
till_pass_signed (GBytes *head, const guchar *sealed, gsize size)
{
  GByteArray *bytes = g_byte_array_new ();
  gsize head_size;
  const guchar *head_data = g_bytes_get_data (head, &head_size);
  const guint32 length = GUINT32_TO_LE ((guint32) head_size);

  g_byte_array_append (bytes, (const guchar *) TILL_PASS_CONTEXT, strlen (TILL_PASS_CONTEXT));
  g_byte_array_append (bytes, (const guchar *) &length, sizeof length);
  g_byte_array_append (bytes, head_data, (guint) head_size);
  g_byte_array_append (bytes, sealed, (guint) size);
  return bytes;
}

GBytes *
till_vault_close_pass (TillVault *self, GBytes *head, TillSecret *body, GError **error)
{
  g_return_val_if_fail (TILL_IS_VAULT (self) && head != NULL && body != NULL, NULL);

  g_autoptr (TillKeyset) keyset = till_vault_ref_keyset (self, error);
  if (keyset == NULL)
    return NULL;

  gsize head_size;
  const guchar *head_data = g_bytes_get_data (head, &head_size);
  gsize sealed_size = TILL_PASS_NONCE + till_secret_get_size (body) + TILL_PASS_TAG;
  guchar *closed = g_malloc (sealed_size + TILL_PASS_SIGNATURE);
  randombytes_buf (closed, TILL_PASS_NONCE);
  crypto_aead_xchacha20poly1305_ietf_encrypt (closed + TILL_PASS_NONCE, NULL, till_secret_get_data (body),
                                              till_secret_get_size (body), head_data, head_size, NULL, closed,
                                              till_secret_get_data (keyset->keys[TILL_KEY_PASS]));

  g_autoptr (GByteArray) bytes = till_pass_signed (head, closed, sealed_size);
  crypto_sign_detached (closed + sealed_size, NULL, bytes->data, bytes->len,
                        till_secret_get_data (keyset->signing));
  return g_bytes_new_take (closed, sealed_size + TILL_PASS_SIGNATURE);
}

static gboolean
till_pass_is_signed_by (const char *hex, GByteArray *bytes, const guchar *signature)
{
  guchar key[crypto_sign_PUBLICKEYBYTES];

  return sodium_hex2bin (key, sizeof key, hex, strlen (hex), NULL, NULL, NULL) == 0
         && crypto_sign_verify_detached (signature, bytes->data, bytes->len, key) == 0;
}

/* By the key in force or one that was: a pass outlives a change of keys. */
static gboolean
till_pass_is_signed (const TillKeyset *keyset, const TillPassOpening *opening)
{
  g_autoptr (GByteArray) bytes = till_pass_signed (opening->head, opening->sealed, opening->size);
  const guchar *signature = opening->sealed + opening->size;

  if (till_pass_is_signed_by (keyset->public_key, bytes, signature))
    return TRUE;
  for (guint i = keyset->retired->len; i > 0; i--)
    if (till_pass_is_signed_by (g_ptr_array_index (keyset->retired, i - 1), bytes, signature))
      return TRUE;
  return FALSE;
}

static gboolean
till_pass_decrypt (guchar *data, gsize *size, gpointer user_data)
{
  const TillPassOpening *opening = user_data;
  gsize head_size;
  const guchar *head = g_bytes_get_data (opening->head, &head_size);

  return crypto_aead_xchacha20poly1305_ietf_decrypt (data, NULL, NULL, opening->sealed + TILL_PASS_NONCE,
                                                     opening->size - TILL_PASS_NONCE, head, head_size,
                                                     opening->sealed, till_secret_get_data (opening->key))
         == 0;
}

TillSecret *
till_vault_open_pass (TillVault *self, GBytes *head, GBytes *closed, GError **error)
{
  TillPassOpening opening = { .head = head };
  TillSecret *body = NULL;
  gsize size;

  g_return_val_if_fail (TILL_IS_VAULT (self) && head != NULL && closed != NULL, NULL);

  g_autoptr (TillKeyset) keyset = till_vault_ref_keyset (self, error);
  if (keyset == NULL)
    return NULL;
  opening.key = keyset->keys[TILL_KEY_PASS];
  opening.sealed = g_bytes_get_data (closed, &size);
  if (size >= TILL_VAULT_PASS_OVERHEAD)
    {
      opening.size = size - TILL_PASS_SIGNATURE;
      if (till_pass_is_signed (keyset, &opening))
        body = till_secret_new_filled (opening.size - TILL_PASS_NONCE - TILL_PASS_TAG, till_pass_decrypt,
                                       &opening);
    }
  if (body == NULL)
    g_set_error_literal (error, TILL_ERROR, TILL_ERROR_CORRUPT,
                         "the face pass was not made by this till, was altered, or was made void");
  return body;
}
