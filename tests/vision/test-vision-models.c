/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/till-error.h"
#include "vision/till-vision.h"

#include <gio/gio.h>
#include <glib/gstdio.h>
#include <string.h>

/* A folder of links to the real networks, with a manifest and files of its own where a test wants them. */
typedef struct
{
  char *real;
  char *folder;
} Models;

static char *
in (const char *folder, const char *file)
{
  return g_build_filename (folder, file, NULL);
}

static void
models_copy_manifest (Models *models)
{
  g_autofree char *from = in (models->real, "manifest.json");
  g_autofree char *to = in (models->folder, "manifest.json");
  g_autofree char *text = NULL;
  g_autoptr (GError) error = NULL;

  g_file_get_contents (from, &text, NULL, &error);
  g_assert_no_error (error);
  g_file_set_contents (to, text, -1, &error);
  g_assert_no_error (error);
}

static void
models_set_up (Models *models, gconstpointer data)
{
  g_autoptr (GDir) dir = NULL;
  g_autoptr (GError) error = NULL;
  const char *name;

  models->real = till_vision_default_models_dir ();
  models->folder = g_dir_make_tmp ("till-models-XXXXXX", &error);
  g_assert_no_error (error);

  dir = g_dir_open (models->real, 0, &error);
  g_assert_no_error (error);
  while ((name = g_dir_read_name (dir)) != NULL)
    if (g_str_has_suffix (name, ".onnx"))
      {
        g_autofree char *from = in (models->real, name);
        g_autofree char *absolute = g_canonicalize_filename (from, NULL);
        g_autofree char *to = in (models->folder, name);
        g_autoptr (GFile) link = g_file_new_for_path (to);

        g_file_make_symbolic_link (link, absolute, NULL, &error);
        g_assert_no_error (error);
      }
  models_copy_manifest (models);
}

static void
models_tear_down (Models *models, gconstpointer data)
{
  g_autoptr (GDir) dir = g_dir_open (models->folder, 0, NULL);
  const char *name;

  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = in (models->folder, name);

      g_assert_cmpint (g_remove (path), ==, 0);
    }
  g_assert_cmpint (g_rmdir (models->folder), ==, 0);
  g_free (models->folder);
  g_free (models->real);
}

static void
write_file (Models *models, const char *file, const char *bytes, gsize size)
{
  g_autofree char *path = in (models->folder, file);
  g_autoptr (GError) error = NULL;

  g_remove (path);
  g_file_set_contents (path, bytes, (gssize) size, &error);
  g_assert_no_error (error);
}

static char *
read_file (Models *models, const char *file, gsize *size)
{
  g_autofree char *path = in (models->folder, file);
  g_autoptr (GError) error = NULL;
  char *bytes = NULL;

  g_file_get_contents (path, &bytes, size, &error);
  g_assert_no_error (error);
  return bytes;
}

/* The manifest with the first @old replaced. */
static void
change_manifest (Models *models, const char *old, const char *new)
{
  g_autofree char *text = read_file (models, "manifest.json", NULL);
  GString *changed = g_string_new (text);

  g_assert_nonnull (strstr (text, old));
  g_string_replace (changed, old, new, 1);
  write_file (models, "manifest.json", changed->str, changed->len);
  g_string_free (changed, TRUE);
}

/* Gives @file other bytes, and the manifest their true sum and size: only the network itself can tell. */
static void
replace_vouched (Models *models, const char *file, const char *bytes, gsize size)
{
  gsize old_size;
  g_autofree char *old = read_file (models, file, &old_size);
  g_autofree char *old_sum = g_compute_checksum_for_data (G_CHECKSUM_SHA256, (guchar *) old, old_size);
  g_autofree char *new_sum = g_compute_checksum_for_data (G_CHECKSUM_SHA256, (const guchar *) bytes, size);
  g_autofree char *old_bytes = g_strdup_printf ("\"bytes\": %" G_GSIZE_FORMAT, old_size);
  g_autofree char *new_bytes = g_strdup_printf ("\"bytes\": %" G_GSIZE_FORMAT, size);

  change_manifest (models, old_sum, new_sum);
  change_manifest (models, old_bytes, new_bytes);
  write_file (models, file, bytes, size);
}

static void
assert_fails (Models *models, TillError code, const char *named)
{
  g_autoptr (GError) error = NULL;
  TillVision *vision = till_vision_new (models->folder, 1, &error);

  g_assert_null (vision);
  g_assert_error (error, TILL_ERROR, (int) code);
  g_test_message ("%s", error->message);
  g_assert_nonnull (strstr (error->message, named));
}

static void
test_loads (Models *models, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (TillVision) vision = till_vision_new (models->folder, 0, &error);

  g_assert_no_error (error);
  g_assert_nonnull (vision);
}

