/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sale/till-pricing-private.h"

#include "sale/till-apportion.h"
#include "sale/till-discount-json.h"
#include "sale/till-rate.h"

struct _TillPricing
{
  TillTaxTable *table;
  char currency[4];
  guint smile;
  GArray *lines;     /* (element-type TillPricingLine), their strings owned */
  GArray *discounts; /* (element-type TillDiscount) */
  GArray *taxes;     /* (element-type TillTaxSum) */
  TillMoney goods;
  TillMoney off;
  TillMoney total;
};

G_DEFINE_BOXED_TYPE (TillPricing, till_pricing, till_pricing_ref, till_pricing_unref)

static void
till_pricing_line_clear (gpointer data)
{
  TillPricingLine *line = data;

  g_free ((char *) line->article);
  g_free ((char *) line->name);
  g_free ((char *) line->tax_class);
}

TillPricing *
till_pricing_ref (TillPricing *self)
{
  return g_atomic_rc_box_acquire (self);
}

static void
till_pricing_clear (gpointer data)
{
  TillPricing *self = data;

  till_tax_table_unref (self->table);
  g_array_unref (self->lines);
  g_array_unref (self->discounts);
  g_clear_pointer (&self->taxes, g_array_unref);
}

void
till_pricing_unref (TillPricing *self)
{
  g_atomic_rc_box_release_full (self, till_pricing_clear);
}

static TillPricingLine *
till_pricing_line (const TillPricing *self, guint index)
{
  return &g_array_index (self->lines, TillPricingLine, index);
}

static gint64
till_pricing_line_left (const TillPricing *self, guint index)
{
  const TillPricingLine *line = till_pricing_line (self, index);

  return line->total.minor - line->off.minor;
}

static gint64
till_pricing_left (const TillPricing *self)
{
  return self->goods.minor - self->off.minor;
}

static gboolean
till_pricing_add_line (TillPricing *self, const TillBasketItem *item, GError **error)
{
  TillPricingLine line = {
    .quantity = item->quantity,
    .price = *till_article_get_price (item->article),
    .off = self->off,
  };

  if (!till_money_multiply (&line.price, line.quantity, &line.total, error)
      || !till_money_add (&self->goods, &line.total, &self->goods, error))
    return FALSE;
  line.article = g_strdup (till_article_get_id (item->article));
  line.name = g_strdup (till_article_get_name (item->article));
  line.tax_class = g_strdup (till_article_get_tax_class (item->article));
  g_array_append_val (self->lines, line);
  return TRUE;
}

static void
till_pricing_note (TillPricing *self, TillDiscountKind kind, const char *article, int rate, gint64 amount)
{
  TillDiscount discount = { .kind = kind, .article = g_strdup (article), .rate = rate, .amount = self->off };

  discount.amount.minor = amount;
  g_array_append_val (self->discounts, discount);
  self->off.minor += amount;
}

/* @parts of a @whole, rounded half away from zero; @whole is not below zero. */
static gint64
till_pricing_share (const TillPricing *self, gint64 whole, gint64 parts, gint64 all_parts)
{
  TillMoney money = self->goods, share;

  money.minor = whole;
  /* No share of an amount is larger than the amount, which could be counted. */
  if (!till_money_scale (&money, parts, all_parts, &share, NULL))
    g_assert_not_reached ();
  return share.minor;
}

static void
till_pricing_take_off_lines (TillPricing *self, const TillBasketContent *content)
{
  for (guint i = 0; i < self->lines->len; i++)
    {
      const TillBasketItem *item = till_basket_content_get (content, i);
      TillPricingLine *line = till_pricing_line (self, i);
      gint64 off = item->rate > 0 ? till_pricing_share (self, line->total.minor, item->rate, TILL_RATE_WHOLE)
                                  : MIN (item->off, line->total.minor);

      if (off == 0)
        continue;
      till_pricing_note (self, TILL_DISCOUNT_LINE, line->article, item->rate, off);
      line->off.minor = off;
    }
}

/* Takes @off, or what is left if that is less, off all lines. */
static void
till_pricing_take_off_all (TillPricing *self, TillDiscountKind kind, int rate, gint64 off)
{
  gint64 amount = MIN (off, till_pricing_left (self));
  guint n = self->lines->len;

  if (amount <= 0)
    return;

  g_autofree gint64 *weights = g_new (gint64, n);
  g_autofree gint64 *parts = g_new (gint64, n);
  for (guint i = 0; i < n; i++)
    weights[i] = till_pricing_line_left (self, i);
  till_apportion (amount, weights, n, parts);
  for (guint i = 0; i < n; i++)
    till_pricing_line (self, i)->off.minor += parts[i];
  till_pricing_note (self, kind, NULL, rate, amount);
}

