/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sale/till-receipt-private.h"

#include "base/till-error.h"
#include "base/till-name.h"

#include <string.h>

#define NUMBER_MAX    64
#define REFERENCE_MAX 255
/* The last microsecond of the year 9999, beyond which dates can't be written. */
#define AT_US_MAX (G_GINT64_CONSTANT (253402300800) * G_USEC_PER_SEC - 1)

G_DEFINE_BOXED_TYPE (TillReceipt, till_receipt, till_receipt_ref, till_receipt_unref)

static void
till_receipt_line_clear (TillReceiptLine *line)
{
  g_free ((char *) line->article);
  g_free ((char *) line->name);
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
  self->taxes = g_array_new (FALSE, TRUE, sizeof (TillTaxSum));
  g_array_set_clear_func (self->lines, (GDestroyNotify) till_receipt_line_clear);
  g_array_set_clear_func (self->taxes, (GDestroyNotify) till_tax_sum_clear);
  return self;
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
  g_array_append_val (self->lines, copy);
}

void
till_receipt_set_tender (TillReceipt *self, const TillTender *tender)
{
  self->tender = *tender;
  self->tender.kind = g_strdup (tender->kind);
  self->tender.reference = g_strdup (tender->reference);
  self->tender.approval = g_strdup (tender->approval);
}

static gboolean
till_receipt_refuse (GError **error, const char *message)
{
  g_set_error_literal (error, TILL_ERROR, TILL_ERROR_INVALID, message);
  return FALSE;
}

static gboolean
till_receipt_is_code (const char *text, gsize most)
{
  gsize length = strlen (text);

  for (gsize i = 0; i < length; i++)
    if (!g_ascii_isgraph (text[i]))
      return FALSE;
  return length >= 1 && length <= most;
}

static gboolean
till_receipt_check_head (const TillReceipt *self, GError **error)
{
  if (!till_name_check ("The shop’s name", self->shop, error))
    return FALSE;
  if (!till_receipt_is_code (self->number, NUMBER_MAX))
    return till_receipt_refuse (error, "A receipt’s number is 1 to 64 visible ASCII characters");
  if (self->at_us < 0 || self->at_us > AT_US_MAX)
    return till_receipt_refuse (error, "A receipt’s time is between the years 1970 and 9999");
  return TRUE;
}

static gboolean
till_receipt_check_line (const TillReceiptLine *line, TillMoney *sum, GError **error)
{
  TillMoney product;

  if (!till_name_check ("An article’s id", line->article, error)
      || !till_name_check ("An article’s name", line->name, error))
    return FALSE;
  if (line->quantity < 1 || line->quantity > TILL_BASKET_MAX_QUANTITY || line->price.minor < 0)
    return till_receipt_refuse (error, "A line’s quantity or price is out of range");
  if (!till_money_multiply (&line->price, line->quantity, &product, error)
      || !till_money_add (sum, &product, sum, error))
    return FALSE;
  if (!till_money_same_currency (&product, &line->total) || till_money_compare (&product, &line->total) != 0)
    return till_receipt_refuse (error, "A line’s total is not its price times its quantity");
  return TRUE;
}

static gboolean
till_receipt_check_tax (const TillTaxSum *sum, GError **error)
{
  TillMoney gross;

  if (!till_name_check ("A tax class’s id", sum->id, error)
      || !till_name_check ("A tax class’s name", sum->name, error))
    return FALSE;
  if (sum->rate < 0 || sum->rate > TILL_TAX_WHOLE)
    return till_receipt_refuse (error, "A tax rate is out of range");
  if (!till_money_add (&sum->net, &sum->tax, &gross, error))
    return FALSE;
  if (gross.minor != sum->gross.minor)
    return till_receipt_refuse (error, "Net and tax of a class do not add up to its gross");
  return TRUE;
}

/* Lines and taxes must tell of the same money, and both of the total. */
static gboolean
till_receipt_check_sums (const TillReceipt *self, GError **error)
{
  TillMoney prices = self->total, net, gross;

  prices.minor = 0;
  if (self->lines->len < 1 || self->lines->len > TILL_BASKET_MAX_LINES)
    return till_receipt_refuse (error, "A receipt has 1 to 500 lines");
  for (guint i = 0; i < self->lines->len; i++)
    if (!till_receipt_check_line (till_receipt_get_line (self, i), &prices, error))
      return FALSE;
  for (guint i = 0; i < self->taxes->len; i++)
    if (!till_receipt_check_tax (till_receipt_get_tax (self, i), error))
      return FALSE;

  if (!till_tax_total (self->taxes, self->total.currency, &net, NULL, &gross, error))
    return FALSE;
  if (till_money_compare (&prices, self->inclusive ? &gross : &net) != 0)
    return till_receipt_refuse (error, "The lines do not add up to what the tax classes say");
  if (till_money_compare (&gross, &self->total) != 0)
    return till_receipt_refuse (error, "The tax classes do not add up to the total");
  return TRUE;
}

static gboolean
till_receipt_check_tender (const TillReceipt *self, GError **error)
{
  const TillTender *tender = &self->tender;

  if (!till_tender_check (tender, error))
    return FALSE;
  if (!till_money_same_currency (&tender->amount, &self->total)
      || till_money_compare (&tender->amount, &self->total) != 0)
    return till_receipt_refuse (error, "The amount paid is not the total");
  if ((tender->reference != NULL && !till_receipt_is_code (tender->reference, REFERENCE_MAX))
      || (tender->approval != NULL && !till_receipt_is_code (tender->approval, REFERENCE_MAX)))
    return till_receipt_refuse (error,
                                "A payment’s reference and approval are 1 to 255 visible ASCII characters");
  return TRUE;
}

gboolean
till_receipt_check (const TillReceipt *self, GError **error)
{
  return till_receipt_check_head (self, error) && till_receipt_check_sums (self, error)
         && till_receipt_check_tender (self, error);
}

static void
till_receipt_copy_basket (TillReceipt *self, TillBasket *basket)
{
  GListModel *lines = till_basket_get_lines (basket);

  for (guint i = 0; i < g_list_model_get_n_items (lines); i++)
    {
      g_autoptr (TillBasketLine) line = g_list_model_get_item (lines, i);
      TillArticle *article = till_basket_line_get_article (line);
      TillReceiptLine copy = {
        .article = till_article_get_id (article),
        .name = till_article_get_name (article),
        .quantity = till_basket_line_get_quantity (line),
        .price = *till_article_get_price (article),
        .total = *till_basket_line_get_total (line),
      };

      till_receipt_add_line (self, &copy);
    }
  g_array_unref (self->taxes);
  self->taxes = till_basket_get_taxes (basket);
  self->total = *till_basket_get_total (basket);
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

  g_autoptr (TillReceipt) self
      = till_receipt_alloc (shop, number, at_us, till_basket_is_tax_inclusive (basket));
  till_receipt_copy_basket (self, basket);
  till_receipt_set_tender (self, tender);
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
