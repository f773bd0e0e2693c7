/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "camera/till-camera-outlet.h"
#include "camera/till-camera-picture.h"

#include <gst/gst.h>

G_BEGIN_DECLS

/**
 * TillCameraPipeline: one GStreamer pipeline from a file or a device to BGR pictures that fit 1280x720, the right way
 * up, with square pixels. It does not pace: a file comes as fast as it is pulled, a device as it films.
 *
 * Used by one thread, the camera's own.
 */
typedef struct _TillCameraPipeline TillCameraPipeline;

typedef enum
{
  TILL_CAMERA_PULL_PICTURE,
  TILL_CAMERA_PULL_NOTHING, /* none in time */
  TILL_CAMERA_PULL_END,
  TILL_CAMERA_PULL_FAILED,
} TillCameraPull;

/* %TILL_ERROR_UNSUPPORTED when an element is not installed. */
TillCameraPipeline *till_camera_pipeline_new_file (const char *path, GError **error);
TillCameraPipeline *till_camera_pipeline_new_device (GstDevice *device, GError **error);

/* Closes it, which may take as long as the device likes. */
void till_camera_pipeline_free (TillCameraPipeline *self);

/* Loads a file's first picture without waiting for it: it can then be pulled as the preroll, or be waited for. */
void till_camera_pipeline_load (TillCameraPipeline *self);

/* Waits until a file is loaded; FALSE without an error when @outlet was stopped. */
gboolean
till_camera_pipeline_wait_loaded (TillCameraPipeline *self, TillCameraOutlet *outlet, GError **error);

/* The first picture of a file that is loaded. */
TillCameraPull
till_camera_pipeline_pull_loaded (TillCameraPipeline *self, TillCameraPicture *picture, GError **error);

/* Lets it run; never blocks, even where the device does. */
void till_camera_pipeline_play (TillCameraPipeline *self);

/* Nanoseconds, or GST_CLOCK_TIME_NONE when the file does not say. */
GstClockTime till_camera_pipeline_get_duration (TillCameraPipeline *self);

/* Goes to that time of a loaded or running file; FALSE when the file can't. */
gboolean till_camera_pipeline_seek (TillCameraPipeline *self, GstClockTime time);

/* Waits at most @timeout_us for the next picture. */
TillCameraPull till_camera_pipeline_pull (TillCameraPipeline *self,
                                          gint64 timeout_us,
                                          TillCameraPicture *picture,
                                          GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TillCameraPipeline, till_camera_pipeline_free)

G_END_DECLS
