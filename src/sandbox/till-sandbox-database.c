/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sandbox/till-sandbox-database.h"

#include <string.h>

#include "base/till-error.h"
#include "sandbox/till-sandbox-schema.h"

struct _TillSandboxDatabase
{
  sqlite3 *handle;
  char *failure;
};

static void
remember_failure (TillSandboxDatabase *self, const char *sql)
{
  if (self->failure == NULL)
    self->failure = g_strdup_printf ("%s (in: %.60s)", sqlite3_errmsg (self->handle), sql);
}

static gboolean
run_plain (TillSandboxDatabase *self, const char *sql)
{
  if (sqlite3_exec (self->handle, sql, NULL, NULL, NULL) == SQLITE_OK)
    return TRUE;

  remember_failure (self, sql);
  return FALSE;
}

static sqlite3_stmt *
prepare (TillSandboxDatabase *self, const char *sql)
{
  sqlite3_stmt *statement = NULL;

  if (sqlite3_prepare_v2 (self->handle, sql, -1, &statement, NULL) != SQLITE_OK)
    remember_failure (self, sql);
  return statement;
}

static gboolean
bind_arguments (sqlite3_stmt *statement, const char *types, va_list arguments)
{
  int result = SQLITE_OK;

  g_return_val_if_fail ((int) strlen (types) == sqlite3_bind_parameter_count (statement), FALSE);
  for (int i = 0; types[i] != '\0' && result == SQLITE_OK; i++)
    {
      if (types[i] == 'i')
        result = sqlite3_bind_int64 (statement, i + 1, va_arg (arguments, gint64));
      else
        result = sqlite3_bind_text (statement, i + 1, va_arg (arguments, const char *), -1, SQLITE_TRANSIENT);
    }
  return result == SQLITE_OK;
}

gboolean
till_sandbox_database_change (TillSandboxDatabase *self, const char *sql, const char *types, ...)
{
  g_autoptr (sqlite3_stmt) statement = prepare (self, sql);
  va_list arguments;

  if (statement == NULL)
    return FALSE;

  va_start (arguments, types);
  gboolean done = bind_arguments (statement, types, arguments) && sqlite3_step (statement) == SQLITE_DONE;
  va_end (arguments);
  if (!done)
    remember_failure (self, sql);
  return done;
}

/* Takes @statement. */
static sqlite3_stmt *
first_row (TillSandboxDatabase *self, sqlite3_stmt *statement, gboolean bound)
{
  if (bound && till_sandbox_database_next (self, statement))
    return statement;

  if (!bound)
    remember_failure (self, sqlite3_sql (statement));
  sqlite3_finalize (statement);
  return NULL;
}

sqlite3_stmt *
till_sandbox_database_select (TillSandboxDatabase *self, const char *sql, const char *types, ...)
{
  sqlite3_stmt *statement = prepare (self, sql);
  va_list arguments;

  if (statement == NULL)
    return NULL;

  va_start (arguments, types);
  gboolean bound = bind_arguments (statement, types, arguments);
  va_end (arguments);
  return first_row (self, statement, bound);
}

sqlite3_stmt *
till_sandbox_database_select_array (TillSandboxDatabase *self, const char *sql, GPtrArray *texts)
{
  sqlite3_stmt *statement = prepare (self, sql);
  gboolean bound = TRUE;

  if (statement == NULL)
    return NULL;

  for (guint i = 0; i < texts->len && bound; i++)
    bound = sqlite3_bind_text (statement, (int) i + 1, texts->pdata[i], -1, SQLITE_TRANSIENT) == SQLITE_OK;
  return first_row (self, statement, bound);
}

gboolean
till_sandbox_database_next (TillSandboxDatabase *self, sqlite3_stmt *row)
{
  int result = sqlite3_step (row);

  if (result != SQLITE_ROW && result != SQLITE_DONE)
    remember_failure (self, sqlite3_sql (row));
  return result == SQLITE_ROW;
}

const char *
till_sandbox_database_text (sqlite3_stmt *row, int column)
{
  return (const char *) sqlite3_column_text (row, column);
}

gboolean
till_sandbox_database_begin (TillSandboxDatabase *self)
{
  g_clear_pointer (&self->failure, g_free);
  return run_plain (self, "BEGIN IMMEDIATE");
}

gboolean
till_sandbox_database_commit (TillSandboxDatabase *self)
{
  if (self->failure == NULL && run_plain (self, "COMMIT"))
    return TRUE;

  till_sandbox_database_undo (self);
  return FALSE;
}

void
till_sandbox_database_undo (TillSandboxDatabase *self)
{
  /* SQLite has already rolled back after some errors, a full disk for one. */
  if (!sqlite3_get_autocommit (self->handle))
    run_plain (self, "ROLLBACK");
}

void
till_sandbox_database_mark (TillSandboxDatabase *self)
{
  run_plain (self, "SAVEPOINT call");
}

