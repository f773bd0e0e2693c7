/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "camera/till-camera-pipeline.h"

#include "base/till-error.h"
#include "camera/till-camera-error.h"
#include "camera/till-camera-fit.h"
#include "camera/till-camera-source-private.h"

#include <gst/app/gstappsink.h>

/* A file whose first picture is not there by then never will be. */
#define TILL_PIPELINE_LOAD_US (10 * G_USEC_PER_SEC)

/*
 * decodebin swallows, in a race, the error of a demuxer it has just plugged in. One that has stopped reading and given
 * no picture for so long has met that.
 */
#define TILL_PIPELINE_GIVEN_UP_US (2 * G_USEC_PER_SEC)

/* Longer than a message takes from the element that failed to the bus. */
#define TILL_PIPELINE_REASON_US (G_USEC_PER_SEC)

/* How long stopping may go unnoticed. */
#define TILL_PIPELINE_SLICE_US (50 * 1000)

/* One picture being shown and one decoded ahead of it. */
#define TILL_PIPELINE_AHEAD 2

struct _TillCameraPipeline
{
  char *path; /* of a file */
  char *name; /* of a device */
  GstElement *pipeline;
  GstElement *decodebin;
  GstElement *first_filter; /* what the decoded video goes to */
  GstAppSink *sink;
  GstBus *bus;
  char *missing;   /* the decoder that is not installed */
  GError *failure; /* the first error the bus brought */

  GMutex lock;
  GCond settled;
  guint settling; /* changes of state under way on other threads; under the lock */
};

static GstElement *
till_pipeline_add (TillCameraPipeline *self, const char *factory, GError **error)
{
  GstElement *element = gst_element_factory_make (factory, NULL);

  if (element == NULL)
    {
      g_set_error (error, TILL_ERROR, TILL_ERROR_UNSUPPORTED,
                   "GStreamer has no element “%s”: install gstreamer1.0-plugins-base and -good", factory);
      return NULL;
    }
  gst_bin_add (GST_BIN (self->pipeline), element);
  return element;
}

/* Only the first video stream is played; sound, subtitles and further streams are left where they are. */
static void
till_pipeline_on_pad_added (GstElement *decodebin, GstPad *pad, gpointer user_data)
{
  TillCameraPipeline *self = user_data;
  g_autoptr (GstPad) sink = gst_element_get_static_pad (self->first_filter, "sink");
  g_autoptr (GstCaps) caps = gst_pad_query_caps (pad, NULL);

  if (gst_caps_is_empty (caps) || !gst_structure_has_name (gst_caps_get_structure (caps, 0), "video/x-raw"))
    return;
  if (!gst_pad_is_linked (sink) && GST_PAD_LINK_FAILED (gst_pad_link (pad, sink)))
    g_warning ("A decoded video can't be linked: its format is beyond videoconvert");
}

static gboolean
till_pipeline_add_decoder (TillCameraPipeline *self, GError **error)
{
  g_autoptr (GstCaps) wanted = gst_caps_new_empty_simple ("video/x-raw");

  self->decodebin = till_pipeline_add (self, "decodebin", error);
  if (self->decodebin == NULL)
    return FALSE;
  g_object_set (self->decodebin, "caps", wanted, "expose-all-streams", FALSE, NULL);
  g_signal_connect (self->decodebin, "pad-added", G_CALLBACK (till_pipeline_on_pad_added), self);
  return TRUE;
}

static gboolean
till_pipeline_add_sink (TillCameraPipeline *self, GError **error)
{
  GstElement *sink = till_pipeline_add (self, "appsink", error);

  if (sink == NULL)
    return FALSE;
  self->sink = GST_APP_SINK (sink);
  g_object_set (sink, "sync", FALSE, "enable-last-sample", FALSE, "max-buffers", TILL_PIPELINE_AHEAD, NULL);
  return TRUE;
}

/*
 * From whatever was decoded to BGR. The first videoconvert only works for formats videoflip does not know; scaling
 * comes before the second one because it then has half the bytes to read.
 */
