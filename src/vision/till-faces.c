/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "vision/till-faces-private.h"

#include <errno.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

/* Lies in pages of its own, because those can be kept out of core dumps. */
struct _TillFaces
{
  gatomicrefcount references;
  gsize size;
  TillVisionTimes times;
  guint n;
  TillFace faces[];
};

G_DEFINE_BOXED_TYPE (TillFaces, till_faces, till_faces_ref, till_faces_unref)

TillFaces *
till_faces_new (guint n)
{
  gsize page = (gsize) sysconf (_SC_PAGESIZE);
  gsize size = (sizeof (TillFaces) + n * sizeof (TillFace) + page - 1) / page * page;
  TillFaces *self = mmap (NULL, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

  if (self == MAP_FAILED)
    g_error ("No memory for %u faces", n);
  if (madvise (self, size, MADV_DONTDUMP) != 0)
    g_debug ("This kernel can't keep faces out of core dumps: %s", g_strerror (errno));

  g_atomic_ref_count_init (&self->references);
  self->size = size;
  self->n = n;
  return self;
}

TillFaces *
till_faces_ref (TillFaces *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  g_atomic_ref_count_inc (&self->references);
  return self;
}

void
till_faces_unref (TillFaces *self)
{
  g_return_if_fail (self != NULL);

  if (g_atomic_ref_count_dec (&self->references))
    {
      gsize size = self->size;

      explicit_bzero (self, size);
      munmap (self, size);
    }
}

guint
till_faces_get_n (const TillFaces *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->n;
}

const TillFace *
till_faces_get (const TillFaces *self, guint index)
{
  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (index < self->n, NULL);

  return &self->faces[index];
}

const TillVisionTimes *
till_faces_get_times (const TillFaces *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return &self->times;
}

TillFace *
till_faces_edit (TillFaces *self, guint index)
{
  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (index < self->n, NULL);

  return &self->faces[index];
}

TillVisionTimes *
till_faces_edit_times (TillFaces *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return &self->times;
}
