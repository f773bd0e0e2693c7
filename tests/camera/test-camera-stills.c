/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/till-error.h"
#include "camera-fixture.h"

#include <glib/gstdio.h>
#include <gst/gst.h>
#include <string.h>

static gboolean
make_still (
    const char *folder, const char *name, const char *encoder, int width, int height, const char *pattern)
{
  return camera_make_clip (
      "videotestsrc num-buffers=1 pattern=%s ! video/x-raw,width=%d,height=%d ! videoconvert ! %s "
      "! filesink location=\"%s/%s\"",
      pattern, width, height, encoder, folder, name);
}

static void
test_still_goes_on (void)
{
  g_autofree char *path = camera_find_clip ("grace_hopper.jpg");
  g_autoptr (CameraWatch) watch = NULL;

  if (path == NULL)
    return;
  watch = camera_watch_new_printf ("clip:%s", path);
  camera_watch_start (watch);
  camera_watch_run_to_frame (watch, 30);

  g_assert_cmpuint (watch->ended, ==, 0);
  g_assert_true (till_camera_is_running (watch->camera));
  g_assert_cmpint (till_frame_get_width (watch->newest), ==, 512);
  g_assert_cmpint (till_frame_get_height (watch->newest), ==, 600);
  g_assert_cmpint (memcmp (till_frame_get_pixels (watch->first), till_frame_get_pixels (watch->newest),
                           600 * till_frame_get_stride (watch->first)),
                   ==, 0);
  g_assert_cmpint (camera_watch_get_played_us (watch), >, (gint64) (watch->serial - 1) * 20000);
}

static void
test_still_png_scaled (void)
{
  g_autoptr (CameraFolder) folder = camera_folder_new ();
  g_autoptr (CameraWatch) watch = NULL;

  if (!make_still (folder, "big.png", "pngenc", 2000, 500, "white"))
    return;
  watch = camera_watch_new_printf ("clip:%s/big.png", folder);
  till_camera_start (watch->camera);
  camera_watch_run_to_frame (watch, 2);
  g_assert_cmpint (till_frame_get_width (watch->newest), ==, 1280);
  g_assert_cmpint (till_frame_get_height (watch->newest), ==, 320);
}

/* Puts the tag a camera held on its side writes behind a JPEG's first two bytes. */
static void
turn_still (const char *path, guint8 orientation)
{
  const guint8 tag[] = {
    0xff, 0xe1,        0,   34,              /* APP1 */
    'E',  'x',         'i', 'f', 0, 0,       /* */
    'M',  'M',         0,   42,  0, 0, 0, 8, /* TIFF, big-endian, first directory at 8 */
    0,    1,                                 /* one entry: */
    0x01, 0x12,        0,   3,   0, 0, 0, 1, /* orientation, one short */
    0,    orientation, 0,   0,               /* */
    0,    0,           0,   0,               /* no more directories */
  };
  g_autofree char *bytes = NULL;
  g_autoptr (GByteArray) turned = g_byte_array_new ();
  gsize size;

  g_assert_true (g_file_get_contents (path, &bytes, &size, NULL));
  g_byte_array_append (turned, (const guint8 *) bytes, 2);
  g_byte_array_append (turned, tag, sizeof tag);
  g_byte_array_append (turned, (const guint8 *) bytes + 2, (guint) size - 2);
  g_assert_true (g_file_set_contents (path, (const char *) turned->data, (gssize) turned->len, NULL));
}

static void
test_still_the_right_way_up (void)
{
  g_autoptr (CameraFolder) folder = camera_folder_new ();
  g_autofree char *path = g_build_filename (folder, "side.jpg", NULL);
  g_autoptr (GstElementFactory) parser = gst_element_factory_find ("jpegparse");
  g_autoptr (CameraWatch) watch = NULL;

  if (parser == NULL)
    {
      g_test_skip ("GStreamer's jpegparse is not installed");
      return;
    }
  if (!make_still (folder, "side.jpg", "jpegenc", 320, 240, "smpte"))
    return;
  turn_still (path, 6);
  watch = camera_watch_new_printf ("clip:%s", path);
  till_camera_start (watch->camera);
  camera_watch_run_to_frame (watch, 1);
  g_assert_cmpint (till_frame_get_width (watch->newest), ==, 240);
  g_assert_cmpint (till_frame_get_height (watch->newest), ==, 320);
}

static void
test_still_broken (void)
{
  g_autofree char *path = camera_find_clip ("astronaut.png");
  g_autoptr (CameraFolder) folder = camera_folder_new ();
  g_autofree char *cut = g_build_filename (folder, "cut.png", NULL);
  g_autofree char *bytes = NULL;
  g_autoptr (CameraWatch) watch = NULL;
  gsize size;

  if (path == NULL)
    return;
  g_assert_true (g_file_get_contents (path, &bytes, &size, NULL));
  g_assert_true (g_file_set_contents (cut, bytes, 100, NULL));
  watch = camera_watch_new_printf ("clip:%s", cut);
  camera_watch_assert_fails (watch, TILL_ERROR_INVALID, "cut.png");
}

