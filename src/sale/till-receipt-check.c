/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sale/till-receipt-private.h"

#include "base/till-error.h"
#include "base/till-name.h"
#include "sale/till-refund.h"

#include <string.h>

#define NUMBER_MAX    64
#define REFERENCE_MAX 255
/* The last microsecond of the year 9999, beyond which dates can't be written. */
#define AT_US_MAX (G_GINT64_CONSTANT (253402300800) * G_USEC_PER_SEC - 1)

static gboolean
till_receipt_refuse (GError **error, const char *message)
{
  g_set_error_literal (error, TILL_ERROR, TILL_ERROR_INVALID, message);
  return FALSE;
}

gboolean
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
till_receipt_check_refund (const TillReceipt *self, GError **error)
{
  if (self->of == NULL)
    return self->reason == NULL || till_receipt_refuse (error, "Only a refund has a reason");
  if (!till_receipt_is_code (self->of, NUMBER_MAX))
    return till_receipt_refuse (error,
                                "The number of the sale given back is 1 to 64 visible ASCII characters");
  if (!self->inclusive || self->discounts->len > 0)
    return till_receipt_refuse (error, "A refund holds the tax in its amounts and has no discounts");
  return till_refund_check_reason (self->reason, error);
}

static gboolean
till_receipt_check_line (const TillReceipt *self, const TillReceiptLine *line, GError **error)
{
  TillMoney product;

  if (!till_name_check ("An article’s id", line->article, error)
      || !till_name_check ("An article’s name", line->name, error))
    return FALSE;
  if (line->quantity < 1 || line->quantity > TILL_BASKET_MAX_QUANTITY || line->price.minor < 0)
    return till_receipt_refuse (error, "A line’s quantity or price is out of range");
  if (!till_money_multiply (&line->price, line->quantity, &product, error))
    return FALSE;
  if (!till_money_same_currency (&product, &line->total) || !till_money_same_currency (&product, &line->off))
    return till_receipt_refuse (error, "A line’s amounts are in different currencies");
  if (self->of == NULL && till_money_compare (&product, &line->total) != 0)
    return till_receipt_refuse (error, "A line’s total is not its price times its quantity");
  if (line->off.minor < 0 || line->off.minor > (self->of == NULL ? line->total.minor : 0))
    return till_receipt_refuse (error, "What is taken off a line is out of range");
  return TRUE;
}

