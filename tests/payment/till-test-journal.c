/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "till-test-journal.h"

#include "till-test-wait.h"

#include <glib/gstdio.h>
#include <sqlite3.h>

/* The clock */

#define TILL_TYPE_TEST_CLOCK (till_test_clock_get_type ())
G_DECLARE_FINAL_TYPE (TillTestClock, till_test_clock, TILL, TEST_CLOCK, TillClock)

struct _TillTestClock
{
  TillClock parent_instance;
  int ahead; /* seconds */
};

G_DEFINE_FINAL_TYPE (TillTestClock, till_test_clock, TILL_TYPE_CLOCK)

static gint64
till_test_clock_utc (TillClock *clock)
{
  return g_get_real_time () + (gint64) g_atomic_int_get (&TILL_TEST_CLOCK (clock)->ahead) * G_USEC_PER_SEC;
}

static void
till_test_clock_class_init (TillTestClockClass *klass)
{
  TILL_CLOCK_CLASS (klass)->utc = till_test_clock_utc;
}

static void
till_test_clock_init (TillTestClock *self)
{
}

/* The journal */

static void
on_step (TillPayment *payment, const char *step, gpointer steps)
{
  g_string_append_printf (steps, "%s ", step);
}

static void
open_all (TillTestJournal *self, TillProvider *provider)
{
  g_autoptr (GError) error = NULL;

  self->store = till_store_open (self->path, &error);
  g_assert_no_error (error);
  self->ledger = till_ledger_new (self->store, self->clock, &error);
  g_assert_no_error (error);
  self->payment = till_payment_new (self->ledger, provider, self->clock);
  g_signal_connect (self->payment, "step", G_CALLBACK (on_step), self->steps);
}

TillTestJournal *
till_test_journal_open (TillProvider *provider)
{
  TillTestJournal *self = g_new0 (TillTestJournal, 1);
  g_autoptr (GError) error = NULL;

  self->dir = g_dir_make_tmp ("smiletill-journal-XXXXXX", &error);
  g_assert_no_error (error);
  self->path = g_build_filename (self->dir, "till.db", NULL);
  self->clock = g_object_new (TILL_TYPE_TEST_CLOCK, NULL);
  self->steps = g_string_new (NULL);
  open_all (self, provider);
  return self;
}

void
till_test_journal_hand_over (TillTestJournal *self)
{
  if (self->store == NULL)
    return;
  g_assert_finalize_object (self->payment);
  g_assert_finalize_object (self->ledger);
  till_store_close (self->store);
  g_assert_finalize_object (self->store);
  self->store = NULL;
  g_string_truncate (self->steps, 0);
}

void
till_test_journal_reopen (TillTestJournal *self, TillProvider *provider)
{
  till_test_journal_hand_over (self);
  open_all (self, provider);
}

void
till_test_journal_close (TillTestJournal *self)
{
  GDir *dir = NULL;
  const char *name = NULL;

  till_test_journal_hand_over (self);
  dir = g_dir_open (self->dir, 0, NULL);
  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *file = g_build_filename (self->dir, name, NULL);
      g_unlink (file);
    }
  g_dir_close (dir);
  g_assert_cmpint (g_rmdir (self->dir), ==, 0);
  g_object_unref (self->clock);
  g_string_free (self->steps, TRUE);
  g_free (self->dir);
  g_free (self->path);
  g_free (self);
}

void
till_test_journal_advance (TillTestJournal *self, gint64 seconds)
{
  g_atomic_int_add (&TILL_TEST_CLOCK (self->clock)->ahead, (int) seconds);
}

/* The store keeps everybody else out, so a copy is read; another process makes it, to leave the locks alone. */
static char *
copy_database (TillTestJournal *self)
{
  g_autofree char *copy = g_dir_make_tmp ("smiletill-copy-XXXXXX", NULL);
  g_autofree char *command = g_strdup_printf ("cp '%s' '%s-wal' '%s/'", self->path, self->path, copy);
  const char *const shell[] = { "sh", "-c", command, NULL };
  g_autoptr (GError) error = NULL;
  int status = -1;

  g_spawn_sync (NULL, (char **) shell, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, NULL, NULL, &status, &error);
  g_assert_no_error (error);
  g_assert_cmpint (status, ==, 0);
  return g_steal_pointer (&copy);
}

int
till_test_journal_count_on_disk (TillTestJournal *self, const char *kind)
{
  g_autofree char *dir = copy_database (self);
  g_autofree char *path = g_build_filename (dir, "till.db", NULL);
  sqlite3 *db = NULL;
  sqlite3_stmt *statement = NULL;

  g_assert_cmpint (sqlite3_open (path, &db), ==, SQLITE_OK);
  g_assert_cmpint (
      sqlite3_prepare_v2 (db, "SELECT COUNT(*) FROM ledger WHERE kind = ?", -1, &statement, NULL), ==,
      SQLITE_OK);
  sqlite3_bind_text (statement, 1, kind, -1, SQLITE_STATIC);
  g_assert_cmpint (sqlite3_step (statement), ==, SQLITE_ROW);
  int count = sqlite3_column_int (statement, 0);
  sqlite3_finalize (statement);
  sqlite3_close (db);

  const char *const suffixes[] = { "", "-wal", "-shm" };
  for (guint i = 0; i < G_N_ELEMENTS (suffixes); i++)
    {
      g_autofree char *file = g_strconcat (path, suffixes[i], NULL);
      g_unlink (file);
    }
  g_rmdir (dir);
  return count;
}

TillLedgerEntry *
till_test_journal_only (TillTestJournal *self, const char *kind, const char *sale)
{
  g_autoptr (GPtrArray) rows = till_test_rows (self->ledger, kind, sale);

  g_assert_cmpuint (rows->len, ==, 1);
  return till_ledger_entry_ref (g_ptr_array_index (rows, 0));
}

void
till_test_journal_verify (TillTestJournal *self)
{
  GAsyncResult *kept = NULL;
  g_autoptr (GError) error = NULL;

  till_ledger_verify_async (self->ledger, NULL, till_test_keep, &kept);
  g_autoptr (GAsyncResult) result = till_test_wait (&kept);
  till_ledger_verify_finish (self->ledger, result, &error);
  g_assert_no_error (error);
}
