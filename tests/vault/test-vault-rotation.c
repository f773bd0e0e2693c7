/* SPDX-License-Identifier: GPL-3.0-or-later */
#define _GNU_SOURCE /* memmem */
/* Runs under with-keyring. */
#include "base/till-error.h"
#include "books.h"
#include "store/till-statement.h"
#include "vault-fixture.h"
#include "vault/till-recovery-phrase.h"
#include "vault/till-signature.h"

#include <string.h>

#define RECORDS 40

typedef struct
{
  GArray *done; /* of double */
} Progress;

static void
on_progress (TillVault *vault, double done, gpointer data)
{
  Progress *progress = data;

  g_assert_true (g_main_context_is_owner (g_main_context_default ()));
  g_array_append_val (progress->done, done);
}

static gboolean
rotate_with (VaultFixture *self,
             gboolean void_passes,
             TillVaultRekey rekey,
             gpointer data,
             Progress *progress,
             GError **error)
{
  g_autoptr (GAsyncResult) done = NULL;

  till_vault_rotate_async (self->vault, void_passes, rekey, data, NULL, progress != NULL ? on_progress : NULL,
                           progress, NULL, vault_on_done, &done);
  vault_await (&done);
  return till_vault_rotate_finish (self->vault, done, error);
}

static void
rotate (VaultFixture *self)
{
  g_autoptr (GError) error = NULL;

  rotate_with (self, FALSE, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
}

static char *
hash (VaultFixture *self)
{
  g_autoptr (GError) error = NULL;
  char *hex = till_vault_hash (self->vault, "suffix", "1234", &error);

  g_assert_no_error (error);
  return hex;
}

static GBytes *
record (VaultFixture *self, const char *id)
{
  g_autoptr (GError) error = NULL;
  GBytes *sealed = NULL;

  if (vault_fixture_create (self, id, &error))
    sealed = vault_fixture_seal (self, id, id, &error);
  g_assert_no_error (error);
  return sealed;
}

static void
assert_entries (VaultFixture *self, const char *there, const char *gone)
{
  g_autoptr (TillSecret) kept = vault_fixture_entry (self, there);
  g_autoptr (TillSecret) dropped = vault_fixture_entry (self, gone);

  g_assert_nonnull (kept);
  g_assert_null (dropped);
}

static void
test_rotated (void)
{
  g_auto (VaultFixture) self = { 0 };
  g_autoptr (TillSecret) plain = till_secret_new ("plain", 5);
  GBytes *sealed[RECORDS];

  vault_fixture_open (&self, "rotated");
  g_autofree char *before = hash (&self);
  const char *key = till_vault_get_public_key (self.vault);
  g_autofree char *signature = till_vault_sign (self.vault, "text", NULL);
  g_autoptr (GBytes) other = till_vault_seal (self.vault, "other", plain, NULL);
  for (guint i = 0; i < RECORDS; i++)
    {
      g_autofree char *id = g_strdup_printf ("cust_%u", i);
      sealed[i] = record (&self, id);
    }

  rotate (&self);
  g_assert_cmpint (till_vault_get_generation (self.vault), ==, 2);
  for (guint opened = 0; opened < 2; opened++)
    {
      g_autofree char *after = hash (&self);
      g_autoptr (TillSecret) unsealed = till_vault_unseal (self.vault, "other", other, NULL);

      g_assert_cmpstr (after, !=, before);
      g_assert_cmpstr (till_vault_get_public_key (self.vault), !=, key);
      g_assert_true (till_vault_knows_public_key (self.vault, key));
      g_assert_true (till_signature_verify (key, "text", signature));
      g_assert_true (till_secret_equal (unsealed, plain));
      for (guint i = 0; i < RECORDS; i++)
        {
          g_autofree char *id = g_strdup_printf ("cust_%u", i);
          vault_fixture_assert_unseals (&self, id, sealed[i], id);
        }
      assert_entries (&self, "master-key-2", "master-key");
      vault_fixture_close (&self);
      vault_fixture_open (&self, "rotated");
    }

  rotate (&self);
  rotate (&self);
  g_assert_cmpint (till_vault_get_generation (self.vault), ==, 4);
  g_assert_true (till_vault_knows_public_key (self.vault, key));
  vault_fixture_assert_unseals (&self, "cust_0", sealed[0], "cust_0");
  assert_entries (&self, "master-key-4", "master-key-3");
  for (guint i = 0; i < RECORDS; i++)
    g_bytes_unref (sealed[i]);
}

/* Neither file nor log holds a key as the former master key wrapped it. */
static gpointer
do_read_wrapped (sqlite3 *db, gpointer data, GError **error)
{
  g_autoptr (TillStatement) statement = till_statement_new (db, "SELECT wrapped FROM record_keys", error);
  gboolean row;

  till_statement_step (statement, &row, error);
  return till_statement_get_bytes (statement, 0);
}

static gboolean
file_holds (const char *name, const char *ending, GBytes *bytes)
{
  g_autofree char *path = books_path (name);
  g_autofree char *file = g_strconcat (path, ending, NULL);
  g_autofree char *text = NULL;
  gsize size = 0;

  return g_file_get_contents (file, &text, &size, NULL)
         && memmem (text, size, g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes)) != NULL;
}

