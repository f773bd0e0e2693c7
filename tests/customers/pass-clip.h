/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* How long the pass is held up before the face comes, in seconds. */
#define PASS_CLIP_SHOWN 3.0

/*
 * Writes a clip (WebM) in which somebody holds a face pass up to the camera, swaying a little, for %PASS_CLIP_SHOWN seconds,
 * and then shows their face: second @from_s to @to_s of @face_clip, in that clip's size and at 25 pictures a second.
 * @code: the text of the pass's QR code.
 */
gboolean pass_clip_write (
    const char *path, const char *code, const char *face_clip, double from_s, double to_s, GError **error);

G_END_DECLS
