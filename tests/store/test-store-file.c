/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What a store does with the file: damaged ones, ones in use, full disks. */
#include "base/till-error.h"
#include "store/till-statement.h"
#include "store/till-store.h"

#include <errno.h>
#include <gio/gio.h>
#include <glib/gstdio.h>
#include <signal.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>

static const char *program;

typedef struct
{
  char *folder;
  char *path;
} Fixture;

static const char *const steps[] = { "CREATE TABLE note (id INTEGER PRIMARY KEY, bytes BLOB) STRICT", NULL };

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  fixture->folder = g_dir_make_tmp ("test-store-XXXXXX", &error);
  g_assert_no_error (error);
  fixture->path = g_build_filename (fixture->folder, "till.db", NULL);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GDir) folder = g_dir_open (fixture->folder, 0, NULL);
  const char *name;

  while ((name = g_dir_read_name (folder)) != NULL)
    {
      g_autofree char *path = g_build_filename (fixture->folder, name, NULL);
      g_assert_cmpint (g_remove (path), ==, 0);
    }
  g_assert_cmpint (g_rmdir (fixture->folder), ==, 0);
  g_free (fixture->path);
  g_free (fixture->folder);
}

static gpointer
insert_bytes (sqlite3 *db, gpointer data, GError **error)
{
  g_autoptr (TillStatement) statement = till_statement_new (db, "INSERT INTO note (bytes) VALUES (?)", error);

  if (statement == NULL)
    return NULL;
  till_statement_bind_bytes (statement, 1, data);
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

static TillStore *
open_store (Fixture *fixture)
{
  g_autoptr (GError) error = NULL;
  TillStore *store = till_store_open (fixture->path, &error);

  g_assert_no_error (error);
  till_store_migrate (store, "note", steps, &error);
  g_assert_no_error (error);
  return store;
}

static void
insert (TillStore *store, gsize size, GError **error)
{
  g_autofree char *data = g_malloc (size);
  g_autoptr (GBytes) bytes = NULL;

  memset (data, 'x', size);
  bytes = g_bytes_new_take (g_steal_pointer (&data), size);
  till_store_run (store, insert_bytes, bytes, error);
}

/* A store with some pages of notes, closed. */
static void
make_store (Fixture *fixture)
{
  TillStore *store = open_store (fixture);
  g_autoptr (GError) error = NULL;

  for (int i = 0; i < 40; i++)
    {
      insert (store, 1500, &error);
      g_assert_no_error (error);
    }
  g_assert_finalize_object (store);
}

static void
assert_mode (const char *path, const char *suffix)
{
  g_autofree char *name = g_strconcat (path, suffix, NULL);
  GStatBuf status;

  g_assert_cmpint (g_stat (name, &status), ==, 0);
  g_assert_cmpint (status.st_mode & 0777, ==, 0600);
}

static void
test_owner_only (Fixture *fixture, gconstpointer data)
{
  mode_t mask = umask (0);
  TillStore *store = open_store (fixture);

  assert_mode (fixture->path, "");
  assert_mode (fixture->path, "-wal");
  assert_mode (fixture->path, ".lock");
  g_assert_finalize_object (store);

  g_assert_cmpint (g_chmod (fixture->path, 0644), ==, 0);
  store = open_store (fixture);
  assert_mode (fixture->path, "");
  assert_mode (fixture->path, "-wal");
  g_assert_finalize_object (store);
  umask (mask);
}

static char *
checksum (const char *path)
{
  g_autofree char *content = NULL;
  gsize size;

  g_assert_true (g_file_get_contents (path, &content, &size, NULL));
  return g_compute_checksum_for_data (G_CHECKSUM_SHA256, (const guchar *) content, size);
}

/* Opening must fail with words that help, and leave the file as it is. */
static void
assert_corrupt (Fixture *fixture)
{
  g_autofree char *before = checksum (fixture->path);
  g_autofree char *after = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_null (till_store_open (fixture->path, &error));
  g_assert_error (error, TILL_ERROR, TILL_ERROR_CORRUPT);
  g_assert_nonnull (strstr (error->message, fixture->path));
  g_assert_nonnull (strstr (error->message, "backup"));
  after = checksum (fixture->path);
  g_assert_cmpstr (after, ==, before);
}

static void
assert_content_is_corrupt (Fixture *fixture, const char *content, gsize size)
{
  g_assert_true (g_file_set_contents (fixture->path, content, (gssize) size, NULL));
  assert_corrupt (fixture);
}

static void
test_no_database (Fixture *fixture, gconstpointer data)
{
  g_autofree char *zeros = g_malloc0 (100000);
  g_autofree char *text = g_strnfill (100000, 'a');

  assert_content_is_corrupt (fixture, "", 0);
  assert_content_is_corrupt (fixture, "a", 1);
  assert_content_is_corrupt (fixture, "This is a letter, not a database.\n", 34);
  assert_content_is_corrupt (fixture, zeros, 100000);
  assert_content_is_corrupt (fixture, text, 100000);
  assert_content_is_corrupt (fixture, "SQLite format 3", 16);
}

static void
test_another_programs_database (Fixture *fixture, gconstpointer data)
{
  sqlite3 *db;

  g_assert_cmpint (sqlite3_open (fixture->path, &db), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_exec (db, "CREATE TABLE x (y)", NULL, NULL, NULL), ==, SQLITE_OK);
  sqlite3_close (db);
  assert_corrupt (fixture);
}

/* Cut at any byte, it is refused and untouched. */
static void
test_truncated (Fixture *fixture, gconstpointer data)
{
  g_autofree char *content = NULL;
  gsize size;

  make_store (fixture);
  g_assert_true (g_file_get_contents (fixture->path, &content, &size, NULL));
  g_assert_cmpuint (size, >, 60000);
  for (gsize cut = 0; cut < size; cut += cut < 200 ? 7 : 1021)
    assert_content_is_corrupt (fixture, content, cut);
  assert_content_is_corrupt (fixture, content, size - 1);
  assert_content_is_corrupt (fixture, content, size - 4096);
  g_assert_true (g_file_set_contents (fixture->path, content, (gssize) size, NULL));
  g_assert_finalize_object (open_store (fixture));
}

/* A page of rubbish anywhere: refused, or in a place where it does no harm; never a crash, never a changed file. */
static void
test_damaged_page (Fixture *fixture, gconstpointer data)
{
  g_autofree char *content = NULL;
  guint refused = 0;
  guint pages = 0;
  gsize size;

  make_store (fixture);
  g_assert_true (g_file_get_contents (fixture->path, &content, &size, NULL));
  for (gsize at = 0; at + 4096 <= size; at += 4096, pages++)
    {
      g_autofree char *damaged = g_memdup2 (content, size);
      g_autoptr (GError) error = NULL;
      TillStore *store;

      memset (damaged + at, 0xa5, 4096);
      g_assert_true (g_file_set_contents (fixture->path, damaged, (gssize) size, NULL));
      store = till_store_open (fixture->path, &error);
      if (store == NULL)
        {
          g_autofree char *left = NULL;

          refused++;
          g_assert_error (error, TILL_ERROR, TILL_ERROR_CORRUPT);
          g_assert_true (g_file_get_contents (fixture->path, &left, NULL, NULL));
          g_assert_cmpint (memcmp (left, damaged, size), ==, 0);
        }
      else
        g_object_unref (store);
    }
  g_test_message ("%u of %u damaged pages refused", refused, pages);
  g_assert_cmpuint (refused, >, pages / 2);
}

/* Neither is what waits in the log folded into a file that fails its check. */
static void
test_damaged_with_log (Fixture *fixture, gconstpointer data)
{
  g_autofree char *wal_path = g_strconcat (fixture->path, "-wal", NULL);
  g_autofree char *content = NULL;
  g_autofree char *wal = NULL;
  g_autofree char *wal_after = NULL;
  g_autoptr (GError) error = NULL;
  TillStore *store;
  gsize wal_size;
  gsize wal_size_after;
  gsize size;

  make_store (fixture);
  store = open_store (fixture);
  insert (store, 10, &error);
  g_assert_no_error (error);
  g_assert_true (g_file_get_contents (fixture->path, &content, &size, NULL));
  g_assert_true (g_file_get_contents (wal_path, &wal, &wal_size, NULL));
  g_assert_cmpuint (wal_size, >, 0);
  g_assert_finalize_object (store);

  memset (content + 5 * 4096, 0xa5, 4096);
  g_assert_true (g_file_set_contents (wal_path, wal, (gssize) wal_size, NULL));
  assert_content_is_corrupt (fixture, content, size);
  g_assert_true (g_file_get_contents (wal_path, &wal_after, &wal_size_after, NULL));
  g_assert_cmpuint (wal_size_after, ==, wal_size);
  g_assert_cmpint (memcmp (wal_after, wal, wal_size), ==, 0);
}

/* The last write was torn: everything before it is there. */
static void
test_torn_log (Fixture *fixture, gconstpointer data)
{
  g_autofree char *wal_path = g_strconcat (fixture->path, "-wal", NULL);
  g_autofree char *main_file = NULL;
  g_autofree char *wal = NULL;
  gsize main_size;
  gsize wal_size;
  int last = 0;
  TillStore *store = open_store (fixture);
  g_autoptr (GError) error = NULL;

  for (int i = 0; i < 10; i++)
    {
      insert (store, 3000, &error);
      g_assert_no_error (error);
    }
  g_assert_true (g_file_get_contents (fixture->path, &main_file, &main_size, NULL));
  g_assert_true (g_file_get_contents (wal_path, &wal, &wal_size, NULL));
  g_assert_finalize_object (store);

  for (gsize cut = 0; cut <= wal_size; cut += MIN (997, MAX (wal_size - cut, 1)))
    {
      int count;

      g_assert_true (g_file_set_contents (fixture->path, main_file, (gssize) main_size, NULL));
      g_assert_true (g_file_set_contents (wal_path, wal, (gssize) cut, NULL));
      store = open_store (fixture);
      count = notes (store);
      g_assert_cmpint (count, >=, last);
      g_assert_cmpint (count, <=, 10);
      last = count;
      g_assert_finalize_object (store);
    }
  g_assert_cmpint (last, ==, 10);
}

/* A reader sees what is there, and writes nothing anywhere. */
static void
test_reading (Fixture *fixture, gconstpointer data)
{
  g_autofree char *lock = g_strconcat (fixture->path, ".lock", NULL);
  g_autoptr (GError) error = NULL;
  TillStore *store = open_store (fixture);

  insert (store, 10, &error);
  g_assert_no_error (error);
  g_assert_finalize_object (store);
  g_assert_cmpint (g_unlink (lock), ==, 0);

  g_autoptr (TillStore) reading = till_store_open_reading (fixture->path, &error);
  g_assert_no_error (error);
  g_assert_true (till_store_is_reading (reading));
  g_assert_cmpint (notes (reading), ==, 1);
  insert (reading, 10, &error);
  g_assert_error (error, TILL_ERROR, TILL_ERROR_FAILED);
  g_clear_error (&error);
  g_assert_cmpint (notes (reading), ==, 1);
  g_assert_false (g_file_test (lock, G_FILE_TEST_EXISTS));

  /* Nor is it seen before it is opened again. */
  store = open_store (fixture);
  insert (store, 10, &error);
  g_assert_no_error (error);
  g_assert_finalize_object (store);
  g_assert_cmpint (notes (reading), ==, 1);
}

static void
test_log_without_file (Fixture *fixture, gconstpointer data)
{
  g_autofree char *wal = g_strconcat (fixture->path, "-wal", NULL);
  g_autoptr (GError) error = NULL;

  g_assert_true (g_file_set_contents (wal, "rows nobody has elsewhere", -1, NULL));
  g_assert_null (till_store_open (fixture->path, &error));
  g_assert_error (error, TILL_ERROR, TILL_ERROR_CORRUPT);
  g_assert_false (g_file_test (fixture->path, G_FILE_TEST_EXISTS));
}

static void
test_broken_off_creation (Fixture *fixture, gconstpointer data)
{
  g_autofree char *new_path = g_strconcat (fixture->path, ".new", NULL);

  g_assert_true (g_file_set_contents (new_path, "half", -1, NULL));
  g_assert_finalize_object (open_store (fixture));
  g_assert_false (g_file_test (new_path, G_FILE_TEST_EXISTS));
}

static void
assert_open_fails (const char *path, int code)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (till_store_open (path, &error));
  g_assert_error (error, TILL_ERROR, code);
  g_assert_nonnull (strstr (error->message, path));
}

