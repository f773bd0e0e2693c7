/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "camera/till-frame-memory.h"

#include <errno.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

/* The preview, the mailbox, the worker and the one being filled: more are seldom alive at once. */
#define TILL_FRAME_MEMORY_SPARE 4

typedef struct
{
  guint8 *block;
  gsize size;
} TillFrameSpare;

static GMutex till_frame_spares_lock;
static TillFrameSpare till_frame_spares[TILL_FRAME_MEMORY_SPARE];

static gsize
till_frame_memory_round (gsize size)
{
  gsize page = (gsize) sysconf (_SC_PAGESIZE);

  if (size > G_MAXSIZE - page)
    g_error ("No memory for a picture of %" G_GSIZE_FORMAT " bytes", size);
  return (size + page - 1) / page * page;
}

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
  gsize rounded = till_frame_memory_round (size);
  guint8 *block;

  g_return_val_if_fail (size > 0, NULL);

  block = till_frame_memory_take_spare (rounded);
  if (block != NULL)
    return block;

  block = mmap (NULL, rounded, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (block == MAP_FAILED)
    g_error ("No memory for a picture of %" G_GSIZE_FORMAT " bytes", size);
  if (madvise (block, rounded, MADV_DONTDUMP) != 0)
    g_debug ("This kernel can't keep pictures out of core dumps: %s", g_strerror (errno));
  return block;
}

void
till_frame_memory_free (guint8 *block, gsize size)
{
  TillFrameSpare rest = { block, till_frame_memory_round (size) };

  explicit_bzero (block, rest.size);

  g_mutex_lock (&till_frame_spares_lock);
  for (guint i = 0; i < G_N_ELEMENTS (till_frame_spares) && rest.block != NULL; i++)
    if (till_frame_spares[i].block == NULL || till_frame_spares[i].size != rest.size)
      {
        TillFrameSpare evicted = till_frame_spares[i];

        till_frame_spares[i] = rest;
        rest = evicted;
        break;
      }
  g_mutex_unlock (&till_frame_spares_lock);

  if (rest.block != NULL)
    munmap (rest.block, rest.size);
}
