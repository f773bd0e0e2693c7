/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "customers/till-face-pass-private.h"

#include "base/till-error.h"
#include "base/till-id.h"

#include <sodium.h>
#include <string.h>

#define ID_PREFIX      "pass_"
#define CONSENT_PREFIX "consent_"

#define DAY_US ((gint64) 24 * 3600 * G_USEC_PER_SEC)

/* A number's letters: no vowels, so that they make no words. */
static const char letters[] = "BCDFGHJKLMNPQRSTVWXZ";
#define LETTERS 8

/* The bytes of a UUID that a number is made of: those before its version are random. */
#define NUMBER_BYTES 6

/* A random till_customer_new() refuses what is wrong with digits, payer and templates, and works out the mean. */
#define PLACEHOLDER_NAME "-"

G_DEFINE_BOXED_TYPE (TillFacePass, till_face_pass, till_face_pass_ref, till_face_pass_unref)

gint64
till_face_pass_day_of (gint64 utc_us)
{
  return utc_us / DAY_US;
}

gboolean
till_face_pass_parse_id (const char *id, guint8 uuid[TILL_FACE_PASS_UUID])
{
  const char *text = id + strlen (ID_PREFIX);
  const char *end;
  size_t size;

  if (!g_str_has_prefix (id, ID_PREFIX) || !g_uuid_string_is_valid (text))
    return FALSE;
  if (sodium_hex2bin (uuid, TILL_FACE_PASS_UUID, text, strlen (text), "-", &size, &end) != 0
      || size != TILL_FACE_PASS_UUID || *end != '\0')
    return FALSE;

  /* The same UUID in capitals would be another id of the same pass. */
  g_autofree char *same = till_face_pass_format_id (uuid);
  return strcmp (same, id) == 0;
}

char *
till_face_pass_format_id (const guint8 uuid[TILL_FACE_PASS_UUID])
{
  g_autoptr (GString) id = g_string_new (ID_PREFIX);

  for (guint i = 0; i < TILL_FACE_PASS_UUID; i++)
    g_string_append_printf (id, "%s%02x", i == 4 || i == 6 || i == 8 || i == 10 ? "-" : "", uuid[i]);
  return g_strdup (id->str);
}

char *
till_face_pass_number_of (const char *id)
{
  guint8 uuid[TILL_FACE_PASS_UUID];
  guint64 value = 0;
  char number[LETTERS + 2] = "";

  if (!till_face_pass_parse_id (id, uuid))
    return NULL;
  for (guint i = 0; i < NUMBER_BYTES; i++)
    value = value << 8 | uuid[i];
  for (guint i = 0; i < LETTERS; i++, value /= sizeof letters - 1)
    number[i < LETTERS / 2 ? i : i + 1] = letters[value % (sizeof letters - 1)];
  number[LETTERS / 2] = '-';
  return g_strdup (number);
}

TillFacePass *
till_face_pass_take (const char *id, gint64 issued_day, gint64 expires_day, TillSecret *body)
{
  TillFacePass *self = g_new0 (TillFacePass, 1);

  g_atomic_ref_count_init (&self->refs);
  self->id = g_strdup (id);
  self->number = till_face_pass_number_of (id);
  self->consent = g_strconcat (CONSENT_PREFIX, id + strlen (ID_PREFIX), NULL);
  self->issued_day = issued_day;
  self->expires_day = expires_day;
  self->body = body;
  return self;
}

TillFacePass *
till_face_pass_ref (TillFacePass *self)
{
  g_atomic_ref_count_inc (&self->refs);
  return self;
}

void
till_face_pass_unref (TillFacePass *self)
{
  if (!g_atomic_ref_count_dec (&self->refs))
    return;
  till_secret_unref (self->body);
  g_free (self->id);
  g_free (self->number);
  g_free (self->consent);
  g_free (self);
}

static gboolean
till_face_pass_fill_body (guchar *data, gsize *size, gpointer user_data)
{
  const TillCustomer *holder = user_data;
  const char *payer = till_customer_get_payer (holder);
  guint suffix = (guint) g_ascii_strtoull (till_customer_get_suffix (holder), NULL, 10);

  data[0] = (guchar) (suffix >> 8);
  data[1] = (guchar) suffix;
  till_pass_template_write (till_customer_get_mean (holder), TILL_PASS_TEMPLATE_BITS,
                            data + TILL_FACE_PASS_SUFFIX);
  memcpy (data + TILL_FACE_PASS_PAYER, payer, strlen (payer));
  return TRUE;
}

