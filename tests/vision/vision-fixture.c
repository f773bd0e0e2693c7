/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "vision-fixture.h"

#include "camera/till-camera.h"

#include <math.h>
#include <string.h>

#define BACKGROUND  128
#define PATIENCE_US (60 * G_USEC_PER_SEC)

static TillVision *networks;

TillVision *
vision_fixture_networks (void)
{
  if (networks == NULL)
    {
      g_autofree char *folder = till_vision_default_models_dir ();
      g_autoptr (GError) error = NULL;

      networks = till_vision_new (folder, 1, &error);
      g_assert_no_error (error);
      g_assert_nonnull (networks);
    }
  return networks;
}

void
vision_fixture_clear (void)
{
  g_clear_pointer (&networks, till_vision_free);
}

char *
vision_fixture_path (const char *file)
{
  g_autofree char *folder = till_vision_default_models_dir ();

  return g_build_filename (folder, file, NULL);
}

TillFrame *
vision_fixture_portrait (const char *file)
{
  g_autofree char *path = vision_fixture_path (file);
  g_autoptr (GError) error = NULL;
  TillFrame *frame = till_vision_read_photo (path, &error);

  g_assert_no_error (error);
  return frame;
}

static void
on_over (gboolean *over)
{
  *over = TRUE;
}

GPtrArray *
vision_fixture_clip (const char *file, const char *segment, guint step, guint n)
{
  g_autofree char *path = vision_fixture_path (file);
  g_autofree char *spec = g_strdup_printf ("clip:%s%s", path, segment);
  g_autoptr (GError) error = NULL;
  g_autoptr (TillCameraSource) source = till_camera_source_parse (spec, &error);
  g_autoptr (TillMailbox) mailbox = till_mailbox_new ();
  GPtrArray *frames = g_ptr_array_new_with_free_func ((GDestroyNotify) till_frame_unref);
  gint64 deadline_us = g_get_monotonic_time () + PATIENCE_US;
  gboolean over = FALSE;

  g_assert_no_error (error);
  g_autoptr (TillCamera) camera = till_camera_new (source, mailbox);
  g_signal_connect_swapped (camera, "ended", G_CALLBACK (on_over), &over);
  g_signal_connect_swapped (camera, "failed", G_CALLBACK (on_over), &over);
  till_camera_start (camera);
  for (guint seen = 0; frames->len < n && !over;)
    {
      g_autoptr (TillFrame) frame = till_mailbox_take (mailbox, g_get_monotonic_time () + 100000);

      while (g_main_context_iteration (NULL, FALSE))
        ;
      if (frame != NULL && seen++ % step == 0)
        g_ptr_array_add (frames, till_frame_ref (frame));
      g_assert_cmpint (g_get_monotonic_time (), <, deadline_us);
    }
  till_camera_stop (camera);
  g_assert_true (till_camera_wait_closed (g_get_monotonic_time () + PATIENCE_US));
  g_assert_cmpuint (frames->len, ==, n);
  return frames;
}

TillFaces *
vision_fixture_analyse (TillFrame *frame, TillVisionWanted wanted)
{
  g_autoptr (GError) error = NULL;
  TillFaces *faces = till_vision_analyse (vision_fixture_networks (), frame, wanted, &error);

  g_assert_no_error (error);
  g_assert_nonnull (faces);
  return faces;
}

static TillFrame *
frame_of (const guint8 *pixels, int width, int height)
{
  return till_frame_new (pixels, width, height, (gsize) width * 3, 1, 1);
}

static guint8
sample (TillFrame *frame, double x, double y, int channel)
{
  int left = (int) floor (x);
  int top = (int) floor (y);
  double sum = 0;

  if (left < 0 || top < 0 || left + 1 >= till_frame_get_width (frame)
      || top + 1 >= till_frame_get_height (frame))
    return BACKGROUND;
  for (int row = 0; row < 2; row++)
    for (int column = 0; column < 2; column++)
      {
        const guint8 *pixel = till_frame_get_pixels (frame)
                              + (gsize) (top + row) * till_frame_get_stride (frame)
                              + (gsize) (left + column) * 3;
        double weight = (row ? y - top : 1 - (y - top)) * (column ? x - left : 1 - (x - left));

        sum += weight * pixel[channel];
      }
  return (guint8) lround (sum);
}

TillFrame *
vision_fixture_warp (TillFrame *frame, const double map[6], int width, int height)
{
  g_autofree guint8 *pixels = g_malloc ((gsize) width * (gsize) height * 3);
  guint8 *next = pixels;

  for (int y = 0; y < height; y++)
    for (int x = 0; x < width; x++)
      for (int channel = 0; channel < 3; channel++)
        *next++ = sample (frame, map[0] * x + map[1] * y + map[2], map[3] * x + map[4] * y + map[5], channel);
  return frame_of (pixels, width, height);
}

