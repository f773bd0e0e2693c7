/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "vision/till-vision.h"

G_BEGIN_DECLS

/*
 * A template in few bits a component, as a face pass carries it. Levels lie evenly, and none is zero: with B bits
 * a component is one of -(2^B-1), ..., -3, -1, 1, 3, ..., 2^B-1 steps. The step itself is not kept, since what is read is
 * brought to unit length again; the writer takes the one that leaves the most of the vector's direction.
 */
#define TILL_PASS_TEMPLATE_LEAST_BITS 1
#define TILL_PASS_TEMPLATE_MOST_BITS  8

/* Bytes of a template of @bits bits a component. */
#define TILL_PASS_TEMPLATE_SIZE(bits) ((gsize) (bits) *TILL_VISION_EMBEDDING / 8)

/* What a pass is written with: the fewest bits that lose nobody whom the whole template knows (docs/face-pass.md). */
#define TILL_PASS_TEMPLATE_BITS 3

/* @vector: of unit length. @bytes: room for %TILL_PASS_TEMPLATE_SIZE. The caller wipes both. */
void till_pass_template_write (const float *vector, guint bits, guint8 *bytes);

/* @vector: room for %TILL_VISION_EMBEDDING floats, which become a unit vector whatever the bytes are. */
void till_pass_template_read (const guint8 *bytes, guint bits, float *vector);

G_END_DECLS
