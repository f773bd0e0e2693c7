/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "vault/till-keyset.h"

#include "vault/till-seal.h"

#include <sodium.h>
#include <string.h>

/* crypto_kdf's context and numbers; part of the format. */
#define TILL_KEYSET_CONTEXT "SmileTil"
G_STATIC_ASSERT (sizeof TILL_KEYSET_CONTEXT - 1 == crypto_kdf_CONTEXTBYTES);
G_STATIC_ASSERT (TILL_KEYSET_KEY_SIZE == crypto_kdf_KEYBYTES);
G_STATIC_ASSERT (TILL_KEYSET_KEY_SIZE == TILL_SEAL_KEY_SIZE);
G_STATIC_ASSERT (TILL_KEYSET_KEY_SIZE == crypto_generichash_KEYBYTES);
G_STATIC_ASSERT (TILL_KEYSET_KEY_SIZE == crypto_sign_SEEDBYTES);

typedef enum
{
  TILL_KEYSET_SUBKEY_SEAL = 1,
  TILL_KEYSET_SUBKEY_LOOK_UP = 2,
  TILL_KEYSET_SUBKEY_WRAP = 3,
} TillKeysetSubkey;

typedef struct
{
  const TillSecret *master;
  TillKeysetSubkey number;
} TillKeysetDerivation;

typedef struct
{
  const TillSecret *seed;
  guchar *public_key;
} TillKeysetPair;

static const char *const names[TILL_KEY_N_NAMES] = {
  [TILL_KEY_SEAL] = "seal",
  [TILL_KEY_LOOK_UP] = "look-up",
  [TILL_KEY_SIGNING] = "signing",
  [TILL_KEY_PASS] = "pass",
};

const char *
till_key_name_to_string (TillKeyName name)
{
  g_return_val_if_fail (name < TILL_KEY_N_NAMES, NULL);

  return names[name];
}

static gboolean
till_keyset_fill_subkey (guchar *data, gsize *size, gpointer user_data)
{
  const TillKeysetDerivation *derivation = user_data;

  return crypto_kdf_derive_from_key (data, *size, derivation->number, TILL_KEYSET_CONTEXT,
                                     till_secret_get_data (derivation->master))
         == 0;
}

static TillSecret *
till_keyset_derive (const TillSecret *master, TillKeysetSubkey number)
{
  TillKeysetDerivation derivation = { master, number };

  return till_secret_new_filled (TILL_KEYSET_KEY_SIZE, till_keyset_fill_subkey, &derivation);
}

TillKeyset *
till_keyset_new (const TillSecret *master, gint64 generation)
{
  TillKeyset *self;

  g_return_val_if_fail (master != NULL && till_secret_get_size (master) == TILL_KEYSET_KEY_SIZE, NULL);

  self = g_new0 (TillKeyset, 1);
  g_atomic_ref_count_init (&self->refs);
  self->generation = generation;
  self->master = till_secret_ref ((TillSecret *) master);
  self->wrap = till_keyset_derive (master, TILL_KEYSET_SUBKEY_WRAP);
  self->retired = g_ptr_array_new ();
  return self;
}

void
till_keyset_make_random (TillKeyset *self)
{
  for (guint i = 0; i < TILL_KEY_N_NAMES; i++)
    if (self->keys[i] == NULL)
      self->keys[i] = till_secret_new_random (TILL_KEYSET_KEY_SIZE);
  till_keyset_complete (self);
}

void
till_keyset_make_derived (TillKeyset *self)
{
  self->keys[TILL_KEY_SEAL] = till_keyset_derive (self->master, TILL_KEYSET_SUBKEY_SEAL);
  self->keys[TILL_KEY_LOOK_UP] = till_keyset_derive (self->master, TILL_KEYSET_SUBKEY_LOOK_UP);
  till_keyset_make_random (self);
}