void
till_sandbox_database_undo_to_mark (TillSandboxDatabase *self)
{
  run_plain (self, "ROLLBACK TO call");
}

const char *
till_sandbox_database_failure (TillSandboxDatabase *self)
{
  return self->failure;
}

static gint64
read_number (TillSandboxDatabase *self, const char *sql)
{
  g_autoptr (sqlite3_stmt) row = till_sandbox_database_select (self, sql, "");

  return row != NULL ? sqlite3_column_int64 (row, 0) : -1;
}

static gboolean
is_intact (TillSandboxDatabase *self)
{
  g_autoptr (sqlite3_stmt) row = till_sandbox_database_select (self, "PRAGMA quick_check (1)", "");

  if (row == NULL)
    return FALSE;
  if (!g_str_equal (till_sandbox_database_text (row, 0), "ok") && self->failure == NULL)
    self->failure = g_strdup (till_sandbox_database_text (row, 0));
  return self->failure == NULL;
}

static gboolean
migrate (TillSandboxDatabase *self, guint version)
{
  const char *step;

  while ((step = till_sandbox_schema_step (version)) != NULL)
    {
      g_autofree char *finish = g_strdup_printf ("PRAGMA user_version = %u; PRAGMA application_id = %d;",
                                                 version + 1, TILL_SANDBOX_APPLICATION_ID);
      if (!till_sandbox_database_begin (self) || !run_plain (self, step) || !run_plain (self, finish)
          || !till_sandbox_database_commit (self))
        {
          till_sandbox_database_undo (self);
          return FALSE;
        }
      version++;
    }
  return TRUE;
}

static gboolean
set_corrupt (TillSandboxDatabase *self, const char *path, GError **error)
{
  int code = sqlite3_errcode (self->handle) & 0xff;
  gboolean other = code != SQLITE_OK && code != SQLITE_ROW && code != SQLITE_DONE && code != SQLITE_CORRUPT
                   && code != SQLITE_NOTADB;

  if (other)
    g_set_error (error, TILL_ERROR, TILL_ERROR_FAILED, "Can't use the gateway's database %s: %s.", path,
                 self->failure != NULL ? self->failure : sqlite3_errmsg (self->handle));
  else
    g_set_error (
        error, TILL_ERROR, TILL_ERROR_CORRUPT,
        "The gateway's database %s is damaged (%s); put back a copy of it, or move it away to start with an "
        "empty gateway.",
        path, self->failure != NULL ? self->failure : "not a database");
  return FALSE;
}

static gboolean
check_identity (TillSandboxDatabase *self, const char *path, guint *version, GError **error)
{
  gint64 found = read_number (self, "PRAGMA user_version");
  gint64 owner = read_number (self, "PRAGMA application_id");
  gint64 tables = read_number (self, "SELECT count (*) FROM sqlite_schema");

  if (found < 0 || owner < 0 || tables < 0)
    return set_corrupt (self, path, error);
  if (tables > 0 && owner != TILL_SANDBOX_APPLICATION_ID)
    {
      g_set_error (error, TILL_ERROR, TILL_ERROR_CORRUPT,
                   "%s is a database of another program; give the gateway a folder of its own with --dir.",
                   path);
      return FALSE;
    }
  if (found > till_sandbox_schema_version ())
    {
      g_set_error (error, TILL_ERROR, TILL_ERROR_UNSUPPORTED,
                   "%s was written by a newer smiletill-sandbox (tables of version %" G_GINT64_FORMAT
                   ", this one knows %u); use that one.",
                   path, found, till_sandbox_schema_version ());
      return FALSE;
    }
  *version = (guint) found;
  return TRUE;
}

static gboolean
set_up (TillSandboxDatabase *self, const char *path, GError **error)
{
  guint version = 0;

  sqlite3_extended_result_codes (self->handle, 1);
  sqlite3_busy_timeout (self->handle, 5000);
  if (!check_identity (self, path, &version, error))
    return FALSE;
  if (!run_plain (self, "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON;"
                        "PRAGMA trusted_schema = OFF;")
      || !is_intact (self) || !migrate (self, version))
    return set_corrupt (self, path, error);
  return TRUE;
}

TillSandboxDatabase *
till_sandbox_database_open (const char *path, GError **error)
{
  g_autoptr (TillSandboxDatabase) self = g_new0 (TillSandboxDatabase, 1);
  int result = sqlite3_open_v2 (path, &self->handle, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, NULL);

  if (result != SQLITE_OK)
    {
      g_set_error (error, TILL_ERROR, TILL_ERROR_FAILED, "Can't open the gateway's database %s: %s.", path,
                   sqlite3_errstr (result));
      return NULL;
    }
  if (!set_up (self, path, error))
    return NULL;
  return g_steal_pointer (&self);
}

void
till_sandbox_database_close (TillSandboxDatabase *self)
{
  if (self == NULL)
    return;

  sqlite3_close_v2 (self->handle);
  g_free (self->failure);
  g_free (self);
}
