/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/till-error.h"
#include "camera-fixture.h"
#include "camera/till-camera-devices.h"
#include "camera/till-camera-error.h"
#include "camera/till-camera-fit.h"
#include "camera/till-camera-outlet.h"

#include <gst/gst.h>
#include <string.h>

/* Waits, without turning any main context, until the camera's thread has put that many frames out. */
static void
wait_for_count (CameraWatch *watch, guint64 count)
{
  gint64 deadline = g_get_monotonic_time () + CAMERA_PATIENCE_US;

  while (till_camera_get_frame_count (watch->camera) < count)
    {
      g_autoptr (TillFrame) frame = till_mailbox_take (watch->mailbox, deadline);

      g_assert_nonnull (frame);
    }
}

static void
drain_context (CameraWatch *watch)
{
  while (g_main_context_iteration (watch->context, FALSE))
    ;
}

/* Nothing may come from a camera that was stopped, however long one waits. */
static void
assert_silent (CameraWatch *watch)
{
  guint started = watch->started;
  guint shown = watch->shown;

  till_mailbox_clear (watch->mailbox);
  drain_context (watch);
  camera_wait_closed ();
  drain_context (watch);
  g_assert_cmpuint (watch->started, ==, started);
  g_assert_cmpuint (watch->shown, ==, shown);
  g_assert_cmpuint (watch->ended, ==, 0);
  g_assert_no_error (watch->error);
  g_assert_null (till_mailbox_take (watch->mailbox, 0));
  g_assert_false (till_camera_is_running (watch->camera));
}

static void
test_life_frames_coalesce (void)
{
  g_autofree char *path = camera_find_clip ("franck.webm");
  g_autoptr (CameraWatch) watch = NULL;

  if (path == NULL)
    return;
  watch = camera_watch_new_printf ("clip:%s", path);
  till_camera_start (watch->camera);
  g_assert_true (till_camera_is_running (watch->camera));
  wait_for_count (watch, 8);
  g_assert_cmpuint (watch->shown, ==, 0);

  g_main_context_iteration (watch->context, FALSE);
  g_assert_cmpuint (watch->started, ==, 1);
  g_assert_cmpuint (watch->shown, ==, 1);
  g_assert_cmpuint (watch->serial, >=, 8);
}

static void
test_life_stop_drops_the_pending (void)
{
  g_autofree char *path = camera_find_clip ("franck.webm");
  g_autoptr (CameraWatch) watch = NULL;

  if (path == NULL)
    return;
  watch = camera_watch_new_printf ("clip:%s", path);
  till_camera_start (watch->camera);
  wait_for_count (watch, 3);
  till_camera_stop (watch->camera);
  assert_silent (watch);
  g_assert_cmpuint (watch->started, ==, 0);
  till_camera_stop (watch->camera);
}

static void
test_life_stop_in_a_handler (void)
{
  g_autofree char *path = camera_find_clip ("franck.webm");
  g_autoptr (CameraWatch) watch = NULL;

  if (path == NULL)
    return;
  watch = camera_watch_new_printf ("clip:%s", path);
  watch->stop_at = 3;
  till_camera_start (watch->camera);
  camera_watch_run_to_frame (watch, 3);
  assert_silent (watch);
  g_assert_cmpuint (watch->shown, ==, 3);
}

/* "started" and the first "frame" come in one turn: stopping in the one must keep back the other. */
static void
test_life_stop_in_started (void)
{
  g_autofree char *path = camera_find_clip ("franck.webm");
  g_autoptr (CameraWatch) watch = NULL;

  if (path == NULL)
    return;
  watch = camera_watch_new_printf ("clip:%s", path);
  g_signal_connect (watch->camera, "started", G_CALLBACK (till_camera_stop), NULL);
  till_camera_start (watch->camera);
  while (watch->started == 0)
    g_main_context_iteration (watch->context, TRUE);
  assert_silent (watch);
  g_assert_cmpuint (watch->shown, ==, 0);
}

static void
test_life_stop_while_starting (void)
{
  g_autofree char *path = camera_find_clip ("franck.webm");

  if (path == NULL)
    return;
  for (guint i = 0; i < 20; i++)
    {
      g_autoptr (CameraWatch) watch = camera_watch_new_printf ("clip:%s@100-,loop", path);

      till_camera_start (watch->camera);
      for (guint turn = 0; turn < i * 50; turn++)
        g_thread_yield ();
      till_camera_stop (watch->camera);
      assert_silent (watch);
    }
}

