/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "camera/till-camera-source.h"

#include "base/till-error.h"
#include "camera/till-camera-source-private.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

#define TILL_SOURCE_DEVICE "device"
#define TILL_SOURCE_CLIP   "clip:"
#define TILL_SOURCE_JPEG   "\xff\xd8\xff"
#define TILL_SOURCE_LOOP   ",loop"
#define TILL_SOURCE_TO_END (-1.0)

/* Beyond this a number of seconds is no place in a clip, and its nanoseconds leave 64 bits. */
#define TILL_SOURCE_SECONDS_MAX 1e9

struct _TillCameraSource
{
  gatomicrefcount references;
  TillCameraSourceKind kind;
  char *path;
  char *device;
  double start;
  double end;
  gboolean loop;
};

G_DEFINE_BOXED_TYPE (TillCameraSource, till_camera_source, till_camera_source_ref, till_camera_source_unref)

static TillCameraSource *
till_camera_source_new (TillCameraSourceKind kind)
{
  TillCameraSource *self = g_new0 (TillCameraSource, 1);

  g_atomic_ref_count_init (&self->references);
  self->kind = kind;
  self->end = TILL_SOURCE_TO_END;
  return self;
}

/* A plain decimal number: no sign, exponent or spaces, which g_ascii_strtod() would all let through. */
static gboolean
till_source_read_seconds (const char **cursor, double *seconds)
{
  const char *text = *cursor;
  gsize length = strspn (text, "0123456789");
  gsize decimals = 0;

  if (text[length] == '.')
    decimals = 1 + strspn (text + length + 1, "0123456789");
  if (length == 0 || decimals == 1)
    return FALSE;

  *cursor = text + length + decimals;
  g_autofree char *number = g_strndup (text, length + decimals);
  *seconds = g_ascii_strtod (number, NULL);
  return *seconds < TILL_SOURCE_SECONDS_MAX;
}

/* Where the "@A-B" that ends @text begins, or NULL when it does not end so. */
static const char *
till_source_find_segment (const char *text, double *start, double *end)
{
  const char *at = strrchr (text, '@');
  const char *cursor;

  if (at == NULL)
    return NULL;
  cursor = at + 1;
  if (!till_source_read_seconds (&cursor, start) || *cursor++ != '-')
    return NULL;

  *end = TILL_SOURCE_TO_END;
  if (*cursor != '\0' && !till_source_read_seconds (&cursor, end))
    return NULL;
  return *cursor == '\0' ? at : NULL;
}

