/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "evaluation/till-specimen-set.h"

#include "base/till-error.h"

#include <string.h>

TillSpecimenSet *
till_specimen_set_new (void)
{
  TillSpecimenSet *self = g_new0 (TillSpecimenSet, 1);

  self->specimens = g_ptr_array_new_with_free_func ((GDestroyNotify) till_specimen_free);
  self->groups = g_ptr_array_new_with_free_func (g_free);
  self->skipped = g_ptr_array_new_with_free_func (g_free);
  self->trouble = g_ptr_array_new_with_free_func (g_free);
  return self;
}

void
till_specimen_set_free (TillSpecimenSet *self)
{
  g_ptr_array_unref (self->specimens);
  g_ptr_array_unref (self->groups);
  g_ptr_array_unref (self->skipped);
  g_ptr_array_unref (self->trouble);
  g_free (self);
}

static int
compare_names (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

/* Names in @path, sorted, without hidden ones (transfer full). */
static GPtrArray *
list_folder (const char *path, GError **error)
{
  g_autofree char *shown = g_filename_display_name (path);
  g_autoptr (GError) cause = NULL;
  GPtrArray *names;
  const char *name;

  if (!g_file_test (path, G_FILE_TEST_EXISTS))
    {
      g_set_error (error, TILL_ERROR, TILL_ERROR_NOT_FOUND, "There is no folder %s; check the name", shown);
      return NULL;
    }
  if (!g_file_test (path, G_FILE_TEST_IS_DIR))
    {
      g_set_error (error, TILL_ERROR, TILL_ERROR_INVALID,
                   "%s is no folder; name the folder the photographs are in", shown);
      return NULL;
    }

  g_autoptr (GDir) dir = g_dir_open (path, 0, &cause);
  if (dir == NULL)
    {
      g_set_error (error, TILL_ERROR, TILL_ERROR_INVALID,
                   "%s can't be read: %s; run this as somebody who may read it", shown, cause->message);
      return NULL;
    }
  names = g_ptr_array_new_with_free_func (g_free);
  while ((name = g_dir_read_name (dir)) != NULL)
    if (*name != '.')
      g_ptr_array_add (names, g_strdup (name));
  g_ptr_array_sort (names, compare_names);
  return names;
}

static void
skip (TillSpecimenSet *self, const char *name)
{
  g_ptr_array_add (self->skipped, g_strdup (name));
}

static guint
add_group (TillSpecimenSet *self, const char *name)
{
  g_ptr_array_add (self->groups, g_filename_display_name (name));
  return self->groups->len - 1;
}

static void
add_file (TillSpecimenSet *self, const char *path, const char *name, guint group)
{
  TillSpecimenKind kind = till_specimen_kind (path);

  if (kind == TILL_SPECIMEN_OTHER)
    {
      skip (self, name);
      return;
    }

  TillSpecimen *specimen = g_new0 (TillSpecimen, 1);
  specimen->path = g_strdup (path);
  specimen->name = g_strdup (name);
  specimen->group = group;
  specimen->kind = kind;
  g_ptr_array_add (self->specimens, specimen);
}

/* The files in @path that are not folders, each called "@group_name/file". */
static gboolean
add_files (TillSpecimenSet *self, const char *path, guint group, GError **error)
{
  g_autoptr (GPtrArray) names = list_folder (path, error);
  const char *group_name = g_ptr_array_index (self->groups, group);

  if (names == NULL)
    return FALSE;
  for (guint i = 0; i < names->len; i++)
    {
      g_autofree char *file = g_build_filename (path, g_ptr_array_index (names, i), NULL);
      g_autofree char *shown = g_filename_display_name (g_ptr_array_index (names, i));
      g_autofree char *name = g_build_filename (group_name, shown, NULL);

      if (g_file_test (file, G_FILE_TEST_IS_REGULAR))
        add_file (self, file, name, group);
      else if (!g_file_test (file, G_FILE_TEST_IS_DIR))
        skip (self, name);
    }
  return TRUE;
}

/* A folder in the folder that was named: that it can't be read is noted, and the others are still looked at. */
static void
add_folder (TillSpecimenSet *self, const char *path, const char *name)
{
  g_autoptr (GError) error = NULL;
  guint group = add_group (self, name);

  if (!add_files (self, path, group, &error))
    g_ptr_array_add (self->trouble, g_strdup (error->message));
}

static gboolean
check_any (TillSpecimenSet *self, guint before, const char *dir, GError **error)
{
  g_autofree char *shown = g_filename_display_name (dir);

  if (self->specimens->len > before)
    return TRUE;
  if (self->trouble->len > 0)
    g_set_error_literal (error, TILL_ERROR, TILL_ERROR_INVALID, g_ptr_array_index (self->trouble, 0));
  else
    g_set_error (error, TILL_ERROR, TILL_ERROR_INVALID, "There are no photographs or clips in %s", shown);
  return FALSE;
}

gboolean
till_specimen_set_add_groups (TillSpecimenSet *self, const char *dir, GError **error)
{
  g_autoptr (GPtrArray) names = list_folder (dir, error);
  guint before = self->specimens->len;
  guint groups = self->groups->len;

  if (names == NULL)
    return FALSE;
  for (guint i = 0; i < names->len; i++)
    {
      g_autofree char *path = g_build_filename (dir, g_ptr_array_index (names, i), NULL);
      g_autofree char *shown = g_filename_display_name (g_ptr_array_index (names, i));

      if (g_file_test (path, G_FILE_TEST_IS_DIR))
        add_folder (self, path, g_ptr_array_index (names, i));
      else
        skip (self, shown);
    }
  if (self->groups->len == groups && names->len > 0)
    {
      g_autofree char *shown = g_filename_display_name (dir);

      g_set_error (error, TILL_ERROR, TILL_ERROR_INVALID,
                   "There are no folders in %s: put each person's photographs into a folder of their own",
                   shown);
      return FALSE;
    }
  return check_any (self, before, dir, error);
}

gboolean
till_specimen_set_add_class (
    TillSpecimenSet *self, const char *dir, guint *first_group, guint *n_groups, GError **error)
{
  g_autoptr (GPtrArray) names = list_folder (dir, error);
  g_autofree char *class_name = g_path_get_basename (dir);
  guint before = self->specimens->len;

  if (names == NULL)
    return FALSE;
  *first_group = add_group (self, class_name);
  if (!add_files (self, dir, *first_group, error))
    return FALSE;
  for (guint i = 0; i < names->len; i++)
    {
      g_autofree char *path = g_build_filename (dir, g_ptr_array_index (names, i), NULL);
      g_autofree char *name = g_build_filename (class_name, g_ptr_array_index (names, i), NULL);

      if (g_file_test (path, G_FILE_TEST_IS_DIR))
        add_folder (self, path, name);
    }
  *n_groups = self->groups->len - *first_group;
  return check_any (self, before, dir, error);
}
