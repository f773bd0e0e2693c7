/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "vault/till-vault.h"

#include "base/till-error.h"
#include "vault/till-seal.h"

#include <sodium.h>
#include <string.h>

#define TILL_VAULT_MASTER_KEY "master-key"

/* crypto_kdf's numbers and context of the two keys; part of the format. */
#define TILL_VAULT_KDF_CONTEXT "SmileTil"
G_STATIC_ASSERT (sizeof TILL_VAULT_KDF_CONTEXT - 1 == crypto_kdf_CONTEXTBYTES);

typedef enum
{
  TILL_VAULT_SUBKEY_SEAL = 1,
  TILL_VAULT_SUBKEY_HASH = 2,
} TillVaultSubkey;

struct _TillVault
{
  GObject parent_instance;

  TillKeyring *keyring;
  gboolean opening; /* the main context's */

  /* Set once, before open is. */
  TillSecret *seal_key;
  TillSecret *hash_key;
  int open; /* atomic */
};

G_DEFINE_FINAL_TYPE (TillVault, till_vault, G_TYPE_OBJECT)

typedef struct
{
  gboolean create_if_absent;
  TillSecret *created;
} TillVaultOpening;

typedef struct
{
  const TillSecret *master;
  TillVaultSubkey number;
} TillVaultDerivation;

static void
till_vault_opening_free (gpointer data)
{
  TillVaultOpening *opening = data;

  g_clear_pointer (&opening->created, till_secret_unref);
  g_free (opening);
}

static gboolean
till_vault_fill_subkey (guchar *data, gsize *size, gpointer user_data)
{
  const TillVaultDerivation *derivation = user_data;

  return crypto_kdf_derive_from_key (data, *size, derivation->number, TILL_VAULT_KDF_CONTEXT,
                                     till_secret_get_data (derivation->master))
         == 0;
}

static TillSecret *
till_vault_derive (const TillSecret *master, TillVaultSubkey number, gsize size)
{
  TillVaultDerivation derivation = { master, number };

  return till_secret_new_filled (size, till_vault_fill_subkey, &derivation);
}

/* @error: (transfer full) (nullable); NULL for a vault that is open now. */
static void
till_vault_end_opening (TillVault *self, GTask *task, GError *error)
{
  self->opening = FALSE;
  if (error != NULL)
    g_task_return_error (task, error);
  else
    g_task_return_boolean (task, TRUE);
}

static void
till_vault_take_master (TillVault *self, GTask *task, const TillSecret *master)
{
  if (till_secret_get_size (master) != crypto_kdf_KEYBYTES)
    {
      till_vault_end_opening (self, task,
                              g_error_new (TILL_ERROR, TILL_ERROR_CORRUPT,
                                           "the keyring's entry \"%s\" has %" G_GSIZE_FORMAT
                                           " bytes instead of %u; restore it from a backup",
                                           TILL_VAULT_MASTER_KEY, till_secret_get_size (master),
                                           crypto_kdf_KEYBYTES));
      return;
    }
  self->seal_key = till_vault_derive (master, TILL_VAULT_SUBKEY_SEAL, TILL_SEAL_KEY_SIZE);
  self->hash_key = till_vault_derive (master, TILL_VAULT_SUBKEY_HASH, crypto_generichash_KEYBYTES);
  g_atomic_int_set (&self->open, 1);
  till_vault_end_opening (self, task, NULL);
}

/* A key is trusted with records only after the keyring gave it back. */
static void
till_vault_on_read_back (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  TillVault *self = g_task_get_source_object (task);
  TillVaultOpening *opening = g_task_get_task_data (task);
  g_autoptr (TillSecret) master = NULL;
  GError *error = NULL;

  master = till_keyring_lookup_finish (self->keyring, result, &error);
  if (error == NULL && (master == NULL || !till_secret_equal (master, opening->created)))
    error = g_error_new (TILL_ERROR, TILL_ERROR_UNAVAILABLE, "the keyring did not keep the entry \"%s\"",
                         TILL_VAULT_MASTER_KEY);
  if (error != NULL)
    till_vault_end_opening (self, task, error);
  else
    till_vault_take_master (self, task, master);
}

static void
till_vault_on_stored (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  TillVault *self = g_task_get_source_object (task);
  GError *error = NULL;

  if (till_keyring_store_finish (self->keyring, result, &error))
    till_keyring_lookup_async (self->keyring, TILL_VAULT_MASTER_KEY, g_task_get_cancellable (task),
                               till_vault_on_read_back, g_object_ref (task));
  else
    till_vault_end_opening (self, task, error);
}

