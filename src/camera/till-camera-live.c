/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/till-error.h"
#include "camera/till-camera-devices-private.h"
#include "camera/till-camera-pipeline.h"
#include "camera/till-camera-play.h"

/* How long stopping or unplugging may go unnoticed while no picture comes. */
#define TILL_LIVE_SLICE_US (100 * 1000)

/* A camera that was unplugged, or whose PipeWire daemon died, just falls silent: no message comes. */
#define TILL_LIVE_SILENCE_US (2 * G_USEC_PER_SEC)

/* Waking up and setting the exposure takes some cameras seconds. */
#define TILL_LIVE_WAKING_US (10 * G_USEC_PER_SEC)

/* Closing one camera may take long; behind that the next one is opened all the same. */
#define TILL_LIVE_CLOSING_US (10 * G_USEC_PER_SEC)

typedef struct
{
  TillCameraOutlet *outlet;
  TillCameraDevices *devices;
  GstDevice *device;
  TillCameraPipeline *pipeline;
  gint64 deadline_us;
  gboolean awake;
} TillLive;

static GError *
till_live_error_silent (TillLive *self)
{
  g_autofree char *name = gst_device_get_display_name (self->device);

  if (!till_camera_devices_has (self->devices, self->device))
    return g_error_new (TILL_ERROR, TILL_ERROR_UNAVAILABLE, "The camera “%s” was unplugged: plug it in again",
                        name);
  if (g_get_monotonic_time () < self->deadline_us)
    return NULL;
  if (self->awake)
    return g_error_new (TILL_ERROR, TILL_ERROR_UNAVAILABLE,
                        "The camera “%s” stopped sending pictures: unplug it and plug it in again", name);
  return g_error_new (TILL_ERROR, TILL_ERROR_UNAVAILABLE,
                      "The camera “%s” sends no picture: unplug it and plug it in again", name);
}

static GError *
till_live_error_over (TillLive *self)
{
  g_autofree char *name = gst_device_get_display_name (self->device);

  return g_error_new (TILL_ERROR, TILL_ERROR_UNAVAILABLE, "The camera “%s” ended its pictures", name);
}

/* FALSE, with an error unless it was stopped, when there is nothing to follow. */
static gboolean
till_live_step (TillLive *self, GError **error)
{
  g_auto (TillCameraPicture) picture = { 0 };
  GError *silent;

  switch (till_camera_pipeline_pull (self->pipeline, TILL_LIVE_SLICE_US, &picture, error))
    {
    case TILL_CAMERA_PULL_PICTURE:
      self->awake = TRUE;
      self->deadline_us = g_get_monotonic_time () + TILL_LIVE_SILENCE_US;
      return till_camera_picture_push (&picture, self->outlet);
    case TILL_CAMERA_PULL_FAILED:
      return FALSE;
    case TILL_CAMERA_PULL_END:
      g_propagate_error (error, till_live_error_over (self));
      return FALSE;
    case TILL_CAMERA_PULL_NOTHING:
    default:
      if (till_camera_outlet_is_stopped (self->outlet))
        return FALSE;
      if ((silent = till_live_error_silent (self)) == NULL)
        return TRUE;
      g_propagate_error (error, silent);
      return FALSE;
    }
}

/* A camera this process is still closing would be found busy. FALSE when the outlet was stopped. */
static gboolean
till_live_wait_turn (TillCameraOutlet *outlet)
{
  gint64 deadline = g_get_monotonic_time () + TILL_LIVE_CLOSING_US;
  gint64 now;

  while (!till_camera_outlet_is_stopped (outlet) && (now = g_get_monotonic_time ()) < deadline)
    if (till_camera_outlet_wait_all_finished (now + TILL_LIVE_SLICE_US))
      break;
  return !till_camera_outlet_is_stopped (outlet);
}

static gboolean
till_live_open (TillLive *self, const char *id, GError **error)
{
  if (!till_live_wait_turn (self->outlet))
    return FALSE;
  self->devices = till_camera_devices_get_in (till_camera_outlet_get_context (self->outlet));
  self->device = till_camera_devices_find (self->devices, id, error);
  if (self->device == NULL)
    return FALSE;
  self->pipeline = till_camera_pipeline_new_device (self->device, error);
  if (self->pipeline == NULL)
    return FALSE;
  till_camera_pipeline_play (self->pipeline);
  self->deadline_us = g_get_monotonic_time () + TILL_LIVE_WAKING_US;
  return TRUE;
}

void
till_camera_play_device (TillCameraSource *source, TillCameraOutlet *outlet)
{
  TillLive self = { .outlet = outlet };
  g_autoptr (GError) error = NULL;

  if (till_live_open (&self, till_camera_source_get_device (source), &error))
    while (till_live_step (&self, &error))
      ;
  if (error != NULL)
    till_camera_outlet_end (outlet, g_steal_pointer (&error));
  g_clear_pointer (&self.pipeline, till_camera_pipeline_free);
  g_clear_object (&self.device);
}
