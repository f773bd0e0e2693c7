/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "vault/till-recovery-phrase.h"

#include "base/till-error.h"

#include <glib/gi18n-lib.h>
#include <sodium.h>
#include <string.h>

#define TILL_RECOVERY_LETTERS 5
#define TILL_RECOVERY_RANDOM  8 /* words */
#define TILL_RECOVERY_TEXT    (TILL_RECOVERY_PHRASE_WORDS * (TILL_RECOVERY_LETTERS + 1) - 1)
#define TILL_RECOVERY_CONTEXT "smiletill recovery phrase"

static const char consonants[] = "bdfghjklmnprstvz";
static const char vowels[] = "aiou";

/* Bits of the letters, the first one's on top. */
static const guint8 letter_bits[TILL_RECOVERY_LETTERS] = { 4, 2, 4, 2, 4 };

typedef guint16 TillRecoveryWords[TILL_RECOVERY_PHRASE_WORDS];

static const char *
till_recovery_letters (guint place)
{
  return letter_bits[place] == 4 ? consonants : vowels;
}

static void
till_recovery_write_word (char *text, guint16 word)
{
  guint shift = 16;

  for (guint i = 0; i < TILL_RECOVERY_LETTERS; i++)
    {
      shift -= letter_bits[i];
      text[i] = till_recovery_letters (i)[((guint) word >> shift) & ((1u << letter_bits[i]) - 1)];
    }
}

static gboolean
till_recovery_read_word (const char *text, guint16 *word)
{
  guint bits = 0;

  for (guint i = 0; i < TILL_RECOVERY_LETTERS; i++)
    {
      const char *letter = memchr (till_recovery_letters (i), text[i], (gsize) 1 << letter_bits[i]);
      if (letter == NULL)
        return FALSE;
      bits = bits << letter_bits[i] | (guint) (letter - till_recovery_letters (i));
    }
  *word = (guint16) bits;
  return TRUE;
}

static guint16
till_recovery_check (const TillRecoveryWords words)
{
  guint8 bytes[2 * TILL_RECOVERY_RANDOM];
  guint8 hash[crypto_generichash_BYTES];

  for (guint i = 0; i < TILL_RECOVERY_RANDOM; i++)
    {
      bytes[2 * i] = (guint8) (words[i] >> 8);
      bytes[2 * i + 1] = (guint8) (words[i] & 0xff);
    }
  crypto_generichash (hash, sizeof hash, bytes, sizeof bytes, NULL, 0);
  sodium_memzero (bytes, sizeof bytes);
  return (guint16) (hash[0] << 8 | hash[1]);
}

static gboolean
till_recovery_write (guchar *data, gsize *size, gpointer user_data)
{
  const guint16 *words = user_data;

  for (guint i = 0; i < TILL_RECOVERY_PHRASE_WORDS; i++)
    {
      char *text = (char *) data + i * (TILL_RECOVERY_LETTERS + 1);
      till_recovery_write_word (text, words[i]);
      if (i + 1 < TILL_RECOVERY_PHRASE_WORDS)
        text[TILL_RECOVERY_LETTERS] = ' ';
    }
  return TRUE;
}

TillSecret *
till_recovery_phrase_new (void)
{
  TillRecoveryWords words;
  TillSecret *phrase;

  if (sodium_init () < 0)
    g_error ("libsodium can't be started");
  randombytes_buf (words, sizeof words);
  words[TILL_RECOVERY_RANDOM] = till_recovery_check (words);
  phrase = till_secret_new_filled (TILL_RECOVERY_TEXT, till_recovery_write, words);
  sodium_memzero (words, sizeof words);
  return phrase;
}

/* Whether the words belong together once one letter of word @at is another one. */
static gboolean
till_recovery_one_letter_off (const TillRecoveryWords words, guint at)
{
  TillRecoveryWords tried;
  gboolean found = FALSE;
  guint shift = 16;

  memcpy (tried, words, sizeof tried);
  for (guint i = 0; i < TILL_RECOVERY_LETTERS && !found; i++)
    {
      guint mask = (1u << letter_bits[i]) - 1;
      shift -= letter_bits[i];
      for (guint letter = 0; letter <= mask && !found; letter++)
        {
          tried[at] = (guint16) ((words[at] & ~(mask << shift)) | letter << shift);
          found = tried[at] != words[at] && tried[TILL_RECOVERY_RANDOM] == till_recovery_check (tried);
        }
    }
  sodium_memzero (tried, sizeof tried);
  return found;
}

