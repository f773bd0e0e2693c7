/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "books.h"

#include <glib/gstdio.h>

static char *folder;

void
books_set_up (void)
{
  g_autoptr (GError) error = NULL;

  folder = g_dir_make_tmp ("test-vault-XXXXXX", &error);
  g_assert_no_error (error);
}

int
books_tear_down (int status)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);
      g_assert_cmpint (g_unlink (path), ==, 0);
    }
  g_assert_cmpint (g_rmdir (folder), ==, 0);
  g_clear_pointer (&folder, g_free);
  return status;
}

void
books_enter (const char *of)
{
  folder = g_strdup (of);
}

const char *
books_folder (void)
{
  return folder;
}

char *
books_path (const char *name)
{
  g_autofree char *file = g_strconcat (name, ".db", NULL);

  return g_build_filename (folder, file, NULL);
}

TillStore *
books_open (const char *name)
{
  g_autofree char *path = books_path (name);
  g_autoptr (GError) error = NULL;
  TillStore *store = till_store_open (path, &error);

  g_assert_no_error (error);
  return store;
}
