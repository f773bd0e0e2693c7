/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "vault-fixture.h"

#include "books.h"
#include "store/till-database.h"

#include <string.h>

void
vault_on_done (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GAsyncResult **done = user_data;

  *done = g_object_ref (result);
}

void
vault_await (GAsyncResult **done)
{
  while (*done == NULL)
    g_main_context_iteration (NULL, TRUE);
}

void
vault_fixture_prepare (VaultFixture *self, const char *name)
{
  g_autoptr (GError) error = NULL;

  self->name = g_strdup (name);
  self->keyring = till_keyring_new (name);
  self->store = books_open (name);
  self->vault = till_vault_new (self->keyring, self->store, &error);
  g_assert_no_error (error);
}

gboolean
vault_fixture_try (VaultFixture *self, GError **error)
{
  g_autoptr (GAsyncResult) done = NULL;

  till_vault_open_async (self->vault, TRUE, NULL, vault_on_done, &done);
  vault_await (&done);
  return till_vault_open_finish (self->vault, done, error);
}

void
vault_fixture_open (VaultFixture *self, const char *name)
{
  g_autoptr (GError) error = NULL;

  vault_fixture_prepare (self, name);
  vault_fixture_try (self, &error);
  g_assert_no_error (error);
}

void
vault_fixture_close (VaultFixture *self)
{
  if (self->vault == NULL)
    return;
  g_assert_finalize_object (g_steal_pointer (&self->vault));
  g_assert_finalize_object (g_steal_pointer (&self->store));
  g_clear_object (&self->keyring);
  g_clear_pointer (&self->name, g_free);
}

TillSecret *
vault_fixture_entry (VaultFixture *self, const char *entry)
{
  g_autoptr (GAsyncResult) done = NULL;
  g_autoptr (GError) error = NULL;
  TillSecret *secret;

  till_keyring_lookup_async (self->keyring, entry, NULL, vault_on_done, &done);
  vault_await (&done);
  secret = till_keyring_lookup_finish (self->keyring, done, &error);
  g_assert_no_error (error);
  return secret;
}

void
vault_fixture_clear_entry (VaultFixture *self, const char *entry)
{
  g_autoptr (GAsyncResult) done = NULL;
  g_autoptr (GError) error = NULL;

  till_keyring_clear_async (self->keyring, entry, NULL, vault_on_done, &done);
  vault_await (&done);
  till_keyring_clear_finish (self->keyring, done, &error);
  g_assert_no_error (error);
}

void
vault_fixture_put_entry (VaultFixture *self, const char *entry, TillSecret *secret)
{
  g_autoptr (GAsyncResult) done = NULL;
  g_autoptr (GError) error = NULL;

  till_keyring_store_async (self->keyring, entry, secret, NULL, vault_on_done, &done);
  vault_await (&done);
  till_keyring_store_finish (self->keyring, done, &error);
  g_assert_no_error (error);
}

typedef struct
{
  TillVault *vault;
  const char *id;
  const char *text;
  GBytes *sealed;
  TillSecret *plain;
  gboolean has;
} Work;

static gpointer
do_create (sqlite3 *db, gpointer data, GError **error)
{
  Work *work = data;

  till_record_keys_create (work->vault, db, work->id, error);
  return NULL;
}

static gpointer
do_seal (sqlite3 *db, gpointer data, GError **error)
{
  Work *work = data;
  g_autoptr (TillSecret) plain = till_secret_new (work->text, strlen (work->text));

  work->sealed = till_record_keys_seal (work->vault, db, work->id, plain, error);
  return NULL;
}

static gpointer
do_unseal (sqlite3 *db, gpointer data, GError **error)
{
  Work *work = data;

  work->plain = till_record_keys_unseal (work->vault, db, work->id, work->sealed, error);
  return NULL;
}

static gpointer
do_destroy (sqlite3 *db, gpointer data, GError **error)
{
  Work *work = data;

  till_record_keys_destroy (db, work->id, error);
  return NULL;
}

static gpointer
do_has (sqlite3 *db, gpointer data, GError **error)
{
  Work *work = data;

  till_record_keys_has (db, work->id, &work->has, error);
  return NULL;
}

static gpointer
do_tamper (sqlite3 *db, gpointer data, GError **error)
{
  till_database_execute (db, data, error);
  return NULL;
}

static gboolean
run (VaultFixture *self, TillStoreFunc func, gpointer data, GError **error)
{
  g_autoptr (GError) failure = NULL;

  till_store_run (self->store, func, data, &failure);
  if (failure == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&failure));
  return FALSE;
}

gboolean
vault_fixture_create (VaultFixture *self, const char *id, GError **error)
{
  return run (self, do_create, &(Work){ .vault = self->vault, .id = id }, error);
}

GBytes *
vault_fixture_seal (VaultFixture *self, const char *id, const char *text, GError **error)
{
  Work work = { .vault = self->vault, .id = id, .text = text };

  return run (self, do_seal, &work, error) ? work.sealed : NULL;
}

TillSecret *
vault_fixture_unseal (VaultFixture *self, const char *id, GBytes *sealed, GError **error)
{
  Work work = { .vault = self->vault, .id = id, .sealed = sealed };

  return run (self, do_unseal, &work, error) ? work.plain : NULL;
}

gboolean
vault_fixture_destroy (VaultFixture *self, const char *id, GError **error)
{
  return run (self, do_destroy, &(Work){ .id = id }, error);
}

gboolean
vault_fixture_has (VaultFixture *self, const char *id)
{
  Work work = { .id = id };
  g_autoptr (GError) error = NULL;

  run (self, do_has, &work, &error);
  g_assert_no_error (error);
  return work.has;
}

void
vault_fixture_assert_unseals (VaultFixture *self, const char *id, GBytes *sealed, const char *text)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (TillSecret) plain = vault_fixture_unseal (self, id, sealed, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (till_secret_get_data (plain), ==, text);
}

void
vault_fixture_tamper (VaultFixture *self, const char *sql)
{
  g_autoptr (GError) error = NULL;

  run (self, do_tamper, (gpointer) sql, &error);
  g_assert_no_error (error);
}
