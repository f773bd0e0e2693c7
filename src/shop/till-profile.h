/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define TILL_TYPE_PROFILE (till_profile_get_type ())
G_DECLARE_FINAL_TYPE (TillProfile, till_profile, TILL, PROFILE, GObject)

/**
 * TillProfile: where one till keeps what it keeps, and its settings.
 *
 * With a folder of its own everything is in there: `smiletill.db`, `settings.ini`, `profile-id`, `sandbox/`. Without,
 * the XDG data folder holds the files and the user's GSettings the settings.
 */

/* @dir: (nullable) made, for the owner alone, where missing. Blocks. (transfer full) */
TillProfile *till_profile_open (const char *dir, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* The same of a profile that is there: %TILL_ERROR_NOT_FOUND, and nothing is made, where it is not. */
TillProfile *till_profile_open_existing (const char *dir, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* The folder. */
const char *till_profile_get_dir (TillProfile *self);
/* An id of the profile's own, made at first start, that keeps its secrets in the keyring apart from others'. */
const char *till_profile_get_id (TillProfile *self);
/* Schema io.github.smiletill.Smiletill (transfer none). */
GSettings *till_profile_get_settings (TillProfile *self);
/* The file its setting names, or the demo catalogue's (transfer full). */
char *till_profile_get_catalogue_path (TillProfile *self);
/* A path inside the folder (transfer full). */
char *till_profile_get_path (TillProfile *self, const char *name);

G_END_DECLS
