/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "vault/till-keyring.h"

G_BEGIN_DECLS

#define TILL_TYPE_VAULT (till_vault_get_type ())
G_DECLARE_FINAL_TYPE (TillVault, till_vault, TILL, VAULT, GObject)

/**
 * TillVault: seals records under the profile's master key and hashes look-up values with a key derived from it.
 *
 * XChaCha20-Poly1305 (libsodium's IETF construction) with a random 24-byte nonce in front of the cipher text.
 * Thread-safe once open.
 */

/* Nothing is read yet. @keyring: a reference is taken. */
TillVault *till_vault_new (TillKeyring *keyring) G_GNUC_WARN_UNUSED_RESULT;

/**
 * Fetches the master key. @create_if_absent: makes a random one where there is none, for a profile that has sealed
 * nothing yet; otherwise that is %TILL_ERROR_NOT_FOUND, since the records would be unreadable under a new key.
 * Errors also as #TillKeyring.
 */
void till_vault_open_async (TillVault *self,
                            gboolean create_if_absent,
                            GCancellable *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer user_data);
gboolean till_vault_open_finish (TillVault *self, GAsyncResult *result, GError **error);

gboolean till_vault_is_open (TillVault *self);

/*
 * Seals @plain for the record @record_id: only the same id opens it (transfer full). @plain stays the caller's to
 * wipe. %TILL_ERROR_LOCKED before the vault is open.
 */
GBytes *till_vault_seal (TillVault *self, const char *record_id, TillSecret *plain, GError **error);

/* %TILL_ERROR_CORRUPT for bytes that were altered, sealed under another key, or for another record (transfer full). */
TillSecret *till_vault_unseal (TillVault *self, const char *record_id, GBytes *sealed, GError **error);

/*
 * Keyed BLAKE2b-256 of @value for looking up, as 64 hex digits (transfer full). @purpose keeps hashes for different
 * uses apart. %TILL_ERROR_LOCKED before the vault is open.
 */
char *till_vault_hash (TillVault *self, const char *purpose, const char *value, GError **error);

G_END_DECLS
