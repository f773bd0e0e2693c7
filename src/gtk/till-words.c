/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gtk/till-words.h"

#include "payment/till-decline.h"

#include <glib/gi18n.h>

const char *
till_words_for_hint (TillHint hint)
{
  switch (hint)
    {
    case TILL_HINT_NONE:
      return "";
    case TILL_HINT_NO_FACE:
      return _ ("Look into the camera");
    case TILL_HINT_ALONE:
      return _ ("One person at a time, please");
    case TILL_HINT_CLOSER:
      return _ ("Come a little closer");
    case TILL_HINT_BACK:
      return _ ("Step back a little");
    case TILL_HINT_LIGHT:
      return _ ("Turn towards the light");
    case TILL_HINT_STILL:
      return _ ("Hold still for a moment");
    case TILL_HINT_FACE_CAMERA:
      return _ ("Turn your face to the camera");
    case TILL_HINT_EYES:
      return _ ("Keep your eyes open");
    }
  return "";
}

const char *
till_words_for_pass (const char *pass)
{
  static const struct
  {
    const char *pass;
    const char *words;
  } table[] = {
    { "reading", N_ ("Reading your face pass…") },
    { "accepted", N_ ("Your face pass is good. Now the digits, please.") },
    { "foreign", N_ ("This face pass is another shop’s. Use one of this shop, or another way to pay.") },
    { "expired", N_ ("This face pass has run out. Ask the cashier for a new one, or choose another way.") },
    { "revoked", N_ ("This face pass was blocked. Ask the cashier for a new one, or choose another way.") },
    { "forged", N_ ("This is not a face pass of ours. Choose another way to pay.") },
    { "unknown", N_ ("This is not a face pass of ours. Choose another way to pay.") },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (table); i++)
    if (g_strcmp0 (pass, table[i].pass) == 0)
      return _ (table[i].words);
  return _ ("Have a face pass? Show it to the camera first.");
}

const char *
till_words_for_enrolment_hint (TillEnrolmentHint hint)
{
  switch (hint)
    {
    case TILL_ENROLMENT_HINT_NONE:
      return _ ("Good. Stay like that.");
    case TILL_ENROLMENT_HINT_NO_FACE:
      return _ ("Look into the camera");
    case TILL_ENROLMENT_HINT_ALONE:
      return _ ("One person at a time, please");
    case TILL_ENROLMENT_HINT_CLOSER:
      return _ ("Come a little closer");
    case TILL_ENROLMENT_HINT_BACK:
      return _ ("Step back a little");
    case TILL_ENROLMENT_HINT_LIGHT:
      return _ ("Turn towards the light");
    case TILL_ENROLMENT_HINT_STILL:
      return _ ("Hold still for a moment");
    case TILL_ENROLMENT_HINT_FACE_CAMERA:
      return _ ("Turn your face to the camera");
    case TILL_ENROLMENT_HINT_EYES:
      return _ ("Keep your eyes open");
    case TILL_ENROLMENT_HINT_TURN:
      return _ ("Good. Now turn your head a little.");
    }
  return "";
}

const char *
till_words_for_smile (TillSmileState smile, guint made)
{
  switch (smile)
    {
    case TILL_SMILE_IDLE:
    case TILL_SMILE_RELAX:
      return made == 0 ? _ ("Look at the camera, relaxed") : _ ("Once more: relax first");
    case TILL_SMILE_WANTED:
      return _ ("Smile!");
    case TILL_SMILE_HOLDING:
      return _ ("Hold it…");
    case TILL_SMILE_MADE:
      return _ ("Thank you!");
    }
  return "";
}

const char *
till_words_for_ending (TillCheckoutState state)
{
  switch (state)
    {
    case TILL_CHECKOUT_DECLINED:
      return _ ("The payment did not go through");
    case TILL_CHECKOUT_NOT_CONFIRMED:
      return _ ("We could not confirm it this time");
    case TILL_CHECKOUT_NO_CAMERA:
      return _ ("The camera is not working");
    case TILL_CHECKOUT_DOUBT:
      return _ ("We are not sure yet");
    default:
      return "";
    }
}

