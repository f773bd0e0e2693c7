/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/till-statement.h"

#include "base/till-error.h"
#include "store/till-sqlite-error.h"

#include <string.h>

struct _TillStatement
{
  sqlite3 *db;
  sqlite3_stmt *stmt;
  int bind_result; /* the first failure of a bind, told at the next step */
};

/* A copy that remembers its size, so that SQLite's and GLib's one-argument destructors can wipe it. */
typedef struct
{
  gsize size;
  char data[];
} TillStatementCopy;

static TillStatementCopy *
till_statement_copy_new (gconstpointer data, gsize size)
{
  TillStatementCopy *copy = g_malloc (sizeof *copy + MAX (size, 1));

  copy->size = size;
  if (size > 0)
    memcpy (copy->data, data, size);
  return copy;
}

static void
till_statement_copy_free (gpointer pointer)
{
  TillStatementCopy *copy = pointer;

  explicit_bzero (copy->data, copy->size);
  g_free (copy);
}

static void
till_statement_copy_free_data (void *data)
{
  till_statement_copy_free ((char *) data - G_STRUCT_OFFSET (TillStatementCopy, data));
}

TillStatement *
till_statement_new (sqlite3 *db, const char *sql, GError **error)
{
  g_autoptr (TillStatement) self = g_new0 (TillStatement, 1);
  int result;

  self->db = db;
  result = sqlite3_prepare_v2 (db, sql, -1, &self->stmt, NULL);
  if (result != SQLITE_OK)
    {
      till_sqlite_set_error (error, db, result);
      return NULL;
    }
  g_assert (self->stmt != NULL);
  return g_steal_pointer (&self);
}

void
till_statement_free (TillStatement *self)
{
  /* Tells again what the last step told. */
  (void) sqlite3_finalize (self->stmt);
  g_free (self);
}

static void
till_statement_note_bind (TillStatement *self, int result)
{
  if (self->bind_result == SQLITE_OK)
    self->bind_result = result;
}

void
till_statement_bind_text (TillStatement *self, int index, const char *text)
{
  TillStatementCopy *copy;
  gsize size;

  if (text == NULL)
    {
      till_statement_note_bind (self, sqlite3_bind_null (self->stmt, index));
      return;
    }
  size = strlen (text);
  copy = till_statement_copy_new (text, size);
  till_statement_note_bind (self, sqlite3_bind_text64 (self->stmt, index, copy->data, size,
                                                       till_statement_copy_free_data, SQLITE_UTF8));
}

void
till_statement_bind_int (TillStatement *self, int index, gint64 value)
{
  till_statement_note_bind (self, sqlite3_bind_int64 (self->stmt, index, value));
}

void
till_statement_bind_bytes (TillStatement *self, int index, GBytes *bytes)
{
  TillStatementCopy *copy;
  gconstpointer data;
  gsize size;

  if (bytes == NULL)
    {
      till_statement_note_bind (self, sqlite3_bind_null (self->stmt, index));
      return;
    }
  data = g_bytes_get_data (bytes, &size);
  copy = till_statement_copy_new (data, size);
  till_statement_note_bind (
      self, sqlite3_bind_blob64 (self->stmt, index, copy->data, size, till_statement_copy_free_data));
}

gboolean
till_statement_step (TillStatement *self, gboolean *row, GError **error)
{
  int result = self->bind_result != SQLITE_OK ? self->bind_result : sqlite3_step (self->stmt);

  if (result != SQLITE_ROW && result != SQLITE_DONE)
    return till_sqlite_set_error (error, self->db, result);
  *row = result == SQLITE_ROW;
  return TRUE;
}

gboolean
till_statement_execute (TillStatement *self, GError **error)
{
  gboolean row;

  if (!till_statement_step (self, &row, error))
    return FALSE;
  if (row)
    {
      g_set_error (error, TILL_ERROR, TILL_ERROR_FAILED, "the statement gave rows where none belong: %s",
                   sqlite3_sql (self->stmt));
      return FALSE;
    }
  return TRUE;
}

void
till_statement_reset (TillStatement *self)
{
  /* Tells again what the last step told. */
  (void) sqlite3_reset (self->stmt);
  self->bind_result = SQLITE_OK;
}

const char *
till_statement_get_text (TillStatement *self, int column)
{
  return (const char *) sqlite3_column_text (self->stmt, column);
}

gint64
till_statement_get_int (TillStatement *self, int column)
{
  return sqlite3_column_int64 (self->stmt, column);
}

GBytes *
till_statement_get_bytes (TillStatement *self, int column)
{
  TillStatementCopy *copy;
  gconstpointer data;

  if (sqlite3_column_type (self->stmt, column) == SQLITE_NULL)
    return NULL;
  data = sqlite3_column_blob (self->stmt, column);
  copy = till_statement_copy_new (data, (gsize) sqlite3_column_bytes (self->stmt, column));
  return g_bytes_new_with_free_func (copy->data, copy->size, till_statement_copy_free, copy);
}
