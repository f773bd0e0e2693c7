/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "recognition/till-sighting.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define TILL_TYPE_CAMERA_VIEW (till_camera_view_get_type ())
G_DECLARE_FINAL_TYPE (TillCameraView, till_camera_view, TILL, CAMERA_VIEW, GtkWidget)

/**
 * TillCameraView: the camera's picture as a mirror shows it, filling the widget, with a frame around the face that is
 * looked at. Keeps one picture at a time, none after till_camera_view_clear().
 */
GtkWidget *till_camera_view_new (void) G_GNUC_WARN_UNUSED_RESULT;

void till_camera_view_show_frame (TillCameraView *self, TillFrame *frame);
void till_camera_view_show_sighting (TillCameraView *self, TillSighting *sighting);

/* For a tester: the whole picture with everything the networks found in it, in place of the frame around the face. */
void till_camera_view_set_marks (TillCameraView *self, gboolean marks);

void till_camera_view_clear (TillCameraView *self);

G_END_DECLS
