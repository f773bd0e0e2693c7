/* SPDX-License-Identifier: GPL-3.0-or-later */
#define _GNU_SOURCE
#include "payment/till-pinned-trust.h"

#include "base/till-error.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

struct _TillPinnedTrust
{
  GTlsDatabase *database;
  int copy; /* what the database reads, or -1 */
};

void
till_pinned_trust_free (TillPinnedTrust *self)
{
  g_clear_object (&self->database);
  if (self->copy >= 0)
    close (self->copy);
  g_free (self);
}

static gboolean
write_all (int fd, const char *data, gsize size)
{
  while (size > 0)
    {
      gssize written = write (fd, data, size);

      if (written < 0 && errno == EINTR)
        continue;
      if (written <= 0)
        return FALSE;
      data += written;
      size -= (gsize) written;
    }
  return TRUE;
}

/* A file in memory that nobody can change any more, -1 with @error. */
static int
seal (const char *data, gsize size, GError **error)
{
  int fd = memfd_create ("smiletill-trust", MFD_CLOEXEC | MFD_ALLOW_SEALING);

  if (fd >= 0 && write_all (fd, data, size)
      && fcntl (fd, F_ADD_SEALS, F_SEAL_SEAL | F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_WRITE) == 0)
    return fd;
  g_set_error (error, TILL_ERROR, TILL_ERROR_FAILED, "the gateway's certificate can't be kept in memory: %s",
               g_strerror (errno));
  if (fd >= 0)
    close (fd);
  return -1;
}

static gboolean
copy_file (TillPinnedTrust *self, const char *path, GError **error)
{
  g_autofree char *data = NULL;
  g_autofree char *copy_path = NULL;
  g_autoptr (GError) cause = NULL;
  gsize size = 0;

  if (!g_file_get_contents (path, &data, &size, &cause))
    {
      g_set_error (error, TILL_ERROR, TILL_ERROR_INVALID, "the gateway's certificate can't be read: %s",
                   cause->message);
      return FALSE;
    }
  self->copy = seal (data, size, error);
  if (self->copy < 0)
    return FALSE;
  copy_path = g_strdup_printf ("/proc/self/fd/%d", self->copy);
  self->database = g_tls_file_database_new (copy_path, &cause);
  if (self->database != NULL)
    return TRUE;
  g_set_error (error, TILL_ERROR, TILL_ERROR_INVALID, "the gateway's certificate %s can't be used: %s", path,
               cause->message);
  return FALSE;
}

TillPinnedTrust *
till_pinned_trust_new (GTlsDatabase *trust, GError **error)
{
  g_autoptr (TillPinnedTrust) self = g_new0 (TillPinnedTrust, 1);
  g_autofree char *path = NULL;

  self->copy = -1;
  if (G_IS_TLS_FILE_DATABASE (trust))
    g_object_get (trust, "anchors", &path, NULL);
  if (path == NULL)
    self->database = g_object_ref (trust);
  else if (!copy_file (self, path, error))
    return NULL;
  return g_steal_pointer (&self);
}

GTlsDatabase *
till_pinned_trust_get_database (TillPinnedTrust *self)
{
  return self->database;
}