static gboolean
till_pipeline_add_filters (TillCameraPipeline *self, GError **error)
{
  GstElement *flip;
  GstElement *scale;
  GstElement *convert;
  GstElement *caps;

  if ((self->first_filter = till_pipeline_add (self, "videoconvert", error)) == NULL
      || (flip = till_pipeline_add (self, "videoflip", error)) == NULL
      || (scale = till_pipeline_add (self, "videoscale", error)) == NULL
      || (convert = till_pipeline_add (self, "videoconvert", error)) == NULL
      || (caps = till_pipeline_add (self, "capsfilter", error)) == NULL
      || !till_pipeline_add_sink (self, error))
    return FALSE;

  gst_util_set_object_arg (G_OBJECT (flip), "video-direction", "auto");
  g_object_set (scale, "add-borders", FALSE, NULL);
  till_camera_fit_attach (scale, caps);
  if (gst_element_link_many (self->first_filter, flip, scale, convert, caps, GST_ELEMENT (self->sink), NULL))
    return TRUE;
  g_set_error (error, TILL_ERROR, TILL_ERROR_FAILED, "The camera's GStreamer elements do not fit together");
  return FALSE;
}

static TillCameraPipeline *
till_pipeline_new (GError **error)
{
  g_autoptr (TillCameraPipeline) self = g_new0 (TillCameraPipeline, 1);

  g_mutex_init (&self->lock);
  g_cond_init (&self->settled);
  self->pipeline = gst_object_ref_sink (gst_pipeline_new (NULL));
  self->bus = gst_element_get_bus (self->pipeline);
  if (!till_pipeline_add_decoder (self, error) || !till_pipeline_add_filters (self, error))
    return NULL;
  return g_steal_pointer (&self);
}

/* decodebin does not plug jpegparse, which alone reads the way up a photograph was taken. */
static gboolean
till_pipeline_link_file (TillCameraPipeline *self, GstElement *source)
{
  GstElement *parser = NULL;

  if (till_camera_source_file_is_jpeg (self->path))
    parser = gst_element_factory_make ("jpegparse", NULL);
  if (parser == NULL)
    return gst_element_link (source, self->decodebin);
  gst_bin_add (GST_BIN (self->pipeline), parser);
  return gst_element_link_many (source, parser, self->decodebin, NULL);
}

TillCameraPipeline *
till_camera_pipeline_new_file (const char *path, GError **error)
{
  g_autoptr (TillCameraPipeline) self = till_pipeline_new (error);
  GstElement *source;

  if (self == NULL)
    return NULL;
  self->path = g_strdup (path);
  source = till_pipeline_add (self, "filesrc", error);
  if (source == NULL)
    return NULL;
  g_object_set (source, "location", path, NULL);
  if (till_pipeline_link_file (self, source))
    return g_steal_pointer (&self);
  g_set_error (error, TILL_ERROR, TILL_ERROR_FAILED, "GStreamer's filesrc and decodebin do not fit together");
  return NULL;
}

static gboolean
till_pipeline_link_device (TillCameraPipeline *self, GstDevice *device, GstElement *source)
{
  g_autoptr (GstCaps) offered = gst_device_get_caps (device);
  g_autoptr (GstCaps) chosen = till_camera_fit_choose (offered);

  gst_bin_add (GST_BIN (self->pipeline), source);
  return gst_element_link_filtered (source, self->decodebin, chosen);
}

TillCameraPipeline *
till_camera_pipeline_new_device (GstDevice *device, GError **error)
{
  g_autoptr (TillCameraPipeline) self = till_pipeline_new (error);
  GstElement *source;

  if (self == NULL)
    return NULL;
  self->name = gst_device_get_display_name (device);
  source = gst_device_create_element (device, NULL);
  if (source == NULL || !till_pipeline_link_device (self, device, source))
    {
      g_set_error (error, TILL_ERROR, TILL_ERROR_UNAVAILABLE,
                   "The camera “%s” offers no video this till can read", self->name);
      return NULL;
    }
  g_object_set (self->sink, "max-buffers", 1, "drop", TRUE, NULL);
  return g_steal_pointer (&self);
}

static void
till_pipeline_wait_settled (TillCameraPipeline *self)
{
  g_mutex_lock (&self->lock);
  while (self->settling > 0)
    g_cond_wait (&self->settled, &self->lock);
  g_mutex_unlock (&self->lock);
}

void
till_camera_pipeline_free (TillCameraPipeline *self)
{
  till_pipeline_wait_settled (self);
  gst_element_set_state (self->pipeline, GST_STATE_NULL);
  g_clear_pointer (&self->bus, gst_object_unref);
  g_clear_pointer (&self->pipeline, gst_object_unref);
  g_clear_error (&self->failure);
  g_cond_clear (&self->settled);
  g_mutex_clear (&self->lock);
  g_free (self->missing);
  g_free (self->path);
  g_free (self->name);
  g_free (self);
}

