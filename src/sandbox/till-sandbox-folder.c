/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sandbox/till-sandbox-folder.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <sys/file.h>

#include "base/till-error.h"

struct _TillSandboxFolder
{
  int lock;
};

TillSandboxFolder *
till_sandbox_folder_take (const char *path, GError **error)
{
  g_autofree char *lock_file = g_build_filename (path, "lock", NULL);

  if (g_mkdir_with_parents (path, 0700) != 0)
    {
      g_set_error (error, TILL_ERROR, TILL_ERROR_FAILED, "Can't make the gateway's folder %s: %s.", path,
                   g_strerror (errno));
      return NULL;
    }

  int lock = g_open (lock_file, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  if (lock < 0)
    {
      g_set_error (error, TILL_ERROR, TILL_ERROR_FAILED, "Can't write in the gateway's folder %s: %s.", path,
                   g_strerror (errno));
      return NULL;
    }
  if (flock (lock, LOCK_EX | LOCK_NB) != 0)
    {
      g_set_error (
          error, TILL_ERROR, TILL_ERROR_BUSY,
          "Another smiletill-sandbox is running on %s; use that one, or give this one another --dir.", path);
      g_close (lock, NULL);
      return NULL;
    }

  TillSandboxFolder *folder = g_new0 (TillSandboxFolder, 1);
  folder->lock = lock;
  return folder;
}

void
till_sandbox_folder_release (TillSandboxFolder *folder)
{
  if (folder == NULL)
    return;

  g_close (folder->lock, NULL);
  g_free (folder);
}
