/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ledger-fixture.h"

#include <glib/gstdio.h>

#define TEST_TYPE_CLOCK (test_clock_get_type ())
G_DECLARE_FINAL_TYPE (TestClock, test_clock, TEST, CLOCK, TillClock)

struct _TestClock
{
  TillClock parent_instance;

  GMutex mutex;
  gint64 utc_us;
};

G_DEFINE_FINAL_TYPE (TestClock, test_clock, TILL_TYPE_CLOCK)

static gint64
test_clock_utc (TillClock *clock)
{
  TestClock *self = TEST_CLOCK (clock);
  gint64 utc_us;

  g_mutex_lock (&self->mutex);
  utc_us = self->utc_us;
  g_mutex_unlock (&self->mutex);
  return utc_us;
}

static void
test_clock_class_init (TestClockClass *klass)
{
  TILL_CLOCK_CLASS (klass)->utc = test_clock_utc;
}

static void
test_clock_init (TestClock *self)
{
}

void
ledger_fixture_set_utc (LedgerFixture *self, gint64 utc_us)
{
  TestClock *clock = TEST_CLOCK (self->clock);

  g_mutex_lock (&clock->mutex);
  clock->utc_us = utc_us;
  g_mutex_unlock (&clock->mutex);
}

void
ledger_fixture_open (LedgerFixture *self)
{
  g_autoptr (GError) error = NULL;

  self->store = till_store_open (self->path, &error);
  g_assert_no_error (error);
  self->ledger = till_ledger_new (self->store, self->clock, &error);
  g_assert_no_error (error);
}

void
ledger_fixture_close (LedgerFixture *self)
{
  if (self->ledger == NULL)
    return;
  g_assert_finalize_object (g_steal_pointer (&self->ledger));
  g_assert_finalize_object (g_steal_pointer (&self->store));
}

void
ledger_fixture_set_up (LedgerFixture *self, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  self->folder = g_dir_make_tmp ("test-ledger-XXXXXX", &error);
  g_assert_no_error (error);
  self->path = g_build_filename (self->folder, "till.db", NULL);
  self->clock = g_object_new (TEST_TYPE_CLOCK, NULL);
  ledger_fixture_set_utc (self, 1000000);
  ledger_fixture_open (self);
}

void
ledger_fixture_tear_down (LedgerFixture *self, gconstpointer data)
{
  g_autoptr (GDir) folder = NULL;
  const char *name;

  ledger_fixture_close (self);
  g_assert_finalize_object (self->clock);
  folder = g_dir_open (self->folder, 0, NULL);
  while ((name = g_dir_read_name (folder)) != NULL)
    {
      g_autofree char *path = g_build_filename (self->folder, name, NULL);
      g_assert_cmpint (g_unlink (path), ==, 0);
    }
  g_assert_cmpint (g_rmdir (self->folder), ==, 0);
  g_free (self->path);
  g_free (self->folder);
}

static void
on_done (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GAsyncResult **done = user_data;

  *done = g_object_ref (result);
}

static void
await (GAsyncResult **done)
{
  while (*done == NULL)
    g_main_context_iteration (NULL, TRUE);
}

TillLedgerEntry *
ledger_fixture_append (LedgerFixture *self,
                       const char *kind,
                       const char *sale,
                       const char *attempt,
                       const char *body,
                       GError **error)
{
  g_autoptr (JsonNode) node = json_from_string (body, NULL);
  g_autoptr (TillLedgerEntry) entry
      = till_ledger_entry_new (kind, sale, attempt, json_node_dup_object (node));
  g_autoptr (GAsyncResult) done = NULL;

  till_ledger_append_async (self->ledger, entry, NULL, on_done, &done);
  await (&done);
  return till_ledger_append_finish (self->ledger, done, error);
}

GPtrArray *
ledger_fixture_list (
    LedgerFixture *self, const char *kind, const char *sale, const char *attempt, guint limit, GError **error)
{
  g_autoptr (GAsyncResult) done = NULL;

  till_ledger_list_async (self->ledger, kind, sale, attempt, limit, NULL, on_done, &done);
  await (&done);
  return till_ledger_list_finish (self->ledger, done, error);
}

GPtrArray *
ledger_fixture_list_open (LedgerFixture *self, GError **error)
{
  g_autoptr (GAsyncResult) done = NULL;

  till_ledger_list_open_attempts_async (self->ledger, NULL, on_done, &done);
  await (&done);
  return till_ledger_list_open_attempts_finish (self->ledger, done, error);
}

gint64
ledger_fixture_verify (LedgerFixture *self, GError **error)
{
  g_autoptr (GAsyncResult) done = NULL;

  till_ledger_verify_async (self->ledger, NULL, on_done, &done);
  await (&done);
  return till_ledger_verify_finish (self->ledger, done, error);
}

void
ledger_fixture_tamper (LedgerFixture *self, const char *sql)
{
  sqlite3 *db;
  char *message = NULL;

  g_assert_null (self->ledger);
  g_assert_cmpint (sqlite3_open (self->path, &db), ==, SQLITE_OK);
  sqlite3_exec (db,
                "DROP TRIGGER ledger_no_update; DROP TRIGGER ledger_no_delete; DROP TRIGGER ledger_in_order;"
                "DROP INDEX ledger_one_intent; DROP INDEX ledger_one_end",
                NULL, NULL, NULL);
  sqlite3_exec (db, sql, NULL, NULL, &message);
  g_assert_cmpstr (message, ==, NULL);
  g_assert_cmpint (sqlite3_close (db), ==, SQLITE_OK);
}
