/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/till-snapshot.h"

#include "base/till-error.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* By SQLite's file format (fileformat2.html): sections 1.3, the database header, and 4.1, the log. */
#define HEADER_SIZE     100
#define LOG_HEADER_SIZE 32
#define FRAME_SIZE      24
#define LOG_MAGIC       0x377f0682u /* the lowest bit tells the byte order of the checksums */
#define LOG_VERSION     3007000u
#define MOST_TRIES      20

void
till_snapshot_clear (TillSnapshot *snapshot)
{
  g_clear_pointer (&snapshot->image, sqlite3_free);
  snapshot->size = 0;
}

static guint32
read_number (const guchar *at)
{
  return (guint32) at[0] << 24 | (guint32) at[1] << 16 | (guint32) at[2] << 8 | at[3];
}

/* Reading files */

static void
set_unreadable (GError **error, const char *path)
{
  int saved = errno;

  g_set_error (error, TILL_ERROR, saved == ENOENT ? TILL_ERROR_NOT_FOUND : TILL_ERROR_FAILED,
               "%s can't be read: %s", path, g_strerror (saved));
}

static gboolean
read_all (int fd, GByteArray *bytes)
{
  guchar part[64 * 1024];
  gssize got;

  while ((got = read (fd, part, sizeof part)) != 0)
    {
      if (got < 0 && errno == EINTR)
        continue;
      if (got < 0 || bytes->len > G_MAXINT32 - (guint) got)
        return FALSE;
      g_byte_array_append (bytes, part, (guint) got);
    }
  return TRUE;
}

/* An empty array for a log that is not there. */
static GByteArray *
read_file (const char *path, gboolean is_log, GError **error)
{
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  int fd = g_open (path, O_RDONLY | O_CLOEXEC | O_NONBLOCK, 0);
  struct stat status;
  gboolean got;

  if (fd < 0 && errno == ENOENT && is_log)
    return g_steal_pointer (&bytes);
  if (fd < 0)
    {
      set_unreadable (error, path);
      return NULL;
    }
  got = fstat (fd, &status) == 0 && read_all (fd, bytes);
  if (!got)
    set_unreadable (error, path);
  close (fd);
  if (!got)
    return NULL;
  if (!S_ISREG (status.st_mode))
    {
      g_set_error (error, TILL_ERROR, TILL_ERROR_FAILED, "%s is no file", path);
      return NULL;
    }
  return g_steal_pointer (&bytes);
}

/* Whether the file still holds @bytes and no more. Its time of change is too coarse to tell two writes in a row apart. */
static gboolean
still_holds (const char *path, const GByteArray *bytes)
{
  g_autoptr (GByteArray) now = read_file (path, FALSE, NULL);

  return now != NULL && now->len == bytes->len && memcmp (now->data, bytes->data, bytes->len) == 0;
}

/* Whether the log still begins as @log does and is as long at least: it was not emptied while it was read. */
static gboolean
still_goes_on (const char *path, const GByteArray *log)
{
  g_autoptr (GByteArray) now = read_file (path, TRUE, NULL);

  return now != NULL && now->len >= log->len
         && memcmp (now->data, log->data, MIN (log->len, LOG_HEADER_SIZE)) == 0;
}

/*
 * The file first and its log after it: every page that a checkpoint put into the file meanwhile is in the log too, as long
 * as the log was not begun anew, which its header tells. Where there is no header, the log may have been filled and emptied
 * meanwhile, as when the file is written anew. A file that was read while pages came in is then another one once the log
 * is empty again, which reading it once more tells.
 */
static gboolean
read_both (const char *path, GByteArray **file, GByteArray **wal, GError **error)
{
  g_autofree char *wal_path = g_strconcat (path, "-wal", NULL);

  for (guint i = 0; i < MOST_TRIES; i++)
    {
      g_autoptr (GByteArray) before = read_file (wal_path, TRUE, error);
      g_autoptr (GByteArray) pages = before != NULL ? read_file (path, FALSE, error) : NULL;
      g_autoptr (GByteArray) after = pages != NULL ? read_file (wal_path, TRUE, error) : NULL;

      if (after == NULL)
        return FALSE;
      gsize size = MIN (before->len, LOG_HEADER_SIZE);
      if (size == MIN (after->len, LOG_HEADER_SIZE)
          && (size == 0 ? still_holds (path, pages)
                        : memcmp (before->data, after->data, size) == 0 && still_goes_on (wal_path, after)))
        {
          *file = g_steal_pointer (&pages);
          *wal = g_steal_pointer (&after);
          return TRUE;
        }
    }
  g_set_error (error, TILL_ERROR, TILL_ERROR_BUSY, "%s changes too fast to be read: try again", path);
  return FALSE;
}

/* The log */

typedef struct
{
  gboolean big_endian;
  guint32 sums[2];
} Checksum;

