/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What verifying finds in a ledger that somebody worked on with a database tool, or that a disk damaged. */
#include "base/till-error.h"
#include "ledger-fixture.h"
#include "ledger/till-ledger-row.h"

#include <string.h>

#define ROWS 6

static void
set_up (LedgerFixture *fixture, gconstpointer data)
{
  ledger_fixture_set_up (fixture, data);
  for (int i = 1; i <= ROWS; i++)
    {
      g_autofree char *body = g_strdup_printf ("{\"amount\":%d}", i * 100);
      g_autofree char *sale = g_strdup_printf ("sale_%d", i);
      g_autoptr (GError) error = NULL;
      g_autoptr (TillLedgerEntry) entry = NULL;

      ledger_fixture_set_utc (fixture, i * 1000000);
      entry = ledger_fixture_append (fixture, TILL_LEDGER_TENDER, sale, NULL, body, &error);
      g_assert_no_error (error);
    }
  ledger_fixture_close (fixture);
}

static void
assert_found (LedgerFixture *fixture, const char *sql, gint64 right, const char *words)
{
  g_autoptr (GError) error = NULL;

  ledger_fixture_tamper (fixture, sql);
  ledger_fixture_open (fixture);
  g_assert_cmpint (ledger_fixture_verify (fixture, &error), ==, right);
  g_assert_error (error, TILL_ERROR, TILL_ERROR_CORRUPT);
  g_test_message ("%s", error->message);
  if (strstr (error->message, words) == NULL)
    g_error ("\"%s\" is not in \"%s\"", words, error->message);
  ledger_fixture_close (fixture);
}

/* The row of @db numbered @seq. */
static TillLedgerRow *
read_row (sqlite3 *db, int seq)
{
  TillLedgerRow *row = till_ledger_row_new ();
  GBytes **fields[] = { &row->kind, &row->sale, &row->attempt, &row->body, &row->previous, &row->hash };
  sqlite3_stmt *statement;

  g_assert_cmpint (
      sqlite3_prepare_v2 (db,
                          "SELECT kind, sale, attempt, body, previous, hash, seq, at_us FROM ledger"
                          " WHERE seq = ?",
                          -1, &statement, NULL),
      ==, SQLITE_OK);
  sqlite3_bind_int (statement, 1, seq);
  g_assert_cmpint (sqlite3_step (statement), ==, SQLITE_ROW);
  for (int i = 0; i < (int) G_N_ELEMENTS (fields); i++)
    if (sqlite3_column_type (statement, i) != SQLITE_NULL)
      *fields[i]
          = g_bytes_new (sqlite3_column_blob (statement, i), (gsize) sqlite3_column_bytes (statement, i));
  row->seq = sqlite3_column_int64 (statement, 6);
  row->at_us = sqlite3_column_int64 (statement, 7);
  sqlite3_finalize (statement);
  return row;
}

/* The tampering of somebody who knows the format: changes row @seq, then gives it a hash that fits. */
static void
forge (LedgerFixture *fixture, int seq, const char *sql)
{
  g_autoptr (TillLedgerRow) row = NULL;
  g_autofree char *hash = NULL;
  g_autofree char *update = NULL;
  sqlite3 *db;

  ledger_fixture_tamper (fixture, sql);
  g_assert_cmpint (sqlite3_open (fixture->path, &db), ==, SQLITE_OK);
  row = read_row (db, seq);
  hash = till_ledger_row_compute_hash (row);
  update = g_strdup_printf ("UPDATE ledger SET hash = '%s' WHERE seq = %d", hash, seq);
  g_assert_cmpint (sqlite3_exec (db, update, NULL, NULL, NULL), ==, SQLITE_OK);
  sqlite3_close (db);
}

static void
test_changed (LedgerFixture *fixture, gconstpointer data)
{
  assert_found (fixture, "UPDATE ledger SET body = '{\"amount\":1}' WHERE seq = 3", 2,
                "row 3 of the ledger: it was changed");
}

/* Every column counts. */
static void
test_changed_column (LedgerFixture *fixture, gconstpointer data)
{
  assert_found (fixture, data, 4, "row 5 of the ledger: it was changed");
}

static void
test_missing (LedgerFixture *fixture, gconstpointer data)
{
  assert_found (fixture, "DELETE FROM ledger WHERE seq = 4", 3, "row 4 of the ledger is missing");
}

static void
test_many_missing (LedgerFixture *fixture, gconstpointer data)
{
  assert_found (fixture, "DELETE FROM ledger WHERE seq < 4", 0, "rows 1 to 3 of the ledger are missing");
}

static void
test_renumbered (LedgerFixture *fixture, gconstpointer data)
{
  assert_found (fixture, "DELETE FROM ledger WHERE seq = 2; UPDATE ledger SET seq = 2 WHERE seq = 3", 1,
                "row 2 of the ledger: it was changed");
}

static void
test_in_front (LedgerFixture *fixture, gconstpointer data)
{
  assert_found (
      fixture,
      "INSERT INTO ledger SELECT 0, at_us, kind, sale, attempt, body, previous, hash FROM ledger LIMIT 1", 0,
      "row 0 of the ledger is out of order");
}

static void
test_swapped (LedgerFixture *fixture, gconstpointer data)
{
  assert_found (fixture,
                "UPDATE ledger SET seq = -2 WHERE seq = 2; UPDATE ledger SET seq = 2 WHERE seq = 3;"
                "UPDATE ledger SET seq = 3 WHERE seq = -2",
                1, "row 2 of the ledger: it was changed");
}

