/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/till-error.h"
#include "camera-fixture.h"
#include "camera/till-camera-devices.h"

#include <glib/gstdio.h>
#include <gst/app/gstappsink.h>
#include <gst/gst.h>
#include <signal.h>
#include <string.h>
#include <sys/prctl.h>
#include <unistd.h>

/*
 * A camera as a desktop offers it: a PipeWire daemon and session of the test's own, and a second process of this very
 * program that films a test pattern into it, which can be plugged, frozen and pulled out.
 */
#define CAMERA_NAME   "till-virtual-camera"
#define ARGUMENT_FILM "--film"
#define ARGUMENT_READ "--read"

static struct
{
  char *program;
  char *folder;
  GTestDBus *bus;
  GSubprocess *daemon;
  GSubprocess *session;
  GSubprocess *film;
  guint changes;
  int formless; /* atomic; whether a camera came without its formats */
} desk;

static int
film (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GstElement) pipeline = NULL;
  g_autoptr (GstBus) bus = NULL;
  g_autoptr (GstMessage) message = NULL;

  gst_init (NULL, NULL);
  pipeline = gst_parse_launch (
      "videotestsrc is-live=true pattern=ball ! "
      "video/x-raw,format=YUY2,width=360,height=288,framerate=25/1 ! "
      "pipewiresink mode=provide client-name=" CAMERA_NAME " stream-properties=\"props,"
      "media.class=Video/Source,media.role=Camera,node.name=" CAMERA_NAME ",node.description=VirtualCamera\"",
      &error);
  g_assert_no_error (error);
  bus = gst_element_get_bus (pipeline);
  gst_element_set_state (pipeline, GST_STATE_PLAYING);
  message = gst_bus_timed_pop_filtered (bus, GST_CLOCK_TIME_NONE, GST_MESSAGE_ERROR | GST_MESSAGE_EOS);
  gst_element_set_state (pipeline, GST_STATE_NULL);
  return 1;
}

/* Succeeds when a picture comes; pipewiresrc may block for longer than that is worth waiting for. */
static int
read_film (void)
{
  g_autoptr (GstElement) reader = NULL;
  g_autoptr (GstElement) sink = NULL;
  g_autoptr (GstSample) sample = NULL;

  alarm (10);
  gst_init (NULL, NULL);
  reader
      = gst_parse_launch ("pipewiresrc target-object=" CAMERA_NAME " ! appsink name=sink sync=false", NULL);
  sink = gst_bin_get_by_name (GST_BIN (reader), "sink");
  gst_element_set_state (reader, GST_STATE_PLAYING);
  sample = gst_app_sink_pull_sample (GST_APP_SINK (sink));
  _exit (sample == NULL);
}

/* A test that breaks off must not leave a camera filming. */
static void
die_with_the_test (gpointer user_data)
{
  prctl (PR_SET_PDEATHSIG, SIGKILL);
}

static GSubprocess *
spawn (const char *program, const char *argument)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GSubprocessLauncher) launcher
      = g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_STDOUT_SILENCE | G_SUBPROCESS_FLAGS_STDERR_SILENCE);
  GSubprocess *process;

  g_subprocess_launcher_set_child_setup (launcher, die_with_the_test, NULL, NULL);
  process = g_subprocess_launcher_spawn (launcher, &error, program, argument, NULL);
  g_assert_no_error (error);
  return process;
}

static void
end_process (GSubprocess **process)
{
  if (*process == NULL)
    return;
  g_subprocess_force_exit (*process);
  g_subprocess_wait (*process, NULL, NULL);
  g_clear_object (process);
}

static void
on_changed (TillCameraDevices *devices, gpointer user_data)
{
  desk.changes++;
}

static gboolean
on_impatient (gpointer user_data)
{
  g_error ("The list of cameras did not change in time after one was plugged %s", (const char *) user_data);
  return G_SOURCE_REMOVE;
}

