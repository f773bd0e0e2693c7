/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "customers/till-template-code.h"

G_BEGIN_DECLS

/**
 * TillTemplateBlock: the codes of many templates, one after the other as a processor reads them quickest, in memory of
 * their own that is kept out of core dumps where the kernel allows it and wiped when it is freed. Filled by one
 * thread; from then on any thread may scan it.
 */
typedef struct _TillTemplateBlock TillTemplateBlock;

/* Room for @n templates, which may be none (transfer full). Aborts when there is no memory. */
TillTemplateBlock *till_template_block_new (gsize n) G_GNUC_WARN_UNUSED_RESULT;
void till_template_block_free (TillTemplateBlock *self);

/* Writes @vector, of unit length as the templates of customers are, as the code at @index. */
void till_template_block_set (TillTemplateBlock *self, gsize index, const float *vector);

gsize till_template_block_get_n (const TillTemplateBlock *self);

/* The cosines of @probe, written as @code and @bytes, with @n templates from @first on, each at most a bound off. */
void till_template_block_scan (const TillTemplateBlock *self,
                               gsize first,
                               gsize n,
                               const TillTemplateCode *code,
                               const gint8 *bytes,
                               float *scores);

/* That bound. */
float till_template_block_bound (const TillTemplateBlock *self, const TillTemplateCode *code);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TillTemplateBlock, till_template_block_free)

G_END_DECLS
