/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * The last write of the database was torn, or its log garbled: what was written before it is there, whole, and the till
 * goes on from it. A reader beside the till sees the same rows, and the file itself is left as it was.
 */
#include "base/till-error.h"
#include "ledger-fixture.h"

#include <gio/gio.h>
#include <glib/gstdio.h>
#include <signal.h>
#include <string.h>

#define ROWS       12
#define FRAME      (24 + 4096)
#define LOG_HEADER 32
#define GARBLINGS  40
#define SNAPSHOTS  40

static const char *helper;

typedef struct
{
  char *content;
  gsize size;
} Bytes;

static void
bytes_clear (Bytes *bytes)
{
  g_free (bytes->content);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Bytes, bytes_clear)

/* The database with a log that has rows in it, and how long the log was after each row. */
typedef struct
{
  Bytes file;
  Bytes wal;
  gsize ends[ROWS];
} Torn;

static void
torn_clear (Torn *torn)
{
  bytes_clear (&torn->file);
  bytes_clear (&torn->wal);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Torn, torn_clear)

static char *
wal_path (LedgerFixture *fixture)
{
  return g_strconcat (fixture->path, "-wal", NULL);
}

static void
read_bytes (const char *path, Bytes *bytes)
{
  g_autoptr (GError) error = NULL;

  g_file_get_contents (path, &bytes->content, &bytes->size, &error);
  g_assert_no_error (error);
}

static void
write_bytes (const char *path, const char *content, gsize size)
{
  g_autoptr (GError) error = NULL;

  g_file_set_contents (path, content, (gssize) size, &error);
  g_assert_no_error (error);
}

static void
append_row (LedgerFixture *fixture, guint i)
{
  g_autofree char *sale = g_strdup_printf ("sale_%u", i);
  g_autofree char *filling = g_strnfill (i % 3 * 3000, 'x');
  g_autofree char *body = g_strdup_printf ("{\"filling\":\"%s\"}", filling);
  g_autoptr (GError) error = NULL;
  g_autoptr (TillLedgerEntry) entry
      = ledger_fixture_append (fixture, TILL_LEDGER_RECEIPT, sale, NULL, body, &error);

  g_assert_no_error (error);
}

/* Half of the rows are in the file, the other half in the log. */
static void
make_torn (LedgerFixture *fixture, Torn *torn)
{
  g_autofree char *wal = wal_path (fixture);

  for (guint i = 0; i < ROWS / 2; i++)
    append_row (fixture, i);
  ledger_fixture_close (fixture);
  ledger_fixture_open (fixture);
  for (guint i = ROWS / 2; i < ROWS; i++)
    {
      g_auto (Bytes) now = { NULL };

      append_row (fixture, i);
      read_bytes (wal, &now);
      torn->ends[i] = now.size;
    }
  read_bytes (fixture->path, &torn->file);
  read_bytes (wal, &torn->wal);
  ledger_fixture_close (fixture);
}

static gint64
count_by_reading (const char *path)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (TillStore) store = till_store_open_reading (path, &error);
  g_assert_no_error (error);
  g_autoptr (TillLedger) ledger = till_ledger_new_reading (store, &error);
  g_assert_no_error (error);
  LedgerFixture fixture = { .ledger = ledger, .store = store };
  gint64 rows = ledger_fixture_verify (&fixture, &error);

  g_assert_no_error (error);
  g_assert_true (till_store_is_reading (store));
  return rows;
}

static void
assert_unchanged (const char *path, const char *content, gsize size)
{
  g_auto (Bytes) after = { NULL };

  read_bytes (path, &after);
  g_assert_cmpuint (after.size, ==, size);
  g_assert_cmpint (memcmp (after.content, content, size), ==, 0);
}

/* Puts file and log back, and looks at them both ways. Gives how many rows are there. */
static gint64
look (LedgerFixture *fixture, const Torn *torn, const char *wal, gsize wal_size)
{
  g_autofree char *path = wal_path (fixture);
  g_autofree char *shared = g_strconcat (fixture->path, "-shm", NULL);
  g_autoptr (GError) error = NULL;

  write_bytes (fixture->path, torn->file.content, torn->file.size);
  write_bytes (path, wal, wal_size);
  gint64 read_rows = count_by_reading (fixture->path);
  assert_unchanged (fixture->path, torn->file.content, torn->file.size);
  assert_unchanged (path, wal, wal_size);
  g_assert_false (g_file_test (shared, G_FILE_TEST_EXISTS));

  ledger_fixture_open (fixture);
  gint64 rows = ledger_fixture_verify (fixture, &error);
  g_assert_no_error (error);
  g_assert_cmpint (rows, ==, read_rows);
  append_row (fixture, 100);
  g_assert_cmpint (ledger_fixture_verify (fixture, &error), ==, rows + 1);
  g_assert_no_error (error);
  ledger_fixture_close (fixture);
  return rows;
}

/* How many rows were told as written when the log was that long. */
static gint64
expect (const Torn *torn, gsize wal_size)
{
  gint64 rows = ROWS / 2;

  while (rows < ROWS && torn->ends[rows] <= wal_size)
    rows++;
  return rows;
}