void
till_keyset_make_next (TillKeyset *self, const TillKeyset *former, gboolean void_passes)
{
  self->keys[TILL_KEY_SEAL] = till_secret_ref (former->keys[TILL_KEY_SEAL]);
  if (!void_passes)
    self->keys[TILL_KEY_PASS] = till_secret_ref (former->keys[TILL_KEY_PASS]);
  for (guint i = 0; i < former->retired->len; i++)
    g_ptr_array_add (self->retired, g_ptr_array_index (former->retired, i));
  g_ptr_array_add (self->retired, (gpointer) former->public_key);
  till_keyset_make_random (self);
}

/* No customer's id has a blank. */
static char *
till_keyset_wrapping_id (TillKeyName name)
{
  return g_strconcat ("key ", names[name], NULL);
}

GBytes *
till_keyset_wrap (const TillKeyset *self, TillKeyName name)
{
  g_autofree char *id = till_keyset_wrapping_id (name);

  return till_seal_close (self->wrap, id, self->keys[name]);
}

gboolean
till_keyset_unwrap (TillKeyset *self, TillKeyName name, GBytes *wrapped, GError **error)
{
  g_autofree char *id = till_keyset_wrapping_id (name);

  g_clear_pointer (&self->keys[name], till_secret_unref);
  self->keys[name] = till_seal_open (self->wrap, id, wrapped, error);
  return self->keys[name] != NULL;
}

static gboolean
till_keyset_fill_pair (guchar *data, gsize *size, gpointer user_data)
{
  TillKeysetPair *pair = user_data;

  return crypto_sign_seed_keypair (pair->public_key, data, till_secret_get_data (pair->seed)) == 0;
}

void
till_keyset_complete (TillKeyset *self)
{
  guchar public_key[crypto_sign_PUBLICKEYBYTES];
  char hex[2 * crypto_sign_PUBLICKEYBYTES + 1];
  TillKeysetPair pair = { self->keys[TILL_KEY_SIGNING], public_key };

  g_clear_pointer (&self->signing, till_secret_unref);
  self->signing = till_secret_new_filled (crypto_sign_SECRETKEYBYTES, till_keyset_fill_pair, &pair);
  sodium_bin2hex (hex, sizeof hex, public_key, sizeof public_key);
  self->public_key = g_intern_string (hex);
}

char *
till_keyset_hash (const TillKeyset *self, const char *purpose, const char *value)
{
  const TillSecret *key = self->keys[TILL_KEY_LOOK_UP];
  crypto_generichash_state state;
  guchar hash[crypto_generichash_BYTES];
  guint64 purpose_length;
  char *hex;

  /* The length in front keeps ("ab", "c") apart from ("a", "bc"). */
  purpose_length = GUINT64_TO_LE ((guint64) strlen (purpose));
  crypto_generichash_init (&state, till_secret_get_data (key), till_secret_get_size (key), sizeof hash);
  crypto_generichash_update (&state, (const guchar *) &purpose_length, sizeof purpose_length);
  crypto_generichash_update (&state, (const guchar *) purpose, strlen (purpose));
  crypto_generichash_update (&state, (const guchar *) value, strlen (value));
  crypto_generichash_final (&state, hash, sizeof hash);
  sodium_memzero (&state, sizeof state);

  hex = g_malloc (2 * sizeof hash + 1);
  sodium_bin2hex (hex, 2 * sizeof hash + 1, hash, sizeof hash);
  return hex;
}

TillKeyset *
till_keyset_ref (TillKeyset *self)
{
  g_atomic_ref_count_inc (&self->refs);
  return self;
}

void
till_keyset_unref (TillKeyset *self)
{
  if (!g_atomic_ref_count_dec (&self->refs))
    return;
  till_secret_unref (self->master);
  till_secret_unref (self->wrap);
  for (guint i = 0; i < TILL_KEY_N_NAMES; i++)
    g_clear_pointer (&self->keys[i], till_secret_unref);
  g_clear_pointer (&self->signing, till_secret_unref);
  g_ptr_array_unref (self->retired);
  g_free (self);
}
