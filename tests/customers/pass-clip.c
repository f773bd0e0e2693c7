/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "pass-clip.h"

#include "customers/till-pass-code.h"

#include <gio/gio.h>
#include <gst/app/gstappsink.h>
#include <gst/app/gstappsrc.h>
#include <gst/video/video.h>
#include <math.h>

#define RATE     25
#define PATIENCE (60 * GST_SECOND)

/* The paper: how much of the picture's height the code takes, and how the hand moves it. */
#define CODE_SHARE    0.94
#define SWAY          2.0 /* pixels to either side */
#define TILT          2.0 /* degrees */
#define TURNS         0.4 /* a second */
#define LIGHT_ON_IT   0.9
#define MARGIN_AROUND 1.04

typedef struct
{
  GstElement *reader;
  GstElement *writer;
  GstAppSink *sink;
  GstAppSrc *source;
  TillPassCode *code;
  guint64 written; /* pictures */
} PassClip;

static void
pass_clip_clear (PassClip *self)
{
  GstElement *pipelines[] = { self->reader, self->writer };

  for (guint i = 0; i < G_N_ELEMENTS (pipelines); i++)
    if (pipelines[i] != NULL)
      {
        gst_element_set_state (pipelines[i], GST_STATE_NULL);
        gst_object_unref (pipelines[i]);
      }
  gst_clear_object (&self->sink);
  gst_clear_object (&self->source);
  g_clear_pointer (&self->code, till_pass_code_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (PassClip, pass_clip_clear)

static gboolean
pass_clip_fail (GstElement *pipeline, const char *what, GError **error)
{
  g_autoptr (GstBus) bus = gst_element_get_bus (pipeline);
  g_autoptr (GstMessage) message = gst_bus_pop_filtered (bus, GST_MESSAGE_ERROR);
  g_autoptr (GError) reason = NULL;

  if (message != NULL)
    gst_message_parse_error (message, &reason, NULL);
  g_set_error (error, G_IO_ERROR, G_IO_ERROR_FAILED, "%s: %s", what,
               reason != NULL ? reason->message : "no reason given");
  return FALSE;
}

static gboolean
pass_clip_open_face (PassClip *self, const char *path, double from_s, GError **error)
{
  g_autoptr (GstElement) file = NULL;

  self->reader = gst_parse_launch ("filesrc name=file ! decodebin ! videoconvert ! videorate "
                                   "! video/x-raw,format=BGRx,framerate=25/1 "
                                   "! appsink name=sink sync=false max-buffers=2",
                                   error);
  if (self->reader == NULL)
    return FALSE;
  file = gst_bin_get_by_name (GST_BIN (self->reader), "file");
  g_object_set (file, "location", path, NULL);
  self->sink = GST_APP_SINK (gst_bin_get_by_name (GST_BIN (self->reader), "sink"));
  gst_element_set_state (self->reader, GST_STATE_PAUSED);
  if (gst_element_get_state (self->reader, NULL, NULL, PATIENCE) != GST_STATE_CHANGE_SUCCESS
      || !gst_element_seek_simple (self->reader, GST_FORMAT_TIME,
                                   GST_SEEK_FLAG_FLUSH | GST_SEEK_FLAG_ACCURATE,
                                   (gint64) (from_s * GST_SECOND))
      || gst_element_get_state (self->reader, NULL, NULL, PATIENCE) != GST_STATE_CHANGE_SUCCESS)
    return pass_clip_fail (self->reader, "The face's clip can't be read", error);
  gst_element_set_state (self->reader, GST_STATE_PLAYING);
  return TRUE;
}

static gboolean
pass_clip_open_writer (PassClip *self, const char *path, GstCaps *caps, GError **error)
{
  g_autoptr (GstElement) file = NULL;

  /* So fine that recognition sees in the copy what it saw in the clip; a key picture a second, to seek by. */
  self->writer = gst_parse_launch ("appsrc name=source format=time block=true max-buffers=4 ! videoconvert "
                                   "! vp8enc deadline=1 cpu-used=4 min-quantizer=2 max-quantizer=8 "
                                   "target-bitrate=12000000 keyframe-max-dist=25 "
                                   "! webmmux ! filesink name=file",
                                   error);
  if (self->writer == NULL)
    return FALSE;
  file = gst_bin_get_by_name (GST_BIN (self->writer), "file");
  g_object_set (file, "location", path, NULL);
  self->source = GST_APP_SRC (gst_bin_get_by_name (GST_BIN (self->writer), "source"));
  gst_app_src_set_caps (self->source, caps);
  if (gst_element_set_state (self->writer, GST_STATE_PLAYING) != GST_STATE_CHANGE_FAILURE)
    return TRUE;
  return pass_clip_fail (self->writer, "The clip can't be written", error);
}

static gboolean
pass_clip_push (PassClip *self, GstBuffer *buffer)
{
  GST_BUFFER_PTS (buffer) = self->written * GST_SECOND / RATE;
  GST_BUFFER_DTS (buffer) = GST_CLOCK_TIME_NONE;
  GST_BUFFER_DURATION (buffer) = GST_SECOND / RATE;
  self->written++;
  return gst_app_src_push_buffer (self->source, buffer) == GST_FLOW_OK;
}

/* Draws the paper over a picture at @seconds. */
static void
pass_clip_draw (const PassClip *self, GstVideoFrame *frame, double seconds)
{
  cairo_surface_t *surface = cairo_image_surface_create_for_data (
      GST_VIDEO_FRAME_PLANE_DATA (frame, 0), CAIRO_FORMAT_RGB24, GST_VIDEO_FRAME_WIDTH (frame),
      GST_VIDEO_FRAME_HEIGHT (frame), GST_VIDEO_FRAME_PLANE_STRIDE (frame, 0));
  cairo_t *cr = cairo_create (surface);
  const double phase = 2 * G_PI * TURNS * seconds;
  const double size = CODE_SHARE * GST_VIDEO_FRAME_HEIGHT (frame);
  const double paper = size * MARGIN_AROUND;

  cairo_translate (cr, GST_VIDEO_FRAME_WIDTH (frame) / 2.0 + SWAY * sin (phase),
                   GST_VIDEO_FRAME_HEIGHT (frame) / 2.0 + SWAY * cos (1.3 * phase));
  cairo_rotate (cr, TILT * G_PI / 180 * sin (0.7 * phase));
  cairo_set_source_rgb (cr, LIGHT_ON_IT, LIGHT_ON_IT, LIGHT_ON_IT);
  cairo_rectangle (cr, -paper / 2, -paper / 2, paper, paper);
  cairo_fill (cr);
  till_pass_code_draw (self->code, cr, -size / 2, -size / 2, size);
  cairo_destroy (cr);
  cairo_surface_finish (surface);
  cairo_surface_destroy (surface);
}

/* The pass is held in front of the picture in @sample. */
static gboolean
pass_clip_write_pass (PassClip *self, GstSample *sample)
{
  GstVideoInfo info;

  if (!gst_video_info_from_caps (&info, gst_sample_get_caps (sample)))
    return FALSE;
  for (guint i = 0; i < (guint) (PASS_CLIP_SHOWN * RATE); i++)
    {
      GstBuffer *buffer = gst_buffer_copy_deep (gst_sample_get_buffer (sample));
      GstVideoFrame frame;

      if (!gst_video_frame_map (&frame, &info, buffer, GST_MAP_READWRITE))
        {
          gst_buffer_unref (buffer);
          return FALSE;
        }
      pass_clip_draw (self, &frame, (double) i / RATE);
      gst_video_frame_unmap (&frame);
      if (!pass_clip_push (self, buffer))
        return FALSE;
    }
  return TRUE;
}

static gboolean
pass_clip_write_face (PassClip *self, guint pictures)
{
  for (guint i = 0; i < pictures; i++)
    {
      g_autoptr (GstSample) sample = gst_app_sink_try_pull_sample (self->sink, PATIENCE);

      if (sample == NULL)
        return i > 0 && gst_app_sink_is_eos (self->sink);
      if (!pass_clip_push (self, gst_buffer_copy (gst_sample_get_buffer (sample))))
        return FALSE;
    }
  return TRUE;
}

static gboolean
pass_clip_close (PassClip *self, GError **error)
{
  g_autoptr (GstBus) bus = gst_element_get_bus (self->writer);
  g_autoptr (GstMessage) message = NULL;

  gst_app_src_end_of_stream (self->source);
  message = gst_bus_timed_pop_filtered (bus, PATIENCE, GST_MESSAGE_EOS | GST_MESSAGE_ERROR);
  if (message != NULL && GST_MESSAGE_TYPE (message) == GST_MESSAGE_EOS)
    return TRUE;
  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_FAILED, "The clip can't be finished");
  return FALSE;
}

gboolean
pass_clip_write (
    const char *path, const char *code, const char *face_clip, double from_s, double to_s, GError **error)
{
  g_auto (PassClip) self = { 0 };
  g_autoptr (GstSample) first = NULL;

  if (!gst_init_check (NULL, NULL, error) || (self.code = till_pass_code_new (code, error)) == NULL
      || !pass_clip_open_face (&self, face_clip, from_s, error))
    return FALSE;
  first = gst_app_sink_try_pull_sample (self.sink, PATIENCE);
  if (first == NULL)
    return pass_clip_fail (self.reader, "The face's clip has no picture there", error);
  if (!pass_clip_open_writer (&self, path, gst_sample_get_caps (first), error))
    return FALSE;
  if (!pass_clip_write_pass (&self, first) || !pass_clip_write_face (&self, (guint) ((to_s - from_s) * RATE)))
    return pass_clip_fail (self.writer, "The clip can't be written", error);
  return pass_clip_close (&self, error);
}