static void
test_life_stop_before_start (void)
{
  g_autofree char *path = camera_find_clip ("franck.webm");
  g_autoptr (CameraWatch) watch = NULL;

  if (path == NULL)
    return;
  watch = camera_watch_new_printf ("clip:%s", path);
  till_camera_stop (watch->camera);
  till_camera_start (watch->camera);
  camera_watch_run_to_frame (watch, 1);
}

static void
test_life_let_go_while_running (void)
{
  g_autofree char *path = camera_find_clip ("franck.webm");
  g_autofree char *spec = g_strdup_printf ("clip:%s", path);
  g_autoptr (TillMailbox) mailbox = till_mailbox_new ();
  g_autoptr (TillCameraSource) source = NULL;
  TillCamera *camera;
  TillFrame *frame;

  if (path == NULL)
    return;
  source = till_camera_source_parse (spec, NULL);
  camera = till_camera_new (source, mailbox);
  g_assert_true (till_camera_get_source (camera) == source);
  till_camera_start (camera);
  frame = till_mailbox_take (mailbox, g_get_monotonic_time () + CAMERA_PATIENCE_US);
  g_assert_finalize_object (camera);
  till_mailbox_clear (mailbox);
  camera_wait_closed ();
  /* Several pictures' time: a thread that had not noticed would put one in. */
  g_assert_null (till_mailbox_take (mailbox, g_get_monotonic_time () + 200000));
  g_assert_cmpuint (till_frame_get_serial (frame), ==, 1);
  till_frame_unref (frame);
}

/* Letting go in a handler, where the camera is still needed for a moment. */
static void
release_on_frame (TillCamera *camera, TillFrame *frame, gpointer *slot)
{
  g_clear_object ((TillCamera **) slot);
}

static void
test_life_let_go_in_a_handler (void)
{
  g_autofree char *path = camera_find_clip ("franck.webm");
  g_autofree char *spec = g_strdup_printf ("clip:%s", path);
  g_autoptr (TillCameraSource) source = NULL;
  TillCamera *camera;

  if (path == NULL)
    return;
  source = till_camera_source_parse (spec, NULL);
  camera = till_camera_new (source, NULL);
  g_signal_connect (camera, "frame", G_CALLBACK (release_on_frame), &camera);
  till_camera_start (camera);
  while (camera != NULL)
    g_main_context_iteration (NULL, TRUE);
  camera_wait_closed ();
}

static void
test_life_own_context (void)
{
  g_autofree char *path = camera_find_clip ("franck.webm");
  g_autoptr (GMainContext) context = g_main_context_new ();
  g_autoptr (CameraWatch) watch = NULL;

  if (path == NULL)
    return;
  g_main_context_push_thread_default (context);
  watch = camera_watch_new_printf ("clip:%s", path);
  g_main_context_pop_thread_default (context);
  till_camera_start (watch->camera);
  wait_for_count (watch, 2);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_cmpuint (watch->shown, ==, 0);
  camera_watch_run_to_frame (watch, 2);
}

/* A context that goes away with a picture still on its way. */
static void
test_life_context_gone (void)
{
  g_autofree char *path = camera_find_clip ("franck.webm");
  GMainContext *context = g_main_context_new ();
  CameraWatch *watch;

  if (path == NULL)
    {
      g_main_context_unref (context);
      return;
    }
  g_main_context_push_thread_default (context);
  watch = camera_watch_new_printf ("clip:%s", path);
  g_main_context_pop_thread_default (context);
  g_main_context_unref (context);
  till_camera_start (watch->camera);
  wait_for_count (watch, 2);
  camera_watch_free (watch);
  camera_wait_closed ();
}

static void
test_life_two_at_once (void)
{
  g_autofree char *path = camera_find_clip ("franck.webm");
  g_autofree char *other = camera_find_clip ("cap12_edit.webm");
  g_autoptr (CameraWatch) a = NULL;
  g_autoptr (CameraWatch) b = NULL;

  if (path == NULL || other == NULL)
    return;
  a = camera_watch_new_printf ("clip:%s", path);
  b = camera_watch_new_printf ("clip:%s", other);
  till_camera_start (a->camera);
  till_camera_start (b->camera);
  camera_watch_run_to_frame (a, 5);
  camera_watch_run_to_frame (b, 5);
  g_assert_cmpint (till_frame_get_width (a->newest), ==, 360);
  g_assert_cmpint (till_frame_get_width (b->newest), ==, 400);
}

static void
count_delivery (gpointer owner, const TillCameraDelivery *delivery)
{
  guint *counts = g_object_get_data (owner, "counts");

  counts[0]++;
  counts[1] += delivery->started ? 1 : 0;
  counts[2] = delivery->frame == NULL ? 0 : (guint) till_frame_get_serial (delivery->frame);
  counts[3] += delivery->ended ? 1 : 0;
}

