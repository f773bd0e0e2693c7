/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "payment/till-decline.h"

/* The API's decline codes and error codes, as its documentation lists them, and this till's own. */
static const struct
{
  const char *code;
  TillDecline decline;
} declines[] = {
  { "generic_decline", TILL_DECLINE_BANK },
  { "card_declined", TILL_DECLINE_BANK },
  { "declined", TILL_DECLINE_BANK },
  { "do_not_honor", TILL_DECLINE_BANK },
  { "do_not_try_again", TILL_DECLINE_BANK },
  { "call_issuer", TILL_DECLINE_BANK },
  { "fraudulent", TILL_DECLINE_BANK },
  { "lost_card", TILL_DECLINE_BANK },
  { "stolen_card", TILL_DECLINE_BANK },
  { "pickup_card", TILL_DECLINE_BANK },
  { "restricted_card", TILL_DECLINE_BANK },
  { "security_violation", TILL_DECLINE_BANK },
  { "merchant_blacklist", TILL_DECLINE_BANK },
  { "no_action_taken", TILL_DECLINE_BANK },
  { "not_permitted", TILL_DECLINE_BANK },
  { "revocation_of_all_authorizations", TILL_DECLINE_BANK },
  { "revocation_of_authorization", TILL_DECLINE_BANK },
  { "stop_payment_order", TILL_DECLINE_BANK },
  { "transaction_not_allowed", TILL_DECLINE_BANK },
  { "approve_with_id", TILL_DECLINE_BANK },
  { "insufficient_funds", TILL_DECLINE_FUNDS },
  { "card_velocity_exceeded", TILL_DECLINE_LIMIT },
  { "withdrawal_count_limit_exceeded", TILL_DECLINE_LIMIT },
  { "expired_card", TILL_DECLINE_EXPIRED },
  { "invalid_expiry_month", TILL_DECLINE_EXPIRED },
  { "invalid_expiry_year", TILL_DECLINE_EXPIRED },
  { "card_not_supported", TILL_DECLINE_CARD },
  { "currency_not_supported", TILL_DECLINE_CARD },
  { "service_not_allowed", TILL_DECLINE_CARD },
  { "incorrect_number", TILL_DECLINE_CARD },
  { "invalid_number", TILL_DECLINE_CARD },
  { "incorrect_cvc", TILL_DECLINE_CARD },
  { "invalid_cvc", TILL_DECLINE_CARD },
  { "incorrect_zip", TILL_DECLINE_CARD },
  { "incorrect_address", TILL_DECLINE_CARD },
  { "invalid_account", TILL_DECLINE_CARD },
  { "new_account_information_available", TILL_DECLINE_CARD },
  { "live_mode_test_card", TILL_DECLINE_CARD },
  { "testmode_decline", TILL_DECLINE_CARD },
  { "test_mode_live_card", TILL_DECLINE_CARD },
  { "authentication_required", TILL_DECLINE_AUTHENTICATION },
  { "authentication_not_handled", TILL_DECLINE_AUTHENTICATION },
  { "payment_intent_authentication_failure", TILL_DECLINE_AUTHENTICATION },
  { "requires-action", TILL_DECLINE_AUTHENTICATION },
  { "mobile_device_authentication_required", TILL_DECLINE_AUTHENTICATION },
  { "offline_pin_required", TILL_DECLINE_AUTHENTICATION },
  { "online_or_offline_pin_required", TILL_DECLINE_AUTHENTICATION },
  { "incorrect_pin", TILL_DECLINE_AUTHENTICATION },
  { "invalid_pin", TILL_DECLINE_AUTHENTICATION },
  { "pin_try_exceeded", TILL_DECLINE_AUTHENTICATION },
  { "processing_error", TILL_DECLINE_TRY_AGAIN },
  { "issuer_not_available", TILL_DECLINE_TRY_AGAIN },
  { "reenter_transaction", TILL_DECLINE_TRY_AGAIN },
  { "try_again_later", TILL_DECLINE_TRY_AGAIN },
  { "lock_timeout", TILL_DECLINE_TRY_AGAIN },
  { "rate_limit", TILL_DECLINE_TRY_AGAIN },
  { "not_captured", TILL_DECLINE_TRY_AGAIN },
  { "duplicate_transaction", TILL_DECLINE_DUPLICATE },
  { "invalid_amount", TILL_DECLINE_AMOUNT },
  { "amount_too_small", TILL_DECLINE_AMOUNT },
  { "amount_too_large", TILL_DECLINE_AMOUNT },
  { "resource_missing", TILL_DECLINE_GONE },
  { "payment_method_unactivated", TILL_DECLINE_GONE },
  { "payment_method_unexpected_state", TILL_DECLINE_GONE },
  { "payment_method_invalid_parameter", TILL_DECLINE_GONE },
  { "payment_method_customer_decline", TILL_DECLINE_GONE },
  { "customer_tax_location_invalid", TILL_DECLINE_GONE },
  { "invalid-request", TILL_DECLINE_SETUP },
  { "invalid_request_error", TILL_DECLINE_SETUP },
  { "authentication_error", TILL_DECLINE_SETUP },
  { "permission_error", TILL_DECLINE_SETUP },
  { "refused", TILL_DECLINE_SETUP },
  { "parameter_invalid_integer", TILL_DECLINE_SETUP },
  { "parameter_missing", TILL_DECLINE_SETUP },
  { "parameter_unknown", TILL_DECLINE_SETUP },
  { "api_key_expired", TILL_DECLINE_SETUP },
  { "platform_api_key_expired", TILL_DECLINE_SETUP },
  { "secret_key_required", TILL_DECLINE_SETUP },
  { "account_invalid", TILL_DECLINE_SETUP },
  { "livemode_mismatch", TILL_DECLINE_SETUP },
  { "testmode_charges_only", TILL_DECLINE_SETUP },
  { "tls_version_unsupported", TILL_DECLINE_SETUP },
  { "server-error", TILL_DECLINE_SERVICE },
  { "bad-answer", TILL_DECLINE_SERVICE },
  { "interrupted", TILL_DECLINE_SERVICE },
  { "api_error", TILL_DECLINE_SERVICE },
  { "not-sent", TILL_DECLINE_NOT_SENT },
  { "not-found", TILL_DECLINE_NOT_FOUND },
  { "cancelled", TILL_DECLINE_CANCELLED },
  { "canceled", TILL_DECLINE_CANCELLED },
  { "reversed", TILL_DECLINE_REVERSED },
  { "settled-by-hand", TILL_DECLINE_SETTLED },
  { "charge_already_refunded", TILL_DECLINE_REFUNDED },
  { "refund_disputed_payment", TILL_DECLINE_REFUND },
  { "charge_disputed", TILL_DECLINE_REFUND },
  { "charge_not_refundable", TILL_DECLINE_REFUND },
  { "lost_or_stolen_card", TILL_DECLINE_REFUND },
  { "expired_or_canceled_card", TILL_DECLINE_REFUND },
  { "insufficient-balance", TILL_DECLINE_REFUND },
  { "balance_insufficient", TILL_DECLINE_REFUND },
  { "failed", TILL_DECLINE_REFUND },
};

