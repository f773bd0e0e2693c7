/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * Runs under with-keyring. A change of keys is killed at each of its steps: each call to the keyring before and after,
 * each statement of the transaction. The linker puts the counters below in front of the vault's and the store's calls.
 */
#include "books.h"
#include "store/till-statement.h"
#include "vault-fixture.h"
#include "vault/till-recovery-phrase.h"

#include <signal.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#define RECORDS 6

/* Of the process that is to die. */
static gboolean counting;
static guint steps;
static guint last_step = G_MAXUINT;

static void
step (void)
{
  if (counting && steps++ == last_step)
    kill (getpid (), SIGKILL);
}

void __real_till_keyring_store_async (
    TillKeyring *, const char *, TillSecret *, GCancellable *, GAsyncReadyCallback, gpointer);
void __wrap_till_keyring_store_async (
    TillKeyring *, const char *, TillSecret *, GCancellable *, GAsyncReadyCallback, gpointer);
gboolean __real_till_keyring_store_finish (TillKeyring *, GAsyncResult *, GError **);
gboolean __wrap_till_keyring_store_finish (TillKeyring *, GAsyncResult *, GError **);
TillSecret *__real_till_keyring_lookup_finish (TillKeyring *, GAsyncResult *, GError **);
TillSecret *__wrap_till_keyring_lookup_finish (TillKeyring *, GAsyncResult *, GError **);
void
__real_till_keyring_clear_async (TillKeyring *, const char *, GCancellable *, GAsyncReadyCallback, gpointer);
void
__wrap_till_keyring_clear_async (TillKeyring *, const char *, GCancellable *, GAsyncReadyCallback, gpointer);
gboolean __real_till_keyring_clear_finish (TillKeyring *, GAsyncResult *, GError **);
gboolean __wrap_till_keyring_clear_finish (TillKeyring *, GAsyncResult *, GError **);
int __real_sqlite3_step (sqlite3_stmt *);
int __wrap_sqlite3_step (sqlite3_stmt *);
int __real_sqlite3_exec (sqlite3 *, const char *, int (*) (void *, int, char **, char **), void *, char **);
int __wrap_sqlite3_exec (sqlite3 *, const char *, int (*) (void *, int, char **, char **), void *, char **);

void
__wrap_till_keyring_store_async (TillKeyring *self,
                                 const char *name,
                                 TillSecret *secret,
                                 GCancellable *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data)
{
  step ();
  __real_till_keyring_store_async (self, name, secret, cancellable, callback, user_data);
}

gboolean
__wrap_till_keyring_store_finish (TillKeyring *self, GAsyncResult *result, GError **error)
{
  step ();
  return __real_till_keyring_store_finish (self, result, error);
}

TillSecret *
__wrap_till_keyring_lookup_finish (TillKeyring *self, GAsyncResult *result, GError **error)
{
  step ();
  return __real_till_keyring_lookup_finish (self, result, error);
}

void
__wrap_till_keyring_clear_async (TillKeyring *self,
                                 const char *name,
                                 GCancellable *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data)
{
  step ();
  __real_till_keyring_clear_async (self, name, cancellable, callback, user_data);
}

gboolean
__wrap_till_keyring_clear_finish (TillKeyring *self, GAsyncResult *result, GError **error)
{
  step ();
  return __real_till_keyring_clear_finish (self, result, error);
}

int
__wrap_sqlite3_step (sqlite3_stmt *statement)
{
  step ();
  return __real_sqlite3_step (statement);
}

/* COMMIT goes through here: dead before it, and dead after it. */
int
__wrap_sqlite3_exec (
    sqlite3 *db, const char *sql, int (*callback) (void *, int, char **, char **), void *data, char **message)
{
  int result;

  step ();
  result = __real_sqlite3_exec (db, sql, callback, data, message);
  step ();
  return result;
}

static gpointer
do_keep_hash (sqlite3 *db, gpointer data, GError **error)
{
  g_autoptr (TillStatement) statement
      = till_statement_new (db, "INSERT OR REPLACE INTO buckets (one, hash) VALUES (1, ?)", error);

  till_statement_bind_text (statement, 1, data);
  till_statement_execute (statement, error);
  return NULL;
}

static gpointer
do_read_hash (sqlite3 *db, gpointer data, GError **error)
{
  g_autoptr (TillStatement) statement = till_statement_new (db, "SELECT hash FROM buckets", error);
  gboolean row;

  till_statement_step (statement, &row, error);
  return g_strdup (till_statement_get_text (statement, 0));
}

/* What a room keeps under a hash, written anew in the same breath. */
static gboolean
rekey (sqlite3 *db, TillVaultChange *change, gpointer data, GError **error)
{
  g_autofree char *hash = till_vault_change_hash (change, "suffix", "1234", error);

  do_keep_hash (db, hash, error);
  return *error == NULL;
}

static char *
record_id (guint i)
{
  return g_strdup_printf ("cust_%u", i);
}

