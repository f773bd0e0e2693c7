/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sale/till-receipt.h"

G_BEGIN_DECLS

typedef enum
{
  TILL_RECEIPT_ROW_HEADING, /* the shop */
  TILL_RECEIPT_ROW_CENTRED,
  TILL_RECEIPT_ROW_RULE,
  TILL_RECEIPT_ROW_PAIR,   /* words on the left, an amount on the right */
  TILL_RECEIPT_ROW_DETAIL, /* the same, told of the pair before: set in */
  TILL_RECEIPT_ROW_TOTAL,  /* the same, the one that counts */
  TILL_RECEIPT_ROW_SPACE,
} TillReceiptRowKind;

/**
 * TillReceiptRow: one row of a receipt as it is shown, whatever it is shown on. Strings owned, never NULL.
 */
typedef struct
{
  TillReceiptRowKind kind;
  char *left;
  char *right;
} TillReceiptRow;

/* What a receipt says, in the user's language and local time (element-type TillReceiptRow) (transfer full). */
GArray *till_receipt_list_rows (const TillReceipt *self) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