TillFrame *
vision_fixture_scale (TillFrame *frame, double factor)
{
  const double map[6] = { 1 / factor, 0, 0.5 / factor - 0.5, 0, 1 / factor, 0.5 / factor - 0.5 };

  return vision_fixture_warp (frame, map, (int) (till_frame_get_width (frame) * factor),
                              (int) (till_frame_get_height (frame) * factor));
}

TillFrame *
vision_fixture_mirror (TillFrame *frame)
{
  const double map[6] = { -1, 0, till_frame_get_width (frame) - 1, 0, 1, 0 };

  return vision_fixture_warp (frame, map, till_frame_get_width (frame), till_frame_get_height (frame));
}

TillFrame *
vision_fixture_turn (TillFrame *frame, double degrees)
{
  const double c = cos (degrees * G_PI / 180);
  const double s = sin (degrees * G_PI / 180);
  const double x = (till_frame_get_width (frame) - 1) / 2.0;
  const double y = (till_frame_get_height (frame) - 1) / 2.0;
  /* From a pixel of the turned picture back to where it came from. */
  const double map[6] = { c, s, x - c * x - s * y, -s, c, y + s * x - c * y };

  return vision_fixture_warp (frame, map, till_frame_get_width (frame), till_frame_get_height (frame));
}

TillFrame *
vision_fixture_crop (TillFrame *frame, int x, int y, int width, int height)
{
  const guint8 *corner
      = till_frame_get_pixels (frame) + (gsize) y * till_frame_get_stride (frame) + (gsize) x * 3;

  g_assert_cmpint (x + width, <=, till_frame_get_width (frame));
  g_assert_cmpint (y + height, <=, till_frame_get_height (frame));
  return till_frame_new (corner, width, height, till_frame_get_stride (frame), 1, 1);
}

TillFrame *
vision_fixture_brighten (TillFrame *frame, double gain)
{
  gsize size = till_frame_get_stride (frame) * (gsize) till_frame_get_height (frame);
  g_autofree guint8 *pixels = g_memdup2 (till_frame_get_pixels (frame), size);

  for (gsize i = 0; i < size; i++)
    pixels[i] = (guint8) CLAMP (pixels[i] * gain, 0, 255);
  return till_frame_new (pixels, till_frame_get_width (frame), till_frame_get_height (frame),
                         till_frame_get_stride (frame), 1, 1);
}

TillFrame *
vision_fixture_paint (TillFrame *frame, TillBox box, const guint8 bgr[3])
{
  gsize stride = till_frame_get_stride (frame);
  int width = till_frame_get_width (frame);
  int height = till_frame_get_height (frame);
  g_autofree guint8 *pixels = g_memdup2 (till_frame_get_pixels (frame), stride * (gsize) height);

  for (int y = MAX ((int) box.y, 0); y < MIN ((int) (box.y + box.height), height); y++)
    for (int x = MAX ((int) box.x, 0); x < MIN ((int) (box.x + box.width), width); x++)
      memcpy (pixels + (gsize) y * stride + (gsize) x * 3, bgr, 3);
  return till_frame_new (pixels, width, height, stride, 1, 1);
}

TillFrame *
vision_fixture_plain (int width, int height, guint8 grey)
{
  g_autofree guint8 *pixels = g_malloc ((gsize) width * (gsize) height * 3);

  memset (pixels, grey, (gsize) width * (gsize) height * 3);
  return frame_of (pixels, width, height);
}

static void
paste (guint8 *pixels, int canvas_width, int x, TillFrame *frame)
{
  for (int row = 0; row < till_frame_get_height (frame); row++)
    memcpy (pixels + ((gsize) row * (gsize) canvas_width + (gsize) x) * 3,
            till_frame_get_pixels (frame) + (gsize) row * till_frame_get_stride (frame),
            (gsize) till_frame_get_width (frame) * 3);
}

TillFrame *
vision_fixture_beside (TillFrame *left, TillFrame *right)
{
  int width = till_frame_get_width (left) + till_frame_get_width (right);
  int height = MAX (till_frame_get_height (left), till_frame_get_height (right));
  g_autofree guint8 *pixels = g_malloc ((gsize) width * (gsize) height * 3);

  memset (pixels, BACKGROUND, (gsize) width * (gsize) height * 3);
  paste (pixels, width, 0, left);
  paste (pixels, width, till_frame_get_width (left), right);
  return frame_of (pixels, width, height);
}
