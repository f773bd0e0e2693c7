/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sandbox/till-sandbox-cards.h"

#include <string.h>

#define PAYS        TILL_SANDBOX_CARD_PAYS, TRUE, TILL_SANDBOX_REFUND_SUCCEEDS, NULL, NULL
#define GIVES_LATER TILL_SANDBOX_CARD_PAYS, TRUE, TILL_SANDBOX_REFUND_WAITS, NULL, NULL
#define KEEPS       TILL_SANDBOX_CARD_PAYS, TRUE, TILL_SANDBOX_REFUND_FAILS, NULL, NULL
#define ASKS        TILL_SANDBOX_CARD_ASKS, TRUE, TILL_SANDBOX_REFUND_SUCCEEDS, NULL, NULL
#define INSISTS     TILL_SANDBOX_CARD_INSISTS, TRUE, TILL_SANDBOX_REFUND_SUCCEEDS, NULL, NULL
#define WAITS       TILL_SANDBOX_CARD_WAITS, TRUE, TILL_SANDBOX_REFUND_SUCCEEDS, NULL, NULL
#define DECLINES    TILL_SANDBOX_CARD_DECLINES, FALSE, TILL_SANDBOX_REFUND_SUCCEEDS
#define LATER       TILL_SANDBOX_CARD_DECLINES, TRUE, TILL_SANDBOX_REFUND_SUCCEEDS

static const TillSandboxCard cards[] = {
  { "visa", "4242424242424242", "visa", "credit", "US", PAYS },
  { "visa_debit", "4000056655665556", "visa", "debit", "US", PAYS },
  { "mastercard", "5555555555554444", "mastercard", "credit", "US", PAYS },
  { "mastercard_debit", "5200828282828210", "mastercard", "debit", "US", PAYS },
  { "mastercard_prepaid", "5105105105105100", "mastercard", "prepaid", "US", PAYS },
  { "amex", "378282246310005", "amex", "credit", "US", PAYS },
  { "discover", "6011111111111117", "discover", "credit", "US", PAYS },
  { "diners", "3056930009020004", "diners", "credit", "US", PAYS },
  { "jcb", "3566002020360505", "jcb", "credit", "JP", PAYS },
  { "unionpay", "6200000000000005", "unionpay", "credit", "CN", PAYS },
  { "fr", "4000002500000003", "visa", "credit", "FR", PAYS },
  { "de", "4000002760000016", "visa", "credit", "DE", PAYS },
  { "gb", "4000008260000000", "visa", "credit", "GB", PAYS },
  { "pendingRefund", "4000000000007726", "visa", "credit", "US", GIVES_LATER },

  { "chargeDeclined", "4000000000000002", "visa", "credit", "US", DECLINES, "card_declined",
    "generic_decline" },
  { "chargeDeclinedInsufficientFunds", "4000000000009995", "visa", "credit", "US", DECLINES, "card_declined",
    "insufficient_funds" },
  { "chargeDeclinedLostCard", "4000000000009987", "visa", "credit", "US", DECLINES, "card_declined",
    "lost_card" },
  { "chargeDeclinedStolenCard", "4000000000009979", "visa", "credit", "US", DECLINES, "card_declined",
    "stolen_card" },
  { "chargeDeclinedExpiredCard", "4000000000000069", "visa", "credit", "US", DECLINES, "expired_card", NULL },
  { "chargeDeclinedIncorrectCvc", "4000000000000127", "visa", "credit", "US", DECLINES, "incorrect_cvc",
    NULL },
  { "chargeDeclinedProcessingError", "4000000000000119", "visa", "credit", "US", DECLINES, "processing_error",
    NULL },
  { "chargeDeclinedVelocityLimitExceeded", "4000000000006975", "visa", "credit", "US", DECLINES,
    "card_declined", "card_velocity_exceeded" },
  { "chargeDeclinedFraudulent", "4100000000000019", "visa", "credit", "US", DECLINES, "card_declined",
    "fraudulent" },
  { "chargeCustomerFail", "4000000000000341", "visa", "credit", "US", LATER, "card_declined",
    "generic_decline" },

  { "authenticationRequired", "4000002760003184", "visa", "credit", "DE", ASKS },
  { "threeDSecure2Required", "4000000000003220", "visa", "credit", "US", ASKS },

  /* The sandbox's own. */
  { "chargeCustomerFailInsufficientFunds", NULL, "visa", "credit", "US", LATER, "card_declined",
    "insufficient_funds" },
  { "chargeCustomerFailLostCard", NULL, "visa", "credit", "US", LATER, "card_declined", "lost_card" },
  { "chargeCustomerFailStolenCard", NULL, "visa", "credit", "US", LATER, "card_declined", "stolen_card" },
  { "chargeCustomerFailExpiredCard", NULL, "visa", "credit", "US", LATER, "expired_card", NULL },
  { "chargeCustomerFailIncorrectCvc", NULL, "visa", "credit", "US", LATER, "incorrect_cvc", NULL },
  { "chargeCustomerFailProcessingError", NULL, "visa", "credit", "US", LATER, "processing_error", NULL },
  { "processing", NULL, "visa", "credit", "US", WAITS },
  { "actionRequired", NULL, "visa", "credit", "DE", INSISTS },
  { "refundFails", NULL, "visa", "credit", "US", KEEPS },
};

