/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/till-error.h"
#include "camera-fixture.h"

#include <glib/gstdio.h>
#include <gst/gst.h>
#include <string.h>

static void
run_to_proper_end (CameraWatch *watch)
{
  camera_watch_start (watch);
  camera_watch_run_to_end (watch);
  g_assert_no_error (watch->error);
  g_assert_cmpuint (watch->ended, ==, 1);
}

static void
assert_same_picture (TillFrame *frame, GBytes *wanted, int width, int height)
{
  gsize size;
  const guint8 *pixels = g_bytes_get_data (wanted, &size);

  g_assert_cmpint (till_frame_get_width (frame), ==, width);
  g_assert_cmpint (till_frame_get_height (frame), ==, height);
  for (int row = 0; row < height; row++)
    g_assert_cmpint (memcmp (till_frame_get_pixels (frame) + (gsize) row * till_frame_get_stride (frame),
                             pixels + (gsize) row * (gsize) width * 3, (gsize) width * 3),
                     ==, 0);
}

static void
assert_segment_shows (const char *path, double start, double end, double seconds)
{
  g_autoptr (CameraWatch) watch = camera_watch_new_printf ("clip:%s@%.2f-%.2f", path, start, end);
  g_autoptr (GBytes) wanted = NULL;
  int width;
  int height;

  run_to_proper_end (watch);
  g_assert_cmpuint (till_camera_get_frame_count (watch->camera), ==, 1);
  wanted = camera_decode_at (path, seconds, &width, &height);
  assert_same_picture (watch->newest, wanted, width, height);
}

/* Every picture of the segment comes, and not before its time. */
static void
test_clip_own_rate (void)
{
  g_autofree char *path = camera_find_clip ("franck.webm");
  g_autoptr (CameraWatch) watch = NULL;

  if (path == NULL)
    return;
  watch = camera_watch_new_printf ("clip:%s@10-12", path);
  run_to_proper_end (watch);

  g_assert_cmpuint (watch->started, ==, 1);
  g_assert_cmpuint (till_camera_get_frame_count (watch->camera), ==, 50);
  g_assert_cmpuint (watch->serial, ==, 50);
  g_assert_cmpint (till_camera_get_start_delay_us (watch->camera), >=, 0);
  g_assert_cmpint (till_frame_get_width (watch->newest), ==, 360);
  g_assert_cmpint (till_frame_get_height (watch->newest), ==, 288);
  g_assert_cmpint (camera_watch_get_played_us (watch), >, 49 * 20000);
}

static void
test_clip_segment_start (void)
{
  g_autofree char *franck = camera_find_clip ("franck.webm");
  g_autofree char *cap12 = camera_find_clip ("cap12_edit.webm");

  if (franck == NULL || cap12 == NULL)
    return;
  assert_segment_shows (franck, 10, 10.04, 10);
  assert_segment_shows (franck, 81.92, 81.96, 81.92);
  assert_segment_shows (franck, 131.48, 131.52, 131.48);
  assert_segment_shows (cap12, 20.4, 20.44, 20.4);
  assert_segment_shows (franck, 0, 0.04, 0);
}

static void
test_clip_segment_to_the_end (void)
{
  g_autofree char *path = camera_find_clip ("franck.webm");
  g_autoptr (CameraWatch) open_end = NULL;
  g_autoptr (CameraWatch) late_end = NULL;

  if (path == NULL)
    return;
  open_end = camera_watch_new_printf ("clip:%s@199-", path);
  run_to_proper_end (open_end);
  g_assert_cmpuint (till_camera_get_frame_count (open_end->camera), ==, 23);

  late_end = camera_watch_new_printf ("clip:%s@199-1000", path);
  run_to_proper_end (late_end);
  g_assert_cmpuint (till_camera_get_frame_count (late_end->camera), ==, 23);
}

static void
test_clip_segment_behind_the_end (void)
{
  g_autofree char *path = camera_find_clip ("franck.webm");
  g_autoptr (CameraWatch) watch = NULL;

  if (path == NULL)
    return;
  watch = camera_watch_new_printf ("clip:%s@300-310", path);
  camera_watch_assert_fails (watch, TILL_ERROR_INVALID, "199.920");
}

