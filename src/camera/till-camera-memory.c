/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "camera/till-camera-memory.h"

#include "camera/till-frame-memory.h"

#include <string.h>

struct _TillCameraMemory
{
  GstAllocator parent_instance;

  GstAllocator *ordinary;
};

G_DEFINE_FINAL_TYPE (TillCameraMemory, till_camera_memory, GST_TYPE_ALLOCATOR)

typedef struct
{
  GstMemory memory;
  guint8 *block; /* NULL for a part of another one */
  gsize block_size;
  guint8 *data; /* aligned */
} TillCameraMemoryPiece;

static gsize
till_camera_memory_add (gsize a, gsize b)
{
  gsize sum;

  if (!g_size_checked_add (&sum, a, b))
    g_error ("no memory for a picture of that size");
  return sum;
}

/* To an eighth of the power of two below, so that compressed pictures, each of its own size, find a spare block. */
static gsize
till_camera_memory_round (gsize size)
{
  gsize step = MAX ((gsize) 1 << (g_bit_storage (size) - 1) >> 3, TILL_CAMERA_MEMORY_LEAST);

  return till_camera_memory_add (size, step - 1) / step * step;
}

static guint8 *
till_camera_memory_align (guint8 *block, gsize align)
{
  return block + (-(guintptr) block & align);
}

static void
till_camera_memory_zero (const TillCameraMemoryPiece *piece, const GstAllocationParams *params)
{
  gsize end = params->prefix + piece->memory.size;

  if ((params->flags & GST_MEMORY_FLAG_ZERO_PREFIXED) != 0)
    memset (piece->data, 0, params->prefix);
  if ((params->flags & GST_MEMORY_FLAG_ZERO_PADDED) != 0)
    memset (piece->data + end, 0, piece->memory.maxsize - end);
}

static GstMemory *
till_camera_memory_alloc (GstAllocator *allocator, gsize size, GstAllocationParams *params)
{
  TillCameraMemory *self = TILL_CAMERA_MEMORY (allocator);
  TillCameraMemoryPiece *piece;
  gsize align = params->align | gst_memory_alignment;
  gsize whole;

  if (size < TILL_CAMERA_MEMORY_LEAST)
    return gst_allocator_alloc (self->ordinary, size, params);

  whole = till_camera_memory_add (till_camera_memory_add (size, params->prefix), params->padding);
  piece = g_new0 (TillCameraMemoryPiece, 1);
  piece->block_size = till_camera_memory_round (till_camera_memory_add (whole, align));
  piece->block = till_frame_memory_alloc (piece->block_size);
  piece->data = till_camera_memory_align (piece->block, align);
  gst_memory_init (&piece->memory, params->flags, allocator, NULL, whole, align, params->prefix, size);
  till_camera_memory_zero (piece, params);
  return &piece->memory;
}

static void
till_camera_memory_free (GstAllocator *allocator, GstMemory *memory)
{
  TillCameraMemoryPiece *piece = (TillCameraMemoryPiece *) memory;

  if (piece->block != NULL)
    till_frame_memory_free (piece->block, piece->block_size);
  g_free (piece);
}

static gpointer
till_camera_memory_map (GstMemory *memory, gsize size, GstMapFlags flags)
{
  return ((TillCameraMemoryPiece *) memory)->data;
}

static void
till_camera_memory_unmap (GstMemory *memory)
{
}

static GstMemory *
till_camera_memory_share (GstMemory *memory, gssize offset, gssize size)
{
  GstMemory *parent = memory->parent != NULL ? memory->parent : memory;
  TillCameraMemoryPiece *part = g_new0 (TillCameraMemoryPiece, 1);
  gsize begin = memory->offset + (gsize) offset;
  gsize length = size == -1 ? memory->size - (gsize) offset : (gsize) size;

  part->data = ((TillCameraMemoryPiece *) memory)->data;
  gst_memory_init (&part->memory, GST_MINI_OBJECT_FLAGS (parent) | GST_MINI_OBJECT_FLAG_LOCK_READONLY,
                   memory->allocator, parent, memory->maxsize, memory->align, begin, length);
  return &part->memory;
}

static gboolean
till_camera_memory_is_span (GstMemory *first, GstMemory *second, gsize *offset)
{
  if (offset != NULL)
    *offset = first->offset - first->parent->offset;
  return first->offset + first->size == second->offset;
}

static void
till_camera_memory_finalize (GObject *object)
{
  g_clear_pointer (&TILL_CAMERA_MEMORY (object)->ordinary, gst_object_unref);
  G_OBJECT_CLASS (till_camera_memory_parent_class)->finalize (object);
}

static void
till_camera_memory_class_init (TillCameraMemoryClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = till_camera_memory_finalize;
  GST_ALLOCATOR_CLASS (klass)->alloc = till_camera_memory_alloc;
  GST_ALLOCATOR_CLASS (klass)->free = till_camera_memory_free;
}

static void
till_camera_memory_init (TillCameraMemory *self)
{
  GstAllocator *allocator = GST_ALLOCATOR (self);

  self->ordinary = gst_allocator_find (GST_ALLOCATOR_SYSMEM);
  allocator->mem_type = TILL_CAMERA_MEMORY_TYPE;
  allocator->mem_map = till_camera_memory_map;
  allocator->mem_unmap = till_camera_memory_unmap;
  allocator->mem_share = till_camera_memory_share;
  allocator->mem_is_span = till_camera_memory_is_span;
}

gboolean
till_camera_memory_start (GError **error)
{
  static gsize once = 0;

  if (!gst_init_check (NULL, NULL, error))
    return FALSE;
  if (g_once_init_enter (&once))
    {
      gst_allocator_set_default (gst_object_ref_sink (g_object_new (TILL_TYPE_CAMERA_MEMORY, NULL)));
      g_once_init_leave (&once, 1);
    }
  return TRUE;
}
