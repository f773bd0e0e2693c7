/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "../customers/pass-clip.h"
#include "camera-fixture.h"
#include "customers/till-pass-code.h"

#include <string.h>

/* As long as the text of a face pass. */
#define TEXT_LENGTH 571

/* What the camera told of codes. */
typedef struct
{
  TillCamera *camera;
  const char *wanted;
  guint told;
  guint frames;      /* "frame" signals so far */
  guint on_at;       /* reads from that one on, 0 never */
  gboolean off_then; /* no more once one was told */
  gboolean stop_then;
} Codes;

static char *
make_text (void)
{
  static const char letters[] = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:";
  char *text = g_malloc (TEXT_LENGTH + 1);

  for (guint i = 0; i < TEXT_LENGTH; i++)
    text[i] = letters[g_test_rand_int_range (0, sizeof letters - 1)];
  text[TEXT_LENGTH] = '\0';
  return text;
}

static void
on_code (TillCamera *camera, const char *text, Codes *codes)
{
  g_assert_true (till_camera_get_reading_codes (camera));
  g_assert_cmpstr (text, ==, codes->wanted);
  codes->told++;
  if (codes->off_then)
    till_camera_set_reading_codes (camera, FALSE);
  if (codes->stop_then)
    till_camera_stop (camera);
}

static void
on_frame (TillCamera *camera, TillFrame *frame, Codes *codes)
{
  codes->frames++;
  if (codes->frames == codes->on_at)
    till_camera_set_reading_codes (camera, TRUE);
}

static void
watch_codes (Codes *codes, TillCamera *camera, const char *wanted)
{
  codes->camera = camera;
  codes->wanted = wanted;
  g_signal_connect (camera, "code", G_CALLBACK (on_code), codes);
  g_signal_connect (camera, "frame", G_CALLBACK (on_frame), codes);
}

/* A clip in which the pass is shown, or NULL after marking the test as skipped (transfer full). */
static char *
make_clip (const char *folder, const char *text)
{
  g_autofree char *face = camera_find_clip ("franck.webm");
  g_autofree char *path = g_build_filename (folder, "pass.webm", NULL);
  g_autoptr (GError) error = NULL;

  if (face == NULL)
    return NULL;
  pass_clip_write (path, text, face, 10, 11, &error);
  g_assert_no_error (error);
  return g_steal_pointer (&path);
}

/* A picture of the code alone, @height pixels high (transfer full). */
static char *
make_still (const char *folder, const char *text, int width, int height)
{
  g_autofree char *path = g_build_filename (folder, "pass.png", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (TillPassCode) code = till_pass_code_new (text, &error);
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24, width, height);
  cairo_t *cr = cairo_create (surface);

  g_assert_no_error (error);
  cairo_set_source_rgb (cr, 0.5, 0.4, 0.3);
  cairo_paint (cr);
  till_pass_code_draw (code, cr, (width - height) / 2.0, 0, height);
  cairo_destroy (cr);
  g_assert_cmpint (cairo_surface_write_to_png (surface, path), ==, CAIRO_STATUS_SUCCESS);
  cairo_surface_destroy (surface);
  return g_steal_pointer (&path);
}

/* Nobody asked: nothing is told. */
static void
test_codes_off (void)
{
  g_autoptr (CameraFolder) folder = camera_folder_new ();
  g_autofree char *text = make_text ();
  g_autofree char *path = make_clip (folder, text);
  Codes codes = { 0 };

  if (path == NULL)
    return;
  g_autoptr (CameraWatch) watch = camera_watch_new_printf ("clip:%s", path);
  watch_codes (&codes, watch->camera, text);
  g_assert_false (till_camera_get_reading_codes (watch->camera));
  camera_watch_start (watch);
  camera_watch_run_to_end (watch);
  g_assert_no_error (watch->error);
  g_assert_cmpuint (codes.told, ==, 0);
}

