/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "vault/till-secret.h"

#include <sodium.h>
#include <string.h>

struct _TillSecret
{
  gatomicrefcount refs;
  gsize size;
  guchar *data; /* from sodium_malloc, size + 1 bytes, read-only once filled */
};

static void
till_secret_start_sodium (void)
{
  static gsize once = 0;

  if (g_once_init_enter (&once))
    {
      if (sodium_init () < 0)
        g_error ("libsodium can't be started");
      g_once_init_leave (&once, 1);
    }
}

/* sodium_malloc() locks too, but does not tell whether that worked. */
static void
till_secret_lock (guchar *data, gsize size)
{
  static int told = 0;

  if (sodium_mlock (data, size) != 0 && g_atomic_int_compare_and_exchange (&told, 0, 1))
    g_info ("secrets can't be locked in memory and may be swapped to disk; raise the limit \"memlock\"");
}

static TillSecret *
till_secret_allocate (gsize size)
{
  TillSecret *self;

  till_secret_start_sodium ();
  self = g_new0 (TillSecret, 1);
  g_atomic_ref_count_init (&self->refs);
  self->size = size;
  self->data = sodium_malloc (size + 1);
  if (self->data == NULL)
    g_error ("no memory for a secret of %" G_GSIZE_FORMAT " bytes", size);
  till_secret_lock (self->data, size + 1);
  self->data[size] = '\0';
  return self;
}

static void
till_secret_seal (TillSecret *self)
{
  if (sodium_mprotect_readonly (self->data) != 0)
    g_debug ("a secret's memory can't be made read-only");
}

TillSecret *
till_secret_new (gconstpointer data, gsize size)
{
  TillSecret *self;

  g_return_val_if_fail (data != NULL || size == 0, NULL);

  self = till_secret_allocate (size);
  if (size > 0)
    memcpy (self->data, data, size);
  till_secret_seal (self);
  return self;
}

TillSecret *
till_secret_new_random (gsize size)
{
  TillSecret *self = till_secret_allocate (size);

  randombytes_buf (self->data, size);
  till_secret_seal (self);
  return self;
}

TillSecret *
till_secret_new_filled (gsize size, TillSecretFill fill, gpointer user_data)
{
  TillSecret *self;

  g_return_val_if_fail (fill != NULL, NULL);

  self = till_secret_allocate (size);
  if (!fill (self->data, &self->size, user_data))
    {
      till_secret_unref (self);
      return NULL;
    }
  g_assert (self->size <= size);
  self->data[self->size] = '\0';
  till_secret_seal (self);
  return self;
}

TillSecret *
till_secret_ref (TillSecret *self)
{
  g_atomic_ref_count_inc (&self->refs);
  return self;
}

void
till_secret_unref (TillSecret *self)
{
  if (!g_atomic_ref_count_dec (&self->refs))
    return;
  sodium_free (self->data);
  g_free (self);
}

gsize
till_secret_get_size (const TillSecret *self)
{
  return self->size;
}

gconstpointer
till_secret_get_data (const TillSecret *self)
{
  return self->data;
}

gboolean
till_secret_equal (const TillSecret *a, const TillSecret *b)
{
  return a->size == b->size && sodium_memcmp (a->data, b->data, a->size) == 0;
}
