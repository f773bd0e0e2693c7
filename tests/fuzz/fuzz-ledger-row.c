/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fuzz.h"
#include "ledger/till-ledger-body.h"
#include "ledger/till-ledger-row.h"

#include <string.h>

/* A row of a ledger that somebody has laid hands on: its columns by lines, the body last; a "-" for NULL. */

static GBytes *
next_column (const guint8 **data, gsize *size)
{
  const guint8 *end = *size > 0 ? memchr (*data, '\n', *size) : NULL;
  gsize length = end != NULL ? (gsize) (end - *data) : *size;
  GBytes *column = length == 1 && **data == '-' ? NULL : g_bytes_new (*data, length);

  *data += MIN (length + 1, *size);
  *size -= MIN (length + 1, *size);
  return column;
}

/* What was read can be written again, and is the same then. */
static void
check_body (GBytes *text)
{
  g_autoptr (JsonObject) body = till_ledger_body_parse (text, NULL);
  g_autoptr (GError) error = NULL;

  if (body == NULL)
    return;
  g_autofree char *first = till_ledger_body_format (body, &error);
  /* What it was read from may be shorter than what JSON-GLib writes. */
  if (first == NULL)
    return;
  g_assert_null (strchr (first, '\n'));
  g_autoptr (GBytes) written = g_bytes_new (first, strlen (first));
  g_autoptr (JsonObject) again = till_ledger_body_parse (written, &error);
  g_assert_no_error (error);
  g_autofree char *second = till_ledger_body_format (again, &error);
  g_assert_cmpstr (first, ==, second);
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_autoptr (TillLedgerRow) row = till_ledger_row_new ();
  g_autoptr (GError) wrong = NULL;
  g_autoptr (GError) error = NULL;

  row->seq = size > 0 ? data[0] : 0;
  row->at_us = (gint64) size;
  row->kind = next_column (&data, &size);
  row->sale = next_column (&data, &size);
  row->attempt = next_column (&data, &size);
  row->previous = next_column (&data, &size);
  row->hash = next_column (&data, &size);
  row->body = size > 0 ? g_bytes_new (data, size) : NULL;

  gboolean right = till_ledger_row_check (row, row->seq, TILL_LEDGER_HASH_START, &wrong);
  g_assert_true (right == (wrong == NULL));
  g_assert_true (wrong == NULL || g_utf8_validate (wrong->message, -1, NULL));

  /* With its right hash, the row is as far as anybody who knows the form gets. */
  g_autofree char *hash = till_ledger_row_compute_hash (row);
  g_assert_cmpuint (strlen (hash), ==, TILL_LEDGER_HASH_LENGTH);
  g_clear_pointer (&row->hash, g_bytes_unref);
  row->hash = g_bytes_new (hash, strlen (hash));
  till_ledger_row_check (row, row->seq, TILL_LEDGER_HASH_START, NULL);

  g_autoptr (TillLedgerEntry) entry = till_ledger_row_to_entry (row, &error);
  g_assert_true ((entry == NULL) == (error != NULL));
  g_assert_true (error == NULL || g_utf8_validate (error->message, -1, NULL));
  if (entry != NULL)
    g_assert_true (g_utf8_validate (entry->kind, -1, NULL));
  if (row->body != NULL)
    check_body (row->body);
  return 0;
}
