/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "vault/till-vault.h"

G_BEGIN_DECLS

/*
 * One random key a record, kept wrapped by the master key for that record's id alone: with the key destroyed, no copy of
 * the sealed record can be read again, wherever it lies.
 *
 * All of these are for the store's thread, inside the caller's transaction. %TILL_ERROR_LOCKED while the vault is not
 * open; %TILL_ERROR_CORRUPT for what was altered, moved from another id, or sealed under another master key.
 */

/* %TILL_ERROR_EXISTS where @id has a key. */
gboolean till_record_keys_create (TillVault *vault, sqlite3 *db, const char *id, GError **error);

/* @plain sealed under @id's key, with the id as associated data (transfer full). %TILL_ERROR_NOT_FOUND without a key. */
GBytes *
till_record_keys_seal (TillVault *vault, sqlite3 *db, const char *id, TillSecret *plain, GError **error);

/* (transfer full) %TILL_ERROR_NOT_FOUND once the key is destroyed. */
TillSecret *
till_record_keys_unseal (TillVault *vault, sqlite3 *db, const char *id, GBytes *sealed, GError **error);

/* Overwrites @id's key and forgets it; works while locked. No error where there is none. */
gboolean till_record_keys_destroy (sqlite3 *db, const char *id, GError **error);

/* Works while locked. */
gboolean till_record_keys_has (sqlite3 *db, const char *id, gboolean *has, GError **error);

G_END_DECLS
