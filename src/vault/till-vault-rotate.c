/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/till-error.h"
#include "vault/till-vault-change.h"
#include "vault/till-vault-private.h"
#include "vault/till-vault-sqlite.h"

/* Wrapping anew is quick beside what rooms do to their rows. */
#define TILL_VAULT_WRAPPING_PART 0.3

typedef struct
{
  TillVaultChange *change;
  TillVaultRekey rekey;
  gpointer data;
  GDestroyNotify data_free;
  GError *failure; /* why it is being taken back */
} TillVaultRotation;

static void
till_vault_rotation_free (gpointer data)
{
  TillVaultRotation *rotation = data;

  till_vault_change_unref (rotation->change);
  if (rotation->data_free != NULL)
    rotation->data_free (rotation->data);
  g_clear_error (&rotation->failure);
  g_free (rotation);
}

static void
till_vault_set_next (TillVault *self, TillKeyset *next)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);

  g_clear_pointer (&self->next, till_keyset_unref);
  if (next != NULL)
    self->next = till_keyset_ref (next);
}

/* The old entry after a change, the new one after a failure; what can't be cleared now the next opening clears. */
static void
till_vault_on_entry_cleared (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  TillVault *self = g_task_get_source_object (task);
  TillVaultRotation *rotation = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;

  if (!till_keyring_clear_finish (TILL_KEYRING (source), result, &error))
    g_info ("a master key that is not in force stays in the keyring until the next start: %s",
            error->message);
  till_vault_end (self, task, g_steal_pointer (&rotation->failure));
}

static void
till_vault_clear_entry (TillVault *self, GTask *task, gint64 generation)
{
  g_autofree char *entry = till_vault_entry (generation);

  till_keyring_clear_async (self->keyring, entry, NULL, till_vault_on_entry_cleared, g_object_ref (task));
}

static void
till_vault_on_compacted (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  const TillVaultRotation *rotation = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;

  if (!till_store_compact_finish (TILL_STORE (source), result, &error))
    g_info ("keys as the former master key wrapped them may be left in the database's log: %s",
            error->message);
  till_vault_clear_entry (g_task_get_source_object (task), task, rotation->change->from->generation);
}

/* An old copy of the keyring must not open what the log still holds. */
static void
till_vault_take_over (TillVault *self, GTask *task)
{
  const TillVaultRotation *rotation = g_task_get_task_data (task);

  till_vault_set_keyset (self, rotation->change->to);
  till_store_compact_async (self->store, NULL, till_vault_on_compacted, g_object_ref (task));
}

/* After an error of the disk only the database knows whether it took the change. */
static gpointer
till_vault_do_ask (sqlite3 *db, gpointer data, GError **error)
{
  gint64 generation;
  TillVaultChange *change = data;

  return till_vault_sqlite_load_generation (db, &generation, error) && generation == change->to->generation
             ? data
             : NULL;
}

static void
till_vault_on_asked (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  TillVault *self = g_task_get_source_object (task);
  TillVaultRotation *rotation = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  gboolean taken = till_store_run_finish (TILL_STORE (source), result, &error) != NULL;

  if (error != NULL) /* both entries stay until it can be read again */
    till_vault_end (self, task, g_steal_pointer (&rotation->failure));
  else if (taken)
    {
      g_clear_error (&rotation->failure);
      till_vault_take_over (self, task);
    }
  else
    {
      till_vault_set_next (self, NULL);
      till_vault_clear_entry (self, task, rotation->change->to->generation);
    }
}

static void
till_vault_take_back (TillVault *self, GTask *task, GError *failure)
{
  TillVaultRotation *rotation = g_task_get_task_data (task);

  rotation->failure = failure;
  till_store_run_async (self->store, till_vault_do_ask, rotation->change, NULL, NULL, NULL,
                        till_vault_on_asked, g_object_ref (task));
}

static void
till_vault_on_rotated (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  TillVault *self = g_task_get_source_object (task);
  GError *error = NULL;

  till_store_run_finish (TILL_STORE (source), result, &error);
  if (error != NULL)
    till_vault_take_back (self, task, error);
  else
    till_vault_take_over (self, task);
}

static gpointer
till_vault_do_rotate (sqlite3 *db, gpointer data, GError **error)
{
  TillVaultRotation *rotation = data;
  TillVaultChange *change = rotation->change;

  till_vault_change_set_part (change, 0, TILL_VAULT_WRAPPING_PART);
  if (!till_vault_change_rewrap (change, db, error))
    return NULL;
  till_vault_change_set_part (change, TILL_VAULT_WRAPPING_PART, 1);
  if (rotation->rekey == NULL || rotation->rekey (db, change, rotation->data, error))
    till_vault_change_tell (change, 1, 1);
  return NULL;
}

static void
till_vault_on_new_kept (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  TillVault *self = TILL_VAULT (source);
  TillVaultRotation *rotation = g_task_get_task_data (task);
  GError *error = NULL;

  if (!till_vault_keep_master_finish (self, result, &error))
    {
      till_vault_take_back (self, task, error);
      return;
    }
  till_vault_set_next (self, rotation->change->to);
  till_store_run_async (self->store, till_vault_do_rotate, rotation, NULL, NULL,
                        g_task_get_cancellable (task), till_vault_on_rotated, g_object_ref (task));
}

static TillVaultChange *
till_vault_plan_change (
    TillVault *self, gboolean void_passes, TillVaultProgress progress, gpointer progress_data, GError **error)
{
  g_autoptr (TillKeyset) keyset = till_vault_ref_keyset (self, error);
  g_autoptr (TillSecret) master = till_secret_new_random (TILL_KEYSET_KEY_SIZE);
  g_autoptr (TillKeyset) next = NULL;

  if (keyset == NULL)
    return NULL;
  next = till_keyset_new (master, keyset->generation + 1);
  till_keyset_make_next (next, keyset, void_passes);
  return till_vault_change_new (self, next, progress, progress_data);
}

void
till_vault_rotate_async (TillVault *self,
                         gboolean void_passes,
                         TillVaultRekey rekey,
                         gpointer data,
                         GDestroyNotify data_free,
                         TillVaultProgress progress,
                         gpointer progress_data,
                         GCancellable *cancellable,
                         GAsyncReadyCallback callback,
                         gpointer user_data)
{
  g_autoptr (GTask) task = NULL;
  TillVaultChange *change;
  TillVaultRotation *rotation;
  GError *error = NULL;

  g_return_if_fail (TILL_IS_VAULT (self));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, till_vault_rotate_async);
  change = till_vault_plan_change (self, void_passes, progress, progress_data, &error);
  if (change == NULL || !till_vault_begin (self, task))
    {
      if (error != NULL)
        g_task_return_error (task, error);
      g_clear_pointer (&change, till_vault_change_unref);
      if (data_free != NULL)
        data_free (data);
      return;
    }
  rotation = g_new0 (TillVaultRotation, 1);
  rotation->change = change;
  rotation->rekey = rekey;
  rotation->data = data;
  rotation->data_free = data_free;
  g_task_set_task_data (task, rotation, till_vault_rotation_free);
  till_vault_keep_master_async (self, change->to->generation, change->to->master, cancellable,
                                till_vault_on_new_kept, g_steal_pointer (&task));
}

gboolean
till_vault_rotate_finish (TillVault *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