/* Live WebM has no index and does not say how long it is: no seeking. */
static void
test_clip_without_index (void)
{
  g_autoptr (CameraFolder) folder = camera_folder_new ();
  g_autofree char *path = g_build_filename (folder, "live.webm", NULL);
  g_autoptr (CameraWatch) looped = NULL;
  g_autoptr (CameraWatch) behind = NULL;

  if (!camera_make_clip (
          "videotestsrc num-buffers=50 pattern=ball ! video/x-raw,width=160,height=120,framerate=25/1 "
          "! vp8enc deadline=1 ! webmmux streamable=true ! filesink location=\"%s\"",
          path))
    return;
  assert_segment_shows (path, 1.2, 1.24, 1.2);

  looped = camera_watch_new_printf ("clip:%s@1.8-,loop", path);
  till_camera_start (looped->camera);
  camera_watch_run_to_frame (looped, 12);

  behind = camera_watch_new_printf ("clip:%s@7-", path);
  camera_watch_assert_fails (behind, TILL_ERROR_INVALID, "2.000 s long");
}

/* A stream of JPEGs: no seeking at all, no length, and no times either. */
static void
test_clip_without_seeking (void)
{
  g_autoptr (CameraFolder) folder = camera_folder_new ();
  g_autofree char *path = g_build_filename (folder, "stream.mjpg", NULL);
  g_autoptr (CameraWatch) some = NULL;
  g_autoptr (CameraWatch) looped = NULL;
  g_autoptr (CameraWatch) behind = NULL;

  if (!camera_make_clip (
          "videotestsrc num-buffers=50 pattern=ball ! video/x-raw,width=160,height=120,framerate=25/1 "
          "! jpegenc ! multipartmux ! filesink location=\"%s\"",
          path))
    return;
  some = camera_watch_new_printf ("clip:%s@1.2-1.8", path);
  run_to_proper_end (some);
  g_assert_cmpuint (till_camera_get_frame_count (some->camera), ==, 15);

  looped = camera_watch_new_printf ("clip:%s@1.8-,loop", path);
  camera_watch_start (looped);
  camera_watch_run_to_frame (looped, 12);

  behind = camera_watch_new_printf ("clip:%s@7-", path);
  camera_watch_assert_fails (behind, TILL_ERROR_INVALID, "2.000 s long");
}

typedef struct
{
  GBytes *pictures[5];
  guint wrong;
  guint64 last_us;
  guint64 last_serial;
  gint64 longest_us;
} Loop;

static void
loop_on_frame (TillCamera *camera, TillFrame *frame, Loop *loop)
{
  guint64 serial = till_frame_get_serial (frame);
  g_autoptr (GBytes) bytes = till_frame_get_bytes (frame);
  gint64 now = till_frame_get_captured_us (frame);

  if (!g_bytes_equal (bytes, loop->pictures[(serial - 1) % G_N_ELEMENTS (loop->pictures)]))
    loop->wrong++;
  if (serial == loop->last_serial + 1 && loop->last_us != 0)
    loop->longest_us = MAX (loop->longest_us, now - (gint64) loop->last_us);
  loop->last_us = (guint64) now;
  loop->last_serial = serial;
}

static void
test_clip_loops_a_segment (void)
{
  g_autofree char *path = camera_find_clip ("franck.webm");
  g_autoptr (CameraWatch) watch = NULL;
  Loop loop = { 0 };

  if (path == NULL)
    return;
  for (guint i = 0; i < G_N_ELEMENTS (loop.pictures); i++)
    {
      int width;
      int height;

      loop.pictures[i] = camera_decode_at (path, 6 + 0.04 * i, &width, &height);
    }
  watch = camera_watch_new_printf ("clip:%s@6-6.2,loop", path);
  g_signal_connect (watch->camera, "frame", G_CALLBACK (loop_on_frame), &loop);
  till_camera_start (watch->camera);
  camera_watch_run_to_frame (watch, 33);
  till_camera_stop (watch->camera);

  g_test_message ("longest time between two pictures: %.1f ms", (double) loop.longest_us / 1000);
  g_assert_cmpuint (watch->ended, ==, 0);
  g_assert_cmpuint (loop.wrong, ==, 0);
  for (guint i = 0; i < G_N_ELEMENTS (loop.pictures); i++)
    g_bytes_unref (loop.pictures[i]);
}

