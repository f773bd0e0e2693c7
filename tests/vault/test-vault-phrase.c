/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/till-error.h"
#include "vault/till-recovery-phrase.h"

#include <string.h>

static void
test_form (void)
{
  g_autoptr (TillSecret) phrase = till_recovery_phrase_new ();
  g_autoptr (TillSecret) other = till_recovery_phrase_new ();
  const char *text = till_secret_get_data (phrase);

  g_assert_cmpuint (till_secret_get_size (phrase), ==, 9 * 5 + 8);
  g_assert_false (till_secret_equal (phrase, other));
  for (guint i = 0; i < 53; i++)
    g_assert_nonnull (strchr (i % 6 == 5 ? " " : i % 6 % 2 == 0 ? "bdfghjklmnprstvz" : "aiou", text[i]));
}

static void
assert_parses (const char *typed, const TillSecret *phrase)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (TillSecret) parsed = till_recovery_phrase_parse (typed, &error);

  g_assert_no_error (error);
  g_assert_true (till_secret_equal (parsed, phrase));
}

static void
test_lenient (void)
{
  g_autoptr (TillSecret) phrase = till_recovery_phrase_new ();
  const char *text = till_secret_get_data (phrase);
  g_autofree char *upper = g_ascii_strup (text, -1);
  g_auto (GStrv) words = g_strsplit (text, " ", -1);
  g_autofree char *together = g_strjoinv ("", words);
  g_autofree char *dashes = g_strjoinv ("-", words);
  g_autofree char *lines = g_strjoinv (",\n  ", words);
  g_autofree char *around = g_strconcat ("\t ", text, " .\n", NULL);

  assert_parses (text, phrase);
  assert_parses (upper, phrase);
  assert_parses (together, phrase);
  assert_parses (dashes, phrase);
  assert_parses (lines, phrase);
  assert_parses (around, phrase);
}

static char *
refusal (const char *typed)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (till_recovery_phrase_parse (typed, &error));
  g_assert_error (error, TILL_ERROR, TILL_ERROR_INVALID);
  return g_strdup (error->message);
}

static void
test_bad_letter (void)
{
  g_autoptr (TillSecret) phrase = till_recovery_phrase_new ();

  for (guint i = 0; i < 9; i++)
    {
      g_autofree char *typed = g_strdup (till_secret_get_data (phrase));
      g_autofree char *expected = g_strdup_printf ("Word %u", i + 1);
      typed[6 * i + 2] = 'e';
      g_autofree char *words = refusal (typed);
      g_assert_nonnull (strstr (words, expected));
      g_assert_null (strstr (words, typed + 6 * i));
    }
}

/* Of 640 phrases with one letter misread nine in ten name the very word, none opens, and none blames another. */
static void
test_misread_letter (void)
{
  guint named = 0, blamed = 0;

  for (guint i = 0; i < 640; i++)
    {
      g_autoptr (TillSecret) phrase = till_recovery_phrase_new ();
      g_autofree char *typed = g_strdup (till_secret_get_data (phrase));
      g_autofree char *expected = g_strdup_printf ("probably word %u,", i % 9 + 1);
      char *letter = &typed[6 * (i % 9) + i % 5];
      const char *letters = i % 5 % 2 == 0 ? "bdfghjklmnprstvz" : "aiou";
      const char *place = strchr (letters, *letter);
      *letter = place[1] != '\0' ? place[1] : letters[0];
      g_autofree char *words = refusal (typed);
      if (strstr (words, expected) != NULL)
        named++;
      else if (strstr (words, "probably word") != NULL)
        blamed++;
    }
  g_test_message ("%u of 640 named, %u blamed another word", named, blamed);
  g_assert_cmpuint (named, >, 576);
  g_assert_cmpuint (blamed, ==, 0);
}

static void
test_wrong (void)
{
  g_autoptr (TillSecret) phrase = till_recovery_phrase_new ();
  g_auto (GStrv) words = g_strsplit (till_secret_get_data (phrase), " ", -1);
  g_autofree char *longer = g_strconcat (till_secret_get_data (phrase), " babab", NULL);
  g_autofree char *shorter = g_strndup (till_secret_get_data (phrase), 47);
  g_autofree char *half = g_strndup (till_secret_get_data (phrase), 50);

  g_free (refusal (""));
  g_free (refusal (longer));
  g_free (refusal (shorter));
  g_free (refusal (half));
  g_free (refusal ("lusab babad"));
  g_free (refusal ("läsab babad gutih tugad mudof sakat lusab babad gutih"));
  char *first = words[0];
  words[0] = words[1];
  words[1] = first;
  if (!g_str_equal (words[0], words[1]))
    {
      g_autofree char *swapped = g_strjoinv (" ", words);
      g_free (refusal (swapped));
    }
}

static void
test_pair (void)
{
  guint8 a[TILL_RECOVERY_PUBLIC_KEY_SIZE], b[TILL_RECOVERY_PUBLIC_KEY_SIZE], c[TILL_RECOVERY_PUBLIC_KEY_SIZE];
  g_autoptr (TillSecret) phrase = till_recovery_phrase_new ();
  g_autoptr (TillSecret) other = till_recovery_phrase_new ();
  g_autoptr (TillSecret) again = till_recovery_phrase_parse (till_secret_get_data (phrase), NULL);
  g_autoptr (TillSecret) secret_a = till_recovery_phrase_derive (phrase, a);
  g_autoptr (TillSecret) secret_b = till_recovery_phrase_derive (again, b);
  g_autoptr (TillSecret) secret_c = till_recovery_phrase_derive (other, c);

  g_assert_true (till_secret_equal (secret_a, secret_b));
  g_assert_cmpint (memcmp (a, b, sizeof a), ==, 0);
  g_assert_false (till_secret_equal (secret_a, secret_c));
  g_assert_cmpint (memcmp (a, c, sizeof a), !=, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/vault/phrase/form", test_form);
  g_test_add_func ("/vault/phrase/lenient", test_lenient);
  g_test_add_func ("/vault/phrase/bad-letter", test_bad_letter);
  g_test_add_func ("/vault/phrase/misread-letter", test_misread_letter);
  g_test_add_func ("/vault/phrase/wrong", test_wrong);
  g_test_add_func ("/vault/phrase/pair", test_pair);
  return g_test_run ();
}
