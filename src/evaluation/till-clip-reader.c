/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "evaluation/till-clip-reader.h"

#include "base/till-error.h"
#include "camera/till-camera-pipeline.h"

#include <gst/video/video.h>

#define SLICE_US (100 * 1000)
/* As the camera does: a file that gives no picture for so long lies on something that broke. */
#define STALL_US (10 * G_USEC_PER_SEC)

struct _TillClipReader
{
  char *path;
  GObject *owner; /* of the outlet, which the pipeline asks whether it was stopped */
  TillCameraOutlet *outlet;
  TillCameraPipeline *pipeline;
  guint64 serial;
  GstClockTime next; /* where a picture without a time belongs */
};

static void
drop_delivery (gpointer owner, const TillCameraDelivery *delivery)
{
}

TillClipReader *
till_clip_reader_new (const char *path, GError **error)
{
  g_autoptr (TillClipReader) self = g_new0 (TillClipReader, 1);

  self->path = g_strdup (path);
  self->owner = g_object_new (G_TYPE_OBJECT, NULL);
  self->outlet = till_camera_outlet_new (self->owner, drop_delivery, NULL);
  self->pipeline = till_camera_pipeline_new_file (path, error);
  if (self->pipeline == NULL)
    return NULL;
  till_camera_pipeline_load (self->pipeline);
  if (!till_camera_pipeline_wait_loaded (self->pipeline, self->outlet, error))
    return NULL;
  till_camera_pipeline_play (self->pipeline);
  return g_steal_pointer (&self);
}

void
till_clip_reader_free (TillClipReader *self)
{
  g_clear_pointer (&self->pipeline, till_camera_pipeline_free);
  g_clear_pointer (&self->outlet, till_camera_outlet_unref);
  g_clear_object (&self->owner);
  g_free (self->path);
  g_free (self);
}

static TillFrame *
frame_of (TillClipReader *self, const TillCameraPicture *picture, GError **error)
{
  GstClockTime time = picture->time == GST_CLOCK_TIME_NONE ? self->next : picture->time;
  GstVideoInfo info;
  GstVideoFrame mapped;
  TillFrame *frame;

  if (!gst_video_info_from_caps (&info, gst_sample_get_caps (picture->sample))
      || !gst_video_frame_map (&mapped, &info, gst_sample_get_buffer (picture->sample), GST_MAP_READ))
    {
      g_set_error (error, TILL_ERROR, TILL_ERROR_FAILED, "A picture of %s can't be read", self->path);
      return NULL;
    }
  frame = till_frame_new (GST_VIDEO_FRAME_PLANE_DATA (&mapped, 0), GST_VIDEO_FRAME_WIDTH (&mapped),
                          GST_VIDEO_FRAME_HEIGHT (&mapped), (gsize) GST_VIDEO_FRAME_PLANE_STRIDE (&mapped, 0),
                          GST_TIME_AS_USECONDS ((gint64) time), self->serial);
  gst_video_frame_unmap (&mapped);
  return frame;
}

/* FALSE without an error at the end. */
static gboolean
pull (TillClipReader *self, TillCameraPicture *picture, GError **error)
{
  gint64 deadline_us = g_get_monotonic_time () + STALL_US;

  while (g_get_monotonic_time () < deadline_us)
    switch (till_camera_pipeline_pull (self->pipeline, SLICE_US, picture, error))
      {
      case TILL_CAMERA_PULL_PICTURE:
        self->serial++;
        return TRUE;
      case TILL_CAMERA_PULL_END:
      case TILL_CAMERA_PULL_FAILED:
        return FALSE;
      case TILL_CAMERA_PULL_NOTHING:
      default:
        break;
      }
  g_set_error (error, TILL_ERROR, TILL_ERROR_UNAVAILABLE,
               "%s gives no more pictures: check the drive it is on", self->path);
  return FALSE;
}

TillFrame *
till_clip_reader_next (TillClipReader *self, guint skip, GError **error)
{
  for (;; skip--)
    {
      g_auto (TillCameraPicture) picture = { 0 };

      if (!pull (self, &picture, error))
        return NULL;
      if (skip == 0)
        {
          TillFrame *frame = frame_of (self, &picture, error);

          self->next = (picture.time == GST_CLOCK_TIME_NONE ? self->next : picture.time) + picture.duration;
          return frame;
        }
      self->next = (picture.time == GST_CLOCK_TIME_NONE ? self->next : picture.time) + picture.duration;
    }
}
