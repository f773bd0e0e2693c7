/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "vault/till-secret.h"

#include <gio/gio.h>

G_BEGIN_DECLS

#define TILL_TYPE_KEYRING (till_keyring_get_type ())
G_DECLARE_FINAL_TYPE (TillKeyring, till_keyring, TILL, KEYRING, GObject)

/**
 * TillKeyring: named secrets of one profile in the user's Secret Service, through libsecret.
 *
 * Errors of all calls: %TILL_ERROR_UNAVAILABLE (no session bus or no Secret Service; the message says what to
 * install or start), %TILL_ERROR_LOCKED (keyring locked or its unlocking refused). No call blocks on a password
 * dialogue: a locked keyring is an answer; till_keyring_unlock_async() is what asks the user.
 */

/* @profile: an id of the profile's own, so that two profiles never share a secret. */
TillKeyring *till_keyring_new (const char *profile) G_GNUC_WARN_UNUSED_RESULT;

/*
 * Looks @name up; finish gives the secret (transfer full), or NULL without error where there is none.
 * %TILL_ERROR_CORRUPT for an entry that another program wrote over.
 */
void till_keyring_lookup_async (TillKeyring *self,
                                const char *name,
                                GCancellable *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer user_data);
TillSecret *till_keyring_lookup_finish (TillKeyring *self, GAsyncResult *result, GError **error);

/* Keeps @secret under @name, in place of what was there; done when the service says it is kept. */
void till_keyring_store_async (TillKeyring *self,
                               const char *name,
                               TillSecret *secret,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer user_data);
gboolean till_keyring_store_finish (TillKeyring *self, GAsyncResult *result, GError **error);

/* Drops @name; no error if it was not there. */
void till_keyring_clear_async (TillKeyring *self,
                               const char *name,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer user_data);
gboolean till_keyring_clear_finish (TillKeyring *self, GAsyncResult *result, GError **error);

/* Asks the user, through the service's own prompt, to unlock the default keyring, or to make one if there is none. */
void till_keyring_unlock_async (TillKeyring *self,
                                GCancellable *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer user_data);
gboolean till_keyring_unlock_finish (TillKeyring *self, GAsyncResult *result, GError **error);

G_END_DECLS
