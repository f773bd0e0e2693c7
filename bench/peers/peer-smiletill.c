/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * peer-smiletill PICTURES THREADS: what the till does, as bench-peers.mjs asks for it. See there for the words.
 */
#include "picture-file.h"

#include "vision/till-vision.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* What a till wants of every frame; recognition adds more to some of them. */
#define EVERY_FRAME (TILL_VISION_WANT_QUALITY | TILL_VISION_WANT_EYES | TILL_VISION_LARGEST_ONLY)

typedef struct
{
  TillVision *vision;
  GPtrArray *frames;
  GString *ms;
  GString *vectors;
  guint lost; /* followed faces that had to be looked for anew */
} Peer;

static TillFaces *
analyse (Peer *self, guint index, TillVisionWanted wanted)
{
  g_autoptr (GError) error = NULL;
  TillFaces *faces
      = till_vision_analyse (self->vision, g_ptr_array_index (self->frames, index), wanted, &error);

  if (faces == NULL)
    g_error ("%s", error->message);
  return faces;
}

static void
add_time (Peer *self, gint64 began_us)
{
  g_string_append_printf (self->ms, "%s%.3f", self->ms->len > 0 ? "," : "",
                          (double) (g_get_monotonic_time () - began_us) / 1000);
}

static void
add_vector (Peer *self, TillFaces *faces)
{
  g_string_append (self->vectors, self->vectors->len > 0 ? "," : "");
  if (till_faces_get_n (faces) == 0)
    {
      g_string_append (self->vectors, "null");
      return;
    }
  for (guint i = 0; i < TILL_VISION_EMBEDDING; i++)
    g_string_append_printf (self->vectors, "%s%.6f", i == 0 ? "[" : ",",
                            (double) till_faces_get (faces, 0)->embedding[i]);
  g_string_append_c (self->vectors, ']');
}

static void
take_photos (Peer *self, TillVisionWanted wanted, gboolean tell_vectors)
{
  for (guint i = 0; i < self->frames->len; i++)
    {
      gint64 began_us = g_get_monotonic_time ();
      g_autoptr (TillFaces) faces = analyse (self, i, wanted | TILL_VISION_LARGEST_ONLY);

      add_time (self, began_us);
      if (tell_vectors)
        add_vector (self, faces);
    }
}

/* Each frame by the one before it; looking anew where the face was lost counts with the frame. */
static void
follow_frames (Peer *self, TillVisionWanted wanted)
{
  g_autoptr (TillFaces) last = analyse (self, 0, wanted);

  for (guint i = 1; i < self->frames->len; i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (TillFaces) faces = NULL;
      gint64 began_us = g_get_monotonic_time ();

      if (till_faces_get_n (last) > 0)
        {
          faces = till_vision_follow (self->vision, g_ptr_array_index (self->frames, i),
                                      till_faces_get (last, 0), wanted, &error);
          if (faces == NULL)
            g_error ("%s", error->message);
        }
      if (faces == NULL || till_faces_get_n (faces) == 0)
        {
          self->lost++;
          g_clear_pointer (&faces, till_faces_unref);
          faces = analyse (self, i, wanted);
        }
      add_time (self, began_us);
      till_faces_unref (last);
      last = g_steal_pointer (&faces);
    }
}

static gboolean
run_task (Peer *self, const char *task)
{
  g_string_truncate (self->ms, 0);
  g_string_truncate (self->vectors, 0);
  self->lost = 0;
  if (g_str_equal (task, "photo"))
    take_photos (self, TILL_VISION_WANT_EMBEDDING, FALSE);
  else if (g_str_equal (task, "vectors"))
    take_photos (self, TILL_VISION_WANT_EMBEDDING, TRUE);
  else if (g_str_equal (task, "look"))
    take_photos (self, EVERY_FRAME, FALSE);
  else if (g_str_equal (task, "follow"))
    follow_frames (self, EVERY_FRAME);
  else if (g_str_equal (task, "follow-embedding"))
    follow_frames (self, EVERY_FRAME | TILL_VISION_WANT_EMBEDDING);
  else
    return FALSE;
  printf ("{\"ms\":[%s],\"vectors\":[%s],\"lost\":%u}\n", self->ms->str, self->vectors->str, self->lost);
  fflush (stdout);
  return TRUE;
}

int
main (int argc, char **argv)
{
  g_autoptr (GError) error = NULL;
  Peer self = { .ms = g_string_new (NULL), .vectors = g_string_new (NULL) };
  char line[64];

  if (argc != 3)
    {
      fprintf (stderr, "usage: peer-smiletill PICTURES THREADS\n");
      return 2;
    }
  self.vision = till_vision_new (g_getenv ("SMILETILL_MODELS"), atoi (argv[2]), &error);
  if (self.vision == NULL || (self.frames = picture_file_read_folder (argv[1], &error)) == NULL)
    {
      fprintf (stderr, "%s\n", error->message);
      return 1;
    }
  printf ("{\"pictures\":%u}\n", self.frames->len);
  fflush (stdout);
  while (fgets (line, sizeof line, stdin) != NULL)
    if (!run_task (&self, g_strchomp (line)))
      {
        fprintf (stderr, "no such task: %s\n", line);
        return 2;
      }
  g_ptr_array_unref (self.frames);
  till_vision_free (self.vision);
  g_string_free (self.ms, TRUE);
  g_string_free (self.vectors, TRUE);
  return 0;
}
