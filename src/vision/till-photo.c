/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * By GdkPixbuf rather than OpenCV's imgcodecs: it tells a picture's size before it decodes it, and imgcodecs brings
 * 120 more libraries (100 ms and 40 MB at every start of every program) with it.
 */
#include "base/till-error.h"
#include "vision/till-jpeg.h"
#include "vision/till-vision.h"

#include <gdk-pixbuf/gdk-pixbuf.h>
#include <string.h>

#define TILL_PHOTO_LONGEST_SIDE 16384

/* The decoder's copy shows a person too. */
static void
till_photo_wipe (GdkPixbuf *pixbuf)
{
  explicit_bzero (gdk_pixbuf_get_pixels (pixbuf), gdk_pixbuf_get_byte_length (pixbuf));
}

/* TRUE also for what can't be read: decoding says why. */
static gboolean
till_photo_is_whole (const char *path, GdkPixbufFormat *format)
{
  g_autofree char *name = gdk_pixbuf_format_get_name (format);
  g_autoptr (GMappedFile) file = NULL;

  if (!g_str_equal (name, "jpeg"))
    return TRUE;
  file = g_mapped_file_new (path, FALSE, NULL);
  return file == NULL
         || till_jpeg_is_whole ((const guint8 *) g_mapped_file_get_contents (file),
                                g_mapped_file_get_length (file));
}

static gboolean
till_photo_check (const char *path, GError **error)
{
  GdkPixbufFormat *format;
  int width;
  int height;

  if (!g_file_test (path, G_FILE_TEST_EXISTS))
    {
      g_set_error (error, TILL_ERROR, TILL_ERROR_NOT_FOUND, "There is no photograph %s; check the name",
                   path);
      return FALSE;
    }
  /* A device or a pipe might never end. */
  if (!g_file_test (path, G_FILE_TEST_IS_REGULAR))
    {
      g_set_error (error, TILL_ERROR, TILL_ERROR_INVALID, "%s is no file; name a photograph", path);
      return FALSE;
    }
  format = gdk_pixbuf_get_file_info (path, &width, &height);
  if (format == NULL)
    {
      g_set_error (error, TILL_ERROR, TILL_ERROR_INVALID,
                   "%s is no photograph this till can read; use JPEG or PNG", path);
      return FALSE;
    }
  if (width > TILL_PHOTO_LONGEST_SIDE || height > TILL_PHOTO_LONGEST_SIDE)
    {
      g_set_error (error, TILL_ERROR, TILL_ERROR_INVALID,
                   "%s is %d by %d pixels; make it smaller than %d a side", path, width, height,
                   TILL_PHOTO_LONGEST_SIDE);
      return FALSE;
    }
  if (!till_photo_is_whole (path, format))
    {
      g_set_error (error, TILL_ERROR, TILL_ERROR_INVALID, "%s is cut short; copy the photograph anew", path);
      return FALSE;
    }
  return TRUE;
}

/* (transfer full) */
static GdkPixbuf *
till_photo_decode (const char *path, GError **error)
{
  g_autoptr (GError) reason = NULL;
  g_autoptr (GdkPixbuf) stored = gdk_pixbuf_new_from_file (path, &reason);
  GdkPixbuf *upright;

  if (stored == NULL)
    {
      g_set_error (error, TILL_ERROR, TILL_ERROR_INVALID,
                   "%s can't be decoded: %s; use a photograph that opens elsewhere", path, reason->message);
      return NULL;
    }
  upright = gdk_pixbuf_apply_embedded_orientation (stored);
  if (upright == NULL)
    g_set_error (error, TILL_ERROR, TILL_ERROR_UNAVAILABLE, "No memory to turn %s upright", path);
  if (upright != stored)
    till_photo_wipe (stored);
  return upright;
}

/* In place, so that there is one copy less to wipe. Transparency is ignored. */
static void
till_photo_turn_rgb_to_bgr (guint8 *pixels, int width, int height, gsize stride, int channels)
{
  for (int y = 0; y < height; y++)
    {
      const guint8 *rgb = pixels + (gsize) y * stride;
      guint8 *bgr = pixels + (gsize) y * stride;

      for (int x = 0; x < width; x++, rgb += channels, bgr += 3)
        {
          guint8 red = rgb[0];
          guint8 green = rgb[1];

          bgr[0] = rgb[2];
          bgr[1] = green;
          bgr[2] = red;
        }
    }
}

TillFrame *
till_vision_read_photo (const char *path, GError **error)
{
  g_autoptr (GdkPixbuf) photo = NULL;
  TillFrame *frame;
  int width, height;
  gsize stride;

  g_return_val_if_fail (path != NULL, NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  if (!till_photo_check (path, error))
    return NULL;
  photo = till_photo_decode (path, error);
  if (photo == NULL)
    return NULL;

  width = gdk_pixbuf_get_width (photo);
  height = gdk_pixbuf_get_height (photo);
  stride = (gsize) gdk_pixbuf_get_rowstride (photo);
  till_photo_turn_rgb_to_bgr (gdk_pixbuf_get_pixels (photo), width, height, stride,
                              gdk_pixbuf_get_n_channels (photo));
  frame = till_frame_new (gdk_pixbuf_read_pixels (photo), width, height, stride, g_get_monotonic_time (), 0);
  till_photo_wipe (photo);
  return frame;
}
