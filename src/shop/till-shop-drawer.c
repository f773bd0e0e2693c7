/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "shop/till-shop-drawer.h"

#include "base/till-error.h"
#include "sale/till-refund.h"
#include "shop/till-shop-day.h"
#include "shop/till-shop-private.h"

typedef struct
{
  char *what;
  TillMoney amount;
  char *note; /* (nullable) */
  const char *by;
} Work;

static void
work_free (gpointer data)
{
  Work *work = data;

  g_free (work->what);
  g_free (work->note);
  g_free (work);
}

static gboolean
is (const char *what, const char *word)
{
  return g_strcmp0 (what, word) == 0;
}

static gboolean
check (TillShop *self, const char *what, const TillMoney *amount, const char *note, GError **error)
{
  const char *currency = till_shop_get_currency (self);
  gboolean moves = is (what, TILL_SHOP_DRAWER_PAID_IN) || is (what, TILL_SHOP_DRAWER_PAID_OUT);

  if (!moves && !is (what, TILL_SHOP_DRAWER_OPENING) && !is (what, TILL_SHOP_DRAWER_COUNT))
    g_set_error (error, TILL_ERROR, TILL_ERROR_INVALID,
                 "“%s” is nothing that happens to a drawer: say opening, paid-in, paid-out or count",
                 what != NULL ? what : "");
  else if (g_strcmp0 (amount->currency, currency) != 0)
    g_set_error (error, TILL_ERROR, TILL_ERROR_CURRENCY, "The drawer holds %s, not %s", currency,
                 amount->currency);
  else if (amount->minor < (moves ? 1 : 0))
    g_set_error_literal (error, TILL_ERROR, TILL_ERROR_INVALID,
                         moves ? "What is put in or taken out is more than nothing"
                               : "There can't be less than nothing in the drawer");
  else if (is (what, TILL_SHOP_DRAWER_PAID_OUT) && (note == NULL || *note == '\0'))
    g_set_error_literal (error, TILL_ERROR, TILL_ERROR_INVALID,
                         "Say in a note what the money is taken out for");
  else
    return note == NULL || *note == '\0' || till_refund_check_reason (note, error);
  return FALSE;
}

/* What only the day's rows tell. */
static gboolean
check_drawer (const Work *work, const TillDayDrawer *drawer, GError **error)
{
  if (is (work->what, TILL_SHOP_DRAWER_PAID_OUT) && till_money_compare (&work->amount, &drawer->expected) > 0)
    {
      g_autofree char *expected = till_money_format (&drawer->expected);

      g_set_error (error, TILL_ERROR, TILL_ERROR_REFUSED,
                   "There should be only %s in the drawer: count it and write that down first", expected);
      return FALSE;
    }
  if (is (work->what, TILL_SHOP_DRAWER_OPENING) && drawer->opening.minor != 0)
    {
      g_set_error_literal (error, TILL_ERROR, TILL_ERROR_REFUSED,
                           "The day was opened already: write down what is put in as paid in");
      return FALSE;
    }
  return TRUE;
}

static void
on_written (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;
  TillLedgerEntry *row = till_ledger_append_finish (TILL_LEDGER (source), result, &error);

  if (row == NULL)
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }
  till_shop_tell_day (g_task_get_source_object (task));
  g_task_return_pointer (task, row, (GDestroyNotify) till_ledger_entry_unref);
}

/* (transfer full) */
static TillLedgerEntry *
drawer_row (const Work *work, const TillDayDrawer *drawer)
{
  JsonObject *body = json_object_new ();

  json_object_set_string_member (body, "what", work->what);
  json_object_set_int_member (body, "amount", work->amount.minor);
  json_object_set_string_member (body, "currency", work->amount.currency);
  if (is (work->what, TILL_SHOP_DRAWER_COUNT))
    {
      json_object_set_int_member (body, "expected", drawer->expected.minor);
      json_object_set_int_member (body, "difference", work->amount.minor - drawer->expected.minor);
    }
  json_object_set_string_member (body, "by", work->by);
  if (work->note != NULL && *work->note != '\0')
    json_object_set_string_member (body, "note", work->note);
  return till_ledger_entry_new (TILL_LEDGER_DRAWER, NULL, NULL, body);
}

static void
on_reported (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  TillShop *self = TILL_SHOP (source);
  const Work *work = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  g_autoptr (TillDayReport) report = till_shop_report_finish (self, result, &error);

  if (report == NULL || !check_drawer (work, till_day_report_get_drawer (report), &error))
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }
  g_autoptr (TillLedgerEntry) row = drawer_row (work, till_day_report_get_drawer (report));
  g_task_set_check_cancellable (task, FALSE);
  till_ledger_append_async (self->ledger, row, NULL, on_written, g_object_ref (task));
}

static void
on_manager_asked (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  TillShop *self = TILL_SHOP (source);
  g_autoptr (GError) error = NULL;

  if (till_shop_ask_manager_finish (self, result, &error))
    till_shop_report_async (self, g_task_get_cancellable (task), on_reported, g_object_ref (task));
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

/* NULL once an error is on its way (transfer full). */
static GTask *
begin (TillShop *self,
       const char *what,
       const TillMoney *amount,
       const char *note,
       const char *by,
       GCancellable *cancellable,
       GAsyncReadyCallback callback,
       gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  GError *error = NULL;

  if (!check (self, what, amount, note, &error))
    {
      g_task_return_error (task, error);
      return NULL;
    }

  Work *work = g_new0 (Work, 1);
  work->what = g_strdup (what);
  work->amount = *amount;
  work->note = g_strdup (note);
  work->by = by;
  g_task_set_task_data (task, work, work_free);
  return g_steal_pointer (&task);
}

void
till_shop_count_drawer_async (TillShop *self,
                              const TillMoney *amount,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer user_data)
{
  GTask *task = begin (self, TILL_SHOP_DRAWER_COUNT, amount, NULL, TILL_SHOP_BY_MANAGER, cancellable,
                       callback, user_data);

  if (task != NULL)
    till_shop_report_async (self, cancellable, on_reported, task);
}

void
till_shop_drawer_async (TillShop *self,
                        const char *what,
                        const TillMoney *amount,
                        const char *note,
                        const char *manager_pin,
                        GCancellable *cancellable,
                        GAsyncReadyCallback callback,
                        gpointer user_data)
{
  gboolean managed = is (what, TILL_SHOP_DRAWER_PAID_OUT);
  GTask *task = begin (self, what, amount, note, managed ? TILL_SHOP_BY_MANAGER : TILL_SHOP_BY_CASHIER,
                       cancellable, callback, user_data);

  if (task == NULL)
    return;
  if (managed)
    till_shop_ask_manager_async (self, manager_pin, cancellable, on_manager_asked, task);
  else
    till_shop_report_async (self, cancellable, on_reported, task);
}

TillLedgerEntry *
till_shop_drawer_finish (TillShop *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
