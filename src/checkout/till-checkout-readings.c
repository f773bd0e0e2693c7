/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "checkout/till-checkout-private.h"

TillCheckoutState
till_checkout_get_state (TillCheckout *self)
{
  return self->position.state;
}

gboolean
till_checkout_is_camera_on (TillCheckout *self)
{
  return self->position.look.camera;
}

gint64
till_checkout_get_deadline_us (TillCheckout *self)
{
  return self->deadline_us;
}

gint64
till_checkout_get_locked_until_us (TillCheckout *self)
{
  g_return_val_if_fail (TILL_IS_CHECKOUT (self), 0);

  return till_lockout_get_until_us (self->rooms.lockout);
}

const char *
till_checkout_get_sale (TillCheckout *self)
{
  return self->sale;
}

const TillMoney *
till_checkout_get_amount (TillCheckout *self)
{
  const TillPricing *settled = NULL;

  switch (self->position.state)
    {
    case TILL_CHECKOUT_CHARGING:
    case TILL_CHECKOUT_APPROVED:
    case TILL_CHECKOUT_DOUBT:
      settled = self->charged;
      break;
    case TILL_CHECKOUT_COUNTER:
    case TILL_CHECKOUT_RECORDING:
    case TILL_CHECKOUT_PAID:
      settled = self->counter;
      break;
    default:
      break;
    }
  if (self->sale == NULL)
    return NULL;
  return settled != NULL ? till_pricing_get_total (settled) : &self->amount;
}

const char *
till_checkout_get_tender (TillCheckout *self)
{
  return self->position.state == TILL_CHECKOUT_COUNTER || self->position.state == TILL_CHECKOUT_RECORDING
                 || self->position.state == TILL_CHECKOUT_PAID
             ? self->tender
             : NULL;
}

const char *
till_checkout_get_pass (TillCheckout *self)
{
  g_return_val_if_fail (TILL_IS_CHECKOUT (self), NULL);

  return till_looking_get_pass_word (self->looking);
}

guint
till_checkout_get_n_digits (TillCheckout *self)
{
  return TILL_CUSTOMER_SUFFIX_DIGITS;
}

const char *
till_checkout_get_customer_name (TillCheckout *self)
{
  if (self->position.state != TILL_CHECKOUT_APPROVED || self->customer == NULL)
    return NULL;
  return till_customer_get_name (self->customer);
}

const char *
till_checkout_get_reason (TillCheckout *self)
{
  return self->reason;
}

gint64
till_checkout_get_ledger_seq (TillCheckout *self)
{
  return self->ledger_seq;
}

TillReceipt *
till_checkout_get_receipt (TillCheckout *self)
{
  return self->receipt;
}

gboolean
till_checkout_is_nothing_sent (TillCheckout *self)
{
  return self->nothing_sent;
}

gboolean
till_checkout_is_reversing (TillCheckout *self)
{
  return self->reverse_wanted || self->reversing;
}
