/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "camera/till-camera-outlet.h"
#include "camera/till-camera-source.h"

G_BEGIN_DECLS

/*
 * The life of a camera, one function per kind of source. Each runs on the camera's own thread until the source has
 * ended, failed or the outlet was stopped, and has let go of everything when it returns.
 */

void till_camera_play_clip (TillCameraSource *source, TillCameraOutlet *outlet);
void till_camera_play_stills (TillCameraSource *source, TillCameraOutlet *outlet);
void till_camera_play_device (TillCameraSource *source, TillCameraOutlet *outlet);

G_END_DECLS
