/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sale/till-day-report.h"
#include "shop/till-shop.h"

G_BEGIN_DECLS

/* The takings since the day was last closed: an X report. Nothing is written. Finish: (transfer full). */
void till_shop_report_async (TillShop *self,
                             GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer user_data);
TillDayReport *till_shop_report_finish (TillShop *self, GAsyncResult *result, GError **error);

/**
 * Closes the day: a Z report, which is written to the ledger for good and begins the next day.
 *
 * @counted: (nullable) what is in the drawer; NULL where nobody counted. The provider is asked about every attempt
 * without an end first; what is still not known then is counted apart in the report and falls into the day in which it
 * ends.
 *
 * Finish: the report (transfer full). %TILL_ERROR_REFUSED while a sale is open at the checkout or a refund is under
 * way, when nothing happened since the day was last closed (a second press closes no second day), and for a wrong PIN;
 * %TILL_ERROR_BUSY while it is being closed already; %TILL_ERROR_INVALID or %TILL_ERROR_CURRENCY for a count that can't
 * be; the other errors of the PIN as of till_shop_refund_async().
 */
void till_shop_close_day_async (TillShop *self,
                                const TillMoney *counted,
                                const char *manager_pin,
                                GCancellable *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer user_data);
TillDayReport *till_shop_close_day_finish (TillShop *self, GAsyncResult *result, GError **error);

/* The Z reports of closed days (element-type TillDayReport) (transfer full), newest first; @limit 0 for all. */
void till_shop_list_days_async (
    TillShop *self, guint limit, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
GPtrArray *till_shop_list_days_finish (TillShop *self, GAsyncResult *result, GError **error);

/*
 * All rows since the day was last closed, those of whole sales, for till_day_csv_of_sales() (element-type
 * TillLedgerEntry) (transfer full). @since_us: (out) (optional) from when on they are the day's.
 */
void till_shop_list_day_rows_async (TillShop *self,
                                    GCancellable *cancellable,
                                    GAsyncReadyCallback callback,
                                    gpointer user_data);
GPtrArray *
till_shop_list_day_rows_finish (TillShop *self, GAsyncResult *result, gint64 *since_us, GError **error);

G_END_DECLS
