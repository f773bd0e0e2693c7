/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sale/till-discount-json.h"

#include "base/till-error.h"
#include "sale/till-json-member.h"
#include "sale/till-rate.h"

JsonObject *
till_discount_to_json (const TillDiscount *discount)
{
  JsonObject *object = json_object_new ();

  json_object_set_string_member (object, "kind", till_discount_kind_to_string (discount->kind));
  if (discount->article != NULL)
    json_object_set_string_member (object, "article", discount->article);
  if (discount->rate > 0)
    json_object_set_int_member (object, "rate", discount->rate);
  json_object_set_int_member (object, "amount", discount->amount.minor);
  return object;
}

gboolean
till_discount_from_json (TillDiscount *discount, JsonObject *object, const char *currency, GError **error)
{
  const char *kind, *article;
  gint64 rate = 0;
  TillDiscount read = { 0 };

  if (!till_json_member_string (object, "kind", &kind, error)
      || !till_json_member_optional_string (object, "article", &article, error)
      || (json_object_has_member (object, "rate")
          && !till_json_member_int (object, "rate", 0, TILL_RATE_WHOLE, &rate, error))
      || !till_json_member_money (object, "amount", currency, &read.amount, error))
    return FALSE;
  if (!till_discount_kind_from_string (kind, &read.kind))
    {
      g_set_error_literal (error, TILL_ERROR, TILL_ERROR_INVALID, "“kind” is no discount this till knows");
      return FALSE;
    }
  if ((read.kind == TILL_DISCOUNT_LINE) != (article != NULL))
    {
      g_set_error_literal (error, TILL_ERROR, TILL_ERROR_INVALID,
                           "“article” belongs to a discount of kind “line” and to no other");
      return FALSE;
    }
  read.article = g_strdup (article);
  read.rate = (int) rate;
  *discount = read;
  return TRUE;
}
