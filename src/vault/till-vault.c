/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/till-error.h"
#include "vault/till-record-keys-sqlite.h"
#include "vault/till-seal.h"
#include "vault/till-signature.h"
#include "vault/till-vault-private.h"
#include "vault/till-vault-sqlite.h"

#include <sodium.h>
#include <string.h>

G_DEFINE_FINAL_TYPE (TillVault, till_vault, G_TYPE_OBJECT)

static void
till_vault_finalize (GObject *object)
{
  TillVault *self = TILL_VAULT (object);

  g_clear_object (&self->keyring);
  g_clear_object (&self->store);
  g_clear_pointer (&self->keyset, till_keyset_unref);
  g_clear_pointer (&self->next, till_keyset_unref);
  g_mutex_clear (&self->lock);
  G_OBJECT_CLASS (till_vault_parent_class)->finalize (object);
}

static void
till_vault_class_init (TillVaultClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = till_vault_finalize;
}

static void
till_vault_init (TillVault *self)
{
  g_mutex_init (&self->lock);
}

static gpointer
till_vault_do_look (sqlite3 *db, gpointer data, GError **error)
{
  till_vault_sqlite_load_state (db, data, error);
  return NULL;
}

static gboolean
till_vault_look (TillVault *self, GError **error)
{
  TillVaultState state = { 0 };
  g_autoptr (GError) failure = NULL;

  G_STATIC_ASSERT (sizeof state.shop_tag == TILL_VAULT_SHOP_TAG_SIZE);
  till_store_run (self->store, till_vault_do_look, &state, &failure);
  if (failure != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&failure));
      return FALSE;
    }
  memcpy (self->shop_tag, state.shop_tag, sizeof self->shop_tag);
  self->generation = state.generation;
  self->public_key = g_intern_string (state.public_key);
  self->has_recovery = state.has_recovery;
  till_vault_state_clear (&state);
  return TRUE;
}

static gboolean
till_vault_migrate (TillStore *store, GError **error)
{
  guint8 shop_tag[TILL_VAULT_SHOP_TAG_SIZE];

  if (till_store_is_reading (store))
    return TRUE;
  if (sodium_init () < 0)
    g_error ("libsodium can't be started");
  randombytes_buf (shop_tag, sizeof shop_tag);
  return till_vault_sqlite_migrate (store, shop_tag, error) && till_record_keys_sqlite_migrate (store, error);
}

TillVault *
till_vault_new (TillKeyring *keyring, TillStore *store, GError **error)
{
  g_return_val_if_fail (TILL_IS_KEYRING (keyring), NULL);
  g_return_val_if_fail (TILL_IS_STORE (store), NULL);

  if (!till_vault_migrate (store, error))
    return NULL;

  g_autoptr (TillVault) self = g_object_new (TILL_TYPE_VAULT, NULL);
  self->keyring = g_object_ref (keyring);
  self->store = g_object_ref (store);
  return till_vault_look (self, error) ? g_steal_pointer (&self) : NULL;
}

gboolean
till_vault_is_open (TillVault *self)
{
  g_return_val_if_fail (TILL_IS_VAULT (self), FALSE);

  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);
  return self->keyset != NULL;
}

static void
till_vault_set_locked_error (GError **error)
{
  g_set_error_literal (error, TILL_ERROR, TILL_ERROR_LOCKED,
                       "customers' records are locked: the master key has not been read from the keyring");
}

TillKeyset *
till_vault_ref_keyset (TillVault *self, GError **error)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);

  if (self->keyset != NULL)
    return till_keyset_ref (self->keyset);
  till_vault_set_locked_error (error);
  return NULL;
}

TillKeyset *
till_vault_ref_keyset_of (TillVault *self, sqlite3 *db, GError **error)
{
  g_autoptr (TillKeyset) current = till_vault_ref_keyset (self, error);
  gint64 generation;

  if (current == NULL || !till_vault_sqlite_load_generation (db, &generation, error))
    return NULL;

  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);
  if (self->keyset->generation == generation)
    return till_keyset_ref (self->keyset);
  if (self->next != NULL && self->next->generation == generation)
    return till_keyset_ref (self->next);
  till_vault_set_locked_error (error);
  return NULL;
}

void
till_vault_set_keyset (TillVault *self, TillKeyset *keyset)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);

  till_keyset_ref (keyset);
  g_clear_pointer (&self->keyset, till_keyset_unref);
  self->keyset = keyset;
  g_clear_pointer (&self->next, till_keyset_unref);
  self->public_key = keyset->public_key;
  self->generation = keyset->generation;
}

