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
  GArray *lines; /* (element-type TillReceiptLine), their strings owned */
  GArray *taxes; /* (element-type TillTaxSum) */
  TillMoney total;
  TillTender tender; /* its strings owned but for the kind */
};

/* With empty lists, to be filled in and then checked (transfer full). */
TillReceipt *till_receipt_alloc (const char *shop, const char *number, gint64 at_us, gboolean inclusive);
/* Copies the strings of @line and of @tender. */
void till_receipt_add_line (TillReceipt *self, const TillReceiptLine *line);
void till_receipt_set_tender (TillReceipt *self, const TillTender *tender);

/* TRUE if every part is in range and all sums agree, otherwise %TILL_ERROR_INVALID, _CURRENCY or _OVERFLOW. */
gboolean till_receipt_check (const TillReceipt *self, GError **error);

G_END_DECLS