/* The code is told while it is in view, seldom, and no picture is lost over it. */
static void
test_codes_on (void)
{
  g_autoptr (CameraFolder) folder = camera_folder_new ();
  g_autofree char *text = make_text ();
  g_autofree char *path = make_clip (folder, text);
  Codes codes = { 0 };

  if (path == NULL)
    return;
  g_autoptr (CameraWatch) watch = camera_watch_new_printf ("clip:%s", path);
  watch_codes (&codes, watch->camera, text);
  till_camera_set_reading_codes (watch->camera, TRUE);
  camera_watch_start (watch);
  camera_watch_run_to_end (watch);
  g_assert_no_error (watch->error);
  g_assert_cmpuint (codes.told, >=, 1);
  g_assert_cmpuint (codes.told, <=, (guint) (PASS_CLIP_SHOWN * 25 / 2));
  g_assert_cmpuint (till_camera_get_frame_count (watch->camera), ==, (guint64) ((PASS_CLIP_SHOWN + 1) * 25));
}

/* Asked in the middle; and once told, asked no more. */
static void
test_codes_asked_later (void)
{
  g_autoptr (CameraFolder) folder = camera_folder_new ();
  g_autofree char *text = make_text ();
  g_autofree char *path = make_clip (folder, text);
  Codes codes = { .on_at = 10, .off_then = TRUE };

  if (path == NULL)
    return;
  g_autoptr (CameraWatch) watch = camera_watch_new_printf ("clip:%s", path);
  watch_codes (&codes, watch->camera, text);
  camera_watch_start (watch);
  camera_watch_run_to_end (watch);
  g_assert_no_error (watch->error);
  g_assert_cmpuint (codes.told, ==, 1);
}

/* Asked again it is told again, though it never left. */
static void
test_codes_asked_again (void)
{
  g_autoptr (CameraFolder) folder = camera_folder_new ();
  g_autofree char *text = make_text ();
  g_autofree char *path = make_still (folder, text, 360, 288);
  g_autoptr (CameraWatch) watch = camera_watch_new_printf ("clip:%s", path);
  Codes codes = { .off_then = TRUE };

  watch_codes (&codes, watch->camera, text);
  camera_watch_start (watch);
  for (guint i = 1; i <= 3; i++)
    {
      till_camera_set_reading_codes (watch->camera, TRUE);
      while (codes.told < i)
        g_main_context_iteration (NULL, TRUE);
      g_assert_false (till_camera_get_reading_codes (watch->camera));
    }
  till_camera_stop (watch->camera);
  g_assert_cmpuint (codes.told, ==, 3);
}

/* Stopping from the handler is the end of it. */
static void
test_codes_stop (void)
{
  g_autoptr (CameraFolder) folder = camera_folder_new ();
  g_autofree char *text = make_text ();
  g_autofree char *path = make_still (folder, text, 640, 480);
  g_autoptr (CameraWatch) watch = camera_watch_new_printf ("clip:%s", path);
  Codes codes = { .stop_then = TRUE };

  watch_codes (&codes, watch->camera, text);
  till_camera_set_reading_codes (watch->camera, TRUE);
  camera_watch_start (watch);
  while (codes.told == 0)
    g_main_context_iteration (NULL, TRUE);
  camera_wait_closed ();
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_cmpuint (codes.told, ==, 1);
}

/* Widths that no row of four or eight bytes fits are read as well. */
static void
test_codes_sizes (void)
{
  static const int sizes[][2] = { { 361, 289 }, { 643, 477 }, { 1279, 719 }, { 1921, 1079 } };

  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++)
    {
      g_autoptr (CameraFolder) folder = camera_folder_new ();
      g_autofree char *text = make_text ();
      g_autofree char *path = make_still (folder, text, sizes[i][0], sizes[i][1]);
      g_autoptr (CameraWatch) watch = camera_watch_new_printf ("clip:%s", path);
      Codes codes = { 0 };

      watch_codes (&codes, watch->camera, text);
      till_camera_set_reading_codes (watch->camera, TRUE);
      camera_watch_start (watch);
      while (codes.told == 0)
        g_main_context_iteration (NULL, TRUE);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/camera/codes/off", test_codes_off);
  g_test_add_func ("/camera/codes/on", test_codes_on);
  g_test_add_func ("/camera/codes/asked-later", test_codes_asked_later);
  g_test_add_func ("/camera/codes/asked-again", test_codes_asked_again);
  g_test_add_func ("/camera/codes/stop", test_codes_stop);
  g_test_add_func ("/camera/codes/sizes", test_codes_sizes);
  return g_test_run ();
}