static gboolean
is_listed (void)
{
  g_autoptr (GPtrArray) list = till_camera_devices_list (till_camera_devices_get ());

  for (guint i = 0; i < list->len; i++)
    {
      const TillCameraDevice *device = list->pdata[i];

      if (g_str_equal (device->id, CAMERA_NAME))
        {
          g_assert_cmpstr (device->name, ==, "VirtualCamera");
          return TRUE;
        }
    }
  return FALSE;
}

/*
 * On a slow machine PipeWire 0.3 may announce a camera before its formats; GStreamer 1.22 then complains about itself
 * and leaves it out for good. Nothing else may be critical.
 */
static gboolean
is_complaint_about_formats (const char *message)
{
  return strstr (message, "gst_caps_can_intersect: assertion 'GST_IS_CAPS (caps2)'") != NULL
         || strstr (message, "gst_mini_object_unref: assertion 'mini_object != NULL'") != NULL;
}

static void
on_gst_critical (const char *domain, GLogLevelFlags level, const char *message, gpointer user_data)
{
  if (!is_complaint_about_formats (message))
    g_log_default_handler (domain, level, message, NULL);
  g_atomic_int_set (&desk.formless, TRUE);
  g_main_context_wakeup (NULL);
}

static gboolean
is_fatal (const char *domain, GLogLevelFlags level, const char *message, gpointer user_data)
{
  return g_strcmp0 (domain, "GStreamer") != 0 || !is_complaint_about_formats (message);
}

/* Left out without a complaint, too: then another one is plugged in. */
static gboolean
on_not_listed (gpointer user_data)
{
  g_atomic_int_set (&desk.formless, TRUE);
  return G_SOURCE_CONTINUE;
}

/* Turns the main context until "changed" has told of it. */
static void
wait_until_listed (gboolean wanted)
{
  guint before = desk.changes;
  guint watchdog
      = g_timeout_add ((guint) (CAMERA_PATIENCE_US / 1000), on_impatient, (gpointer) (wanted ? "in" : "out"));
  guint retry = g_timeout_add_seconds (15, on_not_listed, NULL);

  while (is_listed () != wanted || desk.changes == before)
    {
      g_main_context_iteration (NULL, TRUE);
      if (wanted && g_atomic_int_compare_and_exchange (&desk.formless, TRUE, FALSE))
        {
          end_process (&desk.film);
          desk.film = spawn (desk.program, ARGUMENT_FILM);
        }
    }
  g_atomic_int_set (&desk.formless, FALSE);
  g_source_remove (watchdog);
  g_source_remove (retry);
}

static void
plug (void)
{
  desk.film = spawn (desk.program, ARGUMENT_FILM);
  wait_until_listed (TRUE);
}

static void
unplug (void)
{
  end_process (&desk.film);
  wait_until_listed (FALSE);
}

/* To be asked at the start of each test: GLib forgets the handler before it. */
static gboolean
is_desk_there (void)
{
  g_test_log_set_fatal_handler (is_fatal, NULL);
  if (desk.daemon != NULL)
    return TRUE;
  g_test_skip ("PipeWire, WirePlumber, dbus-daemon or GStreamer's pipewire plugin is not installed");
  return FALSE;
}

static void
test_device_none (void)
{
  g_autoptr (CameraWatch) watch = NULL;
  g_autoptr (GPtrArray) list = NULL;

  if (!is_desk_there ())
    return;
  list = till_camera_devices_list (till_camera_devices_get ());
  if (list->len > 0)
    {
      g_test_skip ("This machine has a camera");
      return;
    }
  watch = camera_watch_new ("device");
  camera_watch_assert_fails (watch, TILL_ERROR_NOT_FOUND, "plug one in");
}

static void
test_device_films (void)
{
  g_autoptr (CameraWatch) watch = NULL;

  if (!is_desk_there ())
    return;
  plug ();
  watch = camera_watch_new ("device:" CAMERA_NAME);
  till_camera_start (watch->camera);
  camera_watch_run_to_frame (watch, 25);
  g_assert_cmpint (till_frame_get_width (watch->newest), ==, 360);
  g_assert_cmpint (till_frame_get_height (watch->newest), ==, 288);
  g_assert_true (till_camera_is_running (watch->camera));
  g_test_message ("first picture after %.0f ms",
                  (double) till_camera_get_start_delay_us (watch->camera) / 1000);
  unplug ();
}

