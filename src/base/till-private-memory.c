/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/till-private-memory.h"

#include <errno.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <unistd.h>

#define TILL_PRIVATE_MEMORY_ALIGNMENT 64

/* In front of what is handed out. */
typedef struct
{
  gsize size; /* of all the pages */
  gboolean locked;
} TillPrivateMemory;

G_STATIC_ASSERT (sizeof (TillPrivateMemory) <= TILL_PRIVATE_MEMORY_ALIGNMENT);

static gssize locked_bytes; /* atomic */

static gsize
till_private_memory_round (gsize size)
{
  gsize page = (gsize) sysconf (_SC_PAGESIZE);

  if (size > G_MAXSIZE - page - TILL_PRIVATE_MEMORY_ALIGNMENT)
    g_error ("no memory of %" G_GSIZE_FORMAT " bytes", size);
  return (size + TILL_PRIVATE_MEMORY_ALIGNMENT + page - 1) / page * page;
}

/* How many bytes may be locked in all. */
static gssize
till_private_memory_allowance (void)
{
  struct rlimit limit;

  if (getrlimit (RLIMIT_MEMLOCK, &limit) != 0)
    return 0;
  if (limit.rlim_cur > G_MAXSSIZE)
    return G_MAXSSIZE;
  return (gssize) limit.rlim_cur - (gssize) TILL_PRIVATE_MEMORY_RESERVE;
}

static gboolean
till_private_memory_lock (gpointer pages, gsize size)
{
  static int told = 0;
  gssize before = g_atomic_pointer_add (&locked_bytes, (gssize) size);

  if (before + (gssize) size <= till_private_memory_allowance () && mlock (pages, size) == 0)
    return TRUE;
  g_atomic_pointer_add (&locked_bytes, -(gssize) size);
  if (g_atomic_int_compare_and_exchange (&told, 0, 1))
    g_info ("not all pictures of people can be kept from the swap space; raise the limit \"memlock\"");
  return FALSE;
}

gpointer
till_private_memory_alloc (gsize size)
{
  gsize rounded = till_private_memory_round (size);
  guint8 *pages;
  TillPrivateMemory *self;

  g_return_val_if_fail (size > 0, NULL);

  pages = mmap (NULL, rounded, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (pages == MAP_FAILED)
    g_error ("no memory of %" G_GSIZE_FORMAT " bytes", size);
  if (madvise (pages, rounded, MADV_DONTDUMP) != 0)
    g_debug ("this kernel can't keep memory out of core dumps: %s", g_strerror (errno));
  self = (TillPrivateMemory *) pages;
  self->size = rounded;
  self->locked = till_private_memory_lock (pages, rounded);
  return pages + TILL_PRIVATE_MEMORY_ALIGNMENT;
}

void
till_private_memory_free (gpointer memory)
{
  guint8 *pages;
  TillPrivateMemory self;

  if (memory == NULL)
    return;
  pages = (guint8 *) memory - TILL_PRIVATE_MEMORY_ALIGNMENT;
  memcpy (&self, pages, sizeof self);
  explicit_bzero (pages, self.size);
  munmap (pages, self.size);
  if (self.locked)
    g_atomic_pointer_add (&locked_bytes, -(gssize) self.size);
}
