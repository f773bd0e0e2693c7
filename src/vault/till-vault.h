/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "store/till-store.h"
#include "vault/till-keyring.h"

G_BEGIN_DECLS

#define TILL_TYPE_VAULT (till_vault_get_type ())
G_DECLARE_FINAL_TYPE (TillVault, till_vault, TILL, VAULT, GObject)

/**
 * TillVault: the keys of a profile.
 *
 * The master key is random and lies in the keyring, one a generation: "master-key", "master-key-2", ...; the database
 * says which generation is in force. Every other key is random and lies in the database, wrapped by it. Sealing is
 * XChaCha20-Poly1305 (libsodium's IETF construction) with a random 24-byte nonce in front of the cipher text.
 * Thread-safe once open; the _async functions are for the main context.
 */

/*
 * Makes the tables where they are missing; no key is read yet. Takes references. Blocks. A store opened for reading
 * will do, for what needs no writing.
 */
TillVault *till_vault_new (TillKeyring *keyring, TillStore *store, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/**
 * Fetches the keys. @create_if_absent: makes random ones where this profile never had any and the keyring has none.
 *
 * %TILL_ERROR_NOT_FOUND when the keyring lost the master key: till_vault_recover_async() is the way on;
 * %TILL_ERROR_CORRUPT when it is not the one the database was sealed under. Errors also as #TillKeyring
 * (%TILL_ERROR_UNAVAILABLE, %TILL_ERROR_LOCKED). It may be called again after any of them.
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
 * wipe. %TILL_ERROR_LOCKED before the vault is open. For a person's record see till-record-keys.h.
 */
GBytes *till_vault_seal (TillVault *self, const char *record_id, TillSecret *plain, GError **error);

/* %TILL_ERROR_CORRUPT for bytes that were altered, sealed under another key, or for another record (transfer full). */
TillSecret *till_vault_unseal (TillVault *self, const char *record_id, GBytes *sealed, GError **error);

/*
 * Keyed BLAKE2b-256 of @value for looking up, as 64 hex digits (transfer full). @purpose keeps hashes for different
 * uses apart. %TILL_ERROR_LOCKED before the vault is open.
 */
char *till_vault_hash (TillVault *self, const char *purpose, const char *value, GError **error);

/*
 * The same under the keys that @db says are in force, for what is written there: where they are just being changed,
 * till_vault_hash() has the former ones until the main context hears of it. On the store's thread.
 */
char *
till_vault_hash_within (TillVault *self, sqlite3 *db, const char *purpose, const char *value, GError **error);

/* The till's signature of @text, see till-signature.h (transfer full). %TILL_ERROR_LOCKED before the vault is open. */
char *till_vault_sign (TillVault *self, const char *text, GError **error);

/* 64 hex digits, also while locked (transfer none, lives as long as the program); NULL before the first opening. */
const char *till_vault_get_public_key (TillVault *self);

/*
 * Whether this till signs or once signed with @public_key. Only the keys themselves can tell, so FALSE for all but
 * till_vault_get_public_key() while locked.
 */
gboolean till_vault_knows_public_key (TillVault *self, const char *public_key);

/* Random bytes that tell this shop from others; no secret. */
#define TILL_VAULT_SHOP_TAG_SIZE 8
const guint8 *till_vault_get_shop_tag (TillVault *self);

/*
 * What a face pass carries: @body sealed under the pass key for @head, then signed by the till over both (transfer
 * full). %TILL_VAULT_PASS_OVERHEAD bytes longer than @body: 24 of nonce, 16 of tag, 64 of Ed25519. @head is not in it.
 */
#define TILL_VAULT_PASS_OVERHEAD (24 + 16 + 64)
GBytes *till_vault_close_pass (TillVault *self, GBytes *head, TillSecret *body, GError **error);

/*
 * The body again (transfer full). %TILL_ERROR_CORRUPT for a forged or altered one, or for another head;
 * %TILL_ERROR_LOCKED before the vault is open.
 */
TillSecret *till_vault_open_pass (TillVault *self, GBytes *head, GBytes *closed, GError **error);

/* What is known while keys are being changed, inside the change's transaction. */
typedef struct _TillVaultChange TillVaultChange;

/* till_vault_hash() under the look-up key that is coming (transfer full). */
char *
till_vault_change_hash (TillVaultChange *change, const char *purpose, const char *value, GError **error);
/* Tells that @done of @of are through. */
void till_vault_change_tell (TillVaultChange *change, guint done, guint of);

/*
 * Writes anew what was kept under hashes of the former look-up key. On the store's thread; record keys open as ever.
 * FALSE with @error set takes the whole change back.
 */
typedef gboolean (*TillVaultRekey) (sqlite3 *db, TillVaultChange *change, gpointer data, GError **error);

/* @done: 0..1, never less than before. Main context. */
typedef void (*TillVaultProgress) (TillVault *vault, double done, gpointer progress_data);

/**
 * A new master key, look-up key and signing key, and all others wrapped anew; passes stay good unless @void_passes.
 *
 * The new master key goes into the keyring first, then everything in one transaction, then the old one is dropped:
 * whenever the till dies, the next opening finds one whole generation and clears what is left of the other. @rekey,
 * @progress: (nullable). @data belongs to @rekey, @data_free (nullable) is called for it in any thread. No hash should
 * be in use meanwhile: hashes taken before are good for nothing after. %TILL_ERROR_LOCKED while the vault is not open,
 * %TILL_ERROR_BUSY while it is being opened, changed or recovered.
 */
void till_vault_rotate_async (TillVault *self,
                              gboolean void_passes,
                              TillVaultRekey rekey,
                              gpointer data,
                              GDestroyNotify data_free,
                              TillVaultProgress progress,
                              gpointer progress_data,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer user_data);
gboolean till_vault_rotate_finish (TillVault *self, GAsyncResult *result, GError **error);

/* Which master key is in force, from 1; 0 before the first opening. */
gint64 till_vault_get_generation (TillVault *self);

/* Whether a recovery phrase is set. Known while locked too. */
gboolean till_vault_has_recovery (TillVault *self);

/*
 * From now on @phrase (of till-recovery-phrase.h) can bring the master key back, also after keys were changed, and no
 * phrase set before. %TILL_ERROR_LOCKED while the vault is not open.
 */
void till_vault_set_recovery_async (TillVault *self,
                                    TillSecret *phrase,
                                    GCancellable *cancellable,
                                    GAsyncReadyCallback callback,
                                    gpointer user_data);
gboolean till_vault_set_recovery_finish (TillVault *self, GAsyncResult *result, GError **error);

/* Tries @phrase without changing anything. %TILL_ERROR_REFUSED for another one, %TILL_ERROR_NOT_FOUND if none is set. */
void till_vault_check_recovery_async (TillVault *self,
                                      TillSecret *phrase,
                                      GCancellable *cancellable,
                                      GAsyncReadyCallback callback,
                                      gpointer user_data);
gboolean till_vault_check_recovery_finish (TillVault *self, GAsyncResult *result, GError **error);

/*
 * Puts the master key back into the keyring and opens the vault. %TILL_ERROR_REFUSED for another phrase,
 * %TILL_ERROR_NOT_FOUND if none was set; also those of till_vault_open_async().
 */
void till_vault_recover_async (TillVault *self,
                               TillSecret *phrase,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer user_data);
gboolean till_vault_recover_finish (TillVault *self, GAsyncResult *result, GError **error);

/* No phrase brings the key back any more. */
void till_vault_forget_recovery_async (TillVault *self,
                                       GCancellable *cancellable,
                                       GAsyncReadyCallback callback,
                                       gpointer user_data);
gboolean till_vault_forget_recovery_finish (TillVault *self, GAsyncResult *result, GError **error);

G_END_DECLS
