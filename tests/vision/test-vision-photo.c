/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/till-error.h"
#include "vision-fixture.h"

#include <gdk-pixbuf/gdk-pixbuf.h>
#include <glib/gstdio.h>
#include <string.h>

typedef struct
{
  char *folder;
  char *path;
} Place;

static void
place_set_up (Place *place, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  place->folder = g_dir_make_tmp ("till-photo-XXXXXX", &error);
  g_assert_no_error (error);
  place->path = g_build_filename (place->folder, "photo", NULL);
}

static void
place_tear_down (Place *place, gconstpointer data)
{
  g_remove (place->path);
  g_assert_cmpint (g_rmdir (place->folder), ==, 0);
  g_free (place->path);
  g_free (place->folder);
}

static void
write_bytes (Place *place, const void *bytes, gsize size)
{
  g_autoptr (GError) error = NULL;

  g_file_set_contents (place->path, bytes, (gssize) size, &error);
  g_assert_no_error (error);
}

static void
read_portrait (const char *file, char **bytes, gsize *size)
{
  g_autofree char *path = vision_fixture_path (file);
  g_autoptr (GError) error = NULL;

  g_file_get_contents (path, bytes, size, &error);
  g_assert_no_error (error);
}

static TillFrame *
read_photo (Place *place)
{
  g_autoptr (GError) error = NULL;
  TillFrame *frame = till_vision_read_photo (place->path, &error);

  g_assert_no_error (error);
  g_assert_nonnull (frame);
  return frame;
}

static void
assert_refused (const char *path, TillError code)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (till_vision_read_photo (path, &error));
  g_assert_error (error, TILL_ERROR, (int) code);
  g_test_message ("%s", error->message);
  g_assert_nonnull (strstr (error->message, path));
}

static void
assert_pixel (TillFrame *frame, int x, int y, int blue, int green, int red)
{
  const guint8 *pixel
      = till_frame_get_pixels (frame) + (gsize) y * till_frame_get_stride (frame) + (gsize) x * 3;

  g_assert_cmpint (pixel[0], ==, blue);
  g_assert_cmpint (pixel[1], ==, green);
  g_assert_cmpint (pixel[2], ==, red);
}

static void
save_png (Place *place, GdkPixbuf *pixbuf)
{
  g_autoptr (GError) error = NULL;

  gdk_pixbuf_save (pixbuf, place->path, "png", &error, NULL);
  g_assert_no_error (error);
}

static void
test_colours (Place *place, gconstpointer alpha)
{
  g_autoptr (GdkPixbuf) pixbuf = gdk_pixbuf_new (GDK_COLORSPACE_RGB, alpha != NULL, 8, 5, 3);
  guint8 *pixels = gdk_pixbuf_get_pixels (pixbuf);
  int channels = gdk_pixbuf_get_n_channels (pixbuf);
  g_autoptr (TillFrame) frame = NULL;

  gdk_pixbuf_fill (pixbuf, 0x10203040);
  memcpy (pixels + 2 * gdk_pixbuf_get_rowstride (pixbuf) + 4 * channels, "\xC8\x64\x32", 3);
  save_png (place, pixbuf);

  frame = read_photo (place);
  g_assert_cmpint (till_frame_get_width (frame), ==, 5);
  g_assert_cmpint (till_frame_get_height (frame), ==, 3);
  assert_pixel (frame, 0, 0, 0x30, 0x20, 0x10);
  assert_pixel (frame, 3, 2, 0x30, 0x20, 0x10);
  assert_pixel (frame, 4, 2, 50, 100, 200);
}

static void
test_portraits (void)
{
  g_autoptr (TillFrame) png = vision_fixture_portrait ("astronaut.png");
  g_autoptr (TillFrame) jpeg = vision_fixture_portrait ("grace_hopper.jpg");

  g_assert_cmpint (till_frame_get_width (png), ==, 512);
  g_assert_cmpint (till_frame_get_height (png), ==, 512);
  g_assert_cmpint (till_frame_get_width (jpeg), ==, 512);
  g_assert_cmpint (till_frame_get_height (jpeg), ==, 600);
}

/* The portrait's file with an EXIF that says how the camera was held. */
static void
write_held (Place *place, guint8 orientation)
{
  guint8 exif[]
      = { 0xFF, 0xE1, 0, 34, 'E', 'x', 'i', 'f', 0, 0,           'M', 'M', 0, 42, 0, 0, 0, 8, /* header */
          0,    1,                                                                            /* one entry */
          1,    0x12, 0, 3,  0,   0,   0,   1,   0, orientation, 0,   0, /* orientation, short */
          0,    0,    0, 0 };
  g_autofree char *bytes = NULL;
  g_autoptr (GByteArray) held = g_byte_array_new ();
  gsize size;

  read_portrait ("grace_hopper.jpg", &bytes, &size);
  g_byte_array_append (held, (const guint8 *) bytes, 2);
  g_byte_array_append (held, exif, sizeof exif);
  g_byte_array_append (held, (const guint8 *) bytes + 2, (guint) size - 2);
  write_bytes (place, held->data, held->len);
}

