/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Runs under with-keyring. */
#include "base/till-error.h"
#include "books.h"
#include "vault/till-vault.h"

#include <string.h>

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

static gboolean
open_vault (TillVault *vault, gboolean create, GError **error)
{
  g_autoptr (GAsyncResult) done = NULL;

  till_vault_open_async (vault, create, NULL, on_done, &done);
  await (&done);
  return till_vault_open_finish (vault, done, error);
}

/* A vault of @profile with a database of its own, which lasts as long as the vault. */
static TillVault *
vault_for (const char *profile)
{
  g_autoptr (TillKeyring) keyring = till_keyring_new (profile);
  g_autoptr (TillStore) store = books_open (profile);
  g_autoptr (GError) error = NULL;
  TillVault *vault = till_vault_new (keyring, store, &error);

  g_assert_no_error (error);
  return vault;
}

static TillVault *
opened_vault (const char *profile)
{
  g_autoptr (GError) error = NULL;
  TillVault *vault = vault_for (profile);

  g_assert_true (open_vault (vault, TRUE, &error));
  g_assert_no_error (error);
  g_assert_true (till_vault_is_open (vault));
  return vault;
}

static void
put_this_master (const char *profile, TillSecret *secret)
{
  g_autoptr (TillKeyring) keyring = till_keyring_new (profile);
  g_autoptr (GAsyncResult) done = NULL;
  g_autoptr (GError) error = NULL;

  till_keyring_store_async (keyring, "master-key", secret, NULL, on_done, &done);
  await (&done);
  g_assert_true (till_keyring_store_finish (keyring, done, &error));
  g_assert_no_error (error);
}

static void
put_master (const char *profile, gsize size)
{
  g_autoptr (TillSecret) secret = till_secret_new_random (size);

  put_this_master (profile, secret);
}

static void
put_counting_master (const char *profile)
{
  guint8 bytes[32];

  for (guint8 i = 0; i < sizeof bytes; i++)
    bytes[i] = i;
  g_autoptr (TillSecret) secret = till_secret_new (bytes, sizeof bytes);
  put_this_master (profile, secret);
}

static TillSecret *
get_master (const char *profile)
{
  g_autoptr (TillKeyring) keyring = till_keyring_new (profile);
  g_autoptr (GAsyncResult) done = NULL;

  till_keyring_lookup_async (keyring, "master-key", NULL, on_done, &done);
  await (&done);
  return till_keyring_lookup_finish (keyring, done, NULL);
}

static void
clear_master (const char *profile)
{
  g_autoptr (TillKeyring) keyring = till_keyring_new (profile);
  g_autoptr (GAsyncResult) done = NULL;

  till_keyring_clear_async (keyring, "master-key", NULL, on_done, &done);
  await (&done);
  g_assert_true (till_keyring_clear_finish (keyring, done, NULL));
}

static void
assert_opens (TillVault *vault, const char *id, GBytes *sealed, const char *text)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (TillSecret) plain = till_vault_unseal (vault, id, sealed, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (till_secret_get_data (plain), ==, text);
  g_assert_cmpuint (till_secret_get_size (plain), ==, strlen (text));
}

static void
assert_stays_shut (TillVault *vault, const char *id, GBytes *sealed)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (till_vault_unseal (vault, id, sealed, &error));
  g_assert_error (error, TILL_ERROR, TILL_ERROR_CORRUPT);
  g_assert_nonnull (strstr (error->message, id));
}

static GBytes *
seal (TillVault *vault, const char *id, const char *text)
{
  g_autoptr (TillSecret) plain = till_secret_new (text, strlen (text));
  g_autoptr (GError) error = NULL;
  GBytes *sealed = till_vault_seal (vault, id, plain, &error);

  g_assert_no_error (error);
  return sealed;
}

