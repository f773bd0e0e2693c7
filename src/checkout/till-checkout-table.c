/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "checkout/till-checkout-table.h"

#include "checkout/till-look-rules.h"

#define S(name) TILL_CHECKOUT_##name
#define F(name) TILL_FACT_##name
#define E(name) TILL_EFFECT_##name

#define LEAVE TILL_LOOK_LEAVE
#define MISS  TILL_LOOK_MISS
#define SPARE TILL_LOOK_SPARE

static const TillLookRow rows[] = {
  { S (IDLE), S (OPEN), 0, S (WAYS), E (READ_SPENT) },
  { S (IDLE), S (BASKET_CHANGED), 0, S (IDLE), 0 },

  { S (WAYS), S (CHOOSE_FACE), F (FACE_ALLOWED) | F (LOCKED_OUT), S (LOCKED), 0 },
  { S (WAYS), S (CHOOSE_FACE), F (FACE_ALLOWED), S (CONSENT), 0 },
  { S (WAYS), S (CHOOSE_COUNTER), 0, S (COUNTER), 0 },
  { S (WAYS), S (CANCEL), 0, S (IDLE), 0 },
  { S (WAYS), S (BASKET_CHANGED), 0, S (WAYS), 0 },
  { S (WAYS), S (TIMEOUT), 0, S (WAYS), 0 },

  { S (CONSENT), S (AGREE), F (FACE_ALLOWED) | F (LOCKED_OUT), S (LOCKED), 0 },
  { S (CONSENT), S (AGREE), F (FACE_ALLOWED) | F (PASS_ALLOWED), S (DIGITS),
    E (WRITE_CONSENT) | E (CAMERA_ON) | E (BEGIN_SESSION) | E (READ_CODES) },
  { S (CONSENT), S (AGREE), F (FACE_ALLOWED), S (DIGITS),
    E (WRITE_CONSENT) | E (CAMERA_ON) | E (BEGIN_SESSION) },
  { S (CONSENT), S (CHOOSE_COUNTER), 0, S (COUNTER), 0 },
  { S (CONSENT), S (CANCEL), 0, S (WAYS), 0 },
  { S (CONSENT), S (BASKET_CHANGED), 0, S (WAYS), 0 },
  { S (CONSENT), S (TIMEOUT), 0, S (WAYS), 0 },

  { S (DIGITS), S (DIGITS_TYPED), F (LOCKED_OUT), S (LOCKED), LEAVE },
  { S (DIGITS), S (DIGITS_TYPED), 0, S (CONFIRMING), E (BEGIN_TRY) | E (STOP_CODES) },
  { S (DIGITS), S (PASS_SHOWN), F (PASS_ALLOWED), S (DIGITS), E (CHECK_PASS) },
  { S (DIGITS), S (PASS_ACCEPTED), 0, S (DIGITS), 0 },
  { S (DIGITS), S (PASS_REFUSED), 0, S (DIGITS), 0 },
  { S (DIGITS), S (EVIDENCE), 0, S (DIGITS), 0 },
  { S (DIGITS), S (CONSENT_FAILED), 0, S (NOT_CONFIRMED), LEAVE },
  { S (DIGITS), S (CAMERA_FAILED), 0, S (NO_CAMERA), LEAVE },
  { S (DIGITS), S (RECOGNITION_FAILED), 0, S (NOT_CONFIRMED), LEAVE },
  { S (DIGITS), S (CANCEL), 0, S (WAYS), LEAVE },
  { S (DIGITS), S (BASKET_CHANGED), 0, S (WAYS), LEAVE },
  { S (DIGITS), S (TIMEOUT), 0, S (WAYS), LEAVE },

  { S (CONFIRMING), S (EVIDENCE), F (AGAINST) | F (PIN_ALLOWED), S (PIN), 0 },
  { S (CONFIRMING), S (EVIDENCE), F (AGAINST), S (NOT_CONFIRMED), MISS },
  { S (CONFIRMING), S (EVIDENCE), TILL_FACTS_FOR_PIN | F (HAS_PIN), S (PIN), 0 },
  { S (CONFIRMING), S (EVIDENCE), TILL_FACTS_FOR_PIN, S (DECLINED), SPARE },
  { S (CONFIRMING), S (EVIDENCE), TILL_FACTS_FOR_SMILE | F (WITHIN_LIMITS), S (SMILE), E (PROMPT_SMILE) },
  { S (CONFIRMING), S (EVIDENCE), TILL_FACTS_FOR_SMILE | F (SPENT_KNOWN), S (DECLINED), SPARE },
  { S (CONFIRMING), S (EVIDENCE), TILL_FACTS_FOR_SMILE, S (CONFIRMING), E (READ_SPENT) },
  { S (CONFIRMING), S (EVIDENCE), 0, S (CONFIRMING), 0 },
  { S (CONFIRMING), S (CONSENT_FAILED), 0, S (NOT_CONFIRMED), SPARE },
  { S (CONFIRMING), S (CAMERA_FAILED), 0, S (NO_CAMERA), SPARE },
  { S (CONFIRMING), S (RECOGNITION_FAILED), 0, S (NOT_CONFIRMED), SPARE },
  { S (CONFIRMING), S (CANCEL), 0, S (WAYS), MISS },
  { S (CONFIRMING), S (BASKET_CHANGED), 0, S (WAYS), MISS },
  { S (CONFIRMING), S (TIMEOUT), F (PIN_ALLOWED), S (PIN), 0 },
  { S (CONFIRMING), S (TIMEOUT), 0, S (NOT_CONFIRMED), MISS },

  { S (PIN), S (PIN_TYPED), 0, S (CONFIRMING), E (BEGIN_SESSION) | E (CHECK_PIN) },
  { S (PIN), S (EVIDENCE), 0, S (PIN), 0 },
  { S (PIN), S (CONSENT_FAILED), 0, S (NOT_CONFIRMED), SPARE },
  { S (PIN), S (CAMERA_FAILED), 0, S (NO_CAMERA), SPARE },
  { S (PIN), S (RECOGNITION_FAILED), 0, S (NOT_CONFIRMED), SPARE },
  { S (PIN), S (CANCEL), 0, S (WAYS), MISS },
  { S (PIN), S (BASKET_CHANGED), 0, S (WAYS), MISS },
  { S (PIN), S (TIMEOUT), 0, S (NOT_CONFIRMED), MISS },

  { S (SMILE), S (EVIDENCE), F (AGAINST), S (NOT_CONFIRMED), MISS },
  { S (SMILE), S (EVIDENCE), TILL_FACTS_FOR_CHARGE, S (CHARGING),
    E (END_SESSION) | E (CAMERA_OFF) | E (CHARGE) | E (TRY_RIGHT) },
  { S (SMILE), S (EVIDENCE), TILL_FACTS_FOR_CHARGE & ~F (PASS_GOOD), S (SMILE), E (CONFIRM_PASS) },
  { S (SMILE), S (EVIDENCE), F (WITHIN_LIMITS), S (SMILE), 0 },
  { S (SMILE), S (EVIDENCE), TILL_FACTS_FOR_SMILE | F (SPENT_KNOWN), S (DECLINED), SPARE },
  { S (SMILE), S (EVIDENCE), TILL_FACTS_FOR_SMILE, S (SMILE), E (READ_SPENT) },
  { S (SMILE), S (EVIDENCE), 0, S (SMILE), 0 },
  { S (SMILE), S (PASS_REFUSED), 0, S (DECLINED), SPARE },
  { S (SMILE), S (CONSENT_FAILED), 0, S (NOT_CONFIRMED), SPARE },
  { S (SMILE), S (CAMERA_FAILED), 0, S (NO_CAMERA), SPARE },
  { S (SMILE), S (RECOGNITION_FAILED), 0, S (NOT_CONFIRMED), SPARE },
  { S (SMILE), S (CANCEL), 0, S (WAYS), MISS },
  { S (SMILE), S (BASKET_CHANGED), 0, S (WAYS), MISS },
  { S (SMILE), S (TIMEOUT), 0, S (NOT_CONFIRMED), MISS },

  { S (CHARGING), S (CHARGE_APPROVED), 0, S (APPROVED), E (VOID_CONSENT) | E (WRITE_RECEIPT) },
  { S (CHARGING), S (CHARGE_DECLINED), 0, S (DECLINED), E (VOID_CONSENT) },
  { S (CHARGING), S (CHARGE_UNKNOWN), 0, S (DOUBT), E (VOID_CONSENT) },
  { S (CHARGING), S (TIMEOUT), 0, S (DOUBT), E (VOID_CONSENT) },

  { S (DOUBT), S (ASK_AGAIN), 0, S (DOUBT), E (QUERY) },
  { S (DOUBT), S (REVERSE), 0, S (DOUBT), E (REVERSE) },
  { S (DOUBT), S (CHARGE_APPROVED), 0, S (APPROVED), E (WRITE_RECEIPT) },
  { S (DOUBT), S (CHARGE_DECLINED), 0, S (DECLINED), 0 },
  { S (DOUBT), S (CHARGE_UNKNOWN), 0, S (DOUBT), 0 },
  { S (DOUBT), S (CANCEL), F (NOTHING_SENT), S (WAYS), E (DROP_ATTEMPT) },
  { S (DOUBT), S (CHOOSE_COUNTER), F (NOTHING_SENT), S (COUNTER), E (DROP_ATTEMPT) },
  { S (DOUBT), S (SET_ASIDE), 0, S (IDLE), E (CLOSE_SALE) },
  { S (DOUBT), S (TIMEOUT), 0, S (DOUBT), E (QUERY) },

  { S (APPROVED), S (DISMISS), 0, S (IDLE), E (CLOSE_SALE) },
  { S (APPROVED), S (TIMEOUT), 0, S (IDLE), E (CLOSE_SALE) },

  { S (DECLINED), S (DISMISS), 0, S (WAYS), 0 },
  { S (DECLINED), S (CANCEL), 0, S (WAYS), 0 },
  { S (DECLINED), S (CHOOSE_COUNTER), 0, S (COUNTER), 0 },
  { S (DECLINED), S (BASKET_CHANGED), 0, S (WAYS), 0 },
  { S (DECLINED), S (TIMEOUT), 0, S (WAYS), 0 },

  { S (NOT_CONFIRMED), S (DISMISS), 0, S (WAYS), 0 },
  { S (NOT_CONFIRMED), S (CANCEL), 0, S (WAYS), 0 },
  { S (NOT_CONFIRMED), S (CHOOSE_COUNTER), 0, S (COUNTER), 0 },
  { S (NOT_CONFIRMED), S (BASKET_CHANGED), 0, S (WAYS), 0 },
  { S (NOT_CONFIRMED), S (TIMEOUT), 0, S (WAYS), 0 },

  { S (LOCKED), S (CHOOSE_FACE), F (FACE_ALLOWED) | F (LOCKED_OUT), S (LOCKED), 0 },
  { S (LOCKED), S (CHOOSE_FACE), F (FACE_ALLOWED), S (CONSENT), 0 },
  { S (LOCKED), S (CHOOSE_COUNTER), 0, S (COUNTER), 0 },
  { S (LOCKED), S (DISMISS), 0, S (WAYS), 0 },
  { S (LOCKED), S (CANCEL), 0, S (WAYS), 0 },
  { S (LOCKED), S (BASKET_CHANGED), 0, S (WAYS), 0 },
  { S (LOCKED), S (TIMEOUT), 0, S (WAYS), 0 },

  { S (NO_CAMERA), S (DISMISS), 0, S (WAYS), 0 },
  { S (NO_CAMERA), S (CANCEL), 0, S (WAYS), 0 },
  { S (NO_CAMERA), S (CHOOSE_COUNTER), 0, S (COUNTER), 0 },
  { S (NO_CAMERA), S (BASKET_CHANGED), 0, S (WAYS), 0 },
  { S (NO_CAMERA), S (TIMEOUT), 0, S (WAYS), 0 },

  { S (COUNTER), S (TENDER_TAKEN), 0, S (RECORDING), E (RECORD_TENDER) },
  { S (COUNTER), S (CHOOSE_COUNTER), 0, S (COUNTER), 0 },
  { S (COUNTER), S (CANCEL), 0, S (WAYS), 0 },
  { S (COUNTER), S (BASKET_CHANGED), 0, S (WAYS), 0 },
  { S (COUNTER), S (TIMEOUT), 0, S (COUNTER), 0 },

  { S (RECORDING), S (TENDER_RECORDED), 0, S (PAID), E (WRITE_RECEIPT) },
  { S (RECORDING), S (TENDER_FAILED), 0, S (COUNTER), 0 },
  { S (RECORDING), S (TIMEOUT), 0, S (RECORDING), 0 },

  { S (PAID), S (DISMISS), 0, S (IDLE), E (CLOSE_SALE) },
  { S (PAID), S (TIMEOUT), 0, S (IDLE), E (CLOSE_SALE) },
};

