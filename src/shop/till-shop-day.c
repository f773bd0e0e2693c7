/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "shop/till-shop-day.h"

#include "base/till-error.h"
#include "shop/till-day-rows.h"
#include "shop/till-shop-drawer.h"
#include "shop/till-shop-private.h"

/* @number: 0 for an X report (transfer full). */
static TillDayReport *
make_report (TillShop *self, guint number, GPtrArray *rows, GError **error)
{
  TillDayReport *report = till_day_report_new (till_shop_get_name (self), till_shop_get_currency (self),
                                               number, till_clock_utc (self->clock), rows, error);

  if (report == NULL && error != NULL && g_error_matches (*error, TILL_ERROR, TILL_ERROR_CURRENCY))
    g_prefix_error (error,
                    "Money of another currency was taken since the day was closed; close the day with the "
                    "catalogue of that currency first: ");
  return report;
}

/* The X report */

static void
on_rows_listed (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  TillShop *self = g_task_get_source_object (task);
  TillDayReport *report = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) rows = till_day_rows_list_finish (TILL_LEDGER (source), result, NULL, &error);

  if (rows != NULL)
    report = make_report (self, 0, rows, &error);
  if (report != NULL)
    g_task_return_pointer (task, report, (GDestroyNotify) till_day_report_unref);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

void
till_shop_report_async (TillShop *self,
                        GCancellable *cancellable,
                        GAsyncReadyCallback callback,
                        gpointer user_data)
{
  till_day_rows_list_async (self->ledger, 0, FALSE, cancellable, on_rows_listed,
                            g_task_new (self, cancellable, callback, user_data));
}