static void
test_no_folder (Models *models, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (till_vision_new ("/nowhere/at/all", 1, &error));
  g_assert_error (error, TILL_ERROR, TILL_ERROR_NOT_FOUND);
  g_assert_nonnull (strstr (error->message, "/nowhere/at/all/manifest.json"));
  g_assert_nonnull (strstr (error->message, "make setup"));
}

static void
test_threads (Models *models, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (till_vision_new (models->folder, -1, &error));
  g_assert_error (error, TILL_ERROR, TILL_ERROR_INVALID);
}

static void
test_manifest_missing (Models *models, gconstpointer data)
{
  g_autofree char *path = in (models->folder, "manifest.json");

  g_assert_cmpint (g_remove (path), ==, 0);
  assert_fails (models, TILL_ERROR_NOT_FOUND, "manifest.json");
}

static void
test_manifest_no_json (Models *models, gconstpointer data)
{
  const char *texts[] = { "",
                          "{",
                          "these are not the networks",
                          "[]",
                          "null",
                          "7",
                          "{}",
                          "{\"version\":1}",
                          "{\"version\":1,\"packages\":[7]}",
                          "{\"version\":1,\"packages\":[{\"files\":{}}]}",
                          "{\"version\":1,\"packages\":[]}" };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      write_file (models, "manifest.json", texts[i], strlen (texts[i]));
      assert_fails (models, TILL_ERROR_CORRUPT, "manifest.json");
    }
}