static void
test_before_open (void)
{
  g_autoptr (TillVault) vault = vault_for ("before-open");
  g_autoptr (TillSecret) plain = till_secret_new ("x", 1);
  g_autoptr (GBytes) bytes = g_bytes_new_static ("x", 1);
  g_autoptr (GError) error = NULL;

  g_assert_false (till_vault_is_open (vault));
  g_assert_null (till_vault_seal (vault, "id", plain, &error));
  g_assert_error (error, TILL_ERROR, TILL_ERROR_LOCKED);
  g_clear_error (&error);
  g_assert_null (till_vault_unseal (vault, "id", bytes, &error));
  g_assert_error (error, TILL_ERROR, TILL_ERROR_LOCKED);
  g_clear_error (&error);
  g_assert_null (till_vault_hash (vault, "purpose", "value", &error));
  g_assert_error (error, TILL_ERROR, TILL_ERROR_LOCKED);
}

static void
test_missing_key (void)
{
  g_autoptr (TillVault) vault = vault_for ("missing-key");
  g_autoptr (GError) error = NULL;

  g_assert_false (open_vault (vault, FALSE, &error));
  g_assert_error (error, TILL_ERROR, TILL_ERROR_NOT_FOUND);
  g_clear_error (&error);
  g_assert_false (till_vault_is_open (vault));
  g_assert_true (open_vault (vault, TRUE, &error));
  g_assert_true (open_vault (vault, FALSE, &error));
  g_assert_no_error (error);
}

static void
test_wrong_key_size (void)
{
  g_autoptr (TillVault) vault = vault_for ("wrong-size");
  g_autoptr (GError) error = NULL;

  put_master ("wrong-size", 31);
  g_assert_false (open_vault (vault, TRUE, &error));
  g_assert_error (error, TILL_ERROR, TILL_ERROR_CORRUPT);
}

static void
test_opening_twice (void)
{
  g_autoptr (TillVault) vault = vault_for ("twice");
  g_autoptr (GAsyncResult) first = NULL;
  g_autoptr (GAsyncResult) second = NULL;
  g_autoptr (GError) error = NULL;

  till_vault_open_async (vault, TRUE, NULL, on_done, &first);
  till_vault_open_async (vault, TRUE, NULL, on_done, &second);
  await (&first);
  await (&second);
  g_assert_true (till_vault_open_finish (vault, first, &error));
  g_assert_no_error (error);
  g_assert_false (till_vault_open_finish (vault, second, &error));
  g_assert_error (error, TILL_ERROR, TILL_ERROR_BUSY);
}

