/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sale/till-receipt-private.h"

#include "base/till-clock.h"
#include "base/till-error.h"
#include "sale/till-discount-json.h"
#include "sale/till-json-member.h"

/* What "kind" says of a refund's receipt; a sale's has no such member, as it had none before there were refunds. */
#define KIND_REFUND "refund"

static JsonArray *
till_receipt_lines_to_json (const TillReceipt *self)
{
  JsonArray *array = json_array_new ();

  for (guint i = 0; i < till_receipt_get_n_lines (self); i++)
    {
      const TillReceiptLine *line = till_receipt_get_line (self, i);
      JsonObject *object = json_object_new ();

      json_object_set_string_member (object, "article", line->article);
      json_object_set_string_member (object, "name", line->name);
      json_object_set_int_member (object, "quantity", line->quantity);
      json_object_set_int_member (object, "price", line->price.minor);
      json_object_set_int_member (object, "total", line->total.minor);
      if (line->off.minor > 0)
        json_object_set_int_member (object, "off", line->off.minor);
      if (line->tax_class != NULL)
        json_object_set_string_member (object, "tax", line->tax_class);
      json_array_add_object_element (array, object);
    }
  return array;
}

static JsonArray *
till_receipt_discounts_to_json (const TillReceipt *self)
{
  JsonArray *array = json_array_new ();

  for (guint i = 0; i < till_receipt_get_n_discounts (self); i++)
    json_array_add_object_element (array, till_discount_to_json (till_receipt_get_discount (self, i)));
  return array;
}

static JsonArray *
till_receipt_taxes_to_json (const TillReceipt *self)
{
  JsonArray *array = json_array_new ();

  for (guint i = 0; i < till_receipt_get_n_taxes (self); i++)
    {
      const TillTaxSum *sum = till_receipt_get_tax (self, i);
      JsonObject *object = json_object_new ();

      json_object_set_string_member (object, "id", sum->id);
      json_object_set_string_member (object, "name", sum->name);
      json_object_set_int_member (object, "rate", sum->rate);
      json_object_set_int_member (object, "net", sum->net.minor);
      json_object_set_int_member (object, "tax", sum->tax.minor);
      json_object_set_int_member (object, "gross", sum->gross.minor);
      json_array_add_object_element (array, object);
    }
  return array;
}

static JsonObject *
till_receipt_tender_to_json (const TillTender *tender)
{
  JsonObject *object = json_object_new ();

  json_object_set_string_member (object, "kind", tender->kind);
  json_object_set_int_member (object, "amount", tender->amount.minor);
  json_object_set_int_member (object, "given", tender->given.minor);
  json_object_set_int_member (object, "change", tender->change.minor);
  if (tender->reference != NULL)
    json_object_set_string_member (object, "reference", tender->reference);
  if (tender->approval != NULL)
    json_object_set_string_member (object, "approval", tender->approval);
  return object;
}

static void
till_receipt_refund_to_json (const TillReceipt *self, JsonObject *body)
{
  json_object_set_string_member (body, "kind", KIND_REFUND);
  json_object_set_string_member (body, "of", self->of);
  json_object_set_string_member (body, "reason", self->reason);
  json_object_set_boolean_member (body, "void", self->undone);
}

JsonObject *
till_receipt_to_json (const TillReceipt *self)
{
  JsonObject *body = json_object_new ();
  g_autofree char *at = till_clock_format_utc (self->at_us);

  if (till_receipt_is_refund (self))
    till_receipt_refund_to_json (self, body);
  json_object_set_string_member (body, "shop", self->shop);
  json_object_set_string_member (body, "number", self->number);
  json_object_set_int_member (body, "at_us", self->at_us);
  json_object_set_string_member (body, "at", at);
  json_object_set_string_member (body, "currency", self->total.currency);
  json_object_set_boolean_member (body, "tax_inclusive", self->inclusive);
  json_object_set_array_member (body, "lines", till_receipt_lines_to_json (self));
  if (till_receipt_get_n_discounts (self) > 0)
    json_object_set_array_member (body, "discounts", till_receipt_discounts_to_json (self));
  json_object_set_array_member (body, "taxes", till_receipt_taxes_to_json (self));
  json_object_set_int_member (body, "total", self->total.minor);
  json_object_set_object_member (body, "tender", till_receipt_tender_to_json (&self->tender));
  return body;
}

static gboolean
till_receipt_read_line (TillReceipt *self, JsonObject *object, const char *currency, GError **error)
{
  TillReceiptLine line;
  gint64 quantity, off = 0;

  if (!till_json_member_string (object, "article", &line.article, error)
      || !till_json_member_string (object, "name", &line.name, error)
      || !till_json_member_int (object, "quantity", 1, TILL_BASKET_MAX_QUANTITY, &quantity, error)
      || !till_json_member_money (object, "price", currency, &line.price, error)
      || !till_json_member_money (object, "total", currency, &line.total, error)
      || (json_object_has_member (object, "off")
          && !till_json_member_int (object, "off", 0, G_MAXINT64, &off, error))
      || !till_json_member_optional_string (object, "tax", &line.tax_class, error)
      || !till_money_init (&line.off, off, currency, error))
    return FALSE;
  line.quantity = (guint) quantity;
  till_receipt_add_line (self, &line);
  return TRUE;
}

