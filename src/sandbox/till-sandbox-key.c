/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sandbox/till-sandbox-key.h"

#include <errno.h>
#include <sodium.h>
#include <string.h>
#include <unistd.h>

#include "base/till-error.h"

#define KEY_PREFIX   "sk_test_"
#define KEY_SHORTEST (strlen (KEY_PREFIX) + 16)
#define KEY_LONGEST  (strlen (KEY_PREFIX) + 200)
#define KEY_LETTERS  "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz_"

struct _TillSandboxKey
{
  guchar hash[crypto_generichash_BYTES];
};

static void
hash_secret (guchar *hash, const char *secret, gsize length)
{
  crypto_generichash (hash, crypto_generichash_BYTES, (const guchar *) secret, length, NULL, 0);
}

TillSandboxKey *
till_sandbox_key_new (const char *secret, GError **error)
{
  gsize length = strlen (secret);

  if (sodium_init () < 0)
    {
      g_set_error_literal (error, TILL_ERROR, TILL_ERROR_FAILED,
                           "The system has no source of random numbers.");
      return NULL;
    }
  if (!g_str_has_prefix (secret, KEY_PREFIX) || length < KEY_SHORTEST || length > KEY_LONGEST
      || strspn (secret, KEY_LETTERS) != length)
    {
      g_set_error (error, TILL_ERROR, TILL_ERROR_INVALID,
                   "The API key given to the sandbox is no test key: it must be " KEY_PREFIX
                   " and 16 to 200 letters and digits. Never give it a live key.");
      return NULL;
    }

  TillSandboxKey *key = g_new0 (TillSandboxKey, 1);
  hash_secret (key->hash, secret, length);
  return key;
}

/* Up to @size bytes, fewer at the end of a line or of the file; -1 if it can't be read. */
static gssize
read_line (int fd, char *buffer, gsize size)
{
  gsize length = 0;

  while (length < size)
    {
      gssize got = read (fd, buffer + length, size - length);
      if (got < 0 && errno == EINTR)
        continue;
      if (got < 0)
        return -1;

      char *end = memchr (buffer + length, '\n', (gsize) got);
      if (end != NULL)
        return end - buffer;
      if (got == 0)
        break;
      length += (gsize) got;
    }
  return (gssize) length;
}

TillSandboxKey *
till_sandbox_key_read (int fd, GError **error)
{
  char buffer[256];
  gssize length = read_line (fd, buffer, sizeof buffer - 1);
  TillSandboxKey *key = NULL;

  if (length < 0)
    {
      g_set_error (error, TILL_ERROR, TILL_ERROR_INVALID, "Can't read the API key from descriptor %d: %s.",
                   fd, g_strerror (errno));
      return NULL;
    }
  buffer[length] = '\0';
  key = till_sandbox_key_new (buffer, error);
  sodium_memzero (buffer, sizeof buffer);
  return key;
}

void
till_sandbox_key_free (TillSandboxKey *key)
{
  if (key == NULL)
    return;

  sodium_memzero (key, sizeof *key);
  g_free (key);
}

static TillSandboxKeyVerdict
check_secret (const TillSandboxKey *key, const char *secret, gsize length)
{
  guchar hash[crypto_generichash_BYTES];

  if (length == 0)
    return TILL_SANDBOX_KEY_ABSENT;

  hash_secret (hash, secret, length);
  gboolean same = sodium_memcmp (hash, key->hash, sizeof hash) == 0;
  return same ? TILL_SANDBOX_KEY_ACCEPTED : TILL_SANDBOX_KEY_WRONG;
}

static TillSandboxKeyVerdict
check_basic (const TillSandboxKey *key, const char *encoded)
{
  gsize length = 0;
  guchar *plain = g_base64_decode (encoded, &length);
  const guchar *colon = length > 0 ? memchr (plain, ':', length) : NULL;
  gsize user = colon != NULL ? (gsize) (colon - plain) : length;
  TillSandboxKeyVerdict verdict = check_secret (key, (const char *) plain, user);

  sodium_memzero (plain, length);
  g_free (plain);
  return verdict;
}

TillSandboxKeyVerdict
till_sandbox_key_check (const TillSandboxKey *key, const char *authorization)
{
  if (authorization == NULL)
    return TILL_SANDBOX_KEY_ABSENT;

  if (g_ascii_strncasecmp (authorization, "Basic ", strlen ("Basic ")) == 0)
    return check_basic (key, authorization + strlen ("Basic "));
  if (g_ascii_strncasecmp (authorization, "Bearer ", strlen ("Bearer ")) == 0)
    {
      const char *secret = authorization + strlen ("Bearer ");
      return check_secret (key, secret, strlen (secret));
    }
  return TILL_SANDBOX_KEY_ABSENT;
}