/* The only word that one letter would mend, from 1; 0 if that can't be told. */
static guint
till_recovery_suspect (const TillRecoveryWords words)
{
  guint suspect = 0;

  for (guint i = 0; i < TILL_RECOVERY_PHRASE_WORDS; i++)
    if (till_recovery_one_letter_off (words, i))
      {
        if (suspect != 0)
          return 0;
        suspect = i + 1;
      }
  return suspect;
}

static gboolean
till_recovery_is_between (char c)
{
  return g_ascii_isspace (c) || strchr ("-,.;:_", c) != NULL;
}

/* @letters: room for one more than a phrase has; how many there are, up to that. */
static gsize
till_recovery_gather (const char *typed, char *letters, gsize room)
{
  gsize n = 0;

  for (const char *c = typed; *c != '\0' && n < room; c++)
    if (!till_recovery_is_between (*c))
      letters[n++] = g_ascii_tolower (*c);
  return n;
}

static gboolean
till_recovery_read (const char *letters, gsize n, TillRecoveryWords words, GError **error)
{
  for (guint i = 0; i < TILL_RECOVERY_PHRASE_WORDS && (i + 1) * TILL_RECOVERY_LETTERS <= n; i++)
    if (!till_recovery_read_word (letters + i * TILL_RECOVERY_LETTERS, &words[i]))
      {
        g_set_error (error, TILL_ERROR, TILL_ERROR_INVALID,
                     _ ("Word %u of the recovery phrase can’t be right: compare it with the paper"), i + 1);
        return FALSE;
      }
  if (n != TILL_RECOVERY_PHRASE_WORDS * TILL_RECOVERY_LETTERS)
    {
      g_set_error (error, TILL_ERROR, TILL_ERROR_INVALID,
                   _ ("The recovery phrase has %u words of five letters each: some are missing or too many"),
                   TILL_RECOVERY_PHRASE_WORDS);
      return FALSE;
    }
  if (words[TILL_RECOVERY_RANDOM] == till_recovery_check (words))
    return TRUE;

  guint suspect = till_recovery_suspect (words);
  if (suspect != 0)
    g_set_error (error, TILL_ERROR, TILL_ERROR_INVALID,
                 _ ("The words don’t belong together: it is probably word %u, compare it with the paper"),
                 suspect);
  else
    g_set_error_literal (
        error, TILL_ERROR, TILL_ERROR_INVALID,
        _ ("The words don’t belong together: compare each, and their order, with the paper"));
  return FALSE;
}

TillSecret *
till_recovery_phrase_parse (const char *typed, GError **error)
{
  char letters[TILL_RECOVERY_PHRASE_WORDS * TILL_RECOVERY_LETTERS + 1];
  TillRecoveryWords words = { 0 };
  TillSecret *phrase = NULL;
  gsize n;

  g_return_val_if_fail (typed != NULL, NULL);

  n = till_recovery_gather (typed, letters, sizeof letters);
  if (till_recovery_read (letters, n, words, error))
    phrase = till_secret_new_filled (TILL_RECOVERY_TEXT, till_recovery_write, words);
  sodium_memzero (letters, sizeof letters);
  sodium_memzero (words, sizeof words);
  return phrase;
}

typedef struct
{
  const TillSecret *phrase;
  guint8 *public_key;
} TillRecoveryPair;

static gboolean
till_recovery_fill_secret_key (guchar *data, gsize *size, gpointer user_data)
{
  const TillRecoveryPair *pair = user_data;
  guint8 seed[crypto_box_SEEDBYTES];
  gboolean done;

  /* 128 random bits need no slow hash. */
  crypto_generichash (seed, sizeof seed, till_secret_get_data (pair->phrase),
                      till_secret_get_size (pair->phrase), (const guchar *) TILL_RECOVERY_CONTEXT,
                      strlen (TILL_RECOVERY_CONTEXT));
  done = crypto_box_seed_keypair (pair->public_key, data, seed) == 0;
  sodium_memzero (seed, sizeof seed);
  return done;
}

TillSecret *
till_recovery_phrase_derive (const TillSecret *phrase, guint8 public_key[TILL_RECOVERY_PUBLIC_KEY_SIZE])
{
  TillRecoveryPair pair = { phrase, public_key };

  G_STATIC_ASSERT (TILL_RECOVERY_PUBLIC_KEY_SIZE == crypto_box_PUBLICKEYBYTES);
  return till_secret_new_filled (crypto_box_SECRETKEYBYTES, till_recovery_fill_secret_key, &pair);
}
