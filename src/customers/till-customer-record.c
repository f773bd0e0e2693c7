/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "customers/till-customer-record.h"

#include "base/till-error.h"
#include "customers/till-customer-private.h"

#include <sodium.h>
#include <string.h>

#define VERSION       4
#define HEAD_SIZE     (2 + sizeof (gint64))
#define TEMPLATE_SIZE (TILL_VISION_EMBEDDING * sizeof (float))

/* Floats are copied as they lie in memory; a big-endian port must swap them here. */
G_STATIC_ASSERT (G_BYTE_ORDER == G_LITTLE_ENDIAN);
G_STATIC_ASSERT (sizeof (float) == 4);

enum
{
  TEXT_NAME,
  TEXT_SUFFIX,
  TEXT_PAYER,
  TEXT_CONSENT,
  TEXT_PIN,
  TEXT_MARKS,
  TEXT_GUARDIAN,
  TEXT_VISIT,
  N_TEXTS
};

/* How many texts each version has. */
static const guint n_texts_of[VERSION + 1] = { 0, TEXT_CONSENT + 1, TEXT_MARKS + 1, TEXT_MARKS + 1, N_TEXTS };

/* Marks are words with a space between them; the second is there from version 3 on. */
#define MARK_LOOK_ALIKE  "look-alike"
#define MARK_FACE_LOCKED "face-locked"

static const char *
till_customer_record_marks (const TillCustomer *customer)
{
  if (till_customer_is_face_locked (customer))
    return till_customer_is_look_alike (customer) ? MARK_LOOK_ALIKE " " MARK_FACE_LOCKED : MARK_FACE_LOCKED;
  return till_customer_is_look_alike (customer) ? MARK_LOOK_ALIKE : "";
}

/* Memory that is wiped when it is given back to sodium_free(). */
static gpointer
till_customer_record_allocate (gsize size)
{
  if (sodium_init () < 0)
    g_error ("libsodium can't be started");

  gpointer bytes = sodium_malloc (size);
  if (bytes == NULL)
    g_error ("no memory for a record of %" G_GSIZE_FORMAT " bytes", size);
  return bytes;
}

TillSecret *
till_customer_record_encode (const TillCustomer *customer)
{
  g_autofree char *visit = g_strdup_printf ("%" G_GINT64_FORMAT, till_customer_get_last_visit_day (customer));
  const char *texts[N_TEXTS] = {
    [TEXT_NAME] = till_customer_get_name (customer),
    [TEXT_SUFFIX] = till_customer_get_suffix (customer),
    [TEXT_PAYER] = till_customer_get_payer (customer),
    [TEXT_CONSENT] = till_customer_get_consent (customer),
    [TEXT_PIN] = till_customer_get_pin (customer) != NULL ? till_customer_get_pin (customer) : "",
    [TEXT_MARKS] = till_customer_record_marks (customer),
    [TEXT_GUARDIAN]
    = till_customer_get_guardian (customer) != NULL ? till_customer_get_guardian (customer) : "",
    [TEXT_VISIT] = visit,
  };
  guint n = till_customer_get_n_templates (customer);
  gint64 enrolled = GINT64_TO_LE (till_customer_get_enrolled_us (customer));
  gsize size = HEAD_SIZE + n * TEMPLATE_SIZE;

  for (guint i = 0; i < N_TEXTS; i++)
    size += strlen (texts[i]) + 1;

  guchar *bytes = till_customer_record_allocate (size);
  bytes[0] = VERSION;
  bytes[1] = (guchar) n;
  memcpy (bytes + 2, &enrolled, sizeof enrolled);
  for (guint i = 0; i < n; i++)
    memcpy (bytes + HEAD_SIZE + i * TEMPLATE_SIZE, till_customer_get_template (customer, i), TEMPLATE_SIZE);

  char *end = (char *) bytes + HEAD_SIZE + n * TEMPLATE_SIZE;
  for (guint i = 0; i < N_TEXTS; i++)
    end = g_stpcpy (end, texts[i]) + 1;

  TillSecret *record = till_secret_new (bytes, size);
  sodium_free (bytes);
  return record;
}

static TillCustomer *
till_customer_record_refuse (const char *id, const char *why, GError **error)
{
  g_set_error (error, TILL_ERROR, TILL_ERROR_CORRUPT, "The record of customer %s is damaged: %s", id, why);
  return NULL;
}

