/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "camera/till-camera-picture.h"

#include <gst/video/video.h>
#include <string.h>

/* For clips that do not say how long a picture lasts. */
#define TILL_PICTURE_DURATION (GST_SECOND / 25)

static GstClockTime
till_picture_duration (GstBuffer *buffer, GstCaps *caps)
{
  GstVideoInfo info;

  if (GST_BUFFER_DURATION_IS_VALID (buffer) && GST_BUFFER_DURATION (buffer) > 0)
    return GST_BUFFER_DURATION (buffer);
  if (gst_video_info_from_caps (&info, caps) && info.fps_n > 0 && info.fps_d > 0)
    return gst_util_uint64_scale_int (GST_SECOND, info.fps_d, info.fps_n);
  return TILL_PICTURE_DURATION;
}

void
till_camera_picture_init (TillCameraPicture *self, GstSample *sample)
{
  GstBuffer *buffer = gst_sample_get_buffer (sample);
  GstSegment *segment = gst_sample_get_segment (sample);

  self->sample = sample;
  self->time = GST_CLOCK_TIME_NONE;
  self->duration = till_picture_duration (buffer, gst_sample_get_caps (sample));
  if (segment->format == GST_FORMAT_TIME && GST_BUFFER_PTS_IS_VALID (buffer))
    self->time = gst_segment_to_stream_time (segment, GST_FORMAT_TIME, GST_BUFFER_PTS (buffer));
}

void
till_camera_picture_clear (TillCameraPicture *self)
{
  GstBuffer *buffer;
  GstMapInfo map;

  if (self->sample == NULL)
    return;
  buffer = gst_sample_get_buffer (self->sample);
  if (gst_buffer_is_writable (buffer) && gst_buffer_map (buffer, &map, GST_MAP_WRITE))
    {
      explicit_bzero (map.data, map.size);
      gst_buffer_unmap (buffer, &map);
    }
  g_clear_pointer (&self->sample, gst_sample_unref);
}

gboolean
till_camera_picture_push (const TillCameraPicture *self, TillCameraOutlet *outlet)
{
  GstVideoInfo info;
  GstVideoFrame frame;
  gboolean wanted;

  if (!gst_video_info_from_caps (&info, gst_sample_get_caps (self->sample))
      || !gst_video_frame_map (&frame, &info, gst_sample_get_buffer (self->sample), GST_MAP_READ))
    {
      g_warning ("A picture of the camera can't be read and is left out");
      return !till_camera_outlet_is_stopped (outlet);
    }
  wanted = till_camera_outlet_push (outlet, GST_VIDEO_FRAME_PLANE_DATA (&frame, 0),
                                    GST_VIDEO_FRAME_WIDTH (&frame), GST_VIDEO_FRAME_HEIGHT (&frame),
                                    (gsize) GST_VIDEO_FRAME_PLANE_STRIDE (&frame, 0));
  gst_video_frame_unmap (&frame);
  return wanted;
}
