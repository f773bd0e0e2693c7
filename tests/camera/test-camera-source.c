/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/till-error.h"
#include "camera-fixture.h"

#include <glib/gstdio.h>
#include <math.h>
#include <sys/stat.h>

#define PNG_HEAD "\x89PNG\r\n\x1a\n...."

static void
write_file (const char *folder, const char *name, const char *bytes, gssize size)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *path = g_build_filename (folder, name, NULL);

  g_file_set_contents (path, bytes, size, &error);
  g_assert_no_error (error);
}

static TillCameraSource *
parse (const char *format, const char *folder)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *spec = g_strconcat ("clip:", folder, "/", format, NULL);
  TillCameraSource *source = till_camera_source_parse (spec, &error);

  g_assert_no_error (error);
  return source;
}

static void
assert_seconds (double seconds, double wanted)
{
  g_assert_cmpfloat_with_epsilon (seconds, wanted, 1e-9);
}

/* It reads back to the same. */
static void
assert_round_trip (const TillCameraSource *source)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *words = till_camera_source_to_string (source);
  g_autoptr (TillCameraSource) again = till_camera_source_parse (words, &error);

  g_assert_no_error (error);
  g_assert_cmpint (till_camera_source_get_kind (again), ==, till_camera_source_get_kind (source));
  g_assert_cmpstr (till_camera_source_get_path (again), ==, till_camera_source_get_path (source));
  g_assert_cmpstr (till_camera_source_get_device (again), ==, till_camera_source_get_device (source));
  assert_seconds (till_camera_source_get_start (again), till_camera_source_get_start (source));
  assert_seconds (till_camera_source_get_end (again), till_camera_source_get_end (source));
  g_assert_cmpint (till_camera_source_get_loop (again), ==, till_camera_source_get_loop (source));
}

static void
test_source_device (void)
{
  g_autoptr (TillCameraSource) first = till_camera_source_parse ("device", NULL);
  g_autoptr (TillCameraSource) named = till_camera_source_parse ("device:a:b@1-2,loop", NULL);

  g_assert_cmpint (till_camera_source_get_kind (first), ==, TILL_CAMERA_SOURCE_DEVICE);
  g_assert_null (till_camera_source_get_device (first));
  g_assert_null (till_camera_source_get_path (first));
  g_assert_cmpstr (till_camera_source_get_device (named), ==, "a:b@1-2,loop");
  g_assert_false (till_camera_source_get_loop (named));
  assert_round_trip (first);
  assert_round_trip (named);
}

static void
test_source_clip_forms (void)
{
  static const struct
  {
    const char *words;
    const char *name;
    double start;
    double end;
    gboolean loop;
  } forms[] = {
    { "a.webm", "a.webm", 0, -1, FALSE },
    { "a.webm,loop", "a.webm", 0, -1, TRUE },
    { "a.webm@3-5", "a.webm", 3, 5, FALSE },
    { "a.webm@3.25-5.125", "a.webm", 3.25, 5.125, FALSE },
    { "a.webm@3-", "a.webm", 3, -1, FALSE },
    { "a.webm@0-", "a.webm", 0, -1, FALSE },
    { "a.webm@0-0.5,loop", "a.webm", 0, 0.5, TRUE },
    { "a.webm@12.5-,loop", "a.webm", 12.5, -1, TRUE },
    { "me@home, again.webm", "me@home, again.webm", 0, -1, FALSE },
    { "me@home, again.webm@1-2,loop", "me@home, again.webm", 1, 2, TRUE },
    { "b@1-2", "b", 1, 2, FALSE },
    { "b@1-2@0-", "b@1-2", 0, -1, FALSE },
    { "b@1-2@3-4", "b@1-2", 3, 4, FALSE },
    { "c,loop,loop", "c,loop", 0, -1, TRUE },
    { "c,loop@0-", "c,loop", 0, -1, FALSE },
    { "d@1-x", "d@1-x", 0, -1, FALSE },
    { "d@-3", "d@-3", 0, -1, FALSE },
    { "d@1e3-", "d@1e3-", 0, -1, FALSE },
    { "d@99999999999-", "d@99999999999-", 0, -1, FALSE },
    { "d@1.-2", "d@1.-2", 0, -1, FALSE },
  };
  g_autoptr (CameraFolder) folder = camera_folder_new ();

  write_file (folder, "b", "x", 1);
  for (guint i = 0; i < G_N_ELEMENTS (forms); i++)
    write_file (folder, forms[i].name, "x", 1);
  for (guint i = 0; i < G_N_ELEMENTS (forms); i++)
    {
      g_autoptr (TillCameraSource) source = parse (forms[i].words, folder);
      g_autofree char *path = g_build_filename (folder, forms[i].name, NULL);

      g_assert_cmpint (till_camera_source_get_kind (source), ==, TILL_CAMERA_SOURCE_CLIP);
      g_assert_cmpstr (till_camera_source_get_path (source), ==, path);
      assert_seconds (till_camera_source_get_start (source), forms[i].start);
      assert_seconds (till_camera_source_get_end (source), forms[i].end);
      g_assert_cmpint (till_camera_source_get_loop (source), ==, forms[i].loop);
      assert_round_trip (source);
    }
}

