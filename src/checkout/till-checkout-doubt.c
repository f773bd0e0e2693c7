/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "checkout/till-checkout-private.h"

/* Until the call is back nothing else is asked about the attempt (transfer full). */
static GTask *
begin_asking (TillCheckout *self)
{
  self->asking = till_checkout_call_for_sale (self);
  return self->asking;
}

static void
end_asking (TillCheckout *self, GTask *call)
{
  if (self->asking == call)
    self->asking = NULL;
}

static void
take_outcome (TillCheckout *self, GTask *call, const TillPaymentOutcome *outcome)
{
  if (!till_checkout_call_is_late (call))
    till_checkout_money_report (self, outcome);
  else if (outcome->result->status != TILL_CHARGE_UNKNOWN)
    till_checkout_money_tell_late (self, call, outcome, NULL);
}

/* Nothing came of it: it can be asked again. */
static void
take_failure (TillCheckout *self, GTask *call, const GError *error)
{
  till_checkout_trouble (self, error);
  if (!till_checkout_call_is_late (call))
    till_checkout_tell_state (self);
}

static void
on_asked (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) call = user_data;
  TillCheckout *self = g_task_get_source_object (call);
  g_autoptr (GError) error = NULL;
  g_autoptr (TillPaymentOutcome) outcome = till_payment_ask_finish (TILL_PAYMENT (source), result, &error);

  end_asking (self, call);
  if (outcome != NULL)
    take_outcome (self, call, outcome);
  else
    take_failure (self, call, error);
  till_checkout_doubt_go_on (self);
}

static void
ask (TillCheckout *self)
{
  till_payment_ask_async (self->rooms.payment, self->attempt, NULL, on_asked, begin_asking (self));
}

static void
on_reversed (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) call = user_data;
  TillCheckout *self = g_task_get_source_object (call);
  g_autoptr (GError) error = NULL;
  g_autoptr (TillPaymentOutcome) outcome
      = till_payment_reverse_finish (TILL_PAYMENT (source), result, &error);

  end_asking (self, call);
  if (!till_checkout_call_is_late (call))
    {
      self->reverse_wanted = FALSE;
      self->reversing |= outcome != NULL;
    }
  if (outcome == NULL)
    take_failure (self, call, error);
  else if (till_checkout_call_is_late (call) || outcome->result->status != TILL_CHARGE_APPROVED)
    take_outcome (self, call, outcome);
  else
    {
      /* It was taken, and the provider won't give it back: the charge's own end says how it was taken. */
      self->reversing = FALSE;
      ask (self);
    }
}

static void
reverse (TillCheckout *self)
{
  JsonObject *extra = json_object_new ();

  json_object_set_string_member (extra, "reason", "reversed at the till while its end was not known");
  till_payment_reverse_async (self->rooms.payment, self->attempt, extra, NULL, on_reversed,
                              begin_asking (self));
}

void
till_checkout_doubt_go_on (TillCheckout *self)
{
  if (self->reverse_wanted && self->position.state == TILL_CHECKOUT_DOUBT && self->asking == NULL
      && self->attempt != NULL)
    reverse (self);
}

void
till_checkout_doubt_reverse (TillCheckout *self)
{
  self->reverse_wanted = TRUE;
  till_checkout_doubt_go_on (self);
}

/*
 * An attempt whose first request is under way has its answer still to come, and no other question is put. One that was
 * begun to be reversed may have been taken and not yet given back: asking how it ended would find it approved.
 */
void
till_checkout_doubt_query (TillCheckout *self)
{
  if (self->asking != NULL || self->attempt == NULL)
    return;
  if (self->reversing || self->reverse_wanted)
    reverse (self);
  else
    ask (self);
}

/* Dropping what never left this machine */

static void
on_attempt_dropped (GObject *source, GAsyncResult *async_result, gpointer user_data)
{
  g_autoptr (GTask) call = user_data;
  TillCheckout *self = g_task_get_source_object (call);
  g_autoptr (GError) error = NULL;
  gboolean dropped = till_payment_drop_finish (TILL_PAYMENT (source), async_result, &error);

  self->dropping = FALSE;
  if (!dropped)
    till_checkout_trouble (self, error);
  if (till_checkout_call_is_late (call))
    {
      if (self->money_waits)
        till_checkout_doubt_drop (self);
      return;
    }
  if (dropped)
    g_clear_pointer (&self->unsent, g_free);
  if (!self->money_waits)
    return;
  /* Where it could not be dropped the payment room says why, and the next try drops it again. */
  self->money_waits = FALSE;
  till_checkout_money_send_tender (self);
}

void
till_checkout_doubt_drop (TillCheckout *self)
{
  if (self->dropping)
    return;
  self->dropping = TRUE;
  till_payment_drop_async (self->rooms.payment, self->unsent, NULL, on_attempt_dropped,
                           till_checkout_call_for_sale (self));
}

void
till_checkout_doubt_drop_attempt (TillCheckout *self)
{
  g_free (self->unsent);
  self->unsent = g_steal_pointer (&self->attempt);
  self->nothing_sent = FALSE;
  till_checkout_doubt_drop (self);
}
