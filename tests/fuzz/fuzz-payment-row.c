/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fuzz.h"
#include "ledger/till-ledger-body.h"
#include "payment/till-payment-row.h"
#include "payment/till-payment-standing.h"

#include <string.h>

/*
 * The rows of one sale, as the till reads them to know whether it may be charged or given back: a line a row, its kind, a
 * tab, and its body.
 */

#define MOST_ROWS 64

static TillLedgerEntry *
read_row (const guint8 *data, gsize size, gint64 seq)
{
  const guint8 *tab = memchr (data, '\t', size);

  if (tab == NULL)
    return NULL;
  g_autofree char *kind = g_strndup ((const char *) data, (gsize) (tab - data));
  g_autoptr (GBytes) text = g_bytes_new (tab + 1, size - (gsize) (tab - data) - 1);
  JsonObject *body = till_ledger_body_parse (text, NULL);
  if (body == NULL || !till_ledger_kind_is_known (kind))
    {
      g_clear_pointer (&body, json_object_unref);
      return NULL;
    }

  g_autofree char *attempt = g_strdup_printf ("attempt_%" G_GINT64_FORMAT, seq % 3);
  TillLedgerEntry *row = till_ledger_entry_new (kind, "sale_1", attempt, body);
  row->seq = seq;
  return row;
}

static void
read_all (GPtrArray *rows)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) other = NULL;
  TillPaymentStanding standing = { 0 };

  for (guint i = 0; i < rows->len; i++)
    {
      g_autoptr (GError) wrong = NULL;
      g_autoptr (TillChargeRequest) request
          = till_payment_read_intent (g_ptr_array_index (rows, i), NULL, &wrong);

      g_assert_true ((request == NULL) == (wrong != NULL));
    }
  g_assert_true (till_payment_check_sale ("sale_1", rows, &error) == (error == NULL));
  g_assert_true (till_payment_standing_read (&standing, "sale_1", rows, &other) == (other == NULL));
  if (other == NULL && standing.paid.currency[0] != '\0')
    {
      g_assert_cmpint (standing.refunded.minor, >=, 0);
      g_assert_cmpint (standing.refunding.minor, >=, 0);
    }
  till_payment_standing_clear (&standing);
  till_payment_find_unsent (rows);
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func ((GDestroyNotify) till_ledger_entry_unref);

  while (size > 0 && rows->len < MOST_ROWS)
    {
      const guint8 *end = memchr (data, '\n', size);
      gsize length = end != NULL ? (gsize) (end - data) : size;
      TillLedgerEntry *row = read_row (data, length, (gint64) rows->len + 1);

      if (row != NULL)
        g_ptr_array_add (rows, row);
      data += MIN (length + 1, size);
      size -= MIN (length + 1, size);
    }
  read_all (rows);
  return 0;
}
