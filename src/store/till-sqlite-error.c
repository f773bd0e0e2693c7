/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/till-sqlite-error.h"

#include "base/till-error.h"

static TillError
till_sqlite_error_code (int code)
{
  switch (code & 0xff)
    {
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
      return TILL_ERROR_CORRUPT;
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
      return TILL_ERROR_BUSY;
    case SQLITE_CONSTRAINT:
      return TILL_ERROR_EXISTS;
    default:
      return TILL_ERROR_FAILED;
    }
}

static const char *
till_sqlite_error_mend (int code)
{
  switch (code & 0xff)
    {
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
      return "; put a backup in its place, or move it away to start anew";
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
      return "; close the other program that has it open";
    case SQLITE_FULL:
      return "; make room on the disk and try again";
    case SQLITE_READONLY:
    case SQLITE_PERM:
    case SQLITE_CANTOPEN:
      return "; check that its folder exists and that you may write there";
    case SQLITE_IOERR:
      return "; check the disk and how much room is left on it";
    default:
      return "";
    }
}

gboolean
till_sqlite_set_error (GError **error, sqlite3 *db, int code)
{
  const char *path = db != NULL ? sqlite3_db_filename (db, "main") : NULL;
  /* The handle's words may be about another call. */
  gboolean same = db != NULL && (sqlite3_errcode (db) & 0xff) == (code & 0xff);
  const char *message = same ? sqlite3_errmsg (db) : sqlite3_errstr (code);

  g_set_error (error, TILL_ERROR, till_sqlite_error_code (code), "%s: %s%s",
               path != NULL && *path != '\0' ? path : "database", message, till_sqlite_error_mend (code));
  return FALSE;
}
