/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_SETTINGS_ENABLE_BACKEND
#include "shop/till-profile.h"

#include "base/till-error.h"
#include "base/till-installation.h"

#include <errno.h>
#include <gio/gsettingsbackend.h>
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

#define SCHEMA      "io.github.smiletill.Smiletill"
#define SCHEMA_PATH "/io/github/smiletill/Smiletill/"

struct _TillProfile
{
  GObject parent_instance;

  char *dir;
  char *id;
  GSettings *settings;
};

G_DEFINE_FINAL_TYPE (TillProfile, till_profile, G_TYPE_OBJECT)

static gboolean
make_dir (const char *dir, GError **error)
{
  int failed = 0;

  if (g_mkdir_with_parents (dir, 0700) != 0)
    failed = errno;
  else if (g_file_test (dir, G_FILE_TEST_IS_DIR))
    return TRUE;
  g_set_error (error, TILL_ERROR, TILL_ERROR_FAILED, "The profile folder %s can't be made: %s", dir,
               failed == 0 || failed == EEXIST ? "a file of that name is in the way" : g_strerror (failed));
  return FALSE;
}

static gboolean
open_settings (TillProfile *self, gboolean own_folder, GError **error)
{
  GSettingsSchemaSource *source = g_settings_schema_source_get_default ();
  g_autoptr (GSettingsSchema) schema
      = source != NULL ? g_settings_schema_source_lookup (source, SCHEMA, TRUE) : NULL;
  g_autoptr (GSettingsBackend) backend = NULL;

  if (schema == NULL)
    {
      g_set_error (error, TILL_ERROR, TILL_ERROR_NOT_FOUND,
                   "The settings schema %s is not installed: run “make install”, or name its folder in "
                   "GSETTINGS_SCHEMA_DIR",
                   SCHEMA);
      return FALSE;
    }
  if (own_folder)
    {
      g_autofree char *file = till_profile_get_path (self, "settings.ini");

      backend = g_keyfile_settings_backend_new (file, SCHEMA_PATH, "Smiletill");
    }
  self->settings = g_settings_new_full (schema, backend, SCHEMA_PATH);
  return TRUE;
}

static gboolean
read_id (TillProfile *self, const char *file, GError **error)
{
  if (!g_file_get_contents (file, &self->id, NULL, error))
    return FALSE;
  g_strstrip (self->id);
  if (g_uuid_string_is_valid (self->id))
    return TRUE;
  g_set_error (
      error, TILL_ERROR, TILL_ERROR_CORRUPT,
      "%s does not hold the profile's id; bring it back from a backup, since the keyring's secrets are filed "
      "under it",
      file);
  return FALSE;
}

/* Two tills that start at once on a new folder must end up with one id: the first link made wins. */
static gboolean
make_id (TillProfile *self, const char *file, GError **error)
{
  g_autofree char *id = g_uuid_string_random ();
  g_autofree char *draft = g_strconcat (file, ".", id, NULL);
  gboolean linked;
  int failed;

  if (!g_file_set_contents_full (draft, id, -1, G_FILE_SET_CONTENTS_CONSISTENT | G_FILE_SET_CONTENTS_DURABLE,
                                 0600, error))
    return FALSE;
  linked = link (draft, file) == 0;
  failed = errno;
  g_unlink (draft);
  if (linked || failed == EEXIST)
    return read_id (self, file, error);
  g_set_error (error, TILL_ERROR, TILL_ERROR_FAILED, "%s can't be made: %s", file, g_strerror (failed));
  return FALSE;
}

static gboolean
open_id (TillProfile *self, GError **error)
{
  g_autofree char *file = till_profile_get_path (self, "profile-id");

  if (g_file_test (file, G_FILE_TEST_EXISTS))
    return read_id (self, file, error);
  return make_id (self, file, error);
}

/* (transfer full) */
static char *
find_dir (const char *dir, GError **error)
{
  if (dir == NULL)
    return g_build_filename (g_get_user_data_dir (), "smiletill", NULL);
  if (*dir != '\0')
    return g_canonicalize_filename (dir, NULL);
  g_set_error_literal (error, TILL_ERROR, TILL_ERROR_INVALID, "The profile folder has no name");
  return NULL;
}

TillProfile *
till_profile_open_existing (const char *dir, GError **error)
{
  g_autofree char *found = find_dir (dir, error);
  g_autofree char *id_file = found != NULL ? g_build_filename (found, "profile-id", NULL) : NULL;

  if (id_file == NULL)
    return NULL;
  if (g_file_test (id_file, G_FILE_TEST_EXISTS))
    return till_profile_open (dir, error);
  g_set_error (error, TILL_ERROR, TILL_ERROR_NOT_FOUND,
               "There is no till's profile in %s: name its folder with --profile", found);
  return NULL;
}

TillProfile *
till_profile_open (const char *dir, GError **error)
{
  g_autoptr (TillProfile) self = g_object_new (TILL_TYPE_PROFILE, NULL);

  self->dir = find_dir (dir, error);
  if (self->dir == NULL)
    return NULL;
  if (!make_dir (self->dir, error) || !open_id (self, error) || !open_settings (self, dir != NULL, error))
    return NULL;
  return g_steal_pointer (&self);
}

static void
till_profile_finalize (GObject *object)
{
  TillProfile *self = TILL_PROFILE (object);

  g_free (self->dir);
  g_free (self->id);
  g_clear_object (&self->settings);
  G_OBJECT_CLASS (till_profile_parent_class)->finalize (object);
}

static void
till_profile_class_init (TillProfileClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = till_profile_finalize;
}

static void
till_profile_init (TillProfile *self)
{
}

const char *
till_profile_get_dir (TillProfile *self)
{
  return self->dir;
}

const char *
till_profile_get_id (TillProfile *self)
{
  return self->id;
}

GSettings *
till_profile_get_settings (TillProfile *self)
{
  return self->settings;
}

char *
till_profile_get_catalogue_path (TillProfile *self)
{
  g_autofree char *path = g_settings_get_string (self->settings, "catalogue");

  return *path != '\0' ? g_steal_pointer (&path) : till_installation_get_data_path ("catalogue.json");
}

char *
till_profile_get_path (TillProfile *self, const char *name)
{
  return g_build_filename (self->dir, name, NULL);
}