static void
till_vault_on_master (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  TillVault *self = g_task_get_source_object (task);
  TillVaultOpening *opening = g_task_get_task_data (task);
  g_autoptr (TillSecret) master = NULL;
  GError *error = NULL;

  master = till_keyring_lookup_finish (self->keyring, result, &error);
  if (error != NULL)
    till_vault_end_opening (self, task, error);
  else if (master != NULL)
    till_vault_take_master (self, task, master);
  else if (!opening->create_if_absent)
    till_vault_end_opening (
        self, task,
        g_error_new (TILL_ERROR, TILL_ERROR_NOT_FOUND,
                     "the keyring has no entry \"%s\", and what was sealed can't be read without "
                     "it; restore the keyring from a backup",
                     TILL_VAULT_MASTER_KEY));
  else
    {
      opening->created = till_secret_new_random (crypto_kdf_KEYBYTES);
      till_keyring_store_async (self->keyring, TILL_VAULT_MASTER_KEY, opening->created,
                                g_task_get_cancellable (task), till_vault_on_stored, g_object_ref (task));
    }
}

static void
till_vault_finalize (GObject *object)
{
  TillVault *self = TILL_VAULT (object);

  g_clear_object (&self->keyring);
  g_clear_pointer (&self->seal_key, till_secret_unref);
  g_clear_pointer (&self->hash_key, till_secret_unref);
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
}

TillVault *
till_vault_new (TillKeyring *keyring)
{
  TillVault *self;

  g_return_val_if_fail (TILL_IS_KEYRING (keyring), NULL);

  self = g_object_new (TILL_TYPE_VAULT, NULL);
  self->keyring = g_object_ref (keyring);
  return self;
}

void
till_vault_open_async (TillVault *self,
                       gboolean create_if_absent,
                       GCancellable *cancellable,
                       GAsyncReadyCallback callback,
                       gpointer user_data)
{
  g_autoptr (GTask) task = NULL;
  TillVaultOpening *opening;

  g_return_if_fail (TILL_IS_VAULT (self));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, till_vault_open_async);
  if (till_vault_is_open (self))
    {
      g_task_return_boolean (task, TRUE);
      return;
    }
  if (self->opening)
    {
      g_task_return_new_error (task, TILL_ERROR, TILL_ERROR_BUSY, "the vault is being opened already");
      return;
    }
  self->opening = TRUE;
  opening = g_new0 (TillVaultOpening, 1);
  opening->create_if_absent = create_if_absent;
  g_task_set_task_data (task, opening, till_vault_opening_free);
  till_keyring_lookup_async (self->keyring, TILL_VAULT_MASTER_KEY, cancellable, till_vault_on_master,
                             g_object_ref (task));
}

gboolean
till_vault_open_finish (TillVault *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

gboolean
till_vault_is_open (TillVault *self)
{
  g_return_val_if_fail (TILL_IS_VAULT (self), FALSE);

  return g_atomic_int_get (&self->open) != 0;
}

static gboolean
till_vault_require_open (TillVault *self, GError **error)
{
  if (till_vault_is_open (self))
    return TRUE;
  g_set_error_literal (error, TILL_ERROR, TILL_ERROR_LOCKED,
                       "customers' records are locked: the master key has not been read from the keyring");
  return FALSE;
}

GBytes *
till_vault_seal (TillVault *self, const char *record_id, TillSecret *plain, GError **error)
{
  g_return_val_if_fail (TILL_IS_VAULT (self) && record_id != NULL && plain != NULL, NULL);

  if (!till_vault_require_open (self, error))
    return NULL;
  return till_seal_close (self->seal_key, record_id, plain);
}

TillSecret *
till_vault_unseal (TillVault *self, const char *record_id, GBytes *sealed, GError **error)
{
  g_return_val_if_fail (TILL_IS_VAULT (self) && record_id != NULL && sealed != NULL, NULL);

  if (!till_vault_require_open (self, error))
    return NULL;
  return till_seal_open (self->seal_key, record_id, sealed, error);
}

char *
till_vault_hash (TillVault *self, const char *purpose, const char *value, GError **error)
{
  crypto_generichash_state state;
  guchar hash[crypto_generichash_BYTES];
  guint64 purpose_length;
  char *hex;

  g_return_val_if_fail (TILL_IS_VAULT (self) && purpose != NULL && value != NULL, NULL);

  if (!till_vault_require_open (self, error))
    return NULL;
  /* The length in front keeps ("ab", "c") apart from ("a", "bc"). */
  purpose_length = GUINT64_TO_LE ((guint64) strlen (purpose));
  crypto_generichash_init (&state, till_secret_get_data (self->hash_key),
                           till_secret_get_size (self->hash_key), sizeof hash);
  crypto_generichash_update (&state, (const guchar *) &purpose_length, sizeof purpose_length);
  crypto_generichash_update (&state, (const guchar *) purpose, strlen (purpose));
  crypto_generichash_update (&state, (const guchar *) value, strlen (value));
  crypto_generichash_final (&state, hash, sizeof hash);
  sodium_memzero (&state, sizeof state);

  hex = g_malloc (2 * sizeof hash + 1);
  sodium_bin2hex (hex, 2 * sizeof hash + 1, hash, sizeof hash);
  return hex;
}
