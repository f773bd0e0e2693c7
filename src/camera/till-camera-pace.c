/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "camera/till-camera-pace.h"

/* Catching up with more than this would look like a fast-forward. */
#define TILL_PACE_LATE_US (250 * 1000)

gboolean
till_camera_pace_wait (TillCameraPace *self, TillCameraOutlet *outlet)
{
  gint64 now = g_get_monotonic_time ();

  if (self->due_us == 0 || now - self->due_us > TILL_PACE_LATE_US)
    self->due_us = now;
  return till_camera_outlet_wait_until (outlet, self->due_us);
}

void
till_camera_pace_advance (TillCameraPace *self, gint64 shown_us)
{
  self->due_us += shown_us;
}
