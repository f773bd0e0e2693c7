/* SPDX-License-Identifier: GPL-3.0-or-later */
/* make-pass-clip CODE FACE FROM TO OUT: pass_clip_write() for tests that are not written in C. */
#include "pass-clip.h"

#include <stdio.h>
#include <stdlib.h>

static gboolean
read_seconds (const char *word, double *seconds)
{
  char *end = NULL;

  *seconds = g_ascii_strtod (word, &end);
  return end != word && *end == '\0' && *seconds >= 0;
}

int
main (int argc, char **argv)
{
  g_autoptr (GError) error = NULL;
  double from_s, to_s;

  if (argc != 6 || !read_seconds (argv[3], &from_s) || !read_seconds (argv[4], &to_s) || to_s <= from_s)
    {
      fputs ("make-pass-clip CODE FACE FROM TO OUT: OUT shows the face pass CODE, then FACE from second FROM "
             "to TO\n",
             stderr);
      return 2;
    }
  if (pass_clip_write (argv[5], argv[1], argv[2], from_s, to_s, &error))
    return 0;
  fprintf (stderr, "make-pass-clip: %s\n", error->message);
  return 1;
}
