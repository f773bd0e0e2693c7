/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/*
 * PINs, kept as Argon2id hashes in the usual text form ("$argon2id$v=19$m=65536,t=2,p=1$SALT$HASH").
 *
 * Two passes over 64 MiB, libsodium's parameters for people who wait: a tenth of a second here. More would not save a
 * PIN whose hash has leaked, since there are only 10^4 to 10^8 of them; what saves it is that the hash lies sealed, and
 * that a till lets nobody try more than a few (#TillMissCount).
 */
#define TILL_PIN_LEAST_DIGITS 4
#define TILL_PIN_MOST_DIGITS  8
#define TILL_PIN_SALT_SIZE    16

/* 4 to 8 ASCII digits; otherwise %TILL_ERROR_INVALID, which does not repeat what was typed. */
gboolean till_pin_check (const char *pin, GError **error);

/*
 * The same, and not one of those that are tried first: one digit repeated, digits in a row up or down, a pair or a half
 * repeated, or @phone_suffix (nullable). %TILL_ERROR_REFUSED in words.
 */
gboolean till_pin_check_new (const char *pin, const char *phone_suffix, GError **error);

/*
 * Hashes @pin, which is copied and wiped, in a thread. @salt: %TILL_PIN_SALT_SIZE bytes, or NULL for random ones.
 * Finish: (transfer full).
 */
void till_pin_hash_async (const char *pin,
                          const guint8 *salt,
                          GCancellable *cancellable,
                          GAsyncReadyCallback callback,
                          gpointer user_data);
char *till_pin_hash_finish (GAsyncResult *result, GError **error);

/*
 * Which of @hashes (NULL-ended, may be empty) are of @pin; finish: their indices (element-type guint) (transfer full),
 * none for a wrong PIN. In a thread. Hashes of one salt and cost are tried together by one pass, and where there
 * is no hash a pass is made all the same, so that nobody is told from somebody by the time it takes.
 * %TILL_ERROR_CORRUPT for what is no hash.
 */
void till_pin_match_async (const char *pin,
                           const char *const *hashes,
                           GCancellable *cancellable,
                           GAsyncReadyCallback callback,
                           gpointer user_data);
GArray *till_pin_match_finish (GAsyncResult *result, GError **error);

/* TRUE for the text form of a hash of this till. */
gboolean till_pin_is_hash (const char *text);

G_END_DECLS
