/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "payment/till-payment.h"

#include "base/till-error.h"
#include "payment/till-payment-private.h"
#include "payment/till-payment-row.h"

typedef struct
{
  char *sale;
  TillLedgerEntry *row;
} Tender;

static void
tender_free (gpointer data)
{
  Tender *tender = data;

  g_free (tender->sale);
  till_ledger_entry_unref (tender->row);
  g_free (tender);
}

static void
on_appended (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Tender *tender = g_task_get_task_data (task);
  GError *error = NULL;
  TillLedgerEntry *row = till_ledger_append_finish (TILL_LEDGER (source), result, &error);

  till_payment_release (g_task_get_source_object (task), tender->sale);
  if (row != NULL)
    g_task_return_pointer (task, row, (GDestroyNotify) till_ledger_entry_unref);
  else
    g_task_return_error (task, error);
}

static void
on_sale_listed (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Tender *tender = g_task_get_task_data (task);
  GError *error = NULL;
  g_autoptr (GPtrArray) rows = till_ledger_list_finish (TILL_LEDGER (source), result, &error);

  if (rows == NULL || !till_payment_check_sale (tender->sale, rows, &error)
      || g_cancellable_set_error_if_cancelled (g_task_get_cancellable (task), &error))
    {
      till_payment_release (g_task_get_source_object (task), tender->sale);
      g_task_return_error (task, error);
      return;
    }
  till_ledger_append_async (TILL_LEDGER (source), tender->row, NULL, on_appended, g_steal_pointer (&task));
}

static gboolean
check_tender (const char *sale,
              const char *tender,
              const TillMoney *amount,
              const TillMoney *given,
              TillMoney *change,
              GError **error)
{
  if (sale == NULL || *sale == '\0')
    {
      g_set_error_literal (error, TILL_ERROR, TILL_ERROR_INVALID, "a tender needs a sale");
      return FALSE;
    }
  if (g_strcmp0 (tender, "cash") != 0 && g_strcmp0 (tender, "card") != 0)
    {
      g_set_error (error, TILL_ERROR, TILL_ERROR_INVALID, "\"%s\" is no tender of the counter: cash or card",
                   tender != NULL ? tender : "");
      return FALSE;
    }
  if (amount->minor < 0)
    {
      g_set_error_literal (error, TILL_ERROR, TILL_ERROR_INVALID, "a tender can't be below zero");
      return FALSE;
    }
  if (!till_money_subtract (given, amount, change, error))
    return FALSE;
  if (change->minor < 0)
    {
      g_autofree char *due = till_money_to_decimal (amount);
      g_autofree char *paid = till_money_to_decimal (given);
      g_set_error (error, TILL_ERROR, TILL_ERROR_INVALID, "%s was given, and %s is due", paid, due);
      return FALSE;
    }
  return TRUE;
}

/* The row's own members stay as they are. */
static void
add_member (JsonObject *extra, const char *name, JsonNode *node, gpointer body)
{
  if (!json_object_has_member (body, name))
    json_object_set_member (body, name, json_node_copy (node));
}

void
till_payment_counter_async (TillPayment *self,
                            const char *sale,
                            const char *tender,
                            const TillMoney *amount,
                            const TillMoney *given,
                            JsonObject *extra,
                            GCancellable *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer user_data)
{
  g_autoptr (JsonObject) more = extra;

  g_return_if_fail (TILL_IS_PAYMENT (self));
  g_return_if_fail (amount != NULL && given != NULL);

  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  GError *error = NULL;
  TillMoney change;

  g_task_set_source_tag (task, till_payment_counter_async);
  /* A row that is written is never reported as cancelled. */
  g_task_set_check_cancellable (task, FALSE);
  if (!check_tender (sale, tender, amount, given, &change, &error)
      || !till_payment_claim (self, sale, &error))
    {
      g_task_return_error (task, error);
      return;
    }

  Tender *record = g_new0 (Tender, 1);
  record->sale = g_strdup (sale);
  record->row = till_payment_tender_row (sale, tender, amount, given, &change);
  if (more != NULL)
    json_object_foreach_member (more, add_member, record->row->body);
  g_task_set_task_data (task, record, tender_free);
  till_ledger_list_async (till_payment_get_ledger (self), NULL, sale, NULL, 0, cancellable, on_sale_listed,
                          g_steal_pointer (&task));
}

TillLedgerEntry *
till_payment_counter_finish (TillPayment *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
