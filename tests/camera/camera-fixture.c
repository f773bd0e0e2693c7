/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "camera-fixture.h"

#include "base/till-error.h"

#include <glib/gstdio.h>
#include <gst/app/gstappsink.h>
#include <gst/gst.h>
#include <gst/video/video.h>

static void
camera_watch_note (CameraWatch *watch)
{
  if (watch->ended > 0 || watch->error != NULL)
    watch->after_end++;
}

static void
camera_watch_on_started (TillCamera *camera, CameraWatch *watch)
{
  camera_watch_note (watch);
  g_assert_cmpuint (watch->shown, ==, 0);
  watch->started++;
}

static void
camera_watch_on_frame (TillCamera *camera, TillFrame *frame, CameraWatch *watch)
{
  camera_watch_note (watch);
  g_assert_cmpuint (watch->started, ==, 1);
  g_assert_cmpuint (till_frame_get_serial (frame), >, watch->serial);
  watch->serial = till_frame_get_serial (frame);
  if (watch->first == NULL)
    watch->first = till_frame_ref (frame);
  g_clear_pointer (&watch->newest, till_frame_unref);
  watch->newest = till_frame_ref (frame);
  if (++watch->shown == watch->stop_at)
    till_camera_stop (camera);
}

static void
camera_watch_on_ended (TillCamera *camera, CameraWatch *watch)
{
  camera_watch_note (watch);
  g_assert_false (till_camera_is_running (camera));
  watch->ended++;
}

static void
camera_watch_on_failed (TillCamera *camera, const GError *error, CameraWatch *watch)
{
  camera_watch_note (watch);
  g_assert_false (till_camera_is_running (camera));
  watch->error = g_error_copy (error);
}

CameraWatch *
camera_watch_new (const char *spec)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (TillCameraSource) source = till_camera_source_parse (spec, &error);
  CameraWatch *watch = g_new0 (CameraWatch, 1);

  g_assert_no_error (error);
  watch->mailbox = till_mailbox_new ();
  watch->context = g_main_context_ref_thread_default ();
  watch->camera = till_camera_new (source, watch->mailbox);
  g_signal_connect (watch->camera, "started", G_CALLBACK (camera_watch_on_started), watch);
  g_signal_connect (watch->camera, "frame", G_CALLBACK (camera_watch_on_frame), watch);
  g_signal_connect (watch->camera, "ended", G_CALLBACK (camera_watch_on_ended), watch);
  g_signal_connect (watch->camera, "failed", G_CALLBACK (camera_watch_on_failed), watch);
  g_assert_false (till_camera_is_running (watch->camera));
  return watch;
}

CameraWatch *
camera_watch_new_printf (const char *format, ...)
{
  g_autofree char *spec = NULL;
  va_list arguments;

  va_start (arguments, format);
  spec = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  return camera_watch_new (spec);
}

void
camera_watch_free (CameraWatch *watch)
{
  till_camera_stop (watch->camera);
  g_assert_cmpuint (watch->after_end, ==, 0);
  g_assert_finalize_object (watch->camera);
  g_clear_pointer (&watch->mailbox, till_mailbox_unref);
  g_clear_pointer (&watch->context, g_main_context_unref);
  g_clear_pointer (&watch->first, till_frame_unref);
  g_clear_pointer (&watch->newest, till_frame_unref);
  g_clear_error (&watch->error);
  g_free (watch);
}

static gboolean
camera_watch_on_impatient (gpointer user_data)
{
  g_error ("The camera did not do in time what the test waits for");
  return G_SOURCE_REMOVE;
}

static GSource *
camera_watch_start_watchdog (CameraWatch *watch)
{
  GSource *watchdog = g_timeout_source_new ((guint) (CAMERA_PATIENCE_US / 1000));

  g_source_set_callback (watchdog, camera_watch_on_impatient, NULL, NULL);
  g_source_attach (watchdog, watch->context);
  return watchdog;
}

static void
camera_watch_stop_watchdog (GSource *watchdog)
{
  g_source_destroy (watchdog);
  g_source_unref (watchdog);
}

void
camera_watch_run_to_end (CameraWatch *watch)
{
  GSource *watchdog = camera_watch_start_watchdog (watch);

  while (watch->ended == 0 && watch->error == NULL)
    g_main_context_iteration (watch->context, TRUE);
  camera_watch_stop_watchdog (watchdog);
}

void
camera_watch_run_to_stop (CameraWatch *watch)
{
  GSource *watchdog = camera_watch_start_watchdog (watch);

  while (till_camera_is_running (watch->camera))
    g_main_context_iteration (watch->context, TRUE);
  camera_watch_stop_watchdog (watchdog);
}

void
camera_watch_run_to_frame (CameraWatch *watch, guint shown)
{
  GSource *watchdog = camera_watch_start_watchdog (watch);

  while (watch->shown < shown && watch->ended == 0 && watch->error == NULL)
    g_main_context_iteration (watch->context, TRUE);
  camera_watch_stop_watchdog (watchdog);
  g_assert_no_error (watch->error);
  g_assert_cmpuint (watch->shown, >=, shown);
}

void
camera_wait_closed (void)
{
  g_assert_true (till_camera_wait_closed (g_get_monotonic_time () + CAMERA_PATIENCE_US));
}

void
camera_watch_start (CameraWatch *watch)
{
  watch->begun_us = g_get_monotonic_time ();
  till_camera_start (watch->camera);
}

