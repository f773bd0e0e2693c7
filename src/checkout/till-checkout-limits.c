/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "checkout/till-checkout-private.h"

#include "base/till-error.h"
#include "checkout/till-spending-limit.h"

const TillCheckoutPolicy *
till_checkout_get_policy (TillCheckout *self)
{
  return self->position.look.consent ? &self->policy : &self->next_policy;
}

static gint64
today (TillCheckout *self)
{
  return till_spending_day_start_us (till_clock_utc (self->rooms.clock));
}

/* Before anybody is looked at */

static const char *
refusal_of_till (TillCheckout *self, const TillCheckoutPolicy *policy)
{
  gboolean known = self->spent.has_till && self->spent.since_us == today (self);

  if (!till_spending_limit_allows (&policy->most_per_till_day, known ? &self->spent.by_till : NULL,
                                   &self->amount))
    return "over-till-limit";
  return NULL;
}

const char *
till_checkout_get_face_refusal (TillCheckout *self)
{
  g_return_val_if_fail (TILL_IS_CHECKOUT (self), NULL);

  const TillCheckoutPolicy *policy = till_checkout_get_policy (self);

  if (policy->face_off)
    return "face-off";
  if (self->sale == NULL)
    return NULL;
  if (self->amount.minor <= 0)
    return "nothing-to-pay";
  if (!till_spending_limit_allows (&policy->most_per_payment, NULL, &self->amount))
    return "over-payment-limit";
  return refusal_of_till (self, policy);
}

void
till_checkout_limits_tell (TillCheckout *self)
{
  gboolean matters
      = self->position.state == TILL_CHECKOUT_WAYS || self->position.state == TILL_CHECKOUT_CONSENT;

  if (matters && g_strcmp0 (till_checkout_get_face_refusal (self), self->told_refusal) != 0)
    till_checkout_tell_state (self);
}

/* Once it is known who pays */

gboolean
till_checkout_limits_need_pin (TillCheckout *self)
{
  return till_spending_limit_is_reached (&self->policy.pin_from, &self->amount);
}

/* What was read for an earlier look at a customer, or on another day, says nothing about this one. */
static gboolean
knows_spent (TillCheckout *self)
{
  const TillCheckoutSpent *spent = &self->spent;
  TillCustomer *match = till_looking_get_match (self->looking);
  gboolean wants_customer = till_spending_limit_is_set (&self->policy.most_per_customer_day);
  gboolean wants_till = till_spending_limit_is_set (&self->policy.most_per_till_day);

  if (!wants_customer && !wants_till)
    return TRUE;
  if (till_looking_get_session (self->looking) == 0
      || spent->session != till_looking_get_session (self->looking) || spent->since_us != today (self))
    return FALSE;
  if (wants_customer && (match == NULL || g_strcmp0 (spent->customer, till_customer_get_id (match)) != 0))
    return FALSE;
  return !wants_till || spent->has_till;
}

const char *
till_checkout_limits_get_reason (TillCheckout *self)
{
  const TillCheckoutPolicy *policy = &self->policy;

  if (!knows_spent (self))
    return NULL;
  if (!till_spending_limit_allows (&policy->most_per_payment, NULL, &self->amount))
    return "over-payment-limit";
  if (!till_spending_limit_allows (&policy->most_per_customer_day, &self->spent.by_customer, &self->amount))
    return "customer-limit";
  if (!till_spending_limit_allows (&policy->most_per_till_day, &self->spent.by_till, &self->amount))
    return "over-till-limit";
  return NULL;
}

TillCheckoutFacts
till_checkout_limits_facts (TillCheckout *self)
{
  TillCheckoutFacts facts = 0;

  if (self->sale != NULL && till_checkout_get_face_refusal (self) == NULL)
    facts |= TILL_FACT_FACE_ALLOWED;
  if (!self->position.look.consent || !knows_spent (self))
    return facts;
  facts |= TILL_FACT_SPENT_KNOWN;
  if (till_checkout_limits_get_reason (self) == NULL)
    facts |= TILL_FACT_WITHIN_LIMITS;
  return facts;
}

/* Reading */

static void
spent_clear (TillCheckoutSpent *spent)
{
  g_free (spent->customer);
  *spent = (TillCheckoutSpent){ 0 };
}

