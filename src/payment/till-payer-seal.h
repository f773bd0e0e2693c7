/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "vault/till-vault.h"

G_BEGIN_DECLS

/*
 * A payer in the database: sealed under a key of @id's own, made and destroyed with what it is about. On the store's
 * thread, in the caller's transaction. Errors as of the vault's record keys.
 */

/* Makes the key (transfer full). */
GBytes *till_payer_seal (TillVault *vault, sqlite3 *db, const char *id, const char *payer, GError **error);

/* %TILL_ERROR_NOT_FOUND once the key is destroyed (transfer full). */
TillSecret *till_payer_unseal (TillVault *vault, sqlite3 *db, const char *id, GBytes *sealed, GError **error);

/* Needs no open vault; no error where there is no key. */
gboolean till_payer_destroy_key (sqlite3 *db, const char *id, GError **error);

G_END_DECLS
