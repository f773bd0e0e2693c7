/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sandbox/till-sandbox-charges.h"

#include "sandbox/till-sandbox-id.h"
#include "sandbox/till-sandbox-json.h"
#include "sandbox/till-sandbox-listing.h"
#include "sandbox/till-sandbox-payment-methods.h"

typedef enum
{
  COLUMN_CREATED,
  COLUMN_INTENT,
  COLUMN_AMOUNT,
  COLUMN_REFUNDED,
  COLUMN_CURRENCY,
  COLUMN_STATUS,
  COLUMN_CUSTOMER,
  COLUMN_METHOD,
  COLUMN_FAILURE_CODE,
  COLUMN_DECLINE_CODE,
  COLUMN_FAILURE_MESSAGE,
  COLUMN_DESCRIPTION,
  COLUMN_RECEIPT_EMAIL,
  COLUMN_STATEMENT,
  COLUMN_METADATA,
} Column;

static JsonObject *
render_outcome (sqlite3_stmt *row)
{
  JsonObject *outcome = json_object_new ();
  const char *code = till_sandbox_database_text (row, COLUMN_FAILURE_CODE);
  const char *reason = till_sandbox_database_text (row, COLUMN_DECLINE_CODE);

  json_object_set_string_member (outcome, "network_status",
                                 code != NULL ? "declined_by_network" : "approved_by_network");
  json_object_set_string_member (outcome, "reason", reason != NULL ? reason : code);
  json_object_set_string_member (outcome, "risk_level", "normal");
  json_object_set_string_member (outcome, "seller_message",
                                 code != NULL ? "The bank declined the payment." : "Payment complete.");
  json_object_set_string_member (outcome, "type", code != NULL ? "issuer_declined" : "authorized");
  return outcome;
}

static JsonObject *
render_method_details (TillSandboxDatabase *database, const char *method)
{
  JsonObject *details = json_object_new ();

  json_object_set_object_member (details, "card", till_sandbox_payment_method_render_card (database, method));
  json_object_set_string_member (details, "type", "card");
  return details;
}

static JsonObject *
render_billing (void)
{
  JsonObject *billing = json_object_new ();

  till_sandbox_json_set_nulls (billing, "address", "email", "name", "phone", "tax_id", NULL);
  return billing;
}

static JsonObject *
render (TillSandboxDatabase *database, const char *id, sqlite3_stmt *row)
{
  JsonObject *object = json_object_new ();
  const char *status = till_sandbox_database_text (row, COLUMN_STATUS);
  gboolean paid = g_str_equal (status, "succeeded");
  gint64 amount = sqlite3_column_int64 (row, COLUMN_AMOUNT);
  gint64 refunded = sqlite3_column_int64 (row, COLUMN_REFUNDED);
  const char *method = till_sandbox_database_text (row, COLUMN_METHOD);

  json_object_set_string_member (object, "id", id);
  json_object_set_string_member (object, "object", "charge");
  json_object_set_int_member (object, "amount", amount);
  json_object_set_int_member (object, "amount_captured", paid ? amount : 0);
  json_object_set_int_member (object, "amount_refunded", refunded);
  json_object_set_object_member (object, "billing_details", render_billing ());
  json_object_set_boolean_member (object, "captured", paid);
  json_object_set_int_member (object, "created", sqlite3_column_int64 (row, COLUMN_CREATED));
  json_object_set_string_member (object, "currency", till_sandbox_database_text (row, COLUMN_CURRENCY));
  json_object_set_string_member (object, "customer", till_sandbox_database_text (row, COLUMN_CUSTOMER));
  json_object_set_string_member (object, "description", till_sandbox_database_text (row, COLUMN_DESCRIPTION));
  json_object_set_boolean_member (object, "disputed", FALSE);
  json_object_set_string_member (object, "failure_code",
                                 till_sandbox_database_text (row, COLUMN_FAILURE_CODE));
  json_object_set_string_member (object, "failure_message",
                                 till_sandbox_database_text (row, COLUMN_FAILURE_MESSAGE));
  json_object_set_object_member (object, "fraud_details", json_object_new ());
  json_object_set_boolean_member (object, "livemode", FALSE);
  till_sandbox_json_set_parsed (object, "metadata", till_sandbox_database_text (row, COLUMN_METADATA));
  json_object_set_object_member (object, "outcome", render_outcome (row));
  json_object_set_boolean_member (object, "paid", paid);
  json_object_set_string_member (object, "payment_intent", till_sandbox_database_text (row, COLUMN_INTENT));
  json_object_set_string_member (object, "payment_method", method);
  json_object_set_object_member (object, "payment_method_details", render_method_details (database, method));
  json_object_set_string_member (object, "receipt_email",
                                 till_sandbox_database_text (row, COLUMN_RECEIPT_EMAIL));
  json_object_set_boolean_member (object, "refunded", refunded == amount);
  json_object_set_string_member (object, "statement_descriptor",
                                 till_sandbox_database_text (row, COLUMN_STATEMENT));
  json_object_set_string_member (object, "status", status);
  till_sandbox_json_set_nulls (object, "application", "application_fee", "application_fee_amount",
                               "balance_transaction", "dispute", "on_behalf_of", "receipt_number",
                               "receipt_url", "review", "shipping", "source", "source_transfer",
                               "statement_descriptor_suffix", "transfer_data", "transfer_group", NULL);
  return object;
}