static void
spent_free (gpointer data)
{
  spent_clear (data);
  g_free (data);
}

void
till_checkout_limits_forget (TillCheckout *self)
{
  self->reading_spent = NULL;
  self->told_refusal = NULL;
  spent_clear (&self->spent);
}

/* A candidate's sum is the one that a charge waits for; without it there is none, and the customer need not wait. */
static void
on_unreadable (TillCheckout *self, const TillCheckoutSpent *spent, const GError *error)
{
  till_checkout_trouble (self, error);
  if (spent->session != 0 && spent->session == till_looking_get_session (self->looking))
    till_checkout_report (self, TILL_CHECKOUT_RECOGNITION_FAILED, "spent-unknown");
}

/* @call, error: (transfer full); @error: (nullable) */
static void
end_reading (GTask *own_call, GError *own_error)
{
  g_autoptr (GTask) call = own_call;
  g_autoptr (GError) error = own_error;
  TillCheckout *self = g_task_get_source_object (call);
  TillCheckoutSpent *spent = g_task_get_task_data (call);

  if (self->reading_spent != call)
    return;
  self->reading_spent = NULL;
  if (error != NULL)
    {
      on_unreadable (self, spent, error);
      return;
    }
  spent_clear (&self->spent);
  self->spent = *spent;
  *spent = (TillCheckoutSpent){ 0 };
  till_checkout_limits_tell (self);
  if (self->position.state == TILL_CHECKOUT_CONFIRMING || self->position.state == TILL_CHECKOUT_SMILE)
    till_checkout_face_report_evidence (self);
}

static void
on_till_summed (GObject *source, GAsyncResult *result, gpointer user_data)
{
  TillCheckoutSpent *spent = g_task_get_task_data (user_data);
  GError *error = NULL;

  spent->has_till = till_payment_spent_finish (TILL_PAYMENT (source), result, &spent->by_till, &error);
  end_reading (user_data, error);
}

/* @call: (transfer full) */
static void
sum_till (GTask *call)
{
  TillCheckout *self = g_task_get_source_object (call);
  const TillCheckoutSpent *spent = g_task_get_task_data (call);

  if (!till_spending_limit_is_set (&till_checkout_get_policy (self)->most_per_till_day))
    end_reading (call, NULL);
  else
    till_payment_spent_async (self->rooms.payment, NULL, spent->since_us, NULL, on_till_summed, call);
}

static void
on_customer_summed (GObject *source, GAsyncResult *result, gpointer user_data)
{
  TillCheckout *self = g_task_get_source_object (user_data);
  TillCheckoutSpent *spent = g_task_get_task_data (user_data);
  GError *error = NULL;
  gboolean summed = till_payment_spent_finish (TILL_PAYMENT (source), result, &spent->by_customer, &error);

  if (summed && self->reading_spent == user_data)
    sum_till (user_data);
  else
    end_reading (user_data, error);
}

/* Of two readings the one for this session counts; what was asked for the ways to pay may come too late for it. */
void
till_checkout_limits_read (TillCheckout *self)
{
  TillCustomer *match = till_looking_get_match (self->looking);
  const TillCheckoutSpent *under_way
      = self->reading_spent != NULL ? g_task_get_task_data (self->reading_spent) : NULL;
  const char *customer = match != NULL ? till_customer_get_id (match) : NULL;
  const TillCheckoutPolicy *policy = till_checkout_get_policy (self);
  gboolean wants_customer = customer != NULL && till_spending_limit_is_set (&policy->most_per_customer_day);

  if (!wants_customer && !till_spending_limit_is_set (&policy->most_per_till_day))
    return;
  if (under_way != NULL && under_way->session == till_looking_get_session (self->looking)
      && g_strcmp0 (under_way->customer, customer) == 0)
    return;

  TillCheckoutSpent *spent = g_new0 (TillCheckoutSpent, 1);
  spent->session = till_looking_get_session (self->looking);
  spent->since_us = today (self);
  spent->customer = g_strdup (customer);
  GTask *call = g_task_new (self, NULL, NULL, NULL);
  g_task_set_task_data (call, spent, spent_free);
  self->reading_spent = call;
  if (wants_customer)
    till_payment_spent_async (self->rooms.payment, customer, spent->since_us, NULL, on_customer_summed, call);
  else
    sum_till (call);
}
