/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "camera/till-frame.h"

G_BEGIN_DECLS

/*
 * Pictures as binary PPM ("P6", 8 bits), the one form that every peer here reads, so that all see the same pixels and
 * none of them is timed while it decodes.
 */

gboolean picture_file_write (TillFrame *frame, const char *path, GError **error);

/* @serial becomes the frame's (transfer full). */
TillFrame *picture_file_read (const char *path, guint serial, GError **error);

/* All *.ppm of a folder in the order of their names (element-type TillFrame) (transfer full). */
GPtrArray *picture_file_read_folder (const char *folder, GError **error);

G_END_DECLS
