/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "vault/till-pin.h"

#include "base/till-error.h"
#include "vault/till-secret.h"

#include <sodium.h>
#include <string.h>

/* All that comes before the salt; a hash with other costs gets its own form beside it. */
#define FORM      "$argon2id$v=19$m=65536,t=2,p=1$"
#define PASSES    2
#define MEMORY    (64 * 1024 * 1024)
#define HASH_SIZE 32
#define BASE64    sodium_base64_VARIANT_ORIGINAL_NO_PADDING

G_STATIC_ASSERT (TILL_PIN_SALT_SIZE == crypto_pwhash_argon2id_SALTBYTES);

/* A PIN on its way to being a hash, or to be compared with some. */
typedef struct
{
  TillSecret *pin;
  guint8 salt[TILL_PIN_SALT_SIZE];
  GStrv hashes;
} TillPinWork;

typedef struct
{
  guint8 salt[TILL_PIN_SALT_SIZE];
  guint8 hash[HASH_SIZE];
} TillPinParts;

static TillPinWork *
till_pin_work_new (const char *pin, const guint8 *salt, const char *const *hashes)
{
  TillPinWork *work = g_new0 (TillPinWork, 1);

  work->pin = till_secret_new (pin, strlen (pin));
  if (salt != NULL)
    memcpy (work->salt, salt, sizeof work->salt);
  else
    randombytes_buf (work->salt, sizeof work->salt);
  work->hashes = g_strdupv ((char **) hashes);
  return work;
}

static void
till_pin_work_free (gpointer data)
{
  TillPinWork *work = data;

  for (guint i = 0; work->hashes != NULL && work->hashes[i] != NULL; i++)
    explicit_bzero (work->hashes[i], strlen (work->hashes[i]));
  g_strfreev (work->hashes);
  till_secret_unref (work->pin);
  g_free (work);
}

/* Rules */

gboolean
till_pin_check (const char *pin, GError **error)
{
  gsize length = pin != NULL ? strlen (pin) : 0;

  if (length >= TILL_PIN_LEAST_DIGITS && length <= TILL_PIN_MOST_DIGITS
      && strspn (pin, "0123456789") == length)
    return TRUE;
  g_set_error (error, TILL_ERROR, TILL_ERROR_INVALID, "A PIN has %d to %d digits, and only digits",
               TILL_PIN_LEAST_DIGITS, TILL_PIN_MOST_DIGITS);
  return FALSE;
}

/* Every digit is the one before plus @step: 0 for 1111, 1 for 1234 and 7890, -1 for 4321. */
static gboolean
till_pin_has_step (const char *pin, int step)
{
  for (; pin[1] != '\0'; pin++)
    if (pin[1] - '0' != (pin[0] - '0' + step + 10) % 10)
      return FALSE;
  return TRUE;
}

/* The first @length digits over and over: 1212, 123123. */
static gboolean
till_pin_repeats (const char *pin, gsize length)
{
  gsize size = strlen (pin);

  return length < size && size % length == 0 && memcmp (pin, pin + length, size - length) == 0;
}

gboolean
till_pin_check_new (const char *pin, const char *phone_suffix, GError **error)
{
  if (!till_pin_check (pin, error))
    return FALSE;
  if (phone_suffix != NULL && strstr (pin, phone_suffix) != NULL)
    {
      g_set_error_literal (error, TILL_ERROR, TILL_ERROR_REFUSED,
                           "That PIN holds the digits of the phone: choose another");
      return FALSE;
    }
  if (till_pin_has_step (pin, 0) || till_pin_has_step (pin, 1) || till_pin_has_step (pin, -1)
      || till_pin_repeats (pin, 2) || till_pin_repeats (pin, strlen (pin) / 2))
    {
      g_set_error_literal (error, TILL_ERROR, TILL_ERROR_REFUSED,
                           "That PIN is one of the first anybody would try: choose another");
      return FALSE;
    }
  return TRUE;
}

/* Text form */

static char *
till_pin_write (const TillPinParts *parts)
{
  char salt[sodium_base64_ENCODED_LEN (TILL_PIN_SALT_SIZE, BASE64)];
  char hash[sodium_base64_ENCODED_LEN (HASH_SIZE, BASE64)];

  sodium_bin2base64 (salt, sizeof salt, parts->salt, sizeof parts->salt, BASE64);
  sodium_bin2base64 (hash, sizeof hash, parts->hash, sizeof parts->hash, BASE64);
  char *text = g_strconcat (FORM, salt, "$", hash, NULL);
  explicit_bzero (hash, sizeof hash);
  return text;
}

