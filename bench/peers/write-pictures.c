/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * write-pictures FOLDER: reads lines "NAME<tab>PHOTO" and writes each photograph as FOLDER/NAME.ppm.
 * write-pictures --clip FILE SEGMENT STEP N FOLDER: writes N frames of a fetched clip, as a till's camera gives them.
 */
#include "../samples.h"
#include "picture-file.h"

#include "vision/till-vision.h"

#include <gst/gst.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void
fail (const GError *error)
{
  fprintf (stderr, "%s\n", error->message);
  exit (1);
}

static void
write_frame (TillFrame *frame, const char *folder, const char *name)
{
  g_autofree char *file = g_strconcat (name, ".ppm", NULL);
  g_autofree char *path = g_build_filename (folder, file, NULL);
  g_autoptr (GError) error = NULL;

  if (!picture_file_write (frame, path, &error))
    fail (error);
}

static void
write_photos (const char *folder)
{
  char line[4096];

  while (fgets (line, sizeof line, stdin) != NULL)
    {
      g_autoptr (GError) error = NULL;
      char *photo = strchr (g_strchomp (line), '\t');

      if (photo == NULL)
        {
          fprintf (stderr, "no photograph in the line \"%s\"\n", line);
          exit (2);
        }
      *photo++ = '\0';
      g_autoptr (TillFrame) frame = till_vision_read_photo (photo, &error);
      if (frame == NULL)
        fail (error);
      write_frame (frame, folder, line);
    }
}

static void
write_clip (char **words)
{
  g_autoptr (GPtrArray) frames
      = sample_frames (words[0], words[1], (guint) atoi (words[2]), (guint) atoi (words[3]));

  for (guint i = 0; i < frames->len; i++)
    {
      g_autofree char *name = g_strdup_printf ("%05u", i);
      write_frame (g_ptr_array_index (frames, i), words[4], name);
    }
}

int
main (int argc, char **argv)
{
  gst_init (&argc, &argv);
  if (argc == 7 && g_str_equal (argv[1], "--clip"))
    write_clip (argv + 2);
  else if (argc == 2)
    write_photos (argv[1]);
  else
    {
      fprintf (stderr, "usage: write-pictures FOLDER, or --clip FILE SEGMENT STEP N FOLDER\n");
      return 2;
    }
  return 0;
}
