/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sale-rows.h"

#include "sale/till-json-member.h"
#include "sale/till-refund.h"

void
sale_rows_init (SaleRows *self, gint64 at_us)
{
  self->rows = g_ptr_array_new_with_free_func ((GDestroyNotify) till_ledger_entry_unref);
  self->at_us = at_us;
}

void
sale_rows_clear (SaleRows *self)
{
  g_ptr_array_unref (self->rows);
}

TillLedgerEntry *
sale_rows_add_object (
    SaleRows *self, const char *kind, const char *sale, const char *attempt, JsonObject *body)
{
  TillLedgerEntry *row = till_ledger_entry_new (kind, sale, attempt, body);

  g_ptr_array_add (self->rows, row);
  row->seq = self->rows->len;
  row->at_us = self->at_us;
  self->at_us += 60 * G_USEC_PER_SEC;
  return row;
}

TillLedgerEntry *
sale_rows_add (SaleRows *self, const char *kind, const char *sale, const char *attempt, const char *body)
{
  g_autoptr (GError) error = NULL;
  JsonObject *object = till_json_read_object (body, -1, "body", &error);

  g_assert_no_error (error);
  return sale_rows_add_object (self, kind, sale, attempt, object);
}

static JsonObject *
amount_body (const TillReceipt *receipt)
{
  JsonObject *body = json_object_new ();
  const TillMoney *total = till_receipt_get_total (receipt);

  json_object_set_int_member (body, "amount", total->minor);
  json_object_set_string_member (body, "currency", total->currency);
  return body;
}

void
sale_rows_add_counter_sale (SaleRows *self, const char *sale, const TillReceipt *receipt)
{
  JsonObject *body = amount_body (receipt);
  const TillTender *tender = till_receipt_get_tender (receipt);

  json_object_set_string_member (body, "tender", tender->kind);
  json_object_set_int_member (body, "given", tender->given.minor);
  json_object_set_int_member (body, "change", tender->change.minor);
  sale_rows_add_object (self, TILL_LEDGER_TENDER, sale, NULL, body);
  sale_rows_add_object (self, TILL_LEDGER_RECEIPT, sale, NULL, till_receipt_to_json (receipt));
}

static void
describe_refund (JsonObject *body, const TillReceipt *refund)
{
  json_object_set_string_member (body, "reason", till_receipt_get_reason (refund));
  json_object_set_string_member (body, "by", "manager");
  json_object_set_array_member (body, "lines", till_refund_lines_to_json (refund));
  if (till_receipt_is_void (refund))
    json_object_set_boolean_member (body, "void", TRUE);
  json_object_set_object_member (body, "receipt", till_receipt_to_json (refund));
}

void
sale_rows_add_counter_refund (SaleRows *self, const char *sale, const TillReceipt *refund)
{
  JsonObject *body = amount_body (refund);

  json_object_set_string_member (body, "tender", till_receipt_get_tender (refund)->kind);
  describe_refund (body, refund);
  sale_rows_add_object (self, TILL_LEDGER_REFUND, sale, NULL, body);
}

void
sale_rows_add_face_sale (SaleRows *self, const char *sale, const char *attempt, const TillReceipt *receipt)
{
  JsonObject *intent = amount_body (receipt), *end = amount_body (receipt);

  json_object_set_string_member (intent, "tender", "face");
  json_object_set_string_member (intent, "customer", "cus_1");
  json_object_set_object_member (intent, "receipt", till_receipt_to_json (receipt));
  json_object_set_string_member (end, "status", "approved");
  json_object_set_string_member (end, "reference", "pi_1");
  sale_rows_add_object (self, TILL_LEDGER_CHARGE_INTENT, sale, attempt, intent);
  sale_rows_add_object (self, TILL_LEDGER_CHARGE_END, sale, attempt, end);
  sale_rows_add_object (self, TILL_LEDGER_RECEIPT, sale, attempt, till_receipt_to_json (receipt));
}

void
sale_rows_add_face_refund (
    SaleRows *self, const char *sale, const char *attempt, const char *of, const TillReceipt *refund)
{
  JsonObject *body = amount_body (refund);

  json_object_set_string_member (body, "of", of);
  describe_refund (body, refund);
  sale_rows_add_object (self, TILL_LEDGER_REFUND_INTENT, sale, attempt, body);
}
