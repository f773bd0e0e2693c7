/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "camera/till-camera-codes.h"

#include "base/till-error.h"
#include "camera/till-frame-memory.h"

#include <gst/app/gstappsrc.h>
#include <gst/video/video.h>
#include <string.h>

/* zbar's name for the one kind of code that is told of. */
#define KIND "QR-Code"

/* zbar reads the brightness alone; the colours it is given besides are grey. */
#define GREY 128

struct _TillCameraCodes
{
  TillCameraCodesFound found;
  gpointer user_data;
  GstElement *pipeline;
  GstAppSrc *source;
  GstVideoInfo info; /* of the pictures that are sent; width 0 before the first */
};

typedef struct
{
  guint8 *bytes;
  gsize size;
} TillCodesMemory;

static void
till_codes_memory_free (gpointer data)
{
  TillCodesMemory *memory = data;

  till_frame_memory_free (memory->bytes, memory->size);
  g_free (memory);
}

static GstBusSyncReply
till_camera_codes_on_message (GstBus *bus, GstMessage *message, gpointer user_data)
{
  const TillCameraCodes *self = user_data;
  const GstStructure *told
      = GST_MESSAGE_TYPE (message) == GST_MESSAGE_ELEMENT ? gst_message_get_structure (message) : NULL;

  if (told != NULL && gst_structure_has_name (told, "barcode")
      && g_strcmp0 (gst_structure_get_string (told, "type"), KIND) == 0
      && gst_structure_get_string (told, "symbol") != NULL)
    self->found (gst_structure_get_string (told, "symbol"), self->user_data);
  gst_message_unref (message);
  return GST_BUS_DROP;
}

static GstElement *
till_camera_codes_add (TillCameraCodes *self, const char *factory, GError **error)
{
  GstElement *element = gst_element_factory_make (factory, NULL);

  if (element == NULL)
    {
      g_set_error (error, TILL_ERROR, TILL_ERROR_UNSUPPORTED,
                   "GStreamer has no element “%s”: install gstreamer1.0-plugins-base and -bad", factory);
      return NULL;
    }
  gst_bin_add (GST_BIN (self->pipeline), element);
  return element;
}

static gboolean
till_camera_codes_build (TillCameraCodes *self, GError **error)
{
  GstElement *source, *reader, *sink;

  if ((source = till_camera_codes_add (self, "appsrc", error)) == NULL
      || (reader = till_camera_codes_add (self, "zbar", error)) == NULL
      || (sink = till_camera_codes_add (self, "fakesink", error)) == NULL)
    return FALSE;

  self->source = GST_APP_SRC (source);
  g_object_set (source, "format", GST_FORMAT_TIME, "is-live", TRUE, NULL);
  g_object_set (sink, "sync", FALSE, "async", FALSE, "enable-last-sample", FALSE, NULL);
  if (gst_element_link_many (source, reader, sink, NULL))
    return TRUE;
  g_set_error_literal (error, TILL_ERROR, TILL_ERROR_FAILED,
                       "GStreamer’s elements for reading codes do not fit together");
  return FALSE;
}

TillCameraCodes *
till_camera_codes_new (TillCameraCodesFound found, gpointer user_data, GError **error)
{
  g_autoptr (TillCameraCodes) self = g_new0 (TillCameraCodes, 1);
  g_autoptr (GstBus) bus = NULL;

  self->found = found;
  self->user_data = user_data;
  self->pipeline = gst_object_ref_sink (gst_pipeline_new (NULL));
  bus = gst_element_get_bus (self->pipeline);
  gst_bus_set_sync_handler (bus, till_camera_codes_on_message, self, NULL);
  if (!till_camera_codes_build (self, error))
    return NULL;
  gst_element_set_state (self->pipeline, GST_STATE_PLAYING);
  return g_steal_pointer (&self);
}

void
till_camera_codes_free (TillCameraCodes *self)
{
  g_autoptr (GstBus) bus = gst_element_get_bus (self->pipeline);

  gst_element_set_state (self->pipeline, GST_STATE_NULL);
  gst_bus_set_sync_handler (bus, NULL, NULL, NULL);
  gst_object_unref (self->pipeline);
  g_free (self);
}

static void
till_camera_codes_set_size (TillCameraCodes *self, int width, int height)
{
  g_autoptr (GstCaps) caps = NULL;

  if (GST_VIDEO_INFO_WIDTH (&self->info) == width && GST_VIDEO_INFO_HEIGHT (&self->info) == height)
    return;
  gst_video_info_set_format (&self->info, GST_VIDEO_FORMAT_I420, (guint) width, (guint) height);
  caps = gst_video_info_to_caps (&self->info);
  gst_app_src_set_caps (self->source, caps);
}

/* The brightness of ITU-R BT.601, in 256ths, over the whole range. */
static void
till_camera_codes_fill_row (guint8 *to, const guint8 *bgr, int width)
{
  for (int x = 0; x < width; x++, bgr += 3)
    to[x] = (guint8) ((bgr[0] * 29u + bgr[1] * 150u + bgr[2] * 77u) >> 8);
}

static GstBuffer *
till_camera_codes_copy (const TillCameraCodes *self, const guint8 *bgr, gsize stride)
{
  const gsize size = GST_VIDEO_INFO_SIZE (&self->info);
  const gsize bright = GST_VIDEO_INFO_PLANE_OFFSET (&self->info, 1);
  TillCodesMemory *memory = g_new (TillCodesMemory, 1);

  memory->size = size;
  memory->bytes = till_frame_memory_alloc (size);
  for (int y = 0; y < GST_VIDEO_INFO_HEIGHT (&self->info); y++)
    till_camera_codes_fill_row (memory->bytes + y * GST_VIDEO_INFO_PLANE_STRIDE (&self->info, 0),
                                bgr + (gsize) y * stride, GST_VIDEO_INFO_WIDTH (&self->info));
  memset (memory->bytes + bright, GREY, size - bright);
  return gst_buffer_new_wrapped_full (0, memory->bytes, size, 0, size, memory, till_codes_memory_free);
}

void
till_camera_codes_show (TillCameraCodes *self, const guint8 *bgr, int width, int height, gsize stride)
{
  if (gst_app_src_get_current_level_buffers (self->source) > 0)
    return;
  till_camera_codes_set_size (self, width, height);
  gst_app_src_push_buffer (self->source, till_camera_codes_copy (self, bgr, stride));
}