/* Adds up what the lines come to, before and after discounts. */
static gboolean
till_receipt_add_up_lines (const TillReceipt *self, TillMoney *goods, TillMoney *off, GError **error)
{
  guint least = self->of == NULL ? 1 : 0;

  if (self->lines->len < least || self->lines->len > TILL_BASKET_MAX_LINES)
    return till_receipt_refuse (error, "A receipt has 1 to 500 lines");
  for (guint i = 0; i < self->lines->len; i++)
    {
      const TillReceiptLine *line = till_receipt_get_line (self, i);

      if (!till_receipt_check_line (self, line, error) || !till_money_add (goods, &line->total, goods, error)
          || !till_money_add (off, &line->off, off, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
till_receipt_has_article (const TillReceipt *self, const char *article)
{
  for (guint i = 0; i < self->lines->len; i++)
    if (g_str_equal (till_receipt_get_line (self, i)->article, article))
      return TRUE;
  return FALSE;
}

/* An article has one line, as in a basket: refunds go by article. A refund itself may name it more than once. */
static gboolean
till_receipt_check_articles (const TillReceipt *self, GError **error)
{
  g_autoptr (GHashTable) articles = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < self->lines->len; i++)
    if (!g_hash_table_add (articles, (char *) till_receipt_get_line (self, i)->article) && self->of == NULL)
      return till_receipt_refuse (error, "An article stands on two lines");
  return TRUE;
}

static gboolean
till_receipt_check_discounts (const TillReceipt *self, const TillMoney *off, GError **error)
{
  TillMoney sum = *off;

  sum.minor = 0;
  for (guint i = 0; i < self->discounts->len; i++)
    {
      const TillDiscount *discount = till_receipt_get_discount (self, i);

      if (discount->amount.minor <= 0)
        return till_receipt_refuse (error, "A discount’s amount is not above zero");
      if (!till_money_add (&sum, &discount->amount, &sum, error))
        return FALSE;
      if (discount->article != NULL && !till_receipt_has_article (self, discount->article))
        return till_receipt_refuse (error, "A discount is on an article that was not sold");
    }
  if (till_money_compare (&sum, off) != 0)
    return till_receipt_refuse (error, "The discounts do not add up to what is taken off the lines");
  return TRUE;
}

/* Lines that say their class must say what the class says; receipts of before discounts have none that do. */
static gboolean
till_receipt_check_class (const TillReceipt *self, const TillTaxSum *sum, guint *n_lines, GError **error)
{
  gint64 prices = 0;

  for (guint i = 0; i < self->lines->len; i++)
    {
      const TillReceiptLine *line = till_receipt_get_line (self, i);

      if (g_strcmp0 (line->tax_class, sum->id) != 0)
        continue;
      /* No sum of lines is larger than all, which could be counted. */
      prices += line->total.minor - line->off.minor;
      (*n_lines)++;
    }
  if (prices != (self->inclusive ? sum->gross.minor : sum->net.minor))
    return till_receipt_refuse (error, "The lines of a tax class do not add up to what it says");
  return TRUE;
}

static gboolean
till_receipt_check_classes (const TillReceipt *self, GError **error)
{
  guint n_told = 0, n_found = 0;

  for (guint i = 0; i < self->lines->len; i++)
    n_told += till_receipt_get_line (self, i)->tax_class != NULL;
  if (n_told == 0)
    return TRUE;
  if (n_told != self->lines->len)
    return till_receipt_refuse (error, "Some lines do not say their tax class");
  for (guint i = 0; i < self->taxes->len; i++)
    if (!till_receipt_check_class (self, till_receipt_get_tax (self, i), &n_found, error))
      return FALSE;
  return n_found == n_told || till_receipt_refuse (error, "A line is of a tax class that the receipt lacks");
}

static gboolean
till_receipt_check_tax (const TillReceipt *self, const TillTaxSum *sum, GError **error)
{
  TillMoney gross;

  if (!till_name_check ("A tax class’s id", sum->id, error)
      || !till_name_check ("A tax class’s name", sum->name, error))
    return FALSE;
  if (sum->rate < 0 || sum->rate > TILL_RATE_WHOLE)
    return till_receipt_refuse (error, "A tax rate is out of range");
  if (!till_money_add (&sum->net, &sum->tax, &gross, error))
    return FALSE;
  if (gross.minor != sum->gross.minor)
    return till_receipt_refuse (error, "Net and tax of a class do not add up to its gross");
  /* No rate is above 100 %. */
  if (self->of == NULL && !self->inclusive && sum->tax.minor > sum->net.minor)
    return till_receipt_refuse (error, "The tax of a class is more than the goods are worth");
  return TRUE;
}

/* Lines, discounts and taxes must tell of the same money, and all of the total. */
static gboolean
till_receipt_check_sums (const TillReceipt *self, GError **error)
{
  TillMoney goods = self->total, off, net, gross;

  goods.minor = 0;
  off = goods;
  if (!till_receipt_add_up_lines (self, &goods, &off, error) || !till_receipt_check_articles (self, error)
      || !till_receipt_check_discounts (self, &off, error))
    return FALSE;
  for (guint i = 0; i < self->taxes->len; i++)
    if (!till_receipt_check_tax (self, till_receipt_get_tax (self, i), error))
      return FALSE;

  if (!till_tax_total (self->taxes, self->total.currency, &net, NULL, &gross, error))
    return FALSE;
  if (self->lines->len > 0 && goods.minor - off.minor != (self->inclusive ? gross.minor : net.minor))
    return till_receipt_refuse (error, "The lines do not add up to what the tax classes say");
  if (till_money_compare (&gross, &self->total) != 0)
    return till_receipt_refuse (error, "The tax classes do not add up to the total");
  return self->of != NULL || till_receipt_check_classes (self, error);
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

/* A smile is made to the camera, and the same offer without one is for whoever pays another way. */
static gboolean
till_receipt_check_offer (const TillReceipt *self, GError **error)
{
  gboolean by_face = g_str_equal (self->tender.kind, TILL_TENDER_FACE);

  for (guint i = 0; i < self->discounts->len; i++)
    {
      TillDiscountKind kind = till_receipt_get_discount (self, i)->kind;

      if (kind == TILL_DISCOUNT_SMILE && !by_face)
        return till_receipt_refuse (error, "Only who pays by face has a discount for a smile");
      if (kind == TILL_DISCOUNT_EQUAL && by_face)
        return till_receipt_refuse (error, "The same offer without a smile is for other ways to pay");
    }
  return TRUE;
}

gboolean
till_receipt_check (const TillReceipt *self, GError **error)
{
  return till_receipt_check_head (self, error) && till_receipt_check_refund (self, error)
         && till_receipt_check_sums (self, error) && till_receipt_check_tender (self, error)
         && till_receipt_check_offer (self, error);
}
