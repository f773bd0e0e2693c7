/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "vision/till-vision.h"

G_BEGIN_DECLS

/* What a unit vector became as %TILL_VISION_EMBEDDING signed bytes. */
typedef struct
{
  float scale;    /* a byte times this is the component it stands for */
  float length;   /* of the vector that was written */
  float residual; /* length of what rounding took away; the bytes' own vector is this far from the true one */
} TillTemplateCode;

/**
 * Writes @vector as bytes of -127..127 with a scale of its own, so that its largest component is 127.
 *
 * FALSE, with @bytes all zero, for a vector that is not finite or nowhere above zero.
 */
gboolean till_template_code_write (TillTemplateCode *self, const float *vector, gint8 *bytes);

/**
 * The most that the product of two codes' bytes and scales may differ from the dot product of their vectors, by the
 * inequality of Cauchy and Schwarz: p·t - p't' = p'(t - t') + (p - p')t.
 */
float till_template_code_bound (const TillTemplateCode *probe, float length, float residual);

G_END_DECLS
