/* SPDX-License-Identifier: GPL-3.0-or-later */

/* test-store-compact: the file written anew, and that nothing of what was deleted is left in it. */
#define _GNU_SOURCE /* memmem */
#include "base/till-error.h"
#include "store/till-statement.h"
#include "store/till-store.h"

#include <gio/gio.h>
#include <glib/gstdio.h>
#include <signal.h>
#include <string.h>
#include <sys/resource.h>

#define N_NOTES   50
#define NOTE_SIZE 9000
/* Of a note, so that any page which still has some of it is found. */
#define RUN 64

static const char *program;

typedef struct
{
  char *folder;
  char *path;
  TillStore *store;
  GBytes *secret; /* the note with number 7 */
} Fixture;

static const char *const steps[] = { "CREATE TABLE note (id INTEGER PRIMARY KEY, bytes BLOB) STRICT", NULL };

static GBytes *
random_bytes (void)
{
  guchar *bytes = g_malloc (NOTE_SIZE);

  for (gsize i = 0; i < NOTE_SIZE; i++)
    bytes[i] = (guchar) g_random_int ();
  return g_bytes_new_take (bytes, NOTE_SIZE);
}

static gpointer
insert (sqlite3 *db, gpointer data, GError **error)
{
  g_autoptr (TillStatement) statement = till_statement_new (db, "INSERT INTO note (bytes) VALUES (?)", error);

  till_statement_bind_bytes (statement, 1, data);
  till_statement_execute (statement, error);
  return NULL;
}

static gpointer
execute (sqlite3 *db, gpointer data, GError **error)
{
  g_autoptr (TillStatement) statement = till_statement_new (db, data, error);

  if (statement != NULL)
    till_statement_execute (statement, error);
  return NULL;
}

static gpointer
count (sqlite3 *db, gpointer data, GError **error)
{
  g_autoptr (TillStatement) statement = till_statement_new (db, "SELECT count(*) FROM note", error);
  gboolean row;

  if (statement == NULL || !till_statement_step (statement, &row, error))
    return NULL;
  return GINT_TO_POINTER ((int) till_statement_get_int (statement, 0));
}

static int
notes (TillStore *store)
{
  g_autoptr (GError) error = NULL;
  int n = GPOINTER_TO_INT (till_store_run (store, count, NULL, &error));

  g_assert_no_error (error);
  return n;
}

static void
run (TillStore *store, TillStoreFunc func, gpointer data)
{
  g_autoptr (GError) error = NULL;

  till_store_run (store, func, data, &error);
  g_assert_no_error (error);
}

static void
run_sql (TillStore *store, const char *sql)
{
  g_autofree char *copy = g_strdup (sql);

  run (store, execute, copy);
}

static void
open_store (Fixture *self)
{
  g_autoptr (GError) error = NULL;

  self->store = till_store_open (self->path, &error);
  g_assert_no_error (error);
  g_assert_true (till_store_migrate (self->store, "note", steps, &error));
  g_assert_no_error (error);
}

static void
set_up (Fixture *self, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  self->folder = g_dir_make_tmp ("test-store-XXXXXX", &error);
  g_assert_no_error (error);
  self->path = g_build_filename (self->folder, "till.db", NULL);
  open_store (self);
  for (guint i = 1; i <= N_NOTES; i++)
    {
      g_autoptr (GBytes) bytes = random_bytes ();

      run (self->store, insert, bytes);
      if (i == 7)
        self->secret = g_bytes_ref (bytes);
    }
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  static const char *const suffixes[] = { "", "-wal", "-shm", "-journal", ".lock" };

  g_clear_object (&self->store);
  for (guint i = 0; i < G_N_ELEMENTS (suffixes); i++)
    {
      g_autofree char *path = g_strconcat (self->path, suffixes[i], NULL);
      (void) g_unlink (path);
    }
  g_assert_cmpint (g_rmdir (self->folder), ==, 0);
  g_bytes_unref (self->secret);
  g_free (self->path);
  g_free (self->folder);
}

static gboolean
is_left (Fixture *self)
{
  static const char *const suffixes[] = { "", "-wal", "-shm" };
  const char *secret = g_bytes_get_data (self->secret, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (suffixes); i++)
    {
      g_autofree char *path = g_strconcat (self->path, suffixes[i], NULL);
      g_autofree char *content = NULL;
      gsize size;

      if (!g_file_get_contents (path, &content, &size, NULL))
        continue;
      for (gsize at = 0; at + RUN <= NOTE_SIZE; at += RUN)
        if (memmem (content, size, secret + at, RUN) != NULL)
          return TRUE;
    }
  return FALSE;
}