/* Pictures are told from clips by their first bytes: names lie, and a bare system has no MIME database. */
static gboolean
till_source_bytes_are_still (const guint8 *bytes, gsize size)
{
  static const struct
  {
    guint8 offset;
    guint8 length;
    const char *magic;
  } stills[] = {
    { 0, 3, TILL_SOURCE_JPEG },
    { 0, 8, "\x89PNG\r\n\x1a\n" },
    { 0, 2, "BM" },
    { 8, 4, "WEBP" },
    { 0, 4, "II*\0" },
    { 0, 4, "MM\0*" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (stills); i++)
    if (size >= (gsize) stills[i].offset + stills[i].length
        && memcmp (bytes + stills[i].offset, stills[i].magic, stills[i].length) == 0)
      return TRUE;
  return FALSE;
}

/* The first bytes of a file, 0 when there are none to be had. */
static gsize
till_source_read_head (const char *path, guint8 *head, gsize size)
{
  gssize got;
  int fd = g_open (path, O_RDONLY | O_CLOEXEC | O_NONBLOCK, 0);

  if (fd < 0)
    return 0;
  do
    got = read (fd, head, size);
  while (got < 0 && errno == EINTR);
  close (fd);
  return got > 0 ? (gsize) got : 0;
}

gboolean
till_camera_source_file_is_still (const char *path)
{
  guint8 head[16];

  return till_source_bytes_are_still (head, till_source_read_head (path, head, sizeof head));
}

gboolean
till_camera_source_file_is_jpeg (const char *path)
{
  guint8 head[3];

  return till_source_read_head (path, head, sizeof head) == sizeof head
         && memcmp (head, TILL_SOURCE_JPEG, sizeof head) == 0;
}

static gboolean
till_source_check_folder (const char *path, const char *shown, GError **error)
{
  g_autoptr (GError) reason = NULL;
  g_autoptr (GDir) folder = g_dir_open (path, 0, &reason);

  if (folder == NULL)
    {
      g_set_error (error, TILL_ERROR, TILL_ERROR_INVALID, "The folder “%s” can't be read: %s", shown,
                   reason->message);
      return FALSE;
    }
  if (g_dir_read_name (folder) != NULL)
    return TRUE;
  g_set_error (error, TILL_ERROR, TILL_ERROR_NOT_FOUND,
               "The folder “%s” is empty: put pictures in it or name another", shown);
  return FALSE;
}

static void
till_source_set_missing (const char *path, const char *shown, int reason, GError **error)
{
  gboolean hint = strchr (path, '@') != NULL || strchr (path, ',') != NULL;

  if (reason == ENOENT || reason == ENOTDIR)
    g_set_error (error, TILL_ERROR, TILL_ERROR_NOT_FOUND, "There is no file or folder “%s”%s", shown,
                 hint ? " (a segment is written @START-END in seconds, a repeat ,loop)" : "");
  else
    g_set_error (error, TILL_ERROR, TILL_ERROR_NOT_FOUND, "“%s” can't be reached: %s", shown,
                 g_strerror (reason));
}

/* Settles what kind of thing the path names. */
static gboolean
till_source_look_at_path (TillCameraSource *self, GError **error)
{
  g_autofree char *shown = g_filename_display_name (self->path);
  GStatBuf found;

  if (g_stat (self->path, &found) != 0)
    {
      till_source_set_missing (self->path, shown, errno, error);
      return FALSE;
    }
  if (S_ISDIR (found.st_mode))
    {
      self->kind = TILL_CAMERA_SOURCE_STILLS;
      return till_source_check_folder (self->path, shown, error);
    }
  if (!S_ISREG (found.st_mode))
    {
      g_set_error (error, TILL_ERROR, TILL_ERROR_INVALID, "“%s” is neither a file nor a folder", shown);
      return FALSE;
    }
  if (till_camera_source_file_is_still (self->path))
    self->kind = TILL_CAMERA_SOURCE_STILLS;
  return TRUE;
}

static gboolean
till_source_check_segment (const TillCameraSource *self, const char *spec, GError **error)
{
  gboolean whole = self->start <= 0 && self->end < 0;

  if (self->end >= 0 && self->end <= self->start)
    {
      g_set_error (error, TILL_ERROR, TILL_ERROR_INVALID,
                   "The segment of “%s” ends before it starts: write @START-END in seconds", spec);
      return FALSE;
    }
  if (self->kind == TILL_CAMERA_SOURCE_STILLS && !whole)
    {
      g_set_error (error, TILL_ERROR, TILL_ERROR_INVALID,
                   "“%s”: only a video file has a segment, a picture or a folder of them has none", spec);
      return FALSE;
    }
  return TRUE;
}

static TillCameraSource *
till_camera_source_parse_clip (const char *spec, GError **error)
{
  g_autoptr (TillCameraSource) self = till_camera_source_new (TILL_CAMERA_SOURCE_CLIP);
  g_autofree char *rest = g_strdup (spec + strlen (TILL_SOURCE_CLIP));
  double start = 0;
  double end = TILL_SOURCE_TO_END;
  const char *segment;

  if (g_str_has_suffix (rest, TILL_SOURCE_LOOP))
    {
      self->loop = TRUE;
      rest[strlen (rest) - strlen (TILL_SOURCE_LOOP)] = '\0';
    }
  segment = till_source_find_segment (rest, &start, &end);
  if (segment != NULL)
    {
      self->start = start;
      self->end = end;
      rest[segment - rest] = '\0';
    }
  if (*rest == '\0')
    {
      g_set_error (error, TILL_ERROR, TILL_ERROR_INVALID, "“%s” names no file: write clip:PATH", spec);
      return NULL;
    }
  self->path = g_steal_pointer (&rest);

  if (!till_source_look_at_path (self, error) || !till_source_check_segment (self, spec, error))
    return NULL;
  return g_steal_pointer (&self);
}

TillCameraSource *
till_camera_source_parse (const char *spec, GError **error)
{
  TillCameraSource *self;

  g_return_val_if_fail (spec != NULL, NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  if (g_str_has_prefix (spec, TILL_SOURCE_CLIP))
    return till_camera_source_parse_clip (spec, error);
  if (g_str_equal (spec, TILL_SOURCE_DEVICE))
    return till_camera_source_new (TILL_CAMERA_SOURCE_DEVICE);
  if (g_str_has_prefix (spec, TILL_SOURCE_DEVICE ":") && spec[strlen (TILL_SOURCE_DEVICE ":")] != '\0')
    {
      self = till_camera_source_new (TILL_CAMERA_SOURCE_DEVICE);
      self->device = g_strdup (spec + strlen (TILL_SOURCE_DEVICE ":"));
      return self;
    }
  g_set_error (error, TILL_ERROR, TILL_ERROR_INVALID,
               "“%s” is no camera: write device, device:ID or clip:PATH[@START-END][,loop]", spec);
  return NULL;
}

TillCameraSource *
till_camera_source_ref (TillCameraSource *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  g_atomic_ref_count_inc (&self->references);
  return self;
}

void
till_camera_source_unref (TillCameraSource *self)
{
  g_return_if_fail (self != NULL);

  if (!g_atomic_ref_count_dec (&self->references))
    return;
  g_free (self->path);
  g_free (self->device);
  g_free (self);
}

TillCameraSourceKind
till_camera_source_get_kind (const TillCameraSource *self)
{
  g_return_val_if_fail (self != NULL, TILL_CAMERA_SOURCE_DEVICE);

  return self->kind;
}

const char *
till_camera_source_get_path (const TillCameraSource *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->path;
}

const char *
till_camera_source_get_device (const TillCameraSource *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->device;
}

double
till_camera_source_get_start (const TillCameraSource *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->start;
}

double
till_camera_source_get_end (const TillCameraSource *self)
{
  g_return_val_if_fail (self != NULL, TILL_SOURCE_TO_END);

  return self->end;
}

gboolean
till_camera_source_get_loop (const TillCameraSource *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return self->loop;
}

/* To the nanosecond, without the zeros nobody wrote. */
static char *
till_source_seconds_to_string (double seconds)
{
  char number[G_ASCII_DTOSTR_BUF_SIZE];
  gsize length;

  g_ascii_formatd (number, sizeof number, "%.9f", seconds);
  length = strlen (number);
  while (number[length - 1] == '0')
    length--;
  if (number[length - 1] == '.')
    length--;
  return g_strndup (number, length);
}

static char *
till_source_segment_to_string (const TillCameraSource *self)
{
  double ignored_start;
  double ignored_end;
  gboolean whole = self->start <= 0 && self->end < 0;
  gboolean misread = g_str_has_suffix (self->path, TILL_SOURCE_LOOP)
                     || till_source_find_segment (self->path, &ignored_start, &ignored_end) != NULL;

  if (whole && !misread)
    return g_strdup ("");

  g_autofree char *start = till_source_seconds_to_string (self->start);
  g_autofree char *end = self->end >= 0 ? till_source_seconds_to_string (self->end) : g_strdup ("");
  return g_strdup_printf ("@%s-%s", start, end);
}

char *
till_camera_source_to_string (const TillCameraSource *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  if (self->kind == TILL_CAMERA_SOURCE_DEVICE)
    return self->device == NULL ? g_strdup (TILL_SOURCE_DEVICE)
                                : g_strdup_printf (TILL_SOURCE_DEVICE ":%s", self->device);

  g_autofree char *segment = till_source_segment_to_string (self);
  return g_strconcat (TILL_SOURCE_CLIP, self->path, segment, self->loop ? TILL_SOURCE_LOOP : "", NULL);
}
