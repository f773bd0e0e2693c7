/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/till-error.h"
#include "evaluation-folder.h"
#include "evaluation/till-clip-reader.h"

#include <gst/gst.h>
#include <string.h>

/* Reads to the end; @times: (element-type gint64) capture times. */
static GArray *
read_clip (const char *path, guint skip, GError **error)
{
  g_autoptr (TillClipReader) reader = till_clip_reader_new (path, error);
  g_autoptr (GArray) times = g_array_new (FALSE, FALSE, sizeof (gint64));
  TillFrame *frame;

  for (guint skipped = 0; reader != NULL && (frame = till_clip_reader_next (reader, skipped, error)) != NULL;
       skipped = skip)
    {
      gint64 time = till_frame_get_captured_us (frame);

      g_assert_cmpint (till_frame_get_width (frame), ==, 400);
      g_assert_cmpint (till_frame_get_height (frame), ==, 300);
      g_array_append_val (times, time);
      till_frame_unref (frame);
    }
  return g_steal_pointer (&times);
}

/* 31 s at 25 pictures a second: every one of them, in order, at its own time. */
static void
test_every_picture (void)
{
  g_autofree char *path = evaluation_fetched ("cap13_edit2.webm");
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) all = read_clip (path, 0, &error);
  g_assert_no_error (error);
  g_autoptr (GArray) some = read_clip (path, 9, &error);
  g_assert_no_error (error);

  g_assert_cmpuint (all->len, >, 700);
  g_assert_cmpuint (all->len, <, 900);
  for (guint i = 1; i < all->len; i++)
    {
      gint64 step = g_array_index (all, gint64, i) - g_array_index (all, gint64, i - 1);

      g_assert_cmpint (step, >, 0);
      g_assert_cmpint (step, <, 200 * 1000);
    }
  g_assert_cmpuint (some->len, ==, (all->len + 9) / 10);
  for (guint i = 0; i < some->len; i++)
    g_assert_cmpint (g_array_index (some, gint64, i), ==, g_array_index (all, gint64, 10 * i));
}

static void
test_no_clip (void)
{
  g_autoptr (EvaluationFolder) folder = evaluation_folder_new ();
  g_autofree char *path = g_build_filename (folder, "clip.webm", NULL);
  g_autoptr (GError) error = NULL;

  evaluation_folder_write_text (folder, "clip.webm", "this is no clip");
  g_assert_null (till_clip_reader_new (path, &error));
  g_assert_error (error, TILL_ERROR, TILL_ERROR_INVALID);
  g_assert_nonnull (strstr (error->message, "clip.webm"));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  gst_init (NULL, NULL);
  g_test_add_func ("/evaluation/clip/every-picture", test_every_picture);
  g_test_add_func ("/evaluation/clip/no-clip", test_no_clip);
  return g_test_run ();
}