static gboolean
till_receipt_read_discount (TillReceipt *self, JsonObject *object, const char *currency, GError **error)
{
  TillDiscount discount;

  if (!till_discount_from_json (&discount, object, currency, error))
    return FALSE;
  g_array_append_val (self->discounts, discount);
  return TRUE;
}

static gboolean
till_receipt_read_tax (TillReceipt *self, JsonObject *object, const char *currency, GError **error)
{
  const char *id, *name;
  gint64 rate;
  TillTaxSum sum;

  if (!till_json_member_string (object, "id", &id, error)
      || !till_json_member_string (object, "name", &name, error)
      || !till_json_member_int (object, "rate", 0, TILL_RATE_WHOLE, &rate, error)
      || !till_json_member_money (object, "net", currency, &sum.net, error)
      || !till_json_member_money (object, "tax", currency, &sum.tax, error)
      || !till_json_member_money (object, "gross", currency, &sum.gross, error))
    return FALSE;
  sum.id = g_strdup (id);
  sum.name = g_strdup (name);
  sum.rate = (int) rate;
  g_array_append_val (self->taxes, sum);
  return TRUE;
}

typedef gboolean (*TillReceiptReader) (TillReceipt *self,
                                       JsonObject *object,
                                       const char *currency,
                                       GError **error);

static gboolean
till_receipt_read_array (
    TillReceipt *self, JsonObject *body, const char *name, TillReceiptReader read, GError **error)
{
  JsonArray *array = till_json_member_array (body, name, error);

  if (array == NULL)
    return FALSE;
  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      JsonObject *object = till_json_element_object (array, i, name, error);

      if (object == NULL)
        return FALSE;
      if (!read (self, object, self->total.currency, error))
        {
          g_prefix_error (error, "%s %u: ", name, i + 1);
          return FALSE;
        }
    }
  return TRUE;
}

static gboolean
till_receipt_read_tender (TillReceipt *self, JsonObject *body, GError **error)
{
  const char *currency = self->total.currency;
  TillTender tender;
  JsonObject *object = till_json_member_object (body, "tender", error);

  if (object == NULL)
    return FALSE;
  if (!till_json_member_string (object, "kind", &tender.kind, error)
      || !till_json_member_money (object, "amount", currency, &tender.amount, error)
      || !till_json_member_money (object, "given", currency, &tender.given, error)
      || !till_json_member_money (object, "change", currency, &tender.change, error)
      || !till_json_member_optional_string (object, "reference", &tender.reference, error)
      || !till_json_member_optional_string (object, "approval", &tender.approval, error))
    {
      g_prefix_error (error, "tender: ");
      return FALSE;
    }
  till_receipt_set_tender (self, &tender);
  return TRUE;
}

/* A receipt without a kind is a sale's. */
static gboolean
till_receipt_read_refund (TillReceipt *self, JsonObject *body, GError **error)
{
  const char *kind, *of, *reason;

  if (!till_json_member_optional_string (body, "kind", &kind, error))
    return FALSE;
  if (kind == NULL)
    return TRUE;
  if (!g_str_equal (kind, KIND_REFUND))
    {
      g_set_error_literal (error, TILL_ERROR, TILL_ERROR_INVALID, "“kind” is no receipt this till knows");
      return FALSE;
    }
  if (!till_json_member_string (body, "of", &of, error)
      || !till_json_member_string (body, "reason", &reason, error)
      || !till_json_member_boolean (body, "void", &self->undone, error))
    return FALSE;
  self->of = g_strdup (of);
  self->reason = g_strdup (reason);
  return TRUE;
}

TillReceipt *
till_receipt_from_json (JsonObject *body, GError **error)
{
  const char *shop, *number, *currency;
  gint64 at_us;
  gboolean inclusive;
  TillMoney total;

  if (!till_json_member_string (body, "shop", &shop, error)
      || !till_json_member_string (body, "number", &number, error)
      || !till_json_member_int (body, "at_us", 0, G_MAXINT64, &at_us, error)
      || !till_json_member_string (body, "currency", &currency, error)
      || !till_json_member_boolean (body, "tax_inclusive", &inclusive, error)
      || !till_json_member_money (body, "total", currency, &total, error))
    return NULL;

  g_autoptr (TillReceipt) self = till_receipt_alloc (shop, number, at_us, inclusive);
  self->total = total;
  if (!till_receipt_read_refund (self, body, error)
      || !till_receipt_read_array (self, body, "lines", till_receipt_read_line, error)
      || (json_object_has_member (body, "discounts")
          && !till_receipt_read_array (self, body, "discounts", till_receipt_read_discount, error))
      || !till_receipt_read_array (self, body, "taxes", till_receipt_read_tax, error)
      || !till_receipt_read_tender (self, body, error) || !till_receipt_check (self, error))
    return NULL;
  return g_steal_pointer (&self);
}