/* What the shop's own rules say; NULL for what the bank or the payment service says. */
static const char *
words_for_rule (const char *code)
{
  static const struct
  {
    const char *code;
    const char *words;
  } table[] = {
    { "customer-limit",
      N_ ("This is more than the shop lets one customer pay with a smile in a day. Nothing was charged.") },
    { "over-payment-limit",
      N_ ("This is more than the shop takes with a smile at a time. Nothing was charged.") },
    { "over-till-limit",
      N_ ("This is more than may be paid with a smile at this till today. Nothing was charged.") },
    { "pin-needed",
      N_ ("This amount asks for a PIN, and none was set when enrolling. Nothing was charged.") },
    { "reversed", N_ ("The payment was called off. No money is taken.") },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (table); i++)
    if (g_strcmp0 (code, table[i].code) == 0)
      return _ (table[i].words);
  return NULL;
}

static const char *
words_for_decline (const char *code)
{
  switch (till_decline_from_code (TILL_CHARGE_DECLINED, code))
    {
    case TILL_DECLINE_FUNDS:
      return _ ("There is not enough money on the account. Nothing was charged.");
    case TILL_DECLINE_LIMIT:
      return _ ("The card’s own limit is reached. Nothing was charged.");
    case TILL_DECLINE_EXPIRED:
      return _ ("The card has expired. Nothing was charged.");
    case TILL_DECLINE_CARD:
    case TILL_DECLINE_GONE:
      return _ (
          "The card can’t be used for this any more. Nothing was charged. Another one can be enrolled.");
    case TILL_DECLINE_AUTHENTICATION:
      return _ ("The bank wants to ask the customer first. Nothing was charged.");
    case TILL_DECLINE_TRY_AGAIN:
      return _ ("The bank could not be asked. Nothing was charged. Trying again may help.");
    case TILL_DECLINE_DUPLICATE:
      return _ ("The bank takes it for a payment it has just carried out. Nothing was charged.");
    case TILL_DECLINE_AMOUNT:
      return _ ("The payment service does not take this amount. Nothing was charged.");
    case TILL_DECLINE_SETUP:
      return _ (
          "The shop’s account at the payment service does not work. Nothing was charged. Tell the owner.");
    case TILL_DECLINE_SERVICE:
      return _ ("The payment service does not work just now. Nothing was charged.");
    case TILL_DECLINE_NOT_SENT:
    case TILL_DECLINE_NOT_FOUND:
      return _ ("The payment was not sent. Nothing was charged.");
    case TILL_DECLINE_CANCELLED:
      return _ ("The payment was cancelled. Nothing was charged.");
    case TILL_DECLINE_SETTLED:
      return _ ("A manager has found that nothing was charged.");
    default:
      return _ ("The bank declined the payment. Nothing was charged.");
    }
}

static const char *
words_for_doubt (const char *code)
{
  switch (till_decline_from_code (TILL_CHARGE_UNKNOWN, code))
    {
    case TILL_DECLINE_DOUBT_UNREACHABLE:
      return _ ("The payment service can’t be reached. The till keeps asking; please do not pay a second "
                "time yet.");
    case TILL_DECLINE_DOUBT_PROCESSING:
      return _ ("The bank has not decided yet. The till keeps asking; please do not pay a second time yet.");
    case TILL_DECLINE_DOUBT_LEDGER:
      return _ ("An answer came, but could not be written down. The till keeps trying; please do not pay a "
                "second time yet.");
    default:
      return _ ("The payment was sent, and no answer has come. The till keeps asking; please do not pay a "
                "second time yet.");
    }
}

