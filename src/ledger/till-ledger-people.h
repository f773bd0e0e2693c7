/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ledger/till-ledger.h"

G_BEGIN_DECLS

/* What the ledger says of one person: a customer, or the face pass somebody carries. It knows them by their id alone. */

/*
 * Every row that is about @person: those whose body has the id as a text, wherever in it; all rows of the charges and
 * refunds made with it, and the consents these name; and, of the sales that they paid, the rows of no attempt, such as the
 * receipt. What a sale holds of anybody else is not among them. Oldest first. Finish: (element-type TillLedgerEntry)
 * (transfer full), empty for an unknown id.
 */
void till_ledger_list_about_async (TillLedger *self,
                                   const char *person,
                                   GCancellable *cancellable,
                                   GAsyncReadyCallback callback,
                                   gpointer user_data);
GPtrArray *till_ledger_list_about_finish (TillLedger *self, GAsyncResult *result, GError **error);

/*
 * Whether a charge or a refund of @person, customer or pass, has no end yet: then they can't be forgotten. On the store's
 * thread. Errors as #TillStatement.
 */
gboolean till_ledger_has_open_attempt (sqlite3 *db, const char *person, gboolean *has, GError **error);

/* Whether there is a row of @kind whose body has @person as a text. On the store's thread. */
gboolean
till_ledger_has_row_about (sqlite3 *db, const char *kind, const char *person, gboolean *has, GError **error);

G_END_DECLS
