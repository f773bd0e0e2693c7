/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ledger/till-ledger.h"

G_BEGIN_DECLS

/*
 * The rows that a day's history and reports are made of, of any ledger: a till's own, or one that is read beside it.
 *
 * @since_us: UTC microseconds of the first row; 0: all since the day was last closed. A day ends with the last row its
 * report has counted, so that what was written while it was being closed is the next day's. @whole: of every sale among
 * them all rows, earlier ones too.
 *
 * Finish: (element-type TillLedgerEntry) (transfer full), in the ledger's order and without the day-close rows. @close:
 * (out) (optional) (nullable) (transfer full) the row that closed the day before.
 */
void till_day_rows_list_async (TillLedger *ledger,
                               gint64 since_us,
                               gboolean whole,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer user_data);
GPtrArray *
till_day_rows_list_finish (TillLedger *ledger, GAsyncResult *result, TillLedgerEntry **close, GError **error);

/* When the first of @rows was written that belongs to the day after @close (nullable); 0 without any. */
gint64 till_day_rows_get_since_us (GPtrArray *rows, const TillLedgerEntry *close);

/* The number of the report that @close holds, 0 for NULL; and the last row it has counted. */
guint till_day_close_get_number (const TillLedgerEntry *close);
gint64 till_day_close_get_last_seq (const TillLedgerEntry *close);

G_END_DECLS
