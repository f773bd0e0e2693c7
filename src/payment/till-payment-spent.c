/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "payment/till-payment.h"

#include "base/till-error.h"
#include "payment/till-payment-private.h"
#include "payment/till-payment-row.h"

typedef struct
{
  char *customer; /* (nullable) */
  TillMoney sum;
} Spending;

static void
spending_free (gpointer data)
{
  Spending *spending = data;

  g_free (spending->customer);
  g_free (spending);
}

/* The ids of what ended @approved or not, out of @rows (transfer full). */
static GHashTable *
collect_ends (GPtrArray *rows, gboolean approved)
{
  GHashTable *ends = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < rows->len; i++)
    {
      TillLedgerEntry *row = g_ptr_array_index (rows, i);
      if (till_payment_is_end (row) && till_payment_is_approval (row) == approved)
        g_hash_table_add (ends, row->attempt);
    }
  return ends;
}

static gboolean
add (TillMoney *sum, const TillLedgerEntry *intent, gint64 sign, GError **error)
{
  TillMoney amount;

  if (!till_payment_read_amount (intent, &amount, error))
    return FALSE;
  amount.minor *= sign;
  if (*sum->currency != '\0')
    return till_money_add (sum, &amount, sum, error);
  *sum = amount;
  return TRUE;
}

static gboolean
is_charge_of (const TillLedgerEntry *row, const char *customer)
{
  return till_payment_is_kind (row, TILL_LEDGER_CHARGE_INTENT)
         && (customer == NULL || g_strcmp0 (till_payment_get_text (row, "customer"), customer) == 0);
}

static gboolean
sum_up (Spending *spending, GPtrArray *rows, GError **error)
{
  g_autoptr (GHashTable) declined = collect_ends (rows, FALSE);
  g_autoptr (GHashTable) approved = collect_ends (rows, TRUE);
  g_autoptr (GHashTable) counted = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < rows->len; i++)
    {
      TillLedgerEntry *row = g_ptr_array_index (rows, i);
      const char *of = till_payment_is_refund_intent (row) ? till_payment_get_text (row, "of") : NULL;

      if (is_charge_of (row, spending->customer) && !g_hash_table_contains (declined, row->attempt))
        {
          g_hash_table_add (counted, row->attempt);
          if (!add (&spending->sum, row, 1, error))
            return FALSE;
        }
      else if (of != NULL && g_hash_table_contains (counted, of)
               && g_hash_table_contains (approved, row->attempt) && !add (&spending->sum, row, -1, error))
        return FALSE;
    }
  return TRUE;
}

static void
on_listed (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  g_autoptr (GPtrArray) rows = till_ledger_list_from_finish (TILL_LEDGER (source), result, &error);

  if (rows == NULL || !sum_up (g_task_get_task_data (task), rows, &error))
    g_task_return_error (task, error);
  else
    g_task_return_boolean (task, TRUE);
}

void
till_payment_spent_async (TillPayment *self,
                          const char *customer,
                          gint64 since_us,
                          GCancellable *cancellable,
                          GAsyncReadyCallback callback,
                          gpointer user_data)
{
  g_return_if_fail (TILL_IS_PAYMENT (self));

  GTask *task = g_task_new (self, cancellable, callback, user_data);
  Spending *spending = g_new0 (Spending, 1);

  g_task_set_source_tag (task, till_payment_spent_async);
  spending->customer = g_strdup (customer);
  g_task_set_task_data (task, spending, spending_free);
  till_ledger_list_from_async (till_payment_get_ledger (self), since_us, NULL, cancellable, on_listed, task);
}

gboolean
till_payment_spent_finish (TillPayment *self, GAsyncResult *result, TillMoney *spent, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  if (!g_task_propagate_boolean (G_TASK (result), error))
    return FALSE;
  *spent = ((const Spending *) g_task_get_task_data (G_TASK (result)))->sum;
  return TRUE;
}
