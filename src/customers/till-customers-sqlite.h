/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "customers/till-customer-row.h"
#include "customers/till-customer-visit.h"
#include "store/till-store.h"

G_BEGIN_DECLS

/* All SQL of the customers, to be called on the store's thread; errors as #TillStatement. */

/* Makes the tables where they are missing. Blocks. */
gboolean till_customers_sqlite_migrate (TillStore *store, GError **error);

/* %TILL_ERROR_EXISTS for an id that is there already. */
gboolean till_customers_sqlite_insert (sqlite3 *db, const TillCustomerRow *row, GError **error);

/* Puts @row in the place of the one of its id, which is there. */
gboolean till_customers_sqlite_update (sqlite3 *db, const TillCustomerRow *row, GError **error);

/* Rows of @bucket, or all if NULL (element-type TillCustomerRow) (transfer full). */
GPtrArray *till_customers_sqlite_select (sqlite3 *db, const char *bucket, GError **error);

/* The row of @id; %TILL_ERROR_NOT_FOUND for an unknown id (transfer full). */
TillCustomerRow *till_customers_sqlite_find (sqlite3 *db, const char *id, GError **error);

/* Whether there is a row of @id, or any row if NULL. */
gboolean till_customers_sqlite_has (sqlite3 *db, const char *id, gboolean *has, GError **error);

/* Overwrites and deletes the row of @id, if there is one, and notes that the file still has to be compacted. */
gboolean till_customers_sqlite_erase (sqlite3 *db, const char *id, GError **error);
/* Whether somebody was erased since the file was last compacted, and the note that it has been. */
gboolean till_customers_sqlite_is_going (sqlite3 *db, gboolean *going, GError **error);
gboolean till_customers_sqlite_end_going (sqlite3 *db, GError **error);

/* Those whose last visit was before @day, longest ago first (element-type TillCustomerVisit) (transfer full). */
GPtrArray *till_customers_sqlite_select_before (sqlite3 *db, gint64 day, GError **error);

G_END_DECLS
