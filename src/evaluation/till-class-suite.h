/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "recognition/till-operating-point.h"
#include "vision/till-vision.h"

G_BEGIN_DECLS

/**
 * TillClassSuite: one of the evaluations that sort pictures into two classes: smile, eyes, liveness. Its "positive"
 * class is the one the till lets pass: smiling, awake, alive.
 */
typedef struct
{
  const char *name;
  const char *positive; /* what the classes are called */
  const char *negative;
  const char *false_accept; /* what its own field calls a negative that passes, e.g. "apcer" */
  const char *false_reject;
  TillVisionWanted wanted;
  double (*score) (const TillFace *face); /* higher is more positive, 0..1 */
  double (*threshold) (const TillOperatingPoint *point);
  gboolean fused; /* the till decides by many frames of a clip together */
} TillClassSuite;

/* "smile", "eyes" or "liveness"; NULL for anything else. */
const TillClassSuite *till_class_suite_find (const char *name);

G_END_DECLS
