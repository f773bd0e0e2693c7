/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Runs under with-keyring. */
#include "base/till-error.h"
#include "books.h"
#include "vault-fixture.h"
#include "vault/till-signature.h"

#include <string.h>

static GBytes *
bytes (const char *text)
{
  return g_bytes_new (text, strlen (text));
}

static GBytes *
closed_pass (VaultFixture *self, const char *head, const char *body)
{
  g_autoptr (GBytes) head_bytes = bytes (head);
  g_autoptr (TillSecret) plain = till_secret_new (body, strlen (body));
  g_autoptr (GError) error = NULL;
  GBytes *closed = till_vault_close_pass (self->vault, head_bytes, plain, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (g_bytes_get_size (closed), ==, strlen (body) + TILL_VAULT_PASS_OVERHEAD);
  return closed;
}

static gboolean
opens (VaultFixture *self, const char *head, GBytes *closed, const char *body)
{
  g_autoptr (GBytes) head_bytes = bytes (head);
  g_autoptr (GError) error = NULL;
  g_autoptr (TillSecret) plain = till_vault_open_pass (self->vault, head_bytes, closed, &error);

  if (plain == NULL)
    {
      g_assert_error (error, TILL_ERROR, TILL_ERROR_CORRUPT);
      return FALSE;
    }
  g_assert_no_error (error);
  g_assert_cmpstr (till_secret_get_data (plain), ==, body);
  return TRUE;
}

static void
test_pass (void)
{
  g_auto (VaultFixture) self = { 0 };
  g_auto (VaultFixture) other = { 0 };

  vault_fixture_open (&self, "pass");
  vault_fixture_open (&other, "pass-other");
  g_autoptr (GBytes) closed = closed_pass (&self, "head 1", "a face");
  g_autoptr (GBytes) empty = closed_pass (&self, "", "");
  g_assert_true (opens (&self, "head 1", closed, "a face"));
  g_assert_true (opens (&self, "", empty, ""));
  g_assert_false (opens (&self, "head 2", closed, ""));
  g_assert_false (opens (&self, "", closed, ""));
  g_assert_false (opens (&other, "head 1", closed, ""));
  g_assert_cmpint (memcmp (till_vault_get_shop_tag (self.vault), till_vault_get_shop_tag (other.vault), 8),
                   !=, 0);
}

/* Every bit of it counts, and every length but its own is wrong. */
static void
test_altered (void)
{
  g_auto (VaultFixture) self = { 0 };
  gsize size;

  vault_fixture_open (&self, "pass-altered");
  g_autoptr (GBytes) closed = closed_pass (&self, "head", "a face");
  const guint8 *data = g_bytes_get_data (closed, &size);
  for (gsize bit = 0; bit < 8 * size; bit++)
    {
      guint8 *copy = g_memdup2 (data, size);
      copy[bit / 8] ^= (guint8) (1 << bit % 8);
      g_autoptr (GBytes) altered = g_bytes_new_take (copy, size);
      g_assert_false (opens (&self, "head", altered, ""));
    }
  for (gsize cut = 0; cut < size; cut++)
    {
      g_autoptr (GBytes) part = g_bytes_new (data, cut);
      g_assert_false (opens (&self, "head", part, ""));
    }
}

/* The tag and the key to check signatures by are there before the keyring is. */
static void
test_locked (void)
{
  g_auto (VaultFixture) self = { 0 };
  g_autoptr (GBytes) head = bytes ("head");
  g_autoptr (TillSecret) body = till_secret_new ("x", 1);
  g_autoptr (GError) error = NULL;
  guint8 tag[TILL_VAULT_SHOP_TAG_SIZE];
  const char *public_key;

  vault_fixture_prepare (&self, "pass-locked");
  g_assert_null (till_vault_get_public_key (self.vault));
  g_assert_cmpint (till_vault_get_generation (self.vault), ==, 0);
  memcpy (tag, till_vault_get_shop_tag (self.vault), sizeof tag);
  vault_fixture_close (&self);
  vault_fixture_open (&self, "pass-locked");
  public_key = till_vault_get_public_key (self.vault);
  g_assert_cmpuint (strlen (public_key), ==, 64);
  g_autoptr (GBytes) closed = closed_pass (&self, "head", "a face");
  vault_fixture_close (&self);

  vault_fixture_prepare (&self, "pass-locked");
  g_assert_cmpstr (till_vault_get_public_key (self.vault), ==, public_key);
  g_assert_true (till_vault_knows_public_key (self.vault, public_key));
  g_assert_cmpint (till_vault_get_generation (self.vault), ==, 1);
  g_assert_cmpint (memcmp (till_vault_get_shop_tag (self.vault), tag, sizeof tag), ==, 0);
  g_assert_null (till_vault_close_pass (self.vault, head, body, &error));
  g_assert_error (error, TILL_ERROR, TILL_ERROR_LOCKED);
  g_clear_error (&error);
  g_assert_null (till_vault_open_pass (self.vault, head, closed, &error));
  g_assert_error (error, TILL_ERROR, TILL_ERROR_LOCKED);
  g_clear_error (&error);
  g_assert_null (till_vault_sign (self.vault, "text", &error));
  g_assert_error (error, TILL_ERROR, TILL_ERROR_LOCKED);
}

static void
test_signature (void)
{
  g_auto (VaultFixture) self = { 0 };
  g_auto (VaultFixture) other = { 0 };
  g_autoptr (GError) error = NULL;

  vault_fixture_open (&self, "signature");
  vault_fixture_open (&other, "signature-other");
  g_autofree char *signature = till_vault_sign (self.vault, "I agree", &error);
  g_autofree char *cut = g_strndup (signature, 126);
  g_autofree char *longer = g_strconcat (signature, "00", NULL);
  g_autofree char *altered = g_strdup (signature);
  const char *key = till_vault_get_public_key (self.vault);

  g_assert_no_error (error);
  altered[40] = altered[40] == '0' ? '1' : '0';
  g_assert_cmpuint (strlen (signature), ==, TILL_SIGNATURE_HEX_LENGTH);
  g_assert_true (till_signature_verify (key, "I agree", signature));
  g_assert_false (till_signature_verify (key, "I agree.", signature));
  g_assert_false (till_signature_verify (key, "", signature));
  g_assert_false (till_signature_verify (till_vault_get_public_key (other.vault), "I agree", signature));
  g_assert_false (till_signature_verify (key, "I agree", altered));
  g_assert_false (till_signature_verify (key, "I agree", cut));
  g_assert_false (till_signature_verify (key, "I agree", longer));
  g_assert_false (till_signature_verify (key, "I agree", "no signature"));
  g_assert_false (till_signature_verify (key, "I agree", NULL));
  g_assert_false (till_signature_verify (NULL, "I agree", signature));
  g_assert_false (till_signature_verify ("", "I agree", signature));
  g_assert_false (till_vault_knows_public_key (other.vault, key));
}

/* RFC 8032, 7.1, test 1 is of the empty message: with the till's own first line it is no longer one. */
static void
test_context (void)
{
  g_assert_false (till_signature_verify (
      "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a", "",
      "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46b"
      "d25bf5f0595bbe24655141438e7a100b"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  books_set_up ();
  g_test_add_func ("/vault/pass/pass", test_pass);
  g_test_add_func ("/vault/pass/altered", test_altered);
  g_test_add_func ("/vault/pass/locked", test_locked);
  g_test_add_func ("/vault/signature/text", test_signature);
  g_test_add_func ("/vault/signature/context", test_context);
  return books_tear_down (g_test_run ());
}