/* Rotated right by orientation 6: the stored top row is the shown right column. */
static void
test_exif (Place *place, gconstpointer data)
{
  g_autoptr (TillFrame) stored = vision_fixture_portrait ("grace_hopper.jpg");
  g_autoptr (TillFrame) upright = NULL;
  g_autoptr (TillFrame) held = NULL;

  write_held (place, 1);
  upright = read_photo (place);
  g_assert_cmpint (till_frame_get_width (upright), ==, till_frame_get_width (stored));

  write_held (place, 6);
  held = read_photo (place);
  g_assert_cmpint (till_frame_get_width (held), ==, till_frame_get_height (stored));
  g_assert_cmpint (till_frame_get_height (held), ==, till_frame_get_width (stored));
  for (int x = 0; x < till_frame_get_width (stored); x += 100)
    {
      const guint8 *pixel = till_frame_get_pixels (stored) + (gsize) x * 3;

      assert_pixel (held, till_frame_get_width (held) - 1, x, pixel[0], pixel[1], pixel[2]);
    }
}

static void
test_missing (Place *place, gconstpointer data)
{
  assert_refused (place->path, TILL_ERROR_NOT_FOUND);
}

static void
test_no_image (Place *place, gconstpointer data)
{
  write_bytes (place, "Not a photograph at all.\n", 25);
  assert_refused (place->path, TILL_ERROR_INVALID);
  write_bytes (place, "", 0);
  assert_refused (place->path, TILL_ERROR_INVALID);
  assert_refused (place->folder, TILL_ERROR_INVALID);
  assert_refused ("/dev/zero", TILL_ERROR_INVALID);
}

static void
test_cut_short (Place *place, gconstpointer file)
{
  g_autofree char *bytes = NULL;
  gsize size;

  read_portrait (file, &bytes, &size);
  write_bytes (place, bytes, size / 2);
  assert_refused (place->path, TILL_ERROR_INVALID);
  write_bytes (place, bytes, 20);
  assert_refused (place->path, TILL_ERROR_INVALID);
}

/* Cameras append films and maps to their photographs; those may hold any bytes. */
static void
test_bytes_behind_the_end (Place *place, gconstpointer data)
{
  g_autofree char *bytes = NULL;
  g_autofree char *longer = NULL;
  g_autoptr (TillFrame) frame = NULL;
  gsize size;

  read_portrait ("grace_hopper.jpg", &bytes, &size);
  longer = g_malloc0 (size + 4);
  memcpy (longer, bytes, size);
  memcpy (longer + size, "\xFF\xDA\x7F", 3);
  write_bytes (place, longer, size + 4);
  frame = read_photo (place);
  g_assert_cmpint (till_frame_get_width (frame), ==, 512);
}

static void
test_too_large (Place *place, gconstpointer data)
{
  g_autoptr (GdkPixbuf) widest = gdk_pixbuf_new (GDK_COLORSPACE_RGB, FALSE, 8, 16384, 1);
  g_autoptr (GdkPixbuf) wide = gdk_pixbuf_new (GDK_COLORSPACE_RGB, FALSE, 8, 16385, 1);
  g_autoptr (GdkPixbuf) tall = gdk_pixbuf_new (GDK_COLORSPACE_RGB, FALSE, 8, 1, 16385);
  g_autoptr (TillFrame) frame = NULL;

  gdk_pixbuf_fill (widest, 0);
  gdk_pixbuf_fill (wide, 0);
  gdk_pixbuf_fill (tall, 0);
  save_png (place, widest);
  frame = read_photo (place);
  g_assert_cmpint (till_frame_get_width (frame), ==, 16384);

  save_png (place, wide);
  assert_refused (place->path, TILL_ERROR_INVALID);
  save_png (place, tall);
  assert_refused (place->path, TILL_ERROR_INVALID);
}

#define ADD(name, data, function)                                                                            \
  g_test_add ("/vision/photo/" name, Place, data, place_set_up, function, place_tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("colours", NULL, test_colours);
  ADD ("colours-with-alpha", "alpha", test_colours);
  g_test_add_func ("/vision/photo/portraits", test_portraits);
  ADD ("exif", NULL, test_exif);
  ADD ("missing", NULL, test_missing);
  ADD ("no-image", NULL, test_no_image);
  ADD ("cut-short-png", "astronaut.png", test_cut_short);
  ADD ("cut-short-jpeg", "grace_hopper.jpg", test_cut_short);
  ADD ("bytes-behind-the-end", NULL, test_bytes_behind_the_end);
  ADD ("too-large", NULL, test_too_large);
  return g_test_run ();
}
