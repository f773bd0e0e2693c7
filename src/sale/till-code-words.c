/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sale/till-code-words.h"

#include <glib/gi18n-lib.h>

static const struct
{
  const char *code;
  const char *words;
} table[] = {
  /* The till's own. */
  { "not-sent", N_ ("It never left the till.") },
  { "reversed", N_ ("It was called off, and no money was taken.") },
  { "settled-by-hand", N_ ("A manager settled it by hand.") },
  { "requires-action", N_ ("The bank wants to ask the customer first, which a till can’t wait for.") },
  { "processing", N_ ("The bank had not finished with it, so it was called off.") },
  { "not-recorded", N_ ("The till was stopped before it had an answer.") },
  { "not-found", N_ ("The payment service has never heard of it.") },
  { "not-listed", N_ ("The payment service has never heard of it.") },
  { "unreachable", N_ ("The payment service could not be reached.") },
  { "interrupted", N_ ("The connection broke before the answer was there.") },
  { "timed-out", N_ ("The payment service did not answer in time.") },
  { "server-error", N_ ("The payment service had a fault of its own.") },
  { "bad-answer", N_ ("The answer of the payment service could not be believed.") },
  { "invalid-request", N_ ("The payment service did not accept the request.") },
  { "busy", N_ ("The payment service was busy.") },
  { "over-till-limit", N_ ("It was more than the shop lets this till take by face in a day.") },
  { "pin-needed", N_ ("Such an amount needs a PIN besides the smile, and the customer has none.") },
  { "customer-limit", N_ ("It was more than the shop lets one customer pay by face in a day.") },
  { "pass-revoked", N_ ("The face pass was revoked before the payment was sent.") },
  { "pass-expired", N_ ("The face pass ran out before the payment was sent.") },
  { "pass-unknown", N_ ("The face pass is not among those that this shop has issued.") },
  /* The provider's, see its list of decline codes. */
  { "insufficient_funds", N_ ("There was not enough money on the account.") },
  { "expired_card", N_ ("The card has expired.") },
  { "authentication_required",
    N_ ("The bank wants to ask the customer first, which a till can’t wait for.") },
  { "card_declined", N_ ("The bank declined the card and gave no reason.") },
  { "generic_decline", N_ ("The bank declined the card and gave no reason.") },
  { "do_not_honor", N_ ("The bank declined the card and gave no reason.") },
  { "lost_card", N_ ("The bank declined the card.") },
  { "stolen_card", N_ ("The bank declined the card.") },
  { "pickup_card", N_ ("The bank declined the card.") },
  { "fraudulent", N_ ("The bank declined the card.") },
  { "card_not_supported", N_ ("The card can’t be used for this kind of payment.") },
  { "currency_not_supported", N_ ("The card can’t be used for this currency.") },
  { "card_velocity_exceeded", N_ ("The card’s limit is reached.") },
  { "withdrawal_count_limit_exceeded", N_ ("The card’s limit is reached.") },
  { "processing_error", N_ ("The bank had a fault of its own.") },
  { "try_again_later", N_ ("The bank had a fault of its own.") },
  { "issuer_not_available", N_ ("The bank could not be reached.") },
  { "incorrect_number", N_ ("The card’s number is wrong.") },
  { "invalid_account", N_ ("The account or card is not valid any more.") },
  { "charge_already_refunded", N_ ("It had been given back already.") },
  { "charge_disputed", N_ ("The customer’s bank is disputing the payment.") },
  { "amount_too_small", N_ ("The amount is too small for the payment service.") },
  { "amount_too_large", N_ ("The amount is too large for the payment service.") },
};

const char *
till_code_words_get (const char *code)
{
  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    if (g_strcmp0 (code, table[i].code) == 0)
      return _ (table[i].words);
  return _ ("The payment service gave a reason that this till does not know.");
}
