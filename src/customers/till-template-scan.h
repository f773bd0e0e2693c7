/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "vision/till-vision.h"

G_BEGIN_DECLS

/* Codes and probes that begin at a multiple of this many bytes are read quickest. */
#define TILL_TEMPLATE_ALIGNMENT 64

/**
 * TillTemplateScanRun: the dot product of @probe with each of @n codes of %TILL_VISION_EMBEDDING bytes, one after the
 * other; bytes are -127..127. Every run gives the same whole numbers.
 */
typedef void (*TillTemplateScanRun) (const gint8 *codes, gsize n, const gint8 *probe, gint32 *sums);

/* One way to scan, for one kind of processor. */
typedef struct
{
  const char *name;
  gboolean (*is_supported) (void); /* by the processor and the system this runs on */
  TillTemplateScanRun run;
} TillTemplateScan;

/* All ways in this build, the quickest first; the last one runs everywhere. */
const TillTemplateScan *till_template_scan_list (guint *n);

/* The quickest that this processor has. */
const TillTemplateScan *till_template_scan_best (void);

/* What the lists are made of: the way in plain C. */
gboolean till_template_scan_plain_is_supported (void);
void till_template_scan_plain_run (const gint8 *codes, gsize n, const gint8 *probe, gint32 *sums);

G_END_DECLS
