/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "shop/till-shop-custody.h"

#include "base/till-error.h"
#include "shop/till-shop-private.h"

/* Seconds after which what keeps faces from paying is tried again. */
#define MEND_SECONDS 60

const char *
till_custody_state_to_string (TillCustodyState state)
{
  static const char *const words[] = { "closed", "open", "locked", "no-service", "key-lost", "rolled-back" };

  return words[state];
}

static TillCustodyState
state_of_vault (const GError *trouble)
{
  if (g_error_matches (trouble, TILL_ERROR, TILL_ERROR_LOCKED))
    return TILL_CUSTODY_LOCKED;
  if (g_error_matches (trouble, TILL_ERROR, TILL_ERROR_NOT_FOUND)
      || g_error_matches (trouble, TILL_ERROR, TILL_ERROR_CORRUPT))
    return TILL_CUSTODY_KEY_LOST;
  return TILL_CUSTODY_NO_SERVICE;
}

TillCustodyState
till_shop_get_custody (TillShop *self)
{
  if (self->vault_trouble != NULL)
    return state_of_vault (self->vault_trouble);
  if (g_error_matches (self->books_trouble, TILL_ERROR, TILL_ERROR_CORRUPT))
    return TILL_CUSTODY_ROLLED_BACK;
  if (self->books_trouble != NULL)
    return state_of_vault (self->books_trouble);
  return self->books_checked ? TILL_CUSTODY_OPEN : TILL_CUSTODY_CLOSED;
}

const GError *
till_shop_get_custody_trouble (TillShop *self)
{
  return self->vault_trouble != NULL ? self->vault_trouble : self->books_trouble;
}

void
till_shop_set_trouble (TillShop *self, GError **slot, const GError *error)
{
  gboolean custody = slot == &self->vault_trouble || slot == &self->books_trouble;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (error == NULL && *slot == NULL)
    return;
  if (error != NULL && *slot != NULL && g_error_matches (error, (*slot)->domain, (*slot)->code)
      && g_str_equal (error->message, (*slot)->message))
    return;
  g_clear_error (slot);
  if (error != NULL)
    {
      g_message ("face payment is off: %s", error->message);
      *slot = g_error_copy (error);
    }
  till_shop_apply_policy (self);
  till_shop_tell_face_trouble (self);
  if (custody)
    till_shop_tell_custody (self);
}

/* One round: keyring, books, provider */

static void schedule (TillShop *self);

/* @own_task: (transfer full): the round's own. */
static void
end_round (GTask *own_task)
{
  g_autoptr (GTask) task = own_task;
  TillShop *self = g_task_get_source_object (task);
  g_autoptr (GPtrArray) waiting = g_steal_pointer (&self->mending);
  const GError *trouble = till_shop_get_custody_trouble (self);

  if (trouble == NULL)
    trouble = self->provider_trouble;
  for (guint i = 0; i < waiting->len; i++)
    {
      if (trouble != NULL)
        g_task_return_error (g_ptr_array_index (waiting, i), g_error_copy (trouble));
      else
        g_task_return_boolean (g_ptr_array_index (waiting, i), TRUE);
    }
  schedule (self);
}

static void
on_sandbox_ended (TillSandboxProcess *sandbox, gpointer user_data)
{
  TillShop *self = user_data;
  g_autoptr (GError) error = g_error_new_literal (TILL_ERROR, TILL_ERROR_UNAVAILABLE,
                                                  "The payment sandbox has ended; it is being started again");
  gint64 now_us = g_get_monotonic_time ();
  gboolean again
      = self->sandbox_ended_us == 0 || now_us - self->sandbox_ended_us > MEND_SECONDS * G_USEC_PER_SEC;

  if (self->closed)
    return;
  self->sandbox_ended_us = now_us;
  till_payment_set_provider (self->payment, NULL);
  till_shop_set_trouble (self, &self->provider_trouble, error);
  /* One that ends as often as it is started waits for its turn. */
  if (again)
    till_shop_retry_async (self, NULL, NULL, NULL);
  else
    schedule (self);
}

static void
on_provider_open (GObject *source, GAsyncResult *result, gpointer user_data)
{
  TillShop *self = TILL_SHOP (source);
  g_autoptr (GError) error = NULL;

  if (till_shop_open_provider_finish (self, result, &error) && self->sandbox != NULL)
    g_signal_connect_object (self->sandbox, "ended", G_CALLBACK (on_sandbox_ended), self, 0);
  till_shop_set_trouble (self, &self->provider_trouble, error);
  if (self->settled && error == NULL)
    till_shop_start_reconciling (self);
  end_round (user_data);
}

/* @task: (transfer full) */
static void
open_provider (GTask *task)
{
  TillShop *self = g_task_get_source_object (task);

  if (till_payment_get_provider (self->payment) == NULL && !self->closed)
    till_shop_open_provider_async (self, self->closing, on_provider_open, task);
  else
    end_round (task);
}