void
till_camera_pipeline_load (TillCameraPipeline *self)
{
  gst_element_set_state (self->pipeline, GST_STATE_PAUSED);
}

static void
till_pipeline_play_now (GstElement *pipeline, gpointer user_data)
{
  TillCameraPipeline *self = user_data;

  gst_element_set_state (pipeline, GST_STATE_PLAYING);
  g_mutex_lock (&self->lock);
  self->settling--;
  g_cond_signal (&self->settled);
  g_mutex_unlock (&self->lock);
}

void
till_camera_pipeline_play (TillCameraPipeline *self)
{
  if (self->path != NULL)
    {
      gst_element_set_state (self->pipeline, GST_STATE_PLAYING);
      return;
    }
  g_mutex_lock (&self->lock);
  self->settling++;
  g_mutex_unlock (&self->lock);
  gst_element_call_async (self->pipeline, till_pipeline_play_now, self, NULL);
}

static void
till_pipeline_note_missing (TillCameraPipeline *self, GstMessage *message)
{
  const GstStructure *told = gst_message_get_structure (message);

  if (told == NULL || !gst_structure_has_name (told, "missing-plugin") || self->missing != NULL)
    return;
  self->missing = g_strdup (gst_structure_get_string (told, "name"));
}

static void
till_pipeline_note_error (TillCameraPipeline *self, GstMessage *message)
{
  g_autoptr (GError) reason = NULL;

  gst_message_parse_error (message, &reason, NULL);
  g_debug ("%s: %s", GST_OBJECT_NAME (GST_MESSAGE_SRC (message)), reason->message);
  if (self->failure == NULL)
    self->failure = self->path != NULL ? till_camera_error_of_file (reason, self->path, self->missing)
                                       : till_camera_error_of_device (reason, self->name);
}

static void
till_pipeline_note (TillCameraPipeline *self, GstMessage *message)
{
  if (GST_MESSAGE_TYPE (message) == GST_MESSAGE_ELEMENT)
    till_pipeline_note_missing (self, message);
  else if (GST_MESSAGE_TYPE (message) == GST_MESSAGE_ERROR)
    till_pipeline_note_error (self, message);
  gst_message_unref (message);
}

/* Also throws away the messages nobody reads, which would pile up. */
static gboolean
till_pipeline_has_failed (TillCameraPipeline *self, GError **error)
{
  GstMessage *message;

  while ((message = gst_bus_pop (self->bus)) != NULL)
    till_pipeline_note (self, message);
  if (self->failure != NULL && error != NULL && *error == NULL)
    *error = g_error_copy (self->failure);
  return self->failure != NULL;
}

/* A change of state can fail a moment before the bus tells why. */
static void
till_pipeline_wait_for_reason (TillCameraPipeline *self)
{
  gint64 deadline = g_get_monotonic_time () + TILL_PIPELINE_REASON_US;
  GstMessage *message;

  while (self->failure == NULL
         && (message = gst_bus_timed_pop (
                 self->bus, (GstClockTime) MAX (deadline - g_get_monotonic_time (), 0) * GST_USECOND))
                != NULL)
    till_pipeline_note (self, message);
}

static void
till_pipeline_set_silent (TillCameraPipeline *self, GError **error)
{
  g_autofree char *shown = g_filename_display_name (self->path);

  if (!till_pipeline_has_failed (self, error))
    g_set_error (error, TILL_ERROR, TILL_ERROR_INVALID, "“%s” has no picture in it that can be shown", shown);
}

static gboolean
till_pipeline_pad_is_resting (GstPad *pad)
{
  gboolean resting;

  GST_OBJECT_LOCK (pad);
  resting = GST_PAD_MODE (pad) == GST_PAD_MODE_PULL && GST_PAD_TASK (pad) != NULL
            && GST_TASK_STATE (GST_PAD_TASK (pad)) == GST_TASK_PAUSED;
  GST_OBJECT_UNLOCK (pad);
  return resting;
}

static int
till_pipeline_compare_resting (gconstpointer item, gconstpointer user_data)
{
  GstElement *element = g_value_get_object (item);
  g_autoptr (GstPad) sink = gst_element_get_static_pad (element, "sink");

  return sink != NULL && till_pipeline_pad_is_resting (sink) ? 0 : 1;
}

