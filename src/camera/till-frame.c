/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "camera/till-frame.h"

#include "camera/till-frame-memory.h"

#include <string.h>

#define TILL_FRAME_BYTES_PER_PIXEL 3

struct _TillFrame
{
  gatomicrefcount references;
  int width;
  int height;
  gsize stride;
  gint64 captured_us;
  guint64 serial;
  guint8 *pixels;
  gsize size;
};

G_DEFINE_BOXED_TYPE (TillFrame, till_frame, till_frame_ref, till_frame_unref)

TillFrame *
till_frame_new (const guint8 *bgr, int width, int height, gsize stride, gint64 captured_us, guint64 serial)
{
  TillFrame *self;

  g_return_val_if_fail (bgr != NULL, NULL);
  g_return_val_if_fail (width > 0 && height > 0, NULL);
  g_return_val_if_fail (stride >= (gsize) width * TILL_FRAME_BYTES_PER_PIXEL, NULL);

  self = g_new0 (TillFrame, 1);
  g_atomic_ref_count_init (&self->references);
  self->width = width;
  self->height = height;
  self->stride = (gsize) width * TILL_FRAME_BYTES_PER_PIXEL;
  self->captured_us = captured_us;
  self->serial = serial;
  self->size = self->stride * (gsize) height;
  self->pixels = till_frame_memory_alloc (self->size);

  if (stride == self->stride)
    memcpy (self->pixels, bgr, self->size);
  else
    for (int row = 0; row < height; row++)
      memcpy (self->pixels + (gsize) row * self->stride, bgr + (gsize) row * stride, self->stride);
  return self;
}

TillFrame *
till_frame_ref (TillFrame *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  g_atomic_ref_count_inc (&self->references);
  return self;
}

void
till_frame_unref (TillFrame *self)
{
  g_return_if_fail (self != NULL);

  if (!g_atomic_ref_count_dec (&self->references))
    return;
  till_frame_memory_free (self->pixels, self->size);
  g_free (self);
}

int
till_frame_get_width (const TillFrame *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->width;
}

int
till_frame_get_height (const TillFrame *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->height;
}

gsize
till_frame_get_stride (const TillFrame *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->stride;
}

const guint8 *
till_frame_get_pixels (const TillFrame *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->pixels;
}

GBytes *
till_frame_get_bytes (TillFrame *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return g_bytes_new_with_free_func (self->pixels, self->size, (GDestroyNotify) till_frame_unref,
                                     till_frame_ref (self));
}

gint64
till_frame_get_captured_us (const TillFrame *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->captured_us;
}

guint64
till_frame_get_serial (const TillFrame *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->serial;
}
