/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sandbox/till-sandbox-intent.h"

#include <libsoup/soup.h>

#include "sandbox/till-sandbox-id.h"
#include "sandbox/till-sandbox-json.h"

#define COLUMNS                                                                                              \
  "id, currency, status, customer, payment_method, client_secret, capture_method, confirmation_method, "     \
  "redirects,"                                                                                               \
  " description, receipt_email, setup_future_usage, statement_descriptor, statement_descriptor_suffix, "     \
  "metadata,"                                                                                                \
  " latest_charge, last_payment_error, cancellation_reason, created, amount, amount_received, automatic, "   \
  "canceled_at"

TillSandboxIntent *
till_sandbox_intent_new (gint64 now)
{
  TillSandboxIntent *intent = g_new0 (TillSandboxIntent, 1);

  intent->id = till_sandbox_id_new ("pi");
  intent->created = now;
  intent->status = g_strdup ("requires_payment_method");
  g_autofree char *secret = g_strconcat (intent->id, "_secret", NULL);
  intent->client_secret = till_sandbox_id_new (secret);
  intent->capture_method = g_strdup ("automatic_async");
  intent->confirmation_method = g_strdup ("automatic");
  intent->redirects = g_strdup ("always");
  intent->metadata = g_strdup ("{}");
  return intent;
}

void
till_sandbox_intent_free (TillSandboxIntent *intent)
{
  if (intent == NULL)
    return;

  g_free (intent->id);
  g_free (intent->currency);
  g_free (intent->status);
  g_free (intent->customer);
  g_free (intent->payment_method);
  g_free (intent->client_secret);
  g_free (intent->capture_method);
  g_free (intent->confirmation_method);
  g_free (intent->redirects);
  g_free (intent->description);
  g_free (intent->receipt_email);
  g_free (intent->setup_future_usage);
  g_free (intent->statement_descriptor);
  g_free (intent->statement_descriptor_suffix);
  g_free (intent->metadata);
  g_free (intent->latest_charge);
  g_free (intent->last_payment_error);
  g_free (intent->cancellation_reason);
  g_free (intent);
}

static char *
copy_text (sqlite3_stmt *row, int *column)
{
  return g_strdup (till_sandbox_database_text (row, (*column)++));
}

TillSandboxIntent *
till_sandbox_intent_load (TillSandboxDatabase *database, const char *id)
{
  g_autoptr (sqlite3_stmt) row = till_sandbox_database_select (
      database, "SELECT " COLUMNS " FROM payment_intents WHERE id = ?", "s", id);
  int column = 0;

  if (row == NULL)
    return NULL;

  TillSandboxIntent *intent = g_new0 (TillSandboxIntent, 1);
  intent->id = copy_text (row, &column);
  intent->currency = copy_text (row, &column);
  intent->status = copy_text (row, &column);
  intent->customer = copy_text (row, &column);
  intent->payment_method = copy_text (row, &column);
  intent->client_secret = copy_text (row, &column);
  intent->capture_method = copy_text (row, &column);
  intent->confirmation_method = copy_text (row, &column);
  intent->redirects = copy_text (row, &column);
  intent->description = copy_text (row, &column);
  intent->receipt_email = copy_text (row, &column);
  intent->setup_future_usage = copy_text (row, &column);
  intent->statement_descriptor = copy_text (row, &column);
  intent->statement_descriptor_suffix = copy_text (row, &column);
  intent->metadata = copy_text (row, &column);
  intent->latest_charge = copy_text (row, &column);
  intent->last_payment_error = copy_text (row, &column);
  intent->cancellation_reason = copy_text (row, &column);
  intent->created = sqlite3_column_int64 (row, column++);
  intent->amount = sqlite3_column_int64 (row, column++);
  intent->amount_received = sqlite3_column_int64 (row, column++);
  intent->automatic = sqlite3_column_int64 (row, column++);
  intent->canceled_at = sqlite3_column_int64 (row, column);
  return intent;
}

void
till_sandbox_intent_save (TillSandboxDatabase *database, const TillSandboxIntent *intent)
{
  till_sandbox_database_change (
      database,
      "INSERT INTO payment_intents (" COLUMNS ")"
      " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
      " ON CONFLICT (id) DO UPDATE SET currency = excluded.currency, status = excluded.status,"
      " customer = excluded.customer, payment_method = excluded.payment_method, description = "
      "excluded.description,"
      " receipt_email = excluded.receipt_email, setup_future_usage = excluded.setup_future_usage,"
      " statement_descriptor = excluded.statement_descriptor,"
      " statement_descriptor_suffix = excluded.statement_descriptor_suffix, metadata = excluded.metadata,"
      " latest_charge = excluded.latest_charge, last_payment_error = excluded.last_payment_error,"
      " cancellation_reason = excluded.cancellation_reason, amount = excluded.amount,"
      " amount_received = excluded.amount_received, automatic = excluded.automatic, redirects = "
      "excluded.redirects,"
      " canceled_at = excluded.canceled_at",
      "ssssssssssssssssssiiiii", intent->id, intent->currency, intent->status, intent->customer,
      intent->payment_method, intent->client_secret, intent->capture_method, intent->confirmation_method,
      intent->redirects, intent->description, intent->receipt_email, intent->setup_future_usage,
      intent->statement_descriptor, intent->statement_descriptor_suffix, intent->metadata,
      intent->latest_charge, intent->last_payment_error, intent->cancellation_reason, intent->created,
      intent->amount, intent->amount_received, intent->automatic, intent->canceled_at);
}