static void
till_pricing_take_off (TillPricing *self,
                       const TillBasketContent *content,
                       const TillDiscountRules *rules,
                       gboolean gift,
                       TillDiscountKind offer)
{
  till_pricing_take_off_lines (self, content);
  till_pricing_take_off_all (
      self, TILL_DISCOUNT_BASKET, content->rate,
      content->rate > 0 ? till_pricing_share (self, till_pricing_left (self), content->rate, TILL_RATE_WHOLE)
                        : content->off);
  if (till_pricing_left (self) >= rules->threshold_from.minor)
    till_pricing_take_off_all (self, TILL_DISCOUNT_THRESHOLD, 0, rules->threshold_off.minor);
  if (gift)
    till_pricing_take_off_all (self, TILL_DISCOUNT_GIFT, 0, rules->gift_amount.minor);

  /* Last, so that what it is worked out on does not depend on the smile. */
  gint64 parts
      = (gint64) rules->smile_most_rate * (offer == TILL_DISCOUNT_EQUAL ? TILL_SMILE_WHOLE : self->smile);
  gint64 all_parts = (gint64) TILL_RATE_WHOLE * TILL_SMILE_WHOLE;
  till_pricing_take_off_all (self, offer, (int) (parts / TILL_SMILE_WHOLE),
                             till_pricing_share (self, till_pricing_left (self), parts, all_parts));
}

/* Taxes of the lines, with or without what is taken off (transfer full). */
static GArray *
till_pricing_sum_taxes (const TillPricing *self, gboolean discounted, TillMoney *total, GError **error)
{
  guint n = self->lines->len;
  g_autofree TillTaxedAmount *amounts = g_new0 (TillTaxedAmount, n);

  for (guint i = 0; i < n; i++)
    {
      amounts[i].tax_class = till_pricing_line (self, i)->tax_class;
      amounts[i].amount = till_pricing_line (self, i)->total;
      if (discounted)
        amounts[i].amount.minor = till_pricing_line_left (self, i);
    }

  g_autoptr (GArray) sums = till_tax_sum (self->table, amounts, n, self->currency, error);
  if (sums == NULL || !till_tax_total (sums, self->currency, NULL, NULL, total, error))
    return NULL;
  return g_steal_pointer (&sums);
}

/* Goods that can't be counted without the discounts are refused with them too: rules come and go. */
static gboolean
till_pricing_check_goods (const TillPricing *self, GError **error)
{
  TillMoney total;
  g_autoptr (GArray) sums = till_pricing_sum_taxes (self, FALSE, &total, error);

  return sums != NULL;
}

TillPricing *
till_pricing_new (const TillBasketContent *content,
                  const TillTaxTable *taxes,
                  const char *currency,
                  const TillDiscountRules *rules,
                  gboolean gift,
                  TillDiscountKind offer,
                  guint smile,
                  GError **error)
{
  g_autoptr (TillPricing) self = g_atomic_rc_box_new0 (TillPricing);

  self->table = till_tax_table_ref ((TillTaxTable *) taxes);
  self->smile = offer == TILL_DISCOUNT_SMILE ? MIN (smile, TILL_SMILE_WHOLE) : 0;
  self->lines = g_array_new (FALSE, TRUE, sizeof (TillPricingLine));
  self->discounts = g_array_new (FALSE, TRUE, sizeof (TillDiscount));
  g_array_set_clear_func (self->lines, till_pricing_line_clear);
  g_array_set_clear_func (self->discounts, (GDestroyNotify) till_discount_clear);
  if (!till_money_init (&self->goods, 0, currency, error))
    return NULL;
  self->off = self->goods;
  g_strlcpy (self->currency, currency, sizeof self->currency);

  for (guint i = 0; i < content->items->len; i++)
    if (!till_pricing_add_line (self, till_basket_content_get (content, i), error))
      return NULL;
  if (!till_pricing_check_goods (self, error))
    return NULL;
  till_pricing_take_off (self, content, rules, gift, offer);
  self->taxes = till_pricing_sum_taxes (self, TRUE, &self->total, error);
  return self->taxes != NULL ? g_steal_pointer (&self) : NULL;
}

gboolean
till_pricing_is_tax_inclusive (const TillPricing *self)
{
  return till_tax_table_is_inclusive (self->table);
}

guint
till_pricing_get_smile (const TillPricing *self)
{
  return self->smile;
}

guint
till_pricing_get_n_lines (const TillPricing *self)
{
  return self->lines->len;
}

const TillPricingLine *
till_pricing_get_line (const TillPricing *self, guint index)
{
  g_return_val_if_fail (index < self->lines->len, NULL);
  return till_pricing_line (self, index);
}

const TillMoney *
till_pricing_get_goods (const TillPricing *self)
{
  return &self->goods;
}

const TillMoney *
till_pricing_get_off (const TillPricing *self)
{
  return &self->off;
}

const TillMoney *
till_pricing_get_total (const TillPricing *self)
{
  return &self->total;
}

guint
till_pricing_get_n_discounts (const TillPricing *self)
{
  return self->discounts->len;
}

const TillDiscount *
till_pricing_get_discount (const TillPricing *self, guint index)
{
  g_return_val_if_fail (index < self->discounts->len, NULL);
  return &g_array_index (self->discounts, TillDiscount, index);
}

guint
till_pricing_get_n_taxes (const TillPricing *self)
{
  return self->taxes->len;
}

const TillTaxSum *
till_pricing_get_tax (const TillPricing *self, guint index)
{
  g_return_val_if_fail (index < self->taxes->len, NULL);
  return &g_array_index (self->taxes, TillTaxSum, index);
}

GArray *
till_pricing_copy_taxes (const TillPricing *self)
{
  return till_tax_sums_copy (self->taxes);
}

JsonArray *
till_pricing_discounts_to_json (const TillPricing *self)
{
  JsonArray *array = json_array_new ();

  for (guint i = 0; i < self->discounts->len; i++)
    json_array_add_object_element (array, till_discount_to_json (till_pricing_get_discount (self, i)));
  return array;
}