static gint64
file_size (Fixture *self, const char *suffix)
{
  g_autofree char *path = g_strconcat (self->path, suffix, NULL);
  GStatBuf status;

  return g_stat (path, &status) == 0 ? (gint64) status.st_size : -1;
}

/* Deleting alone leaves the log with it; the rest of the file is what it was. */
static void
test_nothing_left (Fixture *self, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  run_sql (self->store, "UPDATE note SET bytes = CAST (bytes || x'00' AS BLOB) WHERE id = 7");
  run_sql (self->store, "DELETE FROM note WHERE id = 7");
  g_assert_true (is_left (self));
  g_assert_true (till_store_compact (self->store, &error));
  g_assert_no_error (error);
  g_assert_false (is_left (self));
  g_assert_cmpint (file_size (self, "-wal"), ==, 0);
  g_assert_cmpint (file_size (self, ""), <, (N_NOTES + 2) * (NOTE_SIZE + 4096));
  g_assert_cmpint (notes (self->store), ==, N_NOTES - 1);

  g_clear_object (&self->store);
  open_store (self);
  g_assert_false (is_left (self));
  g_assert_cmpint (notes (self->store), ==, N_NOTES - 1);
  run (self->store, insert, self->secret);
}

static void
on_result (GObject *source, GAsyncResult *result, gpointer user_data)
{
  *(GAsyncResult **) user_data = g_object_ref (result);
}

/* What was asked for before it is done before, and what was asked for later, later. */
static void
test_order (Fixture *self, gconstpointer data)
{
  g_autoptr (GAsyncResult) before = NULL, compacted = NULL, after = NULL;
  g_autoptr (GError) error = NULL;

  till_store_run_async (self->store, execute, g_strdup ("DELETE FROM note WHERE id = 7"), g_free, NULL, NULL,
                        on_result, &before);
  till_store_compact_async (self->store, NULL, on_result, &compacted);
  till_store_run_async (self->store, count, NULL, NULL, NULL, NULL, on_result, &after);
  while (after == NULL || compacted == NULL || before == NULL)
    g_main_context_iteration (NULL, TRUE);
  till_store_run_finish (self->store, before, &error);
  g_assert_no_error (error);
  g_assert_true (till_store_compact_finish (self->store, compacted, &error));
  g_assert_no_error (error);
  g_assert_cmpint (GPOINTER_TO_INT (till_store_run_finish (self->store, after, &error)), ==, N_NOTES - 1);
  g_assert_false (is_left (self));
}

static void
test_cancelled (Fixture *self, gconstpointer data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  g_cancellable_cancel (cancellable);
  till_store_compact_async (self->store, cancellable, on_result, &result);
  while (result == NULL)
    g_main_context_iteration (NULL, TRUE);
  g_assert_false (till_store_compact_finish (self->store, result, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

static void
test_impossible (Fixture *self, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (TillStore) reading = NULL;

  till_store_close (self->store);
  g_assert_false (till_store_compact (self->store, &error));
  g_assert_error (error, TILL_ERROR, TILL_ERROR_FAILED);
  g_clear_error (&error);

  reading = till_store_open_reading (self->path, &error);
  g_assert_no_error (error);
  g_assert_false (till_store_compact (reading, &error));
  g_assert_error (error, TILL_ERROR, TILL_ERROR_FAILED);
  g_assert_cmpint (notes (reading), ==, N_NOTES);
}

/* No room for a second copy: it says so, and all is there, now and after the next start. */
static void
test_disk_full (Fixture *self, gconstpointer data)
{
  struct rlimit limit;
  g_autoptr (GError) error = NULL;

  g_assert_true (till_store_compact (self->store, &error));
  run_sql (self->store, "DELETE FROM note WHERE id = 7");
  signal (SIGXFSZ, SIG_IGN);
  g_assert_cmpint (getrlimit (RLIMIT_FSIZE, &limit), ==, 0);
  limit.rlim_cur = 100000;
  g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &limit), ==, 0);
  g_assert_false (till_store_compact (self->store, &error));
  g_assert_error (error, TILL_ERROR, TILL_ERROR_FAILED);
  g_assert_cmpint (notes (self->store), ==, N_NOTES - 1);
  g_clear_error (&error);

  limit.rlim_cur = limit.rlim_max;
  g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &limit), ==, 0);
  signal (SIGXFSZ, SIG_DFL);
  g_assert_true (till_store_compact (self->store, &error));
  g_assert_no_error (error);
  g_assert_false (is_left (self));
  g_clear_object (&self->store);
  open_store (self);
  g_assert_cmpint (notes (self->store), ==, N_NOTES - 1);
}