/* Finds the strings that end the record exactly; those that a former version does not have are empty. */
static gboolean
till_customer_record_split (const char *text, gsize size, guint n_texts, const char *texts[N_TEXTS])
{
  for (guint i = n_texts; i < N_TEXTS; i++)
    texts[i] = "";
  for (guint i = 0; i < n_texts; i++)
    {
      const char *end = memchr (text, '\0', size);

      if (end == NULL)
        return FALSE;
      texts[i] = text;
      size -= (gsize) (end - text) + 1;
      text = end + 1;
    }
  return size == 0;
}

static gboolean
till_customer_record_read_marks (const char *text, TillCustomerDetails *details, GError **error)
{
  g_auto (GStrv) marks = g_strsplit (text, " ", -1);

  for (guint i = 0; marks[i] != NULL; i++)
    if (g_str_equal (marks[i], MARK_LOOK_ALIKE))
      details->look_alike = TRUE;
    else if (g_str_equal (marks[i], MARK_FACE_LOCKED))
      details->face_locked = TRUE;
    else
      {
        g_set_error_literal (error, TILL_ERROR, TILL_ERROR_CORRUPT,
                             "it has marks that this till does not know");
        return FALSE;
      }
  return TRUE;
}

/* What came after version 1. */
static TillCustomer *
till_customer_record_add (const TillCustomer *customer, const char *const texts[N_TEXTS], GError **error)
{
  guint64 day = (guint64) till_customer_get_last_visit_day (customer);
  TillCustomerDetails details = { .pin = *texts[TEXT_PIN] != '\0' ? texts[TEXT_PIN] : NULL,
                                  .guardian = *texts[TEXT_GUARDIAN] != '\0' ? texts[TEXT_GUARDIAN] : NULL };

  if (!till_customer_record_read_marks (texts[TEXT_MARKS], &details, error))
    return NULL;
  if (*texts[TEXT_VISIT] != '\0'
      && !g_ascii_string_to_unsigned (texts[TEXT_VISIT], 10, 0, G_MAXINT, &day, error))
    return NULL;
  details.last_visit_day = (gint64) day;
  return till_customer_with_details (customer, &details, error);
}

/* Copies the templates to where floats may be read, and makes the customer of them. */
static TillCustomer *
till_customer_record_build (
    const char *id, const guchar *bytes, guint n, const char *const texts[N_TEXTS], GError **error)
{
  gint64 enrolled;
  g_autoptr (GError) problem = NULL;
  float *templates = till_customer_record_allocate (n * TEMPLATE_SIZE);

  memcpy (&enrolled, bytes + 2, sizeof enrolled);
  memcpy (templates, bytes + HEAD_SIZE, n * TEMPLATE_SIZE);
  g_autoptr (TillCustomer) customer
      = till_customer_new (id, texts[TEXT_NAME], texts[TEXT_SUFFIX], texts[TEXT_PAYER], texts[TEXT_CONSENT],
                           templates, n, GINT64_FROM_LE (enrolled), &problem);
  sodium_free (templates);

  TillCustomer *whole = customer != NULL ? till_customer_record_add (customer, texts, &problem) : NULL;
  return whole != NULL ? whole : till_customer_record_refuse (id, problem->message, error);
}

TillCustomer *
till_customer_record_decode (const char *id, const TillSecret *record, GError **error)
{
  const guchar *bytes = till_secret_get_data (record);
  gsize size = till_secret_get_size (record);
  const char *texts[N_TEXTS];

  if (size < HEAD_SIZE)
    return till_customer_record_refuse (id, "it is cut short", error);
  if (bytes[0] == 0)
    return till_customer_record_refuse (id, "it has no version", error);
  if (bytes[0] > VERSION)
    {
      g_set_error (error, TILL_ERROR, TILL_ERROR_UNSUPPORTED,
                   "The record of customer %s was written by a newer till: update this one", id);
      return NULL;
    }

  guint n = bytes[1];
  gsize text_start = HEAD_SIZE + n * TEMPLATE_SIZE;
  if (n == 0 || size < text_start
      || !till_customer_record_split ((const char *) bytes + text_start, size - text_start,
                                      n_texts_of[bytes[0]], texts))
    return till_customer_record_refuse (id, "its parts do not fill it", error);
  return till_customer_record_build (id, bytes, n, texts, error);
}
