/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * TillCameraCodes: looks for QR codes in a camera's pictures, by GStreamer's zbar element in a small pipeline of its own
 * beside the camera's. It takes a picture when it is done with the one before; the others pass it by, so it never keeps the
 * camera waiting.
 *
 * Used by one thread, the camera's own. What it holds of a picture is the brightness alone, and is wiped.
 */
typedef struct _TillCameraCodes TillCameraCodes;

/* Called in a thread of GStreamer's for each code of each picture that is looked at. */
typedef void (*TillCameraCodesFound) (const char *text, gpointer user_data);

/* %TILL_ERROR_UNSUPPORTED when an element is not installed (transfer full). */
TillCameraCodes *till_camera_codes_new (TillCameraCodesFound found,
                                        gpointer user_data,
                                        GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Once it returns nothing is called any more. */
void till_camera_codes_free (TillCameraCodes *self);

/* Looks at a BGR picture, or passes it over. */
void till_camera_codes_show (TillCameraCodes *self, const guint8 *bgr, int width, int height, gsize stride);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TillCameraCodes, till_camera_codes_free)

G_END_DECLS