#undef S
#undef F
#undef E
#undef LEAVE
#undef MISS
#undef SPARE

static const TillLookRow *
find_row (TillCheckoutState state, TillCheckoutEvent event, TillCheckoutFacts facts)
{
  return till_look_rows_find (rows, G_N_ELEMENTS (rows), state, event, facts);
}

static TillCheckoutCharge
charge_after (TillCheckoutCharge before, TillCheckoutState next, TillCheckoutEffects effects)
{
  if (effects & (TILL_EFFECT_CLOSE_SALE | TILL_EFFECT_DROP_ATTEMPT))
    return TILL_CHECKOUT_CHARGE_NONE;
  if (effects & (TILL_EFFECT_CHARGE | TILL_EFFECT_RECORD_TENDER))
    return TILL_CHECKOUT_CHARGE_SENT;

  switch (next)
    {
    case TILL_CHECKOUT_APPROVED:
    case TILL_CHECKOUT_PAID:
      return TILL_CHECKOUT_CHARGE_TAKEN;
    case TILL_CHECKOUT_DOUBT:
      return TILL_CHECKOUT_CHARGE_IN_DOUBT;
    case TILL_CHECKOUT_DECLINED:
    case TILL_CHECKOUT_COUNTER:
      return TILL_CHECKOUT_CHARGE_NONE;
    default:
      return before;
    }
}

