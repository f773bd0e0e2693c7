/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "vision/till-faces-private.h"

#include "base/till-private-memory.h"

struct _TillFaces
{
  gatomicrefcount references;
  TillVisionTimes times;
  guint n;
  TillFace faces[];
};

G_DEFINE_BOXED_TYPE (TillFaces, till_faces, till_faces_ref, till_faces_unref)

TillFaces *
till_faces_new (guint n)
{
  TillFaces *self = till_private_memory_alloc (sizeof (TillFaces) + n * sizeof (TillFace));

  g_atomic_ref_count_init (&self->references);
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
    till_private_memory_free (self);
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
