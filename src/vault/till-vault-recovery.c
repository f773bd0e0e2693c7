/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/till-error.h"
#include "vault/till-recovery-phrase.h"
#include "vault/till-seal.h"
#include "vault/till-vault-private.h"
#include "vault/till-vault-sqlite.h"

#include <sodium.h>

#define TILL_VAULT_RECOVERY_ID "recovery"

/* One call with a phrase. */
typedef struct
{
  TillVault *vault;
  TillSecret *phrase;
  TillKeyset *keyset; /* once the phrase opened the box */
} TillVaultRecovery;

static void
till_vault_recovery_free (gpointer data)
{
  TillVaultRecovery *recovery = data;

  g_clear_pointer (&recovery->phrase, till_secret_unref);
  g_clear_pointer (&recovery->keyset, till_keyset_unref);
  g_free (recovery);
}

static TillVaultRecovery *
till_vault_recovery_attach (TillVault *self, GTask *task, TillSecret *phrase)
{
  TillVaultRecovery *recovery = g_new0 (TillVaultRecovery, 1);

  recovery->vault = self; /* the task holds it */
  recovery->phrase = phrase != NULL ? till_secret_ref (phrase) : NULL;
  g_task_set_task_data (task, recovery, till_vault_recovery_free);
  return recovery;
}

static gboolean
till_vault_save_box (sqlite3 *db, const TillKeyset *keyset, GBytes *public_key, GError **error)
{
  gsize size = crypto_box_SEALBYTES + till_secret_get_size (keyset->master);
  g_autoptr (TillSecret) proven
      = till_secret_new (g_bytes_get_data (public_key, NULL), g_bytes_get_size (public_key));
  g_auto (TillVaultRecoveryRow) row = { .generation = keyset->generation };
  guchar *box = g_malloc (size);

  crypto_box_seal (box, till_secret_get_data (keyset->master), till_secret_get_size (keyset->master),
                   g_bytes_get_data (public_key, NULL));
  row.public_key = g_bytes_ref (public_key);
  row.proof = till_seal_close (keyset->wrap, TILL_VAULT_RECOVERY_ID, proven);
  row.box = g_bytes_new_take (box, size);
  return till_vault_sqlite_save_recovery (db, &row, error);
}

/* TRUE only for the public key that was there when the phrase was set. */
static gboolean
till_vault_prove_recovery (const TillKeyset *keyset, const TillVaultRecoveryRow *row, GError **error)
{
  g_autoptr (TillSecret) proven = till_seal_open (keyset->wrap, TILL_VAULT_RECOVERY_ID, row->proof, NULL);

  if (proven != NULL && till_secret_get_size (proven) == TILL_RECOVERY_PUBLIC_KEY_SIZE
      && g_bytes_get_size (row->public_key) == TILL_RECOVERY_PUBLIC_KEY_SIZE
      && sodium_memcmp (till_secret_get_data (proven), g_bytes_get_data (row->public_key, NULL),
                        TILL_RECOVERY_PUBLIC_KEY_SIZE)
             == 0)
    return TRUE;
  g_set_error_literal (error, TILL_ERROR, TILL_ERROR_CORRUPT,
                       "what belongs to the recovery phrase was altered: make a new recovery phrase first");
  return FALSE;
}

gboolean
till_vault_rebox_recovery (sqlite3 *db, const TillKeyset *from, const TillKeyset *to, GError **error)
{
  g_auto (TillVaultRecoveryRow) row = { 0 };

  if (!till_vault_sqlite_load_recovery (db, &row, error))
    return FALSE;
  if (row.public_key == NULL)
    return TRUE;
  return till_vault_prove_recovery (from, &row, error) && till_vault_save_box (db, to, row.public_key, error);
}

static void
till_vault_note_recovery (TillVault *self, gboolean has)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);

  self->has_recovery = has;
}

/* Setting */

static gpointer
till_vault_do_set_recovery (sqlite3 *db, gpointer data, GError **error)
{
  const TillVaultRecovery *recovery = data;
  guint8 public_key[TILL_RECOVERY_PUBLIC_KEY_SIZE];
  g_autoptr (TillKeyset) keyset = till_vault_ref_keyset_of (recovery->vault, db, error);

  if (keyset == NULL)
    return NULL;

  g_autoptr (TillSecret) secret_key = till_recovery_phrase_derive (recovery->phrase, public_key);
  g_autoptr (GBytes) bytes = g_bytes_new (public_key, sizeof public_key);
  till_vault_save_box (db, keyset, bytes, error);
  return NULL;
}

static void
till_vault_on_recovery_set (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  TillVault *self = g_task_get_source_object (task);
  GError *error = NULL;

  till_store_run_finish (TILL_STORE (source), result, &error);
  if (error == NULL)
    till_vault_note_recovery (self, TRUE);
  till_vault_end (self, task, error);
}

void
till_vault_set_recovery_async (TillVault *self,
                               TillSecret *phrase,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer user_data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (TILL_IS_VAULT (self) && phrase != NULL);

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, till_vault_set_recovery_async);
  if (till_vault_begin (self, task))
    till_store_run_async (self->store, till_vault_do_set_recovery,
                          till_vault_recovery_attach (self, task, phrase), NULL, NULL, cancellable,
                          till_vault_on_recovery_set, g_object_ref (task));
}

