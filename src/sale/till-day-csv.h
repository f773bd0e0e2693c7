/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sale/till-day-report.h"

G_BEGIN_DECLS

/*
 * For spreadsheets and bookkeeping: RFC 4180 with a heading, UTF-8, amounts with a point and as many decimals as the
 * currency has. Text that a spreadsheet would take for a formula gets an apostrophe in front.
 */

/*
 * One line per sale that was paid and one, of amounts below zero, per refund that was made, from @since_us on, in the
 * ledger's order. @rows: (element-type TillLedgerEntry) as for till_sale_stories_new(). A row about money that can't be
 * understood gets a line of kind "unreadable" (transfer full).
 */
char *till_day_csv_of_sales (GPtrArray *rows, gint64 since_us);

/* Adds one cell, quoted as needed; @first for the first of a line. */
void till_day_csv_append_cell (GString *csv, const char *text, gboolean first);

G_END_DECLS
