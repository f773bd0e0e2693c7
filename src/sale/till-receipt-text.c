/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sale/till-receipt.h"

#include "sale/till-columns.h"
#include "sale/till-receipt-rows.h"

static void
till_receipt_append_row (GString *text, const TillReceiptRow *row)
{
  switch (row->kind)
    {
    case TILL_RECEIPT_ROW_HEADING:
    case TILL_RECEIPT_ROW_CENTRED:
      till_columns_append_centred (text, TILL_RECEIPT_WIDTH, row->left);
      break;
    case TILL_RECEIPT_ROW_RULE:
      till_columns_append_rule (text, TILL_RECEIPT_WIDTH, '-');
      break;
    case TILL_RECEIPT_ROW_DETAIL:
      {
        g_autofree char *left = g_strdup_printf ("  %s", row->left);
        till_columns_append_pair (text, TILL_RECEIPT_WIDTH, left, row->right);
        break;
      }
    case TILL_RECEIPT_ROW_PAIR:
    case TILL_RECEIPT_ROW_TOTAL:
      till_columns_append_pair (text, TILL_RECEIPT_WIDTH, row->left, row->right);
      break;
    case TILL_RECEIPT_ROW_SPACE:
      g_string_append_c (text, '\n');
      break;
    }
}

char *
till_receipt_to_text (const TillReceipt *self)
{
  GString *text = g_string_new (NULL);
  g_autoptr (GArray) rows = till_receipt_list_rows (self);

  for (guint i = 0; i < rows->len; i++)
    till_receipt_append_row (text, &g_array_index (rows, TillReceiptRow, i));
  return g_string_free (text, FALSE);
}