static const struct
{
  const char *code;
  const char *message;
} messages[] = {
  { "insufficient_funds", "Your card has insufficient funds." },
  { "card_velocity_exceeded",
    "Your card was declined for making repeated attempts too frequently or exceeding its "
    "amount limit." },
  { "test_mode_live_card",
    "Your card was declined. Your request was in test mode, but used a non test card." },
  { "authentication_required", "Your card was declined. This transaction requires authentication." },
  { "expired_card", "Your card has expired." },
  { "incorrect_cvc", "Your card's security code is incorrect." },
  { "processing_error", "An error occurred while processing your card. Try again in a little bit." },
  { "incorrect_number", "Your card number is incorrect." },
  { "invalid_expiry_month", "Your card's expiration month is invalid." },
  { "invalid_expiry_year", "Your card's expiration year is invalid." },
  { "invalid_cvc", "Your card's security code is invalid." },
};

const TillSandboxCard *
till_sandbox_card_by_name (const char *name)
{
  /* The service has the declining cards under both names. */
  if (g_str_has_prefix (name, "visa_charge"))
    name += strlen ("visa_");

  for (gsize i = 0; i < G_N_ELEMENTS (cards); i++)
    if (g_str_equal (cards[i].name, name))
      return &cards[i];
  return NULL;
}

const TillSandboxCard *
till_sandbox_card_by_method (const char *id)
{
  return g_str_has_prefix (id, "pm_card_") ? till_sandbox_card_by_name (id + strlen ("pm_card_")) : NULL;
}

const TillSandboxCard *
till_sandbox_card_by_token (const char *token)
{
  return g_str_has_prefix (token, "tok_") ? till_sandbox_card_by_name (token + strlen ("tok_")) : NULL;
}

const TillSandboxCard *
till_sandbox_card_by_number (const char *number)
{
  for (gsize i = 0; i < G_N_ELEMENTS (cards); i++)
    if (g_strcmp0 (cards[i].number, number) == 0)
      return &cards[i];
  return NULL;
}

gboolean
till_sandbox_card_number_is_plausible (const char *number)
{
  gsize length = strlen (number);
  int sum = 0;

  if (length < 12 || length > 19 || strspn (number, "0123456789") != length)
    return FALSE;

  for (gsize i = 0; i < length; i++)
    {
      int digit = number[length - 1 - i] - '0';
      if (i % 2 == 1)
        digit = digit > 4 ? digit * 2 - 9 : digit * 2;
      sum += digit;
    }
  return sum % 10 == 0;
}

const char *
till_sandbox_card_message (const char *code, const char *decline_code)
{
  for (gsize i = 0; i < G_N_ELEMENTS (messages); i++)
    if (g_strcmp0 (messages[i].code, decline_code) == 0 || g_strcmp0 (messages[i].code, code) == 0)
      return messages[i].message;
  return "Your card was declined.";
}
