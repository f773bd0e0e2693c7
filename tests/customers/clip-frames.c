/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "clip-frames.h"

#include <gst/app/gstappsink.h>
#include <gst/video/video.h>

struct _ClipFrames
{
  GstElement *pipeline;
  GstAppSink *sink;
  guint64 serial;
};

ClipFrames *
clip_frames_open (const char *path)
{
  ClipFrames *self = g_new0 (ClipFrames, 1);
  g_autofree char *words
      = g_strdup_printf ("filesrc location=\"%s\" ! decodebin ! videoconvert !"
                         " video/x-raw,format=BGR ! appsink name=sink sync=false max-buffers=2",
                         path);
  g_autoptr (GError) error = NULL;

  gst_init (NULL, NULL);
  self->pipeline = gst_parse_launch (words, &error);
  g_assert_no_error (error);
  self->sink = GST_APP_SINK (gst_bin_get_by_name (GST_BIN (self->pipeline), "sink"));
  gst_element_set_state (self->pipeline, GST_STATE_PLAYING);
  return self;
}

void
clip_frames_close (ClipFrames *self)
{
  gst_element_set_state (self->pipeline, GST_STATE_NULL);
  gst_object_unref (self->sink);
  gst_object_unref (self->pipeline);
  g_free (self);
}

TillFrame *
clip_frames_next (ClipFrames *self)
{
  g_autoptr (GstSample) sample = gst_app_sink_pull_sample (self->sink);
  GstVideoInfo info;
  GstVideoFrame mapped;

  if (sample == NULL)
    return NULL;
  g_assert_true (gst_video_info_from_caps (&info, gst_sample_get_caps (sample)));
  g_assert_true (gst_video_frame_map (&mapped, &info, gst_sample_get_buffer (sample), GST_MAP_READ));
  TillFrame *frame = till_frame_new (GST_VIDEO_FRAME_PLANE_DATA (&mapped, 0), info.width, info.height,
                                     (gsize) GST_VIDEO_FRAME_PLANE_STRIDE (&mapped, 0), 0, self->serial++);
  gst_video_frame_unmap (&mapped);
  return frame;
}

/* The mean of up to 2 x @blur + 1 samples, @step bytes apart, around number @at of @n. */
static guint8
mean_around (const guint8 *samples, int n, int at, gsize step, int blur)
{
  int from = MAX (0, at - blur), to = MIN (n - 1, at + blur);
  guint sum = 0;

  for (int i = from; i <= to; i++)
    sum += samples[(gsize) i * step];
  return (guint8) (sum / (guint) (to - from + 1));
}

static void
blur_once (guint8 *pixels, int width, int height, int blur)
{
  gsize stride = (gsize) width * 3;
  g_autofree guint8 *across = g_malloc (stride * (gsize) height);

  for (int y = 0; y < height; y++)
    for (gsize i = 0; i < stride; i++)
      across[(gsize) y * stride + i]
          = mean_around (pixels + (gsize) y * stride + i % 3, width, (int) (i / 3), 3, blur);
  for (int y = 0; y < height; y++)
    for (gsize i = 0; i < stride; i++)
      pixels[(gsize) y * stride + i] = mean_around (across + i, height, y, stride, blur);
}

TillFrame *
clip_frame_spoil (const TillFrame *frame, double light, int blur)
{
  int width = till_frame_get_width (frame), height = till_frame_get_height (frame);
  gsize stride = (gsize) width * 3;
  g_autofree guint8 *pixels = g_malloc (stride * (gsize) height);

  for (int y = 0; y < height; y++)
    for (gsize i = 0; i < stride; i++)
      pixels[(gsize) y * stride + i]
          = (guint8) (till_frame_get_pixels (frame)[(gsize) y * till_frame_get_stride (frame) + i] * light);
  for (int i = 0; i < 2 && blur > 0; i++)
    blur_once (pixels, width, height, blur);
  return till_frame_new (pixels, width, height, stride, 0, 0);
}
