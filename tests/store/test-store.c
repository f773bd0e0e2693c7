/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/till-error.h"
#include "store/till-statement.h"
#include "store/till-store.h"

#include <glib/gstdio.h>
#include <string.h>

typedef struct
{
  char *folder;
  char *path;
  TillStore *store;
} Fixture;

static const char *const note_steps[]
    = { "CREATE TABLE note (id INTEGER PRIMARY KEY, text TEXT UNIQUE, bytes BLOB) STRICT", NULL };

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  fixture->folder = g_dir_make_tmp ("test-store-XXXXXX", &error);
  g_assert_no_error (error);
  fixture->path = g_build_filename (fixture->folder, "till.db", NULL);
  fixture->store = till_store_open (fixture->path, &error);
  g_assert_no_error (error);
  till_store_migrate (fixture->store, "note", note_steps, &error);
  g_assert_no_error (error);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  const char *const suffixes[] = { "", "-wal", "-shm", "-journal", ".lock", ".new" };

  if (fixture->store != NULL)
    g_assert_finalize_object (fixture->store);
  for (guint i = 0; i < G_N_ELEMENTS (suffixes); i++)
    {
      g_autofree char *path = g_strconcat (fixture->path, suffixes[i], NULL);
      (void) g_unlink (path);
    }
  g_assert_cmpint (g_rmdir (fixture->folder), ==, 0);
  g_free (fixture->path);
  g_free (fixture->folder);
}

static gpointer
insert_note (sqlite3 *db, gpointer data, GError **error)
{
  g_autoptr (TillStatement) statement = till_statement_new (db, "INSERT INTO note (text) VALUES (?)", error);

  if (statement == NULL)
    return NULL;
  till_statement_bind_text (statement, 1, data);
  till_statement_execute (statement, error);
  return NULL;
}

static gpointer
count_notes (sqlite3 *db, gpointer data, GError **error)
{
  g_autoptr (TillStatement) statement = till_statement_new (db, "SELECT count(*) FROM note", error);
  gboolean row;

  if (statement == NULL || !till_statement_step (statement, &row, error))
    return NULL;
  g_assert_true (row);
  return GINT_TO_POINTER ((int) till_statement_get_int (statement, 0));
}

static int
notes (TillStore *store)
{
  g_autoptr (GError) error = NULL;
  gpointer count = till_store_run (store, count_notes, NULL, &error);

  g_assert_no_error (error);
  return GPOINTER_TO_INT (count);
}

/* What an asynchronous call came to. */
typedef struct
{
  gboolean done;
  gpointer value;
  GError *error;
  int *freed_before; /* looked at when the callback runs */
  int freed_seen;
} Answer;

static void
on_run (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Answer *answer = user_data;

  answer->value = till_store_run_finish (TILL_STORE (source), result, &answer->error);
  answer->freed_seen = answer->freed_before != NULL ? *answer->freed_before : 0;
  answer->done = TRUE;
}

static void
await (const gboolean *done)
{
  while (!*done)
    g_main_context_iteration (NULL, TRUE);
}

static void
test_written_is_kept (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  g_assert_cmpstr (till_store_get_path (fixture->store), ==, fixture->path);
  till_store_run (fixture->store, insert_note, (gpointer) "bread", &error);
  g_assert_no_error (error);
  till_store_close (fixture->store);
  g_assert_finalize_object (g_steal_pointer (&fixture->store));

  fixture->store = till_store_open (fixture->path, &error);
  g_assert_no_error (error);
  g_assert_cmpint (notes (fixture->store), ==, 1);
}

static gpointer
insert_and_fail (sqlite3 *db, gpointer data, GError **error)
{
  insert_note (db, (gpointer) "lost", error);
  g_set_error_literal (error, TILL_ERROR, TILL_ERROR_REFUSED, "no");
  return g_strdup ("unwanted");
}

