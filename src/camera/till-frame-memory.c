/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "camera/till-frame-memory.h"

#include "base/till-private-memory.h"

#include <string.h>

/* The preview, the mailbox, the worker and the one being filled: more are seldom alive at once. */
#define TILL_FRAME_MEMORY_SPARE 4

typedef struct
{
  guint8 *block;
  gsize size;
} TillFrameSpare;

static GMutex till_frame_spares_lock;
static TillFrameSpare till_frame_spares[TILL_FRAME_MEMORY_SPARE];

static guint8 *
till_frame_memory_take_spare (gsize size)
{
  guint8 *block = NULL;

  g_mutex_lock (&till_frame_spares_lock);
  for (guint i = 0; i < G_N_ELEMENTS (till_frame_spares) && block == NULL; i++)
    if (till_frame_spares[i].block != NULL && till_frame_spares[i].size == size)
      block = g_steal_pointer (&till_frame_spares[i].block);
  g_mutex_unlock (&till_frame_spares_lock);
  return block;
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
  TillFrameSpare rest = { block, size };

  explicit_bzero (block, size);

  g_mutex_lock (&till_frame_spares_lock);
  for (guint i = 0; i < G_N_ELEMENTS (till_frame_spares) && rest.block != NULL; i++)
    if (till_frame_spares[i].block == NULL || till_frame_spares[i].size != size)
      {
        TillFrameSpare evicted = till_frame_spares[i];

        till_frame_spares[i] = rest;
        rest = evicted;
        break;
      }
  g_mutex_unlock (&till_frame_spares_lock);

  till_private_memory_free (rest.block);
}
