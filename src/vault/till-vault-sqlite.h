/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "store/till-store.h"

G_BEGIN_DECLS

/* The tables of #TillVault; on the store's thread but for the first. */

typedef struct
{
  gint64 generation; /* 0: no key was ever made */
  guint8 shop_tag[8];
  char *public_key; /* (nullable) of the signing key in force */
  gboolean has_recovery;
} TillVaultState;

void till_vault_state_clear (TillVaultState *state);

/* The master key, closed to the recovery phrase's public key. */
typedef struct
{
  gint64 generation;
  GBytes *public_key;
  GBytes *proof; /* the public key sealed under the master key, so that nobody slips another one in */
  GBytes *box;
} TillVaultRecoveryRow;

void till_vault_recovery_row_clear (TillVaultRecoveryRow *row);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (TillVaultRecoveryRow, till_vault_recovery_row_clear)

/* @shop_tag: of a shop that has none yet. */
gboolean till_vault_sqlite_migrate (TillStore *store, const guint8 shop_tag[8], GError **error);

/* A file without the tables reads as one of generation 0. */
gboolean till_vault_sqlite_load_state (sqlite3 *db, TillVaultState *state, GError **error);
gboolean till_vault_sqlite_load_generation (sqlite3 *db, gint64 *generation, GError **error);
gboolean
till_vault_sqlite_save_generation (sqlite3 *db, gint64 generation, const char *public_key, GError **error);

/* @wrapped: (transfer full); %TILL_ERROR_CORRUPT where it is missing. */
gboolean till_vault_sqlite_load_key (sqlite3 *db, const char *name, GBytes **wrapped, GError **error);
gboolean till_vault_sqlite_save_key (sqlite3 *db, const char *name, GBytes *wrapped, GError **error);

/* Public keys of former generations, as sealed (element-type GBytes) (transfer full). */
GPtrArray *till_vault_sqlite_load_retired (sqlite3 *db, GError **error);
gboolean till_vault_sqlite_clear_retired (sqlite3 *db, GError **error);
gboolean till_vault_sqlite_add_retired (sqlite3 *db, GBytes *sealed, GError **error);

/* @row: zeros where there is none. */
gboolean till_vault_sqlite_load_recovery (sqlite3 *db, TillVaultRecoveryRow *row, GError **error);
gboolean till_vault_sqlite_save_recovery (sqlite3 *db, const TillVaultRecoveryRow *row, GError **error);
gboolean till_vault_sqlite_clear_recovery (sqlite3 *db, GError **error);

G_END_DECLS
