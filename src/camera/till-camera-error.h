/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gst/gst.h>

G_BEGIN_DECLS

/*
 * GStreamer's errors in the codes "failed" promises (both transfer full). @missing: the plugin that is lacking,
 * as "H.264 decoder", nullable.
 */
GError *till_camera_error_of_file (const GError *reason, const char *path, const char *missing);
GError *till_camera_error_of_device (const GError *reason, const char *name);

G_END_DECLS