TillDayReport *
till_shop_report_finish (TillShop *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

/* Closing: manager, unknown outcomes, missing receipts, count, report */

typedef struct
{
  gboolean counts;
  TillMoney counted;
  TillDayReport *report;
} Closing;

static void
closing_free (gpointer data)
{
  Closing *closing = data;

  g_clear_pointer (&closing->report, till_day_report_unref);
  g_free (closing);
}

/* @error: (transfer full) (nullable): there is a report then. */
static void
end (GTask *own_task, GError *error)
{
  g_autoptr (GTask) task = own_task;
  TillShop *self = g_task_get_source_object (task);
  Closing *closing = g_task_get_task_data (task);

  self->closing_day = FALSE;
  till_shop_tell_day (self);
  if (error != NULL)
    g_task_return_error (task, error);
  else
    g_task_return_pointer (task, g_steal_pointer (&closing->report), (GDestroyNotify) till_day_report_unref);
}

static gboolean
check_quiet (TillShop *self, GError **error)
{
  if (till_checkout_get_state (self->checkout) != TILL_CHECKOUT_IDLE)
    g_set_error_literal (
        error, TILL_ERROR, TILL_ERROR_REFUSED,
        "A sale is open at the checkout: finish it, cancel it or set it aside, then close the day");
  else if (g_hash_table_size (self->refunding) > 0)
    g_set_error_literal (error, TILL_ERROR, TILL_ERROR_REFUSED,
                         "A refund is under way: close the day when it has its end");
  else
    return TRUE;
  return FALSE;
}

static void
on_written (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GError *error = NULL;
  g_autoptr (TillLedgerEntry) row = till_ledger_append_finish (TILL_LEDGER (source), result, &error);

  end (user_data, error);
}

/* (transfer full) */
static TillLedgerEntry *
close_row (const TillDayReport *report)
{
  JsonObject *body = json_object_new ();

  json_object_set_int_member (body, "number", till_day_report_get_number (report));
  json_object_set_int_member (body, "from", till_day_report_get_first_seq (report));
  json_object_set_int_member (body, "to", till_day_report_get_last_seq (report));
  json_object_set_string_member (body, "by", TILL_SHOP_BY_MANAGER);
  json_object_set_object_member (body, "report", till_day_report_to_json (report));
  return till_ledger_entry_new (TILL_LEDGER_DAY_CLOSE, NULL, NULL, body);
}

static void
on_last_rows_listed (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GTask *task = user_data;
  TillShop *self = g_task_get_source_object (task);
  Closing *closing = g_task_get_task_data (task);
  g_autoptr (TillLedgerEntry) last = NULL;
  GError *error = NULL;
  g_autoptr (GPtrArray) rows = till_day_rows_list_finish (TILL_LEDGER (source), result, &last, &error);

  if (rows != NULL && check_quiet (self, &error))
    closing->report = make_report (self, till_day_close_get_number (last) + 1, rows, &error);
  if (closing->report == NULL)
    {
      end (task, error);
      return;
    }
  g_autoptr (TillLedgerEntry) row = close_row (closing->report);
  till_ledger_append_async (self->ledger, row, NULL, on_written, task);
}

static void
list_last_rows (GTask *task)
{
  TillShop *self = g_task_get_source_object (task);

  till_day_rows_list_async (self->ledger, 0, FALSE, NULL, on_last_rows_listed, task);
}

static void
on_counted (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GError *error = NULL;
  g_autoptr (TillLedgerEntry) row = till_shop_drawer_finish (TILL_SHOP (source), result, &error);

  if (row != NULL)
    list_last_rows (user_data);
  else
    end (user_data, error);
}

static gboolean
is_business (const TillLedgerEntry *row)
{
  static const char *const kinds[]
      = { TILL_LEDGER_TENDER,     TILL_LEDGER_CHARGE_INTENT, TILL_LEDGER_CHARGE_END, TILL_LEDGER_REFUND,
          TILL_LEDGER_REFUND_END, TILL_LEDGER_DRAWER,        TILL_LEDGER_DISPUTE,    NULL };

  return g_strv_contains (kinds, row->kind);
}

/* A second press, and a day on which nothing happened, make no report. */
static void
on_first_rows_listed (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GTask *task = user_data;
  TillShop *self = g_task_get_source_object (task);
  const Closing *closing = g_task_get_task_data (task);
  gboolean any = FALSE;
  GError *error = NULL;
  g_autoptr (GPtrArray) rows = till_day_rows_list_finish (TILL_LEDGER (source), result, NULL, &error);

  for (guint i = 0; rows != NULL && i < rows->len && !any; i++)
    any = is_business (g_ptr_array_index (rows, i));
  if (rows != NULL && !any)
    g_set_error_literal (
        &error, TILL_ERROR, TILL_ERROR_REFUSED,
        "Nothing was sold, given back or counted since the day was closed: there is nothing to "
        "close");
  if (error != NULL)
    end (task, error);
  else if (closing->counts)
    till_shop_count_drawer_async (self, &closing->counted, NULL, on_counted, task);
  else
    list_last_rows (task);
}

static void
on_receipts_written (GObject *source, GAsyncResult *result, gpointer user_data)
{
  TillShop *self = TILL_SHOP (source);
  GError *error = NULL;

  if (till_shop_write_receipts_finish (self, result, &error))
    till_day_rows_list_async (self->ledger, 0, FALSE, NULL, on_first_rows_listed, user_data);
  else
    end (user_data, error);
}

/* Nobody to ask is no reason to keep the shop from closing: what is unknown is told apart. */
static void
on_reconciled (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;

  if (till_payment_reconcile_finish (TILL_PAYMENT (source), result, &error) < 0)
    g_message ("the day is closed without having asked about unknown outcomes: %s", error->message);
  till_shop_write_receipts_async (g_task_get_source_object (user_data), NULL, on_receipts_written, user_data);
}

static void
on_manager_asked (GObject *source, GAsyncResult *result, gpointer user_data)
{
  TillShop *self = TILL_SHOP (source);
  GError *error = NULL;

  if (till_shop_ask_manager_finish (self, result, &error) && check_quiet (self, &error))
    till_payment_reconcile_async (self->payment, self->closing, on_reconciled, user_data);
  else
    end (user_data, error);
}

static gboolean
check_counted (TillShop *self, const TillMoney *counted, GError **error)
{
  const char *currency = till_shop_get_currency (self);

  if (counted == NULL || (counted->minor >= 0 && g_str_equal (counted->currency, currency)))
    return TRUE;
  if (counted->minor < 0)
    g_set_error_literal (error, TILL_ERROR, TILL_ERROR_INVALID,
                         "There can't be less than nothing in the drawer");
  else
    g_set_error (error, TILL_ERROR, TILL_ERROR_CURRENCY, "The drawer holds %s, not %s", currency,
                 counted->currency);
  return FALSE;
}

void
till_shop_close_day_async (TillShop *self,
                           const TillMoney *counted,
                           const char *manager_pin,
                           GCancellable *cancellable,
                           GAsyncReadyCallback callback,
                           gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  GError *error = NULL;

  if (self->closing_day)
    g_set_error_literal (&error, TILL_ERROR, TILL_ERROR_BUSY, "The day is being closed already");
  if (error != NULL || !check_counted (self, counted, &error) || !check_quiet (self, &error))
    {
      g_task_return_error (task, error);
      return;
    }

  Closing *closing = g_new0 (Closing, 1);
  closing->counts = counted != NULL;
  if (counted != NULL)
    closing->counted = *counted;
  g_task_set_task_data (task, closing, closing_free);
  g_task_set_check_cancellable (task, FALSE);
  self->closing_day = TRUE;
  till_shop_ask_manager_async (self, manager_pin, cancellable, on_manager_asked, g_steal_pointer (&task));
}

TillDayReport *
till_shop_close_day_finish (TillShop *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

/* Days that were closed */

static void
on_closes_listed (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GPtrArray) days = g_ptr_array_new_with_free_func ((GDestroyNotify) till_day_report_unref);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) closes = till_ledger_list_finish (TILL_LEDGER (source), result, &error);

  for (guint i = closes != NULL ? closes->len : 0; i > 0 && error == NULL; i--)
    {
      const TillLedgerEntry *close = g_ptr_array_index (closes, i - 1);
      TillDayReport *day
          = till_day_report_from_json (json_object_get_object_member (close->body, "report"), &error);

      if (day != NULL)
        g_ptr_array_add (days, day);
      else
        g_prefix_error (&error, "Row %" G_GINT64_FORMAT " of the ledger: ", close->seq);
    }
  if (error != NULL)
    g_task_return_error (task, g_steal_pointer (&error));
  else
    g_task_return_pointer (task, g_steal_pointer (&days), (GDestroyNotify) g_ptr_array_unref);
}