static void
test_error_rolls_back (Fixture *fixture, gconstpointer data)
{
  Answer answer = { 0 };

  till_store_run_async (fixture->store, insert_and_fail, NULL, NULL, g_free, NULL, on_run, &answer);
  await (&answer.done);
  g_assert_error (answer.error, TILL_ERROR, TILL_ERROR_REFUSED);
  g_assert_null (answer.value);
  g_clear_error (&answer.error);
  g_assert_cmpint (notes (fixture->store), ==, 0);
}

static gpointer
end_transaction (sqlite3 *db, gpointer data, GError **error)
{
  sqlite3_exec (db, "ROLLBACK", NULL, NULL, NULL);
  return g_strdup ("unwanted");
}

static void
test_failed_commit_is_told (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  Answer answer = { 0 };

  till_store_run_async (fixture->store, end_transaction, NULL, NULL, g_free, NULL, on_run, &answer);
  await (&answer.done);
  g_assert_error (answer.error, TILL_ERROR, TILL_ERROR_FAILED);
  g_assert_null (answer.value);
  g_clear_error (&answer.error);

  till_store_run (fixture->store, insert_note, (gpointer) "after", &error);
  g_assert_no_error (error);
  g_assert_cmpint (notes (fixture->store), ==, 1);
}

static void
count_free (gpointer data)
{
  g_atomic_int_inc ((int *) data);
}

static gpointer
give_copy (sqlite3 *db, gpointer data, GError **error)
{
  return g_strdup ("result");
}

static void
test_data_is_freed_first (Fixture *fixture, gconstpointer data)
{
  int freed = 0;
  Answer answer = { .freed_before = &freed };

  till_store_run_async (fixture->store, give_copy, &freed, count_free, g_free, NULL, on_run, &answer);
  await (&answer.done);
  g_assert_no_error (answer.error);
  g_assert_cmpstr (answer.value, ==, "result");
  g_assert_cmpint (answer.freed_seen, ==, 1);
  g_assert_cmpint (freed, ==, 1);
  g_free (answer.value);
}

/* A gate that work on the store's thread stands at until the test opens it. */
typedef struct
{
  GMutex mutex;
  GCond cond;
  gboolean reached;
  gboolean open;
} Gate;

static void
gate_set (Gate *gate, gboolean *flag)
{
  g_mutex_lock (&gate->mutex);
  *flag = TRUE;
  g_cond_broadcast (&gate->cond);
  g_mutex_unlock (&gate->mutex);
}

static void
gate_await (Gate *gate, const gboolean *flag)
{
  g_mutex_lock (&gate->mutex);
  while (!*flag)
    g_cond_wait (&gate->cond, &gate->mutex);
  g_mutex_unlock (&gate->mutex);
}

static gpointer
insert_at_gate (sqlite3 *db, gpointer data, GError **error)
{
  Gate *gate = data;

  gate_set (gate, &gate->reached);
  gate_await (gate, &gate->open);
  insert_note (db, (gpointer) "gate", error);
  return GINT_TO_POINTER (7);
}