/* Whether what reads the file has stopped, be it at the file's end or at an error. */
static gboolean
till_pipeline_reader_rests (TillCameraPipeline *self)
{
  g_autoptr (GstIterator) elements = gst_bin_iterate_elements (GST_BIN (self->decodebin));
  g_auto (GValue) found = G_VALUE_INIT;

  return gst_iterator_find_custom (elements, till_pipeline_compare_resting, &found, NULL);
}

/* @last_read_us: when the reader was last seen reading; brought up to date. */
static gboolean
till_pipeline_has_given_up (TillCameraPipeline *self, gint64 *last_read_us)
{
  gint64 now = g_get_monotonic_time ();

  if (!till_pipeline_reader_rests (self))
    *last_read_us = now;
  return now - *last_read_us > TILL_PIPELINE_GIVEN_UP_US;
}

gboolean
till_camera_pipeline_wait_loaded (TillCameraPipeline *self, TillCameraOutlet *outlet, GError **error)
{
  gint64 last_read_us = g_get_monotonic_time ();
  gint64 deadline = last_read_us + TILL_PIPELINE_LOAD_US;

  while (!till_camera_outlet_is_stopped (outlet))
    {
      GstStateChangeReturn change
          = gst_element_get_state (self->pipeline, NULL, NULL, TILL_PIPELINE_SLICE_US * GST_USECOND);

      if (till_pipeline_has_failed (self, error))
        return FALSE;
      if (change == GST_STATE_CHANGE_SUCCESS)
        return TRUE;
      if (change == GST_STATE_CHANGE_FAILURE)
        till_pipeline_wait_for_reason (self);
      if (change == GST_STATE_CHANGE_FAILURE || till_pipeline_has_given_up (self, &last_read_us)
          || g_get_monotonic_time () > deadline)
        {
          till_pipeline_set_silent (self, error);
          return FALSE;
        }
    }
  return FALSE;
}

TillCameraPull
till_camera_pipeline_pull_loaded (TillCameraPipeline *self, TillCameraPicture *picture, GError **error)
{
  GstSample *sample = gst_app_sink_try_pull_preroll (self->sink, 0);

  if (sample == NULL)
    {
      till_pipeline_set_silent (self, error);
      return TILL_CAMERA_PULL_FAILED;
    }
  till_camera_picture_init (picture, sample);
  return TILL_CAMERA_PULL_PICTURE;
}

GstClockTime
till_camera_pipeline_get_duration (TillCameraPipeline *self)
{
  gint64 duration;

  if (!gst_element_query_duration (self->pipeline, GST_FORMAT_TIME, &duration) || duration <= 0)
    return GST_CLOCK_TIME_NONE;
  return (GstClockTime) duration;
}

gboolean
till_camera_pipeline_seek (TillCameraPipeline *self, GstClockTime time)
{
  return gst_element_seek_simple (self->pipeline, GST_FORMAT_TIME,
                                  GST_SEEK_FLAG_FLUSH | GST_SEEK_FLAG_ACCURATE, (gint64) time);
}

/* An appsink whose pipeline is still starting would not wait, but answer at once. */
static gboolean
till_pipeline_is_settled (TillCameraPipeline *self, gint64 deadline_us)
{
  gboolean in_time = TRUE;
  gboolean settled;

  g_mutex_lock (&self->lock);
  while (self->settling > 0 && in_time)
    in_time = g_cond_wait_until (&self->settled, &self->lock, deadline_us);
  settled = self->settling == 0;
  g_mutex_unlock (&self->lock);
  return settled;
}

TillCameraPull
till_camera_pipeline_pull (TillCameraPipeline *self,
                           gint64 timeout_us,
                           TillCameraPicture *picture,
                           GError **error)
{
  gint64 deadline = g_get_monotonic_time () + timeout_us;
  GstSample *sample;
  gboolean failed;
  gint64 left;

  if (!till_pipeline_is_settled (self, deadline))
    return TILL_CAMERA_PULL_NOTHING;
  left = MAX (deadline - g_get_monotonic_time (), 0);
  sample = gst_app_sink_try_pull_sample (self->sink, (GstClockTime) left * GST_USECOND);

  /* What was decoded before a file broke is still played. */
  failed = till_pipeline_has_failed (self, sample == NULL ? error : NULL);
  if (sample != NULL)
    {
      till_camera_picture_init (picture, sample);
      return TILL_CAMERA_PULL_PICTURE;
    }
  if (failed)
    return TILL_CAMERA_PULL_FAILED;
  return gst_app_sink_is_eos (self->sink) ? TILL_CAMERA_PULL_END : TILL_CAMERA_PULL_NOTHING;
}
