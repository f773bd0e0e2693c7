/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "evaluation-folder.h"

#include <gdk-pixbuf/gdk-pixbuf.h>
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

EvaluationFolder *
evaluation_folder_new (void)
{
  g_autoptr (GError) error = NULL;
  char *folder = g_dir_make_tmp ("smiletill-evaluation-XXXXXX", &error);

  g_assert_no_error (error);
  return folder;
}

static void
remove_all (const char *path)
{
  g_autoptr (GDir) dir = NULL;
  const char *name;

  if (!g_file_test (path, G_FILE_TEST_IS_SYMLINK))
    dir = g_dir_open (path, 0, NULL);
  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *inner = g_build_filename (path, name, NULL);

      remove_all (inner);
    }
  g_remove (path);
}

void
evaluation_folder_free (EvaluationFolder *folder)
{
  if (folder == NULL)
    return;
  remove_all (folder);
  g_free (folder);
}

static char *
path_in (const char *folder, const char *name)
{
  char *path = g_build_filename (folder, name, NULL);
  g_autofree char *parent = g_path_get_dirname (path);

  g_assert_cmpint (g_mkdir_with_parents (parent, 0700), ==, 0);
  return path;
}

void
evaluation_folder_write (const char *folder, const char *name, const void *bytes, gsize size)
{
  g_autofree char *path = path_in (folder, name);
  g_autoptr (GError) error = NULL;

  g_file_set_contents (path, bytes, (gssize) size, &error);
  g_assert_no_error (error);
}

void
evaluation_folder_write_text (const char *folder, const char *name, const char *text)
{
  evaluation_folder_write (folder, name, text, strlen (text));
}

char *
evaluation_fetched (const char *name)
{
  return g_build_filename (g_getenv ("SMILETILL_MODELS"), name, NULL);
}

void
evaluation_folder_link (const char *folder, const char *name, const char *fetched)
{
  g_autofree char *path = path_in (folder, name);
  g_autofree char *target = evaluation_fetched (fetched);

  g_assert_cmpint (symlink (target, path), ==, 0);
}

void
evaluation_folder_copy (
    const char *folder, const char *name, const char *fetched, double scale, gboolean mirrored)
{
  g_autofree char *path = path_in (folder, name);
  g_autofree char *from = evaluation_fetched (fetched);
  g_autoptr (GError) error = NULL;
  g_autoptr (GdkPixbuf) photo = gdk_pixbuf_new_from_file (from, &error);
  g_assert_no_error (error);

  g_autoptr (GdkPixbuf) scaled
      = gdk_pixbuf_scale_simple (photo, (int) (gdk_pixbuf_get_width (photo) * scale),
                                 (int) (gdk_pixbuf_get_height (photo) * scale), GDK_INTERP_BILINEAR);
  g_autoptr (GdkPixbuf) turned = mirrored ? gdk_pixbuf_flip (scaled, TRUE) : g_object_ref (scaled);
  gdk_pixbuf_save (turned, path, "png", &error, NULL);
  g_assert_no_error (error);
}