static void
add_to_checksum (Checksum *checksum, const guchar *data, gsize size)
{
  for (gsize i = 0; i + 8 <= size; i += 8)
    {
      guint32 words[2];

      memcpy (words, data + i, sizeof words);
      for (guint w = 0; w < 2; w++)
        words[w] = checksum->big_endian ? GUINT32_FROM_BE (words[w]) : GUINT32_FROM_LE (words[w]);
      checksum->sums[0] += words[0] + checksum->sums[1];
      checksum->sums[1] += words[1] + checksum->sums[0];
    }
}

static gboolean
checksum_is (const Checksum *checksum, const guchar *at)
{
  return checksum->sums[0] == read_number (at) && checksum->sums[1] == read_number (at + 4);
}

static gboolean
start_log (Checksum *checksum, const guchar *wal, gsize wal_size, gsize page_size)
{
  if (wal_size < LOG_HEADER_SIZE || (read_number (wal) & ~1u) != LOG_MAGIC
      || read_number (wal + 4) != LOG_VERSION || read_number (wal + 8) != page_size)
    return FALSE;
  checksum->big_endian = (read_number (wal) & 1) != 0;
  add_to_checksum (checksum, wal, LOG_HEADER_SIZE - 8);
  return checksum_is (checksum, wal + LOG_HEADER_SIZE - 8);
}

/* Where the last whole transaction ends, counted in frames. */
static guint
count_frames (const guchar *wal, gsize wal_size, gsize page_size)
{
  Checksum checksum = { 0 };
  guint whole = 0, n = 0;

  if (!start_log (&checksum, wal, wal_size, page_size))
    return 0;
  for (gsize at = LOG_HEADER_SIZE; at + FRAME_SIZE + page_size <= wal_size; at += FRAME_SIZE + page_size)
    {
      const guchar *frame = wal + at;

      /* The salts are those of the header, or it is left over from an older log. */
      if (memcmp (frame + 8, wal + 16, 8) != 0 || read_number (frame) == 0)
        break;
      add_to_checksum (&checksum, frame, 8);
      add_to_checksum (&checksum, frame + FRAME_SIZE, page_size);
      if (!checksum_is (&checksum, frame + 16))
        break;
      n++;
      if (read_number (frame + 4) != 0)
        whole = n;
    }
  return whole;
}

static void
resize (TillSnapshot *snapshot, gsize size)
{
  if (size == snapshot->size)
    return;
  snapshot->image = sqlite3_realloc64 (snapshot->image, size);
  if (snapshot->image == NULL)
    g_error ("no memory for the %" G_GSIZE_FORMAT " bytes of the database", size);
  if (size > snapshot->size)
    memset (snapshot->image + snapshot->size, 0, size - snapshot->size);
  snapshot->size = size;
}

guint
till_snapshot_apply_log (TillSnapshot *snapshot, const guchar *wal, gsize wal_size, gsize page_size)
{
  guint frames = count_frames (wal, wal_size, page_size);

  for (guint i = 0; i < frames; i++)
    {
      const guchar *frame = wal + LOG_HEADER_SIZE + i * (FRAME_SIZE + page_size);
      gsize start = (read_number (frame) - 1) * page_size;
      gsize pages = read_number (frame + 4);

      resize (snapshot, MAX (snapshot->size, start + page_size));
      memcpy (snapshot->image + start, frame + FRAME_SIZE, page_size);
      if (i + 1 == frames)
        resize (snapshot, pages * page_size);
    }
  return frames;
}

/* Both together */

static gboolean
set_corrupt (GError **error, const char *path, const char *what)
{
  g_set_error (error, TILL_ERROR, TILL_ERROR_CORRUPT, "%s: %s; nothing in it was changed", path, what);
  return FALSE;
}

static gsize
read_page_size (const guchar *header)
{
  gsize size = (gsize) header[16] << 8 | header[17];

  size = size == 1 ? 65536 : size;
  return size >= 512 && (size & (size - 1)) == 0 ? size : 0;
}

gboolean
till_snapshot_read (TillSnapshot *snapshot, const char *path, GError **error)
{
  g_autoptr (GByteArray) file = NULL;
  g_autoptr (GByteArray) wal = NULL;
  gsize page_size;

  if (!read_both (path, &file, &wal, error))
    return FALSE;
  if (file->len == 0)
    return set_corrupt (error, path, "the file is empty");
  page_size = file->len >= HEADER_SIZE && memcmp (file->data, "SQLite format 3", 16) == 0
                  ? read_page_size (file->data)
                  : 0;
  if (page_size == 0)
    return set_corrupt (error, path, "this is no database");
  if (file->len % page_size != 0 && wal->len == 0)
    return set_corrupt (error, path, "the file was cut off");

  snapshot->image = NULL;
  snapshot->size = 0;
  resize (snapshot, (file->len + page_size - 1) / page_size * page_size);
  memcpy (snapshot->image, file->data, file->len);
  till_snapshot_apply_log (snapshot, wal->data, wal->len, page_size);
  if (snapshot->size < HEADER_SIZE)
    return set_corrupt (error, path, "its log leaves nothing of it");
  /* An image has no log beside it, so it may not say that it has one. */
  snapshot->image[18] = snapshot->image[19] = 1;
  return TRUE;
}
