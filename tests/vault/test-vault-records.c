/* SPDX-License-Identifier: GPL-3.0-or-later */
#define _GNU_SOURCE /* memmem */
/* Runs under with-keyring. */
#include "base/till-error.h"
#include "books.h"
#include "vault-fixture.h"

#include <string.h>

static GBytes *
made (VaultFixture *self, const char *id, const char *text)
{
  g_autoptr (GError) error = NULL;
  GBytes *sealed = NULL;

  if (vault_fixture_create (self, id, &error))
    sealed = vault_fixture_seal (self, id, text, &error);
  g_assert_no_error (error);
  return sealed;
}

static void
assert_refused (VaultFixture *self, const char *id, GBytes *sealed, int code)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (vault_fixture_unseal (self, id, sealed, &error));
  g_assert_error (error, TILL_ERROR, code);
  g_assert_nonnull (strstr (error->message, id));
}

static void
test_sealed (void)
{
  g_auto (VaultFixture) self = { 0 };
  g_autoptr (GError) error = NULL;

  vault_fixture_open (&self, "records-sealed");
  g_assert_false (vault_fixture_has (&self, "cust_ada"));
  g_autoptr (GBytes) ada = made (&self, "cust_ada", "Ada's face");
  g_autoptr (GBytes) bob = made (&self, "cust_bob", "Bob's face");
  g_assert_true (vault_fixture_has (&self, "cust_ada"));
  g_assert_false (vault_fixture_create (&self, "cust_ada", &error));
  g_assert_error (error, TILL_ERROR, TILL_ERROR_EXISTS);

  vault_fixture_assert_unseals (&self, "cust_ada", ada, "Ada's face");
  assert_refused (&self, "cust_bob", ada, TILL_ERROR_CORRUPT);
  assert_refused (&self, "cust_nobody", ada, TILL_ERROR_NOT_FOUND);

  vault_fixture_close (&self);
  vault_fixture_open (&self, "records-sealed");
  vault_fixture_assert_unseals (&self, "cust_ada", ada, "Ada's face");
  vault_fixture_assert_unseals (&self, "cust_bob", bob, "Bob's face");
}

static void
test_destroyed (void)
{
  g_auto (VaultFixture) self = { 0 };
  g_autoptr (GError) error = NULL;

  vault_fixture_open (&self, "records-destroyed");
  g_autoptr (GBytes) ada = made (&self, "cust_ada", "Ada's face");
  g_autoptr (GBytes) bob = made (&self, "cust_bob", "Bob's face");
  vault_fixture_close (&self);

  /* Without the keyring too. */
  vault_fixture_prepare (&self, "records-destroyed");
  g_assert_true (vault_fixture_destroy (&self, "cust_ada", &error));
  g_assert_true (vault_fixture_destroy (&self, "cust_ada", &error));
  g_assert_true (vault_fixture_destroy (&self, "cust_nobody", &error));
  g_assert_no_error (error);
  g_assert_false (vault_fixture_has (&self, "cust_ada"));

  vault_fixture_try (&self, &error);
  g_assert_no_error (error);
  assert_refused (&self, "cust_ada", ada, TILL_ERROR_NOT_FOUND);
  vault_fixture_assert_unseals (&self, "cust_bob", bob, "Bob's face");
  /* A new key of that id is another one. */
  g_autoptr (GBytes) anew = made (&self, "cust_ada", "Ada's face");
  assert_refused (&self, "cust_ada", ada, TILL_ERROR_CORRUPT);
  vault_fixture_assert_unseals (&self, "cust_ada", anew, "Ada's face");
}

/* Nothing of the wrapped key is left in the file. */
static void
test_overwritten (void)
{
  g_auto (VaultFixture) self = { 0 };
  g_autofree char *path = books_path ("records-overwritten");
  g_autoptr (GError) error = NULL;
  g_autofree char *before = NULL, *after = NULL;
  gsize before_size, after_size;

  vault_fixture_open (&self, "records-overwritten");
  g_autoptr (GBytes) ada = made (&self, "cust_ada_of_the_overwritten", "Ada's face");
  vault_fixture_close (&self);
  g_assert_true (g_file_get_contents (path, &before, &before_size, &error));

  vault_fixture_prepare (&self, "records-overwritten");
  g_assert_true (vault_fixture_destroy (&self, "cust_ada_of_the_overwritten", &error));
  vault_fixture_close (&self);
  g_assert_true (g_file_get_contents (path, &after, &after_size, &error));

  const char *id = "cust_ada_of_the_overwritten";
  const char *row = memmem (before, before_size, id, strlen (id));
  g_assert_nonnull (row);
  /* The row: its id, then the sealed key. */
  const char *key = row + strlen (id) + 8;
  g_assert_nonnull (memmem (before, before_size, key, 32));
  g_assert_null (memmem (after, after_size, key, 32));
  g_assert_null (memmem (after, after_size, id, strlen (id)));
}

/* Who has the file can move rows about, but nothing opens for it. */
static void
test_moved (void)
{
  g_auto (VaultFixture) self = { 0 };

  vault_fixture_open (&self, "records-moved");
  g_autoptr (GBytes) ada = made (&self, "cust_ada", "Ada's face");
  g_autoptr (GBytes) bob = made (&self, "cust_bob", "Bob's face");
  vault_fixture_tamper (&self,
                        "UPDATE record_keys SET wrapped ="
                        " (SELECT wrapped FROM record_keys WHERE id = 'cust_ada') WHERE id = 'cust_bob'");
  assert_refused (&self, "cust_bob", ada, TILL_ERROR_CORRUPT);
  assert_refused (&self, "cust_bob", bob, TILL_ERROR_CORRUPT);
  vault_fixture_assert_unseals (&self, "cust_ada", ada, "Ada's face");
  /* Nor one of the vault's own keys as a record's. */
  vault_fixture_tamper (&self, "UPDATE record_keys SET wrapped ="
                               " (SELECT wrapped FROM vault_keys WHERE name = 'seal') WHERE id = 'cust_bob'");
  assert_refused (&self, "cust_bob", bob, TILL_ERROR_CORRUPT);
}

static void
test_locked (void)
{
  g_auto (VaultFixture) self = { 0 };
  g_autoptr (GError) error = NULL;

  vault_fixture_open (&self, "records-locked");
  g_autoptr (GBytes) ada = made (&self, "cust_ada", "Ada's face");
  vault_fixture_close (&self);
  vault_fixture_prepare (&self, "records-locked");
  g_assert_null (vault_fixture_unseal (&self, "cust_ada", ada, &error));
  g_assert_error (error, TILL_ERROR, TILL_ERROR_LOCKED);
  g_clear_error (&error);
  g_assert_null (vault_fixture_seal (&self, "cust_ada", "x", &error));
  g_assert_error (error, TILL_ERROR, TILL_ERROR_LOCKED);
  g_clear_error (&error);
  g_assert_false (vault_fixture_create (&self, "cust_bob", &error));
  g_assert_error (error, TILL_ERROR, TILL_ERROR_LOCKED);
  g_assert_true (vault_fixture_has (&self, "cust_ada"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  books_set_up ();
  g_test_add_func ("/vault/records/sealed", test_sealed);
  g_test_add_func ("/vault/records/destroyed", test_destroyed);
  g_test_add_func ("/vault/records/overwritten", test_overwritten);
  g_test_add_func ("/vault/records/moved", test_moved);
  g_test_add_func ("/vault/records/locked", test_locked);
  return books_tear_down (g_test_run ());
}
