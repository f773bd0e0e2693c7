/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "payment/till-payment.h"

#include "base/till-error.h"
#include "payment/till-payment-private.h"
#include "payment/till-payment-row.h"

static TillUnresolved *
unresolved_new (TillPayment *self, const TillLedgerEntry *intent)
{
  TillUnresolved *unresolved = g_atomic_rc_box_new0 (TillUnresolved);
  g_autoptr (GError) error = NULL;

  unresolved->attempt = g_strdup (intent->attempt);
  unresolved->sale = g_strdup (intent->sale);
  unresolved->customer = g_strdup (till_payment_get_text (intent, "customer"));
  unresolved->refund = till_payment_is_refund_intent (intent);
  unresolved->busy = intent->sale != NULL && till_payment_is_claimed (self, intent->sale);
  unresolved->at_us = intent->at_us;
  unresolved->locked = !till_payment_can_ask (self, intent, &error)
                       && g_error_matches (error, TILL_ERROR, TILL_ERROR_LOCKED);
  /* One whose amount can't be read is on the list all the more. */
  (void) till_payment_read_amount (intent, &unresolved->amount, NULL);
  return unresolved;
}

static void
note_doubt (TillUnresolved *unresolved, const TillLedgerEntry *doubt)
{
  const char *reference = till_payment_get_text (doubt, "reference");

  unresolved->n_asked++;
  g_free (unresolved->code);
  unresolved->code = g_strdup (till_payment_get_text (doubt, "code"));
  if (reference == NULL)
    return;
  g_free (unresolved->reference);
  unresolved->reference = g_strdup (reference);
}

static GPtrArray *
build_list (TillPayment *self, GPtrArray *rows)
{
  GPtrArray *list = g_ptr_array_new_with_free_func ((GDestroyNotify) till_unresolved_unref);
  g_autoptr (GHashTable) by_attempt = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < rows->len; i++)
    {
      const TillLedgerEntry *row = g_ptr_array_index (rows, i);
      TillUnresolved *unresolved = g_hash_table_lookup (by_attempt, row->attempt);

      if (unresolved == NULL && till_payment_is_intent (row))
        {
          unresolved = unresolved_new (self, row);
          g_hash_table_insert (by_attempt, unresolved->attempt, unresolved);
          g_ptr_array_add (list, unresolved);
        }
      else if (unresolved != NULL && till_payment_is_doubt (row))
        note_doubt (unresolved, row);
    }
  for (guint i = 0; i < list->len; i++)
    {
      TillUnresolved *unresolved = g_ptr_array_index (list, i);
      unresolved->n_asked = MAX (unresolved->n_asked, till_payment_get_n_asked (self, unresolved->attempt));
    }
  return list;
}

static void
on_listed (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  g_autoptr (GPtrArray) rows = till_ledger_list_open_rows_finish (TILL_LEDGER (source), result, &error);

  if (rows != NULL)
    g_task_return_pointer (task, build_list (g_task_get_source_object (task), rows),
                           (GDestroyNotify) g_ptr_array_unref);
  else
    g_task_return_error (task, error);
}

void
till_payment_list_unresolved_async (TillPayment *self,
                                    GCancellable *cancellable,
                                    GAsyncReadyCallback callback,
                                    gpointer user_data)
{
  g_return_if_fail (TILL_IS_PAYMENT (self));

  GTask *task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_source_tag (task, till_payment_list_unresolved_async);
  till_ledger_list_open_rows_async (till_payment_get_ledger (self), cancellable, on_listed, task);
}

GPtrArray *
till_payment_list_unresolved_finish (TillPayment *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
