/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "shop/till-audit-run.h"

#include "base/till-error.h"
#include "shop/till-audit-checks.h"
#include "shop/till-calendar-day.h"

#include <glib/gi18n-lib.h>

typedef struct
{
  TillAuditRooms rooms;
  TillAudit *audit;
  TillAuditBooks *books;
  GPtrArray *visits;
  guint next;
  gboolean locked; /* a record could not be read for want of the key */
} Run;

static void
run_free (gpointer data)
{
  Run *run = data;

  g_clear_object (&run->rooms.ledger);
  g_clear_object (&run->rooms.anchor);
  g_clear_object (&run->rooms.vault);
  g_clear_object (&run->rooms.customers);
  g_clear_object (&run->rooms.passes);
  g_clear_object (&run->rooms.clock);
  g_clear_pointer (&run->audit, till_audit_unref);
  g_clear_pointer (&run->books, till_audit_books_free);
  g_clear_pointer (&run->visits, g_ptr_array_unref);
  g_free (run);
}

static gint64
today (const Run *run)
{
  return till_clock_utc (run->rooms.clock) / G_TIME_SPAN_DAY;
}

/* The book of passes */

static void
on_passes_listed (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Run *run = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) passes = till_pass_book_list_finish (TILL_PASS_BOOK (source), result, &error);

  if (passes == NULL)
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }
  till_audit_check_passes (run->audit, run->books, passes, today (run));
  g_task_return_pointer (task, g_steal_pointer (&run->audit), (GDestroyNotify) till_audit_unref);
}

/* @task: (transfer full) */
static void
check_passes (GTask *own_task)
{
  g_autoptr (GTask) task = own_task;
  Run *run = g_task_get_task_data (task);

  if (run->rooms.passes != NULL)
    {
      till_pass_book_list_async (run->rooms.passes, NULL, on_passes_listed, g_steal_pointer (&task));
      return;
    }
  till_audit_leave (run->audit,
                    _ ("records of customers, retention and face passes, which need the till’s file alone: "
                       "close the till, or check in its window"));
  g_task_return_pointer (task, g_steal_pointer (&run->audit), (GDestroyNotify) till_audit_unref);
}

/* Records, one after the other, so that a till that is selling meanwhile is not kept waiting */

static void check_next (GTask *task);

static void
check_record (Run *run, const TillCustomer *customer, const GError *problem)
{
  const TillCustomerVisit *visit = g_ptr_array_index (run->visits, run->next++);

  till_audit_check_record (run->audit, run->books, visit, customer, problem, today (run),
                           till_calendar_day_add_months (visit->day, run->rooms.retention_months));
}

static void
on_customer_got (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GTask *task = user_data;
  Run *run = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  g_autoptr (TillCustomer) customer = till_customers_get_finish (TILL_CUSTOMERS (source), result, &error);

  run->locked |= g_error_matches (error, TILL_ERROR, TILL_ERROR_LOCKED);
  check_record (run, customer, error);
  check_next (task);
}

/* @task: (transfer full) */
static void
check_next (GTask *task)
{
  Run *run = g_task_get_task_data (task);

  if (run->next < run->visits->len)
    {
      const TillCustomerVisit *visit = g_ptr_array_index (run->visits, run->next);

      till_customers_get_async (run->rooms.customers, visit->id, NULL, on_customer_got, task);
      return;
    }
  if (run->locked)
    till_audit_leave (run->audit, _ ("what is inside the records: the keyring is locked"));
  check_passes (task);
}

static void
on_visits_listed (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Run *run = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;

  run->visits = till_customers_list_expired_finish (TILL_CUSTOMERS (source), result, &error);
  if (run->visits == NULL)
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }
  till_audit_check_missing (run->audit, run->books, run->visits);
  check_next (g_steal_pointer (&task));
}

/* The books */

static void
on_rows_listed (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Run *run = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) rows = till_ledger_list_since_finish (TILL_LEDGER (source), result, &error);

  if (rows == NULL)
    {
      till_audit_leave (
          run->audit, _ ("consents, payments, records and passes: the books can’t be read to their end (%s)"),
          error->message);
      g_task_return_pointer (task, g_steal_pointer (&run->audit), (GDestroyNotify) till_audit_unref);
      return;
    }
  run->books = till_audit_books_new (g_steal_pointer (&rows));
  till_audit_check_consents (run->audit, run->books, run->rooms.vault);
  till_audit_check_charges (run->audit, run->books);
  till_audit_check_restores (run->audit, run->books);
  if (run->rooms.customers != NULL)
    till_customers_list_expired_async (run->rooms.customers, G_MAXINT64, NULL, on_visits_listed,
                                       g_steal_pointer (&task));
  else
    check_passes (g_steal_pointer (&task));
}

/* @task: (transfer full) */
static void
list_rows (GTask *task)
{
  Run *run = g_task_get_task_data (task);

  till_ledger_list_since_async (run->rooms.ledger, 0, NULL, NULL, on_rows_listed, task);
}

static void
on_anchor_checked (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GTask *task = user_data;
  Run *run = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;

  if (!till_ledger_anchor_check_finish (TILL_LEDGER_ANCHOR (source), result, &error))
    {
      if (g_error_matches (error, TILL_ERROR, TILL_ERROR_CORRUPT))
        till_audit_find (
            run->audit, TILL_AUDIT_ANCHOR, _ ("the books"), error->message,
            _ ("If the file was brought back from a copy on purpose, the owner accepts it in the till; if "
               "not, sales and erasures since are missing: find out who wrote to the file."));
      else
        till_audit_leave (run->audit, _ ("whether the books were put back: %s"), error->message);
    }
  list_rows (task);
}

static void
on_verified (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Run *run = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;

  run->audit->rows = till_ledger_verify_finish (TILL_LEDGER (source), result, &error);
  if (run->audit->rows < 0)
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }
  if (error != NULL)
    till_audit_find (
        run->audit, TILL_AUDIT_CHAIN, _ ("the books"), error->message,
        _ ("From this row on the books prove nothing: bring back the last good copy of the file, and find "
           "out who wrote to it."));
  if (run->rooms.anchor != NULL)
    {
      till_ledger_anchor_check_async (run->rooms.anchor, NULL, on_anchor_checked, g_steal_pointer (&task));
      return;
    }
  till_audit_leave (run->audit,
                    _ ("whether the books were put back, which the running till watches by itself"));
  list_rows (g_steal_pointer (&task));
}

void
till_audit_run_async (const TillAuditRooms *rooms,
                      GCancellable *cancellable,
                      GAsyncReadyCallback callback,
                      gpointer user_data)
{
  GTask *task = g_task_new (NULL, cancellable, callback, user_data);
  Run *run = g_new0 (Run, 1);

  g_set_object (&run->rooms.ledger, rooms->ledger);
  g_set_object (&run->rooms.anchor, rooms->anchor);
  g_set_object (&run->rooms.vault, rooms->vault);
  g_set_object (&run->rooms.customers, rooms->customers);
  g_set_object (&run->rooms.passes, rooms->passes);
  g_set_object (&run->rooms.clock, rooms->clock);
  run->rooms.retention_months = rooms->retention_months;
  run->audit = till_audit_new ();
  g_task_set_task_data (task, run, run_free);
  till_ledger_verify_async (rooms->ledger, cancellable, on_verified, task);
}

TillAudit *
till_audit_run_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
