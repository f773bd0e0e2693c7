/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sale/till-receipt.h"

G_BEGIN_DECLS

struct _TillReceipt
{
  char *shop;
  char *number;
  gint64 at_us;
  gboolean inclusive;
  GArray *lines;     /* (element-type TillReceiptLine), their strings owned */
  GArray *taxes;     /* (element-type TillTaxSum) */
  GArray *discounts; /* (element-type TillDiscount) */
  TillMoney total;
  TillTender tender; /* its strings owned */

  /* Of a refund, else NULL. */
  char *of;
  char *reason;
  gboolean undone;
};

/* With empty lists, to be filled in and then checked (transfer full). */
TillReceipt *till_receipt_alloc (const char *shop, const char *number, gint64 at_us, gboolean inclusive);
/* Copies the strings of @line, of @discount and of @tender. */
void till_receipt_add_line (TillReceipt *self, const TillReceiptLine *line);
void till_receipt_add_discount (TillReceipt *self, const TillDiscount *discount);
void till_receipt_set_tender (TillReceipt *self, const TillTender *tender);

/* TRUE if every part is in range and all sums agree, otherwise %TILL_ERROR_INVALID, _CURRENCY or _OVERFLOW. */
gboolean till_receipt_check (const TillReceipt *self, GError **error);

/* Visible ASCII, 1 to @most characters. */
gboolean till_receipt_is_code (const char *text, gsize most);

/* What each line came to for the customer, tax and all: as many as there are lines, adding up to the total. */
void till_receipt_share_out (const TillReceipt *self, gint64 *paid);

G_END_DECLS