JsonObject *
till_sandbox_charge_find (TillSandboxDatabase *database, const char *id)
{
  g_autoptr (sqlite3_stmt) row = till_sandbox_database_select (
      database,
      "SELECT created, payment_intent, amount, amount_refunded, currency, status, customer, payment_method,"
      " failure_code, decline_code, failure_message, description, receipt_email, statement_descriptor, "
      "metadata"
      " FROM charges WHERE id = ?",
      "s", id);

  return row != NULL ? render (database, id, row) : NULL;
}

void
till_sandbox_charge_add (TillSandboxCall *call,
                         TillSandboxIntent *intent,
                         const char *status,
                         const TillSandboxError *failure)
{
  g_free (intent->latest_charge);
  intent->latest_charge = till_sandbox_id_new ("ch");
  till_sandbox_database_change (
      call->database,
      "INSERT INTO charges (id, created, payment_intent, amount, currency, status, customer, payment_method,"
      " failure_code, decline_code, failure_message, description, receipt_email, statement_descriptor, "
      "metadata)"
      " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
      "sisisssssssssss", intent->latest_charge, call->now, intent->id, intent->amount, intent->currency,
      status, intent->customer, intent->payment_method, failure != NULL ? failure->code : NULL,
      failure != NULL ? failure->decline_code : NULL, failure != NULL ? failure->message : NULL,
      intent->description, intent->receipt_email, intent->statement_descriptor, intent->metadata);
}

void
till_sandbox_charge_settle (TillSandboxDatabase *database,
                            const char *id,
                            const char *status,
                            const TillSandboxError *failure)
{
  till_sandbox_database_change (
      database,
      "UPDATE charges SET status = ?, failure_code = ?, decline_code = ?, failure_message = ?"
      " WHERE id = ? AND status = 'pending'",
      "sssss", status, failure != NULL ? failure->code : NULL, failure != NULL ? failure->decline_code : NULL,
      failure != NULL ? failure->message : NULL, id);
}

JsonObject *
till_sandbox_charges_retrieve (TillSandboxCall *call)
{
  JsonObject *charge = till_sandbox_charge_find (call->database, call->id);

  if (charge == NULL)
    till_sandbox_call_missing (call, "charge", "id", call->id);
  return charge;
}

JsonObject *
till_sandbox_charges_list (TillSandboxCall *call)
{
  g_autoptr (TillSandboxListing) listing
      = till_sandbox_listing_new (call, "charges", "charge", till_sandbox_charge_find);

  if (!till_sandbox_listing_filter (listing, "payment_intent")
      || !till_sandbox_listing_filter (listing, "customer") || !till_sandbox_listing_filter_created (listing))
    return NULL;
  return till_sandbox_listing_page (listing, "/v1/charges");
}
