/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "vault/till-keyset.h"
#include "vault/till-vault.h"

G_BEGIN_DECLS

struct _TillVault
{
  GObject parent_instance;

  TillKeyring *keyring;
  TillStore *store;
  guint8 shop_tag[TILL_VAULT_SHOP_TAG_SIZE];

  /* The main context's. */
  gboolean busy; /* being opened, changed or recovered */

  GMutex lock;            /* guards the rest */
  TillKeyset *keyset;     /* (nullable) NULL until open */
  TillKeyset *next;       /* (nullable) in force once the database says so */
  const char *public_key; /* (nullable) interned */
  gint64 generation;
  gboolean has_recovery;
};

/* "master-key", "master-key-2", ... (transfer full). */
char *till_vault_entry (gint64 generation);

/* %TILL_ERROR_LOCKED before the vault is open (transfer full). */
TillKeyset *till_vault_ref_keyset (TillVault *self, GError **error);
/* The one of the generation that @db says is in force; on the store's thread (transfer full). */
TillKeyset *till_vault_ref_keyset_of (TillVault *self, sqlite3 *db, GError **error);
/* From now on the vault is open with @keyset. */
void till_vault_set_keyset (TillVault *self, TillKeyset *keyset);

/* Any #GTask that holds the vault: takes it, or tells the task %TILL_ERROR_BUSY and returns FALSE. */
gboolean till_vault_begin (TillVault *self, GTask *task);
/* Gives the vault back and answers. @error: (transfer full) (nullable). */
void till_vault_end (TillVault *self, GTask *task, GError *error);

/* Fills @keyset, which has the master key alone, from @db; on the store's thread. */
gboolean till_vault_load_keyset (sqlite3 *db, TillKeyset *keyset, GError **error);
/* Writes @keyset, its generation and its retired public keys to @db; on the store's thread. */
gboolean till_vault_save_keyset (sqlite3 *db, const TillKeyset *keyset, GError **error);

/* Stores @master as the keyring's entry of @generation, and is content only once it was read back. */
void till_vault_keep_master_async (TillVault *self,
                                   gint64 generation,
                                   TillSecret *master,
                                   GCancellable *cancellable,
                                   GAsyncReadyCallback callback,
                                   gpointer user_data);
gboolean till_vault_keep_master_finish (TillVault *self, GAsyncResult *result, GError **error);

/* Writes the box of till-vault-recovery.c anew for @to, if there is one; on the store's thread. */
gboolean
till_vault_rebox_recovery (sqlite3 *db, const TillKeyset *from, const TillKeyset *to, GError **error);

G_END_DECLS
