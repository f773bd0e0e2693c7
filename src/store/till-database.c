/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/till-database.h"

#include "base/till-error.h"
#include "store/till-snapshot.h"
#include "store/till-sqlite-error.h"
#include "store/till-statement.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

/* "STil" in the header of the file tells a till's database from another program's. */
#define TILL_DATABASE_APPLICATION_ID 0x5354696c

struct _TillDatabase
{
  sqlite3 *db;
  int lock;
};

static gboolean
till_database_set_errno (GError **error, const char *path, const char *what)
{
  int saved = errno;

  g_set_error (error, TILL_ERROR, TILL_ERROR_FAILED,
               "%s: %s: %s; check that its folder exists and that you may write there", path, what,
               g_strerror (saved));
  return FALSE;
}

static gboolean
till_database_set_corrupt (GError **error, const char *path, const char *what)
{
  g_set_error (
      error, TILL_ERROR, TILL_ERROR_CORRUPT,
      "%s: %s; nothing in it was changed. Put a backup in its place, or move it and its -wal file away to "
      "start anew",
      path, what);
  return FALSE;
}

static gboolean
till_database_lock (TillDatabase *self, const char *path, GError **error)
{
  g_autofree char *lock_path = g_strconcat (path, ".lock", NULL);

  self->lock = g_open (lock_path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
  if (self->lock < 0)
    return till_database_set_errno (error, lock_path, "can't be opened");
  if (flock (self->lock, LOCK_EX | LOCK_NB) == 0)
    return TRUE;
  if (errno != EWOULDBLOCK)
    return till_database_set_errno (error, lock_path, "can't be locked");
  g_set_error (error, TILL_ERROR, TILL_ERROR_BUSY, "%s is in use by another till; close that one first",
               path);
  return FALSE;
}

gboolean
till_database_execute (sqlite3 *db, const char *sql, GError **error)
{
  int result = sqlite3_exec (db, sql, NULL, NULL, NULL);

  return result == SQLITE_OK || till_sqlite_set_error (error, db, result);
}

static gboolean
till_database_query_text (sqlite3 *db, const char *sql, char **text, GError **error)
{
  g_autoptr (TillStatement) statement = till_statement_new (db, sql, error);
  gboolean row;

  if (statement == NULL || !till_statement_step (statement, &row, error))
    return FALSE;
  *text = g_strdup (row ? till_statement_get_text (statement, 0) : NULL);
  return TRUE;
}

/* A log that somebody still reads from can't be emptied; here nobody else has the file open. */
static gboolean
till_database_empty_log (sqlite3 *db, GError **error)
{
  int frames = 0;
  int result = sqlite3_wal_checkpoint_v2 (db, NULL, SQLITE_CHECKPOINT_TRUNCATE, &frames, NULL);

  if (result != SQLITE_OK)
    return till_sqlite_set_error (error, db, result);
  if (frames == 0)
    return TRUE;
  g_set_error (error, TILL_ERROR, TILL_ERROR_FAILED, "the log of the database still has %d pages", frames);
  return FALSE;
}

/* Of a file larger than that, VACUUM keeps its copy in a temporary file, which has no name, and not in memory. */
#define TILL_DATABASE_MOST_IN_MEMORY (G_GINT64_CONSTANT (256) * 1024 * 1024)

static gboolean
till_database_vacuum (sqlite3 *db, GError **error)
{
  g_autofree char *size = NULL;
  g_autoptr (GError) failure = NULL;

  if (!till_database_query_text (db, "SELECT page_count * page_size FROM pragma_page_count, pragma_page_size",
                                 &size, error))
    return FALSE;
  if (g_ascii_strtoll (size, NULL, 10) <= TILL_DATABASE_MOST_IN_MEMORY)
    return till_database_execute (db, "VACUUM", error);

  gboolean done = till_database_execute (db, "PRAGMA temp_store=FILE", &failure)
                  && till_database_execute (db, "VACUUM", &failure);
  /* What follows is fast again either way; of two failures the first tells more. */
  if (!till_database_execute (db, "PRAGMA temp_store=MEMORY", done ? &failure : NULL))
    done = FALSE;
  if (!done && failure != NULL)
    g_propagate_error (error, g_steal_pointer (&failure));
  return done;
}

/*
 * VACUUM writes the new file into the log. Before it, the log is emptied, so that it need hold no former pages beside it;
 * after it, so that the file itself is the new one.
 */
gboolean
till_database_compact (sqlite3 *db, GError **error)
{
  return till_database_empty_log (db, error) && till_database_vacuum (db, error)
         && till_database_empty_log (db, error);
}

static void
till_database_harden (TillDatabase *self)
{
  sqlite3_extended_result_codes (self->db, 1);
  sqlite3_db_config (self->db, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
  sqlite3_db_config (self->db, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, NULL);
  sqlite3_db_config (self->db, SQLITE_DBCONFIG_DQS_DML, 0, NULL);
  sqlite3_db_config (self->db, SQLITE_DBCONFIG_DQS_DDL, 0, NULL);
}

static gboolean
till_database_connect (TillDatabase *self, const char *path, GError **error)
{
  int result = sqlite3_open_v2 (path, &self->db,
                                SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_PRIVATECACHE, NULL);

  if (result != SQLITE_OK)
    {
      till_sqlite_set_error (error, self->db, result);
      g_prefix_error (error, "%s: ", path);
      return FALSE;
    }
  till_database_harden (self);
  /* A file that fails its check is closed again as it was, its log not folded into it. */
  sqlite3_db_config (self->db, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, NULL);
  return TRUE;
}

static void
till_database_disconnect (TillDatabase *self)
{
  int result = sqlite3_close (self->db);

  if (result != SQLITE_OK)
    g_critical ("a statement was still open when its database was closed: %s", sqlite3_errstr (result));
  self->db = NULL;
}

static gboolean
till_database_sync (const char *path, int flags, GError **error)
{
  int fd = g_open (path, flags | O_CLOEXEC, 0);
  gboolean synced;

  if (fd < 0)
    return till_database_set_errno (error, path, "can't be opened");
  synced = fsync (fd) == 0;
  if (!synced)
    till_database_set_errno (error, path, "can't be written to the disk");
  close (fd);
  return synced;
}

static gboolean
till_database_make_empty (TillDatabase *self, const char *path, GError **error)
{
  g_autofree char *sql
      = g_strdup_printf ("PRAGMA application_id=%d; PRAGMA user_version=1;", TILL_DATABASE_APPLICATION_ID);
  int fd = g_open (path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
  gboolean made;

  if (fd < 0)
    return till_database_set_errno (error, path, "can't be made");
  close (fd);
  made = till_database_connect (self, path, error) && till_database_execute (self->db, sql, error);
  till_database_disconnect (self);
  return made && till_database_sync (path, O_RDWR, error);
}

/* Under another name first: a file that is there under @path is always whole, and an empty one was cut short. */
static gboolean
till_database_create (TillDatabase *self, const char *path, GError **error)
{
  g_autofree char *new_path = g_strconcat (path, ".new", NULL);
  g_autofree char *journal = g_strconcat (new_path, "-journal", NULL);
  g_autofree char *folder = g_path_get_dirname (path);

  (void) g_unlink (new_path);
  (void) g_unlink (journal);
  if (!till_database_make_empty (self, new_path, error))
    {
      (void) g_unlink (new_path);
      return FALSE;
    }
  if (g_rename (new_path, path) != 0)
    return till_database_set_errno (error, path, "can't be made");
  return till_database_sync (folder, O_RDONLY | O_DIRECTORY, error);
}

static gboolean
till_database_ensure_file (TillDatabase *self, const char *path, GError **error)
{
  g_autofree char *wal = g_strconcat (path, "-wal", NULL);
  GStatBuf status;

  if (g_stat (path, &status) == 0)
    {
      if (S_ISREG (status.st_mode) && status.st_size == 0)
        return till_database_set_corrupt (error, path, "the file is empty");
      return TRUE;
    }
  if (errno != ENOENT)
    return till_database_set_errno (error, path, "can't be looked at");
  if (g_stat (wal, &status) == 0 && status.st_size > 0)
    return till_database_set_corrupt (error, path, "the file is missing, but its -wal file is there");
  return till_database_create (self, path, error);
}

/*
 * SQLite reads the missing part of a last page as zeros. After a crash that is right, since the log then has the whole
 * page; without a log, something is lost.
 */
static gboolean
till_database_check_size (TillDatabase *self, const char *path, GError **error)
{
  g_autofree char *wal = g_strconcat (path, "-wal", NULL);
  g_autofree char *page_size = NULL;
  GStatBuf status;
  gint64 page;
  gint64 size;

  if (!till_database_query_text (self->db, "PRAGMA page_size", &page_size, error))
    return FALSE;
  if (g_stat (path, &status) != 0)
    return till_database_set_errno (error, path, "can't be looked at");
  size = status.st_size;
  page = g_ascii_strtoll (page_size, NULL, 10);
  if (page > 0 && size % page == 0)
    return TRUE;
  if (g_stat (wal, &status) == 0 && status.st_size > 0)
    return TRUE;
  return till_database_set_corrupt (error, path, "the file was cut off");
}

/* @path: for the words. */
static gboolean
till_database_check_content (TillDatabase *self, const char *path, GError **error)
{
  g_autofree char *application = NULL;
  g_autofree char *report = NULL;

  if (!till_database_query_text (self->db, "PRAGMA application_id", &application, error)
      || !till_database_query_text (self->db, "PRAGMA quick_check(1)", &report, error))
    return FALSE;
  if (g_strcmp0 (report, "ok") != 0)
    return till_database_set_corrupt (error, path, report != NULL ? report : "its check gave no answer");
  if (g_ascii_strtoll (application, NULL, 10) != TILL_DATABASE_APPLICATION_ID)
    return till_database_set_corrupt (error, path, "this is another program's database");
  return TRUE;
}

static gboolean
till_database_check (TillDatabase *self, const char *path, GError **error)
{
  g_autofree char *application = NULL;

  /* Before the first read, so that the log needs no shared-memory file and nobody else gets in. */
  return till_database_execute (self->db, "PRAGMA locking_mode=EXCLUSIVE; PRAGMA cell_size_check=ON;", error)
         && till_database_query_text (self->db, "PRAGMA application_id", &application, error)
         && till_database_check_size (self, path, error) && till_database_check_content (self, path, error);
}

/* Only once the file is known to be a till's own. The log was made with the mode that the file had until now. */
static gboolean
till_database_hide (const char *path, GError **error)
{
  g_autofree char *wal = g_strconcat (path, "-wal", NULL);

  if (g_chmod (path, 0600) != 0)
    return till_database_set_errno (error, path, "can't be kept from other users");
  if (g_chmod (wal, 0600) != 0 && errno != ENOENT)
    return till_database_set_errno (error, wal, "can't be kept from other users");
  return TRUE;
}

static gboolean
till_database_configure (TillDatabase *self, const char *path, GError **error)
{
  g_autofree char *mode = NULL;

  if (!till_database_query_text (self->db, "PRAGMA journal_mode=WAL", &mode, error))
    return FALSE;
  if (g_strcmp0 (mode, "wal") != 0)
    {
      g_set_error (error, TILL_ERROR, TILL_ERROR_FAILED,
                   "%s: no write-ahead log can be kept here (%s); use a disk of this computer's own", path,
                   mode);
      return FALSE;
    }
  if (!till_database_hide (path, error))
    return FALSE;
  sqlite3_db_config (self->db, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 0, NULL);
  /* recursive_triggers: without it, INSERT OR REPLACE deletes rows past the triggers that forbid it. */
  return till_database_execute (self->db,
                                "PRAGMA synchronous=FULL; PRAGMA secure_delete=ON; PRAGMA foreign_keys=ON;"
                                "PRAGMA recursive_triggers=ON; PRAGMA temp_store=MEMORY;"
                                "BEGIN IMMEDIATE; COMMIT;",
                                error);
}

TillDatabase *
till_database_open (const char *path, GError **error)
{
  g_autoptr (TillDatabase) self = g_new0 (TillDatabase, 1);

  self->lock = -1;
  if (!till_database_lock (self, path, error) || !till_database_ensure_file (self, path, error))
    return NULL;
  if (!till_database_connect (self, path, error) || !till_database_check (self, path, error)
      || !till_database_configure (self, path, error))
    return NULL;
  return g_steal_pointer (&self);
}

TillDatabase *
till_database_open_reading (const char *path, GError **error)
{
  g_autoptr (TillDatabase) self = g_new0 (TillDatabase, 1);
  g_auto (TillSnapshot) snapshot = { NULL };
  gint64 size;
  int result;

  self->lock = -1;
  if (!till_snapshot_read (&snapshot, path, error))
    return NULL;
  result = sqlite3_open_v2 (":memory:", &self->db,
                            SQLITE_OPEN_READWRITE | SQLITE_OPEN_MEMORY | SQLITE_OPEN_NOMUTEX, NULL);
  size = (gint64) snapshot.size;
  if (result == SQLITE_OK)
    result = sqlite3_deserialize (self->db, "main", g_steal_pointer (&snapshot.image), size, size,
                                  SQLITE_DESERIALIZE_FREEONCLOSE | SQLITE_DESERIALIZE_READONLY);
  if (result != SQLITE_OK)
    {
      till_sqlite_set_error (error, self->db, result);
      g_prefix_error (error, "%s: ", path);
      return NULL;
    }
  till_database_harden (self);
  if (!till_database_execute (self->db, "PRAGMA cell_size_check=ON; PRAGMA temp_store=MEMORY;", error)
      || !till_database_check_content (self, path, error))
    {
      g_prefix_error (error, "%s: ", path);
      return NULL;
    }
  return g_steal_pointer (&self);
}

void
till_database_free (TillDatabase *self)
{
  if (self->db != NULL)
    till_database_disconnect (self);
  if (self->lock >= 0)
    close (self->lock);
  g_free (self);
}

sqlite3 *
till_database_get_handle (TillDatabase *self)
{
  return self->db;
}