static void
push_pixel (TillCameraOutlet *outlet, gboolean wanted)
{
  const guint8 pixel[3] = { 1, 2, 3 };

  g_assert_cmpint (till_camera_outlet_push (outlet, pixel, 1, 1, 3), ==, wanted);
}

static void
turn_default_context (void)
{
  while (g_main_context_iteration (NULL, FALSE))
    ;
}

/* However much happened since the last turn, there is one delivery, and it has the newest of all. */
static void
test_life_one_delivery (void)
{
  g_autoptr (GObject) owner = g_object_new (G_TYPE_OBJECT, NULL);
  g_autoptr (TillCameraOutlet) outlet = till_camera_outlet_new (owner, count_delivery, NULL);
  guint counts[4] = { 0 };

  g_object_set_data (owner, "counts", counts);
  till_camera_outlet_begin (outlet);
  for (guint i = 0; i < 5; i++)
    push_pixel (outlet, TRUE);
  turn_default_context ();
  g_assert_cmpuint (counts[0], ==, 1);
  g_assert_cmpuint (counts[1], ==, 1);
  g_assert_cmpuint (counts[2], ==, 5);

  push_pixel (outlet, TRUE);
  till_camera_outlet_end (outlet, NULL);
  turn_default_context ();
  g_assert_cmpuint (counts[0], ==, 2);
  g_assert_cmpuint (counts[1], ==, 1);
  g_assert_cmpuint (counts[2], ==, 6);
  g_assert_cmpuint (counts[3], ==, 1);
  g_assert_false (till_camera_wait_closed (g_get_monotonic_time ()));
  till_camera_outlet_finish (outlet);
  camera_wait_closed ();
}

/* The thread may be just about to hand something over when it is stopped. */
static void
test_life_nothing_after_stop (void)
{
  g_autoptr (GObject) owner = g_object_new (G_TYPE_OBJECT, NULL);
  g_autoptr (TillMailbox) mailbox = till_mailbox_new ();
  g_autoptr (TillCameraOutlet) outlet = till_camera_outlet_new (owner, count_delivery, mailbox);
  guint counts[4] = { 0 };

  g_object_set_data (owner, "counts", counts);
  till_camera_outlet_begin (outlet);
  till_camera_outlet_stop (outlet);
  push_pixel (outlet, FALSE);
  till_camera_outlet_end (outlet, g_error_new (TILL_ERROR, TILL_ERROR_FAILED, "too late"));
  turn_default_context ();
  g_assert_cmpuint (counts[0], ==, 0);
  g_assert_null (till_mailbox_take (mailbox, 0));
  g_assert_cmpuint (till_camera_outlet_get_count (outlet), ==, 0);
  g_assert_false (till_camera_outlet_wait_until (outlet, g_get_monotonic_time () + CAMERA_PATIENCE_US));
  till_camera_outlet_finish (outlet);
  camera_wait_closed ();
}

static void
test_life_no_device (void)
{
  g_autoptr (GPtrArray) devices = till_camera_devices_list (till_camera_devices_get ());
  g_autoptr (CameraWatch) first = camera_watch_new ("device");
  g_autoptr (CameraWatch) named = camera_watch_new ("device:no-such-camera");

  camera_watch_assert_fails (named, TILL_ERROR_NOT_FOUND, "no-such-camera");
  if (devices->len > 0)
    g_test_skip ("This machine has a camera");
  else
    camera_watch_assert_fails (first, TILL_ERROR_NOT_FOUND, "plug one in");
}

static void
assert_device_error (GQuark domain, int code, int wanted)
{
  g_autoptr (GError) reason = g_error_new (domain, code, "reason");
  g_autoptr (GError) error = till_camera_error_of_device (reason, "Front camera");

  g_assert_error (error, TILL_ERROR, wanted);
  g_assert_nonnull (strstr (error->message, "Front camera"));
}

static void
test_life_device_errors (void)
{
  assert_device_error (GST_RESOURCE_ERROR, GST_RESOURCE_ERROR_BUSY, TILL_ERROR_BUSY);
  assert_device_error (GST_RESOURCE_ERROR, GST_RESOURCE_ERROR_NOT_FOUND, TILL_ERROR_NOT_FOUND);
  assert_device_error (GST_RESOURCE_ERROR, GST_RESOURCE_ERROR_OPEN_READ_WRITE, TILL_ERROR_UNAVAILABLE);
  assert_device_error (GST_RESOURCE_ERROR, GST_RESOURCE_ERROR_READ, TILL_ERROR_UNAVAILABLE);
  assert_device_error (GST_STREAM_ERROR, GST_STREAM_ERROR_FAILED, TILL_ERROR_UNAVAILABLE);
}

