/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "payment/till-payment-case.h"

#include "base/till-error.h"
#include "payment/till-payment-private.h"
#include "payment/till-payment-row.h"

void
till_payment_case_free (TillPaymentCase *self)
{
  till_payment_release (self->payment, self->sale);
  g_clear_pointer (&self->rows, g_ptr_array_unref);
  g_clear_pointer (&self->sale_rows, g_ptr_array_unref);
  g_object_unref (self->payment);
  g_free (self->sale);
  g_free (self);
}

/* @attempt: its own id may be in the rows that go. */
static void
take_rows (TillPaymentCase *self, const char *attempt, GPtrArray *sale_rows)
{
  g_autoptr (GPtrArray) old_rows = g_steal_pointer (&self->rows);
  g_autoptr (GPtrArray) old_sale_rows = g_steal_pointer (&self->sale_rows);

  self->rows = g_ptr_array_new_with_free_func ((GDestroyNotify) till_ledger_entry_unref);
  self->sale_rows = g_ptr_array_ref (sale_rows);
  for (guint i = 0; i < sale_rows->len; i++)
    {
      TillLedgerEntry *row = g_ptr_array_index (sale_rows, i);
      if (g_strcmp0 (row->attempt, attempt) == 0)
        g_ptr_array_add (self->rows, till_ledger_entry_ref (row));
    }
  self->intent = till_payment_find_intent (self->rows);
  self->end = till_payment_find_end (self->rows);
}

/* Opening */

typedef struct
{
  char *attempt;
  TillPaymentCase *found; /* once the sale is claimed */
} Opening;

static void
opening_free (gpointer data)
{
  Opening *opening = data;

  g_clear_pointer (&opening->found, till_payment_case_free);
  g_free (opening->attempt);
  g_free (opening);
}

static void
on_sale_listed (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Opening *opening = g_task_get_task_data (task);
  GError *error = NULL;
  g_autoptr (GPtrArray) rows = till_ledger_list_finish (TILL_LEDGER (source), result, &error);

  if (rows == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  take_rows (opening->found, opening->attempt, rows);
  g_task_return_pointer (task, g_steal_pointer (&opening->found), (GDestroyNotify) till_payment_case_free);
}

static void
on_attempt_listed (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  TillPayment *self = g_task_get_source_object (task);
  Opening *opening = g_task_get_task_data (task);
  GError *error = NULL;
  g_autoptr (GPtrArray) rows = till_ledger_list_finish (TILL_LEDGER (source), result, &error);
  const TillLedgerEntry *intent = rows != NULL ? till_payment_find_intent (rows) : NULL;

  if (rows != NULL && (intent == NULL || intent->sale == NULL))
    g_set_error (&error, TILL_ERROR, TILL_ERROR_NOT_FOUND, "the ledger knows no payment attempt %s",
                 opening->attempt);
  if (error != NULL || !till_payment_claim (self, intent->sale, &error))
    {
      g_task_return_error (task, error);
      return;
    }
  opening->found = g_new0 (TillPaymentCase, 1);
  opening->found->payment = g_object_ref (self);
  opening->found->sale = g_strdup (intent->sale);
  till_ledger_list_async (TILL_LEDGER (source), NULL, intent->sale, NULL, 0, NULL, on_sale_listed,
                          g_steal_pointer (&task));
}

void
till_payment_open_case_async (TillPayment *self,
                              const char *attempt,
                              GAsyncReadyCallback callback,
                              gpointer user_data)
{
  GTask *task = g_task_new (self, NULL, callback, user_data);
  Opening *opening = g_new0 (Opening, 1);

  g_task_set_source_tag (task, till_payment_open_case_async);
  opening->attempt = g_strdup (attempt != NULL ? attempt : "");
  g_task_set_task_data (task, opening, opening_free);
  till_ledger_list_async (till_payment_get_ledger (self), NULL, NULL, opening->attempt, 0, NULL,
                          on_attempt_listed, task);
}

TillPaymentCase *
till_payment_open_case_finish (TillPayment *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

/* Reading anew */

static void
on_listed_again (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  TillPaymentCase *self = g_task_get_task_data (task);
  GError *error = NULL;
  g_autoptr (GPtrArray) rows = till_ledger_list_finish (TILL_LEDGER (source), result, &error);

  if (rows == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  take_rows (self, self->intent->attempt, rows);
  g_task_return_boolean (task, TRUE);
}

void
till_payment_case_refresh_async (TillPaymentCase *self, GAsyncReadyCallback callback, gpointer user_data)
{
  GTask *task = g_task_new (self->payment, NULL, callback, user_data);

  g_task_set_source_tag (task, till_payment_case_refresh_async);
  g_task_set_task_data (task, self, NULL);
  till_ledger_list_async (till_payment_get_ledger (self->payment), NULL, self->sale, NULL, 0, NULL,
                          on_listed_again, task);
}

gboolean
till_payment_case_refresh_finish (TillPaymentCase *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

/* What they say */

static gboolean
is_refund_of (const TillLedgerEntry *row, const char *attempt)
{
  return till_payment_is_refund_intent (row) && g_strcmp0 (till_payment_get_text (row, "of"), attempt) == 0;
}

static const TillLedgerEntry *
find_end_of (GPtrArray *rows, const char *attempt)
{
  for (guint i = 0; i < rows->len; i++)
    {
      const TillLedgerEntry *row = g_ptr_array_index (rows, i);
      if (till_payment_is_end (row) && g_strcmp0 (row->attempt, attempt) == 0)
        return row;
    }
  return NULL;
}

const TillLedgerEntry *
till_payment_case_find_open_refund (TillPaymentCase *self)
{
  for (guint i = 0; i < self->sale_rows->len; i++)
    {
      const TillLedgerEntry *row = g_ptr_array_index (self->sale_rows, i);
      if (is_refund_of (row, self->intent->attempt) && find_end_of (self->sale_rows, row->attempt) == NULL)
        return row;
    }
  return NULL;
}

gboolean
till_payment_case_has_receipt (TillPaymentCase *self)
{
  for (guint i = 0; i < self->sale_rows->len; i++)
    if (till_payment_is_kind (g_ptr_array_index (self->sale_rows, i), TILL_LEDGER_RECEIPT))
      return TRUE;
  return FALSE;
}

/* What the provider has not given back of the charge, or will not have when open refunds are through. */
static gboolean
read_left_of_charge (TillPaymentCase *self, TillMoney *left, GError **error)
{
  if (!till_payment_read_amount (self->intent, left, error))
    return FALSE;
  for (guint i = 0; i < self->sale_rows->len; i++)
    {
      const TillLedgerEntry *row = g_ptr_array_index (self->sale_rows, i);
      const TillLedgerEntry *end = NULL;
      TillMoney amount;

      if (!is_refund_of (row, self->intent->attempt))
        continue;
      end = find_end_of (self->sale_rows, row->attempt);
      if (end != NULL && !till_payment_is_approval (end))
        continue;
      if (!till_payment_read_amount (row, &amount, error)
          || !till_money_subtract (left, &amount, left, error))
        return FALSE;
    }
  left->minor = MAX (left->minor, 0);
  return TRUE;
}

gboolean
till_payment_case_read_left (TillPaymentCase *self, TillMoney *left, GError **error)
{
  g_auto (TillPaymentStanding) standing = { .open = FALSE };

  if (!read_left_of_charge (self, left, error)
      || !till_payment_standing_read (&standing, self->sale, self->sale_rows, error))
    return FALSE;
  left->minor = MIN (left->minor, till_payment_standing_get_left (&standing).minor);
  return TRUE;
}