/*
 * pipewiresink 0.3 stops sending for good when a second reader comes slowly, as under a sanitizer. Whether it did is
 * asked of a reader that has nothing to do with the room under test.
 */
static gboolean
is_film_stuck (void)
{
  g_autoptr (GSubprocess) reader = spawn (desk.program, ARGUMENT_READ);

  g_subprocess_wait (reader, NULL, NULL);
  return !g_subprocess_get_successful (reader);
}

/* Shows two pictures and stops; FALSE when the film itself is stuck. */
static gboolean
show_and_stop (void)
{
  g_autoptr (CameraWatch) watch = camera_watch_new ("device:" CAMERA_NAME);

  watch->stop_at = 2;
  till_camera_start (watch->camera);
  camera_watch_run_to_stop (watch);
  if (watch->error == NULL)
    return TRUE;
  g_assert_error (watch->error, TILL_ERROR, TILL_ERROR_UNAVAILABLE);
  g_assert_true (is_film_stuck ());
  return FALSE;
}

static void
test_device_again_at_once (void)
{
  guint shown = 0;

  if (!is_desk_there ())
    return;
  plug ();
  while (shown < 3 && show_and_stop ())
    shown++;
  g_assert_cmpuint (shown, >, 0);
  if (shown < 3)
    g_test_skip ("pipewiresink stopped sending to anybody");
  unplug ();
}

static void
test_device_stop_while_starting (void)
{
  if (!is_desk_there ())
    return;
  plug ();
  for (guint i = 0; i < 5; i++)
    {
      g_autoptr (CameraWatch) watch = camera_watch_new ("device:" CAMERA_NAME);

      till_camera_start (watch->camera);
      g_usleep (i * 10000);
      till_camera_stop (watch->camera);
      camera_wait_closed ();
      while (g_main_context_iteration (NULL, FALSE))
        ;
      g_assert_cmpuint (watch->shown + watch->started + watch->ended, ==, 0);
      g_assert_no_error (watch->error);
    }
  unplug ();
}

static void
test_device_unknown (void)
{
  g_autoptr (CameraWatch) watch = NULL;

  if (!is_desk_there ())
    return;
  plug ();
  watch = camera_watch_new ("device:other");
  camera_watch_assert_fails (watch, TILL_ERROR_NOT_FOUND, CAMERA_NAME);
  unplug ();
}

static void
test_device_unplugged (void)
{
  g_autoptr (CameraWatch) watch = NULL;
  g_autoptr (CameraWatch) again = NULL;

  if (!is_desk_there ())
    return;
  plug ();
  watch = camera_watch_new ("device:" CAMERA_NAME);
  till_camera_start (watch->camera);
  camera_watch_run_to_frame (watch, 3);
  end_process (&desk.film);
  camera_watch_run_to_end (watch);
  g_assert_error (watch->error, TILL_ERROR, TILL_ERROR_UNAVAILABLE);
  g_assert_cmpuint (watch->ended, ==, 0);
  if (is_listed ())
    wait_until_listed (FALSE);

  plug ();
  again = camera_watch_new ("device:" CAMERA_NAME);
  till_camera_start (again->camera);
  camera_watch_run_to_frame (again, 3);
  unplug ();
}

/* Still there, but silent. */
static void
test_device_frozen (void)
{
  g_autoptr (CameraWatch) watch = NULL;

  if (!is_desk_there ())
    return;
  plug ();
  watch = camera_watch_new ("device:" CAMERA_NAME);
  till_camera_start (watch->camera);
  camera_watch_run_to_frame (watch, 3);
  g_subprocess_send_signal (desk.film, SIGSTOP);
  camera_watch_run_to_end (watch);
  g_assert_error (watch->error, TILL_ERROR, TILL_ERROR_UNAVAILABLE);
  g_assert_nonnull (strstr (watch->error->message, "stopped sending"));
  unplug ();
}

