/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sale/till-day-report-private.h"

#include "base/till-name.h"
#include "sale/till-tender.h"

#include <glib-object.h>

G_DEFINE_BOXED_TYPE (TillDayReport, till_day_report, till_day_report_ref, till_day_report_unref)

static void
till_day_tax_clear (gpointer data)
{
  TillDayTax *tax = data;

  g_free ((char *) tax->id);
  g_free ((char *) tax->name);
}

static void
till_day_report_set_currency (TillDayReport *self, const TillMoney *zero)
{
  const TillDayCount none = { .sum = *zero };
  const TillDayTender untouched = { .tender = "", .sold = none, .refunded = none, .net = *zero };
  static const char *const tenders[TILL_DAY_TENDERS]
      = { TILL_TENDER_FACE, TILL_TENDER_CASH, TILL_TENDER_CARD };

  self->takings = untouched;
  for (guint i = 0; i < TILL_DAY_TENDERS; i++)
    {
      self->tenders[i] = untouched;
      self->tenders[i].tender = tenders[i];
    }
  for (guint i = 0; i < TILL_N_DISCOUNT_KINDS; i++)
    self->discounts[i] = none;
  for (guint i = 0; i < TILL_DAY_HOURS; i++)
    self->hours[i] = none;
  self->voids = self->disputes = self->declined = self->unresolved = self->unresolved_refunds = none;
  self->untaxed = *zero;
  self->drawer = (TillDayDrawer){
    .opening = *zero,
    .paid_in = *zero,
    .paid_out = *zero,
    .sold = *zero,
    .refunded = *zero,
    .expected = *zero,
    .counted = *zero,
    .expected_at_count = *zero,
    .difference = *zero,
  };
}

TillDayReport *
till_day_report_alloc (const char *shop, const char *currency, guint number, gint64 at_us, GError **error)
{
  TillMoney zero;

  if (!till_name_check ("The shop’s name", shop, error) || !till_money_init (&zero, 0, currency, error))
    return NULL;

  TillDayReport *self = g_atomic_rc_box_new0 (TillDayReport);
  self->shop = g_strdup (shop);
  self->number = number;
  self->at_us = at_us;
  self->taxes = g_array_new (FALSE, TRUE, sizeof (TillDayTax));
  g_array_set_clear_func (self->taxes, till_day_tax_clear);
  till_day_report_set_currency (self, &zero);
  return self;
}

TillDayReport *
till_day_report_ref (TillDayReport *self)
{
  return g_atomic_rc_box_acquire (self);
}

static void
till_day_report_clear (gpointer data)
{
  TillDayReport *self = data;

  g_free (self->shop);
  g_array_unref (self->taxes);
}

void
till_day_report_unref (TillDayReport *self)
{
  g_atomic_rc_box_release_full (self, till_day_report_clear);
}

TillDayTender *
till_day_report_find_tender (TillDayReport *self, const char *tender)
{
  for (guint i = 0; i < TILL_DAY_TENDERS; i++)
    if (g_strcmp0 (self->tenders[i].tender, tender) == 0)
      return &self->tenders[i];
  return NULL;
}

TillDayTax *
till_day_report_find_tax (TillDayReport *self, const char *id, const char *name, int rate)
{
  for (guint i = 0; i < self->taxes->len; i++)
    {
      TillDayTax *tax = &g_array_index (self->taxes, TillDayTax, i);

      /* A class whose rate was changed during the day is two. */
      if (tax->rate == rate && g_str_equal (tax->id, id) && g_str_equal (tax->name, name))
        return tax;
    }

  TillDayTax fresh = {
    .id = g_strdup (id),
    .name = g_strdup (name),
    .rate = rate,
    .net = self->untaxed,
    .tax = self->untaxed,
    .gross = self->untaxed,
  };
  fresh.net.minor = fresh.tax.minor = fresh.gross.minor = 0;
  g_array_append_val (self->taxes, fresh);
  return &g_array_index (self->taxes, TillDayTax, self->taxes->len - 1);
}

gboolean
till_day_count_add (TillDayCount *count, const TillMoney *amount, GError **error)
{
  if (!till_money_add (&count->sum, amount, &count->sum, error))
    return FALSE;
  count->n++;
  return TRUE;
}

