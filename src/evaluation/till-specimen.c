/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "evaluation/till-specimen.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

typedef struct
{
  guint offset;
  guint length;
  const char *bytes;
  TillSpecimenKind kind;
} Beginning;

static const Beginning beginnings[] = {
  { 0, 3, "\xff\xd8\xff", TILL_SPECIMEN_PHOTO },
  { 0, 8, "\x89PNG\r\n\x1a\n", TILL_SPECIMEN_PHOTO },
  { 0, 4, "GIF8", TILL_SPECIMEN_PHOTO },
  { 0, 2, "BM", TILL_SPECIMEN_PHOTO },
  { 8, 4, "WEBP", TILL_SPECIMEN_PHOTO },
  { 0, 4, "II*\0", TILL_SPECIMEN_PHOTO },
  { 0, 4, "MM\0*", TILL_SPECIMEN_PHOTO },
  { 0, 4, "\x1a\x45\xdf\xa3", TILL_SPECIMEN_CLIP }, /* Matroska, WebM */
  { 4, 4, "ftyp", TILL_SPECIMEN_CLIP },             /* MP4, QuickTime */
  { 0, 4, "OggS", TILL_SPECIMEN_CLIP },
  { 8, 4, "AVI ", TILL_SPECIMEN_CLIP },
  { 0, 4, "\0\0\x01\xba", TILL_SPECIMEN_CLIP }, /* MPEG */
};

static const struct
{
  const char *ending;
  TillSpecimenKind kind;
} endings[] = {
  { ".jpg", TILL_SPECIMEN_PHOTO }, { ".jpeg", TILL_SPECIMEN_PHOTO }, { ".png", TILL_SPECIMEN_PHOTO },
  { ".gif", TILL_SPECIMEN_PHOTO }, { ".bmp", TILL_SPECIMEN_PHOTO },  { ".webp", TILL_SPECIMEN_PHOTO },
  { ".tif", TILL_SPECIMEN_PHOTO }, { ".tiff", TILL_SPECIMEN_PHOTO }, { ".pgm", TILL_SPECIMEN_PHOTO },
  { ".ppm", TILL_SPECIMEN_PHOTO }, { ".webm", TILL_SPECIMEN_CLIP },  { ".mkv", TILL_SPECIMEN_CLIP },
  { ".mp4", TILL_SPECIMEN_CLIP },  { ".m4v", TILL_SPECIMEN_CLIP },   { ".mov", TILL_SPECIMEN_CLIP },
  { ".avi", TILL_SPECIMEN_CLIP },  { ".ogv", TILL_SPECIMEN_CLIP },   { ".mpg", TILL_SPECIMEN_CLIP },
  { ".mpeg", TILL_SPECIMEN_CLIP },
};

static gsize
read_beginning (const char *path, char *bytes, gsize size)
{
  gssize got;
  int fd = g_open (path, O_RDONLY | O_CLOEXEC | O_NONBLOCK, 0);

  if (fd < 0)
    return 0;
  do
    got = read (fd, bytes, size);
  while (got < 0 && errno == EINTR);
  close (fd);
  return got > 0 ? (gsize) got : 0;
}

static TillSpecimenKind
kind_by_name (const char *path)
{
  g_autofree char *lower = g_ascii_strdown (path, -1);

  for (guint i = 0; i < G_N_ELEMENTS (endings); i++)
    if (g_str_has_suffix (lower, endings[i].ending))
      return endings[i].kind;
  return TILL_SPECIMEN_OTHER;
}

TillSpecimenKind
till_specimen_kind (const char *path)
{
  char bytes[16];
  gsize n = read_beginning (path, bytes, sizeof bytes);

  for (guint i = 0; i < G_N_ELEMENTS (beginnings); i++)
    if (n >= (gsize) beginnings[i].offset + beginnings[i].length
        && memcmp (bytes + beginnings[i].offset, beginnings[i].bytes, beginnings[i].length) == 0)
      return beginnings[i].kind;
  return kind_by_name (path);
}

void
till_specimen_free (TillSpecimen *self)
{
  g_free (self->path);
  g_free (self->name);
  g_free (self->trouble);
  g_free (self);
}
