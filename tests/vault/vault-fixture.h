/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "vault/till-record-keys.h"

G_BEGIN_DECLS

/* A vault of the profile and the database of one name; to be run under with-keyring, between books_set_up() and _down. */
typedef struct
{
  char *name;
  TillStore *store;
  TillKeyring *keyring;
  TillVault *vault;
} VaultFixture;

/* The database alone; opened by the second. */
void vault_fixture_prepare (VaultFixture *self, const char *name);
gboolean vault_fixture_try (VaultFixture *self, GError **error);
/* Both, and it must come off. */
void vault_fixture_open (VaultFixture *self, const char *name);
void vault_fixture_close (VaultFixture *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (VaultFixture, vault_fixture_close)

/* Waits for *@done in the default main context. */
void vault_await (GAsyncResult **done);
void vault_on_done (GObject *source, GAsyncResult *result, gpointer user_data);

/* The keyring's entry (transfer full) (nullable). */
TillSecret *vault_fixture_entry (VaultFixture *self, const char *entry);
void vault_fixture_clear_entry (VaultFixture *self, const char *entry);
void vault_fixture_put_entry (VaultFixture *self, const char *entry, TillSecret *secret);

/* Record keys, each in a transaction of its own. */
gboolean vault_fixture_create (VaultFixture *self, const char *id, GError **error);
GBytes *vault_fixture_seal (VaultFixture *self, const char *id, const char *text, GError **error);
TillSecret *vault_fixture_unseal (VaultFixture *self, const char *id, GBytes *sealed, GError **error);
gboolean vault_fixture_destroy (VaultFixture *self, const char *id, GError **error);
gboolean vault_fixture_has (VaultFixture *self, const char *id);
void vault_fixture_assert_unseals (VaultFixture *self, const char *id, GBytes *sealed, const char *text);

/* Runs @sql on the database, as somebody with the file would. */
void vault_fixture_tamper (VaultFixture *self, const char *sql);

G_END_DECLS