char *
till_vault_entry (gint64 generation)
{
  return generation <= 1 ? g_strdup ("master-key")
                         : g_strdup_printf ("master-key-%" G_GINT64_FORMAT, generation);
}

gboolean
till_vault_begin (TillVault *self, GTask *task)
{
  if (!self->busy)
    {
      self->busy = TRUE;
      return TRUE;
    }
  g_task_return_new_error (task, TILL_ERROR, TILL_ERROR_BUSY, "the vault is being opened or changed already");
  return FALSE;
}

void
till_vault_end (TillVault *self, GTask *task, GError *error)
{
  self->busy = FALSE;
  if (error != NULL)
    g_task_return_error (task, error);
  else
    g_task_return_boolean (task, TRUE);
}

GBytes *
till_vault_seal (TillVault *self, const char *record_id, TillSecret *plain, GError **error)
{
  g_return_val_if_fail (TILL_IS_VAULT (self) && record_id != NULL && plain != NULL, NULL);

  g_autoptr (TillKeyset) keyset = till_vault_ref_keyset (self, error);
  return keyset != NULL ? till_seal_close (keyset->keys[TILL_KEY_SEAL], record_id, plain) : NULL;
}

TillSecret *
till_vault_unseal (TillVault *self, const char *record_id, GBytes *sealed, GError **error)
{
  g_return_val_if_fail (TILL_IS_VAULT (self) && record_id != NULL && sealed != NULL, NULL);

  g_autoptr (TillKeyset) keyset = till_vault_ref_keyset (self, error);
  return keyset != NULL ? till_seal_open (keyset->keys[TILL_KEY_SEAL], record_id, sealed, error) : NULL;
}

char *
till_vault_hash (TillVault *self, const char *purpose, const char *value, GError **error)
{
  g_return_val_if_fail (TILL_IS_VAULT (self) && purpose != NULL && value != NULL, NULL);

  g_autoptr (TillKeyset) keyset = till_vault_ref_keyset (self, error);
  return keyset != NULL ? till_keyset_hash (keyset, purpose, value) : NULL;
}

char *
till_vault_hash_within (TillVault *self, sqlite3 *db, const char *purpose, const char *value, GError **error)
{
  g_return_val_if_fail (TILL_IS_VAULT (self) && db != NULL && purpose != NULL && value != NULL, NULL);

  g_autoptr (TillKeyset) keyset = till_vault_ref_keyset_of (self, db, error);
  return keyset != NULL ? till_keyset_hash (keyset, purpose, value) : NULL;
}

char *
till_vault_sign (TillVault *self, const char *text, GError **error)
{
  guchar signature[crypto_sign_BYTES];
  g_autofree char *signed_text = NULL;
  char *hex;

  g_return_val_if_fail (TILL_IS_VAULT (self) && text != NULL, NULL);

  g_autoptr (TillKeyset) keyset = till_vault_ref_keyset (self, error);
  if (keyset == NULL)
    return NULL;
  signed_text = g_strconcat (TILL_SIGNATURE_TEXT_CONTEXT, text, NULL);
  crypto_sign_detached (signature, NULL, (const guchar *) signed_text, strlen (signed_text),
                        till_secret_get_data (keyset->signing));
  hex = g_malloc (2 * sizeof signature + 1);
  return sodium_bin2hex (hex, 2 * sizeof signature + 1, signature, sizeof signature);
}

const char *
till_vault_get_public_key (TillVault *self)
{
  g_return_val_if_fail (TILL_IS_VAULT (self), NULL);

  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);
  return self->public_key;
}

gboolean
till_vault_knows_public_key (TillVault *self, const char *public_key)
{
  g_return_val_if_fail (TILL_IS_VAULT (self) && public_key != NULL, FALSE);

  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);
  if (g_strcmp0 (self->public_key, public_key) == 0)
    return TRUE;
  return self->keyset != NULL
         && g_ptr_array_find_with_equal_func (self->keyset->retired, public_key, g_str_equal, NULL);
}

const guint8 *
till_vault_get_shop_tag (TillVault *self)
{
  g_return_val_if_fail (TILL_IS_VAULT (self), NULL);

  return self->shop_tag;
}

gint64
till_vault_get_generation (TillVault *self)
{
  g_return_val_if_fail (TILL_IS_VAULT (self), 0);

  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);
  return self->generation;
}

gboolean
till_vault_has_recovery (TillVault *self)
{
  g_return_val_if_fail (TILL_IS_VAULT (self), FALSE);

  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);
  return self->has_recovery;
}
