/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "checkout/till-looking-private.h"

static void
on_camera_started (TillCamera *camera, gpointer user_data)
{
  TillLooking *self = user_data;

  till_looking_stage (self, "camera-start", self->camera_on_us,
                      self->camera_on_us + MAX (till_camera_get_start_delay_us (camera), 0));
}

static void
on_camera_frame (TillCamera *camera, TillFrame *frame, gpointer user_data)
{
  g_signal_emit_by_name (user_data, "frame", frame);
}

static void
on_camera_code (TillCamera *camera, const char *code, gpointer user_data)
{
  till_looking_see_code (user_data, code);
}

static void
on_camera_ended (TillCamera *camera, gpointer user_data)
{
  till_looking_report (user_data, TILL_CHECKOUT_CAMERA_FAILED, "camera-ended");
}

static void
on_camera_failed (TillCamera *camera, const GError *error, gpointer user_data)
{
  till_looking_trouble (user_data, error);
  till_looking_report (user_data, TILL_CHECKOUT_CAMERA_FAILED, "no-camera");
}

void
till_looking_camera_on (TillLooking *self)
{
  g_autoptr (TillCameraSource) source = self->source != NULL ? till_camera_source_ref (self->source)
                                                             : till_camera_source_parse ("device", NULL);

  self->camera = till_camera_new (source, self->rooms.mailbox);
  g_signal_connect (self->camera, "started", G_CALLBACK (on_camera_started), self);
  g_signal_connect (self->camera, "frame", G_CALLBACK (on_camera_frame), self);
  g_signal_connect (self->camera, "code", G_CALLBACK (on_camera_code), self);
  g_signal_connect (self->camera, "ended", G_CALLBACK (on_camera_ended), self);
  g_signal_connect (self->camera, "failed", G_CALLBACK (on_camera_failed), self);
  self->camera_on_us = till_clock_monotonic (self->rooms.clock);
  self->first_face_us = 0;
  till_camera_start (self->camera);
  g_signal_emit_by_name (self, "camera", TRUE);
}

void
till_looking_camera_off (TillLooking *self)
{
  if (self->camera == NULL)
    return;
  g_signal_handlers_disconnect_by_data (self->camera, self);
  till_camera_stop (self->camera);
  g_clear_object (&self->camera);
  till_mailbox_clear (self->rooms.mailbox);
  g_signal_emit_by_name (self, "camera", FALSE);
}

void
till_looking_read_codes (TillLooking *self)
{
  till_camera_set_reading_codes (self->camera, TRUE);
}

void
till_looking_stop_codes (TillLooking *self)
{
  till_camera_set_reading_codes (self->camera, FALSE);
}