gboolean
till_vault_set_recovery_finish (TillVault *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

/* Opening the box */

typedef struct
{
  GBytes *box;
  const guint8 *public_key;
  const TillSecret *secret_key;
} TillVaultUnboxing;

static gboolean
till_vault_fill_from_box (guchar *data, gsize *size, gpointer user_data)
{
  const TillVaultUnboxing *unboxing = user_data;

  return crypto_box_seal_open (data, g_bytes_get_data (unboxing->box, NULL), g_bytes_get_size (unboxing->box),
                               unboxing->public_key, till_secret_get_data (unboxing->secret_key))
         == 0;
}

/* The master key (transfer full). */
static TillSecret *
till_vault_unbox (GBytes *box, TillSecret *phrase, GError **error)
{
  guint8 public_key[TILL_RECOVERY_PUBLIC_KEY_SIZE];
  g_autoptr (TillSecret) secret_key = till_recovery_phrase_derive (phrase, public_key);
  TillVaultUnboxing unboxing = { box, public_key, secret_key };
  TillSecret *master = NULL;

  if (g_bytes_get_size (box) == crypto_box_SEALBYTES + TILL_KEYSET_KEY_SIZE)
    master = till_secret_new_filled (TILL_KEYSET_KEY_SIZE, till_vault_fill_from_box, &unboxing);
  if (master == NULL)
    g_set_error_literal (error, TILL_ERROR, TILL_ERROR_REFUSED, "that is not this till's recovery phrase");
  return master;
}

static gpointer
till_vault_do_unbox (sqlite3 *db, gpointer data, GError **error)
{
  TillVaultRecovery *recovery = data;
  g_auto (TillVaultRecoveryRow) row = { 0 };
  gint64 generation;

  if (!till_vault_sqlite_load_recovery (db, &row, error)
      || !till_vault_sqlite_load_generation (db, &generation, error))
    return NULL;
  if (row.box == NULL)
    {
      g_set_error_literal (error, TILL_ERROR, TILL_ERROR_NOT_FOUND,
                           "no recovery phrase was ever made for this till");
      return NULL;
    }

  g_autoptr (TillSecret) master = till_vault_unbox (row.box, recovery->phrase, error);
  if (master == NULL)
    return NULL;
  recovery->keyset = till_keyset_new (master, generation);
  till_vault_load_keyset (db, recovery->keyset, error);
  return NULL;
}

/* Checking */

static void
till_vault_on_recovery_checked (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;

  till_store_run_finish (TILL_STORE (source), result, &error);
  till_vault_end (g_task_get_source_object (task), task, error);
}

void
till_vault_check_recovery_async (TillVault *self,
                                 TillSecret *phrase,
                                 GCancellable *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (TILL_IS_VAULT (self) && phrase != NULL);

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, till_vault_check_recovery_async);
  if (till_vault_begin (self, task))
    till_store_run_async (self->store, till_vault_do_unbox, till_vault_recovery_attach (self, task, phrase),
                          NULL, NULL, cancellable, till_vault_on_recovery_checked, g_object_ref (task));
}

gboolean
till_vault_check_recovery_finish (TillVault *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

/* Recovering */

static void
till_vault_on_recovered_kept (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  TillVault *self = TILL_VAULT (source);
  const TillVaultRecovery *recovery = g_task_get_task_data (task);
  GError *error = NULL;

  if (till_vault_keep_master_finish (self, result, &error))
    till_vault_set_keyset (self, recovery->keyset);
  till_vault_end (self, task, error);
}

static void
till_vault_on_unboxed (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  TillVault *self = g_task_get_source_object (task);
  const TillVaultRecovery *recovery = g_task_get_task_data (task);
  GError *error = NULL;

  till_store_run_finish (TILL_STORE (source), result, &error);
  if (error != NULL)
    till_vault_end (self, task, error);
  else
    till_vault_keep_master_async (self, recovery->keyset->generation, recovery->keyset->master,
                                  g_task_get_cancellable (task), till_vault_on_recovered_kept,
                                  g_object_ref (task));
}

void
till_vault_recover_async (TillVault *self,
                          TillSecret *phrase,
                          GCancellable *cancellable,
                          GAsyncReadyCallback callback,
                          gpointer user_data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (TILL_IS_VAULT (self) && phrase != NULL);

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, till_vault_recover_async);
  if (till_vault_begin (self, task))
    till_store_run_async (self->store, till_vault_do_unbox, till_vault_recovery_attach (self, task, phrase),
                          NULL, NULL, cancellable, till_vault_on_unboxed, g_object_ref (task));
}

gboolean
till_vault_recover_finish (TillVault *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

/* Forgetting */

static gpointer
till_vault_do_forget_recovery (sqlite3 *db, gpointer data, GError **error)
{
  till_vault_sqlite_clear_recovery (db, error);
  return NULL;
}

static void
till_vault_on_recovery_forgotten (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  TillVault *self = g_task_get_source_object (task);
  GError *error = NULL;

  till_store_run_finish (TILL_STORE (source), result, &error);
  if (error == NULL)
    till_vault_note_recovery (self, FALSE);
  till_vault_end (self, task, error);
}

void
till_vault_forget_recovery_async (TillVault *self,
                                  GCancellable *cancellable,
                                  GAsyncReadyCallback callback,
                                  gpointer user_data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (TILL_IS_VAULT (self));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, till_vault_forget_recovery_async);
  if (till_vault_begin (self, task))
    till_store_run_async (self->store, till_vault_do_forget_recovery, NULL, NULL, NULL, cancellable,
                          till_vault_on_recovery_forgotten, g_object_ref (task));
}

gboolean
till_vault_forget_recovery_finish (TillVault *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