static void
test_source_stills (void)
{
  g_autoptr (CameraFolder) folder = camera_folder_new ();
  g_autoptr (TillCameraSource) whole = NULL;
  g_autoptr (TillCameraSource) looped = NULL;
  g_autoptr (TillCameraSource) still = NULL;

  write_file (folder, "no-suffix", PNG_HEAD, sizeof PNG_HEAD);
  whole = parse ("", folder);
  looped = parse (",loop", folder);
  still = parse ("no-suffix", folder);

  g_assert_cmpint (till_camera_source_get_kind (whole), ==, TILL_CAMERA_SOURCE_STILLS);
  g_assert_cmpint (till_camera_source_get_kind (looped), ==, TILL_CAMERA_SOURCE_STILLS);
  g_assert_true (till_camera_source_get_loop (looped));
  g_assert_cmpint (till_camera_source_get_kind (still), ==, TILL_CAMERA_SOURCE_STILLS);
  assert_round_trip (whole);
  assert_round_trip (looped);
  assert_round_trip (still);
}

static void
assert_refused (const char *spec, int code, const char *words)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (till_camera_source_parse (spec, &error));
  g_assert_error (error, TILL_ERROR, code);
  g_test_message ("%s", error->message);
  if (strstr (error->message, words) == NULL)
    g_error ("“%s” does not say “%s”", error->message, words);
}

static void
test_source_bad_words (void)
{
  static const char *const bad[]
      = { "", "devices", "device:", "Device", "clip", "file:x", "/dev/video0", "loop" };

  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    assert_refused (bad[i], TILL_ERROR_INVALID, "clip:PATH");
  assert_refused ("clip:", TILL_ERROR_INVALID, "names no file");
  assert_refused ("clip:,loop", TILL_ERROR_INVALID, "names no file");
  assert_refused ("clip:@1-2", TILL_ERROR_INVALID, "names no file");
}

static void
test_source_bad_paths (void)
{
  g_autoptr (CameraFolder) folder = camera_folder_new ();
  g_autofree char *missing = g_strdup_printf ("clip:%s/none.webm", folder);
  g_autofree char *below = g_strdup_printf ("clip:%s/file/none.webm", folder);
  g_autofree char *hinted = g_strdup_printf ("clip:%s/file@5", folder);
  g_autofree char *empty = g_strdup_printf ("clip:%s", folder);
  g_autofree char *pipe = g_strdup_printf ("clip:%s/pipe", folder);

  assert_refused (empty, TILL_ERROR_NOT_FOUND, "empty");
  write_file (folder, "file", "x", 1);
  assert_refused (missing, TILL_ERROR_NOT_FOUND, "none.webm");
  assert_refused (below, TILL_ERROR_NOT_FOUND, "none.webm");
  assert_refused (hinted, TILL_ERROR_NOT_FOUND, "@START-END");
  g_assert_cmpint (mkfifo (pipe + strlen ("clip:"), 0600), ==, 0);
  assert_refused (pipe, TILL_ERROR_INVALID, "neither a file nor a folder");
}

static void
test_source_bad_segments (void)
{
  g_autoptr (CameraFolder) folder = camera_folder_new ();
  g_autofree char *backwards = g_strdup_printf ("clip:%s/clip@5-3", folder);
  g_autofree char *nothing = g_strdup_printf ("clip:%s/clip@5-5,loop", folder);
  g_autofree char *still = g_strdup_printf ("clip:%s/still@1-2", folder);
  g_autofree char *stills = g_strdup_printf ("clip:%s@1-2", folder);

  write_file (folder, "clip", "x", 1);
  write_file (folder, "still", PNG_HEAD, sizeof PNG_HEAD);
  assert_refused (backwards, TILL_ERROR_INVALID, "ends before it starts");
  assert_refused (nothing, TILL_ERROR_INVALID, "ends before it starts");
  assert_refused (still, TILL_ERROR_INVALID, "only a video file");
  assert_refused (stills, TILL_ERROR_INVALID, "only a video file");
}

/* Whatever is typed, it is read or refused, and what is read can be written and read again. */
static void
test_source_any_words (void)
{
  static const char alphabet[] = "ab@-,.0159:/loop";
  g_autoptr (CameraFolder) folder = camera_folder_new ();

  write_file (folder, "a", "x", 1);
  write_file (folder, "a@1-5", "x", 1);
  write_file (folder, "b,loop", "x", 1);
  for (guint i = 0; i < 20000; i++)
    {
      g_autoptr (GString) words = g_string_new ("clip:");
      g_autoptr (GError) error = NULL;
      g_autoptr (TillCameraSource) source = NULL;
      int length = g_test_rand_int_range (0, 10);

      g_string_append_printf (words, "%s/%s", folder, g_test_rand_bit () ? "a" : "b,loop");
      for (int at = 0; at < length; at++)
        g_string_append_c (words, alphabet[g_test_rand_int_range (0, sizeof alphabet - 1)]);
      source = till_camera_source_parse (words->str, &error);
      g_assert_true ((source == NULL) == (error != NULL));
      if (source != NULL)
        assert_round_trip (source);
      else
        g_assert_true (error->domain == TILL_ERROR);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/source/device", test_source_device);
  g_test_add_func ("/source/clip-forms", test_source_clip_forms);
  g_test_add_func ("/source/stills", test_source_stills);
  g_test_add_func ("/source/bad-words", test_source_bad_words);
  g_test_add_func ("/source/bad-paths", test_source_bad_paths);
  g_test_add_func ("/source/bad-segments", test_source_bad_segments);
  g_test_add_func ("/source/any-words", test_source_any_words);
  return g_test_run ();
}
