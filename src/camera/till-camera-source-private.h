/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "camera/till-camera-source.h"

G_BEGIN_DECLS

/* Whether the file starts like a picture (JPEG, PNG, BMP, WebP, TIFF), whatever its name says. */
gboolean till_camera_source_file_is_still (const char *path);

/* Whether it starts like a JPEG. */
gboolean till_camera_source_file_is_jpeg (const char *path);

G_END_DECLS
