/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/*
 * Memory for pictures of people, of base/till-private-memory.h, wiped when it is let go of. A few blocks are kept for the
 * next frame of the same size. Thread-safe.
 */

/* @size bytes, above zero (transfer full; give back with till_frame_memory_free()). Aborts when there is none. */
guint8 *till_frame_memory_alloc (gsize size) G_GNUC_WARN_UNUSED_RESULT;

/* Wipes the whole block; @size as it was asked for. */
void till_frame_memory_free (guint8 *block, gsize size);

G_END_DECLS