static void
test_life_file_errors (void)
{
  g_autoptr (GError) reason
      = g_error_new (GST_STREAM_ERROR, GST_STREAM_ERROR_CODEC_NOT_FOUND, "a plug-in is missing");
  g_autoptr (GError) error = till_camera_error_of_file (reason, "/films/a.mp4", "H.264 decoder");

  g_assert_error (error, TILL_ERROR, TILL_ERROR_INVALID);
  g_assert_nonnull (strstr (error->message, "a.mp4"));
  g_assert_nonnull (strstr (error->message, "H.264"));
}

static void
test_life_fit_size (void)
{
  static const int sizes[][6] = {
    { 640, 480, 1, 1, 640, 480 },    { 1280, 720, 1, 1, 1280, 720 },  { 1281, 720, 1, 1, 1280, 719 },
    { 3840, 2160, 1, 1, 1280, 720 }, { 1080, 1920, 1, 1, 405, 720 },  { 720, 576, 16, 15, 720, 540 },
    { 720, 480, 8, 9, 640, 480 },    { 100000, 3, 1, 1, 1280, 1 },    { 1, 100000, 1, 1, 1, 720 },
    { 640, 480, 0, 1, 640, 480 },    { 1920, 1080, 2, 1, 1280, 360 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++)
    {
      int width = sizes[i][0];
      int height = sizes[i][1];

      till_camera_fit_size (&width, &height, sizes[i][2], sizes[i][3]);
      g_assert_cmpint (width, ==, sizes[i][4]);
      g_assert_cmpint (height, ==, sizes[i][5]);
    }
}

static void
assert_chosen (const char *offered_words, const char *wanted_words)
{
  g_autoptr (GstCaps) offered = gst_caps_from_string (offered_words);
  g_autoptr (GstCaps) wanted = gst_caps_from_string (wanted_words);
  g_autoptr (GstCaps) chosen = till_camera_fit_choose (offered);

  if (!gst_caps_is_strictly_equal (chosen, wanted))
    g_error ("chose %s", gst_caps_to_string (chosen));
}

static void
test_life_fit_choose (void)
{
  assert_chosen ("video/x-raw, format=YUY2, width=1920, height=1080, framerate=5/1; "
                 "video/x-raw, format=YUY2, width=640, height=480, framerate=30/1; "
                 "image/jpeg, width=1280, height=720, framerate=30/1",
                 "video/x-raw, format=YUY2, width=640, height=480, framerate=30/1");
  assert_chosen ("video/x-raw, format=YUY2, width=1280, height=720, framerate=10/1; "
                 "image/jpeg, width=1280, height=720, framerate=30/1",
                 "image/jpeg, width=1280, height=720, framerate=30/1");
  assert_chosen ("video/x-raw, format=YUY2, width=360, height=288, framerate=25/1",
                 "video/x-raw, format=YUY2, width=360, height=288, framerate=25/1");
  assert_chosen ("video/x-h264, width=1920, height=1080", "ANY");
  assert_chosen ("ANY", "video/x-raw, width=[640,1280], height=[480,720], framerate=[24/1,60/1]");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  gst_init (NULL, NULL);

  g_test_add_func ("/life/frames-coalesce", test_life_frames_coalesce);
  g_test_add_func ("/life/stop-drops-the-pending", test_life_stop_drops_the_pending);
  g_test_add_func ("/life/stop-in-a-handler", test_life_stop_in_a_handler);
  g_test_add_func ("/life/stop-in-started", test_life_stop_in_started);
  g_test_add_func ("/life/stop-while-starting", test_life_stop_while_starting);
  g_test_add_func ("/life/stop-before-start", test_life_stop_before_start);
  g_test_add_func ("/life/let-go-while-running", test_life_let_go_while_running);
  g_test_add_func ("/life/let-go-in-a-handler", test_life_let_go_in_a_handler);
  g_test_add_func ("/life/own-context", test_life_own_context);
  g_test_add_func ("/life/context-gone", test_life_context_gone);
  g_test_add_func ("/life/two-at-once", test_life_two_at_once);
  g_test_add_func ("/life/one-delivery", test_life_one_delivery);
  g_test_add_func ("/life/nothing-after-stop", test_life_nothing_after_stop);
  g_test_add_func ("/life/no-device", test_life_no_device);
  g_test_add_func ("/life/device-errors", test_life_device_errors);
  g_test_add_func ("/life/file-errors", test_life_file_errors);
  g_test_add_func ("/life/fit-size", test_life_fit_size);
  g_test_add_func ("/life/fit-choose", test_life_fit_choose);

  int result = g_test_run ();
  camera_wait_closed ();
  return result;
}
