/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define TILL_TYPE_CAMERA_CHIP (till_camera_chip_get_type ())
G_DECLARE_FINAL_TYPE (TillCameraChip, till_camera_chip, TILL, CAMERA_CHIP, GtkWidget)

/** TillCameraChip: says in an icon and in words whether the camera looks, and never says nothing. Off at first. */
GtkWidget *till_camera_chip_new (void) G_GNUC_WARN_UNUSED_RESULT;

void till_camera_chip_set_on (TillCameraChip *self, gboolean on);
gboolean till_camera_chip_is_on (TillCameraChip *self);

G_END_DECLS
