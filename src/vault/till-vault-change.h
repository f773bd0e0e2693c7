/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "vault/till-keyset.h"
#include "vault/till-vault.h"

G_BEGIN_DECLS

/* One change of keys. Made in the main context, used on the store's thread, freed in either. */
struct _TillVaultChange
{
  gatomicrefcount refs;
  TillVault *vault;
  TillKeyset *from;
  TillKeyset *to;
  GMainContext *context;

  TillVaultProgress progress; /* (nullable) the main context's */
  gpointer progress_data;

  /* The store thread's. */
  double begin; /* of the part that is being told of, 0..1 */
  double end;
  int told; /* whole percents */
};

/* @to: the keys that are coming. Takes references. Progress is told in the thread-default context of the caller. */
TillVaultChange *
till_vault_change_new (TillVault *vault, TillKeyset *to, TillVaultProgress progress, gpointer progress_data);
TillVaultChange *till_vault_change_ref (TillVaultChange *change);
void till_vault_change_unref (TillVaultChange *change);

/* What is told from now on fills the part from @begin to @end of the whole. */
void till_vault_change_set_part (TillVaultChange *change, double begin, double end);

/* The work itself, of #TillStoreFunc's kind. */
gboolean till_vault_change_rewrap (TillVaultChange *change, sqlite3 *db, GError **error);

G_END_DECLS