static void
test_cut (LedgerFixture *fixture, gconstpointer data)
{
  g_auto (Torn) torn = { .ends = { 0 } };

  make_torn (fixture, &torn);
  for (gsize at = 0; at <= torn.wal.size; at += FRAME)
    {
      const gsize cuts[]
          = { at, at + LOG_HEADER, at + LOG_HEADER + 1, at + LOG_HEADER + 24, at + LOG_HEADER + FRAME - 1 };

      for (guint i = 0; i < G_N_ELEMENTS (cuts); i++)
        {
          gsize cut = MIN (cuts[i], torn.wal.size);
          g_assert_cmpint (look (fixture, &torn, torn.wal.content, cut), ==, expect (&torn, cut));
        }
    }
}

/* Whatever is in the sectors of the last write, the rows before it are there. */
static void
test_garbled (LedgerFixture *fixture, gconstpointer data)
{
  g_auto (Torn) torn = { .ends = { 0 } };

  make_torn (fixture, &torn);
  for (guint i = 0; i < GARBLINGS; i++)
    {
      g_autofree char *wal = g_memdup2 (torn.wal.content, torn.wal.size);
      gsize from = (gsize) g_test_rand_int_range (0, (gint32) torn.wal.size);
      gsize length = (gsize) g_test_rand_int_range (1, 3 * FRAME);
      gsize to = MIN (torn.wal.size, from + length);
      guchar mask = (guchar) g_test_rand_int_range (1, 256);

      for (gsize at = from; at < to; at++)
        wal[at] = (char) (wal[at] ^ mask);
      g_assert_cmpint (look (fixture, &torn, wal, torn.wal.size), ==, expect (&torn, from));
    }
}

/* Beside a till that writes without a pause, in a process of its own. */
static void
test_beside (LedgerFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  gint64 last = 0;

  ledger_fixture_close (fixture);
  g_autoptr (GSubprocess) till
      = g_subprocess_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE, &error, helper, fixture->path, NULL);
  g_assert_no_error (error);
  g_autoptr (GDataInputStream) output = g_data_input_stream_new (g_subprocess_get_stdout_pipe (till));

  for (guint i = 0; i < SNAPSHOTS; i++)
    {
      gint64 told = 0;

      for (guint k = 0; k < 30; k++)
        {
          g_autofree char *line = g_data_input_stream_read_line (output, NULL, NULL, &error);
          g_assert_no_error (error);
          told = g_ascii_strtoll (line, NULL, 10);
        }
      /* What the till has told as written is there, and nothing is there by halves. */
      gint64 rows = count_by_reading (fixture->path);
      g_assert_cmpint (rows, >=, told);
      g_assert_cmpint (rows, >=, last);
      last = rows;
    }
  g_test_message ("%d looks beside a till that had written %" G_GINT64_FORMAT " rows", SNAPSHOTS, last);
  g_subprocess_send_signal (till, SIGKILL);
  g_assert_true (g_subprocess_wait (till, NULL, &error));
}

static void
test_only_reads (LedgerFixture *fixture, gconstpointer data)
{
  g_autofree char *missing = g_build_filename (fixture->folder, "missing.db", NULL);
  g_autofree char *bare_path = g_build_filename (fixture->folder, "bare.db", NULL);
  g_autoptr (GError) error = NULL;

  append_row (fixture, 0);
  ledger_fixture_close (fixture);
  g_autoptr (TillStore) store = till_store_open_reading (fixture->path, &error);
  g_assert_no_error (error);
  g_autoptr (TillLedger) ledger = till_ledger_new_reading (store, &error);
  g_assert_no_error (error);
  LedgerFixture reading = { .ledger = ledger, .store = store };
  g_assert_null (ledger_fixture_append (&reading, TILL_LEDGER_RECEIPT, "sale_1", NULL, "{}", &error));
  g_assert_error (error, TILL_ERROR, TILL_ERROR_REFUSED);
  g_clear_error (&error);

  g_assert_null (till_store_open_reading (missing, &error));
  g_assert_error (error, TILL_ERROR, TILL_ERROR_NOT_FOUND);
  g_clear_error (&error);
  g_assert_false (g_file_test (missing, G_FILE_TEST_EXISTS));

  g_object_unref (till_store_open (bare_path, &error));
  g_assert_no_error (error);
  g_autoptr (TillStore) bare = till_store_open_reading (bare_path, &error);
  g_assert_no_error (error);
  g_assert_null (till_ledger_new_reading (bare, &error));
  g_assert_error (error, TILL_ERROR, TILL_ERROR_NOT_FOUND);
  g_clear_error (&error);

  g_file_set_contents (missing, "no database at all, but long enough to be one if it were", -1, NULL);
  g_assert_null (till_store_open_reading (missing, &error));
  g_assert_error (error, TILL_ERROR, TILL_ERROR_CORRUPT);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_assert_cmpint (argc, ==, 2);
  helper = argv[1];
#define ADD(NAME, FUNCTION)                                                                                  \
  g_test_add ("/ledger-torn/" NAME, LedgerFixture, NULL, ledger_fixture_set_up, FUNCTION,                    \
              ledger_fixture_tear_down)
  ADD ("cut", test_cut);
  ADD ("garbled", test_garbled);
  ADD ("beside", test_beside);
  ADD ("only-reads", test_only_reads);
  return g_test_run ();
}
