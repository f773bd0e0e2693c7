/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define TILL_TYPE_CAMERA_DEVICES (till_camera_devices_get_type ())
G_DECLARE_FINAL_TYPE (TillCameraDevices, till_camera_devices, TILL, CAMERA_DEVICES, GObject)

/**
 * TillCameraDevices: the real cameras of this machine, kept up to date through one GstDeviceMonitor that lives as
 * long as the process. Emits "changed" () in the main context it was first asked for in.
 */

/* The one of this process (transfer none). Starts the monitor at the first call. */
TillCameraDevices *till_camera_devices_get (void);

/* One camera, as `smiletillctl cameras` and the chooser show it. */
typedef struct
{
  char *id;   /* what goes behind "device:" */
  char *name; /* for people */
} TillCameraDevice;

void till_camera_device_free (TillCameraDevice *device);

/* (element-type TillCameraDevice) (transfer full), empty when there is none. */
GPtrArray *till_camera_devices_list (TillCameraDevices *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TillCameraDevice, till_camera_device_free)

G_END_DECLS
