/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sale/till-receipt-private.h"

#include "sale/till-apportion.h"
#include "sale/till-pricing-private.h"

G_DEFINE_BOXED_TYPE (TillReceipt, till_receipt, till_receipt_ref, till_receipt_unref)

static void
till_receipt_line_clear (TillReceiptLine *line)
{
  g_free ((char *) line->article);
  g_free ((char *) line->name);
  g_free ((char *) line->tax_class);
}

TillReceipt *
till_receipt_alloc (const char *shop, const char *number, gint64 at_us, gboolean inclusive)
{
  TillReceipt *self = g_atomic_rc_box_new0 (TillReceipt);

  self->shop = g_strdup (shop);
  self->number = g_strdup (number);
  self->at_us = at_us;
  self->inclusive = inclusive;
  self->lines = g_array_new (FALSE, TRUE, sizeof (TillReceiptLine));
  self->taxes = till_tax_sums_new ();
  self->discounts = g_array_new (FALSE, TRUE, sizeof (TillDiscount));
  g_array_set_clear_func (self->lines, (GDestroyNotify) till_receipt_line_clear);
  g_array_set_clear_func (self->discounts, (GDestroyNotify) till_discount_clear);
  return self;
}

char *
till_receipt_make_number (gint64 seq)
{
  return g_strdup_printf ("%06" G_GINT64_FORMAT, seq);
}

TillReceipt *
till_receipt_ref (TillReceipt *self)
{
  return g_atomic_rc_box_acquire (self);
}

static void
till_receipt_clear (gpointer data)
{
  TillReceipt *self = data;

  g_free (self->shop);
  g_free (self->number);
  g_array_unref (self->lines);
  g_array_unref (self->taxes);
  g_array_unref (self->discounts);
  g_free (self->of);
  g_free (self->reason);
  g_free ((char *) self->tender.kind);
  g_free ((char *) self->tender.reference);
  g_free ((char *) self->tender.approval);
}

void
till_receipt_unref (TillReceipt *self)
{
  g_atomic_rc_box_release_full (self, till_receipt_clear);
}

void
till_receipt_add_line (TillReceipt *self, const TillReceiptLine *line)
{
  TillReceiptLine copy = *line;

  copy.article = g_strdup (line->article);
  copy.name = g_strdup (line->name);
  copy.tax_class = g_strdup (line->tax_class);
  g_array_append_val (self->lines, copy);
}

void
till_receipt_add_discount (TillReceipt *self, const TillDiscount *discount)
{
  TillDiscount copy = *discount;

  copy.article = g_strdup (discount->article);
  g_array_append_val (self->discounts, copy);
}

void
till_receipt_set_tender (TillReceipt *self, const TillTender *tender)
{
  self->tender = *tender;
  self->tender.kind = g_strdup (tender->kind);
  self->tender.reference = g_strdup (tender->reference);
  self->tender.approval = g_strdup (tender->approval);
}

static void
till_receipt_copy_pricing (TillReceipt *self, const TillPricing *pricing)
{
  for (guint i = 0; i < till_pricing_get_n_lines (pricing); i++)
    {
      const TillPricingLine *line = till_pricing_get_line (pricing, i);
      TillReceiptLine copy = {
        .article = line->article,
        .name = line->name,
        .quantity = line->quantity,
        .price = line->price,
        .total = line->total,
        .off = line->off,
        .tax_class = line->tax_class,
      };

      till_receipt_add_line (self, &copy);
    }
  for (guint i = 0; i < till_pricing_get_n_discounts (pricing); i++)
    till_receipt_add_discount (self, till_pricing_get_discount (pricing, i));
  g_array_unref (self->taxes);
  self->taxes = till_pricing_copy_taxes (pricing);
  self->total = *till_pricing_get_total (pricing);
}

TillReceipt *
till_receipt_new_priced (const char *shop,
                         const char *number,
                         gint64 at_us,
                         const TillPricing *pricing,
                         const TillTender *tender,
                         GError **error)
{
  g_autoptr (TillReceipt) self
      = till_receipt_alloc (shop, number, at_us, till_pricing_is_tax_inclusive (pricing));

  till_receipt_copy_pricing (self, pricing);
  till_receipt_set_tender (self, tender);
  return till_receipt_check (self, error) ? g_steal_pointer (&self) : NULL;
}

TillReceipt *
till_receipt_new (const char *shop,
                  const char *number,
                  gint64 at_us,
                  TillBasket *basket,
                  const TillTender *tender,
                  GError **error)
{
  g_return_val_if_fail (TILL_IS_BASKET (basket), NULL);

  g_autoptr (TillPricing) pricing = till_basket_price (basket, 0, error);
  return pricing != NULL ? till_receipt_new_priced (shop, number, at_us, pricing, tender, error) : NULL;
}

