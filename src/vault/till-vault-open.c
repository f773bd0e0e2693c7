/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/till-error.h"
#include "vault/till-seal.h"
#include "vault/till-vault-private.h"
#include "vault/till-vault-sqlite.h"

#include <string.h>

#define TILL_VAULT_RETIRED_ID "retired signing key"

typedef struct
{
  gboolean create_if_absent;
  gboolean reading;
  gint64 generation; /* as the database has it */
  TillSecret *master;
  gboolean made; /* here and now, so that nothing was ever sealed under it */
  guint strays;  /* entries still being cleared */
} TillVaultOpening;

static void
till_vault_opening_free (gpointer data)
{
  TillVaultOpening *opening = data;

  g_clear_pointer (&opening->master, till_secret_unref);
  g_free (opening);
}

/* Keeping a master key: trusted with records only after the keyring gave it back. */

typedef struct
{
  char *entry;
  TillSecret *master;
} TillVaultKeeping;

static void
till_vault_keeping_free (gpointer data)
{
  TillVaultKeeping *keeping = data;

  g_free (keeping->entry);
  till_secret_unref (keeping->master);
  g_free (keeping);
}

static void
till_vault_on_read_back (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  const TillVaultKeeping *keeping = g_task_get_task_data (task);
  GError *error = NULL;
  g_autoptr (TillSecret) master = till_keyring_lookup_finish (TILL_KEYRING (source), result, &error);

  if (error != NULL)
    g_task_return_error (task, error);
  else if (master == NULL || !till_secret_equal (master, keeping->master))
    g_task_return_new_error (task, TILL_ERROR, TILL_ERROR_UNAVAILABLE,
                             "the keyring did not keep the entry \"%s\"", keeping->entry);
  else
    g_task_return_boolean (task, TRUE);
}

static void
till_vault_on_stored (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  TillKeyring *keyring = TILL_KEYRING (source);
  const TillVaultKeeping *keeping = g_task_get_task_data (task);
  GError *error = NULL;

  if (till_keyring_store_finish (keyring, result, &error))
    till_keyring_lookup_async (keyring, keeping->entry, g_task_get_cancellable (task),
                               till_vault_on_read_back, g_object_ref (task));
  else
    g_task_return_error (task, error);
}

void
till_vault_keep_master_async (TillVault *self,
                              gint64 generation,
                              TillSecret *master,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  TillVaultKeeping *keeping = g_new0 (TillVaultKeeping, 1);

  keeping->entry = till_vault_entry (generation);
  keeping->master = till_secret_ref (master);
  g_task_set_task_data (task, keeping, till_vault_keeping_free);
  till_keyring_store_async (self->keyring, keeping->entry, master, cancellable, till_vault_on_stored,
                            g_steal_pointer (&task));
}