/* Sound that lasts longer than the pictures neither stalls nor lengthens them. */
static void
test_clip_with_sound (void)
{
  g_autoptr (CameraFolder) folder = camera_folder_new ();
  g_autofree char *path = g_build_filename (folder, "sound.webm", NULL);
  g_autoptr (CameraWatch) watch = NULL;

  if (!camera_make_clip ("webmmux name=mux ! filesink location=\"%s\" "
                         "videotestsrc num-buffers=25 ! video/x-raw,width=160,height=120,framerate=25/1 "
                         "! vp8enc deadline=1 ! queue ! mux. "
                         "audiotestsrc num-buffers=400 ! audioconvert ! vorbisenc ! queue ! mux.",
                         path))
    return;
  watch = camera_watch_new_printf ("clip:%s", path);
  run_to_proper_end (watch);
  g_assert_cmpuint (till_camera_get_frame_count (watch->camera), ==, 25);
}

static void
test_clip_of_sound_alone (void)
{
  g_autoptr (CameraFolder) folder = camera_folder_new ();
  g_autofree char *path = g_build_filename (folder, "song.webm", NULL);
  g_autoptr (CameraWatch) watch = NULL;

  if (!camera_make_clip (
          "audiotestsrc num-buffers=50 ! audioconvert ! vorbisenc ! webmmux ! filesink location=\"%s\"",
          path))
    return;
  watch = camera_watch_new_printf ("clip:%s", path);
  camera_watch_assert_fails (watch, TILL_ERROR_INVALID, "no video in it");
}

static void
assert_size (const char *made_as, int width, int height)
{
  g_autoptr (CameraFolder) folder = camera_folder_new ();
  g_autofree char *path = g_build_filename (folder, "clip.mkv", NULL);
  g_autoptr (CameraWatch) watch = NULL;

  if (!camera_make_clip (
          "videotestsrc num-buffers=2 pattern=white ! video/x-raw,format=I420,framerate=25/1,%s "
          "! matroskamux ! filesink location=\"%s\"",
          made_as, path))
    return;
  watch = camera_watch_new_printf ("clip:%s", path);
  run_to_proper_end (watch);
  g_assert_cmpint (till_frame_get_width (watch->newest), ==, width);
  g_assert_cmpint (till_frame_get_height (watch->newest), ==, height);

  /* White to the last pixel: no borders, and rows that do not run into each other. */
  for (int row = 0; row < height; row++)
    for (int at = 0; at < width * 3; at++)
      g_assert_cmpuint (till_frame_get_pixels (
                            watch->newest)[(gsize) row * till_frame_get_stride (watch->newest) + (gsize) at],
                        >, 200);
}

static void
test_clip_sizes (void)
{
  assert_size ("width=320,height=240", 320, 240);
  assert_size ("width=321,height=243", 321, 243);
  assert_size ("width=1920,height=1080", 1280, 720);
  assert_size ("width=1600,height=1200", 960, 720);
  assert_size ("width=720,height=1280", 405, 720);
  assert_size ("width=320,height=240,pixel-aspect-ratio=4/3", 320, 180);
  assert_size ("width=320,height=240,pixel-aspect-ratio=1/2", 160, 240);
}

static void
assert_file_fails (const char *name, const char *bytes, gssize size, const char *words)
{
  g_autoptr (CameraFolder) folder = camera_folder_new ();
  g_autofree char *path = g_build_filename (folder, name, NULL);
  g_autoptr (CameraWatch) watch = NULL;

  g_assert_true (g_file_set_contents (path, bytes, size, NULL));
  watch = camera_watch_new_printf ("clip:%s", path);
  camera_watch_assert_fails (watch, TILL_ERROR_INVALID, words);
  g_assert_cmpuint (watch->started, ==, 0);
  g_assert_cmpuint (till_camera_get_frame_count (watch->camera), ==, 0);
  g_assert_cmpint (till_camera_get_start_delay_us (watch->camera), ==, -1);
}

static void
test_clip_broken_files (void)
{
  g_autofree char *path = camera_find_clip ("franck.webm");
  g_autofree char *bytes = NULL;
  gsize size;

  assert_file_fails ("empty.webm", "", 0, "empty.webm");
  assert_file_fails ("text.webm", "This is no video.\nIt is a few words.\n", -1, "text.webm");
  assert_file_fails ("zeros.mp4", "\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0", 16, "zeros.mp4");
  if (path == NULL)
    return;
  g_assert_true (g_file_get_contents (path, &bytes, &size, NULL));
  assert_file_fails ("head.webm", bytes, 40, "head.webm");
  assert_file_fails ("header.webm", bytes, 300, "header.webm");
  for (gsize i = 200; i < 4000; i++)
    bytes[i] = (char) (i * 37);
  assert_file_fails ("noise.webm", bytes, 100000, "noise.webm");
}

