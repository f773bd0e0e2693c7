/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sale/till-receipt.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* What to tell the cashier of a printing or a saving; @user_data is the parent window. */
typedef void (*TillReceiptPrinted) (const char *words, gpointer user_data);

/*
 * Asks for a printer and prints @receipt, or asks where to and saves it as PDF. @told is called once with what to tell
 * the cashier, unless they thought better of it; not after @parent is gone.
 */
void till_receipt_print (TillReceipt *receipt, GtkWindow *parent, TillReceiptPrinted told);
void till_receipt_save (TillReceipt *receipt, GtkWindow *parent, TillReceiptPrinted told);

/* The operation that till_receipt_print() runs: as many pages as the receipt needs, at its own size (transfer full). */
GtkPrintOperation *till_receipt_print_operation_new (TillReceipt *receipt) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