gboolean
till_vault_keep_master_finish (TillVault *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

/* The database's side */

static gboolean
till_vault_load_retired (sqlite3 *db, TillKeyset *keyset, GError **error)
{
  g_autoptr (GPtrArray) sealed = till_vault_sqlite_load_retired (db, error);

  if (sealed == NULL)
    return FALSE;
  for (guint i = 0; i < sealed->len; i++)
    {
      g_autoptr (TillSecret) key
          = till_seal_open (keyset->wrap, TILL_VAULT_RETIRED_ID, g_ptr_array_index (sealed, i), error);
      if (key == NULL)
        return FALSE;
      g_ptr_array_add (keyset->retired, (gpointer) g_intern_string (till_secret_get_data (key)));
    }
  return TRUE;
}

gboolean
till_vault_load_keyset (sqlite3 *db, TillKeyset *keyset, GError **error)
{
  for (guint i = 0; i < TILL_KEY_N_NAMES; i++)
    {
      g_autoptr (GBytes) wrapped = NULL;
      if (!till_vault_sqlite_load_key (db, till_key_name_to_string (i), &wrapped, error)
          || !till_keyset_unwrap (keyset, i, wrapped, error))
        return FALSE;
    }
  till_keyset_complete (keyset);
  return till_vault_load_retired (db, keyset, error);
}

static gboolean
till_vault_save_retired (sqlite3 *db, const TillKeyset *keyset, GError **error)
{
  if (!till_vault_sqlite_clear_retired (db, error))
    return FALSE;
  for (guint i = 0; i < keyset->retired->len; i++)
    {
      const char *hex = g_ptr_array_index (keyset->retired, i);
      g_autoptr (TillSecret) key = till_secret_new (hex, strlen (hex));
      g_autoptr (GBytes) sealed = till_seal_close (keyset->wrap, TILL_VAULT_RETIRED_ID, key);
      if (!till_vault_sqlite_add_retired (db, sealed, error))
        return FALSE;
    }
  return TRUE;
}

gboolean
till_vault_save_keyset (sqlite3 *db, const TillKeyset *keyset, GError **error)
{
  for (guint i = 0; i < TILL_KEY_N_NAMES; i++)
    {
      g_autoptr (GBytes) wrapped = till_keyset_wrap (keyset, i);
      if (!till_vault_sqlite_save_key (db, till_key_name_to_string (i), wrapped, error))
        return FALSE;
    }
  return till_vault_save_retired (db, keyset, error)
         && till_vault_sqlite_save_generation (db, keyset->generation, keyset->public_key, error);
}

static gpointer
till_vault_do_load (sqlite3 *db, gpointer data, GError **error)
{
  const TillVaultOpening *opening = data;
  g_autoptr (TillKeyset) keyset = till_keyset_new (opening->master, MAX (opening->generation, 1));

  if (opening->generation > 0)
    return till_vault_load_keyset (db, keyset, error) ? g_steal_pointer (&keyset) : NULL;
  if (opening->made)
    till_keyset_make_random (keyset);
  else
    till_keyset_make_derived (keyset);
  if (!opening->reading && !till_vault_save_keyset (db, keyset, error))
    return NULL;
  return g_steal_pointer (&keyset);
}

/* Strays of a change of keys that was cut short. */

static void
till_vault_on_stray_cleared (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  TillVault *self = g_task_get_source_object (task);
  TillVaultOpening *opening = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;

  if (!till_keyring_clear_finish (TILL_KEYRING (source), result, &error))
    g_info ("a master key that is not in force stays in the keyring until the next start: %s",
            error->message);
  if (--opening->strays == 0)
    till_vault_end (self, task, NULL);
}

static void
till_vault_clear_strays (TillVault *self, GTask *task, gint64 generation)
{
  TillVaultOpening *opening = g_task_get_task_data (task);
  const gint64 strays[] = { generation - 1, generation + 1 };

  for (guint i = 0; i < G_N_ELEMENTS (strays); i++)
    if (strays[i] > 0)
      {
        g_autofree char *entry = till_vault_entry (strays[i]);
        opening->strays++;
        till_keyring_clear_async (self->keyring, entry, NULL, till_vault_on_stray_cleared,
                                  g_object_ref (task));
      }
}

static void
till_vault_on_loaded (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  TillVault *self = g_task_get_source_object (task);
  const TillVaultOpening *opening = g_task_get_task_data (task);
  GError *error = NULL;
  g_autoptr (TillKeyset) keyset = till_store_run_finish (TILL_STORE (source), result, &error);

  if (error != NULL)
    {
      till_vault_end (self, task, error);
      return;
    }
  till_vault_set_keyset (self, keyset);
  /* A till that is running beside one that only reads may be in the middle of a change. */
  if (opening->reading)
    till_vault_end (self, task, NULL);
  else
    till_vault_clear_strays (self, task, keyset->generation);
}

static void
till_vault_load (TillVault *self, GTask *task)
{
  till_store_run_async (self->store, till_vault_do_load, g_task_get_task_data (task), NULL,
                        (GDestroyNotify) till_keyset_unref, g_task_get_cancellable (task),
                        till_vault_on_loaded, g_object_ref (task));
}

/* The keyring's side */

static void
till_vault_on_kept (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  TillVault *self = TILL_VAULT (source);
  GError *error = NULL;

  if (till_vault_keep_master_finish (self, result, &error))
    till_vault_load (self, task);
  else
    till_vault_end (self, task, error);
}

static GError *
till_vault_missing_error (TillVault *self, gint64 generation)
{
  g_autofree char *entry = till_vault_entry (generation);

  return g_error_new (
      TILL_ERROR, TILL_ERROR_NOT_FOUND,
      "the keyring has no entry \"%s\", and what was sealed can't be read without it; type the "
      "recovery phrase, or restore the keyring from a backup",
      entry);
}

static void
till_vault_on_master (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  TillVault *self = g_task_get_source_object (task);
  TillVaultOpening *opening = g_task_get_task_data (task);
  GError *error = NULL;

  opening->master = till_keyring_lookup_finish (self->keyring, result, &error);
  if (error != NULL)
    till_vault_end (self, task, error);
  else if (opening->master != NULL && till_secret_get_size (opening->master) != TILL_KEYSET_KEY_SIZE)
    till_vault_end (self, task,
                    g_error_new (TILL_ERROR, TILL_ERROR_CORRUPT,
                                 "the keyring's master key has %" G_GSIZE_FORMAT
                                 " bytes instead of %d; restore it from a backup",
                                 till_secret_get_size (opening->master), TILL_KEYSET_KEY_SIZE));
  else if (opening->master != NULL)
    till_vault_load (self, task);
  else if (opening->generation > 0 || !opening->create_if_absent || opening->reading)
    till_vault_end (self, task, till_vault_missing_error (self, opening->generation));
  else
    {
      opening->made = TRUE;
      opening->master = till_secret_new_random (TILL_KEYSET_KEY_SIZE);
      till_vault_keep_master_async (self, 1, opening->master, g_task_get_cancellable (task),
                                    till_vault_on_kept, g_object_ref (task));
    }
}

static gpointer
till_vault_do_look_up (sqlite3 *db, gpointer data, GError **error)
{
  TillVaultOpening *opening = data;
  TillVaultState state = { 0 };

  if (till_vault_sqlite_load_state (db, &state, error))
    opening->generation = state.generation;
  till_vault_state_clear (&state);
  return NULL;
}

static void
till_vault_on_looked_up (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  TillVault *self = g_task_get_source_object (task);
  const TillVaultOpening *opening = g_task_get_task_data (task);
  g_autofree char *entry = till_vault_entry (opening->generation);
  GError *error = NULL;

  till_store_run_finish (TILL_STORE (source), result, &error);
  if (error != NULL)
    till_vault_end (self, task, error);
  else
    till_keyring_lookup_async (self->keyring, entry, g_task_get_cancellable (task), till_vault_on_master,
                               g_object_ref (task));
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
  if (!self->busy && till_vault_is_open (self))
    {
      g_task_return_boolean (task, TRUE);
      return;
    }
  if (!till_vault_begin (self, task))
    return;
  opening = g_new0 (TillVaultOpening, 1);
  opening->create_if_absent = create_if_absent;
  opening->reading = till_store_is_reading (self->store);
  g_task_set_task_data (task, opening, till_vault_opening_free);
  till_store_run_async (self->store, till_vault_do_look_up, opening, NULL, NULL, cancellable,
                        till_vault_on_looked_up, g_steal_pointer (&task));
}

gboolean
till_vault_open_finish (TillVault *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