static void
test_cancelled_before_start (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  Gate gate = { 0 };
  Answer first = { 0 };
  Answer second = { 0 };
  int freed = 0;

  till_store_run_async (fixture->store, insert_at_gate, &gate, NULL, NULL, NULL, on_run, &first);
  gate_await (&gate, &gate.reached);
  till_store_run_async (fixture->store, insert_and_fail, &freed, count_free, g_free, cancellable, on_run,
                        &second);
  g_cancellable_cancel (cancellable);
  gate_set (&gate, &gate.open);
  await (&first.done);
  await (&second.done);
  g_assert_no_error (first.error);
  g_assert_error (second.error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpint (freed, ==, 1);
  g_clear_error (&second.error);
  g_assert_cmpint (notes (fixture->store), ==, 1);
}

static void
test_cancelled_after_start (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  Gate gate = { 0 };
  Answer answer = { 0 };

  till_store_run_async (fixture->store, insert_at_gate, &gate, NULL, NULL, cancellable, on_run, &answer);
  gate_await (&gate, &gate.reached);
  g_cancellable_cancel (cancellable);
  gate_set (&gate, &gate.open);
  await (&answer.done);
  g_assert_no_error (answer.error);
  g_assert_cmpint (GPOINTER_TO_INT (answer.value), ==, 7);
  g_assert_cmpint (notes (fixture->store), ==, 1);
}

static gpointer
run_inside (sqlite3 *db, gpointer data, GError **error)
{
  return till_store_run (data, count_notes, NULL, error);
}

static void
test_waiting_inside_is_refused (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  till_store_run (fixture->store, run_inside, fixture->store, &error);
  g_assert_error (error, TILL_ERROR, TILL_ERROR_FAILED);
}

static void
test_close (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  Answer answers[20] = { 0 };
  Answer late = { 0 };
  Gate gate = { 0 };
  int freed = 0;

  till_store_run_async (fixture->store, insert_at_gate, &gate, NULL, NULL, NULL, on_run, &answers[0]);
  for (guint i = 1; i < G_N_ELEMENTS (answers); i++)
    till_store_run_async (fixture->store, insert_note, NULL, NULL, NULL, NULL, on_run, &answers[i]);
  gate_set (&gate, &gate.open);
  till_store_close (fixture->store);
  till_store_close (fixture->store);
  for (guint i = 0; i < G_N_ELEMENTS (answers); i++)
    {
      await (&answers[i].done);
      g_assert_no_error (answers[i].error);
    }

  till_store_run_async (fixture->store, count_notes, &freed, count_free, NULL, NULL, on_run, &late);
  await (&late.done);
  g_assert_error (late.error, TILL_ERROR, TILL_ERROR_FAILED);
  g_assert_cmpint (freed, ==, 1);
  g_clear_error (&late.error);
  till_store_run (fixture->store, count_notes, NULL, &error);
  g_assert_error (error, TILL_ERROR, TILL_ERROR_FAILED);
  g_clear_error (&error);
  g_object_unref (fixture->store);

  fixture->store = till_store_open (fixture->path, &error);
  g_assert_no_error (error);
  g_assert_cmpint (notes (fixture->store), ==, (int) G_N_ELEMENTS (answers));
}

/* The thread has no reference left by the time that the callback runs. */
static void
test_finalised_by_caller (Fixture *fixture, gconstpointer data)
{
  for (int i = 0; i < 50; i++)
    {
      g_autoptr (GError) error = NULL;
      Answer answer = { 0 };

      till_store_run_async (fixture->store, count_notes, NULL, NULL, NULL, NULL, on_run, &answer);
      await (&answer.done);
      g_assert_no_error (answer.error);
      g_assert_finalize_object (g_steal_pointer (&fixture->store));
      fixture->store = till_store_open (fixture->path, &error);
      g_assert_no_error (error);
    }
}

static gpointer
close_inside (sqlite3 *db, gpointer data, GError **error)
{
  till_store_close (data);
  return insert_note (db, (gpointer) "last", error);
}

static void
test_closed_inside (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  till_store_run (fixture->store, close_inside, fixture->store, &error);
  g_assert_no_error (error);
  till_store_run (fixture->store, count_notes, NULL, &error);
  g_assert_error (error, TILL_ERROR, TILL_ERROR_FAILED);
  g_assert_finalize_object (g_steal_pointer (&fixture->store));
  do
    {
      g_clear_error (&error);
      fixture->store = till_store_open (fixture->path, &error);
      g_thread_yield ();
    }
  while (g_error_matches (error, TILL_ERROR, TILL_ERROR_BUSY));
  g_assert_no_error (error);
  g_assert_cmpint (notes (fixture->store), ==, 1);
}

static gpointer
add_one (sqlite3 *db, gpointer data, GError **error)
{
  int *count = data;

  /* Unlocked on purpose: all of this runs on one thread. */
  *count += 1;
  return insert_note (db, NULL, error);
}

typedef struct
{
  TillStore *store;
  int *count;
} Adder;

static gpointer
add_from_thread (gpointer data)
{
  Adder *adder = data;

  for (int i = 0; i < 100; i++)
    {
      g_autoptr (GError) error = NULL;

      till_store_run (adder->store, add_one, adder->count, &error);
      g_assert_no_error (error);
    }
  return NULL;
}

static void
test_many_callers (Fixture *fixture, gconstpointer data)
{
  GThread *threads[4];
  int count = 0;
  Adder adder = { fixture->store, &count };

  for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
    threads[i] = g_thread_new ("adder", add_from_thread, &adder);
  for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
    g_thread_join (threads[i]);
  g_assert_cmpint (count, ==, 400);
  g_assert_cmpint (notes (fixture->store), ==, 400);
}

static void
test_migrations (Fixture *fixture, gconstpointer data)
{
  const char *const more[]
      = { note_steps[0], "ALTER TABLE note ADD COLUMN colour TEXT; INSERT INTO note (colour) VALUES ('red')",
          NULL };
  const char *const broken[]
      = { more[0], more[1], "INSERT INTO note (colour) VALUES ('blue')", "NO SQL", NULL };
  g_autoptr (GError) error = NULL;

  g_assert_true (till_store_migrate (fixture->store, "note", note_steps, &error));
  g_assert_no_error (error);
  g_assert_true (till_store_migrate (fixture->store, "note", more, &error));
  g_assert_true (till_store_migrate (fixture->store, "note", more, &error));
  g_assert_no_error (error);
  g_assert_cmpint (notes (fixture->store), ==, 1);

  g_assert_false (till_store_migrate (fixture->store, "note", broken, &error));
  g_assert_error (error, TILL_ERROR, TILL_ERROR_FAILED);
  g_assert_nonnull (strstr (error->message, "step 4 of note"));
  g_clear_error (&error);
  g_assert_cmpint (notes (fixture->store), ==, 1);

  g_assert_false (till_store_migrate (fixture->store, "note", note_steps, &error));
  g_assert_error (error, TILL_ERROR, TILL_ERROR_UNSUPPORTED);
  g_assert_nonnull (strstr (error->message, fixture->path));
  g_clear_error (&error);

  g_assert_true (till_store_migrate (fixture->store, "another",
                                     (const char *const[]){ "CREATE TABLE x (y)", NULL }, &error));
  g_assert_no_error (error);
}

static gpointer
use_statement (sqlite3 *db, gpointer data, GError **error)
{
  static const guchar raw[] = { 0, 1, 0, 255 };
  g_autoptr (GBytes) bytes = g_bytes_new_static (raw, sizeof raw);
  g_autoptr (GBytes) none = g_bytes_new_static (NULL, 0);
  g_autoptr (GBytes) read_bytes = NULL;
  g_autoptr (GBytes) read_none = NULL;
  g_autoptr (TillStatement) insert
      = till_statement_new (db, "INSERT INTO note (id, text, bytes) VALUES (?, ?, ?)", error);
  g_autoptr (TillStatement) select
      = till_statement_new (db, "SELECT id, text, bytes FROM note ORDER BY id", error);
  gboolean row = FALSE;

  till_statement_bind_int (insert, 1, G_MAXINT64 - 1);
  till_statement_bind_text (insert, 2, "Grüße");
  till_statement_bind_bytes (insert, 3, bytes);
  g_assert_true (till_statement_execute (insert, error));
  till_statement_reset (insert);
  till_statement_bind_int (insert, 1, G_MAXINT64);
  till_statement_bind_text (insert, 2, NULL);
  till_statement_bind_bytes (insert, 3, none);
  g_assert_true (till_statement_execute (insert, error));

  g_assert_true (till_statement_step (select, &row, error) && row);
  g_assert_cmpint (till_statement_get_int (select, 0), ==, G_MAXINT64 - 1);
  g_assert_cmpstr (till_statement_get_text (select, 1), ==, "Grüße");
  read_bytes = till_statement_get_bytes (select, 2);
  g_assert_true (g_bytes_equal (read_bytes, bytes));
  g_assert_true (till_statement_step (select, &row, error) && row);
  g_assert_null (till_statement_get_text (select, 1));
  g_assert_null (till_statement_get_bytes (select, 1));
  read_none = till_statement_get_bytes (select, 2);
  g_assert_nonnull (read_none);
  g_assert_cmpuint (g_bytes_get_size (read_none), ==, 0);
  g_assert_true (till_statement_step (select, &row, error));
  g_assert_false (row);
  return NULL;
}

static void
test_statement_values (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  till_store_run (fixture->store, use_statement, NULL, &error);
  g_assert_no_error (error);
}

static gpointer
bind_too_far (sqlite3 *db, gpointer data, GError **error)
{
  g_autoptr (TillStatement) statement = till_statement_new (db, "INSERT INTO note (text) VALUES (?)", error);

  till_statement_bind_text (statement, 2, "nowhere");
  g_assert_false (till_statement_execute (statement, error));
  return NULL;
}

static gpointer
prepare_nonsense (sqlite3 *db, gpointer data, GError **error)
{
  g_assert_null (till_statement_new (db, "SELECT \"text\" FROM nothing", error));
  return NULL;
}

static gpointer
execute_select (sqlite3 *db, gpointer data, GError **error)
{
  g_autoptr (TillStatement) statement = till_statement_new (db, "SELECT 1", error);

  g_assert_false (till_statement_execute (statement, error));
  return NULL;
}

static void
test_statement_errors (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  till_store_run (fixture->store, insert_note, (gpointer) "once", &error);
  g_assert_no_error (error);
  till_store_run (fixture->store, insert_note, (gpointer) "once", &error);
  g_assert_error (error, TILL_ERROR, TILL_ERROR_EXISTS);
  g_assert_nonnull (strstr (error->message, "note.text"));
  g_clear_error (&error);
  till_store_run (fixture->store, bind_too_far, NULL, &error);
  g_assert_error (error, TILL_ERROR, TILL_ERROR_FAILED);
  g_clear_error (&error);
  till_store_run (fixture->store, prepare_nonsense, NULL, &error);
  g_assert_error (error, TILL_ERROR, TILL_ERROR_FAILED);
  g_clear_error (&error);
  till_store_run (fixture->store, execute_select, NULL, &error);
  g_assert_error (error, TILL_ERROR, TILL_ERROR_FAILED);
  g_clear_error (&error);
  g_assert_cmpint (notes (fixture->store), ==, 1);
}

static gpointer
read_pragmas (sqlite3 *db, gpointer data, GError **error)
{
  static const struct
  {
    const char *sql;
    const char *value;
  } wanted[] = {
    { "PRAGMA journal_mode", "wal" },     { "PRAGMA synchronous", "2" },
    { "PRAGMA secure_delete", "1" },      { "PRAGMA foreign_keys", "1" },
    { "PRAGMA trusted_schema", "0" },     { "PRAGMA locking_mode", "exclusive" },
    { "PRAGMA recursive_triggers", "1" }, { "PRAGMA temp_store", "2" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (wanted); i++)
    {
      g_autoptr (TillStatement) statement = till_statement_new (db, wanted[i].sql, error);
      gboolean row;

      g_assert_true (till_statement_step (statement, &row, error) && row);
      g_assert_cmpstr (till_statement_get_text (statement, 0), ==, wanted[i].value);
    }
  return NULL;
}

static void
test_settings (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  till_store_run (fixture->store, read_pragmas, NULL, &error);
  g_assert_no_error (error);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name, function) g_test_add ("/store/" name, Fixture, NULL, set_up, function, tear_down)
  ADD ("written-is-kept", test_written_is_kept);
  ADD ("error-rolls-back", test_error_rolls_back);
  ADD ("failed-commit-is-told", test_failed_commit_is_told);
  ADD ("data-is-freed-first", test_data_is_freed_first);
  ADD ("cancelled-before-start", test_cancelled_before_start);
  ADD ("cancelled-after-start", test_cancelled_after_start);
  ADD ("waiting-inside-is-refused", test_waiting_inside_is_refused);
  ADD ("close", test_close);
  ADD ("finalised-by-caller", test_finalised_by_caller);
  ADD ("closed-inside", test_closed_inside);
  ADD ("many-callers", test_many_callers);
  ADD ("migrations", test_migrations);
  ADD ("statement-values", test_statement_values);
  ADD ("statement-errors", test_statement_errors);
  ADD ("settings", test_settings);
  return g_test_run ();
}
