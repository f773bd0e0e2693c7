/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "picture-file.h"

#include <gio/gio.h>
#include <stdio.h>
#include <string.h>

#define HEADER "P6 %d %d 255"

/* Between BGR and RGB, either way. */
static void
swap_colours (guint8 *to, const guint8 *from, gsize n_pixels)
{
  for (gsize i = 0; i < n_pixels; i++)
    {
      to[3 * i] = from[3 * i + 2];
      to[3 * i + 1] = from[3 * i + 1];
      to[3 * i + 2] = from[3 * i];
    }
}

gboolean
picture_file_write (TillFrame *frame, const char *path, GError **error)
{
  gsize width = (gsize) till_frame_get_width (frame), height = (gsize) till_frame_get_height (frame);
  g_autofree char *header = g_strdup_printf (HEADER "\n", (int) width, (int) height);
  g_autoptr (GByteArray) content = g_byte_array_new ();
  g_autofree guint8 *row = g_malloc (3 * width);

  g_byte_array_append (content, (const guint8 *) header, (guint) strlen (header));
  for (gsize y = 0; y < height; y++)
    {
      swap_colours (row, till_frame_get_pixels (frame) + y * till_frame_get_stride (frame), width);
      g_byte_array_append (content, row, (guint) (3 * width));
    }
  return g_file_set_contents (path, (const char *) content->data, content->len, error);
}

TillFrame *
picture_file_read (const char *path, guint serial, GError **error)
{
  g_autofree char *content = NULL;
  gsize size;
  int width, height, header = 0;

  if (!g_file_get_contents (path, &content, &size, error))
    return NULL;
  if (sscanf (content, HEADER "%n", &width, &height, &header) != 2 || header == 0 || content[header++] != '\n'
      || width < 1 || height < 1 || size - (gsize) header != 3 * (gsize) width * (gsize) height)
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, "%s is no PPM of this benchmark", path);
      return NULL;
    }
  g_autofree guint8 *bgr = g_malloc (size - (gsize) header);
  swap_colours (bgr, (const guint8 *) content + header, (gsize) width * (gsize) height);
  return till_frame_new (bgr, width, height, 3 * (gsize) width, g_get_monotonic_time (), serial);
}

static int
compare_names (gconstpointer a, gconstpointer b)
{
  return strcmp (*(char *const *) a, *(char *const *) b);
}

GPtrArray *
picture_file_read_folder (const char *folder, GError **error)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GPtrArray) frames = g_ptr_array_new_with_free_func ((GDestroyNotify) till_frame_unref);
  g_autoptr (GDir) dir = g_dir_open (folder, 0, error);
  const char *name;

  if (dir == NULL)
    return NULL;
  while ((name = g_dir_read_name (dir)) != NULL)
    if (g_str_has_suffix (name, ".ppm"))
      g_ptr_array_add (names, g_strdup (name));
  g_ptr_array_sort (names, compare_names);
  for (guint i = 0; i < names->len; i++)
    {
      g_autofree char *path = g_build_filename (folder, g_ptr_array_index (names, i), NULL);
      TillFrame *frame = picture_file_read (path, i, error);

      if (frame == NULL)
        return NULL;
      g_ptr_array_add (frames, frame);
    }
  return g_steal_pointer (&frames);
}