/* What is there is played; how it ends is up to the container. */
static void
test_clip_truncated (void)
{
  g_autofree char *path = camera_find_clip ("franck.webm");
  g_autoptr (CameraFolder) folder = camera_folder_new ();
  g_autofree char *cut = g_build_filename (folder, "cut.webm", NULL);
  g_autofree char *bytes = NULL;
  g_autoptr (CameraWatch) watch = NULL;
  gsize size;

  if (path == NULL)
    return;
  g_assert_true (g_file_get_contents (path, &bytes, &size, NULL));
  g_assert_true (g_file_set_contents (cut, bytes, 30000, NULL));
  watch = camera_watch_new_printf ("clip:%s", cut);
  till_camera_start (watch->camera);
  camera_watch_run_to_end (watch);

  g_test_message ("%u pictures, then %s", watch->shown,
                  watch->error == NULL ? "ended" : watch->error->message);
  g_assert_cmpuint (till_camera_get_frame_count (watch->camera), >, 5);
  if (watch->error != NULL)
    g_assert_error (watch->error, TILL_ERROR, TILL_ERROR_INVALID);
}

/* Bytes gone bad in the middle: pictures before and, where the container finds its feet again, after them. */
static void
test_clip_damaged_inside (void)
{
  g_autofree char *path = camera_find_clip ("franck.webm");
  g_autoptr (CameraFolder) folder = camera_folder_new ();
  g_autofree char *damaged = g_build_filename (folder, "damaged.webm", NULL);
  g_autofree char *bytes = NULL;
  g_autoptr (CameraWatch) watch = NULL;
  gsize size;

  if (path == NULL)
    return;
  g_assert_true (g_file_get_contents (path, &bytes, &size, NULL));
  for (gsize i = 30000; i < 50000; i++)
    bytes[i] = (char) g_test_rand_int ();
  g_assert_true (g_file_set_contents (damaged, bytes, 120000, NULL));
  watch = camera_watch_new_printf ("clip:%s", damaged);
  till_camera_start (watch->camera);
  camera_watch_run_to_end (watch);
  g_assert_cmpuint (till_camera_get_frame_count (watch->camera), >, 5);
}

static void
test_clip_gone_before_start (void)
{
  g_autoptr (CameraFolder) folder = camera_folder_new ();
  g_autofree char *path = g_build_filename (folder, "gone.webm", NULL);
  g_autoptr (CameraWatch) watch = NULL;

  g_assert_true (g_file_set_contents (path, "x", 1, NULL));
  watch = camera_watch_new_printf ("clip:%s", path);
  g_unlink (path);
  camera_watch_assert_fails (watch, TILL_ERROR_NOT_FOUND, "gone.webm");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  gst_init (NULL, NULL);

  g_test_add_func ("/clip/own-rate", test_clip_own_rate);
  g_test_add_func ("/clip/segment-start", test_clip_segment_start);
  g_test_add_func ("/clip/segment-to-the-end", test_clip_segment_to_the_end);
  g_test_add_func ("/clip/segment-behind-the-end", test_clip_segment_behind_the_end);
  g_test_add_func ("/clip/without-index", test_clip_without_index);
  g_test_add_func ("/clip/without-seeking", test_clip_without_seeking);
  g_test_add_func ("/clip/loops-a-segment", test_clip_loops_a_segment);
  g_test_add_func ("/clip/with-sound", test_clip_with_sound);
  g_test_add_func ("/clip/of-sound-alone", test_clip_of_sound_alone);
  g_test_add_func ("/clip/sizes", test_clip_sizes);
  g_test_add_func ("/clip/broken-files", test_clip_broken_files);
  g_test_add_func ("/clip/truncated", test_clip_truncated);
  g_test_add_func ("/clip/damaged-inside", test_clip_damaged_inside);
  g_test_add_func ("/clip/gone-before-start", test_clip_gone_before_start);

  int result = g_test_run ();
  camera_wait_closed ();
  return result;
}