static gboolean
till_face_pass_check (
    const char *id, const char *payer, gint64 issued_day, gint64 expires_day, GError **error)
{
  guint8 uuid[TILL_FACE_PASS_UUID];

  if (!till_face_pass_parse_id (id, uuid))
    g_set_error (error, TILL_ERROR, TILL_ERROR_INVALID,
                 "“%s” is no id of a face pass: it is pass_ and a UUID in small letters", id);
  else if (payer == NULL || strlen (payer) > TILL_FACE_PASS_PAYER_MOST)
    g_set_error (error, TILL_ERROR, TILL_ERROR_INVALID,
                 "A face pass has no room for a payer of more than %d characters: enrol the customer at the "
                 "shop instead",
                 TILL_FACE_PASS_PAYER_MOST);
  else if (issued_day < 0 || expires_day < issued_day || expires_day > G_MAXUINT16)
    g_set_error (error, TILL_ERROR, TILL_ERROR_INVALID,
                 "A face pass can't be good from day %" G_GINT64_FORMAT " to day %" G_GINT64_FORMAT
                 ": check the computer’s date",
                 issued_day, expires_day);
  else
    return TRUE;
  return FALSE;
}

TillFacePass *
till_face_pass_new (const char *id,
                    const char *suffix,
                    const char *payer,
                    const float *templates,
                    guint n_templates,
                    gint64 issued_day,
                    gint64 expires_day,
                    GError **error)
{
  g_autofree char *own_id = id != NULL ? g_strdup (id) : till_id_new ("pass");

  if (!till_face_pass_check (own_id, payer, issued_day, expires_day, error))
    return NULL;

  g_autoptr (TillCustomer) holder
      = till_customer_new (own_id, PLACEHOLDER_NAME, suffix, payer, own_id, templates, n_templates, 0, error);
  if (holder == NULL)
    return NULL;
  return till_face_pass_take (
      own_id, issued_day, expires_day,
      till_secret_new_filled (TILL_FACE_PASS_PAYER + strlen (payer), till_face_pass_fill_body, holder));
}

const char *
till_face_pass_get_id (const TillFacePass *self)
{
  return self->id;
}

const char *
till_face_pass_get_number (const TillFacePass *self)
{
  return self->number;
}

const char *
till_face_pass_get_consent (const TillFacePass *self)
{
  return self->consent;
}

gint64
till_face_pass_get_issued_day (const TillFacePass *self)
{
  return self->issued_day;
}

gint64
till_face_pass_get_expires_day (const TillFacePass *self)
{
  return self->expires_day;
}

static void
till_face_pass_write_suffix (const TillFacePass *self, char suffix[TILL_CUSTOMER_SUFFIX_DIGITS + 1])
{
  const guint8 *body = till_secret_get_data (self->body);
  guint value = (guint) body[0] << 8 | body[1];

  for (guint i = TILL_CUSTOMER_SUFFIX_DIGITS; i > 0; i--, value /= 10)
    suffix[i - 1] = (char) ('0' + value % 10);
  suffix[TILL_CUSTOMER_SUFFIX_DIGITS] = '\0';
}

gboolean
till_face_pass_has_suffix (const TillFacePass *self, const char *suffix)
{
  char own[TILL_CUSTOMER_SUFFIX_DIGITS + 1];
  gboolean same;

  till_face_pass_write_suffix (self, own);
  same = strlen (suffix) == TILL_CUSTOMER_SUFFIX_DIGITS
         && sodium_memcmp (own, suffix, TILL_CUSTOMER_SUFFIX_DIGITS) == 0;
  sodium_memzero (own, sizeof own);
  return same;
}

TillCustomer *
till_face_pass_to_customer (const TillFacePass *self)
{
  const guint8 *body = till_secret_get_data (self->body);
  gsize length = till_secret_get_size (self->body) - TILL_FACE_PASS_PAYER;
  char suffix[TILL_CUSTOMER_SUFFIX_DIGITS + 1];
  char payer[TILL_FACE_PASS_PAYER_MOST + 1] = "";
  float vector[TILL_VISION_EMBEDDING];
  g_autoptr (GError) error = NULL;

  till_face_pass_write_suffix (self, suffix);
  memcpy (payer, body + TILL_FACE_PASS_PAYER, length);
  till_pass_template_read (body + TILL_FACE_PASS_SUFFIX, TILL_PASS_TEMPLATE_BITS, vector);
  TillCustomer *customer = till_customer_new (self->id, self->number, suffix, payer, self->consent, vector, 1,
                                              self->issued_day * DAY_US, &error);
  sodium_memzero (suffix, sizeof suffix);
  sodium_memzero (payer, sizeof payer);
  sodium_memzero (vector, sizeof vector);
  /* A pass is checked when it is made and when it is read. */
  g_assert_no_error (error);
  return customer;
}