const char *
till_words_for_reason (TillCheckoutState state, const char *reason)
{
  switch (state)
    {
    case TILL_CHECKOUT_DECLINED:
      return words_for_rule (reason) != NULL ? words_for_rule (reason) : words_for_decline (reason);
    case TILL_CHECKOUT_DOUBT:
      return words_for_doubt (reason);
    case TILL_CHECKOUT_NO_CAMERA:
      if (g_strcmp0 (reason, "camera-ended") == 0)
        return _ ("The picture stopped. Nothing was charged. Please choose another way to pay.");
      return _ ("Plug a camera in, or close the program that is using it. Nothing was charged. "
                "Every other way to pay works as always.");
    case TILL_CHECKOUT_NOT_CONFIRMED:
      if (g_strcmp0 (reason, "no-smile") == 0)
        return _ ("No smile, no payment: nothing was charged. Try again, or choose another way.");
      if (g_strcmp0 (reason, "recognition") == 0 || g_strcmp0 (reason, "consent-not-written") == 0)
        return _ (
            "Paying with a smile is not possible just now. Nothing was charged. Please choose another way.");
      if (g_strcmp0 (reason, "spent-unknown") == 0)
        return _ ("Whether the shop’s limits are kept could not be looked up. Nothing was charged. "
                  "Please choose another way.");
      return _ ("Nothing was charged. Try again, or choose another way to pay.");
    default:
      return "";
    }
}

const char *
till_words_for_reversal (void)
{
  return _ ("The payment is being called off: no money is taken, or it is given back. The till keeps trying "
            "until that is certain.");
}

static gboolean
is_set (const TillMoney *limit)
{
  return *limit->currency != '\0';
}

static char *
format_limit (const TillMoney *limit)
{
  return is_set (limit) ? till_money_format (limit) : NULL;
}

const char *
till_words_for_policy (const TillCheckoutPolicy *policy, const TillMoney *amount)
{
  gboolean twice = policy->second_smile_minor > 0 && amount->minor >= policy->second_smile_minor;
  gboolean pin = is_set (&policy->pin_from) && amount->minor >= policy->pin_from.minor;

  if (twice && pin)
    return _ ("With a smile: this amount asks for two smiles and your PIN.");
  if (pin)
    return _ ("With a smile: this amount asks for your PIN too.");
  if (twice && policy->pin)
    return _ ("With a smile: this amount asks for two smiles, and you may be asked for your PIN.");
  if (twice)
    return _ ("With a smile: this amount asks for two smiles.");
  if (policy->pin)
    return _ ("With a smile: you may be asked for your PIN.");
  return "";
}

static void G_GNUC_PRINTF (2, 3) append_limit (GString *words, const char *format, ...)
{
  va_list arguments;

  if (words->len > 0)
    g_string_append (words, " · ");
  va_start (arguments, format);
  g_string_append_vprintf (words, format, arguments);
  va_end (arguments);
}

char *
till_words_for_limits (const TillCheckoutPolicy *policy)
{
  g_autoptr (GString) limits = g_string_new (NULL);
  g_autofree char *payment = format_limit (&policy->most_per_payment);
  g_autofree char *customer = format_limit (&policy->most_per_customer_day);
  g_autofree char *till = format_limit (&policy->most_per_till_day);
  g_autofree char *pin = format_limit (&policy->pin_from);

  if (is_set (&policy->most_per_payment))
    append_limit (limits, _ ("at most %s at a time"), payment);
  if (is_set (&policy->most_per_customer_day))
    append_limit (limits, _ ("at most %s a day for each customer"), customer);
  if (is_set (&policy->most_per_till_day))
    append_limit (limits, _ ("at most %s a day at this till"), till);
  if (is_set (&policy->pin_from))
    append_limit (limits, _ ("a PIN from %s on"), pin);
  /* TRANSLATORS: limits follow, as "at most €50.00 at a time · a PIN from €20.00 on" */
  return limits->len > 0 ? g_strdup_printf (_ ("With a smile: %s"), limits->str) : g_strdup ("");
}

