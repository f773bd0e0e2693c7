/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "camera/till-camera-devices.h"

#include <gst/gst.h>

G_BEGIN_DECLS

/*
 * As till_camera_devices_get(), with the context "changed" comes in if this is the first call. Starting the monitor
 * probes the hardware, which may take a while: a camera does it on its own thread. Thread-safe.
 */
TillCameraDevices *till_camera_devices_get_in (GMainContext *context);

/*
 * The device with that @id, or the first one if it is NULL (transfer full). Thread-safe. %TILL_ERROR_NOT_FOUND
 * names the cameras there are.
 */
GstDevice *till_camera_devices_find (TillCameraDevices *self, const char *id, GError **error);

/* Whether the monitor still lists it. Thread-safe. */
gboolean till_camera_devices_has (TillCameraDevices *self, GstDevice *device);

G_END_DECLS
