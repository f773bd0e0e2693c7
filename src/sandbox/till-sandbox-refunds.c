/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sandbox/till-sandbox-refunds.h"

#include <libsoup/soup.h>

#include "sandbox/till-sandbox-id.h"
#include "sandbox/till-sandbox-json.h"
#include "sandbox/till-sandbox-listing.h"
#include "sandbox/till-sandbox-payment-methods.h"

/* What can be refunded. */
typedef struct
{
  char *charge;
  char *intent;
  char *currency;
  gint64 remaining;
  TillSandboxRefundOutcome outcome;
} Refundable;

static void
refundable_clear (Refundable *refundable)
{
  g_free (refundable->charge);
  g_free (refundable->intent);
  g_free (refundable->currency);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Refundable, refundable_clear)

static JsonObject *
render_destination (void)
{
  JsonObject *destination = json_object_new ();
  JsonObject *card = json_object_new ();

  json_object_set_string_member (card, "reference_status", "pending");
  json_object_set_string_member (card, "reference_type", "acquirer_reference_number");
  json_object_set_string_member (card, "type", "refund");
  json_object_set_object_member (destination, "card", card);
  json_object_set_string_member (destination, "type", "card");
  return destination;
}

JsonObject *
till_sandbox_refund_find (TillSandboxDatabase *database, const char *id)
{
  g_autoptr (sqlite3_stmt) row
      = till_sandbox_database_select (database,
                                      "SELECT created, charge, payment_intent, amount, currency, reason, "
                                      "metadata, status FROM refunds WHERE id = ?",
                                      "s", id);

  if (row == NULL)
    return NULL;

  JsonObject *object = json_object_new ();
  json_object_set_string_member (object, "id", id);
  json_object_set_string_member (object, "object", "refund");
  json_object_set_int_member (object, "amount", sqlite3_column_int64 (row, 3));
  json_object_set_string_member (object, "charge", till_sandbox_database_text (row, 1));
  json_object_set_int_member (object, "created", sqlite3_column_int64 (row, 0));
  json_object_set_string_member (object, "currency", till_sandbox_database_text (row, 4));
  json_object_set_object_member (object, "destination_details", render_destination ());
  till_sandbox_json_set_parsed (object, "metadata", till_sandbox_database_text (row, 6));
  json_object_set_string_member (object, "payment_intent", till_sandbox_database_text (row, 2));
  json_object_set_string_member (object, "reason", till_sandbox_database_text (row, 5));
  const char *status = till_sandbox_database_text (row, 7);
  json_object_set_string_member (object, "status", status);
  if (g_str_equal (status, "failed"))
    json_object_set_string_member (object, "failure_reason", "declined");
  till_sandbox_json_set_nulls (object, "balance_transaction", "receipt_number", "source_transfer_reversal",
                               "transfer_reversal", NULL);
  return object;
}

static gboolean
exists (TillSandboxDatabase *database, const char *sql, const char *id)
{
  g_autoptr (sqlite3_stmt) row = till_sandbox_database_select (database, sql, "s", id);

  return row != NULL;
}

static gboolean
refuse_unpaid (TillSandboxCall *call, const char *charge, const char *intent)
{
  if (intent != NULL)
    {
      if (!exists (call->database, "SELECT 1 FROM payment_intents WHERE id = ?", intent))
        return till_sandbox_call_missing (call, "payment_intent", "payment_intent", intent);
      return till_sandbox_call_fail (call, SOUP_STATUS_BAD_REQUEST, NULL, "payment_intent",
                                     "This PaymentIntent (%s) does not have a successful charge to refund.",
                                     intent);
    }

  if (!exists (call->database, "SELECT 1 FROM charges WHERE id = ?", charge))
    return till_sandbox_call_missing (call, "charge", "charge", charge);
  return till_sandbox_call_fail (call, SOUP_STATUS_BAD_REQUEST, NULL, "charge",
                                 "This charge (%s) was not successful, so it can't be refunded.", charge);
}

static gboolean
find_refundable (TillSandboxCall *call, Refundable *refundable)
{
  const char *charge = NULL;
  const char *intent = NULL;

  if (!till_sandbox_call_id (call, "charge", &charge)
      || !till_sandbox_call_id (call, "payment_intent", &intent))
    return FALSE;
  if ((charge == NULL) == (intent == NULL))
    return till_sandbox_call_fail (
        call, SOUP_STATUS_BAD_REQUEST, charge == NULL ? "parameter_missing" : NULL, NULL,
        "One of the following params should be provided for this request, and not both: "
        "payment_intent, charge.");

  g_autoptr (sqlite3_stmt) row = till_sandbox_database_select (
      call->database,
      "SELECT id, payment_intent, currency, amount - amount_refunded, payment_method FROM charges"
      " WHERE status = 'succeeded' AND (id = ? OR payment_intent = ?)",
      "ss", charge, intent);
  if (row == NULL)
    return refuse_unpaid (call, charge, intent);

  refundable->charge = g_strdup (till_sandbox_database_text (row, 0));
  refundable->intent = g_strdup (till_sandbox_database_text (row, 1));
  refundable->currency = g_strdup (till_sandbox_database_text (row, 2));
  refundable->remaining = sqlite3_column_int64 (row, 3);
  refundable->outcome
      = till_sandbox_payment_method_card (call->database, till_sandbox_database_text (row, 4))->refund;
  return TRUE;
}