static const struct
{
  const char *code;
  TillDecline decline;
} doubts[] = {
  { "unreachable", TILL_DECLINE_DOUBT_UNREACHABLE },    { "timed-out", TILL_DECLINE_DOUBT_SILENT },
  { "interrupted", TILL_DECLINE_DOUBT_SILENT },         { "not-listed", TILL_DECLINE_DOUBT_SILENT },
  { "processing", TILL_DECLINE_DOUBT_PROCESSING },      { "busy", TILL_DECLINE_DOUBT_BUSY },
  { "server-error", TILL_DECLINE_DOUBT_SERVICE },       { "bad-answer", TILL_DECLINE_DOUBT_ANSWER },
  { "requires-action", TILL_DECLINE_DOUBT_PROCESSING }, { "not-recorded", TILL_DECLINE_DOUBT_LEDGER },
};

static const char *const names[] = {
  [TILL_DECLINE_NONE] = "none",
  [TILL_DECLINE_BANK] = "bank",
  [TILL_DECLINE_FUNDS] = "funds",
  [TILL_DECLINE_LIMIT] = "limit",
  [TILL_DECLINE_EXPIRED] = "expired",
  [TILL_DECLINE_CARD] = "card",
  [TILL_DECLINE_AUTHENTICATION] = "authentication",
  [TILL_DECLINE_TRY_AGAIN] = "try-again",
  [TILL_DECLINE_DUPLICATE] = "duplicate",
  [TILL_DECLINE_AMOUNT] = "amount",
  [TILL_DECLINE_GONE] = "gone",
  [TILL_DECLINE_SETUP] = "setup",
  [TILL_DECLINE_SERVICE] = "service",
  [TILL_DECLINE_NOT_SENT] = "not-sent",
  [TILL_DECLINE_NOT_FOUND] = "not-found",
  [TILL_DECLINE_CANCELLED] = "cancelled",
  [TILL_DECLINE_REVERSED] = "reversed",
  [TILL_DECLINE_SETTLED] = "settled",
  [TILL_DECLINE_REFUNDED] = "refunded",
  [TILL_DECLINE_REFUND] = "refund",
  [TILL_DECLINE_DOUBT_UNREACHABLE] = "doubt-unreachable",
  [TILL_DECLINE_DOUBT_SILENT] = "doubt-silent",
  [TILL_DECLINE_DOUBT_PROCESSING] = "doubt-processing",
  [TILL_DECLINE_DOUBT_BUSY] = "doubt-busy",
  [TILL_DECLINE_DOUBT_SERVICE] = "doubt-service",
  [TILL_DECLINE_DOUBT_ANSWER] = "doubt-answer",
  [TILL_DECLINE_DOUBT_LEDGER] = "doubt-ledger",
};

