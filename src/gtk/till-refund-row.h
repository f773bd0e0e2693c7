/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sale/till-receipt.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define TILL_TYPE_REFUND_ROW (till_refund_row_get_type ())
G_DECLARE_FINAL_TYPE (TillRefundRow, till_refund_row, TILL, REFUND_ROW, AdwActionRow)

/**
 * TillRefundRow: one article of a receipt, and how many of it are given back.
 *
 * @most: how many are left to give back. Signal: "changed" () when the number is another one.
 */
GtkWidget *till_refund_row_new (const TillReceiptLine *line, guint most) G_GNUC_WARN_UNUSED_RESULT;

void till_refund_row_set_quantity (TillRefundRow *self, guint quantity);
guint till_refund_row_get_quantity (TillRefundRow *self);
guint till_refund_row_get_most (TillRefundRow *self);
const char *till_refund_row_get_article (TillRefundRow *self);

G_END_DECLS
