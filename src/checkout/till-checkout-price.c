/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "checkout/till-checkout-private.h"

/* A charge needs something to charge: of smiles that would leave nothing to pay, the largest that does. */
static TillPricing *
price_to_charge (TillBasket *basket, guint smile, GError **error)
{
  guint costs = 0, too_much = smile;
  TillPricing *pricing = till_basket_price (basket, smile, error);

  if (pricing == NULL || till_pricing_get_total (pricing)->minor > 0 || smile == 0)
    return pricing;
  g_clear_pointer (&pricing, till_pricing_unref);
  while (too_much - costs > 1)
    {
      guint between = (costs + too_much) / 2;

      pricing = till_basket_price (basket, between, error);
      if (pricing == NULL)
        return NULL;
      *(till_pricing_get_total (pricing)->minor > 0 ? &costs : &too_much) = between;
      g_clear_pointer (&pricing, till_pricing_unref);
    }
  return till_basket_price (basket, costs, error);
}

static guint
smile_that_counts (TillCheckout *self, guint smile)
{
  return till_checkout_get_policy (self)->smile_discount > 0 ? MIN (smile, TILL_SMILE_WHOLE) : 0;
}

/* What could not be worked out is not tried again, nor told again, before something changes. */
const TillPricing *
till_checkout_price_now (TillCheckout *self)
{
  guint64 revision = till_basket_get_revision (self->basket);
  guint smile = smile_that_counts (self, self->smile);
  g_autoptr (GError) error = NULL;

  if (self->priced && self->priced_revision == revision && self->priced_smile == smile)
    return self->pricing;
  g_clear_pointer (&self->pricing, till_pricing_unref);
  self->pricing = price_to_charge (self->basket, smile, &error);
  self->priced = TRUE;
  self->priced_revision = revision;
  self->priced_smile = smile;
  if (self->pricing == NULL)
    till_checkout_trouble (self, error);
  return self->pricing;
}

TillReceipt *
till_checkout_price_draft (TillCheckout *self, GError **error)
{
  TillTender tender;

  if (!till_tender_init_exact (&tender, TILL_TENDER_FACE, till_pricing_get_total (self->charged), NULL, NULL,
                               error))
    return NULL;
  return till_receipt_new_priced (self->shop_name, "draft", till_clock_utc (self->rooms.clock), self->charged,
                                  &tender, error);
}

static TillPricing *
price_at_counter (TillCheckout *self, GError **error)
{
  return till_checkout_get_policy (self)->smile_discount > 0 ? till_basket_price_equal (self->basket, error)
                                                             : till_basket_price (self->basket, 0, error);
}

void
till_checkout_price_counter (TillCheckout *self)
{
  g_autoptr (GError) error = NULL;

  g_clear_pointer (&self->counter, till_pricing_unref);
  self->counter = price_at_counter (self, &error);
  if (self->counter == NULL)
    till_checkout_trouble (self, error);
}

gboolean
till_checkout_get_counter_price (TillCheckout *self, TillMoney *price)
{
  g_return_val_if_fail (TILL_IS_CHECKOUT (self), FALSE);

  if (self->basket == NULL)
    return FALSE;
  g_autoptr (TillPricing) pricing = price_at_counter (self, NULL);
  if (pricing == NULL)
    return FALSE;
  *price = *till_pricing_get_total (pricing);
  return TRUE;
}

void
till_checkout_price_forget (TillCheckout *self)
{
  g_clear_pointer (&self->counter, till_pricing_unref);
  g_clear_pointer (&self->pricing, till_pricing_unref);
  g_clear_pointer (&self->charged, till_pricing_unref);
  g_clear_pointer (&self->draft, till_receipt_unref);
  self->priced = FALSE;
}

guint
till_checkout_get_smile (TillCheckout *self)
{
  g_return_val_if_fail (TILL_IS_CHECKOUT (self), 0);

  return self->smile;
}

gboolean
till_checkout_get_price (TillCheckout *self, guint smile, TillMoney *price)
{
  g_return_val_if_fail (TILL_IS_CHECKOUT (self), FALSE);

  if (self->basket == NULL)
    return FALSE;
  g_autoptr (TillPricing) pricing = price_to_charge (self->basket, smile_that_counts (self, smile), NULL);
  if (pricing == NULL)
    return FALSE;
  *price = *till_pricing_get_total (pricing);
  return TRUE;
}