/* Black, white, black in the order of their names, one second each. */
static void
folder_on_frame (TillCamera *camera, TillFrame *frame, GByteArray *seen)
{
  guint index = (guint) (till_frame_get_serial (frame) - 1) / 25;
  guint8 bright = till_frame_get_pixels (frame)[0] > 128;

  g_assert_cmpuint (index, <, seen->len);
  seen->data[index] = bright;
}

static void
test_folder_in_order (void)
{
  g_autoptr (CameraFolder) folder = camera_folder_new ();
  g_autoptr (GByteArray) seen = g_byte_array_new ();
  g_autofree char *notes = g_build_filename (folder, "notes.txt", NULL);
  g_autoptr (CameraWatch) watch = NULL;

  if (!make_still (folder, "10.png", "pngenc", 64, 48, "black")
      || !make_still (folder, "9.jpg", "jpegenc", 64, 48, "white")
      || !make_still (folder, "1.png", "pngenc", 64, 48, "black"))
    return;
  g_assert_true (g_file_set_contents (notes, "Not a picture", -1, NULL));
  g_byte_array_set_size (seen, 3);
  memset (seen->data, 9, 3);

  g_test_expect_message ("till-camera", G_LOG_LEVEL_WARNING, "*notes.txt*");
  watch = camera_watch_new_printf ("clip:%s", folder);
  g_signal_connect (watch->camera, "frame", G_CALLBACK (folder_on_frame), seen);
  till_camera_start (watch->camera);
  camera_watch_run_to_end (watch);
  g_test_assert_expected_messages ();

  g_assert_no_error (watch->error);
  g_assert_cmpuint (till_camera_get_frame_count (watch->camera), ==, 75);
  g_assert_cmpuint (seen->data[0], ==, FALSE);
  g_assert_cmpuint (seen->data[1], ==, TRUE);
  g_assert_cmpuint (seen->data[2], ==, FALSE);
}

static void
test_folder_loops (void)
{
  g_autoptr (CameraFolder) folder = camera_folder_new ();
  g_autoptr (CameraWatch) watch = NULL;

  if (!make_still (folder, "a.png", "pngenc", 64, 48, "white"))
    return;
  watch = camera_watch_new_printf ("clip:%s,loop", folder);
  till_camera_start (watch->camera);
  camera_watch_run_to_frame (watch, 30);
  g_assert_cmpuint (till_camera_get_frame_count (watch->camera), >, 25);
}

static void
test_folder_without_pictures (void)
{
  g_autoptr (CameraFolder) folder = camera_folder_new ();
  g_autofree char *notes = g_build_filename (folder, "notes.txt", NULL);
  g_autoptr (CameraWatch) watch = NULL;

  g_assert_true (g_file_set_contents (notes, "Not a picture", -1, NULL));
  g_test_expect_message ("till-camera", G_LOG_LEVEL_WARNING, "*notes.txt*");
  watch = camera_watch_new_printf ("clip:%s", folder);
  camera_watch_assert_fails (watch, TILL_ERROR_INVALID, "no picture");
  g_test_assert_expected_messages ();
}

/* Looks like a picture, is none: the good one beside it is shown, alone it is an error. */
static void
test_folder_with_broken_pictures (void)
{
  g_autoptr (CameraFolder) folder = camera_folder_new ();
  g_autofree char *broken = g_build_filename (folder, "a.png", NULL);
  g_autofree char *good = g_build_filename (folder, "b.png", NULL);
  g_autoptr (CameraWatch) mixed = NULL;
  g_autoptr (CameraWatch) alone = NULL;

  if (!make_still (folder, "b.png", "pngenc", 64, 48, "white"))
    return;
  g_assert_true (g_file_set_contents (broken, "\x89PNG\r\n\x1a\n and then nothing of use", -1, NULL));
  g_test_expect_message ("till-camera", G_LOG_LEVEL_WARNING, "*a.png*");
  mixed = camera_watch_new_printf ("clip:%s", folder);
  till_camera_start (mixed->camera);
  camera_watch_run_to_end (mixed);
  g_test_assert_expected_messages ();
  g_assert_no_error (mixed->error);
  g_assert_cmpuint (till_camera_get_frame_count (mixed->camera), ==, 25);

  g_unlink (good);
  g_test_expect_message ("till-camera", G_LOG_LEVEL_WARNING, "*a.png*");
  alone = camera_watch_new_printf ("clip:%s,loop", folder);
  camera_watch_assert_fails (alone, TILL_ERROR_INVALID, "a.png");
  g_test_assert_expected_messages ();
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  gst_init (NULL, NULL);

  g_test_add_func ("/still/goes-on", test_still_goes_on);
  g_test_add_func ("/still/png-scaled", test_still_png_scaled);
  g_test_add_func ("/still/the-right-way-up", test_still_the_right_way_up);
  g_test_add_func ("/still/broken", test_still_broken);
  g_test_add_func ("/folder/in-order", test_folder_in_order);
  g_test_add_func ("/folder/loops", test_folder_loops);
  g_test_add_func ("/folder/without-pictures", test_folder_without_pictures);
  g_test_add_func ("/folder/with-broken-pictures", test_folder_with_broken_pictures);

  int result = g_test_run ();
  camera_wait_closed ();
  return result;
}
