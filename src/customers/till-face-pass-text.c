/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "customers/till-face-pass-private.h"

#include "base/till-error.h"
#include "customers/till-pass-text.h"

#include <string.h>

/* Of the form below; another one gets another number. */
#define VERSION 1

/*
 * What anybody can read and nobody can alter: the version, the shop's tag, the UUID of the id, the first and the last day,
 * two bytes each. Numbers are written most significant byte first. The closed part follows, up to the end.
 */
enum
{
  HEAD_VERSION = 0,
  HEAD_SHOP = HEAD_VERSION + 1,
  HEAD_UUID = HEAD_SHOP + TILL_VAULT_SHOP_TAG_SIZE,
  HEAD_ISSUED = HEAD_UUID + TILL_FACE_PASS_UUID,
  HEAD_EXPIRES = HEAD_ISSUED + 2,
  HEAD_SIZE = HEAD_EXPIRES + 2,
};

static gpointer
till_face_pass_refuse (GError **error, TillPassError code, const char *words)
{
  g_set_error_literal (error, TILL_PASS_ERROR, (int) code, words);
  return NULL;
}

static void
till_face_pass_put_day (guint8 *bytes, gint64 day)
{
  bytes[0] = (guint8) (day >> 8);
  bytes[1] = (guint8) day;
}

static gint64
till_face_pass_get_day (const guint8 *bytes)
{
  return (gint64) bytes[0] << 8 | bytes[1];
}

char *
till_face_pass_write (const TillFacePass *self, TillVault *vault, GError **error)
{
  const guint8 *shop = till_vault_get_shop_tag (vault);
  guint8 head[HEAD_SIZE] = { [HEAD_VERSION] = VERSION };

  if (shop == NULL)
    {
      g_set_error_literal (error, TILL_ERROR, TILL_ERROR_LOCKED,
                           "No face pass can be written while the keyring is locked: unlock it");
      return NULL;
    }
  memcpy (head + HEAD_SHOP, shop, TILL_VAULT_SHOP_TAG_SIZE);
  if (!till_face_pass_parse_id (self->id, head + HEAD_UUID))
    g_assert_not_reached ();
  till_face_pass_put_day (head + HEAD_ISSUED, self->issued_day);
  till_face_pass_put_day (head + HEAD_EXPIRES, self->expires_day);

  g_autoptr (GBytes) signed_head = g_bytes_new (head, sizeof head);
  g_autoptr (GBytes) closed = till_vault_close_pass (vault, signed_head, self->body, error);
  if (closed == NULL)
    return NULL;

  g_autoptr (GByteArray) whole = g_byte_array_new ();
  g_byte_array_append (whole, head, sizeof head);
  g_byte_array_append (whole, g_bytes_get_data (closed, NULL), (guint) g_bytes_get_size (closed));
  return till_pass_text_write (whole->data, whole->len);
}

/* The closed part of a pass of this shop; NULL for one that is not (transfer full). */
static TillSecret *
till_face_pass_open (TillVault *vault, const guint8 *bytes, gsize size, GError **error)
{
  g_autoptr (GBytes) head = g_bytes_new (bytes, HEAD_SIZE);
  g_autoptr (GBytes) closed = g_bytes_new (bytes + HEAD_SIZE, size - HEAD_SIZE);
  g_autoptr (GError) problem = NULL;
  TillSecret *body = till_vault_open_pass (vault, head, closed, &problem);

  if (body != NULL)
    return body;
  if (g_error_matches (problem, TILL_ERROR, TILL_ERROR_CORRUPT))
    return till_face_pass_refuse (error, TILL_PASS_ERROR_FORGED,
                                  "The face pass was not signed by this shop, or altered since");
  if (g_error_matches (problem, TILL_ERROR, TILL_ERROR_LOCKED))
    return till_face_pass_refuse (error, TILL_PASS_ERROR_LOCKED,
                                  "The face pass can't be opened while the keyring is locked: unlock it");
  g_propagate_error (error, g_steal_pointer (&problem));
  return NULL;
}

/* What this till signed is right; one that a later till of this shop signed may differ. */
static gboolean
till_face_pass_is_whole (const TillSecret *body)
{
  const guint8 *bytes = till_secret_get_data (body);
  gsize size = till_secret_get_size (body);

  if (size <= TILL_FACE_PASS_PAYER || size > TILL_FACE_PASS_PAYER + TILL_FACE_PASS_PAYER_MOST
      || ((guint) bytes[0] << 8 | bytes[1]) > 9999)
    return FALSE;
  for (gsize i = TILL_FACE_PASS_PAYER; i < size; i++)
    if (!g_ascii_isgraph (bytes[i]))
      return FALSE;
  return TRUE;
}

/* Whether the head can be of this shop's pass at all. */
static gboolean
till_face_pass_check_head (const guint8 *bytes, gsize size, TillVault *vault, GError **error)
{
  const guint8 *shop = till_vault_get_shop_tag (vault);

  if (size < HEAD_SIZE || bytes[HEAD_VERSION] != VERSION)
    till_face_pass_refuse (
        error, TILL_PASS_ERROR_NOT_A_PASS,
        "The code that was shown is not a face pass that this till knows: update the till");
  else if (shop == NULL)
    till_face_pass_refuse (error, TILL_PASS_ERROR_LOCKED,
                           "The face pass can't be opened while the keyring is locked: unlock it");
  else if (memcmp (bytes + HEAD_SHOP, shop, TILL_VAULT_SHOP_TAG_SIZE) != 0)
    till_face_pass_refuse (error, TILL_PASS_ERROR_FOREIGN, "The face pass is another shop’s");
  else
    return TRUE;
  return FALSE;
}

TillFacePass *
till_face_pass_read (const char *text, TillVault *vault, gint64 now_us, GError **error)
{
  g_return_val_if_fail (text != NULL && TILL_IS_VAULT (vault), NULL);

  g_autoptr (GBytes) whole = till_pass_text_read (text, error);
  if (whole == NULL)
    return NULL;

  gsize size;
  const guint8 *bytes = g_bytes_get_data (whole, &size);
  if (!till_face_pass_check_head (bytes, size, vault, error))
    return NULL;

  g_autoptr (TillSecret) body = till_face_pass_open (vault, bytes, size, error);
  if (body == NULL)
    return NULL;
  if (!till_face_pass_is_whole (body))
    return till_face_pass_refuse (error, TILL_PASS_ERROR_NOT_A_PASS,
                                  "The face pass was signed by this shop in a form that this till does not "
                                  "know: update the till");

  g_autofree char *id = till_face_pass_format_id (bytes + HEAD_UUID);
  gint64 expires_day = till_face_pass_get_day (bytes + HEAD_EXPIRES);
  if (!g_uuid_string_is_valid (id + strlen ("pass_")))
    return till_face_pass_refuse (error, TILL_PASS_ERROR_NOT_A_PASS, "The face pass has no right id");
  if (till_face_pass_day_of (now_us) > expires_day)
    return till_face_pass_refuse (error, TILL_PASS_ERROR_EXPIRED, "The face pass has expired");
  return till_face_pass_take (id, till_face_pass_get_day (bytes + HEAD_ISSUED), expires_day,
                              g_steal_pointer (&body));
}