TillDecline
till_decline_from_code (TillChargeStatus status, const char *code)
{
  switch (status)
    {
    case TILL_CHARGE_APPROVED:
      return code != NULL && g_str_equal (code, "settled-by-hand") ? TILL_DECLINE_SETTLED : TILL_DECLINE_NONE;
    case TILL_CHARGE_DECLINED:
      for (guint i = 0; i < G_N_ELEMENTS (declines); i++)
        if (g_strcmp0 (code, declines[i].code) == 0)
          return declines[i].decline;
      return TILL_DECLINE_BANK;
    case TILL_CHARGE_UNKNOWN:
      for (guint i = 0; i < G_N_ELEMENTS (doubts); i++)
        if (g_strcmp0 (code, doubts[i].code) == 0)
          return doubts[i].decline;
      return TILL_DECLINE_DOUBT_SILENT;
    }
  g_return_val_if_reached (TILL_DECLINE_NONE);
}

const char *
till_decline_to_string (TillDecline decline)
{
  g_return_val_if_fail ((guint) decline < G_N_ELEMENTS (names), "none");

  return names[decline];
}

gboolean
till_decline_may_retry (TillDecline decline)
{
  switch (decline)
    {
    case TILL_DECLINE_TRY_AGAIN:
    case TILL_DECLINE_SERVICE:
    case TILL_DECLINE_NOT_SENT:
    case TILL_DECLINE_NOT_FOUND:
    case TILL_DECLINE_CANCELLED:
    case TILL_DECLINE_REVERSED:
      return TRUE;
    default:
      return FALSE;
    }
}

const char *
till_decline_get_code (guint index, TillChargeStatus *status)
{
  if (index < G_N_ELEMENTS (declines))
    {
      *status = TILL_CHARGE_DECLINED;
      return declines[index].code;
    }
  if (index - G_N_ELEMENTS (declines) < G_N_ELEMENTS (doubts))
    {
      *status = TILL_CHARGE_UNKNOWN;
      return doubts[index - G_N_ELEMENTS (declines)].code;
    }
  return NULL;
}