static void
test_cancelled_opening (void)
{
  g_autoptr (TillVault) vault = vault_for ("cancelled");
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GAsyncResult) done = NULL;
  g_autoptr (GError) error = NULL;

  till_vault_open_async (vault, TRUE, cancellable, on_done, &done);
  g_cancellable_cancel (cancellable);
  await (&done);
  g_assert_false (till_vault_open_finish (vault, done, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_error (&error);
  g_assert_true (open_vault (vault, TRUE, &error));
  g_assert_no_error (error);
}

/* Sealed in one life of the program, opened in the next. */
static void
test_seal (void)
{
  TillVault *first = opened_vault ("seal");
  g_autoptr (TillVault) next = NULL;
  g_autoptr (GBytes) sealed = seal (first, "cust_1", "template");
  g_autoptr (GBytes) again = seal (first, "cust_1", "template");
  g_autoptr (GBytes) empty = seal (first, "cust_1", "");

  g_assert_cmpuint (g_bytes_get_size (sealed), ==, 1 + 24 + 8 + 16);
  g_assert_false (g_bytes_equal (sealed, again));
  assert_opens (first, "cust_1", sealed, "template");
  assert_opens (first, "cust_1", again, "template");
  assert_opens (first, "cust_1", empty, "");
  g_assert_finalize_object (first);

  next = opened_vault ("seal");
  assert_opens (next, "cust_1", sealed, "template");
}

static void
test_another_record (void)
{
  g_autoptr (TillVault) vault = opened_vault ("another-record");
  g_autoptr (GBytes) sealed = seal (vault, "cust_1", "template");

  assert_stays_shut (vault, "cust_2", sealed);
  assert_stays_shut (vault, "cust_", sealed);
  assert_stays_shut (vault, "", sealed);
}

static void
test_another_key (void)
{
  g_autoptr (TillVault) vault = opened_vault ("key-1");
  g_autoptr (TillVault) other = opened_vault ("key-2");
  g_autoptr (GBytes) sealed = seal (vault, "cust_1", "template");

  assert_stays_shut (other, "cust_1", sealed);
}

/* Every bit of it counts, and every length but its own is wrong. */
static void
test_altered (void)
{
  g_autoptr (TillVault) vault = opened_vault ("altered");
  g_autoptr (GBytes) sealed = seal (vault, "cust_1", "template");
  gsize size;
  const guchar *data = g_bytes_get_data (sealed, &size);

  for (gsize bit = 0; bit < size * 8; bit++)
    {
      g_autofree guchar *copy = g_memdup2 (data, size);
      g_autoptr (GBytes) altered = NULL;

      copy[bit / 8] ^= (guchar) (1 << bit % 8);
      altered = g_bytes_new_take (g_steal_pointer (&copy), size);
      assert_stays_shut (vault, "cust_1", altered);
    }
  for (gsize cut = 0; cut < size; cut++)
    {
      g_autoptr (GBytes) part = g_bytes_new (data, cut);
      assert_stays_shut (vault, "cust_1", part);
    }
}

static char *
hash (TillVault *vault, const char *purpose, const char *value)
{
  g_autoptr (GError) error = NULL;
  char *hex = till_vault_hash (vault, purpose, value, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (strlen (hex), ==, 64);
  g_assert_cmpuint (strspn (hex, "0123456789abcdef"), ==, 64);
  return hex;
}

static void
assert_hash (TillVault *vault, const char *purpose, const char *value, const char *of, gboolean same)
{
  g_autofree char *hex = hash (vault, purpose, value);

  if (same)
    g_assert_cmpstr (hex, ==, of);
  else
    g_assert_cmpstr (hex, !=, of);
}

static void
test_hash (void)
{
  g_autoptr (TillVault) vault = opened_vault ("hash");
  g_autoptr (TillVault) other = opened_vault ("hash-other");
  g_autofree char *hex = hash (vault, "suffix", "1234");

  g_assert_finalize_object (g_steal_pointer (&vault));
  vault = opened_vault ("hash");
  assert_hash (vault, "suffix", "1234", hex, TRUE);
  assert_hash (other, "suffix", "1234", hex, FALSE);
  assert_hash (vault, "suffix", "1235", hex, FALSE);
  assert_hash (vault, "payer", "1234", hex, FALSE);
  assert_hash (vault, "suffix1", "234", hex, FALSE);
}

/*
 * What a till sealed and hashed before keys were wrapped: under keys derived from the master key, 00 01 ... 1f here.
 * "seal" and "1234" by that till.
 */
static void
test_adopted (void)
{
  static const guint8 sealed_then[]
      = { 0x01, 0x40, 0x41, 0x42, 0x43, 0x44, 0x45, 0x46, 0x47, 0x48, 0x49, 0x4a, 0x4b,
          0x4c, 0x4d, 0x4e, 0x4f, 0x50, 0x51, 0x52, 0x53, 0x54, 0x55, 0x56, 0x57, 0x20,
          0x5a, 0x07, 0x2d, 0xdd, 0x64, 0xe7, 0x20, 0x3f, 0x7c, 0xbd, 0x86, 0xcf, 0x1e,
          0x77, 0x6b, 0x24, 0x38, 0x82, 0x62, 0x27, 0x53, 0xeb, 0x4a };
  g_autoptr (GBytes) sealed = g_bytes_new_static (sealed_then, sizeof sealed_then);
  g_autoptr (TillVault) vault = NULL;

  put_counting_master ("adopted");
  for (guint i = 0; i < 2; i++)
    {
      vault = opened_vault ("adopted");
      assert_opens (vault, "cust_1", sealed, "template");
      assert_hash (vault, "suffix", "1234",
                   "f8254af4485a3638d2b8c663d87744dd61988bbdcbf19539763b688e9c78459e", TRUE);
      g_assert_finalize_object (g_steal_pointer (&vault));
    }
}

/* The master key of another database: said, not made do with; and the right one opens it after all. */
static void
test_other_master (void)
{
  g_autoptr (TillVault) vault = opened_vault ("other-master");
  g_autoptr (GError) error = NULL;
  g_autofree char *hex = hash (vault, "suffix", "1234");
  g_autoptr (TillSecret) right = get_master ("other-master");

  g_assert_finalize_object (g_steal_pointer (&vault));
  put_master ("other-master", 32);
  vault = vault_for ("other-master");
  g_assert_false (open_vault (vault, TRUE, &error));
  g_assert_error (error, TILL_ERROR, TILL_ERROR_CORRUPT);
  g_clear_error (&error);
  g_assert_false (till_vault_is_open (vault));
  put_this_master ("other-master", right);
  g_assert_true (open_vault (vault, FALSE, &error));
  g_assert_no_error (error);
  assert_hash (vault, "suffix", "1234", hex, TRUE);
}

/* A profile that had keys gets no new ones, whatever is asked for. */
static void
test_lost_master (void)
{
  g_autoptr (TillVault) vault = opened_vault ("lost-master");
  g_autoptr (GError) error = NULL;

  g_assert_finalize_object (g_steal_pointer (&vault));
  clear_master ("lost-master");
  vault = vault_for ("lost-master");
  g_assert_false (open_vault (vault, TRUE, &error));
  g_assert_error (error, TILL_ERROR, TILL_ERROR_NOT_FOUND);
  g_assert_nonnull (strstr (error->message, "recovery phrase"));
}

/* Beside a running till: what is there can be read, and nothing is made. */
static void
test_reading (void)
{
  g_autoptr (TillVault) vault = opened_vault ("reading");
  g_autofree char *hex = hash (vault, "suffix", "1234");
  g_autofree char *path = books_path ("reading");
  g_autoptr (GError) error = NULL;

  g_assert_finalize_object (g_steal_pointer (&vault));
  g_autoptr (TillStore) store = till_store_open_reading (path, &error);
  g_assert_no_error (error);
  g_autoptr (TillKeyring) keyring = till_keyring_new ("reading");
  vault = till_vault_new (keyring, store, &error);
  g_assert_no_error (error);
  g_assert_true (open_vault (vault, TRUE, &error));
  g_assert_no_error (error);
  assert_hash (vault, "suffix", "1234", hex, TRUE);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  books_set_up ();
  g_test_add_func ("/vault/before-open", test_before_open);
  g_test_add_func ("/vault/missing-key", test_missing_key);
  g_test_add_func ("/vault/wrong-key-size", test_wrong_key_size);
  g_test_add_func ("/vault/opening-twice", test_opening_twice);
  g_test_add_func ("/vault/cancelled-opening", test_cancelled_opening);
  g_test_add_func ("/vault/seal", test_seal);
  g_test_add_func ("/vault/another-record", test_another_record);
  g_test_add_func ("/vault/another-key", test_another_key);
  g_test_add_func ("/vault/altered", test_altered);
  g_test_add_func ("/vault/hash", test_hash);
  g_test_add_func ("/vault/adopted", test_adopted);
  g_test_add_func ("/vault/other-master", test_other_master);
  g_test_add_func ("/vault/lost-master", test_lost_master);
  g_test_add_func ("/vault/reading", test_reading);
  return books_tear_down (g_test_run ());
}