static void
test_no_such_folder (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = g_build_filename (fixture->folder, "nowhere", "till.db", NULL);

  assert_open_fails (path, TILL_ERROR_FAILED);
  g_assert_cmpint (g_mkdir (fixture->path, 0700), ==, 0);
  assert_open_fails (fixture->path, TILL_ERROR_FAILED);
}

static void
test_two_stores (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  TillStore *store = open_store (fixture);

  assert_open_fails (fixture->path, TILL_ERROR_BUSY);
  insert (store, 10, &error);
  g_assert_no_error (error);
  g_assert_cmpint (notes (store), ==, 1);
  g_assert_finalize_object (store);
  store = open_store (fixture);
  g_assert_cmpint (notes (store), ==, 1);
  g_assert_finalize_object (store);
}

/* A program that knows nothing of the lock file is kept out as well, and keeps the till out. */
static void
test_another_program (Fixture *fixture, gconstpointer data)
{
  TillStore *store = open_store (fixture);
  sqlite3 *db;

  g_assert_cmpint (sqlite3_open (fixture->path, &db), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_exec (db, "SELECT count(*) FROM note", NULL, NULL, NULL), ==, SQLITE_BUSY);
  g_assert_finalize_object (store);

  g_assert_cmpint (
      sqlite3_exec (db, "PRAGMA locking_mode=EXCLUSIVE; BEGIN IMMEDIATE; COMMIT", NULL, NULL, NULL), ==,
      SQLITE_OK);
  assert_open_fails (fixture->path, TILL_ERROR_BUSY);
  sqlite3_close (db);
  g_assert_finalize_object (open_store (fixture));
}