static void
test_nothing_left (void)
{
  g_auto (VaultFixture) self = { 0 };
  g_autoptr (GError) error = NULL;

  vault_fixture_open (&self, "rotated-left");
  g_autoptr (GBytes) sealed = record (&self, "cust_ada");
  g_autoptr (GBytes) wrapped = till_store_run (self.store, do_read_wrapped, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (file_holds ("rotated-left", "", wrapped) || file_holds ("rotated-left", "-wal", wrapped));
  rotate (&self);
  g_assert_false (file_holds ("rotated-left", "", wrapped));
  g_assert_false (file_holds ("rotated-left", "-wal", wrapped));
  g_autoptr (GBytes) anew = till_store_run (self.store, do_read_wrapped, NULL, &error);
  g_assert_true (file_holds ("rotated-left", "", anew) || file_holds ("rotated-left", "-wal", anew));
}

static TillSecret *
open_pass (VaultFixture *self, GBytes *closed)
{
  g_autoptr (GBytes) head = g_bytes_new_static ("head", 4);

  return till_vault_open_pass (self->vault, head, closed, NULL);
}

static void
test_passes (void)
{
  g_auto (VaultFixture) self = { 0 };
  g_autoptr (GBytes) head = g_bytes_new_static ("head", 4);
  g_autoptr (TillSecret) body = till_secret_new ("a face", 6);
  g_autoptr (GError) error = NULL;

  vault_fixture_open (&self, "rotated-passes");
  g_autoptr (GBytes) closed = till_vault_close_pass (self.vault, head, body, &error);
  rotate (&self);
  rotate (&self);
  g_autoptr (TillSecret) still = open_pass (&self, closed);
  g_assert_true (till_secret_equal (still, body));

  rotate_with (&self, TRUE, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_null (open_pass (&self, closed));
  g_autoptr (GBytes) anew = till_vault_close_pass (self.vault, head, body, &error);
  g_autoptr (TillSecret) opened = open_pass (&self, anew);
  g_assert_true (till_secret_equal (opened, body));
}

/* A room's own part: on the store's thread, under the coming look-up key, and record keys work as ever. */
typedef struct
{
  VaultFixture *fixture;
  char *hash;
  GBytes *sealed;
  gboolean fail;
  GBytes *resealed;
} Rekeying;

static gboolean
rekey (sqlite3 *db, TillVaultChange *change, gpointer data, GError **error)
{
  Rekeying *rekeying = data;
  g_autoptr (TillSecret) plain = NULL;

  rekeying->hash = till_vault_change_hash (change, "suffix", "1234", error);
  plain = till_record_keys_unseal (rekeying->fixture->vault, db, "cust_ada", rekeying->sealed, error);
  g_assert_no_error (*error);
  rekeying->resealed = till_record_keys_seal (rekeying->fixture->vault, db, "cust_ada", plain, error);
  for (guint i = 0; i < 1000; i++)
    till_vault_change_tell (change, i, 1000);
  if (!rekeying->fail)
    return TRUE;
  g_set_error_literal (error, TILL_ERROR, TILL_ERROR_FAILED, "no room");
  return FALSE;
}

static void
test_rekey (void)
{
  g_auto (VaultFixture) self = { 0 };
  Rekeying rekeying = { .fixture = &self };
  Progress progress = { .done = g_array_new (FALSE, FALSE, sizeof (double)) };
  g_autoptr (GError) error = NULL;
  double last = -1;

  vault_fixture_open (&self, "rotated-rekey");
  rekeying.sealed = record (&self, "cust_ada");
  rotate_with (&self, FALSE, rekey, &rekeying, &progress, &error);
  g_assert_no_error (error);
  g_autofree char *after = hash (&self);
  g_assert_cmpstr (after, ==, rekeying.hash);
  vault_fixture_assert_unseals (&self, "cust_ada", rekeying.resealed, "cust_ada");

  while (g_main_context_iteration (NULL, FALSE))
    ;
  for (guint i = 0; i < progress.done->len; i++)
    {
      g_assert_cmpfloat (g_array_index (progress.done, double, i), >, last);
      last = g_array_index (progress.done, double, i);
    }
  g_assert_cmpfloat (last, ==, 1);
  g_assert_cmpuint (progress.done->len, >, 10);
  g_assert_cmpuint (progress.done->len, <=, 101);
  g_array_unref (progress.done);
  g_free (rekeying.hash);
  g_bytes_unref (rekeying.sealed);
  g_bytes_unref (rekeying.resealed);
}

/* What can't be done is taken back whole, and tried again it works. */
static void
test_taken_back (void)
{
  g_auto (VaultFixture) self = { 0 };
  Rekeying rekeying = { .fixture = &self, .fail = TRUE };
  g_autoptr (GError) error = NULL;

  vault_fixture_open (&self, "rotated-back");
  g_autofree char *before = hash (&self);
  rekeying.sealed = record (&self, "cust_ada");
  g_assert_false (rotate_with (&self, FALSE, rekey, &rekeying, NULL, &error));
  g_assert_error (error, TILL_ERROR, TILL_ERROR_FAILED);
  g_autofree char *after = hash (&self);
  g_assert_cmpstr (after, ==, before);
  g_assert_cmpint (till_vault_get_generation (self.vault), ==, 1);
  vault_fixture_assert_unseals (&self, "cust_ada", rekeying.sealed, "cust_ada");
  assert_entries (&self, "master-key", "master-key-2");
  rotate (&self);
  vault_fixture_assert_unseals (&self, "cust_ada", rekeying.sealed, "cust_ada");
  g_free (rekeying.hash);
  g_bytes_unref (rekeying.sealed);
  g_bytes_unref (rekeying.resealed);
}

/* Another of these while one runs, and none before the vault is open. */
static void
test_not_now (void)
{
  g_auto (VaultFixture) self = { 0 };
  g_autoptr (GError) error = NULL;
  g_autoptr (GAsyncResult) first = NULL;

  vault_fixture_prepare (&self, "rotated-busy");
  g_assert_false (rotate_with (&self, FALSE, NULL, NULL, NULL, &error));
  g_assert_error (error, TILL_ERROR, TILL_ERROR_LOCKED);
  g_clear_error (&error);
  vault_fixture_try (&self, &error);
  g_assert_no_error (error);
  till_vault_rotate_async (self.vault, FALSE, NULL, NULL, NULL, NULL, NULL, NULL, vault_on_done, &first);
  g_assert_false (rotate_with (&self, FALSE, NULL, NULL, NULL, &error));
  g_assert_error (error, TILL_ERROR, TILL_ERROR_BUSY);
  g_clear_error (&error);
  vault_await (&first);
  till_vault_rotate_finish (self.vault, first, &error);
  g_assert_no_error (error);
}

/* Recovery */

typedef void (*PhraseFunc) (TillVault *, TillSecret *, GCancellable *, GAsyncReadyCallback, gpointer);
typedef gboolean (*FinishFunc) (TillVault *, GAsyncResult *, GError **);

static gboolean
with_phrase (VaultFixture *self, PhraseFunc begin, FinishFunc finish, TillSecret *phrase, GError **error)
{
  g_autoptr (GAsyncResult) done = NULL;

  begin (self->vault, phrase, NULL, vault_on_done, &done);
  vault_await (&done);
  return finish (self->vault, done, error);
}

static gboolean
recover (VaultFixture *self, TillSecret *phrase, GError **error)
{
  return with_phrase (self, till_vault_recover_async, till_vault_recover_finish, phrase, error);
}

static gboolean
check (VaultFixture *self, TillSecret *phrase, GError **error)
{
  return with_phrase (self, till_vault_check_recovery_async, till_vault_check_recovery_finish, phrase, error);
}

static void
set_recovery (VaultFixture *self, TillSecret *phrase)
{
  g_autoptr (GError) error = NULL;

  with_phrase (self, till_vault_set_recovery_async, till_vault_set_recovery_finish, phrase, &error);
  g_assert_no_error (error);
  g_assert_true (till_vault_has_recovery (self->vault));
}

/* As on a new machine to which the database was carried. */
static void
lose_keyring (VaultFixture *self, const char *name)
{
  g_autofree char *entry = NULL;
  g_autoptr (GError) error = NULL;
  gint64 generation = till_vault_get_generation (self->vault);

  entry = generation == 1 ? g_strdup ("master-key") : g_strdup_printf ("master-key-%d", (int) generation);
  vault_fixture_clear_entry (self, entry);
  vault_fixture_close (self);
  vault_fixture_prepare (self, name);
  g_assert_false (vault_fixture_try (self, &error));
  g_assert_error (error, TILL_ERROR, TILL_ERROR_NOT_FOUND);
}

static void
test_recovered (void)
{
  g_auto (VaultFixture) self = { 0 };
  g_autoptr (TillSecret) phrase = till_recovery_phrase_new ();
  g_autoptr (TillSecret) other = till_recovery_phrase_new ();
  g_autoptr (GError) error = NULL;

  vault_fixture_open (&self, "recovered");
  g_assert_false (till_vault_has_recovery (self.vault));
  g_assert_false (check (&self, phrase, &error));
  g_assert_error (error, TILL_ERROR, TILL_ERROR_NOT_FOUND);
  g_clear_error (&error);
  set_recovery (&self, phrase);
  g_assert_true (check (&self, phrase, NULL));
  g_autoptr (GBytes) sealed = record (&self, "cust_ada");
  g_autofree char *before = hash (&self);

  for (guint generation = 1; generation < 4; generation++)
    {
      lose_keyring (&self, "recovered");
      g_assert_true (till_vault_has_recovery (self.vault));
      g_assert_false (recover (&self, other, &error));
      g_assert_error (error, TILL_ERROR, TILL_ERROR_REFUSED);
      g_clear_error (&error);
      g_assert_false (till_vault_is_open (self.vault));
      g_assert_true (recover (&self, phrase, &error));
      g_assert_no_error (error);
      vault_fixture_assert_unseals (&self, "cust_ada", sealed, "cust_ada");
      vault_fixture_close (&self);
      vault_fixture_open (&self, "recovered");
      vault_fixture_assert_unseals (&self, "cust_ada", sealed, "cust_ada");
      rotate (&self);
    }
}

static void
test_new_phrase (void)
{
  g_auto (VaultFixture) self = { 0 };
  g_autoptr (TillSecret) phrase = till_recovery_phrase_new ();
  g_autoptr (TillSecret) newer = till_recovery_phrase_new ();
  g_autoptr (GAsyncResult) done = NULL;
  g_autoptr (GError) error = NULL;

  vault_fixture_open (&self, "recovered-anew");
  set_recovery (&self, phrase);
  set_recovery (&self, newer);
  g_assert_false (check (&self, phrase, &error));
  g_assert_error (error, TILL_ERROR, TILL_ERROR_REFUSED);
  g_clear_error (&error);
  g_assert_true (check (&self, newer, &error));
  till_vault_forget_recovery_async (self.vault, NULL, vault_on_done, &done);
  vault_await (&done);
  g_assert_true (till_vault_forget_recovery_finish (self.vault, done, &error));
  g_assert_false (till_vault_has_recovery (self.vault));
  g_assert_false (check (&self, newer, &error));
  g_assert_error (error, TILL_ERROR, TILL_ERROR_NOT_FOUND);
}

static gpointer
do_swap_public_key (sqlite3 *db, gpointer data, GError **error)
{
  g_autoptr (TillStatement) statement
      = till_statement_new (db, "UPDATE vault_recovery SET public_key = ?", error);

  till_statement_bind_bytes (statement, 1, data);
  till_statement_execute (statement, error);
  return NULL;
}

/* Who has the file slips in a phrase of their own, and waits for the owner to change the keys. */
static void
test_slipped_in (void)
{
  g_auto (VaultFixture) self = { 0 };
  g_autoptr (TillSecret) phrase = till_recovery_phrase_new ();
  g_autoptr (TillSecret) thiefs = till_recovery_phrase_new ();
  guint8 public_key[TILL_RECOVERY_PUBLIC_KEY_SIZE];
  g_autoptr (TillSecret) secret_key = till_recovery_phrase_derive (thiefs, public_key);
  g_autoptr (GBytes) bytes = g_bytes_new (public_key, sizeof public_key);
  g_autoptr (GError) error = NULL;

  vault_fixture_open (&self, "recovered-thief");
  set_recovery (&self, phrase);
  till_store_run (self.store, do_swap_public_key, bytes, &error);
  g_assert_no_error (error);
  g_assert_false (rotate_with (&self, FALSE, NULL, NULL, NULL, &error));
  g_assert_error (error, TILL_ERROR, TILL_ERROR_CORRUPT);
  g_clear_error (&error);
  g_assert_cmpint (till_vault_get_generation (self.vault), ==, 1);
  g_assert_false (check (&self, thiefs, &error));
  g_assert_error (error, TILL_ERROR, TILL_ERROR_REFUSED);
  set_recovery (&self, phrase);
  rotate (&self);
  g_assert_true (check (&self, phrase, NULL));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  books_set_up ();
  g_test_add_func ("/vault/rotation/rotated", test_rotated);
  g_test_add_func ("/vault/rotation/nothing-left", test_nothing_left);
  g_test_add_func ("/vault/rotation/passes", test_passes);
  g_test_add_func ("/vault/rotation/rekey", test_rekey);
  g_test_add_func ("/vault/rotation/taken-back", test_taken_back);
  g_test_add_func ("/vault/rotation/not-now", test_not_now);
  g_test_add_func ("/vault/recovery/recovered", test_recovered);
  g_test_add_func ("/vault/recovery/new-phrase", test_new_phrase);
  g_test_add_func ("/vault/recovery/slipped-in", test_slipped_in);
  return books_tear_down (g_test_run ());
}
