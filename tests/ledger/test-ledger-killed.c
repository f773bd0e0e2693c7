/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A till is killed (SIGKILL) while it appends, again and again on one file: what it had been told is written, is there. */
#include "ledger-fixture.h"

#include <gio/gio.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>

#define ROUNDS 25

static const char *helper;

/* Lets a till append @lines rows and some more, kills it, and gives the hashes it was told, by row number. */
static void
run_and_kill (LedgerFixture *fixture, int lines, GHashTable *told)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GSubprocess) till
      = g_subprocess_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE, &error, helper, fixture->path, NULL);
  g_autoptr (GDataInputStream) output = NULL;
  char *line;

  g_assert_no_error (error);
  output = g_data_input_stream_new (g_subprocess_get_stdout_pipe (till));
  for (int i = 0; (line = g_data_input_stream_read_line (output, NULL, NULL, &error)) != NULL; i++)
    {
      g_auto (GStrv) words = g_strsplit (line, " ", 2);

      /* The last line may be torn as well. */
      if (words[0] != NULL && words[1] != NULL && strlen (words[1]) == 64)
        g_hash_table_insert (told, GINT_TO_POINTER (atoi (words[0])), g_strdup (words[1]));
      if (i == lines)
        g_subprocess_send_signal (till, SIGKILL);
      g_free (line);
    }
  g_assert_no_error (error);
  g_assert_true (g_subprocess_wait (till, NULL, &error));
  g_assert_true (g_subprocess_get_if_signaled (till));
}

static gint64
check (LedgerFixture *fixture, GHashTable *told)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) entries = NULL;
  GHashTableIter iter;
  gpointer number;
  gpointer hash;
  gint64 right;

  ledger_fixture_open (fixture);
  right = ledger_fixture_verify (fixture, &error);
  g_assert_no_error (error);
  entries = ledger_fixture_list (fixture, NULL, NULL, NULL, 0, &error);
  g_assert_no_error (error);
  g_assert_cmpint (entries->len, ==, right);
  g_hash_table_iter_init (&iter, told);
  while (g_hash_table_iter_next (&iter, &number, &hash))
    {
      const TillLedgerEntry *entry;

      g_assert_cmpint (GPOINTER_TO_INT (number), <=, right);
      entry = entries->pdata[GPOINTER_TO_INT (number) - 1];
      g_assert_cmpstr (entry->hash, ==, hash);
    }
  ledger_fixture_close (fixture);
  return right;
}

static void
test_killed (LedgerFixture *fixture, gconstpointer data)
{
  g_autoptr (GHashTable) told = g_hash_table_new_full (NULL, NULL, NULL, g_free);
  gint64 right = 0;

  ledger_fixture_close (fixture);
  for (int i = 0; i < ROUNDS; i++)
    {
      run_and_kill (fixture, g_test_rand_int_range (0, 60), told);
      right = check (fixture, told);
    }
  g_test_message ("%d kills: %u rows told as written, %" G_GINT64_FORMAT " there", ROUNDS,
                  g_hash_table_size (told), right);
  g_assert_cmpint (right, >=, ROUNDS);
}

/* Killed at any moment of its first start, it leaves nothing behind that keeps the next one from starting. */
static void
test_killed_at_birth (LedgerFixture *fixture, gconstpointer data)
{
  ledger_fixture_close (fixture);
  for (int i = 0; i < ROUNDS; i++)
    {
      g_autofree char *name = g_strdup_printf ("%d.db", i);
      g_autofree char *path = g_build_filename (fixture->folder, name, NULL);
      g_autoptr (GError) error = NULL;
      g_autoptr (GSubprocess) till
          = g_subprocess_new (G_SUBPROCESS_FLAGS_STDOUT_SILENCE, &error, helper, path, NULL);

      g_assert_no_error (error);
      g_usleep ((gulong) g_test_rand_int_range (0, 30000));
      g_subprocess_send_signal (till, SIGKILL);
      g_assert_true (g_subprocess_wait (till, NULL, &error));
      g_free (fixture->path);
      fixture->path = g_steal_pointer (&path);
      ledger_fixture_open (fixture);
      g_assert_cmpint (ledger_fixture_verify (fixture, &error), >=, 0);
      g_assert_no_error (error);
      ledger_fixture_close (fixture);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_assert_cmpint (argc, ==, 2);
  helper = argv[1];
  g_test_add ("/ledger-killed/killed", LedgerFixture, NULL, ledger_fixture_set_up, test_killed,
              ledger_fixture_tear_down);
  g_test_add ("/ledger-killed/killed-at-birth", LedgerFixture, NULL, ledger_fixture_set_up,
              test_killed_at_birth, ledger_fixture_tear_down);
  return g_test_run ();
}