static int
compact_until_killed (const char *path)
{
  g_autoptr (GError) error = NULL;
  TillStore *store = till_store_open (path, &error);

  g_assert_no_error (error);
  puts ("ready");
  fflush (stdout);
  for (guint i = 0; i < 10000; i++)
    {
      till_store_compact (store, &error);
      g_assert_no_error (error);
      run_sql (store, "UPDATE note SET bytes = bytes");
    }
  return 1;
}

/* Opening checks every page. */
static void
test_killed (Fixture *self, gconstpointer data)
{
  for (guint i = 0; i < 40; i++)
    {
      g_autoptr (GError) error = NULL;
      g_clear_object (&self->store);
      g_autoptr (GSubprocess) child
          = g_subprocess_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE, &error, program, "--compact", self->path, NULL);
      g_assert_no_error (error);
      g_autoptr (GDataInputStream) lines = g_data_input_stream_new (g_subprocess_get_stdout_pipe (child));
      g_autofree char *line = g_data_input_stream_read_line (lines, NULL, NULL, &error);

      g_assert_cmpstr (line, ==, "ready");
      g_usleep ((gulong) g_test_rand_int_range (0, 30000));
      g_subprocess_force_exit (child);
      g_assert_true (g_subprocess_wait (child, NULL, &error));
      open_store (self);
      g_assert_cmpint (notes (self->store), ==, N_NOTES);
    }
}

typedef struct
{
  const char *path;
  int done; /* atomic */
  guint whole;
} Reader;

static gpointer
read_all_the_time (gpointer data)
{
  Reader *reader = data;

  while (!g_atomic_int_get (&reader->done))
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (GSubprocess) child
          = g_subprocess_new (G_SUBPROCESS_FLAGS_NONE, &error, program, "--read", reader->path, NULL);

      g_assert_no_error (error);
      g_assert_true (g_subprocess_wait_check (child, NULL, &error));
      g_assert_no_error (error);
      reader->whole++;
    }
  return NULL;
}

/* Whoever reads beside it sees the file whole, or is told that it changes too fast. */
static int
read_often (const char *path)
{
  for (guint i = 0; i < 50; i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (TillStore) store = till_store_open_reading (path, &error);

      if (g_error_matches (error, TILL_ERROR, TILL_ERROR_BUSY))
        continue;
      g_assert_no_error (error);
      g_assert_cmpint (notes (store), ==, N_NOTES);
    }
  return 0;
}

static void
test_read_meanwhile (Fixture *self, gconstpointer data)
{
  Reader reader = { .path = self->path };
  GThread *thread = g_thread_new ("reader", read_all_the_time, &reader);
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < 150; i++)
    {
      g_assert_true (till_store_compact (self->store, &error));
      run_sql (self->store, "UPDATE note SET bytes = bytes WHERE id % 10 = 0");
    }
  g_atomic_int_set (&reader.done, TRUE);
  g_thread_join (thread);
  g_assert_cmpuint (reader.whole, >, 0);
}

int
main (int argc, char **argv)
{
  if (argc == 3 && g_str_equal (argv[1], "--compact"))
    return compact_until_killed (argv[2]);
  if (argc == 3 && g_str_equal (argv[1], "--read"))
    return read_often (argv[2]);
  program = argv[0];
  g_test_init (&argc, &argv, NULL);
#define ADD(name, function) g_test_add ("/store-compact/" name, Fixture, NULL, set_up, function, tear_down)
  ADD ("nothing-left", test_nothing_left);
  ADD ("order", test_order);
  ADD ("cancelled", test_cancelled);
  ADD ("impossible", test_impossible);
  ADD ("disk-full", test_disk_full);
  ADD ("killed", test_killed);
  ADD ("read-meanwhile", test_read_meanwhile);
  return g_test_run ();
}
