/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "camera/till-frame-memory.h"

#include "base/till-private-memory.h"

#include <string.h>

/*
 * Frames: the preview, the mailbox, the worker and the one being filled. Pictures of GStreamer: what a decoder and the
 * converters after it have in hand, and compressed ones.
 */
#define TILL_FRAME_MEMORY_SPARE 16

/* In bytes. */
#define TILL_FRAME_MEMORY_SPARE_SIZE (16u << 20)

typedef struct
{
  guint8 *block;
  gsize size;
} TillFrameSpare;

/* Those let go of last come first. */
static GMutex till_frame_spares_lock;
static TillFrameSpare till_frame_spares[TILL_FRAME_MEMORY_SPARE];
static guint till_frame_spares_count;
static gsize till_frame_spares_size;

static guint8 *
till_frame_memory_remove_spare (guint position)
{
  TillFrameSpare *spare = &till_frame_spares[position];
  guint8 *block = spare->block;

  till_frame_spares_count--;
  till_frame_spares_size -= spare->size;
  memmove (spare, spare + 1, (till_frame_spares_count - position) * sizeof *spare);
  return block;
}

static guint8 *
till_frame_memory_take_spare (gsize size)
{
  guint8 *block = NULL;

  g_mutex_lock (&till_frame_spares_lock);
  for (guint i = 0; i < till_frame_spares_count && block == NULL; i++)
    if (till_frame_spares[i].size == size)
      block = till_frame_memory_remove_spare (i);
  g_mutex_unlock (&till_frame_spares_lock);
  return block;
}

/* The block that has to go for one of @size, NULL if there is room. */
static guint8 *
till_frame_memory_make_room (gsize size)
{
  guint8 *block = NULL;

  g_mutex_lock (&till_frame_spares_lock);
  if (till_frame_spares_count == TILL_FRAME_MEMORY_SPARE
      || (till_frame_spares_count > 0 && till_frame_spares_size + size > TILL_FRAME_MEMORY_SPARE_SIZE))
    block = till_frame_memory_remove_spare (till_frame_spares_count - 1);
  g_mutex_unlock (&till_frame_spares_lock);
  return block;
}

static gboolean
till_frame_memory_keep_spare (guint8 *block, gsize size)
{
  gboolean kept;

  g_mutex_lock (&till_frame_spares_lock);
  kept = till_frame_spares_count < TILL_FRAME_MEMORY_SPARE
         && till_frame_spares_size + size <= TILL_FRAME_MEMORY_SPARE_SIZE;
  if (kept)
    {
      memmove (&till_frame_spares[1], &till_frame_spares[0],
               till_frame_spares_count * sizeof (TillFrameSpare));
      till_frame_spares[0] = (TillFrameSpare){ block, size };
      till_frame_spares_count++;
      till_frame_spares_size += size;
    }
  g_mutex_unlock (&till_frame_spares_lock);
  return kept;
}

guint8 *
till_frame_memory_alloc (gsize size)
{
  guint8 *block;

  g_return_val_if_fail (size > 0, NULL);

  block = till_frame_memory_take_spare (size);
  return block != NULL ? block : till_private_memory_alloc (size);
}

void
till_frame_memory_free (guint8 *block, gsize size)
{
  guint8 *evicted;

  if (size > TILL_FRAME_MEMORY_SPARE_SIZE)
    {
      till_private_memory_free (block);
      return;
    }
  explicit_bzero (block, size);
  while ((evicted = till_frame_memory_make_room (size)) != NULL)
    till_private_memory_free (evicted);
  if (!till_frame_memory_keep_spare (block, size))
    till_private_memory_free (block);
}
