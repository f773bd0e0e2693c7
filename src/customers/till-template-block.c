/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "customers/till-template-block.h"

#include "customers/till-template-scan.h"

#include <errno.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

/* Sums that stay in the processor's own cache between the scan and the reckoning of scores. */
#define CHUNK 512

struct _TillTemplateBlock
{
  const TillTemplateScan *scan;
  gsize n;
  gsize size;
  float length;   /* of the longest template */
  float residual; /* of the one that rounding took most from */
  gint8 *bytes;   /* mapped; the scales lie behind the codes */
  float *scales;
};

TillTemplateBlock *
till_template_block_new (gsize n)
{
  TillTemplateBlock *self = g_new0 (TillTemplateBlock, 1);
  gsize page = (gsize) sysconf (_SC_PAGESIZE);

  self->scan = till_template_scan_best ();
  self->n = n;
  if (n == 0)
    return self;

  self->size = (n * (TILL_VISION_EMBEDDING + sizeof (float)) + page - 1) / page * page;
  self->bytes = mmap (NULL, self->size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (self->bytes == MAP_FAILED)
    g_error ("no memory for %" G_GSIZE_FORMAT " templates of a gallery", n);
  self->scales = (float *) (gpointer) (self->bytes + n * TILL_VISION_EMBEDDING);
  /* Large pages spare a scan most of its look-ups of addresses; they are a wish that the kernel may refuse. */
  if (madvise (self->bytes, self->size, MADV_HUGEPAGE) != 0)
    g_debug ("this kernel has no large pages for a gallery: %s", g_strerror (errno));
  if (madvise (self->bytes, self->size, MADV_DONTDUMP) != 0)
    g_debug ("this kernel can't keep a gallery out of core dumps: %s", g_strerror (errno));
  /* Beyond what the user may lock it is kept all the same, and may be swapped. */
  if (mlock (self->bytes, self->size) != 0)
    g_debug ("a gallery can't be locked in memory: %s", g_strerror (errno));
  return self;
}

void
till_template_block_free (TillTemplateBlock *self)
{
  if (self->bytes != NULL)
    {
      explicit_bzero (self->bytes, self->size);
      munmap (self->bytes, self->size);
    }
  g_free (self);
}

void
till_template_block_set (TillTemplateBlock *self, gsize index, const float *vector)
{
  TillTemplateCode code;

  g_return_if_fail (index < self->n);
  gboolean written = till_template_code_write (&code, vector, self->bytes + index * TILL_VISION_EMBEDDING);
  g_return_if_fail (written);
  self->scales[index] = code.scale;
  self->length = MAX (self->length, code.length);
  self->residual = MAX (self->residual, code.residual);
}

gsize
till_template_block_get_n (const TillTemplateBlock *self)
{
  return self->n;
}

void
till_template_block_scan (const TillTemplateBlock *self,
                          gsize first,
                          gsize n,
                          const TillTemplateCode *code,
                          const gint8 *bytes,
                          float *scores)
{
  gint32 sums[CHUNK];

  g_return_if_fail (first <= self->n && n <= self->n - first);
  for (gsize done = 0; done < n; done += CHUNK)
    {
      gsize many = MIN (n - done, CHUNK);
      const float *scales = self->scales + first + done;

      self->scan->run (self->bytes + (first + done) * TILL_VISION_EMBEDDING, many, bytes, sums);
      for (gsize i = 0; i < many; i++)
        scores[done + i] = (float) sums[i] * scales[i] * code->scale;
    }
}

float
till_template_block_bound (const TillTemplateBlock *self, const TillTemplateCode *code)
{
  return till_template_code_bound (code, self->length, self->residual);
}
