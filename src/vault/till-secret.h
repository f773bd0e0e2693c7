/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

/**
 * TillSecret: bytes that nobody else should see. Immutable, reference-counted, in locked, guarded memory
 * (sodium_malloc) that is kept out of core dumps and wiped when the last reference goes. Any thread.
 */
typedef struct _TillSecret TillSecret;

/* Copies @size bytes; the caller wipes its own (transfer full). */
TillSecret *till_secret_new (gconstpointer data, gsize size) G_GNUC_WARN_UNUSED_RESULT;
/* @size random bytes from libsodium (transfer full). */
TillSecret *till_secret_new_random (gsize size) G_GNUC_WARN_UNUSED_RESULT;

/**
 * TillSecretFill: writes a secret where it will stay. @data has room for *@size bytes, which it may lower.
 * FALSE: no secret is made.
 */
typedef gboolean (*TillSecretFill) (guchar *data, gsize *size, gpointer user_data);

/* A secret of at most @size bytes that @fill writes in place, so that it is never elsewhere (transfer full) (nullable). */
TillSecret *
till_secret_new_filled (gsize size, TillSecretFill fill, gpointer user_data) G_GNUC_WARN_UNUSED_RESULT;

TillSecret *till_secret_ref (TillSecret *self);
void till_secret_unref (TillSecret *self);

gsize till_secret_get_size (const TillSecret *self);
/* (transfer none). A NUL that is not counted follows the last byte, so a password can be read as a string. */
gconstpointer till_secret_get_data (const TillSecret *self);
/* In constant time for equal sizes. */
gboolean till_secret_equal (const TillSecret *a, const TillSecret *b);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TillSecret, till_secret_unref)

G_END_DECLS