static void
test_replaced_with_fitting_hash (LedgerFixture *fixture, gconstpointer data)
{
  forge (fixture, 3, "UPDATE ledger SET body = '{\"amount\":1}' WHERE seq = 3");
  assert_found (fixture, "SELECT 1", 3, "row 4 of the ledger: its previous hash is wrong");
}

static void
test_no_json (LedgerFixture *fixture, gconstpointer data)
{
  forge (fixture, ROWS, "UPDATE ledger SET body = '{\"amount\":' WHERE seq = 6");
  assert_found (fixture, "SELECT 1", ROWS - 1, "row 6 of the ledger: the body is not JSON");
}

static void
test_no_object (LedgerFixture *fixture, gconstpointer data)
{
  forge (fixture, ROWS, "UPDATE ledger SET body = '[1]' WHERE seq = 6");
  assert_found (fixture, "SELECT 1", ROWS - 1, "row 6 of the ledger: the body is not a JSON object");
}

static void
test_deep_body (LedgerFixture *fixture, gconstpointer data)
{
  forge (fixture, ROWS, "UPDATE ledger SET body = replace (hex (zeroblob (250000)), '0', '[') WHERE seq = 6");
  assert_found (fixture, "SELECT 1", ROWS - 1,
                "row 6 of the ledger: the body is not JSON as the ledger has it: brackets are nested");
}

/* Reading gives no half-right rows either. */
static void
test_list_of_damaged (LedgerFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  ledger_fixture_tamper (fixture, "UPDATE ledger SET body = 'x' WHERE seq = 3");
  ledger_fixture_open (fixture);
  g_assert_null (ledger_fixture_list (fixture, NULL, NULL, NULL, 0, &error));
  g_assert_error (error, TILL_ERROR, TILL_ERROR_CORRUPT);
  g_assert_nonnull (strstr (error->message, "row 3"));
}

/* Damage of the disk while the till runs: whatever is read back, it ends with a count and words. */
static void
test_damaged_pages (LedgerFixture *fixture, gconstpointer data)
{
  g_autofree char *content = NULL;
  gsize size;

  g_assert_true (g_file_get_contents (fixture->path, &content, &size, NULL));
  for (gsize at = 4096; at < size; at += 512)
    {
      g_autofree char *damaged = g_memdup2 (content, size);
      g_autoptr (GError) error = NULL;
      TillStore *store;

      memset (damaged + at, 0x5a, MIN (64, size - at));
      g_assert_true (g_file_set_contents (fixture->path, damaged, (gssize) size, NULL));
      store = till_store_open (fixture->path, &error);
      if (store == NULL)
        {
          g_assert_error (error, TILL_ERROR, TILL_ERROR_CORRUPT);
          continue;
        }
      g_object_unref (store);
      ledger_fixture_open (fixture);
      if (ledger_fixture_verify (fixture, &error) < ROWS)
        g_assert_error (error, TILL_ERROR, TILL_ERROR_CORRUPT);
      ledger_fixture_close (fixture);
    }
}

int
main (int argc, char **argv)
{
  static const char *const columns[][2] = {
    { "at", "UPDATE ledger SET at_us = at_us + 1 WHERE seq = 5" },
    { "kind", "UPDATE ledger SET kind = 'refund' WHERE seq = 5" },
    { "sale", "UPDATE ledger SET sale = 'sale_4' WHERE seq = 5" },
    { "no-sale", "UPDATE ledger SET sale = NULL WHERE seq = 5" },
    { "empty-attempt", "UPDATE ledger SET attempt = '' WHERE seq = 5" },
    { "moved-text", "UPDATE ledger SET kind = 'tendersale', sale = '_5' WHERE seq = 5" },
    { "spaced-body", "UPDATE ledger SET body = '{ \"amount\":500}' WHERE seq = 5" },
    { "body-after-nul", "UPDATE ledger SET body = body || char (0) || 'x' WHERE seq = 5" },
    { "previous", "UPDATE ledger SET previous = (SELECT hash FROM ledger WHERE seq = 3) WHERE seq = 5" },
    { "hash", "UPDATE ledger SET hash = upper (hash) || 'x' WHERE seq = 5" },
  };

  g_test_init (&argc, &argv, NULL);
#define ADD(name, function)                                                                                  \
  g_test_add ("/ledger-verify/" name, LedgerFixture, NULL, set_up, function, ledger_fixture_tear_down)
  ADD ("changed", test_changed);
  for (guint i = 0; i < G_N_ELEMENTS (columns); i++)
    {
      g_autofree char *name = g_strconcat ("/ledger-verify/changed-column/", columns[i][0], NULL);
      g_test_add (name, LedgerFixture, columns[i][1], set_up, test_changed_column, ledger_fixture_tear_down);
    }
  ADD ("missing", test_missing);
  ADD ("many-missing", test_many_missing);
  ADD ("renumbered", test_renumbered);
  ADD ("in-front", test_in_front);
  ADD ("swapped", test_swapped);
  ADD ("replaced-with-fitting-hash", test_replaced_with_fitting_hash);
  ADD ("no-json", test_no_json);
  ADD ("no-object", test_no_object);
  ADD ("deep-body", test_deep_body);
  ADD ("list-of-damaged", test_list_of_damaged);
  ADD ("damaged-pages", test_damaged_pages);
  return g_test_run ();
}