static void
make_books (VaultFixture *self, const char *name, GBytes **sealed, TillSecret *phrase)
{
  g_autoptr (GAsyncResult) done = NULL;
  g_autoptr (GError) error = NULL;

  vault_fixture_open (self, name);
  vault_fixture_tamper (self, "CREATE TABLE buckets (one INTEGER PRIMARY KEY, hash TEXT)");
  g_autofree char *hash = till_vault_hash (self->vault, "suffix", "1234", &error);
  till_store_run (self->store, do_keep_hash, hash, &error);
  for (guint i = 0; i < RECORDS; i++)
    {
      g_autofree char *id = record_id (i);
      vault_fixture_create (self, id, &error);
      sealed[i] = vault_fixture_seal (self, id, id, &error);
    }
  till_vault_set_recovery_async (self->vault, phrase, NULL, vault_on_done, &done);
  vault_await (&done);
  till_vault_set_recovery_finish (self->vault, done, &error);
  g_assert_no_error (error);
}

/* One whole generation, everything opens, and the keyring has its entry alone. */
static void
assert_whole (VaultFixture *self, GBytes **sealed, TillSecret *phrase)
{
  gint64 generation = till_vault_get_generation (self->vault);
  g_autoptr (GAsyncResult) done = NULL;
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < RECORDS; i++)
    {
      g_autofree char *id = record_id (i);
      vault_fixture_assert_unseals (self, id, sealed[i], id);
    }
  g_autofree char *hash = till_vault_hash (self->vault, "suffix", "1234", &error);
  g_autofree char *kept = till_store_run (self->store, do_read_hash, NULL, &error);
  g_assert_cmpstr (kept, ==, hash);
  till_vault_check_recovery_async (self->vault, phrase, NULL, vault_on_done, &done);
  vault_await (&done);
  till_vault_check_recovery_finish (self->vault, done, &error);
  g_assert_no_error (error);
  for (gint64 i = MAX (generation - 1, 1); i <= generation + 1; i++)
    {
      g_autofree char *entry
          = i == 1 ? g_strdup ("master-key") : g_strdup_printf ("master-key-%" G_GINT64_FORMAT, i);
      g_autoptr (TillSecret) master = vault_fixture_entry (self, entry);
      g_assert_cmpint (master != NULL, ==, i == generation);
    }
}

/* In a process of its own: opens the books, then changes the keys until the step at which it dies. Steps to stdout. */
static int
change_keys (const char *folder, const char *name, guint step_to_die_at)
{
  g_autoptr (GAsyncResult) done = NULL;
  g_autoptr (GError) error = NULL;
  VaultFixture self = { 0 };

  books_enter (folder);
  vault_fixture_open (&self, name);
  last_step = step_to_die_at;
  counting = TRUE;
  till_vault_rotate_async (self.vault, FALSE, rekey, NULL, NULL, NULL, NULL, NULL, vault_on_done, &done);
  vault_await (&done);
  counting = FALSE;
  till_vault_rotate_finish (self.vault, done, &error);
  g_assert_no_error (error);
  g_clear_object (&done);
  g_print ("%u\n", steps);
  vault_fixture_close (&self);
  return 0;
}

static const char *program;

/* @steps: (nullable) how many there are; FALSE if it was killed. */
static gboolean
run_change (const char *name, guint step_to_die_at, guint *n_steps)
{
  g_autofree char *number = g_strdup_printf ("%u", step_to_die_at);
  const char *argv[] = { program, "--change", books_folder (), name, number, NULL };
  g_autofree char *output = NULL;
  g_autoptr (GError) error = NULL;
  int status;

  g_spawn_sync (NULL, (char **) argv, NULL, 0, NULL, NULL, &output, NULL, &status, &error);
  g_assert_no_error (error);
  if (WIFSIGNALED (status) && WTERMSIG (status) == SIGKILL)
    return FALSE;
  g_assert_true (g_spawn_check_wait_status (status, &error));
  if (n_steps != NULL)
    *n_steps = (guint) g_ascii_strtoull (output, NULL, 10);
  return TRUE;
}

static void
test_kill (void)
{
  g_autoptr (TillSecret) phrase = till_recovery_phrase_new ();
  g_auto (VaultFixture) self = { 0 };
  GBytes *sealed[RECORDS];
  guint n_steps = 0, changed = 0, kept = 0;

  make_books (&self, "killed", sealed, phrase);
  vault_fixture_close (&self);
  g_assert_true (run_change ("killed", G_MAXUINT, &n_steps));
  g_assert_cmpuint (n_steps, >, 30);
  for (guint i = 0; i < n_steps; i++)
    {
      vault_fixture_open (&self, "killed");
      gint64 before = till_vault_get_generation (self.vault);
      vault_fixture_close (&self);

      g_assert_false (run_change ("killed", i, NULL));
      vault_fixture_open (&self, "killed");
      assert_whole (&self, sealed, phrase);
      if (till_vault_get_generation (self.vault) == before)
        kept++;
      else
        changed++;
      g_assert_cmpint (till_vault_get_generation (self.vault), <=, before + 1);
      vault_fixture_close (&self);
    }
  g_test_message ("killed at %u steps: %u kept the old keys, %u had the new ones", n_steps, kept, changed);
  g_assert_cmpuint (kept, >, 0);
  g_assert_cmpuint (changed, >, 0);
  for (guint i = 0; i < RECORDS; i++)
    g_bytes_unref (sealed[i]);
}

int
main (int argc, char **argv)
{
  if (argc == 5 && g_str_equal (argv[1], "--change"))
    return change_keys (argv[2], argv[3], (guint) g_ascii_strtoull (argv[4], NULL, 10));

  g_test_init (&argc, &argv, NULL);
  program = argv[0];
  books_set_up ();
  g_test_add_func ("/vault/rotation/kill", test_kill);
  return books_tear_down (g_test_run ());
}