TillReceipt *
till_receipt_new_final (const TillReceipt *draft,
                        const char *number,
                        gint64 at_us,
                        const char *reference,
                        const char *approval,
                        GError **error)
{
  g_autoptr (TillReceipt) self = till_receipt_alloc (draft->shop, number, at_us, draft->inclusive);
  TillTender tender = draft->tender;

  for (guint i = 0; i < draft->lines->len; i++)
    till_receipt_add_line (self, till_receipt_get_line (draft, i));
  for (guint i = 0; i < draft->discounts->len; i++)
    till_receipt_add_discount (self, till_receipt_get_discount (draft, i));
  g_array_unref (self->taxes);
  self->taxes = till_tax_sums_copy (draft->taxes);
  self->total = draft->total;
  self->of = g_strdup (draft->of);
  self->reason = g_strdup (draft->reason);
  self->undone = draft->undone;
  tender.reference = reference;
  tender.approval = approval;
  till_receipt_set_tender (self, &tender);
  return till_receipt_check (self, error) ? g_steal_pointer (&self) : NULL;
}

const char *
till_receipt_get_shop (const TillReceipt *self)
{
  return self->shop;
}

const char *
till_receipt_get_number (const TillReceipt *self)
{
  return self->number;
}

gint64
till_receipt_get_at_us (const TillReceipt *self)
{
  return self->at_us;
}

guint
till_receipt_get_n_lines (const TillReceipt *self)
{
  return self->lines->len;
}

const TillReceiptLine *
till_receipt_get_line (const TillReceipt *self, guint index)
{
  g_return_val_if_fail (index < self->lines->len, NULL);
  return &g_array_index (self->lines, TillReceiptLine, index);
}

guint
till_receipt_get_n_taxes (const TillReceipt *self)
{
  return self->taxes->len;
}

const TillTaxSum *
till_receipt_get_tax (const TillReceipt *self, guint index)
{
  g_return_val_if_fail (index < self->taxes->len, NULL);
  return &g_array_index (self->taxes, TillTaxSum, index);
}

gboolean
till_receipt_is_tax_inclusive (const TillReceipt *self)
{
  return self->inclusive;
}

const TillMoney *
till_receipt_get_total (const TillReceipt *self)
{
  return &self->total;
}

const TillTender *
till_receipt_get_tender (const TillReceipt *self)
{
  return &self->tender;
}

guint
till_receipt_get_n_discounts (const TillReceipt *self)
{
  return self->discounts->len;
}

const TillDiscount *
till_receipt_get_discount (const TillReceipt *self, guint index)
{
  g_return_val_if_fail (index < self->discounts->len, NULL);
  return &g_array_index (self->discounts, TillDiscount, index);
}

TillMoney
till_receipt_get_goods (const TillReceipt *self)
{
  TillMoney goods = self->total;

  goods.minor = 0;
  for (guint i = 0; i < self->lines->len; i++)
    goods.minor += till_receipt_get_line (self, i)->total.minor;
  return goods;
}

/* What the lines of @tax_class (NULL: all) come to before tax is added is spread over @gross. */
static void
till_receipt_share_out_class (const TillReceipt *self, const char *tax_class, gint64 gross, gint64 *paid)
{
  g_autofree guint *places = g_new (guint, self->lines->len);
  g_autofree gint64 *weights = g_new (gint64, self->lines->len);
  g_autofree gint64 *parts = g_new (gint64, self->lines->len);
  guint n = 0;

  for (guint i = 0; i < self->lines->len; i++)
    {
      const TillReceiptLine *line = till_receipt_get_line (self, i);

      if (tax_class != NULL && g_strcmp0 (line->tax_class, tax_class) != 0)
        continue;
      places[n] = i;
      weights[n++] = line->total.minor - line->off.minor;
    }
  till_apportion (gross, weights, n, parts);
  for (guint i = 0; i < n; i++)
    paid[places[i]] = parts[i];
}

void
till_receipt_share_out (const TillReceipt *self, gint64 *paid)
{
  for (guint i = 0; i < self->lines->len; i++)
    {
      const TillReceiptLine *line = till_receipt_get_line (self, i);
      paid[i] = line->total.minor - line->off.minor;
    }
  if (self->inclusive)
    return;
  if (self->lines->len > 0 && till_receipt_get_line (self, 0)->tax_class == NULL)
    {
      till_receipt_share_out_class (self, NULL, self->total.minor, paid);
      return;
    }
  for (guint i = 0; i < self->taxes->len; i++)
    till_receipt_share_out_class (self, till_receipt_get_tax (self, i)->id,
                                  till_receipt_get_tax (self, i)->gross.minor, paid);
}

TillMoney
till_receipt_get_line_paid (const TillReceipt *self, guint index)
{
  g_autofree gint64 *paid = g_new (gint64, self->lines->len);
  TillMoney money = self->total;

  till_receipt_share_out (self, paid);
  money.minor = index < self->lines->len ? paid[index] : 0;
  return money;
}

gboolean
till_receipt_is_refund (const TillReceipt *self)
{
  return self->of != NULL;
}

gboolean
till_receipt_is_void (const TillReceipt *self)
{
  return self->undone;
}

const char *
till_receipt_get_of (const TillReceipt *self)
{
  return self->of;
}

const char *
till_receipt_get_reason (const TillReceipt *self)
{
  return self->reason;
}