gboolean
till_sandbox_intent_is (const TillSandboxIntent *intent, const char *status)
{
  return g_str_equal (intent->status, status);
}

void
till_sandbox_intent_set_status (TillSandboxIntent *intent, const char *status)
{
  g_free (intent->status);
  intent->status = g_strdup (status);
}

static JsonObject *
render_options (void)
{
  JsonObject *options = json_object_new ();
  JsonObject *card = json_object_new ();

  till_sandbox_json_set_nulls (card, "installments", "mandate_options", "network", NULL);
  json_object_set_string_member (card, "request_three_d_secure", "automatic");
  json_object_set_object_member (options, "card", card);
  return options;
}

static JsonObject *
render_automatic (const TillSandboxIntent *intent)
{
  JsonObject *automatic = json_object_new ();

  json_object_set_string_member (automatic, "allow_redirects", intent->redirects);
  json_object_set_boolean_member (automatic, "enabled", TRUE);
  return automatic;
}

static JsonObject *
render_next_action (void)
{
  JsonObject *action = json_object_new ();
  JsonObject *detail = json_object_new ();

  json_object_set_string_member (detail, "type", "three_d_secure_redirect");
  json_object_set_string_member (action, "type", "use_stripe_sdk");
  json_object_set_object_member (action, "use_stripe_sdk", detail);
  return action;
}

static JsonObject *
render_processing (void)
{
  JsonObject *processing = json_object_new ();

  json_object_set_object_member (processing, "card", json_object_new ());
  json_object_set_string_member (processing, "type", "card");
  return processing;
}

/* The fields that are there only in some states, null otherwise. */
static void
render_state (const TillSandboxIntent *intent, JsonObject *object)
{
  till_sandbox_json_set_nulls (object, "automatic_payment_methods", "canceled_at", "next_action",
                               "processing", NULL);
  if (intent->automatic)
    json_object_set_object_member (object, "automatic_payment_methods", render_automatic (intent));
  if (intent->canceled_at != 0)
    json_object_set_int_member (object, "canceled_at", intent->canceled_at);
  if (till_sandbox_intent_is (intent, "requires_action"))
    json_object_set_object_member (object, "next_action", render_next_action ());
  if (till_sandbox_intent_is (intent, "processing"))
    json_object_set_object_member (object, "processing", render_processing ());
  till_sandbox_json_set_parsed (object, "last_payment_error", intent->last_payment_error);
  till_sandbox_json_set_parsed (object, "metadata", intent->metadata);
}

JsonObject *
till_sandbox_intent_render (const TillSandboxIntent *intent)
{
  JsonObject *object = json_object_new ();
  JsonObject *details = json_object_new ();

  json_object_set_string_member (object, "id", intent->id);
  json_object_set_string_member (object, "object", "payment_intent");
  json_object_set_int_member (object, "amount", intent->amount);
  json_object_set_int_member (object, "amount_capturable", 0);
  json_object_set_object_member (details, "tip", json_object_new ());
  json_object_set_object_member (object, "amount_details", details);
  json_object_set_int_member (object, "amount_received", intent->amount_received);
  json_object_set_string_member (object, "cancellation_reason", intent->cancellation_reason);
  json_object_set_string_member (object, "capture_method", intent->capture_method);
  json_object_set_string_member (object, "client_secret", intent->client_secret);
  json_object_set_string_member (object, "confirmation_method", intent->confirmation_method);
  json_object_set_int_member (object, "created", intent->created);
  json_object_set_string_member (object, "currency", intent->currency);
  json_object_set_string_member (object, "customer", intent->customer);
  json_object_set_string_member (object, "description", intent->description);
  json_object_set_string_member (object, "latest_charge", intent->latest_charge);
  json_object_set_boolean_member (object, "livemode", FALSE);
  json_object_set_string_member (object, "payment_method", intent->payment_method);
  json_object_set_object_member (object, "payment_method_options", render_options ());
  till_sandbox_json_set_single (object, "payment_method_types", "card");
  json_object_set_string_member (object, "receipt_email", intent->receipt_email);
  json_object_set_string_member (object, "setup_future_usage", intent->setup_future_usage);
  json_object_set_string_member (object, "statement_descriptor", intent->statement_descriptor);
  json_object_set_string_member (object, "statement_descriptor_suffix", intent->statement_descriptor_suffix);
  json_object_set_string_member (object, "status", intent->status);
  render_state (intent, object);
  till_sandbox_json_set_nulls (object, "application", "application_fee_amount", "on_behalf_of",
                               "payment_method_configuration_details", "review", "shipping", "source",
                               "transfer_data", "transfer_group", NULL);
  return object;
}

JsonObject *
till_sandbox_intent_find (TillSandboxDatabase *database, const char *id)
{
  g_autoptr (TillSandboxIntent) intent = till_sandbox_intent_load (database, id);

  return intent != NULL ? till_sandbox_intent_render (intent) : NULL;
}

gboolean
till_sandbox_intent_refuse_state (TillSandboxCall *call, const TillSandboxIntent *intent, const char *message)
{
  till_sandbox_call_fail (call, SOUP_STATUS_BAD_REQUEST, "payment_intent_unexpected_state", NULL, "%s",
                          message);
  if (call->error->payment_intent == NULL)
    call->error->payment_intent = till_sandbox_intent_render (intent);
  return FALSE;
}