static gboolean
till_day_report_sum_up_takings (TillDayReport *self, GError **error)
{
  TillDayTender *all = &self->takings;

  all->sold.n = all->refunded.n = 0;
  all->sold.sum.minor = all->refunded.sum.minor = 0;
  for (guint i = 0; i < TILL_DAY_TENDERS; i++)
    {
      TillDayTender *tender = &self->tenders[i];

      if (!till_money_subtract (&tender->sold.sum, &tender->refunded.sum, &tender->net, error)
          || !till_money_add (&all->sold.sum, &tender->sold.sum, &all->sold.sum, error)
          || !till_money_add (&all->refunded.sum, &tender->refunded.sum, &all->refunded.sum, error))
        return FALSE;
      all->sold.n += tender->sold.n;
      all->refunded.n += tender->refunded.n;
    }
  return till_money_subtract (&all->sold.sum, &all->refunded.sum, &all->net, error);
}

gboolean
till_day_report_sum_up (TillDayReport *self, GError **error)
{
  TillDayDrawer *drawer = &self->drawer;
  const TillDayTender *cash = till_day_report_find_tender (self, TILL_TENDER_CASH);

  if (!till_day_report_sum_up_takings (self, error))
    return FALSE;
  self->untaxed = self->takings.net;
  for (guint i = 0; i < self->taxes->len; i++)
    if (!till_money_subtract (&self->untaxed, &g_array_index (self->taxes, TillDayTax, i).gross,
                              &self->untaxed, error))
      return FALSE;

  drawer->sold = cash->sold.sum;
  drawer->refunded = cash->refunded.sum;
  return till_money_add (&drawer->opening, &drawer->paid_in, &drawer->expected, error)
         && till_money_add (&drawer->expected, &drawer->sold, &drawer->expected, error)
         && till_money_subtract (&drawer->expected, &drawer->paid_out, &drawer->expected, error)
         && till_money_subtract (&drawer->expected, &drawer->refunded, &drawer->expected, error)
         && till_money_subtract (&drawer->counted, &drawer->expected_at_count, &drawer->difference, error);
}

const char *
till_day_report_get_shop (const TillDayReport *self)
{
  return self->shop;
}

const char *
till_day_report_get_currency (const TillDayReport *self)
{
  return self->untaxed.currency;
}

guint
till_day_report_get_number (const TillDayReport *self)
{
  return self->number;
}

gint64
till_day_report_get_at_us (const TillDayReport *self)
{
  return self->at_us;
}

gint64
till_day_report_get_first_seq (const TillDayReport *self)
{
  return self->first_seq;
}

gint64
till_day_report_get_last_seq (const TillDayReport *self)
{
  return self->last_seq;
}

gint64
till_day_report_get_since_us (const TillDayReport *self)
{
  return self->since_us;
}

const TillDayTender *
till_day_report_get_takings (const TillDayReport *self)
{
  return &self->takings;
}

guint
till_day_report_get_n_tenders (const TillDayReport *self)
{
  return TILL_DAY_TENDERS;
}

const TillDayTender *
till_day_report_get_tender (const TillDayReport *self, guint index)
{
  g_return_val_if_fail (index < TILL_DAY_TENDERS, NULL);
  return &self->tenders[index];
}

guint
till_day_report_get_n_taxes (const TillDayReport *self)
{
  return self->taxes->len;
}

const TillDayTax *
till_day_report_get_tax (const TillDayReport *self, guint index)
{
  g_return_val_if_fail (index < self->taxes->len, NULL);
  return &g_array_index (self->taxes, TillDayTax, index);
}

const TillMoney *
till_day_report_get_untaxed (const TillDayReport *self)
{
  return &self->untaxed;
}

const TillDayCount *
till_day_report_get_discount (const TillDayReport *self, TillDiscountKind kind)
{
  g_return_val_if_fail ((guint) kind < TILL_N_DISCOUNT_KINDS, NULL);
  return &self->discounts[kind];
}

const TillDayCount *
till_day_report_get_voids (const TillDayReport *self)
{
  return &self->voids;
}

const TillDayCount *
till_day_report_get_disputes (const TillDayReport *self)
{
  return &self->disputes;
}

const TillDayCount *
till_day_report_get_declined (const TillDayReport *self)
{
  return &self->declined;
}

const TillDayCount *
till_day_report_get_unresolved (const TillDayReport *self)
{
  return &self->unresolved;
}

const TillDayCount *
till_day_report_get_unresolved_refunds (const TillDayReport *self)
{
  return &self->unresolved_refunds;
}

const TillDayDrawer *
till_day_report_get_drawer (const TillDayReport *self)
{
  return &self->drawer;
}

const TillDayCount *
till_day_report_get_hour (const TillDayReport *self, guint hour)
{
  g_return_val_if_fail (hour < TILL_DAY_HOURS, NULL);
  return &self->hours[hour];
}
