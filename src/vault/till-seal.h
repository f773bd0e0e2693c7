/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "vault/till-secret.h"

G_BEGIN_DECLS

/**
 * TillSeal: the format of a sealed record: one byte of format version (1), 24 random bytes of nonce, then the
 * XChaCha20-Poly1305 (IETF) cipher text with its 16-byte tag. Associated data: the version byte, then the record's id.
 */

/* Bytes of a key, crypto_aead_xchacha20poly1305_ietf_KEYBYTES. */
#define TILL_SEAL_KEY_SIZE 32

/* Seals @plain under @key for @record_id (transfer full). */
GBytes *till_seal_close (const TillSecret *key, const char *record_id, const TillSecret *plain);

/* %TILL_ERROR_CORRUPT for anything but what till_seal_close() gave for the same key and id (transfer full). */
TillSecret *till_seal_open (const TillSecret *key, const char *record_id, GBytes *sealed, GError **error);

G_END_DECLS
