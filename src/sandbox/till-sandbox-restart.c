/* SPDX-License-Identifier: GPL-3.0-or-later */
/* For memfd_create(). */
#define _GNU_SOURCE

#include "sandbox/till-sandbox-restart.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

#include "base/till-error.h"

/* Far more than any key. */
#define KEY_ROOM 4096

/* Up to the end of its line or of the file. */
static gboolean
copy_key (int from, int to)
{
  char letter = '\0';
  gsize length = 0;

  while (letter != '\n' && length++ < KEY_ROOM)
    {
      gssize got = read (from, &letter, 1);
      if (got == 0)
        return TRUE;
      if ((got < 0 && errno != EINTR) || (got == 1 && write (to, &letter, 1) != 1))
        return FALSE;
    }
  return TRUE;
}

int
till_sandbox_restart_keep_key (int key_fd, GError **error)
{
  int kept = memfd_create ("sandbox-key", MFD_CLOEXEC);

  if (kept >= 0 && copy_key (key_fd, kept) && lseek (kept, 0, SEEK_SET) == 0)
    {
      if (key_fd > STDERR_FILENO)
        close (key_fd);
      return kept;
    }

  g_set_error (error, TILL_ERROR, TILL_ERROR_INVALID, "Can't read the API key from descriptor %d: %s.",
               key_fd, g_strerror (errno));
  if (kept >= 0)
    close (kept);
  return -1;
}

void
till_sandbox_restart (
    const char *folder, guint16 port, int kept_key, gboolean exit_with_stdin, GError **error)
{
  g_autofree char *port_text = g_strdup_printf ("%u", port);
  g_autofree char *key_text = g_strdup_printf ("%d", kept_key);
  /* Who waited for the line that says ready has had it. */
  int nowhere = open ("/dev/null", O_WRONLY);
  g_autofree char *ready_text = g_strdup_printf ("%d", nowhere);
  const char *const arguments[] = { "smiletill-sandbox",
                                    "--dir",
                                    folder,
                                    "--port",
                                    port_text,
                                    "--key-fd",
                                    key_text,
                                    "--ready-fd",
                                    ready_text,
                                    exit_with_stdin ? "--exit-with-stdin" : NULL,
                                    NULL };

  if (nowhere >= 0 && lseek (kept_key, 0, SEEK_SET) == 0 && fcntl (kept_key, F_SETFD, 0) == 0)
    execv ("/proc/self/exe", (char *const *) arguments);
  g_set_error (error, TILL_ERROR, TILL_ERROR_FAILED, "Can't start anew: %s.", g_strerror (errno));
}