gint64
camera_watch_get_played_us (CameraWatch *watch)
{
  gint64 first_us = watch->begun_us + till_camera_get_start_delay_us (watch->camera);

  return till_frame_get_captured_us (watch->newest) - first_us;
}

void
camera_watch_assert_fails (CameraWatch *watch, int code, const char *words)
{
  till_camera_start (watch->camera);
  camera_watch_run_to_end (watch);
  g_assert_cmpuint (watch->ended, ==, 0);
  g_assert_error (watch->error, TILL_ERROR, code);
  g_test_message ("%s", watch->error->message);
  if (strstr (watch->error->message, words) == NULL)
    g_error ("“%s” does not say “%s”", watch->error->message, words);
}

char *
camera_folder_new (void)
{
  g_autoptr (GError) error = NULL;
  char *folder = g_dir_make_tmp ("till-camera-XXXXXX", &error);

  g_assert_no_error (error);
  return folder;
}

void
camera_folder_free (char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);

      if (g_file_test (path, G_FILE_TEST_IS_DIR) && !g_file_test (path, G_FILE_TEST_IS_SYMLINK))
        camera_folder_free (g_steal_pointer (&path));
      else
        g_unlink (path);
    }
  g_rmdir (folder);
  g_free (folder);
}

char *
camera_find_clip (const char *name)
{
  const char *folder = g_getenv ("SMILETILL_MODELS");
  g_autofree char *path = folder == NULL ? NULL : g_build_filename (folder, name, NULL);

  if (path != NULL && g_file_test (path, G_FILE_TEST_IS_REGULAR))
    return g_steal_pointer (&path);
  g_test_skip_printf ("%s is not in the folder SMILETILL_MODELS names", name);
  return NULL;
}

gboolean
camera_make_clip (const char *pipeline_format, ...)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GstElement) pipeline = NULL;
  g_autoptr (GstBus) bus = NULL;
  g_autoptr (GstMessage) message = NULL;
  g_autofree char *words = NULL;
  va_list arguments;

  va_start (arguments, pipeline_format);
  words = g_strdup_vprintf (pipeline_format, arguments);
  va_end (arguments);
  pipeline = gst_parse_launch_full (words, NULL, GST_PARSE_FLAG_FATAL_ERRORS, &error);
  if (pipeline == NULL)
    {
      g_test_skip_printf ("This GStreamer can't make the clip: %s", error->message);
      return FALSE;
    }
  bus = gst_element_get_bus (pipeline);
  gst_element_set_state (pipeline, GST_STATE_PLAYING);
  message = gst_bus_timed_pop_filtered (bus, CAMERA_PATIENCE_US * GST_USECOND,
                                        GST_MESSAGE_EOS | GST_MESSAGE_ERROR);
  gst_element_set_state (pipeline, GST_STATE_NULL);
  g_assert_nonnull (message);
  if (GST_MESSAGE_TYPE (message) == GST_MESSAGE_ERROR)
    gst_message_parse_error (message, &error, NULL);
  g_assert_no_error (error);
  return TRUE;
}

static GBytes *
camera_pack_sample (GstSample *sample, int *width, int *height)
{
  GstVideoInfo info;
  GstVideoFrame frame;
  GByteArray *packed = g_byte_array_new ();

  g_assert_true (gst_video_info_from_caps (&info, gst_sample_get_caps (sample)));
  g_assert_true (gst_video_frame_map (&frame, &info, gst_sample_get_buffer (sample), GST_MAP_READ));
  *width = GST_VIDEO_INFO_WIDTH (&info);
  *height = GST_VIDEO_INFO_HEIGHT (&info);
  for (int row = 0; row < *height; row++)
    g_byte_array_append (packed,
                         (guint8 *) GST_VIDEO_FRAME_PLANE_DATA (&frame, 0)
                             + row * GST_VIDEO_FRAME_PLANE_STRIDE (&frame, 0),
                         (guint) *width * 3);
  gst_video_frame_unmap (&frame);
  return g_byte_array_free_to_bytes (packed);
}

GBytes *
camera_decode_at (const char *path, double seconds, int *width, int *height)
{
  g_autofree char *words
      = g_strdup_printf ("filesrc location=\"%s\" ! decodebin ! videoconvert ! video/x-raw,format=BGR "
                         "! appsink name=sink sync=false max-buffers=2",
                         path);
  g_autoptr (GstElement) pipeline = gst_parse_launch (words, NULL);
  g_autoptr (GstElement) sink = gst_bin_get_by_name (GST_BIN (pipeline), "sink");
  GstClockTime wanted = (GstClockTime) (seconds * (double) GST_SECOND);
  GBytes *found = NULL;

  gst_element_set_state (pipeline, GST_STATE_PLAYING);
  while (found == NULL)
    {
      g_autoptr (GstSample) sample = gst_app_sink_pull_sample (GST_APP_SINK (sink));
      GstBuffer *buffer;

      g_assert_nonnull (sample);
      buffer = gst_sample_get_buffer (sample);
      if (GST_BUFFER_PTS (buffer) + GST_BUFFER_DURATION (buffer) > wanted + GST_MSECOND)
        found = camera_pack_sample (sample, width, height);
    }
  gst_element_set_state (pipeline, GST_STATE_NULL);
  return found;
}