char *
till_words_for_refusal (const char *refusal, const TillCheckoutPolicy *policy)
{
  g_autofree char *most = NULL;

  if (g_strcmp0 (refusal, "over-payment-limit") == 0)
    {
      most = till_money_format (&policy->most_per_payment);
      return g_strdup_printf (
          _ ("This is more than %s, the most this shop takes with a smile at a time. Cash and cards work as "
             "always."),
          most);
    }
  if (g_strcmp0 (refusal, "over-till-limit") == 0)
    {
      most = till_money_format (&policy->most_per_till_day);
      return g_strdup_printf (_ ("With this the till would take more than %s with smiles today, which is the "
                                 "most it may. Cash and "
                                 "cards work as always."),
                              most);
    }
  if (g_strcmp0 (refusal, "nothing-to-pay") == 0)
    return g_strdup (_ ("There is nothing left to pay: no smile is needed."));
  return g_strdup (
      _ ("This shop does not take payments with a smile just now. Cash and cards work as always."));
}

const char *
till_words_for_refusal_in_short (const char *refusal)
{
  if (g_strcmp0 (refusal, "over-payment-limit") == 0)
    return _ ("not for so much");
  if (g_strcmp0 (refusal, "over-till-limit") == 0)
    return _ ("no more today");
  if (g_strcmp0 (refusal, "nothing-to-pay") == 0)
    return _ ("nothing to pay");
  return _ ("not just now");
}

const char *
till_words_for_cashier (TillCheckoutState state)
{
  switch (state)
    {
    case TILL_CHECKOUT_WAYS:
      return _ ("The customer is choosing how to pay");
    case TILL_CHECKOUT_CONSENT:
      return _ ("The customer is asked whether the camera may look");
    case TILL_CHECKOUT_DIGITS:
      return _ ("The customer is typing the last digits of the phone");
    case TILL_CHECKOUT_CONFIRMING:
      return _ ("The till is recognising the customer");
    case TILL_CHECKOUT_PIN:
      return _ ("The customer is asked for a PIN");
    case TILL_CHECKOUT_LOCKED:
      return _ ("Paying with a smile has to wait");
    case TILL_CHECKOUT_SMILE:
      return _ ("The customer is asked for a smile");
    case TILL_CHECKOUT_CHARGING:
      return _ ("The payment is on its way");
    case TILL_CHECKOUT_APPROVED:
      return _ ("Paid with a smile");
    case TILL_CHECKOUT_DECLINED:
      return _ ("The payment did not go through");
    case TILL_CHECKOUT_NOT_CONFIRMED:
      return _ ("The customer could not be confirmed");
    case TILL_CHECKOUT_NO_CAMERA:
      return _ ("The camera is not working");
    case TILL_CHECKOUT_DOUBT:
      return _ ("It is not known whether the payment went through");
    case TILL_CHECKOUT_COUNTER:
      return _ ("Take the money");
    case TILL_CHECKOUT_RECORDING:
      return _ ("Writing it down…");
    case TILL_CHECKOUT_PAID:
      return _ ("Paid");
    default:
      return "";
    }
}

const char *
till_words_cashier_advice (TillCheckoutState state)
{
  switch (state)
    {
    case TILL_CHECKOUT_WAYS:
      return _ ("They may choose on their side, or tell you.");
    case TILL_CHECKOUT_CONSENT:
      return _ ("The camera is off until the customer agrees on their side. They need not.");
    case TILL_CHECKOUT_DIGITS:
      return _ ("The camera is on. The digits say among whom to look; nobody else sees them.");
    case TILL_CHECKOUT_CONFIRMING:
      return _ ("The camera is on. This takes a second or two.");
    case TILL_CHECKOUT_PIN:
      return _ ("The camera is on. Please look away while they type. Who has no PIN pays another way.");
    case TILL_CHECKOUT_LOCKED:
      return _ ("Too many tries in a row could not be confirmed. Cash and cards work as always.");
    case TILL_CHECKOUT_SMILE:
      return _ ("Nothing is charged without the smile.");
    case TILL_CHECKOUT_CHARGING:
      return _ ("The camera is off. Wait for the answer before you do anything else.");
    default:
      return "";
    }
}