static gboolean
read_amount (TillSandboxCall *call, const Refundable *refundable, gint64 *amount)
{
  if (refundable->remaining == 0)
    return till_sandbox_call_fail (call, SOUP_STATUS_BAD_REQUEST, "charge_already_refunded", NULL,
                                   "Charge %s has already been refunded.", refundable->charge);

  *amount = refundable->remaining;
  if (!till_sandbox_call_integer (call, "amount", amount))
    return FALSE;
  if (*amount < 1)
    return till_sandbox_call_fail (call, SOUP_STATUS_BAD_REQUEST, "parameter_invalid_integer", "amount",
                                   "This value must be greater than or equal to 1.");
  /* The service gives this one no code. */
  if (*amount > refundable->remaining)
    return till_sandbox_call_fail (
        call, SOUP_STATUS_BAD_REQUEST, NULL, "amount",
        "Refund amount (%" G_GINT64_FORMAT " %s) is greater than unrefunded amount on charge "
        "(%" G_GINT64_FORMAT " %s), in minor units.",
        *amount, refundable->currency, refundable->remaining, refundable->currency);
  return TRUE;
}

static const char *
status_of (TillSandboxRefundOutcome outcome)
{
  if (outcome == TILL_SANDBOX_REFUND_WAITS)
    return "pending";
  return outcome == TILL_SANDBOX_REFUND_FAILS ? "failed" : "succeeded";
}

JsonObject *
till_sandbox_refunds_create (TillSandboxCall *call)
{
  static const char *const reasons[] = { "duplicate", "fraudulent", "requested_by_customer", NULL };
  g_auto (Refundable) refundable = { 0 };
  g_autofree char *id = till_sandbox_id_new ("re");
  g_autofree char *metadata = g_strdup ("{}");
  const char *reason = NULL;
  gint64 amount = 0;

  if (!till_sandbox_call_choice (call, "reason", reasons, &reason) || !find_refundable (call, &refundable)
      || !read_amount (call, &refundable, &amount) || !till_sandbox_call_metadata (call, &metadata))
    return NULL;

  if (refundable.outcome != TILL_SANDBOX_REFUND_FAILS)
    till_sandbox_database_change (call->database,
                                  "UPDATE charges SET amount_refunded = amount_refunded + ? WHERE id = ?",
                                  "is", amount, refundable.charge);
  till_sandbox_database_change (
      call->database,
      "INSERT INTO refunds (id, created, charge, payment_intent, amount, currency, reason, metadata, status)"
      " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
      "sississss", id, call->now, refundable.charge, refundable.intent, amount, refundable.currency, reason,
      metadata, status_of (refundable.outcome));
  return till_sandbox_refund_find (call->database, id);
}

JsonObject *
till_sandbox_refunds_retrieve (TillSandboxCall *call)
{
  JsonObject *refund = till_sandbox_refund_find (call->database, call->id);

  if (refund == NULL)
    till_sandbox_call_missing (call, "refund", "id", call->id);
  return refund;
}

JsonObject *
till_sandbox_refunds_list (TillSandboxCall *call)
{
  g_autoptr (TillSandboxListing) listing
      = till_sandbox_listing_new (call, "refunds", "refund", till_sandbox_refund_find);

  if (!till_sandbox_listing_filter (listing, "charge")
      || !till_sandbox_listing_filter (listing, "payment_intent")
      || !till_sandbox_listing_filter_created (listing))
    return NULL;
  return till_sandbox_listing_page (listing, "/v1/refunds");
}

JsonObject *
till_sandbox_refunds_settle (TillSandboxCall *call)
{
  static const char *const outcomes[] = { "succeeded", "failed", NULL };
  const char *outcome = NULL;

  if (!till_sandbox_call_require (call, "outcome")
      || !till_sandbox_call_choice (call, "outcome", outcomes, &outcome))
    return NULL;
  if (!exists (call->database, "SELECT 1 FROM refunds WHERE id = ?", call->id))
    till_sandbox_call_missing (call, "refund", "id", call->id);
  else if (!exists (call->database, "SELECT 1 FROM refunds WHERE id = ? AND status = 'pending'", call->id))
    till_sandbox_call_fail (call, SOUP_STATUS_BAD_REQUEST, NULL, NULL,
                            "Only a refund that is pending can be settled.");
  if (call->error != NULL)
    return NULL;

  till_sandbox_database_change (call->database, "UPDATE refunds SET status = ? WHERE id = ?", "ss", outcome,
                                call->id);
  if (g_str_equal (outcome, "failed"))
    till_sandbox_database_change (call->database,
                                  "UPDATE charges SET amount_refunded = amount_refunded"
                                  " - (SELECT amount FROM refunds WHERE id = ?) WHERE id ="
                                  " (SELECT charge FROM refunds WHERE id = ?)",
                                  "ss", call->id, call->id);
  return till_sandbox_refund_find (call->database, call->id);
}
