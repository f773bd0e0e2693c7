/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

/**
 * TillFrame: one picture, immutable and reference-counted; any thread may hold one.
 *
 * Pixels are BGR, 8 bits a channel, 3 bytes a pixel, top row first. They are wiped when the last reference
 * goes, and kept out of core dumps where the system allows it.
 */
typedef struct _TillFrame TillFrame;

#define TILL_TYPE_FRAME (till_frame_get_type ())
GType till_frame_get_type (void);

/**
 * Copies @height rows of @width BGR pixels, @stride bytes apart (transfer full).
 *
 * @captured_us: g_get_monotonic_time() when the picture left the source.
 * @serial: counts up by one per picture of a source; gaps are pictures nobody took.
 */
TillFrame *
till_frame_new (const guint8 *bgr, int width, int height, gsize stride, gint64 captured_us, guint64 serial)
    G_GNUC_WARN_UNUSED_RESULT;

TillFrame *till_frame_ref (TillFrame *self);
void till_frame_unref (TillFrame *self);

int till_frame_get_width (const TillFrame *self);
int till_frame_get_height (const TillFrame *self);
/* Bytes from one row to the next. */
gsize till_frame_get_stride (const TillFrame *self);
/* First byte of the top row; valid while a reference is held (transfer none). */
const guint8 *till_frame_get_pixels (const TillFrame *self);
/* The same pixels as bytes that keep the frame alive (transfer full). */
GBytes *till_frame_get_bytes (TillFrame *self);
gint64 till_frame_get_captured_us (const TillFrame *self);
guint64 till_frame_get_serial (const TillFrame *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TillFrame, till_frame_unref)

G_END_DECLS
