/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "shop/till-shop-private.h"

static void schedule (TillShop *self);

static void
on_receipts_written (GObject *source, GAsyncResult *result, gpointer user_data)
{
  TillShop *self = TILL_SHOP (source);
  g_autoptr (GError) error = NULL;

  self->reconciling = FALSE;
  self->settled = TRUE;
  if (!till_shop_write_receipts_finish (self, result, &error)
      && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    g_warning ("receipts of sales that turned out paid could not be written: %s", error->message);
  schedule (self);
}

static void
on_reconciled (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (TillShop) self = user_data;
  g_autoptr (GError) error = NULL;
  int unresolved = till_payment_reconcile_finish (TILL_PAYMENT (source), result, &error);

  if (unresolved < 0 && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    g_warning ("attempts without an end could not be asked about: %s", error->message);
  else if (unresolved > 0)
    g_message ("%d payment attempts are still without an end", unresolved);
  till_shop_write_receipts_async (self, self->closing, on_receipts_written, NULL);
}

static void
reconcile (TillShop *self)
{
  g_clear_handle_id (&self->reconcile_timer, g_source_remove);
  if (self->reconciling)
    return;
  self->reconciling = TRUE;
  till_payment_reconcile_async (self->payment, self->closing, on_reconciled, g_object_ref (self));
}

static gboolean
on_due (gpointer user_data)
{
  TillShop *self = user_data;

  self->reconcile_timer = 0;
  reconcile (self);
  return G_SOURCE_REMOVE;
}

/* -1 is a count that could not be made: asked about again like any other. */
static void
schedule (TillShop *self)
{
  if (self->reconcile_timer != 0 || self->reconciling || g_cancellable_is_cancelled (self->closing)
      || till_payment_get_unresolved (self->payment) == 0)
    return;

  gint64 pause_us = till_reconcile_pace_next (&self->pace, g_random_int ());
  self->reconcile_timer = g_timeout_add ((guint) (pause_us / 1000), on_due, self);
}

/* One more is new and is asked about soon; one less means that somebody answers again. */
static void
on_unresolved_changed (TillPayment *payment, gpointer user_data)
{
  TillShop *self = user_data;

  till_reconcile_pace_reset (&self->pace);
  g_clear_handle_id (&self->reconcile_timer, g_source_remove);
  schedule (self);
  till_shop_tell_unresolved (self);
  till_shop_tell_day (self);
}

static void
on_network_changed (GNetworkMonitor *monitor, gboolean available, gpointer user_data)
{
  TillShop *self = user_data;

  if (!available)
    return;
  till_reconcile_pace_reset (&self->pace);
  if (till_payment_get_unresolved (self->payment) != 0)
    reconcile (self);
}

static void
on_left_receipt_written (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;

  if (!till_shop_write_receipts_finish (TILL_SHOP (source), result, &error)
      && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    g_warning ("the receipt of a sale that was set aside could not be written: %s", error->message);
}

/* What the checkout leaves in doubt may have turned out paid while it still showed it. */
static void
on_checkout_state (TillCheckout *checkout, guint state, gpointer user_data)
{
  TillShop *self = user_data;

  if (state == TILL_CHECKOUT_DOUBT)
    self->doubted = TRUE;
  else if (state == TILL_CHECKOUT_IDLE && self->doubted)
    {
      self->doubted = FALSE;
      till_shop_write_receipts_async (self, self->closing, on_left_receipt_written, NULL);
    }
  if (state == TILL_CHECKOUT_APPROVED || state == TILL_CHECKOUT_PAID || state == TILL_CHECKOUT_IDLE)
    till_shop_tell_day (self);
}

void
till_shop_start_reconciling (TillShop *self)
{
  g_signal_connect_object (self->payment, "unresolved-changed", G_CALLBACK (on_unresolved_changed), self, 0);
  g_signal_connect_object (g_network_monitor_get_default (), "network-changed",
                           G_CALLBACK (on_network_changed), self, 0);
  g_signal_connect_object (self->checkout, "state", G_CALLBACK (on_checkout_state), self, 0);
  reconcile (self);
}

void
till_shop_stop_reconciling (TillShop *self)
{
  g_clear_handle_id (&self->reconcile_timer, g_source_remove);
}
