/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fuzz.h"

#include <string.h>

/*
 * Runs a target without a fuzzer: over every file of a folder of seeds, each as it is, cut off everywhere, and with every
 * byte replaced by the ones that parsers trip over. One TAP test a file.
 */

/* A longer seed is touched only at every so many-th byte. */
#define MOST_TOUCHED 250

static const guint8 spiteful[]
    = { 0x00, 0xff, 0x80, '"', '\\', '{', '[', ']', '}', ',', ':', '-', '0', '9', 'e', '%', '&', '=' };

static void
run (const guint8 *data, gsize size)
{
  /* Exactly as long as it claims, so that a read past the end is one past the block. */
  g_autofree guint8 *copy = g_memdup2 (data, MAX (size, 1));

  LLVMFuzzerTestOneInput (copy, size);
}

static void
run_variants (const guint8 *data, gsize size)
{
  gsize stride = size / MOST_TOUCHED + 1;
  g_autofree guint8 *changed = g_memdup2 (data, MAX (size, 1));

  run (data, size);
  for (gsize at = 0; at < size; at += stride)
    {
      run (data, at);
      run (data + at, size - at);
      for (gsize i = 0; i < G_N_ELEMENTS (spiteful); i++)
        {
          changed[at] = spiteful[i];
          run (changed, size);
        }
      changed[at] = data[at];
    }
}

static void
test_seed (gconstpointer path)
{
  g_autofree char *data = NULL;
  g_autoptr (GError) error = NULL;
  gsize size = 0;

  g_assert_true (g_file_get_contents (path, &data, &size, &error));
  g_assert_no_error (error);
  run_variants ((const guint8 *) data, size);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (GDir) folder = g_dir_open (argc == 2 ? argv[1] : "", 0, &error);
  g_autoptr (GPtrArray) paths = g_ptr_array_new_with_free_func (g_free);

  if (folder == NULL)
    g_error ("a folder of seeds is wanted: %s", error->message);
  for (const char *name = g_dir_read_name (folder); name != NULL; name = g_dir_read_name (folder))
    {
      g_autofree char *test = g_strconcat ("/fuzz/", name, NULL);
      g_ptr_array_add (paths, g_build_filename (argv[1], name, NULL));
      g_test_add_data_func (test, g_ptr_array_index (paths, paths->len - 1), test_seed);
    }
  return g_test_run ();
}