void
till_shop_list_days_async (
    TillShop *self, guint limit, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  till_ledger_list_async (self->ledger, TILL_LEDGER_DAY_CLOSE, NULL, NULL, limit, cancellable,
                          on_closes_listed, g_task_new (self, cancellable, callback, user_data));
}

GPtrArray *
till_shop_list_days_finish (TillShop *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

/* The day's rows, for exports */

static void
on_day_rows_listed (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (TillLedgerEntry) close = NULL;
  g_autoptr (GError) error = NULL;
  GPtrArray *rows = till_day_rows_list_finish (TILL_LEDGER (source), result, &close, &error);

  if (rows == NULL)
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }
  gint64 *since_us = g_new (gint64, 1);
  *since_us = till_day_rows_get_since_us (rows, close);
  g_task_set_task_data (task, since_us, g_free);
  g_task_return_pointer (task, rows, (GDestroyNotify) g_ptr_array_unref);
}

void
till_shop_list_day_rows_async (TillShop *self,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer user_data)
{
  till_day_rows_list_async (self->ledger, 0, TRUE, cancellable, on_day_rows_listed,
                            g_task_new (self, cancellable, callback, user_data));
}

GPtrArray *
till_shop_list_day_rows_finish (TillShop *self, GAsyncResult *result, gint64 *since_us, GError **error)
{
  const gint64 *found = g_task_get_task_data (G_TASK (result));

  if (since_us != NULL)
    *since_us = found != NULL ? *found : 0;
  return g_task_propagate_pointer (G_TASK (result), error);
}