static void
on_books_checked (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GTask *task = user_data;
  TillShop *self = g_task_get_source_object (task);
  g_autoptr (GError) error = NULL;

  self->books_checked = till_ledger_anchor_check_finish (TILL_LEDGER_ANCHOR (source), result, &error);
  till_shop_set_trouble (self, &self->books_trouble, error);
  if (self->books_checked)
    {
      till_shop_write_key (self);
      till_shop_remember_departed (self);
      till_shop_tell_custody (self);
    }
  open_provider (task);
}

/* @task: (transfer full) */
static void
check_books (GTask *task)
{
  TillShop *self = g_task_get_source_object (task);

  if (till_vault_is_open (self->vault) && !self->books_checked)
    till_ledger_anchor_check_async (self->anchor, self->closing, on_books_checked, task);
  else
    open_provider (task);
}

void
till_shop_on_vault_open (TillShop *self)
{
  till_shop_set_trouble (self, &self->vault_trouble, NULL);
  g_signal_emit_by_name (self->customers, "changed");
  if (self->expiry_timer != 0)
    till_shop_start_expiry (self);
}

static void
on_vault_open (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GTask *task = user_data;
  TillShop *self = g_task_get_source_object (task);
  g_autoptr (GError) error = NULL;

  till_vault_open_finish (TILL_VAULT (source), result, &error);
  if (error == NULL)
    till_shop_on_vault_open (self);
  else
    till_shop_set_trouble (self, &self->vault_trouble, error);
  check_books (task);
}

static void
begin_round (TillShop *self)
{
  GTask *task = g_task_new (self, NULL, NULL, NULL);

  g_clear_handle_id (&self->mend_timer, g_source_remove);
  if (till_vault_is_open (self->vault))
    check_books (task);
  else
    till_vault_open_async (self->vault, !self->any_customers, self->closing, on_vault_open, task);
}

void
till_shop_retry_async (TillShop *self,
                       GCancellable *cancellable,
                       GAsyncReadyCallback callback,
                       gpointer user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);
  gboolean first = self->mending == NULL;

  if (first)
    self->mending = g_ptr_array_new_with_free_func (g_object_unref);
  g_ptr_array_add (self->mending, task);
  if (first)
    begin_round (self);
}

gboolean
till_shop_retry_finish (TillShop *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

/* By itself */

static gboolean
on_due (gpointer user_data)
{
  TillShop *self = user_data;

  self->mend_timer = 0;
  till_shop_retry_async (self, NULL, NULL, NULL);
  return G_SOURCE_REMOVE;
}

/* Books that are not the right ones are for the owner to answer for, whatever is tried. */
static gboolean
is_worth_trying (TillShop *self)
{
  TillCustodyState custody = till_shop_get_custody (self);

  return custody == TILL_CUSTODY_LOCKED || custody == TILL_CUSTODY_NO_SERVICE
         || custody == TILL_CUSTODY_KEY_LOST || self->provider_trouble != NULL;
}

static void
schedule (TillShop *self)
{
  if (self->mend_timer == 0 && self->mending == NULL && !self->closed && is_worth_trying (self))
    self->mend_timer = g_timeout_add_seconds (MEND_SECONDS, on_due, self);
}

static void
on_network_changed (GNetworkMonitor *monitor, gboolean available, gpointer user_data)
{
  TillShop *self = user_data;

  if (available && !self->closed && is_worth_trying (self))
    till_shop_retry_async (self, NULL, NULL, NULL);
}

void
till_shop_start_mending (TillShop *self)
{
  g_signal_connect_object (g_network_monitor_get_default (), "network-changed",
                           G_CALLBACK (on_network_changed), self, 0);
}

void
till_shop_stop_mending (TillShop *self)
{
  g_clear_handle_id (&self->mend_timer, g_source_remove);
}

/* Unlocking */

static void
on_mended (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  TillShop *self = TILL_SHOP (source);
  const GError *trouble = till_shop_get_custody_trouble (self);

  till_shop_retry_finish (self, result, NULL);
  if (trouble != NULL)
    g_task_return_error (task, g_error_copy (trouble));
  else
    g_task_return_boolean (task, TRUE);
}

/* A round that began before may not know yet what is right now. */
static void
on_round_over (GObject *source, GAsyncResult *result, gpointer user_data)
{
  till_shop_retry_async (TILL_SHOP (source), NULL, on_mended, user_data);
}

void
till_shop_open_custody (GTask *task)
{
  TillShop *self = g_task_get_source_object (task);

  till_shop_retry_async (self, NULL, self->mending != NULL ? on_round_over : on_mended, task);
}

static void
on_unlocked (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;

  if (till_keyring_unlock_finish (TILL_KEYRING (source), result, &error))
    till_shop_open_custody (g_steal_pointer (&task));
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

void
till_shop_unlock_async (TillShop *self,
                        GCancellable *cancellable,
                        GAsyncReadyCallback callback,
                        gpointer user_data)
{
  till_keyring_unlock_async (self->keyring, cancellable, on_unlocked,
                             g_task_new (self, cancellable, callback, user_data));
}

gboolean
till_shop_unlock_finish (TillShop *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}