/* The child's part of test_killed_holder(): holds the file until it is killed. */
static int
hold (const char *path)
{
  g_autoptr (GError) error = NULL;
  TillStore *store = till_store_open (path, &error);

  g_assert_no_error (error);
  till_store_migrate (store, "note", steps, &error);
  g_assert_no_error (error);
  insert (store, 100, &error);
  g_assert_no_error (error);
  g_print ("held\n");
  g_main_loop_run (g_main_loop_new (NULL, FALSE));
  return 1;
}

static void
test_killed_holder (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GSubprocess) child
      = g_subprocess_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE, &error, program, "--hold", fixture->path, NULL);
  g_autoptr (GDataInputStream) output = NULL;
  g_autofree char *line = NULL;
  TillStore *store;

  g_assert_no_error (error);
  output = g_data_input_stream_new (g_subprocess_get_stdout_pipe (child));
  line = g_data_input_stream_read_line (output, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (line, ==, "held");
  assert_open_fails (fixture->path, TILL_ERROR_BUSY);

  g_subprocess_send_signal (child, SIGKILL);
  g_assert_true (g_subprocess_wait (child, NULL, &error));
  store = open_store (fixture);
  g_assert_cmpint (notes (store), ==, 1);
  g_assert_finalize_object (store);
}

static gpointer
limit_pages (sqlite3 *db, gpointer data, GError **error)
{
  g_autofree char *sql = g_strdup_printf ("PRAGMA max_page_count=%d", GPOINTER_TO_INT (data));

  g_assert_cmpint (sqlite3_exec (db, sql, NULL, NULL, NULL), ==, SQLITE_OK);
  return NULL;
}