/* The last test: the daemon does not come back. */
static void
test_device_daemon_dies (void)
{
  g_autoptr (CameraWatch) watch = NULL;

  if (!is_desk_there ())
    return;
  plug ();
  watch = camera_watch_new ("device:" CAMERA_NAME);
  till_camera_start (watch->camera);
  camera_watch_run_to_frame (watch, 3);
  end_process (&desk.daemon);
  camera_watch_run_to_end (watch);
  g_assert_error (watch->error, TILL_ERROR, TILL_ERROR_UNAVAILABLE);
}

static gboolean
can_set_desk (void)
{
  static const char *const programs[] = { "pipewire", "wireplumber", "dbus-daemon" };
  g_autoptr (GstElementFactory) sink = gst_element_factory_find ("pipewiresink");
  g_autoptr (GstElementFactory) source = gst_element_factory_find ("pipewiresrc");
  gboolean can = sink != NULL && source != NULL;

  for (guint i = 0; i < G_N_ELEMENTS (programs); i++)
    {
      g_autofree char *found = g_find_program_in_path (programs[i]);

      can = can && found != NULL;
    }
  return can;
}

static void
set_desk (void)
{
  g_autofree char *socket = NULL;
  gint64 deadline = g_get_monotonic_time () + CAMERA_PATIENCE_US;

  desk.folder = camera_folder_new ();
  g_setenv ("XDG_RUNTIME_DIR", desk.folder, TRUE);
  g_setenv ("XDG_STATE_HOME", desk.folder, TRUE);
  g_setenv ("PIPEWIRE_RUNTIME_DIR", desk.folder, TRUE);
  desk.bus = g_test_dbus_new (G_TEST_DBUS_NONE);
  g_test_dbus_up (desk.bus);

  desk.daemon = spawn ("pipewire", NULL);
  socket = g_build_filename (desk.folder, "pipewire-0", NULL);
  while (!g_file_test (socket, G_FILE_TEST_EXISTS))
    {
      if (g_get_monotonic_time () > deadline)
        g_error ("PipeWire does not start");
      g_usleep (10000);
    }
  desk.session = spawn ("wireplumber", NULL);
}

static void
clear_desk (void)
{
  end_process (&desk.film);
  end_process (&desk.session);
  end_process (&desk.daemon);
  if (desk.bus != NULL)
    g_test_dbus_down (desk.bus);
  g_clear_object (&desk.bus);
  g_clear_pointer (&desk.folder, camera_folder_free);
  g_clear_pointer (&desk.program, g_free);
}

int
main (int argc, char **argv)
{
  int result;

  if (argc == 2 && g_str_equal (argv[1], ARGUMENT_FILM))
    return film ();
  if (argc == 2 && g_str_equal (argv[1], ARGUMENT_READ))
    return read_film ();
  g_test_init (&argc, &argv, NULL);
  g_log_set_handler ("GStreamer", G_LOG_LEVEL_CRITICAL | G_LOG_FLAG_FATAL, on_gst_critical, NULL);
  gst_init (NULL, NULL);
  desk.program = g_strdup (argv[0]);
  if (can_set_desk ())
    set_desk ();
  g_signal_connect (till_camera_devices_get (), "changed", G_CALLBACK (on_changed), NULL);

  g_test_add_func ("/device/none", test_device_none);
  g_test_add_func ("/device/films", test_device_films);
  g_test_add_func ("/device/again-at-once", test_device_again_at_once);
  g_test_add_func ("/device/stop-while-starting", test_device_stop_while_starting);
  g_test_add_func ("/device/unknown", test_device_unknown);
  g_test_add_func ("/device/unplugged", test_device_unplugged);
  g_test_add_func ("/device/frozen", test_device_frozen);
  g_test_add_func ("/device/daemon-dies", test_device_daemon_dies);

  result = g_test_run ();
  camera_wait_closed ();
  clear_desk ();
  return result;
}
