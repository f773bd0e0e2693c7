/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "shop/till-shop-day.h"
#include "shop/till-shop-discounts.h"
#include "shop/till-shop-policy.h"
#include "shop/till-shop-private.h"

/* The settings' rules for the checkout and the basket, as they change. */

void
till_shop_apply_policy (TillShop *self)
{
  TillConsentTerms terms;
  TillCheckoutPolicy policy;
  g_autoptr (GError) error = NULL;

  if (!till_shop_policy_read (till_profile_get_settings (self->profile), till_shop_get_currency (self),
                              &policy, &error))
    g_warning ("a rule for paying by face can't be read, so the strictest is in force: %s", error->message);
  /* While it is not known whether books or records were put back, nobody's face may be charged by them. */
  policy.face_off = policy.face_off || till_shop_get_custody (self) == TILL_CUSTODY_ROLLED_BACK;
  till_checkout_set_policy (self->checkout, &policy);
  terms = till_shop_get_terms (self);
  till_checkout_set_terms (self->checkout, &terms);
}

/* A price that changes under a customer who has agreed to it voids the consent, so it waits for the next one. */
static void
apply_discounts (TillShop *self, const TillMoney *given)
{
  TillDiscountRules rules;
  g_autoptr (GError) error = NULL;

  if (till_checkout_get_state (self->checkout) != TILL_CHECKOUT_IDLE)
    return;
  if (!till_shop_discounts_read (till_profile_get_settings (self->profile), till_shop_get_currency (self),
                                 given, &rules, &error))
    g_warning ("a rule for discounts can't be read, so it takes nothing off: %s", error->message);
  if (till_discount_rules_equal (&rules, &self->rules))
    return;
  self->rules = rules;
  till_basket_set_rules (self->basket, &rules);
}

static void renew_discounts (TillShop *self);

static void
on_given_known (GObject *source, GAsyncResult *result, gpointer user_data)
{
  TillShop *self = TILL_SHOP (source);
  g_autoptr (GError) error = NULL;
  g_autoptr (TillDayReport) report = till_shop_report_finish (self, result, &error);

  self->counting_gifts = FALSE;
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (report == NULL)
    g_warning ("there are no gifts, since it can't be told what was given today: %s", error->message);
  apply_discounts (self,
                   report != NULL ? &till_day_report_get_discount (report, TILL_DISCOUNT_GIFT)->sum : NULL);
  if (self->gifts_changed)
    renew_discounts (self);
}

static void
renew_discounts (TillShop *self)
{
  if (!till_shop_discounts_have_gifts (till_profile_get_settings (self->profile)))
    apply_discounts (self, NULL);
  else if (self->counting_gifts)
    self->gifts_changed = TRUE;
  else
    {
      self->counting_gifts = TRUE;
      self->gifts_changed = FALSE;
      till_shop_report_async (self, self->closing, on_given_known, NULL);
    }
}

static void
on_setting_changed (GSettings *settings, const char *key, gpointer user_data)
{
  TillShop *self = user_data;

  till_shop_apply_policy (self);
  renew_discounts (self);
}

static void
on_day_changed (TillShop *self)
{
  renew_discounts (self);
}

void
till_shop_start_rules (TillShop *self)
{
  GSettings *settings = till_profile_get_settings (self->profile);

  g_signal_connect_object (settings, "changed", G_CALLBACK (on_setting_changed), self, 0);
  g_signal_connect (self, "day-changed", G_CALLBACK (on_day_changed), NULL);
  till_shop_apply_policy (self);
  renew_discounts (self);
}