static void
assert_full_then_well (TillStore *store, void (*fill) (gboolean full, TillStore *store))
{
  g_autoptr (GError) error = NULL;
  int before = notes (store);

  fill (TRUE, store);
  insert (store, 1000000, &error);
  g_assert_error (error, TILL_ERROR, TILL_ERROR_FAILED);
  g_assert_nonnull (strstr (error->message, "disk"));
  g_clear_error (&error);
  g_assert_cmpint (notes (store), ==, before);

  fill (FALSE, store);
  insert (store, 1000000, &error);
  g_assert_no_error (error);
  g_assert_cmpint (notes (store), ==, before + 1);
}

static void
fill_database (gboolean full, TillStore *store)
{
  g_autoptr (GError) error = NULL;

  till_store_run (store, limit_pages, GINT_TO_POINTER (full ? 40 : 1000000), &error);
  g_assert_no_error (error);
}

/* Writing past the limit fails as on a full disk, but with EFBIG. */
static void
fill_process (gboolean full, TillStore *store)
{
  struct rlimit limit;

  g_assert_cmpint (getrlimit (RLIMIT_FSIZE, &limit), ==, 0);
  limit.rlim_cur = full ? 300000 : limit.rlim_max;
  g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &limit), ==, 0);
}

static void
test_disk_full (Fixture *fixture, gconstpointer data)
{
  TillStore *store;

  make_store (fixture);
  store = open_store (fixture);
  assert_full_then_well (store, fill_database);
  signal (SIGXFSZ, SIG_IGN);
  assert_full_then_well (store, fill_process);
  signal (SIGXFSZ, SIG_DFL);
  g_assert_finalize_object (store);

  store = open_store (fixture);
  g_assert_cmpint (notes (store), ==, 42);
  g_assert_finalize_object (store);
}

int
main (int argc, char **argv)
{
  if (argc == 3 && g_str_equal (argv[1], "--hold"))
    return hold (argv[2]);
  program = argv[0];
  g_test_init (&argc, &argv, NULL);
#define ADD(name, function) g_test_add ("/store-file/" name, Fixture, NULL, set_up, function, tear_down)
  ADD ("owner-only", test_owner_only);
  ADD ("no-database", test_no_database);
  ADD ("another-programs-database", test_another_programs_database);
  ADD ("truncated", test_truncated);
  ADD ("damaged-page", test_damaged_page);
  ADD ("damaged-with-log", test_damaged_with_log);
  ADD ("torn-log", test_torn_log);
  ADD ("reading", test_reading);
  ADD ("log-without-file", test_log_without_file);
  ADD ("broken-off-creation", test_broken_off_creation);
  ADD ("no-such-folder", test_no_such_folder);
  ADD ("two-stores", test_two_stores);
  ADD ("another-program", test_another_program);
  ADD ("killed-holder", test_killed_holder);
  ADD ("disk-full", test_disk_full);
  return g_test_run ();
}
