/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "camera/till-camera-outlet.h"

#include <gst/gst.h>

G_BEGIN_DECLS

/* One BGR picture as it came out of a pipeline, with its place in the clip. */
typedef struct
{
  GstSample *sample;
  GstClockTime time;     /* nanoseconds from the clip's start, GST_CLOCK_TIME_NONE when it has none */
  GstClockTime duration; /* nanoseconds, never none */
} TillCameraPicture;

/* Takes over @sample. */
void till_camera_picture_init (TillCameraPicture *self, GstSample *sample);

/* Wipes the pixels where nobody else holds them. */
void till_camera_picture_clear (TillCameraPicture *self);

/* FALSE when the outlet was stopped. */
gboolean till_camera_picture_push (const TillCameraPicture *self, TillCameraOutlet *outlet);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (TillCameraPicture, till_camera_picture_clear)

G_END_DECLS
