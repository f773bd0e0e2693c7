/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "camera/till-camera-outlet.h"

G_BEGIN_DECLS

/**
 * TillCameraPace: when the next picture is due, so that recordings come in real time. A value.
 *
 * A short delay is caught up with, a long one moves everything after it.
 */
typedef struct
{
  gint64 due_us; /* monotonic; 0 before the first picture */
} TillCameraPace;

/* Waits until the next picture is due, the first one at once. FALSE, at once, when the outlet is stopped. */
gboolean till_camera_pace_wait (TillCameraPace *self, TillCameraOutlet *outlet);

/* The picture that was waited for is to be seen that long. */
void till_camera_pace_advance (TillCameraPace *self, gint64 shown_us);

G_END_DECLS
