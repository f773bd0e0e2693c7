/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "shop/till-shop-unresolved.h"

#include "shop/till-shop-private.h"

/* What is done about one attempt, and what came of it. */
typedef struct
{
  char *attempt;
  gboolean taken;
  char *evidence;
  gpointer value; /* (nullable) to be given by finish */
  GDestroyNotify value_free;
  GError *error; /* why there is no value */
} Work;

static void
work_free (gpointer data)
{
  Work *work = data;

  if (work->value != NULL)
    work->value_free (work->value);
  g_clear_error (&work->error);
  g_free (work->evidence);
  g_free (work->attempt);
  g_free (work);
}

static GTask *
work_begin (TillShop *self,
            const char *attempt,
            GDestroyNotify value_free,
            GCancellable *cancellable,
            GAsyncReadyCallback callback,
            gpointer user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);
  Work *work = g_new0 (Work, 1);

  work->attempt = g_strdup (attempt);
  work->value_free = value_free;
  g_task_set_task_data (task, work, work_free);
  /* Once asked, what came of it is told even to somebody who has stopped waiting. */
  g_task_set_check_cancellable (task, FALSE);
  return task;
}

static void
on_receipts_written (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Work *work = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;

  /* The end is written whatever becomes of the receipt, which is tried again with the next end. */
  if (!till_shop_write_receipts_finish (TILL_SHOP (source), result, &error))
    g_warning ("the receipt of a sale that turned out paid could not be written: %s", error->message);
  till_shop_tell_unresolved (TILL_SHOP (source));
  till_shop_tell_day (TILL_SHOP (source));
  if (work->value != NULL)
    g_task_return_pointer (task, g_steal_pointer (&work->value), work->value_free);
  else
    g_task_return_error (task, g_steal_pointer (&work->error));
}

/* An error too may have brought an end with it: the provider's own, where a manager's word was refused. */
static void
work_end (GTask *own_task, gpointer value, GError *error)
{
  Work *work = g_task_get_task_data (own_task);

  work->value = value;
  work->error = error;
  till_shop_write_receipts_async (g_task_get_source_object (own_task), NULL, on_receipts_written, own_task);
}

/* List */

static void
on_listed (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;
  GPtrArray *unresolved = till_payment_list_unresolved_finish (TILL_PAYMENT (source), result, &error);

  if (unresolved != NULL)
    g_task_return_pointer (task, unresolved, (GDestroyNotify) g_ptr_array_unref);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

void
till_shop_list_unresolved_async (TillShop *self,
                                 GCancellable *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data)
{
  till_payment_list_unresolved_async (self->payment, cancellable, on_listed,
                                      g_task_new (self, cancellable, callback, user_data));
}

GPtrArray *
till_shop_list_unresolved_finish (TillShop *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

/* Ask */

static void
on_asked (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GError *error = NULL;
  TillPaymentOutcome *outcome = till_payment_ask_finish (TILL_PAYMENT (source), result, &error);

  work_end (user_data, outcome, error);
}

void
till_shop_ask_attempt_async (TillShop *self,
                             const char *attempt,
                             GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer user_data)
{
  till_payment_ask_async (self->payment, attempt, cancellable, on_asked,
                          work_begin (self, attempt, (GDestroyNotify) till_payment_outcome_unref, cancellable,
                                      callback, user_data));
}

TillPaymentOutcome *
till_shop_ask_attempt_finish (TillShop *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

/* Reverse */

static void
on_reversed (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GError *error = NULL;
  TillPaymentOutcome *outcome = till_payment_reverse_finish (TILL_PAYMENT (source), result, &error);

  work_end (user_data, outcome, error);
}

void
till_shop_reverse_attempt_async (TillShop *self,
                                 const char *attempt,
                                 GCancellable *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data)
{
  JsonObject *extra = json_object_new ();

  json_object_set_string_member (extra, "reason", "reversal of a payment whose outcome was not known");
  json_object_set_string_member (extra, "by", TILL_SHOP_BY_CASHIER);
  till_payment_reverse_async (self->payment, attempt, extra, cancellable, on_reversed,
                              work_begin (self, attempt, (GDestroyNotify) till_payment_outcome_unref,
                                          cancellable, callback, user_data));
}

TillPaymentOutcome *
till_shop_reverse_attempt_finish (TillShop *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

/* Settle */

static void
on_settled (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GError *error = NULL;
  TillLedgerEntry *row = till_payment_settle_finish (TILL_PAYMENT (source), result, &error);

  work_end (user_data, row, error);
}

static void
on_settling_allowed (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  TillShop *self = TILL_SHOP (source);
  const Work *work = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;

  if (!till_shop_ask_manager_finish (self, result, &error))
    g_task_return_error (task, g_steal_pointer (&error));
  else
    till_payment_settle_async (self->payment, work->attempt, work->taken, work->evidence,
                               TILL_SHOP_BY_MANAGER, g_task_get_cancellable (task), on_settled,
                               g_object_ref (task));
}

void
till_shop_settle_attempt_async (TillShop *self,
                                const char *attempt,
                                gboolean taken,
                                const char *evidence,
                                const char *manager_pin,
                                GCancellable *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer user_data)
{
  GTask *task = work_begin (self, attempt, (GDestroyNotify) till_ledger_entry_unref, cancellable, callback,
                            user_data);
  Work *work = g_task_get_task_data (task);

  work->taken = taken;
  work->evidence = g_strdup (evidence);
  till_shop_ask_manager_async (self, manager_pin, cancellable, on_settling_allowed, task);
}

TillLedgerEntry *
till_shop_settle_attempt_finish (TillShop *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
