/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/till-error.h"
#include "vault/till-pin.h"

#include <sodium.h>
#include <string.h>

static void
on_done (GObject *source, GAsyncResult *result, gpointer user_data)
{
  *(GAsyncResult **) user_data = g_object_ref (result);
}

static char *
hash (const char *pin, const guint8 *salt)
{
  g_autoptr (GAsyncResult) done = NULL;
  g_autoptr (GError) error = NULL;

  till_pin_hash_async (pin, salt, NULL, on_done, &done);
  while (done == NULL)
    g_main_context_iteration (NULL, TRUE);
  char *text = till_pin_hash_finish (done, &error);
  g_assert_no_error (error);
  return text;
}

/* Indices of @hashes that are of @pin, as "0 2" (transfer full). */
static char *
match (const char *pin, const char *const *hashes, GError **error)
{
  g_autoptr (GAsyncResult) done = NULL;
  g_autoptr (GString) text = g_string_new (NULL);

  till_pin_match_async (pin, hashes, NULL, on_done, &done);
  while (done == NULL)
    g_main_context_iteration (NULL, TRUE);
  g_autoptr (GArray) right = till_pin_match_finish (done, error);
  if (right == NULL)
    return NULL;
  for (guint i = 0; i < right->len; i++)
    g_string_append_printf (text, "%s%u", i > 0 ? " " : "", g_array_index (right, guint, i));
  return g_strdup (text->str);
}

static void
assert_match (const char *pin, const char *const *hashes, const char *expected)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *found = match (pin, hashes, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (found, ==, expected);
}

static void
test_rules (void)
{
  static const char *const malformed[]
      = { NULL, "", "123", "123456789", "12 4", "12a4", "١٢٣٤", "-123", "1234\n" };
  static const char *const trivial[] = { "0000", "7777777",  "1234", "4321", "7890",   "0987",
                                         "3210", "12345678", "1212", "5050", "123123", "47114711" };
  static const char *const good[] = { "2580", "1969", "90210", "86420113", "0042", "1357" };

  for (guint i = 0; i < G_N_ELEMENTS (malformed); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_false (till_pin_check (malformed[i], &error));
      g_assert_error (error, TILL_ERROR, TILL_ERROR_INVALID);
      if (malformed[i] != NULL && strlen (malformed[i]) > 2)
        g_assert_null (strstr (error->message, malformed[i]));
    }
  for (guint i = 0; i < G_N_ELEMENTS (trivial); i++)
    {
      g_autoptr (GError) error = NULL;

      if (till_pin_check_new (trivial[i], NULL, &error))
        g_error ("%s was taken", trivial[i]);
      g_assert_error (error, TILL_ERROR, TILL_ERROR_REFUSED);
      /* What was set before the rule is still a PIN. */
      g_assert_true (till_pin_check (trivial[i], NULL));
    }
  for (guint i = 0; i < G_N_ELEMENTS (good); i++)
    g_assert_true (till_pin_check_new (good[i], "4711", NULL));
  g_assert_false (till_pin_check_new ("4711", "4711", NULL));
  g_assert_false (till_pin_check_new ("94711", "4711", NULL));
}

static void
test_hash (void)
{
  g_autofree char *one = hash ("2580", NULL);
  g_autofree char *other = hash ("2580", NULL);

  g_assert_true (till_pin_is_hash (one));
  g_assert_cmpstr (one, !=, other);
  g_assert_null (strstr (one, "2580"));
  /* The form is the usual one: libsodium's own reader agrees. */
  g_assert_cmpint (crypto_pwhash_str_verify (one, "2580", 4), ==, 0);
  g_assert_cmpint (crypto_pwhash_str_verify (one, "2581", 4), !=, 0);
  g_assert_cmpint (crypto_pwhash_str_needs_rehash (one, crypto_pwhash_OPSLIMIT_INTERACTIVE,
                                                   crypto_pwhash_MEMLIMIT_INTERACTIVE),
                   ==, 0);
}

static void
test_match (void)
{
  static const guint8 salt[TILL_PIN_SALT_SIZE] = "one bucket's";
  g_autofree char *ada = hash ("2580", salt);
  g_autofree char *alan = hash ("90210", salt);
  g_autofree char *grace = hash ("2580", NULL);
  g_autofree char *linus = hash ("2580", salt);
  const char *const all[] = { ada, alan, grace, linus, NULL };

  assert_match ("2580", all, "0 2 3");
  assert_match ("90210", all, "1");
  assert_match ("25800", all, "");
  assert_match ("258", all, "");
  assert_match ("2580", (const char *const[]){ NULL }, "");
}

static void
test_damaged (void)
{
  g_autofree char *right = hash ("2580", NULL);

  for (gsize length = 0; length < strlen (right); length++)
    {
      g_autofree char *cut = g_strndup (right, length);

      g_assert_false (till_pin_is_hash (cut));
    }
  g_autofree char *longer = g_strconcat (right, "A", NULL);
  g_assert_false (till_pin_is_hash (longer));

  g_autoptr (GError) error = NULL;
  g_assert_null (match ("2580", (const char *const[]){ longer, NULL }, &error));
  g_assert_error (error, TILL_ERROR, TILL_ERROR_CORRUPT);
  g_assert_null (strstr (error->message, "argon"));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_assert_cmpint (sodium_init (), >=, 0);
  g_test_add_func ("/vault/pin/rules", test_rules);
  g_test_add_func ("/vault/pin/hash", test_hash);
  g_test_add_func ("/vault/pin/match", test_match);
  g_test_add_func ("/vault/pin/damaged", test_damaged);
  return g_test_run ();
}
