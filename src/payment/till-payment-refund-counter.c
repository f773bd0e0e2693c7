/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "payment/till-payment.h"

#include "base/till-error.h"
#include "payment/till-payment-private.h"
#include "payment/till-payment-row.h"

typedef struct
{
  TillMoney amount;
  TillLedgerEntry *row;
} Refund;

static void
refund_free (gpointer data)
{
  Refund *refund = data;

  till_ledger_entry_unref (refund->row);
  g_free (refund);
}

static void
on_appended (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Refund *refund = g_task_get_task_data (task);
  GError *error = NULL;
  TillLedgerEntry *row = till_ledger_append_finish (TILL_LEDGER (source), result, &error);

  till_payment_release (g_task_get_source_object (task), refund->row->sale);
  if (row != NULL)
    g_task_return_pointer (task, row, (GDestroyNotify) till_ledger_entry_unref);
  else
    g_task_return_error (task, error);
}

static gboolean
check_standing (const Refund *refund, GPtrArray *rows, GError **error)
{
  g_auto (TillPaymentStanding) standing = { .open = FALSE };
  const char *sale = refund->row->sale;

  if (!till_payment_standing_read (&standing, sale, rows, error))
    return FALSE;

  TillMoney left = till_payment_standing_get_left (&standing);
  if (standing.open)
    g_set_error (error, TILL_ERROR, TILL_ERROR_REFUSED,
                 "sale %s has a payment or refund whose outcome is not known: find it out first", sale);
  else if (standing.tender == NULL)
    g_set_error (error, TILL_ERROR, TILL_ERROR_REFUSED, "sale %s is not paid", sale);
  else if (!till_money_same_currency (&left, &refund->amount))
    g_set_error (error, TILL_ERROR, TILL_ERROR_CURRENCY, "sale %s was paid in %s, not in %s", sale,
                 left.currency, refund->amount.currency);
  else if (refund->amount.minor > left.minor)
    {
      g_autofree char *asked = till_money_to_decimal (&refund->amount);
      g_autofree char *most = till_money_to_decimal (&left);
      g_set_error (error, TILL_ERROR, TILL_ERROR_REFUSED,
                   "%s %s can't be given back: %s is left of sale %s that was not given back already", asked,
                   left.currency, most, sale);
    }
  else
    return TRUE;
  return FALSE;
}

static void
on_sale_listed (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Refund *refund = g_task_get_task_data (task);
  GError *error = NULL;
  g_autoptr (GPtrArray) rows = till_ledger_list_finish (TILL_LEDGER (source), result, &error);

  if (rows == NULL || !check_standing (refund, rows, &error)
      || g_cancellable_set_error_if_cancelled (g_task_get_cancellable (task), &error))
    {
      till_payment_release (g_task_get_source_object (task), refund->row->sale);
      g_task_return_error (task, error);
      return;
    }
  till_ledger_append_async (TILL_LEDGER (source), refund->row, NULL, on_appended, g_steal_pointer (&task));
}

static gboolean
check_refund (const char *sale, const char *tender, const TillMoney *amount, GError **error)
{
  if (sale == NULL || *sale == '\0')
    g_set_error_literal (error, TILL_ERROR, TILL_ERROR_INVALID, "a refund needs a sale");
  else if (g_strcmp0 (tender, "cash") != 0 && g_strcmp0 (tender, "card") != 0)
    g_set_error (error, TILL_ERROR, TILL_ERROR_INVALID, "\"%s\" is no tender of the counter: cash or card",
                 tender != NULL ? tender : "");
  else
    return till_payment_check_refund_amount (amount, error);
  return FALSE;
}

void
till_payment_refund_counter_async (TillPayment *self,
                                   const char *sale,
                                   const char *tender,
                                   const TillMoney *amount,
                                   JsonObject *extra,
                                   GCancellable *cancellable,
                                   GAsyncReadyCallback callback,
                                   gpointer user_data)
{
  g_return_if_fail (TILL_IS_PAYMENT (self));
  g_return_if_fail (amount != NULL);

  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  g_autoptr (JsonObject) members = extra;
  GError *error = NULL;

  g_task_set_source_tag (task, till_payment_refund_counter_async);
  /* A row that is written is never reported as cancelled. */
  g_task_set_check_cancellable (task, FALSE);
  if (!check_refund (sale, tender, amount, &error) || !till_payment_claim (self, sale, &error))
    {
      g_task_return_error (task, error);
      return;
    }

  Refund *refund = g_new0 (Refund, 1);
  refund->amount = *amount;
  refund->row = till_payment_refund_row (sale, tender, amount, members);
  g_task_set_task_data (task, refund, refund_free);
  till_ledger_list_async (till_payment_get_ledger (self), NULL, sale, NULL, 0, cancellable, on_sale_listed,
                          g_steal_pointer (&task));
}

TillLedgerEntry *
till_payment_refund_counter_finish (TillPayment *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
