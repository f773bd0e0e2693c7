/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ledger/till-ledger-row.h"

#include "base/till-error.h"
#include "ledger/till-ledger-body.h"

#include <string.h>

/*
 * A row's hash is the SHA-256 of its canonical form, in lower-case hex. The canonical form is these eight parts, one
 * after the other:
 *
 *   "smiletill-ledger-1", previous hash, seq, at_us, kind, sale, attempt, body
 *
 * each written as its length in bytes in decimal, ":", its bytes, and ","; a NULL is written as "-,". Numbers are
 * decimal, with "-" in front of negative ones. The body is the text as it is stored. Because of the lengths no two
 * different rows have the same form.
 */
#define TILL_LEDGER_FORM "smiletill-ledger-1"

TillLedgerRow *
till_ledger_row_new (void)
{
  return g_new0 (TillLedgerRow, 1);
}

void
till_ledger_row_free (TillLedgerRow *self)
{
  g_clear_pointer (&self->kind, g_bytes_unref);
  g_clear_pointer (&self->sale, g_bytes_unref);
  g_clear_pointer (&self->attempt, g_bytes_unref);
  g_clear_pointer (&self->body, g_bytes_unref);
  g_clear_pointer (&self->previous, g_bytes_unref);
  g_clear_pointer (&self->hash, g_bytes_unref);
  g_free (self);
}

static void
till_ledger_row_hash_part (GChecksum *checksum, gconstpointer data, gsize size)
{
  g_autofree char *length = g_strdup_printf ("%" G_GSIZE_FORMAT ":", size);

  g_checksum_update (checksum, (const guchar *) length, -1);
  g_checksum_update (checksum, data, (gssize) size);
  g_checksum_update (checksum, (const guchar *) ",", 1);
}

static void
till_ledger_row_hash_bytes (GChecksum *checksum, GBytes *bytes)
{
  gsize size;
  gconstpointer data;

  if (bytes == NULL)
    {
      g_checksum_update (checksum, (const guchar *) "-,", 2);
      return;
    }
  data = g_bytes_get_data (bytes, &size);
  till_ledger_row_hash_part (checksum, data != NULL ? data : "", size);
}

static void
till_ledger_row_hash_int (GChecksum *checksum, gint64 value)
{
  g_autofree char *decimal = g_strdup_printf ("%" G_GINT64_FORMAT, value);

  till_ledger_row_hash_part (checksum, decimal, strlen (decimal));
}

char *
till_ledger_row_compute_hash (const TillLedgerRow *self)
{
  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);

  till_ledger_row_hash_part (checksum, TILL_LEDGER_FORM, strlen (TILL_LEDGER_FORM));
  till_ledger_row_hash_bytes (checksum, self->previous);
  till_ledger_row_hash_int (checksum, self->seq);
  till_ledger_row_hash_int (checksum, self->at_us);
  till_ledger_row_hash_bytes (checksum, self->kind);
  till_ledger_row_hash_bytes (checksum, self->sale);
  till_ledger_row_hash_bytes (checksum, self->attempt);
  till_ledger_row_hash_bytes (checksum, self->body);
  return g_strdup (g_checksum_get_string (checksum));
}

static gboolean
till_ledger_row_bytes_are (GBytes *bytes, const char *text)
{
  gsize size;
  gconstpointer data;

  if (bytes == NULL)
    return FALSE;
  data = g_bytes_get_data (bytes, &size);
  return size == strlen (text) && memcmp (data, text, size) == 0;
}

static gboolean
till_ledger_row_check_number (const TillLedgerRow *self, gint64 seq, GError **error)
{
  if (self->seq == seq)
    return TRUE;
  if (self->seq < seq)
    g_set_error (error, TILL_ERROR, TILL_ERROR_CORRUPT,
                 "row %" G_GINT64_FORMAT " of the ledger is out of order: row %" G_GINT64_FORMAT
                 " belongs there",
                 self->seq, seq);
  else if (self->seq == seq + 1)
    g_set_error (error, TILL_ERROR, TILL_ERROR_CORRUPT, "row %" G_GINT64_FORMAT " of the ledger is missing",
                 seq);
  else
    g_set_error (error, TILL_ERROR, TILL_ERROR_CORRUPT,
                 "rows %" G_GINT64_FORMAT " to %" G_GINT64_FORMAT " of the ledger are missing", seq,
                 self->seq - 1);
  return FALSE;
}

gboolean
till_ledger_row_check (const TillLedgerRow *self, gint64 seq, const char *previous, GError **error)
{
  g_autofree char *hash = NULL;
  g_autoptr (JsonObject) body = NULL;
  g_autoptr (GError) cause = NULL;
  const char *wrong = NULL;

  if (!till_ledger_row_check_number (self, seq, error))
    return FALSE;
  hash = till_ledger_row_compute_hash (self);
  if (!till_ledger_row_bytes_are (self->hash, hash))
    wrong = "it was changed (its hash does not fit)";
  else if (!till_ledger_row_bytes_are (self->previous, previous))
    wrong = "its previous hash is wrong (the row before was replaced)";
  else if (self->body == NULL)
    wrong = "it has no body";
  else
    body = till_ledger_body_parse (self->body, &cause);
  if (cause != NULL)
    wrong = cause->message;
  if (wrong == NULL)
    return TRUE;
  g_set_error (error, TILL_ERROR, TILL_ERROR_CORRUPT, "row %" G_GINT64_FORMAT " of the ledger: %s", self->seq,
               wrong);
  return FALSE;
}

static gboolean
till_ledger_row_text (GBytes *bytes, char **text)
{
  gsize size;
  const char *data;

  *text = NULL;
  if (bytes == NULL)
    return TRUE;
  data = g_bytes_get_data (bytes, &size);
  if (data == NULL || !g_utf8_validate_len (data, size, NULL))
    return FALSE;
  *text = g_strndup (data, size);
  return TRUE;
}

TillLedgerEntry *
till_ledger_row_to_entry (const TillLedgerRow *self, GError **error)
{
  g_autofree char *kind = NULL;
  g_autofree char *sale = NULL;
  g_autofree char *attempt = NULL;
  g_autofree char *hash = NULL;
  JsonObject *body;
  TillLedgerEntry *entry;

  if (!till_ledger_row_text (self->kind, &kind) || !till_ledger_row_text (self->sale, &sale)
      || !till_ledger_row_text (self->attempt, &attempt) || !till_ledger_row_text (self->hash, &hash)
      || kind == NULL || hash == NULL || self->body == NULL)
    {
      g_set_error (error, TILL_ERROR, TILL_ERROR_CORRUPT,
                   "row %" G_GINT64_FORMAT " of the ledger is no longer text", self->seq);
      return NULL;
    }
  body = till_ledger_body_parse (self->body, error);
  if (body == NULL)
    {
      g_prefix_error (error, "row %" G_GINT64_FORMAT " of the ledger: ", self->seq);
      return NULL;
    }
  entry = till_ledger_entry_new (kind, sale, attempt, body);
  entry->seq = self->seq;
  entry->at_us = self->at_us;
  entry->hash = g_steal_pointer (&hash);
  return entry;
}