static gboolean
till_pin_read (const char *text, TillPinParts *parts)
{
  const char *end;
  gsize size;

  if (!g_str_has_prefix (text, FORM))
    return FALSE;
  text += strlen (FORM);
  if (sodium_base642bin (parts->salt, sizeof parts->salt, text, strlen (text), NULL, &size, &end, BASE64) != 0
      || size != sizeof parts->salt || *end != '$')
    return FALSE;
  text = end + 1;
  return sodium_base642bin (parts->hash, sizeof parts->hash, text, strlen (text), NULL, &size, &end, BASE64)
             == 0
         && size == sizeof parts->hash && *end == '\0';
}

gboolean
till_pin_is_hash (const char *text)
{
  TillPinParts parts;
  gboolean is_hash = till_pin_read (text, &parts);

  explicit_bzero (&parts, sizeof parts);
  return is_hash;
}

/* Work, in threads of GTask */

static gboolean
till_pin_digest (const TillSecret *pin, TillPinParts *parts, GError **error)
{
  if (crypto_pwhash (parts->hash, sizeof parts->hash, till_secret_get_data (pin), till_secret_get_size (pin),
                     parts->salt, PASSES, MEMORY, crypto_pwhash_ALG_ARGON2ID13)
      == 0)
    return TRUE;
  g_set_error (error, TILL_ERROR, TILL_ERROR_FAILED,
               "There are no %d MiB of memory free to check a PIN with: close other programs",
               MEMORY / 1024 / 1024);
  return FALSE;
}

static void
till_pin_run_hash (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  const TillPinWork *work = data;
  TillPinParts parts;
  GError *error = NULL;

  memcpy (parts.salt, work->salt, sizeof parts.salt);
  if (till_pin_digest (work->pin, &parts, &error))
    g_task_return_pointer (task, till_pin_write (&parts), g_free);
  else
    g_task_return_error (task, error);
  explicit_bzero (&parts, sizeof parts);
}

void
till_pin_hash_async (const char *pin,
                     const guint8 *salt,
                     GCancellable *cancellable,
                     GAsyncReadyCallback callback,
                     gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);

  g_task_set_source_tag (task, till_pin_hash_async);
  g_task_set_task_data (task, till_pin_work_new (pin, salt, NULL), till_pin_work_free);
  g_task_run_in_thread (task, till_pin_run_hash);
}

char *
till_pin_hash_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, till_pin_hash_async), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

static gboolean
till_pin_match_hashes (const TillPinWork *work, GArray *right, GError **error)
{
  TillPinParts typed, kept;
  gboolean done = TRUE;

  memcpy (typed.salt, work->salt, sizeof typed.salt);
  done = work->hashes[0] != NULL || till_pin_digest (work->pin, &typed, error);
  for (guint i = 0; done && work->hashes[i] != NULL; i++)
    {
      done = till_pin_read (work->hashes[i], &kept);
      if (!done)
        g_set_error_literal (error, TILL_ERROR, TILL_ERROR_CORRUPT,
                             "The hash of a PIN is damaged: set that PIN again");
      else if (i == 0 || memcmp (kept.salt, typed.salt, sizeof kept.salt) != 0)
        {
          memcpy (typed.salt, kept.salt, sizeof typed.salt);
          done = till_pin_digest (work->pin, &typed, error);
        }
      if (done && sodium_memcmp (kept.hash, typed.hash, sizeof kept.hash) == 0)
        g_array_append_val (right, i);
    }
  explicit_bzero (&typed, sizeof typed);
  explicit_bzero (&kept, sizeof kept);
  return done;
}

static void
till_pin_run_match (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  g_autoptr (GArray) right = g_array_new (FALSE, FALSE, sizeof (guint));
  GError *error = NULL;

  if (till_pin_match_hashes (data, right, &error))
    g_task_return_pointer (task, g_steal_pointer (&right), (GDestroyNotify) g_array_unref);
  else
    g_task_return_error (task, error);
}

void
till_pin_match_async (const char *pin,
                      const char *const *hashes,
                      GCancellable *cancellable,
                      GAsyncReadyCallback callback,
                      gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);

  g_task_set_source_tag (task, till_pin_match_async);
  g_task_set_task_data (task, till_pin_work_new (pin, NULL, hashes), till_pin_work_free);
  g_task_run_in_thread (task, till_pin_run_match);
}

GArray *
till_pin_match_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, till_pin_match_async), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