gboolean
till_checkout_table_step (const TillCheckoutPosition *from,
                          TillCheckoutEvent event,
                          TillCheckoutFacts facts,
                          TillCheckoutPosition *to,
                          TillCheckoutEffects *effects)
{
  const TillLookRow *row = find_row (from->state, event, till_look_memory_count (&from->look, facts));
  if (row == NULL)
    return FALSE;

  *to = (TillCheckoutPosition){
    .state = row->next,
    .charge = charge_after (from->charge, row->next, row->effects),
    .look = till_look_memory_after (&from->look, event, row->effects, row->next == TILL_CHECKOUT_PIN),
  };
  *effects = row->effects;
  return TRUE;
}

gboolean
till_checkout_table_accepts (TillCheckoutState state, TillCheckoutEvent event)
{
  return find_row (state, event, TILL_FACT_ALL) != NULL;
}

gboolean
till_checkout_state_is_resting (TillCheckoutState state)
{
  return state == TILL_CHECKOUT_IDLE || state == TILL_CHECKOUT_WAYS || state == TILL_CHECKOUT_COUNTER
         || state == TILL_CHECKOUT_DOUBT || state == TILL_CHECKOUT_RECORDING;
}

const char *
till_checkout_state_to_string (TillCheckoutState state)
{
  static const char *const names[]
      = { "idle",      "ways",     "consent",  "digits",    "confirming",    "pin",
          "smile",     "charging", "approved", "declined",  "not-confirmed", "locked",
          "no-camera", "doubt",    "counter",  "recording", "paid" };
  G_STATIC_ASSERT (G_N_ELEMENTS (names) == TILL_CHECKOUT_N_STATES);

  g_return_val_if_fail (state < TILL_CHECKOUT_N_STATES, NULL);
  return names[state];
}

const char *
till_checkout_event_to_string (TillCheckoutEvent event)
{
  static const char *const names[] = { "open",
                                       "choose-face",
                                       "choose-counter",
                                       "agree",
                                       "cancel",
                                       "digits-typed",
                                       "pin-typed",
                                       "pass-shown",
                                       "pass-accepted",
                                       "pass-refused",
                                       "evidence",
                                       "consent-failed",
                                       "camera-failed",
                                       "recognition-failed",
                                       "charge-approved",
                                       "charge-declined",
                                       "charge-unknown",
                                       "ask-again",
                                       "reverse",
                                       "set-aside",
                                       "tender-taken",
                                       "tender-recorded",
                                       "tender-failed",
                                       "basket-changed",
                                       "dismiss",
                                       "timeout" };
  G_STATIC_ASSERT (G_N_ELEMENTS (names) == TILL_CHECKOUT_N_EVENTS);

  g_return_val_if_fail (event < TILL_CHECKOUT_N_EVENTS, NULL);
  return names[event];
}