static void
test_manifest_wrong (Models *models, gconstpointer data)
{
  const struct
  {
    const char *old;
    const char *new;
    const char *named;
  } changes[] = {
    { "\"version\": 1", "\"version\": 2", "version" },
    { "\"role\": \"detector\"", "\"role\": \"finder\"", "\"detector\"" },
    { "\"role\": \"landmarks\"", "\"role\": \"detector\"", "role" },
    { "\"role\": \"liveness\"", "\"part\": \"liveness\"", "role" },
    { "\"file\": \"fr_eye.onnx\"", "\"file\": \"../fr_eye.onnx\"", "file" },
    { "\"bytes\": 207130", "\"bytes\": \"207130\"", "bytes" },
    { "\"bytes\": 207130", "\"bytes\": -1", "bytes" },
    { "\"scale\": \"1/128\"", "\"scale\": \"1/0\"", "scale" },
    { "\"scale\": \"1/128\"", "\"scale\": \"1/\"", "scale" },
    { "\"scale\": \"1/128\"", "\"scale\": \"one\"", "scale" },
    { "\"mean\": 127", "\"mean\": true", "mean" },
    { "\"colour\": \"RGB\"", "\"colour\": \"CMYK\"", "colour" },
    { "\"layout\": \"NCHW\"", "\"layout\": \"NHWC\"", "layout" },
    { "[1, 3, 240, 320]", "[1, 240, 320, 3]", "shape" },
    { "[1, 3, 240, 320]", "[1, 3, 240]", "shape" },
    { "[1, 3, 240, 320]", "[1, 3, 0, 320]", "shape" },
    { "[1, 3, 240, 320]", "\"1x3x240x320\"", "shape" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (changes); i++)
    {
      models_copy_manifest (models);
      change_manifest (models, changes[i].old, changes[i].new);
      assert_fails (models, TILL_ERROR_CORRUPT, "manifest.json");
      assert_fails (models, TILL_ERROR_CORRUPT, changes[i].named);
    }
}

static void
test_file_missing (Models *models, gconstpointer data)
{
  g_autofree char *path = in (models->folder, "fr_landmark.onnx");

  g_assert_cmpint (g_remove (path), ==, 0);
  assert_fails (models, TILL_ERROR_NOT_FOUND, "fr_landmark.onnx");
}

static void
test_flipped_byte (Models *models, gconstpointer data)
{
  gsize size;
  g_autofree char *bytes = read_file (models, "fr_detect.onnx", &size);

  bytes[size / 2] ^= 1;
  write_file (models, "fr_detect.onnx", bytes, size);
  assert_fails (models, TILL_ERROR_CHECKSUM, "fr_detect.onnx");
}

static void
test_truncated (Models *models, gconstpointer data)
{
  gsize size;
  g_autofree char *bytes = read_file (models, "fr_landmark.onnx", &size);

  write_file (models, "fr_landmark.onnx", bytes, size - 1);
  assert_fails (models, TILL_ERROR_CHECKSUM, "fr_landmark.onnx");
  write_file (models, "fr_landmark.onnx", bytes, 0);
  assert_fails (models, TILL_ERROR_CHECKSUM, "fr_landmark.onnx");
}

static void
test_folder_for_file (Models *models, gconstpointer data)
{
  g_autofree char *path = in (models->folder, "fr_eye.onnx");

  g_assert_cmpint (g_remove (path), ==, 0);
  g_assert_cmpint (g_mkdir (path, 0700), ==, 0);
  assert_fails (models, TILL_ERROR_CHECKSUM, "fr_eye.onnx");
}

static void
test_no_network (Models *models, gconstpointer data)
{
  replace_vouched (models, "fr_eye.onnx", "This is no network.", 19);
  assert_fails (models, TILL_ERROR_CORRUPT, "fr_eye.onnx");
}

static void
test_cut_network_vouched_for (Models *models, gconstpointer data)
{
  gsize size;
  g_autofree char *bytes = read_file (models, "fr_eye.onnx", &size);

  replace_vouched (models, "fr_eye.onnx", bytes, size / 2);
  assert_fails (models, TILL_ERROR_CORRUPT, "fr_eye.onnx");
}

static void
test_other_network_vouched_for (Models *models, gconstpointer data)
{
  gsize size;
  g_autofree char *bytes = read_file (models, "fr_eye.onnx", &size);

  replace_vouched (models, "fr_detect.onnx", bytes, size);
  assert_fails (models, TILL_ERROR_CORRUPT, "fr_detect.onnx");
}

/* The file is what the manifest says, but not what the role needs. */
static void
test_roles_swapped (Models *models, gconstpointer data)
{
  change_manifest (models, "\"role\": \"smile\"", "\"role\": \"swap\"");
  change_manifest (models, "\"role\": \"eyes\"", "\"role\": \"smile\"");
  change_manifest (models, "\"role\": \"swap\"", "\"role\": \"eyes\"");
  assert_fails (models, TILL_ERROR_CORRUPT, "fr_e");
}

static void
test_other_tensors (Models *models, gconstpointer data)
{
  change_manifest (models, "\"name\": \"boxes\"", "\"name\": \"corners\"");
  assert_fails (models, TILL_ERROR_CORRUPT, "fr_detect.onnx");

  models_copy_manifest (models);
  change_manifest (models, "\"name\": \"input\"", "\"name\": \"picture\"");
  assert_fails (models, TILL_ERROR_CORRUPT, "fr_detect.onnx");

  models_copy_manifest (models);
  change_manifest (models, "[1, 4420, 4]", "[1, 4421, 4]");
  assert_fails (models, TILL_ERROR_CORRUPT, "fr_detect.onnx");

  models_copy_manifest (models);
  change_manifest (models, "[1, 3, 112, 112]", "[1, 3, 96, 96]");
  assert_fails (models, TILL_ERROR_CORRUPT, "fr_feature.onnx");
}

static void
test_not_finite (Models *models, gconstpointer data)
{
  gsize size;
  g_autofree char *bytes = read_file (models, "fr_eye.onnx", &size);

  /* All bits set is not a number; a run this long covers whole weights wherever they begin. */
  memset (bytes + size / 2, 0xFF, 4096);
  replace_vouched (models, "fr_eye.onnx", bytes, size);
  assert_fails (models, TILL_ERROR_CORRUPT, "fr_eye.onnx");
}

static void
test_default_folder (void)
{
  g_autofree char *kept = g_strdup (g_getenv ("SMILETILL_MODELS"));
  g_autofree char *set = NULL;
  g_autofree char *installed = NULL;

  g_setenv ("SMILETILL_MODELS", "/some/where", TRUE);
  set = till_vision_default_models_dir ();
  g_assert_cmpstr (set, ==, "/some/where");

  g_unsetenv ("SMILETILL_MODELS");
  installed = till_vision_default_models_dir ();
  g_assert_true (g_path_is_absolute (installed));
  g_assert_true (g_str_has_suffix (installed, "/smiletill/models"));

  if (kept != NULL)
    g_setenv ("SMILETILL_MODELS", kept, TRUE);
}

#define ADD(name, function)                                                                                  \
  g_test_add ("/vision/models/" name, Models, NULL, models_set_up, function, models_tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("loads", test_loads);
  ADD ("no-folder", test_no_folder);
  ADD ("threads", test_threads);
  ADD ("manifest-missing", test_manifest_missing);
  ADD ("manifest-no-json", test_manifest_no_json);
  ADD ("manifest-wrong", test_manifest_wrong);
  ADD ("file-missing", test_file_missing);
  ADD ("flipped-byte", test_flipped_byte);
  ADD ("truncated", test_truncated);
  ADD ("folder-for-file", test_folder_for_file);
  ADD ("no-network", test_no_network);
  ADD ("cut-network-vouched-for", test_cut_network_vouched_for);
  ADD ("other-network-vouched-for", test_other_network_vouched_for);
  ADD ("roles-swapped", test_roles_swapped);
  ADD ("other-tensors", test_other_tensors);
  ADD ("not-finite", test_not_finite);
  g_test_add_func ("/vision/models/default-folder", test_default_folder);
  return g_test_run ();
}
